/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/trial.h"

#include "media/replay.h"
#include "perception/perception.h"
#include "records/error.h"
#include "runner/pool.h"

#include <string.h>

enum { TIME_LIMIT_S = 60 };

typedef struct {
    int64_t memory_mib;
    volatile sig_atomic_t *cancel;
    Problems *problems;
} Trial;

static json_t *try_filter(gconstpointer job, PoolPulse *pulse, GError **error)
{
    (void)pulse;
    return replay_check_condition(job, error) ? json_object() : NULL;
}

static json_t *try_network(gconstpointer job, PoolPulse *pulse, GError **error)
{
    (void)pulse;
    PerceptionSettings *settings = perception_settings_new(job, error);
    Perception *perception = settings != NULL ? perception_new(settings, error) : NULL;
    if (settings != NULL)
        perception_settings_free(settings);
    const bool runs = perception != NULL;
    perception_free(perception);
    return runs ? json_object() : NULL;
}

static bool note(guint index, const PoolOutcome *outcome, void *user, GError **error)
{
    (void)index;
    (void)user;
    if (outcome->result != NULL)
        return true;
    g_set_error_literal(error, VSAUDIT_ERROR, (gint)outcome->fault, outcome->reason);
    return false;
}

static bool runs(const Trial *trial, PoolWork work, gconstpointer job, GError **error)
{
    const PoolSpec spec = {.work = work,
                           .workers = 1,
                           .time_floor_s = TIME_LIMIT_S,
                           .memory_mib = trial->memory_mib,
                           .cancel = trial->cancel,
                           .ended = note};
    return pool_run(&spec, &job, 1, error);
}

static const ConditionSpec *find_condition(const Plan *plan, const char *filter, const PlanJob **job)
{
    for (guint i = 0; i < plan->jobs->len; i++) {
        *job = g_ptr_array_index(plan->jobs, i);
        if (g_strcmp0((*job)->condition->filter, filter) == 0)
            return (*job)->condition;
    }
    g_assert_not_reached();
}

static void try_filters(const Plan *plan, const Trial *trial)
{
    g_autoptr(GPtrArray) filters = plan_filters(plan);
    for (guint i = 0; i < filters->len; i++) {
        const char *filter = g_ptr_array_index(filters, i);
        g_autoptr(GError) cause = NULL;
        if (runs(trial, try_filter, filter, &cause))
            continue;
        const PlanJob *job = NULL;
        const ConditionSpec *condition = find_condition(plan, filter, &job);
        const Scenario *scenario = g_ptr_array_index(job->scenarios, 0);
        problems_add(trial->problems, scenario->file, condition->line, 1, NULL, "condition “%s”: %s",
                     condition->id, cause->message);
    }
}

static void try_networks(const Plan *plan, const Trial *trial)
{
    g_autoptr(GHashTable) tried = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < plan->jobs->len; i++) {
        const PlanJob *job = g_ptr_array_index(plan->jobs, i);
        const Param *model = param_list_find(job->perception, "model");
        if (job->looks->len == 0 || model == NULL || !g_hash_table_add(tried, job->perception_digest))
            continue;
        const Scenario *scenario = g_ptr_array_index(job->scenarios, 0);
        g_autoptr(GError) cause = NULL;
        if (!runs(trial, try_network, job->perception, &cause))
            problems_add(trial->problems, scenario->file, model->line, model->column, "perception.model",
                         "%s", cause->message);
    }
}

bool trial_read(const Plan *plan, int64_t memory_mib, volatile sig_atomic_t *cancel, Problems *problems)
{
    const guint before = problems_count(problems);
    const Trial trial = {memory_mib, cancel, problems};
    try_filters(plan, &trial);
    try_networks(plan, &trial);
    return problems_count(problems) == before;
}
