/* SPDX-License-Identifier: GPL-3.0-or-later */
/* E-processes: their expectation under the limit is at most 1, whatever the true figure on its other side, and
 * what they say is what the mixture says when it is added up by hand. */
#include "scoring/anytime.h"

#include "scoring/places.h"

#include <gsl/gsl_randist.h>
#include <math.h>

#include "unit.h"

/* E exp(log e) of a Poisson count with this mean. */
static double expected_rate(double limit_mean, double mean, AnytimeSide side)
{
    double sum = 0;
    for (unsigned k = 0; k < 400; k++)
        sum += exp(k * log(mean) - mean - lgamma(k + 1.0) + anytime_rate(k, limit_mean, side));
    return sum;
}

TEST(a_rate_beyond_the_limit_expects_at_most_one)
{
    assert_true(fabs(expected_rate(20, 20, ANYTIME_LESS) - 1) < 1e-6);
    const double more = expected_rate(20, 20, ANYTIME_MORE); /* without its long tail, beyond 400 */
    assert_true(more <= 1 && more > 0.7);
    assert_true(expected_rate(20, 24, ANYTIME_LESS) < 0.8 && expected_rate(20, 16, ANYTIME_MORE) < 0.8);
    assert_true(expected_rate(20, 16, ANYTIME_LESS) > 1 && expected_rate(20, 24, ANYTIME_MORE) > 1);
}

static double expected_share(int trials, double limit, double share, AnytimeSide side)
{
    double sum = 0;
    for (int k = 0; k <= trials; k++)
        sum += gsl_ran_binomial_pdf((unsigned)k, share, (unsigned)trials) *
               exp(anytime_share(k, trials, limit, side));
    return sum;
}

TEST(a_share_beyond_the_limit_expects_at_most_one)
{
    static const double limits[] = {0.05, 0.5, 0.9};
    for (int i = 0; i < 3; i++) {
        assert_true(fabs(expected_share(60, limits[i], limits[i], ANYTIME_LESS) - 1) < 1e-9);
        assert_true(fabs(expected_share(60, limits[i], limits[i], ANYTIME_MORE) - 1) < 1e-9);
        assert_true(expected_share(60, limits[i], limits[i] + 0.04, ANYTIME_LESS) < 0.95);
        assert_true(expected_share(60, limits[i], limits[i] - 0.04, ANYTIME_MORE) < 0.95);
    }
}

/* The gamma mixture of r < 1, added up in small steps. */
TEST(the_closed_form_is_the_mixture)
{
    const double a = ANYTIME_SHAPE, b = 2 * ANYTIME_SHAPE, mean = 12;
    double sum = 0, whole = 0;
    const int steps = 200000;
    for (int i = 0; i < steps; i++) {
        const double r = (i + 0.5) / steps, weight = pow(r, a - 1) * exp(-b * r);
        whole += weight;
        sum += weight * pow(r, 5) * exp(mean - r * mean);
    }
    assert_true(fabs(anytime_rate(5, mean, ANYTIME_LESS) - log(sum / whole)) < 1e-6);
}

TEST(without_footage_nothing_is_shown)
{
    assert_true(anytime_rate(0, 0, ANYTIME_LESS) == 0 && anytime_rate(0, 0, ANYTIME_MORE) == 0);
    assert_true(isinf(anytime_rate(1, 0, ANYTIME_MORE)) && anytime_rate(1, 0, ANYTIME_LESS) == 0);
    assert_true(isinf(anytime_share(1, 9, 0, ANYTIME_MORE)) && anytime_share(9, 9, 0, ANYTIME_LESS) == 0);
    assert_true(isinf(anytime_share(8, 9, 1, ANYTIME_LESS)) && anytime_share(9, 9, 1, ANYTIME_MORE) == 0);
    assert_true(anytime_p(-3) == 1 && fabs(anytime_p(log(20)) - 0.05) < 1e-12 && isnan(anytime_p(NAN)));
}

/* Three alerts refute a limit that is small enough: the prior has a long tail. */
TEST(few_counts_refute_a_tiny_limit)
{
    assert_true(anytime_p(anytime_rate(3, 0.001, ANYTIME_MORE)) < 0.05);
    assert_true(anytime_p(anytime_share(3, 40, 0.0001, ANYTIME_MORE)) < 0.05);
    assert_true(anytime_p(anytime_rate(3, 2, ANYTIME_MORE)) > 0.3);
}

