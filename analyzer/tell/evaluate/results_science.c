/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_science.h"

#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"
#include "scoring/cameras.h"
#include "scoring/curve.h"
#include "scoring/eval_chance.h"
#include "scoring/independence.h"
#include "scoring/ward.h"

#include <math.h>
#include <string.h>

/* ---- kinds of errors */

static int compare_spans(gconstpointer a, gconstpointer b)
{
    const PanelSpan *left = a, *right = b;
    if (left->start_us != right->start_us)
        return left->start_us < right->start_us ? -1 : 1;
    return left->end_us < right->end_us ? -1 : left->end_us > right->end_us;
}

/* What was scored, as spans by start; *assumed counts the alerts without an end. */
static void collect_spans(const EvalClip *clip, const EvalClipResult *result, GArray *events, GArray *alerts,
                          int64_t *assumed)
{
    for (size_t i = 0; i < result->event_count; i++) {
        const Event *event = g_ptr_array_index(clip->events, (guint)i);
        const PanelSpan span = {.start_us = event->start_us, .end_us = event->end_us};
        if (result->events[i].outcome != EVENT_NOT_SCORED)
            g_array_append_val(events, span);
    }
    for (size_t i = 0; i < result->alert_count; i++) {
        const Alert *alert = g_ptr_array_index(clip->alerts, (guint)i);
        if (!alert_outcome_counts(result->alerts[i].outcome))
            continue;
        PanelSpan span = {.start_us = alert->onset_us, .end_us = alert->end_us};
        if (span.end_us == TIME_UNKNOWN) {
            span.end_us = MAX(alert->decided_us, span.start_us + PANEL_SHORTEST_US);
            ++*assumed;
        }
        span.end_us = MAX(span.end_us, span.start_us + 1);
        g_array_append_val(alerts, span);
    }
    g_array_sort(events, compare_spans);
    g_array_sort(alerts, compare_spans);
}

static void add_error_classes(json_t *evaluation, const EvalClip *clips, const EvalResult *result)
{
    WardCounts counts = {0};
    int64_t assumed = 0;
    g_autoptr(GArray) events = g_array_new(FALSE, TRUE, sizeof(PanelSpan));
    g_autoptr(GArray) alerts = g_array_new(FALSE, TRUE, sizeof(PanelSpan));
    for (size_t i = 0; i < result->clip_count; i++) {
        if (clips[i].failed || result->clips[i].scored_us == 0)
            continue;
        g_array_set_size(events, 0);
        g_array_set_size(alerts, 0);
        collect_spans(&clips[i], &result->clips[i], events, alerts, &assumed);
        const PanelFile file = {.events = (const PanelSpan *)(const void *)events->data,
                                .alerts = (const PanelSpan *)(const void *)alerts->data,
                                .event_count = events->len,
                                .alert_count = alerts->len,
                                .scored_us = result->clips[i].scored_us};
        ward_count(&file, &result->clips[i].scored, &counts);
    }
    const ResultsErrorClasses classes = {
        .events = counts.events,
        .alerts = counts.alerts,
        .correct = counts.correct,
        .deletions = counts.deletions,
        .insertions = counts.insertions,
        .fragmented = counts.fragmented,
        .fragments = counts.fragments,
        .merged = counts.merged,
        .merging = counts.merging,
        .overfilled = counts.overfilled,
        .underfilled = counts.underfilled,
        .insertion_us = counts.insertion_us,
        .deletion_us = counts.deletion_us,
        .overfill_us = counts.overfill_us,
        .underfill_us = counts.underfill_us,
        .ends_assumed = assumed,
    };
    const ResultsTimeFalseAlarm by_time = {
        .excess = ward_time_false_alarm_excess(&counts),
        .outside = ward_time_false_alarm_outside(&counts),
        .excess_us = counts.excess_us,
        .outside_us = counts.outside_us,
        .free_us = counts.free_us,
        .reason = counts.free_us > 0 ? NULL : undefined_reason_name(UNDEFINED_NO_EXPOSURE),
    };
    json_object_set_new(evaluation, "error_classes", results_dump(&result_error_classes, &classes));
    json_object_set_new(evaluation, "time_false_alarm", results_dump(&result_time_false_alarm, &by_time));
}

/* ---- load */

