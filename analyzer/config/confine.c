/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/confine.h"

#include <glib.h>
#include <string.h>

static char *confined_root; /* absolute; NULL = not confined */
static char *highest;

void confine_set_root(const char *root)
{
    g_free(confined_root);
    confined_root = root != NULL ? g_canonicalize_filename(root, NULL) : NULL;
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