TEST(intervals_hold_what_is_not_ruled_out)
{
    const Interval rate = anytime_rate_interval(12, 50, 0.95), share = anytime_share_interval(3, 40, 0.95);
    assert_true(rate.low > 0 && rate.low < 0.24 && rate.high > 0.24);
    assert_true(fabs(anytime_rate(12, 50 * rate.high, ANYTIME_LESS) - log(40)) < 1e-6);
    assert_true(fabs(anytime_rate(12, 50 * rate.low, ANYTIME_MORE) - log(40)) < 1e-6);
    assert_true(fabs(anytime_share(3, 40, share.high, ANYTIME_LESS) - log(40)) < 1e-6);
    assert_true(fabs(anytime_share(3, 40, share.low, ANYTIME_MORE) - log(40)) < 1e-6);
    const Interval none = anytime_rate_interval(0, 50, 0.95), all = anytime_share_interval(40, 40, 0.95);
    assert_true(none.low == 0 && all.high == 1 && all.low > 0.8 && all.low < 0.93);
    const Interval nothing = anytime_rate_interval(0, 0, 0.95);
    assert_true(nothing.low == 0 && isinf(nothing.high));
    /* Wider than Garwood's, which holds at one look alone. */
    const Interval once = statistics_garwood(12, 0.95);
    assert_true(rate.low < once.low / 50 && rate.high > once.high / 50);
}

TEST(what_is_needed_is_the_least_that_does)
{
    const double mean = anytime_mean_to_support(4, 0.05);
    assert_true(anytime_rate(4, mean * 1.0001, ANYTIME_LESS) >= log(20));
    assert_true(anytime_rate(4, mean * 0.9999, ANYTIME_LESS) < log(20));
    const int64_t trials = anytime_trials_to_support(2, 0.1, 0.05);
    assert_true(anytime_share(2, trials, 0.1, ANYTIME_LESS) >= log(20));
    assert_true(anytime_share(2, trials - 1, 0.1, ANYTIME_LESS) < log(20));
}

TEST(the_prior_in_points_weighs_one)
{
    static const double limits[] = {NAN, 0.05, 0.9};
    for (int i = 0; i < 3; i++) {
        for (int side = ANYTIME_LESS; side <= ANYTIME_MORE; side++) {
            AnytimePoint points[ANYTIME_POINTS];
            const size_t count = anytime_prior(limits[i], side, points);
            const double limit = isnan(limits[i]) ? 1 : limits[i];
            double sum = 0;
            for (size_t k = 0; k < count; k++) {
                sum += points[k].weight;
                assert_true(side == ANYTIME_LESS ? points[k].value < limit : points[k].value > limit);
            }
            assert_true(count > 0 && count <= ANYTIME_POINTS && fabs(sum - 1) < 1e-12);
        }
    }
}

/* Of places the same evidence is worth less, and none where cameras differ much. */
TEST(places_say_less)
{
    static const int64_t even[] = {3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2}, lumped[] = {0, 0, 1, 0, 25, 0, 0, 1, 0, 0, 3, 0};
    static const double hours[] = {10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10};
    const PlacesCounts alike = {even, hours, 12, false}, apart = {lumped, hours, 12, false};
    const double exact = anytime_rate(30, 120 * 0.8, ANYTIME_LESS);
    const PlacesEvidence found = places_anytime(&alike, 0.8), lost = places_anytime(&apart, 0.8);
    assert_true(found.less > log(20) && found.less < exact && found.more < 0);
    assert_true(lost.less < log(20));
    const Interval interval = places_anytime_interval(&alike, 0.9), wide = places_anytime_interval(&apart, 0.9);
    assert_true(interval.low < 0.25 && interval.high > 0.25 && interval.high < 0.8 && wide.high > 0.8);
    const PlacesEvidence other = places_anytime(&alike, 0.05);
    assert_true(other.more > log(20) && other.less < 0);
    const PlacesCounts single = {even, hours, 1, false};
    assert_true(isnan(places_anytime(&single, 0.8).less) && isnan(places_anytime(&alike, 0).less));
}

UNIT_TESTS(NULL, NULL)
