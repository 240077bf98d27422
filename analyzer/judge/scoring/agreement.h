/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well two people agree on the same clips.
 *
 * First by events, with the systems' own matcher (scoring/matching.h): one person's events are the truth, the
 * other's onsets the alerts, then the other way round, as the window is not symmetric. Then Cohen's kappa on
 * windows of fixed length: a window counts when both watched it wholly, and says "event" when an event
 * overlaps it. There is no natural number of "no event, agreed" in time, so kappa depends on the length of
 * the window: it comes second. Only certain events whose start both watched are compared. */
#ifndef VSAUDIT_SCORING_AGREEMENT_H
#define VSAUDIT_SCORING_AGREEMENT_H

#include "scoring/eval.h"

typedef struct {
    const GPtrArray *first, *second; /* of const Event *, of one behaviour; NULL: none */
    const SpanList *watched;         /* by both */
} AgreementClip;

typedef struct {
    int64_t watched_us;
    int64_t first_events, second_events;
    int64_t matched_first;      /* pairs when the first's events are the truth */
    int64_t matched_second;     /* pairs when the second's are */
    double f1_first, f1_second; /* 2 matched / (first + second); NAN when neither marked anything */
    int64_t windows;            /* = both + only_first + only_second + neither */
    int64_t both, only_first, only_second, neither;
    Kappa kappa;
} Agreement;

/* `settings` gives the tolerances and the length of the windows. */
Agreement agreement_measure(const AgreementClip *clips, size_t count, const EvalSettings *settings);

#endif
