/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/verify_clips.h"

#include "bundle/tree.h"
#include "results/document.h"
#include "yaml/confine.h"

#include <string.h>
#include <unistd.h>

enum { MOST_NAMED = 5 };

/* ---- linking */

static bool is_series(const char *file)
{
    g_autofree char *name = g_path_get_basename(file);
    return strchr(name, '%') != NULL;
}

/* Names in the folder of `pattern` that may be its pictures, of char *; which of them are, media/sequence.h
 * decides. Caller unrefs. */
static GPtrArray *list_series(const char *pattern)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = g_path_get_dirname(pattern), *name = g_path_get_basename(pattern);
    char *percent = strchr(name, '%'), *after = percent != NULL ? strchr(percent, 'd') : NULL;
    g_autoptr(GDir) dir = after != NULL ? g_dir_open(folder, 0, NULL) : NULL;
    if (dir == NULL)
        return names;
    *percent = '\0';
    for (const char *found = g_dir_read_name(dir); found != NULL; found = g_dir_read_name(dir))
        if (g_str_has_prefix(found, name) && g_str_has_suffix(found, after + 1))
            g_ptr_array_add(names, g_strdup(found));
    return names;
}

static bool is_there(const char *path)
{
    if (!is_series(path))
        return g_file_test(path, G_FILE_TEST_IS_REGULAR);
    g_autoptr(GPtrArray) names = list_series(path);
    return names->len > 0;
}

/* A clip without a hash is found by its name: as written, where that leads below the folder, else by its last
 * part. */
static char *find_by_name(const char *clips, const char *file)
{
    g_autofree char *base = g_path_get_basename(file);
    const char *const names[] = {file, base};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(clips, names[i], NULL);
        if (tree_explain_name(names[i], strlen(names[i])) == NULL && is_there(path))
            return g_canonicalize_filename(path, NULL);
    }
    return NULL;
}

static void link_one(const char *there, const char *here)
{
    if (symlink(there, here) != 0)
        g_info("%s cannot be linked", here); /* then the clip is told to be missing */
}

static void link_series(const char *there, const char *parent)
{
    g_autoptr(GPtrArray) names = list_series(there);
    g_autofree char *folder = g_path_get_dirname(there);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *from = g_build_filename(folder, g_ptr_array_index(names, i), NULL);
        g_autofree char *to = g_build_filename(parent, g_ptr_array_index(names, i), NULL);
        link_one(from, to);
    }
}

static void link_file(const char *folder, const char *file, const char *clips)
{
    g_autofree char *there = find_by_name(clips, file);
    g_autofree char *here = confine_resolve(folder, file);
    g_autofree char *parent = g_path_get_dirname(here);
    if (there == NULL || g_mkdir_with_parents(parent, 0700) != 0)
        return;
    if (is_series(file))
        link_series(there, parent);
    else
        link_one(there, here);
}

void verify_clips_link(const Audit *audit, const char *clips)
{
    for (guint d = 0; d < audit->datasets->len; d++) {
        const Dataset *dataset = g_ptr_array_index(audit->datasets, d);
        g_autofree char *folder = g_path_get_dirname(dataset->file);
        for (guint c = 0; c < dataset->clips->len; c++) {
            const Clip *clip = g_ptr_array_index(dataset->clips, c);
            /* of numbered pictures the folder may be there, without a picture */
            if (clip->file != NULL && clip->sha256 == NULL && (clip->path == NULL || !is_there(clip->path)))
                link_file(folder, clip->file, clips);
            for (guint f = 0; f < clip->files->len; f++) {
                const ClipFile *file = g_ptr_array_index(clip->files, f);
                if (file->sha256 == NULL && (file->path == NULL || !is_there(file->path)))
                    link_file(folder, file->file, clips);
            }
        }
    }
}

/* ---- what is at hand */

/* Some clips, the first of them by name. */
typedef struct {
    guint count;
    GString *names;
} Few;

static void few_add(Few *few, const char *name)
{
    if (few->names == NULL)
        few->names = g_string_new(NULL);
    if (++few->count <= MOST_NAMED)
        g_string_append_printf(few->names, "%s%s", few->names->len > 0 ? ", " : "", name);
    else if (few->count == MOST_NAMED + 1)
        g_string_append(few->names, ", …");
}

static void few_clear(Few *few)
{
    if (few->names != NULL)
        g_string_free(few->names, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Few, few_clear)

/* The status that all conditions of the clip share; NULL: there are several. */
static const char *status_of(const ResultsClip *entry)
{
    const char *status = entry->conditions.count > 0 ? entry->conditions.at[0].status : NULL;
    for (size_t i = 1; i < entry->conditions.count; i++)
        if (g_strcmp0(status, entry->conditions.at[i].status) != 0)
            return NULL;
    return status;
}

/* For the runner: the clip has no file here, for the reason given then. */
static void take_away(Clip *clip, const ResultsClip *entry, bool failed)
{
    const char *reason = entry->conditions.count > 0 ? entry->conditions.at[0].reason : NULL;
    g_clear_pointer(&clip->path, g_free);
    g_free(clip->missing_reason);
    clip->missing_reason = g_strdup(reason);
    clip->altered = failed;
}

bool verify_clips_settle(const Audit *audit, const json_t *stored, VerifyReport *report)
{
    g_auto(Few) missing = {0}, failed = {0}, found = {0};
    g_autoptr(Results) results = results_load(stored);
    for (size_t i = 0; i < results->clips.count; i++) {
        const ResultsClip *entry = &results->clips.at[i];
        Clip *clip = audit_find_clip(audit, entry->dataset, entry->clip);
        if (clip == NULL)
            continue;
        const char *status = status_of(entry);
        const bool here = clip->path != NULL && (clip->files->len > 0 || is_there(clip->path));
        if (g_strcmp0(status, "missing") == 0) {
            if (here)
                few_add(&found, clip->id);
            take_away(clip, entry, false);
        } else if (!here && g_strcmp0(status, "failed") == 0) {
            few_add(&failed, clip->id);
            take_away(clip, entry, true);
        } else if (!here) {
            few_add(&missing, clip->id);
        }
    }
    if (found.count > 0)
        verify_say(report->unchecked,
                   "Video: %u %s missing then and at hand now (%s): taken as missing, as it was told.",
                   found.count, found.count == 1 ? "clip was" : "clips were", found.names->str);
    report->incomplete = report->incomplete || missing.count > 0 || failed.count > 0;
    if (failed.count > 0 && missing.count == 0)
        verify_say(report->unchecked,
                   "Video: %u %s then and cannot be found now (%s): taken as failed, as it was told.",
                   failed.count, failed.count == 1 ? "clip failed" : "clips failed", failed.names->str);
    if (missing.count > 0)
        verify_say(report->unchecked, "Video: not replayed: %u %s not at hand (%s).", missing.count,
                   missing.count == 1 ? "clip is" : "clips are", missing.names->str);
    return missing.count == 0;
}
