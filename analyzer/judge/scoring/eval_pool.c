/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/eval_pool.h"

#include "records/free.h"

#include <math.h>

/* ---- order */

typedef struct {
    gconstpointer record; /* const Event * or const Alert * */
    size_t index;         /* in the clip */
} Ordered;

static int compare_index(const Ordered *a, const Ordered *b)
{
    return a->index < b->index ? -1 : a->index > b->index;
}

static int compare_starts(gconstpointer a, gconstpointer b)
{
    const Ordered *left = a, *right = b;
    const int64_t x = ((const Event *)left->record)->start_us, y = ((const Event *)right->record)->start_us;
    return x != y ? (x < y ? -1 : 1) : compare_index(left, right);
}

static int compare_events(gconstpointer a, gconstpointer b)
{
    const Ordered *left = a, *right = b;
    const int order = event_compare(&left->record, &right->record);
    return order != 0 ? order : compare_index(left, right);
}

static double confidence_of(const Ordered *ordered)
{
    const double confidence = ((const Alert *)ordered->record)->confidence;
    return isnan(confidence) ? -(double)INFINITY : confidence;
}

static int compare_alerts(gconstpointer a, gconstpointer b)
{
    const Ordered *left = a, *right = b;
    const int order = alert_compare(&left->record, &right->record);
    if (order != 0)
        return order;
    const double x = confidence_of(left), y = confidence_of(right);
    return x != y ? (x > y ? -1 : 1) : compare_index(left, right);
}

/* ---- what takes part */

static void take_events(EvalPool *pool, const EvalClip *clip, const EvalClipResult *result,
                        const EvalSettings *settings)
{
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(Ordered));
    for (size_t i = 0; i < result->event_count; i++) {
        const Ordered entry = {g_ptr_array_index(clip->events, (guint)i), i};
        if (result->events[i].outcome != EVENT_NOT_SCORED)
            g_array_append_val(order, entry);
    }
    g_array_sort(order, settings->rules->ordered_by_content ? compare_events : compare_starts);
    pool->event_count = order->len;
    pool->events = g_new(MatchEvent, order->len);
    pool->event_index = g_new(size_t, order->len);
    pool->ends = g_new(int64_t, order->len);
    int64_t latest = INT64_MIN;
    for (guint i = 0; i < order->len; i++) {
        const Ordered *entry = &g_array_index(order, Ordered, i);
        const Event *event = entry->record;
        latest = MAX(latest, event->end_us);
        pool->events[i] = (MatchEvent){event->start_us, event->end_us, event->box};
        pool->event_index[i] = entry->index;
        pool->ends[i] = latest;
    }
}

static void take_alerts(EvalPool *pool, const EvalClip *clip, const EvalClipResult *result,
                        const EvalSettings *settings)
{
    const EvalRules *rules = settings->rules;
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(Ordered));
    for (size_t i = 0; i < result->alert_count; i++) {
        const Alert *alert = g_ptr_array_index(clip->alerts, (guint)i);
        const Ordered entry = {alert, i};
        if (!rules->unwatched_apart || span_list_contains(&result->watched, alert->onset_us))
            g_array_append_val(order, entry);
    }
    if (rules->ordered_by_content)
        g_array_sort(order, compare_alerts);
    pool->alert_count = order->len;
    pool->alerts = g_new(MatchAlert, order->len);
    pool->alert_index = g_new(size_t, order->len);
    for (guint i = 0; i < order->len; i++) {
        const Ordered *entry = &g_array_index(order, Ordered, i);
        const Alert *alert = entry->record;
        const bool spare = rules->scored_time_first && !span_list_contains(&result->scored, alert->onset_us);
        pool->alerts[i] = (MatchAlert){alert->onset_us, alert->confidence, alert->box, spare};
        pool->alert_index[i] = entry->index;
    }
}

void eval_pool_init(EvalPool *pool, const EvalClip *clip, const EvalClipResult *result,
                    const EvalSettings *settings)
{
    *pool = (EvalPool){.rules = {settings->pre_us, settings->post_us,
                                 !settings->rules->looks_at_boxes        ? MATCH_BOXES_IGNORED
                                 : settings->boxes == EVAL_BOXES_REQUIRE ? MATCH_BOXES_REQUIRED
                                                                         : MATCH_BOXES_PREFERRED}};
    take_events(pool, clip, result, settings);
    take_alerts(pool, clip, result, settings);
}

void eval_pool_clear(EvalPool *pool)
{
    FREE_EACH(pool->events, pool->event_index, pool->ends, pool->alerts, pool->alert_index);
}

/* ---- reach */

int64_t eval_pool_in_reach(const EvalPool *pool, int64_t onset_us, Box box)
{
    const MatchRules *rules = &pool->rules;
    size_t low = 0, high = pool->event_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (pool->events[middle].start_us - rules->pre_us <= onset_us)
            low = middle + 1;
        else
            high = middle;
    }
    int64_t best = -1, best_error = INT64_MAX;
    for (size_t i = low; i-- > 0 && pool->ends[i] + rules->post_us >= onset_us;) {
        const MatchEvent *event = &pool->events[i];
        const int64_t error = ABS(onset_us - event->start_us);
        if (error > best_error && event->start_us <= onset_us)
            break; /* all further ones begin earlier still */
        if (onset_us > event->end_us + rules->post_us || error > best_error ||
            (rules->boxes == MATCH_BOXES_REQUIRED && matching_boxes_apart(event->box, box)))
            continue;
        best = (int64_t)pool->event_index[i];
        best_error = error;
    }
    return best;
}
