/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/logs.h"

#include "behaviours/behaviour.h"
#include "records/free.h"

#include <string.h>

static bool has_condition(const Scenario *scenario, const char *id)
{
    for (guint i = 0; i < scenario->conditions->len; i++) {
        if (strcmp(((const ConditionSpec *)g_ptr_array_index(scenario->conditions, i))->id, id) == 0)
            return true;
    }
    return false;
}

static bool uses_log(const Scenario *scenario, const char *path)
{
    for (guint i = 0; i < scenario->systems->len; i++) {
        const SystemSpec *system = g_ptr_array_index(scenario->systems, i);
        if (system_kind(system)->has_log && strcmp(system->path, path) == 0)
            return true;
    }
    return false;
}

/* Whether any scenario that uses this log has such a clip. */
static bool is_clip(const Audit *audit, const char *path, const char *id)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        if (uses_log(scenario, path) && dataset_find_clip(scenario->dataset, id) != NULL)
            return true;
    }
    return false;
}

static bool is_condition(const Audit *audit, const char *path, const char *id)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        if (uses_log(scenario, path) && has_condition(scenario, id))
            return true;
    }
    return strcmp(id, "as-recorded") == 0;
}

typedef bool Lookup(const Audit *audit, const char *path, const char *id);

/* Asks once for every name: logs are long, the log keeps each name once, and so `known` goes by its address.
 * `first`: whether this is the name's first row, the one that is reported. */
static bool look_up(GHashTable *known, Lookup *lookup, const Audit *audit, const char *path, const char *id,
                    bool *first)
{
    gpointer found;
    *first = !g_hash_table_lookup_extended(known, id, NULL, &found);
    if (*first) {
        found = GINT_TO_POINTER(lookup(audit, path, id));
        g_hash_table_insert(known, (gpointer)id, found);
    }
    return GPOINTER_TO_INT(found) != 0;
}

static void report_unknown(Problems *problems, const AlertLog *log, const AlertRow *row, int column,
                           const char *path, const char *name, const char *what, const GPtrArray *names)
{
    const char *nearest =
        option_nearest_name(name, (const char *const *)(const void *)names->pdata, names->len);
    problems_add(problems, log->file, row->line, column, path, "found “%s”, expected %s%s%s%s", name, what,
                 nearest != NULL ? ", perhaps “" : "", nearest != NULL ? nearest : "",
                 nearest != NULL ? "”" : "");
}

static void report_clip(const Audit *audit, const AlertLog *log, const AlertRow *row, Problems *problems)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (guint c = 0; uses_log(scenario, log->file) && c < scenario->dataset->clips->len; c++)
            g_ptr_array_add(names, ((const Clip *)g_ptr_array_index(scenario->dataset->clips, c))->id);
    }
    report_unknown(problems, log, row, row->clip_column, "clip", row->clip, "a clip of the dataset", names);
}

static void report_condition(const Audit *audit, const AlertLog *log, const AlertRow *row, Problems *problems)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_ptr_array_add(names, (gpointer) "as-recorded");
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (guint c = 0; uses_log(scenario, log->file) && c < scenario->conditions->len; c++)
            g_ptr_array_add(names, ((const ConditionSpec *)g_ptr_array_index(scenario->conditions, c))->id);
    }
    report_unknown(problems, log, row, row->condition_column, "condition", row->condition,
                   "a condition of the scenario", names);
}

/* How long the clip may last at most by the manifests; TIME_UNKNOWN when one of them does not say. */
static int64_t stated_length(const Audit *audit, const char *path, const char *id)
{
    int64_t longest_us = TIME_UNKNOWN;
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        const Clip *clip = uses_log(scenario, path) ? dataset_find_clip(scenario->dataset, id) : NULL;
        if (clip == NULL)
            continue;
        if (clip->duration_us == TIME_UNKNOWN || clip->times == TIMES_FILE_CLOCK)
            return TIME_UNKNOWN;
        longest_us = MAX(longest_us, clip->duration_us);
    }
    return longest_us;
}

static void check_onset(const Audit *audit, const AlertLog *log, const AlertRow *row, GHashTable *lengths,
                        Problems *problems)
{
    const int64_t *known = g_hash_table_lookup(lengths, row->clip);
    if (known == NULL) {
        const int64_t length_us = stated_length(audit, log->file, row->clip);
        known = g_memdup2(&length_us, sizeof length_us);
        g_hash_table_insert(lengths, (gpointer)row->clip, (gpointer)known);
    }
    if (*known == TIME_UNKNOWN || row->alert->onset_us <= *known + LOG_END_SLACK_US)
        return;
    g_autofree char *onset = time_format_seconds(row->alert->onset_us);
    g_autofree char *length = time_format_seconds(*known);
    problems_add(problems, log->file, row->line, row->onset_column, "onset_s",
                 "found %s, expected a time within clip “%s”, which by its duration_s lasts %s s", onset,
                 row->clip, length);
}

static void check_rows(const Audit *audit, const AlertLog *log, Problems *problems)
{
    g_autoptr(GHashTable) lengths = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    g_autoptr(GHashTable) clips = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) conditions = g_hash_table_new(NULL, NULL);
    bool first = false;
    for (guint i = 0; i < log->rows->len; i++) {
        const AlertRow *row = &g_array_index(log->rows, AlertRow, i);
        if (look_up(clips, is_clip, audit, log->file, row->clip, &first))
            check_onset(audit, log, row, lengths, problems);
        else if (first)
            report_clip(audit, log, row, problems);
        if (!look_up(conditions, is_condition, audit, log->file, row->condition, &first) && first)
            report_condition(audit, log, row, problems);
    }
}

DEFINE_FREE(indexed_log_free, IndexedLog, indexed, g_hash_table_unref(indexed->rows),
            alert_log_free(indexed->log))

IndexedLog *indexed_log_new(AlertLog *log)
{
    IndexedLog *indexed = g_new(IndexedLog, 1);
    indexed->log = log;
    indexed->rows = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
    for (guint i = 0; i < log->rows->len; i++) {
        const AlertRow *row = &g_array_index(log->rows, AlertRow, i);
        GArray *places = g_hash_table_lookup(indexed->rows, row->clip);
        if (places == NULL) {
            places = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(indexed->rows, (gpointer)row->clip, places);
        }
        g_array_append_val(places, i);
    }
    return indexed;
}

IndexedLog *indexed_log_read(const Audit *audit, const char *path, Problems *problems)
{
    g_autoptr(GPtrArray) behaviours = g_ptr_array_new();
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++)
        g_ptr_array_add(behaviours, (gpointer)(*behaviour)->id);
    g_ptr_array_add(behaviours, NULL);
    AlertLog *log = alert_log_load(path, (const char *const *)behaviours->pdata, problems);
    if (log != NULL) {
        check_rows(audit, log, problems);
        alert_log_collapse(log);
    }
    return log != NULL ? indexed_log_new(log) : NULL;
}
