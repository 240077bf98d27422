/* SPDX-License-Identifier: GPL-3.0-or-later */
/* R's distributions against another library's (GSL's) over the range in which that one is good, against sums
 * with forty digits where it is not, and at the ends. */
#include "scoring/distributions.h"
#include "scoring/statistics.h"

#include <glib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "unit.h"

typedef struct {
    const char *what;
    int points;
    double most; /* the largest relative difference */
} Gap;

static void compare(Gap *gap, double found, double expected)
{
    gap->points++;
    if (expected < 1e-290)
        assert_true(found < 2e-290);
    else
        gap->most = fmax(gap->most, fabs(found - expected) / expected);
}

static void close_gap(const Gap *gap, double allowed)
{
    print_message("# %s: %d points, largest relative difference %.1e\n", gap->what, gap->points, gap->most);
    assert_true(gap->points > 500 && gap->most < allowed);
}

/* Standard deviations from the mean, far out on both sides. */
#define STEPS 61
static double deviation(int step)
{
    const double unit = (step - STEPS / 2) / 30.0;
    return 20 * unit * fabs(unit);
}

TEST(counts_have_the_tails_of_another_library)
{
    Gap poisson = {.what = "Poisson tails"}, binomial = {.what = "binomial tails"},
        chance = {.what = "binomial chances"};
    for (int64_t k = 1; k < 20000; k = k * 5 / 4 + 1)
        for (int step = 0; step < STEPS; step++) {
            const double count = (double)k, mean = count + deviation(step) * sqrt(count);
            if (mean > 0) {
                compare(&poisson, statistics_poisson_at_least(k, mean), gsl_cdf_gamma_P(mean, count, 1));
                compare(&poisson, statistics_poisson_at_most(k, mean), gsl_cdf_gamma_Q(mean, count + 1, 1));
            }
        }
    for (int64_t n = 2; n < 20000; n = n * 3 / 2 + 1)
        for (int64_t k = 1; k < n; k = k * 5 / 3 + 1)
            for (int step = 0; step < STEPS; step++) {
                const double share = (double)k / (double)n;
                const double p = share + deviation(step) * sqrt(share * (1 - share) / (double)n);
                if (!(p > 0 && p < 1))
                    continue;
                const double a = (double)k, b = (double)(n - k);
                compare(&binomial, statistics_binomial_at_least(k, n, p), gsl_cdf_beta_P(p, a, b + 1));
                compare(&binomial, statistics_binomial_at_most(k, n, p), gsl_cdf_beta_Q(p, a + 1, b));
                if (n <= PAIRED_EXACT_MOST)
                    compare(&chance, distribution_binomial_chance(a, (double)n, p),
                            gsl_ran_binomial_pdf((unsigned)k, p, (unsigned)n));
            }
    close_gap(&poisson, 1e-10);
    close_gap(&binomial, 1e-10);
    close_gap(&chance, 1e-11);
}

TEST(normal_and_chi_square_too)
{
    Gap normal = {.what = "normal tails and quantiles"}, chi_square = {.what = "chi-square tails"};
    for (double z = -36; z <= 36; z += 0.05) {
        compare(&normal, distribution_normal(z, DISTRIBUTION_BELOW), gsl_cdf_ugaussian_P(z));
        compare(&normal, distribution_normal(z, DISTRIBUTION_ABOVE), gsl_cdf_ugaussian_Q(z));
    }
    for (double exponent = -300; exponent < -0.31; exponent += 0.25) {
        const double share = pow(10, exponent);
        compare(&normal, distribution_normal_quantile(share, DISTRIBUTION_ABOVE),
                gsl_cdf_ugaussian_Qinv(share));
        compare(&normal, -distribution_normal_quantile(share, DISTRIBUTION_BELOW),
                gsl_cdf_ugaussian_Qinv(share));
    }
    for (double freedom = 1; freedom < 5000; freedom = ceil(freedom * 1.3))
        for (int step = 0; step < STEPS; step++) {
            const double x = freedom + deviation(step) * sqrt(2 * freedom);
            if (x > 0)
                compare(&chi_square, distribution_chi_square(x, freedom, DISTRIBUTION_ABOVE),
                        gsl_cdf_chisq_Q(x, freedom));
        }
    close_gap(&normal, 1e-14);
    close_gap(&chi_square, 1e-10);
}

