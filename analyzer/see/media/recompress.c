/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/recompress.h"

#include "records/free.h"

#include <libavutil/opt.h>

struct Recompress {
    int qp;
    AVCodecContext *encoder, *decoder; /* for pictures of one size; NULL before the first */
    struct SwsContext *scaler;
    int from_format;
    AVFrame *picture; /* in the encoder's format */
    AVPacket *packet;
    GQueue flags; /* GINT_TO_POINTER: AVFrame.flags of the pictures inside, in order */
    GQueue ready; /* of AVFrame * */
};

Recompress *recompress_new(int qp)
{
    Recompress *recompress = g_new0(Recompress, 1);
    recompress->qp = qp;
    recompress->packet = av_packet_alloc();
    g_queue_init(&recompress->flags);
    g_queue_init(&recompress->ready);
    return recompress;
}

static void close_codecs(Recompress *recompress)
{
    avcodec_free_context(&recompress->encoder);
    avcodec_free_context(&recompress->decoder);
    av_frame_free(&recompress->picture);
    sws_freeContext(recompress->scaler);
    recompress->scaler = NULL;
    g_queue_clear(&recompress->flags);
}

static void clear_recompress(Recompress *recompress)
{
    close_codecs(recompress);
    for (AVFrame *frame; (frame = g_queue_pop_head(&recompress->ready)) != NULL;)
        av_frame_free(&frame);
    av_packet_free(&recompress->packet);
}

DEFINE_FREE(recompress_free, Recompress, recompress, clear_recompress(recompress))

static int open_codecs(Recompress *recompress, const AVFrame *like)
{
    const AVCodec *encoder = avcodec_find_encoder_by_name("libx264");
    const AVCodec *decoder = avcodec_find_decoder(AV_CODEC_ID_H264);
    if (encoder == NULL || decoder == NULL)
        return AVERROR_ENCODER_NOT_FOUND;
    /* 4:2:0 needs even sides */
    const bool even = like->width % 2 == 0 && like->height % 2 == 0;
    const enum AVPixelFormat format = even ? AV_PIX_FMT_YUV420P : AV_PIX_FMT_YUV444P;
    const bool full = av_frame_is_full_range(like);
    recompress->from_format = like->format;
    recompress->picture = av_frame_alloc();
    recompress->picture->format = format;
    recompress->picture->width = like->width;
    recompress->picture->height = like->height;
    int code = av_frame_get_buffer(recompress->picture, 0);
    if (code < 0)
        return code;
    recompress->scaler = av_scaler_new(like->width, like->height, like->format, full, like->colorspace,
                                       like->width, like->height, format, false);
    AVCodecContext *context = recompress->encoder = avcodec_alloc_context3(encoder);
    context->width = like->width;
    context->height = like->height;
    context->pix_fmt = format;
    context->time_base = MICROSECONDS;
    context->framerate = (AVRational){25, 1};
    context->sample_aspect_ratio = like->sample_aspect_ratio;
    context->color_range = AVCOL_RANGE_MPEG;
    context->gop_size = 50;
    context->max_b_frames = 0;
    context->thread_count = 1;
    context->flags |= AV_CODEC_FLAG_BITEXACT;
    av_opt_set(context->priv_data, "preset", "superfast", 0);
    av_opt_set(context->priv_data, "tune", "zerolatency", 0);
    av_opt_set_int(context->priv_data, "qp", recompress->qp, 0);
    if (recompress->scaler == NULL)
        return AVERROR(ENOSYS);
    if ((code = avcodec_open2(context, encoder, NULL)) < 0)
        return code;
    recompress->decoder = avcodec_alloc_context3(decoder);
    recompress->decoder->thread_count = 1;
    recompress->decoder->flags |= AV_CODEC_FLAG_LOW_DELAY;
    av_decoder_settle(recompress->decoder);
    recompress->decoder->pkt_timebase = MICROSECONDS;
    return avcodec_open2(recompress->decoder, decoder, NULL);
}

static int collect_pictures(Recompress *recompress)
{
    for (;;) {
        AVFrame *frame = av_frame_alloc();
        const int code = avcodec_receive_frame(recompress->decoder, frame);
        if (code < 0) {
            av_frame_free(&frame);
            return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? 0 : code;
        }
        frame->flags |= GPOINTER_TO_INT(g_queue_pop_head(&recompress->flags)) & AV_FRAME_FLAG_CORRUPT;
        g_queue_push_tail(&recompress->ready, frame);
    }
}

static int round_trip(Recompress *recompress, const AVFrame *picture)
{
    int code = avcodec_send_frame(recompress->encoder, picture);
    while (code >= 0) {
        code = avcodec_receive_packet(recompress->encoder, recompress->packet);
        if (code < 0)
            break;
        code = avcodec_send_packet(recompress->decoder, recompress->packet);
        av_packet_unref(recompress->packet);
        if (code >= 0)
            code = collect_pictures(recompress);
    }
    if (code != AVERROR(EAGAIN) && code != AVERROR_EOF)
        return code;
    if (picture != NULL)
        return 0;
    code = avcodec_send_packet(recompress->decoder, NULL);
    return code < 0 ? code : collect_pictures(recompress);
}

int recompress_push(Recompress *recompress, const AVFrame *frame)
{
    int code = 0;
    if (frame == NULL)
        return recompress->encoder != NULL ? round_trip(recompress, NULL) : 0;
    if (recompress->encoder != NULL &&
        (recompress->picture->width != frame->width || recompress->picture->height != frame->height ||
         recompress->from_format != frame->format)) {
        code = round_trip(recompress, NULL);
        close_codecs(recompress);
    }
    if (code >= 0 && recompress->encoder == NULL)
        code = open_codecs(recompress, frame);
    if (code >= 0)
        code = av_frame_make_writable(recompress->picture);
    if (code < 0)
        return code;
    sws_scale(recompress->scaler, (const uint8_t *const *)frame->data, frame->linesize, 0, frame->height,
              recompress->picture->data, recompress->picture->linesize);
    recompress->picture->pts = frame->pts;
    recompress->picture->pict_type = AV_PICTURE_TYPE_NONE;
    g_queue_push_tail(&recompress->flags, GINT_TO_POINTER(frame->flags));
    return round_trip(recompress, recompress->picture);
}

bool recompress_pull(Recompress *recompress, AVFrame *frame)
{
    return av_take_first(&recompress->ready, frame);
}
