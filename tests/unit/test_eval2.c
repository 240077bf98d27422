/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What eval-2 does differently from eval-1: held against code of its own that tries every matching, and
 * against the scoring of logs that were cut at a threshold. */
#include "draw_clips.h"
#include "eval2_oracle.h"
#include "scoring/curve.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "unit.h"

static EvalSettings settings_of(const Protocol *protocol)
{
    EvalSettings settings;
    assert_true(eval_settings_load(protocol, NULL, &settings, NULL));
    return settings;
}

TEST(agrees_with_every_matching_tried)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, 11);
    const Sizes sizes = {.events = 4, .alerts = 6, .length_s = 30, .levels = 3};
    int64_t hits = 0, unwatched = 0, doubtful = 0, elsewhere = 0;
    for (int round = 0; round < 20000; round++) {
        EvalSettings settings = settings_of(&protocol_eval2);
        settings.pre_us = S(draw(random, 4));
        settings.post_us = S(draw(random, 5));
        settings.boxes = round % 2 == 0 ? EVAL_BOXES_TELL : EVAL_BOXES_REQUIRE;
        Drawn drawn;
        draw_clip(random, &sizes, &drawn);
        g_autoptr(EvalResult) result = eval_evaluate(&drawn.clip, 1, &settings);
        Eval2Oracle oracle = {.clip = &drawn.clip, .settings = &settings, .threshold = -1};
        eval2_oracle_judge(&oracle);
        for (size_t i = 0; i < drawn.alerts->len; i++) {
            const AlertResult *alert = &result->clips[0].alerts[i];
            if (alert->outcome != oracle.outcomes[i])
                fail_msg("round %d, alert %zu: %s, expected %s", round, i, alert_outcome_name(alert->outcome),
                         alert_outcome_name(oracle.outcomes[i]));
            if (alert->outcome == ALERT_HIT)
                assert_int_equal(alert->event, oracle.event_of[i]);
        }
        assert_int_equal(result->figures.hits, oracle.hits);
        assert_int_equal(result->figures.false_strict, oracle.false_strict);
        assert_int_equal(result->figures.hits_elsewhere, oracle.elsewhere);
        assert_int_equal(result->figures.misses, (int64_t)oracle.event_count - oracle.hits);
        hits += oracle.hits;
        unwatched += result->figures.alerts_unwatched;
        doubtful += result->figures.not_scored;
        elsewhere += oracle.elsewhere;
        drawn_clear(&drawn);
    }
    gsl_rng_free(random);
    assert_true(hits > 9000 && unwatched > 5000 && doubtful > 5000 && elsewhere > 500);
}

/* ---- the curve */

static GPtrArray *cut_log(const GPtrArray *alerts, double threshold)
{
    GPtrArray *left = g_ptr_array_new();
    for (guint i = 0; i < alerts->len; i++) {
        Alert *alert = g_ptr_array_index(alerts, i);
        if (alert->confidence >= threshold)
            g_ptr_array_add(left, alert);
    }
    return left;
}

enum { CLIPS = 5 };

static void check_curve(Drawn drawn[CLIPS], const EvalSettings *settings)
{
    EvalClip clips[CLIPS];
    for (size_t c = 0; c < CLIPS; c++)
        clips[c] = drawn[c].clip;
    g_autoptr(EvalResult) result = eval_evaluate(clips, CLIPS, settings);
    g_autoptr(Curve) curve = curve_trace(clips, result, settings);
    if (curve->reason != UNDEFINED_NOT)
        return;
    assert_int_equal(curve->declared.hits, result->figures.hits);
    assert_int_equal(curve->declared.false_alerts, result->figures.false_strict);
    for (guint i = 0; i < curve->points->len; i++) {
        const CurvePoint *point = &g_array_index(curve->points, CurvePoint, i);
        for (size_t c = 0; c < CLIPS; c++)
            clips[c].alerts = cut_log(drawn[c].alerts, point->threshold);
        g_autoptr(EvalResult) cut = eval_evaluate(clips, CLIPS, settings);
        for (size_t c = 0; c < CLIPS; c++)
            g_ptr_array_unref((GPtrArray *)(uintptr_t)clips[c].alerts);
        assert_int_equal(point->hits, cut->figures.hits);
        assert_int_equal(point->false_alerts, cut->figures.false_strict);
        assert_true(point->p_miss == cut->figures.p_miss.value);
        assert_true(point->false_rate == cut->figures.false_alerts_per_camera_hour.value);
    }
}

