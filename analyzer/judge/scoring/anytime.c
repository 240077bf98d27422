/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/anytime.h"

#include "scoring/distributions.h"

#include <glib.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

static DistributionSide tail(AnytimeSide side)
{
    return side == ANYTIME_LESS ? DISTRIBUTION_BELOW : DISTRIBUTION_ABOVE;
}

/* ---- the prior: one gamma (beta) where less is to be shown, several, four times as far each and half as
 * likely, where more is: without them three alerts would refute nothing, however small the limit. */

enum { FURTHER = 6 };

static int parts(AnytimeSide side)
{
    return side == ANYTIME_LESS ? 1 : FURTHER;
}

static double weight(int part, AnytimeSide side)
{
    return side == ANYTIME_LESS ? 1 : ldexp(1, -MIN(part + 1, FURTHER - 1));
}

/* The mean of a part: times the limit, of shares times its odds. */
static double multiple(int part, AnytimeSide side)
{
    return side == ANYTIME_LESS ? 0.5 : ldexp(2, 2 * part);
}

typedef struct {
    double a, b;
} Prior;

static Prior prior_of_rate(int part, AnytimeSide side)
{
    return (Prior){ANYTIME_SHAPE, ANYTIME_SHAPE / multiple(part, side)};
}

static Prior prior_of_share(double limit, int part, AnytimeSide side)
{
    const double odds = limit / (1 - limit) * multiple(part, side);
    return odds < 1 ? (Prior){ANYTIME_SHAPE, ANYTIME_SHAPE / odds} : (Prior){ANYTIME_SHAPE * odds, ANYTIME_SHAPE};
}

/* ln (x + y) from ln x and ln y. */
static double add_logs(double x, double y)
{
    const double large = fmax(x, y), small = fmin(x, y);
    return isinf(large) ? large : large + log1p(exp(small - large));
}

/* ---- rates */

/* ln e of one part. */
static double rate_by_part(int64_t count, double mean, AnytimeSide side, int part)
{
    const Prior prior = prior_of_rate(part, side);
    const double a = prior.a + (double)count, b = prior.b + mean;
    return mean + prior.a * log(prior.b) - a * log(b) + gsl_sf_lngamma(a) - gsl_sf_lngamma(prior.a) +
           log(distribution_gamma(b, a, tail(side))) - log(distribution_gamma(prior.b, prior.a, tail(side)));
}

double anytime_rate(int64_t count, double mean, AnytimeSide side)
{
    if (!(mean > 0))
        return count > 0 && side == ANYTIME_MORE ? (double)INFINITY : 0;
    double sum = -(double)INFINITY;
    for (int part = 0; part < parts(side); part++)
        sum = add_logs(sum, log(weight(part, side)) + rate_by_part(count, mean, side, part));
    return sum;
}

/* ---- shares */

/* k ln p, 0 for k = 0 whatever p is. */
static double times_log(double k, double p)
{
    return k > 0 ? k * log(p) : 0;
}

static double share_by_part(double k, double rest, double limit, AnytimeSide side, int part)
{
    const Prior prior = prior_of_share(limit, part, side);
    const double a = prior.a + k, b = prior.b + rest;
    return gsl_sf_lnbeta(a, b) - gsl_sf_lnbeta(prior.a, prior.b) +
           log(distribution_beta(limit, a, b, tail(side))) -
           log(distribution_beta(limit, prior.a, prior.b, tail(side))) - times_log(k, limit) -
           times_log(rest, 1 - limit);
}

static AnytimeSide other(AnytimeSide side)
{
    return side == ANYTIME_LESS ? ANYTIME_MORE : ANYTIME_LESS;
}

double anytime_share(int64_t count, int64_t trials, double limit, AnytimeSide side)
{
    if (limit > 0.5) /* of the failures */
        return anytime_share(trials - count, trials, 1 - limit, other(side));
    if (!(limit > 0))
        return count > 0 && side == ANYTIME_MORE ? (double)INFINITY : 0;
    double sum = -(double)INFINITY;
    for (int part = 0; part < parts(side); part++)
        sum = add_logs(sum, log(weight(part, side)) +
                                share_by_part((double)count, (double)(trials - count), limit, side, part));
    return sum;
}

