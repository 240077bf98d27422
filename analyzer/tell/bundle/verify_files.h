/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a check that asks of every file what it is there for: a file that is no part of an evidence
 * bundle is a fault, however well it is listed, hashed and signed. */
#ifndef VSAUDIT_BUNDLE_VERIFY_FILES_H
#define VSAUDIT_BUNDLE_VERIFY_FILES_H

#include "bundle/inputs.h"
#include "bundle/maker.h"
#include "bundle/verify.h"

/* Whether what every bundle has is there; what is not becomes a fault. */
bool verify_has_parts(const GPtrArray *files, VerifyReport *report);
/* `files`: the bag's; `inputs`: NULL when they cannot be read, and nobody knows which belong there;
 * `reports`: names of what is written from results.json (of char *, in data/). */
void verify_files(const char *bag, const GPtrArray *files, const json_t *stored, const Inputs *inputs,
                  const GPtrArray *reports, const Maker *maker, VerifyReport *report);

#endif
