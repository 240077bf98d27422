/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the picture that look like flames or smoke: by colour and by flicker, on a small copy of the
 * picture.
 *
 * A flame cell is bright, red to yellow, and was not so in the reference picture. A smoke cell is a grey
 * veil: its colour goes towards grey, its brightness changes, and the edges of what lies behind fade. The
 * reference is learnt in the first second and follows slowly, faster where something else is
 * still, hardly at all where something moves. When most of the picture changes at once, it is learnt anew.
 * Whether a region grows, stays in its place and lasts is for the rule to say.
 *
 * What it cannot do: a fire in the first picture belongs to the reference; infra-red and grey pictures have
 * no flame colour; sunlight on plain ground looks like smoke for a while. */
#ifndef VSAUDIT_PERCEPTION_FIRE_H
#define VSAUDIT_PERCEPTION_FIRE_H

#include "perception/vision.h"
#include "records/observation.h"

typedef struct FireFinder FireFinder;

FireFinder *fire_finder_new(void);
void fire_finder_free(FireFinder *finder); /* NULL is fine */
/* Looks at one colour picture; pictures of one stream have one size, times rise. Fills the observation's
 * fires and sets fires_measured. HARNESS error when a picture operation fails. */
bool fire_finder_observe(FireFinder *finder, const VisionImage *colour, int64_t t_us,
                         Observation *observation, GError **error);

#endif
