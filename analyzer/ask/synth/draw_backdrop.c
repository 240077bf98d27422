/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four places. They are full of edges on purpose: a camera is judged to be covered by the edges that it
 * no longer sees. */
#include "synth/draw.h"

#include <math.h>

#define FAR_M 120.0

typedef struct {
    cairo_t *cr;
    const View *view;
    int64_t seed;
    int lots;
} Painter;

/* The order of the lots is the picture. C leaves open in which order the arguments of a call are worked out,
 * so no two lots are drawn among them: each has its line. */
static double lot(Painter *p)
{
    return draw_lot(p->seed, p->lots++);
}

/* From `low` on, by at most `span`. */
static Colour lot_colour(Painter *p, Colour low, Colour span)
{
    Colour colour;
    colour.r = low.r + span.r * lot(p);
    colour.g = low.g + span.g * lot(p);
    colour.b = low.b + span.b * lot(p);
    return colour;
}

static void ground(Painter *p, double x0, double z0, double x1, double z1, Colour colour)
{
    const double corners[4][3] = {{x0, 0, z0}, {x1, 0, z0}, {x1, 0, z1}, {x0, 0, z1}};
    draw_face(p->cr, p->view, corners, 4, colour, 1);
}

/* An upright wall facing the camera. */
static void wall(Painter *p, double x0, double x1, double up0, double up1, double z, Colour colour)
{
    const double corners[4][3] = {{x0, up0, z}, {x1, up0, z}, {x1, up1, z}, {x0, up1, z}};
    draw_face(p->cr, p->view, corners, 4, colour, 1);
}

/* An upright wall along the line of sight. */
static void flank(Painter *p, double x, double z0, double z1, double up0, double up1, Colour colour)
{
    const double corners[4][3] = {{x, up0, z0}, {x, up0, z1}, {x, up1, z1}, {x, up1, z0}};
    draw_face(p->cr, p->view, corners, 4, colour, 1);
}

static void sky(Painter *p, Colour top, Colour low)
{
    const double h = p->view->height;
    cairo_pattern_t *pattern = cairo_pattern_create_linear(0, -MARGIN_Y * h, 0, h * 0.4);
    cairo_pattern_add_color_stop_rgb(pattern, 0, top.r, top.g, top.b);
    cairo_pattern_add_color_stop_rgb(pattern, 1, low.r, low.g, low.b);
    cairo_set_source(p->cr, pattern);
    cairo_paint(p->cr);
    cairo_pattern_destroy(pattern);
}

/* Slabs in rows; joints are thin dark bands. */
static void slabs(Painter *p, double x0, double x1, double z0, double z1, double size, Colour colour,
                  double contrast)
{
    ground(p, x0, z0, x1, z1, colour);
    for (double z = z0; z < z1; z += size) {
        for (double x = x0; x < x1; x += size) {
            const double tone = 1 + contrast * (lot(p) - 0.5);
            ground(p, x + 0.02 * size, z + 0.02 * size, fmin(x1, x + 0.97 * size), fmin(z1, z + 0.97 * size),
                   colour_scale(colour, tone * 1.06));
        }
    }
}

/* Patches, cracks and covers on asphalt. */
static void asphalt(Painter *p, double x0, double x1, double z0, double z1)
{
    const Colour base = {0.34, 0.345, 0.36};
    ground(p, x0, z0, x1, z1, base);
    const int patches = (int)((x1 - x0) * (z1 - z0) / 14);
    for (int i = 0; i < MIN(patches, 220); i++) {
        const double x = x0 + (x1 - x0) * lot(p), z = z0 + (z1 - z0) * lot(p);
        const double w = 0.3 + 2.2 * lot(p), d = 0.2 + 1.0 * lot(p);
        ground(p, x, z, fmin(x1, x + w), fmin(z1, z + d), colour_scale(base, 0.88 + 0.24 * lot(p)));
    }
}

