/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a verdict speaks of: taken back where cameras or days are few or differ, and said so. */
#include "scoring/scope.h"

#include "scoring/cameras.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "said.h"
#include "unit.h"

typedef struct {
    GArray *totals;
    ScopeCounts counts;
} Clusters;

/* `hours` of each, false alerts in turn. */
static Clusters clusters(const int64_t *false_alerts, int count, double hours)
{
    Clusters made = {.totals = g_array_new(FALSE, TRUE, sizeof(CameraTotals))};
    for (int i = 0; i < count; i++) {
        const CameraTotals one = {.scored_us = (int64_t)(hours * 3.6e9), .false_strict = false_alerts[i]};
        g_array_append_val(made.totals, one);
    }
    assert_true(scope_count(METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, made.totals, &made.counts));
    return made;
}

static void discard(Clusters *made)
{
    scope_counts_clear(&made->counts);
    g_array_unref(made->totals);
}

static const ClaimReading few = {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, true, 0.5, 0.05, 0.95, false};

static Scope judge(ClaimScope scope, Verdict exact, const int64_t *by_camera, int cameras,
                   const int64_t *by_day, int days)
{
    Clusters of_cameras = clusters(by_camera, cameras, 20);
    Clusters of_days = by_day != NULL ? clusters(by_day, days, 20.0 * cameras / days) : (Clusters){NULL};
    const Scope found =
        scope_judge(scope, &few, exact, &of_cameras.counts, by_day != NULL ? &of_days.counts : NULL);
    discard(&of_cameras);
    if (by_day != NULL)
        discard(&of_days);
    return found;
}

static const int64_t even[] = {4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5},
                     lumped[] = {0, 0, 1, 0, 50, 0, 0, 1, 0, 0, 2, 0};

TEST(these_clips_keep_the_exact_verdict)
{
    const Scope found = judge(CLAIM_OF_CLIPS, VERDICT_SUPPORTED, lumped, 3, NULL, 0);
    assert_true(found.lost == SCOPE_KEPT && scope_verdict(&found) == VERDICT_SUPPORTED);
    Said text = said(scope_sentence(&found, 0.01, false));
    assert_string_equal(text.en, "This speaks of these clips and these cameras alone.");
    g_free(text.en);
    g_free(text.fr);
}

TEST(few_cameras_establish_nothing_beyond_them)
{
    const Scope nine = judge(CLAIM_OF_PLACES, VERDICT_SUPPORTED, even, 9, NULL, 0);
    assert_true(nine.lost == SCOPE_FEW_CAMERAS && nine.cameras == 9 && nine.days == -1);
    assert_true(scope_verdict(&nine) == VERDICT_NOT_ESTABLISHED && nine.of_clips == VERDICT_SUPPORTED);
    Said reason = said(scope_reason(&nine));
    assert_string_equal(reason.en,
                        "there were only 9 cameras, and 10 are the least from which to speak of others");
    Said text = said(scope_sentence(&nine, 0.0123, false));
    assert_non_null(
        strstr(text.en, "Of these clips alone: supported, p = 0.0123; allowing for cameras that differ: 0."));
    assert_non_null(strstr(text.fr, "Pour ces seules séquences\u202f: étayée, p = 0,0123"));
    g_free(text.en);
    g_free(text.fr);
    g_free(reason.en);
    g_free(reason.fr);
    const Scope ten = judge(CLAIM_OF_PLACES, VERDICT_SUPPORTED, even, 10, NULL, 0);
    assert_true(ten.lost == SCOPE_KEPT && scope_verdict(&ten) == VERDICT_SUPPORTED && ten.p_support < 0.05);
}

TEST(cameras_that_differ_take_it_back)
{
    const Scope found = judge(CLAIM_OF_PLACES, VERDICT_SUPPORTED, lumped, 12, NULL, 0);
    assert_true(found.lost == SCOPE_CAMERAS_DIFFER && found.p_support > 0.05 && found.interval.high > 0.5);
    const Scope open = judge(CLAIM_OF_PLACES, VERDICT_NOT_ESTABLISHED, lumped, 12, NULL, 0);
    assert_true(open.lost == SCOPE_KEPT);
    assert_null(scope_sentence(&open, NAN, false));
}

TEST(days_count_where_they_are_known)
{
    const Scope three = judge(CLAIM_OF_PLACES, VERDICT_SUPPORTED, even, 12, even, 3);
    assert_true(three.lost == SCOPE_FEW_DAYS && three.days == 3);
    const Scope night = judge(CLAIM_OF_PLACES, VERDICT_SUPPORTED, even, 12, lumped, 12);
    assert_true(night.lost == SCOPE_DAYS_DIFFER && night.p_support > 0.05);
    const Scope kept = judge(CLAIM_OF_PLACES, VERDICT_SUPPORTED, even, 12, even, 12);
    assert_true(kept.lost == SCOPE_KEPT && kept.days == 12);
    Said text = said(scope_sentence(&kept, 0.01, false));
    assert_non_null(strstr(text.en, "places and days like these (12 cameras, 12 days"));
    g_free(text.en);
    g_free(text.fr);
    const Scope without = judge(CLAIM_OF_PLACES, VERDICT_SUPPORTED, even, 12, NULL, 0);
    text = said(scope_sentence(&without, 0.01, false));
    assert_non_null(strstr(text.en, "on days that are not known"));
    g_free(text.en);
    g_free(text.fr);
}

