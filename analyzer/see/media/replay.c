/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/replay.h"

#include "media/condition.h"
#include "media/joined.h"
#include "media/pictures.h"
#include "records/free.h"

/* A picture converted for the caller. There are two: one at the caller's, one ahead, because a picture's
 * duration is known only when the next one has come. */
typedef struct {
    uint8_t *luma, *bgr;
    int64_t t_us;
    bool damaged;
} Slot;

struct Replay {
    char *path;
    ReplayRequest request;
    Pictures *pictures;
    ClipQuality *quality;
    bool started, finished;
    int width, height; /* of delivered pictures; the first one's, whatever the stream does later */
    int luma_stride, bgr_stride;
    Pixels *to_luma, *to_bgr;
    Slot slots[2];
    int ahead;      /* index of the slot that is filled next */
    bool filled;    /* the other slot holds a picture that was not delivered yet */
    int64_t due_us; /* the next picture is taken from here on */
    int64_t last_taken_us;
};

static void choose_size(Replay *replay, const Picture *picture)
{
    const ReplayRequest *request = &replay->request;
    pictures_size(replay->pictures, picture, request->max_width, &replay->width, &replay->height);
    if (request->max_height > 0 && replay->height > request->max_height) {
        replay->width = (int)MAX(av_rescale(replay->width, request->max_height, replay->height), 1);
        replay->height = request->max_height;
    }
    if (request->stretch) {
        replay->width = request->max_width;
        replay->height = request->max_height;
    }
    /* rows start at multiples of 64 bytes, and vector code may write a little beyond the last one */
    replay->luma_stride = FFALIGN(replay->width, 64);
    replay->bgr_stride = FFALIGN(3 * replay->width, 64);
    for (int i = 0; i < 2; i++) {
        if (!request->no_luma)
            replay->slots[i].luma = av_malloc((size_t)replay->luma_stride * (size_t)replay->height + 64);
        if (request->colour)
            replay->slots[i].bgr = av_malloc((size_t)replay->bgr_stride * (size_t)replay->height + 64);
    }
}

static bool is_due(Replay *replay, int64_t t_us)
{
    if (replay->started && t_us <= replay->last_taken_us)
        return false; /* a filter may repeat a time */
    if (replay->request.max_rate > 0) {
        const int64_t period = (int64_t)(1e6 / replay->request.max_rate + 0.5);
        /* a tenth of tolerance, so that a clip of just that rate keeps all its pictures */
        if (replay->started && t_us + period / 10 < replay->due_us)
            return false;
        replay->due_us = replay->started ? replay->due_us + period : t_us + period;
        if (replay->due_us <= t_us)
            replay->due_us = t_us + period;
    }
    replay->last_taken_us = t_us;
    return true;
}

static bool fill(Replay *replay, const Picture *picture, Slot *slot, GError **error)
{
    if (!replay->started)
        choose_size(replay, picture);
    replay->started = true;
    const Turn turn = pictures_turn(replay->pictures);
    slot->t_us = picture->t_us;
    slot->damaged = picture->damaged;
    if ((!replay->request.no_luma &&
         !pixels_convert(replay->to_luma, picture->frame, turn, replay->width, replay->height, slot->luma,
                         replay->luma_stride, error)) ||
        (replay->request.colour && !pixels_convert(replay->to_bgr, picture->frame, turn, replay->width,
                                                   replay->height, slot->bgr, replay->bgr_stride, error))) {
        g_prefix_error(error, "%s: ", replay->path);
        return false;
    }
    return true;
}

static void deliver(const Replay *replay, const Slot *slot, int64_t until_us, ReplayFrame *frame)
{
    *frame = (ReplayFrame){.t_us = slot->t_us,
                           .duration_us = MAX(until_us - slot->t_us, 0),
                           .width = replay->width,
                           .height = replay->height,
                           .luma = slot->luma,
                           .luma_stride = slot->luma != NULL ? replay->luma_stride : 0,
                           .bgr = slot->bgr,
                           .bgr_stride = replay->request.colour ? replay->bgr_stride : 0,
                           .damaged = slot->damaged};
}

ReplayStatus replay_next(Replay *replay, ReplayFrame *frame, GError **error)
{
    while (!replay->finished) {
        Picture picture;
        const PicturesStatus status = pictures_next(replay->pictures, &picture, error);
        if (status == PICTURES_ERROR)
            return REPLAY_ERROR;
        const bool have = replay->filled;
        const Slot *slot = &replay->slots[1 - replay->ahead];
        if (status == PICTURES_END) {
            replay->finished = true;
            if (!have)
                break;
            deliver(replay, slot, pictures_end(replay->pictures), frame);
            return REPLAY_FRAME;
        }
        if (!is_due(replay, picture.t_us))
            continue;
        if (!fill(replay, &picture, &replay->slots[replay->ahead], error))
            return REPLAY_ERROR;
        replay->filled = true;
        replay->ahead = 1 - replay->ahead;
        if (have) {
            deliver(replay, slot, picture.t_us, frame);
            return REPLAY_FRAME;
        }
    }
    return REPLAY_END;
}

Replay *replay_open(const char *path, const ReplayRequest *request, GError **error)
{
    av_quiet();
    g_autoptr(Replay) replay = g_new0(Replay, 1);
    replay->path = g_strdup(path);
    replay->request = *request;
    replay->request.condition = NULL; /* the caller's string may go */
    replay->quality = clip_quality_new();
    replay->to_luma = pixels_new(PIXELS_LUMA);
    replay->to_bgr = pixels_new(PIXELS_BGR);
    replay->pictures = pictures_open(path, request, replay->quality, error);
    return replay->pictures != NULL ? g_steal_pointer(&replay) : NULL;
}

const ClipQuality *replay_quality(const Replay *replay)
{
    return replay->quality;
}

const char *replay_sha256(const Replay *replay, size_t n)
{
    return pictures_sha256(replay->pictures, n);
}

double replay_aspect(const Replay *replay)
{
    return (double)replay->quality->width / replay->quality->height;
}

static void clear_replay(Replay *replay)
{
    pictures_close(replay->pictures);
    clip_quality_free(replay->quality);
    pixels_free(replay->to_luma);
    pixels_free(replay->to_bgr);
    for (int i = 0; i < 2; i++) {
        av_free(replay->slots[i].luma);
        av_free(replay->slots[i].bgr);
    }
    g_free(replay->path);
}

DEFINE_FREE(replay_close, Replay, replay, clear_replay(replay))

bool replay_check_condition(const char *graph, GError **error)
{
    av_quiet();
    return condition_check(graph, error);
}

bool replay_check_joined(const char *path, GError **error)
{
    av_quiet();
    return joined_check(path, error);
}
