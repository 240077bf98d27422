/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a check that needs the clips: the audit run again, in a folder of its own. */
#ifndef VSAUDIT_BUNDLE_VERIFY_REPLAY_H
#define VSAUDIT_BUNDLE_VERIFY_REPLAY_H

#include "bundle/verify.h"

#include <jansson.h>

/* Runs the audit of `data` (the bag's data folder) from the clips that VSAUDIT_DATA and options->clips lead
 * to, and holds results and pictures against those in the bag. False with a HARNESS error only. */
bool verify_replay(const char *data, const json_t *stored, const VerifyOptions *options, VerifyReport *report,
                   GError **error);

#endif
