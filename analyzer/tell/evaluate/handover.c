/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/handover.h"

#include "evaluate/handover_findings.h"
#include "language/phrase.h"
#include "records/error.h"
#include "records/free.h"
#include "records/save.h"

#include <string.h>

DEFINE_DESTROY(log_free, HandoverLog, log, g_free(log->id), g_free(log->file), g_free(log->sha256),
               g_array_unref(log->alerts))

static Handover *new_handover(void)
{
    Handover *handover = g_new0(Handover, 1);
    handover->logs = g_ptr_array_new_with_free_func(log_free);
    return handover;
}

DEFINE_FREE(handover_free, Handover, handover, seal_free(handover->seal), g_free(handover->seal_sha256),
            g_free(handover->signer), g_ptr_array_unref(handover->logs))

static HandoverLog *add_log(Handover *handover, const char *id, const char *file, const char *sha256)
{
    HandoverLog *log = g_new0(HandoverLog, 1);
    log->id = g_strdup(id);
    log->file = g_strdup(file);
    log->sha256 = g_strdup(sha256);
    log->alerts = g_array_new(FALSE, FALSE, sizeof(HandoverAlert));
    g_ptr_array_add(handover->logs, log);
    return log;
}

/* False when the seal knows no such clip or behaviour. */
static bool add_alert(const Handover *handover, HandoverLog *log, const char *clip, const char *behaviour,
                      int64_t onset_us, int64_t decided_us)
{
    HandoverAlert alert = {clip != NULL ? seal_find(handover->seal, clip) : NULL, NULL, onset_us, decided_us};
    for (guint i = 0; i < handover->seal->behaviours->len; i++) {
        const char *known = g_ptr_array_index(handover->seal->behaviours, i);
        if (g_strcmp0(known, behaviour) == 0)
            alert.behaviour = known;
    }
    if (alert.clip == NULL || alert.behaviour == NULL || decided_us < onset_us)
        return false;
    g_array_append_val(log->alerts, alert);
    return true;
}

static int compare_alerts(gconstpointer a, gconstpointer b)
{
    const HandoverAlert *x = a, *y = b;
    const int clip = strcmp(x->clip->name, y->clip->name);
    if (clip != 0)
        return clip;
    if (x->onset_us != y->onset_us)
        return x->onset_us < y->onset_us ? -1 : 1;
    if (x->decided_us != y->decided_us)
        return x->decided_us < y->decided_us ? -1 : 1;
    return strcmp(x->behaviour, y->behaviour);
}

Handover *handover_new(Seal *seal, const char *seal_sha256, const char *signer, int64_t tolerance_us,
                       const GPtrArray *returned)
{
    Handover *handover = new_handover();
    handover->seal = seal;
    handover->seal_sha256 = g_strdup(seal_sha256);
    handover->signer = g_strdup(signer);
    handover->tolerance_us = tolerance_us;
    for (guint i = 0; i < returned->len; i++) {
        const Returned *one = g_ptr_array_index(returned, i);
        HandoverLog *log = add_log(handover, one->id, one->file, one->sha256);
        for (guint r = 0; r < one->log->rows->len; r++) {
            const AlertRow *row = &g_array_index(one->log->rows, AlertRow, r);
            add_alert(handover, log, row->clip, row->alert->behaviour, row->alert->onset_us,
                      row->alert->decided_us);
        }
        g_array_sort(log->alerts, compare_alerts);
    }
    return handover;
}

/* ---- the file */

static json_t *log_json(const HandoverLog *log)
{
    json_t *alerts = json_array();
    for (guint i = 0; i < log->alerts->len; i++) {
        const HandoverAlert *alert = &g_array_index(log->alerts, HandoverAlert, i);
        json_array_append_new(alerts, json_pack("{s:s,s:s,s:I,s:I}", "clip", alert->clip->name, "behaviour",
                                                alert->behaviour, "onset_us", (json_int_t)alert->onset_us,
                                                "decided_us", (json_int_t)alert->decided_us));
    }
    return json_pack("{s:s,s:s,s:s,s:o}", "id", log->id, "file", log->file, "sha256", log->sha256, "alerts",
                     alerts);
}

