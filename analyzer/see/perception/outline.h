/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells a thing from the hole that a thing has left behind. */
#ifndef VSAUDIT_PERCEPTION_OUTLINE_H
#define VSAUDIT_PERCEPTION_OUTLINE_H

#include "perception/vision.h"

/* Whether the outline of the mask inside the box is an edge, and its inside unlike its surroundings, in the
 * background rather than now: then what was there has gone. The pictures have the mask's size and one number
 * of channels (1 or 3; of edges the first is used). */
bool outline_is_hole(const VisionImage *mask, const VisionRect *box, const VisionImage *now,
                     const VisionImage *background);
/* The same, only where it is beyond doubt. */
bool outline_is_ghost(const VisionImage *mask, const VisionRect *box, const VisionImage *now,
                      const VisionImage *background);

#endif
