/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/foreground.h"

#include "perception/light.h"
#include "perception/mixture.h"
#include "perception/outline.h"
#include "perception/picture.h"
#include "records/free.h"

#include <math.h>
#include <string.h>

#define SETTLE_US (US_PER_SECOND / 2)  /* after a change of light, blobs are not believed for this long */
#define LARGEST_BLOB 0.5               /* share of the picture; more is no object */
#define LEARN_EVERY 3                  /* pictures, once the model is settled and something is protected */
#define YOUNG_US (2 * US_PER_SECOND)   /* until then the model learns every picture */
#define FOLLOW_US (20 * US_PER_SECOND) /* time constant with which a colour follows the light */
#define BODY_GAP 96      /* half the gap that is filled in a thing, as a part of the picture's width */
#define BODY_UPRIGHT 1.8 /* least height / width of a body that is put together from its pieces */
#define BODY_SPAN 0.85   /* share of its height that the pieces must reach over */
#define BODY_WHOLE 0.5   /* share of its height that one piece has when the body is not broken */
#define BODY_LEAST 0.3   /* share of its height that the heights of the pieces make up */
#define GAIN_STEP 4      /* pixels between samples for the brightness of the whole */

struct Foreground {
    const PerceptionSettings *settings;
    Mixture *model;
    LightTest *light;
    VisionImage picture; /* smoothed, brightness brought to that of the background */
    VisionImage labels;  /* what the model says */
    VisionImage mask;
    VisionImage skip; /* 255 where nothing is learnt; room for masks before */
    GArray *blobs;    /* of Blob */
    double share;
    int64_t first_us, last_us, step_us, unsettled_us, waiting_us;
    int64_t pictures; /* that the model has learnt since it started anew */
    int skipped;
    bool unsettled;
};

Foreground *foreground_new(const PerceptionSettings *settings)
{
    Foreground *foreground = g_new0(Foreground, 1);
    foreground->settings = settings;
    foreground->blobs = g_array_new(FALSE, FALSE, sizeof(Blob));
    return foreground;
}

DEFINE_FREE(foreground_free, Foreground, foreground, mixture_free(foreground->model),
            light_test_free(foreground->light), picture_clear(&foreground->picture),
            picture_clear(&foreground->labels), picture_clear(&foreground->mask),
            picture_clear(&foreground->skip), g_array_unref(foreground->blobs))

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

const VisionImage *foreground_picture(const Foreground *foreground)
{
    return &foreground->picture;
}

const VisionImage *foreground_background(const Foreground *foreground)
{
    return mixture_picture(foreground->model);
}

