/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things on the ground, flames, smoke, and lights that are like flames. */
#include "synth/draw.h"
#include "synth/picture.h"

#include <math.h>

#define PUFFS_PER_S 6.0
#define PUFF_LIFE_S 5.0

void draw_item(cairo_t *cr, const View *view, const Item *item)
{
    static const struct {
        double wide, deep, tall;
        Colour colour;
    } looks[] = {[ITEM_BAG] = {0.55, 0.28, 0.34, {0.16, 0.13, 0.30}},
                 [ITEM_RUCKSACK] = {0.36, 0.25, 0.52, {0.60, 0.14, 0.12}},
                 [ITEM_SUITCASE] = {0.48, 0.26, 0.72, {0.08, 0.09, 0.11}},
                 [ITEM_PARCEL] = {0.62, 0.45, 0.46, {0.58, 0.42, 0.24}}};
    const Ground at = view_ground(view, item->at);
    const double ppm = view_pixels_per_metre(view, at.z);
    const Point foot = view_pixel(view, at.x, 0, at.z);
    cairo_save(cr);
    cairo_translate(cr, foot.x + 0.08 * ppm, foot.y);
    cairo_scale(cr, 0.62 * looks[item->kind].wide * ppm, 0.09 * ppm);
    cairo_arc(cr, 0, 0, 1, 0, 2 * G_PI);
    cairo_restore(cr);
    cairo_set_source_rgba(cr, 0, 0, 0, 0.28);
    cairo_fill(cr);
    const Block block = {.x = at.x,
                         .z = at.z,
                         .heading_x = 1,
                         .along0 = -looks[item->kind].wide / 2,
                         .along1 = looks[item->kind].wide / 2,
                         .across0 = -looks[item->kind].deep / 2,
                         .across1 = looks[item->kind].deep / 2,
                         .up1 = looks[item->kind].tall,
                         .colour = looks[item->kind].colour};
    draw_block(cr, view, &block, NULL, NULL);
}

/* A disk that fades to its edge. */
static void draw_disk(cairo_t *cr, double x, double y, double wide, double tall, Colour colour, double alpha)
{
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, wide, tall);
    cairo_pattern_t *disk = cairo_pattern_create_radial(0, 0, 0, 0, 0, 1);
    cairo_pattern_add_color_stop_rgba(disk, 0, colour.r, colour.g, colour.b, alpha);
    cairo_pattern_add_color_stop_rgba(disk, 0.5, colour.r, colour.g, colour.b, 0.8 * alpha);
    cairo_pattern_add_color_stop_rgba(disk, 1, colour.r, colour.g, colour.b, 0);
    cairo_set_source(cr, disk);
    cairo_arc(cr, 0, 0, 1, 0, 2 * G_PI);
    cairo_fill(cr);
    cairo_pattern_destroy(disk);
    cairo_restore(cr);
}

/* The size of this moment: it grows, and dies down within a second. */
static double size_at(const Blaze *blaze, double t_s)
{
    if (t_s < blaze->start_s || t_s >= blaze->end_s)
        return 0;
    const double grown = blaze->grow_s > 0 ? fmin(1, (t_s - blaze->start_s) / blaze->grow_s) : 1;
    return blaze->size_m * (0.15 + 0.85 * grown) * fmin(1, blaze->end_s - t_s);
}

void draw_smoke(cairo_t *cr, const View *view, const Blaze *blaze, int64_t seed, double t_s)
{
    const Ground at = view_ground(view, blaze->at);
    const double ppm = view_pixels_per_metre(view, at.z);
    for (int i = 0;; i++) {
        const double born_s = blaze->start_s + i / PUFFS_PER_S;
        if (born_s > t_s || born_s >= blaze->end_s)
            break;
        const double age = (t_s - born_s) / PUFF_LIFE_S;
        if (age >= 1)
            continue;
        const double size = fmax(0.4, size_at(blaze, fmin(born_s, blaze->end_s - 1)));
        const double sway = (draw_lot(seed, i) - 0.5) * (0.5 + age) + 0.5 * age;
        const Point p = view_pixel(view, at.x + size * sway, size * (0.5 + 3.2 * age), at.z);
        const double radius = size * (0.35 + 1.1 * age) * ppm, tone = 0.52 + 0.16 * draw_lot(seed + 1, i);
        draw_disk(cr, p.x, p.y, radius, radius, (Colour){tone, tone, tone * 1.01},
                  0.5 * blaze->smoke * fmin(1, 6 * age) * (1 - age));
    }
}

