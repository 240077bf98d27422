/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: a clip's decoded pictures with their times, of one file or of several that follow each
 * other. A few pictures are read ahead, so that the clock can be judged (media/timeline.h). */
#ifndef VSAUDIT_MEDIA_SOURCE_H
#define VSAUDIT_MEDIA_SOURCE_H

#include "media/av.h"
#include "media/replay.h"

typedef struct Source Source;

typedef struct {
    int64_t t_us; /* from the first picture; always advances */
    bool damaged; /* flagged by the decoder, or predicted from such a one since the last key picture */
} SourceFrame;

typedef enum { SOURCE_FRAME, SOURCE_END, SOURCE_ERROR } SourceStatus;

/* See replay_open; `quality` is filled on the way and must outlive the source, and so must the request's
 * lists. */
Source *source_open(const char *path, const ReplayRequest *request, ClipQuality *quality, GError **error);
/* `frame` is unreferenced first. At the end the quality record is settled (all but the chain). */
SourceStatus source_next(Source *source, AVFrame *frame, SourceFrame *about, GError **error);
/* Jumps to the last key picture at or before t_us, where that is safe; the quality record is of no use
 * afterwards. False: nothing has changed. */
bool source_seek(Source *source, int64_t t_us);
const char *source_sha256(const Source *source, size_t n); /* see replay_sha256 */
int64_t source_end(const Source *source);                  /* where the last picture so far ends, µs */
/* Header facts: pixel aspect (1:1 when unknown), the display matrix (NULL: upright). */
AVRational source_pixel_aspect(const Source *source, const AVFrame *frame);
const int32_t *source_matrix(const Source *source);
void source_close(Source *source); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Source, source_close)

#endif
