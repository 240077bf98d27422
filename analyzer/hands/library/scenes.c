/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones, lines and validations (declared in pictures.h). */
#include "library/library.h"
#include "library/pictures.h"

#include <string.h>

#define POINTS_MOST 10000

static VsauditStatus check_name(const char *name, GHashTable *known, const char *where, VsauditError *error)
{
    if (name == NULL)
        return library_fail(error, VSAUDIT_MISUSE, "%s.name: found NULL, expected a name", where);
    const VsauditStatus status = library_check_text(name, where, ".name", error);
    if (status == VSAUDIT_OK && g_hash_table_contains(known, name))
        return library_fail(error, VSAUDIT_INVALID, "%s.name: found “%s” twice, expected once", where, name);
    return status;
}

static VsauditStatus check_point(VsauditPoint point, const char *where, VsauditError *error)
{
    if (point.x >= 0 && point.x <= 1 && point.y >= 0 && point.y <= 1)
        return VSAUDIT_OK;
    g_autofree char *x = library_number(point.x), *y = library_number(point.y);
    return library_fail(error, VSAUDIT_INVALID, "%s: found the point %s, %s, expected both 0 to 1", where, x,
                        y);
}

static VsauditStatus carry_zone(const VsauditZone *given, Scene *scene, const char *where,
                                VsauditError *error)
{
    VsauditStatus status = check_name(given->name, scene->zones, where, error);
    if (status != VSAUDIT_OK)
        return status;
    if (given->points == NULL)
        return library_fail(error, VSAUDIT_MISUSE, "%s.points: found NULL, expected at least 3", where);
    if (given->point_count < 3 || given->point_count > POINTS_MOST)
        return library_fail(error, VSAUDIT_INVALID, "%s.points: found %zu, expected 3 to %d", where,
                            given->point_count, POINTS_MOST);
    g_autofree Point *points = g_new(Point, given->point_count);
    for (size_t i = 0; i < given->point_count && status == VSAUDIT_OK; i++) {
        status = check_point(given->points[i], where, error);
        points[i] = (Point){given->points[i].x, given->points[i].y};
    }
    if (status == VSAUDIT_OK)
        scene_add_zone(scene, given->name, geometry_polygon_new(points, given->point_count));
    return status;
}

static VsauditStatus carry_line(const VsauditLine *given, Scene *scene, const char *where,
                                VsauditError *error)
{
    VsauditStatus status = check_name(given->name, scene->lines, where, error);
    if (status == VSAUDIT_OK)
        status = check_point(given->a, where, error);
    if (status == VSAUDIT_OK)
        status = check_point(given->b, where, error);
    if (status == VSAUDIT_OK)
        scene_add_line(scene, given->name, (Segment){{given->a.x, given->a.y}, {given->b.x, given->b.y}});
    return status;
}

static gint compare_times(gconstpointer a, gconstpointer b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

static VsauditStatus carry_validations(const VsauditScene *given, Scene *scene, VsauditError *error)
{
    if (given->validations_us == NULL && given->validation_count > 0)
        return library_fail(error, VSAUDIT_MISUSE, "scene.validations_us: found NULL, expected %zu times",
                            given->validation_count);
    if (given->validations_us == NULL)
        return VSAUDIT_OK;
    scene->validations = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (size_t i = 0; i < given->validation_count; i++) {
        const int64_t t_us = given->validations_us[i];
        if (t_us < 0 || t_us > VSAUDIT_TIME_MAX)
            return library_fail(error, VSAUDIT_INVALID,
                                "scene.validations_us[%zu]: found %" PRId64 ", expected 0 to %" PRId64, i,
                                t_us, VSAUDIT_TIME_MAX);
        g_array_append_val(scene->validations, t_us);
    }
    g_array_sort(scene->validations, compare_times);
    return VSAUDIT_OK;
}

static VsauditStatus carry_all(const VsauditScene *given, Scene *scene, VsauditError *error)
{
    if (given->zones == NULL && given->zone_count > 0)
        return library_fail(error, VSAUDIT_MISUSE, "scene.zones: found NULL, expected %zu",
                            given->zone_count);
    if (given->lines == NULL && given->line_count > 0)
        return library_fail(error, VSAUDIT_MISUSE, "scene.lines: found NULL, expected %zu",
                            given->line_count);
    VsauditStatus status = VSAUDIT_OK;
    for (size_t i = 0; status == VSAUDIT_OK && i < given->zone_count; i++) {
        g_autofree char *where = g_strdup_printf("scene.zones[%zu]", i);
        status = carry_zone(&given->zones[i], scene, where, error);
    }
    for (size_t i = 0; status == VSAUDIT_OK && i < given->line_count; i++) {
        g_autofree char *where = g_strdup_printf("scene.lines[%zu]", i);
        status = carry_line(&given->lines[i], scene, where, error);
    }
    return status != VSAUDIT_OK ? status : carry_validations(given, scene, error);
}

VsauditStatus pictures_carry_scene(const VsauditScene *given, size_t size, Scene **out, VsauditError *error)
{
    g_autoptr(Scene) scene = scene_new();
    VsauditScene own = {0};
    if (given != NULL) {
        const VsauditStatus status = library_check_size(given, size, sizeof own, sizeof own, "scene", error);
        if (status != VSAUDIT_OK)
            return status;
        memcpy(&own, given, size);
    }
    const VsauditStatus status = carry_all(&own, scene, error);
    if (status == VSAUDIT_OK)
        *out = g_steal_pointer(&scene);
    return status;
}
