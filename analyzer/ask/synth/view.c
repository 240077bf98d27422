/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth/view.h"

#include <math.h>

#define NEAREST_M 0.7

View view_make(int width, int height, double horizon, double camera_m, double lens)
{
    return (View){width, height, horizon, camera_m, lens * width};
}

Ground view_ground(const View *view, Point point)
{
    const double z = view->focal * view->camera_m / ((point.y - view->horizon) * view->height);
    return (Ground){(point.x - 0.5) * view->width * z / view->focal, z};
}

Point view_pixel(const View *view, double x, double up, double z)
{
    const double near_z = fmax(z, NEAREST_M);
    return (Point){view->width / 2 + view->focal * x / near_z,
                   view->horizon * view->height + view->focal * (view->camera_m - up) / near_z};
}

Point view_point(const View *view, Ground at)
{
    const Point pixel = view_pixel(view, at.x, 0, at.z);
    return (Point){pixel.x / view->width, pixel.y / view->height};
}

double view_pixels_per_metre(const View *view, double z)
{
    return view->focal / fmax(z, NEAREST_M);
}

double ground_distance(Ground a, Ground b)
{
    return hypot(a.x - b.x, a.z - b.z);
}
