/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/quality.h"

#include "perception/picture.h"
#include "perception/reference.h"
#include "records/free.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 256                         /* of the picture that is compared */
#define SHIFT_WIDTH 128                   /* of the picture whose shift is measured */
#define READY_US (8 * US_PER_SECOND / 10) /* the reference is ready after this */
#define READY_PICTURES 4                  /* and at least so many pictures */
#define ADAPT_US (20 * US_PER_SECOND)     /* time constant of the reference */
#define SHIFT_RELIABLE 0.15               /* least response of a shift to be believed */
#define SHIFT_DOUBTED 2.0             /* pixels of the compared picture: a larger shift must fit the edges */
#define FOLLOW_RESPONSE 0.2           /* least response of a shift that the reference follows */
#define FOLLOW_LEAST 0.6              /* pixels of the compared picture: less is left alone */
#define FOLLOW_MOST 2.0               /* more is no drift but a jump, which is never followed */
#define FOLLOW_US (US_PER_SECOND / 2) /* time constant of the drift */
#define CAMERA_RESPONSE 0.5           /* least response of a shift that is taken for the camera's */
#define CAMERA_MOST 5.0               /* pixels of the compared picture; more is a turned camera */
#define DEGRADED_SIMILARITY 0.55      /* less: the picture is degraded, nothing is learnt */
#define DEGRADED_COVER 0.15           /* more: likewise */
#define SHARPNESS_CLIP 0.2            /* larger changes of sharpness count as this share */
#define FROZEN_BLOCK 8                /* side of a block of the working picture, pixels */
#define FROZEN_PAUSE_US US_PER_SECOND /* a step of more than this, and of five before, is a pause */
#define FROZEN_LEVELS 2               /* levels by which the mean of a block changes, unless it is frozen */
#define CELL_HOLD_US (60 * US_PER_SECOND) /* after this a lost cell of a sound picture is learnt */

struct PictureQuality {
    int64_t reference_hold_us;
    int64_t first_us, last_us, unchanged_us, degraded_us;
    int64_t last_step_us; /* between the two pictures before; 0 = there were not two */
    int64_t pictures;
    double learnt;             /* pictures that the reference holds, for its first rate */
    double sharpness;          /* of the reference view: mean over what was learnt */
    double drift_x, drift_y;   /* smoothed shift, pixels of the compared picture */
    int moved_x, moved_y;      /* by how much the reference has been moved, pixels */
    double camera_x, camera_y; /* smoothed shift against the first picture, pixels */
    VisionImage last;          /* working picture since which nothing has changed */
    VisionImage grey, smooth, small, small_reference;
    ReferenceView *reference;
};

PictureQuality *picture_quality_new(int64_t reference_hold_us)
{
    PictureQuality *quality = g_new0(PictureQuality, 1);
    quality->reference_hold_us = reference_hold_us;
    return quality;
}

DEFINE_FREE(picture_quality_free, PictureQuality, quality, picture_clear(&quality->last),
            picture_clear(&quality->grey), picture_clear(&quality->smooth), picture_clear(&quality->small),
            picture_clear(&quality->small_reference), reference_view_free(quality->reference))

static void open_stream(PictureQuality *quality, const VisionImage *grey, int64_t t_us)
{
    const int width = MIN(WIDTH, grey->width), small = MIN(SHIFT_WIDTH, grey->width);
    const int height = picture_scaled_height(width, grey->width, grey->height);
    const int small_height = picture_scaled_height(small, grey->width, grey->height);
    picture_init(&quality->last, grey->width, grey->height, 1);
    picture_init(&quality->grey, width, height, 1);
    picture_init(&quality->smooth, width, height, 1);
    picture_init(&quality->small, small, small_height, 1);
    picture_init(&quality->small_reference, small, small_height, 1);
    quality->reference = reference_view_new(width, height);
    quality->first_us = quality->last_us = quality->unchanged_us = t_us;
}

/* Mean, deviation and the shares of dark and bright pixels, from a histogram. */
static void measure_brightness(const VisionImage *grey, QualityObservation *out)
{
    int64_t histogram[256] = {0};
    for (int y = 0; y < grey->height; y++) {
        const uint8_t *row = grey->data + (ptrdiff_t)y * grey->stride;
        for (int x = 0; x < grey->width; x++)
            histogram[row[x]]++;
    }
    int64_t sum = 0, squares = 0, dark = 0, bright = 0;
    for (int level = 0; level < 256; level++) {
        sum += histogram[level] * level;
        squares += histogram[level] * level * level;
        dark += 10 * level < 255 ? histogram[level] : 0;
        bright += 100 * level > 95 * 255 ? histogram[level] : 0;
    }
    const double pixels = (double)grey->width * grey->height;
    const double mean = (double)sum / pixels;
    out->luma = mean / 255;
    out->contrast = sqrt(fmax(0, (double)squares / pixels - mean * mean)) / 255;
    out->dark_share = (double)dark / pixels;
    out->bright_share = (double)bright / pixels;
}

