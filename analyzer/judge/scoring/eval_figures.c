/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counting part of the protocols: from the outcomes of clips to rates with intervals. */
#include "scoring/eval.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>

static bool is_chosen(const bool *chosen, size_t i)
{
    return chosen == NULL || chosen[i];
}

static double to_hours(int64_t us)
{
    return (double)us / (double)US_PER_HOUR;
}

/* False alerts and hours of each camera, in the order in which cameras first appear: the order of the
 * dataset, so that the bootstrap is the same on every run. */
static void group_by_camera(const EvalClip *clips, const EvalClipResult *results, size_t count,
                            const bool *chosen, const EvalSettings *settings, EvalFigures *figures)
{
    g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree int64_t *counts = g_new0(int64_t, count);
    g_autofree double *hours = g_new0(double, count);
    g_autofree int64_t *times = g_new0(int64_t, count);
    size_t cameras = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_chosen(chosen, i) || clips[i].failed || results[i].scored_us == 0)
            continue;
        gpointer place = NULL;
        if (clips[i].camera == NULL || !g_hash_table_lookup_extended(places, clips[i].camera, NULL, &place)) {
            place = GSIZE_TO_POINTER(cameras++);
            if (clips[i].camera != NULL)
                g_hash_table_insert(places, (gpointer)(uintptr_t)clips[i].camera, place);
        }
        counts[GPOINTER_TO_SIZE(place)] += results[i].false_alerts + results[i].duplicates;
        times[GPOINTER_TO_SIZE(place)] += results[i].scored_us;
    }
    for (size_t i = 0; i < cameras; i++)
        hours[i] = to_hours(times[i]);
    figures->cameras = (int64_t)cameras;
    figures->overdispersion = statistics_overdispersion(counts, hours, cameras);
    figures->bootstrap = statistics_cluster_bootstrap(counts, hours, cameras, settings->level,
                                                      BOOTSTRAP_REPLICATES, BOOTSTRAP_SEED);
}

static void measure_latency(const EvalClipResult *results, size_t count, const bool *chosen,
                            EvalFigures *figures)
{
    g_autofree double *seconds = g_new(double, (size_t)figures->hits);
    size_t hits = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_chosen(chosen, i))
            continue;
        for (size_t j = 0; j < results[i].event_count; j++)
            if (results[i].events[j].outcome == EVENT_HIT)
                seconds[hits++] = time_to_seconds(results[i].events[j].latency_us);
    }
    if (hits > 0)
        gsl_sort(seconds, 1, hits);
    figures->latency_count = (int64_t)hits;
    figures->latency_censored = figures->misses;
    figures->latency_median_s = statistics_quantile_sorted(seconds, hits, 0.5);
    figures->latency_p90_s = statistics_quantile_sorted(seconds, hits, 0.9);
    figures->latency_reason = hits > 0              ? UNDEFINED_NOT
                              : figures->events > 0 ? UNDEFINED_NO_HIT
                                                    : UNDEFINED_NO_EVENT;
}

/* What the failed clips hold, as far as truth and file say. */
static void count_failed(const EvalClip *clip, EvalFigures *figures)
{
    figures->failed_clips++;
    figures->failed_alerts += clip->alerts != NULL ? clip->alerts->len : 0;
    for (guint i = 0; clip->events != NULL && i < clip->events->len; i++) {
        const Event *event = g_ptr_array_index(clip->events, i);
        if (event->certainty == CERTAINTY_SCORED &&
            (clip->coverage == NULL || span_list_contains(clip->coverage, event->start_us)))
            figures->failed_events++;
    }
    if (clip->duration_us == TIME_UNKNOWN) {
        /* Coverage that was written down still says how much was annotated. */
        figures->failed_camera_hours +=
            clip->coverage != NULL ? to_hours(span_list_total(clip->coverage)) : (double)NAN;
    } else if (clip->coverage != NULL) {
        figures->failed_camera_hours += to_hours(span_list_overlap(clip->coverage, 0, clip->duration_us));
    } else {
        figures->failed_camera_hours += to_hours(clip->duration_us);
    }
}

