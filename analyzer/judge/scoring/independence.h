/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the exact tests' assumption holds. They take alerts and misses as independent; those of one camera
 * are not: where there are few cameras, where the counts vary more between cameras than chance explains, or
 * where an interval over whole cameras says less than the test, a verdict of these clips is none of places
 * like these (scoring/scope.h). */
#ifndef VSAUDIT_SCORING_INDEPENDENCE_H
#define VSAUDIT_SCORING_INDEPENDENCE_H

#include "scoring/claims.h"

#define INDEPENDENCE_ENOUGH 10 /* cameras; below, no method makes the uncertainty known */
#define INDEPENDENCE_LEAST 5   /* cameras; below, there is no interval by camera: it is narrow by chance */
#define INDEPENDENCE_ALPHA 0.05

typedef struct {
    int64_t cameras;         /* with something to count */
    double overdispersion_p; /* NAN when there is nothing to test */
    bool warned;             /* whether the exact verdict holds of these clips alone */
    bool known;              /* whether cameras can be drawn again: the members below hold */
    Interval interval;       /* by camera, at `level` */
    double level;            /* 1 - 2 alpha: each end is one-sided at alpha */
    Verdict verdict;         /* by that interval */
} Independence;

/* The one interval by camera, of the tables and of the verdicts: the percentiles of the figure over whole
 * cameras drawn anew, at the level at which they were drawn. NAN with fewer than INDEPENDENCE_LEAST cameras,
 * or when every drawing is the same. */
Interval independence_interval(const ClusterBootstrap *drawn);

/* A figure that is the sum of counts[i] over the sum of exposures[i], and the verdict of its exact test on
 * "at most (at least) reading->value"; `lowest` and `highest` stand for the limits: a claim "within" has
 * both, any other one of them and an infinity. `variance` is that of one unit of exposure when all cameras
 * share the figure (statistics_dispersion); NAN: how far they differ is not tested. */
Independence independence_judge(const int64_t *counts, const double *exposures, size_t cameras, double lowest,
                                double highest, double alpha, double variance, Verdict verdict);
/* The counts of the claim's metric by camera (GArray of CameraTotals). Metrics without such counts get the
 * number of cameras only. */
Independence independence_of_claim(const ClaimReading *reading, const GArray *cameras, Verdict verdict);
/* For an interval drawn already at `level` from `cameras` of them. */
Independence independence_of_interval(int64_t cameras, Interval interval, double level, double lowest,
                                      double highest, Verdict verdict);
/* For a figure that cannot be drawn again: the number of cameras only. */
Independence independence_of_number(int64_t cameras, Verdict verdict);

/* What the interval by camera says of a claim that a log bears which does not fit is held back as the verdict
 * is (log_fit_verdict()). To be called on what was found beside the verdict before it was held. */
void independence_hold(Independence *independence, const LogFit *fit, ClaimMetric metric, bool at_most);

#endif
