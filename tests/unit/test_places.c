/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What some cameras say of others: against likelihoods written out by hand and searched on a grid, at the
 * ends, and by how often the verdict is wrong. */
#include "scoring/places.h"

#include <glib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#include "unit.h"

#define CAMERAS 10

static void assert_near(double found, double expected, double allowed)
{
    if (!(fabs(found - expected) <= allowed))
        fail_msg("%.10g, expected %.10g", found, expected);
}

static const int64_t uneven[CAMERAS] = {0, 0, 1, 0, 2, 0, 0, 1, 0, 9};
static const double hours[CAMERAS] = {20, 20, 20, 20, 20, 20, 20, 20, 20, 20};

static double by_hand(double mean, double a, const int64_t *counts, bool shares, double each)
{
    double sum = 0;
    for (int i = 0; i < CAMERAS; i++) {
        const double k = (double)counts[i], t = each;
        if (shares) {
            const double one = mean / a, other = (1 - mean) / a;
            sum += lgamma(one + k) - lgamma(one) + lgamma(other + t - k) - lgamma(other) -
                   lgamma(one + other + t) + lgamma(one + other);
        } else {
            const double r = 1 / a;
            sum +=
                lgamma(r + k) - lgamma(r) + r * log(r / (r + mean * t)) + k * log(mean * t / (r + mean * t));
        }
    }
    return sum;
}

static double best_by_hand(double mean, const int64_t *counts, bool shares, double each, double *at)
{
    double best = -INFINITY;
    for (double x = log(1e-4); x <= log(PLACES_MOST_DISPERSION) + 1e-9; x += 0.002) {
        const double value = by_hand(mean, exp(x), counts, shares, each);
        if (value > best) {
            best = value;
            *at = exp(x);
        }
    }
    return best;
}

/* All exposures alike: the mean that fits best is the pooled one, of rates. */
TEST(rates_have_the_tail_of_the_likelihood_ratio)
{
    static const double limits[] = {0.02, 0.03, 0.12, 0.2, 0.4};
    const PlacesCounts counts = {uneven, hours, CAMERAS, false};
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        const double limit = limits[i], mean = 13.0 / 200;
        double a, held;
        const double gain =
            best_by_hand(mean, uneven, false, 20, &a) - best_by_hand(limit, uneven, false, 20, &held);
        const double between = limit * limit * held * 400 * CAMERAS;
        const double part = between / (between + limit * 200);
        const double w = sqrt(2 * gain * (1 - PLACES_SHRINK * part)) * (mean < limit ? -1 : 1);
        double squares = 0;
        for (int j = 0; j < CAMERAS; j++)
            squares += pow((double)uneven[j] - 1.3, 2);
        const double t = log(mean / limit) / (sqrt(squares * 10 / 9) / 13);
        const double freedom = 9 / (part * part);
        const PlacesTest test = places_test(&counts, limit);
        assert_near(test.p_at_most, fmax(gsl_cdf_tdist_P(w, freedom), gsl_cdf_tdist_P(t, 9)), 1e-4);
        assert_near(test.p_at_least, fmax(gsl_cdf_tdist_Q(w, freedom), gsl_cdf_tdist_Q(t, 9)), 1e-4);
        assert_near(test.dispersion, a, 5e-3 * a);
        assert_near(test.mean, mean, 1e-12);
    }
}

TEST(clusters_that_agree_are_nearly_one)
{
    static const int64_t alike[CAMERAS] = {2, 3, 2, 1, 3, 2, 2, 3, 2, 3};
    const PlacesTest test = places_test(&(PlacesCounts){alike, hours, CAMERAS, false}, 0.23);
    assert_true(test.dispersion == 0);
    assert_true(test.p_at_most > statistics_poisson_at_most(23, 46) && test.p_at_most < 0.05);
}

TEST(one_camera_that_has_it_all_supports_nothing)
{
    static const int64_t one[CAMERAS] = {0, 0, 0, 0, 13, 0, 0, 0, 0, 0};
    const PlacesTest test = places_test(&(PlacesCounts){one, hours, CAMERAS, false}, 0.15);
    assert_true(statistics_poisson_at_most(13, 30) < 0.001);
    assert_true(test.p_at_most > 0.1);
    assert_true(test.dispersion > 3);
}

