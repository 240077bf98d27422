/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replays whatever libav can read: a video file, a stream without time stamps, an image sequence
 * (frame%04d.jpg).
 *
 * Times are PTS, in microseconds from the first frame. Each picture is turned upright (rotation flag), passed
 * through the condition's filter graph, and scaled once to what the caller asks for. The data-quality record
 * notices what libav conceals. The luma hash chain covers the decoded luma before any condition: link(n) =
 * BLAKE2b-256 over link(n-1), the PTS in µs (8 bytes, little endian), width and height (4 bytes each, little
 * endian) and the rows of the luma plane as decoded; link(-1) is 32 zero bytes. */
#ifndef VSAUDIT_MEDIA_REPLAY_H
#define VSAUDIT_MEDIA_REPLAY_H

#include "records/quality.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int max_width;   /* working pictures are scaled down, keeping the aspect, to at most this; 0 = as they are
                      */
    double max_rate; /* at most so many pictures per second are delivered (by PTS); 0 = all. All are decoded
                        and hashed. */
    bool colour;     /* also deliver BGR */
    double assumed_rate; /* pictures per second of a stream without time stamps; 0 = what its codec says, else
                            25 */
    bool no_chain; /* leave out the hash chain (luma_chain stays NULL): for pictures of evidence, not for
                      results */
    const char *condition; /* a libavfilter graph ("eq=brightness=-0.3,gblur=2"); NULL or "" = as recorded */
} ReplayRequest;

/* One delivered picture; the memory belongs to the replay and lives until the next call. */
typedef struct {
    int64_t t_us;
    int64_t duration_us; /* to the next delivered one; the last one's reaches to the end of the stream */
    int width, height;
    const uint8_t *luma; /* 8 bits, full range 0..255 */
    int luma_stride;
    const uint8_t *bgr; /* 3 bytes a pixel; NULL unless asked for */
    int bgr_stride;
    bool damaged; /* the decoder flagged it as damaged or concealed */
} ReplayFrame;

typedef enum { REPLAY_FRAME, REPLAY_END, REPLAY_ERROR } ReplayStatus;
typedef struct Replay Replay;

/* Opens a clip. NULL with an INPUT error in one sentence: no such file, empty file, not a video, no video
 * stream, unknown codec, bad filter graph (the condition is quoted). */
Replay *replay_open(const char *path, const ReplayRequest *request, GError **error);
/* The next picture. Damage inside a stream is no error: it is counted and leaves a span in the record.
 * REPLAY_ERROR only when the harness itself cannot go on. */
ReplayStatus replay_next(Replay *replay, ReplayFrame *frame, GError **error);
/* Complete after REPLAY_END; owned by the replay. */
const ClipQuality *replay_quality(const Replay *replay);
double replay_aspect(
    const Replay *replay); /* width / height as displayed; known from the first frame on, else by header */
void replay_close(Replay *replay); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Replay, replay_close)

/* Checks a condition's filter graph without a clip. False with an INPUT error. */
bool replay_check_condition(const char *graph, GError **error);

#endif
