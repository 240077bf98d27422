/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/picture.h"

#include "records/error.h"

#include <math.h>

void picture_init(VisionImage *picture, int width, int height, int channels)
{
    *picture = (VisionImage){width, height, channels, width * channels, NULL};
    picture->data = g_malloc0((size_t)width * (size_t)height * (size_t)channels);
}

void picture_clear(VisionImage *picture)
{
    g_clear_pointer(&picture->data, g_free);
}

bool picture_check(bool done, const char *what, GError **error)
{
    if (!done)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "perception: %s: %s", what, vision_error());
    return done;
}

int picture_scaled_height(int width, int of_width, int of_height)
{
    return MAX(1, (int)(((int64_t)width * of_height + of_width / 2) / of_width));
}

double picture_round(double value)
{
    if (!isfinite(value))
        return value;
    const double rounded = round(value * 1e6) / 1e6;
    return rounded == 0 ? 0 : rounded; /* no negative zero */
}
