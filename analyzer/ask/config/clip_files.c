/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/clip_files.h"

#include "records/file_hash.h"
#include "records/free.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FOLDER_DEPTH_MAX 16

typedef struct {
    int64_t size, modified_ns, changed_ns;
    char sha256[65];
} Entry;

struct ClipFiles {
    GHashTable *cache; /* char * absolute path -> Entry * */
    bool changed;
    GPtrArray *found; /* of char *: all files under VSAUDIT_DATA, sorted; NULL until they are needed */
    char *unread;     /* the first that is there and could not be hashed */
};

/* ---- the cache of hashes: one line a file, "sha256 size modified changed path" */

static char *cache_path(void)
{
    return g_build_filename(g_get_user_cache_dir(), "vsaudit", "hashes", NULL);
}

static void read_cache(ClipFiles *files)
{
    g_autofree char *path = cache_path();
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return;
    char *rest = text;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        Entry entry;
        int at = 0;
        if (sscanf(line, "%64[0-9a-f] %" SCNd64 " %" SCNd64 " %" SCNd64 " %n", entry.sha256, &entry.size,
                   &entry.modified_ns, &entry.changed_ns, &at) == 4 &&
            strlen(entry.sha256) == 64 && line[at] != '\0')
            g_hash_table_replace(files->cache, g_strdup(line + at), g_memdup2(&entry, sizeof entry));
    }
}

static void write_cache(const ClipFiles *files)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(files->cache), (GCompareFunc)strcmp);
    for (const GList *key = keys; key != NULL; key = key->next) {
        const Entry *entry = g_hash_table_lookup(files->cache, key->data);
        g_string_append_printf(text, "%s %" PRId64 " %" PRId64 " %" PRId64 " %s\n", entry->sha256,
                               entry->size, entry->modified_ns, entry->changed_ns, (const char *)key->data);
    }
    g_autofree char *path = cache_path();
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_mkdir_with_parents(folder, 0700) == 0)
        g_file_set_contents(path, text->str, (gssize)text->len, NULL);
}

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

char *clip_files_hash(ClipFiles *files, const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return NULL;
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    const Entry *known = g_hash_table_lookup(files->cache, absolute);
    Entry entry = {.size = status.st_size,
                   .modified_ns = nanoseconds(status.st_mtim),
                   .changed_ns = nanoseconds(status.st_ctim)};
    if (known != NULL && known->size == entry.size && known->modified_ns == entry.modified_ns &&
        known->changed_ns == entry.changed_ns)
        return g_strdup(known->sha256);
    char *hash = file_hash(path, NULL);
    if (hash == NULL && files->unread == NULL)
        files->unread = g_strdup(path);
    if (hash != NULL && strchr(absolute, '\n') == NULL) {
        g_strlcpy(entry.sha256, hash, sizeof entry.sha256);
        g_hash_table_replace(files->cache, g_strdup(absolute), g_memdup2(&entry, sizeof entry));
        files->changed = true;
    }
    return hash;
}

const char *clip_files_unread(const ClipFiles *files)
{
    return files->unread;
}

char *clip_files_hash_all(ClipFiles *files, const char *const *paths)
{
    g_autoptr(GString) all = g_string_new(NULL);
    for (const char *const *path = paths; path != NULL && *path != NULL; path++) {
        g_autofree char *hash = clip_files_hash(files, *path);
        if (hash == NULL)
            return NULL;
        g_string_append_printf(all, "%s%s", all->len > 0 ? " " : "", hash);
    }
    return all->len > 0 ? g_strdup(all->str) : NULL;
}

/* ---- VSAUDIT_DATA */

static void walk(const char *folder, int depth, GPtrArray *found)
{
    g_autoptr(GDir) dir = depth <= FOLDER_DEPTH_MAX ? g_dir_open(folder, 0, NULL) : NULL;
    const char *name = NULL;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        if (*name == '.')
            continue;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        struct stat status;
        if (lstat(path, &status) != 0) /* a folder behind a link could lead back here */
            continue;
        if (S_ISDIR(status.st_mode))
            walk(path, depth + 1, found);
        else if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            g_ptr_array_add(found, g_steal_pointer(&path));
    }
}

