/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/ignored.h"

#include "import/log_origin.h"
#include <string.h>

static void count_one(json_t *counts, const char *name)
{
    json_object_set_new(counts, name, json_integer(json_integer_value(json_object_get(counts, name)) + 1));
}

static GHashTable *chosen_clips(const Scenario *scenario)
{
    g_autoptr(GPtrArray) clips = scenario_clips(scenario);
    GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < clips->len; i++)
        g_hash_table_add(ids, ((const Clip *)g_ptr_array_index(clips, i))->id);
    return ids;
}

json_t *systems_count_ignored(const Systems *systems, const Scenario *scenario, const SystemSpec *system,
                              const ConditionSpec *condition)
{
    const AlertLog *log = system_kind(system)->has_log ? systems_log(systems, system->path) : NULL;
    if (log == NULL)
        return json_null();
    g_autoptr(GHashTable) chosen = chosen_clips(scenario);
    json_int_t alerts = 0, clips = 0;
    json_t *behaviours = json_object();
    for (guint i = 0; i < log->rows->len; i++) {
        const AlertRow *row = &g_array_index(log->rows, AlertRow, i);
        if (strcmp(row->condition, condition->id) != 0)
            continue;
        alerts++;
        if (strcmp(row->alert->behaviour, scenario->behaviour) != 0)
            count_one(behaviours, row->alert->behaviour);
        else if (!g_hash_table_contains(chosen, row->clip))
            clips++;
    }
    return json_pack("{s:I,s:o,s:I}", "alerts", alerts, "other_behaviours", behaviours, "other_clips", clips);
}

json_t *systems_account_log(const Systems *systems, const Scenario *scenario, const SystemSpec *system,
                            const ConditionSpec *condition)
{
    const AlertLog *log = system_kind(system)->has_log ? systems_log(systems, system->path) : NULL;
    if (log == NULL)
        return json_null();
    g_autoptr(GHashTable) chosen = chosen_clips(scenario);
    json_int_t used = 0, repeated = 0, conditions = 0, behaviours = 0, clips = 0, unwatched = 0;
    for (guint i = 0; i < log->rows->len; i++) {
        const AlertRow *row = &g_array_index(log->rows, AlertRow, i);
        if (strcmp(row->condition, condition->id) != 0) {
            conditions++;
        } else if (strcmp(row->alert->behaviour, scenario->behaviour) != 0) {
            behaviours++;
        } else if (g_hash_table_contains(chosen, row->clip)) {
            used++;
            repeated += row->copies;
        } else if (scenario_lacks_coverage(scenario, row->clip)) {
            unwatched++;
        } else {
            clips++;
        }
    }
    return json_pack("{s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I}", "rows",
                     (json_int_t)log->rows->len + log->repeats.repeated, "used", used, "repeated",
                     (json_int_t)log->repeats.repeated, "repeated_here", repeated, "alike",
                     (json_int_t)log->repeats.alike, "other_conditions", conditions, "other_behaviours",
                     behaviours, "unwatched_clips", unwatched, "other_clips", clips);
}

const SystemSpec *systems_find_twin(const Systems *systems, const Scenario *scenario,
                                    const SystemSpec *system)
{
    const AlertLog *log = system_kind(system)->has_log ? systems_log(systems, system->path) : NULL;
    for (guint i = 0; log != NULL && i < scenario->systems->len; i++) {
        const SystemSpec *other = g_ptr_array_index(scenario->systems, i);
        if (other == system)
            return NULL;
        if (system_kind(other)->has_log && system->after_validation_of == NULL &&
            other->after_validation_of == NULL && alert_log_same(log, systems_log(systems, other->path)))
            return other;
    }
    return NULL;
}

/* ---- for the audit as a whole */

/* A scenario that scores a log, with the ids of its clips. */
typedef struct {
    const Scenario *scenario;
    GHashTable *clips;
} Use;

static void use_clear(gpointer data)
{
    g_hash_table_unref(((Use *)data)->clips);
}

/* The uses of each log: path -> GArray of Use. */
static void add_use(GHashTable *logs, GPtrArray *order, const Scenario *scenario, const SystemSpec *system)
{
    GArray *uses = g_hash_table_lookup(logs, system->path);
    if (uses == NULL) {
        uses = g_array_new(FALSE, FALSE, sizeof(Use));
        g_array_set_clear_func(uses, use_clear);
        g_hash_table_insert(logs, system->path, uses);
        g_ptr_array_add(order, system->path);
    }
    const Use use = {scenario, chosen_clips(scenario)};
    g_array_append_val(uses, use);
}

