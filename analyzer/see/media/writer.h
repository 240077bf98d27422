/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes video and still pictures. The same pictures give the same bytes (one encoder thread, bit-exact
 * flags, no dates). */
#ifndef VSAUDIT_MEDIA_WRITER_H
#define VSAUDIT_MEDIA_WRITER_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Writer Writer;

/* An H.264 clip in MP4 (by the path's extension: .mp4, .mkv), constant rate rate_num/rate_den, even width and
 * height. */
Writer *writer_open(const char *path, int width, int height, int rate_num, int rate_den, GError **error);
/* Cairo's native ARGB32/RGB24 layout: 4 bytes a pixel, B G R x in memory. */
bool writer_add_bgrx(Writer *writer, const uint8_t *pixels, int stride, GError **error);
/* Finishes the file and frees the writer, also on failure; a failed file is removed. */
bool writer_close(Writer *writer, GError **error);
void writer_abort(Writer *writer); /* frees and removes the file; NULL is fine */

/* A JPEG (quality 2 best … 31 worst) of a BGRX picture, in memory. */
GBytes *writer_encode_jpeg(const uint8_t *pixels, int stride, int width, int height, int quality,
                           GError **error);
/* A PNG likewise. */
GBytes *writer_encode_png(const uint8_t *pixels, int stride, int width, int height, GError **error);

#endif
