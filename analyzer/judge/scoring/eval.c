/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matching part of the protocols: from events, alerts and spans of a clip to an outcome for each. What is
 * counted from the outcomes is in eval_figures.c. */
#include "scoring/eval.h"

#include "records/free.h"
#include "scoring/eval_pool.h"

#include <math.h>
#include <string.h>

static size_t array_count(const GPtrArray *array)
{
    return array != NULL ? array->len : 0;
}

static void cover_clip(const EvalClip *clip, SpanList *base, EvalClipResult *result)
{
    span_list_add(base, 0, clip->duration_us);
    const int64_t whole = span_list_total(base);
    if (clip->coverage != NULL)
        span_list_intersect_list(base, clip->coverage);
    const int64_t covered = span_list_total(base);
    result->not_annotated_us = whole - covered;
    if (clip->undecoded != NULL)
        span_list_subtract_list(base, clip->undecoded);
    result->not_decoded_us = covered - span_list_total(base);
}

/* Decides which events count and takes the others' surroundings out of the scored time. */
static void find_scored_time(const EvalClip *clip, const EvalSettings *settings, EvalClipResult *result)
{
    g_auto(SpanList) base;
    span_list_init(&base);
    cover_clip(clip, &base, result);
    span_list_copy(&result->watched, &base);
    span_list_copy(&result->scored, &base);
    for (size_t i = 0; i < result->event_count; i++) {
        const Event *event = g_ptr_array_index(clip->events, (guint)i);
        if (event->certainty == CERTAINTY_DONT_CARE)
            span_list_subtract(&base, event->start_us, event->end_us);
    }
    const int64_t before = span_list_total(&result->scored);
    for (size_t i = 0; i < result->event_count; i++) {
        const Event *event = g_ptr_array_index(clip->events, (guint)i);
        const bool scored =
            event->certainty == CERTAINTY_SCORED && span_list_contains(&base, event->start_us);
        result->events[i] = (EventResult){scored ? EVENT_MISS : EVENT_NOT_SCORED, -1, TIME_UNKNOWN};
        if (!scored) /* both ends belong to the window, as they do in matching */
            span_list_subtract(&result->scored, event->start_us - settings->pre_us,
                               event->end_us + settings->post_us + 1);
    }
    result->scored_us = span_list_total(&result->scored);
    result->no_score_us = before - result->scored_us;
}

static void judge_unmatched(const EvalPool *pool, const Alert *alert, const EvalSettings *settings,
                            const EvalClipResult *result, AlertResult *outcome)
{
    *outcome = (AlertResult){ALERT_NOT_SCORED, -1, false};
    if (settings->rules->unwatched_apart && !span_list_contains(&result->watched, alert->onset_us))
        outcome->outcome = ALERT_UNWATCHED;
    if (!span_list_contains(&result->scored, alert->onset_us))
        return;
    outcome->event = eval_pool_in_reach(pool, alert->onset_us, alert->box);
    outcome->outcome = outcome->event >= 0 ? ALERT_DUPLICATE : ALERT_FALSE;
}

static void match_clip(const EvalClip *clip, const EvalSettings *settings, EvalClipResult *result)
{
    g_auto(EvalPool) pool;
    eval_pool_init(&pool, clip, result, settings);
    g_autofree int64_t *alert_of_event = g_new(int64_t, pool.event_count);
    g_autofree int64_t *event_of_alert = g_new(int64_t, pool.alert_count);
    matching_assign(pool.events, pool.event_count, pool.alerts, pool.alert_count, &pool.rules, alert_of_event,
                    event_of_alert);
    for (size_t i = 0; i < result->alert_count; i++)
        judge_unmatched(&pool, g_ptr_array_index(clip->alerts, (guint)i), settings, result,
                        &result->alerts[i]);
    for (size_t i = 0; i < pool.alert_count; i++) {
        if (event_of_alert[i] == MATCH_NONE)
            continue;
        const MatchEvent *matched = &pool.events[event_of_alert[i]];
        const size_t alert = pool.alert_index[i], event = pool.event_index[event_of_alert[i]];
        const int64_t decided_us = ((const Alert *)g_ptr_array_index(clip->alerts, (guint)alert))->decided_us;
        const bool elsewhere =
            settings->rules->looks_at_boxes && matching_boxes_apart(matched->box, pool.alerts[i].box);
        result->alerts[alert] = (AlertResult){ALERT_HIT, (int64_t)event, elsewhere};
        result->events[event] = (EventResult){EVENT_HIT, (int64_t)alert, decided_us - matched->start_us};
    }
}