/* Whether the block's mean has stayed: an encoder alters single pixels of a picture that stands still, at key
 * frames most of all, but hardly the mean of many. */
static bool block_is_same(const VisionImage *last, const VisionImage *grey, int left, int top)
{
    const int right = MIN(left + FROZEN_BLOCK, grey->width), bottom = MIN(top + FROZEN_BLOCK, grey->height);
    int sum = 0;
    for (int y = top; y < bottom; y++) {
        const uint8_t *now = grey->data + (ptrdiff_t)y * grey->stride;
        const uint8_t *then = last->data + (ptrdiff_t)y * last->stride;
        for (int x = left; x < right; x++)
            sum += now[x] - then[x];
    }
    return abs(sum) < FROZEN_LEVELS * (right - left) * (bottom - top);
}

static bool is_same(const VisionImage *last, const VisionImage *grey)
{
    for (int top = 0; top < grey->height; top += FROZEN_BLOCK) {
        for (int left = 0; left < grey->width; left += FROZEN_BLOCK) {
            if (!block_is_same(last, grey, left, top))
                return false;
        }
    }
    return true;
}

/* How long every block of the working picture has been as on one picture before. Held against the first of
 * them, so that a slow change is one. Nobody saw what was in a pause between pictures: it ends the spell. */
static double measure_frozen(PictureQuality *quality, const VisionImage *grey, int64_t t_us)
{
    const int64_t step_us = t_us - quality->last_us;
    const bool pause = quality->last_step_us > 0 && step_us > MAX(FROZEN_PAUSE_US, 5 * quality->last_step_us);
    quality->last_step_us = pause ? quality->last_step_us : step_us;
    if (quality->pictures == 0 || pause || !is_same(&quality->last, grey)) {
        for (int y = 0; y < grey->height; y++)
            memcpy(quality->last.data + (ptrdiff_t)y * quality->last.stride,
                   grey->data + (ptrdiff_t)y * grey->stride, (size_t)grey->width);
        quality->unchanged_us = t_us;
    }
    return time_to_seconds(t_us - quality->unchanged_us);
}

/* Phase correlation follows what most of the picture does, and a crowd that walks can be most of it. A camera
 * that has moved takes the edges of the view with it: they fit better where the shift says than where they
 * were. */
static bool shifts_the_view(const PictureQuality *quality, double x, double y)
{
    if (!(hypot(x, y) >= SHIFT_DOUBTED))
        return true;
    const double there = reference_view_similarity(quality->reference, (int)lround(x), (int)lround(y));
    const double here = reference_view_similarity(quality->reference, 0, 0);
    return !(there <= here);
}

static bool measure_shift(PictureQuality *quality, QualityObservation *out, GError **error)
{
    double dx = 0, dy = 0, response = 0;
    const VisionImage *reference = reference_view_picture(quality->reference);
    if (!picture_check(vision_resize(&quality->smooth, &quality->small) &&
                           vision_resize(reference, &quality->small_reference) &&
                           vision_shift(&quality->small_reference, &quality->small, &dx, &dy, &response),
                       "the shift of the picture", error))
        return false;
    out->shift_response = isfinite(response) ? CLAMP(response, 0, 1) : 0;
    if (out->shift_response >= SHIFT_RELIABLE) {
        out->shift_x = dx / quality->small.width;
        out->shift_y = dy / quality->small.height;
    }
    return true;
}

/* Lets the reference follow a slow drift (a pole in the sun, a slow zoom), but no jump: what has once moved
 * by more than FOLLOW_MOST stays out of reach. */
