/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of errors, time of false alarm, curves, design effect. */
/* clang-format off */
#include "unit.h"
/* clang-format on */

#include "scoring/contrast.h"
#include "scoring/curve.h"
#include "scoring/ward.h"

#include <math.h>

#define S US_PER_SECOND

static PanelSpan span(int64_t start_s, int64_t end_s)
{
    return (PanelSpan){.start_us = start_s * S, .end_us = end_s * S};
}

static WardCounts count(const PanelSpan *events, size_t event_count, const PanelSpan *alerts,
                        size_t alert_count)
{
    WardCounts counts = {0};
    g_auto(SpanList) scored;
    span_list_init(&scored);
    span_list_add(&scored, 0, 1000 * S);
    const PanelFile file = {events, alerts, event_count, alert_count, 1000 * S};
    ward_count(&file, &scored, &counts);
    return counts;
}

TEST(names_each_kind_of_error)
{
    /* 100-200 in three fragments; 300-320 and 330-350 under one alert; 400-420 missed; 500-520 met too early
     * and too short; 700-750 for nothing */
    const PanelSpan events[] = {span(100, 200), span(300, 320), span(330, 350), span(400, 420),
                                span(500, 520)};
    const PanelSpan alerts[] = {span(90, 110),  span(120, 130), span(190, 200),
                                span(310, 340), span(495, 510), span(700, 750)};
    const WardCounts counts = count(events, 5, alerts, 6);
    assert_int_equal(counts.deletions, 1);
    assert_int_equal(counts.insertions, 1);
    assert_int_equal(counts.fragmented, 1);
    assert_int_equal(counts.fragments, 3);
    assert_int_equal(counts.merged, 2);
    assert_int_equal(counts.merging, 1);
    assert_int_equal(counts.correct, 1);
    assert_int_equal(counts.overfilled, 1);
    assert_int_equal(counts.underfilled, 1);
    assert_int_equal(counts.overfill_us, (10 + 10 + 5) * S);
    assert_int_equal(counts.underfill_us, (70 + 10 + 10 + 10) * S);
    assert_int_equal(counts.insertion_us, 50 * S);
    assert_int_equal(counts.deletion_us, 20 * S);
}

TEST(a_span_that_only_touches_is_apart)
{
    const PanelSpan event = span(100, 200), alert = span(200, 210);
    const WardCounts counts = count(&event, 1, &alert, 1);
    assert_int_equal(counts.deletions, 1);
    assert_int_equal(counts.insertions, 1);
}

TEST(long_spans_reach_over_short_ones)
{
    /* a long event under which others end; a long alert over it all */
    const PanelSpan events[] = {span(0, 900), span(10, 20), span(30, 40)};
    const PanelSpan alerts[] = {span(5, 800), span(12, 15), span(850, 860)};
    const WardCounts counts = count(events, 3, alerts, 3);
    assert_int_equal(counts.deletions, 0);
    assert_int_equal(counts.insertions, 0);
    assert_int_equal(counts.fragmented, 2); /* the long one by three, 10-20 by two */
    assert_int_equal(counts.merging, 2);
    assert_int_equal(counts.correct, 0);
}

TEST(both_times_of_false_alarm)
{
    const PanelSpan event = span(100, 200);
    const PanelSpan alerts[] = {span(150, 250), span(160, 220), span(990, 1010)};
    const WardCounts counts = count(&event, 1, alerts, 3);
    assert_int_equal(counts.free_us, 900 * S);
    /* outside: 50 + 20 + 10 (the rest is not scored); in excess also 160-200, where two alerts meet one
     * event */
    assert_int_equal(counts.outside_us, 80 * S);
    assert_int_equal(counts.excess_us, 120 * S);
    assert_true(fabs(ward_time_false_alarm_excess(&counts) - 120.0 / 900) < 1e-12);
    assert_true(fabs(ward_time_false_alarm_outside(&counts) - 80.0 / 900) < 1e-12);
    assert_true(isnan(ward_time_false_alarm_excess(&(WardCounts){0})));
    /* neither event nor alert: the whole time is free, and nothing is sorted */
    const WardCounts nothing = count(NULL, 0, NULL, 0);
    assert_int_equal(nothing.free_us, 1000 * S);
    assert_int_equal(nothing.outside_us + nothing.excess_us, 0);
    assert_true(ward_time_false_alarm_excess(&nothing) == 0);
}

/* ---- curve */

static EvalResult *evaluate(const double *confidences, const int64_t *onsets_s, size_t alerts, EvalClip *clip)
{
    *clip = (EvalClip){.duration_us = 10 * 3600 * S, .passages = -1};
    GPtrArray *events = event_array_new(), *said = alert_array_new();
    for (int64_t i = 1; i <= 4; i++)
        g_ptr_array_add(events, event_new("b", i * 1000 * S, (i * 1000 + 10) * S));
    for (size_t i = 0; i < alerts; i++) {
        Alert *alert = alert_new("b", onsets_s[i] * S, onsets_s[i] * S);
        alert->confidence = confidences[i];
        g_ptr_array_add(said, alert);
    }
    clip->events = events;
    clip->alerts = said;
    EvalSettings settings;
    assert_true(eval_settings_load(&protocol_eval1, NULL, &settings, NULL));
    return eval_evaluate(clip, 1, &settings);
}

static void clear(EvalClip *clip)
{
    g_ptr_array_unref((GPtrArray *)(uintptr_t)clip->events);
    g_ptr_array_unref((GPtrArray *)(uintptr_t)clip->alerts);
}

