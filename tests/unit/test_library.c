/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libvsaudit's scoring: the same as the functions behind it, whatever the data. */
#include "library_given.h"
#include "scoring/eval.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <string.h>

#include "unit.h"

#define CASES 1000
#define MOST 12 /* events, alerts of a clip */

/* ---- the same as inside */

/* One clip as a program gives it, and as the house has it. */
typedef struct {
    VsauditEvent events[MOST];
    VsauditAlert alerts[MOST];
    VsauditSpan coverage[2], undecoded[2];
    VsauditClip outer;
    SpanList own_coverage, own_undecoded;
    EvalClip inner;
} Both;

static int64_t random_time(GRand *random, int64_t most_us)
{
    /* whole seconds, half the time, so that ties and touching ends come up */
    const int64_t t_us = (int64_t)(g_rand_double(random) * (double)most_us);
    return g_rand_boolean(random) ? t_us / US_PER_SECOND * US_PER_SECOND : t_us;
}

static VsauditBox random_box(GRand *random)
{
    static const VsauditBox none = VSAUDIT_NO_BOX;
    if (g_rand_boolean(random))
        return none;
    return (VsauditBox){0.1 * g_rand_int_range(random, 0, 8), 0.1 * g_rand_int_range(random, 0, 8), 0.2, 0.2};
}

static void draw_events(GRand *random, Both *both, int64_t most_us)
{
    both->inner.events = event_array_new();
    both->outer.event_count = (size_t)g_rand_int_range(random, 0, MOST + 1);
    for (size_t i = 0; i < both->outer.event_count; i++) {
        const int64_t start_us = random_time(random, most_us);
        VsauditEvent event = event_at(start_us, start_us + 1 + random_time(random, S(40)));
        event.box = random_box(random);
        event.label = g_rand_int_range(random, 0, 4) == 0 ? "covered" : NULL;
        event.flags = g_rand_int_range(random, 0, 6) == 0 ? VSAUDIT_EVENT_DONT_CARE : 0;
        both->events[i] = event;
        Event *own = event_new("", event.start_us, event.end_us);
        own->label = g_strdup(event.label);
        own->box = (Box){event.box.x, event.box.y, event.box.w, event.box.h};
        own->certainty = event.flags != 0 ? CERTAINTY_DONT_CARE : CERTAINTY_SCORED;
        g_ptr_array_add((GPtrArray *)(uintptr_t)both->inner.events, own);
    }
}

static void draw_alerts(GRand *random, Both *both, int64_t most_us)
{
    both->inner.alerts = alert_array_new();
    both->outer.alert_count = (size_t)g_rand_int_range(random, 0, MOST + 1);
    for (size_t i = 0; i < both->outer.alert_count; i++) {
        VsauditAlert alert = alert_at(random_time(random, most_us));
        if (g_rand_boolean(random))
            alert.decided_us = alert.onset_us + random_time(random, S(5));
        if (g_rand_boolean(random))
            alert.end_us = alert.onset_us + random_time(random, S(30));
        if (g_rand_boolean(random))
            alert.confidence = 0.25 * g_rand_int_range(random, 0, 5);
        alert.box = random_box(random);
        both->alerts[i] = alert;
        Alert *own = alert_new("", alert.onset_us, alert.decided_us < 0 ? alert.onset_us : alert.decided_us);
        own->end_us = alert.end_us == VSAUDIT_TIME_UNKNOWN ? TIME_UNKNOWN : alert.end_us;
        own->confidence = alert.confidence < 0 ? (double)NAN : alert.confidence;
        own->box = (Box){alert.box.x, alert.box.y, alert.box.w, alert.box.h};
        g_ptr_array_add((GPtrArray *)(uintptr_t)both->inner.alerts, own);
    }
}

static size_t draw_spans(GRand *random, VsauditSpan *spans, SpanList *own, int64_t most_us)
{
    const size_t count = (size_t)g_rand_int_range(random, 0, 3);
    for (size_t i = 0; i < count; i++) {
        const int64_t start_us = random_time(random, most_us);
        spans[i] = (VsauditSpan){start_us, start_us + 1 + random_time(random, most_us)};
        span_list_add(own, spans[i].start_us, spans[i].end_us);
    }
    return count;
}

