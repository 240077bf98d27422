/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/engine_asked.h"

#include <string.h>

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

static int compare_ids(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static json_t *points_to_json(const Point *points, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("[f,f]", points[i].x, points[i].y));
    return list;
}

static json_t *describe_zones(const Scene *scene)
{
    json_t *zones = json_object();
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(scene->zones), compare_names);
    for (const GList *name = names; name != NULL; name = name->next) {
        const Polygon *zone = g_hash_table_lookup(scene->zones, name->data);
        json_object_set_new(zones, name->data, points_to_json(zone->points, zone->count));
    }
    return zones;
}

static json_t *describe_lines(const Scene *scene)
{
    json_t *lines = json_object();
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(scene->lines), compare_names);
    for (const GList *name = names; name != NULL; name = name->next) {
        const Segment *line = g_hash_table_lookup(scene->lines, name->data);
        const Point ends[] = {line->a, line->b};
        json_object_set_new(lines, name->data, points_to_json(ends, G_N_ELEMENTS(ends)));
    }
    return lines;
}

static json_t *describe_behaviour(const char *id, const Scene *scene)
{
    json_t *behaviour =
        json_pack("{s:s,s:o,s:o}", "id", id, "zones", describe_zones(scene), "lines", describe_lines(scene));
    for (guint i = 0; scene->validations != NULL && i <= scene->validations->len; i++) {
        if (i == 0)
            json_object_set_new(behaviour, "validations_us", json_array());
        if (i < scene->validations->len)
            json_array_append_new(json_object_get(behaviour, "validations_us"),
                                  json_integer(g_array_index(scene->validations, int64_t, i)));
    }
    return behaviour;
}

void engine_asked_init(EngineAsked *asked, const PlanJob *job)
{
    *asked = (EngineAsked){g_ptr_array_new(), json_array()};
    for (guint i = 0; i < job->looks->len; i++) {
        char *id = g_array_index(job->looks, PlanLook, i).scenario->behaviour;
        if (!g_ptr_array_find_with_equal_func(asked->ids, id, g_str_equal, NULL))
            g_ptr_array_add(asked->ids, id);
    }
    g_ptr_array_sort(asked->ids, compare_ids);
    for (guint i = 0; i < asked->ids->len; i++)
        json_array_append_new(asked->json,
                              describe_behaviour(g_ptr_array_index(asked->ids, i), job->clip->scene));
    g_ptr_array_add(asked->ids, NULL);
}

void engine_asked_clear(EngineAsked *asked)
{
    g_ptr_array_unref(asked->ids);
    json_decref(asked->json);
}
