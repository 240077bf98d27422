/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/recorded.h"

#include "media/coder.h"
#include "media/joined.h"
#include "media/pixels.h"
#include "media/reader.h"
#include "records/error.h"
#include "records/free.h"

#include <libavcodec/bsf.h>

struct Recorded {
    Reader *reader;
    Ledger *ledger;
    ClipQuality *quality;
    Demuxer *demuxer; /* the reader's */
    AVBSFContext *filter;
    FeedForm *form;
    AVPacket *packet;
    int64_t first_pts, first_dts, last_dts, step;
};

/* ---- units */

/* Whether the byte behind 00 00 01 begins what a decoder must have first. */
static bool is_parameter_set(FeedCodec codec, uint8_t byte)
{
    switch (codec) {
    case FEED_H264:
        return (byte & 0x1f) == 7;
    case FEED_HEVC:
        return (byte >> 1 & 0x3f) == 33;
    case FEED_MPEG4:
        return byte >= 0x20 && byte <= 0x2f;
    case FEED_MPEG2:
        return byte == 0xb3;
    default:
        return false;
    }
}

static bool holds_parameters(FeedCodec codec, const uint8_t *data, int size)
{
    for (int i = 0; i + 3 < size; i++)
        if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1 && is_parameter_set(codec, data[i + 3]))
            return true;
    return false;
}

static void drop_packet(void *data)
{
    AVPacket *packet = data;
    av_packet_free(&packet);
}

FeedUnit *feed_unit_new(AVPacket *packet, FeedForm *form)
{
    FeedUnit *unit = g_new0(FeedUnit, 1);
    unit->form = feed_form_ref(form);
    unit->key = (packet->flags & AV_PKT_FLAG_KEY) != 0;
    if (unit->key && form->parameters != NULL && !holds_parameters(form->codec, packet->data, packet->size)) {
        gsize size;
        const uint8_t *parameters = g_bytes_get_data(form->parameters, &size);
        GByteArray *both = g_byte_array_sized_new((guint)size + (guint)packet->size);
        g_byte_array_append(both, parameters, (guint)size);
        g_byte_array_append(both, packet->data, (guint)packet->size);
        unit->data = g_byte_array_free_to_bytes(both);
        av_packet_unref(packet);
        return unit;
    }
    AVPacket *kept = av_packet_alloc();
    av_packet_move_ref(kept, packet);
    unit->data = g_bytes_new_with_free_func(kept->data, (gsize)kept->size, drop_packet, kept);
    return unit;
}

/* ---- may it be sent as it is? */

/* RTP carries JPEG with the usual tables and without restarts alone, and the muxer sends nothing of another
 * or spoils it. */
static bool jpeg_is_usual(const AVPacket *packet)
{
    static const uint8_t usual[] = {0x00, 0x00, 0x01, 0x05, 0x01, 0x01, 0x01, 0x01, 0x01};
    for (int i = 0; i + 4 < packet->size; i++) {
        const uint8_t *at = packet->data + i;
        if (at[0] != 0xff)
            continue;
        if (at[1] == 0xda)
            return true;
        if (at[1] == 0xdd)
            return false;
        if (at[1] == 0xc4 && i + 4 + (int)sizeof usual <= packet->size && at[4] == 0x00 &&
            memcmp(at + 4, usual, sizeof usual) != 0)
            return false;
    }
    return false;
}

/* The stamps of all packets, in the stream's base; NULL: *reason says why they will not do. */
static GArray *collect_stamps(Recorded *recorded, const char **reason)
{
    g_autoptr(GArray) stamps = g_array_new(FALSE, FALSE, sizeof(int64_t));
    const Demuxer *demuxer = recorded->demuxer;
    AVPacket *packet = recorded->packet;
    int64_t last_dts = INT64_MIN;
    int code;
    *reason = NULL;
    while ((code = av_read_frame(demuxer->file, packet)) >= 0) {
        coverage_note(&recorded->demuxer->coverage, demuxer->fd, demuxer->file, packet);
        const bool ours = packet->stream_index == demuxer->stream->index;
        const AVPacket about = *packet;
        const bool jpeg = ours && demuxer->stream->codecpar->codec_id == AV_CODEC_ID_MJPEG;
        const bool unusual = jpeg && !jpeg_is_usual(packet);
        av_packet_unref(packet);
        if (!ours || *reason != NULL)
            continue;
        if (about.pts == AV_NOPTS_VALUE || about.dts == AV_NOPTS_VALUE)
            *reason = "pictures without a time stamp";
        else if (about.size == 0 || (about.flags & AV_PKT_FLAG_DISCARD) != 0)
            *reason = "pictures that are not to be shown";
        else if (about.dts <= last_dts || about.pts < about.dts)
            *reason = "time stamps out of order";
        else if (stamps->len == 0 && (about.flags & AV_PKT_FLAG_KEY) == 0)
            *reason = "it does not begin with a key picture";
        else if (unusual)
            *reason = "RTP carries no such JPEG";
        last_dts = about.dts;
        g_array_append_val(stamps, about.pts);
    }
    if (*reason == NULL && code != AVERROR_EOF)
        *reason = "it cannot be read to its end";
    if (*reason == NULL && stamps->len == 0)
        *reason = "it has no pictures";
    return *reason == NULL ? g_steal_pointer(&stamps) : NULL;
}

