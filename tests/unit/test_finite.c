/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples from finite populations: against every case of small ones, and numbers from exact fractions. */
#include "scoring/finite.h"

#include "scoring/distributions.h"

#include <glib.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <string.h>

#include "unit.h"

/* ---- reckoned here by other means: sums of products of whole numbers */

static double choose(int64_t n, int64_t k)
{
    double product = 1;
    if (k < 0 || k > n)
        return 0;
    for (int64_t i = 1; i <= k; i++)
        product = product * (double)(n - k + i) / (double)i;
    return product;
}

static double chance(int64_t x, int64_t marked, int64_t population, int64_t drawn)
{
    return choose(marked, x) * choose(population - marked, drawn - x) / choose(population, drawn);
}

static double tail_below(int64_t x, int64_t marked, int64_t population, int64_t drawn)
{
    double sum = 0;
    for (int64_t i = 0; i <= x; i++)
        sum += chance(i, marked, population, drawn);
    return sum;
}

/* The share of all samples of strata with so many marked whose interval holds the truth. */
static double cover(FiniteStratum *strata, size_t count, const int64_t *marked, FiniteMethod method,
                    size_t at, double probability)
{
    if (at < count) {
        double sum = 0;
        for (int64_t x = 0; x <= strata[at].drawn; x++) {
            const double p = chance(x, marked[at], strata[at].population, strata[at].drawn);
            strata[at].marked = x;
            sum += p > 0 ? cover(strata, count, marked, method, at + 1, probability * p) : 0;
        }
        return sum;
    }
    int64_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += marked[i];
    const FiniteInterval interval = finite_interval(strata, count, method, 0.95);
    return interval.low <= total && total <= interval.high ? probability : 0;
}

/* ---- one stratum */

TEST(tails_are_those_of_exact_fractions)
{
    const double below = exp(distribution_hypergeometric_log(3, 10, 90, 50, DISTRIBUTION_BELOW));
    assert_true(fabs(below - 0.15892000985) < 1e-10);
    assert_true(isinf(distribution_hypergeometric_log(0, 60, 40, 50, DISTRIBUTION_BELOW)));
    assert_true(isnan(distribution_hypergeometric_log(0, 60, 40, 101, DISTRIBUTION_BELOW)));
    assert_true(isnan(distribution_hypergeometric_log(0, -1, 40, 10, DISTRIBUTION_BELOW)));
    for (int64_t k = 0; k <= 12; k++) {
        const FiniteStratum seen = {.population = 30, .drawn = 12, .marked = k};
        for (int64_t total = 0; total <= 30; total++) {
            assert_true(fabs(finite_at_most(&seen, 1, FINITE_FISHER, total) - tail_below(k, total, 30, 12)) <
                        1e-9);
            assert_true(fabs(finite_at_least(&seen, 1, FINITE_FISHER, total) -
                             (1 - tail_below(k - 1, total, 30, 12))) < 1e-9);
        }
    }
}

TEST(intervals_are_those_of_exact_fractions)
{
    static const struct {
        int64_t population, drawn, marked, low, high;
    } vectors[] = {{100, 10, 0, 0, 29},     {100, 10, 1, 1, 42},  {500, 50, 5, 18, 106},
                   {2000, 100, 7, 59, 274}, {40, 20, 20, 36, 40}, {1000, 200, 0, 0, 16},
                   {10, 9, 3, 3, 4}};
    for (size_t i = 0; i < G_N_ELEMENTS(vectors); i++) {
        const FiniteStratum seen = {
            .population = vectors[i].population, .drawn = vectors[i].drawn, .marked = vectors[i].marked};
        const FiniteInterval interval = finite_interval(&seen, 1, FINITE_FISHER, 0.95);
        assert_int_equal(interval.low, vectors[i].low);
        assert_int_equal(interval.high, vectors[i].high);
    }
}

TEST(one_stratum_covers_in_every_small_case)
{
    double least = 1;
    for (int64_t population = 1; population <= 13; population++)
        for (int64_t drawn = 0; drawn <= population; drawn++)
            for (int64_t marked = 0; marked <= population; marked++) {
                FiniteStratum strata = {.population = population, .drawn = drawn};
                const double covered = cover(&strata, 1, &marked, FINITE_FISHER, 0, 1);
                assert_true(covered >= 0.95 - 1e-9);
                least = MIN(least, covered);
            }
    assert_true(least < 0.97); /* and is not wider than it need be */
}

