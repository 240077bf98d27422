/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/system.h"

#include "config/settle.h"
#include "config/system_capsule.h"
#include "records/file_hash.h"
#include "records/free.h"
#include "systems/capsules.h"
#include "systems/logs.h"
#include "systems/source.h"
#include "systems/yardstick.h"

#include <string.h>

struct Systems {
    GHashTable *logs;   /* path -> IndexedLog * */
    Capsules *capsules; /* of kind capsule */
    GHashTable *rates;  /* see systems_rates() */
};

void system_output_clear(SystemOutput *output)
{
    g_clear_pointer(&output->alerts, g_ptr_array_unref);
    g_clear_pointer(&output->moved, g_ptr_array_unref);
    json_decref(output->counters);
    output->counters = NULL;
    g_clear_pointer(&output->series, g_array_unref);
    g_clear_pointer(&output->reason, g_free);
    json_decref(output->engine);
    json_decref(output->said);
    output->engine = output->said = NULL;
}

/* ---- reading the logs */

/* A log that cannot be read is remembered as NULL, so that its problems are told once. */
static void read_log(Systems *systems, const Audit *audit, const char *path, Problems *problems)
{
    if (!g_hash_table_contains(systems->logs, path))
        g_hash_table_insert(systems->logs, g_strdup(path), indexed_log_read(audit, path, problems));
}

static Systems *read_all(const Audit *audit, bool clips, Problems *problems)
{
    const guint before = problems_count(problems);
    g_autoptr(Systems) systems = g_new(Systems, 1);
    systems->logs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)indexed_log_free);
    systems->rates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    systems->capsules = capsules_new();
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (guint s = 0; s < scenario->systems->len; s++) {
            const SystemSpec *system = g_ptr_array_index(scenario->systems, s);
            if (system_kind(system)->has_log)
                read_log(systems, audit, system->path, problems);
            else if (system_capsule(system) != NULL)
                capsules_read(systems->capsules, scenario, system, clips, problems);
        }
    }
    return problems_count(problems) == before ? g_steal_pointer(&systems) : NULL;
}

Systems *systems_read(const Audit *audit, Problems *problems)
{
    return read_all(audit, true, problems);
}

static Systems *new_of(const Audit *audit, bool clips, GError **error)
{
    g_autoptr(Problems) problems = problems_new();
    Systems *systems = read_all(audit, clips, problems);
    if (systems == NULL)
        problems_to_error(problems, error);
    return systems;
}

Systems *systems_new(const Audit *audit, GError **error)
{
    return new_of(audit, true, error);
}

Systems *systems_of_bundle(const Audit *audit, GError **error)
{
    return new_of(audit, false, error);
}

const AlertLog *systems_log(const Systems *systems, const char *path)
{
    const IndexedLog *indexed = g_hash_table_lookup(systems->logs, path);
    return indexed != NULL ? indexed->log : NULL;
}

DEFINE_FREE(systems_free, Systems, systems, g_hash_table_unref(systems->logs),
            g_hash_table_unref(systems->rates), capsules_free(systems->capsules))

bool systems_capsule(const Systems *systems, SystemsCapsule *capsule)
{
    const Capsules *from = systems->capsules;
    *capsule = (SystemsCapsule){from->seal, from->sha256, from->signer, from->tolerance_us, from->returned};
    return from->seal != NULL;
}

GHashTable *systems_rates(Systems *systems)
{
    return systems->rates;
}

static void describe_capsules(const Capsules *capsules, json_t *logs)
{
    if (capsules->seal == NULL)
        return;
    g_autofree char *file = g_path_get_basename(capsules->path);
    json_array_append_new(
        logs, json_pack("{s:s,s:s,s:s}", "kind", "seal", "file", file, "sha256", capsules->sha256));
    for (guint i = 0; i < capsules->papers->len; i++) {
        const char *path = g_ptr_array_index(capsules->papers, i);
        g_autofree char *name = g_path_get_basename(path), *sha256 = file_hash(path, NULL);
        if (sha256 != NULL)
            json_array_append_new(
                logs, json_pack("{s:s,s:s,s:s}", "kind", "capsule", "file", name, "sha256", sha256));
    }
    for (guint i = 0; i < capsules->returned->len; i++) {
        const Returned *one = g_ptr_array_index(capsules->returned, i);
        json_array_append_new(
            logs, json_pack("{s:s,s:s,s:s}", "kind", "alerts", "file", one->file, "sha256", one->sha256));
    }
}

