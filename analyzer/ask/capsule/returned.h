/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log that came back for a capsule: alerts on its neutral names, and the same on the clips that these are.
 */
#ifndef VSAUDIT_CAPSULE_RETURNED_H
#define VSAUDIT_CAPSULE_RETURNED_H

#include "capsule/seal.h"
#include "records/problems.h"
#include "truth/truth.h"

typedef struct {
    char *id;            /* of the system */
    char *file, *sha256; /* the log as it came; the name without its folder */
    AlertLog *log;       /* on the capsule's names */
    char *remark; /* what is to be said of it (rows that repeat another, or that its map leaves out); NULL =
                     nothing */
} Returned;

/* Reads a log in a native form or, with a map (import/alert_map.h), in any other; `dataset` is the capsule's.
 * NULL when there were problems: a clip that the capsule does not have, a behaviour that is not asked about,
 * an alert that begins after its clip's end or before its beginning. */
Returned *returned_read(const char *id, const char *path, const char *map, const char *dataset,
                        const Seal *seal, Problems *problems);
void returned_free(Returned *returned);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Returned, returned_free)

/* The alerts on the audit's own clips, drawn canaries left out: for each clip the answers to its n-th
 * appearance, or to its first where it is not there so often. Caller frees. */
AlertLog *returned_turn_back(const Returned *returned, const Seal *seal, int64_t appearance);

#endif