static void bound_worst_case(const EvalSettings *settings, EvalFigures *figures)
{
    figures->p_miss_if_all_missed = figures->p_miss_if_all_hit = figures->p_miss_high = NAN;
    figures->false_rate_if_none = NAN;
    if (figures->failed_clips == 0)
        return;
    const int64_t events = figures->events + figures->failed_events;
    if (events > 0) {
        const int64_t missed = figures->misses + figures->failed_events;
        figures->p_miss_if_all_missed = (double)missed / (double)events;
        figures->p_miss_if_all_hit = (double)figures->misses / (double)events;
        figures->p_miss_high = statistics_clopper_pearson(missed, events, settings->level).high;
    }
    const double hours = figures->camera_hours + figures->failed_camera_hours;
    if (hours > 0)
        figures->false_rate_if_none = (double)figures->false_strict / hours;
}

int64_t eval_passages(const EvalClip *clip, const EvalClipResult *result)
{
    if (clip->true_passages == NULL)
        return clip->passages;
    int64_t sum = 0;
    for (guint i = 0; i < clip->true_passages->len; i++) {
        const CountSpan *count = &g_array_index(clip->true_passages, CountSpan, i);
        const int64_t length_us = count->span.end_us - count->span.start_us;
        const int64_t scored_us =
            span_list_overlap(&result->scored, count->span.start_us, count->span.end_us);
        /* In two steps: counts and times together may be too large for a product. */
        sum += count->value / length_us * scored_us + count->value % length_us * scored_us / length_us;
    }
    return sum;
}

void eval_figures(const EvalClip *clips, const EvalClipResult *results, size_t count, const bool *chosen,
                  const EvalSettings *settings, EvalFigures *figures)
{
    *figures = (EvalFigures){0};
    int64_t free_clips = 0, free_alarmed = 0, windows = 0, windows_alarmed = 0;
    EvalVariation variations[2] = {{0}, {0}};
    for (size_t i = 0; i < count; i++) {
        if (!is_chosen(chosen, i))
            continue;
        const EvalClipResult *clip = &results[i];
        if (clips[i].failed) {
            count_failed(&clips[i], figures);
            continue;
        }
        figures->camera_us += clip->scored_us;
        figures->no_score_us += clip->no_score_us;
        figures->not_decoded_us += clip->not_decoded_us;
        figures->not_annotated_us += clip->not_annotated_us;
        figures->clips += clip->scored_us > 0;
        figures->mended_clips += clip->scored_us > 0 && clips[i].clock_mended;
        figures->hits += clip->hits;
        figures->misses += clip->misses;
        figures->events_not_scored += clip->events_not_scored;
        figures->false_lenient += clip->false_alerts;
        figures->duplicates += clip->duplicates;
        figures->not_scored += clip->alerts_not_scored;
        figures->alerts_unwatched += clip->alerts_unwatched;
        figures->hits_with_boxes += clip->hits_with_boxes;
        figures->hits_elsewhere += clip->hits_elsewhere;
        const int64_t passages = eval_passages(&clips[i], clip);
        figures->passages = passages < 0 || figures->passages < 0 ? -1 : figures->passages + passages;
        figures->passages_own = figures->passages_own || clips[i].true_passages == NULL;
        windows += clip->windows;
        windows_alarmed += clip->windows_alarmed;
        if (clip->hits + clip->misses == 0 && clip->scored_us > 0) {
            free_clips++;
            free_alarmed += clip->false_alerts > 0;
        }
        for (size_t v = 0; v < 2; v++) {
            variations[v].hits += clip->variations[v].hits;
            variations[v].misses += clip->variations[v].misses;
            variations[v].false_strict += clip->variations[v].false_strict;
        }
    }
    if (!settings->rules->looks_at_boxes)
        figures->hits_with_boxes = figures->hits_elsewhere = -1;
    figures->camera_hours = to_hours(figures->camera_us);
    figures->events = figures->hits + figures->misses;
    figures->false_strict = figures->false_lenient + figures->duplicates;
    figures->alerts = figures->hits + figures->false_strict;
    const double level = settings->level;
    figures->false_alerts_per_camera_hour = rate_poisson(figures->false_strict, figures->camera_hours,
                                                         RATE_PER_CAMERA_HOUR, level, UNDEFINED_NO_EXPOSURE);
    figures->false_alerts_per_camera_hour_lenient = rate_poisson(
        figures->false_lenient, figures->camera_hours, RATE_PER_CAMERA_HOUR, level, UNDEFINED_NO_EXPOSURE);
    figures->p_miss =
        rate_proportion(figures->misses, figures->events, RATE_PER_EVENT, level, UNDEFINED_NO_EVENT);
    figures->precision =
        rate_proportion(figures->hits, figures->alerts, RATE_PER_ALERT, level, UNDEFINED_NO_ALERT);
    figures->clips_alarmed =
        rate_proportion(free_alarmed, free_clips, RATE_PER_CLIP, level, UNDEFINED_NO_CLIP);
    figures->windows_alarmed =
        rate_proportion(windows_alarmed, windows, RATE_PER_WINDOW, level, UNDEFINED_NO_WINDOW);
    figures->false_alerts_per_passage = rate_poisson(
        figures->false_strict, (double)figures->passages, RATE_PER_PASSAGE, level,
        figures->passages < 0 || figures->clips == 0 ? UNDEFINED_NO_COUNTER : UNDEFINED_NO_PASSAGE);
    const Rate *primary = &figures->false_alerts_per_camera_hour;
    figures->per_day = primary->value * 24;
    figures->per_day_interval = (Interval){primary->interval.low * 24, primary->interval.high * 24};
    static const double factors[] = {0.5, 2};
    for (size_t v = 0; v < 2; v++) {
        const EvalVariation *counts = &variations[v];
        figures->sensitivity[v] = (EvalSensitivity){
            .factor = factors[v],
            .hits = counts->hits,
            .misses = counts->misses,
            .false_strict = counts->false_strict,
            .false_alerts_per_camera_hour =
                figures->camera_us > 0 ? (double)counts->false_strict / figures->camera_hours : (double)NAN,
            .p_miss = figures->events > 0 ? (double)counts->misses / (double)figures->events : (double)NAN,
        };
    }
    group_by_camera(clips, results, count, chosen, settings, figures);
    measure_latency(results, count, chosen, figures);
    bound_worst_case(settings, figures);
}

