/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FOLDER/capsule.json, beside the results that were scored from a capsule: the sealed list, opened, and the
 * logs as they came back, on the capsule's neutral names. From it and the audit's truth follows
 * results.json's `capsule`. */
#ifndef VSAUDIT_EVALUATE_HANDOVER_H
#define VSAUDIT_EVALUATE_HANDOVER_H

#include "capsule/returned.h"
#include "capsule/seal.h"
#include "config/scenario.h"
#include "systems/system.h"

#define HANDOVER_FILE "capsule.json"
#define HANDOVER_SCHEMA "vsaudit/capsule/1"

/* One alert of a log. */
typedef struct {
    const SealedClip *clip;
    const char *behaviour; /* of the seal's list */
    int64_t onset_us, decided_us;
} HandoverAlert;

typedef struct {
    char *id, *file, *sha256;
    GArray *alerts; /* of HandoverAlert, sorted by clip and time */
} HandoverLog;

typedef struct {
    Seal *seal;
    char *seal_sha256, *signer; /* signer: a key's id, or NULL */
    int64_t tolerance_us;       /* times no farther apart are the same */
    GPtrArray *logs;            /* of HandoverLog * */
} Handover;

/* `returned`: of const Returned *. Takes the seal. */
Handover *handover_new(Seal *seal, const char *seal_sha256, const char *signer, int64_t tolerance_us,
                       const GPtrArray *returned);
void handover_free(Handover *handover); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Handover, handover_free)
bool handover_write(const Handover *handover, const char *folder, GError **error);
bool handover_is_there(const char *folder);
/* INPUT error when it cannot be read. */
Handover *handover_read(const char *folder, GError **error);

/* Puts FOLDER/capsule.json, if it is there, into the results: `capsule`. The audit's truth is that which was
 * scored. */
bool handover_apply(json_t *results, const Audit *audit, const char *folder, GError **error);
/* The same of systems of kind capsule, if there are any. */
void handover_apply_systems(json_t *results, const Audit *audit, const Systems *systems);

#endif
