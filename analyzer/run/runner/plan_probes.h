/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The jobs of probes (config/probes.h): what is shown to which system, under which name, with what drawn on
 * it; and to which system a probe does not apply.
 *
 * A system is put through probes as it is, without its variants. A process that goes on from clip to clip is
 * shown all clips for each probe, in a new process, in their order but for the probe of the order. */
#ifndef VSAUDIT_RUNNER_PLAN_PROBES_H
#define VSAUDIT_RUNNER_PLAN_PROBES_H

#include "runner/plan.h"

/* Adds them behind all others. `index` as in plan_internal.h; `engines`: const SystemSpec * -> json_t *, what
 * each that runs is; `digests`: const ParamList * -> char *, of all that is looked with. */
void plan_add_probes(Plan *plan, GHashTable *index, GHashTable *engines, GHashTable *digests,
                     const Audit *audit);
/* Empty lists of conditions and of clips for a plan, which free what probes make of them. */
GPtrArray *plan_probe_conditions_new(void);
GPtrArray *plan_probe_clips_new(void);

/* Whether the audit's probes are about the system: it looks at pictures. */
bool plan_is_probed(const SystemSpec *system);
/* Why a probe does not apply to a system of the scenario, as the end of a text's key ("probe.reason.…");
 * NULL: it does. `description`: what a system that runs is; NULL: our own rules look. */
const char *plan_probe_objection(const Audit *audit, const Scenario *scenario, const SystemSpec *system,
                                 const json_t *description, ProbeId probe);
/* The clips whose alerts are compared, in the scenario's order: of const Clip *; caller unrefs. */
GPtrArray *plan_probe_compared(const Audit *audit, const Scenario *scenario, ProbeId probe);
/* The clip that a clip changes its name and drawing with; NULL: none. */
const Clip *plan_probe_partner(const Audit *audit, const Scenario *scenario, const Clip *clip);
/* Whether the same is drawn on both: zones and lines of the same names in the same places. */
bool plan_probe_drawn_alike(const Clip *a, const Clip *b);
/* From where on the pictures of an interrupted clip come later. */
int64_t plan_probe_cut_us(const Clip *clip);

#endif
