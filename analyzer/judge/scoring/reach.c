/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/reach.h"

#include "scoring/anytime.h"
#include "scoring/statistics.h"

#include <glib.h>
#include <math.h>

double reach_at_best(const ReachClaim *claim)
{
    if (claim->anytime)
        return claim->proportion ? (double)anytime_trials_to_support(0, claim->limit, claim->alpha)
                                 : anytime_mean_to_support(0, claim->alpha) / claim->limit;
    return claim->proportion ? (double)statistics_trials_to_support(0, claim->limit, claim->alpha)
                             : statistics_exposure_to_support(0, claim->limit, claim->alpha);
}

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

static double p_at_any_time(const ReachClaim *claim, int64_t errors, double amount, AnytimeSide side)
{
    return anytime_p(claim->proportion
                         ? anytime_share(errors, (int64_t)amount, claim->limit, side)
                         : anytime_rate(errors, amount * claim->limit, side));
}

/* p of so few (so many) errors, were the figure the limit. */
static double p_supports(const ReachClaim *claim, int64_t errors, double amount)
{
    return claim->anytime ? p_at_any_time(claim, errors, amount, ANYTIME_LESS)
                          : at_most(claim, errors, amount, claim->limit);
}

static double p_refutes(const ReachClaim *claim, int64_t errors, double amount)
{
    return claim->anytime ? p_at_any_time(claim, errors, amount, ANYTIME_MORE)
                          : at_least(claim, errors, amount, claim->limit);
}

Reach reach_of(const ReachClaim *claim, double amount)
{
    Reach reach = {-1, -1, (double)NAN};
    if (!(amount > 0) || (claim->proportion && amount < 1))
        return reach;
    while (p_supports(claim, reach.supports + 1, amount) <= claim->alpha)
        reach.supports++;
    int64_t errors = reach.supports + 1;
    const int64_t most = claim->proportion ? (int64_t)amount : INT64_MAX;
    while (errors <= most && p_refutes(claim, errors, amount) > claim->alpha)
        errors++;
    reach.refutes = errors <= most ? errors : -1;
    if (claim->anytime) {
        const double level = 1 - 2 * claim->alpha;
        reach.smallest = claim->proportion ? anytime_share_interval(0, (int64_t)amount, level).high
                                           : anytime_rate_interval(0, amount, level).high;
        return reach;
    }
    reach.smallest = claim->proportion
                         ? statistics_clopper_pearson_upper(0, (int64_t)amount, 1 - claim->alpha)
                         : statistics_garwood_upper(0, 1 - claim->alpha) / amount;
    return reach;
}

/* ---- needs
 *
 * The power is no smooth curve. As long as the count that decides stays the same, more footage makes an
 * honest support rarer and a due refutation more likely; where it changes by one, the power leaps: up to
 * support, down to refute. So each tooth is looked at by its lowest point, until the verdict is missed half
 * as often as is allowed: from there on no tooth reaches back. */

/* Of the tooth in which `errors` decide: the power at its lowest point. To support that is its end, just
 * before one error more is allowed; to refute its beginning, where one error fewer has just ceased to do. */
static double lowest_power(const ReachClaim *claim, double ratio, int64_t errors)
{
    const double truth = ratio * claim->limit;
    if (claim->proportion)
        return ratio < 1
                   ? statistics_binomial_at_most(
                         errors, statistics_trials_to_support(errors + 1, claim->limit, claim->alpha) - 1,
                         truth)
                   : statistics_binomial_at_least(
                         errors,
                         (errors > 1 ? trials_to_refute(errors - 1, claim->limit, claim->alpha) : 0) + 1,
                         truth);
    if (ratio < 1)
        return statistics_poisson_at_most(errors,
                                          ratio * statistics_garwood_upper(errors + 1, 1 - claim->alpha));
    return errors > 1 ? statistics_poisson_at_least(
                            errors, ratio * statistics_garwood_lower(errors - 1, 1 - claim->alpha))
                      : 0;
}

/* Where, in the tooth in which `errors` refute, the power is first reached. */
static double first_to_refute(const ReachClaim *claim, double ratio, double power, int64_t errors)
{
    if (!claim->proportion)
        return statistics_garwood_lower(errors, 1 - power) / (ratio * claim->limit);
    int64_t low = errors > 1 ? trials_to_refute(errors - 1, claim->limit, claim->alpha) : 0,
            high = trials_to_refute(errors, claim->limit, claim->alpha);
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (statistics_binomial_at_least(errors, middle, ratio * claim->limit) < power)
            low = middle;
        else
            high = middle;
    }
    return (double)high;
}

/* There is no closed form for the teeth: upwards by a hundredth, until for a third more than the last amount
 * with too little power it was enough throughout. */
static ReachNeed need_at_any_time(const ReachClaim *claim, double ratio, double power)
{
    double amount = reach_at_best(claim), enough = amount;
    while (amount < enough * 1.33) {
        if (reach_power(claim, amount, ratio) < power)
            enough = amount * 1.01;
        amount = claim->proportion ? ceil(amount * 1.01) : amount * 1.01;
    }
    enough = claim->proportion ? ceil(enough) : enough;
    const Reach reach = reach_of(claim, enough);
    return (ReachNeed){enough, ratio < 1 ? reach.supports : reach.refutes, reach_power(claim, enough, ratio)};
}

ReachNeed reach_need(const ReachClaim *claim, double ratio, double power)
{
    g_assert(claim->limit > 0 && ratio > 0 && (ratio < 1 || ratio > 1));
    if (claim->proportion && ratio * claim->limit >= 1)
        return (ReachNeed){(double)NAN, -1, (double)NAN};
    if (claim->anytime)
        return need_at_any_time(claim, ratio, power);
    int64_t short_of = -1; /* the last tooth with too little power somewhere */
    double lowest = 0;
    for (int64_t errors = 0; lowest < 1 - (1 - power) / 2; errors++) {
        lowest = errors > 0 || ratio < 1 ? lowest_power(claim, ratio, errors) : 0;
        if (lowest < power)
            short_of = errors;
    }
    const int64_t errors = ratio < 1 ? short_of + 1 : short_of;
    double amount;
    if (ratio > 1)
        amount = first_to_refute(claim, ratio, power, errors);
    else if (claim->proportion)
        amount = (double)statistics_trials_to_support(errors, claim->limit, claim->alpha);
    else
        amount = statistics_exposure_to_support(errors, claim->limit, claim->alpha);
    return (ReachNeed){amount, errors,
                       ratio < 1 ? at_most(claim, errors, amount, ratio * claim->limit)
                                 : at_least(claim, errors, amount, ratio * claim->limit)};
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
