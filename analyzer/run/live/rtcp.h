/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RTCP as a camera sends it (RFC 3550, sections 6.4 to 6.6): sender reports, by which a client knows which
 * stamp stands for which time of day, and the farewell. libav's own would be wrong for a stream that runs at
 * another speed or pauses. */
#ifndef VSAUDIT_LIVE_RTCP_H
#define VSAUDIT_LIVE_RTCP_H

#include <stddef.h>
#include <stdint.h>

#define RTCP_MAX 128

typedef struct {
    uint32_t source;   /* SSRC */
    int64_t real_us;   /* the time of day, µs since 1970 … */
    uint32_t stamp;    /* … and RTP's stamp of the same moment */
    uint32_t packets;  /* sent so far */
    uint32_t octets;   /* of payload */
    const char *cname; /* at most 60 bytes */
} RtcpReport;

/* Writes a sender report with its source description; returns its length, at most RTCP_MAX. */
size_t rtcp_write_report(const RtcpReport *report, uint8_t bytes[RTCP_MAX]);
/* The same, and the farewell. */
size_t rtcp_write_bye(const RtcpReport *report, uint8_t bytes[RTCP_MAX]);

#endif