static void window_grid(Painter *p, double x0, double x1, double up0, double up1, double z, int columns,
                        int rows)
{
    const double w = (x1 - x0) / columns, h = (up1 - up0) / rows;
    for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
            const double x = x0 + w * c, up = up0 + h * r, tone = lot(p);
            wall(p, x + 0.22 * w, x + 0.78 * w, up + 0.16 * h, up + 0.86 * h, z, (Colour){0.85, 0.83, 0.78});
            wall(p, x + 0.26 * w, x + 0.74 * w, up + 0.2 * h, up + 0.82 * h, z,
                 colour_mix((Colour){0.14, 0.17, 0.21}, (Colour){0.45, 0.52, 0.58}, tone * tone));
            wall(p, x + 0.49 * w, x + 0.51 * w, up + 0.2 * h, up + 0.82 * h, z, (Colour){0.8, 0.78, 0.74});
            if (lot(p) < 0.25)
                wall(p, x + 0.26 * w, x + 0.74 * w, up + (0.5 + 0.2 * lot(p)) * h, up + 0.82 * h, z,
                     (Colour){0.7, 0.66, 0.58});
        }
    }
}

/* A row of houses with shops on the ground floor, on a line z away. */
static void houses(Painter *p, double x0, double x1, double z)
{
    static const Colour fronts[] = {{0.66, 0.58, 0.48}, {0.58, 0.40, 0.33}, {0.74, 0.70, 0.62},
                                    {0.55, 0.56, 0.58}, {0.70, 0.62, 0.44}, {0.48, 0.42, 0.40}};
    static const Colour awnings[] = {
        {0.55, 0.12, 0.12}, {0.12, 0.32, 0.22}, {0.16, 0.22, 0.44}, {0.6, 0.45, 0.1}};
    for (double x = x0; x < x1;) {
        const double w = 6 + 5 * lot(p), up = 9 + 6 * lot(p);
        const double tone = 0.9 + 0.2 * lot(p);
        const Colour front = colour_scale(fronts[(int)(lot(p) * G_N_ELEMENTS(fronts))], tone);
        wall(p, x, x + w, 0, up, z, front);
        wall(p, x + w - 0.12, x + w, 0, up, z, colour_scale(front, 0.6));
        for (double course = 3.4; course < up; course += 2.9)
            wall(p, x, x + w, course - 0.1, course + 0.08, z, colour_scale(front, 1.18));
        window_grid(p, x + 0.3, x + w - 0.3, 3.5, up - 0.2, z, (int)(w / 1.9), (int)((up - 3.5) / 2.9));
        wall(p, x + 0.4, x + w - 0.4, 0.4, 2.7, z, (Colour){0.17, 0.19, 0.21});
        const double door = x + 0.5 + (w - 2.4) * lot(p);
        wall(p, door, door + 1.1, 0, 2.5, z, colour_scale(front, 0.45));
        for (int i = 0; i < 4; i++) {
            const double at = x + 0.6 + (w - 1.8) * lot(p), shelf = 0.5 + 1.2 * lot(p);
            const Colour goods = lot_colour(p, (Colour){0.4, 0.4, 0.3}, (Colour){0.5, 0.4, 0.4});
            const double wide = 0.5 * lot(p);
            wall(p, at, at + 0.3 + wide, shelf, shelf + 0.4, z, goods);
        }
        const Colour awning = awnings[(int)(lot(p) * G_N_ELEMENTS(awnings))];
        if (lot(p) < 0.7) {
            for (double s = x + 0.4; s < x + w - 0.4; s += 0.5)
                wall(p, s, fmin(s + 0.26, x + w - 0.4), 2.6, 3.25, z, awning);
            wall(p, x + 0.4, x + w - 0.4, 3.05, 3.25, z, colour_scale(awning, 0.7));
        }
        x += w;
    }
}

