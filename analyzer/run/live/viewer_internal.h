/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to viewer*.c: one connection; what it sends and hears is in viewer.c, what it is asked in
 * viewer_requests.c. */
#ifndef VSAUDIT_LIVE_VIEWER_INTERNAL_H
#define VSAUDIT_LIVE_VIEWER_INTERNAL_H

#include "live/outlet.h"
#include "live/stream.h"
#include "live/viewer.h"

struct Viewer {
    ViewerHost *host;
    GSocketConnection *connection;
    GSocket *socket;
    GByteArray *heard; /* and not taken yet */
    Outlet outlet;
    GSource *reader, *writer, *ticker, *watch, *end;
    char *session;  /* NULL before SETUP */
    Stream *stream; /* that was set up; NULL = none */
    bool playing, ended;
    RtspTransport transport;
    GSocketAddress *targets[2]; /* UDP: of RTP and RTCP */
    int64_t last_us;            /* the client gave a sign of life */
    int64_t offered_us;         /* and was given something to answer to */
};

/* Does what a request asks for, and answers it. */
void viewer_obey(Viewer *viewer, const RtspRequest *request);
/* Answers go over the connection, also where pictures go another way. */
void viewer_answer(Viewer *viewer, const RtspRequest *request, unsigned status, const char *headers,
                   const char *body_type, const char *body);
void viewer_stop(Viewer *viewer);   /* sends no more pictures */
void viewer_forget(Viewer *viewer); /* what waits to be sent */

#endif
