/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of looks in a bundle, against itself and against the results that stand in it. */
#ifndef VSAUDIT_BUNDLE_VERIFY_LOOKS_H
#define VSAUDIT_BUNDLE_VERIFY_LOOKS_H

#include "bundle/verify.h"

#include <jansson.h>

/* data/looks.jsonl must be whole, and hold this look where `stored` (results.json) says, behind the line that
 * it says. Nothing is said of results that count no looks. What it finds goes into the report. */
void verify_looks(const char *data, const json_t *stored, VerifyReport *report);

#endif
