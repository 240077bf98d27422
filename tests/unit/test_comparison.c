/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two systems or two conditions set against each other. Vectors were computed independently: sums in forty
 * digits for the binomial tails, the whole trinomial for the paired tests. */
#include "scoring/cameras.h"
#include "scoring/comparison.h"

#include "said.h"

#include <glib.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <string.h>

#include "unit.h"

static void near(double found, double expected, double relative, int line)
{
    if (!(fabs(found - expected) <= relative * fabs(expected)))
        fail_msg("line %d: found %.13g, expected %.13g", line, found, expected);
}
#define NEAR(found, expected, relative) near(found, expected, relative, __LINE__)

TEST(binomial_tails_hold_to_a_billion_trials)
{
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

TEST(differences_of_pairs)
{
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
    /* One finds all that the other misses: an end is the border. Likelihood maximised and score inverted
     * numerically, by a program of its own. */
    static const struct {
        int64_t b, c, n;
        double low, high;
    } extremes[] = {{0, 3, 3, -1, 0.12299406},          {3, 0, 3, -0.12299406, 1},
                    {0, 2, 3, -0.93850806, 0.26916172}, {0, 10, 10, -1, -0.4449344},
                    {10, 0, 10, 0.4449344, 1},          {0, 1, 1, -1, 0.58690137},
                    {0, 0, 5, -0.43448246, 0.43448246}};
    for (size_t i = 0; i < G_N_ELEMENTS(extremes); i++) {
        const Interval found = statistics_paired_interval(extremes[i].b, extremes[i].c, extremes[i].n, 0.95);
        NEAR(found.low, extremes[i].low, 1e-7);
        NEAR(found.high, extremes[i].high, 1e-7);
    }
    NEAR(statistics_paired_at_most(0, 3, 3, 0.05), 0.107171875, 1e-6); /* 0.475^3 */
    NEAR(statistics_paired_at_least(3, 0, 3, 0.05), 0.144703125, 1e-6);
    NEAR(statistics_paired_at_most(0, 2, 3, 0.05), 0.13718, 1e-6);
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
TEST(sizes_hold_in_simulation)
{
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

static void check_sentence(const ComparisonResult *result, const char *en, const char *fr)
{
    g_autoptr(Phrase) first = phrase_own(phrase_new("name"), "name", "A");
    g_autoptr(Phrase) second = phrase_own(phrase_new("name"), "name", "B");
    const Said sentence = said(comparison_sentence(result, first, second));
    assert_string_equal(sentence.en, en);
    assert_string_equal(sentence.fr, fr);
    g_free(sentence.en);
    g_free(sentence.fr);
}

/* So many cameras of equal share that no caution is due. */
static ComparisonResult compare_rates(const ComparisonReading *reading, int64_t k, int64_t other)
{
    ComparisonCamera cameras[10] = {{{0}, {0}, 0, 0, 0, 0}};
    for (int i = 0; i < 10; i++) {
        cameras[i].hours[0] = cameras[i].hours[1] = 10;
        cameras[i].false_alerts[0] = k / 10;
        cameras[i].false_alerts[1] = other / 10;
    }
    return comparison_judge(reading, &(ComparisonInput){cameras, 10, 0});
}

TEST(ratios_are_judged)
{
    /* 20 in 100 h against 10 in 100 h: P(20 or more of 30 | 1/2) is half of 0.09873714671. */
    ComparisonReading reading = {METRIC_RATE_RATIO, true, false, 1, 0.05, 0.95};
    ComparisonResult result = compare_rates(&reading, 20, 10);
    NEAR(result.p_refute, 0.09873714671 / 2, 1e-9);
    NEAR(result.value, 2, 1e-12);
    NEAR(result.interval.low, 0.8935088904, 1e-9);
    check_sentence(
        &result,
        "A: 20 false alerts in 100 camera-hours; B: 10 false alerts in 100 camera-hours; ratio of the "
        "rates 2 (95% interval: 0.894 to 4.78), limit 1: refuted, p = 0.0494.",
        "A\u202f: 20 fausses alertes en 100 heures-caméra\u202f; B\u202f: 10 fausses alertes en 100 "
        "heures-caméra\u202f; rapport des taux 2 (intervalle à 95\u202f%\u202f: 0,894 à 4,78), limite "
        "1\u202f: réfutée, p = 0,0494.");
    /* The contrary claim is supported by the same p; twice as many at most is neither. */
    reading.at_most = false;
    assert_int_equal(compare_rates(&reading, 20, 10).verdict, VERDICT_SUPPORTED);
    reading = (ComparisonReading){METRIC_RATE_RATIO, true, false, 3, 0.05, 0.95};
    result = compare_rates(&reading, 20, 10);
    /* Share 3/4: P(20 or fewer of 30) = 0.1966; with times as many at the same rates it falls. */
    NEAR(result.p_support, 0.1965933, 1e-5);
    assert_int_equal(result.verdict, VERDICT_NOT_ESTABLISHED);
    assert_true(result.needed_hours > 100 && result.needed_hours < 300);
    const ComparisonCamera later = {{(int64_t)(20 * (1 + result.needed_hours / 100)) + 1,
                                     (int64_t)(10 * (1 + result.needed_hours / 100)) + 1},
                                    {100 + result.needed_hours, 100 + result.needed_hours},
                                    0,
                                    0,
                                    0,
                                    0};
    assert_true(comparison_judge(&reading, &(ComparisonInput){&later, 1, 0}).p_support < 0.055);
    /* Within 1/3 .. 3: the larger p supports, twice the smaller refutes. */
    reading.within = true;
    NEAR(compare_rates(&reading, 20, 10).p_support, 0.1965933, 1e-5);
    result = compare_rates(&reading, 100, 10);
    assert_int_equal(result.verdict, VERDICT_REFUTED);
    NEAR(result.p_refute, 2 * statistics_binomial_at_least(100, 110, 0.75), 1e-12);
    assert_int_equal(compare_rates(&reading, 100, 100).verdict, VERDICT_SUPPORTED);
    /* Nothing to compare. */
    result = compare_rates(&reading, 0, 0);
    assert_true(isnan(result.value) && result.reason == UNDEFINED_NO_FALSE_ALERT && result.p_support == 1);
    assert_int_equal(result.verdict, VERDICT_NOT_ESTABLISHED);
    /* Without any of the other's the ratio is infinite, and refuted when chance cannot explain it. */
    reading = (ComparisonReading){METRIC_RATE_RATIO, true, false, 1, 0.05, 0.95};
    result = compare_rates(&reading, 10, 0);
    assert_true(isinf(result.value) && result.verdict == VERDICT_REFUTED);
    NEAR(result.p_refute, 1.0 / 1024, 1e-12);
}

static ComparisonResult compare_misses(const ComparisonReading *reading, int64_t events, int64_t first,
                                       int64_t second)
{
    ComparisonCamera cameras[10] = {{{0}, {0}, 0, 0, 0, 0}};
    for (int i = 0; i < 10; i++) {
        cameras[i].events = events / 10;
        cameras[i].missed_by_first = first / 10 + (i < first % 10);
        cameras[i].missed_by_second = second / 10 + (i < second % 10);
    }
    return comparison_judge(reading, &(ComparisonInput){cameras, 10, 2});
}

TEST(misses_are_judged)
{
    /* Margin 0 is McNemar's: P(1 or fewer of 10 | 1/2) = 11/1024. */
    ComparisonReading reading = {METRIC_MISS_DIFFERENCE, true, false, 0, 0.05, 0.95};
    ComparisonResult result = compare_misses(&reading, 50, 1, 9);
    NEAR(result.p_support, 11.0 / 1024, 1e-12);
    assert_true(result.verdict == VERDICT_SUPPORTED && result.test == COMPARISON_MCNEMAR);
    assert_int_equal(compare_misses(&reading, 50, 9, 1).verdict, VERDICT_REFUTED);
    /* 0 of 40 differ, margin 10 %: not 0.9^40 = 0.0148, as other outcomes are as extreme. */
    reading.value = 0.1;
    result = compare_misses(&reading, 40, 0, 0);
    NEAR(result.p_support, 0.019577540004105012, 1e-4);
    result.mended_clips = 3;
    check_sentence(
        &result,
        "Of 40 events, missed by A alone: 0; by B alone: 0; by both: 0; difference of the shares missed "
        "0% (95% interval: -8.76% to 8.76%), margin 10%: supported, p = 0.0196 (the clocks of 3 clips "
        "were put right). Left out, as they failed for one of the two: 2 clips.",
        "Sur 40 événements, manqués par A seulement\u202f: 0\u202f; par B seulement\u202f: 0\u202f; par les "
        "deux\u202f: 0\u202f; différence des parts manquées 0\u202f% (intervalle à 95\u202f%\u202f: "
        "-8,76\u202f% à 8,76\u202f%), marge 10\u202f%\u202f: étayée, p = 0,0196 (les horloges de 3 "
        "séquences ont été rectifiées). Séquences laissées de côté, en échec pour l’un des deux\u202f: 2.");
    /* 20 events cannot show it: 0.9^20 = 0.12; at best 29 are needed, nine more. */
    result = compare_misses(&reading, 20, 0, 0);
    assert_int_equal(result.verdict, VERDICT_NOT_ESTABLISHED);
    assert_true(result.needed_events >= 5 && result.needed_events <= 9);
    assert_int_equal(comparison_events_at_best(&reading), 29);
    /* Equivalence needs both sides. */
    reading.within = true;
    result = compare_misses(&reading, 50, 1, 9);
    assert_int_equal(result.verdict, VERDICT_NOT_ESTABLISHED);
    assert_int_equal(compare_misses(&reading, 200, 4, 5).verdict, VERDICT_SUPPORTED);
    assert_int_equal(compare_misses(&reading, 50, 1, 30).verdict, VERDICT_REFUTED);
    result = compare_misses(&reading, 0, 0, 0);
    assert_true(result.reason == UNDEFINED_NO_EVENT && result.p_support == 1 && result.p_refute == 1);
}

/* Fifteen false alerts, all of one camera among ten. */
TEST(a_verdict_says_that_cameras_matter)
{
    const double RATE = 0.15; /* of both */
    const int64_t lumped[] = {15, 0, 0, 0, 0, 0, 0, 0, 0, 0}, even[] = {2, 1, 2, 1, 2, 1, 2, 1, 2, 1};
    const double hours[] = {10, 10, 10, 10, 10, 10, 10, 10, 10, 10};
    /* 15 in 100 h refute 0.08 per hour (P = 0.0173). Drawn by camera, 0 lies in the interval. */
    Independence found = independence_judge(lumped, hours, 10, -INFINITY, 0.08, 0.05, RATE, VERDICT_REFUTED);
    assert_true(found.warned && found.known && found.verdict == VERDICT_NOT_ESTABLISHED);
    assert_true(found.interval.low == 0 && found.overdispersion_p < 1e-6);
    found = independence_judge(even, hours, 10, -INFINITY, 0.08, 0.05, RATE, VERDICT_REFUTED);
    assert_true(!found.warned && found.known && found.verdict == VERDICT_REFUTED);
    /* Nine cameras are few, four too few to draw from. */
    found = independence_judge(even, hours, 9, -INFINITY, 0.08, 0.05, RATE, VERDICT_REFUTED);
    assert_true(found.warned && found.known);
    found = independence_judge(even, hours, 4, -INFINITY, 0.08, 0.05, RATE, VERDICT_REFUTED);
    assert_true(found.warned && !found.known);
    /* Twelve cameras with 20 events each, on which 14 and 6 in turn are missed: Pearson's chi-square of the
     * shares is 38.4 with 11 degrees of freedom (with a Poisson variance it would be half of that, p =
     * 0.058). */
    g_autoptr(GArray) cameras = g_array_new(FALSE, TRUE, sizeof(CameraTotals));
    for (int i = 0; i < 12; i++) {
        const int64_t missed = i % 2 == 0 ? 14 : 6;
        const CameraTotals camera = {.hits = 20 - missed, .misses = missed, .false_strict = missed};
        g_array_append_val(cameras, camera);
    }
    ClaimReading claim = {METRIC_P_MISS, true, 0.57, 0.05, 0.95, false};
    found = independence_of_claim(&claim, cameras, VERDICT_SUPPORTED);
    assert_true(found.warned && found.level == 0.9);
    NEAR(found.overdispersion_p, 6.695885957904e-05, 1e-12);
    claim.metric = METRIC_PRECISION;
    NEAR(independence_of_claim(&claim, cameras, VERDICT_SUPPORTED).overdispersion_p, 6.695885957904e-05,
         1e-12);
}

/* One event fewer must not do. */
TEST(the_fewest_events_are_the_fewest)
{
    static const double margins[] = {0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.9};
    for (size_t i = 0; i < G_N_ELEMENTS(margins); i++) {
        const ComparisonReading reading = {METRIC_MISS_DIFFERENCE, true, false, margins[i], 0.05, 0.95};
        const int64_t n = comparison_events_at_best(&reading);
        assert_true(n >= 1 && statistics_paired_at_most(0, 0, n, margins[i]) <= 0.05);
        if (n > 1 && statistics_paired_at_most(0, 0, n - 1, margins[i]) <= 0.05)
            fail_msg("a margin of %g: %d events, and fewer do", margins[i], (int)n);
    }
}

/* The probability of the verdict with n alerts in equal hours, by looking at each way to part them. */
static double power_by_verdicts(const ComparisonReading *reading, int64_t n, double truth, Verdict verdict)
{
    double power = 0;
    for (int64_t k = 0; k <= n; k++) {
        const ComparisonCamera camera = {.false_alerts = {k, n - k}, .hours = {1, 1}};
        const ComparisonInput input = {.cameras = &camera, .count = 1};
        if (comparison_judge(reading, &input).verdict == verdict)
            power += statistics_binomial_at_least(k, n, truth / (1 + truth)) -
                     statistics_binomial_at_least(k + 1, n, truth / (1 + truth));
    }
    return power;
}

/* The power is toothed: the number is the least from which on all have it, and the one before has not. */
TEST(from_so_many_alerts_on_the_power_holds)
{
    static const struct {
        ComparisonReading reading;
        double truth;
        bool refute;
    } cases[] = {
        {{METRIC_RATE_RATIO, true, false, 0.5, 0.1, 0.95}, 0.25, false},
        {{METRIC_RATE_RATIO, true, false, 0.5, 0.1, 0.95}, 1, true},
        {{METRIC_RATE_RATIO, false, false, 2, 0.05, 0.95}, 4, false},
        {{METRIC_RATE_RATIO, true, true, 2, 0.05, 0.95}, 1, false},
        {{METRIC_RATE_RATIO, true, true, 2, 0.05, 0.95}, 4, true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const ComparisonReading *reading = &cases[i].reading;
        const Verdict verdict = cases[i].refute ? VERDICT_REFUTED : VERDICT_SUPPORTED;
        const int64_t needed = comparison_alerts_needed(reading, cases[i].truth, cases[i].refute, 0.8);
        assert_true(power_by_verdicts(reading, needed - 1, cases[i].truth, verdict) < 0.8);
        for (int64_t n = needed; n < needed + 60; n++)
            if (power_by_verdicts(reading, n, cases[i].truth, verdict) < 0.8)
                fail_msg("case %zu: %d alerts have less power than %d", i, (int)n, (int)needed);
    }
}

/* By the binomial distribution. */
TEST(a_ratio_needs_so_many_alerts)
{
    const ComparisonReading half = {METRIC_RATE_RATIO, true, false, 0.5, 0.1, 0.95};
    const ComparisonReading twice = {METRIC_RATE_RATIO, false, false, 2, 0.05, 0.95};
    const ComparisonReading alike = {METRIC_RATE_RATIO, true, true, 2, 0.05, 0.95};
    assert_in_range(comparison_alerts_needed(&half, 0.25, false, 0.8), 61, 61);
    assert_in_range(comparison_alerts_needed(&half, 1, true, 0.8), 45, 45);
    assert_in_range(comparison_alerts_needed(&twice, 4, false, 0.8), 79, 79);
    assert_in_range(comparison_alerts_needed(&twice, 1, true, 0.8), 60, 60);
    assert_in_range(comparison_alerts_needed(&alike, 1, false, 0.8), 81, 81);
    /* Each is the other's turned round. */
    assert_in_range(comparison_alerts_needed(&alike, 4, true, 0.8), 98, 98);
    assert_int_equal(comparison_alerts_needed(&alike, 0.25, true, 0.8),
                     comparison_alerts_needed(&alike, 4, true, 0.8));
    /* A ratio so near to the limit needs more than anybody has. */
    assert_int_equal(comparison_alerts_needed(&half, 0.4999, false, 0.8), -1);
    assert_int_equal(comparison_alerts_needed(&half, 0.5001, true, 0.8), -1);
}

UNIT_TESTS(NULL, NULL)
