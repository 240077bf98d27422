/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of a test's own for perception, and real clips shown to it. */
#ifndef VSAUDIT_TESTS_FRAMES_H
#define VSAUDIT_TESTS_FRAMES_H

#include "media/replay.h"
#include "records/observation.h"

/* A picture of a tenth of a second; rows without padding, three bytes a pixel in `bgr`. The bytes stay the
 * caller's. */
ReplayFrame frame_of(int64_t t_us, const uint8_t *luma, const uint8_t *bgr, int width, int height);

/* Shows every observation of a real clip before `until_us` to `look`; perception with its usual settings.
 * Skips the test as real_clip does. */
typedef void (*FrameLook)(const Observation *seen, void *data);
void frames_watch(const char *file, int64_t until_us, FrameLook look, void *data);

#endif