static void tree(Painter *p, double x, double z, double up)
{
    const double ppm = view_pixels_per_metre(p->view, z);
    const Point foot = view_pixel(p->view, x, 0, z), crown = view_pixel(p->view, x, up * 0.72, z);
    cairo_save(p->cr);
    cairo_translate(p->cr, foot.x, foot.y);
    cairo_scale(p->cr, 1, 0.3);
    cairo_arc(p->cr, 0, 0, 0.8 * ppm, 0, 2 * G_PI);
    cairo_restore(p->cr);
    cairo_set_source_rgb(p->cr, 0.25, 0.2, 0.16);
    cairo_fill(p->cr);
    cairo_move_to(p->cr, foot.x, foot.y);
    cairo_line_to(p->cr, crown.x, crown.y);
    cairo_set_line_width(p->cr, 0.24 * ppm);
    cairo_set_source_rgb(p->cr, 0.27, 0.21, 0.16);
    cairo_stroke(p->cr);
    for (int i = 0; i < 90; i++) {
        const double angle = 2 * G_PI * lot(p), reach = sqrt(lot(p)) * up * 0.27;
        const double leaf = (0.16 + 0.2 * lot(p)) * ppm, tone = lot(p);
        cairo_arc(p->cr, crown.x + reach * cos(angle) * ppm, crown.y + 0.85 * reach * sin(angle) * ppm, leaf,
                  0, 2 * G_PI);
        draw_set(p->cr, colour_mix((Colour){0.11, 0.2, 0.1}, (Colour){0.38, 0.48, 0.22}, tone), 0.95);
        cairo_fill(p->cr);
    }
}

static void post(Painter *p, double x, double z, double up, double thick, Colour colour)
{
    wall(p, x - thick / 2, x + thick / 2, 0, up, z, colour);
}

static void lamp(Painter *p, double x, double z)
{
    post(p, x, z, 5.4, 0.14, (Colour){0.2, 0.22, 0.22});
    wall(p, x - 0.1, x + 0.9, 5.35, 5.5, z, (Colour){0.2, 0.22, 0.22});
    wall(p, x + 0.5, x + 0.95, 5.22, 5.36, z, (Colour){0.95, 0.93, 0.8});
}

static void sign(Painter *p, double x, double z)
{
    post(p, x, z, 2.3, 0.07, (Colour){0.45, 0.45, 0.46});
    wall(p, x - 0.3, x + 0.3, 2.0, 2.6, z, (Colour){0.75, 0.1, 0.1});
    wall(p, x - 0.22, x + 0.22, 2.08, 2.52, z, (Colour){0.92, 0.92, 0.9});
}

static void bench(Painter *p, double x, double z)
{
    const Block seat = {.x = x,
                        .z = z,
                        .heading_x = 1,
                        .along0 = -0.9,
                        .along1 = 0.9,
                        .across0 = -0.25,
                        .across1 = 0.25,
                        .up0 = 0.36,
                        .up1 = 0.46,
                        .colour = {0.45, 0.32, 0.2}};
    post(p, x - 0.7, z, 0.4, 0.08, (Colour){0.2, 0.2, 0.2});
    post(p, x + 0.7, z, 0.4, 0.08, (Colour){0.2, 0.2, 0.2});
    draw_block(p->cr, p->view, &seat, NULL, NULL);
}

/* Street across the picture: houses, far pavement, carriageway from STREET_NEAR to STREET_FAR, near pavement.
 */
#define STREET_NEAR 10.0
#define STREET_FAR 17.0

static void street(Painter *p)
{
    sky(p, (Colour){0.60, 0.68, 0.78}, (Colour){0.82, 0.85, 0.88});
    slabs(p, -40, 40, STREET_FAR, 22, 1.0, (Colour){0.56, 0.55, 0.53}, 0.22);
    asphalt(p, -60, 60, STREET_NEAR, STREET_FAR);
    for (double x = -60; x < 60; x += 5)
        ground(p, x, 13.42, x + 2.6, 13.56, (Colour){0.86, 0.86, 0.82});
    ground(p, -60, STREET_FAR - 0.3, 60, STREET_FAR - 0.18, (Colour){0.7, 0.66, 0.3});
    ground(p, -60, STREET_FAR - 0.02, 60, STREET_FAR + 0.25, (Colour){0.70, 0.69, 0.66});
    ground(p, -60, STREET_NEAR - 0.25, 60, STREET_NEAR, (Colour){0.72, 0.71, 0.68});
    slabs(p, -16, 16, 2.5, STREET_NEAR - 0.25, 0.75, (Colour){0.58, 0.56, 0.54}, 0.2);
    houses(p, -40, 40, 22);
    for (int i = -3; i <= 3; i++) {
        tree(p, i * 8.5 + 3, 19.5, 6.5);
        lamp(p, i * 12.0 - 2, 17.9);
    }
    sign(p, -6.4, 17.8);
    bench(p, 5.2, 19.8);
    for (double x = -20; x < 20; x += 2.2)
        post(p, x, STREET_NEAR - 0.5, 0.75, 0.1, (Colour){0.25, 0.25, 0.26});
}

