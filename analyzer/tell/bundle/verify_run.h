/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.json against replays.jsonl: how many replays were made and how much footage they read follows from the
 * replays themselves. */
#ifndef VSAUDIT_BUNDLE_VERIFY_RUN_H
#define VSAUDIT_BUNDLE_VERIFY_RUN_H

#include "bundle/verify.h"

/* `data`: the bag's data folder. What contradicts becomes a fault; what was checked, and what could not be,
 * is said. */
void verify_run(const char *data, VerifyReport *report);

#endif
