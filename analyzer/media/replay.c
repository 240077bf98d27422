/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/replay.h"

#include "media/av.h"
#include "media/condition.h"
#include "media/pixels.h"
#include "media/source.h"
#include "records/error.h"

#include <libavutil/pixdesc.h>
#include <sodium.h>

#define LINK_BYTES 32

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
    Source *source;
    Condition *condition; /* NULL = as recorded */
    ClipQuality *quality;
    Turn turn;      /* to be done by the conversion */
    AVFrame *frame; /* decoded, or out of the condition */
    bool primed;    /* `frame` holds the first decoded picture, described by `about` */
    SourceFrame about;
    bool source_ended;
    bool started, finished;
    int width, height; /* of delivered pictures */
    int luma_stride, bgr_stride;
    double aspect;
    Pixels *to_luma, *to_bgr;
    Slot slots[2];
    int ahead;      /* index of the slot that is filled next */
    bool filled;    /* the other slot holds a picture that was not delivered yet */
    int64_t due_us; /* the next picture is taken from here on */
    int64_t last_taken_us;
    bool size_changed;
    unsigned char link[LINK_BYTES];
};

/* ---- the hash chain */

static void put_little(unsigned char *bytes, uint64_t value, int count)
{
    for (int i = 0; i < count; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
}

static void add_link(Replay *replay, const AVFrame *frame, int64_t t_us)
{
    crypto_generichash_state hash;
    unsigned char head[16];
    crypto_generichash_init(&hash, NULL, 0, LINK_BYTES);
    crypto_generichash_update(&hash, replay->link, LINK_BYTES);
    put_little(head, (uint64_t)t_us, 8);
    put_little(head + 8, (uint64_t)frame->width, 4);
    put_little(head + 12, (uint64_t)frame->height, 4);
    crypto_generichash_update(&hash, head, sizeof head);
    const int bytes = pixels_row_bytes(frame);
    for (int y = 0; y < frame->height && bytes > 0; y++)
        crypto_generichash_update(&hash, frame->data[0] + (ptrdiff_t)y * frame->linesize[0],
                                  (unsigned long long)bytes);
    crypto_generichash_final(&hash, replay->link, LINK_BYTES);
}

static void finish_chain(Replay *replay)
{
    if (replay->request.no_chain || replay->quality->frames == 0)
        return;
    replay->quality->luma_chain = g_malloc(2 * LINK_BYTES + 1);
    sodium_bin2hex(replay->quality->luma_chain, 2 * LINK_BYTES + 1, replay->link, LINK_BYTES);
}

/* ---- decoded pictures */

static void describe(Replay *replay, const AVFrame *frame)
{
    ClipQuality *quality = replay->quality;
    bool exact;
    replay->turn = turn_from_matrix(source_matrix(replay->source), &exact);
    if (!exact)
        g_ptr_array_add(
            quality->remarks,
            g_strdup("the file asks for a turn that is not a quarter; pictures are left as they lie"));
    quality->pixel_format = g_strdup(av_get_pix_fmt_name(frame->format));
    quality->rotation = turn_degrees(replay->turn);
    pixels_display_size(frame, source_pixel_aspect(replay->source, frame), replay->turn, &quality->width,
                        &quality->height);
    replay->aspect = (double)quality->width / quality->height;
}

/* The next decoded picture that is to be shown; all are hashed on the way. */
static ReplayStatus decode(Replay *replay, GError **error)
{
    if (replay->primed) {
        replay->primed = false;
        return REPLAY_FRAME;
    }
    for (;;) {
        switch (source_next(replay->source, replay->frame, &replay->about, error)) {
        case SOURCE_ERROR:
            return REPLAY_ERROR;
        case SOURCE_END:
            replay->source_ended = true;
            finish_chain(replay);
            return REPLAY_END;
        case SOURCE_FRAME:
            break;
        }
        if (replay->quality->pixel_format == NULL)
            describe(replay, replay->frame);
        if (!replay->request.no_chain)
            add_link(replay, replay->frame, replay->about.t_us);
        if (replay->about.shown)
            return REPLAY_FRAME;
    }
}

/* YUVJ is YUV with its range in the name; filters know the range from the frame. */
static void name_range(AVFrame *frame)
{
    static const struct {
        enum AVPixelFormat from, to;
    } names[] = {{AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUV420P},
                 {AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUV422P},
                 {AV_PIX_FMT_YUVJ444P, AV_PIX_FMT_YUV444P},
                 {AV_PIX_FMT_YUVJ440P, AV_PIX_FMT_YUV440P},
                 {AV_PIX_FMT_YUVJ411P, AV_PIX_FMT_YUV411P}};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (frame->format == (int)names[i].from) {
            frame->format = names[i].to;
            frame->color_range = AVCOL_RANGE_JPEG;
        }
}

/* The next picture under the condition, in replay->frame, with its time and state in replay->about. */
static ReplayStatus next_picture(Replay *replay, GError **error)
{
    if (replay->condition == NULL)
        return decode(replay, error);
    for (;;) {
        GError *why = NULL;
        /* the first picture, decoded at the opening, still lies in replay->frame */
        if (!replay->primed && condition_pull(replay->condition, replay->frame, &why)) {
            replay->about.t_us = replay->frame->pts;
            replay->about.damaged = (replay->frame->flags & AV_FRAME_FLAG_CORRUPT) != 0;
            return REPLAY_FRAME;
        }
        if (why != NULL) {
            g_propagate_error(error, why);
            return REPLAY_ERROR;
        }
        if (replay->source_ended)
            return REPLAY_END;
        const ReplayStatus status = decode(replay, error);
        if (status == REPLAY_ERROR)
            return status;
        AVFrame *frame = status == REPLAY_FRAME ? replay->frame : NULL;
        if (frame != NULL) {
            frame->pts = replay->about.t_us;
            frame->sample_aspect_ratio = source_pixel_aspect(replay->source, frame);
            frame->flags &= ~AV_FRAME_FLAG_CORRUPT;
            if (replay->about.damaged)
                frame->flags |= AV_FRAME_FLAG_CORRUPT;
            name_range(frame);
        }
        if (!condition_push(replay->condition, frame, error))
            return REPLAY_ERROR;
    }
}

/* ---- delivery */

static void choose_size(Replay *replay, const AVFrame *frame)
{
    const Turn turn = replay->condition != NULL ? TURN_NONE : replay->turn;
    const AVRational aspect =
        replay->condition != NULL ? frame->sample_aspect_ratio : source_pixel_aspect(replay->source, frame);
    int width, height;
    pixels_display_size(frame, aspect.num > 0 && aspect.den > 0 ? aspect : (AVRational){1, 1}, turn, &width,
                        &height);
    replay->width = width;
    replay->height = height;
    if (replay->request.max_width > 0 && width > replay->request.max_width) {
        replay->width = replay->request.max_width;
        replay->height = (int)MAX(av_rescale(height, replay->width, width), 1);
    }
    /* rows start at multiples of 64 bytes, and vector code may write a little beyond the last one */
    replay->luma_stride = FFALIGN(replay->width, 64);
    replay->bgr_stride = FFALIGN(3 * replay->width, 64);
    for (int i = 0; i < 2; i++) {
        replay->slots[i].luma = av_malloc((size_t)replay->luma_stride * (size_t)replay->height + 64);
        if (replay->request.colour)
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

static bool fill(Replay *replay, Slot *slot, GError **error)
{
    if (!replay->started)
        choose_size(replay, replay->frame);
    replay->started = true;
    const Turn turn = replay->condition != NULL ? TURN_NONE : replay->turn;
    slot->t_us = replay->about.t_us;
    slot->damaged = replay->about.damaged;
    if (!pixels_convert(replay->to_luma, replay->frame, turn, replay->width, replay->height, slot->luma,
                        replay->luma_stride, error) ||
        (replay->request.colour && !pixels_convert(replay->to_bgr, replay->frame, turn, replay->width,
                                                   replay->height, slot->bgr, replay->bgr_stride, error))) {
        g_prefix_error(error, "%s: ", replay->path);
        return false;
    }
    return true;
}

ReplayStatus replay_next(Replay *replay, ReplayFrame *frame, GError **error)
{
    if (replay->finished)
        return REPLAY_END;
    for (;;) {
        const ReplayStatus status = next_picture(replay, error);
        if (status == REPLAY_ERROR)
            return status;
        if (status == REPLAY_FRAME && !is_due(replay, replay->about.t_us))
            continue;
        if (status == REPLAY_FRAME && !fill(replay, &replay->slots[replay->ahead], error))
            return REPLAY_ERROR;
        const bool have = replay->filled;
        const Slot *slot = &replay->slots[1 - replay->ahead];
        if (status == REPLAY_END) {
            replay->finished = true;
            if (!have)
                return REPLAY_END;
        } else {
            replay->filled = true;
            replay->ahead = 1 - replay->ahead;
            if (!have)
                continue;
        }
        const int64_t until = status == REPLAY_END ? source_end(replay->source) : replay->about.t_us;
        *frame = (ReplayFrame){.t_us = slot->t_us,
                               .duration_us = MAX(until - slot->t_us, 0),
                               .width = replay->width,
                               .height = replay->height,
                               .luma = slot->luma,
                               .luma_stride = replay->luma_stride,
                               .bgr = slot->bgr,
                               .bgr_stride = replay->request.colour ? replay->bgr_stride : 0,
                               .damaged = slot->damaged};
        return REPLAY_FRAME;
    }
}

Replay *replay_open(const char *path, const ReplayRequest *request, GError **error)
{
    av_quiet();
    const int ready = sodium_init();
    g_assert(ready >= 0);
    g_autoptr(Replay) replay = g_new0(Replay, 1);
    replay->path = g_strdup(path);
    replay->request = *request;
    replay->request.condition = NULL; /* the caller's string may go */
    replay->quality = clip_quality_new();
    replay->frame = av_frame_alloc();
    replay->turn = TURN_NONE;
    replay->to_luma = pixels_new(PIXELS_LUMA);
    replay->to_bgr = pixels_new(PIXELS_BGR);
    const bool plain = request->condition == NULL || *request->condition == '\0';
    if (!plain && !condition_check(request->condition, error))
        return NULL;
    replay->source = source_open(path, request->assumed_rate, replay->quality, error);
    if (replay->source == NULL)
        return NULL;
    /* The first picture is decoded here, so that a graph that cannot work is known at once. */
    const ReplayStatus status = decode(replay, error);
    if (status == REPLAY_ERROR)
        return NULL;
    replay->primed = status == REPLAY_FRAME;
    if (!replay->primed) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: not one picture of it can be decoded (%s)", path, replay->quality->codec);
        return NULL;
    }
    if (!plain)
        replay->condition = condition_new(request->condition, replay->turn);
    return g_steal_pointer(&replay);
}

const ClipQuality *replay_quality(const Replay *replay)
{
    return replay->quality;
}

double replay_aspect(const Replay *replay)
{
    return replay->aspect;
}

void replay_close(Replay *replay)
{
    if (replay == NULL)
        return;
    condition_free(replay->condition);
    source_close(replay->source);
    clip_quality_free(replay->quality);
    av_frame_free(&replay->frame);
    pixels_free(replay->to_luma);
    pixels_free(replay->to_bgr);
    for (int i = 0; i < 2; i++) {
        av_free(replay->slots[i].luma);
        av_free(replay->slots[i].bgr);
    }
    g_free(replay->path);
    g_free(replay);
}

bool replay_check_condition(const char *graph, GError **error)
{
    av_quiet();
    return condition_check(graph, error);
}
