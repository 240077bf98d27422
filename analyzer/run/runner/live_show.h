/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a camera is to show of one clip to a live system, as the job's probe has it (config/probes.h). Inside
 * runner/ only.
 *
 * Grey, flashes before the first clip of all, the clip's first picture held, the clip, its last picture held.
 * mirrored: left and right are exchanged. delayed: the first picture is held PROBE_DELAY_US
 * longer. interrupted: from PlanJob.probe_us on the camera is gone for PROBE_GAP_US, and until somebody
 * watches again. empty-hour: the scene of runner/probe_scene.h in place of the clip. */
#ifndef VSAUDIT_RUNNER_LIVE_SHOW_H
#define VSAUDIT_RUNNER_LIVE_SHOW_H

#include "config/system_live.h"
#include "live/arrival.h"
#include "live/camera.h"
#include "runner/clip_request.h"
#include "runner/probe_scene.h"
#include "runner/worker.h"

#define LIVE_FLASH_US US_PER_SECOND /* black and white */

enum { LIVE_SHOWS_MOST = 6 };

/* Belongs where it is: it points into itself. */
typedef struct {
    Show shows[LIVE_SHOWS_MOST];
    size_t count;
    ArrivedShow arrived; /* all but `play` */
    int flashes;         /* which thing they are; -1: none */
    ClipRequest files;
    char *condition;
    ProbeScene *scene;
    FeedMade made;
} LiveShow;

/* `flashes`: with them, and the warm-up before them. False with the error of a replay: the empty scene could
 * not be made. Clear it in either case, when its camera shows something else. */
bool live_show_make(LiveShow *show, const LiveOptions *live, const WorkerJob *order, bool flashes,
                    GError **error);
void live_show_clear(LiveShow *show);
/* How long is what is shown of the job’s clip. */
int64_t live_show_length_us(const WorkerJob *order);

#endif
