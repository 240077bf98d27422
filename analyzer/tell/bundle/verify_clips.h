/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clips of a bundle's audit, found again for a replay. */
#ifndef VSAUDIT_BUNDLE_VERIFY_CLIPS_H
#define VSAUDIT_BUNDLE_VERIFY_CLIPS_H

#include "bundle/verify.h"
#include "config/scenario.h"

#include <jansson.h>

/* Links clips that no hash names, numbered pictures among them, from the folder `clips` to where their
 * manifest in our copy of the inputs looks for them. The audit is to be loaded again. */
void verify_clips_link(const Audit *audit, const char *clips);
/* Puts clips that were missing when `stored` (results.json) was made back to what they were, and those that
 * failed then and are not at hand; says so in the report. False when others are not at hand, which it says
 * too: there can be no replay. */
bool verify_clips_settle(const Audit *audit, const json_t *stored, VerifyReport *report);

#endif
