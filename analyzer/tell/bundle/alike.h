/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two pictures show the same, though two encoders wrote them. */
#ifndef VSAUDIT_BUNDLE_ALIKE_H
#define VSAUDIT_BUNDLE_ALIKE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* In no block of so many pixels across may blue, green or red differ by more than this on average, of 255. */
#define ALIKE_BLOCK 16
#define ALIKE_LIMIT 12

/* Pixels as media/still.h has them, of the same size. */
bool alike_pixels(const uint8_t *a, int a_stride, const uint8_t *b, int b_stride, int width, int height);
/* The same of two files, which are decoded in a process of their own: the one in the bag is anybody's. */
bool alike_files(const char *a, const char *b);

#endif
