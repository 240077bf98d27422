/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How every pixel of the background usually looks: up to three colours, each with a weight and a variance,
 * after Stauffer and Grimson (1999) and Zivkovic (2004).
 *
 * It is our own and not OpenCV's MOG2 because that learns the whole picture at one rate and cannot be moved:
 * here a standing person's pixels are left out, the hole that something left is forgotten at once, and the
 * model follows a camera that drifts. */
#ifndef VSAUDIT_PERCEPTION_MIXTURE_H
#define VSAUDIT_PERCEPTION_MIXTURE_H

#include "perception/vision.h"

#include <stdbool.h>

/* What a pixel is taken for. */
enum {
    MIXTURE_BACKGROUND = 0,
    MIXTURE_SHADOW = 127,     /* a background colour, darker */
    MIXTURE_LIGHT = 128,      /* a background colour, brighter */
    MIXTURE_FOREGROUND = 255, /* none of them */
};

typedef struct Mixture Mixture;

/* `threshold`: squared deviations that make a pixel foreground. */
Mixture *mixture_new(int width, int height, double threshold);
void mixture_free(Mixture *mixture); /* NULL is fine */
/* Starts anew with this picture. */
void mixture_restart(Mixture *mixture, const VisionImage *colour);
/* Writes what each pixel is into `labels` (grey, same size). */
void mixture_classify(const Mixture *mixture, const VisionImage *colour, VisionImage *labels);
/* Learns the pixels for which `skip` (grey, same size) is 0. `rate` is the share of this picture in the
 * weights, `follow` that in a colour that it shows. */
void mixture_learn(Mixture *mixture, const VisionImage *colour, const VisionImage *skip, double rate,
                   double follow);
/* Starts anew inside the box where `mask` is set. */
void mixture_forget(Mixture *mixture, const VisionImage *colour, const VisionImage *mask,
                    const VisionRect *box);
/* Moves the model by whole pixels; what comes in at the border starts anew with the picture. */
void mixture_move(Mixture *mixture, const VisionImage *colour, int dx, int dy);
/* The colour that each pixel shows most, as a picture; owned. */
const VisionImage *mixture_picture(const Mixture *mixture);

#endif
