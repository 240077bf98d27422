/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/handed.h"

#include "config/scenario_internal.h"

#include <string.h>

HandedLog *handed_log_new(const char *id, const char *path)
{
    HandedLog *log = g_new0(HandedLog, 1);
    log->id = g_strdup(id);
    log->path = g_strdup(path);
    return log;
}

void handed_log_free(HandedLog *log)
{
    g_free(log->id);
    g_free(log->path);
    g_free(log);
}

static unsigned kind_of_logs(void)
{
    unsigned kind = 0;
    while (strcmp(system_kind_names[kind], "alerts") != 0)
        kind++;
    return kind;
}

static void take_one(Scenario *scenario, const HandedLog *log)
{
    SystemSpec *system = g_new0(SystemSpec, 1);
    system_table.prepare(system);
    system->id = g_strdup(log->id);
    system->kind = kind_of_logs();
    system->path = g_strdup(log->path);
    for (guint s = scenario->systems->len; s > 0; s--) {
        const SystemSpec *other = g_ptr_array_index(scenario->systems, s - 1);
        if (strcmp(other->id, log->id) != 0)
            continue;
        system->title = g_strdup(other->title);
        system->line = other->line;
        scenario_remove_system(scenario, s - 1);
    }
    if (system->params == NULL)
        system->params = param_list_new();
    g_ptr_array_add(scenario->systems, system);
}

static bool is_claimed(const Scenario *scenario, const char *condition)
{
    for (guint i = 0; i < scenario->claims->len; i++) {
        const Claim *claim = g_ptr_array_index(scenario->claims, i);
        if (g_strcmp0(claim->condition, condition) == 0 ||
            g_strcmp0(claim->against_condition, condition) == 0)
            return true;
    }
    return false;
}

void handed_take(const Audit *audit, const GPtrArray *logs)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (guint l = 0; l < logs->len; l++)
            take_one(scenario, g_ptr_array_index(logs, l));
        for (guint s = scenario->systems->len; s > 0; s--) {
            const SystemKind *kind = system_kind(g_ptr_array_index(scenario->systems, s - 1));
            if (kind->replays || kind->runs)
                scenario_remove_system(scenario, s - 1);
        }
        for (guint c = scenario->conditions->len; c > 0; c--) {
            const ConditionSpec *condition = g_ptr_array_index(scenario->conditions, c - 1);
            if (condition->filter != NULL && !is_claimed(scenario, condition->id))
                scenario_remove_condition(scenario, c - 1);
        }
        if (scenario->conditions->len == 0)
            g_ptr_array_add(scenario->conditions, scenario_as_recorded(0));
    }
}
