/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stage for perception: picture sequences painted by a test, before a textured wall. */
#ifndef VSAUDIT_TESTS_STAGE_H
#define VSAUDIT_TESTS_STAGE_H

#include "frames.h"
#include "perception/perception.h"

enum { WIDTH = 192, HEIGHT = 144 };
#define STAGE_RATE 10.0 /* pictures a second */

typedef struct {
    uint8_t bgr[HEIGHT][WIDTH][3];
    uint8_t luma[HEIGHT][WIDTH];
} Canvas;

/* A camera that never repeats a picture exactly: a textured wall with a little noise. */
typedef struct {
    Canvas canvas;
    Perception *perception;
    Observation seen;
    int pictures;
    GRand *noise;
} Stage;

void stage_open(Stage *stage);
void stage_close(Stage *stage);
/* Paints the wall as it looks when the camera has moved by (dx, dy), `gain` times as bright. */
void stage_paint_wall(Stage *stage, int dx, int dy, double gain);
void stage_paint_box(Stage *stage, double left, double top, int w, int h, int blue, int green, int red);
/* Averages the canvas over `radius` pixels around each. */
void stage_blur(Stage *stage, int radius);
/* Shows the canvas to perception, with a little noise. Valid until the next. */
const Observation *stage_show(Stage *stage);
void stage_show_wall(Stage *stage, int pictures);

#endif
