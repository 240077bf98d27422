/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/source.h"

#include "media/demuxer.h"
#include "media/ledger.h"
#include "media/tail.h"
#include "records/error.h"

#include <errno.h>
#include <stdio.h>

#define MAX_READ_ERRORS 64 /* in a row, after which the demuxer is believed to have lost the file */
#define MAX_MARKED 64      /* damaged packets whose pictures have not come out yet */

struct Source {
    Demuxer demuxer;
    AVPacket *packet;
    bool packet_held; /* read, not yet sent */
    bool ended;
    ClipQuality *quality;
    Ledger *ledger;
    AvListener listener;
    int read_errors; /* in a row */

    int64_t counted;       /* pictures decoded, for no_times */
    bool first_packet_key; /* the first packet that should give a picture is a key picture … */
    int64_t first_packet;  /* … at this time (stream's base); AV_NOPTS_VALUE before */
    int64_t base;          /* stream's base time of t = 0; AV_NOPTS_VALUE before it is known */
    int64_t last_raw;      /* of the last picture */
    bool wrong_times;      /* the packets' PTS contradict the order of the pictures */
    int64_t last_sent;     /* packet_key of the last packet the decoder took */
    int64_t marked[MAX_MARKED];
    int marked_count;
    bool spreads; /* pictures from spread_from on are predicted from a damaged one, until the next key picture
                   */
    int64_t spread_from;
};

Source *source_open(const char *path, const ReplayRequest *request, ClipQuality *quality, GError **error)
{
    av_quiet();
    g_autoptr(Source) source = g_new0(Source, 1);
    source->quality = quality;
    if (request->files != NULL && request->files[0] != NULL && request->files[1] != NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                    "%s: clips of several files cannot be replayed yet", path);
        return NULL;
    }
    if (request->files != NULL && request->files[0] != NULL)
        path = request->files[0];
    source->first_packet = source->base = source->last_raw = source->last_sent = AV_NOPTS_VALUE;
    Demuxer *demuxer = &source->demuxer;
    const DemuxerRequest how = {
        .rate = request->rate,
        .hash = request->hash || (request->sha256 != NULL && request->sha256[0] != NULL),
        .sha256 = request->sha256 != NULL ? request->sha256[0] : NULL,
    };
    if (!demuxer_open(demuxer, path, &how, quality->remarks, error))
        return NULL;
    source->packet = av_packet_alloc();
    quality->container = g_strdup(demuxer->file->iformat->name);
    quality->codec = g_strdup(avcodec_get_name(demuxer->codec->codec_id));
    quality->synthetic_times = demuxer->no_times || demuxer->fd < 0;
    const AVRational rate = demuxer->rate;
    source->ledger = ledger_new(quality, rate.num > 0 ? av_rescale(US_PER_SECOND, rate.den, rate.num) : 0);
    return g_steal_pointer(&source);
}

void source_close(Source *source)
{
    if (source == NULL)
        return;
    demuxer_close(&source->demuxer);
    av_packet_free(&source->packet);
    ledger_free(source->ledger);
    g_free(source);
}

/* ---- time */

/* Time in the stream's base -> µs from the first picture. */
static int64_t to_us(const Source *source, int64_t raw)
{
    return av_rescale_q(raw - source->base, source->demuxer.stream->time_base, MICROSECONDS);
}

static int64_t counted_us(const Source *source, int64_t n)
{
    return av_rescale(n, US_PER_SECOND * source->demuxer.rate.den, source->demuxer.rate.num);
}

/* Packets before the base is known are few; their time is measured from the first one. */
static void enter_packet(Source *source)
{
    const AVPacket *packet = source->packet;
    const enum AVCodecID id = source->demuxer.codec->codec_id;
    const bool hidden_pictures = id == AV_CODEC_ID_VP8 || id == AV_CODEC_ID_VP9 || id == AV_CODEC_ID_AV1;
    const bool idle = packet->size == 0 || (packet->flags & AV_PKT_FLAG_DISCARD) != 0;
    if (idle || packet->pts == AV_NOPTS_VALUE || source->demuxer.no_times || source->wrong_times ||
        hidden_pictures) {
        ledger_expect_untimed(source->ledger, idle);
    } else {
        if (source->first_packet == AV_NOPTS_VALUE) {
            source->first_packet = packet->pts;
            source->first_packet_key = (packet->flags & AV_PKT_FLAG_KEY) != 0;
        }
        const int64_t base = source->base != AV_NOPTS_VALUE ? source->base : source->first_packet;
        if (source->base != AV_NOPTS_VALUE || source->first_packet_key)
            ledger_expect(source->ledger,
                          av_rescale_q(packet->pts - base, source->demuxer.stream->time_base, MICROSECONDS),
                          av_rescale_q(packet->duration, source->demuxer.stream->time_base, MICROSECONDS));
        else
            ledger_expect_untimed(source->ledger, false);
    }
    if (packet->flags & AV_PKT_FLAG_CORRUPT) {
        ledger_errors(source->ledger, 1, "a packet is cut short or damaged");
        ledger_cut_packet(source->ledger);
    }
}

