/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RTSP's words (RFC 2326), as far as a camera needs them: requests out of bytes, and answers. Nothing here
 * touches a connection. Headers are read by libsoup. */
#ifndef VSAUDIT_LIVE_RTSP_H
#define VSAUDIT_LIVE_RTSP_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libsoup/soup.h>

#define RTSP_MAX_REQUEST 16384 /* bytes, with its headers; a body may be as long again */

typedef struct {
    char *method;
    char *url;    /* as it was written */
    char *camera; /* the first part of its path; NULL: it has none ("*", or the root) */
    SoupMessageHeaders *headers;
    char *cseq; /* digits; NULL: the request has none */
} RtspRequest;

void rtsp_request_clear(RtspRequest *request);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RtspRequest, rtsp_request_clear)
const char *rtsp_header(const RtspRequest *request, const char *name); /* NULL: it has none */

typedef enum {
    RTSP_MORE,    /* the bytes are the beginning of something; nothing was taken */
    RTSP_REQUEST, /* a request; `request` is the caller's */
    RTSP_DATA,    /* a packet of interleaved data, on channel *channel; it begins 4 bytes into what was taken.
                     Channel -1: empty lines, which mean nothing */
    RTSP_LONG,    /* longer than any request may be */
    RTSP_BAD,     /* neither */
} RtspTaken;

/* Looks at what a client has sent. *used: how many bytes of it were taken. */
RtspTaken rtsp_take(const uint8_t *bytes, size_t size, RtspRequest *request, int *channel, size_t *used);

/* How a client wants its packets. */
typedef struct {
    bool udp;
    int channels[2];   /* TCP: of RTP and RTCP; -1 = the client leaves it to us */
    uint16_t ports[2]; /* UDP: the client's */
} RtspTransport;

/* The first of the ways in a Transport header that is allowed. False: none of them is. */
bool rtsp_choose_transport(const char *header, bool tcp, bool udp, RtspTransport *transport);

/* Against which a client is to resolve the addresses of a description: the URL asked for, as a folder,
 * without what stands behind its path, which a client would put before the name of the stream. Caller frees.
 */
char *rtsp_base(const char *url);

/* An answer: headers end with "\r\n" each (NULL = none). body may be NULL. Caller frees. */
char *rtsp_answer(unsigned status, const char *cseq, const char *headers, const char *body_type,
                  const char *body);

/* ---- who may look */

typedef struct {
    char *user, *password; /* NULL user: everybody */
    char *nonce;
} RtspGuard;

void rtsp_guard_init(RtspGuard *guard, const char *user, const char *password);
void rtsp_guard_clear(RtspGuard *guard);
/* Whether the request carries the right answer, Basic or Digest (RFC 7617, 7616 with MD5). */
bool rtsp_guard_admits(const RtspGuard *guard, const RtspRequest *request);
/* What an answer 401 asks for: header lines. Caller frees. */
char *rtsp_guard_challenge(const RtspGuard *guard);

#endif
