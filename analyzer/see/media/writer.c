/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/writer.h"

#include "media/av.h"
#include "records/error.h"

#include <glib/gstdio.h>
#include <libavutil/opt.h>

struct Writer {
    char *path;
    AVFormatContext *file;
    AVCodecContext *codec;
    AVStream *stream;
    struct SwsContext *scaler;
    AVFrame *frame;
    AVPacket *packet;
    int64_t next;
    bool header_written;
};

static void set_error(GError **error, const char *path, const char *what, int code)
{
    g_autofree char *words = av_describe(code);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot %s: %s", path, what, words);
}

static void writer_free(Writer *writer)
{
    if (writer->file != NULL) {
        if (writer->file->pb != NULL)
            avio_closep(&writer->file->pb);
        avformat_free_context(writer->file);
    }
    avcodec_free_context(&writer->codec);
    sws_freeContext(writer->scaler);
    av_frame_free(&writer->frame);
    av_packet_free(&writer->packet);
    g_free(writer->path);
    g_free(writer);
}

void writer_abort(Writer *writer)
{
    if (writer == NULL)
        return;
    g_autofree char *path = g_strdup(writer->path);
    const bool created = writer->file != NULL && writer->file->pb != NULL;
    writer_free(writer);
    if (created)
        g_unlink(path);
}

static bool open_codec(Writer *writer, int width, int height, int rate_num, int rate_den, GError **error)
{
    const AVCodec *codec = avcodec_find_encoder_by_name("libx264");
    if (codec == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                    "%s: cannot write video: this machine's libavcodec has no H.264 encoder (libx264)",
                    writer->path);
        return false;
    }
    AVCodecContext *context = writer->codec = avcodec_alloc_context3(codec);
    context->width = width;
    context->height = height;
    context->pix_fmt = AV_PIX_FMT_YUV420P;
    context->time_base = (AVRational){rate_den, rate_num};
    context->framerate = (AVRational){rate_num, rate_den};
    context->gop_size = 50;
    context->thread_count = 1;
    context->color_range = AVCOL_RANGE_MPEG;
    context->colorspace = AVCOL_SPC_SMPTE170M;
    context->flags |= AV_CODEC_FLAG_BITEXACT;
    if (writer->file->oformat->flags & AVFMT_GLOBALHEADER)
        context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    av_opt_set(context->priv_data, "preset", "superfast", 0);
    av_opt_set(context->priv_data, "crf", "23", 0);
    const int code = avcodec_open2(context, codec, NULL);
    if (code < 0) {
        set_error(error, writer->path, "open the H.264 encoder", code);
        return false;
    }
    return true;
}

Writer *writer_open(const char *path, int width, int height, int rate_num, int rate_den, GError **error)
{
    g_assert(width > 0 && height > 0 && width % 2 == 0 && height % 2 == 0 && rate_num > 0 && rate_den > 0);
    av_quiet();
    Writer *writer = g_new0(Writer, 1);
    writer->path = g_strdup(path);
    int code = avformat_alloc_output_context2(&writer->file, NULL, NULL, path);
    if (code < 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: cannot tell the kind of video file from the name; expected .mp4 or .mkv", path);
        goto fail;
    }
    writer->file->flags |= AVFMT_FLAG_BITEXACT;
    if (!open_codec(writer, width, height, rate_num, rate_den, error))
        goto fail;
    writer->stream = avformat_new_stream(writer->file, NULL);
    writer->stream->time_base = writer->codec->time_base;
    writer->stream->avg_frame_rate = writer->codec->framerate;
    avcodec_parameters_from_context(writer->stream->codecpar, writer->codec);
    if ((code = avio_open(&writer->file->pb, path, AVIO_FLAG_WRITE)) < 0) {
        set_error(error, path, "create the file", code);
        goto fail;
    }
    if ((code = avformat_write_header(writer->file, NULL)) < 0) {
        set_error(error, path, "write the file's header", code);
        goto fail;
    }
    writer->header_written = true;
    writer->scaler = av_scaler_new(width, height, AV_PIX_FMT_BGR0, true, AVCOL_SPC_SMPTE170M, width, height,
                                   AV_PIX_FMT_YUV420P, false);
    writer->packet = av_packet_alloc();
    writer->frame = av_frame_alloc();
    writer->frame->format = AV_PIX_FMT_YUV420P;
    writer->frame->width = width;
    writer->frame->height = height;
    if (writer->scaler == NULL || (code = av_frame_get_buffer(writer->frame, 0)) < 0) {
        set_error(error, path, "prepare pictures", code);
        goto fail;
    }
    return writer;
fail:
    writer_abort(writer);
    return NULL;
}

