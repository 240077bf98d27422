/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/alike.h"

#include "media/still.h"
#include "runner/pool.h"

#include <stdlib.h>

static bool is_block_alike(const uint8_t *a, int a_stride, const uint8_t *b, int b_stride, int width,
                           int height)
{
    int64_t sums[3] = {0};
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            for (int c = 0; c < 3; c++)
                sums[c] += abs(a[y * a_stride + 4 * x + c] - b[y * b_stride + 4 * x + c]);
        }
    }
    const int64_t most = (int64_t)ALIKE_LIMIT * width * height;
    return sums[0] <= most && sums[1] <= most && sums[2] <= most;
}

bool alike_pixels(const uint8_t *a, int a_stride, const uint8_t *b, int b_stride, int width, int height)
{
    for (int y = 0; y < height; y += ALIKE_BLOCK) {
        for (int x = 0; x < width; x += ALIKE_BLOCK) {
            if (!is_block_alike(a + y * a_stride + 4 * x, a_stride, b + y * b_stride + 4 * x, b_stride,
                                MIN(ALIKE_BLOCK, width - x), MIN(ALIKE_BLOCK, height - y)))
                return false;
        }
    }
    return true;
}

/* ---- files */

typedef struct {
    const char *a, *b;
} Pair;

static json_t *compare(gconstpointer job, PoolPulse *pulse, GError **error)
{
    (void)pulse;
    const Pair *pair = job;
    static const int64_t start = 0;
    static const ReplayRequest request = {0};
    g_autoptr(GPtrArray) left = still_fetch(pair->a, &request, &start, 1, error);
    g_autoptr(GPtrArray) right = left != NULL ? still_fetch(pair->b, &request, &start, 1, error) : NULL;
    if (right == NULL)
        return NULL;
    const Still *a = g_ptr_array_index(left, 0), *b = g_ptr_array_index(right, 0);
    const bool alike = a->width == b->width && a->height == b->height &&
                       alike_pixels(a->pixels, a->stride, b->pixels, b->stride, a->width, a->height);
    return json_pack("{s:b}", "alike", alike);
}

static void confine(gconstpointer job, SandboxSpec *spec)
{
    const Pair *pair = job;
    sandbox_spec_read(spec, pair->a);
    sandbox_spec_read(spec, pair->b);
}

static bool note(guint index, const PoolOutcome *outcome, void *user, GError **error)
{
    (void)index;
    (void)error;
    *(bool *)user = json_is_true(json_object_get(outcome->result, "alike"));
    return true;
}

bool alike_files(const char *a, const char *b)
{
    const Pair pair = {a, b};
    const gconstpointer job = &pair;
    bool alike = false;
    const PoolSpec spec = {.work = compare,
                           .confine = confine,
                           .workers = 1,
                           .time_floor_s = 60,
                           .memory_mib = 1024,
                           .ended = note,
                           .user = &alike};
    return pool_run(&spec, &job, 1, NULL) && alike;
}
