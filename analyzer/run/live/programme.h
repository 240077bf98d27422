/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a camera shows, one thing after the other, and the arithmetic of when. Pure: nothing here reads a file
 * or a clock.
 *
 * Three times are told apart, all in µs. `t_us` is a picture's place in its clip, as a replay has it. STREAM
 * TIME is that of the camera's own stream: it runs on from thing to thing, also over silence, and is what
 * clients see in RTP's stamps. WALL TIME is the machine's monotonic clock (g_get_monotonic_time); stream time
 * runs `speed` times as fast. */
#ifndef VSAUDIT_LIVE_PROGRAMME_H
#define VSAUDIT_LIVE_PROGRAMME_H

#include "media/feed.h"

typedef enum {
    SHOW_CLIP,    /* a clip from its first picture to its last */
    SHOW_FLASHES, /* drawn: black, then `flashes` times white and black, in the size of the clip after it */
    SHOW_GREY,    /* drawn: a still grey picture for lasts_us, in the size of the clip after it: what a client
                     may miss that connects, looks, and connects again */
    SHOW_HELD, /* a still picture for lasts_us: the first of the clip after it; where none comes, the last of
                  the clip before */
    SHOW_SILENCE, /* connections stay, nothing is sent, for lasts_us */
    SHOW_OUTAGE,  /* connections are closed and refused, for lasts_us: the camera is gone */
} ShowKind;

/* One thing of a programme. */
typedef struct {
    ShowKind kind;
    const char *const *files; /* SHOW_CLIP: NULL-terminated; see FeedRequest */
    const int64_t *starts_us; /* SHOW_CLIP: see FeedRequest; NULL = not stated */
    double rate;              /* SHOW_CLIP: see FeedRequest */
    const char *condition;    /* SHOW_CLIP: see FeedRequest; NULL = as recorded */
    const char *sha256;       /* SHOW_CLIP: see FeedRequest; NULL = not stated */
    const FeedMade *made;     /* SHOW_CLIP: see FeedRequest; NULL = of files. Not copied */
    bool mirrored;            /* SHOW_CLIP: see FeedRequest */
    int64_t cut_us;           /* SHOW_CLIP: at its first picture from there on the camera is gone, as in an
                                 outage of lasts_us, and then waits for as many clients as the programme did; 0 =
                                 nowhere */
    int flashes;              /* SHOW_FLASHES: > 0 */
    int64_t lasts_us;         /* SHOW_FLASHES: one flash, black and white; else the whole, in stream time */
} Show;

/* Copies; freed by programme_free. */
typedef struct {
    Show *shows;
    size_t count;
} Programme;

Programme *programme_new(const Show *shows, size_t count);
void programme_free(Programme *programme); /* NULL is fine */
/* The clip that comes first at or after `from`; `count` = there is none. */
size_t programme_next_clip(const Programme *programme, size_t from);

/* ---- from a clip's feed to stream time */

/* Zero to begin with: stream time begins at 0. */
typedef struct {
    int64_t base_us;  /* stream time at which this thing's first picture is sent */
    int64_t free_us;  /* where the next thing may begin to be sent … */
    int64_t shown_us; /* … and to be shown */
} Placing;

typedef struct {
    int64_t send_us, show_us; /* stream time */
} Place;

/* The next thing begins; its first picture is shown `delay_us` after it is sent (pictures that look ahead are
 * sent in another order). It is sent as soon as neither sending nor showing goes back. */
void placing_begin(Placing *placing, int64_t delay_us);
/* A picture of it, by the times of its feed. */
Place placing_place(Placing *placing, int64_t send_us, int64_t show_us, int64_t lasts_us);
/* Time in which nothing is sent. */
void placing_pass(Placing *placing, int64_t lasts_us);
/* Nothing may begin before this stream time: it has passed. */
void placing_not_before(Placing *placing, int64_t stream_us);

/* ---- from stream time to wall time */

typedef struct {
    int64_t wall_us, stream_us; /* that are the same moment */
    double speed;               /* > 0 */
} Pace;

int64_t pace_wall(const Pace *pace, int64_t stream_us);
int64_t pace_stream(const Pace *pace, int64_t wall_us);

#endif
