/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/eval_chance.h"

#include <math.h>

/* The windows of the clip's scored events, as half-open spans: both ends belong to a window. */
static void append_windows(const EvalClip *clip, const EvalClipResult *result, const EvalSettings *settings,
                           GArray *windows)
{
    for (size_t i = 0; i < result->event_count; i++) {
        const Event *event = g_ptr_array_index(clip->events, (guint)i);
        const Span window = {event->start_us - settings->pre_us, event->end_us + settings->post_us + 1};
        if (result->events[i].outcome != EVENT_NOT_SCORED)
            g_array_append_val(windows, window);
    }
}

static ChanceHits find_hits(const EvalClip *clips, const EvalResult *result, const EvalSettings *settings,
                            double rate, int64_t hits)
{
    g_autoptr(GArray) windows = g_array_new(FALSE, FALSE, sizeof(Span));
    g_autofree size_t *first = g_new(size_t, result->clip_count + 1);
    for (size_t i = 0; i < result->clip_count; i++) {
        first[i] = windows->len;
        if (!clips[i].failed)
            append_windows(&clips[i], &result->clips[i], settings, windows);
    }
    first[result->clip_count] = windows->len;
    g_autofree ChanceClip *asked = g_new(ChanceClip, result->clip_count + 1);
    for (size_t i = 0; i < result->clip_count; i++)
        asked[i] =
            (ChanceClip){&result->clips[i].watched, (const Span *)(const void *)windows->data + first[i],
                         first[i + 1] - first[i]};
    return chance_hits(asked, result->clip_count, rate, hits);
}

static UndefinedReason why_not(const EvalChance *chance)
{
    if (chance->watched_us == 0)
        return UNDEFINED_NO_EXPOSURE;
    if (chance->events == 0)
        return UNDEFINED_NO_EVENT;
    return chance->alerts == 0 ? UNDEFINED_NO_ALERT : UNDEFINED_NOT;
}

/* Random alerts fall into watched time, so the hits that are held against theirs are those that the alerts of
 * watched time can have. eval-1 lets an alert beside it be a hit: there the events are matched anew. */
static int64_t hits_in_watched_time(const EvalClip *clips, const EvalResult *result,
                                    const EvalSettings *settings)
{
    if (settings->rules->unwatched_apart || result->figures.alerts_unwatched == 0)
        return result->figures.hits;
    EvalRules rules = *settings->rules;
    rules.unwatched_apart = true;
    EvalSettings apart = *settings;
    apart.rules = &rules;
    g_autoptr(EvalResult) again = eval_evaluate(clips, result->clip_count, &apart);
    return again->figures.hits;
}

EvalChance eval_chance(const EvalClip *clips, const EvalResult *result, const EvalSettings *settings)
{
    EvalChance chance = {.hits = hits_in_watched_time(clips, result, settings),
                         .events = result->figures.events,
                         .found = {(double)NAN, (double)NAN},
                         .alpha = 1 - settings->level};
    for (size_t i = 0; i < result->clip_count; i++) {
        if (clips[i].failed)
            continue;
        chance.alerts += (int64_t)result->clips[i].alert_count - result->clips[i].alerts_unwatched;
        chance.watched_us += span_list_total(&result->clips[i].watched);
    }
    chance.rate = chance.watched_us > 0
                      ? (double)chance.alerts / ((double)chance.watched_us / (double)US_PER_HOUR)
                      : (double)NAN;
    chance.reason = why_not(&chance);
    if (chance.reason != UNDEFINED_NOT)
        return chance;
    chance.found = find_hits(clips, result, settings, chance.rate, chance.hits);
    if (isnan(chance.found.at_least))
        chance.reason = UNDEFINED_TANGLED;
    chance.better = chance.found.at_least <= chance.alpha;
    return chance;
}