TEST(the_curve_is_the_scoring_of_cut_logs)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, 12);
    const Sizes sizes = {.events = 25, .alerts = 60, .length_s = 240, .levels = 40, .all_confident = true};
    for (int audit = 0; audit < 100; audit++) {
        EvalSettings settings = settings_of(&protocol_eval2);
        settings.boxes = audit % 3 == 0 ? EVAL_BOXES_REQUIRE : EVAL_BOXES_TELL;
        Drawn drawn[CLIPS];
        for (size_t c = 0; c < CLIPS; c++)
            draw_clip(random, &sizes, &drawn[c]);
        check_curve(drawn, &settings);
        for (size_t c = 0; c < CLIPS; c++)
            drawn_clear(&drawn[c]);
    }
    gsl_rng_free(random);
}

/* The same on small clips, where every matching can be tried at every threshold. */
TEST(the_curve_agrees_with_every_matching_tried)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, 13);
    const Sizes sizes = {.events = 4, .alerts = 6, .length_s = 30, .levels = 4};
    size_t curves = 0;
    for (int round = 0; round < 5000; round++) {
        EvalSettings settings = settings_of(&protocol_eval2);
        settings.boxes = round % 2 == 0 ? EVAL_BOXES_TELL : EVAL_BOXES_REQUIRE;
        Drawn drawn;
        draw_clip(random, &sizes, &drawn);
        g_autoptr(EvalResult) result = eval_evaluate(&drawn.clip, 1, &settings);
        g_autoptr(Curve) curve = curve_trace(&drawn.clip, result, &settings);
        curves += curve->reason == UNDEFINED_NOT;
        for (guint i = 0; curve->reason == UNDEFINED_NOT && i < curve->points->len; i++) {
            const CurvePoint *point = &g_array_index(curve->points, CurvePoint, i);
            Eval2Oracle oracle = {.clip = &drawn.clip, .settings = &settings, .threshold = point->threshold};
            eval2_oracle_judge(&oracle);
            assert_int_equal(point->hits, oracle.hits);
            assert_int_equal(point->false_alerts, oracle.false_strict);
        }
        drawn_clear(&drawn);
    }
    gsl_rng_free(random);
    assert_true(curves > 400);
}

static void add_alert(GPtrArray *alerts, int64_t onset_us, double confidence)
{
    Alert *alert = alert_new("x", onset_us, onset_us);
    alert->confidence = confidence;
    g_ptr_array_add(alerts, alert);
}

/* Two events, each with an unsure alert at its start and a sure one a second later. Cut at 0.9 the log finds
 * both; matched once, with all alerts, the unsure ones have the events and the sure ones are false. */
