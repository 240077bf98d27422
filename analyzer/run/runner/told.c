/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/told.h"

#include "records/free.h"
#include "yaml/confine.h"

#include <stdbool.h>
#include <string.h>

/* A path of this machine and what is said in its place. */
typedef struct {
    char *path, *name;
} Name;

DEFINE_DESTROY(name_free, Name, name, g_free(name->path), g_free(name->name))

/* ---- the names that are known */

static void add_name(GPtrArray *names, const char *path, const char *said)
{
    if (path == NULL || *path == '\0' || strcmp(path, ".") == 0 || strcmp(path, "./") == 0 ||
        strcmp(path, "/") == 0)
        return;
    Name *name = g_new(Name, 1);
    name->path = g_strdup(path);
    name->name = g_strdup(said);
    g_ptr_array_add(names, name);
}

/* Both as it is called and as it really lies there. */
static void add_file(GPtrArray *names, const char *path, const char *said)
{
    if (path == NULL)
        return;
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    add_name(names, path, said);
    add_name(names, whole, said);
}

/* What lies in the folder is said from there: `said` is what stands before its name. */
static void add_folder(GPtrArray *names, const char *folder, const char *said)
{
    g_autofree char *whole = g_canonicalize_filename(folder, NULL);
    g_autofree char *before = g_strconcat(folder, "/", NULL), *whole_before = g_strconcat(whole, "/", NULL);
    add_name(names, before, said);
    add_name(names, whole_before, said);
}

static void add_folder_of(GPtrArray *names, const char *file)
{
    g_autofree char *folder = file != NULL ? g_path_get_dirname(file) : NULL;
    if (folder != NULL)
        add_folder(names, folder, "");
}

/* `file`: as written, or NULL; `path`: where it was found, or NULL. */
static void add_clip_file(GPtrArray *names, const char *folder, const char *file, const char *sha256,
                          const char *path)
{
    g_autofree char *by_hash = sha256 != NULL ? g_strconcat("SHA-256 ", sha256, NULL) : NULL;
    add_file(names, path, file != NULL ? file : by_hash != NULL ? by_hash : "the clip");
    if (file == NULL)
        return;
    add_name(names, file, file); /* what is told already stays, absolute or not */
    g_autofree char *beside = confine_resolve(folder, file);
    add_file(names, beside, file);
    g_autofree char *written = g_path_get_dirname(file), *there = g_path_get_dirname(beside);
    g_autofree char *before = g_strconcat(written, "/", NULL);
    add_folder(names, there, strcmp(written, ".") == 0 ? "" : before);
    add_file(names, there, written); /* of numbered pictures */
}

static gint compare_lengths(gconstpointer a, gconstpointer b)
{
    const Name *x = *(Name *const *)a, *y = *(Name *const *)b;
    const size_t left = strlen(x->path), right = strlen(y->path);
    return (left < right) - (left > right);
}

static GPtrArray *collect_names(const PlanJob *job, const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(name_free);
    const Clip *clip = job->clip;
    g_autofree char *beside = g_path_get_dirname(job->dataset->file);
    if (clip->files->len == 0)
        add_clip_file(names, beside, clip->file, clip->sha256, clip->path);
    for (guint i = 0; i < clip->files->len; i++) {
        const ClipFile *file = g_ptr_array_index(clip->files, i);
        add_clip_file(names, beside, file->file, file->sha256, file->path);
    }
    add_folder_of(names, job->dataset->file);
    for (guint i = 0; i < job->scenarios->len; i++)
        add_folder_of(names, ((const Scenario *)g_ptr_array_index(job->scenarios, i))->file);
    if (folder != NULL)
        add_folder(names, folder, "");
    g_ptr_array_sort(names, compare_lengths); /* stable: of two for one path the first holds */
    return names;
}

/* ---- the sentence */

static bool goes_on(char c)
{
    return g_ascii_isalnum(c) || c == '_' || c == '-' || c == '.' || c == '/' || (c & 0x80) != 0;
}

/* Whether a path may begin at `at`: not in the middle of another one. A quotation mark ends what was before.
 */
static bool may_begin(const char *text, const char *at)
{
    const char *before = at - MIN(3, at - text);
    return at == text || !goes_on(at[-1]) || g_str_has_prefix(before, "“") || g_str_has_prefix(before, "‘");
}

static bool may_end(const char *path, const char *after)
{
    return g_str_has_suffix(path, "/") || (!g_ascii_isalnum(*after) && *after != '_' && *after != '-' &&
                                           *after != '/' && !(*after == '.' && g_ascii_isalnum(after[1])));
}

static const Name *find_name(const GPtrArray *names, const char *text, const char *at)
{
    if (!may_begin(text, at))
        return NULL;
    for (guint i = 0; i < names->len; i++) {
        const Name *name = g_ptr_array_index(names, i);
        if (g_str_has_prefix(at, name->path) && may_end(name->path, at + strlen(name->path)))
            return name;
    }
    return NULL;
}

/* How long the folders of an absolute path at `at` are, up to the last “/”; 0: there is none. */
static size_t strange_folders(const char *text, const char *at)
{
    if (*at != '/' || !may_begin(text, at))
        return 0;
    const size_t length = strcspn(at, " \t\n:,;\"'()“”‘’");
    size_t folders = 0;
    for (size_t i = 1; i + 1 < length; i++)
        if (at[i] == '/' && at[i + 1] != '/')
            folders = i + 1;
    return folders;
}

char *told_reason(const PlanJob *job, const char *folder, const char *reason)
{
    if (reason == NULL)
        return NULL;
    g_autoptr(GPtrArray) names = collect_names(job, folder);
    GString *told = g_string_new(NULL);
    for (const char *at = reason; *at != '\0';) {
        const Name *name = find_name(names, reason, at);
        const size_t skipped = name != NULL ? strlen(name->path) : strange_folders(reason, at);
        if (name != NULL)
            g_string_append(told, name->name);
        if (skipped == 0)
            g_string_append_c(told, *at);
        at += MAX(skipped, 1);
    }
    return g_string_free(told, FALSE);
}
