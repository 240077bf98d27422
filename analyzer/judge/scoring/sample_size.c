/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much footage a statement needs (declared in statistics.h). */
#include "scoring/statistics.h"

#include "scoring/distributions.h"

#include <glib.h>
#include <math.h>

double statistics_exposure_to_support(int64_t k, double limit, double alpha)
{
    g_assert(limit > 0);
    return statistics_garwood_upper(k, 1 - alpha) / limit;
}

int64_t statistics_trials_to_support(int64_t k, double limit, double alpha)
{
    g_assert(k >= 0 && limit > 0 && limit < 1 && alpha > 0 && alpha < 1);
    /* P(X <= k | n, limit) falls as n grows: double, then halve. */
    int64_t low = k, high = k + 1;
    while (statistics_binomial_at_most(k, high, limit) > alpha) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (statistics_binomial_at_most(k, middle, limit) > alpha)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* The least exposure that makes so few, or so many, events reach a verdict with the power, from `count`
 * events on. */
static PowerPlan find_plan(int64_t count, double (*exposure_of)(int64_t, double),
                           double (*probability)(int64_t, double), double ratio, double power, double alpha)
{
    for (;; count++) {
        const double exposure = exposure_of(count, 1 - alpha), reached = probability(count, ratio * exposure);
        if (reached >= power)
            return (PowerPlan){exposure, count, reached};
    }
}

PowerPlan statistics_plan_support(double ratio, double power, double alpha)
{
    g_assert(ratio > 0 && ratio < 1 && power > 0 && power < 1);
    return find_plan(0, statistics_garwood_upper, statistics_poisson_at_most, ratio, power, alpha);
}

PowerPlan statistics_plan_refute(double ratio, double power, double alpha)
{
    g_assert(ratio > 1 && power > 0 && power < 1);
    return find_plan(1, statistics_garwood_lower, statistics_poisson_at_least, ratio, power, alpha);
}

int64_t statistics_events_for_ratio(double ratio, double power, double alpha)
{
    g_assert(ratio > 1 && power > 0 && power < 1);
    const double share = ratio / (1 + ratio);
    const double z_alpha = distribution_normal_quantile(alpha / 2, DISTRIBUTION_ABOVE);
    const double z_power = distribution_normal_quantile(power, DISTRIBUTION_BELOW);
    const double root = (z_alpha * 0.5 + z_power * sqrt(share * (1 - share))) / (share - 0.5);
    return (int64_t)ceil(root * root);
}

double statistics_relative_half_width(int64_t k)
{
    g_assert(k >= 1);
    const Interval interval = statistics_garwood(k, 0.95);
    return (interval.high - interval.low) / (2 * (double)k);
}
