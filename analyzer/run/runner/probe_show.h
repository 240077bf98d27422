/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a job, as its probe has them (config/probes.h); those of the replay where it has none, or
 * one that the replay's condition sees to.
 *
 * mirrored: each picture's left and right exchanged. delayed: the first picture stands PROBE_DELAY_US longer,
 * shown at the clip's step; all others come that much later. interrupted: those from PlanJob.probe_us on come
 * PROBE_GAP_US later, and none comes between; nothing is lost. empty-hour: the median of at most
 * PROBE_SHOW_SAMPLES pictures from the whole clip, with a little seeded noise (no two pictures in a row are
 * the same), at the clip's mean step, for PlanJob.probe_us. */
#ifndef VSAUDIT_RUNNER_PROBE_SHOW_H
#define VSAUDIT_RUNNER_PROBE_SHOW_H

#include "media/replay.h"
#include "runner/plan.h"

#define PROBE_SHOW_SAMPLES 32

typedef struct ProbeShow ProbeShow;

/* Both must outlive it. */
ProbeShow *probe_show_new(const PlanJob *job, Replay *replay);
/* As replay_next; the replay is not to be asked beside it. */
ReplayStatus probe_show_next(ProbeShow *show, ReplayFrame *frame, GError **error);
/* How long is what is shown of a job’s clip that is so long itself; 0 or below: not known. */
int64_t probe_show_length_us(const PlanJob *job, int64_t duration_us);
void probe_show_free(ProbeShow *show); /* NULL is fine */

#endif
