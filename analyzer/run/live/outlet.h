/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits to be sent to one client: packets in RTSP's interleaved frames ('$', channel, length, bytes) and
 * answers between them. Bounded: when a client does not keep up, whole pictures are left out, as a camera
 * does, until a key picture finds room again. */
#ifndef VSAUDIT_LIVE_OUTLET_H
#define VSAUDIT_LIVE_OUTLET_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define OUTLET_FRAME 4 /* bytes before each packet */

typedef struct {
    GByteArray *bytes;
    gsize at;        /* before it all is sent */
    gsize limit;     /* most bytes that wait before pictures are left out */
    bool waits;      /* for a key picture: after pictures were left out, or to begin with */
    bool began;      /* a picture was taken */
    int64_t dropped; /* pictures left out since then, because the client did not keep up */
} Outlet;

void outlet_init(Outlet *outlet, gsize limit);
void outlet_clear(Outlet *outlet);
/* A picture's packets, framed; channel 0 there becomes `channel`. False: it was left out. A picture is taken
 * by an empty outlet, however large it is. */
bool outlet_offer(Outlet *outlet, const GByteArray *framed, bool key, int channel);
void outlet_add(Outlet *outlet, const void *bytes, gsize size); /* whatever must not be left out */
const uint8_t *outlet_front(const Outlet *outlet, gsize *size); /* what waits */
void outlet_sent(Outlet *outlet, gsize size);
/* Appends a packet in its frame. */
void outlet_frame(GByteArray *framed, int channel, const uint8_t *packet, gsize size);

#endif
