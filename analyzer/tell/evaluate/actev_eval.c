/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/actev_tables.h"
#include "records/error.h"
#include "scoring/eval.h"

#include <math.h>

/* A clip's files and lists, owned. */
typedef struct {
    SpanList coverage;
    GPtrArray *events, *alerts;
} Material;

/* Some indices count frames from 0, some from 1: only differences matter. */
static int64_t to_us(int64_t frame, double rate)
{
    return (int64_t)llround((double)frame / rate * (double)US_PER_SECOND);
}

static void add_records(const ActevSet *set, int activity, int file, Material *material)
{
    const char *name = g_ptr_array_index(set->activities, (guint)activity);
    const double rate = ((const ActevIndexed *)g_ptr_array_index(set->files, (guint)file))->rate;
    for (guint i = 0; i < set->references->len + set->systems->len; i++) {
        const bool said = i >= set->references->len;
        const ActevRecord *record = said ? g_ptr_array_index(set->systems, i - set->references->len)
                                         : g_ptr_array_index(set->references, i);
        if (record->activity != activity || record->file != file)
            continue;
        const GArray *on = record->on.spans;
        const int64_t start_us = to_us(g_array_index(on, Span, 0).start_us, rate);
        const int64_t end_us = to_us(g_array_index(on, Span, on->len - 1).end_us, rate);
        if (!said) {
            g_ptr_array_add(material->events, event_new(name, start_us, end_us));
            continue;
        }
        const int64_t raised_us = record->alert != TIME_UNKNOWN ? to_us(record->alert, rate) : start_us;
        Alert *alert = alert_new(name, start_us, MAX(start_us, raised_us));
        alert->end_us = end_us;
        alert->confidence = record->confidence;
        g_ptr_array_add(material->alerts, alert);
    }
}

static EvalClip make_clip(const ActevSet *set, int activity, int file, Material *material)
{
    const ActevIndexed *indexed = g_ptr_array_index(set->files, (guint)file);
    span_list_init(&material->coverage);
    material->events = event_array_new();
    material->alerts = alert_array_new();
    int64_t duration_us = 0;
    for (guint i = 0; i < indexed->selected.spans->len; i++) {
        const Span *span = &g_array_index(indexed->selected.spans, Span, i);
        span_list_add(&material->coverage, MAX(0, to_us(span->start_us, indexed->rate)),
                      to_us(span->end_us, indexed->rate));
        duration_us = MAX(duration_us, to_us(span->end_us, indexed->rate));
    }
    add_records(set, activity, file, material);
    return (EvalClip){.id = indexed->name,
                      .camera = indexed->name,
                      .duration_us = duration_us,
                      .coverage = &material->coverage,
                      .events = material->events,
                      .alerts = material->alerts,
                      .passages = -1};
}

static void add_rate(GString *row, const Rate *rate)
{
    g_autofree char *value = actev_number(rate->value), *low = actev_number(rate->interval.low),
                    *high = actev_number(rate->interval.high);
    g_string_append_printf(row, "|%s|%s|%s", value, low, high);
}

static char *make_row(const ActevSet *set, int activity, const EvalSettings *settings)
{
    const size_t count = set->files->len;
    g_autofree EvalClip *clips = g_new0(EvalClip, count);
    g_autofree Material *materials = g_new0(Material, count);
    for (size_t i = 0; i < count; i++)
        clips[i] = make_clip(set, activity, (int)i, &materials[i]);
    g_autoptr(EvalResult) result = eval_evaluate(clips, count, settings);
    const EvalFigures *figures = &result->figures;
    g_autofree char *hours = actev_number(figures->camera_hours),
                    *latency = actev_number(figures->latency_median_s);
    GString *row = g_string_new(g_ptr_array_index(set->activities, (guint)activity));
    g_string_append_printf(
        row,
        "|%s|%" PRId64 "|%" PRId64 "|%" PRId64 "|%" PRId64 "|%" PRId64 "|%" PRId64 "|%" PRId64 "|%" PRId64,
        hours, figures->events, figures->hits, figures->misses, figures->alerts, figures->false_strict,
        figures->duplicates, figures->alerts_unwatched, figures->not_scored);
    add_rate(row, &figures->false_alerts_per_camera_hour);
    add_rate(row, &figures->p_miss);
    g_string_append_printf(row, "|%s", latency);
    for (size_t i = 0; i < count; i++) {
        span_list_clear(&materials[i].coverage);
        g_ptr_array_unref(materials[i].events);
        g_ptr_array_unref(materials[i].alerts);
    }
    return g_string_free(row, FALSE);
}

bool actev_eval_write(const ActevSet *set, const char *folder, GError **error)
{
    EvalSettings settings;
    if (!eval_settings_load(&protocol_eval2, NULL, &settings, error))
        return false;
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < set->activities->len; i++)
        g_ptr_array_add(rows, make_row(set, (int)i, &settings));
    return actev_rows_write(folder, "eval_2.csv",
                            "activity|camera_hours|events|hits|misses|alerts|false_strict|duplicates|"
                            "alerts_unwatched|alerts_not_scored|false_alerts_per_camera_hour|fa_low|fa_high|"
                            "p_miss|p_miss_low|p_miss_high|latency_median_s",
                            rows, error);
}
