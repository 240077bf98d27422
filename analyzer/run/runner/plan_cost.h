/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the probes of a plan cost besides what the audit asks for itself: replays, and media time. */
#ifndef VSAUDIT_RUNNER_PLAN_COST_H
#define VSAUDIT_RUNNER_PLAN_COST_H

#include "runner/plan.h"

typedef struct {
    int64_t jobs, us;             /* of the audit itself */
    int64_t probe_jobs, probe_us; /* of the probes */
    int64_t unknown,
        probe_unknown; /* of these jobs, such whose clip's length is not stated; not in the times */
} PlanCost;

PlanCost plan_cost(const Plan *plan);
/* "probes: 281 replays besides 26 (0.94 h of media time besides 0.09 h, without 3 clips whose length is not
 * stated)"; NULL: there are none. Caller frees. */
char *plan_cost_text(const Plan *plan);
/* To which systems which probes do not apply, a sentence each: of char *; caller unrefs. */
GPtrArray *plan_probe_remarks(const Plan *plan, const Audit *audit);

#endif