TEST(a_census_is_a_point_and_none_is_nothing)
{
    const FiniteStratum all = {.population = 7, .drawn = 7, .marked = 3};
    const FiniteInterval point = finite_interval(&all, 1, FINITE_FISHER, 0.95);
    assert_int_equal(point.low, 3);
    assert_int_equal(point.high, 3);
    assert_string_equal(finite_method_name(FINITE_FISHER, &all, 1), "census");
    const FiniteStratum empty = {.population = 0};
    const FiniteInterval none = finite_interval(&empty, 1, FINITE_FISHER, 0.95);
    assert_int_equal(none.low, 0);
    assert_int_equal(none.high, 0);
    const FiniteStratum undrawn = {.population = 5};
    const FiniteInterval any = finite_interval(&undrawn, 1, FINITE_FISHER, 0.95);
    assert_int_equal(any.low, 0);
    assert_int_equal(any.high, 5);
    const FiniteStratum one = {.population = 1, .drawn = 1, .open = 1};
    const FiniteInterval open = finite_interval(&one, 1, FINITE_FISHER, 0.95);
    assert_int_equal(open.low, 0);
    assert_int_equal(open.high, 1);
}

TEST(what_is_open_widens_to_both_bounds)
{
    for (int64_t marked = 0; marked <= 10; marked++)
        for (int64_t open = 0; marked + open <= 10; open++) {
            const FiniteStratum seen = {.population = 60, .drawn = 10, .marked = marked, .open = open};
            const FiniteStratum best = {.population = 60, .drawn = 10, .marked = marked};
            const FiniteStratum worst = {.population = 60, .drawn = 10, .marked = marked + open};
            const FiniteInterval interval = finite_interval(&seen, 1, FINITE_FISHER, 0.95);
            assert_int_equal(interval.low, finite_interval(&best, 1, FINITE_FISHER, 0.95).low);
            assert_int_equal(interval.high, finite_interval(&worst, 1, FINITE_FISHER, 0.95).high);
            double from = 0, to = 0;
            finite_estimate(&seen, 1, &from, &to);
            assert_true(fabs(from - 6.0 * (double)marked) < 1e-9);
            assert_true(fabs(to - 6.0 * (double)(marked + open)) < 1e-9);
        }
}

/* ---- several strata */

TEST(two_strata_cover_in_every_small_case)
{
    for (int64_t a = 1; a <= 6; a++)
        for (int64_t b = 1; b <= a; b++)
            for (int64_t drawn_a = 0; drawn_a <= a; drawn_a++)
                for (int64_t drawn_b = 0; drawn_b <= b; drawn_b++)
                    for (int64_t code = 0; code < (a + 1) * (b + 1); code++) {
                        const int64_t marked[] = {code / (b + 1), code % (b + 1)};
                        FiniteStratum strata[] = {{.population = a, .drawn = drawn_a},
                                                  {.population = b, .drawn = drawn_b}};
                        for (int method = 0; method < 2; method++) {
                            const double covered = cover(strata, 2, marked, (FiniteMethod)method, 0, 1);
                            assert_true(covered >= 0.95 - 1e-9);
                        }
                    }
}

TEST(three_strata_cover_in_small_cases)
{
    for (int64_t code = 0; code < 4 * 4 * 4; code++) {
        const int64_t drawn[] = {code % 4, code / 4 % 4, code / 16};
        for (int64_t truth = 0; truth < 5 * 5 * 4; truth++) {
            const int64_t marked[] = {truth % 5, truth / 5 % 5, truth / 25};
            FiniteStratum strata[] = {{.population = 4, .drawn = drawn[0]},
                                      {.population = 4, .drawn = drawn[1]},
                                      {.population = 3, .drawn = drawn[2]}};
            for (int method = 0; method < 2; method++)
                assert_true(cover(strata, 3, marked, (FiniteMethod)method, 0, 1) >= 0.95 - 1e-9);
        }
    }
}

