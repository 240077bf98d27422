/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yaml/confine.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static char *confined_root; /* absolute; NULL = not confined */
static char *highest;
static GPtrArray *allowed; /* of char *: canonical paths; NULL = none */

void confine_set_root(const char *root)
{
    g_free(confined_root);
    confined_root = root != NULL ? g_canonicalize_filename(root, NULL) : NULL;
}

bool confine_is_rooted(void)
{
    return confined_root != NULL;
}

/* In the confined folder the way up ends at its top, as in the root of a file system. */
static char *resolve_confined(const char *folder, const char *path)
{
    g_autofree char *from = g_canonicalize_filename(folder, NULL);
    const char *below = g_str_has_prefix(from, confined_root) ? from + strlen(confined_root) : "";
    g_autofree char *start = g_strconcat("/", below, NULL);
    g_autofree char *inside = g_canonicalize_filename(path, start);
    return g_build_filename(confined_root, inside, NULL);
}

char *confine_resolve(const char *folder, const char *path)
{
    if (confined_root != NULL)
        return resolve_confined(folder, path);
    return g_path_is_absolute(path) || strcmp(folder, ".") == 0 ? g_strdup(path)
                                                                : g_build_filename(folder, path, NULL);
}

char *confine_common_folder(const char *a, const char *b)
{
    g_auto(GStrv) left = g_strsplit(a, "/", -1), right = g_strsplit(b, "/", -1);
    GString *common = g_string_new(NULL);
    for (guint i = 1; left[0] != NULL && right[0] != NULL && left[i] != NULL && right[i] != NULL &&
                      *left[i] != '\0' && strcmp(left[i], right[i]) == 0;
         i++)
        g_string_append_printf(common, "/%s", left[i]);
    if (common->len == 0)
        g_string_append_c(common, '/');
    return g_string_free(common, FALSE);
}

/* The folder in which a path's way up ends. */
static char *top_of(const char *folder, const char *path)
{
    if (g_path_is_absolute(path))
        return g_strdup("/");
    g_autofree char *top = g_canonicalize_filename(folder, NULL);
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    g_autofree char *reached = g_strdup(top);
    for (char **part = parts; *part != NULL; part++) {
        if (**part == '\0' || strcmp(*part, ".") == 0)
            continue;
        char *next = g_canonicalize_filename(*part, reached);
        g_free(reached);
        reached = next;
        char *common = confine_common_folder(top, reached);
        g_free(top);
        top = common;
    }
    return g_steal_pointer(&top);
}

char *confine_resolve_input(const char *folder, const char *path)
{
    g_autofree char *top = top_of(folder, path);
    char *common = highest != NULL ? confine_common_folder(highest, top) : g_strdup(top);
    g_free(highest);
    highest = common;
    return confine_resolve(folder, path);
}

const char *confine_highest(void)
{
    return highest;
}

/* ---- what may be read */

/* Where it really is; NULL when it is not there. Caller frees. */
static char *real_path(const char *path)
{
    char *real = realpath(path, NULL);
    char *copy = g_strdup(real);
    free(real);
    return copy;
}

static bool lies_under(const char *path, const char *folder)
{
    g_autofree char *top = real_path(folder);
    if (top == NULL)
        return false;
    const size_t length = strlen(top);
    return strcmp(top, "/") == 0 || (strncmp(path, top, length) == 0 && path[length] == '/');
}

void confine_allow(const char *folder)
{
    if (allowed == NULL)
        allowed = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(allowed, g_canonicalize_filename(folder, NULL));
}

bool confine_is_allowed(const char *path)
{
    for (guint i = 0; allowed != NULL && i < allowed->len; i++)
        if (lies_under(path, g_ptr_array_index(allowed, i)))
            return true;
    return false;
}

static bool ends_as(const char *path, const char *const *endings)
{
    g_autofree char *lower = g_ascii_strdown(path, -1);
    for (; *endings != NULL; endings++)
        if (g_str_has_suffix(lower, *endings))
            return true;
    return false;
}

/* Passwords, keys and the system's own files are not called so. */
static bool is_called_a_table(const char *path)
{
    static const char *const endings[] = {".yaml",     ".yml", ".csv", ".tsv",  ".json", ".jsonl",
                                          ".jsonl.gz", ".xml", ".txt", ".onnx", NULL};
    return ends_as(path, endings);
}

static bool is_called_a_clip(const char *path)
{
    static const char *const endings[] = {
        ".mp4", ".m4v",  ".mov",   ".mkv", ".webm", ".avi", ".ts",    ".mts",      ".m2ts", ".mpg",  ".mpeg",
        ".m2v", ".vob",  ".ps",    ".flv", ".f4v",  ".wmv", ".asf",   ".3gp",      ".3g2",  ".mxf",  ".ogv",
        ".ogg", ".nut",  ".dv",    ".dav", ".h264", ".264", ".avc",   ".h265",     ".265",  ".hevc", ".obu",
        ".ivf", ".mjpg", ".mjpeg", ".y4m", ".yuv",  ".gif", ".apng",  ".webp",     ".jpg",  ".jpeg", ".png",
        ".bmp", ".tif",  ".tiff",  ".ppm", ".pgm",  ".jp2", ".jsonl", ".jsonl.gz", NULL};
    return ends_as(path, endings);
}

char *confine_objection(const char *folder, const char *path, ConfineUse use)
{
    g_autofree char *real = real_path(path);
    if (real == NULL)
        return NULL;
    if (confined_root != NULL && use == CONFINE_PLAYED)
        return NULL; /* links to where the clips are, made by the program */
    if (confined_root != NULL)
        return lies_under(real, confined_root) ? NULL : g_strdup("a file that lies in the bundle itself");
    if (lies_under(real, folder) || confine_is_allowed(real))
        return NULL;
    if (use == CONFINE_PARSED)
        return is_called_a_table(real)
                   ? NULL
                   : g_strdup(
                         "a file in this file’s folder, or a table or YAML by its name (.yaml, .csv, .json, "
                         "…), or one in a folder given with --allow");
    if (use == CONFINE_PLAYED)
        return is_called_a_clip(real)
                   ? NULL
                   : g_strdup(
                         "a file in this file’s folder, or a film or picture by its first bytes or its name "
                         "(.mp4, .mkv, .jpg, .jsonl, …), or one in a folder given with --allow");
    return g_strdup(
        "a file in this file’s folder, links followed, or in a folder given with --allow: what is "
        "printed and copied must not come from elsewhere");
}

char *confine_elsewhere(const char *folder, const char *path)
{
    g_autofree char *real = real_path(path);
    return real == NULL || lies_under(real, folder) ? NULL : g_steal_pointer(&real);
}
