/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/dataset.h"

#include "config/clip_files.h"
#include "config/dataset_internal.h"
#include "media/known.h"
#include "records/find.h"
#include "records/free.h"
#include "yaml/confine.h"

#include <string.h>

static void check_readings(YamlReader *reader, const YamlNode *list, const GPtrArray *readings)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < readings->len; i++) {
        const TruthReading *reading = g_ptr_array_index(readings, i);
        if (reading->id != NULL && !g_hash_table_add(seen, reading->id))
            yaml_expected(reader, yaml_node_get(g_ptr_array_index(list->children, i), "id"),
                          "a name that stands only once in this list");
    }
}

/* The rule needs the validations while it looks, before the whole of the file's clock is known. */
static void check_times(YamlReader *reader, const YamlNode *node, const Clip *clip)
{
    const YamlNode *scene = yaml_node_get(node, "scene");
    const YamlNode *validations =
        scene != NULL && scene->kind == YAML_NODE_MAP ? yaml_node_get(scene, "validations") : NULL;
    if (clip->times == TIMES_FILE_CLOCK && validations != NULL)
        yaml_problem(
            reader, validations,
            "found validations of a clip whose times are those of the file’s clock, expected “times: "
            "from_first_picture” for such a clip");
}

static void check_dataset(YamlReader *reader, const YamlNode *node, void *target)
{
    const Dataset *dataset = target;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    const YamlNode *clips = yaml_node_get(node, "clips");
    for (guint i = 0; i < dataset->clips->len; i++) {
        Clip *clip = g_ptr_array_index(dataset->clips, i);
        if (clip->times == TIMES_OF_DATASET)
            clip->times = dataset->times;
        check_times(reader, g_ptr_array_index(clips->children, i), clip);
        const YamlNode *id = yaml_node_get(g_ptr_array_index(clips->children, i), "id");
        if (clip->id != NULL && !g_hash_table_add(seen, clip->id))
            yaml_expected(reader, id, "an id that no other clip of the dataset has");
    }
    const ProvenanceFacts facts = {dataset->clips, dataset->annotators, dataset->synthetic,
                                   dataset->id != NULL ? dataset->id : ""};
    provenance_check(reader, node, &dataset->sampling, &dataset->annotation, &facts);
    check_readings(reader, yaml_node_get(node, "annotators"), dataset->annotators);
    check_readings(reader, yaml_node_get(node, "earlier_truth"), dataset->earlier_truth);
}

static const YamlField dataset_fields[] = {
    ID_FIELD("id", Dataset, id, .required = true, .help = "short name"),
    PAIR_FIELD("title", Dataset, title, .help = "for the report"),
    TEXT_FIELD("licence", Dataset, licence, .help = "of the whole; a clip may state its own"),
    PAIR_FIELD("source", Dataset, source, .help = "where it comes from"),
    BOOL_FIELD("synthetic", Dataset, synthetic, .initial = "false",
               .help = "drawn, not filmed: the report says so"),
    MAP_FIELD("sampling", Dataset, sampling, &sampling_table,
              .help = "how the footage was chosen; a blank is printed as not filled in by the audit"),
    MAP_FIELD("annotation", Dataset, annotation, &annotation_table,
              .help = "how what truly happened was marked; likewise"),
    CHOICE_FIELD(
        "times", Dataset, times, clip_times_words, .initial = "from_first_picture",
        .help =
            "on which clock truth and alerts are written: from_first_picture, or file_clock, the position "
            "that a "
            "player shows"),
    LIST_FIELD("clips", Dataset, clips, &clip_table, .required = true, .min = 1, .help = "the clips"),
    TEXTS_FIELD("truth", Dataset, truth_files,
                .help = "truth files (CSV or JSON) with events and coverage of these clips"),
    TEXT_FIELD("truth_version", Dataset, truth_version,
               .help = "which version of the truth that is, when there were earlier ones: 2, adjudicated"),
    LIST_FIELD("earlier_truth", Dataset, earlier_truth, &reading_file_table,
               .help =
                   "the truth before it was adjudicated, by version: every system is scored against it too"),
    LIST_FIELD(
        "annotators", Dataset, annotators, &reading_file_table,
        .help =
            "what each person marked alone: their agreement is measured, and each can be a system of kind "
            "annotator"),
    YAML_FIELD_END};
const YamlTable dataset_table = {YAML_TABLE("dataset", dataset_fields, Dataset),
                                 .schema = "vsaudit/dataset/1", .check = check_dataset};

void dataset_note_file(DatasetLoading *loading, const char *path, const char *sha256)
{
    g_ptr_array_add(loading->files, g_strdup(path));
    g_ptr_array_add(loading->hashes, g_strdup(sha256));
}

