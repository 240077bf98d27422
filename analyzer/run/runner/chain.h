/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chains: jobs that one process of a system works through, in the order of the plan, where they stand beside
 * each other and have one digest. All other jobs are a chain of their own. */
#ifndef VSAUDIT_RUNNER_CHAIN_H
#define VSAUDIT_RUNNER_CHAIN_H

#include "runner/worker.h"

/* Whether a job of the chain is to be run: then all of them are. `again`: failed ones are tried again. */
bool chain_is_open(const Plan *plan, const GPtrArray *records, const PlanJob *job, bool again);
/* Says of each order (of WorkerJob, in the order of the plan) how many belong to its chain from there on, and
 * its place; the first orders of the chains, of const WorkerJob *, in `heads`. */
void chain_join(const Plan *plan, GArray *orders, GPtrArray *heads);
/* The footage of a chain from an order on, 0 = not known. */
int64_t chain_length_us(const WorkerJob *order);
/* Seconds that a chain from an order on has besides what its footage is worth, as PoolSpec asks: those of the
 * clock of one that is live; else 0. */
double chain_grace_s(gconstpointer order);

#endif
