/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media_clips.h"

#include "scratch.h"

#include "media/av.h"

#include <glib/gstdio.h>
#include <libavutil/display.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

char *clips_folder_new(void)
{
    char *folder = g_dir_make_tmp("vsaudit-media-XXXXXX", NULL);
    assert_non_null(folder);
    return folder;
}

void clips_folder_free(char *folder)
{
    scratch_remove(folder);
    g_free(folder);
}

int clips_set_up(void **state)
{
    *state = clips_folder_new();
    return 0;
}

int clips_tear_down(void **state)
{
    clips_folder_free(*state);
    return 0;
}

Played *clip_play_well(const char *path, const ReplayRequest *request)
{
    g_autoptr(GError) error = NULL;
    Played *played = clip_play(path, request, &error);
    if (played == NULL)
        fail_msg("%s", error->message);
    return played;
}

static void put_sample(const AVFrame *frame, int plane, int x, int y, int bytes, int value)
{
    uint8_t *at = frame->data[plane] + (ptrdiff_t)y * frame->linesize[plane] + (ptrdiff_t)x * bytes;
    at[0] = (uint8_t)value;
    if (bytes == 2)
        at[1] = (uint8_t)(value >> 8);
}

static int glide(double x, double y)
{
    const double soft = 40 * sin(0.9 * x) + 30 * sin(0.7 * y) + 60 * sin(0.4 * x + 0.23 * y);
    return (int)lrint(CLAMP(40 + soft, 0, 255));
}

static void paint(const AVFrame *frame, const ClipSpec *spec, int picture)
{
    const AVPixFmtDescriptor *about = av_pix_fmt_desc_get(frame->format);
    const int depth = about->comp[0].depth, bytes = depth > 8 ? 2 : 1;
    for (int plane = 0; plane < AV_NUM_DATA_POINTERS && frame->data[plane] != NULL; plane++) {
        const bool chroma = plane > 0 && !(about->flags & AV_PIX_FMT_FLAG_RGB);
        const int width = chroma ? AV_CEIL_RSHIFT(frame->width, about->log2_chroma_w)
                                 : frame->width * MAX(about->comp[0].step, bytes) / bytes;
        const int height = chroma ? AV_CEIL_RSHIFT(frame->height, about->log2_chroma_h) : frame->height;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) {
                int value =
                    chroma ? 128 << (depth - 8) : (40 + (3 * x + 5 * y + 7 * picture) % 160) << (depth - 8);
                if (!chroma && x < width / 2 && y < height / 2)
                    value = 230 << (depth - 8);
                if (spec->gliding)
                    value = glide(x + 0.5 * picture, y - 0.5 * (picture / 3)) << (depth - 8);
                if (!chroma && picture >= spec->bright_from &&
                    picture < spec->bright_from + spec->bright_count)
                    value = 235 << (depth - 8);
                if (!chroma && spec->flat > 0)
                    value = spec->flat;
                put_sample(frame, plane, x, y, bytes, value);
            }
    }
    if (picture == spec->changed_picture)
        frame->data[0][5 * frame->linesize[0] + 7] ^= 1;
}

typedef struct {
    AVFormatContext *file;
    AVCodecContext *codec;
    AVStream *stream;
} Maker;

static void drain(const Maker *maker, const AVFrame *frame)
{
    g_autoptr(AVPacket) packet = av_packet_alloc();
    assert_int_equal(avcodec_send_frame(maker->codec, frame), 0);
    while (avcodec_receive_packet(maker->codec, packet) == 0) {
        av_packet_rescale_ts(packet, maker->codec->time_base, maker->stream->time_base);
        packet->stream_index = 0;
        assert_int_equal(av_interleaved_write_frame(maker->file, packet), 0);
    }
}

static void open_encoder(Maker *maker, const ClipSpec *spec)
{
    const AVCodec *codec = avcodec_find_encoder_by_name(spec->encoder);
    assert_non_null(codec);
    const int rate = spec->rate > 0 ? spec->rate : 25;
    AVCodecContext *context = maker->codec = avcodec_alloc_context3(codec);
    context->width = spec->width;
    context->height = spec->height;
    context->pix_fmt = spec->format;
    context->time_base = spec->pts != NULL ? (AVRational){1, 1000} : (AVRational){1, rate};
    context->framerate = (AVRational){rate, 1};
    context->max_b_frames = spec->b_frames;
    context->gop_size = spec->gop > 0 ? spec->gop : 12;
    context->thread_count = 1;
    context->bit_rate = 400000;
    context->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;
    context->sample_aspect_ratio = spec->pixel_aspect;
    context->flags |= AV_CODEC_FLAG_BITEXACT;
    if (spec->full_range)
        context->color_range = AVCOL_RANGE_JPEG;
    if (maker->file->oformat->flags & AVFMT_GLOBALHEADER)
        context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (strcmp(spec->encoder, "libx264") == 0) {
        g_autofree char *b = g_strdup_printf("%d", spec->b_frames);
        av_opt_set(context->priv_data, "preset", "fast", 0);
        av_opt_set(context->priv_data, "bf", b, 0);
        av_opt_set(context->priv_data, "x264-params", "b-adapt=0:scenecut=0", 0);
    }
    assert_int_equal(avcodec_open2(context, codec, NULL), 0);
}

bool clip_can_encode(const char *encoder)
{
    return avcodec_find_encoder_by_name(encoder) != NULL;
}

