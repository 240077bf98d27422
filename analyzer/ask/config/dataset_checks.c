/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks that need all events of a clip together. */
#include "config/dataset_internal.h"
#include "config/names.h"

#include <string.h>

static int column_of(const EventPlace *place, const char *key)
{
    const struct {
        const char *key;
        int column;
    } cells[] = {{"behaviour", place->columns.behaviour},
                 {"start_s", place->columns.start},
                 {"end_s", place->columns.end},
                 {"label", place->columns.label}};
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
        if (cells[i].column > 0 && strcmp(cells[i].key, key) == 0)
            return cells[i].column;
    }
    return place->column;
}

static void report(const DatasetLoading *loading, const Event *event, const char *key, const char *format,
                   ...) G_GNUC_PRINTF(4, 5);

static void report(const DatasetLoading *loading, const Event *event, const char *key, const char *format,
                   ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    const EventPlace *place = g_hash_table_lookup(loading->places, event);
    g_autofree char *path = g_strdup_printf("%s%s%s", place->path != NULL ? place->path : "",
                                            place->path != NULL ? "." : "", key);
    problems_add(loading->problems, place->file, place->line, column_of(place, key), path, "%s", message);
}

/* ---- ends */

int64_t clip_end_slack_us(int64_t picture_us)
{
    return MAX(CLIP_END_SLACK_PICTURES * picture_us, CLIP_END_SLACK_US);
}

bool dataset_cut_end(Clip *clip, Span *span)
{
    /* Not stated, or wrong and reported; or on another clock, which is known when the file is opened. */
    if (clip->duration_us <= 0 || clip->times == TIMES_FILE_CLOCK || span->end_us <= clip->duration_us)
        return true;
    const int64_t beyond_us = span->end_us - clip->duration_us;
    if (span->start_us >= clip->duration_us || beyond_us > clip_end_slack_us(0))
        return false;
    span->end_us = clip->duration_us;
    clip->ends_cut++;
    clip->ends_cut_us = MAX(clip->ends_cut_us, beyond_us);
    return true;
}

static void remark_ends(const DatasetLoading *loading, const Clip *clip)
{
    if (clip->ends_cut == 0)
        return;
    g_autofree char *most = time_format_seconds(clip->ends_cut_us);
    g_autofree char *length = time_format_seconds(clip->duration_us);
    g_ptr_array_add(loading->dataset->remarks,
                    g_strdup_printf("%s:%d: clip “%s”: %u end%s in its truth lie%s up to %s s beyond its "
                                    "length of %s s and %s cut to it",
                                    loading->dataset->file, clip->line, clip->id, clip->ends_cut,
                                    clip->ends_cut == 1 ? "" : "s", clip->ends_cut == 1 ? "s" : "", most,
                                    length, clip->ends_cut == 1 ? "is" : "are"));
}

/* ---- one event */

static void check_end(const DatasetLoading *loading, Clip *clip, Event *event)
{
    Span span = {event->start_us, event->end_us};
    if (dataset_cut_end(clip, &span)) {
        event->end_us = span.end_us;
        return;
    }
    g_autofree char *end = time_format_seconds(event->end_us);
    g_autofree char *duration = time_format_seconds(clip->duration_us);
    report(loading, event, "end_s", "found %s, expected at most the clip's duration of %s s", end, duration);
}

static void check_coverage(const DatasetLoading *loading, const Clip *clip, const Event *event)
{
    const SpanList *spans = g_hash_table_lookup(clip->coverage, event->behaviour);
    if (spans == NULL)
        report(loading, event, "behaviour",
               "found an event of “%s”, expected the clip “%s” to state under “coverage” which spans were "
               "annotated for it",
               event->behaviour, clip->id);
    else if (spans->spans->len > 0 && span_list_overlap(spans, event->start_us, event->end_us) == 0)
        report(loading, event, "start_s",
               "found an event outside the spans that were annotated for “%s”, expected it inside them",
               event->behaviour);
}

static void check_label(const DatasetLoading *loading, const Event *event)
{
    g_autofree char *wrong_label = names_explain_label(event->behaviour, event->label);
    if (wrong_label != NULL)
        report(loading, event, "label", "%s", wrong_label);
}

/* ---- events among each other */

/* The same event twice would be one that nobody finds. Any other two may go on at once. `before` was written
 * first or is the same. */
static void check_twice(const DatasetLoading *loading, const Event *before, const Event *event)
{
    if (!event_same(before, event))
        return;
    const EventPlace *first = g_hash_table_lookup(loading->places, before);
    const EventPlace *second = g_hash_table_lookup(loading->places, event);
    const bool elsewhere = strcmp(first->file, second->file) != 0;
    g_autofree char *where =
        g_strdup_printf("%s%sline %d", elsewhere ? first->file : "", elsewhere ? ", " : "", first->line);
    g_autofree char *message = truth_explain_twice(before, event, where);
    report(loading, event, "start_s", "%s", message);
}