static int compare_stamps(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Whether the rule of the clock leaves every stamp where it is. */
static bool clock_is_sound(const Recorded *recorded, GArray *stamps)
{
    const int64_t first = g_array_index(stamps, int64_t, 0);
    qsort(stamps->data, stamps->len, sizeof(int64_t), compare_stamps);
    if (g_array_index(stamps, int64_t, 0) != first)
        return false; /* pictures before the first one */
    g_autoptr(ClipQuality) quality = clip_quality_new();
    Timeline *timeline = timeline_new(quality);
    const TimelineRules rules = reader_rules(recorded->reader);
    timeline_begin_file(timeline, 0, &rules, 0, 0, TIME_UNKNOWN);
    bool sound = true;
    guint given = 0, taken = 0;
    while (taken < stamps->len && sound) {
        while (given < stamps->len && timeline_waiting(timeline) < TIMELINE_AHEAD)
            timeline_add(timeline, av_rescale_q(g_array_index(stamps, int64_t, given++) - first,
                                                recorded->demuxer->time_base, MICROSECONDS));
        const int64_t expected = av_rescale_q(g_array_index(stamps, int64_t, taken++) - first,
                                              recorded->demuxer->time_base, MICROSECONDS);
        sound = timeline_take(timeline).t_us == expected;
    }
    timeline_free(timeline);
    return sound;
}

static const char *find_obstacle(const Recorded *recorded, const FeedRequest *request)
{
    const Demuxer *demuxer = recorded->demuxer;
    const AVCodecParameters *about = demuxer->stream->codecpar;
    const FeedCodec codec = coder_codec(about->codec_id);
    size_t size = 0;
    const uint8_t *matrix = av_stream_says(demuxer->stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (codec == FEED_CODECS)
        return "RTP carries no such codec";
    if (request->codec != FEED_AS_RECORDED && request->codec != codec)
        return "the camera sends another codec";
    if (demuxer->sequence != NULL || demuxer->no_times || demuxer->rate_taken)
        return "its pictures have no clock of their own";
    if (streams_count(demuxer->file) > 1)
        return "it has several video streams";
    if (matrix != NULL && size >= 9 * sizeof(int32_t) &&
        !turn_is_none(turn_from_matrix((const int32_t *)(const void *)matrix, NULL)))
        return "its pictures are turned";
    if (codec == FEED_MJPEG &&
        (about->width % 16 != 0 || about->height % 16 != 0 || about->width > 2040 || about->height > 2040 ||
         (about->format != AV_PIX_FMT_YUVJ420P && about->format != AV_PIX_FMT_YUVJ422P)))
        return "RTP carries no JPEG of this size";
    return NULL;
}

/* ---- opening and reading */

static bool open_reader(Recorded *recorded, const char *path, const FeedRequest *request, GError **error)
{
    const DemuxerRequest how = {
        .rate = request->rate, .hash = request->sha256 != NULL, .sha256 = request->sha256};
    g_clear_pointer(&recorded->reader, reader_close);
    g_clear_pointer(&recorded->ledger, ledger_free);
    g_clear_pointer(&recorded->quality, clip_quality_free);
    recorded->quality = clip_quality_new();
    recorded->ledger = ledger_new(recorded->quality);
    recorded->reader = reader_open(path, &how, recorded->quality, recorded->ledger, error);
    recorded->demuxer = recorded->reader != NULL ? reader_demuxer(recorded->reader) : NULL;
    return recorded->reader != NULL;
}

/* Parameter sets in the stream itself, as RTP carries them. */
static int open_filter(Recorded *recorded)
{
    const AVStream *stream = recorded->demuxer->stream;
    const FeedCodec codec = coder_codec(stream->codecpar->codec_id);
    const char *name =
        codec == FEED_H264 ? "h264_mp4toannexb" : (codec == FEED_HEVC ? "hevc_mp4toannexb" : "null");
    int code = av_bsf_list_parse_str(name, &recorded->filter);
    if (code < 0 || (code = avcodec_parameters_copy(recorded->filter->par_in, stream->codecpar)) < 0)
        return code;
    recorded->filter->time_base_in = stream->time_base;
    if ((code = av_bsf_init(recorded->filter)) < 0)
        return code;
    const AVRational rate = recorded->demuxer->rate;
    AVCodecParameters *about = recorded->filter->par_out;
    about->sample_aspect_ratio =
        av_guess_sample_aspect_ratio(recorded->demuxer->file, (AVStream *)(uintptr_t)stream, NULL);
    recorded->form = feed_form_new(about, rate.num > 0 ? av_q2d(rate) : 0);
    return 0;
}

static const char *judge(Recorded *recorded, const FeedRequest *request, GError **error)
{
    const char *reason = find_obstacle(recorded, request);
    if (reason != NULL)
        return reason;
    g_autoptr(GArray) stamps = collect_stamps(recorded, &reason);
    if (stamps == NULL)
        return reason;
    if (!joined_judge(recorded->demuxer, error))
        return NULL;
    return clock_is_sound(recorded, stamps) ? NULL : "its clock has to be mended";
}

/* The next packet of the stream; AVERROR_EOF: there is none. */
static int read_packet(Recorded *recorded)
{
    for (;;) {
        const int code = av_bsf_receive_packet(recorded->filter, recorded->packet);
        if (code != AVERROR(EAGAIN))
            return code;
        const int got = av_read_frame(recorded->demuxer->file, recorded->packet);
        if (got < 0 && got != AVERROR_EOF)
            return got;
        if (got >= 0 && recorded->packet->stream_index != recorded->demuxer->stream->index) {
            av_packet_unref(recorded->packet);
            continue;
        }
        const int sent = av_bsf_send_packet(recorded->filter, got < 0 ? NULL : recorded->packet);
        if (sent < 0)
            return sent;
    }
}

Recorded *recorded_open(const char *path, const FeedRequest *request, char **reason, GError **error)
{
    g_autoptr(Recorded) recorded = g_new0(Recorded, 1);
    g_autoptr(GError) cause = NULL;
    AvListener *const before = av_listen(NULL);
    recorded->packet = av_packet_alloc();
    recorded->first_dts = AV_NOPTS_VALUE;
    bool good = open_reader(recorded, path, request, error);
    if (good) {
        const int64_t size = recorded->demuxer->size;
        const struct timespec changed = recorded->demuxer->changed;
        const char *obstacle = judge(recorded, request, &cause);
        *reason = g_strdup(obstacle);
        good = obstacle == NULL && cause == NULL && open_reader(recorded, path, request, error);
        if (good && (size != recorded->demuxer->size || changed.tv_sec != recorded->demuxer->changed.tv_sec ||
                     changed.tv_nsec != recorded->demuxer->changed.tv_nsec)) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "%s: the file was changed while it was read", path);
            good = false;
        }
    }
    if (good && open_filter(recorded) < 0) {
        *reason = g_strdup("its parameter sets cannot be read");
        good = false;
    }
    av_listen(before);
    if (cause != NULL)
        g_propagate_error(error, g_steal_pointer(&cause));
    return good ? g_steal_pointer(&recorded) : NULL;
}

