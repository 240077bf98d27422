/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Truth files of a dataset. */
#include "behaviours/behaviour.h"
#include "config/dataset_internal.h"
#include "config/names.h"
#include "truth/truth.h"
#include "yaml/confine.h"

#include <string.h>

void dataset_note_place(DatasetLoading *loading, const Event *event, const char *file, int line, int column,
                        const char *path, const TruthColumns *columns)
{
    EventPlace *place = g_new(EventPlace, 1);
    *place = (EventPlace){g_strdup(file), g_strdup(path), line, column,
                          columns != NULL ? *columns : (TruthColumns){0}};
    g_hash_table_replace(loading->places, (gpointer)event, place);
}

/* ---- files */

/* The clip of a row; reports the first row of each unknown one. */
static Clip *clip_of_row(DatasetLoading *loading, const Truth *truth, const char *id, int line, int column,
                         GHashTable *known)
{
    gpointer found = NULL;
    if (g_hash_table_lookup_extended(known, id, NULL, &found))
        return found;
    Clip *clip = dataset_find_clip(loading->dataset, id);
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
    return behaviour->counters != NULL && g_strv_contains(behaviour->counters, "passages");
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
    CountSpan count = entry->count;
    if (!dataset_cut_end(clip, &count.span)) {
        g_autofree char *end = time_format_seconds(entry->count.span.end_us);
        g_autofree char *duration = time_format_seconds(clip->duration_us);
        problems_add(loading->problems, truth->file, entry->line, entry->columns.end, "end_s",
                     "found %s, expected at most the clip's duration of %s s", end, duration);
    }
    g_array_append_val(counts, count);
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
        Span span = entry->span;
        if (!dataset_cut_end(clip, &span)) {
            g_autofree char *end = time_format_seconds(entry->span.end_us);
            g_autofree char *duration = time_format_seconds(clip->duration_us);
            problems_add(loading->problems, truth->file, entry->line, entry->columns.end, "end_s",
                         "found %s, expected at most the clip's duration of %s s", end, duration);
            span_list_add(spans, 0, clip->duration_us); /* so that nothing more is said of this row */
            continue;
        }
        span_list_add(spans, span.start_us, span.end_us);
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
        g_autofree char *path = dataset_resolve(dataset, name), *folder = g_path_get_dirname(dataset->file);
        g_autofree char *expected = confine_objection(folder, path, CONFINE_PARSED);
        if (expected != NULL) {
            problems_add(loading->problems, dataset->file, 0, 0, "truth", "found “%s”, expected %s", name,
                         expected);
            continue;
        }
        g_autoptr(Truth) truth = truth_load(path, behaviours, loading->problems);
        if (truth == NULL)
            continue;
        dataset_note_file(loading, path, truth->sha256);
        merge(loading, truth);
    }
}
