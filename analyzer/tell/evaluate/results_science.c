/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_science.h"

#include "results/results_json.h"
#include "scoring/cameras.h"
#include "scoring/curve.h"
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

static json_t *whole(int64_t value)
{
    return json_integer((json_int_t)value);
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
    const struct {
        const char *name;
        int64_t value;
    } members[] = {
        {"events", counts.events},
        {"alerts", counts.alerts},
        {"correct", counts.correct},
        {"deletions", counts.deletions},
        {"insertions", counts.insertions},
        {"fragmented", counts.fragmented},
        {"fragments", counts.fragments},
        {"merged", counts.merged},
        {"merging", counts.merging},
        {"overfilled", counts.overfilled},
        {"underfilled", counts.underfilled},
        {"insertion_us", counts.insertion_us},
        {"deletion_us", counts.deletion_us},
        {"overfill_us", counts.overfill_us},
        {"underfill_us", counts.underfill_us},
        {"ends_assumed", assumed},
    };
    json_t *classes = json_object();
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
        json_object_set_new(classes, members[i].name, whole(members[i].value));
    json_object_set_new(evaluation, "error_classes", classes);
    json_object_set_new(
        evaluation, "time_false_alarm",
        json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}", "excess",
                  results_number(ward_time_false_alarm_excess(&counts)), "outside",
                  results_number(ward_time_false_alarm_outside(&counts)), "excess_us",
                  whole(counts.excess_us), "outside_us", whole(counts.outside_us), "free_us",
                  whole(counts.free_us), "reason",
                  results_string(counts.free_us > 0 ? NULL : undefined_reason_name(UNDEFINED_NO_EXPOSURE))));
}

/* ---- load */

static json_t *scaled(double value, Interval interval, double factor)
{
    return json_pack("{s:o,s:o,s:o}", "value", results_number(value * factor), "low",
                     results_number(interval.low * factor), "high", results_number(interval.high * factor));
}

/* The rate of the test carried over to the network; true alerts only at the prevalence of use, for the test
 * set has more events than a street. */
static json_t *describe_network(const Scenario *scenario, const EvalFigures *figures)
{
    const NetworkSpec *network = &scenario->network;
    const Rate *rate = &figures->false_alerts_per_camera_hour;
    const double camera_hours = (double)network->cameras * network->hours_per_day;
    const double right = scenario->prevalence * (1 - figures->p_miss.value) * camera_hours;
    json_t *object = json_pack(
        "{s:I,s:f,s:o,s:f,s:o,s:f,s:o,s:o}", "cameras", (json_int_t)network->cameras, "hours_per_day",
        network->hours_per_day, "operators", network->operators > 0 ? whole(network->operators) : json_null(),
        "shift_hours", network->shift_hours, "source", results_string(network->source),
        "camera_hours_per_day", camera_hours, "false_alerts_per_day",
        scaled(rate->value, rate->interval, camera_hours), "true_alerts_per_day", results_number(right));
    const double per_operator =
        network->operators > 0 ? (double)network->cameras / (double)network->operators : (double)NAN;
    json_object_set_new(object, "false_alerts_per_operator_hour",
                        scaled(rate->value, rate->interval, per_operator));
    json_object_set_new(object, "false_alerts_per_operator_shift",
                        scaled(rate->value, rate->interval, per_operator * network->shift_hours));
    return object;
}

static void add_load(json_t *evaluation, const Scenario *scenario, const EvalFigures *figures)
{
    const Rate rate = rate_poisson(figures->alerts, figures->camera_hours, RATE_PER_CAMERA_HOUR,
                                   figures->false_alerts_per_camera_hour.level, UNDEFINED_NO_EXPOSURE);
    json_object_set_new(
        evaluation, "alert_load",
        json_pack("{s:o,s:o}", "alerts_per_camera_hour", results_rate(&rate), "network",
                  scenario->network.cameras > 0 ? describe_network(scenario, figures) : json_null()));
}

