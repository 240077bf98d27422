/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts on a clip as recorded against those of a probe, on the same footage put through something: how many
 * are the same, and by how much they moved. Pure. */
#ifndef VSAUDIT_SCORING_PROBING_H
#define VSAUDIT_SCORING_PROBING_H

#include "records/event.h"

typedef struct {
    bool exact;           /* an alert has its fellow where onset, decision, end, confidence and label are the
                             same; else where the decisions, each expected later by the rule below, lie no
                             farther apart than the tolerance, one to one, the most that can be */
    int64_t tolerance_us; /* >= 0; not read when exact */
    int64_t later_us; /* what was decided at `from_us` of the clip or after it is expected so much later */
    int64_t from_us;
    int64_t start_us; /* alerts that began before it as recorded, or before it and the delay under the probe,
                         are about what stood there from the first picture on, which does not move: they are
                         left out on both sides, and counted. 0: none are */
    int64_t gap_us;   /* alerts of the probe that begin or are decided within [from_us, from_us + gap_us), in
                         which there is no picture, are about that; and for each alert as recorded that is on
                         at `from_us`, one more that is raised while it would still be on is that one, raised
                         again. They are left out and counted. 0: none are */
} ProbingRule;

typedef struct {
    int64_t recorded, probed; /* alerts, without those left out */
    int64_t matched, left_out; /* … of the probe */
    int64_t left_recorded;     /* left out as recorded */
    GArray *moves; /* of int64_t µs: how much later each matched one was decided; sorted; owned */
    GArray *apart; /* the same of each one as recorded that is not matched: how far from where it is expected
                      the nearest of the probe lies that is not matched either; empty where there is none */
} Probing;

/* Both: of const Alert *. Initialises `probing`; clear it after. */
void probing_compare(const GPtrArray *recorded, const GPtrArray *probed, const ProbingRule *rule,
                     Probing *probing);
void probing_clear(Probing *probing);
/* Adds what was found on another clip. */
void probing_add(Probing *sum, const Probing *other);
/* Whether that is agreement: exact: all are matched, on both sides; else the share of the larger number of
 * alerts that is matched is at least `least`. Without an alert on either side it is. */
bool probing_agrees(const Probing *probing, bool exact, double least);
/* Of moves, or of apart: of an even number halfway between the middle two; TIME_UNKNOWN where there are
 * none. */
int64_t probing_median_us(const GArray *times);

#endif
