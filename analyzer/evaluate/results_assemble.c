/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_assemble.h"

#include "config/lock.h"
#include "evaluate/adjudication.h"
#include "evaluate/results.h"
#include "evaluate/results_hours.h"
#include "evaluate/results_protocols.h"

json_t *results_assemble(const Audit *audit, Store *store, const PanelChoices *choices, const char *folder,
                         const char *lock, const char *first_replay, GError **error)
{
    json_t *results = results_build(audit, store, error);
    if (results == NULL)
        return NULL;
    results_add_hours(results);
    if (choices != NULL)
        results_add_protocols(results, choices);
    /* A later “vsaudit report” makes the reports from the file, whose numbers have fewer digits, and must
     * print the same. */
    if (!adjudication_apply(results, folder, error)) {
        json_decref(results);
        return NULL;
    }
    results_round(results);
    json_t *state = lock_compare(audit, lock, first_replay, error);
    if (state == NULL) {
        json_decref(results);
        return NULL;
    }
    json_object_set_new(results, "lock", state);
    return results;
}
