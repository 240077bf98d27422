/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/scene.h"

#include "records/error.h"
#include "records/free.h"

static void free_polygon(gpointer polygon)
{
    geometry_polygon_free(polygon);
}

Scene *scene_new(void)
{
    Scene *scene = g_new0(Scene, 1);
    scene->zones = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_polygon);
    scene->lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return scene;
}

static void clear_scene(Scene *scene)
{
    g_hash_table_unref(scene->zones);
    g_hash_table_unref(scene->lines);
    g_clear_pointer(&scene->validations, g_array_unref);
}

DEFINE_FREE(scene_free, Scene, scene, clear_scene(scene))

void scene_add_zone(Scene *scene, const char *name, Polygon *polygon)
{
    g_hash_table_replace(scene->zones, g_strdup(name), polygon);
}

void scene_add_line(Scene *scene, const char *name, Segment segment)
{
    g_hash_table_replace(scene->lines, g_strdup(name), g_memdup2(&segment, sizeof segment));
}

static const void *find(GHashTable *table, const char *kind, const char *name, GError **error)
{
    const void *found = g_hash_table_lookup(table, name);
    if (found != NULL)
        return found;
    g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(table), (GCompareFunc)g_strcmp0);
    g_autoptr(GString) names = g_string_new(NULL);
    for (const GList *key = keys; key != NULL; key = key->next)
        g_string_append_printf(names, "%s“%s”", names->len > 0 ? ", " : "", (const char *)key->data);
    if (names->len > 0)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "found no %s “%s” on this clip, expected one of %s", kind, name, names->str);
    else
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
            "found no %s “%s” on this clip, expected it under “scene” in the dataset's entry for the clip",
            kind, name);
    return NULL;
}

const Polygon *scene_find_zone(const Scene *scene, const char *name, GError **error)
{
    return find(scene->zones, "zone", name, error);
}

const Segment *scene_find_line(const Scene *scene, const char *name, GError **error)
{
    return find(scene->lines, "line", name, error);
}