static ResultsFigure scaled(const Rate *rate, double factor)
{
    return (ResultsFigure){.json = json_null(), /* there, though all of it may be undefined */
                           .value = rate->value * factor,
                           .low = rate->interval.low * factor,
                           .high = rate->interval.high * factor};
}

/* The rate of the test carried over to the network; true alerts only at the prevalence of use, for the test
 * set has more events than a street. */
static ResultsNetwork describe_network(const Scenario *scenario, const EvalFigures *figures)
{
    const NetworkSpec *network = &scenario->network;
    const Rate *rate = &figures->false_alerts_per_camera_hour;
    const double camera_hours = (double)network->cameras * network->hours_per_day;
    const double per_operator =
        network->operators > 0 ? (double)network->cameras / (double)network->operators : (double)NAN;
    return (ResultsNetwork){
        .cameras = network->cameras,
        .hours_per_day = network->hours_per_day,
        .operators = network->operators > 0 ? network->operators : RESULTS_UNKNOWN,
        .shift_hours = network->shift_hours,
        .source = results_string(network->source),
        .camera_hours_per_day = camera_hours,
        .false_alerts_per_day = scaled(rate, camera_hours),
        .true_alerts_per_day = scenario->prevalence * (1 - figures->p_miss.value) * camera_hours,
        .false_alerts_per_operator_hour = scaled(rate, per_operator),
        .false_alerts_per_operator_shift = scaled(rate, per_operator * network->shift_hours),
    };
}

static void add_load(json_t *evaluation, const Scenario *scenario, const EvalFigures *figures)
{
    const Rate rate = rate_poisson(figures->alerts, figures->camera_hours, RATE_PER_CAMERA_HOUR,
                                   figures->false_alerts_per_camera_hour.level, UNDEFINED_NO_EXPOSURE);
    ResultsAlertLoad load = {.alerts_per_camera_hour = results_rate_of(&rate)};
    if (scenario->network.cameras > 0)
        load.network = describe_network(scenario, figures);
    else
        results_blank(&result_network, &load.network);
    json_object_set_new(evaluation, "alert_load", results_dump_taking(&result_alert_load, &load));
}

/* ---- clusters */

/* Where there is no interval by camera there is no corrected one either. */
static ResultsLowHigh resampled(const EvalFigures *figures, Interval interval)
{
    const bool known = !isnan(independence_interval(&figures->bootstrap).low);
    if (known && interval.high > interval.low)
        return (ResultsLowHigh){.low = interval.low, .high = interval.high};
    return (ResultsLowHigh){.low = (double)NAN, .high = (double)NAN};
}

/* A row a camera. Caller frees. */
static ResultsCamera *describe_cameras(const GArray *cameras, double level)
{
    ResultsCamera *table = g_new0(ResultsCamera, cameras->len + 1);
    for (guint i = 0; i < cameras->len; i++) {
        const CameraTotals *camera = &g_array_index(cameras, CameraTotals, i);
        const Rate rate = rate_poisson(camera->false_strict, (double)camera->scored_us / (double)US_PER_HOUR,
                                       RATE_PER_CAMERA_HOUR, level, UNDEFINED_NO_EXPOSURE);
        const Rate p_miss = rate_proportion(camera->misses, camera->hits + camera->misses, RATE_PER_EVENT,
                                            level, UNDEFINED_NO_EVENT);
        table[i] = (ResultsCamera){.camera = camera->camera != NULL ? camera->camera : camera->clip,
                                   .false_alerts_per_camera_hour = results_rate_of(&rate),
                                   .p_miss = results_rate_of(&p_miss)};
    }
    return table;
}

static void add_clusters(json_t *evaluation, const EvalClip *clips, const EvalResult *result)
{
    const EvalFigures *figures = &result->figures;
    const ClusterBootstrap *drawn = &figures->bootstrap;
    g_autoptr(GArray) cameras = cameras_sum(clips, result->clips, result->clip_count);
    g_autofree ResultsCamera *table = describe_cameras(cameras, figures->false_alerts_per_camera_hour.level);
    ResultsClusters clusters = {
        .cameras = figures->cameras,
        .overdispersion = figures->overdispersion.phi,
        .overdispersion_p = figures->overdispersion.p,
        .bootstrap = {.percentile = resampled(figures, independence_interval(drawn)),
                      .bca = resampled(figures, drawn->bca),
                      .replicates = drawn->replicates,
                      .seed = (int64_t)drawn->seed},
        .design_effect = drawn->design_effect,
    };
    if (figures->cameras > 0 && figures->cameras < INDEPENDENCE_ENOUGH) {
        clusters.table.count = cameras->len;
        clusters.table.at = table;
    }
    json_object_set_new(evaluation, "clusters", results_dump(&result_clusters, &clusters));
}

