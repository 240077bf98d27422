/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a check that needs this program: do the numbers follow, and the reports from them. */
#ifndef VSAUDIT_BUNDLE_VERIFY_NUMBERS_H
#define VSAUDIT_BUNDLE_VERIFY_NUMBERS_H

#include "bundle/maker.h"
#include "bundle/verify.h"

#include <jansson.h>

/* `bag`: the bag's folder, whose files (`files`) are known to be what the manifests say; `stored`: its
 * results.json. False with a HARNESS error only. */
bool verify_numbers(const char *bag, const GPtrArray *files, const json_t *stored, const Maker *maker,
                    const VerifyOptions *options, VerifyReport *report, GError **error);

#endif
