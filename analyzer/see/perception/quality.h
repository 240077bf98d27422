/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures the state of the picture: brightness, sharpness, and how much of a slowly adapted reference view
 * is still there.
 *
 * The reference view is the mean of the pictures so far, ready after about a second, then adapting ever more
 * slowly. It learns only where and while the picture still shows what the reference shows, so a covered lens
 * or a turned camera is never learnt as normal before `reference_hold_us` has passed.
 *
 * The view is cut into square cells. A cell is lost when the edges of the reference in it have gone (each
 * edge pixel is looked for by its direction within one pixel), measured against the share of them that the
 * cell usually shows, so that waving leaves do not count; in a cell without lasting edges, when its
 * brightness has changed more than it usually does and more than the picture as a whole. */
#ifndef VSAUDIT_PERCEPTION_QUALITY_H
#define VSAUDIT_PERCEPTION_QUALITY_H

#include "perception/vision.h"
#include "records/observation.h"

typedef struct PictureQuality PictureQuality;

/* `reference_hold_us`: how long a degraded view must last until it becomes the new reference. */
PictureQuality *picture_quality_new(int64_t reference_hold_us);
/* Measures one grey picture. Pictures of one stream have one size; times rise. */
bool picture_quality_measure(PictureQuality *quality, const VisionImage *grey, int64_t t_us,
                             QualityObservation *out, GError **error);
/* By how much the camera has slowly turned since the first picture, in fractions of width and height: what
 * stood at x then stands at x + *x now. */
void picture_quality_drift(const PictureQuality *quality, double *x, double *y);
void picture_quality_free(PictureQuality *quality); /* NULL is fine */

#endif
