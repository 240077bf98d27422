/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: a clip opened, its video stream and decoder found. No demuxer can open another file. */
#ifndef VSAUDIT_MEDIA_DEMUXER_H
#define VSAUDIT_MEDIA_DEMUXER_H

#include "media/av.h"
#include "media/coverage.h"
#include "media/sequence.h"
#include "media/streams.h"

#include <time.h>

typedef struct {
    double rate;        /* see ReplayRequest; 0 = not stated */
    bool hash;          /* compute the file's SHA-256 */
    const char *sha256; /* the expected one; NULL = not stated */
} DemuxerRequest;

typedef struct {
    char *path;
    char *sha256; /* NULL: not asked for, or an image sequence */
    int fd;       /* -1: an image sequence */
    AVIOContext *io;
    AVFormatContext *file;
    AVStream *stream;
    AVCodecContext *codec;
    Streams streams;
    Coverage coverage;
    Sequence *sequence;   /* of numbered pictures; NULL for a file */
    guint next_numbers;   /* which of its numbers begin the next stretch */
    guint numbers_left;   /* pictures of this stretch that were not read yet */
    int64_t pts_offset;   /* to be added to the stretch's pts */
    bool no_times;        /* times must come from the rate */
    AVRational time_base; /* of its stamps; by the stated rate where that makes the clock */
    AVRational rate;      /* the nominal one; 0/1 = unknown */
    AVRational own_rate;  /* what the file says of itself */
    double stated_rate;   /* 0 = none */
    bool rate_taken;      /* the stated rate makes the clock */
    int64_t size;         /* when opened */
    struct timespec changed;
} Demuxer;

/* See replay_open. `remarks` (of char *) gets what is odd but readable. The demuxer must stay where it is
 * until it is closed, also after a failure. */
bool demuxer_open(Demuxer *demuxer, const char *path, const DemuxerRequest *request, GPtrArray *remarks,
                  GError **error);
void demuxer_close(Demuxer *demuxer);
/* Looks for the nominal rate again: some decoders know it only after the first picture. */
void demuxer_find_rate(Demuxer *demuxer);
/* Goes on behind a hole in the numbers. False without an error: there is nothing behind. */
bool demuxer_next_numbers(Demuxer *demuxer, GError **error);
/* Goes on in the stream that follows, with a new decoder; NULL: none does. */
AVStream *demuxer_next_stream(Demuxer *demuxer);
/* False with an INPUT error when the file was written to since it was opened. */
bool demuxer_is_unchanged(const Demuxer *demuxer, GError **error);
/* Where the file begins on its own clock, with sound or pictures; TIME_UNKNOWN = it does not say. */
int64_t demuxer_begin_us(const Demuxer *demuxer);

#endif
