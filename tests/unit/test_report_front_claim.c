/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the first page says of a claim: an interval and a count are those of the value, and what holds a
 * verdict back is named. */
/* clang-format off */
#include "unit.h"
/* clang-format on */

#include "report_look.h"

#include "evaluate/results.h"
#include "report/charts/limit_bar.h"
#include "report/front.h"
#include "scoring/rate.h"

#include <math.h>

/* ---- what was measured */

static char *measured(const ResultsClaim *claim)
{
    g_autoptr(Texts) texts = texts_new("en", INTERVAL_LEVEL, NULL);
    const Page page = {.texts = texts};
    return front_measured(&page, claim);
}

/* 20 of 25 alerts were right in the test; 22 % would be in deployment. */
static ResultsClaim precision_claim(const char *metric, double value)
{
    return (ResultsClaim){.value = value,
                          .reading = {.metric = metric, .op = ">=", .value = 0.5},
                          .observed = {.value = 0.8,
                                       .numerator = 20,
                                       .denominator = 25,
                                       .interval = {.low = 0.59, .high = 0.93}},
                          .scope = {.interval = {.low = (double)NAN, .high = (double)NAN}}};
}

TEST(an_interval_and_a_count_are_those_of_the_value)
{
    const ResultsClaim bounded = precision_claim("precision_at_prevalence", 0.22);
    g_autofree char *alone = measured(&bounded);
    assert_string_equal(alone, "22%");
    const ResultsClaim share = precision_claim("precision", 0.8);
    g_autofree char *whole = measured(&share);
    assert_string_equal(whole, "80% [59%\u00a0–\u00a093%] · 20 / 25");
}

/* The interval that holds at every look, in words and drawn, with its own level; none where there is none. */
TEST(the_interval_is_that_of_the_plan_of_looks)
{
    json_t *given = json_object();
    ResultsClaim claim = precision_claim("precision", 0.8);
    claim.looks.anytime =
        (ResultsAnytime){.json = given, .interval = {.low = 0.5, .high = 0.95}, .level = 0.9};
    LimitBar bar;
    assert_true(limit_bar_of(&claim, &bar));
    assert_true(fabs(bar.low - 1) < 1e-12 && fabs(bar.high - 1.9) < 1e-12);
    g_autofree char *at_every_look = measured(&claim);
    assert_string_equal(at_every_look, "80% [50%\u00a0–\u00a095%] (at every look, 90%) · 20 / 25");
    claim.looks.anytime = (ResultsAnytime){
        .json = given, .interval = {.low = (double)NAN, .high = (double)NAN}, .level = (double)NAN};
    assert_true(limit_bar_of(&claim, &bar));
    assert_true(isnan(bar.low) && isnan(bar.high));
    g_autofree char *none = measured(&claim);
    assert_string_equal(none, "80% · 20 / 25");
    json_decref(given);
}

/* ---- what holds a verdict back */

TEST(a_look_that_establishes_nothing_says_why)
{
    static const struct {
        const char *verdict, *look, *scope, *said;
    } cases[] = {
        {"not_established", "early", NULL, "exploratory look"},
        {"not_established", "again", NULL, "verdict already read"},
        {"not_established", "exchanged", NULL, "inputs of a look exchanged"},
        {"not_established", "no_test", NULL, "no test for every look"},
        {"not_established", "early", "few_days", "exploratory look"},
        {"not_established", NULL, "few_days", "too few days"},
        {"not_testable", "early", NULL, NULL},
        {"supported", NULL, NULL, NULL},
    };
    g_autoptr(Texts) texts = texts_new("en", INTERVAL_LEVEL, NULL);
    const Page page = {.texts = texts};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const ResultsClaim claim = {
            .verdict = cases[i].verdict, .looks = {.lost = cases[i].look}, .scope = {.lost = cases[i].scope}};
        if (g_strcmp0(front_lost(&page, &claim), cases[i].said) != 0)
            fail_msg("case %zu: found %s", i, front_lost(&page, &claim));
    }
}

/* ---- where there is no room for all */

static Front *front_of(const Results *results, const FrontReading *reading[3])
{
    Front *front = front_new(results);
    assert_int_equal(front->claims->len, 3);
    for (size_t i = 0; i < 3; i++)
        reading[i] = ((FrontClaim *)front->claims->pdata[i])->readings->pdata[0];
    return front;
}

static ResultsClaim *claim_at(const FrontReading *reading, guint i)
{
    return (ResultsClaim *)(gpointer)g_array_index(reading->results, FrontResult, i).claim;
}

/* A refutation is not among what is left out while what decides nothing is shown, wherever it came. */
TEST(what_is_decided_is_shown_first)
{
    json_t *document = results_read("tests/golden/replayed/results.json", NULL);
    assert_non_null(document);
    g_autoptr(Results) results = results_load(document);
    static const char *const verdicts[] = {"not_established", "refuted",      "not_established",
                                           "not_established", "other_system", "supported"};
    const FrontReading *reading[3];
    g_autoptr(Front) before = front_of(results, reading);
    size_t n = 0;
    for (size_t i = 0; i < 3; i++)
        for (guint k = 0; k < reading[i]->results->len; k++)
            claim_at(reading[i], k)->verdict = verdicts[n++];
    assert_int_equal(n, G_N_ELEMENTS(verdicts));
    g_autoptr(Front) front = front_of(results, reading);
    static const char *const shown[] = {"refuted",   "not_established", "not_established",
                                        "supported", "not_established", "other_system"};
    n = 0;
    for (size_t i = 0; i < 3; i++)
        for (guint k = 0; k < reading[i]->results->len; k++)
            assert_string_equal(claim_at(reading[i], k)->verdict, shown[n++]);
    static const unsigned shares[][3] = {{0, 0, 0}, {1, 0, 0}, {1, 0, 1}, {1, 1, 1},
                                         {2, 1, 1}, {2, 1, 2}, {2, 1, 3}};
    for (unsigned s = 0; s < G_N_ELEMENTS(shares); s++)
        for (size_t i = 0; i < 3; i++)
            assert_int_equal(front_share(front, reading[i], s), shares[s][i]);
    json_decref(document);
}

/* The systems saw the same events: what they missed is no sum. */
TEST(misses_are_not_added_up_over_systems)
{
    json_t *document = results_read("tests/golden/scored/results.json", NULL);
    assert_non_null(document);
    g_autoptr(Results) results = results_load(document);
    g_autoptr(Texts) texts = texts_new("en", INTERVAL_LEVEL, NULL);
    const Page page = {.results = results, .texts = texts};
    g_autofree char *missed = front_figure(&page, FRONT_MISSED, 1);
    assert_contains(missed, "1 of 12 [");
    assert_contains(missed, "; 2 more under “Results”");
    json_decref(document);
}

UNIT_TESTS(NULL, NULL)
