/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/reader.h"

#include "media/promise.h"
#include "media/repeats.h"
#include "media/tail.h"
#include "records/error.h"
#include "records/free.h"

#include <libavutil/common.h>
#include <string.h>

#define MAX_READ_ERRORS 64 /* in a row, after which the demuxer is believed to have lost the file */
#define MAX_MARKED 64      /* damaged packets whose pictures have not come out yet */

struct Reader {
    Demuxer demuxer;
    AVPacket *packet;
    bool packet_held; /* read, not yet sent */
    bool ended;
    ClipQuality *quality;
    Ledger *ledger;
    AvListener listener;
    int read_errors; /* in a row */
    GError *why;     /* what ended the reading before its time */

    int64_t counted;          /* pictures decoded, for no_times */
    bool first_packet_counts; /* the first packet that should give a picture is where the clip begins … */
    int64_t first_packet;     /* … at this time (stream's base); AV_NOPTS_VALUE before */
    int64_t base;             /* stamp 0, in the stream's base; AV_NOPTS_VALUE before it is known */
    int64_t last_raw;         /* of the last picture, in the stream's base; AV_NOPTS_VALUE = none */
    bool flushing;            /* there are no more packets */
    bool place_lost;          /* since the last picture */
    int64_t last_sent;        /* packet_key of the last packet the decoder took */
    int64_t marked[MAX_MARKED];
    int marked_count;
    Repeats *repeats;
    int64_t again[MAX_MARKED]; /* packets whose pictures were shown before */
    int again_count;
    bool spreads; /* pictures from spread_from on are predicted from a damaged one, until the next key picture
                   */
    int64_t spread_from;
};

Reader *reader_open(const char *path, const DemuxerRequest *request, ClipQuality *quality, Ledger *ledger,
                    GError **error)
{
    g_autoptr(Reader) reader = g_new0(Reader, 1);
    reader->quality = quality;
    reader->ledger = ledger;
    reader->first_packet = reader->base = reader->last_sent = reader->last_raw = AV_NOPTS_VALUE;
    if (!demuxer_open(&reader->demuxer, path, request, quality->remarks, error))
        return NULL;
    if (reader->demuxer.sequence == NULL)
        reader->repeats = repeats_find(reader->demuxer.file, reader->demuxer.stream);
    reader->packet = av_packet_alloc();
    return g_steal_pointer(&reader);
}

static void clear_reader(Reader *reader)
{
    demuxer_close(&reader->demuxer);
    av_packet_free(&reader->packet);
    repeats_free(reader->repeats);
    g_clear_error(&reader->why);
}

DEFINE_FREE(reader_close, Reader, reader, clear_reader(reader))

Demuxer *reader_demuxer(Reader *reader)
{
    return &reader->demuxer;
}

/* ---- time */

static int64_t to_us(const Reader *reader, int64_t units)
{
    const int64_t us = av_rescale_q(units, reader->demuxer.time_base, MICROSECONDS);
    return us == INT64_MIN ? TIME_UNKNOWN : us;
}

/* Time in the stream's base -> µs from the origin; TIME_UNKNOWN where that does not fit. */
static int64_t stamp_of(const Reader *reader, int64_t raw, int64_t base)
{
    if (raw == AV_NOPTS_VALUE || base == AV_NOPTS_VALUE)
        return TIME_UNKNOWN;
    const int64_t units = av_sat_sub64(raw, base);
    return units == INT64_MAX || units == INT64_MIN ? TIME_UNKNOWN : to_us(reader, units);
}

static int64_t duration_of(const Reader *reader, int64_t units)
{
    return units > 0 ? MAX(to_us(reader, units), 0) : 0;
}

static int64_t counted_us(const Reader *reader, int64_t n)
{
    return av_rescale(n, US_PER_SECOND * reader->demuxer.rate.den, reader->demuxer.rate.num);
}