/* The largest P of all ways, by trying them. */
TEST(the_steepest_steps_find_the_largest_p_of_all_ways)
{
    const FiniteStratum strata[] = {{.population = 9, .drawn = 4, .marked = 1},
                                    {.population = 7, .drawn = 3, .marked = 0, .open = 1},
                                    {.population = 6, .drawn = 2, .marked = 0}};
    for (int64_t total = 0; total <= 22; total++) {
        double largest = 0;
        for (int64_t a = 0; a <= 9; a++)
            for (int64_t b = 0; b <= 7; b++) {
                const int64_t c = total - a - b;
                if (c < 0 || c > 6)
                    continue;
                const double product =
                    tail_below(1, a, 9, 4) * tail_below(1, b, 7, 3) * tail_below(0, c, 6, 2);
                if (product > 0)
                    largest = MAX(largest, distribution_chi_square(-2 * log(product), 6, DISTRIBUTION_ABOVE));
            }
        assert_true(fabs(finite_at_most(strata, 3, FINITE_FISHER, total) - largest) < 1e-9);
    }
}

/* One of thirty strata is all but impossible; the others say nothing against it. */
TEST(many_strata_do_not_hide_a_small_p)
{
    FiniteStratum strata[30] = {{.population = 1000, .drawn = 500}};
    for (size_t i = 1; i < 30; i++)
        strata[i] = (FiniteStratum){.population = 2, .drawn = 1, .marked = 1};
    const double one = distribution_hypergeometric_log(0, 80, 920, 500, DISTRIBUTION_BELOW);
    const double p = distribution_chi_square(-2 * one, 60, DISTRIBUTION_ABOVE);
    assert_true(one < -55 && p > 1e-6);
    assert_true(fabs(finite_at_most(strata, 30, FINITE_FISHER, 58 + 80) / p - 1) < 1e-9);
}

/* A tenth and a fifth are drawn: so many of the first, then of the second, make the least mean. */
TEST(the_pooled_test_takes_the_least_mean_and_speaks_from_one_beyond_it)
{
    const FiniteStratum strata[] = {{.population = 100, .drawn = 20, .marked = 1},
                                    {.population = 200, .drawn = 20, .marked = 1, .open = 1}};
    assert_true(finite_at_most(strata, 2, FINITE_POOLED, 39) == 1); /* mean 3.9 */
    for (int64_t total = 40; total <= 240; total += 40) {
        const double mean = total <= 200 ? (double)total / 10 : 20 + (double)(total - 200) / 5;
        double sum = 0;
        for (int64_t x = 0; x <= 3; x++)
            sum += distribution_binomial_chance((double)x, 40, mean / 40);
        assert_true(fabs(finite_at_most(strata, 2, FINITE_POOLED, total) - sum) < 1e-12);
    }
    const FiniteStratum mirrored[] = {{.population = 100, .drawn = 20, .marked = 19},
                                      {.population = 200, .drawn = 20, .marked = 18, .open = 1}};
    assert_true(fabs(finite_at_least(mirrored, 2, FINITE_POOLED, 300 - 120) -
                     finite_at_most(strata, 2, FINITE_POOLED, 120)) < 1e-12);
    assert_true(finite_at_most(strata, 2, FINITE_POOLED, 264) == 0); /* 37 drawn ones are not marked */
}

TEST(strata_that_are_known_or_not_drawn_stand_by_themselves)
{
    const FiniteStratum strata[] = {{.population = 30, .drawn = 12, .marked = 3},
                                    {.population = 5, .drawn = 5, .marked = 2},
                                    {.population = 4}};
    const FiniteInterval alone = finite_interval(strata, 1, FINITE_FISHER, 0.95);
    for (int method = 0; method < 2; method++) {
        const FiniteInterval all = finite_interval(strata, 3, (FiniteMethod)method, 0.95);
        assert_int_equal(all.low, alone.low + 2);
        assert_int_equal(all.high, alone.high + 2 + 4);
    }
    assert_string_equal(finite_method_name(FINITE_POOLED, strata, 3), "hypergeometric");
    assert_int_equal(finite_choose(strata, 3, 0.95), FINITE_FISHER);
    double from = 0, to = 0;
    finite_estimate(strata, 3, &from, &to);
    assert_true(fabs(from - 9.5) < 1e-9 && fabs(to - 13.5) < 1e-9);
}