TEST(a_sure_alert_finds_at_its_own_threshold)
{
    g_autoptr(GPtrArray) events = event_array_new(), alerts = alert_array_new();
    g_ptr_array_add(events, event_new("x", S(100), S(130)));
    g_ptr_array_add(events, event_new("x", S(1000), S(1030)));
    add_alert(alerts, S(100), 0.3);
    add_alert(alerts, S(101), 0.9);
    add_alert(alerts, S(1000), 0.3);
    add_alert(alerts, S(1001), 0.9);
    const EvalClip clip = {.duration_us = S(3600), .events = events, .alerts = alerts, .passages = -1};
    static const Protocol *const protocols[] = {&protocol_eval1, &protocol_eval2};
    for (int64_t p = 0; p < 2; p++) {
        const EvalSettings settings = settings_of(protocols[p]);
        g_autoptr(EvalResult) result = eval_evaluate(&clip, 1, &settings);
        g_autoptr(Curve) curve = curve_trace(&clip, result, &settings);
        const CurvePoint *first = &g_array_index(curve->points, CurvePoint, 0);
        assert_true(curve->points->len == 2 && first->threshold == 0.9);
        assert_int_equal(first->hits, p * 2);
        assert_int_equal(first->false_alerts, 2 - p * 2);
        assert_true(first->p_miss == 1 - (double)p);
        assert_int_equal(curve->declared.hits, 2);
        assert_int_equal(curve->declared.false_alerts, 2);
    }
}

TEST(a_blank_among_confidences_leaves_no_curve)
{
    const EvalSettings settings = settings_of(&protocol_eval2);
    g_autoptr(GPtrArray) events = event_array_new(), alerts = alert_array_new();
    g_ptr_array_add(events, event_new("x", S(100), S(130)));
    add_alert(alerts, S(100), 0.5);
    add_alert(alerts, S(4000), (double)NAN); /* beyond the clip: at no threshold does it count */
    EvalClip clip = {.duration_us = S(3600), .events = events, .alerts = alerts, .passages = -1};
    g_autoptr(EvalResult) result = eval_evaluate(&clip, 1, &settings);
    g_autoptr(Curve) curve = curve_trace(&clip, result, &settings);
    assert_int_equal(curve->reason, UNDEFINED_NOT);
    assert_int_equal(curve->alerts, 1);
    add_alert(alerts, S(500), (double)NAN);
    g_autoptr(EvalResult) again = eval_evaluate(&clip, 1, &settings);
    g_autoptr(Curve) none = curve_trace(&clip, again, &settings);
    assert_int_equal(none->reason, UNDEFINED_NO_CONFIDENCE);
    assert_true(none->alerts == 2 && none->without == 1);
}

/* ---- boxes */

TEST(boxes_choose_tell_and_refuse)
{
    const Box left = {0.1, 0.1, 0.2, 0.2}, right = {0.7, 0.1, 0.2, 0.2}, edge = {0.3, 0.1, 0.1, 0.2};
    /* Two events at one time, left and right; two alerts at one time, right and left: crosswise by rows, but
     * each has its own. Then an event on the left with an alert on the right, one whose alert touches its
     * edge, and one whose alert has no box. */
    g_autoptr(GPtrArray) events = event_array_new(), alerts = alert_array_new();
    const int64_t starts[] = {100, 100, 300, 400, 500}, onsets[] = {101, 101, 300, 400, 500};
    const Box event_boxes[] = {left, right, left, left, left};
    const Box alert_boxes[] = {right, left, right, edge, BOX_NONE};
    for (size_t i = 0; i < 5; i++) {
        Event *event = event_new("x", S(starts[i]), S(starts[i] + 30));
        event->box = event_boxes[i];
        g_ptr_array_add(events, event);
        Alert *alert = alert_new("x", S(onsets[i]), S(onsets[i]));
        alert->box = alert_boxes[i];
        g_ptr_array_add(alerts, alert);
    }
    const EvalClip clip = {.duration_us = S(3600), .events = events, .alerts = alerts, .passages = -1};
    EvalSettings settings = settings_of(&protocol_eval2);
    g_autoptr(EvalResult) told = eval_evaluate(&clip, 1, &settings);
    assert_int_equal(told->clips[0].alerts[0].event, 1);
    assert_int_equal(told->clips[0].alerts[1].event, 0);
    assert_true(told->clips[0].alerts[2].elsewhere && !told->clips[0].alerts[3].elsewhere);
    assert_int_equal(told->figures.hits, 5);
    assert_int_equal(told->figures.hits_with_boxes, 4);
    assert_int_equal(told->figures.hits_elsewhere, 1);
    settings.boxes = EVAL_BOXES_REQUIRE;
    g_autoptr(EvalResult) refused = eval_evaluate(&clip, 1, &settings);
    assert_int_equal(refused->figures.hits, 4);
    assert_int_equal(refused->figures.misses, 1);
    assert_int_equal(refused->figures.hits_elsewhere, 0);
    /* In reach in time but elsewhere: false, for the event has no alert of which it could be the second. */
    assert_int_equal(refused->clips[0].alerts[2].outcome, ALERT_FALSE);
    const EvalSettings first = settings_of(&protocol_eval1);
    g_autoptr(EvalResult) blind = eval_evaluate(&clip, 1, &first);
    assert_int_equal(blind->figures.hits, 5);
    assert_int_equal(blind->figures.hits_elsewhere, -1);
}

