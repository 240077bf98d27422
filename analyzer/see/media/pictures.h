/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: a clip's pictures under a condition, before they are scaled: what replays and stills
 * have in common. */
#ifndef VSAUDIT_MEDIA_PICTURES_H
#define VSAUDIT_MEDIA_PICTURES_H

#include "media/pixels.h"
#include "media/replay.h"
#include "records/quality.h"

typedef struct Pictures Pictures;

typedef struct {
    const AVFrame *frame; /* belongs to the pictures, lives until the next call */
    int64_t t_us;
    bool damaged;
} Picture;

typedef enum { PICTURES_NEXT, PICTURES_END, PICTURES_ERROR } PicturesStatus;

/* See replay_open. The record is filled on the way and must outlive them; so must the request's lists. */
Pictures *pictures_open(const char *path, const ReplayRequest *request, ClipQuality *quality, GError **error);
PicturesStatus pictures_next(Pictures *pictures, Picture *picture, GError **error);
/* See source_seek; false also under a condition, whose filters may remember the pictures before. */
bool pictures_seek(Pictures *pictures, int64_t t_us);
/* The turn that is left to the conversion, and the size it leads to. */
Turn pictures_turn(const Pictures *pictures);
void pictures_size(const Pictures *pictures, const Picture *picture, int max_width, int *width, int *height);
const char *pictures_sha256(const Pictures *pictures, size_t n); /* see replay_sha256 */
int64_t pictures_end(const Pictures *pictures);                  /* where the last picture so far ends, µs */
void pictures_close(Pictures *pictures);                         /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pictures, pictures_close)

#endif
