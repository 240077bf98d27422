/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What NVIDIA's nvdsanalytics remembers of an object: the last ten places in whole pixels, for eight seconds
 * after it was last seen. All its limits are in pixels of the stream and in pictures, so its answers depend
 * on the stream's size and rate; that is reproduced. */
#ifndef VSAUDIT_BEHAVIOURS_PRODUCTS_DEEPSTREAM_H
#define VSAUDIT_BEHAVIOURS_PRODUCTS_DEEPSTREAM_H

#include "behaviours/products/idbook.h"

#define DEEPSTREAM_PRODUCT "NVIDIA DeepStream nvdsanalytics"
#define DEEPSTREAM_SOURCE \
    "https://github.com/NVIDIA/DeepStream/blob/581889d/src/utils/nvds_analytics/nvds_analytics.cpp"
#define DEEPSTREAM_HISTORY 10
#define DEEPSTREAM_FORGET_US (8 * US_PER_SECOND)

typedef struct {
    int x, y, w, h; /* centre and size */
} DeepPlace;

typedef struct {
    Sighted sighted; /* first: see idbook.h */
    DeepPlace places[DEEPSTREAM_HISTORY];
    int64_t pictures; /* on which it was seen */
    DeepPlace now, past;
    double mean_height, variance_x, variance_y; /* over the history */
    bool crossed[2];                            /* right to left, left to right */
} DeepObject;

/* Takes in the place of an object that is seen on this picture. */
void deep_object_move(DeepObject *object, PixelFrame frame);
/* Whether the middle of the lower edge, its height averaged, is in the polygon: even-odd, in whole numbers. A
 * zone of NULL is the whole picture. */
bool deep_object_in_zone(const DeepObject *object, const Polygon *zone, PixelFrame frame);
/* Squared way of the foot from the past place, px². */
double deep_object_travel(const DeepObject *object);

#endif