/* Windows of the grid that lie wholly in the scored time and touch no event's reach. */
static void count_windows(const EvalClip *clip, const EvalSettings *settings, EvalClipResult *result)
{
    g_auto(SpanList) free_time;
    span_list_init(&free_time);
    span_list_copy(&free_time, &result->scored);
    for (size_t i = 0; i < result->event_count; i++) {
        const Event *event = g_ptr_array_index(clip->events, (guint)i);
        span_list_subtract(&free_time, event->start_us - settings->pre_us,
                           event->end_us + settings->post_us + 1);
    }
    g_autofree int64_t *onsets = g_new(int64_t, result->alert_count + 1);
    g_autoptr(GHashTable) alarmed = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (guint i = 0; i < free_time.spans->len; i++) {
        const Span *span = &g_array_index(free_time.spans, Span, i);
        const int64_t first = (span->start_us + settings->window_us - 1) / settings->window_us;
        const int64_t last = span->end_us / settings->window_us;
        if (last > first)
            result->windows += last - first;
    }
    for (size_t i = 0; i < result->alert_count; i++) {
        const Alert *alert = g_ptr_array_index(clip->alerts, (guint)i);
        if (alert->onset_us < 0)
            continue;
        const int64_t window = alert->onset_us / settings->window_us;
        const int64_t start = window * settings->window_us;
        if (span_list_overlap(&free_time, start, start + settings->window_us) == settings->window_us) {
            onsets[0] = window;
            if (!g_hash_table_contains(alarmed, onsets))
                g_hash_table_add(alarmed, g_memdup2(onsets, sizeof *onsets));
        }
    }
    result->windows_alarmed = g_hash_table_size(alarmed);
}

static bool has_two_boxes(const EvalClip *clip, const EventResult *result, size_t event)
{
    if (result->outcome != EVENT_HIT)
        return false;
    const Event *found = g_ptr_array_index(clip->events, (guint)event);
    const Alert *alert = g_ptr_array_index(clip->alerts, (guint)result->alert);
    return !geometry_box_is_none(found->box) && !geometry_box_is_none(alert->box);
}

static void evaluate_clip(const EvalClip *clip, const EvalSettings *settings, EvalClipResult *result)
{
    result->event_count = array_count(clip->events);
    result->alert_count = array_count(clip->alerts);
    result->events = g_new0(EventResult, result->event_count);
    result->alerts = g_new0(AlertResult, result->alert_count);
    span_list_init(&result->watched);
    span_list_init(&result->scored);
    if (clip->failed) {
        for (size_t i = 0; i < result->event_count; i++)
            result->events[i] = (EventResult){EVENT_NOT_SCORED, -1, TIME_UNKNOWN};
        for (size_t i = 0; i < result->alert_count; i++)
            result->alerts[i] = (AlertResult){ALERT_NOT_SCORED, -1, false};
    } else {
        find_scored_time(clip, settings, result);
        match_clip(clip, settings, result);
        count_windows(clip, settings, result);
    }
    for (size_t i = 0; i < result->event_count; i++) {
        result->hits_with_boxes += has_two_boxes(clip, &result->events[i], i);
        result->hits += result->events[i].outcome == EVENT_HIT;
        result->misses += result->events[i].outcome == EVENT_MISS;
        result->events_not_scored += result->events[i].outcome == EVENT_NOT_SCORED;
    }
    for (size_t i = 0; i < result->alert_count; i++) {
        result->false_alerts += result->alerts[i].outcome == ALERT_FALSE;
        result->duplicates += result->alerts[i].outcome == ALERT_DUPLICATE;
        result->alerts_not_scored += result->alerts[i].outcome == ALERT_NOT_SCORED;
        const Alert *alert = g_ptr_array_index(clip->alerts, (guint)i);
        result->hits_elsewhere += result->alerts[i].elsewhere;
        result->alerts_unwatched += !clip->failed && !span_list_contains(&result->watched, alert->onset_us);
    }
}

