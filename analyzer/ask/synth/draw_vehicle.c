/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vehicles and gates from blocks in perspective. */
#include "synth/draw.h"

#include <math.h>

typedef struct {
    double length, width;
    double sill, waist, roof;     /* heights, m */
    double cabin0, cabin1;        /* where the cabin stands, from the rear, shares of the length */
    double rake_front, rake_rear; /* how far its roof is drawn in, m */
    double wheel;                 /* radius */
    double axle0, axle1;          /* from the middle, m */
} Build;

static const Build builds[] = {
    [ACTOR_CAR] = {4.3, 1.75, 0.28, 0.82, 1.45, 0.08, 0.72, 0.65, 0.5, 0.32, -1.32, 1.32},
    [ACTOR_VAN] = {5.2, 1.95, 0.3, 1.05, 2.25, 0.0, 0.84, 0.7, 0.05, 0.34, -1.55, 1.6},
    [ACTOR_LORRY] = {8.2, 2.35, 0.5, 1.2, 3.4, 0.0, 0.74, 0.0, 0.0, 0.46, -2.5, 2.7},
    [ACTOR_BUS] = {11.0, 2.5, 0.35, 1.1, 3.0, 0.0, 1.0, 0.1, 0.05, 0.46, -2.9, 3.3},
};

static Colour paint_of(const Actor *actor)
{
    static const Colour paints[] = {{0.72, 0.73, 0.75}, {0.88, 0.88, 0.87}, {0.16, 0.17, 0.19},
                                    {0.42, 0.44, 0.47}, {0.55, 0.12, 0.11}, {0.15, 0.24, 0.45},
                                    {0.30, 0.36, 0.30}, {0.70, 0.62, 0.46}};
    if (actor->kind == ACTOR_BUS)
        return draw_lot(actor->look, 1) < 0.5 ? (Colour){0.72, 0.75, 0.30} : (Colour){0.80, 0.82, 0.84};
    return paints[(int)(draw_lot(actor->look, 1) * G_N_ELEMENTS(paints))];
}

static const Colour glass = {0.16, 0.20, 0.24};

typedef struct {
    ActorKind kind;
    bool cabin, braking;
} PaneUser;

static void vehicle_panes(cairo_t *cr, const View *view, int face, const double (*c)[3], void *user)
{
    const PaneUser *pane = user;
    const Colour lamp = {0.95, 0.93, 0.82};
    const Colour rear = pane->braking ? (Colour){1.0, 0.18, 0.12} : (Colour){0.55, 0.07, 0.06};
    if (face == 4)
        return;
    if (!pane->cabin) {
        if (face == 0 || face == 2) {
            const Colour light = face == 0 ? lamp : rear;
            draw_pane(cr, view, c, 0.04, 0.45, 0.24, 0.8, light, 1);
            draw_pane(cr, view, c, 0.76, 0.45, 0.96, 0.8, light, 1);
            draw_pane(cr, view, c, 0.36, 0.12, 0.64, 0.36,
                      face == 0 ? (Colour){0.9, 0.9, 0.88} : (Colour){0.88, 0.8, 0.4}, 1);
        } else {
            draw_pane(cr, view, c, 0.0, 0.0, 1.0, 0.12, (Colour){0.12, 0.12, 0.12}, 1);
            draw_pane(cr, view, c, 0.495, 0.1, 0.505, 1, (Colour){0.05, 0.05, 0.05}, 0.6);
        }
        return;
    }
    switch (pane->kind) {
    case ACTOR_CAR:
        if (face == 0 || face == 2)
            draw_pane(cr, view, c, 0.06, 0.08, 0.94, 0.9, glass, 1);
        else {
            draw_pane(cr, view, c, 0.05, 0.1, 0.47, 0.88, glass, 1);
            draw_pane(cr, view, c, 0.53, 0.1, 0.95, 0.88, glass, 1);
        }
        break;
    case ACTOR_VAN:
        if (face == 0)
            draw_pane(cr, view, c, 0.06, 0.1, 0.94, 0.75, glass, 1);
        else if (face == 2)
            draw_pane(cr, view, c, 0.1, 0.4, 0.9, 0.8, glass, 1);
        else /* the front window only: u runs from the front on the right side, to the front on the left */
            draw_pane(cr, view, c, face == 1 ? 0.04 : 0.76, 0.1, face == 1 ? 0.24 : 0.96, 0.65, glass, 1);
        break;
    case ACTOR_BUS:
        for (int i = 0; i < (face == 1 || face == 3 ? 7 : 1); i++) {
            const double n = face == 1 || face == 3 ? 7 : 1;
            draw_pane(cr, view, c, (i + 0.06) / n, 0.12, (i + 0.94) / n, 0.72, glass, 1);
        }
        if (face == 0)
            draw_pane(cr, view, c, 0.2, 0.78, 0.8, 0.95, (Colour){0.9, 0.6, 0.1}, 1);
        break;
    case ACTOR_LORRY:
        if (face == 1 || face == 3) {
            for (int i = 1; i < 6; i++)
                draw_pane(cr, view, c, i / 6.0 - 0.004, 0, i / 6.0 + 0.004, 1, (Colour){0.2, 0.2, 0.2}, 0.4);
            draw_pane(cr, view, c, 0.15, 0.35, 0.85, 0.6, (Colour){0.2, 0.3, 0.5}, 0.55);
        } else if (face == 2) {
            draw_pane(cr, view, c, 0.49, 0, 0.51, 1, (Colour){0.2, 0.2, 0.2}, 0.6);
        }
        break;
    case ACTOR_PERSON:
    case ACTOR_BICYCLE:
        break;
    }
}

