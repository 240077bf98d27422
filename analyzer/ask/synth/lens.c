/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do to a lens, and the recorder's clock. */
#include "synth/picture.h"

#include <math.h>

/* A dark cloth with folds that comes in from the left, out of focus at its edge. */
static void cloth(cairo_t *cr, double w, double h, double share, double amount, int64_t seed)
{
    const double edge = w * (share * 1.06 * amount);
    for (int layer = 0; layer < 4; layer++) {
        const double soft = (3 - layer) * 9.0;
        cairo_move_to(cr, -20, -20);
        cairo_line_to(cr, edge + soft + w * 0.05, -20);
        cairo_curve_to(cr, edge + soft - w * 0.06, h * 0.3, edge + soft + w * 0.07, h * 0.7,
                       edge + soft - w * 0.02, h + 20);
        cairo_line_to(cr, -20, h + 20);
        cairo_close_path(cr);
        cairo_set_source_rgba(cr, 0.13, 0.11, 0.12, layer == 3 ? 1 : 0.3);
        cairo_fill(cr);
    }
    for (int i = 0; i < 9; i++) {
        const double x = edge * (i + draw_lot(seed, i)) / 9, lean = w * 0.1 * (draw_lot(seed, i + 20) - 0.5);
        cairo_pattern_t *fold = cairo_pattern_create_linear(x - w * 0.04, 0, x + w * 0.04, 0);
        cairo_pattern_add_color_stop_rgba(fold, 0, 0.3, 0.27, 0.28, 0);
        cairo_pattern_add_color_stop_rgba(fold, 0.5, 0.3, 0.27, 0.28, 0.5);
        cairo_pattern_add_color_stop_rgba(fold, 1, 0.3, 0.27, 0.28, 0);
        cairo_move_to(cr, x - w * 0.04, -10);
        cairo_line_to(cr, fmin(x + w * 0.04, edge), -10);
        cairo_line_to(cr, fmin(x + w * 0.04 + lean, edge), h + 10);
        cairo_line_to(cr, x - w * 0.04 + lean, h + 10);
        cairo_close_path(cr);
        cairo_set_source(cr, fold);
        cairo_fill(cr);
        cairo_pattern_destroy(fold);
    }
}

/* A hand close to the lens: out of focus, warm and dark, four fingers from the right top. */
static void hand(cairo_t *cr, double w, double h, double share, double amount)
{
    const double reach = share * amount;
    cairo_save(cr);
    cairo_translate(cr, w * (1.25 - 0.75 * reach), h * (0.05 + 0.35 * reach));
    cairo_rotate(cr, -0.35);
    for (int layer = 0; layer < 5; layer++) {
        const double soft = (4 - layer) * 7.0;
        cairo_set_source_rgba(cr, 0.42 - 0.03 * layer, 0.27 - 0.02 * layer, 0.21 - 0.02 * layer,
                              layer == 4 ? 1 : 0.25);
        cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
        for (int finger = 0; finger < 4; finger++) {
            const double y = h * (-0.36 + 0.26 * finger);
            cairo_move_to(cr, w * 0.1, y * 0.9);
            cairo_line_to(cr, -w * (0.36 + 0.05 * (finger == 1 || finger == 2)), y * 1.1 + h * 0.04);
            cairo_set_line_width(cr, h * 0.23 + soft);
            cairo_stroke(cr);
        }
        cairo_save(cr);
        cairo_translate(cr, w * 0.25, 0);
        cairo_scale(cr, w * 0.42 + soft, h * 0.62 + soft);
        cairo_arc(cr, 0, 0, 1, 0, 2 * G_PI);
        cairo_restore(cr);
        cairo_fill(cr);
    }
    cairo_restore(cr);
}

/* Paint in growing blots with thin rims, and a mist between them. */
static void spray(cairo_t *cr, double w, double h, double share, double amount, int64_t seed)
{
    cairo_set_source_rgba(cr, 0.72, 0.70, 0.68, 0.55 * amount * share);
    cairo_paint(cr);
    const int blots = (int)(150 * amount * share);
    for (int i = 0; i < blots; i++) {
        const double grown = fmin(1, (amount * 150 * share - i) / 25);
        const double x = w * draw_lot(seed, 3 * i), y = h * draw_lot(seed, 3 * i + 1);
        const double radius = grown * h * (0.04 + 0.12 * draw_lot(seed, 3 * i + 2));
        static const SpotStop blot[] = {
            {0, 0.66, 0.64, 0.63, 0.95}, {0.6, 0.68, 0.66, 0.65, 0.8}, {1, 0.72, 0.7, 0.68, 0}};
        draw_spot(cr, x, y, radius, 0, 0, blot, G_N_ELEMENTS(blot));
    }
}