/* t = 0 is the first picture of the file, also when just that one does not decode. */
static void find_base(Source *source, int64_t first_picture)
{
    source->base = first_picture;
    if (source->first_packet != AV_NOPTS_VALUE && source->first_packet_key) {
        source->base = MIN(first_picture, source->first_packet);
        if (source->base != source->first_packet)
            ledger_forget(source->ledger);
    }
}

/* ---- damage */

static int64_t packet_key(const AVPacket *packet)
{
    return packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
}

static void spread_damage(Source *source, int64_t from)
{
    const AVCodecDescriptor *descriptor = avcodec_descriptor_get(source->demuxer.codec->codec_id);
    if (descriptor == NULL || (descriptor->props & AV_CODEC_PROP_INTRA_ONLY))
        return;
    source->spread_from = source->spreads ? MIN(source->spread_from, from) : from;
    source->spreads = true;
}

static void mark_packet(Source *source, int64_t key)
{
    if (source->marked_count == MAX_MARKED)
        memmove(source->marked, source->marked + 1,
                sizeof source->marked[0] * (size_t)--source->marked_count);
    source->marked[source->marked_count++] = key;
}

static bool take_mark(Source *source, int64_t key)
{
    for (int i = 0; i < source->marked_count; i++) {
        if (source->marked[i] != key)
            continue;
        source->marked[i] = source->marked[--source->marked_count];
        return true;
    }
    return false;
}

static PictureState judge(Source *source, const AVFrame *frame)
{
    const int64_t key = frame->pts != AV_NOPTS_VALUE ? frame->pts : frame->pkt_dts;
    const bool marked = take_mark(source, key);
    const bool damaged =
        marked || frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0;
    /* where time stamps are only guessed, the order in which pictures come must do */
    const bool ordered = !source->demuxer.no_times && !source->wrong_times;
    if (source->spreads && frame->key_frame && (!ordered || key > source->spread_from))
        source->spreads = false;
    const bool spread = source->spreads && (!ordered || key >= source->spread_from);
    if (damaged && frame->pict_type != AV_PICTURE_TYPE_B)
        spread_damage(source, key);
    return damaged ? PICTURE_DAMAGED : (spread ? PICTURE_SPREAD : PICTURE_SOUND);
}

/* ---- the loop: read, send, receive */

/* Books what libav said since the last call; returns how much it was. */
static int64_t take_errors(Source *source)
{
    const int64_t count = source->listener.errors;
    if (count > 0)
        ledger_errors(source->ledger, count, source->listener.first);
    source->listener.errors = 0;
    return count;
}

static void settle(Source *source)
{
    ledger_settle(source->ledger, source->demuxer.promised_frames, demuxer_promised_us(&source->demuxer),
                  tail_is_missing(source->demuxer.fd, source->demuxer.file->iformat->name));
    if (source->wrong_times)
        g_ptr_array_add(
            source->quality->remarks,
            g_strdup("the file's time stamps contradict the order of its pictures; some times are "
                     "guessed"));
    if (source->demuxer.no_times || source->demuxer.fd < 0)
        g_ptr_array_add(source->quality->remarks,
                        g_strdup_printf("no time stamps: times are counted at %.6g pictures per second",
                                        av_q2d(source->demuxer.rate)));
}

/* Reads the next packet of the stream and hands it to the decoder. */
static void feed(Source *source)
{
    while (!source->packet_held) {
        const int code = av_read_frame(source->demuxer.file, source->packet);
        if (take_errors(source) > 0)
            ledger_lose_place(source->ledger);
        if (code == AVERROR_EOF || (code < 0 && ++source->read_errors >= MAX_READ_ERRORS)) {
            avcodec_send_packet(source->demuxer.codec, NULL);
            return;
        }
        if (code < 0) {
            g_autofree char *words = av_describe(code);
            ledger_errors(source->ledger, 1, words);
            ledger_lose_place(source->ledger);
            continue;
        }
        source->read_errors = 0;
        if (source->packet->stream_index != source->demuxer.stream->index) {
            av_packet_unref(source->packet);
            continue;
        }
        enter_packet(source);
        if (source->packet->size == 0) /* the decoder would take it for the end */
            av_packet_unref(source->packet);
        else
            source->packet_held = true;
    }
    const int code = avcodec_send_packet(source->demuxer.codec, source->packet);
    if (code == AVERROR(EAGAIN))
        return;
    const int64_t key = packet_key(source->packet);
    const bool complained = take_errors(source) > 0;
    if (code < 0) {
        g_autofree char *words = av_describe(code);
        ledger_errors(source->ledger, complained ? 0 : 1, words);
        spread_damage(source, key);
    }
    if (complained || (source->packet->flags & AV_PKT_FLAG_CORRUPT))
        mark_packet(source, key);
    source->last_sent = key;
    source->packet_held = false;
    av_packet_unref(source->packet);
}

