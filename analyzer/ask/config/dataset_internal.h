/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the dataset loader share. */
#ifndef VSAUDIT_CONFIG_DATASET_INTERNAL_H
#define VSAUDIT_CONFIG_DATASET_INTERNAL_H

#include "config/dataset.h"
#include "truth/truth.h"
#include "yaml/yaml_table.h"

/* Where an event was written, for checks that need the whole dataset. */
typedef struct {
    char *file, *path;
    int line, column;     /* of the whole */
    TruthColumns columns; /* CSV */
} EventPlace;

typedef struct {
    Dataset *dataset;
    GHashTable *places;        /* Event * -> EventPlace * */
    GPtrArray *files, *hashes; /* of char *: truth and validation files read, and their SHA-256 */
    Problems *problems;
} DatasetLoading;

/* What a reading (TruthReading) holds of a clip. */
typedef struct {
    GPtrArray *events;    /* of Event * */
    GHashTable *coverage; /* char * behaviour -> SpanList * */
} ReadingClip;

/* `columns` NULL: not CSV. */
void dataset_note_place(DatasetLoading *loading, const Event *event, const char *file, int line, int column,
                        const char *path, const TruthColumns *columns);
/* Remembers a file that is part of the truth, with its hash. */
void dataset_note_file(DatasetLoading *loading, const char *path, const char *sha256);
/* Reads the dataset's truth files into its clips. */
void dataset_read_truth(DatasetLoading *loading);
/* Reads the files of annotators and of earlier truth. */
void dataset_read_readings(DatasetLoading *loading);
/* Checks every event of the truth against duration, coverage and the other events; sorts them. */
void dataset_check_events(DatasetLoading *loading);
/* Finds clips that are the same footage, once it is known where the files are, and remarks on them. */
void dataset_find_copies(Dataset *dataset);
/* The same for a list of a clip, whose places are noted, without coverage. */
void dataset_check_list(DatasetLoading *loading, Clip *clip, GPtrArray *events);
/* Whether a span of the truth ends within the clip's stated length. One that ends a little beyond
 * (clip_end_slack_us) is cut to it, and counted in the clip for a remark. */
bool dataset_cut_end(Clip *clip, Span *span);

/* The path of a file that the manifest names. Caller frees. */
char *dataset_resolve(const Dataset *dataset, const char *name);

/* The key “files” of a clip (a list of names or of clip_file_table), and what holds of all of them. */
void clip_files_read(YamlReader *reader, const YamlNode *node, void *member);
void clip_files_check(YamlReader *reader, const YamlNode *clip_node, Clip *clip);
/* “recorded_at”: NULL after having reported. *local: it states no offset. */
GDateTime *clip_read_recorded_at(YamlReader *reader, const YamlNode *node, bool *local);

extern const char *const clip_times_words[]; /* by ClipTimes */
extern const YamlTable dataset_table, clip_table, clip_file_table, event_table, reading_file_table;

#endif