/* A broadcast may be cut anywhere, and then begins with pictures that lack the one they were predicted from:
 * no player shows them, and the clip begins with the first key picture. Other files are cut by programs that
 * see to it; where their first picture gives none it is spoilt (libav then does not call it a key picture)
 * and keeps its time, from which players count. */
static bool may_begin_anywhere(const Reader *reader)
{
    return (reader->demuxer.file->iformat->flags & AVFMT_TS_DISCONT) != 0;
}

/* Packets before the base is known are few; their time is measured from the first one. */
static void enter_packet(Reader *reader)
{
    const AVPacket *packet = reader->packet;
    const enum AVCodecID id = reader->demuxer.codec->codec_id;
    const bool hidden_pictures = id == AV_CODEC_ID_VP8 || id == AV_CODEC_ID_VP9 || id == AV_CODEC_ID_AV1;
    const bool idle = packet->size == 0 || (packet->flags & AV_PKT_FLAG_DISCARD) != 0;
    const bool timed =
        !idle && packet->pts != AV_NOPTS_VALUE && !reader->demuxer.no_times && !hidden_pictures;
    if (timed && reader->first_packet == AV_NOPTS_VALUE) {
        /* numbers count from the first file, be it an empty one that is not read */
        reader->first_packet = reader->demuxer.sequence != NULL ? 0 : packet->pts;
        reader->first_packet_counts = (packet->flags & AV_PKT_FLAG_KEY) != 0 || !may_begin_anywhere(reader);
    }
    const int64_t base = reader->base != AV_NOPTS_VALUE
                             ? reader->base
                             : (reader->first_packet_counts ? reader->first_packet : AV_NOPTS_VALUE);
    const int64_t stamp_us = timed ? stamp_of(reader, packet->pts, base) : TIME_UNKNOWN;
    if (stamp_us != TIME_UNKNOWN)
        ledger_expect(reader->ledger, stamp_us, duration_of(reader, packet->duration));
    else
        ledger_expect_untimed(reader->ledger, idle);
    if (packet->flags & AV_PKT_FLAG_CORRUPT) {
        ledger_errors(reader->ledger, 1, "a packet is cut short or damaged");
        ledger_cut_packet(reader->ledger);
    }
}

/* t = 0 is the first picture of the file, also when just that one does not decode. */
static void find_base(Reader *reader, int64_t first_picture)
{
    reader->base = first_picture;
    if (reader->first_packet != AV_NOPTS_VALUE && reader->first_packet_counts) {
        reader->base =
            first_picture == AV_NOPTS_VALUE ? reader->first_packet : MIN(first_picture, reader->first_packet);
        if (reader->base != reader->first_packet)
            ledger_forget(reader->ledger);
    }
}

TimelineRules reader_rules(const Reader *reader)
{
    const Demuxer *demuxer = &reader->demuxer;
    const AVStream *stream = demuxer->stream;
    TimelineRules rules = {.jumps = (demuxer->file->iformat->flags & AVFMT_TS_DISCONT) != 0,
                           .numbered = demuxer->sequence != NULL};
    if (stream->pts_wrap_bits > 0 && stream->pts_wrap_bits < 63)
        rules.wrap_us = MAX(to_us(reader, INT64_C(1) << stream->pts_wrap_bits), 0);
    if (demuxer->rate.num > 0)
        rules.nominal_us = counted_us(reader, 1);
    if (demuxer->stated_rate > 0 || rules.numbered)
        rules.stated_us =
            demuxer->stated_rate > 0 ? MAX(time_from_seconds(1 / demuxer->stated_rate), 1) : rules.nominal_us;
    return rules;
}

int64_t reader_origin_us(const Reader *reader)
{
    if (reader->demuxer.no_times || reader->demuxer.sequence != NULL || reader->base == AV_NOPTS_VALUE)
        return TIME_UNKNOWN;
    const int64_t origin_us = to_us(reader, reader->base);
    return ABS(origin_us / 2) > INT64_C(1) << 53 ? TIME_UNKNOWN : origin_us;
}

