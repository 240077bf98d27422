/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells a thing from the hole that a thing has left behind. */
#ifndef VSAUDIT_PERCEPTION_OUTLINE_H
#define VSAUDIT_PERCEPTION_OUTLINE_H

#include "perception/vision.h"

/* Whether the outline of the mask inside the box is an edge of the background rather than of the picture now:
 * then what was there has gone. The pictures have the mask's size, and any number of channels (the first is
 * used). */
bool outline_is_hole(const VisionImage *mask, const VisionRect *box, const VisionImage *now,
                     const VisionImage *background);

#endif
