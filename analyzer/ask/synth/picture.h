/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The camera's pictures of a scene, one after the other. */
#ifndef VSAUDIT_SYNTH_PICTURE_H
#define VSAUDIT_SYNTH_PICTURE_H

#include "synth/draw.h"

typedef struct Stage Stage;

/* Draws the backdrop once; the script must outlive the stage. */
Stage *stage_new(const Script *script);
void stage_free(Stage *stage); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stage, stage_free)
/* Picture number `frame`, in order from 0 (a frozen picture repeats the one before). Cairo's BGRX, stride in
 * *stride; the memory belongs to the stage until the next call. */
const uint8_t *stage_draw(Stage *stage, int64_t frame, int *stride);

/* ---- parts (synth/lens.c, synth/weather.c) ---------------------------------------------------------------
 */
/* How far an effect or act with ramps has come: 0 outside, 1 when complete. */
double ramp_at(double t_s, double start_s, double end_s, double ramp_s);
/* What is done to the lens, over the finished picture. */
void lens_draw(cairo_t *cr, const Script *script, const Tamper *tamper, double amount);
void lens_blur(cairo_surface_t *surface, int radius);
void weather_rain(cairo_t *cr, const Script *script, double density, int64_t frame);
void weather_drops(cairo_t *cr, const Script *script, double count);
void weather_glare(cairo_t *cr, const Script *script, double strength, double progress);
/* Digits of the recorder's clock, from rectangles: no font is needed. */
void clock_draw(cairo_t *cr, const Script *script, double t_s);

#endif
