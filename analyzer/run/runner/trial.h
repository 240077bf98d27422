/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run tries before it begins, because it is a user's text or file given to a large library: filter
 * graphs and networks. `vsaudit check` tries the same. */
#ifndef VSAUDIT_RUNNER_TRIAL_H
#define VSAUDIT_RUNNER_TRIAL_H

#include "runner/plan.h"

#include <signal.h>

/* Live systems first of all by their maps and ports (live_trial.h). Each distinct filter graph and network of
 * the plan once, in a process of its own with a limit of its memory (MiB, 0 = none) and of its time. Adds
 * what is wrong; false when there is anything. `cancel`: as in PoolSpec. */
bool trial_read(const Plan *plan, int64_t memory_mib, volatile sig_atomic_t *cancel, Problems *problems);

/* Whether the files of a dataset that are here each hold one film (replay_check_joined). A run, which reads
 * them anyway, says it of the clip; `vsaudit check` says it before. Adds what is wrong; false when there is
 * anything. */
bool trial_clips(const Dataset *dataset, Problems *problems);

#endif
