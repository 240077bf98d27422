/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/pictures.h"

#include "media/chain.h"
#include "media/condition.h"
#include "media/source.h"
#include "records/error.h"
#include "records/free.h"

#include <libavutil/pixdesc.h>

struct Pictures {
    Source *source;
    Condition *condition; /* NULL = as recorded */
    ClipQuality *quality;
    bool chained;
    Chain chain;
    Turn turn; /* that the file asks for */
    AVFrame *frame;
    SourceFrame about; /* of `frame` */
    bool primed;       /* `frame` holds the first decoded picture, not handed out yet */
    bool source_ended;
};

static void describe(Pictures *pictures)
{
    ClipQuality *quality = pictures->quality;
    const AVFrame *frame = pictures->frame;
    bool exact;
    pictures->turn = turn_from_matrix(source_matrix(pictures->source), &exact);
    if (!exact)
        g_ptr_array_add(
            quality->remarks,
            g_strdup("the file asks for a turn that is not a quarter; pictures are left as they lie"));
    quality->pixel_format = g_strdup(av_get_pix_fmt_name(frame->format));
    quality->rotation = turn_degrees(pictures->turn);
    pixels_display_size(frame, source_pixel_aspect(pictures->source, frame), pictures->turn, &quality->width,
                        &quality->height);
}

/* The next decoded picture; hashed on the way. */
static PicturesStatus decode(Pictures *pictures, GError **error)
{
    if (pictures->primed) {
        pictures->primed = false;
        return PICTURES_NEXT;
    }
    switch (source_next(pictures->source, pictures->frame, &pictures->about, error)) {
    case SOURCE_ERROR:
        return PICTURES_ERROR;
    case SOURCE_END:
        pictures->source_ended = true;
        if (pictures->chained && pictures->quality->frames > 0) {
            g_free(pictures->quality->luma_chain);
            pictures->quality->luma_chain = chain_text(&pictures->chain);
        }
        return PICTURES_END;
    case SOURCE_FRAME:
        break;
    }
    if (pictures->quality->pixel_format == NULL)
        describe(pictures);
    if (pictures->chained)
        chain_add(&pictures->chain, pictures->frame, pictures->about.t_us);
    return PICTURES_NEXT;
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

/* Hands the next decoded picture, or the end, to the condition. */
static bool feed_condition(Pictures *pictures, GError **error)
{
    const PicturesStatus status = decode(pictures, error);
    if (status == PICTURES_ERROR)
        return false;
    if (status == PICTURES_END)
        return condition_push(pictures->condition, NULL, error);
    AVFrame *frame = pictures->frame;
    frame->pts = pictures->about.t_us;
    frame->sample_aspect_ratio = source_pixel_aspect(pictures->source, frame);
    frame->flags &= ~AV_FRAME_FLAG_CORRUPT;
    if (pictures->about.damaged)
        frame->flags |= AV_FRAME_FLAG_CORRUPT;
    name_range(frame);
    return condition_push(pictures->condition, frame, error);
}

PicturesStatus pictures_next(Pictures *pictures, Picture *picture, GError **error)
{
    *picture = (Picture){.frame = pictures->frame};
    if (pictures->condition == NULL) {
        const PicturesStatus status = decode(pictures, error);
        picture->t_us = pictures->about.t_us;
        picture->damaged = pictures->about.damaged;
        return status;
    }
    for (;;) {
        GError *why = NULL;
        if (condition_pull(pictures->condition, pictures->frame, &why)) {
            picture->t_us = pictures->frame->pts;
            picture->damaged = (pictures->frame->flags & AV_FRAME_FLAG_CORRUPT) != 0;
            return PICTURES_NEXT;
        }
        if (why != NULL) {
            g_propagate_error(error, why);
            return PICTURES_ERROR;
        }
        if (pictures->source_ended)
            return PICTURES_END;
        if (!feed_condition(pictures, error))
            return PICTURES_ERROR;
    }
}

Pictures *pictures_open(const char *path, const ReplayRequest *request, ClipQuality *quality, GError **error)
{
    const char *condition = request->condition;
    const bool plain = condition == NULL || *condition == '\0';
    if (!plain && !condition_check(condition, error))
        return NULL;
    g_autoptr(Pictures) pictures = g_new0(Pictures, 1);
    pictures->quality = quality;
    pictures->chained = !request->no_chain;
    pictures->turn = TURN_NONE;
    pictures->frame = av_frame_alloc();
    pictures->source = source_open(path, request, quality, error);
    if (pictures->source == NULL)
        return NULL;
    /* The first picture is decoded here, so that a clip or a graph that cannot work is known at once. */
    const PicturesStatus status = decode(pictures, error);
    if (status == PICTURES_ERROR)
        return NULL;
    if (status == PICTURES_END) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: not one picture of it can be decoded (%s)", path, quality->codec);
        return NULL;
    }
    pictures->primed = true;
    if (!plain) {
        pictures->condition = condition_new(condition, pictures->turn);
        if (!feed_condition(pictures, error))
            return NULL;
    }
    return g_steal_pointer(&pictures);
}

bool pictures_seek(Pictures *pictures, int64_t t_us)
{
    if (pictures->condition != NULL || !source_seek(pictures->source, t_us))
        return false;
    pictures->primed = false;
    return true;
}

Turn pictures_turn(const Pictures *pictures)
{
    return pictures->condition != NULL ? TURN_NONE : pictures->turn;
}

void pictures_size(const Pictures *pictures, const Picture *picture, int max_width, int *width, int *height)
{
    const AVRational aspect = pictures->condition != NULL
                                  ? picture->frame->sample_aspect_ratio
                                  : source_pixel_aspect(pictures->source, picture->frame);
    pixels_display_size(picture->frame, aspect.num > 0 && aspect.den > 0 ? aspect : (AVRational){1, 1},
                        pictures_turn(pictures), width, height);
    if (max_width > 0 && *width > max_width) {
        *height = (int)MAX(av_rescale(*height, max_width, *width), 1);
        *width = max_width;
    }
}

const char *pictures_sha256(const Pictures *pictures, size_t n)
{
    return source_sha256(pictures->source, n);
}

int64_t pictures_end(const Pictures *pictures)
{
    return source_end(pictures->source);
}

DEFINE_FREE(pictures_close, Pictures, pictures, condition_free(pictures->condition),
            source_close(pictures->source), av_frame_free(&pictures->frame))
