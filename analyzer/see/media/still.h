/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of evidence: fetched from a clip, made unrecognisable where people are, and labelled. Buffers have
 * cairo's RGB24 layout (4 bytes a pixel: B G R x), as media/writer.h takes it. */
#ifndef VSAUDIT_MEDIA_STILL_H
#define VSAUDIT_MEDIA_STILL_H

#include "media/replay.h"
#include "records/geometry.h"

#include <stdint.h>

typedef struct {
    int64_t wanted_us;
    int64_t t_us; /* the picture's own time */
    int width, height, stride;
    uint8_t *pixels; /* owned */
} Still;

void still_free(Still *still); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Still, still_free)

/* Takes the `index`-th of the wanted pictures, which it may change and which is freed afterwards. False with
 * an error ends the visit. */
typedef bool (*StillVisitor)(Still *still, size_t index, void *user, GError **error);

/* Calls `visit` with the picture of each time as still_fetch gives it, holding one at a time. When a jump in
 * a damaged clip lands behind its goal the visit begins again at index 0, without jumps. */
bool still_visit(const char *path, const ReplayRequest *request, const int64_t *times_us, size_t count,
                 StillVisitor visit, void *user, GError **error);

/* A copy, scaled down to max_width where it is wider. NULL with a HARNESS error. Caller frees. */
Still *still_scale(const Still *still, int max_width, GError **error);

/* For each time the first picture at or after it, or the last one where there is none: an array of `count`
 * Still * in the order of the times, which must ascend. Upright, by the
 * request's condition, max_width, rate, files, starts_us and
 * steady_clock (its other fields are not looked at). One pass;
 * long stretches are jumped over where the clip allows it. NULL with an error as of replay_open. Caller
 * unrefs. */
GPtrArray *still_fetch(const char *path, const ReplayRequest *request, const int64_t *times_us, size_t count,
                       GError **error);

/* Replaces the box (normalised; clamped to the picture) by a mosaic of block averages: at most about 8 blocks
 * across, none smaller than 8 pixels, so that nobody can be recognised and nothing be restored. Do it before
 * any scaling. A box that is none, not finite or outside changes nothing. */
void still_pixelate(uint8_t *pixels, int stride, int width, int height, Box box);

/* Reduces the whole picture to about 96 blocks across (never finer than 3 pixels), so that what happens is
 * still seen but neither a face in an ordinary view nor a number plate can be read. */
void still_coarsen(uint8_t *pixels, int stride, int width, int height);

/* What is drawn onto a picture; NULL, 0 and BOX_NONE leave a part out. */
typedef struct {
    const char *caption; /* upper left corner: clip and time */
    Box box;             /* outline of the alert */
    const char *box_label;
    const Polygon *const *zones;
    size_t zone_count;
    const Segment *lines; /* gates, with an arrow to the right of the walker from a to b */
    size_t line_count;
} Labels;

/* Draws with cairo, widths relative to the picture's size. */
void still_draw(uint8_t *pixels, int stride, int width, int height, const Labels *labels);

#endif
