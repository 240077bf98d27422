/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a whole log looks shifted by a constant: written by a clock of another zone, of another day, with
 * day and month exchanged. A suspicion is told and holds back the verdicts (scoring/log_fit.h); nothing is
 * ever put right by it.
 *
 * Each shift of a list (whole, half and quarter hours up to 14 hours, one and two days, a week, a year, day
 * and month exchanged) is tried on all alerts. One is suspected
 *  - by time: fewer than half of the alerts lie where they can (in a clip, in watched time) and at least four
 *    in five would, or
 *  - by events: at least half of the events would be found, and three times as many as are found; every other
 *    shift finds less than half as many,
 * in both cases by at least four, and only when so many are hardly met by chance: with the mean share over
 * all shifts (at least 5 % by time, 2 % by events) as the chance of each, the binomial tail times the number
 * of shifts is at most 0.001. Of several shifts the one with most alerts, then events, then the shortest
 * (whole hours before parts of one) comes first; those that fit as well are named beside it, the shortest
 * three, and the rest counted. */
#ifndef VSAUDIT_SCORING_SHIFT_H
#define VSAUDIT_SCORING_SHIFT_H

#include "language/phrase.h"
#include "records/span.h"
#include "scoring/eval.h"

/* Alerts that move together on one clock: of a clip from its first frame, or of a camera on the wall clock.
 */
typedef struct {
    const GArray *onsets;   /* of int64_t, sorted */
    const GArray *swapped;  /* the same with day and month exchanged, where there is such a day, sorted; NULL:
                               not on a calendar */
    const SpanList *inside; /* where an alert can lie */
    const GArray *events;   /* of Span: from when to when an alert finds it; NULL: none */
} ShiftStream;

typedef enum { SHIFT_NONE, SHIFT_CONSTANT, SHIFT_DAY_MONTH } ShiftKind;

enum { SHIFT_NAMED = 3 };

typedef struct {
    ShiftKind kind;   /* of the best other reading; SHIFT_NONE: none is better than the log as it is */
    bool suspected;   /* whether the rule above is met */
    int64_t shift_us; /* to be added to the log's times; 0 for SHIFT_DAY_MONTH */
    int64_t alerts, inside, inside_shifted;
    int64_t events, found, found_shifted;
    int equals; /* how many other readings come to the same two counts */
    struct {
        ShiftKind kind;
        int64_t shift_us;
    } equal[SHIFT_NAMED]; /* the first of them */
} ShiftSuspicion;

ShiftSuspicion shift_suspect(const ShiftStream *streams, size_t count);

typedef enum { SHIFT_INTO_CLIPS, SHIFT_INTO_WATCHED_TIME } ShiftPlace;

/* What is suspected, with the counts both ways: “The log looks shifted: 0 of 50 alerts in watched time by its
 * times, 50 with 1 day taken from every time; nothing was put right.” NULL for SHIFT_NONE. Caller frees. */
Phrase *shift_sentence(const ShiftSuspicion *suspicion, ShiftPlace place);
/* “0 of 8 events detected by its times, 8 with 1 hour taken from every time, as many with 2 hours taken from
 * every time”; not for SHIFT_NONE. Caller frees. */
Phrase *shift_counts(const ShiftSuspicion *suspicion, ShiftPlace place);
/* “1 hour”, “12 hours”, “1 day”, “30 min”; of its absolute value. Caller frees. */
Phrase *shift_length(int64_t shift_us);

#endif
