/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An earlier run whose saved observations stand in for the video: rules and their parameters can be changed
 * and run again without decoding. What was measured must be what this plan would measure: same clip by its
 * hash, same condition, same perception. */
#ifndef VSAUDIT_RUNNER_EARLIER_H
#define VSAUDIT_RUNNER_EARLIER_H

#include "runner/plan.h"
#include "runner/worker.h"

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

/* A PoolWork like worker_run, for a WorkerJob with `known`: lets the rules look at the saved observations. */
json_t *earlier_run(gconstpointer job, PoolPulse *pulse, GError **error);
/* A PoolSpec.confine of it. */
void earlier_confine(gconstpointer job, SandboxSpec *spec);
/* In the parent, when the job is done: its observations belong to the new run as well, under the name that
 * `record` has. Nothing is done for a job that looked at video. False with a HARNESS error. */
bool earlier_take_over(const WorkerJob *order, const JobRecord *record, GError **error);

#endif
