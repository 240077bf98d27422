/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/foreground.h"

#include "perception/picture.h"

#include <math.h>
#include <string.h>

#define SETTLE_US (US_PER_SECOND / 2) /* after a change of light, blobs are not believed for this long */
#define LARGEST_BLOB 0.5              /* share of the picture; more is no object */
#define LEARN_EVERY 3                 /* pictures, once the model is settled and something is protected */
#define YOUNG_US (2 * US_PER_SECOND)  /* until then the model learns every picture */
#define BACKGROUND_US (30 * US_PER_SECOND) /* time constant of the background's mean */
#define GAIN_STEP 4                        /* pixels between samples for the brightness of the whole */

struct Foreground {
    const PerceptionSettings *settings;
    VisionBackground *model;
    VisionImage picture; /* smoothed, brightness brought to that of the background */
    VisionImage mask;
    float *mean;            /* of every value of the background */
    VisionImage background; /* the same, rounded */
    VisionImage learnt;     /* what the model is shown when something is protected */
    VisionImage scratch;    /* the model's answer while it learns */
    GArray *blobs;          /* of Blob */
    double share;
    int64_t first_us, last_us, step_us, unsettled_us, waiting_us;
    int64_t kept;     /* pictures in the mean */
    int64_t pictures; /* that the model has learnt since it started anew */
    int skipped;
    bool unsettled;
};

Foreground *foreground_new(const PerceptionSettings *settings, GError **error)
{
    Foreground *foreground = g_new0(Foreground, 1);
    foreground->settings = settings;
    foreground->blobs = g_array_new(FALSE, FALSE, sizeof(Blob));
    foreground->model = vision_background_new(settings->variance_threshold, settings->shadows);
    if (!picture_check(foreground->model != NULL, "the background model", error)) {
        foreground_free(foreground);
        return NULL;
    }
    return foreground;
}

void foreground_free(Foreground *foreground)
{
    if (foreground == NULL)
        return;
    vision_background_free(foreground->model);
    picture_clear(&foreground->picture);
    picture_clear(&foreground->mask);
    picture_clear(&foreground->background);
    g_free(foreground->mean);
    picture_clear(&foreground->learnt);
    picture_clear(&foreground->scratch);
    g_array_unref(foreground->blobs);
    g_free(foreground);
}

const GArray *foreground_blobs(const Foreground *foreground)
{
    return foreground->blobs;
}

const VisionImage *foreground_mask(const Foreground *foreground)
{
    return &foreground->mask;
}

double foreground_share(const Foreground *foreground)
{
    return foreground->share;
}

bool foreground_is_unsettled(const Foreground *foreground)
{
    return foreground->unsettled;
}

const VisionImage *foreground_background(const Foreground *foreground)
{
    return &foreground->background;
}

static void open_stream(Foreground *foreground, const VisionImage *colour, int64_t t_us)
{
    picture_init(&foreground->picture, colour->width, colour->height, 3);
    picture_init(&foreground->mask, colour->width, colour->height, 1);
    picture_init(&foreground->background, colour->width, colour->height, 3);
    foreground->mean = g_new0(float, 3 * (size_t)colour->width * (size_t)colour->height);
    picture_init(&foreground->learnt, colour->width, colour->height, 3);
    picture_init(&foreground->scratch, colour->width, colour->height, 1);
    foreground->first_us = foreground->last_us = t_us;
    foreground->unsettled_us = t_us - SETTLE_US;
}

/* The factor that brings the picture's brightness to that of the background: the median over sample pixels
 * that are brighter than `least` (sum of blue, twice green, red) of background / picture, in steps of 1/128.
 * Returns 0 when too few pixels are. */
static double find_gain_above(const VisionImage *picture, const VisionImage *background, int least)
{
    int64_t histogram[512] = {0}, total = 0;
    for (int y = 0; y < picture->height; y += GAIN_STEP) {
        const uint8_t *now = picture->data + (ptrdiff_t)y * picture->stride;
        const uint8_t *then = background->data + (ptrdiff_t)y * background->stride;
        for (int x = 0; x < 3 * picture->width; x += 3 * GAIN_STEP) {
            const int a = now[x] + 2 * now[x + 1] + now[x + 2], b = then[x] + 2 * then[x + 1] + then[x + 2];
            if (a < least || b < least || a > 960 || b > 960) /* of 1020: white may be clipped */
                continue;
            histogram[MIN(511, 128 * b / a)]++;
            total++;
        }
    }
    if (total * 20 < (int64_t)(picture->width / GAIN_STEP) * (picture->height / GAIN_STEP))
        return 0;
    int bin = 0;
    for (int64_t below = histogram[0]; bin < 511 && 2 * below < total; below += histogram[bin])
        bin++;
    return (bin + 0.5) / 128;
}

