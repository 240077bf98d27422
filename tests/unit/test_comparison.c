/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two systems or two conditions set against each other. Vectors were computed independently: sums in forty
 * digits for the binomial tails, the whole trinomial for the paired tests. */
#include "scoring/statistics.h"

#include <glib.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void near(double found, double expected, double relative, int line)
{
    if (!(fabs(found - expected) <= relative * fabs(expected)))
        fail_msg("line %d: found %.13g, expected %.13g", line, found, expected);
}
#define NEAR(found, expected, relative) near(found, expected, relative, __LINE__)

static void binomial_tails_hold_to_a_billion_trials(void **state)
{
    (void)state;
    const int64_t million = 1000000, billion = 1000 * million;
    NEAR(statistics_binomial_at_least(5003000, 10 * million, 0.5), 0.02891064265792, 1e-9);
    NEAR(statistics_binomial_at_least(2500000, 5 * million, 0.5), 0.5001784124027, 1e-9);
    NEAR(statistics_binomial_at_most(4998000, 10 * million, 0.5), 0.1030083013975, 1e-9);
    NEAR(statistics_binomial_at_least(50200, 100 * million, 0.0005), 0.1860447140694, 1e-9);
    NEAR(statistics_binomial_at_most(499980000, billion, 0.5), 0.1029572740507, 1e-9);
    NEAR(statistics_binomial_at_least(1001000, billion, 0.001), 0.1586552136146, 1e-8);
    NEAR(statistics_binomial_at_least(billion - 1, billion, 0.999999999), 0.7357588823429, 1e-6);
    NEAR(statistics_binomial_at_least(3, billion, 1e-9), 0.08030139697942, 1e-9);
    NEAR(statistics_binomial_at_most(0, billion, 1e-9), 0.3678794409875, 1e-9);
    /* Both sides of the change of method agree, and together they make one. */
    for (int64_t n = 1000; n <= billion; n *= 10) {
        for (int64_t k = n / 2 - 3; k <= n / 2 + 3; k++)
            NEAR(statistics_binomial_at_most(k, n, 0.5) + statistics_binomial_at_least(k + 1, n, 0.5), 1,
                 1e-10);
        const Interval half = statistics_clopper_pearson(n / 2, n, 0.95);
        NEAR(half.high - half.low, 2 * 0.9799819923 / sqrt((double)n) + 1 / (double)n, 2e-3);
        assert_true(statistics_mcnemar(n / 2 - 10, n / 2) > 0);
    }
    NEAR(statistics_binomial_at_most(49000, 100000, 0.49) / statistics_binomial_at_most(49000, 99999, 0.49),
         1, 5e-3);
}

static void differences_of_pairs(void **state)
{
    (void)state;
    /* The example of Tango 1998: 44 pairs, one that differs; z = 1.709, 90 % interval -0.096 to 0.037. */
    NEAR(statistics_paired_score(0, 1, 44, -0.1), 1.709, 3e-4);
    const Interval published = statistics_paired_interval(0, 1, 44, 0.9);
    NEAR(published.low, -0.09566242639917164, 1e-9);
    NEAR(published.high, 0.03651693841806396, 1e-9);
    const Interval wide = statistics_paired_interval(40, 20, 160, 0.95);
    NEAR(wide.low, 0.030864533133086715, 1e-9);
    NEAR(wide.high, 0.21806424416682477, 1e-9);
    /* McNemar's statistic, squared: (b - c)^2/(b + c). */
    NEAR(statistics_paired_score(9, 1, 30, 0), 8 / sqrt(10), 1e-12);
    NEAR(statistics_paired_at_least(9, 1, 30, 0), 11.0 / 1024, 1e-12);
    assert_true(statistics_paired_at_most(0, 0, 30, 0) == 1 && statistics_paired_at_least(0, 0, 0, 0.1) == 1);
    static const struct {
        int64_t b, c, n;
        double margin, p;
    } exact[] = {{0, 1, 44, 0.1, 0.00988904404334585},
                 {1, 2, 20, 0.1, 0.08016167459050724},
                 {0, 0, 29, 0.1, 0.048622173918710654},
                 {2, 1, 40, 0.15, 0.024490913832381233},
                 {3, 1, 25, -0.05, 1},
                 {0, 0, 28, 0.1, 0.05233476330273609}};
    for (size_t i = 0; i < G_N_ELEMENTS(exact); i++) {
        NEAR(statistics_paired_at_most(exact[i].b, exact[i].c, exact[i].n, exact[i].margin), exact[i].p,
             1e-6);
        NEAR(statistics_paired_at_least(exact[i].c, exact[i].b, exact[i].n, -exact[i].margin), exact[i].p,
             1e-6);
    }
    /* The normal tail takes over where it is close. */
    NEAR(statistics_paired_at_most(20, 30, PAIRED_EXACT_MOST, 0.02),
         statistics_paired_at_most(20, 30, PAIRED_EXACT_MOST + 1, 0.02), 0.15);
}

