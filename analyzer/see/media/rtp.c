/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/rtp.h"

#include "media/av.h"
#include "records/error.h"
#include "records/free.h"
#include "records/span.h"

#include <libavutil/opt.h>

#define HEADER 12

struct Rtp {
    AVFormatContext *muxer;
    AVIOContext *io;
    AVPacket *packet;
    FeedForm *form; /* that the muxer knows */
    RtpSend send;
    void *user;
    RtpState state;
    int64_t writing_us; /* show_us of the picture being sent */
    int64_t last_dts;
    bool begun; /* the header was written */
};

static void fail(GError **error, const FeedForm *form, const char *what, int code, const char *heard)
{
    g_autofree char *words =
        code < 0 ? av_describe(code) : g_strdup(*heard != '\0' ? heard : "nothing comes out");
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "RTP with %s: %s: %s",
                feed_codec_name(form->codec), what, words);
}

static int take_packet(void *opaque, uint8_t *bytes, int size)
{
    Rtp *rtp = opaque;
    if (size < HEADER)
        return size;
    rtp->state.packets++;
    rtp->state.octets += (uint32_t)(size - HEADER);
    rtp->state.stamp =
        (uint32_t)bytes[4] << 24 | (uint32_t)bytes[5] << 16 | (uint32_t)bytes[6] << 8 | bytes[7];
    rtp->state.stamped_us = rtp->writing_us;
    rtp->send(bytes, (size_t)size, rtp->user);
    return size;
}

static int fill_parameters(AVCodecParameters *about, const FeedForm *form)
{
    about->codec_type = AVMEDIA_TYPE_VIDEO;
    about->codec_id = (enum AVCodecID)form->codec_id;
    about->width = form->width;
    about->height = form->height;
    about->profile = form->profile;
    about->level = form->level;
    about->format = form->pixel_format;
    av_freep(&about->extradata);
    about->extradata_size = 0;
    if (form->parameters == NULL)
        return 0;
    gsize size;
    const void *parameters = g_bytes_get_data(form->parameters, &size);
    about->extradata = av_mallocz(size + AV_INPUT_BUFFER_PADDING_SIZE);
    if (about->extradata == NULL)
        return AVERROR(ENOMEM);
    memcpy(about->extradata, parameters, size);
    about->extradata_size = (int)size;
    return 0;
}

static int open_muxer(Rtp *rtp)
{
    int code = avformat_alloc_output_context2(&rtp->muxer, NULL, "rtp", NULL);
    if (code < 0)
        return code;
    rtp->io = avio_alloc_context(av_malloc(RTP_MAX_PACKET), RTP_MAX_PACKET, 1, rtp, NULL, take_packet, NULL);
    rtp->io->max_packet_size = RTP_MAX_PACKET;
    rtp->muxer->pb = rtp->io;
    rtp->muxer->packet_size = RTP_MAX_PACKET;
    AVStream *stream = avformat_new_stream(rtp->muxer, NULL);
    stream->time_base = (AVRational){1, RTP_CLOCK};
    if ((code = fill_parameters(stream->codecpar, rtp->form)) < 0)
        return code;
    rtp->state.source = g_random_int() | 1;
    AVDictionary *options = NULL;
    /* its reports would give real time where a stream runs faster; live/rtcp.h makes them */
    av_dict_set(&options, "rtpflags", "skip_rtcp", 0);
    av_dict_set_int(&options, "ssrc", (int32_t)rtp->state.source, 0);
    code = avformat_write_header(rtp->muxer, &options);
    av_dict_free(&options);
    rtp->begun = code >= 0;
    return code;
}

Rtp *rtp_new(const FeedForm *form, RtpSend send, void *user, GError **error)
{
    av_quiet();
    Rtp *rtp = g_new0(Rtp, 1);
    rtp->form = feed_form_ref((FeedForm *)(uintptr_t)form);
    rtp->send = send;
    rtp->user = user;
    rtp->state.stamped_us = TIME_UNKNOWN;
    rtp->packet = av_packet_alloc();
    rtp->last_dts = INT64_MIN;
    const int code = open_muxer(rtp);
    if (code >= 0)
        return rtp;
    fail(error, form, "cannot be sent", code, "");
    rtp_free(rtp);
    return NULL;
}

bool rtp_write(Rtp *rtp, const FeedUnit *unit, int64_t send_us, int64_t show_us, GError **error)
{
    static const AVRational clock = {1, RTP_CLOCK};
    g_assert(unit->form->codec == rtp->form->codec);
    const uint32_t before = rtp->state.packets;
    int code = 0;
    if (unit->form != rtp->form) { /* JPEG's sides stand in each of its packets */
        code = fill_parameters(rtp->muxer->streams[0]->codecpar, unit->form);
        feed_form_unref(rtp->form);
        rtp->form = feed_form_ref(unit->form);
    }
    gsize size;
    AVPacket *packet = rtp->packet;
    packet->data = (uint8_t *)(uintptr_t)g_bytes_get_data(unit->data, &size);
    packet->size = (int)size;
    packet->pts = av_rescale_q(show_us, MICROSECONDS, clock);
    packet->dts = MAX(av_rescale_q(send_us, MICROSECONDS, clock), rtp->last_dts);
    packet->pts = MAX(packet->pts, packet->dts);
    rtp->last_dts = packet->dts;
    packet->flags = unit->key ? AV_PKT_FLAG_KEY : 0;
    rtp->writing_us = show_us;
    AvListener listener = {0};
    AvListener *const listening = av_listen(&listener);
    if (code >= 0)
        code = av_write_frame(rtp->muxer, packet);
    av_listen(listening);
    packet->data = NULL;
    packet->size = 0;
    if (code >= 0 && rtp->state.packets != before)
        return true;
    fail(error, unit->form, "a picture cannot be sent", code, listener.first);
    return false;
}

RtpState rtp_state(const Rtp *rtp)
{
    return rtp->state;
}

uint32_t rtp_stamp(const RtpState *state, int64_t show_us)
{
    static const AVRational clock = {1, RTP_CLOCK};
    const int64_t then = av_rescale_q(state->stamped_us, MICROSECONDS, clock);
    return state->stamp + (uint32_t)(av_rescale_q(show_us, MICROSECONDS, clock) - then);
}

static void clear_rtp(Rtp *rtp)
{
    if (rtp->begun)
        av_write_trailer(rtp->muxer);
    avformat_free_context(rtp->muxer);
    if (rtp->io != NULL) {
        av_freep(&rtp->io->buffer);
        avio_context_free(&rtp->io);
    }
    av_packet_free(&rtp->packet);
    g_clear_pointer(&rtp->form, feed_form_unref);
}

DEFINE_FREE(rtp_free, Rtp, rtp, clear_rtp(rtp))

char *rtp_describe(const FeedForm *form, const char *title, GError **error)
{
    av_quiet();
    AVFormatContext *session = NULL;
    char text[8192] = "";
    int code = avformat_alloc_output_context2(&session, NULL, "rtp", "rtp://0.0.0.0"); /* "c=": by SETUP */
    if (code >= 0) {
        AVStream *stream = avformat_new_stream(session, NULL);
        stream->time_base = (AVRational){1, RTP_CLOCK};
        av_dict_set(&session->metadata, "title", title, 0);
        session->flags |= AVFMT_FLAG_BITEXACT;
        code = fill_parameters(stream->codecpar, form);
    }
    if (code >= 0)
        code = av_sdp_create(&session, 1, text, sizeof text);
    avformat_free_context(session);
    if (code >= 0)
        return g_strdup(text);
    fail(error, form, "cannot be described", code, "");
    return NULL;
}