static void draw_clip(GRand *random, Both *both)
{
    static const char *const cameras[] = {"a", "b", "c", "d", "e", "f", NULL};
    const int64_t duration_us = 1 + random_time(random, S(600));
    span_list_init(&both->own_coverage);
    span_list_init(&both->own_undecoded);
    both->outer = clip_of(both->events, 0, both->alerts, 0);
    both->outer.camera = cameras[g_rand_int_range(random, 0, G_N_ELEMENTS(cameras))];
    both->outer.duration_us = duration_us;
    both->inner = (EvalClip){.camera = both->outer.camera, .duration_us = duration_us, .passages = -1};
    draw_events(random, both, duration_us + S(5));
    draw_alerts(random, both, duration_us + S(5));
    if (g_rand_boolean(random)) {
        both->outer.coverage = both->coverage;
        both->outer.coverage_count = draw_spans(random, both->coverage, &both->own_coverage, duration_us);
        both->inner.coverage = &both->own_coverage;
    }
    if (g_rand_int_range(random, 0, 3) == 0) {
        both->outer.undecoded = both->undecoded;
        both->outer.undecoded_count =
            draw_spans(random, both->undecoded, &both->own_undecoded, duration_us / 4);
        both->inner.undecoded = &both->own_undecoded;
    }
    if (g_rand_int_range(random, 0, 8) == 0) {
        both->outer.flags |= VSAUDIT_CLIP_FAILED;
        both->inner.failed = true;
    }
    if (g_rand_int_range(random, 0, 8) == 0) {
        both->outer.flags |= VSAUDIT_CLIP_CLOCK_MENDED;
        both->inner.clock_mended = true;
    }
    if (g_rand_boolean(random))
        both->outer.passages = both->inner.passages = g_rand_int_range(random, 0, 500);
}

static void clear_clip(Both *both)
{
    span_list_clear(&both->own_coverage);
    span_list_clear(&both->own_undecoded);
    g_ptr_array_unref((GPtrArray *)(uintptr_t)both->inner.events);
    g_ptr_array_unref((GPtrArray *)(uintptr_t)both->inner.alerts);
}

static bool same(double a, double b)
{
    return (isnan(a) && isnan(b)) || (a >= b && a <= b);
}

static void check_rate(const VsauditScore *score, const char *name, const Rate *rate)
{
    VsauditFigure figure;
    assert_int_equal(vsaudit_score_figure_named(score, name, &figure, sizeof figure, NULL), VSAUDIT_OK);
    assert_string_equal(figure.name, name);
    assert_true(same(figure.value, rate->value));
    assert_true(same(figure.low, rate->interval.low) && same(figure.high, rate->interval.high));
    assert_true(figure.numerator == rate->numerator && same(figure.denominator, rate->denominator));
    assert_string_equal(figure.unit, rate_unit_name(rate->unit));
    const char *reason = undefined_reason_name(rate->reason);
    assert_true((reason == NULL) == (figure.reason == NULL) && (reason == NULL) == !isnan(figure.value));
    if (reason != NULL)
        assert_string_equal(figure.reason, reason);
    else
        assert_true(same(figure.level, rate->level) &&
                    strcmp(figure.method, interval_method_name(rate->method)) == 0);
}

static void check_number(const VsauditScore *score, const char *name, double value)
{
    VsauditFigure figure;
    assert_int_equal(vsaudit_score_figure_named(score, name, &figure, sizeof figure, NULL), VSAUDIT_OK);
    assert_true(same(figure.value, value) && (figure.reason != NULL) == isnan(value));
    assert_true(isnan(figure.low) && isnan(figure.high) && figure.method == NULL);
    assert_true(figure.numerator == VSAUDIT_NOT_COUNTED && isnan(figure.denominator));
}

