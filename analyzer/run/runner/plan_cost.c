/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/plan_cost.h"

#include "language/texts.h"
#include "runner/plan_probes.h"
#include "systems/engine.h"

#include <inttypes.h>

PlanCost plan_cost(const Plan *plan)
{
    PlanCost cost = {.jobs = 0};
    for (guint i = 0; i < plan->jobs->len; i++) {
        const PlanJob *job = g_ptr_array_index(plan->jobs, i);
        const int64_t us = MAX(job->clip->duration_us, 0);
        *(job->probe != NULL ? &cost.probe_jobs : &cost.jobs) += 1;
        *(job->probe != NULL ? &cost.probe_us : &cost.us) += us;
        *(job->probe != NULL ? &cost.probe_unknown : &cost.unknown) += us == 0;
    }
    return cost;
}

char *plan_cost_text(const Plan *plan)
{
    const PlanCost cost = plan_cost(plan);
    if (cost.probe_jobs == 0)
        return NULL;
    g_autofree char *unknown =
        cost.probe_unknown > 0
            ? g_strdup_printf(", without %" PRId64 " replay%s of clips whose length is not stated",
                              cost.probe_unknown, cost.probe_unknown == 1 ? "" : "s")
            : g_strdup("");
    return g_strdup_printf(
        "probes: %" PRId64 " replay%s besides %" PRId64 " (%.3g h of media time besides %.3g h%s)",
        cost.probe_jobs, cost.probe_jobs == 1 ? "" : "s", cost.jobs,
        (double)cost.probe_us / (double)US_PER_HOUR, (double)cost.us / (double)US_PER_HOUR, unknown);
}

/* What a system that runs is, by its jobs. */
static const json_t *description_of(const Plan *plan, const SystemSpec *system)
{
    for (guint i = 0; i < plan->jobs->len; i++) {
        const PlanJob *job = g_ptr_array_index(plan->jobs, i);
        for (guint l = 0; l < job->looks->len && job->probe == NULL; l++) {
            if (g_array_index(job->looks, PlanLook, l).system == system)
                return job->engine_description;
        }
    }
    return NULL;
}

static void remark(const Plan *plan, const Audit *audit, const Scenario *scenario, const SystemSpec *system,
                   GPtrArray *remarks)
{
    const json_t *description = engine_of(system) != NULL ? description_of(plan, system) : NULL;
    for (unsigned p = 0; p < PROBE_COUNT && plan_is_probed(system); p++) {
        const char *objection = audit->probes.asked[p]
                                    ? plan_probe_objection(audit, scenario, system, description, (ProbeId)p)
                                    : NULL;
        if (objection != NULL)
            g_ptr_array_add(remarks,
                            g_strdup_printf("probe %s does not apply to system %s of scenario %s: %s",
                                            probe_table[p].id, system->id, scenario->id,
                                            texts_word(texts_of("en"), "probe.reason", objection)));
    }
}

GPtrArray *plan_probe_remarks(const Plan *plan, const Audit *audit)
{
    GPtrArray *remarks = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (guint s = 0; s < scenario->systems->len; s++)
            remark(plan, audit, scenario, g_ptr_array_index(scenario->systems, s), remarks);
    }
    return remarks;
}