/* ---- time around doubtful events */

/* A doubtful event at 100 to 110 s, a certain one from 115 s: it is scored, though it begins in the time
 * around the doubtful one. Its alert there is used only when there is no other. */
TEST(an_alert_in_scored_time_comes_first)
{
    const EvalSettings settings = settings_of(&protocol_eval2);
    g_autoptr(GPtrArray) events = event_array_new(), alerts = alert_array_new();
    Event *doubtful = event_new("x", S(100), S(110));
    doubtful->certainty = CERTAINTY_DONT_CARE;
    g_ptr_array_add(events, doubtful);
    g_ptr_array_add(events, event_new("x", S(115), S(140)));
    add_alert(alerts, S(115), 0.9);
    const EvalClip clip = {.duration_us = S(3600), .events = events, .alerts = alerts, .passages = -1};
    g_autoptr(EvalResult) alone = eval_evaluate(&clip, 1, &settings);
    assert_int_equal(alone->figures.hits, 1);
    add_alert(alerts, S(130), 0.1);
    g_autoptr(EvalResult) both = eval_evaluate(&clip, 1, &settings);
    assert_int_equal(both->clips[0].alerts[0].outcome, ALERT_NOT_SCORED);
    assert_int_equal(both->clips[0].alerts[1].outcome, ALERT_HIT);
    assert_int_equal(both->figures.false_strict, 0);
    /* One that begins within the doubtful event is not scored. */
    ((Event *)g_ptr_array_index(events, 1))->start_us = S(110) - 1;
    g_autoptr(EvalResult) within = eval_evaluate(&clip, 1, &settings);
    assert_int_equal(within->figures.events, 0);
    ((Event *)g_ptr_array_index(events, 1))->start_us = S(110);
    g_autoptr(EvalResult) after = eval_evaluate(&clip, 1, &settings);
    assert_int_equal(after->figures.events, 1);
}

/* ---- rows */

static const char *describe(const Alert *alert, const AlertResult *result, const GPtrArray *events)
{
    const Event *event = result->event >= 0 ? g_ptr_array_index(events, (guint)result->event) : NULL;
    return g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %g %g %s %" G_GINT64_FORMAT
                           " %" G_GINT64_FORMAT " %g",
                           alert->onset_us, alert->decided_us, alert->confidence, alert->box.x,
                           alert_outcome_name(result->outcome), event != NULL ? event->start_us : -1,
                           event != NULL ? event->end_us : -1, event != NULL ? event->box.x : -1);
}

static int compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *describe_all(const Drawn *drawn, const EvalSettings *settings)
{
    g_autoptr(EvalResult) result = eval_evaluate(&drawn->clip, 1, settings);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < drawn->alerts->len; i++)
        g_ptr_array_add(lines, (gpointer)(uintptr_t)describe(g_ptr_array_index(drawn->alerts, i),
                                                             &result->clips[0].alerts[i], drawn->events));
    g_ptr_array_sort(lines, compare_texts);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

