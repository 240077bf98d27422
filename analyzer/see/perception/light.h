/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells a thing from a mere change of light by what it does to the edges of the background: light, shadow and
 * exposure leave them where they are, a thing hides them. */
#ifndef VSAUDIT_PERCEPTION_LIGHT_H
#define VSAUDIT_PERCEPTION_LIGHT_H

#include "perception/vision.h"

#include <stdbool.h>

typedef struct LightTest LightTest;

LightTest *light_test_new(int width, int height);
void light_test_free(LightTest *test); /* NULL is fine */
/* Turns the labels of perception/mixture.h into a mask (255 foreground, else 0), in place. `now` and
 * `background` are colour pictures of the labels' size. `shadows` false: all that is not background is
 * foreground. */
void light_test_apply(LightTest *test, const VisionImage *now, const VisionImage *background, bool shadows,
                      VisionImage *labels);
/* Whether the edges of the background are still there under the part of the mask that lies in the box, in the
 * pictures of the last light_test_apply: then nothing stands there. */
bool light_test_is_light(const LightTest *test, const VisionImage *mask, const VisionRect *box);

#endif