typedef enum { ROW_SCORED, ROW_OTHER_BEHAVIOUR, ROW_OTHER_CLIP } RowUse;

static RowUse use_of_row(const GArray *uses, const AlertRow *row)
{
    RowUse found = ROW_OTHER_BEHAVIOUR;
    for (guint i = 0; i < uses->len; i++) {
        const Use *use = &g_array_index(uses, Use, i);
        if (strcmp(use->scenario->behaviour, row->alert->behaviour) != 0)
            continue;
        if (g_hash_table_contains(use->clips, row->clip))
            return ROW_SCORED;
        found = ROW_OTHER_CLIP;
    }
    return found;
}

static char *describe_log(const AlertLog *log, const GArray *uses)
{
    json_t *behaviours = json_object();
    guint other = 0, clips = 0;
    for (guint i = 0; i < log->rows->len; i++) {
        const AlertRow *row = &g_array_index(log->rows, AlertRow, i);
        const RowUse use = use_of_row(uses, row);
        clips += use == ROW_OTHER_CLIP;
        if (use == ROW_OTHER_BEHAVIOUR) {
            other++;
            count_one(behaviours, row->alert->behaviour);
        }
    }
    GString *text = g_string_new(NULL);
    if (other + clips > 0)
        g_string_printf(text, "%s: %u of %u alert%s", log->file, other + clips, log->rows->len,
                        log->rows->len == 1 ? "" : "s");
    if (other > 0) {
        g_string_append(text,
                        other + clips == 1 ? " is for another behaviour (" : " are for other behaviours (");
        const char *name, *comma = "";
        json_t *count;
        json_object_foreach(behaviours, name, count)
        {
            g_string_append_printf(text, "%s%s %d", comma, name, (int)json_integer_value(count));
            comma = ", ";
        }
        g_string_append_c(text, ')');
    }
    if (clips > 0)
        g_string_append_printf(text, "%s on clips that are not chosen (%u)",
                               other > 0    ? " or"
                               : clips == 1 ? " is"
                                            : " are",
                               clips);
    if (other + clips > 0)
        g_string_append(text, other + clips == 1 ? " and is not scored here" : " and are not scored here");
    json_decref(behaviours);
    return g_string_free(text, FALSE);
}

GPtrArray *systems_describe_ignored(const Systems *systems, const Audit *audit)
{
    g_autoptr(GHashTable) logs =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (guint s = 0; s < scenario->systems->len; s++) {
            const SystemSpec *system = g_ptr_array_index(scenario->systems, s);
            if (system_kind(system)->has_log && systems_log(systems, system->path) != NULL)
                add_use(logs, order, scenario, system);
        }
    }
    GPtrArray *sentences = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < order->len; i++) {
        const char *path = g_ptr_array_index(order, i);
        const AlertLog *log = systems_log(systems, path);
        g_autofree char *sentence = describe_log(log, g_hash_table_lookup(logs, path));
        g_autofree char *repeats = alert_log_describe_repeats(log);
        if (*sentence != '\0')
            g_ptr_array_add(sentences, g_steal_pointer(&sentence));
        if (repeats != NULL)
            g_ptr_array_add(sentences, g_strdup_printf("%s: %s", log->file, repeats));
        if (log->rows->len == 0)
            g_ptr_array_add(sentences, g_strdup_printf("%s: %s", log->file, ALERT_LOG_EMPTY));
        for (guint earlier = 0; earlier < i; earlier++) {
            const AlertLog *other = systems_log(systems, g_ptr_array_index(order, earlier));
            if (alert_log_same(log, other))
                g_ptr_array_add(sentences,
                                g_strdup_printf("%s: warning: holds the very alerts of %s: one log twice?",
                                                log->file, other->file));
        }
    }
    g_autoptr(GPtrArray) unused = log_origin_unused_maps(audit);
    for (guint i = 0; i < unused->len; i++) {
        const UnusedMap *map = g_ptr_array_index(unused, i);
        g_ptr_array_add(
            sentences,
            g_strdup_printf("%s: warning: drafted for the alerts of “%s”, but no scenario has a "
                            "system of that name: nothing is said of it. Import the table and take "
                            "away the sign # before that system",
                            map->path, map->system));
    }
    return sentences;
}