static void cab_panes(cairo_t *cr, const View *view, int face, const double (*c)[3], void *user)
{
    (void)user;
    if (face == 0)
        draw_pane(cr, view, c, 0.06, 0.45, 0.94, 0.9, glass, 1);
    else if (face == 1 || face == 3)
        draw_pane(cr, view, c, 0.2, 0.45, 0.85, 0.88, glass, 1);
}

static void draw_wheels(cairo_t *cr, const View *view, const Build *build, const PathState *s)
{
    /* Only those on the side that looks at the camera. */
    const double right_x = s->heading_z, right_z = -s->heading_x;
    const double side = right_x * -s->at.x + right_z * -s->at.z > 0 ? 1 : -1;
    for (int axle = 0; axle < 2; axle++) {
        const double along = axle == 0 ? build->axle0 : build->axle1;
        const double across = side * (build->width / 2 + 0.01);
        const double x = s->at.x + s->heading_x * along + right_x * across;
        const double z = s->at.z + s->heading_z * along + right_z * across;
        for (int ring = 0; ring < 2; ring++) {
            double corners[16][3];
            const double r = build->wheel * (ring == 0 ? 1 : 0.55);
            for (int i = 0; i < 16; i++) {
                const double angle = i * G_PI / 8;
                corners[i][0] = x + s->heading_x * r * cos(angle);
                corners[i][1] = build->wheel + r * sin(angle);
                corners[i][2] = z + s->heading_z * r * cos(angle);
            }
            draw_face(cr, view, (const double(*)[3])corners, 16,
                      ring == 0 ? (Colour){0.06, 0.06, 0.06} : (Colour){0.5, 0.5, 0.52}, 1);
        }
    }
}

static void vehicle_shadow(cairo_t *cr, const View *view, const Build *build, const PathState *s, double sun)
{
    const double right_x = s->heading_z, right_z = -s->heading_x;
    const double l = build->length / 2, w = build->width / 2 + 0.08;
    static const int signs[4][2] = {{1, 1}, {1, -1}, {-1, -1}, {-1, 1}};
    for (int layer = 0; layer < 2; layer++) {
        if (layer == 1 && sun <= 0)
            break;
        const double dx = layer * 0.5 * build->roof, dz = layer * 0.18 * build->roof;
        double corners[4][3];
        for (int i = 0; i < 4; i++) {
            corners[i][0] = s->at.x + s->heading_x * l * signs[i][0] + right_x * w * signs[i][1] + dx;
            corners[i][1] = 0;
            corners[i][2] = s->at.z + s->heading_z * l * signs[i][0] + right_z * w * signs[i][1] + dz;
        }
        draw_face(cr, view, (const double(*)[3])corners, 4, (Colour){0, 0, 0.02},
                  layer == 0 ? 0.5 : 0.35 * sun);
    }
}

