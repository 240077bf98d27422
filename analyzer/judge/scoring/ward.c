/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/ward.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    size_t partners; /* spans of the other side that it overlaps */
    size_t partner;  /* the last of them */
    bool shared;     /* one of the partners has other partners too */
} Ties;

typedef struct {
    Ties *events, *alerts;
} Tied;

/* All overlapping pairs, by a sweep over both lists in order of start; `open` holds what may still overlap.
 */
static Tied tie(const PanelFile *file)
{
    Tied tied = {g_new0(Ties, file->event_count + 1), g_new0(Ties, file->alert_count + 1)};
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(size_t));
    size_t next = 0;
    for (int pass = 0; pass < 2; pass++) {
        g_array_set_size(open, 0);
        next = 0;
        for (size_t j = 0; j < file->alert_count; j++) {
            const PanelSpan *alert = &file->alerts[j];
            for (; next < file->event_count && file->events[next].start_us < alert->end_us; next++)
                g_array_append_val(open, next);
            for (guint k = open->len; k-- > 0;) {
                const size_t i = g_array_index(open, size_t, k);
                if (file->events[i].end_us <= alert->start_us) {
                    g_array_remove_index_fast(open, k); /* later alerts begin no earlier */
                    continue;
                }
                if (file->events[i].start_us >= alert->end_us)
                    continue; /* let in by a longer alert before */
                if (pass == 0) {
                    tied.events[i].partners++;
                    tied.events[i].partner = j;
                    tied.alerts[j].partners++;
                    tied.alerts[j].partner = i;
                } else {
                    tied.events[i].shared |= tied.alerts[j].partners > 1;
                    tied.alerts[j].shared |= tied.events[i].partners > 1;
                }
            }
        }
    }
    return tied;
}

static void unite(const PanelSpan *spans, size_t count, SpanList *list)
{
    span_list_init(list);
    for (size_t i = 0; i < count; i++)
        span_list_add(list, spans[i].start_us, spans[i].end_us);
}

typedef struct {
    int64_t t_us;
    int alert, event;
} Change;

static int compare_changes(const void *a, const void *b)
{
    const Change *left = a, *right = b;
    return left->t_us < right->t_us ? -1 : left->t_us > right->t_us;
}

/* Cut to the scored time: a span may fall into several pieces. */
static void add_changes(GArray *changes, const PanelSpan *spans, size_t count, const SpanList *scored,
                        bool alert)
{
    for (size_t i = 0; i < count; i++)
        for (guint s = 0; s < scored->spans->len; s++) {
            const Span *part = &g_array_index(scored->spans, Span, s);
            const Change begin = {MAX(spans[i].start_us, part->start_us), alert, !alert};
            const Change end = {MIN(spans[i].end_us, part->end_us), -(int)alert, -(int)!alert};
            if (begin.t_us >= end.t_us)
                continue;
            g_array_append_val(changes, begin);
            g_array_append_val(changes, end);
        }
}

static void measure_time(const PanelFile *file, const SpanList *scored, const SpanList *truth,
                         WardCounts *counts)
{
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(Change));
    add_changes(changes, file->events, file->event_count, scored, false);
    add_changes(changes, file->alerts, file->alert_count, scored, true);
    if (changes->len > 0) /* an empty list may be NULL, which qsort does not take */
        qsort(changes->data, changes->len, sizeof(Change), compare_changes);
    int64_t alerts = 0, events = 0;
    for (guint i = 0; i + 1 < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);
        const int64_t length_us = g_array_index(changes, Change, i + 1).t_us - change->t_us;
        alerts += change->alert;
        events += change->event;
        counts->excess_us += MAX(0, alerts - events) * length_us;
        if (events == 0)
            counts->outside_us += alerts * length_us;
    }
    g_auto(SpanList) empty;
    span_list_init(&empty);
    span_list_copy(&empty, scored);
    span_list_subtract_list(&empty, truth);
    counts->free_us += span_list_total(&empty);
}

void ward_count(const PanelFile *file, const SpanList *scored, WardCounts *counts)
{
    const Tied tied = tie(file);
    g_auto(SpanList) truth, said;
    unite(file->events, file->event_count, &truth);
    unite(file->alerts, file->alert_count, &said);
    counts->events += (int64_t)file->event_count;
    counts->alerts += (int64_t)file->alert_count;
    for (size_t i = 0; i < file->event_count; i++) {
        const Ties *ties = &tied.events[i];
        const PanelSpan *event = &file->events[i];
        const int64_t length_us = event->end_us - event->start_us;
        if (ties->partners == 0) {
            counts->deletions++;
            counts->deletion_us += length_us;
            continue;
        }
        counts->underfill_us += length_us - span_list_overlap(&said, event->start_us, event->end_us);
        counts->fragmented += ties->partners > 1;
        counts->merged += ties->shared;
        if (ties->partners > 1 || ties->shared)
            continue;
        const PanelSpan *alert = &file->alerts[ties->partner];
        counts->correct++;
        counts->overfilled += alert->start_us < event->start_us || alert->end_us > event->end_us;
        counts->underfilled += alert->start_us > event->start_us || alert->end_us < event->end_us;
    }
    for (size_t j = 0; j < file->alert_count; j++) {
        const Ties *ties = &tied.alerts[j];
        const PanelSpan *alert = &file->alerts[j];
        const int64_t length_us = alert->end_us - alert->start_us;
        if (ties->partners == 0) {
            counts->insertions++;
            counts->insertion_us += length_us;
            continue;
        }
        counts->overfill_us += length_us - span_list_overlap(&truth, alert->start_us, alert->end_us);
        counts->merging += ties->partners > 1;
        counts->fragments += ties->shared;
    }
    measure_time(file, scored, &truth, counts);
    g_free(tied.events);
    g_free(tied.alerts);
}

double ward_time_false_alarm_excess(const WardCounts *counts)
{
    return counts->free_us > 0 ? (double)counts->excess_us / (double)counts->free_us : (double)NAN;
}

double ward_time_false_alarm_outside(const WardCounts *counts)
{
    return counts->free_us > 0 ? (double)counts->outside_us / (double)counts->free_us : (double)NAN;
}