/* Sums of the terms with forty digits. */
TEST(large_and_small_have_their_digits)
{
    const struct {
        double found, expected;
    } values[] = {
        {statistics_binomial_at_most(8, 829935189, 2e-8), 0.015795411183883149852},
        {statistics_binomial_at_least(37, 374973, 1e-6), 8.7089174610006767567e-60},
        {statistics_poisson_at_most(100000, 111700), 1.4201482446109188643e-278},
        {statistics_poisson_at_least(1000000000, 999900000), 0.0007824461399627835376},
        {statistics_poisson_at_most(1000000000, 1000050000), 0.05692857076546844464},
        {statistics_clopper_pearson_upper(0, 1000000000, 1e-12), 1.0000000000005e-21},
        {statistics_clopper_pearson_lower(1, 1000000000, 1e-12), 2.763102073419188777e-8},
        {statistics_garwood_lower(1, 1e-12), 27.631021115928548208},
        {distribution_normal(37, DISTRIBUTION_ABOVE), 5.7255712225245768227e-300},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        if (!(fabs(values[i].found / values[i].expected - 1) < 2e-12))
            fail_msg("%zu: found %.17g, expected %.17g", i, values[i].found, values[i].expected);
}

/* A bound put back into its own tail gives the share that it was asked for, for the confidence of one in a
 * million millions too. */
TEST(bounds_turn_back_into_their_shares)
{
    static const double confidences[] = {1e-12, 1e-6, 0.025, 0.5, 0.95, 0.975, 0.995, 1 - 0x1p-40};
    for (size_t i = 0; i < G_N_ELEMENTS(confidences); i++) {
        const double confidence = confidences[i], rest = 1 - confidence;
        for (int64_t k = 1; k <= 1000000000; k *= 10) {
            const double upper = statistics_garwood_upper(k, confidence),
                         lower = statistics_garwood_lower(k, confidence);
            assert_true(fabs(distribution_gamma(upper, (double)k + 1, DISTRIBUTION_BELOW) / confidence - 1) <
                        1e-6);
            assert_true(fabs(statistics_poisson_at_least(k, lower) / rest - 1) < 1e-6);
            const double high = statistics_clopper_pearson_upper(k, 2 * k, confidence),
                         low = statistics_clopper_pearson_lower(k, 2 * k, confidence);
            assert_true(fabs(statistics_binomial_at_least(k + 1, 2 * k, high) / confidence - 1) < 1e-6);
            assert_true(fabs(statistics_binomial_at_least(k, 2 * k, low) / rest - 1) < 1e-6);
        }
    }
}

TEST(what_no_distribution_has_is_not_a_number)
{
    assert_true(isnan(distribution_normal(NAN, DISTRIBUTION_BELOW)));
    assert_true(isnan(distribution_normal_quantile(-0.1, DISTRIBUTION_BELOW)));
    assert_true(isnan(distribution_normal_quantile(1.1, DISTRIBUTION_ABOVE)));
    assert_true(isinf(distribution_normal_quantile(0, DISTRIBUTION_ABOVE)));
    assert_true(isnan(distribution_chi_square(1, 0, DISTRIBUTION_ABOVE)));
    assert_true(isnan(distribution_gamma(1, NAN, DISTRIBUTION_ABOVE)));
    assert_true(isnan(distribution_gamma_quantile(2, 1, DISTRIBUTION_ABOVE)));
    assert_true(isnan(distribution_beta(0.5, 0, 1, DISTRIBUTION_BELOW)));
    assert_true(isnan(distribution_beta_quantile(0.5, 1, INFINITY, DISTRIBUTION_BELOW)));
    assert_true(isnan(distribution_binomial_chance(3, 2, 0.5)));
    assert_true(isnan(distribution_binomial_chance(1, 2, NAN)));
}

enum { DRAWN = 4000 };

static gpointer reckon(gpointer results)
{
    double *out = results;
    for (int i = 0; i < DRAWN; i++) {
        const int64_t n = 1 + (int64_t)i * i % 7919, k = (int64_t)i * 31 % (n + 1);
        const Interval mean = statistics_garwood(k, 0.95), share = statistics_clopper_pearson(k, n, 0.95);
        out[i] = mean.low + mean.high + share.low + share.high + statistics_binomial_at_most(k, n, 0.3) +
                 statistics_poisson_at_least(k, (double)n);
    }
    return NULL;
}

TEST(threads_do_not_disturb_each_other)
{
    static double alone[DRAWN], beside[4][DRAWN];
    reckon(alone);
    GThread *threads[4];
    for (int i = 0; i < 4; i++)
        threads[i] = g_thread_new("reckon", reckon, beside[i]);
    for (int i = 0; i < 4; i++)
        g_thread_join(threads[i]);
    for (int i = 0; i < 4; i++)
        assert_memory_equal(alone, beside[i], sizeof alone);
}

UNIT_TESTS(NULL, NULL)