static void open_stream(Foreground *foreground, const VisionImage *colour, int64_t t_us)
{
    const int width = colour->width, height = colour->height;
    foreground->model = mixture_new(width, height, foreground->settings->variance_threshold);
    foreground->light = light_test_new(width, height);
    picture_init(&foreground->picture, width, height, 3);
    picture_init(&foreground->labels, width, height, 1);
    picture_init(&foreground->mask, width, height, 1);
    picture_init(&foreground->skip, width, height, 1);
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

static double set_share(const VisionImage *mask)
{
    const size_t pixels = (size_t)mask->width * (size_t)mask->height;
    size_t set = 0;
    for (size_t i = 0; i < pixels; i++)
        set += mask->data[i] != 0;
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

/* Makes `whole` reach around the other as well. */
static void add_piece(Blob *whole, const Blob *piece)
{
    const int right = MAX(whole->box.x + whole->box.w, piece->box.x + piece->box.w);
    const int bottom = MAX(whole->box.y + whole->box.h, piece->box.y + piece->box.h);
    const double weight = (double)piece->area / (double)(whole->area + piece->area);
    whole->cx += weight * (piece->cx - whole->cx);
    whole->cy += weight * (piece->cy - whole->cy);
    whole->area += piece->area;
    whole->box.x = MIN(whole->box.x, piece->box.x);
    whole->box.y = MIN(whole->box.y, piece->box.y);
    whole->box.w = right - whole->box.x;
    whole->box.h = bottom - whole->box.y;
}

static bool lies_within(const VisionRect *piece, const VisionRect *box)
{
    return piece->x >= box->x - 2 && piece->x + piece->w <= box->x + box->w + 2 && piece->y >= box->y - 2 &&
           piece->y + piece->h <= box->y + box->h + 2;
}

/* Puts the pieces of `blobs` that lie in the box together, if none of them is the body nearly whole and they
 * reach from its top to its bottom: a shadow reaches further than the thing that casts it. */
static void join_body(GArray *blobs, const VisionRect *box)
{
    Blob whole = {.area = 0};
    int seen = 0;
    for (guint i = 0; i < blobs->len; i++) {
        const Blob *piece = &g_array_index(blobs, Blob, i);
        if (!lies_within(&piece->box, box))
            continue;
        if (piece->box.h > BODY_WHOLE * box->h)
            return;
        seen += piece->box.h;
        if (whole.area == 0)
            whole = *piece;
        else
            add_piece(&whole, piece);
    }
    if (whole.area == 0 || whole.box.h < BODY_SPAN * box->h || seen < BODY_LEAST * box->h)
        return;
    for (guint i = blobs->len; i > 0; i--)
        if (lies_within(&g_array_index(blobs, Blob, i - 1).box, box))
            g_array_remove_index(blobs, i - 1);
    g_array_append_val(blobs, whole);
}

/* A head and legs with a coat between them that could be mere light on the floor are one body. */
static bool join_bodies(Foreground *foreground, GError **error)
{
    VisionImage *changed = &foreground->skip;
    const size_t pixels = (size_t)changed->width * (size_t)changed->height;
    for (size_t i = 0; i < pixels; i++) {
        const bool same = foreground->labels.data[i] == MIXTURE_BACKGROUND && foreground->mask.data[i] == 0;
        changed->data[i] = same ? 0 : 255;
    }
    if (!picture_check(vision_open(changed, 3), "morphology", error))
        return false;
    g_autoptr(GArray) bodies = components_find(changed, 255);
    for (guint i = 0; i < bodies->len; i++) {
        const Component *body = &g_array_index(bodies, Component, i);
        if (body->box.h >= BODY_UPRIGHT * body->box.w)
            join_body(foreground->blobs, &body->box);
    }
    return true;
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
                add_piece(a, &b);
                g_array_remove_index(blobs, j);
                joined = true;
            }
        }
    }
}

/* Neither a patch of light nor the place that something has left. */
static bool is_thing(const Foreground *foreground, const VisionRect *box)
{
    if (foreground->settings->shadows && light_test_is_light(foreground->light, &foreground->mask, box))
        return false;
    return !outline_is_ghost(&foreground->mask, box, &foreground->picture,
                             mixture_picture(foreground->model));
}

static bool find_blobs(Foreground *foreground, GError **error)
{
    g_array_set_size(foreground->blobs, 0);
    const double pixels = (double)foreground->mask.width * foreground->mask.height;
    const double least = fmax(6, foreground->settings->min_area * pixels);
    g_autoptr(GArray) components = components_find(&foreground->mask, MIXTURE_FOREGROUND);
    for (guint i = 0; i < components->len; i++) {
        const Component *component = &g_array_index(components, Component, i);
        /* Pieces smaller than a blob may still complete one. */
        if ((double)component->area < 0.4 * least)
            continue;
        if (!is_thing(foreground, &component->box))
            continue;
        const Blob blob = {component->box, component->area, component->cx, component->cy, OBJECT_UNKNOWN};
        g_array_append_val(foreground->blobs, blob);
    }
    if (!join_bodies(foreground, error))
        return false;
    join_pieces(foreground->blobs);
    for (guint i = foreground->blobs->len; i > 0; i--) {
        const Blob *blob = &g_array_index(foreground->blobs, Blob, i - 1);
        if ((double)blob->area < least || (double)blob->area > LARGEST_BLOB * pixels)
            g_array_remove_index(foreground->blobs, i - 1);
    }
    return true;
}

/* What looks like light or shadow but lies between parts of a thing belongs to it: a grey coat on grey
 * stones. */