/* Cameras do not brighten dark parts as they do bright ones, so these are asked only when there are no
 * others. */
static double find_gain(const VisionImage *picture, const VisionImage *background)
{
    double gain = find_gain_above(picture, background, 240);
    if (gain <= 0)
        gain = find_gain_above(picture, background, 80);
    return fabs(gain - 1) < 0.012 || gain < 0.4 || gain > 2.5 ? 1 : gain;
}

static void apply_gain(VisionImage *picture, double gain)
{
    uint8_t table[256];
    for (int level = 0; level < 256; level++)
        table[level] = (uint8_t)MIN(255, lround(level * gain));
    const size_t bytes = (size_t)picture->stride * (size_t)picture->height;
    for (size_t i = 0; i < bytes; i++)
        picture->data[i] = table[picture->data[i]];
}

/* Shadows out; returns the share of foreground. */
static double keep_foreground(VisionImage *mask)
{
    const size_t pixels = (size_t)mask->width * (size_t)mask->height;
    size_t set = 0;
    for (size_t i = 0; i < pixels; i++) {
        mask->data[i] = mask->data[i] == VISION_FOREGROUND ? VISION_FOREGROUND : 0;
        set += mask->data[i] != 0;
    }
    return (double)set / (double)pixels;
}

/* Whether two pieces are likely one upright thing broken in two: one above the other, with a small gap. */
static bool pieces_belong(const Blob *a, const Blob *b)
{
    const int left = MAX(a->box.x, b->box.x), right = MIN(a->box.x + a->box.w, b->box.x + b->box.w);
    const int top = MAX(a->box.y, b->box.y), bottom = MIN(a->box.y + a->box.h, b->box.y + b->box.h);
    const int narrow = MIN(a->box.w, b->box.w), wide = MAX(a->box.w, b->box.w);
    const int low = MIN(a->box.h, b->box.h), gap = top - bottom;
    return 2 * (right - left) >= narrow && 5 * narrow >= 2 * wide && gap <= MAX(2, low / 4) &&
           2 * gap >= -low;
}

static void join_pieces(GArray *blobs)
{
    bool joined = true;
    while (joined) {
        joined = false;
        for (guint i = 0; i < blobs->len && !joined; i++) {
            for (guint j = i + 1; j < blobs->len && !joined; j++) {
                Blob *a = &g_array_index(blobs, Blob, i);
                const Blob b = g_array_index(blobs, Blob, j);
                if (!pieces_belong(a, &b))
                    continue;
                const int right = MAX(a->box.x + a->box.w, b.box.x + b.box.w);
                const int bottom = MAX(a->box.y + a->box.h, b.box.y + b.box.h);
                const double weight = (double)b.area / (double)(a->area + b.area);
                a->cx += weight * (b.cx - a->cx);
                a->cy += weight * (b.cy - a->cy);
                a->area += b.area;
                a->box.x = MIN(a->box.x, b.box.x);
                a->box.y = MIN(a->box.y, b.box.y);
                a->box.w = right - a->box.x;
                a->box.h = bottom - a->box.y;
                g_array_remove_index(blobs, j);
                joined = true;
            }
        }
    }
}

static void find_blobs(Foreground *foreground)
{
    g_array_set_size(foreground->blobs, 0);
    const double pixels = (double)foreground->mask.width * foreground->mask.height;
    const double least = fmax(6, foreground->settings->min_area * pixels);
    g_autoptr(GArray) components = components_find(&foreground->mask, VISION_FOREGROUND);
    for (guint i = 0; i < components->len; i++) {
        const Component *component = &g_array_index(components, Component, i);
        /* Pieces smaller than a blob may still complete one. */
        if ((double)component->area < 0.4 * least)
            continue;
        const Blob blob = {component->box, component->area, component->cx, component->cy};
        g_array_append_val(foreground->blobs, blob);
    }
    join_pieces(foreground->blobs);
    for (guint i = foreground->blobs->len; i > 0; i--) {
        const Blob *blob = &g_array_index(foreground->blobs, Blob, i - 1);
        if ((double)blob->area < least || (double)blob->area > LARGEST_BLOB * pixels)
            g_array_remove_index(foreground->blobs, i - 1);
    }
}

/* Starts the mean with the picture at hand. */
static void restart_background(Foreground *foreground)
{
    const size_t values = 3 * (size_t)foreground->mask.width * (size_t)foreground->mask.height;
    memcpy(foreground->background.data, foreground->picture.data, values);
    for (size_t i = 0; i < values; i++)
        foreground->mean[i] = (float)foreground->picture.data[i];
    foreground->kept = 1;
}

