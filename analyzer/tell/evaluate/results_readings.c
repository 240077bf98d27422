/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_readings.h"

#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"
#include "scoring/agreement.h"

#include <string.h>

static GPtrArray *of_behaviour(const GPtrArray *events, const char *behaviour)
{
    GPtrArray *chosen = g_ptr_array_new();
    for (guint i = 0; events != NULL && i < events->len; i++) {
        Event *event = g_ptr_array_index(events, i);
        if (strcmp(event->behaviour, behaviour) == 0)
            g_ptr_array_add(chosen, event);
    }
    return chosen;
}

/* ---- agreement. A reading that is NULL is the truth itself. */

typedef struct {
    const Scenario *scenario;
    const EvalSettings *settings;
    const GPtrArray *clips;      /* of const Clip * */
    const int64_t *durations_us; /* as many */
} Comparing;

static bool watched_by(const Comparing *comparing, const TruthReading *reading, guint i, SpanList *out)
{
    const Clip *clip = g_ptr_array_index(comparing->clips, i);
    const char *behaviour = comparing->scenario->behaviour;
    const int64_t duration_us = comparing->durations_us[i];
    return reading != NULL ? reading_coverage(reading, clip, behaviour, duration_us, out)
                           : clip_coverage(clip, behaviour, duration_us, out);
}

static GPtrArray *seen_by(const Comparing *comparing, const TruthReading *reading, guint i)
{
    const Clip *clip = g_ptr_array_index(comparing->clips, i);
    return of_behaviour(reading != NULL ? reading_events(reading, clip->id) : clip->events,
                        comparing->scenario->behaviour);
}

static json_t *compare(const Comparing *comparing, const TruthReading *first, const TruthReading *second)
{
    const guint count = comparing->clips->len;
    g_autofree AgreementClip *clips = g_new0(AgreementClip, count + 1);
    g_autofree SpanList *spans = g_new0(SpanList, count + 1);
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < count; i++) {
        g_auto(SpanList) other;
        const bool here = watched_by(comparing, first, i, &spans[i]);
        const bool there = watched_by(comparing, second, i, &other);
        if (here && there)
            span_list_intersect_list(&spans[i], &other);
        else
            span_list_subtract(&spans[i], 0, INT64_MAX);
        GPtrArray *a = seen_by(comparing, first, i), *b = seen_by(comparing, second, i);
        g_ptr_array_add(lists, a);
        g_ptr_array_add(lists, b);
        clips[i] = (AgreementClip){a, b, &spans[i]};
    }
    const Agreement found = agreement_measure(clips, count, comparing->settings);
    for (guint i = 0; i < count; i++)
        span_list_clear(&spans[i]);
    const ResultsAgreement said = {
        .first = first != NULL ? first->id : NULL,
        .second = second != NULL ? second->id : NULL,
        .watched_us = found.watched_us,
        .first_events = found.first_events,
        .second_events = found.second_events,
        .matched_first_as_truth = found.matched_first,
        .matched_second_as_truth = found.matched_second,
        .f1_first_as_truth = found.f1_first,
        .f1_second_as_truth = found.f1_second,
        .reason = found.first_events + found.second_events == 0 ? "no_event" : NULL,
        .windows = {.length_us = comparing->settings->window_us,
                    .both = found.both,
                    .only_first = found.only_first,
                    .only_second = found.only_second,
                    .neither = found.neither,
                    .observed = found.kappa.observed,
                    .expected = found.kappa.expected,
                    .kappa = found.kappa.kappa,
                    .se = found.kappa.se},
    };
    return results_dump(&result_agreement, &said);
}

json_t *results_agreement(const Scenario *scenario, Store *store, const EvalSettings *settings,
                          GError **error)
{
    const GPtrArray *annotators = scenario->dataset->annotators;
    json_t *array = json_array();
    if (annotators->len == 0)
        return array;
    g_autoptr(GPtrArray) clips = scenario_clips(scenario);
    g_autofree int64_t *durations_us = g_new0(int64_t, clips->len + 1);
    for (guint i = 0; i < clips->len; i++) {
        const Clip *clip = g_ptr_array_index(clips, i);
        const ConditionSpec *condition = g_ptr_array_index(scenario->conditions, 0);
        GError *cause = NULL;
        g_autoptr(JobRecord) job = store_find_job(store, scenario->id, clip->id, condition->id, &cause);
        if (cause != NULL) {
            g_propagate_error(error, cause);
            json_decref(array);
            return NULL;
        }
        const int64_t known_us =
            job != NULL && job->duration_us != TIME_UNKNOWN ? job->duration_us : clip->duration_us;
        durations_us[i] = known_us != TIME_UNKNOWN ? known_us : 0;
    }
    const Comparing comparing = {scenario, settings, clips, durations_us};
    for (guint a = 0; a < annotators->len; a++) {
        for (guint b = a + 1; b < annotators->len; b++)
            json_array_append_new(array, compare(&comparing, g_ptr_array_index(annotators, a),
                                                 g_ptr_array_index(annotators, b)));
    }
    for (guint a = 0; a < annotators->len; a++)
        json_array_append_new(array, compare(&comparing, NULL, g_ptr_array_index(annotators, a)));
    return array;
}

/* ---- earlier truth */

static json_t *score_against(const Scenario *scenario, const TruthReading *reading, const EvalClip *clips,
                             size_t count, const EvalSettings *settings)
{
    g_autofree EvalClip *again = g_new0(EvalClip, count + 1);
    g_autofree SpanList *spans = g_new0(SpanList, count + 1);
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (size_t i = 0; i < count; i++) {
        const Clip *clip = dataset_find_clip(scenario->dataset, clips[i].id);
        const int64_t duration_us = clips[i].duration_us != TIME_UNKNOWN ? clips[i].duration_us : 0;
        GPtrArray *events = of_behaviour(reading_events(reading, clips[i].id), scenario->behaviour);
        g_ptr_array_add(lists, events);
        if (!reading_coverage(reading, clip, scenario->behaviour, duration_us, &spans[i]))
            span_list_subtract(&spans[i], 0, INT64_MAX);
        again[i] = clips[i];
        again[i].events = events;
        again[i].coverage = &spans[i];
    }
    g_autoptr(EvalResult) result = eval_evaluate(again, count, settings);
    const EvalFigures *figures = &result->figures;
    const ResultsEarlierTruth said = {
        .version = reading->id,
        .camera_hours = figures->camera_hours,
        .counts = {.events = figures->events,
                   .hits = figures->hits,
                   .misses = figures->misses,
                   .alerts = figures->alerts,
                   .false_strict = figures->false_strict},
        .rates = {.false_alerts_per_camera_hour = results_rate_of(&figures->false_alerts_per_camera_hour),
                  .p_miss = results_rate_of(&figures->p_miss)},
    };
    json_t *object = results_dump(&result_earlier_truth, &said);
    for (size_t i = 0; i < count; i++)
        span_list_clear(&spans[i]);
    return object;
}

json_t *results_earlier_truth(const Scenario *scenario, const EvalClip *clips, size_t count,
                              const EvalSettings *settings)
{
    json_t *array = json_array();
    const GPtrArray *readings = scenario->dataset->earlier_truth;
    for (guint i = 0; i < readings->len; i++)
        json_array_append_new(
            array, score_against(scenario, g_ptr_array_index(readings, i), clips, count, settings));
    return array;
}
