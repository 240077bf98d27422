/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/coder.h"

#include "records/error.h"
#include "records/free.h"

#include <libavutil/opt.h>

struct Coder {
    AVCodecContext *codec;
    struct SwsContext *scaler;
    AVFrame *picture; /* in the codec's format */
    FeedForm *form;
    int from_width, from_height, from_format;
    bool mirrored; /* see coder_mirror */
};

static const struct {
    enum AVCodecID id;
    const char *encoder;
    enum AVPixelFormat format;
} codecs[FEED_CODECS] = {
    [FEED_H264] = {AV_CODEC_ID_H264, "libx264", AV_PIX_FMT_YUV420P},
    [FEED_HEVC] = {AV_CODEC_ID_HEVC, "libx265", AV_PIX_FMT_YUV420P},
    [FEED_MPEG4] = {AV_CODEC_ID_MPEG4, "mpeg4", AV_PIX_FMT_YUV420P},
    [FEED_MJPEG] = {AV_CODEC_ID_MJPEG, "mjpeg", AV_PIX_FMT_YUVJ420P},
    [FEED_MPEG2] = {AV_CODEC_ID_MPEG2VIDEO, "mpeg2video", AV_PIX_FMT_YUV420P},
};

FeedCodec coder_codec(enum AVCodecID id)
{
    FeedCodec codec = 0;
    if (id == AV_CODEC_ID_MPEG1VIDEO)
        return FEED_MPEG2;
    while (codec < FEED_CODECS && codecs[codec].id != id)
        codec++;
    return codec;
}

const char *feed_codec_name(FeedCodec codec)
{
    return avcodec_get_name(codecs[codec].id);
}

/* ---- forms */

FeedForm *feed_form_new(const AVCodecParameters *about, double rate)
{
    FeedForm *form = g_atomic_rc_box_new0(FeedForm);
    *form = (FeedForm){.codec = coder_codec(about->codec_id),
                       .width = about->width,
                       .height = about->height,
                       .aspect_num = about->sample_aspect_ratio.num,
                       .aspect_den = MAX(about->sample_aspect_ratio.den, 1),
                       .codec_id = (int)about->codec_id,
                       .profile = about->profile,
                       .level = about->level,
                       .pixel_format = about->format,
                       .rate = rate};
    if (about->extradata_size > 0)
        form->parameters = g_bytes_new(about->extradata, (gsize)about->extradata_size);
    return form;
}

FeedForm *feed_form_ref(FeedForm *form)
{
    return g_atomic_rc_box_acquire(form);
}

static void clear_form(void *data)
{
    g_clear_pointer(&((FeedForm *)data)->parameters, g_bytes_unref);
}

void feed_form_unref(FeedForm *form)
{
    g_atomic_rc_box_release_full(form, clear_form);
}

DEFINE_FREE(feed_unit_free, FeedUnit, unit, g_bytes_unref(unit->data), feed_form_unref(unit->form))

/* ---- coding */

static void set_error(GError **error, FeedCodec codec, const char *what, int code)
{
    g_autofree char *words = av_describe(code);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot %s: %s", feed_codec_name(codec),
                what, words);
}

static void set_options(AVCodecContext *context, FeedCodec codec)
{
    switch (codec) {
    case FEED_H264:
        av_opt_set(context->priv_data, "preset", "superfast", 0);
        av_opt_set(context->priv_data, "tune", "zerolatency", 0);
        av_opt_set(context->priv_data, "crf", "18", 0);
        av_opt_set(context->priv_data, "forced-idr", "1", 0);
        break;
    case FEED_HEVC:
        av_opt_set(context->priv_data, "preset", "ultrafast", 0);
        av_opt_set(context->priv_data, "tune", "zerolatency", 0);
        av_opt_set(context->priv_data, "crf", "20", 0);
        av_opt_set(context->priv_data, "forced-idr", "1", 0);
        av_opt_set(context->priv_data, "x265-params", "log-level=none:pools=none:frame-threads=1", 0);
        break;
    case FEED_MJPEG:
        av_opt_set(context->priv_data, "huffman", "default", 0); /* RFC 2435 knows no other tables */
        context->color_range = AVCOL_RANGE_JPEG;
        break;
    case FEED_MPEG2:
        context->flags |= AV_CODEC_FLAG_LOW_DELAY;
        break;
    default:
        break;
    }
    if (codec != FEED_H264 && codec != FEED_HEVC) {
        context->flags |= AV_CODEC_FLAG_QSCALE;
        context->global_quality = FF_QP2LAMBDA * 3;
    }
}

/* A JPEG over RTP counts its sides in blocks. */
static int side(FeedCodec codec, int size)
{
    const int unit = codec == FEED_MJPEG ? 16 : 2;
    return MAX(size / unit * unit, unit);
}