FeedForm *recorded_form(const Recorded *recorded)
{
    return recorded->form;
}

FeedStatus recorded_next(Recorded *recorded, FeedUnit **unit, GError **error)
{
    AvListener *const before = av_listen(NULL);
    const int code = read_packet(recorded);
    av_listen(before);
    if (code == AVERROR_EOF)
        return demuxer_is_unchanged(recorded->demuxer, error) ? FEED_END : FEED_ERROR;
    if (code < 0) {
        g_autofree char *words = av_describe(code);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be read: %s",
                    recorded->demuxer->path, words);
        return FEED_ERROR;
    }
    const AVRational base = recorded->demuxer->time_base;
    const int64_t pts = recorded->packet->pts, dts = recorded->packet->dts,
                  lasts = recorded->packet->duration;
    if (recorded->first_dts == AV_NOPTS_VALUE) {
        recorded->first_dts = dts;
        recorded->first_pts = pts;
    } else {
        recorded->step = dts - recorded->last_dts;
    }
    recorded->last_dts = dts;
    *unit = feed_unit_new(recorded->packet, recorded->form);
    (*unit)->t_us = av_rescale_q(pts - recorded->first_pts, base, MICROSECONDS);
    (*unit)->send_us = av_rescale_q(dts - recorded->first_dts, base, MICROSECONDS);
    (*unit)->show_us = av_rescale_q(pts - recorded->first_dts, base, MICROSECONDS);
    (*unit)->lasts_us = MAX(av_rescale_q(lasts > 0 ? lasts : recorded->step, base, MICROSECONDS), 1);
    return FEED_UNIT;
}

static void clear_recorded(Recorded *recorded)
{
    av_bsf_free(&recorded->filter);
    av_packet_free(&recorded->packet);
    g_clear_pointer(&recorded->form, feed_form_unref);
    reader_close(recorded->reader);
    ledger_free(recorded->ledger);
    clip_quality_free(recorded->quality);
}

DEFINE_FREE(recorded_close, Recorded, recorded, clear_recorded(recorded))
