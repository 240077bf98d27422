/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The format i420 of system/1: a plane of luma, then U and V at half the width and half the height (rounded
 * up), by ITU-R BT.601, 16 to 235 and 16 to 240, as video and OpenCV’s COLOR_YUV2BGR_I420 have it. Made of
 * the blue-green-red picture by whole numbers, so the same on every machine; U and V are of the mean of their
 * four pixels, fewer at an odd edge. */
#ifndef VSAUDIT_SYSTEMS_PROGRAM_I420_H
#define VSAUDIT_SYSTEMS_PROGRAM_I420_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of a picture. */
size_t program_i420_size(int width, int height);
/* `planes` takes that many. */
void program_i420_convert(const uint8_t *bgr, int stride, int width, int height, uint8_t *planes);

#endif