static void check_numbers(const VsauditScore *score, const EvalFigures *inner)
{
    const bool failed = inner->failed_clips > 0;
    check_number(score, "overdispersion", inner->overdispersion.phi);
    check_number(score, "latency_median_s", inner->latency_median_s);
    check_number(score, "latency_p90_s", inner->latency_p90_s);
    check_number(score, "p_miss_half", inner->sensitivity[0].p_miss);
    check_number(score, "p_miss_double", inner->sensitivity[1].p_miss);
    check_number(score, "false_alerts_per_camera_hour_half",
                 inner->sensitivity[0].false_alerts_per_camera_hour);
    check_number(score, "false_alerts_per_camera_hour_double",
                 inner->sensitivity[1].false_alerts_per_camera_hour);
    check_number(score, "p_miss_if_all_missed", inner->p_miss_if_all_missed);
    check_number(score, "p_miss_high", inner->p_miss_high);
    check_number(score, "failed_camera_hours", failed ? inner->failed_camera_hours : (double)NAN);
    VsauditFigure day, cameras;
    const char *const names[] = {"false_alerts_per_camera_day", "false_alerts_per_camera_hour_by_camera"};
    assert_int_equal(vsaudit_score_figure_named(score, names[0], &day, sizeof day, NULL), VSAUDIT_OK);
    assert_int_equal(vsaudit_score_figure_named(score, names[1], &cameras, sizeof cameras, NULL), VSAUDIT_OK);
    assert_true(same(day.value, inner->per_day) && same(day.low, inner->per_day_interval.low));
    assert_true(same(day.high, inner->per_day_interval.high));
    assert_true(fabs(day.denominator * 24 - inner->camera_hours) < 1e-9);
    assert_true(inner->bootstrap.clusters >= 5 || cameras.reason != NULL);
    if (cameras.reason == NULL) {
        assert_true(same(cameras.low, inner->bootstrap.percentile.low));
        assert_true(same(cameras.high, inner->bootstrap.percentile.high));
        assert_true(same(cameras.value, inner->false_alerts_per_camera_hour.value));
        assert_string_equal(cameras.method, "cluster-bootstrap");
    }
}

