/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places in the picture. All coordinates are normalised: x from 0 (left) to 1 (right), y from 0 (top) to 1
 * (bottom), so that resolution changes nothing. Lengths compared across directions must be scaled by the
 * aspect ratio (width / height): geometry_distance gives them in picture heights. */
#ifndef VSAUDIT_RECORDS_GEOMETRY_H
#define VSAUDIT_RECORDS_GEOMETRY_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    double x, y;
} Point;

typedef struct {
    double x, y, w, h; /* top left corner and size; w < 0 means "no box" */
} Box;

#define BOX_NONE ((Box){0, 0, -1, -1})

typedef struct {
    Point *points; /* a simple polygon of count >= 3 points, closed implicitly; owned */
    size_t count;
} Polygon;

/* A directed segment, walked from a to b. With y pointing down, the *left* side of the walker has negative
 * geometry_side. (ONVIF's left and right are meant the same way.) */
typedef struct {
    Point a, b;
} Segment;

bool geometry_box_is_none(Box box);
Point geometry_box_centre(Box box);
Point geometry_box_foot(Box box); /* middle of the bottom edge: where a standing person touches the ground */
double geometry_box_overlap(Box a, Box b); /* area of the intersection */
double geometry_box_iou(Box a, Box b);     /* intersection over union, 0 when both are empty */
/* Distance in picture heights. */
double geometry_distance(Point a, Point b, double aspect);
/* True inside and on the boundary (within 1e-9). */
bool geometry_polygon_contains(const Polygon *polygon, Point point);
/* Shoelace area, always >= 0. */
double geometry_polygon_area(const Polygon *polygon);
/* Share of `box` that lies inside `polygon`, 0..1, by clipping. */
double geometry_polygon_box_share(const Polygon *polygon, Box box);
/* > 0 right of the walker from a to b (y down), < 0 left, 0 on the infinite line through a and b. */
double geometry_side(Segment line, Point point);
/* Whether the closed segments p-q and line share a point. */
bool geometry_segments_meet(Segment line, Point p, Point q);

Polygon *geometry_polygon_new(const Point *points, size_t count); /* copies */
void geometry_polygon_free(Polygon *polygon);                     /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Polygon, geometry_polygon_free)

#endif
