/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All the rules of a job, looking at the same observations: measured now, or saved by an earlier run. */
#ifndef VSAUDIT_RUNNER_ONLOOKERS_H
#define VSAUDIT_RUNNER_ONLOOKERS_H

#include "records/observation.h"
#include "records/observation_io.h"
#include "records/quality.h"
#include "runner/plan.h"
#include "runner/pool.h"

typedef struct Onlookers Onlookers;
/* Starts every look of the job. One that cannot start on this clip says why in its record; the others go on.
 */
Onlookers *onlookers_new(const PlanJob *job, double aspect);
void onlookers_show(Onlookers *onlookers, const Observation *observation);
/* All that were saved, each a step of the pulse; `quality` (may be NULL) gets their number and length. */
bool onlookers_show_all(Onlookers *onlookers, ObservationReader *reader, PoolPulse *pulse,
                        ClipQuality *quality, GError **error);
/* Ends the rules; what they said, of LookRecord *, in the order of the job's looks. Belongs to the watch. */
const GPtrArray *onlookers_finish(Onlookers *onlookers, int64_t duration_us);
void onlookers_free(Onlookers *onlookers); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Onlookers, onlookers_free)

#endif
