/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connected components of a mask: written here because OpenCV's are the slowest part of a frame. */
#ifndef VSAUDIT_PERCEPTION_COMPONENTS_H
#define VSAUDIT_PERCEPTION_COMPONENTS_H

#include "perception/vision.h"

#include <glib.h>

typedef struct {
    VisionRect box; /* pixels of the mask */
    int64_t area;   /* set pixels */
    double cx, cy;  /* centre of mass, pixels */
} Component;

/* The 8-connected components of the pixels that equal `value`, in the order in which their first pixel is met
 * from the top left. The caller unrefs the array of Component. */
GArray *components_find(const VisionImage *mask, uint8_t value);

#endif
