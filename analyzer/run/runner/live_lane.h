/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One camera of a live system, and the clip that it shows: from the programme to the clip's result. Knows
 * nothing of the product's life nor of what sinks are. Inside runner/ only. */
#ifndef VSAUDIT_RUNNER_LIVE_LANE_H
#define VSAUDIT_RUNNER_LIVE_LANE_H

#include "live/alarms.h"
#include "runner/live_show.h"

typedef struct {
    const LiveOptions *live;
    Camera *camera; /* the server's */
    Alarms *alarms;
    int play;                                /* of the clip; -1: none yet */
    int64_t before_pictures, before_dropped; /* done before this clip */
    /* of the clip: */
    const WorkerJob *order; /* NULL: none is shown */
    LiveShow show;
    GPtrArray *remarks; /* of char * */
    int64_t
        waits_since_us; /* monotonic: since when nobody watches that should; TIME_UNKNOWN: somebody does */
} LiveLane;

/* `behaviours` as of alarms_new. */
void live_lane_init(LiveLane *lane, const LiveOptions *live, Camera *camera, const char *const *behaviours);
/* After the camera's server has stopped, or its show is over. */
void live_lane_clear(LiveLane *lane);

/* Begins a clip: the first of all (after the warm-up, with flashes), or another; the last of this camera,
 * which says goodbye. False with an error of the clip. */
bool live_lane_play(LiveLane *lane, const WorkerJob *order, bool first, bool last, GError **error);

/* What one message says of this camera (of MappedAlert *; NULL: a broker had kept it), by when it came. How
 * many alarms began with it. `counted`: the message is,
 * with another camera. */
guint live_lane_hear(LiveLane *lane, const GPtrArray *mapped, int64_t arrived_us, bool counted);
void live_lane_remark(LiveLane *lane, const char *text); /* each once, the first few */

typedef enum { LANE_SHOWING, LANE_ENDED, LANE_UNWATCHED, LANE_FAILED } LaneState;

/* How the clip is getting on. UNWATCHED: nobody has watched for connect_us who should; FAILED: with an error.
 * `watched`: set when somebody watches, or did. */
LaneState live_lane_look(LiveLane *lane, bool *watched, GError **error);
/* How much of the clip was shown by now, µs. */
int64_t live_lane_done_us(LiveLane *lane);
/* When the first black picture of its flashes was sent; false: not yet, or it has none. */
bool live_lane_black(LiveLane *lane, Moment *black);

/* All of the clip that is in it is shown and heard: what came of it. `besides` is put into what was said as
 * "live" (runner/live_run.h), and taken; `name`: of the product. NULL with an INPUT error: nobody watched the
 * clip. */
json_t *live_lane_finish(LiveLane *lane, json_t *besides, const char *name, GError **error);
/* The clip is over, well or not: it is cleared away with what was heard of it. */
void live_lane_end(LiveLane *lane);

#endif
