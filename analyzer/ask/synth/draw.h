/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the things of a scene with cairo: backdrop, figures, vehicles, gates. All sizes in metres on the
 * ground of the view; the context is in the picture's pixels. */
#ifndef VSAUDIT_SYNTH_DRAW_H
#define VSAUDIT_SYNTH_DRAW_H

#include "synth/script.h"

#include <cairo.h>

typedef struct {
    double r, g, b;
} Colour;

/* The backdrop reaches this far beyond the picture to each side, in picture sizes, so that a camera can be
 * turned away. */
#define MARGIN_X 0.5
#define MARGIN_Y 0.45

/* The whole backdrop on one surface; the picture's left top corner is at (MARGIN_X * width, MARGIN_Y *
 * height). Caller destroys. */
cairo_surface_t *draw_backdrop(const Script *script);
/* Lamps of the street that shine when it is dark: ground places, array of Ground, caller unrefs. */
GArray *draw_lamps(const Script *script);

void draw_figure(cairo_t *cr, const View *view, const Actor *actor, const PathState *state, double t_s,
                 double sun, double lift_m);
void draw_bicycle(cairo_t *cr, const View *view, const Actor *actor, const PathState *state, double sun);
void draw_vehicle(cairo_t *cr, const View *view, const Actor *actor, const PathState *state, double sun);
void draw_item(cairo_t *cr, const View *view, const Item *item);
/* Smoke hides what is behind; fires and lights shine whatever the light, so they are drawn after it. */
void draw_smoke(cairo_t *cr, const View *view, const Blaze *blaze, int64_t seed, double t_s);
void draw_blaze(cairo_t *cr, const View *view, const Blaze *blaze, int64_t seed, double t_s, int64_t frame);
/* Head lamps in the dark, to be added after the light. */
void draw_lights(cairo_t *cr, const View *view, const Actor *actor, const PathState *state);
/* The cabinet at a place and the two wings of the passage beyond it (`passage` metres wide; 0 = none); `open`
 * 0 … 1. `aside`: the row leads away from the camera, else across the picture. */
void draw_gate(cairo_t *cr, const View *view, Ground at, bool aside, double passage, double open);

#define GATE_CABINET_M 0.26
#define GATE_PASSAGE_M 0.75

/* ---- shared pencils */
Colour colour_mix(Colour a, Colour b, double share);
Colour colour_scale(Colour colour, double factor);
void draw_set(cairo_t *cr, Colour colour, double alpha);
/* A polygon with corners given as x, up, z triples. */
void draw_face(cairo_t *cr, const View *view, const double (*corners)[3], int count, Colour colour,
               double alpha);
typedef struct {
    double at, r, g, b, alpha; /* at: 0 in the focus, 1 on the rim */
} SpotStop;
/* A round spot whose colour changes from a focus, (dx, dy) from its middle, to its rim. */
void draw_spot(cairo_t *cr, double x, double y, double radius, double dx, double dy, const SpotStop *stops,
               int count);
/* A small repeatable lot: 0 … 1 from a seed and a number. */
double draw_lot(int64_t seed, int which);

/* A box on the ground plan: centre, heading, extents along and across it, bottom and top, and by how much its
 * top is shorter and narrower. Faces that look at the camera are drawn. `pane` (or NULL) is called with each
 * face's four corners (bottom left, bottom right, top right, top left as seen) and its number: 0 front, 1
 * right, 2 rear, 3 left, 4 top. */
typedef struct {
    double x, z, heading_x, heading_z;
    double along0, along1, across0, across1, up0, up1;
    double taper_front, taper_rear, taper_side;
    Colour colour;
} Block;
typedef void (*BlockPane)(cairo_t *cr, const View *view, int face, const double (*corners)[3], void *user);
void draw_block(cairo_t *cr, const View *view, const Block *block, BlockPane pane, void *user);
/* A part of a face: u, v from 0 to 1 along its bottom and height. */
void draw_pane(cairo_t *cr, const View *view, const double (*corners)[3], double u0, double v0, double u1,
               double v1, Colour colour, double alpha);

#endif
