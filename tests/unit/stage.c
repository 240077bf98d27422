/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include <math.h>
#include <string.h>

#include "unit.h"

void stage_open(Stage *stage)
{
    memset(stage, 0, sizeof *stage);
    PerceptionSettings *settings = perception_settings_new(NULL, NULL);
    stage->perception = perception_new(settings, NULL);
    perception_settings_free(settings);
    assert_non_null(stage->perception);
    stage->noise = g_rand_new_with_seed(1);
}

void stage_close(Stage *stage)
{
    observation_clear(&stage->seen);
    perception_free(stage->perception);
    g_rand_free(stage->noise);
}

static uint8_t wall(int x, int y)
{
    uint32_t mix =
        (uint32_t)(x / 12) * 2654435761u ^ (uint32_t)(y / 10) * 2246822519u; /* bricks of many greys */
    mix ^= mix >> 15;
    mix *= 3266489917u;
    return (uint8_t)(90 + (mix >> 16) % 70);
}

void stage_paint_wall(Stage *stage, int dx, int dy, double gain)
{
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            for (int c = 0; c < 3; c++)
                stage->canvas.bgr[y][x][c] = (uint8_t)CLAMP(gain * wall(x - dx + 600, y - dy + 600), 0, 255);
}

void stage_paint_box(Stage *stage, double left, double top, int w, int h, int blue, int green, int red)
{
    for (int y = (int)lround(top); y < (int)lround(top) + h; y++) {
        for (int x = (int)lround(left); x < (int)lround(left) + w; x++) {
            if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT)
                continue;
            stage->canvas.bgr[y][x][0] = (uint8_t)blue;
            stage->canvas.bgr[y][x][1] = (uint8_t)green;
            stage->canvas.bgr[y][x][2] = (uint8_t)red;
        }
    }
}

const Observation *stage_show(Stage *stage)
{
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            uint8_t *p = stage->canvas.bgr[y][x];
            const int noise = g_rand_int_range(stage->noise, -1, 2);
            for (int c = 0; c < 3; c++)
                p[c] = (uint8_t)CLAMP(p[c] + noise, 0, 255);
            stage->canvas.luma[y][x] = (uint8_t)((p[0] + 5 * p[1] + 2 * p[2]) / 8);
        }
    }
    const ReplayFrame frame = frame_of(time_from_seconds(stage->pictures / STAGE_RATE),
                                       &stage->canvas.luma[0][0], &stage->canvas.bgr[0][0][0], WIDTH, HEIGHT);
    stage->pictures++;
    observation_clear(&stage->seen);
    assert_true(perception_observe(stage->perception, &frame, &stage->seen, NULL));
    return &stage->seen;
}

void stage_show_wall(Stage *stage, int pictures)
{
    for (int i = 0; i < pictures; i++) {
        stage_paint_wall(stage, 0, 0, 1);
        stage_show(stage);
    }
}

void stage_blur(Stage *stage, int radius)
{
    static Canvas source;
    source = stage->canvas;
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            int sum = 0, count = 0;
            for (int v = MAX(0, y - radius); v <= MIN(HEIGHT - 1, y + radius); v++)
                for (int u = MAX(0, x - radius); u <= MIN(WIDTH - 1, x + radius); u++, count++)
                    sum += source.bgr[v][u][1];
            for (int c = 0; c < 3; c++)
                stage->canvas.bgr[y][x][c] = (uint8_t)(sum / count);
        }
    }
}
