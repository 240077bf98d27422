/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips that are several files: segments of a recorder that follow each other. */
#include "config/dataset_internal.h"

#include <string.h>

static void prepare_file(void *target)
{
    ((ClipFile *)target)->start_us = TIME_UNKNOWN;
}

static void read_recorded_at(YamlReader *reader, const YamlNode *node, void *member)
{
    ClipFile *file = (ClipFile *)(void *)((char *)member - offsetof(ClipFile, recorded_at));
    file->recorded_at = clip_read_recorded_at(reader, node, &file->recorded_local);
}

static void check_file(YamlReader *reader, const YamlNode *node, void *target)
{
    const ClipFile *file = target;
    if (file->start_us != TIME_UNKNOWN && file->recorded_at != NULL)
        yaml_problem(reader, node, "found “start_s” and “recorded_at”, expected one of them");
}

static void clear_file(void *target)
{
    ClipFile *file = target;
    g_clear_pointer(&file->recorded_at, g_date_time_unref);
    g_free(file->path);
    g_free(file->kept_sha256);
}

static const YamlField file_fields[] = {
    TEXT_FIELD("file", ClipFile, file, .required = true, .help = "path from the manifest’s folder"),
    SHA256_FIELD("sha256", ClipFile, sha256, .help = "of this file"),
    SECONDS_FIELD("start_s", ClipFile, start_us, .max = 1e6, .unit = "s",
                  .help = "when its first picture was taken, from the clip’s first picture"),
    CUSTOM_FIELD("recorded_at", ClipFile, recorded_at, read_recorded_at,
                 .shape = "YYYY-MM-DD HH:MM:SS[+HH:MM]",
                 .help = "in place of start_s: its first picture by the camera’s clock"),
    YAML_FIELD_END};
const YamlTable clip_file_table = {YAML_TABLE("file of a clip", file_fields, ClipFile),
                                   .prepare = prepare_file, .check = check_file, .clear = clear_file};

void clip_files_read(YamlReader *reader, const YamlNode *node, void *member)
{
    GPtrArray *files = *(GPtrArray **)member;
    if (node->kind != YAML_NODE_LIST || node->children->len == 0) {
        yaml_expected(reader, node,
                      "a list of files that follow each other: names, or {file: …, start_s: …}");
        return;
    }
    for (guint i = 0; i < node->children->len; i++) {
        const YamlNode *child = g_ptr_array_index(node->children, i);
        ClipFile *file = g_new0(ClipFile, 1);
        g_ptr_array_add(files, file);
        if (child->kind == YAML_NODE_TEXT) {
            prepare_file(file);
            yaml_read_text(reader, child, &file->file);
        } else {
            yaml_read_map(reader, child, &clip_file_table, file);
        }
    }
}

/* ---- all of them together */

/* Times by the camera's clock become times from the first picture. */
static void take_clock(YamlReader *reader, const YamlNode *node, Clip *clip)
{
    const ClipFile *first = g_ptr_array_index(clip->files, 0);
    if (clip->recorded_at == NULL && first->recorded_at != NULL) {
        clip->recorded_at = g_date_time_ref(first->recorded_at);
        clip->recorded_local = first->recorded_local;
    }
    for (guint i = 0; i < clip->files->len; i++) {
        ClipFile *file = g_ptr_array_index(clip->files, i);
        const YamlNode *place = g_ptr_array_index(node->children, i);
        if (file->recorded_at == NULL)
            continue;
        if (clip->recorded_at == NULL)
            yaml_expected(reader, place,
                          "“recorded_at” of the clip or of its first file too, from which the others are "
                          "counted");
        else if (file->recorded_local != clip->recorded_local)
            yaml_expected(reader, yaml_node_get(place, "recorded_at"),
                          "an offset from UTC with each “recorded_at” of the clip, or with none");
        else
            file->start_us = g_date_time_difference(file->recorded_at, clip->recorded_at);
    }
}

static void check_order(YamlReader *reader, const YamlNode *node, const Clip *clip)
{
    int64_t latest_us = 0;
    for (guint i = 0; i < clip->files->len; i++) {
        const ClipFile *file = g_ptr_array_index(clip->files, i);
        const YamlNode *place = g_ptr_array_index(node->children, i);
        if (file->start_us == TIME_UNKNOWN)
            continue;
        if (i == 0 && file->start_us != 0) {
            yaml_problem(
                reader, place,
                "found a first file that does not begin at 0 s, expected the clip’s time to begin with "
                "its first picture");
        } else if (i > 0 && file->start_us <= latest_us) {
            g_autofree char *start = time_format_seconds(file->start_us);
            g_autofree char *latest = time_format_seconds(latest_us);
            yaml_problem(
                reader, place,
                "found a file that begins at %s s after one that begins at %s s, expected the files in "
                "the order of time",
                start, latest);
        }
        latest_us = MAX(latest_us, file->start_us);
    }
}

static bool holds_observations(const char *file)
{
    return g_str_has_suffix(file, ".jsonl") || g_str_has_suffix(file, ".jsonl.gz");
}

static void check_names(YamlReader *reader, const YamlNode *node, const Clip *clip)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < clip->files->len; i++) {
        const ClipFile *file = g_ptr_array_index(clip->files, i);
        const YamlNode *place = g_ptr_array_index(node->children, i);
        if (file->file == NULL)
            continue; /* reported already */
        if (!g_hash_table_add(seen, file->file))
            yaml_problem(reader, place, "found the file “%s” a second time, expected each file once",
                         file->file);
        if (holds_observations(file->file))
            yaml_problem(
                reader, place,
                "found observations among several files, expected videos (observations are one file)");
    }
}

void clip_files_check(YamlReader *reader, const YamlNode *clip_node, Clip *clip)
{
    const YamlNode *node = yaml_node_get(clip_node, "files");
    if (clip->files->len == 0 || node->kind != YAML_NODE_LIST || node->children->len != clip->files->len)
        return;
    if (clip->file != NULL || clip->sha256 != NULL)
        yaml_problem(
            reader, yaml_node_get(clip_node, clip->file != NULL ? "file" : "sha256"),
            "found “%s” beside “files”, expected the hash of each file under “files”, and no other file",
            clip->file != NULL ? "file" : "sha256");
    check_names(reader, node, clip);
    take_clock(reader, node, clip);
    check_order(reader, node, clip);
}

/* ---- for others */

char *clip_stated_sha256(const Clip *clip)
{
    if (clip->files->len == 0)
        return g_strdup(clip->sha256);
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < clip->files->len; i++) {
        const ClipFile *file = g_ptr_array_index(clip->files, i);
        if (file->sha256 == NULL)
            return NULL;
        g_string_append_printf(all, "%s%s", i > 0 ? " " : "", file->sha256);
    }
    return g_strdup(all->str);
}

const char **clip_paths(const Clip *clip)
{
    if (clip->path == NULL)
        return NULL;
    const guint count = MAX(clip->files->len, 1);
    const char **paths = g_new0(const char *, count + 1);
    paths[0] = clip->path;
    for (guint i = 0; i < clip->files->len; i++)
        paths[i] = ((const ClipFile *)g_ptr_array_index(clip->files, i))->path;
    return paths;
}
