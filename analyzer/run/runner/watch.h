/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All the rules of a job, looking at the same observations: measured now, or saved by an earlier run. */
#ifndef VSAUDIT_RUNNER_WATCH_H
#define VSAUDIT_RUNNER_WATCH_H

#include "records/observation.h"
#include "runner/plan.h"

typedef struct Watch Watch;
/* Starts every look of the job. One that cannot start on this clip says why in its record; the others go on.
 */
Watch *watch_new(const PlanJob *job, double aspect);
void watch_show(Watch *watch, const Observation *observation);
/* Ends the rules; what they said, of LookRecord *, in the order of the job's looks. Belongs to the watch. */
const GPtrArray *watch_finish(Watch *watch, int64_t duration_us);
void watch_free(Watch *watch); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Watch, watch_free)

#endif
