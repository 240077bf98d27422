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

/* Four whole ones of five; the other needs the grid of all ten pictures a second, or seven looks (0.143 s)
 * that fall on the nearest: 5 (1/7)^4 (6/7) + (1/7)^5 = 31/16807. */
TEST(whole_seconds)
{
    HandiworkTime times[] = {
        {3000 * MS, 10}, {7000 * MS, 10}, {12000 * MS, 10}, {12100 * MS, 10}, {13000 * MS, 10}};
    const Handiwork found = handiwork_whole_seconds(times, 5);
    assert_int_equal(found.count, 4);
    assert_int_equal(found.of, 5);
    assert_near(found.expected, 5.0 / 7);
    assert_near(found.p, 31.0 / 16807);
    for (size_t i = 0; i < 5; i++)
        times[i].rate = 90000; /* no rate, a clock */
    assert_near(handiwork_whole_seconds(times, 5).p, 31.0 / 16807);
    for (size_t i = 0; i < 5; i++)
        times[i].rate = 10;
    times[3].t_us = 12500 * MS; /* looks twice a second */
    assert_near(handiwork_whole_seconds(times, 5).expected, 2.5);
    assert_near(handiwork_whole_seconds(times, 5).p, 6.0 / 32);
    times[3].t_us = 14000 * MS; /* or once */
    assert_near(handiwork_whole_seconds(times, 5).p, 1);
    for (size_t i = 0; i < 5; i++)
        times[i].rate = 1; /* one picture a second */
    times[3].t_us = 12100 * MS;
    assert_near(handiwork_whole_seconds(times, 5).p, 1);
    assert_true(isnan(handiwork_whole_seconds(times, 0).p));
}

static double draw(guint32 *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed / 4294967296.0;
}

typedef enum { FIRST_AFTER, NEAREST, EVERY_NTH, WAITS, WAYS } Way;

/* When a system sees something that begins at t, on pictures at `rate`, if it looks `looks` times a second.
 */
static double seen_at(double t, double rate, double looks, Way way)
{
    const double step = fmax(round(rate / looks), 1) / rate; /* every n-th picture */
    const double due = ceil(t * looks - 1e-9) / looks;
    switch (way) {
    case FIRST_AFTER:
        return ceil(due * rate - 1e-9) / rate;
    case NEAREST:
        return round(due * rate) / rate;
    case EVERY_NTH:
        return ceil(t / step - 1e-9) * step;
    default: { /* looks again when so long has passed since it looked last */
        const double wait = ceil(rate / looks - 1e-9) / rate;
        return ceil(t / wait - 1e-9) * wait;
    }
    }
}

/* Of systems that look 1, 2, 5, 10 times a second or at all pictures, in four ways, with one to six decimals:
 * of each 200 logs of 30 alerts no more are suspected than p says, 1 in 100. */
TEST(honest_systems_look_as_often_as_they_like)
{
    static const double rates[] = {10, 12.5, 25, 30000.0 / 1001, 30, 50}, looks[] = {1, 2, 5, 10, 60};
    static const double units[] = {0.1, 0.01, 0.001, 0.000001};
    int logs = 0, all = 0;
    for (size_t r = 0; r < G_N_ELEMENTS(rates); r++)
        for (size_t l = 0; l < G_N_ELEMENTS(looks); l++)
            for (int way = 0; way < WAYS; way++)
                for (size_t u = 0; u < G_N_ELEMENTS(units); u++) {
                    guint32 seed = (guint32)(r * 1000 + l * 100 + (size_t)way * 10 + u);
                    int suspected = 0;
                    for (int log = 0; log < 200; log++) {
                        HandiworkTime times[30];
                        for (size_t i = 0; i < G_N_ELEMENTS(times); i++) {
                            const double t =
                                seen_at(1 + 59 * draw(&seed), rates[r], fmin(looks[l], rates[r]), (Way)way);
                            times[i] =
                                (HandiworkTime){llround(round(t / units[u]) * units[u] * 1e6), rates[r]};
                        }
                        suspected += handiwork_whole_seconds(times, G_N_ELEMENTS(times)).p <= HANDIWORK_ALPHA;
                    }
                    logs += 200;
                    all += suspected;
                    if (suspected > 10) /* 2 on average: so many in one of 100,000 */
                        fail_msg("%g pictures, %g looks, way %d, unit %g: %d of 200 suspected", rates[r],
                                 looks[l], way, units[u], suspected);
                }
    assert_true(all > 0 && all < logs / 100);
}

/* The log of a system that sees ten or 25 pictures a second, with some times written by hand among them. */
TEST(hands_among_them_are_seen)
{
    static const double rates[] = {10, 25};
    for (size_t r = 0; r < G_N_ELEMENTS(rates); r++) {
        guint32 seed = 7;
        HandiworkTime times[20];
        for (size_t i = 0; i < G_N_ELEMENTS(times); i++) {
            const double t = seen_at(1 + 59 * draw(&seed), rates[r], rates[r], FIRST_AFTER);
            times[i] = (HandiworkTime){llround(i < 8 ? floor(t) * 1e6 : t * 1e6), rates[r]};
        }
        assert_true(handiwork_whole_seconds(times, G_N_ELEMENTS(times)).p <= HANDIWORK_ALPHA);
    }
}

/* 10.014 pictures a second: at 20 s the 200th stands at 19.972 s, the 201st at 20.072 s. */
TEST(whole_seconds_without_a_picture)
{
    assert_true(handiwork_no_picture(20000 * MS, 10.014));
    assert_false(handiwork_no_picture(19972 * MS, 10.014));
    assert_false(handiwork_no_picture(19977 * MS, 10.014)); /* 4.96 ms behind it */
    assert_true(handiwork_no_picture(19978 * MS, 10.014));
    assert_false(handiwork_no_picture(20000 * MS, 10));
    assert_false(handiwork_no_picture(20000 * MS, 0));
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
