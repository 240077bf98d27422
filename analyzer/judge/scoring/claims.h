/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts on claims: one-sided exact tests of a reading that was fixed beforehand.
 *
 * For a claim "figure <= limit": p_refute = P(a count at least as large as seen | limit) and p_support =
 * P(a count at most as large | limit). Refuted when p_refute <= alpha, supported when p_support <= alpha,
 * else not established, with what is still needed. Claims "figure >= limit" the other way round. Never
 * "validated". Where the claim is to be judged at any time, p is that of scoring/anytime.h. */
#ifndef VSAUDIT_SCORING_CLAIMS_H
#define VSAUDIT_SCORING_CLAIMS_H

#include "language/phrase.h"
#include "records/claim.h"
#include "scoring/eval.h"
#include "scoring/log_fit.h"
#include "scoring/looks.h"

/* Why a verdict of these clips is none of places like these. */
typedef enum {
    SCOPE_KEPT,
    SCOPE_FEW_CAMERAS,
    SCOPE_UNNAMED_CAMERAS,
    SCOPE_FEW_DAYS,
    SCOPE_CAMERAS_DIFFER,
    SCOPE_DAYS_DIFFER,
    SCOPE_NO_INTERVAL,
} ScopeLoss;

/* What the verdict speaks of, and how it fares there; found by scoring/scope.h. */
typedef struct {
    ClaimScope scope;
    ScopeLoss lost;
    Verdict of_clips;           /* by the exact test, of this footage alone */
    bool never;                 /* “never” or “always” (scope.h) was claimed */
    int64_t cameras, days;      /* with exposure; days: -1 when not known of every clip */
    int64_t unnamed;            /* clips that name no camera: together one of `cameras` */
    double p_refute, p_support; /* by the models, the larger of cameras and days; NAN: none */
    Interval interval;          /* the widest of the models', at `level`; NAN: none */
    double level;
    Looks looks; /* which look it is; .lost: it establishes nothing, whatever it speaks of */
} Scope;

typedef struct {
    ClaimMetric metric;
    bool at_most; /* "<=" (true) or ">=" */
    double value; /* limit */
    double alpha; /* 0.05 */
    double level; /* of the two-sided interval shown beside, the protocol's; 0.95 */
    bool anytime; /* of a rate or a share: judged by e-processes, which hold at every look */
} ClaimReading;

typedef struct {
    Verdict verdict;
    ClaimReading reading;
    Rate observed;              /* unit and counts of the metric; for precision at prevalence the precision
                                   on the test set */
    bool own_count;             /* the passages were counted by the system itself */
    double value;               /* the observed figure that was compared; NAN when not defined */
    double p_refute, p_support; /* NAN when not testable */
    double needed_hours; /* camera-hours without a further false alert, rounded up (to whole hours from 10 on,
                            to tenths below) */
    double more_hours;   /* the same before it was rounded */
    int64_t needed_events;  /* further events without a miss, or alerts without a false one, or passages
                               without a false alert; -1 when it does not apply */
    bool anew;              /* what is needed is a new test's own: claim_renew() */
    UndefinedReason reason; /* for NOT_TESTABLE */
    int64_t mended_clips;   /* of the clips behind the figure, those whose clock had to be put right */
    LogFit unfit;           /* why the verdict was taken back; is_log false: it was not */
    Scope scope;            /* .scope CLAIM_OF_PLACES and .lost: for that it was taken back */
} ClaimResult;

/* The two tests by themselves. */
ClaimResult claim_judge_rate(const ClaimReading *reading, int64_t count, double exposure, RateUnit unit);
ClaimResult claim_judge_proportion(const ClaimReading *reading, int64_t count, int64_t trials, RateUnit unit);
/* Takes the metric's counts from the figures. `prevalence` per camera-hour, NAN when not stated. Precision at
 * prevalence has no exact test: it is judged by the bounds of recall and false-alert rate at alpha/2 each,
 * which is conservative. */
ClaimResult claim_judge(const ClaimReading *reading, const EvalFigures *figures, double prevalence);

/* Takes back a verdict that the log does not bear (scoring/log_fit.h); the sentence then says why. True when
 * it was taken back. `fit` NULL: there is no log. */
bool claim_hold(ClaimResult *result, const LogFit *fit);

/* What is still needed, as a new test's own, with no more errors than these: hours that are added after a look
 * do not count, unless the claim is judged at any time. `camera_hours`: those of this test. Hours are rounded
 * up only when all are there. */
void claim_renew(ClaimResult *result, double camera_hours);

/* "12 false alerts in 50 camera-hours, limit 0.1 per camera-hour: refuted, p = 0.00545." Caller frees. */
Phrase *claim_sentence(const ClaimResult *result);

#endif
