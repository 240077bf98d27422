/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An earlier run whose saved observations stand in for the video: rules and their parameters can be changed
 * and run again without decoding. What was measured must be what this plan would measure: same clip by its
 * hash, same condition, same perception. */
#ifndef VSAUDIT_RUNNER_EARLIER_H
#define VSAUDIT_RUNNER_EARLIER_H

#include "runner/plan.h"
#include "runner/pool.h"

typedef struct Earlier Earlier;

/* Opens the run in `folder` and checks that it has what every job of the plan needs. NULL with an error that
 * says in a sentence what differs: INPUT (a clip or condition that it lacks, other perception, no
 * observations saved, not finished), INTEGRITY (measured on another file than the manifest names or than is
 * here). */
Earlier *earlier_open(const char *folder, const Plan *plan, GError **error);
/* What the earlier run knows of a job of the plan; belongs to the earlier run. Done, failed or missing. */
const JobRecord *earlier_record(const Earlier *earlier, const PlanJob *job);
/* Absolute path of the run's folder. */
const char *earlier_folder(const Earlier *earlier);
void earlier_free(Earlier *earlier); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Earlier, earlier_free)

/* A PoolWork like worker_run, for a WorkerJob with `known`: lets the rules look at the saved observations and
 * puts the file into the new run's folder, too. */
json_t *earlier_run(gconstpointer job, PoolPulse *pulse, GError **error);

#endif