static int compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void list_data(ClipFiles *files)
{
    files->found = g_ptr_array_new_with_free_func(g_free);
    const char *variable = g_getenv("VSAUDIT_DATA");
    g_auto(GStrv) folders = g_strsplit(variable != NULL ? variable : "", ":", -1);
    for (char **folder = folders; *folder != NULL; folder++) {
        if (**folder != '\0')
            walk(*folder, 0, files->found);
    }
    g_ptr_array_sort(files->found, compare_paths);
}

static char *find_in_data(ClipFiles *files, const char *sha256, const char *name_first)
{
    if (files->found == NULL)
        list_data(files);
    /* Files of the expected name first: then a big folder is not hashed for one clip. */
    for (int pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < files->found->len; i++) {
            const char *path = g_ptr_array_index(files->found, i);
            g_autofree char *name = g_path_get_basename(path);
            if ((g_strcmp0(name, name_first) == 0) != (pass == 0))
                continue;
            g_autofree char *hash = clip_files_hash(files, path);
            if (g_strcmp0(hash, sha256) == 0)
                return g_strdup(path);
        }
    }
    return NULL;
}

/* ---- */

ClipFiles *clip_files_new(void)
{
    ClipFiles *files = g_new0(ClipFiles, 1);
    files->cache = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    read_cache(files);
    return files;
}

static void clear_clip_files(ClipFiles *files)
{
    if (files->changed)
        write_cache(files);
    g_free(files->unread);
    g_hash_table_unref(files->cache);
    if (files->found != NULL)
        g_ptr_array_unref(files->found);
}

DEFINE_FREE(clip_files_free, ClipFiles, files, clear_clip_files(files))

static char *find_series(const char *pattern, char **reason)
{
    g_autofree char *folder = g_path_get_dirname(pattern);
    if (g_file_test(folder, G_FILE_TEST_IS_DIR))
        return g_strdup(pattern);
    *reason = g_strdup_printf("the folder “%s” of the picture series is not there", folder);
    return NULL;
}

char *clip_files_find(ClipFiles *files, const char *beside, const char *sha256, bool *altered, char **reason)
{
    *altered = false;
    *reason = NULL;
    if (beside != NULL && strchr(beside, '%') != NULL && !g_file_test(beside, G_FILE_TEST_EXISTS))
        return find_series(beside, reason);
    g_autofree char *wrong = NULL;
    if (beside != NULL && g_file_test(beside, G_FILE_TEST_IS_REGULAR)) {
        if (sha256 == NULL)
            return g_strdup(beside);
        wrong = clip_files_hash(files, beside);
        if (g_strcmp0(wrong, sha256) == 0)
            return g_strdup(beside);
        *altered = wrong != NULL;
        if (wrong == NULL)
            wrong = g_strdup("not to be read");
    }
    if (sha256 != NULL) {
        g_autofree char *name = beside != NULL ? g_path_get_basename(beside) : NULL;
        char *found = find_in_data(files, sha256, name);
        if (found != NULL) {
            *altered = false;
            if (wrong != NULL)
                *reason =
                    g_strdup_printf("“%s” was passed over: its SHA-256 is %s, expected %s, which “%s” has",
                                    beside, wrong, sha256, found);
            return found;
        }
    }
    if (wrong != NULL)
        *reason = g_strdup_printf("“%s” is not the file that the manifest names: SHA-256 %s, expected %s",
                                  beside, wrong, sha256);
    else if (sha256 == NULL && beside == NULL)
        *reason = g_strdup("the manifest names neither a file nor a hash: this clip can only be scored");
    else if (sha256 == NULL && g_file_test(beside, G_FILE_TEST_IS_DIR))
        *reason = g_strdup_printf("“%s” is a folder, not a clip", beside);
    else if (sha256 == NULL)
        *reason = g_strdup_printf("“%s” is not there", beside);
    else if (beside != NULL)
        *reason = g_strdup_printf("“%s” is not there, and no file under VSAUDIT_DATA has the SHA-256 %s",
                                  beside, sha256);
    else
        *reason = g_strdup_printf("no file under VSAUDIT_DATA has the SHA-256 %s", sha256);
    return NULL;
}
