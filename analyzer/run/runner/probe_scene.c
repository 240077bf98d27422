/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/probe_scene.h"

#include "records/free.h"

#include <glib.h>
#include <string.h>

/* Pictures with noise of their own, shown in an order without repeats; a noise of NOISE levels at most. */
enum { NOISY = 8, NOISE = 2, SEED = 20231107 };

/* Of large pictures fewer are kept: a worker's memory is limited. */
#define SAMPLES_BYTES ((size_t)512 << 20)
enum { FEWEST = 3 };

/* Bytes of one plane, row by row with its stride. */
typedef struct {
    uint8_t *bytes[NOISY];
    size_t size;
} Plane;

struct ProbeScene {
    unsigned samples;
    GPtrArray *luma, *bgr; /* of uint8_t *: the samples; empty where the replay delivers none */
    int64_t seen, stride;  /* pictures; every stride-th is kept */
    int64_t end_us;        /* of the last one */
    ReplayFrame like;      /* sizes and strides */
    Plane plain_luma, plain_bgr;
    GRand *random;
    unsigned last; /* which was shown */
    bool made;
};

ProbeScene *probe_scene_new(unsigned samples)
{
    ProbeScene *scene = g_new0(ProbeScene, 1);
    scene->samples = samples;
    scene->stride = 1;
    scene->luma = g_ptr_array_new_with_free_func(g_free);
    scene->bgr = g_ptr_array_new_with_free_func(g_free);
    scene->random = g_rand_new_with_seed(SEED);
    return scene;
}

static void clear_plane(Plane *plane)
{
    for (unsigned i = 0; i < NOISY; i++)
        g_free(plane->bytes[i]);
}

DEFINE_FREE(probe_scene_free, ProbeScene, scene, g_ptr_array_unref(scene->luma),
            g_ptr_array_unref(scene->bgr), clear_plane(&scene->plain_luma), clear_plane(&scene->plain_bgr),
            g_rand_free(scene->random))

/* Every second one goes. */
static void thin(GPtrArray *pictures)
{
    for (guint i = pictures->len; i > 0; i--) {
        if ((i - 1) % 2 == 1)
            g_ptr_array_remove_index(pictures, i - 1);
    }
}

static void keep(GPtrArray *pictures, const uint8_t *bytes, int stride, int height)
{
    if (bytes != NULL)
        g_ptr_array_add(pictures, g_memdup2(bytes, (gsize)stride * (gsize)height));
}

void probe_scene_add(ProbeScene *scene, const ReplayFrame *frame)
{
    const size_t size = (size_t)(frame->luma_stride + frame->bgr_stride) * (size_t)frame->height;
    scene->end_us = frame->t_us + frame->duration_us;
    scene->like = *frame;
    if (scene->seen == 0)
        scene->samples = (unsigned)CLAMP(SAMPLES_BYTES / MAX(size, 1), FEWEST, scene->samples);
    if (scene->seen++ % scene->stride != 0)
        return;
    if (MAX(scene->luma->len, scene->bgr->len) == scene->samples) {
        thin(scene->luma);
        thin(scene->bgr);
        scene->stride *= 2;
        if ((scene->seen - 1) % scene->stride != 0)
            return;
    }
    keep(scene->luma, frame->luma, frame->luma_stride, frame->height);
    keep(scene->bgr, frame->bgr, frame->bgr_stride, frame->height);
}

int64_t probe_scene_step_us(const ProbeScene *scene)
{
    return scene->seen > 0 ? MAX(scene->end_us / scene->seen, 1) : 0;
}

/* ---- the pictures */

static uint8_t median(const GPtrArray *pictures, size_t place)
{
    uint8_t sorted[UINT8_MAX + 1];
    for (guint n = 0; n < pictures->len; n++) {
        const uint8_t value = ((const uint8_t *)g_ptr_array_index(pictures, n))[place];
        guint at = n;
        for (; at > 0 && sorted[at - 1] > value; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = value;
    }
    return sorted[pictures->len / 2];
}

static void make_plane(ProbeScene *scene, Plane *plane, const GPtrArray *pictures, int stride)
{
    if (pictures->len == 0)
        return;
    plane->size = (size_t)stride * (size_t)scene->like.height;
    for (unsigned i = 0; i < NOISY; i++)
        plane->bytes[i] = g_malloc(plane->size);
    for (size_t place = 0; place < plane->size; place++) {
        const int still = median(pictures, place);
        for (unsigned i = 0; i < NOISY; i++) {
            const int value = still + g_rand_int_range(scene->random, -NOISE, NOISE + 1);
            plane->bytes[i][place] = (uint8_t)CLAMP(value, 0, UINT8_MAX);
        }
    }
}

static void make(ProbeScene *scene)
{
    make_plane(scene, &scene->plain_luma, scene->luma, scene->like.luma_stride);
    make_plane(scene, &scene->plain_bgr, scene->bgr, scene->like.bgr_stride);
    g_ptr_array_set_size(scene->luma, 0);
    g_ptr_array_set_size(scene->bgr, 0);
    scene->made = true;
}

void probe_scene_show(ProbeScene *scene, ReplayFrame *frame)
{
    if (!scene->made)
        make(scene);
    /* Any but the last one. */
    scene->last = (scene->last + (unsigned)g_rand_int_range(scene->random, 1, NOISY)) % NOISY;
    *frame = scene->like;
    frame->luma = scene->plain_luma.bytes[scene->last];
    frame->bgr = scene->plain_bgr.bytes[scene->last];
    frame->damaged = false;
}
