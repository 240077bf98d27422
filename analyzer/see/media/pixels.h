/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: turns a decoded picture into what a caller wants: grey 0..255 or BGR, scaled, upright.
 */
#ifndef VSAUDIT_MEDIA_PIXELS_H
#define VSAUDIT_MEDIA_PIXELS_H

#include "media/av.h"

/* A turn that maps the picture's axes to axes: (x, y) -> (a x + c y, b x + d y), y pointing down, entries -1,
 * 0 or 1. */
typedef struct {
    int a, b, c, d;
} Turn;

#define TURN_NONE ((Turn){1, 0, 0, 1})

/* From a display matrix (NULL: none); `exact` (may be NULL) becomes false when it asks for another angle,
 * which is then left out. */
Turn turn_from_matrix(const int32_t *matrix, bool *exact);
bool turn_is_none(Turn turn);
bool turn_swaps_sides(Turn turn);
int turn_degrees(Turn turn); /* clockwise: 0, 90, 180, 270; a mirrored picture counts by where its top goes */
/* The same as libavfilter words ("transpose=clock"), "" for none. */
const char *turn_filter(Turn turn);

/* Converts one stream's pictures into one format and size. */
typedef struct Pixels Pixels;
typedef enum { PIXELS_LUMA, PIXELS_BGR, PIXELS_BGRX } PixelsKind;
Pixels *pixels_new(PixelsKind kind);
void pixels_free(Pixels *pixels); /* NULL is fine */
/* Writes width x height (upright) into `data`. False with a HARNESS error when libav cannot convert. */
bool pixels_convert(Pixels *pixels, const AVFrame *frame, Turn turn, int width, int height, uint8_t *data,
                    int stride, GError **error);

/* The bytes of plane 0, row by row: luma where the format has a plane of it. */
int pixels_row_bytes(const AVFrame *frame);
/* The upright size that the picture is displayed in. */
void pixels_display_size(const AVFrame *frame, AVRational pixel_aspect, Turn turn, int *width, int *height);

#endif
