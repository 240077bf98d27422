/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/reach.h"

#include "scoring/statistics.h"

#include <glib.h>
#include <math.h>

double reach_at_best(const ReachClaim *claim)
{
    return claim->proportion ? (double)statistics_trials_to_support(0, claim->limit, claim->alpha)
                             : statistics_exposure_to_support(0, claim->limit, claim->alpha);
}

/* ---- needs */

/* The largest number of trials with which `errors` still refute "proportion <= limit". */
static int64_t trials_to_refute(int64_t errors, double limit, double alpha)
{
    /* P(X >= errors | n, limit) rises with n, and is 0 below `errors` trials. */
    int64_t low = errors - 1, high = errors;
    while (statistics_binomial_at_least(errors, high, limit) <= alpha) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (statistics_binomial_at_least(errors, middle, limit) <= alpha)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static ReachNeed need_of_trials(const ReachClaim *claim, double ratio, double power)
{
    const double truth = ratio * claim->limit;
    if (truth >= 1)
        return (ReachNeed){(double)NAN, -1, (double)NAN};
    for (int64_t errors = ratio < 1 ? 0 : 1;; errors++) {
        const int64_t trials = ratio < 1 ? statistics_trials_to_support(errors, claim->limit, claim->alpha)
                                         : trials_to_refute(errors, claim->limit, claim->alpha);
        if (trials < errors || trials < 1)
            continue;
        const double reached = ratio < 1 ? statistics_binomial_at_most(errors, trials, truth)
                                         : statistics_binomial_at_least(errors, trials, truth);
        if (reached >= power)
            return (ReachNeed){(double)trials, errors, reached};
    }
}

ReachNeed reach_need(const ReachClaim *claim, double ratio, double power)
{
    g_assert(claim->limit > 0 && ratio > 0 && (ratio < 1 || ratio > 1));
    if (claim->proportion)
        return need_of_trials(claim, ratio, power);
    const PowerPlan plan = ratio < 1 ? statistics_plan_support(ratio, power, claim->alpha)
                                     : statistics_plan_refute(ratio, power, claim->alpha);
    return (ReachNeed){plan.exposure / claim->limit, plan.count, plan.power};
}

/* ---- what an amount can show */

static double at_most(const ReachClaim *claim, int64_t errors, double amount, double figure)
{
    return claim->proportion ? statistics_binomial_at_most(errors, (int64_t)amount, figure)
                             : statistics_poisson_at_most(errors, amount * figure);
}

static double at_least(const ReachClaim *claim, int64_t errors, double amount, double figure)
{
    return claim->proportion ? statistics_binomial_at_least(errors, (int64_t)amount, figure)
                             : statistics_poisson_at_least(errors, amount * figure);
}

Reach reach_of(const ReachClaim *claim, double amount)
{
    Reach reach = {-1, -1, (double)NAN};
    if (!(amount > 0) || (claim->proportion && amount < 1))
        return reach;
    while (at_most(claim, reach.supports + 1, amount, claim->limit) <= claim->alpha)
        reach.supports++;
    int64_t errors = reach.supports + 1;
    const int64_t most = claim->proportion ? (int64_t)amount : INT64_MAX;
    while (errors <= most && at_least(claim, errors, amount, claim->limit) > claim->alpha)
        errors++;
    reach.refutes = errors <= most ? errors : -1;
    reach.smallest = claim->proportion
                         ? statistics_clopper_pearson_upper(0, (int64_t)amount, 1 - claim->alpha)
                         : statistics_garwood_upper(0, 1 - claim->alpha) / amount;
    return reach;
}

double reach_power(const ReachClaim *claim, double amount, double ratio)
{
    const Reach reach = reach_of(claim, amount);
    const double truth = ratio * claim->limit;
    if (ratio < 1)
        return reach.supports < 0 ? 0 : at_most(claim, reach.supports, amount, truth);
    if (reach.refutes < 0)
        return 0;
    return claim->proportion && truth >= 1 ? 1 : at_least(claim, reach.refutes, amount, truth);
}
