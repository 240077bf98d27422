/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time line of a camera: which picture was sent when. Written by the camera's thread, read by any. */
#ifndef VSAUDIT_LIVE_MOMENTS_H
#define VSAUDIT_LIVE_MOMENTS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A picture was handed to the network. */
typedef struct {
    int64_t wall_us;   /* g_get_monotonic_time, when its first byte was */
    int64_t t_us;      /* its place in its clip, from PTS, as a replay has it */
    int64_t newest_us; /* the latest place in that clip that was sent so far: pictures are not always sent in
                          their order, and what was not sent was not seen */
    int32_t play;      /* which programme of this camera, from 0 */
    int32_t round;     /* which time round in a loop, from 0 */
    int32_t show;      /* which thing of the programme */
} Moment;

#define MOMENTS_LOOP (1 << 20)

typedef struct Moments Moments;

Moments *moments_new(void);
void moments_free(Moments *moments); /* NULL is fine */
/* wall_us must not go back; newest_us is filled in here. Of a loop that goes on and on the last rounds are
 * kept: at least the present one and the one before, and where these are short MOMENTS_LOOP pictures. */
void moments_add(Moments *moments, Moment moment);
/* Forgets all before that programme. */
void moments_forget(Moments *moments, int play);
/* The last picture sent at or before wall_us: what a message that arrives then can have been about. False:
 * none was sent by then. */
bool moments_at(Moments *moments, int64_t wall_us, Moment *moment);
/* The first picture sent of the given play and thing whose place is t_us or later; false: none. */
bool moments_find(Moments *moments, int play, int show, int64_t t_us, Moment *moment);
/* All so far, a GArray of Moment that the caller unreferences. */
GArray *moments_copy(Moments *moments);
size_t moments_count(Moments *moments);

#endif
