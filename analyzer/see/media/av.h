/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: what every file here needs of libav. Nothing outside media/ includes it. */
#ifndef VSAUDIT_MEDIA_AV_H
#define VSAUDIT_MEDIA_AV_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>

/* The widest and highest picture that is decoded; a hostile header must not be able to eat the memory. */
#define MEDIA_MAX_SIDE 16384
#define MEDIA_MAX_PIXELS (INT64_C(16384) * 16384)

static const AVRational MICROSECONDS = {1, 1000000};

/* Counts what libav reports through its log while it is the calling thread's listener. */
typedef struct {
    int64_t errors;
    char first[160]; /* the first message, for remarks; "" when there was none */
} AvListener;

/* Silences libav on stderr, once per process. Called by every public door of media/. */
void av_quiet(void);
/* Messages of level error or worse go to `listener` from now on (this thread); NULL: to nobody. Returns the
 * listener before. */
AvListener *av_listen(AvListener *listener);

/* libav's words for an error code; caller frees. */
char *av_describe(int code);

/* Makes a decoder give the same pixels on every processor: call it between its parameters and its opening.
 * (Left to itself libav takes whichever inverse transform the processor has the fastest code for.) */
void av_decoder_settle(AVCodecContext *decoder);

/* Moves the first of a queue of AVFrame * into `frame`, which is empty; false when there is none. */
bool av_take_first(GQueue *queue, AVFrame *frame);

/* Scaling that gives the same bytes on every machine. NULL when libav cannot convert so. Ranges: true = full
 * 0..255. */
struct SwsContext *av_scaler_new(int from_width, int from_height, enum AVPixelFormat from, bool from_full,
                                 enum AVColorSpace space, int to_width, int to_height, enum AVPixelFormat to,
                                 bool to_full);
/* Whether luma (or grey) uses the whole range 0..255 rather than 16..235. */
bool av_frame_is_full_range(const AVFrame *frame);

/* How long the picture lasts in units of its stream; 0 when nobody says. libav gave the field another name.
 */
static inline int64_t av_frame_lasts(const AVFrame *frame)
{
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 30, 100)
    return frame->duration;
#else
    return frame->pkt_duration;
#endif
}

/* Whether the picture stands for itself. Since libav 7 a flag says so. */
static inline bool av_frame_is_key(const AVFrame *frame)
{
#ifdef AV_FRAME_FLAG_KEY
    return (frame->flags & AV_FRAME_FLAG_KEY) != 0;
#else
    return frame->key_frame != 0;
#endif
}

/* What the container says beside the stream, e.g. how its pictures are turned; it belongs to the stream. NULL
 * when it says nothing. Since libav 7 it stands with the codec's parameters. */
static inline const uint8_t *av_stream_says(const AVStream *stream, enum AVPacketSideDataType type,
                                            size_t *size)
{
#if LIBAVCODEC_VERSION_MAJOR >= 61
    const AVPacketSideData *said = av_packet_side_data_get(stream->codecpar->coded_side_data,
                                                           stream->codecpar->nb_coded_side_data, type);
    *size = said != NULL ? said->size : 0;
    return said != NULL ? said->data : NULL;
#else
    return av_stream_get_side_data(stream, type, size);
#endif
}

static inline void av_frame_drop(AVFrame *frame)
{
    av_frame_free(&frame);
}
static inline void av_packet_drop(AVPacket *packet)
{
    av_packet_free(&packet);
}
static inline void av_codec_drop(AVCodecContext *codec)
{
    avcodec_free_context(&codec);
}
static inline void av_graph_drop(AVFilterGraph *graph)
{
    avfilter_graph_free(&graph);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AVFrame, av_frame_drop)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AVPacket, av_packet_drop)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AVCodecContext, av_codec_drop)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AVFilterGraph, av_graph_drop)

#endif
