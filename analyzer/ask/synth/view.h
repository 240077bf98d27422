/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The camera of a drawn scene: a pinhole above flat ground, looking level, its sensor shifted down.
 *
 * The ground is measured in metres: x to the right, z away from the camera. Because straight lines stay
 * straight, a path drawn in the picture is the same path on the ground, and a figure that walks it at an even
 * speed grows as it comes nearer. */
#ifndef VSAUDIT_SYNTH_VIEW_H
#define VSAUDIT_SYNTH_VIEW_H

#include "records/geometry.h"

typedef struct {
    double x, z; /* metres */
} Ground;

typedef struct {
    double width, height; /* of the picture, pixels */
    double horizon;       /* share of the picture's height above which there is no ground, 0..0.9 */
    double camera_m;      /* height of the camera, metres */
    double focal;         /* pixels */
} View;

/* `lens`: focal length in picture widths (0.8 is about 64 degrees across). */
View view_make(int width, int height, double horizon, double camera_m, double lens);
/* Where a normalised picture point below the horizon lies on the ground. */
Ground view_ground(const View *view, Point point);
/* Pixels for a point `up` metres above the ground. Points behind the camera are drawn as if just before it.
 */
Point view_pixel(const View *view, double x, double up, double z);
/* The same, normalised. */
Point view_point(const View *view, Ground at);
double view_pixels_per_metre(const View *view, double z);
double ground_distance(Ground a, Ground b);

#endif
