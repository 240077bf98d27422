/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/light.h"

#include "perception/mixture.h"
#include "perception/picture.h"
#include "records/free.h"

#include <glib.h>

#define EDGE_LEAST 14     /* levels over two pixels: weaker is noise */
#define KEPT 0.3f         /* an edge is still there with at least this share of its strength */
#define COSINE 0.92f      /* and its direction within about 23 degrees */
#define RADIUS 5          /* pixels round a pixel that are asked */
#define EDGES_LEAST 12    /* edge pixels among them; fewer say nothing */
#define KEPT_LIGHT 0.35f  /* share of the edges that must be there for what looks like light to be light */
#define KEPT_ANYHOW 0.75f /* and for what does not */

#define KEPT_PATCH 0.55 /* and for a whole patch */
#define PATCH_EDGES 15  /* edge pixels in it; fewer say nothing */

struct LightTest {
    int width, height;
    int16_t *now, *then; /* grey, weighted green */
    int32_t *edges;      /* sums over the rectangle from the top left corner, (width + 1) x (height + 1) */
    int32_t *kept;
};

LightTest *light_test_new(int width, int height)
{
    LightTest *test = g_new0(LightTest, 1);
    const size_t pixels = (size_t)width * (size_t)height,
                 corners = (size_t)(width + 1) * (size_t)(height + 1);
    test->width = width;
    test->height = height;
    test->now = g_new0(int16_t, pixels);
    test->then = g_new0(int16_t, pixels);
    test->edges = g_new0(int32_t, corners);
    test->kept = g_new0(int32_t, corners);
    return test;
}

DEFINE_FREE(light_test_free, LightTest, test, g_free(test->now), g_free(test->then), g_free(test->edges),
            g_free(test->kept))

static void make_grey(const VisionImage *colour, int16_t *grey)
{
    for (int y = 0; y < colour->height; y++) {
        const uint8_t *row = colour->data + (ptrdiff_t)y * colour->stride;
        for (int x = 0; x < colour->width; x++)
            grey[y * colour->width + x] = (int16_t)((row[3 * x] + 2 * row[3 * x + 1] + row[3 * x + 2]) / 4);
    }
}

/* Whether the edge (bx, by) of the background is there now, within one pixel up, down, left or right. */
static bool is_kept(const LightTest *test, int i, int bx, int by)
{
    const int near[5] = {i, i - 1, i + 1, i - test->width, i + test->width};
    const float then = (float)(bx * bx + by * by);
    for (int k = 0; k < 5; k++) {
        const int16_t *now = &test->now[near[k]];
        const int nx = now[1] - now[-1], ny = now[test->width] - now[-test->width];
        const int along = nx * bx + ny * by;
        const float strength = (float)(nx * nx + ny * ny);
        if (along > 0 && strength >= KEPT * KEPT * then &&
            (float)along * (float)along >= COSINE * COSINE * strength * then)
            return true;
    }
    return false;
}

static void count_edges(LightTest *test)
{
    const int width = test->width, height = test->height, row = width + 1;
    for (int y = 0; y < height; y++) {
        int32_t edges = 0, kept = 0;
        for (int x = 0; x < width; x++) {
            if (x > 1 && y > 1 && x + 2 < width && y + 2 < height) {
                const int i = y * width + x;
                const int bx = test->then[i + 1] - test->then[i - 1];
                const int by = test->then[i + width] - test->then[i - width];
                if (bx * bx + by * by >= EDGE_LEAST * EDGE_LEAST) {
                    edges++;
                    kept += is_kept(test, i, bx, by);
                }
            }
            const int at = (y + 1) * row + x + 1;
            test->edges[at] = test->edges[at - row] + edges;
            test->kept[at] = test->kept[at - row] + kept;
        }
    }
}

static int32_t sum_around(const LightTest *test, const int32_t *sums, int x, int y)
{
    const int row = test->width + 1;
    const int left = MAX(0, x - RADIUS), right = MIN(test->width, x + RADIUS + 1);
    const int top = MAX(0, y - RADIUS), bottom = MIN(test->height, y + RADIUS + 1);
    return sums[bottom * row + right] - sums[bottom * row + left] - sums[top * row + right] +
           sums[top * row + left];
}

static bool is_thing(const LightTest *test, int x, int y, uint8_t label)
{
    const int32_t edges = sum_around(test, test->edges, x, y);
    if (edges < EDGES_LEAST)
        return label == MIXTURE_FOREGROUND;
    const float kept = (float)sum_around(test, test->kept, x, y) / (float)edges;
    return kept < (label == MIXTURE_FOREGROUND ? KEPT_ANYHOW : KEPT_LIGHT);
}

void light_test_apply(LightTest *test, const VisionImage *now, const VisionImage *background, bool shadows,
                      VisionImage *labels)
{
    if (shadows) {
        make_grey(now, test->now);
        make_grey(background, test->then);
        count_edges(test);
    }
    for (int y = 0; y < labels->height; y++) {
        uint8_t *row = labels->data + (ptrdiff_t)y * labels->stride;
        for (int x = 0; x < labels->width; x++)
            if (row[x] != MIXTURE_BACKGROUND)
                row[x] = !shadows || is_thing(test, x, y, row[x]) ? MIXTURE_FOREGROUND : 0;
    }
}

bool light_test_is_light(const LightTest *test, const VisionImage *mask, const VisionRect *box)
{
    const int width = test->width;
    int edges = 0, kept = 0;
    for (int y = MAX(2, box->y); y < MIN(test->height - 2, box->y + box->h); y++) {
        for (int x = MAX(2, box->x); x < MIN(width - 2, box->x + box->w); x++) {
            const int i = y * width + x;
            const int bx = test->then[i + 1] - test->then[i - 1];
            const int by = test->then[i + width] - test->then[i - width];
            if (bx * bx + by * by < EDGE_LEAST * EDGE_LEAST ||
                mask->data[(ptrdiff_t)y * mask->stride + x] == 0)
                continue;
            edges++;
            kept += is_kept(test, i, bx, by);
        }
    }
    return edges >= PATCH_EDGES && kept >= KEPT_PATCH * edges;
}
