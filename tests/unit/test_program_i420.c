/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The planes of the format i420: known colours, and pictures whose sides are odd. */
#include "systems/program_i420.h"

#include <string.h>

#include "unit.h"

TEST(colours_are_those_of_video)
{
    /* blue, green, red; Y, U, V by the tables of BT.601 */
    static const uint8_t known[][6] = {{255, 255, 255, 235, 128, 128}, {0, 0, 0, 16, 128, 128},
                                       {0, 0, 255, 82, 90, 240},       {0, 255, 0, 144, 54, 34},
                                       {255, 0, 0, 41, 240, 110},      {128, 128, 128, 126, 128, 128}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint8_t bgr[4][3], planes[6];
        for (int pixel = 0; pixel < 4; pixel++)
            memcpy(bgr[pixel], known[i], 3);
        program_i420_convert(&bgr[0][0], 6, 2, 2, planes);
        for (int y = 0; y < 4; y++)
            assert_int_equal(planes[y], known[i][3]);
        assert_int_equal(planes[4], known[i][4]);
        assert_int_equal(planes[5], known[i][5]);
    }
}

TEST(sides_may_be_odd)
{
    uint8_t bgr[3][16] = {{0}}, planes[32]; /* 3x3, rows 16 bytes apart */
    memset(planes, 7, sizeof planes);
    for (int y = 0; y < 3; y++)
        memset(bgr[y] + 6, 255, 3); /* the last column is white */
    assert_int_equal(program_i420_size(3, 3), 17);
    assert_int_equal(program_i420_size(1, 1), 3);
    program_i420_convert(&bgr[0][0], 16, 3, 3, planes);
    for (int i = 0; i < 9; i++)
        assert_int_equal(planes[i], i % 3 == 2 ? 235 : 16);
    for (int i = 9; i < 17; i++)
        assert_int_equal(planes[i], 128);
    assert_int_equal(planes[17], 7);
}

UNIT_TESTS(NULL, NULL)