void draw_vehicle(cairo_t *cr, const View *view, const Actor *actor, const PathState *state, double sun)
{
    const Build *build = &builds[actor->kind];
    const Colour paint = paint_of(actor);
    PaneUser user = {(ActorKind)actor->kind, false, state->speed < 0.1};
    vehicle_shadow(cr, view, build, state, sun);
    const double l = build->length;
    Block body = {.x = state->at.x,
                  .z = state->at.z,
                  .heading_x = state->heading_x,
                  .heading_z = state->heading_z,
                  .along0 = -l / 2,
                  .along1 = l / 2,
                  .across0 = -build->width / 2,
                  .across1 = build->width / 2,
                  .up0 = build->sill,
                  .up1 = build->waist,
                  .colour = paint};
    Block cabin = body;
    user.cabin = true;
    cabin.along0 = -l / 2 + build->cabin0 * l;
    cabin.along1 = -l / 2 + build->cabin1 * l;
    cabin.up0 = build->waist;
    cabin.up1 = build->roof;
    cabin.taper_front = build->rake_front;
    cabin.taper_rear = build->rake_rear;
    cabin.taper_side = actor->kind == ACTOR_CAR ? 0.18 : 0.03;
    if (actor->kind == ACTOR_LORRY)
        cabin.colour =
            draw_lot(actor->look, 2) < 0.6 ? (Colour){0.86, 0.86, 0.84} : (Colour){0.30, 0.42, 0.36};
    Block cab = cabin;
    cab.along0 = -l / 2 + 0.77 * l;
    cab.along1 = l / 2;
    cab.up1 = 2.5;
    cab.taper_front = 0.25;
    cab.taper_rear = 0;
    cab.colour = paint;
    PaneUser low = user;
    low.cabin = false;
    /* What is further away first. */
    draw_block(cr, view, &body, vehicle_panes, &low);
    draw_wheels(cr, view, build, state);
    if (actor->kind != ACTOR_LORRY) {
        draw_block(cr, view, &cabin, vehicle_panes, &user);
        return;
    }
    const double front_z = state->at.z + state->heading_z * l * 0.35 * (1 + 1e-9);
    const bool cab_first = state->heading_z * (front_z - state->at.z) > 0 && state->heading_z > 0;
    if (cab_first)
        draw_block(cr, view, &cab, cab_panes, NULL);
    draw_block(cr, view, &cabin, vehicle_panes, &user);
    if (!cab_first)
        draw_block(cr, view, &cab, cab_panes, NULL);
}

static void glow(cairo_t *cr, Point at, double radius, Colour colour, double strength)
{
    cairo_pattern_t *pattern = cairo_pattern_create_radial(at.x, at.y, 0, at.x, at.y, radius);
    cairo_pattern_add_color_stop_rgba(pattern, 0, colour.r, colour.g, colour.b, strength);
    cairo_pattern_add_color_stop_rgba(pattern, 0.15, colour.r, colour.g, colour.b, strength * 0.7);
    cairo_pattern_add_color_stop_rgba(pattern, 0.4, colour.r, colour.g, colour.b, strength * 0.16);
    cairo_pattern_add_color_stop_rgba(pattern, 1, colour.r, colour.g, colour.b, 0);
    cairo_set_source(cr, pattern);
    cairo_arc(cr, at.x, at.y, radius, 0, 2 * G_PI);
    cairo_fill(cr);
    cairo_pattern_destroy(pattern);
}

