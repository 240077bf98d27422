/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drawing half of media/still.h. */
#include "media/still.h"

#include <cairo.h>
#include <math.h>

/* Each shape is drawn twice, dark and wide below, bright and narrow above, so that it shows on any ground. */
static void stroke_twice(cairo_t *cairo, double unit, double red, double green, double blue)
{
    cairo_set_source_rgba(cairo, 0, 0, 0, 0.6);
    cairo_set_line_width(cairo, 2.5 * unit);
    cairo_stroke_preserve(cairo);
    cairo_set_source_rgb(cairo, red, green, blue);
    cairo_set_line_width(cairo, unit);
    cairo_stroke(cairo);
}

/* White text on a dark plate whose lower left corner is at (x, y), moved so that it stays inside. */
static void draw_text(cairo_t *cairo, const char *text, double x, double y, double size, double width)
{
    cairo_select_font_face(cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
    cairo_set_font_size(cairo, size);
    cairo_text_extents_t extents;
    cairo_text_extents(cairo, text, &extents);
    const double pad = size * 0.3;
    const double plate_width = extents.x_advance + 2 * pad, plate_height = size + 2 * pad;
    x = CLAMP(x, 0.0, MAX(width - plate_width, 0.0));
    y = MAX(y, plate_height);
    cairo_set_source_rgba(cairo, 0, 0, 0, 0.7);
    cairo_rectangle(cairo, x, y - plate_height, plate_width, plate_height);
    cairo_fill(cairo);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_move_to(cairo, x + pad, y - pad - size * 0.15);
    cairo_show_text(cairo, text);
}

static void draw_line(cairo_t *cairo, Segment line, double width, double height, double unit)
{
    const double ax = line.a.x * width, ay = line.a.y * height;
    const double bx = line.b.x * width, by = line.b.y * height;
    const double length = hypot(bx - ax, by - ay);
    cairo_move_to(cairo, ax, ay);
    cairo_line_to(cairo, bx, by);
    if (length > 0) { /* the arrow points to the right of the walker */
        const double rx = -(by - ay) / length, ry = (bx - ax) / length;
        const double mx = (ax + bx) / 2, my = (ay + by) / 2, tip = 8 * unit, barb = 3 * unit;
        const double tx = mx + rx * tip, ty = my + ry * tip;
        const double dx = (bx - ax) / length * barb, dy = (by - ay) / length * barb;
        cairo_move_to(cairo, mx, my);
        cairo_line_to(cairo, tx, ty);
        cairo_move_to(cairo, tx - rx * barb - dx, ty - ry * barb - dy);
        cairo_line_to(cairo, tx, ty);
        cairo_line_to(cairo, tx - rx * barb + dx, ty - ry * barb + dy);
    }
    stroke_twice(cairo, unit, 0.35, 0.75, 1.0);
}

void still_draw(uint8_t *pixels, int stride, int width, int height, const Labels *labels)
{
    cairo_surface_t *surface =
        cairo_image_surface_create_for_data(pixels, CAIRO_FORMAT_RGB24, width, height, stride);
    cairo_t *cairo = cairo_create(surface);
    const double unit = MAX(width / 320.0, 1.0), size = MAX(width / 40.0, 9.0);
    for (size_t i = 0; i < labels->zone_count; i++) {
        const Polygon *zone = labels->zones[i];
        for (size_t k = 0; k < zone->count; k++)
            cairo_line_to(cairo, zone->points[k].x * width, zone->points[k].y * height);
        cairo_close_path(cairo);
        stroke_twice(cairo, unit, 0.35, 0.75, 1.0);
    }
    for (size_t i = 0; i < labels->line_count; i++)
        draw_line(cairo, labels->lines[i], width, height, unit);
    if (!geometry_box_is_none(labels->box)) {
        const double x = labels->box.x * width, y = labels->box.y * height;
        cairo_rectangle(cairo, x, y, labels->box.w * width, labels->box.h * height);
        stroke_twice(cairo, 1.5 * unit, 1.0, 0.75, 0.1);
        if (labels->box_label != NULL)
            draw_text(cairo, labels->box_label, x, y - unit, size, width);
    }
    if (labels->caption != NULL)
        draw_text(cairo, labels->caption, 0, 0, size, width);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
}
