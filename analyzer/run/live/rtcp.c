/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/rtcp.h"

#include <glib.h>
#include <string.h>

#define SENDER_REPORT 200
#define SOURCE_DESCRIPTION 202
#define BYE 203
#define CNAME 1
#define SECONDS_1900_TO_1970 INT64_C(2208988800)

static void put16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
    put16(at, value >> 16);
    put16(at + 2, value & 0xffff);
}

/* Begins a packet with `count` items and `words` 32-bit words in all. */
static void put_header(uint8_t *at, unsigned count, uint8_t type, size_t words)
{
    at[0] = (uint8_t)(0x80 | count);
    at[1] = type;
    put16(at + 2, (uint32_t)words - 1);
}

size_t rtcp_write_report(const RtcpReport *report, uint8_t bytes[RTCP_MAX])
{
    const int64_t seconds = report->real_us / 1000000 + SECONDS_1900_TO_1970;
    const uint64_t rest = (uint64_t)(report->real_us % 1000000);
    put_header(bytes, 0, SENDER_REPORT, 7);
    put32(bytes + 4, report->source);
    put32(bytes + 8, (uint32_t)seconds);
    put32(bytes + 12, (uint32_t)((rest << 32) / 1000000));
    put32(bytes + 16, report->stamp);
    put32(bytes + 20, report->packets);
    put32(bytes + 24, report->octets);
    uint8_t *about = bytes + 28;
    const size_t name = strlen(report->cname);
    g_assert(name <= 60);
    const size_t words = 2 + (2 + name + 1 + 3) / 4; /* the list of items ends with one zero byte or more */
    memset(about, 0, words * 4);
    put_header(about, 1, SOURCE_DESCRIPTION, words);
    put32(about + 4, report->source);
    about[8] = CNAME;
    about[9] = (uint8_t)name;
    memcpy(about + 10, report->cname, name);
    return 28 + words * 4;
}

size_t rtcp_write_bye(const RtcpReport *report, uint8_t bytes[RTCP_MAX])
{
    const size_t size = rtcp_write_report(report, bytes);
    put_header(bytes + size, 1, BYE, 2);
    put32(bytes + size + 4, report->source);
    return size + 8;
}
