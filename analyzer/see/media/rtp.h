/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coded pictures as RTP packets (libav's muxer), and the session description that goes with them. One Rtp is
 * one stream for all who watch: one source identifier, sequence numbers that run on. */
#ifndef VSAUDIT_MEDIA_RTP_H
#define VSAUDIT_MEDIA_RTP_H

#include "media/feed.h"

#define RTP_MAX_PACKET 1400 /* bytes, header included: fits every network */
#define RTP_CLOCK 90000     /* stamps a second */

typedef struct Rtp Rtp;
/* Called for each packet, in order; the bytes live until it returns. */
typedef void (*RtpSend)(const uint8_t *packet, size_t size, void *user);

typedef struct {
    uint32_t source;    /* SSRC */
    uint32_t packets;   /* sent so far */
    uint32_t octets;    /* of payload, as RTCP counts them */
    uint32_t stamp;     /* of the last packet */
    int64_t stamped_us; /* the time that `stamp` stands for; TIME_UNKNOWN before the first packet */
} RtpState;

/* NULL with a HARNESS error when libav cannot send this form. */
Rtp *rtp_new(const FeedForm *form, RtpSend send, void *user, GError **error);
/* Sends a picture; times are those of the stream, not of the clip: send_us must not go back, show_us >=
 * send_us. The unit's form must have the codec of the stream. False with a HARNESS error, also when libav
 * sends nothing of it. */
bool rtp_write(Rtp *rtp, const FeedUnit *unit, int64_t send_us, int64_t show_us, GError **error);
RtpState rtp_state(const Rtp *rtp);
/* The stamp that stands for a time of the stream; exact. */
uint32_t rtp_stamp(const RtpState *state, int64_t show_us);
void rtp_free(Rtp *rtp); /* NULL is fine */

/* The description (SDP) of a stream of this form; its control address is "streamid=0". Caller frees. NULL
 * with a HARNESS error. */
char *rtp_describe(const FeedForm *form, const char *title, GError **error);

#endif