/* Draws at the border of each hypothesis: neither test may reject more often than alpha, beyond four standard
 * errors. */
static void sizes_hold_in_simulation(void **state)
{
    (void)state;
    enum { DRAWS = 4000, PAIRS = 40 };
    const double bound = 0.05 + 4 * sqrt(0.05 * 0.95 / DRAWS);
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, 20230412);
    static const double others[] = {0.02, 0.1, 0.25};
    static double known[PAIRS + 1][PAIRS + 1];
    for (size_t i = 0; i <= PAIRS; i++)
        for (size_t j = 0; j <= PAIRS; j++)
            known[i][j] = NAN;
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        const double margin = 0.1, chances[] = {others[i] + margin, others[i], 1 - 2 * others[i] - margin};
        int supported = 0, covered = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            unsigned drawn[3];
            gsl_ran_multinomial(random, 3, PAIRS, chances, drawn);
            double *p = &known[drawn[0]][drawn[1]];
            if (isnan(*p))
                *p = statistics_paired_at_most(drawn[0], drawn[1], PAIRS, margin);
            supported += *p <= 0.05;
            const Interval score = statistics_paired_interval(drawn[0], drawn[1], PAIRS, 0.95);
            covered += score.low <= margin && margin <= score.high;
        }
        assert_true((double)supported / DRAWS <= bound);
        /* An approximation: near its level, not beyond it. */
        assert_true(fabs((double)covered / DRAWS - 0.95) < 0.025);
    }
    static const double ratios[] = {0.5, 1, 2};
    for (size_t i = 0; i < G_N_ELEMENTS(ratios); i++) {
        const double hours = 30, other_hours = 50, rate = 0.2,
                     share = ratios[i] * hours / (ratios[i] * hours + other_hours);
        int supported = 0, refuted = 0, covered = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            const int64_t k = gsl_ran_poisson(random, ratios[i] * rate * hours);
            const int64_t other = gsl_ran_poisson(random, rate * other_hours);
            supported += statistics_binomial_at_most(k, k + other, share) <= 0.05;
            refuted += statistics_binomial_at_least(k, k + other, share) <= 0.05;
            const RateRatio ratio = statistics_rate_ratio(k, hours, other, other_hours, 0.95);
            covered += !(ratios[i] < ratio.interval.low || ratios[i] > ratio.interval.high);
        }
        assert_true((double)supported / DRAWS <= bound && (double)refuted / DRAWS <= bound);
        assert_true((double)covered / DRAWS >= 0.95 - 4 * sqrt(0.05 * 0.95 / DRAWS));
    }
    gsl_rng_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(binomial_tails_hold_to_a_billion_trials),
        cmocka_unit_test(differences_of_pairs),
        cmocka_unit_test(sizes_hold_in_simulation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