double anytime_p(double log_e)
{
    return isnan(log_e) ? log_e : fmin(1, exp(-log_e));
}

/* ---- confidence sequences */

typedef struct {
    int64_t count, trials; /* trials -1: a rate, in one unit of exposure */
    AnytimeSide side;
    double bound; /* ln e from which a limit is ruled out */
} End;

static bool is_ruled_out(const End *end, double limit)
{
    const double log_e = end->trials < 0 ? anytime_rate(end->count, limit, end->side)
                                         : anytime_share(end->count, end->trials, limit, end->side);
    return log_e >= end->bound;
}

/* Between `kept`, which is not ruled out, and `out`, which is. */
static double find_end(const End *end, double kept, double out)
{
    for (int i = 0; i < 100; i++) {
        const double middle = kept + (out - kept) / 2;
        if (is_ruled_out(end, middle))
            out = middle;
        else
            kept = middle;
    }
    return out;
}

Interval anytime_rate_interval(int64_t count, double exposure, double level)
{
    if (!(exposure > 0))
        return (Interval){0, INFINITY};
    End end = {count, -1, ANYTIME_LESS, -log((1 - level) / 2)};
    double out = 2 * (double)count + 10;
    while (!is_ruled_out(&end, out))
        out *= 2;
    Interval interval = {0, find_end(&end, (double)count, out) / exposure};
    end.side = ANYTIME_MORE;
    if (count > 0)
        interval.low = find_end(&end, (double)count, 0) / exposure;
    return interval;
}

Interval anytime_share_interval(int64_t count, int64_t trials, double level)
{
    if (trials <= 0)
        return (Interval){0, 1};
    const double share = (double)count / (double)trials;
    End end = {count, trials, ANYTIME_LESS, -log((1 - level) / 2)};
    Interval interval = {0, 1};
    if (count < trials)
        interval.high = find_end(&end, share, 1);
    end.side = ANYTIME_MORE;
    if (count > 0)
        interval.low = find_end(&end, share, 0);
    return interval;
}

/* ---- how much is needed */

double anytime_mean_to_support(int64_t count, double alpha)
{
    End end = {count, -1, ANYTIME_LESS, -log(alpha)};
    double out = 2 * (double)count + 10;
    while (!is_ruled_out(&end, out))
        out *= 2;
    return find_end(&end, (double)count, out);
}

int64_t anytime_trials_to_support(int64_t count, double limit, double alpha)
{
    const double bound = -log(alpha);
    int64_t low = count - 1, high = count + 1; /* low does not do, high will */
    while (anytime_share(count, high, limit, ANYTIME_LESS) < bound) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (anytime_share(count, middle, limit, ANYTIME_LESS) < bound)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* ---- the prior by itself */

static double prior_value(double limit, AnytimeSide side, int part, double share)
{
    if (isnan(limit)) {
        const Prior prior = prior_of_rate(part, side);
        const double whole = distribution_gamma(prior.b, prior.a, tail(side));
        return distribution_gamma_quantile(share * whole, prior.a, tail(side)) / prior.b;
    }
    const Prior prior = prior_of_share(limit, part, side);
    const double whole = distribution_beta(limit, prior.a, prior.b, tail(side));
    return distribution_beta_quantile(share * whole, prior.a, prior.b, tail(side));
}

size_t anytime_prior(double limit, AnytimeSide side, AnytimePoint *points)
{
    if (limit > 0.5) {
        const size_t count = anytime_prior(1 - limit, other(side), points);
        for (size_t i = 0; i < count; i++)
            points[i].value = 1 - points[i].value;
        return count;
    }
    size_t count = 0;
    for (int part = 0; part < parts(side); part++) {
        for (int i = 0; i < ANYTIME_STEPS; i++)
            points[count++] = (AnytimePoint){prior_value(limit, side, part, (i + 0.5) / ANYTIME_STEPS),
                                             weight(part, side) / ANYTIME_STEPS};
    }
    return count;
}
