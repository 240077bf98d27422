/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/still.h"

#include "media/pictures.h"
#include "records/error.h"
#include "records/free.h"

#include <math.h>

/* A jump costs the decoding from the key picture before; nearer goals are reached by going on. */
#define JUMP_US (10 * US_PER_SECOND)
/* A whole picture of so many blocks across shows what happens but no face of an ordinary view and no number
 * plate. */
#define COARSE_ACROSS 96
#define COARSE_LEAST 3
#define MOSAIC_ACROSS 8
#define MOSAIC_LEAST 8

DEFINE_FREE(still_free, Still, still, av_free(still->pixels))

static Still *still_take(const Pictures *pictures, const Picture *picture, Pixels *converter, int max_width,
                         GError **error)
{
    g_autoptr(Still) still = g_new0(Still, 1);
    still->t_us = picture->t_us;
    pictures_size(pictures, picture, max_width, &still->width, &still->height);
    still->stride = FFALIGN(4 * still->width, 64);
    still->pixels = av_mallocz((size_t)still->stride * (size_t)still->height + 64);
    if (!pixels_convert(converter, picture->frame, pictures_turn(pictures), still->width, still->height,
                        still->pixels, still->stride, error))
        return NULL;
    return g_steal_pointer(&still);
}

typedef struct {
    Pictures *pictures;
    Pixels *converter;
    int max_width;
    bool may_jump;
    bool jumped;     /* and no picture has come since */
    int64_t goal_us; /* of the last jump: nothing is nearer to it than where that landed */
    bool overshot;   /* a jump landed behind its goal: begin again without jumping */
    AVFrame *kept;   /* of the latest picture, which may turn out to be the last one */
    Picture picture; /* the latest */
    bool have, ended;
} Fetch;

DEFINE_CLEAR(fetch_clear, Fetch, fetch, pictures_close(fetch->pictures), pixels_free(fetch->converter),
             av_frame_free(&fetch->kept))
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fetch, fetch_clear)

/* Goes on to the first picture at or after `wanted_us`, or to the last one. */
static bool advance(Fetch *fetch, int64_t wanted_us, GError **error)
{
    while (!fetch->ended && !fetch->overshot && (!fetch->have || fetch->picture.t_us < wanted_us)) {
        if (fetch->have && fetch->may_jump && wanted_us - fetch->picture.t_us > JUMP_US &&
            fetch->goal_us != wanted_us) {
            fetch->may_jump = pictures_seek(fetch->pictures, wanted_us);
            fetch->jumped = fetch->may_jump;
            fetch->goal_us = wanted_us;
        }
        Picture next;
        const PicturesStatus status = pictures_next(fetch->pictures, &next, error);
        if (status == PICTURES_ERROR)
            return false;
        if (status == PICTURES_END) {
            fetch->ended = true;
            fetch->overshot = fetch->jumped;
            break;
        }
        fetch->overshot = fetch->jumped && next.t_us > wanted_us;
        /* where key pictures are so rare that a jump leads back, going on is quicker */
        fetch->may_jump = fetch->may_jump && (!fetch->jumped || next.t_us > fetch->picture.t_us);
        fetch->jumped = false;
        av_frame_unref(fetch->kept);
        if (av_frame_ref(fetch->kept, next.frame) < 0)
            g_error("out of memory");
        fetch->picture = next;
        fetch->picture.frame = fetch->kept;
        fetch->have = true;
    }
    return true;
}

/* One pass. Sets `again` when it must be repeated without jumps. */
static bool visit_all(const char *path, const ReplayRequest *request, const int64_t *times_us, size_t count,
                      bool may_jump, StillVisitor visit, void *user, bool *again, GError **error)
{
    *again = false;
    g_autoptr(ClipQuality) quality = clip_quality_new();
    g_auto(Fetch) fetch = {.max_width = request->max_width, .may_jump = may_jump, .goal_us = TIME_UNKNOWN};
    const ReplayRequest plain = {.condition = request->condition,
                                 .rate = request->rate,
                                 .files = request->files,
                                 .starts_us = request->starts_us,
                                 .steady_clock = request->steady_clock,
                                 .no_chain = true};
    fetch.pictures = pictures_open(path, &plain, quality, error);
    if (fetch.pictures == NULL)
        return false;
    fetch.converter = pixels_new(PIXELS_BGRX);
    fetch.kept = av_frame_alloc();
    for (size_t i = 0; i < count; i++) {
        if (!advance(&fetch, times_us[i], error))
            return false;
        if (fetch.overshot) {
            *again = true;
            return false;
        }
        g_autoptr(Still) still =
            still_take(fetch.pictures, &fetch.picture, fetch.converter, fetch.max_width, error);
        if (still == NULL)
            return false;
        still->wanted_us = times_us[i];
        if (!visit(still, i, user, error))
            return false;
    }
    return true;
}