TEST(traces_misses_against_false_alerts)
{
    const double confidences[] = {0.9, 0.8, 0.8, 0.3, 0.2};
    const int64_t onsets[] = {1000, 500, 2000, 600, 3000}; /* right, wrong, right, wrong, right */
    EvalClip clip;
    g_autoptr(EvalResult) result = evaluate(confidences, onsets, 5, &clip);
    g_autoptr(Curve) curve = curve_trace(&clip, result, &(EvalSettings){.rules = &eval_rules_1});
    assert_int_equal(curve->reason, UNDEFINED_NOT);
    assert_int_equal(curve->points->len, 4); /* equal confidences are one threshold */
    const CurvePoint *second = &g_array_index(curve->points, CurvePoint, 1);
    assert_true(second->threshold == 0.8 && second->hits == 2 && second->false_alerts == 1);
    assert_true(second->p_miss == 0.5 && fabs(second->false_rate - 0.1) < 1e-12);
    assert_true(curve->declared.p_miss == 0.25 && fabs(curve->declared.false_rate - 0.2) < 1e-12);
    assert_true(curve->best.threshold == 0.2);
    assert_true(fabs(curve->best.cost - (0.25 + 0.2 / 18)) < 1e-12);
    assert_true(curve->p_miss_at[0] == 0.25);               /* the curve ends before 1 per hour */
    assert_true(fabs(curve->p_miss_at[1] - 0.5) < 1e-12);   /* at 0.1 */
    assert_true(fabs(curve->p_miss_at[2] - 0.725) < 1e-12); /* between (0, 0.75) and (0.1, 0.5) */
    clear(&clip);
}

TEST(no_curve_without_every_confidence)
{
    const double confidences[] = {0.9, (double)NAN};
    const int64_t onsets[] = {1000, 500};
    EvalClip clip;
    g_autoptr(EvalResult) result = evaluate(confidences, onsets, 2, &clip);
    g_autoptr(Curve) curve = curve_trace(&clip, result, &(EvalSettings){.rules = &eval_rules_1});
    assert_int_equal(curve->reason, UNDEFINED_NO_CONFIDENCE);
    assert_int_equal(curve->without, 1);
    assert_null(curve->points);
    clear(&clip);
    g_autoptr(EvalResult) silent = evaluate(NULL, NULL, 0, &clip);
    g_autoptr(Curve) none = curve_trace(&clip, silent, &(EvalSettings){.rules = &eval_rules_1});
    assert_int_equal(none->reason, UNDEFINED_NO_ALERT);
    clear(&clip);
}

TEST(a_long_curve_is_thinned_but_keeps_its_ends)
{
    enum { ALERTS = 2000 };
    double confidences[ALERTS];
    int64_t onsets[ALERTS];
    for (int i = 0; i < ALERTS; i++) {
        confidences[i] = 1 - i / (double)ALERTS;
        onsets[i] = 5000 + 15 * i;
    }
    onsets[777] = 1000;
    EvalClip clip;
    g_autoptr(EvalResult) result = evaluate(confidences, onsets, ALERTS, &clip);
    g_autoptr(Curve) curve = curve_trace(&clip, result, &(EvalSettings){.rules = &eval_rules_1});
    assert_true(curve->thinned);
    assert_in_range(curve->points->len, 100, CURVE_POINTS_MAX + 2);
    assert_true(g_array_index(curve->points, CurvePoint, 0).threshold == 1);
    const CurvePoint *last = &g_array_index(curve->points, CurvePoint, curve->points->len - 1);
    assert_true(last->threshold == curve->declared.threshold && last->false_alerts == ALERTS - 1);
    clear(&clip);
}

TEST(clustered_counts_have_a_design_effect)
{
    const double hours[] = {10, 10, 10, 10, 10, 10};
    const int64_t even[] = {5, 5, 5, 5, 5, 5}, uneven[] = {30, 0, 0, 0, 0, 0};
    assert_true(statistics_cluster_bootstrap(even, hours, 6, 0.95, 2000, 1).design_effect < 1e-12);
    /* Var of the resampled sum: 6 * (30^2 / 6 - 5^2) = 750, that of a Poisson count: 30 */
    const ClusterBootstrap far = statistics_cluster_bootstrap(uneven, hours, 6, 0.95, 2000, 1);
    assert_true(fabs(far.design_effect - 25) < 2);
    assert_true(isnan(statistics_cluster_bootstrap(even, hours, 1, 0.95, 2000, 1).design_effect));
}

TEST(strata_are_set_against_each_other)
{
    const Contrast twice = contrast_rates(20, 100, 10, 100, 0.95);
    assert_true(fabs(twice.ratio.ratio - 2) < 1e-12 && fabs(twice.ratio.p - 0.09873714671) < 1e-9);
    assert_true(fabs(twice.difference - 0.1) < 1e-12);
    assert_true(twice.four_fifths && !contrast_rates(11, 100, 10, 100, 0.95).four_fifths);
    /* 69 counts show a ratio of 2 */
    assert_true(fabs(contrast_rates(40, 100, 29, 100, 0.95).detectable_ratio - 2) < 0.02);
    assert_true(twice.detectable_ratio > 2.5);
    assert_true(isnan(contrast_rates(1, 100, 0, 100, 0.95).detectable_ratio));
    assert_true(isnan(contrast_rates(1, 0, 0, 100, 0.95).ratio.ratio));
    assert_true(contrast_describes_people("Skin-Tone") && !contrast_describes_people("lighting"));
}

UNIT_TESTS(NULL, NULL)
