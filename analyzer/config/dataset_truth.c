/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Truth files of a dataset, and the checks that need all events of a clip together. */
#include "behaviours/behaviour.h"
#include "config/confine.h"
#include "config/dataset_internal.h"
#include "config/names.h"
#include "truth/truth.h"

#include <string.h>

void dataset_note_place(DatasetLoading *loading, const Event *event, const char *file, int line, int column,
                        const char *path, const TruthColumns *columns)
{
    EventPlace *place = g_new(EventPlace, 1);
    *place = (EventPlace){g_strdup(file), g_strdup(path), line, column,
                          columns != NULL ? *columns : (TruthColumns){0}};
    g_hash_table_replace(loading->places, (gpointer)event, place);
}

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

/* ---- files */

static Clip *find_clip(const Dataset *dataset, const char *id)
{
    for (guint i = 0; i < dataset->clips->len; i++) {
        Clip *clip = g_ptr_array_index(dataset->clips, i);
        if (g_strcmp0(clip->id, id) == 0)
            return clip;
    }
    return NULL;
}

/* The clip of a row; reports the first row of each unknown one. */
static Clip *clip_of_row(DatasetLoading *loading, const Truth *truth, const char *id, int line, int column,
                         GHashTable *known)
{
    gpointer found = NULL;
    if (g_hash_table_lookup_extended(known, id, NULL, &found))
        return found;
    Clip *clip = find_clip(loading->dataset, id);
    g_hash_table_insert(known, (gpointer)id, clip);
    if (clip == NULL) {
        g_autoptr(GPtrArray) ids = g_ptr_array_new();
        for (guint i = 0; i < loading->dataset->clips->len; i++) {
            const Clip *other = g_ptr_array_index(loading->dataset->clips, i);
            if (other->id != NULL)
                g_ptr_array_add(ids, other->id);
        }
        const char *nearest = option_nearest_name(id, (const char *const *)ids->pdata, ids->len);
        problems_add(loading->problems, truth->file, line, column, "clip",
                     "found “%s”, expected a clip of the dataset “%s”%s%s%s", id, loading->dataset->id,
                     nearest != NULL ? ", perhaps “" : "", nearest != NULL ? nearest : "",
                     nearest != NULL ? "”" : "");
    }
    return clip;
}

static bool counts_passages(const Behaviour *behaviour)
{
    for (const CounterSpec *counter = behaviour->counters; counter != NULL && counter->name != NULL;
         counter++) {
        if (strcmp(counter->name, "passages") == 0)
            return true;
    }
    return false;
}

static void merge_count(DatasetLoading *loading, const Truth *truth, const TruthCount *entry, Clip *clip)
{
    const Behaviour *behaviour = behaviour_find(entry->behaviour);
    if (behaviour == NULL || (behaviour->series == NULL && !counts_passages(behaviour))) {
        problems_add(loading->problems, truth->file, entry->line, entry->columns.behaviour, "behaviour",
                     "found a count of “%s”, expected a behaviour that counts people or passages",
                     entry->behaviour);
        return;
    }
    GArray *counts = g_hash_table_lookup(clip->counts, entry->behaviour);
    if (counts == NULL) {
        counts = g_array_new(FALSE, FALSE, sizeof(CountSpan));
        g_hash_table_replace(clip->counts, g_strdup(entry->behaviour), counts);
    }
    if (clip->duration_us != TIME_UNKNOWN && entry->count.span.end_us > clip->duration_us) {
        g_autofree char *end = time_format_seconds(entry->count.span.end_us);
        g_autofree char *duration = time_format_seconds(clip->duration_us);
        problems_add(loading->problems, truth->file, entry->line, entry->columns.end, "end_s",
                     "found %s, expected at most the clip's duration of %s s", end, duration);
    }
    g_array_append_val(counts, entry->count);
}

