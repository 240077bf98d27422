/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/independence.h"

#include "scoring/metrics.h"

#include <math.h>

Independence independence_of_number(int64_t cameras, Verdict verdict)
{
    return (Independence){.cameras = cameras,
                          .overdispersion_p = NAN,
                          .warned = verdict != VERDICT_NOT_TESTABLE && cameras < INDEPENDENCE_ENOUGH,
                          .interval = {NAN, NAN},
                          .level = NAN,
                          .verdict = VERDICT_NOT_TESTABLE};
}

static Verdict judge_interval(Interval interval, double lowest, double highest)
{
    if (interval.low > highest || interval.high < lowest)
        return VERDICT_REFUTED;
    return interval.low >= lowest && interval.high <= highest ? VERDICT_SUPPORTED : VERDICT_NOT_ESTABLISHED;
}

static Interval with_width(int64_t cameras, Interval interval)
{
    return cameras >= INDEPENDENCE_LEAST && interval.high > interval.low ? interval : (Interval){NAN, NAN};
}

Interval independence_interval(const ClusterBootstrap *drawn)
{
    return with_width((int64_t)drawn->clusters, drawn->percentile);
}

Independence independence_of_interval(int64_t cameras, Interval interval, double level, double lowest,
                                      double highest, Verdict verdict)
{
    Independence result = independence_of_number(cameras, verdict);
    interval = with_width(cameras, interval);
    if (verdict == VERDICT_NOT_TESTABLE || isnan(interval.low))
        return result;
    result.known = true;
    result.level = level;
    result.interval = interval;
    result.verdict = judge_interval(interval, lowest, highest);
    /* An interval that says more than the exact test is no reason for a warning: it is narrow by chance. */
    if (verdict != VERDICT_NOT_ESTABLISHED && result.verdict != verdict)
        result.warned = true;
    return result;
}

Independence independence_judge(const int64_t *counts, const double *exposures, size_t cameras, double lowest,
                                double highest, double alpha, double variance, Verdict verdict)
{
    const double level = 1 - 2 * alpha;
    const ClusterBootstrap drawn =
        statistics_cluster_bootstrap(counts, exposures, cameras, level, BOOTSTRAP_REPLICATES, BOOTSTRAP_SEED);
    Independence result = independence_of_interval((int64_t)drawn.clusters, independence_interval(&drawn),
                                                   level, lowest, highest, verdict);
    result.overdispersion_p = statistics_dispersion(counts, exposures, cameras, variance).p;
    if (verdict != VERDICT_NOT_TESTABLE && result.overdispersion_p < INDEPENDENCE_ALPHA)
        result.warned = true;
    return result;
}

Independence independence_of_claim(const ClaimReading *reading, const GArray *cameras, Verdict verdict)
{
    g_autofree int64_t *counts = g_new0(int64_t, cameras->len + 1);
    g_autofree double *exposures = g_new0(double, cameras->len + 1);
    double count = 0, exposure = 0;
    const Metric *metric = metric_of(reading->metric);
    if (metric->of_camera == NULL)
        return independence_of_number(cameras->len, verdict);
    for (guint i = 0; i < cameras->len; i++) {
        metric->of_camera(&g_array_index(cameras, CameraTotals, i), &counts[i], &exposures[i]);
        if (exposures[i] > 0) {
            count += (double)counts[i];
            exposure += exposures[i];
        }
    }
    const double figure = count / exposure;
    const double variance = metric->kind == METRIC_IS_SHARE ? figure * (1 - figure) : figure;
    const double lowest = reading->at_most ? -(double)INFINITY : reading->value;
    const double highest = reading->at_most ? reading->value : (double)INFINITY;
    return independence_judge(counts, exposures, cameras->len, lowest, highest, reading->alpha, variance,
                              verdict);
}

void independence_hold(Independence *independence, const LogFit *fit, ClaimMetric metric, bool at_most)
{
    independence->verdict = log_fit_verdict(fit, metric, at_most, independence->verdict);
}