static bool may_be_one(const Event *a, const Event *b)
{
    return g_strcmp0(a->behaviour, b->behaviour) == 0 && g_strcmp0(a->label, b->label) == 0 &&
           a->annotator != NULL && b->annotator != NULL && strcmp(a->annotator, b->annotator) != 0 &&
           a->track == NULL && b->track == NULL && geometry_box_is_none(a->box) &&
           geometry_box_is_none(b->box);
}

/* Two people who marked one event in one file make two of it. That cannot be told from two events, so it is
 * said. Sorted by start: only the neighbours that still last are looked at. */
static void remark_annotators(const DatasetLoading *loading, const Clip *clip, const GPtrArray *events)
{
    const Event *latest = NULL; /* of those so far the one that ends last */
    for (guint i = 0; i < events->len; i++) {
        const Event *event = g_ptr_array_index(events, i);
        if (latest != NULL && event->start_us < latest->end_us && may_be_one(latest, event)) {
            g_autofree char *start = time_format_seconds(event->start_us);
            g_ptr_array_add(
                loading->dataset->remarks,
                g_strdup_printf("%s:%d: clip “%s”: at %s s annotators “%s” and “%s” marked events that go on "
                                "at once and are taken for two; if they are one, each person's belong into a "
                                "file of its own under “annotators”",
                                loading->dataset->file, clip->line, clip->id, start, latest->annotator,
                                event->annotator));
            return; /* once for a clip */
        }
        if (latest == NULL || event->end_us > latest->end_us)
            latest = event;
    }
}

static bool is_sound(const Event *event) /* else it was reported already */
{
    return event->behaviour != NULL && event->start_us != TIME_UNKNOWN && event->end_us > event->start_us;
}

void dataset_check_list(DatasetLoading *loading, Clip *clip, GPtrArray *events)
{
    for (guint i = 0; i < events->len; i++) {
        Event *event = g_ptr_array_index(events, i);
        if (!is_sound(event))
            continue;
        check_end(loading, clip, event);
        check_label(loading, event);
    }
    g_ptr_array_sort(events, event_compare);
    for (guint i = 1; i < events->len; i++) {
        const Event *before = g_ptr_array_index(events, i - 1), *event = g_ptr_array_index(events, i);
        if (is_sound(event))
            check_twice(loading, before, event);
    }
}

/* ---- coverage and counts */

static void check_coverage_spans(const DatasetLoading *loading, Clip *clip)
{
    GHashTableIter iter;
    gpointer key = NULL, value = NULL;
    g_hash_table_iter_init(&iter, clip->coverage);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        SpanList *list = value;
        const GArray *spans = list->spans;
        if (spans->len == 0)
            continue;
        Span last = g_array_index(spans, Span, spans->len - 1);
        const int64_t end_us = last.end_us;
        if (dataset_cut_end(clip, &last)) {
            span_list_subtract(list, last.end_us, INT64_MAX);
            continue;
        }
        g_autofree char *end = time_format_seconds(end_us);
        g_autofree char *duration = time_format_seconds(clip->duration_us);
        problems_add(loading->problems, loading->dataset->file, clip->line, 0, NULL,
                     "clip “%s”, coverage.%s: found a span that ends at %s s, expected at most the clip's "
                     "duration of %s s",
                     clip->id, (const char *)key, end, duration);
    }
}

/* Within a file it was checked: here, over all files. */
static void check_counts(const DatasetLoading *loading, const Clip *clip)
{
    GHashTableIter iter;
    gpointer key = NULL, value = NULL;
    g_hash_table_iter_init(&iter, clip->counts);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const int64_t place = count_spans_sort(value);
        if (place < 0)
            continue;
        g_autofree char *start =
            time_format_seconds(g_array_index((GArray *)value, CountSpan, place).span.start_us);
        problems_add(loading->problems, loading->dataset->file, clip->line, 0, NULL,
                     "clip “%s”: found two counts of “%s” at %s s in its truth files, expected one at a time",
                     clip->id, (const char *)key, start);
    }
}

void dataset_check_events(DatasetLoading *loading)
{
    for (guint i = 0; i < loading->dataset->clips->len; i++) {
        Clip *clip = g_ptr_array_index(loading->dataset->clips, i);
        check_coverage_spans(loading, clip);
        check_counts(loading, clip);
        dataset_check_list(loading, clip, clip->events);
        for (guint j = 0; j < clip->events->len; j++) {
            const Event *event = g_ptr_array_index(clip->events, j);
            if (is_sound(event))
                check_coverage(loading, clip, event);
        }
        remark_annotators(loading, clip, clip->events);
        remark_ends(loading, clip);
    }
}
