/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/coverage.h"

#include <string.h>
#include <unistd.h>

#define BLOCK (1 << 20)
#define OVERLAP 4096  /* of two blocks; no beginning is longer */
#define SMALLEST 1024 /* bytes of a film: a shorter hole holds none */
#define TS_PACKET 188
#define TS_PACKETS 8

/* ---- beginnings */

/* An MP4's first box: its size, "ftyp", a brand of four letters. */
static bool begins_mp4(const uint8_t *at, size_t left)
{
    if (left < 12 || memcmp(at + 4, "ftyp", 4) != 0 || at[0] != 0 || at[1] != 0 || at[2] > 3)
        return false;
    for (int i = 8; i < 12; i++)
        if (at[i] < ' ' || at[i] > '~')
            return false;
    return true;
}

static bool begins_flv(const uint8_t *at, size_t left)
{
    return left >= 9 && memcmp(at, "FLV\1", 4) == 0 && (at[4] & 0xfa) == 0 &&
           memcmp(at + 5, "\0\0\0\11", 4) == 0;
}

static bool begins_matroska(const uint8_t *at, size_t left)
{
    return left >= 64 && memcmp(at, "\x1A\x45\xDF\xA3", 4) == 0 &&
           (memmem(at, 64, "matroska", 8) != NULL || memmem(at, 64, "webm", 4) != NULL);
}

static bool begins_avi(const uint8_t *at, size_t left)
{
    return left >= 12 && memcmp(at, "RIFF", 4) == 0 && memcmp(at + 8, "AVI ", 4) == 0;
}

static bool begins_asf(const uint8_t *at, size_t left)
{
    return left >= 16 &&
           memcmp(at, "\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C", 16) == 0;
}

static bool begins_ts(const uint8_t *at, size_t left)
{
    for (size_t i = 0; i < TS_PACKETS; i++)
        if (i * TS_PACKET >= left || at[i * TS_PACKET] != 0x47)
            return false;
    return true;
}

static const struct {
    const char *format; /* libav's name */
    int first;          /* its first byte; -1 = any */
    bool (*begins)(const uint8_t *at, size_t left);
} films[] = {{"mov", 0, begins_mp4},   {"flv", 'F', begins_flv},  {"matroska", 0x1A, begins_matroska},
             {"avi", 'R', begins_avi}, {"asf", 0x30, begins_asf}, {"mpegts", 0x47, begins_ts}};

/* Which of the films begins here; -1 = none. */
static int find_beginning(const uint8_t *at, size_t left)
{
    for (size_t i = 0; i < G_N_ELEMENTS(films); i++)
        if (*at == films[i].first && films[i].begins(at, left))
            return (int)i;
    return -1;
}

int64_t coverage_find_beginning(int fd, const char *within, int64_t from, int64_t to, const char **format)
{
    g_autofree uint8_t *block = g_malloc((gsize)CLAMP(to - from, 1, BLOCK));
    for (int64_t start = from; start < to; start += BLOCK - OVERLAP) {
        const ssize_t got = pread(fd, block, (size_t)MIN(BLOCK, to - start), start);
        if (got <= 0)
            break;
        for (ssize_t i = 0; i < got && (i < BLOCK - OVERLAP || start + got >= to); i++) {
            const int kind = find_beginning(block + i, (size_t)(got - i));
            if (kind < 0 || (films[kind].begins == begins_ts && strcmp(within, "mpegts") == 0))
                continue;
            *format = films[kind].format;
            return start + i;
        }
    }
    return -1;
}

void coverage_note(Coverage *coverage, int fd, const AVFormatContext *file, const AVPacket *packet)
{
    const AVStream *stream = file->streams[packet->stream_index];
    if (fd < 0 || packet->pos < 0 || stream->codecpar->codec_type != AVMEDIA_TYPE_VIDEO ||
        (stream->disposition & AV_DISPOSITION_ATTACHED_PIC))
        return;
    const char *format = NULL;
    if (coverage->end_pos > 0 && packet->pos >= coverage->end_pos + SMALLEST &&
        coverage->hole_count < COVERAGE_MOST_HOLES &&
        coverage_find_beginning(fd, file->iformat->name, coverage->end_pos, packet->pos, &format) >= 0)
        coverage->holes[coverage->hole_count++] = (Hole){coverage->end_pos, packet->pos};
    coverage->back = coverage->back || packet->pos < coverage->end_pos - packet->size;
    coverage->end_pos = MAX(coverage->end_pos, packet->pos + MAX(packet->size, 1));
}