TEST(the_method_follows_from_the_sizes)
{
    FiniteStratum many[12], two[2] = {{.population = 60, .drawn = 40}, {.population = 50, .drawn = 30}};
    for (size_t i = 0; i < G_N_ELEMENTS(many); i++)
        many[i] = (FiniteStratum){.population = 400, .drawn = 20};
    assert_int_equal(finite_choose(many, G_N_ELEMENTS(many), 0.95), FINITE_POOLED);
    assert_int_equal(finite_choose(two, 2, 0.95), FINITE_FISHER);
    assert_string_equal(finite_method_name(FINITE_POOLED, many, 12), "pooled-binomial");
    assert_string_equal(finite_method_name(FINITE_FISHER, two, 2), "fisher");
    many[3].marked = 20; /* not from what was judged */
    assert_int_equal(finite_choose(many, G_N_ELEMENTS(many), 0.95), FINITE_POOLED);
}

/* Larger ones, drawn: 1,500 samples, of which 5 % may miss; 1.7 % are three standard errors. */
TEST(drawn_samples_of_five_strata_cover)
{
    static const int64_t population[] = {300, 120, 80, 40, 10}, marked[] = {15, 30, 2, 12, 9},
                         drawn[] = {40, 30, 20, 20, 10};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int missed[2] = {0, 0};
    gsl_rng_set(rng, 7);
    for (int run = 0; run < 1500; run++) {
        FiniteStratum strata[5];
        for (size_t i = 0; i < 5; i++)
            strata[i] = (FiniteStratum){
                .population = population[i],
                .drawn = drawn[i],
                .marked = gsl_ran_hypergeometric(rng, (unsigned)marked[i],
                                                 (unsigned)(population[i] - marked[i]), (unsigned)drawn[i])};
        for (int method = 0; method < 2; method++) {
            const FiniteInterval interval = finite_interval(strata, 5, (FiniteMethod)method, 0.95);
            missed[method] += interval.low > 68 || interval.high < 68;
        }
    }
    gsl_rng_free(rng);
    assert_true(missed[FINITE_FISHER] <= 75 && missed[FINITE_POOLED] <= 75);
}

/* ---- claims */

TEST(a_limit_is_a_whole_number_of_alerts)
{
    assert_int_equal(finite_boundary(FINITE_AT_MOST, 100000, 30), 3);
    assert_int_equal(finite_boundary(FINITE_LESS, 100000, 30), 2);
    assert_int_equal(finite_boundary(FINITE_AT_LEAST, 100000, 30), 2);
    assert_int_equal(finite_boundary(FINITE_MORE, 100000, 30), 3);
    assert_int_equal(finite_boundary(FINITE_LESS, 70000, 100), 6);
    assert_int_equal(finite_boundary(FINITE_LESS, 100000, 35), 3);
    assert_int_equal(finite_boundary(FINITE_AT_MOST, 100000, 35), 3);
    assert_int_equal(finite_boundary(FINITE_LESS, 0, 35), -1);
    assert_int_equal(finite_boundary(FINITE_AT_MOST, 0, 35), 0);
}

