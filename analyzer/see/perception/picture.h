/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels that own their memory, and the calls to vision.h with GError. */
#ifndef VSAUDIT_PERCEPTION_PICTURE_H
#define VSAUDIT_PERCEPTION_PICTURE_H

#include "perception/vision.h"

#include <glib.h>

/* Zeroed pixels, rows without gaps; free with picture_clear. */
void picture_init(VisionImage *picture, int width, int height, int channels);
void picture_clear(VisionImage *picture); /* fine on zeroed memory */
/* Passes on what a call to vision.h said: sets a HARNESS error "perception: <what>: …" when it failed. */
bool picture_check(bool done, const char *what, GError **error);
/* The height that goes with `width` for a picture of the given size; at least 1. */
int picture_scaled_height(int width, int of_width, int of_height);
/* Rounds a measurement to a millionth, so that files stay small and read back exactly. NAN stays. */
double picture_round(double value);

#endif
