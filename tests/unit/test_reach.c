/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an amount of footage can show, against the tests themselves. */
#include "scoring/reach.h"
#include "scoring/statistics.h"

#include <math.h>

#include "unit.h"

TEST(what_is_needed_at_best)
{
    const ReachClaim misses = {true, 0.1, 0.05, false};
    assert_true(reach_at_best(&misses) == 29);
    assert_true(isnan(reach_need(&misses, 10, 0.8).amount)); /* the truth would be all of them */
}

/* The counts that reach_of names, and their neighbours, by the tests of the verdicts. */
TEST(counts_are_where_the_verdicts_turn)
{
    for (int n = 1; n <= 300; n += 7) {
        const ReachClaim claim = {true, 0.1, 0.05, false};
        const Reach reach = reach_of(&claim, n);
        if (reach.supports >= 0)
            assert_true(statistics_binomial_at_most(reach.supports, n, 0.1) <= 0.05);
        if (reach.supports < n)
            assert_true(statistics_binomial_at_most(reach.supports + 1, n, 0.1) > 0.05);
        if (reach.refutes >= 0) {
            assert_true(statistics_binomial_at_least(reach.refutes, n, 0.1) <= 0.05);
            assert_true(statistics_binomial_at_least(reach.refutes - 1, n, 0.1) > 0.05);
        }
        const ReachClaim rate = {false, 0.1, 0.05, false};
        const Reach hours = reach_of(&rate, n);
        assert_true((hours.supports >= 0) == (n >= 30));
        assert_true(statistics_poisson_at_least(hours.refutes, 0.1 * n) <= 0.05);
        assert_true(statistics_poisson_at_least(hours.refutes - 1, 0.1 * n) > 0.05);
    }
    const ReachClaim claim = {true, 0.9, 0.05, false};
    assert_int_equal(reach_of(&claim, 3).refutes, -1); /* 0.9^3 > 0.05: three of three prove nothing */
    assert_true(isnan(reach_of(&claim, 0).smallest));
}

TEST(the_amount_of_a_need_has_its_power)
{
    static const double ratios[] = {0.3, 0.5, 1.5, 3};
    for (size_t i = 0; i < sizeof ratios / sizeof *ratios; i++) {
        for (int proportion = 0; proportion < 2; proportion++) {
            const ReachClaim claim = {proportion == 1, 0.1, 0.05, false};
            const ReachNeed need = reach_need(&claim, ratios[i], 0.9);
            assert_true(need.power >= 0.9);
            /* A hair more than the amount, whose rounding could fall on the wrong side of the test. */
            const double amount =
                proportion == 1 ? need.amount : need.amount * (ratios[i] < 1 ? 1.000001 : 0.999999);
            assert_true(fabs(reach_power(&claim, amount, ratios[i]) - need.power) < 0.001);
        }
    }
}

/* The power is toothed: from the amount on there is none with less, and just before it there is. */
TEST(from_the_amount_on_the_power_holds)
{
    static const double ratios[] = {0.3, 0.5, 0.7, 1.5, 2, 5}, powers[] = {0.5, 0.8, 0.9, 0.99};
    for (size_t i = 0; i < sizeof ratios / sizeof *ratios; i++) {
        for (size_t p = 0; p < 8; p++) {
            const ReachClaim claim = {p % 2 == 1, 0.1, 0.05, false};
            const double power = powers[p / 2];
            const ReachNeed need = reach_need(&claim, ratios[i], power);
            const double step = claim.proportion ? 1 : need.amount / 997;
            const double before = claim.proportion ? need.amount - 1 : need.amount * 0.999999;
            if (!(reach_power(&claim, before, ratios[i]) < power))
                fail_msg("%g, %g: less than %g would do", ratios[i], power, need.amount);
            for (double more = claim.proportion ? 0 : need.amount * 1e-6; more < 3 * need.amount;
                 more += step)
                if (!(reach_power(&claim, need.amount + more, ratios[i]) >= power))
                    fail_msg("%g, %g: %g more than %g fall short", ratios[i], power, more, need.amount);
        }
    }
    /* 195 hours have a power of 0.82 (statistics_plan_support), 205 have not: one more than 12 is not
     * allowed. */
    const ReachClaim rate = {false, 0.1, 0.05, false};
    assert_true(reach_power(&rate, 195, 0.5) > 0.8 && reach_power(&rate, 205, 0.5) < 0.8);
    assert_true(reach_need(&rate, 0.5, 0.8).amount > 205);
}

UNIT_TESTS(NULL, NULL)
