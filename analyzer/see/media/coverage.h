/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: which bytes of a file were read as pictures, and what in the others looks like the
 * beginning of another film. */
#ifndef VSAUDIT_MEDIA_COVERAGE_H
#define VSAUDIT_MEDIA_COVERAGE_H

#include "media/av.h"

#define COVERAGE_MOST_HOLES 64

typedef struct {
    int64_t from, to; /* bytes of the file */
} Hole;

typedef struct {
    int64_t end_pos;                 /* behind the last picture; 0 = unknown */
    Hole holes[COVERAGE_MOST_HOLES]; /* between two pictures, with a beginning inside; the first ones */
    int hole_count;
    bool back; /* bytes were read as pictures again, or out of their order */
} Coverage;

/* A packet was read; of video or not. */
void coverage_note(Coverage *coverage, int fd, const AVFormatContext *file, const AVPacket *packet);
/* The first place in [from, to) where the bytes are those with which a container begins; *format is then
 * libav's name of it. -1 = none. within: libav's name of the file's own container; MPEG-TS has no beginning
 * inside MPEG-TS. */
int64_t coverage_find_beginning(int fd, const char *within, int64_t from, int64_t to, const char **format);

#endif
