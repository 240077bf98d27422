/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: the video streams of one file: which is read, which goes on where that one ends (an
 * encoder or a relay that came back under another number), and what is left unread. */
#ifndef VSAUDIT_MEDIA_STREAMS_H
#define VSAUDIT_MEDIA_STREAMS_H

#include "media/av.h"

typedef struct {
    GArray *counts; /* one for each stream of the file, as far as met */
    int chosen;     /* the first one that is read, as libav numbers it */
    bool several;   /* read one after the other … */
    int now;        /* … this one now */
} Streams;

void streams_init(Streams *streams);
void streams_clear(Streams *streams);
/* Chooses the stream to begin with: libav's best one, or, where the format may change its streams on the way,
 * the first of those that follow each other. NULL: there is none. Reads the file once where it must. */
AVStream *streams_choose(Streams *streams, AVFormatContext *file);
void streams_note(Streams *streams, const AVFormatContext *file, const AVPacket *packet);
/* After the end of `now`: the video stream, not read yet, that begins where it ends; NULL: none. The file is
 * then about to give that stream's first packet again. */
AVStream *streams_follow(Streams *streams, AVFormatContext *file, const AVStream *now);
int streams_count(const AVFormatContext *file);            /* video streams */
int streams_order(const AVFormatContext *file, int index); /* which of the video streams, from 0 */
char *streams_reason(const Streams *streams, const AVFormatContext *file); /* see ClipQuality; caller frees */

#endif
