/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/days.h"

#include "records/span.h"

#define DAY_US (24 * US_PER_HOUR)

static gint64 day_of(int64_t us)
{
    const int64_t shifted = us - DAY_BEGINS_H * US_PER_HOUR;
    return shifted / DAY_US - (shifted % DAY_US < 0);
}

/* Microseconds of the camera's own clock since 1970, of the clip's first picture. */
static int64_t first_picture(const Clip *clip)
{
    return g_date_time_to_unix(clip->recorded_at) * US_PER_SECOND +
           g_date_time_get_microsecond(clip->recorded_at) + g_date_time_get_utc_offset(clip->recorded_at);
}

static CameraTotals *find_day(GTree *days, int64_t us)
{
    const gint64 day = day_of(us);
    CameraTotals *totals = g_tree_lookup(days, &day);
    if (totals == NULL) {
        totals = g_new0(CameraTotals, 1);
        g_tree_insert(days, g_memdup2(&day, sizeof day), totals);
    }
    return totals;
}

static void add_clip(GTree *days, const EvalClip *input, const EvalClipResult *result, int64_t start_us)
{
    bool parted = false;
    CameraTotals *first = NULL;
    for (size_t i = 0; i < result->scored.spans->len; i++) {
        const Span *span = &g_array_index(result->scored.spans, Span, i);
        int64_t from_us = start_us + span->start_us;
        const int64_t end_us = start_us + span->end_us;
        while (from_us < end_us) {
            const int64_t next = (day_of(from_us) + 1) * DAY_US + DAY_BEGINS_H * US_PER_HOUR;
            CameraTotals *totals = find_day(days, from_us);
            parted = parted || (first != NULL && first != totals);
            first = totals;
            totals->scored_us += MIN(next, end_us) - from_us;
            from_us = next;
        }
    }
    for (size_t i = 0; i < result->event_count; i++) {
        const Event *event = g_ptr_array_index(input->events, i);
        CameraTotals *totals = find_day(days, start_us + event->start_us);
        totals->hits += result->events[i].outcome == EVENT_HIT;
        totals->misses += result->events[i].outcome == EVENT_MISS;
    }
    for (size_t i = 0; i < result->alert_count; i++) {
        const Alert *alert = g_ptr_array_index(input->alerts, i);
        const AlertOutcome outcome = result->alerts[i].outcome;
        if (outcome == ALERT_FALSE || outcome == ALERT_DUPLICATE)
            find_day(days, start_us + alert->onset_us)->false_strict++;
    }
    const int64_t passages = eval_passages(input, result);
    if (first != NULL)
        first->passages = parted || passages < 0 || first->passages < 0 ? -1 : first->passages + passages;
}

static gint compare_days(gconstpointer first, gconstpointer second, gpointer data)
{
    (void)data;
    const gint64 a = *(const gint64 *)first, b = *(const gint64 *)second;
    return a < b ? -1 : a > b;
}

static gboolean append(gpointer key, gpointer value, gpointer data)
{
    (void)key;
    g_array_append_vals(data, value, 1);
    return FALSE;
}

GArray *days_sum(const Scored *scored)
{
    g_autoptr(GTree) days = g_tree_new_full(compare_days, NULL, g_free, g_free);
    for (guint i = 0; i < scored->facts->len; i++) {
        const Clip *clip = g_array_index(scored->facts, ClipFacts, i).clip;
        const EvalClip *input = &g_array_index(scored->inputs, EvalClip, i);
        const EvalClipResult *result = &scored->result->clips[i];
        if (input->failed || result->scored_us == 0)
            continue;
        if (clip->recorded_at == NULL)
            return NULL;
        add_clip(days, input, result, first_picture(clip));
    }
    GArray *sums = g_array_new(FALSE, FALSE, sizeof(CameraTotals));
    g_tree_foreach(days, append, sums);
    return sums;
}
