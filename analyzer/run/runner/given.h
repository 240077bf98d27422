/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clip without video: its file holds observations (records/observation_io.h) that somebody made, people who
 * marked tracks or another program. The rules look at them as at the program's own; what is to be blamed on
 * perception and what on a rule is then told apart, and video need not be passed on. */
#ifndef VSAUDIT_RUNNER_GIVEN_H
#define VSAUDIT_RUNNER_GIVEN_H

#include "runner/worker.h"

/* Whether the file holds observations, by its name: “.jsonl” or “.jsonl.gz”. */
bool given_is(const char *path);
/* As worker_run, whose record of the job (with the file's hash) is `record`. INPUT error for a condition: a
 * filter needs pictures. */
json_t *given_run(const WorkerJob *order, JobRecord *record, PoolPulse *pulse, GError **error);

#endif