json_t *systems_describe_logs(const Systems *systems)
{
    json_t *logs = json_array();
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, systems->logs);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const IndexedLog *indexed = value;
        if (indexed == NULL)
            continue;
        g_autofree char *file = g_path_get_basename(indexed->log->file);
        json_array_append_new(
            logs, json_pack("{s:s,s:s,s:s}", "kind", "alerts", "file", file, "sha256", indexed->log->sha256));
    }
    describe_capsules(systems->capsules, logs);
    return logs;
}

/* ---- the kinds */

static bool collect_reference(const SystemQuestion *question, SystemOutput *output, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(LookRecord) look = store_find_look(question->store, question->job->index,
                                                 question->scenario->id, question->system->id, &cause);
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    if (look == NULL) {
        output->reason = g_strdup(question->job->reason != NULL ? question->job->reason
                                                                : "the clip has not been replayed");
        return true;
    }
    g_ptr_array_extend_and_steal(output->alerts, g_steal_pointer(&look->alerts));
    json_object_update(output->counters, look->counters);
    output->series = g_steal_pointer(&look->series);
    output->reason = g_steal_pointer(&look->reason);
    output->said = json_incref(look->said);
    return true;
}

/* What a network is stands in the audit: it is not described by its jobs. */
static bool forget_engine(SystemOutput *output)
{
    json_decref(output->engine);
    output->engine = NULL;
    return true;
}

/* It has jobs of its own: that it failed is no matter of the clip. */
static bool collect_engine(const SystemQuestion *question, SystemOutput *output, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(JobRecord) job =
        store_find_engine(question->store, question->scenario->id, question->system->id, question->clip->id,
                          question->condition->id, &cause);
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    if (job == NULL) {
        output->reason = g_strdup("the system has not been shown the clip");
        return true;
    }
    output->engine = json_incref(job->engine);
    SystemQuestion own = *question;
    own.job = job;
    return collect_reference(&own, output, error);
}

/* Its looks are in jobs of its own settings, which may be those of its scenario. */
static bool collect_network(const SystemQuestion *question, SystemOutput *output, GError **error)
{
    return collect_engine(question, output, error) && forget_engine(output);
}

/* Whether an alert begins within the clip, whose length is known once it has been replayed. */
static bool check_end(const SystemQuestion *question, const AlertLog *log, const AlertRow *row,
                      GError **error)
{
    const ClipQuality *quality = question->job->quality;
    if (quality == NULL || question->clip->times == TIMES_FILE_CLOCK) /* its clip's time is not known here */
        return true;
    /* Of a cut clip, what it should be: the system may have seen the whole of it. */
    const int64_t length_us =
        MAX(question->clip->duration_us, MAX(quality->duration_us, quality->duration_promised_us));
    if (row->alert->onset_us <= length_us + LOG_END_SLACK_US)
        return true;
    g_autofree char *onset = time_format_seconds(row->alert->onset_us);
    g_autofree char *length = time_format_seconds(length_us);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s:%d:%d: onset_s: found %s, expected a time within clip “%s”, which lasts %s s", log->file,
                row->line, MAX(row->onset_column, 1), onset, row->clip, length);
    return false;
}

static bool collect_log(const SystemQuestion *question, SystemOutput *output, GError **error)
{
    const IndexedLog *indexed = g_hash_table_lookup(question->systems->logs, question->system->path);
    g_assert(indexed != NULL);
    const AlertLog *log = indexed->log;
    const GArray *places = g_hash_table_lookup(indexed->rows, question->clip->id);
    /* A million alerts are not copied: the log keeps them. */
    g_ptr_array_set_free_func(output->alerts, NULL);
    for (guint i = 0; places != NULL && i < places->len; i++) {
        const AlertRow *row = &g_array_index(log->rows, AlertRow, g_array_index(places, guint, i));
        if (strcmp(row->condition, question->condition->id) != 0 ||
            strcmp(row->alert->behaviour, question->scenario->behaviour) != 0)
            continue;
        if (!check_end(question, log, row, error))
            return false;
        g_ptr_array_add(output->alerts, row->alert);
    }
    return true;
}

static bool collect_capsule(const SystemQuestion *question, SystemOutput *output, GError **error)
{
    (void)error;
    capsules_collect(question->systems->capsules, question->scenario, question->system, question->clip,
                     question->condition, output);
    return true;
}

static bool collect_nothing(const SystemQuestion *question, SystemOutput *output, GError **error)
{
    (void)question;
    (void)output;
    (void)error;
    return true;
}

/* A person as if a system: what they marked are the alerts, at the very moment. What they were unsure of they
 * did not claim. */
