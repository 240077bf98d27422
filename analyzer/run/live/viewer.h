/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One client's connection: reads its requests, answers them, and sends what its camera shows, interleaved on
 * the connection or as datagrams. Lives in the server's thread. Whatever a client sends or leaves undone
 * costs nobody but itself. */
#ifndef VSAUDIT_LIVE_VIEWER_H
#define VSAUDIT_LIVE_VIEWER_H

#include "live/rtsp.h"

#include <gio/gio.h>

typedef struct Viewer Viewer;
typedef struct Stream Stream;

/* What a viewer finds at its server; it must outlive the viewers. */
typedef struct {
    GMainContext *context;
    Stream *(*find)(const char *camera, void *user); /* NULL: there is no such camera */
    void (*ended)(Viewer *viewer, void *user);       /* the viewer is about to free itself */
    void *user;
    RtspGuard guard;
    bool tcp, udp;
    GSocket *datagrams[2]; /* for RTP and RTCP, of all viewers; NULL without udp */
    uint16_t ports[2];     /* theirs */
    int64_t idle_us;       /* a client that neither sends nor takes anything for so long is gone */
    gsize limit;           /* see Outlet */
    int64_t refused;       /* requests without the right password, so far */
} ViewerHost;

/* Takes a reference of the connection. */
Viewer *viewer_new(ViewerHost *host, GSocketConnection *connection);
/* A picture's packets, framed with channel 0; `begins`: see outlet_offer. */
void viewer_offer(Viewer *viewer, const GByteArray *framed, bool key);
void viewer_report(Viewer *viewer, const uint8_t *rtcp, size_t size);
/* Sends what waits, gives the client a moment to go by itself, and ends. */
void viewer_finish(Viewer *viewer);
/* Ends at once; it is freed when the loop comes round. */
void viewer_drop(Viewer *viewer);
/* Something from this address reached the RTCP port. */
void viewer_hear(Viewer *viewer, GSocketAddress *from);
int64_t viewer_dropped(const Viewer *viewer); /* pictures left out */
void viewer_free(Viewer *viewer);             /* at the end of the server */

#endif
