/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What NVIDIA's nvdsanalytics remembers of an object: its last places in whole pixels, for eight seconds
 * after it was last seen. How many, the plug-in is told by obj-cnt-win-in-ms, a number of pictures whatever
 * its name says, 50 unless it is set. All its limits are in pixels of the stream and in pictures, so its
 * answers depend on the stream's size and rate; that is reproduced. */
#ifndef VSAUDIT_BEHAVIOURS_PRODUCTS_DEEPSTREAM_H
#define VSAUDIT_BEHAVIOURS_PRODUCTS_DEEPSTREAM_H

#include "behaviours/products/idbook.h"

#define DEEPSTREAM_PRODUCT "NVIDIA DeepStream nvdsanalytics"
#define DEEPSTREAM_VERSION "9.1"
#define DEEPSTREAM_SOURCE \
    "https://github.com/NVIDIA/DeepStream/blob/581889d/src/utils/nvds_analytics/nvds_analytics.cpp"
#define DEEPSTREAM_FORGET_US (8 * US_PER_SECOND)

typedef struct {
    int x, y, w, h; /* centre and size */
} DeepPlace;

typedef struct {
    Sighted sighted;  /* first: see idbook.h */
    int64_t pictures; /* on which it was seen */
    DeepPlace now, past;
    double mean_height, variance_x, variance_y; /* over the history */
    bool crossed[2];                            /* right to left, left to right */
    DeepPlace places[];                         /* the latest `history`, in a ring */
} DeepObject;

/* A book of DeepObject with places for that many pictures. */
void deep_book_init(IdBook *book, int64_t history);
/* Takes in the place of an object that is seen on this picture. */
void deep_object_move(DeepObject *object, int64_t history, PixelFrame frame);
/* Whether the middle of the lower edge, its height averaged, is in the polygon: even-odd, in whole numbers. A
 * zone of NULL is the whole picture. */
bool deep_object_in_zone(const DeepObject *object, const Polygon *zone, PixelFrame frame);
#define DEEPSTREAM_HISTORY_OPTION(Settings) \
    INT_OPTION("history", Settings, history, 4, 10000, "50", "pictures")
/* Squared way of the foot from the past place, px². */
double deep_object_travel(const DeepObject *object);

#endif
