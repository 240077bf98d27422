/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims that set one system, or one condition, against another on the same clips.
 *
 * Rate ratio: k1 false alerts in T1 camera-hours against k2 in T2. Given k1 + k2 = n, k1 is binomial with
 * share r T1/(r T1 + T2) when the true ratio is r: the tests of "at most r" and "at least r" are exact and
 * conditional on n, the interval is Clopper and Pearson's of that share. "Within r" is from 1/r to r.
 *
 * Difference of misses: the same events, those judged for both. Of n events b are missed by the first alone
 * and c by the second alone; the difference is (b - c)/n. "At most m" is non-inferiority with margin m,
 * "within m" equivalence. Tests and interval as in statistics.h: McNemar's exact test for a margin of 0, else
 * an exact unconditional one, with Tango's score interval.
 *
 * "Within" is supported when both one-sided tests support (TOST, p the larger) and refuted when either
 * refutes (p twice the smaller). */
#ifndef VSAUDIT_SCORING_COMPARISON_H
#define VSAUDIT_SCORING_COMPARISON_H

#include "scoring/independence.h"

typedef struct {
    ClaimMetric metric; /* METRIC_RATE_RATIO or METRIC_MISS_DIFFERENCE */
    bool at_most;       /* "<=" (true) or ">=" */
    bool within;        /* both */
    double value;       /* the ratio (> 0; > 1 for within) or the margin (0 .. 1) */
    double alpha, level;
} ComparisonReading;

/* One camera, over the clips that were judged for both; [0] is the system that the claim is about. */
typedef struct {
    int64_t false_alerts[2];
    double hours[2];
    int64_t events, missed_by_first, missed_by_second, missed_by_both; /* the middle two: by that one alone */
} ComparisonCamera;

typedef struct {
    const ComparisonCamera *cameras;
    size_t count;
    int64_t unpaired_clips; /* left out: failed for one of the two */
} ComparisonInput;

typedef enum {
    COMPARISON_CONDITIONAL,
    COMPARISON_MCNEMAR,
    COMPARISON_UNCONDITIONAL,
    COMPARISON_SCORE
} ComparisonTest;

typedef struct {
    Verdict verdict;
    ComparisonReading reading;
    ComparisonCamera sum; /* over the cameras */
    int64_t unpaired_clips;
    double value;      /* ratio or difference; NAN when there is none (no false alert at all; no event) */
    Interval interval; /* two-sided at the level; high may be INFINITY */
    ComparisonTest test;
    double p_refute, p_support;
    double needed_hours;    /* further camera-hours of each, if both keep their rates; NAN */
    int64_t needed_events;  /* further events on which both agree; -1 */
    UndefinedReason reason; /* why there is no value */
    Independence independence;
    Scope scope; /* the caller sets it, after scoring/scope.h */
    int64_t mended_clips; /* whose clock had to be put right; the caller sets it, for the sentence */
} ComparisonResult;

ComparisonResult comparison_judge(const ComparisonReading *reading, const ComparisonInput *input);
const char *comparison_test_name(ComparisonTest test); /* "exact-conditional", "mcnemar-exact", … */

/* With the names of the two; the caution included. Caller frees. */
Phrase *comparison_sentence(const ComparisonResult *result, const Phrase *first, const Phrase *second);

/* ---- before a run */

/* From how many false alerts of both together on, had they equal hours, a true ratio of `truth` supports
 * (refutes) the reading with at least this power; -1 when more than 20,000. The power rises in small teeth:
 * single smaller numbers may have it, too, with which one alert more falls short. */
int64_t comparison_alerts_needed(const ComparisonReading *reading, double truth, bool refute, double power);
/* The fewest events that support the reading when no event is missed by one alone. */
int64_t comparison_events_at_best(const ComparisonReading *reading);

#endif