int64_t reader_player_us(const Reader *reader)
{
    const int64_t origin_us = reader_origin_us(reader), begin_us = demuxer_begin_us(&reader->demuxer);
    if (origin_us == TIME_UNKNOWN || begin_us == TIME_UNKNOWN || begin_us > origin_us)
        return origin_us == TIME_UNKNOWN ? TIME_UNKNOWN : 0;
    return origin_us - begin_us;
}

LedgerPromise reader_promise(const Reader *reader, int64_t length_us, bool leaps)
{
    const Demuxer *demuxer = &reader->demuxer;
    const int64_t origin_us = reader_origin_us(reader);
    return (LedgerPromise){
        .frames = demuxer->streams.several ? -1 : promise_frames(demuxer),
        .duration_us = leaps
                           ? TIME_UNKNOWN
                           : promise_duration(demuxer, origin_us == TIME_UNKNOWN ? 0 : origin_us, length_us),
        .tail_missing = tail_is_missing(demuxer->fd, demuxer->file->iformat->name),
        .whole = tail_is_whole(demuxer->fd, demuxer->file->iformat->name),
        .place_lost = reader->place_lost,
    };
}

/* ---- damage */

static int64_t packet_key(const AVPacket *packet)
{
    return packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
}

static void spread_damage(Reader *reader, int64_t from)
{
    const AVCodecDescriptor *descriptor = avcodec_descriptor_get(reader->demuxer.codec->codec_id);
    if (descriptor == NULL || (descriptor->props & AV_CODEC_PROP_INTRA_ONLY))
        return;
    reader->spread_from = reader->spreads ? MIN(reader->spread_from, from) : from;
    reader->spreads = true;
}

static void mark(int64_t *marked, int *count, int64_t key)
{
    if (*count == MAX_MARKED)
        memmove(marked, marked + 1, sizeof marked[0] * (size_t)-- * count);
    marked[(*count)++] = key;
}

static bool take_mark(int64_t *marked, int *count, int64_t key)
{
    for (int i = 0; i < *count; i++) {
        if (marked[i] != key)
            continue;
        marked[i] = marked[--*count];
        return true;
    }
    return false;
}

static void mark_packet(Reader *reader, int64_t key)
{
    mark(reader->marked, &reader->marked_count, key);
}

static int64_t frame_key(const AVFrame *frame)
{
    return frame->pts != AV_NOPTS_VALUE ? frame->pts : frame->pkt_dts;
}

static PictureState judge(Reader *reader, const AVFrame *frame)
{
    const int64_t key = frame_key(frame);
    const bool marked = take_mark(reader->marked, &reader->marked_count, key);
    const bool damaged =
        marked || frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0;
    /* where time stamps are only guessed, the order in which pictures come must do */
    const bool ordered = !reader->demuxer.no_times && frame->pts != AV_NOPTS_VALUE;
    if (reader->spreads && av_frame_is_key(frame) && (!ordered || key > reader->spread_from))
        reader->spreads = false;
    const bool spread = reader->spreads && (!ordered || key >= reader->spread_from);
    if (damaged && frame->pict_type != AV_PICTURE_TYPE_B)
        spread_damage(reader, key);
    return damaged ? PICTURE_DAMAGED : (spread ? PICTURE_SPREAD : PICTURE_SOUND);
}

/* ---- the loop: read, send, receive */

/* Books what libav said since the last call; returns how much it was. */
static int64_t take_errors(Reader *reader)
{
    const int64_t count = reader->listener.errors;
    if (count > 0)
        ledger_errors(reader->ledger, count, reader->listener.first);
    reader->listener.errors = 0;
    return count;
}