static void shuffle(gsl_rng *random, GPtrArray *array)
{
    for (guint i = array->len; i > 1; i--) {
        const guint other = (guint)draw(random, i);
        gpointer swapped = array->pdata[i - 1];
        array->pdata[i - 1] = array->pdata[other];
        array->pdata[other] = swapped;
    }
}

TEST(the_order_of_rows_changes_nothing)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, 14);
    const EvalSettings settings = settings_of(&protocol_eval2);
    /* Many at the same second, with few confidences and boxes: equals everywhere. */
    const Sizes sizes = {.events = 12, .alerts = 30, .length_s = 30, .levels = 1};
    for (int round = 0; round < 300; round++) {
        Drawn drawn;
        draw_clip(random, &sizes, &drawn);
        g_autofree char *before = describe_all(&drawn, &settings);
        shuffle(random, drawn.events);
        shuffle(random, drawn.alerts);
        g_autofree char *after = describe_all(&drawn, &settings);
        assert_string_equal(before, after);
        drawn_clear(&drawn);
    }
    gsl_rng_free(random);
}

/* ---- size */

static double trace_seconds(const EvalClip *clips, size_t count, int64_t *hits)
{
    const EvalSettings settings = settings_of(&protocol_eval2);
    const clock_t start = clock();
    g_autoptr(EvalResult) result = eval_evaluate(clips, count, &settings);
    const clock_t begin = clock();
    g_autoptr(Curve) curve = curve_trace(clips, result, &settings);
    const double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    print_message("# scoring %.2f s, curve %.2f s\n", (double)(begin - start) / CLOCKS_PER_SEC, seconds);
    assert_int_equal(curve->declared.hits, result->figures.hits);
    assert_int_equal(curve->declared.false_alerts, result->figures.false_strict);
    *hits = curve->declared.hits;
    return seconds;
}

/* 1,000,000 alerts with a confidence of their own each and 100,000 events, on 100 clips of ten hours; then
 * 100,000 alerts with one confidence on one clip. */
TEST(large_logs_are_quick)
{
    enum { MANY = 100, EVENTS = 1000, ALERTS = 10000 };
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, 15);
    EvalClip clips[MANY];
    for (size_t c = 0; c < MANY; c++) {
        GPtrArray *events = event_array_new(), *alerts = alert_array_new();
        for (int i = 0; i < EVENTS; i++) {
            const int64_t start = (int64_t)(gsl_rng_uniform(random) * 36000e6);
            g_ptr_array_add(events, event_new("x", start, start + S(1 + draw(random, 60))));
        }
        for (int i = 0; i < ALERTS; i++)
            add_alert(alerts, (int64_t)(gsl_rng_uniform(random) * 36000e6), gsl_rng_uniform(random));
        clips[c] = (EvalClip){
            .id = "c", .duration_us = S(36000), .events = events, .alerts = alerts, .passages = -1};
    }
    int64_t hits = 0;
    double seconds = trace_seconds(clips, MANY, &hits);
    assert_true(seconds < 15 && hits > 90000);
    for (size_t c = 0; c < MANY; c++) {
        g_ptr_array_unref((GPtrArray *)(uintptr_t)clips[c].events);
        g_ptr_array_unref((GPtrArray *)(uintptr_t)clips[c].alerts);
    }
    g_autoptr(GPtrArray) events = event_array_new(), alerts = alert_array_new();
    g_ptr_array_add(events, event_new("x", 0, S(3000)));
    for (int i = 0; i < 100000; i++) {
        add_alert(alerts, S(draw(random, 3000)), 0.5);
        if (i % 100 == 0)
            g_ptr_array_add(events, event_new("x", S(i / 100), S(i / 100 + 5)));
    }
    const EvalClip clip = {.duration_us = S(3600), .events = events, .alerts = alerts, .passages = -1};
    seconds = trace_seconds(&clip, 1, &hits);
    assert_true(seconds < 5 && hits == 1001);
    gsl_rng_free(random);
}

UNIT_TESTS(NULL, NULL)
