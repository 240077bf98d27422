/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_assemble.h"

#include "config/lock.h"
#include "evaluate/adjudication.h"
#include "evaluate/handover.h"
#include "evaluate/results.h"
#include "evaluate/results_certainty.h"
#include "evaluate/results_hours.h"
#include "evaluate/results_protocols.h"

/* Scored and judged; the detail goes into the document when two people's judgements are written there. */
static json_t *build(const AssembleSpec *spec, Systems *systems, Detail **detail, GError **error)
{
    json_t *results = results_build_lean(spec->audit, systems, spec->store, detail, error);
    if (results == NULL)
        return NULL;
    results_add_hours(results, *detail);
    if (spec->choices != NULL)
        results_add_protocols(results, *detail, spec->choices);
    if (adjudication_is_there(spec->folder))
        detail_fill(*detail, results);
    handover_apply_systems(results, spec->audit, systems);
    if (handover_apply(results, spec->audit, spec->folder, error) &&
        adjudication_apply(results, spec->folder, error))
        return results;
    json_decref(results);
    return NULL;
}

json_t *results_assemble_lean(const AssembleSpec *spec, Systems *systems, Detail **detail, GError **error)
{
    g_autoptr(Detail) made = NULL;
    json_t *results = build(spec, systems, &made, error);
    if (results == NULL)
        return NULL;
    /* A later “vsaudit report” makes the reports from the file, whose numbers have fewer digits, and must
     * print the same. */
    results_round(results);
    json_t *state = lock_compare(spec->audit, spec->lock, spec->first_replay, error);
    if (state == NULL) {
        json_decref(results);
        return NULL;
    }
    json_object_set_new(results, "lock", state);
    results_add_certainty(results);
    *detail = g_steal_pointer(&made);
    return results;
}

json_t *results_assemble(const AssembleSpec *spec, GError **error)
{
    g_autoptr(Detail) detail = NULL;
    Systems *systems = systems_of_bundle(spec->audit, error);
    json_t *results = systems != NULL ? results_assemble_lean(spec, systems, &detail, error) : NULL;
    if (results != NULL)
        detail_fill(detail, results);
    return results;
}