/* ---- clusters */

static json_t *describe_cluster_table(const EvalClip *clips, const EvalResult *result)
{
    g_autoptr(GArray) cameras = cameras_sum(clips, result->clips, result->clip_count);
    const double level = result->figures.false_alerts_per_camera_hour.level;
    json_t *table = json_array();
    for (guint i = 0; i < cameras->len; i++) {
        const CameraTotals *camera = &g_array_index(cameras, CameraTotals, i);
        const Rate rate = rate_poisson(camera->false_strict, (double)camera->scored_us / (double)US_PER_HOUR,
                                       RATE_PER_CAMERA_HOUR, level, UNDEFINED_NO_EXPOSURE);
        const Rate p_miss = rate_proportion(camera->misses, camera->hits + camera->misses, RATE_PER_EVENT,
                                            level, UNDEFINED_NO_EVENT);
        json_array_append_new(
            table,
            json_pack("{s:o,s:o,s:o}", "camera",
                      results_string(camera->camera != NULL ? camera->camera : camera->clip),
                      "false_alerts_per_camera_hour", results_rate(&rate), "p_miss", results_rate(&p_miss)));
    }
    return table;
}

static void add_clusters(json_t *evaluation, const EvalClip *clips, const EvalResult *result)
{
    json_t *clusters = json_object_get(evaluation, "clusters");
    json_object_set_new(clusters, "design_effect", results_number(result->figures.bootstrap.design_effect));
    if (result->figures.cameras > 0 && result->figures.cameras < INDEPENDENCE_ENOUGH)
        json_object_set_new(clusters, "table", describe_cluster_table(clips, result));
}

/* ---- curve */

static json_t *describe_point(const CurvePoint *point)
{
    return json_pack("{s:f,s:I,s:I,s:f,s:f,s:f}", "threshold", point->threshold, "hits",
                     (json_int_t)point->hits, "false_alerts", (json_int_t)point->false_alerts, "p_miss",
                     point->p_miss, "false_alerts_per_camera_hour", point->false_rate, "cost", point->cost);
}

static void add_curve(json_t *evaluation, const EvalClip *clips, const EvalResult *result,
                      const EvalSettings *settings)
{
    g_autoptr(Curve) curve = curve_trace(clips, result, settings);
    json_t *object =
        json_pack("{s:o,s:I,s:I}", "reason", results_string(undefined_reason_name(curve->reason)), "alerts",
                  (json_int_t)curve->alerts, "without_confidence", (json_int_t)curve->without);
    json_object_set_new(evaluation, "curve", object);
    if (curve->reason != UNDEFINED_NOT)
        return;
    json_object_set_new(object, "declared", describe_point(&curve->declared));
    json_object_set_new(object, "best", describe_point(&curve->best));
    json_object_set_new(object, "beta", json_real(CURVE_BETA));
    json_t *at = json_array(), *points = json_array();
    for (size_t i = 0; i < G_N_ELEMENTS(curve_rates); i++)
        json_array_append_new(at, json_pack("{s:f,s:f}", "false_alerts_per_camera_hour", curve_rates[i],
                                            "p_miss", curve->p_miss_at[i]));
    for (guint i = 0; i < curve->points->len; i++)
        json_array_append_new(points, describe_point(&g_array_index(curve->points, CurvePoint, i)));
    json_object_set_new(object, "p_miss_at", at);
    json_object_set_new(object, "thinned", json_boolean(curve->thinned));
    json_object_set_new(object, "points", points);
}

void results_add_science(json_t *evaluation, const Scenario *scenario, const EvalClip *clips,
                         const EvalResult *result, const EvalSettings *settings)
{
    add_error_classes(evaluation, clips, result);
    add_load(evaluation, scenario, &result->figures);
    add_clusters(evaluation, clips, result);
    add_curve(evaluation, clips, result, settings);
}
