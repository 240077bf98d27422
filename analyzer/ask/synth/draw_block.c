/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pencils that all drawings share, and solid blocks in perspective. */
#include "synth/draw.h"

#include <math.h>

Colour colour_mix(Colour a, Colour b, double share)
{
    return (Colour){a.r + (b.r - a.r) * share, a.g + (b.g - a.g) * share, a.b + (b.b - a.b) * share};
}

Colour colour_scale(Colour colour, double factor)
{
    return (Colour){fmin(1, colour.r * factor), fmin(1, colour.g * factor), fmin(1, colour.b * factor)};
}

void draw_set(cairo_t *cr, Colour colour, double alpha)
{
    cairo_set_source_rgba(cr, colour.r, colour.g, colour.b, alpha);
}

void draw_spot(cairo_t *cr, double x, double y, double radius, double dx, double dy, const SpotStop *stops,
               int count)
{
    cairo_pattern_t *spot = cairo_pattern_create_radial(x + dx, y + dy, 0, x, y, radius);
    for (int i = 0; i < count; i++)
        cairo_pattern_add_color_stop_rgba(spot, stops[i].at, stops[i].r, stops[i].g, stops[i].b,
                                          stops[i].alpha);
    cairo_set_source(cr, spot);
    cairo_arc(cr, x, y, radius, 0, 2 * G_PI);
    cairo_fill(cr);
    cairo_pattern_destroy(spot);
}

double draw_lot(int64_t seed, int which)
{
    /* splitmix64: a few well mixed bits for colours and sizes; nothing statistical hangs on them. */
    uint64_t x =
        (uint64_t)seed * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)which * UINT64_C(0xD1B54A32D192ED03);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    x ^= x >> 31;
    return (double)(x >> 11) / 9007199254740992.0;
}

void draw_face(cairo_t *cr, const View *view, const double (*corners)[3], int count, Colour colour,
               double alpha)
{
    for (int i = 0; i < count; i++) {
        const Point p = view_pixel(view, corners[i][0], corners[i][1], corners[i][2]);
        cairo_line_to(cr, p.x, p.y);
    }
    cairo_close_path(cr);
    draw_set(cr, colour, alpha);
    cairo_fill(cr);
}

static void corner(const Block *block, double along, double across, double up, double out[3])
{
    /* Right of the heading, seen from above with z away, is (heading_z, -heading_x). */
    out[0] = block->x + block->heading_x * along + block->heading_z * across;
    out[1] = up;
    out[2] = block->z + block->heading_z * along - block->heading_x * across;
}

void draw_block(cairo_t *cr, const View *view, const Block *b, BlockPane pane, void *user)
{
    const double a0 = b->along0, a1 = b->along1, c0 = b->across0, c1 = b->across1;
    const double t0 = a0 + b->taper_rear, t1 = a1 - b->taper_front, s0 = c0 + b->taper_side,
                 s1 = c1 - b->taper_side;
    double faces[5][4][3];
    static const double shades[5] = {0.86, 1.0, 0.8, 1.0, 1.14};
    corner(b, a1, c0, b->up0, faces[0][0]), corner(b, a1, c1, b->up0, faces[0][1]);
    corner(b, t1, s1, b->up1, faces[0][2]), corner(b, t1, s0, b->up1, faces[0][3]);
    corner(b, a1, c1, b->up0, faces[1][0]), corner(b, a0, c1, b->up0, faces[1][1]);
    corner(b, t0, s1, b->up1, faces[1][2]), corner(b, t1, s1, b->up1, faces[1][3]);
    corner(b, a0, c1, b->up0, faces[2][0]), corner(b, a0, c0, b->up0, faces[2][1]);
    corner(b, t0, s0, b->up1, faces[2][2]), corner(b, t0, s1, b->up1, faces[2][3]);
    corner(b, a0, c0, b->up0, faces[3][0]), corner(b, a1, c0, b->up0, faces[3][1]);
    corner(b, t1, s0, b->up1, faces[3][2]), corner(b, t0, s0, b->up1, faces[3][3]);
    corner(b, t0, s0, b->up1, faces[4][0]), corner(b, t0, s1, b->up1, faces[4][1]);
    corner(b, t1, s1, b->up1, faces[4][2]), corner(b, t1, s0, b->up1, faces[4][3]);
    static const int normals[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}}; /* along, across */
    for (int f = 0; f < 5; f++) {
        if (f < 4) {
            const double nx = b->heading_x * normals[f][0] + b->heading_z * normals[f][1];
            const double nz = b->heading_z * normals[f][0] - b->heading_x * normals[f][1];
            if (nx * -faces[f][0][0] + nz * -faces[f][0][2] <= 0)
                continue;
        } else if (b->up1 >= view->camera_m) {
            continue;
        }
        const double(*corners)[3] = (const double(*)[3])faces[f];
        draw_face(cr, view, corners, 4, colour_scale(b->colour, shades[f]), 1);
        if (pane != NULL)
            pane(cr, view, f, corners, user);
    }
}

void draw_pane(cairo_t *cr, const View *view, const double (*corners)[3], double u0, double v0, double u1,
               double v1, Colour colour, double alpha)
{
    const double uv[4][2] = {{u0, v0}, {u1, v0}, {u1, v1}, {u0, v1}};
    double pane[4][3];
    for (int i = 0; i < 4; i++) {
        const double u = uv[i][0], v = uv[i][1];
        for (int k = 0; k < 3; k++) {
            const double low = corners[0][k] + (corners[1][k] - corners[0][k]) * u;
            const double high = corners[3][k] + (corners[2][k] - corners[3][k]) * u;
            pane[i][k] = low + (high - low) * v;
        }
    }
    draw_face(cr, view, (const double(*)[3])pane, 4, colour, alpha);
}
