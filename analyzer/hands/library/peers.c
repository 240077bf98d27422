/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/peers.h"

static gint compare_spans(gconstpointer a, gconstpointer b)
{
    const PanelSpan *left = a, *right = b;
    const int64_t x[] = {left->start_us, left->decided_us, left->end_us};
    const int64_t y[] = {right->start_us, right->decided_us, right->end_us};
    for (size_t i = 0; i < G_N_ELEMENTS(x); i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

/* An alert's span as panel.h wants it. */
static PanelSpan span_of(const Alert *alert)
{
    PanelSpan span = {alert->onset_us, alert->end_us, alert->decided_us, alert->confidence,
                      alert->end_us == TIME_UNKNOWN};
    if (span.end_assumed)
        span.end_us = MAX(span.decided_us, span.start_us + PANEL_SHORTEST_US);
    span.end_us = MAX(span.end_us, span.start_us + 1);
    return span;
}

static GArray *take_events(const EvalClip *clip, const EvalClipResult *result)
{
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(PanelSpan));
    for (size_t i = 0; i < result->event_count; i++) {
        const Event *event = g_ptr_array_index(clip->events, (guint)i);
        const PanelSpan span = {.start_us = event->start_us, .end_us = event->end_us};
        if (result->events[i].outcome != EVENT_NOT_SCORED)
            g_array_append_val(spans, span);
    }
    g_array_sort(spans, compare_spans);
    return spans;
}

static GArray *take_alerts(const EvalClip *clip, const EvalClipResult *result)
{
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(PanelSpan));
    for (size_t i = 0; i < result->alert_count; i++) {
        const PanelSpan span = span_of(g_ptr_array_index(clip->alerts, (guint)i));
        if (alert_outcome_counts(result->alerts[i].outcome))
            g_array_append_val(spans, span);
    }
    g_array_sort(spans, compare_spans);
    return spans;
}

void peers_score(const PanelChoice *choice, const EvalClip *clips, const EvalResult *result, PanelRow *row)
{
    g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    g_autoptr(GArray) files = g_array_new(FALSE, TRUE, sizeof(PanelFile));
    for (size_t i = 0; i < result->clip_count; i++) {
        if (result->clips[i].scored_us <= 0)
            continue;
        GArray *events = take_events(&clips[i], &result->clips[i]);
        GArray *alerts = take_alerts(&clips[i], &result->clips[i]);
        g_ptr_array_add(owned, events);
        g_ptr_array_add(owned, alerts);
        const PanelFile file = {.events = (const PanelSpan *)(const void *)events->data,
                                .alerts = (const PanelSpan *)(const void *)alerts->data,
                                .event_count = events->len,
                                .alert_count = alerts->len,
                                .scored_us = result->clips[i].scored_us};
        g_array_append_val(files, file);
    }
    const PanelInput input = {.files = (const PanelFile *)(const void *)files->data,
                              .file_count = files->len};
    panel_score(choice, &input, row);
}
