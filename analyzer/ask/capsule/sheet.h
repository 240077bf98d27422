/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the other side reads: instructions in every language, the clips for programs, the head of the log. */
#ifndef VSAUDIT_CAPSULE_SHEET_H
#define VSAUDIT_CAPSULE_SHEET_H

#include "capsule/seal.h"
#include "records/scene.h"

/* Writes README.<language>.md, dataset.yaml and answers.csv. `scenes`: of const Scene *, one for each clip of
 * the seal, or NULL. Files of ticket validations go beside the clips. HARNESS errors. */
bool sheet_write(const Seal *seal, const GPtrArray *scenes, const char *folder, GError **error);

#endif
