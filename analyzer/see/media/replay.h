/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replays whatever libav can read: a video file, a stream without time stamps (its nominal rate is taken, and
 * the record says so), an image sequence ("folder/frame%04d.jpg", 25 a second unless a rate is stated).
 *
 * Times are PTS, in microseconds from the first frame, where the file's clock is sound; where it is not the
 * rule of media/timeline.h places the pictures, leaves none out, and the record says what was done. Each
 * picture is turned upright (rotation flag), passed through the condition's filter graph, and scaled once to
 * what the caller asks for. Memory does not grow with the clip's length; a clip cannot make libav open
 * another file.
 *
 * The data-quality record notices what libav conceals. A picture is not sound when the decoder flags it or
 * complains about it, and when it is predicted from such a one (until the next key picture); packets that
 * gave no picture, the tail that the container promises, and time lost to reading errors count likewise
 * (`undecoded`). Time between sound pictures for which none vouches is `unseen`, not `undecoded`;
 * `watched_us` is without both.
 *
 * The luma hash chain covers the decoded luma before any condition: link(n) = BLAKE2b-256 over link(n-1), the
 * time t in µs (8 bytes, little endian), width and height as coded (4 bytes each, little endian) and the rows
 * of the first plane as decoded (luma, or all of it where the format is packed); link(-1) is 32 zero bytes.
 *
 * A condition is a libavfilter graph of filters that only change pictures ("eq=brightness=-0.3,gblur=2"; the
 * list is in media/condition.c), or "recompress=qp=N" (a round through H.264 at quantiser N, 1 to 51), or
 * that, a comma and a graph. */
#ifndef VSAUDIT_MEDIA_REPLAY_H
#define VSAUDIT_MEDIA_REPLAY_H

#include "records/quality.h"

#include <stdbool.h>
#include <stdint.h>

/* Lists are copied by replay_open. */
typedef struct {
    int max_width;   /* working pictures are scaled down, keeping the aspect, to at most this; 0 = as they are
                      */
    double max_rate; /* at most so many pictures per second are delivered (by PTS); 0 = all. All are decoded
                        and hashed. */
    bool colour;     /* also deliver BGR */
    double rate; /* pictures per second, as the dataset states it; 0 = not stated. It makes the clock where
                    the file has none (raw streams, numbered pictures: else what the codec says, else 25) or
                    only counts pictures (AVI). A file's own time stamps are not overridden; a stated rate
                    that contradicts them is told in the remarks. */
    const char *const *files; /* the clip is several files that follow each other: NULL-terminated paths; then
                                 `path` only names the clip in errors. NULL = the one file at `path` */
    const int64_t *starts_us; /* one for each of `files`: the t at which its first picture stands, as stated;
                                 TIME_UNKNOWN = by the files' own clocks where these go on, else one usual
                                 step after the file before. NULL = none is stated */
    bool hash;                /* compute the SHA-256 of each file, through the descriptor that is decoded */
    const char *const *sha256; /* one for each of `files` (or the one file), as expected; NULL, or an entry
                                  NULL = not stated. Another hash is an INTEGRITY error: of replay_open for
                                 the first file, of replay_next for a later one */
    bool steady_clock; /* the clip's clock is known to be sound (ClipQuality: not clock_mended), so that
                          pictures of evidence may be reached by jumps; else all before them is decoded */
    bool no_chain;     /* leave out the hash chain (luma_chain stays NULL): for pictures of evidence, not for
                          results */
    const char *condition; /* a libavfilter graph ("eq=brightness=-0.3,gblur=2"); NULL or "" = as recorded */
    int max_height; /* as max_width; with both, whichever is less */
    bool stretch;   /* exactly max_width x max_height (both > 0), whatever the aspect */
    bool no_luma;   /* deliver no luma (then BGR) */
} ReplayRequest;

/* One delivered picture; the memory belongs to the replay and lives until the next call. */
typedef struct {
    int64_t t_us;
    int64_t duration_us; /* to the next delivered one; the last one's reaches to the end of the stream */
    int width, height;
    const uint8_t *luma; /* 8 bits, full range 0..255; NULL with no_luma */
    int luma_stride;
    const uint8_t *bgr; /* 3 bytes a pixel; NULL unless asked for */
    int bgr_stride;
    bool damaged; /* the decoder flagged it as damaged or concealed */
} ReplayFrame;

typedef enum { REPLAY_FRAME, REPLAY_END, REPLAY_ERROR } ReplayStatus;
typedef struct Replay Replay;

/* Opens a clip. NULL with an INPUT error in one sentence: no such file, empty file, not a video, no video
 * stream, unknown codec, not one picture that decodes, bad filter graph (the condition is quoted). The first
 * picture is decoded here. */
Replay *replay_open(const char *path, const ReplayRequest *request, GError **error);
/* The next picture. Damage inside a stream is no error: it is counted and leaves a span in the record.
 * REPLAY_ERROR only when the harness itself cannot go on. */
ReplayStatus replay_next(Replay *replay, ReplayFrame *frame, GError **error);
/* Complete after REPLAY_END; owned by the replay. */
const ClipQuality *replay_quality(const Replay *replay);
/* The SHA-256 (64 hex digits) of the n-th file when request.hash or request.sha256 asked for it; NULL: it did
 * not, or the clip is numbered pictures. Owned by the replay. */
const char *replay_sha256(const Replay *replay, size_t n);
double replay_aspect(const Replay *replay); /* width / height as displayed */
void replay_close(Replay *replay);          /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Replay, replay_close)

/* False with an INPUT error, the one of a replay, when the file holds another film behind the first, of which
 * no picture can be read. Reads the file and decodes nothing; what cannot be opened is left to a replay. */
bool replay_check_joined(const char *path, GError **error);

/* Checks a condition's filter graph without a clip. False with an INPUT error. */
bool replay_check_condition(const char *graph, GError **error);

#endif
