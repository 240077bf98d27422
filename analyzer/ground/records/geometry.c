/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/geometry.h"

#include "records/free.h"

#include <math.h>

bool geometry_box_is_none(Box box)
{
    return box.w < 0;
}

Point geometry_box_centre(Box box)
{
    return (Point){box.x + box.w / 2, box.y + box.h / 2};
}

Point geometry_box_foot(Box box)
{
    return (Point){box.x + box.w / 2, box.y + box.h};
}

double geometry_box_overlap(Box a, Box b)
{
    const double w = MIN(a.x + a.w, b.x + b.w) - MAX(a.x, b.x);
    const double h = MIN(a.y + a.h, b.y + b.h) - MAX(a.y, b.y);
    return w > 0 && h > 0 ? w * h : 0;
}

double geometry_box_iou(Box a, Box b)
{
    const double both = geometry_box_overlap(a, b);
    const double either = a.w * a.h + b.w * b.h - both;
    return either > 0 ? both / either : 0;
}

double geometry_distance(Point a, Point b, double aspect)
{
    return hypot((a.x - b.x) * aspect, a.y - b.y);
}

double geometry_side(Segment line, Point point)
{
    return (line.b.x - line.a.x) * (point.y - line.a.y) - (line.b.y - line.a.y) * (point.x - line.a.x);
}

static bool on_segment(Segment line, Point point)
{
    const double length = hypot(line.b.x - line.a.x, line.b.y - line.a.y);
    if (length == 0)
        return hypot(point.x - line.a.x, point.y - line.a.y) <= 1e-9;
    const double along =
        ((point.x - line.a.x) * (line.b.x - line.a.x) + (point.y - line.a.y) * (line.b.y - line.a.y)) /
        length;
    return fabs(geometry_side(line, point)) / length <= 1e-9 && along >= -1e-9 && along <= length + 1e-9;
}

bool geometry_polygon_contains(const Polygon *polygon, Point point)
{
    bool inside = false;
    for (size_t i = 0, j = polygon->count - 1; i < polygon->count; j = i++) {
        const Point a = polygon->points[i], b = polygon->points[j];
        if (on_segment((Segment){a, b}, point))
            return true;
        if ((a.y > point.y) != (b.y > point.y) && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x)
            inside = !inside;
    }
    return inside;
}

static double shoelace(const Point *points, size_t count)
{
    double twice = 0;
    for (size_t i = 0, j = count - 1; i < count; j = i++)
        twice += points[j].x * points[i].y - points[i].x * points[j].y;
    return fabs(twice) / 2;
}

double geometry_polygon_area(const Polygon *polygon)
{
    return shoelace(polygon->points, polygon->count);
}

/* Sutherland-Hodgman: keep the side of one axis-parallel border. The box is the (convex) clip window, so the
 * polygon may be concave; its area stays right because degenerate bridges have none. */
static void clip_to_border(GArray *points, bool horizontal, double limit, bool keep_above)
{
    GArray *kept = g_array_new(FALSE, FALSE, sizeof(Point));
    for (guint i = 0; i < points->len; i++) {
        const Point a = g_array_index(points, Point, i);
        const Point b = g_array_index(points, Point, (i + 1) % points->len);
        const double da = (horizontal ? a.y : a.x) - limit, db = (horizontal ? b.y : b.x) - limit;
        const bool in_a = keep_above ? da >= 0 : da <= 0, in_b = keep_above ? db >= 0 : db <= 0;
        if (in_a)
            g_array_append_val(kept, a);
        if (in_a != in_b) {
            const double t = da / (da - db);
            const Point cut = {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
            g_array_append_val(kept, cut);
        }
    }
    g_array_set_size(points, 0);
    if (kept->len > 0)
        g_array_append_vals(points, kept->data, kept->len);
    g_array_unref(kept);
}

double geometry_polygon_box_share(const Polygon *polygon, Box box)
{
    const double area = box.w * box.h;
    if (geometry_box_is_none(box) || area <= 0)
        return 0;
    GArray *points = g_array_new(FALSE, FALSE, sizeof(Point));
    g_array_append_vals(points, polygon->points, (guint)polygon->count);
    clip_to_border(points, false, box.x, true);
    clip_to_border(points, false, box.x + box.w, false);
    clip_to_border(points, true, box.y, true);
    clip_to_border(points, true, box.y + box.h, false);
    const double share =
        points->len < 3 ? 0 : shoelace((const Point *)(const void *)points->data, points->len) / area;
    g_array_unref(points);
    return MIN(share, 1);
}

static int sign(double value)
{
    return (value > 0) - (value < 0);
}

bool geometry_segments_meet(Segment line, Point p, Point q)
{
    const Segment path = {p, q};
    if (on_segment(line, p) || on_segment(line, q) || on_segment(path, line.a) || on_segment(path, line.b))
        return true;
    return sign(geometry_side(line, p)) * sign(geometry_side(line, q)) < 0 &&
           sign(geometry_side(path, line.a)) * sign(geometry_side(path, line.b)) < 0;
}

Polygon *geometry_polygon_new(const Point *points, size_t count)
{
    Polygon *polygon = g_new(Polygon, 1);
    polygon->points = g_memdup2(points, count * sizeof *points);
    polygon->count = count;
    return polygon;
}

DEFINE_FREE(geometry_polygon_free, Polygon, polygon, g_free(polygon->points))
