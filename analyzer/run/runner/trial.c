/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/trial.h"

#include "media/replay.h"
#include "perception/perception.h"
#include "records/error.h"
#include "runner/live_trial.h"
#include "runner/pool.h"
#include "runner/trial_classes.h"
#include "runner/worker_files.h"

#include <string.h>

enum { TIME_LIMIT_S = 60, CLIP_MEMORY_MIB = 4096 };

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
    if (perception == NULL)
        return NULL;
    const char *labels = NULL;
    const unsigned classes = perception_classes(perception, &labels);
    json_t *found = json_pack("{s:i,s:s?}", "classes", (int)classes, "labels", labels);
    if (found == NULL) /* labels that are no UTF-8 */
        found = json_pack("{s:i,s:s}", "classes", (int)classes, "labels", "(no text)");
    perception_free(perception);
    return found;
}

static bool note(guint index, const PoolOutcome *outcome, void *user, GError **error)
{
    (void)index;
    json_t **result = user;
    if (outcome->result != NULL) {
        *result = json_incref(outcome->result);
        return true;
    }
    g_set_error_literal(error, VSAUDIT_ERROR, (gint)outcome->fault, outcome->reason);
    return false;
}

/* What the work gave; NULL with an error. Caller unrefs. */
static json_t *try(const Trial *trial, PoolWork work, void (*confine)(gconstpointer, SandboxSpec *),
                   gconstpointer job, GError **error)
{
    json_t *result = NULL;
    const PoolSpec spec = {.work = work,
                           .confine = confine,
                           .workers = 1,
                           .time_floor_s = TIME_LIMIT_S,
                           .memory_mib = trial->memory_mib,
                           .cancel = trial->cancel,
                           .ended = note,
                           .user = &result};
    if (!pool_run(&spec, &job, 1, error))
        g_clear_pointer(&result, json_decref);
    return result;
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
        json_t *runs = try(trial, try_filter, worker_files_none, filter, &cause);
        json_decref(runs);
        if (cause == NULL)
            continue;
        const PlanJob *job = NULL;
        const ConditionSpec *condition = find_condition(plan, filter, &job);
        const Scenario *scenario = g_ptr_array_index(job->scenarios, 0);
        problems_add(trial->problems, scenario->file, condition->line, 1, NULL, "condition “%s”: %s",
                     condition->id, cause->message);
    }
}

/* What kills the process that tries it names no file. */
static void tell_network(const Trial *trial, const Scenario *scenario, const char *key, const Param *model,
                         const GError *cause)
{
    if (cause->code == VSAUDIT_ERROR_INPUT)
        problems_add(trial->problems, scenario->file, model->line, model->column, key, "%s", cause->message);
    else
        problems_add(trial->problems, scenario->file, model->line, model->column, key,
                     "found “%s”, on which %s, expected a network that runs", model->value, cause->message);
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
        json_t *found = try(trial, try_network, worker_files_perception, job->perception, &cause);
        if (cause != NULL)
            tell_network(trial, scenario,
                         job->perception == scenario->perception ? "perception.model" : "model", model,
                         cause);
        else if (found != NULL) /* NULL: it was cancelled */
            trial_classes(plan, job->perception_digest,
                          (unsigned)json_integer_value(json_object_get(found, "classes")),
                          json_string_value(json_object_get(found, "labels")), trial->problems);
        json_decref(found);
    }
}

/* ---- clips */

typedef struct {
    const Dataset *dataset;
    const Clip *clip;
    const char *path;
} ClipTrial;

typedef struct {
    GArray *trials; /* of ClipTrial */
    Problems *problems;
} ClipTrials;

static json_t *try_clip(gconstpointer job, PoolPulse *pulse, GError **error)
{
    (void)pulse;
    return replay_check_joined(((const ClipTrial *)job)->path, error) ? json_object() : NULL;
}

static void confine_trial(gconstpointer job, SandboxSpec *spec)
{
    worker_files_add(spec, ((const ClipTrial *)job)->path);
}

static int64_t weigh_clip(gconstpointer job)
{
    return 2 * pool_weigh_file(((const ClipTrial *)job)->path);
}

/* A file on which the library dies is left to the run, which tells it as the clip's own fault. */
static bool note_clip(guint index, const PoolOutcome *outcome, void *user, GError **error)
{
    (void)error;
    const ClipTrials *all = user;
    const ClipTrial *trial = &g_array_index(all->trials, ClipTrial, index);
    if (outcome->result == NULL && outcome->fault == VSAUDIT_ERROR_INPUT)
        problems_add(all->problems, trial->dataset->file, trial->clip->line, 1, NULL, "clip “%s”: %s",
                     trial->clip->id, outcome->reason);
    return true;
}

static void list_trials(const Dataset *dataset, GArray *trials)
{
    for (guint i = 0; i < dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(dataset->clips, i);
        for (guint f = 0; f < MAX(clip->files->len, 1); f++) {
            const ClipFile *file = clip->files->len > 0 ? g_ptr_array_index(clip->files, f) : NULL;
            const ClipTrial trial = {dataset, clip, file != NULL ? file->path : clip->path};
            if (trial.path != NULL && g_file_test(trial.path, G_FILE_TEST_IS_REGULAR))
                g_array_append_val(trials, trial);
        }
    }
}

bool trial_clips(const Dataset *dataset, Problems *problems)
{
    const guint before = problems_count(problems);
    g_autoptr(GArray) trials = g_array_new(FALSE, FALSE, sizeof(ClipTrial));
    list_trials(dataset, trials);
    g_autoptr(GPtrArray) jobs = g_ptr_array_new();
    for (guint i = 0; i < trials->len; i++)
        g_ptr_array_add(jobs, &g_array_index(trials, ClipTrial, i));
    ClipTrials all = {trials, problems};
    const PoolSpec spec = {.work = try_clip,
                           .confine = confine_trial,
                           .workers = MAX((int64_t)g_get_num_processors(), 1),
                           .time_floor_s = TIME_LIMIT_S,
                           .memory_mib = CLIP_MEMORY_MIB,
                           .weight = weigh_clip,
                           .ended = note_clip,
                           .user = &all};
    g_autoptr(GError) cause = NULL;
    if (jobs->len > 0 && !pool_run(&spec, (const gconstpointer *)jobs->pdata, jobs->len, &cause))
        problems_add_error(problems, cause);
    return problems_count(problems) == before;
}

bool trial_read(const Plan *plan, int64_t memory_mib, volatile sig_atomic_t *cancel, Problems *problems)
{
    const guint before = problems_count(problems);
    const Trial trial = {memory_mib, cancel, problems};
    try_filters(plan, &trial);
    try_networks(plan, &trial);
    live_trial(plan, problems);
    return problems_count(problems) == before;
}
