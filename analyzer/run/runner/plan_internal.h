/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside runner/ only: how jobs come into a plan. */
#ifndef VSAUDIT_RUNNER_PLAN_INTERNAL_H
#define VSAUDIT_RUNNER_PLAN_INTERNAL_H

#include "runner/plan.h"

/* The job of that dataset, clip, condition and digest; a new one where there is none. `index`: of PlanJob *
 * by these, owned by whoever plans. */
PlanJob *plan_job(Plan *plan, GHashTable *index, const Scenario *scenario, const Clip *clip,
                  const ConditionSpec *condition, const ParamList *perception, const char *digest);
/* The job in which the system, or a variant of one, sees the clip. */
PlanJob *plan_engine_job(Plan *plan, GHashTable *index, const Scenario *scenario, const SystemSpec *system,
                         const Clip *clip, const ConditionSpec *condition, const json_t *description);
/* Unless it is there. */
void plan_add_once(GPtrArray *scenarios, const Scenario *scenario);
void plan_add_look(PlanJob *job, const Scenario *scenario, const SystemSpec *system);
/* Tries the rule on the clip's drawing, so that a wrong parameter or a zone that is not there is told before
 * hours of replay. */
bool plan_try_look(const Scenario *scenario, const SystemSpec *system, const Clip *clip, GError **error);
/* Once all jobs are there. */
void plan_add_parts(Plan *plan);

#endif