/* A road that comes towards the camera and one across, with a crossing and houses at the corners. */
static void junction(Painter *p)
{
    sky(p, (Colour){0.55, 0.64, 0.76}, (Colour){0.83, 0.86, 0.89});
    const Colour kerb = {0.72, 0.71, 0.68};
    asphalt(p, -60, 60, 1.2, 75);
    for (int side = -1; side <= 1; side += 2) {
        const double in = side * 5.0, out = side * 40.0;
        slabs(p, fmin(in, out), fmax(in, out), 28, 60, 1.6, (Colour){0.57, 0.55, 0.53}, 0.2);
        slabs(p, fmin(in, side * 14.0), fmax(in, side * 14.0), 1.5, 16, 0.9, (Colour){0.57, 0.55, 0.53}, 0.2);
        ground(p, fmin(in, in + side * 0.25), 28, fmax(in, in + side * 0.25), 60, kerb);
        ground(p, fmin(in, in + side * 0.25), 1.2, fmax(in, in + side * 0.25), 16, kerb);
        ground(p, fmin(in, out), 28, fmax(in, out), 28.3, kerb);
        ground(p, fmin(in, out), 15.7, fmax(in, out), 16, kerb);
    }
    for (double z = 30; z < 70; z += 5)
        ground(p, -0.08, z, 0.08, z + 2.5, (Colour){0.88, 0.88, 0.84});
    for (double z = 2; z < 11; z += 4)
        ground(p, -0.07, z, 0.07, z + 2, (Colour){0.88, 0.88, 0.84});
    for (double x = -58; x < 58; x += 5) {
        if (fabs(x + 1.2) > 7)
            ground(p, x, 21.9, x + 2.4, 22.1, (Colour){0.88, 0.88, 0.84});
    }
    for (double x = -4.6; x < 4.6; x += 1.0)
        ground(p, x, 12.6, x + 0.5, 15.2, (Colour){0.86, 0.86, 0.83});
    wall(p, -60, 60, 0, 16, 75, (Colour){0.62, 0.60, 0.58});
    window_grid(p, -60, 60, 1, 15, 75, 60, 5);
    houses(p, -60, -9, 34);
    houses(p, 9, 60, 34);
    for (int side = -1; side <= 1; side += 2) {
        flank(p, side * 9, 34, 74, 0, 12, side < 0 ? (Colour){0.55, 0.45, 0.38} : (Colour){0.64, 0.60, 0.52});
        for (int i = 0; i < 9; i++) {
            for (int r = 0; r < 3; r++)
                flank(p, side * 8.99, 36 + i * 4, 38 + i * 4, 3.7 + r * 2.9, 5.6 + r * 2.9,
                      (Colour){0.2, 0.23, 0.27});
        }
        tree(p, side * 12.5, 30.5, 7);
        lamp(p, side * 6.2 - 0.4, 29);
        post(p, side * 5.6, 16.4, 3.2, 0.14, (Colour){0.2, 0.2, 0.2});
        wall(p, side * 5.6 - 0.2, side * 5.6 + 0.2, 2.3, 3.3, 16.4, (Colour){0.1, 0.1, 0.1});
    }
    sign(p, -7.4, 29);
    sign(p, 8.1, 29);
}

