/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Truth of others on the same clips: single annotators, and versions before adjudication. */
#include "config/dataset_internal.h"
#include "config/names.h"
#include "records/find.h"
#include "records/free.h"

#include <string.h>

static void span_list_free(gpointer data)
{
    span_list_clear(data);
    g_free(data);
}

DEFINE_DESTROY(reading_clip_free, ReadingClip, clip, g_ptr_array_unref(clip->events),
               g_hash_table_unref(clip->coverage))

static void prepare_reading(void *target)
{
    ((TruthReading *)target)->clips =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, reading_clip_free);
}

static void check_reading(YamlReader *reader, const YamlNode *node, void *target)
{
    (void)reader;
    ((TruthReading *)target)->line = node->line;
}

static void clear_reading(void *target)
{
    g_hash_table_unref(((TruthReading *)target)->clips);
}

static const YamlField reading_fields[] = {
    TEXT_FIELD("id", TruthReading, id, .required = true, .min = 1, .max = 64,
               .help = "the annotator’s name or number, or the version"),
    TEXTS_FIELD("truth", TruthReading, files, .required = true, .min = 1, .max = 1000,
                .help = "truth files; when they have coverage rows, only that time was watched, else all "
                        "that the dataset’s "
                        "truth covers"),
    YAML_FIELD_END};
const YamlTable reading_file_table = {YAML_TABLE("annotators, earlier_truth", reading_fields, TruthReading),
                                      .prepare = prepare_reading, .check = check_reading,
                                      .clear = clear_reading};

static ReadingClip *clip_of(TruthReading *reading, const char *id)
{
    ReadingClip *clip = g_hash_table_lookup(reading->clips, id);
    if (clip == NULL) {
        clip = g_new(ReadingClip, 1);
        clip->events = event_array_new();
        clip->coverage = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, span_list_free);
        g_hash_table_insert(reading->clips, g_strdup(id), clip);
    }
    return clip;
}

static Clip *known_clip(const DatasetLoading *loading, const Truth *truth, const char *id, int line,
                        int column)
{
    Clip *clip = dataset_find_clip(loading->dataset, id);
    if (clip == NULL)
        problems_add(loading->problems, truth->file, line, column, "clip",
                     "found “%s”, expected a clip of the dataset “%s”", id, loading->dataset->id);
    return clip;
}

static void add_event(DatasetLoading *loading, TruthReading *reading, const Truth *truth, TruthEvent *entry)
{
    if (known_clip(loading, truth, entry->clip, entry->line, entry->columns.clip) == NULL)
        return;
    dataset_note_place(loading, entry->event, truth->file, entry->line, 0, NULL, &entry->columns);
    g_ptr_array_add(clip_of(reading, entry->clip)->events, g_steal_pointer(&entry->event));
}

static void add_coverage(const DatasetLoading *loading, TruthReading *reading, const Truth *truth,
                         const TruthCoverage *entry)
{
    if (known_clip(loading, truth, entry->clip, entry->line, entry->columns.clip) == NULL)
        return;
    GHashTable *coverage = clip_of(reading, entry->clip)->coverage;
    SpanList *spans = g_hash_table_lookup(coverage, entry->behaviour);
    if (spans == NULL) {
        spans = g_new0(SpanList, 1);
        span_list_init(spans);
        g_hash_table_insert(coverage, g_strdup(entry->behaviour), spans);
    }
    span_list_add(spans, entry->span.start_us, entry->span.end_us);
    reading->states_coverage = true;
}

static void read_list(DatasetLoading *loading, GPtrArray *readings)
{
    g_autofree const char **behaviours = names_behaviours();
    for (guint i = 0; i < readings->len; i++) {
        TruthReading *reading = g_ptr_array_index(readings, i);
        for (guint f = 0; f < reading->files->len; f++) {
            g_autofree char *path = dataset_resolve(loading->dataset, g_ptr_array_index(reading->files, f));
            g_autoptr(Truth) truth = truth_load(path, behaviours, loading->problems);
            if (truth == NULL)
                continue;
            dataset_note_file(loading, path, truth->sha256);
            for (guint e = 0; e < truth->coverage->len; e++)
                add_coverage(loading, reading, truth, &g_array_index(truth->coverage, TruthCoverage, e));
            for (guint e = 0; e < truth->events->len; e++)
                add_event(loading, reading, truth, &g_array_index(truth->events, TruthEvent, e));
        }
        for (guint c = 0; c < loading->dataset->clips->len; c++) {
            Clip *clip = g_ptr_array_index(loading->dataset->clips, c);
            ReadingClip *read = clip->id != NULL ? g_hash_table_lookup(reading->clips, clip->id) : NULL;
            if (read != NULL)
                dataset_check_list(loading, clip, read->events);
        }
    }
}

void dataset_read_readings(DatasetLoading *loading)
{
    read_list(loading, loading->dataset->annotators);
    read_list(loading, loading->dataset->earlier_truth);
}

const TruthReading *dataset_find_annotator(const Dataset *dataset, const char *id)
{
    return FIND_BY(dataset->annotators, TruthReading, id, id);
}

const GPtrArray *reading_events(const TruthReading *reading, const char *clip)
{
    const ReadingClip *found = g_hash_table_lookup(reading->clips, clip);
    return found != NULL ? found->events : NULL;
}

bool reading_coverage(const TruthReading *reading, const Clip *clip, const char *behaviour,
                      int64_t duration_us, SpanList *out)
{
    if (!clip_coverage(clip, behaviour, duration_us, out))
        return false;
    if (!reading->states_coverage)
        return true;
    const ReadingClip *found = g_hash_table_lookup(reading->clips, clip->id);
    const SpanList *spans = found != NULL ? g_hash_table_lookup(found->coverage, behaviour) : NULL;
    if (spans == NULL)
        return false;
    span_list_intersect_list(out, spans);
    return true;
}