static void merge(DatasetLoading *loading, Truth *truth)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < truth->coverage->len; i++) {
        const TruthCoverage *entry = &g_array_index(truth->coverage, TruthCoverage, i);
        Clip *clip = clip_of_row(loading, truth, entry->clip, entry->line, entry->columns.clip, known);
        if (clip == NULL)
            continue;
        SpanList *spans = g_hash_table_lookup(clip->coverage, entry->behaviour);
        if (spans == NULL) {
            spans = g_new0(SpanList, 1);
            span_list_init(spans);
            g_hash_table_replace(clip->coverage, g_strdup(entry->behaviour), spans);
        } else if (spans->spans->len == 0) {
            continue; /* the whole clip is covered already */
        }
        if (clip->duration_us > 0 && entry->span.end_us > clip->duration_us) {
            g_autofree char *end = time_format_seconds(entry->span.end_us);
            g_autofree char *duration = time_format_seconds(clip->duration_us);
            problems_add(loading->problems, truth->file, entry->line, entry->columns.end, "end_s",
                         "found %s, expected at most the clip's duration of %s s", end, duration);
            span_list_add(spans, 0, clip->duration_us); /* so that nothing more is said of this row */
            continue;
        }
        span_list_add(spans, entry->span.start_us, entry->span.end_us);
    }
    for (guint i = 0; i < truth->events->len; i++) {
        TruthEvent *entry = &g_array_index(truth->events, TruthEvent, i);
        Clip *clip = clip_of_row(loading, truth, entry->clip, entry->line, entry->columns.clip, known);
        if (clip == NULL)
            continue;
        dataset_note_place(loading, entry->event, truth->file, entry->line, 0, NULL, &entry->columns);
        g_ptr_array_add(clip->events, g_steal_pointer(&entry->event));
    }
    for (guint i = 0; i < truth->counts->len; i++) {
        const TruthCount *entry = &g_array_index(truth->counts, TruthCount, i);
        Clip *clip = clip_of_row(loading, truth, entry->clip, entry->line, entry->columns.clip, known);
        if (clip != NULL)
            merge_count(loading, truth, entry, clip);
    }
}

char *dataset_resolve(const Dataset *dataset, const char *name)
{
    g_autofree char *folder = g_path_get_dirname(dataset->file);
    return confine_resolve_input(folder, name);
}

void dataset_read_truth(DatasetLoading *loading)
{
    const Dataset *dataset = loading->dataset;
    g_autofree const char **behaviours = names_behaviours();
    for (guint i = 0; i < dataset->truth_files->len; i++) {
        const char *name = g_ptr_array_index(dataset->truth_files, i);
        g_autofree char *path = dataset_resolve(dataset, name);
        g_autoptr(Truth) truth = truth_load(path, behaviours, loading->problems);
        if (truth == NULL)
            continue;
        dataset_note_file(loading, path, truth->sha256);
        merge(loading, truth);
    }
}

/* ---- checks */

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

static void check_overlap(const DatasetLoading *loading, const Event *event, GHashTable *latest)
{
    g_autofree char *kind =
        g_strdup_printf("%s\n%s", event->behaviour, event->label != NULL ? event->label : "");
    const Event *before = g_hash_table_lookup(latest, kind);
    if (before != NULL && event->start_us < before->end_us) {
        g_autofree char *start = time_format_seconds(before->start_us);
        g_autofree char *end = time_format_seconds(before->end_us);
        report(
            loading, event, "start_s",
            "found an event that overlaps another one of the same kind (%s to %s), expected one event or two "
            "labels",
            start, end);
    }
    if (before == NULL || event->end_us > before->end_us)
        g_hash_table_replace(latest, g_steal_pointer(&kind), (gpointer)event);
}

static void check_coverage_spans(const DatasetLoading *loading, const Clip *clip)
{
    GHashTableIter iter;
    gpointer key = NULL, value = NULL;
    g_hash_table_iter_init(&iter, clip->coverage);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const GArray *spans = ((const SpanList *)value)->spans;
        if (spans->len == 0 || clip->duration_us <= 0) /* not stated, or wrong and reported already */
            continue;
        const int64_t end_us = g_array_index(spans, Span, spans->len - 1).end_us;
        g_autofree char *end = time_format_seconds(end_us);
        g_autofree char *duration = time_format_seconds(clip->duration_us);
        if (end_us > clip->duration_us)
            problems_add(
                loading->problems, loading->dataset->file, clip->line, 0, NULL,
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
        const Clip *clip = g_ptr_array_index(loading->dataset->clips, i);
        g_autoptr(GHashTable) latest = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        check_coverage_spans(loading, clip);
        check_counts(loading, clip);
        g_ptr_array_sort(clip->events, event_compare);
        for (guint j = 0; j < clip->events->len; j++) {
            const Event *event = g_ptr_array_index(clip->events, j);
            if (event->behaviour == NULL || event->start_us == TIME_UNKNOWN ||
                event->end_us <= event->start_us)
                continue; /* reported already */
            if (clip->duration_us > 0 && event->end_us > clip->duration_us) {
                g_autofree char *end = time_format_seconds(event->end_us);
                g_autofree char *duration = time_format_seconds(clip->duration_us);
                report(loading, event, "end_s", "found %s, expected at most the clip's duration of %s s", end,
                       duration);
            }
            g_autofree char *wrong_label = names_explain_label(event->behaviour, event->label);
            if (wrong_label != NULL)
                report(loading, event, "label", "%s", wrong_label);
            check_coverage(loading, clip, event);
            check_overlap(loading, event, latest);
        }
    }
}