static int compare_values(gconstpointer a, gconstpointer b)
{
    const EvalStratum *left = a, *right = b;
    if (left->value == NULL || right->value == NULL)
        return (left->value == NULL) - (right->value == NULL);
    return g_strcmp0(left->value, right->value);
}

static void stratum_clear(gpointer data)
{
    g_free(((EvalStratum *)data)->value);
}

GArray *eval_strata(const EvalClip *clips, const EvalResult *result, const char *const *values,
                    const EvalSettings *settings)
{
    GArray *strata = g_array_new(FALSE, TRUE, sizeof(EvalStratum));
    g_array_set_clear_func(strata, stratum_clear);
    g_autofree bool *done = g_new0(bool, result->clip_count);
    g_autofree bool *chosen = g_new0(bool, result->clip_count);
    for (size_t i = 0; i < result->clip_count; i++) {
        if (done[i])
            continue;
        EvalStratum stratum = {.value = g_strdup(values[i])};
        for (size_t j = 0; j < result->clip_count; j++) {
            chosen[j] = g_strcmp0(values[j], values[i]) == 0;
            done[j] |= chosen[j];
            stratum.clips += chosen[j];
        }
        eval_figures(clips, result->clips, result->clip_count, chosen, settings, &stratum.figures);
        g_array_append_val(strata, stratum);
    }
    g_array_sort(strata, compare_values);
    return strata;
}

Phrase *eval_mended_clause(int64_t mended_clips)
{
    return mended_clips <= 0 ? NULL : phrase_integer(phrase_new("figures.mended"), "n", mended_clips);
}

Phrase *eval_worst_case_sentence(const EvalFigures *figures)
{
    if (figures->failed_clips == 0)
        return NULL;
    Phrase *said =
        phrase_new(isnan(figures->failed_camera_hours) ? "worst_case.unknown_length" : "worst_case.known");
    phrase_integer(said, "clips", figures->failed_clips);
    phrase_number(said, "hours", figures->failed_camera_hours, 3);
    if (figures->failed_alerts > 0)
        phrase_part(said, "alerts",
                    phrase_integer(phrase_new("worst_case.alerts"), "n", figures->failed_alerts));
    if (figures->failed_events == 0)
        return said;
    Phrase *missed = phrase_integer(phrase_new("worst_case.missed"), "clips", figures->failed_clips);
    phrase_integer(missed, "events", figures->failed_events);
    phrase_percent(missed, "none", figures->p_miss_if_all_hit);
    return phrase_part(said, "missed", phrase_percent(missed, "all", figures->p_miss_if_all_missed));
}