TEST(verdicts_follow_the_tails)
{
    /* of 2000 are 200 a tenth: 201 are too many */
    const FiniteStratum few = {.population = 2000, .drawn = 100, .marked = 4};
    const FiniteVerdict supported = finite_judge(&few, 1, FINITE_FISHER, FINITE_AT_MOST, 100000, 0.05);
    assert_int_equal(supported.boundary, 200);
    assert_true(fabs(supported.p_support -
                     exp(distribution_hypergeometric_log(4, 201, 1799, 100, DISTRIBUTION_BELOW))) < 1e-12);
    assert_int_equal(supported.verdict, VERDICT_SUPPORTED);
    assert_int_equal(finite_judge(&few, 1, FINITE_FISHER, FINITE_AT_MOST, 100000, 0.01).verdict,
                     VERDICT_NOT_ESTABLISHED);
    assert_int_equal(finite_judge(&few, 1, FINITE_FISHER, FINITE_MORE, 100000, 0.05).verdict,
                     VERDICT_REFUTED);
    assert_int_equal(finite_judge(&few, 1, FINITE_FISHER, FINITE_AT_LEAST, 100000, 0.05).verdict,
                     VERDICT_REFUTED);
    const FiniteStratum many = {.population = 2000, .drawn = 100, .marked = 17};
    const FiniteVerdict refuted = finite_judge(&many, 1, FINITE_FISHER, FINITE_LESS, 100000, 0.05);
    assert_int_equal(refuted.boundary, 199);
    assert_true(fabs(refuted.p_refute -
                     exp(distribution_hypergeometric_log(16, 199, 1801, 100, DISTRIBUTION_ABOVE))) < 1e-12);
    assert_int_equal(refuted.verdict, VERDICT_REFUTED);
    assert_int_equal(finite_judge(&many, 1, FINITE_FISHER, FINITE_AT_LEAST, 100000, 0.05).verdict,
                     VERDICT_SUPPORTED);
    /* however the open ones would be decided */
    const FiniteStratum open = {.population = 2000, .drawn = 100, .marked = 4, .open = 13};
    assert_int_equal(finite_judge(&open, 1, FINITE_FISHER, FINITE_AT_MOST, 100000, 0.05).verdict,
                     VERDICT_NOT_ESTABLISHED);
}

TEST(a_census_decides_and_nothing_cannot_be_tested)
{
    const FiniteStratum all = {.population = 10, .drawn = 10, .marked = 1};
    assert_int_equal(finite_judge(&all, 1, FINITE_FISHER, FINITE_AT_MOST, 100000, 0.05).verdict,
                     VERDICT_SUPPORTED);
    assert_int_equal(finite_judge(&all, 1, FINITE_FISHER, FINITE_LESS, 100000, 0.05).verdict,
                     VERDICT_REFUTED);
    const FiniteStratum none = {.population = 0};
    const FiniteVerdict verdict = finite_judge(&none, 1, FINITE_FISHER, FINITE_LESS, 100000, 0.05);
    assert_int_equal(verdict.verdict, VERDICT_NOT_TESTABLE);
    assert_true(isnan(verdict.p_support) && isnan(verdict.p_refute));
}

/* Exactly, over all samples: where the claim is just wrong it is rarely supported, and the other way round.
 */
TEST(verdicts_are_rarely_wrong)
{
    for (int64_t marked = 5; marked <= 6; marked++) {
        double supported = 0, refuted = 0;
        for (int64_t x = 0; x <= 30; x++) {
            const FiniteStratum seen = {.population = 50, .drawn = 30, .marked = x};
            const Verdict verdict =
                finite_judge(&seen, 1, FINITE_FISHER, FINITE_AT_MOST, 100000, 0.05).verdict;
            supported += verdict == VERDICT_SUPPORTED ? chance(x, marked, 50, 30) : 0;
            refuted += verdict == VERDICT_REFUTED ? chance(x, marked, 50, 30) : 0;
        }
        if (marked == 5)
            assert_true(refuted <= 0.05);
        else
            assert_true(supported <= 0.05 && supported > 0);
    }
}

/* ---- sizes */

TEST(a_size_is_divided_in_proportion)
{
    FiniteStratum strata[] = {
        {.population = 60}, {.population = 30}, {.population = 9}, {.population = 1}, {.population = 0}};
    static const int64_t of_ten[] = {6, 2, 1, 1, 0}, of_all[] = {60, 30, 9, 1, 0}, of_two[] = {1, 1, 0, 0, 0};
    finite_allocate(strata, 5, 10);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(strata[i].drawn, of_ten[i]);
    FiniteStratum odd[] = {{.population = 7}, {.population = 3}};
    finite_allocate(odd, 2, 5); /* half a one is owed to each: the earlier has it */
    assert_int_equal(odd[0].drawn, 4);
    assert_int_equal(odd[1].drawn, 1);
    finite_allocate(odd, 2, 0);
    assert_int_equal(odd[0].drawn + odd[1].drawn, 0);
    finite_allocate(strata, 5, 1000);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(strata[i].drawn, of_all[i]);
    finite_allocate(strata, 5, 2);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(strata[i].drawn, of_two[i]);
}