void draw_lights(cairo_t *cr, const View *view, const Actor *actor, const PathState *s)
{
    const double ppm = view_pixels_per_metre(view, s->at.z);
    if (actor->kind < ACTOR_CAR) {
        glow(cr, view_pixel(view, s->at.x + 0.5 * s->heading_x, 0.9, s->at.z + 0.5 * s->heading_z), 0.5 * ppm,
             (Colour){1, 1, 0.9}, 0.8);
        return;
    }
    const Build *build = &builds[actor->kind];
    const double toward = -s->heading_z;
    for (int side = -1; side <= 1; side += 2) {
        const double across = side * (build->width / 2 - 0.25);
        const double x = s->heading_z * across, z = -s->heading_x * across;
        const double front = build->length / 2, rear = -front;
        /* The pool of light on the road. */
        const Point pool = view_pixel(view, s->at.x + s->heading_x * (front + 3) + x, 0,
                                      s->at.z + s->heading_z * (front + 3) + z);
        cairo_save(cr);
        cairo_translate(cr, pool.x, pool.y);
        cairo_scale(cr, 1, 0.35);
        glow(cr, (Point){0, 0}, 3 * ppm, (Colour){1, 0.95, 0.8}, 0.35);
        cairo_restore(cr);
        glow(cr,
             view_pixel(view, s->at.x + s->heading_x * front + x, 0.65, s->at.z + s->heading_z * front + z),
             (0.4 + 1.1 * fmax(0, toward)) * ppm, (Colour){1, 0.97, 0.88}, 0.9);
        if (toward < 0.3)
            glow(cr,
                 view_pixel(view, s->at.x + s->heading_x * rear + x, 0.7, s->at.z + s->heading_z * rear + z),
                 0.35 * ppm, (Colour){1, 0.15, 0.1}, 0.8);
    }
}

/* ---- gates -------------------------------------------------------------------------------------------- */
typedef struct {
    double open;
} GateUser;

static void gate_panes(cairo_t *cr, const View *view, int face, const double (*c)[3], void *user)
{
    const GateUser *gate = user;
    if (face == 4) {
        draw_pane(cr, view, c, 0.3, 0.05, 0.7, 0.2,
                  gate->open > 0.1 ? (Colour){0.2, 0.85, 0.3} : (Colour){0.85, 0.2, 0.15}, 1);
        draw_pane(cr, view, c, 0.15, 0.3, 0.85, 0.5, (Colour){0.12, 0.14, 0.2}, 1);
    } else if (face == 0 || face == 2) {
        draw_pane(cr, view, c, 0.25, 0.62, 0.75, 0.85, (Colour){0.15, 0.3, 0.6}, 1);
    } else {
        draw_pane(cr, view, c, 0, 0.42, 1, 0.5, (Colour){0.25, 0.4, 0.6}, 1);
    }
}

void draw_gate(cairo_t *cr, const View *view, Ground at, bool aside, double passage, double open)
{
    const double w = GATE_CABINET_M / 2;
    GateUser user = {open};
    /* Seen from the side they are low, so that they hide no more than the feet. */
    const Block cabinet = {.x = at.x,
                           .z = at.z,
                           .heading_x = aside ? 1 : 0,
                           .heading_z = aside ? 0 : 1,
                           .along0 = aside ? -0.4 : -0.7,
                           .along1 = aside ? 0.4 : 0.7,
                           .across0 = -w,
                           .across1 = w,
                           .up0 = 0,
                           .up1 = aside ? 0.38 : 1.0,
                           .colour = {0.62, 0.64, 0.66}};
    draw_block(cr, view, &cabinet, gate_panes, &user);
    if (passage <= 0)
        return;
    const double low = aside ? 0.1 : 0.25, top = aside ? 0.5 : 1.15;
    for (int wing = 0; wing < 2; wing++) {
        const double hinge = wing == 0 ? w : w + passage;
        const double tip = hinge + (wing == 0 ? 1 : -1) * passage / 2 * fmax(0.08, 1 - open);
        const double x0 = at.x + (aside ? 0 : hinge), z0 = at.z + (aside ? hinge : 0);
        const double x1 = at.x + (aside ? 0 : tip), z1 = at.z + (aside ? tip : 0);
        /* Seen along the row a wing is a thin rod; it gets some thickness. */
        const double thick = aside ? 0.05 : 0;
        const double pane[4][3] = {
            {x0 - thick, low, z0}, {x1 + thick, low, z1}, {x1 + thick, top, z1}, {x0 - thick, top, z0}};
        draw_face(cr, view, pane, 4, (Colour){0.55, 0.72, 0.75}, 0.55);
        const double rim[4][3] = {{x0 - thick, top - 0.05, z0},
                                  {x1 + thick, top - 0.05, z1},
                                  {x1 + thick, top, z1},
                                  {x0 - thick, top, z0}};
        draw_face(cr, view, rim, 4, (Colour){0.8, 0.25, 0.2}, 0.8);
    }
}
