/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a worker does for a system that runs: replays the clip as for our own eyes, with the same times, the
 * same record of its quality, and shows it to the system instead. */
#ifndef VSAUDIT_RUNNER_ENGINE_RUN_H
#define VSAUDIT_RUNNER_ENGINE_RUN_H

#include "runner/worker.h"

/* As worker_run, for the jobs of a chain with an engine, in their order; all but the last are sent as parts
 * (pool_send_part). It ends with the job on which the system failed: those behind it are left undone. A fault
 * of the system is an INPUT error that begins with its command; the tail of its standard error goes to ours.
 */
json_t *engine_run(const WorkerJob *orders, PoolPulse *pulse, GError **error);

#endif
