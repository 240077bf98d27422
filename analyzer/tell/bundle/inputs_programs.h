/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs under test are not kept in inputs/; what they were is, by their hashes ("programs" of index.json). */
#ifndef VSAUDIT_BUNDLE_INPUTS_PROGRAMS_H
#define VSAUDIT_BUNDLE_INPUTS_PROGRAMS_H

#include "config/scenario.h"

#include <jansson.h>

/* Puts into the list what the audit's programs are; nothing where it has none. */
void inputs_programs_add(json_t *index, const Audit *audit);
/* Says to the audit, which was loaded from a bundle, what they were. */
void inputs_programs_set(const Audit *audit, const json_t *index);

#endif