static void check_counts(const VsauditScore *score, const EvalFigures *inner)
{
    VsauditCounts outer;
    assert_int_equal(vsaudit_score_counts(score, &outer, sizeof outer, NULL), VSAUDIT_OK);
    const int64_t pairs[][2] = {
        {outer.events, inner->events},
        {outer.hits, inner->hits},
        {outer.misses, inner->misses},
        {outer.alerts, inner->alerts},
        {outer.false_strict, inner->false_strict},
        {outer.false_lenient, inner->false_lenient},
        {outer.duplicates, inner->duplicates},
        {outer.alerts_not_scored, inner->not_scored},
        {outer.alerts_unwatched, inner->alerts_unwatched},
        {outer.events_not_scored, inner->events_not_scored},
        {outer.hits_with_boxes, inner->hits_with_boxes},
        {outer.hits_elsewhere, inner->hits_elsewhere},
        {outer.passages, inner->passages},
        {outer.clips, inner->clips},
        {outer.cameras, inner->cameras},
        {outer.failed_clips, inner->failed_clips},
        {outer.mended_clips, inner->mended_clips},
        {outer.scored_us, inner->camera_us},
        {outer.no_score_us, inner->no_score_us},
        {outer.not_decoded_us, inner->not_decoded_us},
        {outer.not_annotated_us, inner->not_annotated_us},
        {outer.ignored, VSAUDIT_NOT_COUNTED},
        {outer.ends_assumed, VSAUDIT_NOT_COUNTED},
        {outer.events, outer.hits + outer.misses},
        {outer.alerts, outer.hits + outer.false_strict},
        {outer.false_strict, outer.false_lenient + outer.duplicates},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        assert_int_equal(pairs[i][0], pairs[i][1]);
    check_rate(score, "false_alerts_per_camera_hour", &inner->false_alerts_per_camera_hour);
    check_rate(score, "false_alerts_per_camera_hour_lenient", &inner->false_alerts_per_camera_hour_lenient);
    check_rate(score, "false_alerts_per_passage", &inner->false_alerts_per_passage);
    check_rate(score, "p_miss", &inner->p_miss);
    check_rate(score, "precision", &inner->precision);
    check_rate(score, "clips_alarmed", &inner->clips_alarmed);
    check_rate(score, "windows_alarmed", &inner->windows_alarmed);
    check_numbers(score, inner);
    VsauditFigure figure;
    for (size_t i = 0; vsaudit_score_figure(score, i, &figure, sizeof figure, NULL) == VSAUDIT_OK; i++)
        assert_true(isnan(figure.value) == (figure.reason != NULL));
}

static void check_matches(const VsauditScore *score, size_t clip, const EvalClipResult *inner)
{
    VsauditAlertResult alert;
    VsauditEventResult event;
    for (size_t i = 0; i < inner->alert_count; i++) {
        assert_int_equal(vsaudit_score_alert(score, clip, i, &alert, sizeof alert, NULL), VSAUDIT_OK);
        assert_int_equal(alert.outcome, inner->alerts[i].outcome); /* the same numbers today */
        assert_int_equal(alert.event, inner->alerts[i].event);
        assert_int_equal(alert.elsewhere, inner->alerts[i].elsewhere);
    }
    for (size_t i = 0; i < inner->event_count; i++) {
        assert_int_equal(vsaudit_score_event(score, clip, i, &event, sizeof event, NULL), VSAUDIT_OK);
        assert_int_equal(event.outcome, inner->events[i].outcome);
        assert_int_equal(event.alert, inner->events[i].alert);
        assert_true(event.latency_us == inner->events[i].latency_us);
    }
    assert_int_equal(vsaudit_score_alert(score, clip, inner->alert_count, &alert, sizeof alert, NULL),
                     VSAUDIT_NOT_FOUND);
    assert_int_equal(vsaudit_score_event(score, clip, inner->event_count, &event, sizeof event, NULL),
                     VSAUDIT_NOT_FOUND);
}

static void play_case(GRand *random, int64_t *hits)
{
    static const VsauditOption options[] = {
        {"pre", "3.5"}, {"post", "0"}, {"level", "0.9"}, {"boxes", "require"}};
    const bool second = g_rand_boolean(random);
    const size_t option_count = (size_t)g_rand_int_range(random, 0, second ? 5 : 4);
    const Protocol *protocol = second ? &protocol_eval2 : &protocol_eval1;
    g_autoptr(ParamList) params = param_list_new();
    for (size_t i = 0; i < option_count; i++)
        param_list_add(params, options[i].name, options[i].value, NULL, 0, 0, 0, 0);
    EvalSettings settings;
    assert_true(eval_settings_load(protocol, params, &settings, NULL));
    VsauditScoring *scoring = NULL;
    VsauditError error;
    assert_int_equal(vsaudit_scoring_new(protocol->id, options, option_count, &scoring, &error), VSAUDIT_OK);

    Both clips[8];
    EvalClip inner[8];
    memset(clips, 0, sizeof clips);
    const size_t count = (size_t)g_rand_int_range(random, 1, 9);
    for (size_t i = 0; i < count; i++) {
        draw_clip(random, &clips[i]);
        inner[i] = clips[i].inner;
        if (vsaudit_scoring_add_clip(scoring, &clips[i].outer, sizeof(VsauditClip), &error) != VSAUDIT_OK)
            fail_msg("%s", error.message);
        memset(clips[i].events, 0x55, sizeof clips[i].events); /* nothing of the caller's is kept */
        memset(clips[i].alerts, 0x55, sizeof clips[i].alerts);
        memset(clips[i].coverage, 0x55, sizeof clips[i].coverage);
    }
    VsauditScore *score = NULL;
    assert_int_equal(vsaudit_scoring_score(scoring, &score, &error), VSAUDIT_OK);
    vsaudit_scoring_free(scoring); /* the score outlives it */
    g_autoptr(EvalResult) result = eval_evaluate(inner, count, &settings);
    check_counts(score, &result->figures);
    for (size_t i = 0; i < count; i++)
        check_matches(score, i, &result->clips[i]);
    *hits += result->figures.hits;
    vsaudit_score_free(score);
    for (size_t i = 0; i < count; i++)
        clear_clip(&clips[i]);
}

static void own_handler(const char *reason, const char *file, int line, int code)
{
    fail_msg("%s:%d: %s (%d)", file, line, reason, code);
}

/* GSL's handler is as it was when own_handler was set. */
static void check_handler(void)
{
    assert_true(gsl_set_error_handler(NULL) == own_handler);
}

TEST(a_thousand_cases_are_scored_as_inside)
{
    GRand *random = g_rand_new_with_seed(20230412);
    int64_t hits = 0;
    gsl_set_error_handler(own_handler);
    for (int i = 0; i < CASES; i++)
        play_case(random, &hits);
    check_handler();
    assert_true(hits > 1000); /* they are about something */
    g_rand_free(random);
}

static gpointer score_in_thread(gpointer data)
{
    GRand *random = g_rand_new_with_seed(GPOINTER_TO_UINT(data));
    int64_t hits = 0;
    for (int i = 0; i < 50; i++)
        play_case(random, &hits);
    g_rand_free(random);
    return NULL;
}

TEST(threads_score_at_once)
{
    GThread *threads[4];
    gsl_set_error_handler(own_handler);
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("scorer", score_in_thread, GUINT_TO_POINTER(i + 1));
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    check_handler();
}

/* ---- other protocols */

TEST(other_protocols_are_scored)
{
    const VsauditEvent events[] = {event_at(S(100), S(130)), event_at(S(900), S(930))};
    VsauditAlert alerts[] = {alert_at(S(100)), alert_at(S(500))};
    alerts[0].end_us = S(130);
    alerts[0].confidence = 0.9;
    alerts[1].confidence = 0.4;
    const VsauditClip clip = clip_of(events, 2, alerts, 2);
    const VsauditOption ilids[] = {{"window", "10"}, {"recall_bias", "1"}};
    size_t count = 0;
    for (; vsaudit_protocol_id(count) != NULL; count++) {
        const char *id = vsaudit_protocol_id(count);
        const bool given = strcmp(id, "ilids") == 0;
        VsauditScoring *scoring = NULL;
        VsauditScore *score = NULL;
        VsauditCounts counts;
        VsauditFigure figure;
        VsauditError error = {0};
        if (vsaudit_scoring_new(id, ilids, given ? 2 : 0, &scoring, &error) != VSAUDIT_OK ||
            vsaudit_scoring_add_clip(scoring, &clip, sizeof clip, &error) != VSAUDIT_OK ||
            vsaudit_scoring_score(scoring, &score, &error) != VSAUDIT_OK ||
            vsaudit_score_counts(score, &counts, sizeof counts, &error) != VSAUDIT_OK ||
            vsaudit_score_figure(score, 0, &figure, sizeof figure, &error) != VSAUDIT_OK)
            fail_msg("%s: %s", id, error.message);
        if (strcmp(id, "segment") == 0) { /* 30 seconds of 60 found, 1 said for nothing */
            assert_int_equal(counts.unit, VSAUDIT_COUNTS_SEGMENTS);
            assert_int_equal(counts.hits, 30);
            assert_int_equal(counts.misses, 30);
            assert_int_equal(counts.false_strict, 1);
        } else {
            assert_int_equal(counts.hits, 1);
            assert_int_equal(counts.misses, 1);
            assert_int_equal(counts.false_strict, 1);
        }
        assert_int_equal(counts.scored_us, S(3600));
        VsauditAlertResult result;
        const bool own = strncmp(id, "eval-", 5) == 0;
        assert_int_equal(vsaudit_score_alert(score, 0, 0, &result, sizeof result, NULL),
                         own ? VSAUDIT_OK : VSAUDIT_NOT_FOUND);
        assert_int_equal(counts.false_lenient, own ? 1 : VSAUDIT_NOT_COUNTED);
        assert_int_equal(counts.ends_assumed, own ? VSAUDIT_NOT_COUNTED : !given);
        assert_int_equal(counts.ignored, own ? VSAUDIT_NOT_COUNTED : 0);
        vsaudit_score_free(score);
        vsaudit_scoring_free(scoring);
    }
    assert_int_equal(count, 15);
}

TEST(nothing_scored_has_a_reason)
{
    VsauditClip clip = clip_of(NULL, 0, NULL, 0);
    const VsauditSpan none = {0, 1};
    clip.coverage = &none;
    clip.coverage_count = 0;
    VsauditScoring *scoring = NULL;
    VsauditScore *score = NULL;
    VsauditFigure figure;
    assert_int_equal(vsaudit_scoring_new(NULL, NULL, 0, &scoring, NULL), VSAUDIT_OK);
    assert_int_equal(vsaudit_scoring_add_clip(scoring, &clip, sizeof clip, NULL), VSAUDIT_OK);
    assert_int_equal(vsaudit_scoring_score(scoring, &score, NULL), VSAUDIT_OK);
    const char *const reasons[][2] = {{"false_alerts_per_camera_hour", "no_exposure"},
                                      {"false_alerts_per_camera_hour_by_camera", "no_exposure"},
                                      {"p_miss", "no_event"},
                                      {"precision", "no_alert"},
                                      {"latency_median_s", "no_event"},
                                      {"overdispersion", "too_few_clusters"},
                                      {"p_miss_high", "no_failed_clip"},
                                      {"false_alerts_per_passage", "not_counted"}};
    for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++) {
        assert_int_equal(vsaudit_score_figure_named(score, reasons[i][0], &figure, sizeof figure, NULL),
                         VSAUDIT_OK);
        assert_true(isnan(figure.value));
        assert_string_equal(figure.reason, reasons[i][1]);
    }
    vsaudit_score_free(score);
    vsaudit_scoring_free(scoring);
}

UNIT_TESTS(NULL, NULL)