/* Fills in the times and the books of a decoded picture. */
static void book(Source *source, AVFrame *frame, SourceFrame *about)
{
    const int64_t step = ledger_step(source->ledger);
    int64_t duration = 0;
    if (source->demuxer.no_times) {
        if (source->counted == 0)
            demuxer_find_rate(&source->demuxer);
        about->t_us = counted_us(source, source->counted);
        duration = counted_us(source, source->counted + 1) - about->t_us;
    } else {
        int64_t raw = frame->best_effort_timestamp;
        if (raw == AV_NOPTS_VALUE)
            raw =
                source->last_raw == AV_NOPTS_VALUE
                    ? 0
                    : source->last_raw + av_rescale_q(step, MICROSECONDS, source->demuxer.stream->time_base);
        if (source->base == AV_NOPTS_VALUE)
            find_base(source, raw);
        const bool backward = source->last_raw != AV_NOPTS_VALUE && raw < source->last_raw;
        if (!source->wrong_times && (backward || (frame->pts != AV_NOPTS_VALUE && frame->pts != raw))) {
            source->wrong_times = true; /* what came cannot be matched with what was expected any more */
            ledger_forget(source->ledger);
        }
        source->last_raw = raw;
        about->t_us = to_us(source, raw);
        if (frame->pkt_duration > 0)
            duration = to_us(source, raw + frame->pkt_duration) - about->t_us;
    }
    source->counted++;
    const PictureState state = judge(source, frame);
    about->damaged = state != PICTURE_SOUND;
    about->shown = ledger_picture(source->ledger, about->t_us, duration, state);
}

SourceStatus source_next(Source *source, AVFrame *frame, SourceFrame *about, GError **error)
{
    (void)error;
    if (source->ended)
        return SOURCE_END;
    AvListener *const before = av_listen(&source->listener);
    SourceStatus status = SOURCE_END;
    for (;;) {
        av_frame_unref(frame);
        const int code = avcodec_receive_frame(source->demuxer.codec, frame);
        if (take_errors(source) > 0) {
            mark_packet(source, source->last_sent);
        }
        if (code >= 0) {
            book(source, frame, about);
            status = SOURCE_FRAME;
            break;
        }
        if (code == AVERROR_EOF) {
            source->ended = true;
            settle(source);
            break;
        }
        if (code == AVERROR(EAGAIN)) {
            feed(source);
            continue;
        }
        g_autofree char *words = av_describe(code);
        ledger_errors(source->ledger, 1, words);
        spread_damage(source, source->last_sent);
        if (code == AVERROR(ENOMEM)) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: no memory left to decode with",
                        source->demuxer.path);
            status = SOURCE_ERROR;
            source->ended = true;
            break;
        }
    }
    av_listen(before);
    return status;
}

bool source_seek(Source *source, int64_t t_us)
{
    if (source->demuxer.no_times || source->demuxer.fd < 0 || source->base == AV_NOPTS_VALUE || source->ended)
        return false;
    const int64_t raw =
        source->base + av_rescale_q_rnd(t_us, MICROSECONDS, source->demuxer.stream->time_base, AV_ROUND_DOWN);
    if (av_seek_frame(source->demuxer.file, source->demuxer.stream->index, raw, AVSEEK_FLAG_BACKWARD) < 0)
        return false;
    avcodec_flush_buffers(source->demuxer.codec);
    av_packet_unref(source->packet);
    source->packet_held = false;
    source->marked_count = 0;
    source->spreads = false;
    ledger_forget(source->ledger);
    return true;
}

const char *source_sha256(const Source *source, size_t n)
{
    return n == 0 ? source->demuxer.sha256 : NULL;
}

int64_t source_end(const Source *source)
{
    return ledger_end(source->ledger);
}

AVRational source_pixel_aspect(const Source *source, const AVFrame *frame)
{
    const AVRational aspect = av_guess_sample_aspect_ratio(source->demuxer.file, source->demuxer.stream,
                                                           (AVFrame *)(uintptr_t)frame);
    return aspect.num > 0 && aspect.den > 0 ? aspect : (AVRational){1, 1};
}

const int32_t *source_matrix(const Source *source)
{
    size_t size = 0;
    const uint8_t *bytes = av_stream_get_side_data(source->demuxer.stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    return bytes != NULL && size >= 9 * sizeof(int32_t) ? (const int32_t *)(const void *)bytes : NULL;
}