static bool fill_bodies(Foreground *foreground, GError **error)
{
    VisionImage *mask = &foreground->mask, *filled = &foreground->skip;
    memcpy(filled->data, mask->data, (size_t)mask->stride * (size_t)mask->height);
    const int reach = 2 * MAX(1, mask->width / BODY_GAP) + 1;
    if (!picture_check(vision_open(filled, 3) && vision_fill(filled, reach), "morphology", error))
        return false;
    const size_t pixels = (size_t)mask->width * (size_t)mask->height;
    for (size_t i = 0; i < pixels; i++)
        if (filled->data[i] != 0 && foreground->labels.data[i] != MIXTURE_BACKGROUND)
            mask->data[i] = 255;
    return true;
}

static void start_anew(Foreground *foreground, int64_t t_us)
{
    mixture_restart(foreground->model, &foreground->picture);
    memset(foreground->labels.data, 0, (size_t)foreground->labels.stride * (size_t)foreground->labels.height);
    memset(foreground->mask.data, 0, (size_t)foreground->mask.stride * (size_t)foreground->mask.height);
    foreground->share = 0;
    foreground->pictures = 1;
    foreground->first_us = t_us;
    foreground->waiting_us = 0;
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
    if (first) {
        start_anew(foreground, t_us);
    } else {
        const VisionImage *background = mixture_picture(foreground->model);
        const double gain = find_gain(picture, background);
        if (gain != 1)
            apply_gain(picture, gain);
        mixture_classify(foreground->model, picture, &foreground->labels);
        memcpy(mask->data, foreground->labels.data, (size_t)mask->stride * (size_t)mask->height);
        light_test_apply(foreground->light, picture, background, foreground->settings->shadows, mask);
        foreground->share = set_share(mask);
    }
    if (foreground->share > foreground->settings->light_change) {
        foreground->unsettled_us = t_us;
        start_anew(foreground, t_us);
    }
    foreground->unsettled = t_us - foreground->unsettled_us < SETTLE_US;
    if (!fill_bodies(foreground, error))
        return false;
    const int close = 2 * MAX(1, (picture->width + 96) / 192) + 1; /* 5 pixels at 384 */
    if (!picture_check(vision_open(mask, 3) && vision_close(mask, close), "morphology", error))
        return false;
    if (!foreground->unsettled)
        return find_blobs(foreground, error);
    g_array_set_size(foreground->blobs, 0);
    return true;
}

/* Marks what is not background inside the boxes. */
static void mark_protected(Foreground *foreground, const VisionRect *boxes, size_t count)
{
    VisionImage *skip = &foreground->skip;
    memset(skip->data, 0, (size_t)skip->stride * (size_t)skip->height);
    for (size_t i = 0; i < count; i++) {
        const int left = CLAMP(boxes[i].x - 2, 0, skip->width);
        const int right = CLAMP(boxes[i].x + boxes[i].w + 2, left, skip->width);
        const int top = CLAMP(boxes[i].y - 2, 0, skip->height);
        const int bottom = CLAMP(boxes[i].y + boxes[i].h + 2, top, skip->height);
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                const int at = y * skip->width + x;
                if (foreground->mask.data[at] != 0 || foreground->labels.data[at] != MIXTURE_BACKGROUND)
                    skip->data[at] = 255;
            }
        }
    }
}

void foreground_learn(Foreground *foreground, const VisionRect *boxes, size_t count)
{
    const bool young = foreground->last_us - foreground->first_us < YOUNG_US;
    if (!young && ++foreground->skipped < LEARN_EVERY)
        return;
    foreground->skipped = 0;
    mark_protected(foreground, boxes, count);
    foreground->pictures++;
    const double waited = (double)foreground->waiting_us;
    const double rate =
        fmax(0.5 / (double)foreground->pictures, waited / (double)foreground->settings->history_us);
    foreground->waiting_us = 0;
    mixture_learn(foreground->model, &foreground->picture, &foreground->skip, fmin(1, rate),
                  fmin(1, waited / (double)FOLLOW_US));
}

void foreground_forget(Foreground *foreground, const VisionRect *box)
{
    mixture_forget(foreground->model, &foreground->picture, &foreground->mask, box);
}

void foreground_move(Foreground *foreground, int dx, int dy)
{
    if (foreground->model != NULL)
        mixture_move(foreground->model, &foreground->picture, dx, dy);
}