bool handover_write(const Handover *handover, const char *folder, GError **error)
{
    json_t *logs = json_array();
    for (guint i = 0; i < handover->logs->len; i++)
        json_array_append_new(logs, log_json(g_ptr_array_index(handover->logs, i)));
    json_t *json = json_pack(
        "{s:s,s:s,s:o,s:I,s:o,s:o}", "schema", HANDOVER_SCHEMA, "seal_sha256", handover->seal_sha256,
        "signer", handover->signer != NULL ? json_string(handover->signer) : json_null(), "tolerance_us",
        (json_int_t)handover->tolerance_us, "seal", seal_to_json(handover->seal), "logs", logs);
    char *dump = json_dumps(json, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    g_autofree char *text = g_strconcat(dump, "\n", NULL);
    free(dump);
    json_decref(json);
    g_autofree char *path = g_build_filename(folder, HANDOVER_FILE, NULL);
    return save_file(path, text, -1, error);
}

bool handover_is_there(const char *folder)
{
    g_autofree char *path = folder != NULL ? g_build_filename(folder, HANDOVER_FILE, NULL) : NULL;
    return path != NULL && g_file_test(path, G_FILE_TEST_EXISTS);
}

static bool read_log(Handover *handover, const json_t *json)
{
    const char *id = json_string_value(json_object_get(json, "id"));
    const char *file = json_string_value(json_object_get(json, "file"));
    const char *sha256 = json_string_value(json_object_get(json, "sha256"));
    if (id == NULL || file == NULL || sha256 == NULL)
        return false;
    HandoverLog *log = add_log(handover, id, file, sha256);
    size_t i;
    const json_t *alert;
    json_array_foreach(json_object_get(json, "alerts"), i, alert)
    {
        const json_t *onset = json_object_get(alert, "onset_us"),
                     *decided = json_object_get(alert, "decided_us");
        if (!json_is_integer(onset) || !json_is_integer(decided) ||
            !add_alert(handover, log, json_string_value(json_object_get(alert, "clip")),
                       json_string_value(json_object_get(alert, "behaviour")), json_integer_value(onset),
                       json_integer_value(decided)))
            return false;
    }
    g_array_sort(log->alerts, compare_alerts);
    return true;
}

Handover *handover_read(const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, HANDOVER_FILE, NULL);
    json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    g_autoptr(Handover) handover = new_handover();
    const json_t *tolerance = json_object_get(json, "tolerance_us");
    bool fine = g_strcmp0(json_string_value(json_object_get(json, "schema")), HANDOVER_SCHEMA) == 0 &&
                json_is_integer(tolerance) && json_integer_value(tolerance) >= 0;
    handover->seal_sha256 = g_strdup(json_string_value(json_object_get(json, "seal_sha256")));
    handover->signer = g_strdup(json_string_value(json_object_get(json, "signer")));
    handover->tolerance_us = json_integer_value(tolerance);
    handover->seal = fine ? seal_from_json(json_object_get(json, "seal"), path, NULL) : NULL;
    fine = fine && handover->seal != NULL && handover->seal_sha256 != NULL;
    size_t i;
    const json_t *log;
    json_array_foreach(json_object_get(json, "logs"), i, log)
    {
        fine = fine && read_log(handover, log);
    }
    json_decref(json);
    if (fine)
        return g_steal_pointer(&handover);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s: found no readable record of a capsule, expected the schema " HANDOVER_SCHEMA, path);
    return NULL;
}

/* What fails is a limit of all figures of that log. */
static void append_limits(const json_t *capsule, json_t *limits)
{
    size_t i, k;
    const json_t *system, *finding;
    json_array_foreach(json_object_get(capsule, "systems"), i, system)
    {
        GPtrArray *names = g_ptr_array_new();
        json_array_foreach(json_object_get(system, "findings"), k, finding)
        {
            g_autofree char *key =
                g_strconcat("capsule.finding.", json_string_value(json_object_get(finding, "id")), NULL);
            if (g_strcmp0(json_string_value(json_object_get(finding, "state")), "fail") == 0)
                g_ptr_array_add(names, phrase_new(key));
        }
        if (names->len == 0) {
            g_ptr_array_unref(names);
            continue;
        }
        g_autoptr(Phrase) limit = phrase_new("capsule.limit");
        phrase_own(limit, "system", json_string_value(json_object_get(system, "system")));
        phrase_names(limit, "names", names, 0);
        json_array_append_new(limits, phrase_json(limit));
    }
}

static void put(json_t *results, const Audit *audit, const Handover *handover)
{
    json_t *capsule = handover_describe(handover, audit);
    json_object_set_new(results, "capsule", capsule);
    append_limits(capsule, json_object_get(results, "limits"));
}

void handover_apply_systems(json_t *results, const Audit *audit, const Systems *systems)
{
    SystemsCapsule capsule;
    if (!systems_capsule(systems, &capsule))
        return;
    json_t *list = seal_to_json(capsule.seal);
    Seal *seal = seal_from_json(list, "the sealed list", NULL);
    json_decref(list);
    g_assert(seal != NULL); /* it was read from such a one */
    g_autoptr(Handover) handover =
        handover_new(seal, capsule.seal_sha256, capsule.signer, capsule.tolerance_us, capsule.returned);
    put(results, audit, handover);
}

bool handover_apply(json_t *results, const Audit *audit, const char *folder, GError **error)
{
    if (!handover_is_there(folder))
        return true;
    g_autoptr(Handover) handover = handover_read(folder, error);
    if (handover == NULL)
        return false;
    put(results, audit, handover);
    return true;
}