/* Reads the next packet of the stream. False: there is none. */
static bool read_packet(Reader *reader)
{
    for (;;) {
        const bool hole = reader->demuxer.sequence != NULL && reader->demuxer.numbers_left == 0;
        const int code = hole ? AVERROR_EOF : av_read_frame(reader->demuxer.file, reader->packet);
        if (take_errors(reader) > 0)
            reader->place_lost = true;
        if (code == AVERROR_EOF && reader->why == NULL &&
            demuxer_next_numbers(&reader->demuxer, &reader->why))
            continue;
        if (code == AVERROR_EOF || (code < 0 && ++reader->read_errors >= MAX_READ_ERRORS))
            return false;
        if (code < 0) {
            g_autofree char *words = av_describe(code);
            ledger_errors(reader->ledger, 1, words);
            reader->place_lost = true;
            continue;
        }
        reader->read_errors = 0;
        if (reader->demuxer.sequence != NULL)
            reader->demuxer.numbers_left--;
        coverage_note(&reader->demuxer.coverage, reader->demuxer.fd, reader->demuxer.file, reader->packet);
        streams_note(&reader->demuxer.streams, reader->demuxer.file, reader->packet);
        if (reader->packet->stream_index == reader->demuxer.stream->index)
            break;
        av_packet_unref(reader->packet);
    }
    if (reader->packet->pts != AV_NOPTS_VALUE)
        reader->packet->pts += reader->demuxer.pts_offset;
    return true;
}

/* libav would have the pictures of a fragment dropped that goes back to a time that was before: a clock that
 * began again. Without fragments it is an edit list that drops pictures. */
static void keep_pictures(const Reader *reader)
{
    const Demuxer *demuxer = &reader->demuxer;
    if (strstr(demuxer->file->iformat->name, "mp4") != NULL && demuxer->stream->nb_frames == 0)
        reader->packet->flags &= ~AV_PKT_FLAG_DISCARD;
}

/* Hands the next packet to the decoder. */
static void feed(Reader *reader)
{
    while (!reader->packet_held) {
        if (!read_packet(reader)) {
            avcodec_send_packet(reader->demuxer.codec, NULL);
            reader->flushing = true;
            return;
        }
        keep_pictures(reader);
        enter_packet(reader);
        if (reader->packet->size == 0) /* the decoder would take it for the end */
            av_packet_unref(reader->packet);
        else
            reader->packet_held = true;
    }
    const int code = avcodec_send_packet(reader->demuxer.codec, reader->packet);
    if (code == AVERROR(EAGAIN))
        return;
    const int64_t key = packet_key(reader->packet);
    const bool complained = take_errors(reader) > 0;
    if (code < 0) {
        g_autofree char *words = av_describe(code);
        ledger_errors(reader->ledger, complained ? 0 : 1, words);
        spread_damage(reader, key);
    }
    if (complained || (reader->packet->flags & AV_PKT_FLAG_CORRUPT))
        mark_packet(reader, key);
    if (!(reader->packet->flags & AV_PKT_FLAG_DISCARD) && repeats_note(reader->repeats, reader->packet))
        mark(reader->again, &reader->again_count, key);
    reader->last_sent = key;
    reader->packet_held = false;
    av_packet_unref(reader->packet);
}

/* libav's best guess is only for pictures without a stamp of their own. Those that the decoder still holds at
 * the end of an AVI, which only counts, have not even that. */
static int64_t raw_stamp(Reader *reader, const AVFrame *frame)
{
    int64_t raw = frame->pts != AV_NOPTS_VALUE ? frame->pts : frame->best_effort_timestamp;
    if (raw == AV_NOPTS_VALUE && reader->flushing && reader->last_raw != AV_NOPTS_VALUE)
        raw = av_sat_add64(reader->last_raw, av_rescale_q(ledger_step(reader->ledger), MICROSECONDS,
                                                          reader->demuxer.time_base));
    reader->last_raw = raw;
    return raw;
}