static void follow_drift(PictureQuality *quality, int64_t step_us, const QualityObservation *out)
{
    if (!(out->shift_response >= FOLLOW_RESPONSE))
        return;
    const double x = out->shift_x * quality->grey.width, y = out->shift_y * quality->grey.height;
    const double rate = fmin(1, (double)step_us / (double)FOLLOW_US);
    quality->drift_x += rate * (x - quality->drift_x);
    quality->drift_y += rate * (y - quality->drift_y);
    const double drift = hypot(quality->drift_x, quality->drift_y);
    if (drift > FOLLOW_MOST || hypot(x - quality->drift_x, y - quality->drift_y) > FOLLOW_MOST)
        return;
    const int dx = fabs(quality->drift_x) >= FOLLOW_LEAST ? (int)lround(quality->drift_x) : 0;
    const int dy = fabs(quality->drift_y) >= FOLLOW_LEAST ? (int)lround(quality->drift_y) : 0;
    if (dx == 0 && dy == 0)
        return;
    reference_view_move(quality->reference, &quality->smooth, dx, dy);
    quality->moved_x += dx;
    quality->moved_y += dy;
    quality->drift_x -= dx;
    quality->drift_y -= dy;
}

/* Where the camera looks now, for those who keep a picture of their own. */
static void follow_camera(PictureQuality *quality, int64_t step_us, const QualityObservation *out)
{
    if (!(out->shift_response >= CAMERA_RESPONSE))
        return;
    const double x = out->shift_x * quality->grey.width, y = out->shift_y * quality->grey.height;
    if (hypot(x, y) > CAMERA_MOST)
        return;
    const double rate = fmin(1, (double)step_us / (double)FOLLOW_US);
    quality->camera_x += rate * (x + quality->moved_x - quality->camera_x);
    quality->camera_y += rate * (y + quality->moved_y - quality->camera_y);
}

void picture_quality_drift(const PictureQuality *quality, double *x, double *y)
{
    *x = quality->pictures > 0 ? quality->camera_x / quality->grey.width : 0;
    *y = quality->pictures > 0 ? quality->camera_y / quality->grey.height : 0;
}

/* Lets the reference learn as far as the picture at hand is sound. */
static void learn(PictureQuality *quality, int64_t step_us, const QualityObservation *out, bool ready)
{
    const bool degraded =
        ready && ((isfinite(out->edge_similarity) && out->edge_similarity < DEGRADED_SIMILARITY) ||
                  out->covered_share > DEGRADED_COVER);
    quality->degraded_us = degraded ? quality->degraded_us + step_us : 0;
    if (degraded && quality->degraded_us < quality->reference_hold_us)
        return;
    if (degraded) { /* this has become the normal view */
        reference_view_reset(quality->reference);
        quality->learnt = 0;
        quality->degraded_us = 0;
        quality->drift_x = quality->drift_y = 0;
    }
    quality->learnt += 1;
    const double slow = (double)step_us / (double)ADAPT_US;
    const double rate = fmin(1, fmax(1 / quality->learnt, slow));
    reference_view_learn(quality->reference, &quality->smooth, rate, !ready || degraded, step_us,
                         CELL_HOLD_US);
    const double change = out->sharpness - quality->sharpness;
    const double most = ready && !degraded ? SHARPNESS_CLIP * quality->sharpness : G_MAXDOUBLE;
    quality->sharpness += rate * CLAMP(change, -most, most);
}

bool picture_quality_measure(PictureQuality *quality, const VisionImage *grey, int64_t t_us,
                             QualityObservation *out, GError **error)
{
    if (quality->pictures == 0)
        open_stream(quality, grey, t_us);
    const int64_t step_us = t_us - quality->last_us;
    measure_brightness(grey, out);
    out->frozen_s = measure_frozen(quality, grey, t_us);
    if (!picture_check(vision_resize(grey, &quality->grey) &&
                           vision_smooth(&quality->grey, &quality->smooth) &&
                           vision_sharpness(grey, &out->sharpness),
                       "the sharpness of the picture", error))
        return false;
    const ReferenceMatch match = reference_view_match(quality->reference, &quality->smooth);
    const bool ready = quality->pictures >= READY_PICTURES && t_us - quality->first_us >= READY_US;
    if (ready) {
        out->edge_similarity = match.edge_similarity;
        out->covered_share = match.covered_share;
        out->changed_share = match.changed_share;
        out->sharpness_ratio = quality->sharpness > 0 ? out->sharpness / quality->sharpness : (double)NAN;
        if (!measure_shift(quality, out, error))
            return false;
        const bool moved =
            shifts_the_view(quality, out->shift_x * quality->grey.width, out->shift_y * quality->grey.height);
        follow_camera(quality, step_us, out);
        follow_drift(quality, step_us, out);
        if (!moved)
            out->shift_x = out->shift_y = (double)NAN;
    }
    learn(quality, step_us, out, ready);
    quality->pictures++;
    quality->last_us = t_us;
    return true;
}
