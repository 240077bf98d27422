/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the people in a clip's pictures unrecognisable. Inside runner/ only. */
#ifndef VSAUDIT_EVIDENCE_EVIDENCE_MASK_H
#define VSAUDIT_EVIDENCE_EVIDENCE_MASK_H

#include "evidence/evidence.h"
#include "media/still.h"

typedef struct EvidenceMask EvidenceMask;

/* `observations` is the path of the clip's saved observations; NULL = none, and then EVIDENCE_BLUR_PERSONS
 * becomes EVIDENCE_BLUR_ALL. Pictures must come in the order of their times; an earlier one begins anew. */
EvidenceMask *evidence_mask_new(EvidenceBlur blur, const char *observations);
void evidence_mask_free(EvidenceMask *mask); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EvidenceMask, evidence_mask_free)

/* Appends what the people detector finds in the picture, which must be as it came from the clip. */
bool evidence_mask_detect(const Still *still, GArray *boxes, GError **error);
/* Masks the picture in place, at the size it came from the clip, never after scaling: what is tracked round
 * its time, and the boxes given. `found` may be NULL. */
bool evidence_mask_apply(EvidenceMask *mask, Still *still, const GArray *found, GError **error);
/* True when evidence_mask_detect is of use. */
bool evidence_mask_wants_people(const EvidenceMask *mask);

#endif
