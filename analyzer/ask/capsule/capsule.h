/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a capsule: the clips of an audit for somebody who hands over no software, to run their system on and
 * send back what it said. The clips have neutral names in a secret order; among them are canaries
 * (capsule/canary.h, and clips that the dataset tags “canary”) and clips that come back under other names.
 * What is which is the sealed list (capsule/seal.h), which is kept back.
 *
 * In the capsule: clips/, dataset.yaml (the clips with what is drawn on them, for programs),
 * README.<language>.md, answers.csv (the head of the log to be filled), seal.sha256 (the SHA-256 of the
 * sealed list), SHA256SUMS (of all of these). The same audit, clips, spec and program give the same bytes. */
#ifndef VSAUDIT_CAPSULE_CAPSULE_H
#define VSAUDIT_CAPSULE_CAPSULE_H

#include "capsule/lots.h"
#include "capsule/seal.h"
#include "config/scenario.h"

#define CAPSULE_SUMS "SHA256SUMS"
/* When it is signed. */
#define CAPSULE_SIGNATURE CAPSULE_SUMS ".sig" /* of the bytes of SHA256SUMS, in base64 */
#define CAPSULE_KEY CAPSULE_SUMS ".pub"
#define CAPSULE_SEAL "seal.sha256"
#define CAPSULE_DATASET "dataset.yaml"
#define CAPSULE_TAG "canary"

typedef struct {
    LotsSeed seed;
    double repeats;   /* share of the clips that come back, 0 to 1; at least one of them unless it is 0 */
    int64_t times;    /* how often each of them is there, 2 or more */
    int64_t canaries; /* drawn: so many with an event and so many with none; 0 = none */
} CapsuleSpec;

/* Writes the capsule into the folder, which must be there and empty. The sealed list; NULL with an error:
 * INPUT when no clip can be given. `notes` (of char *) gets sentences on what is not in it. */
Seal *capsule_make(const Audit *audit, const CapsuleSpec *spec, const char *folder, GPtrArray *notes,
                   GError **error);
/* Adds the files that the audit was loaded from to the seal's list: audit, scenarios, datasets, truth. */
void capsule_list_inputs(const Audit *audit, Seal *seal);

#endif