TEST(a_size_for_a_width_is_the_smallest)
{
    FiniteStratum strata = {.population = 1000};
    const int64_t size = finite_size_for_width(&strata, 1, 0.05, 0.5, 0.95);
    assert_int_equal(strata.drawn, size);
    assert_int_equal(strata.marked, 0);
    assert_true(size > 250 && size < 320); /* 278 by the textbook's approximation */
    strata.marked = (size + 1) / 2;
    const FiniteInterval interval = finite_interval(&strata, 1, FINITE_FISHER, 0.95);
    double from = 0, to = 0;
    finite_estimate(&strata, 1, &from, &to);
    assert_true((double)interval.high - to <= 50 && from - (double)interval.low <= 50);
    assert_int_equal(finite_size_for_width(&strata, 1, 0.0001, 0.5, 0.95), 1000);
    FiniteStratum two[] = {{.population = 500}, {.population = 500}};
    assert_true(finite_size_for_width(two, 2, 0.05, 0.5, 0.95) >= size);
}

TEST(a_size_for_a_power_reaches_it)
{
    FiniteStratum strata = {.population = 2000};
    double reached = 0;
    const int64_t size = finite_size_for_power(&strata, 1, FINITE_AT_MOST, 100000, 0.05, 0.8, 0.05, &reached);
    assert_true(reached >= 0.8 && reached < 0.9);
    double power = 0; /* by adding up */
    for (int64_t x = 0; x <= size; x++) {
        const FiniteStratum seen = {.population = 2000, .drawn = size, .marked = x};
        if (finite_judge(&seen, 1, FINITE_FISHER, FINITE_AT_MOST, 100000, 0.05).verdict == VERDICT_SUPPORTED)
            power +=
                exp(distribution_hypergeometric_log((double)x, 100, 1900, (double)size, DISTRIBUTION_BELOW)) -
                (x > 0 ? exp(distribution_hypergeometric_log((double)x - 1, 100, 1900, (double)size,
                                                             DISTRIBUTION_BELOW))
                       : 0);
    }
    assert_true(fabs(power - reached) < 1e-9);
    const int64_t more =
        finite_size_for_power(&strata, 1, FINITE_AT_MOST, 100000, 0.05, 0.95, 0.05, &reached);
    assert_true(more > size && reached >= 0.95);
    const int64_t refuting =
        finite_size_for_power(&strata, 1, FINITE_AT_MOST, 100000, 0.2, 0.8, 0.05, &reached);
    assert_true(refuting > 20 && refuting < 100 && reached >= 0.8);
    double refuted = 0;
    for (int64_t x = 0; x <= refuting; x++) {
        const FiniteStratum seen = {.population = 2000, .drawn = refuting, .marked = x};
        if (finite_judge(&seen, 1, FINITE_FISHER, FINITE_AT_MOST, 100000, 0.05).verdict == VERDICT_REFUTED) {
            refuted = exp(distribution_hypergeometric_log((double)x - 1, 400, 1600, (double)refuting,
                                                          DISTRIBUTION_ABOVE));
            break;
        }
    }
    assert_true(fabs(refuted - reached) < 1e-9);
    /* of “at least a half”: supported by many, refuted by few */
    const int64_t many = finite_size_for_power(&strata, 1, FINITE_AT_LEAST, 500000, 0.7, 0.8, 0.05, &reached);
    assert_true(many > 20 && many < 80 && reached >= 0.8);
    const int64_t few = finite_size_for_power(&strata, 1, FINITE_MORE, 500000, 0.3, 0.8, 0.05, &reached);
    assert_true(few > 20 && few < 80 && reached >= 0.8);
    assert_int_equal(finite_size_for_power(&strata, 1, FINITE_AT_MOST, 500000, 0.3, 0.8, 0.05, &reached),
                     few);
    finite_size_for_power(&strata, 1, FINITE_AT_MOST, 999999, 1, 0.8, 0.05, &reached);
    assert_true(strata.drawn >= 1900 && strata.drawn <= 1901 && reached > 0.999); /* one alone may be right */
    FiniteStratum tiny = {.population = 3};
    assert_int_equal(finite_size_for_power(&tiny, 1, FINITE_AT_MOST, 500000, 0.4, 0.99, 0.05, &reached), 3);
    assert_true(reached == 1);
}

UNIT_TESTS(NULL, NULL)