/* Hits, misses and strict false alerts with another tolerance, on the same events and the same scored time.
 */
static void vary_tolerance(const EvalClip *clip, const EvalSettings *settings, EvalClipResult *result)
{
    static const double factors[] = {0.5, 2};
    for (size_t v = 0; v < G_N_ELEMENTS(factors); v++) {
        EvalSettings varied = *settings;
        varied.pre_us = (int64_t)llround((double)settings->pre_us * factors[v]);
        varied.post_us = (int64_t)llround((double)settings->post_us * factors[v]);
        EvalClipResult copy = *result;
        copy.events = g_memdup2(result->events, result->event_count * sizeof *result->events);
        copy.alerts = g_memdup2(result->alerts, result->alert_count * sizeof *result->alerts);
        for (size_t i = 0; i < copy.event_count; i++)
            if (copy.events[i].outcome == EVENT_HIT)
                copy.events[i] = (EventResult){EVENT_MISS, -1, TIME_UNKNOWN};
        EvalVariation *variation = &result->variations[v];
        if (!clip->failed)
            match_clip(clip, &varied, &copy);
        for (size_t i = 0; i < copy.event_count; i++) {
            variation->hits += copy.events[i].outcome == EVENT_HIT;
            variation->misses += copy.events[i].outcome == EVENT_MISS;
        }
        for (size_t i = 0; i < copy.alert_count; i++)
            variation->false_strict +=
                copy.alerts[i].outcome == ALERT_FALSE || copy.alerts[i].outcome == ALERT_DUPLICATE;
        g_free(copy.events);
        g_free(copy.alerts);
    }
}

EvalResult *eval_evaluate(const EvalClip *clips, size_t count, const EvalSettings *settings)
{
    g_assert(settings->rules != NULL);
    EvalResult *result = g_new0(EvalResult, 1);
    result->clips = g_new0(EvalClipResult, count);
    result->clip_count = count;
    for (size_t i = 0; i < count; i++) {
        g_assert(clips[i].failed || clips[i].duration_us >= 0);
        evaluate_clip(&clips[i], settings, &result->clips[i]);
        vary_tolerance(&clips[i], settings, &result->clips[i]);
    }
    eval_figures(clips, result->clips, count, NULL, settings, &result->figures);
    return result;
}

static void clear_eval_result(EvalResult *result)
{
    for (size_t i = 0; i < result->clip_count; i++) {
        g_free(result->clips[i].events);
        g_free(result->clips[i].alerts);
        span_list_clear(&result->clips[i].watched);
        span_list_clear(&result->clips[i].scored);
    }
    g_free(result->clips);
}

DEFINE_FREE(eval_result_free, EvalResult, result, clear_eval_result(result))

const char *alert_outcome_name(AlertOutcome outcome)
{
    static const char *const names[] = {[ALERT_HIT] = "hit",
                                        [ALERT_DUPLICATE] = "duplicate",
                                        [ALERT_FALSE] = "false",
                                        [ALERT_NOT_SCORED] = "not_scored",
                                        [ALERT_UNWATCHED] = "unwatched"};
    return names[outcome];
}

bool alert_outcome_counts(AlertOutcome outcome)
{
    return outcome != ALERT_NOT_SCORED && outcome != ALERT_UNWATCHED;
}

const char *event_outcome_name(EventOutcome outcome)
{
    static const char *const names[] = {
        [EVENT_HIT] = "hit",
        [EVENT_MISS] = "miss",
        [EVENT_NOT_SCORED] = "not_scored",
    };
    return names[outcome];
}