/* ---- curve */

static ResultsCurvePoint describe_point(const CurvePoint *point)
{
    return (ResultsCurvePoint){.threshold = point->threshold,
                               .hits = point->hits,
                               .false_alerts = point->false_alerts,
                               .p_miss = point->p_miss,
                               .false_alerts_per_camera_hour = point->false_rate,
                               .cost = point->cost};
}

static void add_curve(json_t *evaluation, const EvalClip *clips, const EvalResult *result,
                      const EvalSettings *settings)
{
    g_autoptr(Curve) curve = curve_trace(clips, result, settings);
    g_autofree ResultsCurvePoint *points = NULL;
    ResultsPMissAt at[G_N_ELEMENTS(curve_rates)];
    ResultsCurve said;
    results_blank(&result_curve, &said);
    said.reason = undefined_reason_name(curve->reason);
    said.alerts = curve->alerts;
    said.without_confidence = curve->without;
    if (curve->reason == UNDEFINED_NOT) {
        for (size_t i = 0; i < G_N_ELEMENTS(at); i++)
            at[i] = (ResultsPMissAt){.false_alerts_per_camera_hour = curve_rates[i],
                                     .p_miss = curve->p_miss_at[i]};
        points = g_new0(ResultsCurvePoint, curve->points->len + 1);
        for (guint i = 0; i < curve->points->len; i++)
            points[i] = describe_point(&g_array_index(curve->points, CurvePoint, i));
        said.declared = describe_point(&curve->declared);
        said.best = describe_point(&curve->best);
        said.beta = CURVE_BETA;
        said.p_miss_at.count = G_N_ELEMENTS(at);
        said.p_miss_at.at = at;
        said.thinned = results_bool(curve->thinned);
        said.points.count = curve->points->len;
        said.points.at = points;
    }
    json_object_set_new(evaluation, "curve", results_dump(&result_curve, &said));
}

/* ---- chance */

static Phrase *chance_sentence(const EvalChance *chance)
{
    if (chance->reason != UNDEFINED_NOT)
        return NULL;
    Phrase *said = phrase_new(chance->hits == 0 ? "chance.none"
                              : chance->better  ? "chance.better"
                                                : "chance.not_better");
    phrase_number(said, "rate", chance->rate, 3);
    phrase_integer(said, "hits", chance->hits);
    phrase_integer(said, "events", chance->events);
    phrase_number(said, "expected", chance->found.expected, 3);
    return phrase_p(said, "p", chance->found.at_least);
}

void results_add_chance(json_t *evaluation, const EvalClip *clips, const EvalResult *result,
                        const EvalSettings *settings)
{
    const EvalChance chance = eval_chance(clips, result, settings);
    const bool known = chance.reason == UNDEFINED_NOT;
    json_t *sentence = results_said(chance_sentence(&chance));
    const ResultsChance said = {.alerts = chance.alerts,
                                .watched_us = chance.watched_us,
                                .alerts_per_camera_hour = chance.rate,
                                .hits = chance.hits,
                                .events = chance.events,
                                .expected_hits = chance.found.expected,
                                .p = chance.found.at_least,
                                .alpha = chance.alpha,
                                .better = known ? results_bool(chance.better) : (ResultsBool){-1},
                                .reason = undefined_reason_name(chance.reason),
                                .sentence = sentence};
    json_object_set_new(evaluation, "chance", results_dump(&result_chance, &said));
    json_decref(sentence);
}

void results_add_science(json_t *evaluation, const Scenario *scenario, const EvalClip *clips,
                         const EvalResult *result, const EvalSettings *settings)
{
    add_error_classes(evaluation, clips, result);
    add_load(evaluation, scenario, &result->figures);
    add_clusters(evaluation, clips, result);
    add_curve(evaluation, clips, result, settings);
}
