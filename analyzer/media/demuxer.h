/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: a clip opened, its video stream and decoder found. No demuxer can open another file. */
#ifndef VSAUDIT_MEDIA_DEMUXER_H
#define VSAUDIT_MEDIA_DEMUXER_H

#include "media/av.h"

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
    bool no_times;           /* times must come from the rate */
    AVRational rate;         /* the nominal one; 0/1 = unknown */
    double assumed_rate;     /* by the caller; 0 = none */
    int64_t promised_frames; /* by the container's index; -1 = it does not say */
} Demuxer;

/* See replay_open. `remarks` (of char *) gets what is odd but readable. The demuxer must stay where it is
 * until it is closed, also after a failure. */
bool demuxer_open(Demuxer *demuxer, const char *path, const DemuxerRequest *request, GPtrArray *remarks,
                  GError **error);
void demuxer_close(Demuxer *demuxer);
/* Looks for the nominal rate again: some decoders know it only after the first picture. */
void demuxer_find_rate(Demuxer *demuxer);
/* The length that the container promises, µs; TIME_UNKNOWN when it does not. */
int64_t demuxer_promised_us(const Demuxer *demuxer);

#endif
