/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passages of a gate in the order in which people crossed its line, which is not the order in which their
 * passages settle: who goes before whom, and to whom each validation belongs.
 *
 * A crossing stands here from the moment it is believed, and is settled later or taken out. Of several at the
 * same instant, whoever was seen first comes first, then the lower track number. Validations go to the
 * passages in that order, to each the oldest that is valid for it. A passage with an alert keeps what it had
 * been given: an alert is not taken back. */
#ifndef VSAUDIT_BEHAVIOURS_PASSAGES_H
#define VSAUDIT_BEHAVIOURS_PASSAGES_H

#include "behaviours/trackbook.h"

typedef struct {
    int64_t headway_us;                 /* a passage this long or longer after another does not follow it */
    double lane_width, child_ratio;     /* box heights of whoever is before; share of it */
    int64_t validity_us, clock_late_us; /* a validation admits from -clock_late to +validity after it */
    double aspect;
} PassageRules;

typedef struct {
    TrackMemory track; /* as last seen before it settled; without its trail */
    int64_t cross_us;
    Point at;
    bool settled;
    const char *manner;  /* an evasion by its manner alone, static; NULL */
    const char *label;   /* of its alert, static; NULL: in order, or not judged yet */
    int64_t validations; /* given to it, 0..people */
    int64_t counted;     /* of them already counted, the caller's */
    int64_t end_us;      /* when the gate was clear of it; TIME_UNKNOWN until then, the caller's */
    void *walker;        /* who made it, the caller's; NULL once it is of no more concern */
} Passage;

typedef struct {
    PassageRules rules;
    GPtrArray *inward;     /* of Passage, in order of crossing */
    const GArray *tickets; /* of int64_t, ascending; NULL: no log of validations */
    const Passage **owner; /* one for each ticket; NULL: nobody yet */
    Passage past;          /* owns the tickets of forgotten passages */
} Passages;

/* `tickets` must outlive the passages. */
void passages_init(Passages *passages, PassageRules rules, const GArray *tickets);
void passages_clear(Passages *passages); /* zeroed memory is fine */

/* Owned by `passages`. */
Passage *passages_add(Passages *passages, const TrackMemory *track, int64_t cross_us, Point at);
void passages_remove(Passages *passages, Passage *passage);
/* Takes over how the track looks now. */
void passage_update(Passage *passage, const TrackMemory *track);
/* People in it, >= 1. */
int64_t passage_people(const Passage *passage);

/* Gives out the validations anew among the passages without an alert: the settled ones, and, if wanted, those
 * that only stand. Nothing without a log. */
void passages_allot(Passages *passages, bool standing_too);
/* Whether somebody, settled or, if wanted, only standing, crossed less than the headway before, in the same
 * lane, and is not a head taller than a child's. */
bool passages_follows(const Passages *passages, const Passage *passage, bool standing_too);
/* Forgets the settled passages that crossed before; their validations stay spent. */
void passages_forget(Passages *passages, int64_t before_us);

#endif