bool still_visit(const char *path, const ReplayRequest *request, const int64_t *times_us, size_t count,
                 StillVisitor visit, void *user, GError **error)
{
    av_quiet();
    for (size_t i = 1; i < count; i++)
        g_assert(times_us[i - 1] <= times_us[i]);
    bool again;
    if (visit_all(path, request, times_us, count, true, visit, user, &again, error))
        return true;
    return again && visit_all(path, request, times_us, count, false, visit, user, &again, error);
}

static bool keep(Still *still, size_t index, void *user, GError **error)
{
    (void)error;
    GPtrArray *stills = user;
    g_ptr_array_set_size(stills, (gint)index);
    Still *kept = g_new0(Still, 1);
    *kept = *still;
    still->pixels = NULL;
    g_ptr_array_add(stills, kept);
    return true;
}

GPtrArray *still_fetch(const char *path, const ReplayRequest *request, const int64_t *times_us, size_t count,
                       GError **error)
{
    g_autoptr(GPtrArray) stills = g_ptr_array_new_with_free_func((GDestroyNotify)still_free);
    if (!still_visit(path, request, times_us, count, keep, stills, error))
        return NULL;
    return g_steal_pointer(&stills);
}

Still *still_scale(const Still *still, int max_width, GError **error)
{
    g_autoptr(Still) small = g_new0(Still, 1);
    *small = *still;
    if (max_width > 0 && small->width > max_width) {
        small->height = (int)MAX(av_rescale(small->height, max_width, small->width), 1);
        small->width = max_width;
    }
    small->stride = FFALIGN(4 * small->width, 64);
    small->pixels = av_mallocz((size_t)small->stride * (size_t)small->height + 64);
    struct SwsContext *scaler =
        sws_getContext(still->width, still->height, AV_PIX_FMT_BGR0, small->width, small->height,
                       AV_PIX_FMT_BGR0, SWS_AREA | SWS_ACCURATE_RND | SWS_BITEXACT, NULL, NULL, NULL);
    const uint8_t *const from[] = {still->pixels};
    uint8_t *const to[] = {small->pixels};
    const bool fine = scaler != NULL && sws_scale(scaler, from, &still->stride, 0, still->height, to,
                                                  &small->stride) == small->height;
    sws_freeContext(scaler);
    if (!fine) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "a picture of %dx%d cannot be scaled",
                    still->width, still->height);
        return NULL;
    }
    return g_steal_pointer(&small);
}

/* ---- mosaic */

static void average_block(uint8_t *pixels, int stride, int x0, int y0, int x1, int y1)
{
    int64_t sum[3] = {0};
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            for (int c = 0; c < 3; c++)
                sum[c] += pixels[(ptrdiff_t)y * stride + 4 * x + c];
    const int64_t count = (int64_t)(x1 - x0) * (y1 - y0);
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            for (int c = 0; c < 3; c++)
                pixels[(ptrdiff_t)y * stride + 4 * x + c] = (uint8_t)((sum[c] + count / 2) / count);
}

void still_pixelate(uint8_t *pixels, int stride, int width, int height, Box box)
{
    if (!isfinite(box.x) || !isfinite(box.y) || !isfinite(box.w) || !isfinite(box.h) || box.w <= 0 ||
        box.h <= 0)
        return;
    const int left = (int)floor(CLAMP(box.x, 0.0, 1.0) * width);
    const int top = (int)floor(CLAMP(box.y, 0.0, 1.0) * height);
    const int right = (int)ceil(CLAMP(box.x + box.w, 0.0, 1.0) * width);
    const int bottom = (int)ceil(CLAMP(box.y + box.h, 0.0, 1.0) * height);
    if (left >= right || top >= bottom)
        return;
    /* by the whole box, also where only a part of it is inside: a face at the border is no smaller for that
     */
    const double across = CLAMP(box.w * width, 1.0, width);
    const int block = MAX((int)ceil(across / MOSAIC_ACROSS), MOSAIC_LEAST);
    /* the last blocks reach beyond the box rather than being cut to slivers */
    for (int y = top; y < bottom; y += block)
        for (int x = left; x < right; x += block)
            average_block(pixels, stride, x, y, MIN(x + block, width), MIN(y + block, height));
}

void still_coarsen(uint8_t *pixels, int stride, int width, int height)
{
    const int block = MAX(width / COARSE_ACROSS, COARSE_LEAST);
    for (int y = 0; y < height; y += block)
        for (int x = 0; x < width; x += block)
            average_block(pixels, stride, x, y, MIN(x + block, width), MIN(y + block, height));
}