static void square(Painter *p)
{
    sky(p, (Colour){0.56, 0.66, 0.80}, (Colour){0.84, 0.87, 0.90});
    slabs(p, -30, 30, 2.5, 34, 1.25, (Colour){0.60, 0.57, 0.52}, 0.24);
    for (double z = 5; z < 34; z += 7.5)
        ground(p, -30, z, 30, z + 0.35, (Colour){0.44, 0.40, 0.37});
    for (double x = -25; x < 30; x += 10)
        ground(p, x, 2.5, x + 0.35, 34, (Colour){0.44, 0.40, 0.37});
    houses(p, -42, 42, 34);
    for (int i = -2; i <= 2; i++)
        tree(p, i * 9.0 + 1.5, 29, 7.5);
    lamp(p, -8.5, 25);
    lamp(p, 9.5, 25);
    bench(p, -6.8, 23.5);
    bench(p, 7.2, 23.0);
    const Block plinth = {.x = -1,
                          .z = 26,
                          .heading_x = 1,
                          .along0 = -1.6,
                          .along1 = 1.6,
                          .across0 = -1.6,
                          .across1 = 1.6,
                          .up0 = 0,
                          .up1 = 1.1,
                          .colour = {0.62, 0.60, 0.56}};
    draw_block(p->cr, p->view, &plinth, NULL, NULL);
    post(p, -1, 26, 4.2, 0.8, (Colour){0.36, 0.42, 0.38});
}

static void platform(Painter *p, const Backdrop *backdrop)
{
    sky(p, (Colour){0.34, 0.35, 0.37}, (Colour){0.46, 0.47, 0.48});
    slabs(p, -20, 20, 2, 26, 0.9, (Colour){0.58, 0.58, 0.57}, 0.16);
    if (backdrop->gates_aside) {
        for (int side = -1; side <= 1; side += 2)
            ground(p, side * 1.6 - 0.12, 2, side * 1.6 + 0.12, 26, (Colour){0.82, 0.72, 0.25});
    } else if (backdrop->gates->len > 0) {
        for (int side = -1; side <= 1; side += 2)
            ground(p, -20, backdrop->gate_z + side * 2.2 - 0.15, 20, backdrop->gate_z + side * 2.2 + 0.15,
                   (Colour){0.82, 0.72, 0.25});
    }
    wall(p, -24, 24, 0, 6, 26, (Colour){0.72, 0.72, 0.68});
    for (double x = -24; x < 24; x += 0.8) {
        for (double up = 0; up < 3.2; up += 0.4)
            wall(p, x + 0.03, x + 0.77, up + 0.02, up + 0.38, 26,
                 colour_scale((Colour){0.76, 0.77, 0.73}, 0.93 + 0.12 * lot(p)));
    }
    wall(p, -24, 24, 3.2, 3.7, 26, (Colour){0.16, 0.28, 0.46});
    for (int i = 0; i < 7; i++) {
        const double x = -16 + i * 4.8;
        wall(p, x, x + 3, 0.8, 2.8, 26, lot_colour(p, (Colour){0.3, 0.3, 0.3}, (Colour){0.5, 0.4, 0.5}));
        for (int k = 0; k < 5; k++) {
            const double at = x + 0.2 + 2.0 * lot(p), up = 1.0 + 1.4 * lot(p);
            const Colour print = lot_colour(p, (Colour){0, 0, 0}, (Colour){1, 1, 1});
            const double high = 0.4 * lot(p), wide = 0.6 * lot(p);
            wall(p, at, at + 0.4 + wide, up, up + 0.12 + high, 26, print);
        }
    }
    for (int side = -1; side <= 1; side += 2) {
        /* The stairs: whoever comes or goes there is swallowed by the dark. */
        wall(p, side * 6.0 - 1.3, side * 6.0 + 1.3, 0, 2.5, 26, (Colour){0.10, 0.10, 0.11});
        wall(p, side * 6.0 - 1.3, side * 6.0 + 1.3, 2.5, 3.0, 26, (Colour){0.85, 0.78, 0.3});
        flank(p, side * 9.5, 4, 26, 0, 6, (Colour){0.60, 0.61, 0.60});
        for (double z = 5; z < 26; z += 3)
            flank(p, side * 9.48, z, z + 0.35, 0, 6, (Colour){0.42, 0.43, 0.44});
        flank(p, side * 9.47, 4, 26, 1.1, 1.3, (Colour){0.16, 0.28, 0.46});
        const Block machine = {.x = side * 8.8,
                               .z = backdrop->gate_z + 4,
                               .heading_z = 1,
                               .along0 = -0.7,
                               .along1 = 0.7,
                               .across0 = -0.45,
                               .across1 = 0.45,
                               .up0 = 0,
                               .up1 = 1.9,
                               .colour = {0.25, 0.38, 0.55}};
        draw_block(p->cr, p->view, &machine, NULL, NULL);
        post(p, side * 4.5, backdrop->gate_z + 8, 6, 0.6, (Colour){0.55, 0.55, 0.54});
        post(p, side * 4.5 + 0.2, backdrop->gate_z + 8, 6, 0.12, (Colour){0.42, 0.42, 0.42});
    }
    for (double z = 6; z < 26; z += 4)
        wall(p, -4, 4, 4.6, 4.75, z, (Colour){0.93, 0.94, 0.90});
}