/* One false alert refutes "never" of all places. */
TEST(never_is_refuted_everywhere)
{
    static const int64_t one[] = {1, 0};
    Clusters made = clusters(one, 2, 20);
    const ClaimReading never = {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, true, 0, 0.05, 0.95, false};
    const Scope found = scope_judge(CLAIM_OF_PLACES, &never, VERDICT_REFUTED, &made.counts, NULL);
    assert_true(found.lost == SCOPE_KEPT && scope_verdict(&found) == VERDICT_REFUTED);
    discard(&made);
}

static const char nothing_helps[] =
    "No footage and no number of cameras can show that something never happens, "
    "or always: a single case refutes it, and nothing supports it.";

static void assert_sentence(ClaimScope asked, double limit, Verdict exact, const char *expected)
{
    static const int64_t none[] = {0, 0};
    Clusters made = clusters(none, 2, 20);
    const ClaimReading reading = {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, true, limit, 0.05, 0.95, false};
    const Scope found = scope_judge(asked, &reading, exact, &made.counts, NULL);
    Said text = said(scope_sentence(&found, NAN, false));
    assert_non_null(strstr(text.en, expected));
    g_free(text.en);
    g_free(text.fr);
    discard(&made);
}

/* More cameras would help with any other limit. */
TEST(never_is_supported_by_no_number_of_cameras)
{
    assert_sentence(CLAIM_OF_PLACES, 0, VERDICT_NOT_ESTABLISHED, nothing_helps);
    assert_sentence(CLAIM_OF_CLIPS, 0, VERDICT_NOT_ESTABLISHED, nothing_helps);
    assert_sentence(CLAIM_OF_PLACES, 0.001, VERDICT_NOT_ESTABLISHED, "8 more cameras are needed");
    assert_sentence(CLAIM_OF_CLIPS, 0, VERDICT_REFUTED, "This speaks of these clips");
    const CameraTotals all = {.scored_us = 1000000, .hits = 3};
    g_autoptr(GArray) totals = g_array_new(FALSE, TRUE, sizeof(CameraTotals));
    g_array_append_val(totals, all);
    ScopeCounts counts;
    assert_true(scope_count(METRIC_P_MISS, totals, &counts));
    const ClaimReading always = {METRIC_P_MISS, false, 1, 0.05, 0.95, false};
    const Scope found = scope_judge(CLAIM_OF_PLACES, &always, VERDICT_NOT_ESTABLISHED, &counts, NULL);
    Said text = said(scope_sentence(&found, NAN, true));
    assert_string_equal(text.en, nothing_helps);
    g_free(text.en);
    g_free(text.fr);
    scope_counts_clear(&counts);
}

TEST(a_figure_without_a_model_needs_its_interval)
{
    Independence independence = {
        .cameras = 12, .known = true, .interval = {0.1, 0.2}, .level = 0.9, .verdict = VERDICT_SUPPORTED};
    Scope found = scope_judge_drawn(CLAIM_OF_PLACES, VERDICT_SUPPORTED, &independence, 0);
    assert_true(found.lost == SCOPE_KEPT && found.cameras == 12);
    independence.verdict = VERDICT_NOT_ESTABLISHED;
    found = scope_judge_drawn(CLAIM_OF_PLACES, VERDICT_SUPPORTED, &independence, 0);
    assert_true(found.lost == SCOPE_CAMERAS_DIFFER);
    independence.known = false;
    found = scope_judge_drawn(CLAIM_OF_PLACES, VERDICT_REFUTED, &independence, 0);
    assert_true(found.lost == SCOPE_NO_INTERVAL);
    independence.cameras = 9;
    found = scope_judge_drawn(CLAIM_OF_PLACES, VERDICT_REFUTED, &independence, 0);
    assert_true(found.lost == SCOPE_FEW_CAMERAS);
    found = scope_judge_drawn(CLAIM_OF_CLIPS, VERDICT_REFUTED, &independence, 0);
    assert_true(found.lost == SCOPE_KEPT);
    found = scope_judge_drawn(CLAIM_OF_PLACES, VERDICT_NOT_TESTABLE, &independence, 0);
    assert_true(found.lost == SCOPE_KEPT);
    assert_null(scope_sentence(&found, NAN, false));
}

/* Ten clips of nobody knows which camera are one camera, not ten. */
TEST(clips_that_name_no_camera_count_as_one)
{
    Clusters made = clusters(even, 12, 20);
    for (guint i = 2; i < 12; i++)
        g_array_index(made.totals, CameraTotals, i).unnamed = true;
    scope_counts_clear(&made.counts);
    assert_true(scope_count(METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, made.totals, &made.counts));
    const Scope found = scope_judge(CLAIM_OF_PLACES, &few, VERDICT_SUPPORTED, &made.counts, NULL);
    assert_true(found.lost == SCOPE_UNNAMED_CAMERAS && found.cameras == 3 && found.unnamed == 10);
    Said reason = said(scope_reason(&found));
    assert_string_equal(reason.en,
                        "10 clips do not say which camera they are from and may all be from one: 3 cameras "
                        "in all, and 10 are the least from which to speak of others");
    g_free(reason.en);
    g_free(reason.fr);
    const Independence independence = {
        .cameras = 12, .known = true, .interval = {0.1, 0.2}, .level = 0.9, .verdict = VERDICT_SUPPORTED};
    const Scope drawn = scope_judge_drawn(CLAIM_OF_PLACES, VERDICT_SUPPORTED, &independence, 10);
    assert_true(drawn.lost == SCOPE_UNNAMED_CAMERAS);
    discard(&made);
}

UNIT_TESTS(NULL, NULL)
