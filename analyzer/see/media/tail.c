/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/tail.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_at(int fd, int64_t offset, uint8_t *bytes, size_t count)
{
    return pread(fd, bytes, count, offset) == (ssize_t)count;
}

static uint64_t big(const uint8_t *bytes, int count)
{
    uint64_t value = 0;
    for (int i = 0; i < count; i++)
        value = value << 8 | bytes[i];
    return value;
}

static uint64_t little32(const uint8_t *bytes)
{
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24;
}

/* Boxes side by side: size (4), type (4), or size 1 and the size in 8 more bytes; size 0 = to the end. */
static bool mp4_tail_missing(int fd, int64_t size)
{
    int64_t at = 0;
    /* A file has a handful of boxes, or two per fragment; the limit only guards against nonsense. */
    for (int boxes = 0; at < size && boxes < 1000000; boxes++) {
        uint8_t head[16];
        if (!read_at(fd, at, head, 8))
            return true;
        uint64_t length = big(head, 4);
        if (length == 1) {
            if (!read_at(fd, at, head, 16))
                return true;
            length = big(head + 8, 8);
        }
        if (length == 0)
            return false;
        if (length < 8)
            return false; /* no box at all: padding or rubbish after the end */
        if (length > (uint64_t)(size - at))
            return true;
        at += (int64_t)length;
    }
    return false;
}

static bool riff_tail_missing(int fd, int64_t size)
{
    int64_t at = 0;
    while (at < size) { /* an OpenDML file is several RIFF chunks in a row */
        uint8_t head[8];
        if (!read_at(fd, at, head, 8))
            return at == 0;
        if (memcmp(head, "RIFF", 4) != 0)
            return false;
        const uint64_t length = little32(head + 4);
        if (length == 0 || length == UINT32_MAX)
            return false; /* written to a pipe: never filled in */
        if (length > (uint64_t)(size - at - 8))
            return true;
        at += 8 + (int64_t)(length + (length & 1));
    }
    return false;
}

/* An EBML number: the leading zeros of the first byte tell its length. 0 = not one. */
static int ebml_number(const uint8_t *bytes, bool keep_marker, uint64_t *value)
{
    int length = 1;
    uint8_t mask = 0x80;
    for (; length <= 8 && !(bytes[0] & mask); length++)
        mask = (uint8_t)(mask >> 1);
    if (length > 8)
        return 0;
    uint8_t first[8];
    memcpy(first, bytes, (size_t)length);
    if (!keep_marker)
        first[0] = (uint8_t)(first[0] & ~mask);
    *value = big(first, length);
    return length;
}

typedef enum { EBML_WHOLE, EBML_MISSING, EBML_UNKNOWN } EbmlTail;

static EbmlTail ebml_tail(int fd, int64_t size)
{
    int64_t at = 0;
    for (int elements = 0; at < size && elements < 1000; elements++) {
        uint8_t head[16] = {0};
        const ssize_t got = pread(fd, head, sizeof head, at);
        if (got < 2)
            return EBML_UNKNOWN;
        uint64_t id = 0, length = 0;
        const int id_size = ebml_number(head, true, &id);
        if (id_size == 0 || id_size > 4)
            return EBML_UNKNOWN;
        const int length_size = ebml_number(head + id_size, false, &length);
        if (length_size == 0)
            return EBML_UNKNOWN;
        if (length == (UINT64_C(1) << (7 * length_size)) - 1)
            return EBML_UNKNOWN; /* a live recording */
        const int64_t body = at + id_size + length_size;
        if (length > (uint64_t)INT64_MAX || (int64_t)length > size - body)
            return EBML_MISSING;
        at = body + (int64_t)length;
    }
    return at == size ? EBML_WHOLE : EBML_UNKNOWN;
}

static bool ts_tail_missing(int fd, int64_t size)
{
    static const int packet_sizes[] = {188, 192, 204};
    for (size_t i = 0; i < sizeof packet_sizes / sizeof packet_sizes[0]; i++) {
        const int packet = packet_sizes[i];
        const int lead = packet == 192 ? 4 : 0;
        bool regular = true;
        for (int64_t n = 0; n < 5 && (n + 1) * packet <= size; n++) {
            uint8_t sync = 0;
            regular = regular && read_at(fd, n * packet + lead, &sync, 1) && sync == 0x47;
        }
        if (regular)
            return size % packet != 0;
    }
    return false;
}

bool tail_is_missing(int fd, const char *container)
{
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0)
        return false;
    if (strstr(container, "mp4") != NULL)
        return mp4_tail_missing(fd, status.st_size);
    if (strcmp(container, "avi") == 0)
        return riff_tail_missing(fd, status.st_size);
    if (strstr(container, "matroska") != NULL)
        return ebml_tail(fd, status.st_size) == EBML_MISSING;
    if (strcmp(container, "mpegts") == 0)
        return ts_tail_missing(fd, status.st_size);
    return false;
}

bool tail_is_whole(int fd, const char *container)
{
    struct stat status;
    return fd >= 0 && fstat(fd, &status) == 0 && strstr(container, "matroska") != NULL &&
           ebml_tail(fd, status.st_size) == EBML_WHOLE;
}

bool tail_looks_like_mp4(int fd)
{
    uint8_t head[8];
    return read_at(fd, 0, head, 8) && (memcmp(head + 4, "ftyp", 4) == 0 || memcmp(head + 4, "mdat", 4) == 0);
}
