/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A system's hits against the yardstick of chance (scoring/chance.h): alerts at the system's own rate that
 * know nothing of the pictures, matched by the same protocol. */
#ifndef VSAUDIT_SCORING_EVAL_CHANCE_H
#define VSAUDIT_SCORING_EVAL_CHANCE_H

#include "scoring/chance.h"
#include "scoring/eval.h"

typedef struct {
    int64_t alerts;     /* with an onset in watched time, of clips that did not fail */
    int64_t watched_us; /* of the same clips */
    double rate;        /* alerts per hour of watched time; NAN without any */
    int64_t hits;       /* of those alerts: by eval-1 fewer than in the figures where others hit, too */
    int64_t events;     /* as in the figures */
    ChanceHits found;   /* by alerts at that rate; NAN for `reason` */
    double alpha;       /* 1 - the level of the protocol */
    bool better;        /* found.at_least <= alpha; false when it is not defined */
    UndefinedReason reason;
} EvalChance;

/* clips[i] belongs to result->clips[i]. */
EvalChance eval_chance(const EvalClip *clips, const EvalResult *result, const EvalSettings *settings);

#endif
