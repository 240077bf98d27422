/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/handiwork.h"
#include "scoring/steadiness.h"

#include <math.h>

#include "unit.h"

#define MS INT64_C(1000)

static void assert_near(double found, double expected)
{
    if (!(fabs(found - expected) <= 1e-9 * fmax(1, fabs(expected))))
        fail_msg("found %.15g, expected %.15g", found, expected);
}

/* By hand: clip 1 gives 10.0, 20.0 and 10.0, 20.3: one pair equal, one 0.3 s apart. Clip 2 gives 5.0 and
 * nothing: one answer without a partner. Clip 3 says nothing twice. Answers 10, 20, 5: three, of which two
 * differ. */
TEST(answers_are_counted)
{
    g_auto(Steadiness) both;
    steadiness_init(&both, 2000 * MS, 100 * MS);
    const int64_t a[] = {10000 * MS, 20000 * MS}, b[] = {20300 * MS, 10000 * MS}, c[] = {5000 * MS};
    steadiness_add(&both, a, 2, b, 2);
    steadiness_end_clip(&both);
    steadiness_add(&both, c, 1, NULL, 0);
    steadiness_end_clip(&both);
    steadiness_add(&both, NULL, 0, NULL, 0);
    steadiness_end_clip(&both);
    assert_int_equal(both.first, 3);
    assert_int_equal(both.second, 2);
    assert_int_equal(both.paired, 2);
    assert_int_equal(both.equal, 1);
    assert_int_equal(both.clips, 3);
    assert_int_equal(both.alike, 1);
    assert_int_equal(steadiness_answers(&both), 3);
    assert_int_equal(steadiness_differing(&both), 2);
    /* P(X >= 2 | 3, 0.1) = 3 * 0.01 * 0.9 + 0.001 */
    assert_near(steadiness_p(&both), 0.028);
    assert_near(steadiness_quantile(&both, 0.5), 0.15);
    assert_near(steadiness_quantile(&both, 1), 0.3);
}

/* Nothing differs in n answers: up to 1 - 0.025^(1/n) may (Clopper-Pearson); n = 10: 0.3085. */
TEST(sameness_has_its_bound)
{
    g_auto(Steadiness) both;
    steadiness_init(&both, 2000 * MS, 100 * MS);
    int64_t times[10];
    for (int i = 0; i < 10; i++)
        times[i] = (5 * i + 1) * 1000 * MS;
    steadiness_add(&both, times, 10, times, 10);
    steadiness_end_clip(&both);
    assert_int_equal(steadiness_differing(&both), 0);
    assert_int_equal(both.alike, 1);
    assert_near(steadiness_p(&both), 1);
    assert_near(steadiness_share(&both).low, 0);
    assert_near(steadiness_share(&both).high, 1 - pow(0.025, 0.1));
    g_auto(Steadiness) none;
    steadiness_init(&none, 2000 * MS, 0);
    steadiness_end_clip(&none);
    assert_true(isnan(steadiness_p(&none)) && isnan(steadiness_quantile(&none, 0.5)));
}

/* Exactly the tolerance apart is equal, one µs more is not; beyond the reach there is no pair. */
TEST(edges_of_time)
{
    g_auto(Steadiness) both;
    steadiness_init(&both, 1000, 100);
    const int64_t a[] = {0, 10000, 20000}, b[] = {100, 10101, 21001};
    steadiness_add(&both, a, 3, b, 3);
    assert_int_equal(both.paired, 2);
    assert_int_equal(both.equal, 1);
    assert_int_equal(steadiness_answers(&both), 4);
    assert_int_equal(steadiness_differing(&both), 3);
}

/* Three of four at 10 pictures a second: 4 * 0.001 * 0.9 + 0.0001 = 0.0037. */
TEST(whole_seconds)
{
    const int64_t times[] = {3000 * MS, 7000 * MS, 12000 * MS, 12100 * MS};
    const Handiwork found = handiwork_whole_seconds(times, 4, 10);
    assert_int_equal(found.count, 3);
    assert_int_equal(found.of, 4);
    assert_near(found.expected, 0.4);
    assert_near(found.p, 0.0037);
    assert_near(handiwork_whole_seconds(times, 4, 10.9).p, 0.0037);
    assert_near(handiwork_whole_seconds(times, 4, 1).p, 1); /* one picture a second: all are whole */
    assert_near(handiwork_whole_seconds(times, 4, 0.5).p, 1);
    assert_true(isnan(handiwork_whole_seconds(times, 0, 10).p));
}

/* Two in 10 s of windows, none in 990 s elsewhere: mean 1 * 10 / 990 = 0.0101…; P(X >= 2) = 1 - e^-m (1 + m).
 */
TEST(early_alerts)
{
    const double m = 10.0 / 990;
    const Handiwork found = handiwork_early(2, 10000 * MS, 0, 990000 * MS);
    assert_near(found.expected, m);
    assert_near(found.p, 1 - exp(-m) * (1 + m));
    assert_near(handiwork_early(0, 10000 * MS, 5, 990000 * MS).p, 1);
    assert_true(isnan(handiwork_early(0, 0, 5, 990000 * MS).p));
}

/* Three of six are exact; the others reach from 0.8 to 2 s, so the chance is 0.04 / 2 = 0.02. P(X >= 3 | 6,
 * 0.02) = sum over k of C(6, k) 0.02^k 0.98^(6-k). */
TEST(exact_fits)
{
    const int64_t delays[] = {0, 20 * MS, -20 * MS, 800 * MS, 1500 * MS, 2000 * MS};
    const Handiwork found = handiwork_exact(delays, 6);
    assert_int_equal(found.count, 3);
    assert_near(found.expected, 0.12);
    double p = 0;
    const double ways[] = {20, 15, 6, 1};
    for (int k = 3; k <= 6; k++)
        p += ways[k - 3] * pow(0.02, k) * pow(0.98, 6 - k);
    assert_near(found.p, p);
    const int64_t near[] = {0, 0, 0, 100 * MS, 1500 * MS, 2000 * MS};
    assert_true(isnan(handiwork_exact(near, 6).p));
    assert_true(isnan(handiwork_exact(delays + 1, 5).p)); /* only two are exact */
    assert_true(isnan(handiwork_exact(delays, 5).p));     /* only two are not */
}

/* Nine before, one after, equally long: 2 * (10 + 1) / 1024. */
TEST(order_of_the_list)
{
    const Handiwork found = handiwork_order(9, 100, 1, 100);
    assert_near(found.expected, 5);
    assert_near(found.p, 22.0 / 1024);
    assert_near(handiwork_order(5, 100, 5, 100).p, 1);
    assert_true(isnan(handiwork_order(0, 100, 0, 100).p));
}

UNIT_TESTS(NULL, NULL)