/* A thousand hours of one quiet camera, an hour of each of twelve that are not: others like these are not
 * known to be quiet, and a laxer limit is never harder to keep. */
TEST(one_camera_that_was_filmed_most_does_not_decide)
{
    static const int64_t counts[] = {100, 5, 3, 7, 4, 6, 5, 5, 8, 3, 4, 6, 4};
    static const double each[] = {1000, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    const PlacesCounts given = {counts, each, G_N_ELEMENTS(counts), false};
    assert_true(statistics_poisson_at_most(160, 1012) < 1e-9);
    double before = 1;
    for (double limit = 0.2; limit < 12; limit *= 1.2) {
        const double now = places_test(&given, limit).p_at_most;
        assert_true(now <= before + 1e-9);
        assert_true(limit > 5 || now > 0.1);
        before = now;
    }
    const Interval interval = places_interval(&given, 0.9);
    assert_true(interval.low < 0.158 && interval.high > 5);
}

TEST(nothing_at_all_still_says_something)
{
    static const int64_t none[CAMERAS] = {0};
    const PlacesCounts counts = {none, hours, CAMERAS, false};
    assert_true(places_test(&counts, 0.1).p_at_most < 0.01);
    assert_true(places_test(&counts, 0.015).p_at_most > 0.05); /* Poisson: e^-3, just below */
    const Interval interval = places_interval(&counts, 0.9);
    assert_true(interval.low == 0);
    assert_near(places_test(&counts, interval.high).p_at_most, 0.05, 1e-6);
    static const double ten[CAMERAS] = {10, 10, 10, 10, 10, 10, 10, 10, 10, 10};
    static const int64_t all[CAMERAS] = {10, 10, 10, 10, 10, 10, 10, 10, 10, 10};
    const Interval full = places_interval(&(PlacesCounts){all, ten, CAMERAS, true}, 0.9);
    assert_true(full.high == 1 && full.low > 0.7 && full.low < 1);
}

TEST(shares_have_the_tail_of_the_likelihood_ratio)
{
    static const int64_t missed[CAMERAS] = {0, 0, 1, 0, 2, 0, 0, 1, 0, 9};
    static const double events[CAMERAS] = {12, 12, 12, 12, 12, 12, 12, 12, 12, 12};
    const PlacesCounts counts = {missed, events, CAMERAS, true};
    const double limit = 0.3;
    double best = -INFINITY, held;
    for (double mean = 0.02; mean < 0.5; mean += 0.002) {
        double at;
        best = fmax(best, best_by_hand(mean, missed, true, 12, &at));
    }
    const double gain = best - best_by_hand(limit, missed, true, 12, &held);
    const double part = 11 * held / (1 + held) / (1 + 11 * held / (1 + held));
    const double w = -sqrt(2 * gain * (1 - PLACES_SHRINK * part));
    const double mean = 13.0 / 120;
    double squares = 0;
    for (int j = 0; j < CAMERAS; j++)
        squares += pow((double)missed[j] - 1.3, 2);
    const double odds = log(mean / (1 - mean)) - log(limit / (1 - limit));
    const double t = odds * mean * (1 - mean) / (sqrt(squares * 10 / 9) / 120);
    const PlacesTest test = places_test(&counts, limit);
    assert_near(test.p_at_most, fmax(gsl_cdf_tdist_P(w, 9 / (part * part)), gsl_cdf_tdist_P(t, 9)), 2e-4);
    /* The other way round it is the same. */
    int64_t found[CAMERAS];
    for (int i = 0; i < CAMERAS; i++)
        found[i] = 12 - missed[i];
    const PlacesTest other = places_test(&(PlacesCounts){found, events, CAMERAS, true}, 1 - limit);
    assert_near(other.p_at_least, test.p_at_most, 1e-6);
    assert_near(other.p_at_most, test.p_at_least, 1e-6);
}

TEST(single_trials_have_no_differences)
{
    static const int64_t k[CAMERAS] = {0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    static const double n[CAMERAS] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    const PlacesTest test = places_test(&(PlacesCounts){k, n, CAMERAS, true}, 0.5);
    assert_true(test.p_at_most < 0.05 && test.p_at_most > 0.0005);
}

TEST(intervals_turn_back_into_their_tails)
{
    const PlacesCounts counts = {uneven, hours, CAMERAS, false};
    const Interval interval = places_interval(&counts, 0.9);
    assert_near(places_test(&counts, interval.low).p_at_least, 0.05, 1e-6);
    assert_near(places_test(&counts, interval.high).p_at_most, 0.05, 1e-6);
    const Interval exact = statistics_garwood(13, 0.9);
    assert_true(interval.low < exact.low / 200 && interval.high > exact.high / 200);
}

TEST(what_is_left_out_changes_nothing)
{
    int64_t k[CAMERAS + 2];
    double t[CAMERAS + 2];
    for (int i = 0; i < CAMERAS; i++) { /* the other way round, with two that have no exposure */
        k[i + 1] = uneven[CAMERAS - 1 - i];
        t[i + 1] = 20;
    }
    k[0] = k[CAMERAS + 1] = 7;
    t[0] = t[CAMERAS + 1] = 0;
    const PlacesTest test = places_test(&(PlacesCounts){uneven, hours, CAMERAS, false}, 0.12);
    const PlacesTest same = places_test(&(PlacesCounts){k, t, CAMERAS + 2, false}, 0.12);
    assert_true(same.clusters == CAMERAS);
    assert_near(test.p_at_most, same.p_at_most, 1e-9);
    /* Hours or days: the unit does not matter. */
    for (int i = 0; i < CAMERAS + 2; i++)
        t[i] /= 24;
    assert_near(places_test(&(PlacesCounts){k, t, CAMERAS + 2, false}, 0.12 * 24).p_at_most, test.p_at_most,
                1e-6);
}

TEST(one_cluster_says_nothing_of_others)
{
    const PlacesTest test = places_test(&(PlacesCounts){uneven, hours, 1, false}, 1);
    assert_true(test.clusters == 1 && isnan(test.p_at_most) && isnan(test.p_at_least));
    assert_true(isnan(places_interval(&(PlacesCounts){uneven, hours, 1, false}, 0.9).high));
    assert_true(isnan(places_test(&(PlacesCounts){uneven, hours, CAMERAS, false}, 0).p_at_most));
    assert_true(isnan(places_test(&(PlacesCounts){uneven, hours, CAMERAS, true}, 1).p_at_most));
}

TEST(large_counts_are_reckoned_as_small_ones)
{
    int64_t k[CAMERAS];
    double t[CAMERAS];
    for (int i = 0; i < CAMERAS; i++) {
        k[i] = 100000 + 300 * i;
        t[i] = 1e6;
    }
    const PlacesTest test = places_test(&(PlacesCounts){k, t, CAMERAS, false}, 0.1);
    assert_true(test.p_at_least < 0.01 && test.p_at_least > 1e-4); /* t of nine degrees: 4.5 */
    const PlacesTest share = places_test(&(PlacesCounts){k, t, CAMERAS, true}, 0.1);
    assert_true(share.p_at_least < 0.01 && share.p_at_least > 1e-4);
}

/* The rate is the limit: whatever is "supported" or "refuted" is wrong. Drawn with a fixed seed; the full
 * table is that of `make simulation`. */
TEST(verdicts_are_seldom_wrong)
{
    enum { RUNS = 400 };
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, 1);
    int exact = 0, supported = 0, refuted = 0;
    for (int run = 0; run < RUNS; run++) {
        int64_t k[CAMERAS], total = 0;
        for (int i = 0; i < CAMERAS; i++)
            total += k[i] = gsl_ran_poisson(random, 10 * gsl_ran_gamma(random, 0.5, 2));
        exact += statistics_poisson_at_most(total, 100) <= 0.05;
        const PlacesTest test = places_test(&(PlacesCounts){k, hours, CAMERAS, false}, 0.5);
        supported += test.p_at_most <= 0.05;
        refuted += test.p_at_least <= 0.05;
    }
    gsl_rng_free(random);
    print_message("# of %d: supported %d (exact %d), refuted %d\n", RUNS, supported, exact, refuted);
    assert_true(exact > RUNS / 3);
    assert_true(supported <= RUNS * 7 / 100 && refuted <= RUNS * 7 / 100);
    assert_true(supported > 0);
}

UNIT_TESTS(NULL, NULL)