char *clip_make(const char *folder, const char *name, const ClipSpec *spec)
{
    av_quiet();
    char *path = g_build_filename(folder, name, NULL);
    Maker maker = {0};
    assert_true(avformat_alloc_output_context2(&maker.file, NULL, spec->muxer, path) >= 0);
    maker.file->flags |= AVFMT_FLAG_BITEXACT;
    open_encoder(&maker, spec);
    maker.stream = avformat_new_stream(maker.file, NULL);
    maker.stream->time_base = maker.codec->time_base;
    maker.stream->avg_frame_rate = maker.codec->framerate;
    maker.stream->sample_aspect_ratio = spec->pixel_aspect;
    avcodec_parameters_from_context(maker.stream->codecpar, maker.codec);
    if (spec->rotation != 0) {
        const size_t size = 9 * sizeof(int32_t);
#if LIBAVCODEC_VERSION_MAJOR >= 61 /* since libav 7 it stands with the codec's parameters */
        AVCodecParameters *beside = maker.stream->codecpar;
        uint8_t *bytes = av_packet_side_data_new(&beside->coded_side_data, &beside->nb_coded_side_data,
                                                 AV_PKT_DATA_DISPLAYMATRIX, size, 0)
                             ->data;
#else
        uint8_t *bytes = av_stream_new_side_data(maker.stream, AV_PKT_DATA_DISPLAYMATRIX, size);
#endif
        av_display_rotation_set((int32_t *)(void *)bytes, spec->rotation);
    }
    AVDictionary *options = NULL;
    if (spec->index_first)
        av_dict_set(&options, "movflags", "faststart", 0);
    assert_true(avio_open(&maker.file->pb, path, AVIO_FLAG_WRITE) >= 0);
    assert_true(avformat_write_header(maker.file, &options) >= 0);
    av_dict_free(&options);
    g_autoptr(AVFrame) frame = av_frame_alloc();
    frame->format = spec->format;
    frame->width = spec->width;
    frame->height = spec->height;
    assert_int_equal(av_frame_get_buffer(frame, 0), 0);
    for (int i = 0; i < spec->count; i++) {
        assert_int_equal(av_frame_make_writable(frame), 0);
        paint(frame, spec, i);
        frame->pts = spec->pts != NULL ? spec->pts[i] : i;
        drain(&maker, frame);
    }
    drain(&maker, NULL);
    assert_int_equal(av_write_trailer(maker.file), 0);
    avio_closep(&maker.file->pb);
    avcodec_free_context(&maker.codec);
    avformat_free_context(maker.file);
    return path;
}

static char *beside(const char *path, const char *name)
{
    g_autofree char *folder = g_path_get_dirname(path);
    return g_build_filename(folder, name, NULL);
}

char *clip_cut(const char *path, const char *name, double share)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    char *cut = beside(path, name);
    assert_true(g_file_set_contents(cut, bytes, (gssize)((double)length * share), NULL));
    return cut;
}

char *clip_damage(const char *path, const char *name, double from, size_t count)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    const size_t start = (size_t)((double)length * from);
    for (size_t i = start; i < start + count && i < length; i++)
        bytes[i] = (char)g_rand_int_range(random, 0, 256);
    char *damaged = beside(path, name);
    assert_true(g_file_set_contents(damaged, bytes, (gssize)length, NULL));
    return damaged;
}

Played *clip_play(const char *path, const ReplayRequest *request, GError **error)
{
    const ReplayRequest nothing = {0};
    g_autoptr(Replay) replay = replay_open(path, request != NULL ? request : &nothing, error);
    if (replay == NULL)
        return NULL;
    Played *played = g_new0(Played, 1);
    played->times = g_array_new(FALSE, FALSE, sizeof(int64_t));
    played->ends = g_array_new(FALSE, FALSE, sizeof(int64_t));
    played->means = g_array_new(FALSE, FALSE, sizeof(double));
    played->lumas = g_ptr_array_new_with_free_func(g_free);
    ReplayFrame frame;
    ReplayStatus status;
    GError *why = NULL;
    while ((status = replay_next(replay, &frame, &why)) == REPLAY_FRAME) {
        const int64_t end = frame.t_us + frame.duration_us;
        played->width = frame.width;
        played->height = frame.height;
        uint8_t *luma = g_malloc((gsize)frame.width * (gsize)frame.height);
        double sum = 0;
        for (int y = 0; y < frame.height; y++) {
            memcpy(luma + (ptrdiff_t)y * frame.width, frame.luma + (ptrdiff_t)y * frame.luma_stride,
                   (size_t)frame.width);
            for (int x = 0; x < frame.width; x++)
                sum += frame.luma[(ptrdiff_t)y * frame.luma_stride + x];
        }
        const double mean = sum / frame.width / frame.height;
        g_array_append_val(played->times, frame.t_us);
        g_array_append_val(played->ends, end);
        g_array_append_val(played->means, mean);
        g_ptr_array_add(played->lumas, luma);
        played->damaged += frame.damaged;
    }
    if (status == REPLAY_ERROR)
        fail_msg("%s", why->message);
    assert_int_equal(replay_next(replay, &frame, NULL), REPLAY_END);
    json_t *json = clip_quality_to_json(replay_quality(replay));
    played->quality = clip_quality_from_json(json, NULL);
    json_decref(json);
    assert_non_null(played->quality);
    return played;
}

void played_free(Played *played)
{
    if (played == NULL)
        return;
    g_array_unref(played->times);
    g_array_unref(played->ends);
    g_array_unref(played->means);
    g_ptr_array_unref(played->lumas);
    clip_quality_free(played->quality);
    g_free(played);
}