/* Sends one picture (NULL: the end) and writes all packets that are ready. */
static bool encode(Writer *writer, const AVFrame *frame, GError **error)
{
    int code = avcodec_send_frame(writer->codec, frame);
    while (code >= 0) {
        code = avcodec_receive_packet(writer->codec, writer->packet);
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
            return true;
        if (code < 0)
            break;
        if (writer->packet->duration == 0)
            writer->packet->duration = 1;
        av_packet_rescale_ts(writer->packet, writer->codec->time_base, writer->stream->time_base);
        writer->packet->stream_index = writer->stream->index;
        code = av_interleaved_write_frame(writer->file, writer->packet);
    }
    set_error(error, writer->path, "write a picture", code);
    return false;
}

bool writer_add_bgrx(Writer *writer, const uint8_t *pixels, int stride, GError **error)
{
    const int code = av_frame_make_writable(writer->frame);
    if (code < 0) {
        set_error(error, writer->path, "prepare a picture", code);
        return false;
    }
    sws_scale(writer->scaler, (const uint8_t *const[]){pixels}, (const int[]){stride}, 0,
              writer->frame->height, writer->frame->data, writer->frame->linesize);
    writer->frame->pts = writer->next++;
    return encode(writer, writer->frame, error);
}

bool writer_close(Writer *writer, GError **error)
{
    g_autofree char *path = g_strdup(writer->path);
    bool good = encode(writer, NULL, error);
    int code = good ? av_write_trailer(writer->file) : 0;
    if (good && code >= 0)
        code = avio_closep(&writer->file->pb);
    if (good && code < 0) {
        set_error(error, path, "finish the file", code);
        good = false;
    }
    writer_free(writer);
    if (!good)
        g_unlink(path);
    return good;
}

static GBytes *encode_still(enum AVCodecID id, enum AVPixelFormat format, int quality, const uint8_t *pixels,
                            int stride, int width, int height, GError **error)
{
    av_quiet();
    g_autoptr(AVFrame) frame = av_frame_alloc();
    g_autoptr(AVPacket) packet = av_packet_alloc();
    const AVCodec *codec = avcodec_find_encoder(id);
    g_autoptr(AVCodecContext) context = avcodec_alloc_context3(codec);
    struct SwsContext *scaler =
        av_scaler_new(width, height, AV_PIX_FMT_BGR0, true, AVCOL_SPC_SMPTE170M, width, height, format, true);
    int code = codec == NULL || scaler == NULL ? AVERROR_ENCODER_NOT_FOUND : 0;
    if (code < 0)
        goto fail;
    context->width = frame->width = width;
    context->height = frame->height = height;
    context->pix_fmt = format;
    frame->format = format;
    context->time_base = (AVRational){1, 25};
    context->thread_count = 1;
    context->flags |= AV_CODEC_FLAG_BITEXACT;
    if (quality > 0) {
        context->flags |= AV_CODEC_FLAG_QSCALE;
        context->global_quality = frame->quality = FF_QP2LAMBDA * quality;
        context->color_range = AVCOL_RANGE_JPEG;
    }
    if ((code = avcodec_open2(context, codec, NULL)) < 0 || (code = av_frame_get_buffer(frame, 0)) < 0)
        goto fail;
    sws_scale(scaler, (const uint8_t *const[]){pixels}, (const int[]){stride}, 0, height, frame->data,
              frame->linesize);
    if ((code = avcodec_send_frame(context, frame)) < 0 || (code = avcodec_send_frame(context, NULL)) < 0 ||
        (code = avcodec_receive_packet(context, packet)) < 0)
        goto fail;
    sws_freeContext(scaler);
    return g_bytes_new(packet->data, (gsize)packet->size);
fail:
    sws_freeContext(scaler);
    set_error(error, avcodec_get_name(id), "encode a picture", code);
    return NULL;
}

GBytes *writer_encode_jpeg(const uint8_t *pixels, int stride, int width, int height, int quality,
                           GError **error)
{
    g_assert(quality >= 2 && quality <= 31);
    return encode_still(AV_CODEC_ID_MJPEG, AV_PIX_FMT_YUVJ420P, quality, pixels, stride, width, height,
                        error);
}

GBytes *writer_encode_png(const uint8_t *pixels, int stride, int width, int height, GError **error)
{
    return encode_still(AV_CODEC_ID_PNG, AV_PIX_FMT_RGB24, 0, pixels, stride, width, height, error);
}
