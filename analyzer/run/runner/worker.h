/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one worker process does: replays a clip once, measures every picture, lets every behaviour look at the
 * measurements, and saves them. Its memory does not grow with the clip. */
#ifndef VSAUDIT_RUNNER_WORKER_H
#define VSAUDIT_RUNNER_WORKER_H

#include "runner/plan.h"
#include "runner/pool.h"

typedef struct {
    const PlanJob *job; /* its clip has a path */
    const char *folder; /* of the run; has a folder observations/ */
    bool save_observations;
    /* For earlier_run: what an earlier run in the folder `earlier` knows of the job (done). NULL for
     * worker_run. */
    const JobRecord *known;
    const char *earlier;
    /* Of a system that is live: what our own eyes’ job knows of the clip (done); else NULL. */
    const JobRecord *seen;
    /* A system that runs may be shown several clips by one process: this order and those that stand behind it
     * in memory, `chain_length` of them; else 1. */
    guint chain_length;
    guint chain_place; /* of the job in its whole chain, from 0 */
} WorkerJob;

/* A PoolWork: `job` is a WorkerJob. The message of message_build, or an error: INPUT (the clip, or truth that
 * does not fit it), INTEGRITY (the file is not what the manifest's hash says), HARNESS. */
/* What it may read and write: a system that runs is started first, and confined in its own way. */
void worker_confine(gconstpointer job, SandboxSpec *spec);
json_t *worker_run(gconstpointer job, PoolPulse *pulse, GError **error);
/* The file of a job's observations, relative to the run's folder: the same for the same job. Caller frees. */
char *worker_observations_name(const PlanJob *job);

/* Whether the clip is as long as its manifest states, and what is said to happen on it lies within it, for
 * the behaviours that are scored there; an INPUT error else. Of a cut clip what is missing is noted in the
 * record. */
bool worker_check_truth(const PlanJob *job, ClipQuality *quality, GError **error);

#endif
