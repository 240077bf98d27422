/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a live system tells while its cameras play: each message is read by the map and heard by the camera
 * that it is about. Which one that is says its row (by the camera's name or number), else the sink; with one
 * camera all are about it. A row that names none of several is nobody's: counted, and told. Inside runner/
 * only. */
#ifndef VSAUDIT_RUNNER_LIVE_EAR_H
#define VSAUDIT_RUNNER_LIVE_EAR_H

#include "runner/live_lane.h"
#include "runner/live_stage.h"

typedef struct {
    const LiveStage *stage;
    LiveLane *lanes;          /* stage->lanes of them */
    SinkCounts told;          /* of all sinks together, of which a clip was told */
    int64_t delay_us, own_us; /* by the flashes; TIME_UNKNOWN: not measured */
    int64_t early;            /* alarms that began before the flashes: it alarms at grey */
    int64_t unplaced;         /* rows that named no camera, of which no clip was told */
} LiveEar;

/* Both must outlive it. */
void live_ear_init(LiveEar *ear, const LiveStage *stage, LiveLane *lanes);
/* What comes within wait_us, and what waits; so much at most that one who floods does not keep us from the
 * cameras. */
void live_ear_hear(LiveEar *ear, int64_t wait_us);
/* All that had come by now, however much. */
void live_ear_hear_rest(LiveEar *ear);
bool live_ear_is_flooded(const LiveEar *ear);
/* What there is to be told with the clip of a camera, with the notes of the sinks among its remarks: the part
 * of "live" (live_run.h) that is no camera's own. Caller owns. */
json_t *live_ear_describe(LiveEar *ear, LiveLane *lane);
/* A clip is over: the next one is not told of what was heard so far. */
void live_ear_forget(LiveEar *ear);

#endif
