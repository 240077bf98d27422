/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ordinary path from alert logs to reports, without video. */
#ifndef VSAUDIT_CLI_SCORE_H
#define VSAUDIT_CLI_SCORE_H

#include "capsule/seal.h"
#include "cli/publish.h"

/* Scores the audit into the folder (its place in `options`) and writes the reports. Takes the systems; NULL:
 * they are read when they are needed. `handed`: only clips of this capsule count, with the lengths that it
 * states; NULL: all, with the datasets' lengths. The status that follows from the claims, or that of the
 * error. */
ExitStatus score_audit(const Audit *audit, Systems *systems, const Seal *handed,
                       const PublishOptions *options, GError **error);

#endif
