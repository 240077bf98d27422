/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_hours.h"

#include "results/model.h"
#include "results/results_json.h"

#include <string.h>

enum { HOURS = 24 };

typedef struct {
    int64_t scored_us[HOURS];
    int64_t false_alerts[HOURS];
    int64_t clips;      /* with a known time */
    int64_t unknown_us; /* scored time of the others */
} Day;

static char *name_of(const json_t *clip)
{
    return g_strdup_printf("%s\1%s", model_string(clip, "dataset"), model_string(clip, "clip"));
}

/* Microseconds since midnight of the clip's first picture, by the camera's clock. */
static bool read_start(const json_t *record, int64_t *start_us)
{
    const char *text = model_string(record, "recorded_at");
    if (text == NULL)
        return false;
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) when = g_date_time_new_from_iso8601(text, utc);
    if (when == NULL)
        return false;
    const int64_t minutes = g_date_time_get_hour(when) * 60 + g_date_time_get_minute(when);
    *start_us = minutes * 60 * US_PER_SECOND + g_date_time_get_second(when) * US_PER_SECOND +
                g_date_time_get_microsecond(when);
    return true;
}

/* Of the clips whose record says it: name_of() -> int64_t *. */
static GHashTable *find_starts(const json_t *results)
{
    GHashTable *starts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (size_t i = 0; i < model_count(results, "clips"); i++) {
        const json_t *record = model_member(results, "clips", i);
        int64_t start_us;
        if (read_start(record, &start_us))
            g_hash_table_insert(starts, name_of(record), g_memdup2(&start_us, sizeof start_us));
    }
    return starts;
}

static int hour_of(int64_t since_midnight_us)
{
    return (int)(since_midnight_us / US_PER_HOUR % HOURS);
}

static void add_span(Day *day, int64_t from_us, int64_t to_us)
{
    while (from_us < to_us) {
        const int64_t next = MIN((from_us / US_PER_HOUR + 1) * US_PER_HOUR, to_us);
        day->scored_us[hour_of(from_us)] += next - from_us;
        from_us = next;
    }
}

static void add_clip(Day *day, GHashTable *starts, const json_t *evaluation, size_t k, const Detail *detail)
{
    const json_t *clip = model_member(evaluation, "clips", k);
    g_autofree char *name = name_of(clip);
    const int64_t *start = g_hash_table_lookup(starts, name);
    if (start == NULL) {
        day->unknown_us += model_integer(clip, "scored_us", 0);
        return;
    }
    const int64_t start_us = *start;
    day->clips++;
    for (size_t i = 0; i < model_count(clip, "scored_spans"); i++) {
        const json_t *span = model_member(clip, "scored_spans", i);
        add_span(day, start_us + json_integer_value(json_array_get(span, 0)),
                 start_us + json_integer_value(json_array_get(span, 1)));
    }
    json_t *alerts = detail_open_list(detail, evaluation, k, "alerts");
    for (size_t i = 0; i < json_array_size(alerts); i++) {
        const json_t *alert = json_array_get(alerts, i);
        const char *outcome = model_string(alert, "outcome");
        if (g_strcmp0(outcome, "false") == 0 || g_strcmp0(outcome, "duplicate") == 0)
            day->false_alerts[hour_of(start_us + model_integer(alert, "decided_us", 0))]++;
    }
    json_decref(alerts);
}

void results_add_hours(json_t *results, const Detail *detail)
{
    g_autoptr(GHashTable) starts = find_starts(results);
    size_t i, j;
    json_t *scenario, *evaluation;
    json_array_foreach(json_object_get(results, "scenarios"), i, scenario)
    {
        json_array_foreach(json_object_get(scenario, "evaluations"), j, evaluation)
        {
            Day day = {.clips = 0};
            if (g_strcmp0(model_string(evaluation, "system_kind"), "null") == 0)
                continue;
            for (size_t k = 0; k < model_count(evaluation, "clips"); k++)
                add_clip(&day, starts, evaluation, k, detail);
            if (day.clips == 0)
                continue;
            json_t *hours = json_array();
            for (int hour = 0; hour < HOURS; hour++) {
                if (day.scored_us[hour] == 0 && day.false_alerts[hour] == 0)
                    continue;
                const double camera_hours = (double)day.scored_us[hour] / (double)US_PER_HOUR;
                const Rate rate = rate_poisson(day.false_alerts[hour], camera_hours, RATE_PER_CAMERA_HOUR,
                                               INTERVAL_LEVEL, UNDEFINED_NO_EXPOSURE);
                json_array_append_new(hours, json_pack("{s:i,s:o}", "hour", hour,
                                                       "false_alerts_per_camera_hour", results_rate(&rate)));
            }
            json_object_set_new(
                evaluation, "hours",
                json_pack("{s:o,s:I}", "by_hour", hours, "unknown_us", (json_int_t)day.unknown_us));
        }
    }
}