DEFINE_DESTROY(place_free, EventPlace, place, g_free(place->file), g_free(place->path))

/* All files of a clip, or none: a clip that lacks one is missing. */
static void find_segments(ClipFiles *files, const char *folder, Clip *clip)
{
    for (guint i = 0; i < clip->files->len && clip->missing_reason == NULL; i++) {
        ClipFile *file = g_ptr_array_index(clip->files, i);
        g_autofree char *beside = confine_resolve(folder, file->file);
        g_autofree char *reason = NULL;
        file->path = clip_files_find(files, beside, file->sha256, &clip->altered, &reason);
        if (file->path == NULL)
            clip->missing_reason = g_strdup_printf("file %u of %u: %s", i + 1, clip->files->len, reason);
        else if (reason != NULL && clip->passed_over == NULL)
            clip->passed_over = g_steal_pointer(&reason);
    }
    if (clip->missing_reason == NULL)
        clip->path = g_strdup(((const ClipFile *)g_ptr_array_index(clip->files, 0))->path);
}

static void check_place(const DatasetLoading *loading, const Clip *clip, const char *file)
{
    const Dataset *dataset = loading->dataset;
    g_autofree char *folder = g_path_get_dirname(dataset->file);
    g_autofree char *path = file != NULL ? confine_resolve(folder, file) : NULL;
    g_autofree char *expected = path != NULL ? confine_objection(folder, path, CONFINE_PLAYED) : NULL;
    if (expected != NULL && !known_as_film(path))
        problems_add(loading->problems, dataset->file, clip->line, 1, "file", "found “%s”, expected %s", file,
                     expected);
}

/* Here, for every command: whatever reads no clip would tell its hash all the same. */
static void check_places(const DatasetLoading *loading)
{
    for (guint i = 0; i < loading->dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(loading->dataset->clips, i);
        check_place(loading, clip, clip->file);
        for (guint f = 0; f < clip->files->len; f++)
            check_place(loading, clip, ((const ClipFile *)g_ptr_array_index(clip->files, f))->file);
    }
}

static void find_files(Dataset *dataset)
{
    g_autofree char *folder = g_path_get_dirname(dataset->file);
    g_autoptr(ClipFiles) files = clip_files_new();
    for (guint i = 0; i < dataset->clips->len; i++) {
        Clip *clip = g_ptr_array_index(dataset->clips, i);
        if (clip->files->len > 0) {
            find_segments(files, folder, clip);
            continue;
        }
        g_autofree char *beside = clip->file != NULL ? confine_resolve(folder, clip->file) : NULL;
        clip->path = clip_files_find(files, beside, clip->sha256, &clip->altered, &clip->missing_reason);
        if (clip->path != NULL)
            clip->passed_over = g_steal_pointer(&clip->missing_reason);
    }
}

Dataset *dataset_read(const char *path, Problems *problems)
{
    const guint before = problems_count(problems);
    Dataset *dataset = g_new0(Dataset, 1);
    DatasetLoading loading = {.dataset = dataset,
                              .places = g_hash_table_new_full(NULL, NULL, NULL, place_free),
                              .files = g_ptr_array_new_with_free_func(g_free),
                              .hashes = g_ptr_array_new_with_free_func(g_free),
                              .problems = problems};
    char *sha256 = NULL;
    yaml_load(path, &dataset_table, dataset, &loading, problems, &sha256);
    dataset->file = g_strdup(path);
    dataset->remarks = g_ptr_array_new_with_free_func(g_free);
    dataset->sha256 = sha256;
    if (dataset->id != NULL) {
        check_places(&loading);
        dataset_read_truth(&loading);
        dataset_read_readings(&loading);
        dataset_check_events(&loading);
    }
    g_ptr_array_unref(dataset->truth_files);
    dataset->truth_files = g_steal_pointer(&loading.files);
    dataset->truth_hashes = g_steal_pointer(&loading.hashes);
    g_hash_table_unref(loading.places);
    if (problems_count(problems) != before)
        g_clear_pointer(&dataset, dataset_free);
    else {
        find_files(dataset);
        dataset_find_copies(dataset);
    }
    return dataset;
}

DEFINE_FREE(dataset_free, Dataset, dataset, g_free(dataset->file), g_free(dataset->sha256),
            g_ptr_array_unref(dataset->truth_hashes), g_ptr_array_unref(dataset->remarks),
            yaml_clear(&dataset_table, dataset))

Clip *dataset_find_clip(const Dataset *dataset, const char *id)
{
    return FIND_BY(dataset->clips, Clip, id, id);
}