/* MPEG-2 knows a few rates alone; it is the stamps that count. */
static AVRational rate_for(FeedCodec codec, double rate)
{
    if (codec == FEED_MPEG2 || rate < 1 || rate > 1000)
        return (AVRational){25, 1};
    return av_d2q(rate, 1001000);
}

static int open_codec(Coder *coder, FeedCodec codec, const AVFrame *like, double rate)
{
    const AVCodec *encoder = avcodec_find_encoder_by_name(codecs[codec].encoder);
    if (encoder == NULL)
        return AVERROR_ENCODER_NOT_FOUND;
    AVCodecContext *context = coder->codec = avcodec_alloc_context3(encoder);
    context->width = side(codec, like->width);
    context->height = side(codec, like->height);
    context->pix_fmt = codecs[codec].format;
    context->framerate = rate_for(codec, rate);
    context->time_base = codec == FEED_H264 || codec == FEED_HEVC || codec == FEED_MJPEG
                             ? MICROSECONDS
                             : av_inv_q(context->framerate);
    context->sample_aspect_ratio = like->sample_aspect_ratio;
    context->color_range = AVCOL_RANGE_MPEG;
    context->gop_size = 100000; /* key pictures come when they are asked for */
    context->max_b_frames = 0;
    context->thread_count = 1;
    context->flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_GLOBAL_HEADER;
    set_options(context, codec);
    const int code = avcodec_open2(context, encoder, NULL);
    if (code < 0)
        return code;
    coder->picture = av_frame_alloc();
    coder->picture->format = context->pix_fmt;
    coder->picture->width = context->width;
    coder->picture->height = context->height;
    coder->scaler =
        av_scaler_new(like->width, like->height, like->format, av_frame_is_full_range(like), like->colorspace,
                      context->width, context->height, context->pix_fmt, codec == FEED_MJPEG);
    if (coder->scaler == NULL)
        return AVERROR(ENOSYS);
    return av_frame_get_buffer(coder->picture, 0);
}

Coder *coder_new(FeedCodec codec, const AVFrame *like, double rate, GError **error)
{
    Coder *coder = g_new0(Coder, 1);
    coder->from_width = like->width;
    coder->from_height = like->height;
    coder->from_format = like->format;
    const int code = open_codec(coder, codec, like, rate);
    if (code < 0) {
        set_error(error, codec, "code pictures as a camera would", code);
        coder_free(coder);
        return NULL;
    }
    AVCodecParameters *parameters = avcodec_parameters_alloc();
    avcodec_parameters_from_context(parameters, coder->codec);
    coder->form = feed_form_new(parameters, rate);
    avcodec_parameters_free(&parameters);
    return coder;
}

static void clear_coder(Coder *coder)
{
    avcodec_free_context(&coder->codec);
    sws_freeContext(coder->scaler);
    av_frame_free(&coder->picture);
    g_clear_pointer(&coder->form, feed_form_unref);
}

DEFINE_FREE(coder_free, Coder, coder, clear_coder(coder))

bool coder_fits(const Coder *coder, const AVFrame *frame)
{
    return frame->width == coder->from_width && frame->height == coder->from_height &&
           frame->format == coder->from_format;
}

FeedForm *coder_form(const Coder *coder)
{
    return coder->form;
}

void coder_mirror(Coder *coder)
{
    coder->mirrored = true;
}

/* All formats are planar, of 8 bits. */
static void mirror(AVFrame *picture)
{
    for (int plane = 0; plane < 3; plane++) {
        const int width = plane == 0 ? picture->width : AV_CEIL_RSHIFT(picture->width, 1);
        const int height = plane == 0 ? picture->height : AV_CEIL_RSHIFT(picture->height, 1);
        for (int y = 0; y < height; y++) {
            uint8_t *row = picture->data[plane] + (ptrdiff_t)y * picture->linesize[plane];
            for (int left = 0, right = width - 1; left < right; left++, right--) {
                const uint8_t kept = row[left];
                row[left] = row[right];
                row[right] = kept;
            }
        }
    }
}

bool coder_code(Coder *coder, const AVFrame *frame, int64_t at_us, bool key, AVPacket *packet, GError **error)
{
    AVFrame *picture = coder->picture;
    av_packet_unref(packet);
    int code = av_frame_make_writable(picture);
    if (code >= 0) {
        sws_scale(coder->scaler, (const uint8_t *const *)frame->data, frame->linesize, 0, frame->height,
                  picture->data, picture->linesize);
        if (coder->mirrored)
            mirror(picture);
        const int64_t at = av_rescale_q(at_us, MICROSECONDS, coder->codec->time_base);
        picture->pts = picture->pts == AV_NOPTS_VALUE ? at : MAX(at, picture->pts + 1);
        picture->pict_type = key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
        picture->quality = coder->codec->global_quality;
        code = avcodec_send_frame(coder->codec, picture);
    }
    if (code >= 0)
        code = avcodec_receive_packet(coder->codec, packet);
    if (code >= 0)
        return true;
    set_error(error, coder->form->codec, "code a picture", code);
    return false;
}