bool foreground_find(Foreground *foreground, const VisionImage *colour, int64_t t_us, GError **error)
{
    const bool first = foreground->picture.data == NULL;
    if (first)
        open_stream(foreground, colour, t_us);
    foreground->step_us = t_us - foreground->last_us;
    foreground->waiting_us += foreground->step_us;
    foreground->last_us = t_us;
    VisionImage *picture = &foreground->picture, *mask = &foreground->mask;
    if (!picture_check(vision_smooth(colour, picture), "smoothing", error))
        return false;
    if (foreground->pictures > 0) {
        const double gain = find_gain(picture, &foreground->background);
        if (gain != 1)
            apply_gain(picture, gain);
    }
    /* The first answer of a fresh model is foreground everywhere: let it learn that picture at once. */
    const bool fresh = foreground->pictures == 0;
    if (!picture_check(vision_background_apply(foreground->model, picture, mask, fresh ? 1 : 0),
                       "the background model", error))
        return false;
    foreground->share = fresh ? 0 : keep_foreground(mask);
    if (foreground->share > foreground->settings->light_change) {
        foreground->pictures = 0;
        foreground->unsettled_us = t_us;
        if (!picture_check(vision_background_apply(foreground->model, picture, mask, 1),
                           "the background model", error))
            return false;
    }
    if (foreground->pictures == 0) {
        restart_background(foreground);
        memset(mask->data, 0, (size_t)mask->stride * (size_t)mask->height);
        foreground->share = 0;
        foreground->pictures = 1;
        foreground->first_us = t_us;
        foreground->waiting_us = 0;
    }
    foreground->unsettled = t_us - foreground->unsettled_us < SETTLE_US;
    const int close = 2 * MAX(1, (picture->width + 96) / 192) + 1; /* 5 pixels at 384 */
    if (!picture_check(vision_open(mask, 3) && vision_close(mask, close), "morphology", error))
        return false;
    if (foreground->unsettled)
        g_array_set_size(foreground->blobs, 0);
    else
        find_blobs(foreground);
    return true;
}

/* Copies the picture, with the background in place of the foreground inside the boxes. */
static void hide_protected(Foreground *foreground, const VisionRect *boxes, size_t count)
{
    const VisionImage *picture = &foreground->picture;
    memcpy(foreground->learnt.data, picture->data, (size_t)picture->stride * (size_t)picture->height);
    for (size_t i = 0; i < count; i++) {
        const int left = CLAMP(boxes[i].x - 2, 0, picture->width);
        const int right = CLAMP(boxes[i].x + boxes[i].w + 2, left, picture->width);
        const int top = CLAMP(boxes[i].y - 2, 0, picture->height);
        const int bottom = CLAMP(boxes[i].y + boxes[i].h + 2, top, picture->height);
        for (int y = top; y < bottom; y++) {
            const size_t at = (size_t)y * (size_t)picture->stride + 3 * (size_t)left;
            memcpy(foreground->learnt.data + at, foreground->background.data + at,
                   3 * (size_t)(right - left));
        }
    }
}

/* The mean of every pixel while it was background: as slow as the model, or the overall brightness could not
 * be told by it. */
static void keep_background(Foreground *foreground)
{
    const float slow = (float)foreground->step_us / (float)BACKGROUND_US;
    const float rate = fminf(1, fmaxf(1 / (float)foreground->kept, slow));
    foreground->kept++;
    const size_t values = 3 * (size_t)foreground->mask.width * (size_t)foreground->mask.height;
    for (size_t i = 0; i < values; i++) {
        if (foreground->mask.data[i / 3] != 0)
            continue;
        foreground->mean[i] += rate * ((float)foreground->picture.data[i] - foreground->mean[i]);
        foreground->background.data[i] = (uint8_t)lrintf(foreground->mean[i]);
    }
}

bool foreground_learn(Foreground *foreground, const VisionRect *boxes, size_t count, GError **error)
{
    keep_background(foreground);
    const bool young = foreground->last_us - foreground->first_us < YOUNG_US;
    if (!young && ++foreground->skipped < LEARN_EVERY)
        return true;
    foreground->skipped = 0;
    const VisionImage *shown = &foreground->picture;
    if (count > 0) {
        hide_protected(foreground, boxes, count);
        shown = &foreground->learnt;
    }
    foreground->pictures++;
    const double slow = (double)foreground->waiting_us / (double)foreground->settings->history_us;
    const double rate = fmin(1, fmax(0.5 / (double)foreground->pictures, slow));
    foreground->waiting_us = 0;
    return picture_check(vision_background_apply(foreground->model, shown, &foreground->scratch, rate),
                         "the background model", error);
}
