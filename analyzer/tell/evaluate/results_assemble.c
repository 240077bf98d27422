/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_assemble.h"

#include "config/lock.h"
#include "config/look_log.h"
#include "evaluate/adjudication.h"
#include "evaluate/handover.h"
#include "evaluate/results.h"
#include "evaluate/results_certainty.h"
#include "evaluate/results_hours.h"
#include "evaluate/results_protocols.h"
#include "records/error.h"

/* Scored and judged; the detail goes into the document when two people's judgements are written there. */
static json_t *build(const AssembleSpec *spec, Systems *systems, LookLog *looks, Detail **detail,
                     GError **error)
{
    json_t *results = results_build_lean(spec->audit, systems, spec->store, looks, detail, error);
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

/* The log that lies in the folder, as whoever checks a bundle has it; NULL without an error: there is none. */
static LookLog *find_looks(const AssembleSpec *spec, GError **error)
{
    g_autofree char *path = spec->folder != NULL ? g_build_filename(spec->folder, LOOK_FILE, NULL) : NULL;
    return path != NULL && g_file_test(path, G_FILE_TEST_EXISTS) ? look_log_read(path, error) : NULL;
}

/* Where this look stands in the log, and what the lock came too late for. */
static void describe_looks(json_t *results, json_t *lock, const LookLog *looks, const char *lock_path)
{
    const char *head;
    const size_t place = look_log_place(looks, &head);
    g_autofree char *look = look_log_digest(looks);
    const ResultsLookLog said = {
        .before = (int64_t)place, .head = *head != '\0' ? head : NULL, .look = look};
    json_object_set_new(results, "look_log", results_dump(&result_look_log, &said));
    const int64_t before = look_log_before_lock(looks);
    if (before > 0)
        lock_note_looks(lock, lock_path, before);
}

static json_t *assemble(const AssembleSpec *spec, Systems *systems, LookLog *looks, Detail **detail,
                        GError **error)
{
    g_autoptr(Systems) taken = systems;
    json_t *lock = lock_compare(spec->audit, spec->lock, spec->first_replay, error);
    if (lock == NULL)
        return NULL;
    if (looks != NULL)
        look_log_begin(looks, spec->audit, json_string_value(json_object_get(lock, "sha256")),
                       g_strcmp0(json_string_value(json_object_get(lock, "state")), "changed") == 0);
    g_autoptr(Detail) made = NULL;
    json_t *results = build(spec, g_steal_pointer(&taken), looks, &made, error);
    if (results == NULL) {
        json_decref(lock);
        return NULL;
    }
    /* A later “vsaudit report” makes the reports from the file, whose numbers have fewer digits, and must
     * print the same. */
    results_round(results);
    json_object_set_new(results, "lock", lock);
    if (looks != NULL && look_log_is_look(looks))
        describe_looks(results, lock, looks, spec->lock);
    results_add_certainty(results);
    *detail = g_steal_pointer(&made);
    return results;
}

json_t *results_assemble_lean(const AssembleSpec *spec, Systems *systems, Detail **detail, GError **error)
{
    if (spec->looks != NULL)
        return assemble(spec, systems, spec->looks, detail, error);
    g_autoptr(Systems) taken = systems;
    GError *cause = NULL;
    g_autoptr(LookLog) found = find_looks(spec, &cause);
    if (cause == NULL)
        return assemble(spec, g_steal_pointer(&taken), found, detail, error);
    g_propagate_error(error, cause);
    return NULL;
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
