/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference view behind the picture-quality measures: see perception/quality.h for the idea. */
#ifndef VSAUDIT_PERCEPTION_REFERENCE_H
#define VSAUDIT_PERCEPTION_REFERENCE_H

#include "perception/vision.h"

#include <glib.h>

enum { REFERENCE_CELL = 16 }; /* pixels */

typedef struct {
    double
        edge_similarity;  /* share of the reference's lasting edges that are there, 0..1; NAN without edges */
    double covered_share; /* cells that are lost and have few edges of their own / cells */
    double changed_share; /* pixels that differ from the reference by more than they usually do */
} ReferenceMatch;

typedef struct ReferenceView ReferenceView;

ReferenceView *reference_view_new(int width, int height);
void reference_view_free(ReferenceView *view); /* NULL is fine */
/* Forgets everything. */
void reference_view_reset(ReferenceView *view);
/* Compares a grey picture of the view's size, and remembers which cells are lost for the next learn. */
ReferenceMatch reference_view_match(ReferenceView *view, const VisionImage *grey);
/* The share of the reference's edges that are there in the last matched picture when the reference is laid on
 * it moved by (dx, dy) pixels, of those then inside; NAN when these are too few. */
double reference_view_similarity(const ReferenceView *view, int dx, int dy);
/* Learns the picture at `rate` (0..1), cell by cell; when `all` is false, not the cells that
 * were lost in the last match, unless they have been lost for `hold_us` on end. */
void reference_view_learn(ReferenceView *view, const VisionImage *grey, double rate, bool all,
                          int64_t step_us, int64_t hold_us);
/* Moves the reference by whole pixels, to follow a camera that drifts slowly; what comes in at the border is
 * taken from `grey`. */
void reference_view_move(ReferenceView *view, const VisionImage *grey, int dx, int dy);
/* The reference as an 8-bit picture; owned by the view. */
const VisionImage *reference_view_picture(const ReferenceView *view);

#endif
