/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/probe_scene.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

enum { WIDTH = 3, HEIGHT = 2, STRIDE = 4, SIZE = STRIDE * HEIGHT };

/* Grey 100 all over, but for one place that is bright in every third picture, as something that passes by. */
static ProbeScene *scene_of(int pictures, unsigned samples)
{
    ProbeScene *scene = probe_scene_new(samples);
    for (int i = 0; i < pictures; i++) {
        uint8_t luma[SIZE];
        memset(luma, 100, sizeof luma);
        luma[STRIDE + 1] = i % 3 == 0 ? 250 : 100;
        const ReplayFrame frame = {.t_us = i * 200000,
                                   .duration_us = 200000,
                                   .width = WIDTH,
                                   .height = HEIGHT,
                                   .luma = luma,
                                   .luma_stride = STRIDE};
        probe_scene_add(scene, &frame);
    }
    return scene;
}

/* With more pictures than are kept, and with fewer. */
TEST(what_moves_is_gone)
{
    for (int pictures = 5; pictures < 500; pictures = 3 * pictures + 1) {
        ProbeScene *scene = scene_of(pictures, 8);
        assert_int_equal(probe_scene_step_us(scene), 200000);
        ReplayFrame frame;
        probe_scene_show(scene, &frame);
        assert_int_equal(frame.width, WIDTH);
        assert_null(frame.bgr);
        for (int i = 0; i < WIDTH; i++)
            assert_in_range(frame.luma[STRIDE + i], 98, 102);
        probe_scene_free(scene);
    }
}

TEST(no_two_pictures_are_one_and_all_can_be_made_again)
{
    ProbeScene *scene = scene_of(7, 8), *again = scene_of(7, 8);
    uint8_t last[SIZE] = {0};
    for (int i = 0; i < 200; i++) {
        ReplayFrame frame, other;
        probe_scene_show(scene, &frame);
        probe_scene_show(again, &other);
        assert_memory_equal(frame.luma, other.luma, SIZE);
        assert_memory_not_equal(frame.luma, last, SIZE);
        memcpy(last, frame.luma, SIZE);
    }
    probe_scene_free(scene);
    probe_scene_free(again);
}

TEST(no_picture_has_no_step)
{
    ProbeScene *scene = probe_scene_new(8);
    assert_int_equal(probe_scene_step_us(scene), 0);
    probe_scene_free(scene);
}

UNIT_TESTS(NULL, NULL)
