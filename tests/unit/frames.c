/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frames.h"

#include "real_clips.h"

#include "perception/perception.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

ReplayFrame frame_of(int64_t t_us, const uint8_t *luma, const uint8_t *bgr, int width, int height)
{
    return (ReplayFrame){.t_us = t_us,
                         .duration_us = US_PER_SECOND / 10,
                         .width = width,
                         .height = height,
                         .luma = luma,
                         .luma_stride = width,
                         .bgr = bgr,
                         .bgr_stride = 3 * width};
}

void frames_watch(const char *file, int64_t until_us, FrameLook look, void *data)
{
    g_autofree char *path = real_clip(file);
    PerceptionSettings *settings = perception_settings_new(NULL, NULL);
    const ReplayRequest request = perception_request(settings);
    GError *error = NULL;
    g_autoptr(Replay) replay = replay_open(path, &request, &error);
    assert_null(error);
    g_autoptr(Perception) perception = perception_new(settings, &error);
    assert_null(error);
    ReplayFrame frame;
    while (replay_next(replay, &frame, &error) == REPLAY_FRAME && frame.t_us < until_us) {
        g_auto(Observation) seen = {0};
        assert_true(perception_observe(perception, &frame, &seen, &error));
        look(&seen, data);
    }
    assert_null(error);
    perception_settings_free(settings);
}