/* One tongue: a drop that stands on the ground and leans. */
static void draw_tongue(cairo_t *cr, double x, double y, double wide, double tall, double lean, Colour colour)
{
    cairo_move_to(cr, x - wide / 2, y);
    cairo_curve_to(cr, x - wide * 0.7, y - tall * 0.5, x + lean - wide * 0.1, y - tall * 0.7, x + lean,
                   y - tall);
    cairo_curve_to(cr, x + lean + wide * 0.1, y - tall * 0.7, x + wide * 0.7, y - tall * 0.5, x + wide / 2,
                   y);
    cairo_close_path(cr);
    draw_set(cr, colour, 0.9);
    cairo_fill(cr);
}

static void draw_flames(cairo_t *cr, const View *view, const Blaze *blaze, int64_t seed, double t_s,
                        int64_t frame, double up_m)
{
    static const Colour layers[] = {{0.90, 0.30, 0.05}, {0.99, 0.55, 0.10}, {1.0, 0.80, 0.30}};
    const Ground at = view_ground(view, blaze->at);
    const double size = size_at(blaze, t_s) * view_pixels_per_metre(view, at.z);
    const Point foot = view_pixel(view, at.x, up_m, at.z);
    for (int layer = 0; layer < 3; layer++) {
        for (int i = 0; i < 5; i++) {
            const int which = (int)frame * 31 + layer * 5 + i;
            const double lot = draw_lot(seed, which), shrink = 1 - 0.28 * layer;
            draw_tongue(cr, foot.x + (i - 2) * 0.16 * size * shrink, foot.y, 0.34 * size * shrink,
                        size * shrink * (0.45 + 0.55 * lot) * (1 - 0.16 * abs(i - 2)),
                        0.2 * size * (draw_lot(seed + 1, which) - 0.5), layers[layer]);
        }
    }
}

void draw_blaze(cairo_t *cr, const View *view, const Blaze *blaze, int64_t seed, double t_s, int64_t frame)
{
    if (t_s < blaze->start_s || t_s >= blaze->end_s)
        return;
    const Ground at = view_ground(view, blaze->at);
    const double ppm = view_pixels_per_metre(view, at.z), size = size_at(blaze, t_s) * ppm;
    const Point foot = view_pixel(view, at.x, 0, at.z);
    switch ((BlazeKind)blaze->kind) {
    case BLAZE_FLAME:
        draw_flames(cr, view, blaze, seed, t_s, frame, 0);
        break;
    case BLAZE_LIGHTER:
        draw_flames(cr, view, blaze, seed, t_s, frame, 1.2);
        break;
    case BLAZE_BEACON: {
        const Point lamp = view_pixel(view, at.x, 2, at.z);
        if (fmod(t_s, 1) < 0.5)
            draw_disk(cr, lamp.x, lamp.y, blaze->size_m * ppm, blaze->size_m * ppm, (Colour){1, 0.62, 0.1},
                      1);
        break;
    }
    case BLAZE_REFLECTION:
        draw_disk(cr, foot.x, foot.y, blaze->size_m * ppm, 0.3 * blaze->size_m * ppm, (Colour){1, 0.6, 0.15},
                  0.65 + 0.35 * draw_lot(seed + 2, (int)frame));
        break;
    case BLAZE_GLOW:
        draw_disk(cr, foot.x, foot.y - size, size, size, (Colour){1, 0.62, 0.25},
                  0.9 * fmin(1, (t_s - blaze->start_s) / 4));
        break;
    case BLAZE_SMOKE:
        break;
    }
}