void lens_draw(cairo_t *cr, const Script *script, const Tamper *tamper, double amount)
{
    const double w = script->view.width, h = script->view.height;
    switch ((TamperKind)tamper->kind) {
    case TAMPER_COVERED:
        cloth(cr, w, h, tamper->share, amount, script->seed);
        break;
    case TAMPER_HAND:
        hand(cr, w, h, tamper->share, amount);
        break;
    case TAMPER_SPRAYED:
        spray(cr, w, h, tamper->share, amount, script->seed + (int64_t)tamper->start_s);
        break;
    case TAMPER_DARK:
        cairo_set_source_rgba(cr, 0.004, 0.004, 0.006, 0.985 * amount * tamper->share);
        cairo_paint(cr);
        break;
    case TAMPER_BRIGHT: {
        cairo_pattern_t *lamp = cairo_pattern_create_radial(w / 2, h / 2, 0, w / 2, h / 2, w * 0.75);
        cairo_pattern_add_color_stop_rgba(lamp, 0, 1, 1, 0.99, amount);
        cairo_pattern_add_color_stop_rgba(lamp, 0.6, 1, 1, 0.99, amount);
        cairo_pattern_add_color_stop_rgba(lamp, 1, 1, 1, 0.97, amount * tamper->share * 0.97);
        cairo_set_source(cr, lamp);
        cairo_paint(cr);
        cairo_pattern_destroy(lamp);
        break;
    }
    case TAMPER_DEFOCUSED:
    case TAMPER_MOVED:
    case TAMPER_FROZEN:
    case TAMPER_BLANK:
        break;
    }
}

/* One pass of a running mean along a line of pixels; `step` bytes apart. */
static void mean_line(const uint8_t *from, uint8_t *to, int count, int step, int radius)
{
    for (int channel = 0; channel < 3; channel++) {
        int sum = 0;
        for (int i = -radius; i <= radius; i++)
            sum += from[CLAMP(i, 0, count - 1) * step + channel];
        for (int i = 0; i < count; i++) {
            to[i * step + channel] = (uint8_t)(sum / (2 * radius + 1));
            sum += from[MIN(i + radius + 1, count - 1) * step + channel] -
                   from[MAX(i - radius, 0) * step + channel];
        }
    }
}

void lens_blur(cairo_surface_t *surface, int radius)
{
    if (radius < 1)
        return;
    cairo_surface_flush(surface);
    uint8_t *data = cairo_image_surface_get_data(surface);
    const int width = cairo_image_surface_get_width(surface),
              height = cairo_image_surface_get_height(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    g_autofree uint8_t *copy = g_malloc0((size_t)stride * (size_t)height);
    /* Two running means in each direction are a soft triangle. */
    for (int pass = 0; pass < 2; pass++) {
        for (int y = 0; y < height; y++)
            mean_line(data + (size_t)y * (size_t)stride, copy + (size_t)y * (size_t)stride, width, 4, radius);
        for (int x = 0; x < width; x++)
            mean_line(copy + (size_t)x * 4, data + (size_t)x * 4, height, stride, radius);
    }
    cairo_surface_mark_dirty(surface);
}

/* Segments of a digit: top, top left, top right, middle, bottom left, bottom right, bottom. */
static void digit(cairo_t *cr, double x, double y, double size, int value)
{
    static const uint8_t segments[10] = {0x77, 0x24, 0x5d, 0x6d, 0x2e, 0x6b, 0x7b, 0x25, 0x7f, 0x6f};
    const double w = size * 0.55, t = size * 0.16, h = size / 2;
    const double bars[7][4] = {{0, 0, w, t}, {0, 0, t, h},     {w - t, 0, t, h},   {0, h - t / 2, w, t},
                               {0, h, t, h}, {w - t, h, t, h}, {0, size - t, w, t}};
    for (int i = 0; i < 7; i++) {
        if ((segments[value] >> i) & 1)
            cairo_rectangle(cr, x + bars[i][0], y + bars[i][1], bars[i][2], bars[i][3]);
    }
    cairo_fill(cr);
}

void clock_draw(cairo_t *cr, const Script *script, double t_s)
{
    const int64_t tenths = (int64_t)floor(t_s * 10 + 1e-6);
    const int64_t parts[4] = {tenths / 36000 % 100, tenths / 600 % 60, tenths / 10 % 60, tenths % 10};
    const double size = round(script->view.height / 30);
    const double step = round(size * 0.8), left = script->view.width - 10.5 * step,
                 top = script->view.height - 2 * size;
    cairo_set_source_rgba(cr, 0, 0, 0, 0.55);
    cairo_rectangle(cr, left - 4, top - 4, 9.6 * step + 6, size + 8);
    cairo_fill(cr);
    cairo_set_source_rgb(cr, 0.92, 0.92, 0.86);
    double x = left;
    for (int i = 0; i < 4; i++) {
        if (i < 3) {
            digit(cr, x, top, size, (int)(parts[i] / 10));
            x += step;
        }
        digit(cr, x, top, size, (int)(parts[i] % 10));
        x += step * 1.15;
        if (i < 2) {
            cairo_rectangle(cr, x - 0.22 * step, top + size * 0.25, 2, 2);
            cairo_rectangle(cr, x - 0.22 * step, top + size * 0.65, 2, 2);
        } else if (i == 2) {
            cairo_rectangle(cr, x - 0.22 * step, top + size - 2, 2, 2);
        }
        cairo_fill(cr);
        x += step * 0.2;
    }
}