static bool collect_annotator(const SystemQuestion *question, SystemOutput *output, GError **error)
{
    (void)error;
    const TruthReading *reading =
        dataset_find_annotator(question->scenario->dataset, question->system->annotator);
    g_assert(reading != NULL);
    g_auto(SpanList) watched;
    if (!reading_coverage(reading, question->clip, question->scenario->behaviour, 1, &watched)) {
        output->reason = g_strdup("this annotator did not watch the clip for this behaviour");
        return true;
    }
    const GPtrArray *events = reading_events(reading, question->clip->id);
    for (guint i = 0; events != NULL && i < events->len; i++) {
        const Event *event = g_ptr_array_index(events, i);
        if (event->certainty != CERTAINTY_SCORED ||
            strcmp(event->behaviour, question->scenario->behaviour) != 0)
            continue;
        Alert *alert = alert_new(event->behaviour, event->start_us, event->start_us);
        alert->end_us = event->end_us;
        alert->label = g_strdup(event->label);
        alert->note = g_strdup(event->note);
        alert->box = event->box;
        g_ptr_array_add(output->alerts, alert);
    }
    return true;
}

/* Where the alerts of each kind come from. */
static const struct {
    const char *kind;
    SystemSource collect;
} sources[] = {
    {"reference", collect_reference}, {"alerts", collect_log},      {"null", collect_nothing},
    {"annotator", collect_annotator}, {"random", random_collect},   {"always", always_collect},
    {"program", collect_engine},      {"plugin", collect_engine},   {"network", collect_network},
    {"live", collect_engine},         {"capsule", collect_capsule},
};

static SystemSource source_of(const SystemSpec *system)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
        if (strcmp(sources[i].kind, system_kind_names[system->kind]) == 0)
            return sources[i].collect;
    g_assert_not_reached();
}

static bool is_settled(const SystemQuestion *question)
{
    return system_kind(question->system)->has_log && question->clip->times == TIMES_FILE_CLOCK &&
           question->job->quality != NULL;
}

/* Alerts that were written on the file's clock come onto the clip's, as copies that the output owns. On an
 * error it is cleared. */
static bool settle_log(const SystemQuestion *question, SystemOutput *output, GError **error)
{
    if (!is_settled(question))
        return true;
    GPtrArray *settled = settle_alerts(question->scenario->dataset, question->clip, question->job->quality,
                                       output->alerts, question->system->id, error);
    if (settled == NULL) {
        system_output_clear(output);
        return false;
    }
    g_ptr_array_unref(output->alerts);
    output->alerts = settled;
    return true;
}

/* Logs are written to the millisecond, and an end is rounded, too. */
#define END_ROUNDED_US 500

/* A program's alerts at the end were counted when it was shown the clip. */
static void meet_end(const SystemQuestion *question, SystemOutput *output)
{
    const SystemKind *kind = system_kind(question->system);
    const int64_t end_us = question->job->duration_us;
    if (end_us == TIME_UNKNOWN || !(kind->has_log || system_capsule(question->system) != NULL))
        return;
    for (guint i = 0; i < output->alerts->len; i++) {
        Alert *alert = g_ptr_array_index(output->alerts, i);
        const int64_t onset_us = alert_onset_within(alert->onset_us, end_us, END_ROUNDED_US);
        if (onset_us == alert->onset_us)
            continue;
        if (!is_settled(question)) { /* the log's own stays as it is: it may be another clip's, too */
            alert = alert_copy(alert);
            if (output->moved == NULL)
                output->moved = alert_array_new();
            g_ptr_array_add(output->moved, alert);
            output->alerts->pdata[i] = alert;
        }
        alert->onset_us = onset_us;
    }
}

bool systems_collect(Systems *systems, Store *store, const Scenario *scenario, const SystemSpec *system,
                     const Clip *clip, const ConditionSpec *condition, const JobRecord *job,
                     SystemOutput *output, GError **error)
{
    const SystemQuestion question = {.systems = systems,
                                     .store = store,
                                     .scenario = scenario,
                                     .system = system,
                                     .clip = clip,
                                     .condition = condition,
                                     .job = job};
    *output = (SystemOutput){.alerts = alert_array_new(), .counters = json_object()};
    if (!source_of(system)(&question, output, error)) {
        system_output_clear(output);
        return false;
    }
    if (!settle_log(&question, output, error))
        return false;
    meet_end(&question, output);
    g_ptr_array_sort(output->alerts, alert_compare);
    return true;
}