/* Grain of the surfaces, and a light fall-off to the corners. */
static void grain(cairo_surface_t *surface, int64_t seed)
{
    cairo_surface_flush(surface);
    uint8_t *data = cairo_image_surface_get_data(surface);
    const int width = cairo_image_surface_get_width(surface),
              height = cairo_image_surface_get_height(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    uint32_t x = (uint32_t)seed * 2654435761u + 12345u;
    for (int row = 0; row < height; row++) {
        uint8_t *pixel = data + (size_t)row * (size_t)stride;
        for (int column = 0; column < width; column++, pixel += 4) {
            x = x * 1664525u + 1013904223u;
            const int d = (int)(x >> 28) - 7;
            for (int k = 0; k < 3; k++)
                pixel[k] = (uint8_t)CLAMP((int)pixel[k] + d, 0, 255);
        }
    }
    cairo_surface_mark_dirty(surface);
}

cairo_surface_t *draw_backdrop(const Script *script)
{
    const View *view = &script->view;
    const int width = (int)lround(view->width * (1 + 2 * MARGIN_X));
    const int height = (int)lround(view->height * (1 + 2 * MARGIN_Y));
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cr = cairo_create(surface);
    cairo_translate(cr, round(MARGIN_X * view->width), round(MARGIN_Y * view->height));
    /* The place belongs to the camera and not to the clip: two clips of one camera show the same. */
    Painter painter = {cr, view, (int64_t)g_str_hash(script->camera), 1};
    switch ((BackdropKind)script->backdrop.kind) {
    case BACKDROP_STREET:
        street(&painter);
        break;
    case BACKDROP_JUNCTION:
        junction(&painter);
        break;
    case BACKDROP_SQUARE:
        square(&painter);
        break;
    case BACKDROP_PLATFORM:
        platform(&painter, &script->backdrop);
        break;
    }
    cairo_destroy(cr);
    grain(surface, painter.seed);
    return surface;
}

GArray *draw_lamps(const Script *script)
{
    GArray *lamps = g_array_new(FALSE, FALSE, sizeof(Ground));
    switch ((BackdropKind)script->backdrop.kind) {
    case BACKDROP_STREET:
        for (int i = -3; i <= 3; i++)
            g_array_append_val(lamps, ((Ground){i * 12.0 - 1.3, 17.9}));
        break;
    case BACKDROP_JUNCTION:
        for (int side = -1; side <= 1; side += 2)
            g_array_append_val(lamps, ((Ground){side * 6.2 + 0.3, 29}));
        break;
    case BACKDROP_SQUARE:
        g_array_append_val(lamps, ((Ground){-7.8, 25}));
        g_array_append_val(lamps, ((Ground){10.2, 25}));
        break;
    case BACKDROP_PLATFORM:
        break;
    }
    return lamps;
}
