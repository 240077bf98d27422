/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes small clips of every kind for the tests of media/, through libav. */
#ifndef VSAUDIT_TESTS_MEDIA_CLIPS_H
#define VSAUDIT_TESTS_MEDIA_CLIPS_H

#include "media/replay.h"

#include <libavutil/pixfmt.h>
#include <libavutil/rational.h>

typedef struct {
    const char *encoder; /* libavcodec's name */
    enum AVPixelFormat format;
    int width, height, count;
    int rate;                /* of the time base and the rate; 0 = 25 */
    const int64_t *pts;      /* count of them, in ms; NULL = regular */
    int b_frames, gop;       /* gop 0 = 12 */
    int rotation;            /* degrees clockwise that the file asks for */
    AVRational pixel_aspect; /* 0 = not said */
    bool full_range;         /* said of YUV */
    bool index_first;        /* mp4: moov before mdat */
    int flat;                /* > 0: every sample of plane 0 has this value; else a moving pattern */
    bool gliding; /* a soft texture, black in places, that moves by half samples, as in real pictures */
    int changed_picture;           /* one luma sample of this picture differs by one; -1 = none */
    int bright_from, bright_count; /* these pictures are white: an event; count 0 = none */
    const char *muxer;             /* NULL = by the name */
} ClipSpec;

#define CLIP_DEFAULT                          \
    ((ClipSpec){.encoder = "libx264",         \
                .format = AV_PIX_FMT_YUV420P, \
                .width = 96,                  \
                .height = 64,                 \
                .count = 30,                  \
                .changed_picture = -1})

/* A folder of its own, removed with clips_folder_free. */
char *clips_folder_new(void);
void clips_folder_free(char *folder);
/* For groups of tests whose state is such a folder. */
int clips_set_up(void **state);
int clips_tear_down(void **state);
/* Whether libav has this encoder here. */
bool clip_can_encode(const char *encoder);
/* Makes the clip; returns its path (caller frees). Fails the test when it cannot. */
char *clip_make(const char *folder, const char *name, const ClipSpec *spec);
/* Copies a part of a file: the first `share` of it. */
char *clip_cut(const char *path, const char *name, double share);
/* Copies a file with `count` bytes from `from` (share of the length) on replaced by seeded random ones. */
char *clip_damage(const char *path, const char *name, double from, size_t count);

/* All delivered pictures of a clip. */
typedef struct {
    GArray *times;    /* int64_t */
    GArray *ends;     /* int64_t: t + duration */
    GArray *means;    /* double: mean brightness */
    GPtrArray *lumas; /* uint8_t *, rows without padding */
    int width, height;
    int64_t damaged;
    ClipQuality *quality;
} Played;
/* NULL with an error when the clip cannot be opened; fails the test on REPLAY_ERROR. */
Played *clip_play(const char *path, const ReplayRequest *request, GError **error);
/* The same, and fails the test with the error's words. */
Played *clip_play_well(const char *path, const ReplayRequest *request);
void played_free(Played *played);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Played, played_free)

#endif
