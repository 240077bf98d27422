/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rain, drops on the lens, headlights in it. */
#include "synth/picture.h"

#include <math.h>

void weather_rain(cairo_t *cr, const Script *script, double density, int64_t frame)
{
    const double w = script->view.width, h = script->view.height;
    const int64_t seed = script->seed * 1000003 + frame;
    const int streaks = (int)(230 * density);
    for (int shade = 0; shade < 2; shade++) {
        for (int i = shade; i < streaks; i += 2) {
            const double x = w * 1.1 * draw_lot(seed, 2 * i), y = h * (1.2 * draw_lot(seed, 2 * i + 1) - 0.2);
            const double length = h * (0.05 + 0.06 * draw_lot(seed, 2 * i + 7));
            cairo_move_to(cr, x, y);
            cairo_line_to(cr, x - 0.13 * length, y + length);
        }
        cairo_set_line_width(cr, shade == 0 ? 1.0 : 0.7);
        cairo_set_source_rgba(cr, 0.8, 0.82, 0.86, shade == 0 ? 0.48 : 0.34);
        cairo_stroke(cr);
    }
    /* The haze between the drops. */
    cairo_set_source_rgba(cr, 0.62, 0.65, 0.68, 0.12 * density);
    cairo_paint(cr);
}

void weather_drops(cairo_t *cr, const Script *script, double count)
{
    const double w = script->view.width, h = script->view.height;
    for (int i = 0; i < (int)count; i++) {
        const double x = w * draw_lot(script->seed + 31, 3 * i),
                     y = h * draw_lot(script->seed + 31, 3 * i + 1);
        const double radius = h * (0.02 + 0.03 * draw_lot(script->seed + 31, 3 * i + 2));
        static const SpotStop drop[] = {
            {0, 0.85, 0.87, 0.9, 0.5}, {0.7, 0.6, 0.62, 0.66, 0.45}, {1, 0.3, 0.32, 0.36, 0}};
        draw_spot(cr, x, y, radius, -radius * 0.2, -radius * 0.3, drop, G_N_ELEMENTS(drop));
    }
}

void weather_glare(cairo_t *cr, const Script *script, double strength, double progress)
{
    const double w = script->view.width, h = script->view.height;
    const double x = w * (-0.1 + 1.2 * progress), y = h * (0.55 + 0.1 * progress);
    cairo_set_operator(cr, CAIRO_OPERATOR_ADD);
    cairo_pattern_t *halo = cairo_pattern_create_radial(x, y, 0, x, y, w * 0.6);
    cairo_pattern_add_color_stop_rgba(halo, 0, 1, 0.98, 0.9, strength);
    cairo_pattern_add_color_stop_rgba(halo, 0.12, 1, 0.97, 0.88, 0.6 * strength);
    cairo_pattern_add_color_stop_rgba(halo, 0.45, 1, 0.95, 0.85, 0.16 * strength);
    cairo_pattern_add_color_stop_rgba(halo, 1, 1, 0.95, 0.85, 0.04 * strength);
    cairo_set_source(cr, halo);
    cairo_paint(cr);
    cairo_pattern_destroy(halo);
    /* A ghost on the other side of the picture's middle. */
    const double gx = w - x, gy = h - y;
    cairo_pattern_t *ghost = cairo_pattern_create_radial(gx, gy, 0, gx, gy, h * 0.12);
    cairo_pattern_add_color_stop_rgba(ghost, 0, 0.4, 0.5, 0.6, 0.25 * strength);
    cairo_pattern_add_color_stop_rgba(ghost, 1, 0.4, 0.5, 0.6, 0);
    cairo_set_source(cr, ghost);
    cairo_paint(cr);
    cairo_pattern_destroy(ghost);
    cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
}
