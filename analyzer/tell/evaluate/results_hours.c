/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_hours.h"

#include "config/system_kind.h"
#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"

#include <string.h>

enum { HOURS = 24 };

typedef struct {
    int64_t scored_us[HOURS];
    int64_t false_alerts[HOURS];
    bool known;         /* of one clip at least, when it was recorded */
    int64_t unknown_us; /* scored time of the others */
} Day;

static char *name_of(const char *dataset, const char *clip)
{
    return g_strdup_printf("%s\1%s", dataset, clip);
}

/* Microseconds since midnight of the clip's first picture, by the camera's clock. */
static bool read_start(const char *text, int64_t *start_us)
{
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
static GHashTable *find_starts(const Results *results)
{
    GHashTable *starts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (size_t i = 0; i < results->clips.count; i++) {
        const ResultsClip *record = &results->clips.at[i];
        int64_t start_us;
        if (read_start(record->recorded_at, &start_us))
            g_hash_table_insert(starts, name_of(record->dataset, record->clip),
                                g_memdup2(&start_us, sizeof start_us));
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

static void add_clip(Day *day, GHashTable *starts, const ResultsEvaluation *evaluation, size_t k,
                     const Detail *detail)
{
    const ResultsJudgedClip *clip = &evaluation->clips.at[k];
    g_autofree char *name = name_of(clip->dataset, clip->clip);
    const int64_t *start = g_hash_table_lookup(starts, name);
    if (start == NULL) {
        day->unknown_us += results_or(clip->scored_us, 0);
        return;
    }
    const int64_t start_us = *start;
    day->known = true;
    for (size_t i = 0; i < clip->scored_spans.count; i++) {
        const Span *span = &clip->scored_spans.at[i];
        add_span(day, start_us + span->start_us, start_us + span->end_us);
    }
    g_autoptr(ResultsJudgedClip) listed = detail_load_list(detail, evaluation->json, k, "alerts");
    for (size_t i = 0; i < listed->alerts.count; i++) {
        const ResultsAlert *alert = &listed->alerts.at[i];
        if (g_strcmp0(alert->outcome, "false") == 0 || g_strcmp0(alert->outcome, "duplicate") == 0)
            day->false_alerts[hour_of(start_us + results_or(alert->decided_us, 0))]++;
    }
}

/* What is said of an evaluation; NULL where no clip has a time. */
static json_t *describe_day(const Day *day)
{
    ResultsHour by_hour[HOURS];
    size_t count = 0;
    if (!day->known)
        return NULL;
    for (int hour = 0; hour < HOURS; hour++) {
        if (day->scored_us[hour] == 0 && day->false_alerts[hour] == 0)
            continue;
        const double camera_hours = (double)day->scored_us[hour] / (double)US_PER_HOUR;
        const Rate rate = rate_poisson(day->false_alerts[hour], camera_hours, RATE_PER_CAMERA_HOUR,
                                       INTERVAL_LEVEL, UNDEFINED_NO_EXPOSURE);
        by_hour[count++] =
            (ResultsHour){.hour = hour, .false_alerts_per_camera_hour = results_rate_of(&rate)};
    }
    const ResultsHours hours = {.by_hour = {count, by_hour}, .unknown_us = day->unknown_us};
    return results_dump(&result_hours, &hours);
}

void results_add_hours(json_t *document, const Detail *detail)
{
    g_autoptr(Results) results = results_load(document);
    g_autoptr(GHashTable) starts = find_starts(results);
    size_t i, j;
    json_t *scenario, *evaluation;
    json_array_foreach(json_object_get(document, "scenarios"), i, scenario)
    {
        json_array_foreach(json_object_get(scenario, "evaluations"), j, evaluation)
        {
            const ResultsEvaluation *read = &results->scenarios.at[i].evaluations.at[j];
            Day day = {.known = false};
            if (system_kind_is_control(read->system_kind))
                continue;
            for (size_t k = 0; k < read->clips.count; k++)
                add_clip(&day, starts, read, k, detail);
            json_t *hours = describe_day(&day);
            if (hours != NULL)
                json_object_set_new(evaluation, "hours", hours);
        }
    }
}