/* Fills in the stamp and the state of a decoded picture, and books it. */
static void book(Reader *reader, const AVFrame *frame, LedgerPicture *picture)
{
    if (reader->demuxer.no_times) {
        if (reader->counted == 0)
            demuxer_find_rate(&reader->demuxer);
        picture->stamp_us = counted_us(reader, reader->counted);
        picture->duration_us = counted_us(reader, reader->counted + 1) - picture->stamp_us;
    } else {
        const int64_t raw = raw_stamp(reader, frame);
        if (reader->counted == 0)
            find_base(reader, raw);
        picture->stamp_us = stamp_of(reader, raw, reader->base);
        picture->duration_us = duration_of(reader, av_frame_lasts(frame));
        if (picture->stamp_us != TIME_UNKNOWN)
            picture->duration_us =
                MAX(stamp_of(reader, av_sat_add64(raw, MAX(av_frame_lasts(frame), 0)), reader->base) -
                        picture->stamp_us,
                    0);
        ledger_decoded(reader->ledger, picture->stamp_us);
    }
    reader->counted++;
    picture->state = judge(reader, frame);
    picture->again = take_mark(reader->again, &reader->again_count, frame_key(frame));
    picture->after_loss = reader->place_lost;
    reader->place_lost = false;
}

/* The decoder has given all. */
static ReaderStatus end(Reader *reader, GError **error)
{
    if (reader->why != NULL ||
        !demuxer_is_unchanged(&reader->demuxer, reader->why != NULL ? NULL : &reader->why)) {
        g_propagate_error(error, g_steal_pointer(&reader->why));
        reader->ended = true;
        return READER_ERROR;
    }
    if (!reader->demuxer.no_times && demuxer_next_stream(&reader->demuxer) != NULL) {
        reader->marked_count = 0;
        reader->spreads = reader->flushing = false;
        return READER_STREAM;
    }
    reader->ended = true;
    return READER_END;
}

static ReaderStatus receive(Reader *reader, AVFrame *frame, LedgerPicture *picture, GError **error)
{
    for (;;) {
        av_frame_unref(frame);
        const int code = avcodec_receive_frame(reader->demuxer.codec, frame);
        if (take_errors(reader) > 0)
            mark_packet(reader, reader->last_sent);
        if (code >= 0) {
            book(reader, frame, picture);
            return READER_FRAME;
        }
        if (code == AVERROR_EOF)
            return end(reader, error);
        if (code == AVERROR(EAGAIN)) {
            feed(reader);
            continue;
        }
        g_autofree char *words = av_describe(code);
        ledger_errors(reader->ledger, 1, words);
        spread_damage(reader, reader->last_sent);
        if (code == AVERROR(ENOMEM)) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: no memory left to decode with",
                        reader->demuxer.path);
            reader->ended = true;
            return READER_ERROR;
        }
    }
}

ReaderStatus reader_next(Reader *reader, AVFrame *frame, LedgerPicture *picture, GError **error)
{
    if (reader->ended)
        return READER_END;
    AvListener *const before = av_listen(&reader->listener);
    const ReaderStatus status = receive(reader, frame, picture, error);
    av_listen(before);
    return status;
}

bool reader_seek(Reader *reader, int64_t stamp_us)
{
    Demuxer *demuxer = &reader->demuxer;
    if (demuxer->no_times || demuxer->sequence != NULL || reader->base == AV_NOPTS_VALUE || reader->ended)
        return false;
    const int64_t raw =
        reader->base + av_rescale_q_rnd(stamp_us, MICROSECONDS, demuxer->time_base, AV_ROUND_DOWN);
    if (av_seek_frame(demuxer->file, demuxer->stream->index, raw, AVSEEK_FLAG_BACKWARD) < 0)
        return false;
    avcodec_flush_buffers(demuxer->codec);
    av_packet_unref(reader->packet);
    reader->packet_held = false;
    reader->marked_count = reader->again_count = 0;
    reader->spreads = false;
    return true;
}
