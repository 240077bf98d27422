/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/scene_yaml.h"

#include "truth/truth.h"

#include <string.h>

typedef struct {
    Scene *scene;
    char *validations;
} SceneText;

static bool read_points(YamlReader *reader, const YamlNode *node, GArray *points)
{
    bool good = true;
    for (guint i = 0; i < node->children->len; i++) {
        Point point = {0, 0};
        if (yaml_read_point(reader, g_ptr_array_index(node->children, i), 0, 1, &point))
            g_array_append_val(points, point);
        else
            good = false;
    }
    return good;
}

/* Sides that meet although they are not neighbours, or neighbours that fold back onto each other. */
static bool crosses_itself(const Point *points, guint count)
{
    for (guint i = 0; i < count; i++) {
        const Segment side = {points[i], points[(i + 1) % count]};
        if (side.a.x == side.b.x && side.a.y == side.b.y)
            return true;
        for (guint j = i + 2; j < count; j++) {
            if ((j + 1) % count != i && geometry_segments_meet(side, points[j], points[(j + 1) % count]))
                return true;
        }
    }
    return false;
}

static void read_zone(YamlReader *reader, const YamlNode *node, void *scene)
{
    if (node->kind != YAML_NODE_LIST) {
        yaml_expected(reader, node, "a polygon [[x, y], [x, y], [x, y], …]");
        return;
    }
    if (node->children->len < 3) {
        yaml_problem(reader, node, "found a polygon of %u points, expected at least 3", node->children->len);
        return;
    }
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(Point));
    if (!read_points(reader, node, points))
        return;
    g_autoptr(Polygon) polygon = geometry_polygon_new((const Point *)(const void *)points->data, points->len);
    if (points->len > 1000)
        yaml_problem(reader, node, "found a polygon of %u points, expected at most 1000", points->len);
    else if (crosses_itself(polygon->points, points->len))
        yaml_problem(reader, node,
                     "found a polygon that crosses or touches itself, expected a simple one (go "
                     "round it in one direction, each corner once)");
    else if (geometry_polygon_area(polygon) < 1e-9)
        yaml_problem(reader, node, "found a polygon without area, expected corners that enclose one");
    else
        scene_add_zone(scene, node->key, g_steal_pointer(&polygon));
}

static void read_line(YamlReader *reader, const YamlNode *node, void *scene)
{
    if (node->kind != YAML_NODE_LIST || node->children->len != 2) {
        yaml_expected(reader, node, "a line [[x, y], [x, y]]");
        return;
    }
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(Point));
    if (!read_points(reader, node, points))
        return;
    const Segment segment = {g_array_index(points, Point, 0), g_array_index(points, Point, 1)};
    if (geometry_distance(segment.a, segment.b, 1) < 1e-9)
        yaml_problem(reader, node, "found the same point twice, expected a line of some length");
    else
        scene_add_line(scene, node->key, segment);
}

#define NAMED_POINTS "a mapping (lines of “name: points”)"

static void read_zones(YamlReader *reader, const YamlNode *node, void *member)
{
    yaml_read_entries(reader, node, NAMED_POINTS, read_zone, *(Scene **)member);
}

static void read_lines(YamlReader *reader, const YamlNode *node, void *member)
{
    yaml_read_entries(reader, node, NAMED_POINTS, read_line, *(Scene **)member);
}

static void prepare(void *target)
{
    ((SceneText *)target)->scene = scene_new();
}

static void clear(void *target)
{
    scene_free(((SceneText *)target)->scene);
}

static const YamlField fields[] = {
    CUSTOM_FIELD("zones", SceneText, scene, read_zones, .shape = "{name: [[x, y], [x, y], [x, y], …]}",
                 .help = "polygons, coordinates from 0 (left, top) to 1 (right, bottom)"),
    CUSTOM_FIELD(
        "lines", SceneText, scene, read_lines, .shape = "{name: [[x, y], [x, y]]}",
        .help =
            "directed lines; walking from the first point to the second, left and right are the walker's"),
    TEXT_FIELD("validations", SceneText, validations,
               .help = "CSV file with the times of ticket validations (column time_s)"),
    YAML_FIELD_END};
const YamlTable scene_table = {YAML_TABLE("scene", fields, SceneText), .prepare = prepare, .clear = clear};

void scene_yaml_read(YamlReader *reader, const YamlNode *node, void *member)
{
    Scene **scene = member;
    SceneText text;
    yaml_read_map(reader, node, &scene_table, &text);
    if (text.validations != NULL) {
        g_autofree char *path =
            yaml_resolve_path(reader, yaml_node_get(node, "validations"), text.validations);
        if (path != NULL)
            text.scene->validations = validations_load(path, reader->problems);
    }
    scene_free(*scene);
    *scene = g_steal_pointer(&text.scene);
    yaml_clear(&scene_table, &text);
}
