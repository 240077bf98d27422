/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/plan_internal.h"

#include "behaviours/semantics.h"
#include "config/system_live.h"
#include "config/system_network.h"
#include "perception/perception.h"
#include "records/free.h"
#include "runner/live_order.h"
#include "runner/plan_probes.h"
#include "systems/engine.h"

#include <string.h>

/* The picture shape with which a rule is tried before any clip has been opened. */
static const double trial_aspect = 16.0 / 9.0;

DEFINE_DESTROY(job_free, PlanJob, job, g_free(job->perception_digest), json_decref(job->engine_description),
               g_ptr_array_unref(job->scenarios), g_ptr_array_unref(job->owners), g_array_unref(job->looks),
               g_free(job->label))

DEFINE_FREE(plan_free, Plan, plan, g_ptr_array_unref(plan->jobs), g_ptr_array_unref(plan->parts),
            g_ptr_array_unref(plan->conditions), g_ptr_array_unref(plan->clips))

/* ---- one id, one meaning */

static bool fail_ambiguous(const char *file, int line, const char *kind, const char *id, const char *other,
                           GError **error)
{
    g_set_error(
        error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
        "%s:%d:1: %s: found “%s” with another meaning than in %s, expected one meaning within an audit", file,
        line, kind, id, other);
    return false;
}

/* Whether each dataset and condition id stands for one thing in the whole audit, as each scenario's does:
 * results are named by them. */
static bool check_ids(const Audit *audit, GError **error)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *a = g_ptr_array_index(audit->scenarios, i);
        for (guint j = 0; j < i; j++) {
            const Scenario *b = g_ptr_array_index(audit->scenarios, j);
            if (a->dataset != b->dataset && strcmp(a->dataset->id, b->dataset->id) == 0 &&
                strcmp(a->dataset->sha256, b->dataset->sha256) != 0)
                return fail_ambiguous(a->dataset->file, 1, "id", a->dataset->id, b->dataset->file, error);
            for (guint k = 0; k < a->conditions->len; k++) {
                const ConditionSpec *x = g_ptr_array_index(a->conditions, k);
                for (guint l = 0; l < b->conditions->len; l++) {
                    const ConditionSpec *y = g_ptr_array_index(b->conditions, l);
                    if (strcmp(x->id, y->id) == 0 && g_strcmp0(x->filter, y->filter) != 0)
                        return fail_ambiguous(a->file, x->line, "conditions", x->id, b->file, error);
                }
            }
        }
    }
    return true;
}

/* ---- jobs */

PlanJob *plan_job(Plan *plan, GHashTable *index, const Scenario *scenario, const Clip *clip,
                  const ConditionSpec *condition, const ParamList *perception, const char *digest)
{
    /* A tab is in no id. */
    char *key = g_strjoin("\t", scenario->dataset->id, clip->id, condition->id, digest, NULL);
    PlanJob *job = g_hash_table_lookup(index, key);
    if (job != NULL) {
        g_free(key);
        return job;
    }
    job = g_new0(PlanJob, 1);
    job->index = plan->jobs->len;
    job->dataset = scenario->dataset;
    job->clip = clip;
    job->condition = condition;
    job->perception = perception;
    job->perception_digest = g_strdup(digest);
    job->scenarios = g_ptr_array_new();
    job->owners = g_ptr_array_new();
    job->looks = g_array_new(FALSE, FALSE, sizeof(PlanLook));
    g_ptr_array_add(plan->jobs, job);
    g_hash_table_insert(index, key, job);
    return job;
}

/* Tries the rule on the clip's drawing, so that a wrong parameter or a zone that is not there is told before
 * hours of replay. */
static bool try_look(const Scenario *scenario, const SystemSpec *system, const Clip *clip, GError **error)
{
    const Behaviour *behaviour = semantics_rule(scenario->behaviour, system_semantics(system));
    g_assert(behaviour != NULL); /* the loader has checked it */
    g_autoptr(BehaviourRun) run =
        behaviour_run_new(behaviour, system->params, clip->scene, trial_aspect, error);
    if (run != NULL)
        return true;
    g_prefix_error(error, "%s:%d:1: scenario “%s”, system “%s”, clip “%s”: ", scenario->file, system->line,
                   scenario->id, system->id, clip->id);
    return false;
}

static bool try_looks(const Scenario *scenario, const SystemSpec *system, const Clip *clip, GError **error)
{
    if (!try_look(scenario, system, clip, error))
        return false;
    for (guint i = 0; i < system->variants->len; i++) {
        if (!try_look(scenario, g_ptr_array_index(system->variants, i), clip, error))
            return false;
    }
    return true;
}

void plan_add_look(PlanJob *job, const Scenario *scenario, const SystemSpec *system)
{
    const PlanLook look = {.scenario = scenario, .system = system};
    g_array_append_val(job->looks, look);
}

void plan_add_once(GPtrArray *scenarios, const Scenario *scenario)
{
    if (!g_ptr_array_find(scenarios, scenario, NULL))
        g_ptr_array_add(scenarios, (gpointer)scenario);
}

/* The system itself, and each variant of its sweep. */
static void add_looks(PlanJob *job, const Scenario *scenario, const SystemSpec *system)
{
    plan_add_look(job, scenario, system);
    for (guint i = 0; i < system->variants->len; i++)
        plan_add_look(job, scenario, g_ptr_array_index(system->variants, i));
}

/* What is wrong with the systems' rules on this clip is added to the problems. */
static void try_systems(const Scenario *scenario, const Clip *clip, Problems *problems)
{
    for (guint s = 0; s < scenario->systems->len; s++) {
        const SystemSpec *system = g_ptr_array_index(scenario->systems, s);
        g_autoptr(GError) cause = NULL;
        if (engine_rule_looks(system) && !try_looks(scenario, system, clip, &cause))
            problems_add_error(problems, cause);
    }
}

PlanJob *plan_engine_job(Plan *plan, GHashTable *index, const Scenario *scenario, const SystemSpec *system,
                         const Clip *clip, const ConditionSpec *condition, const json_t *description)
{
    g_autofree char *digest = engine_digest(description);
    PlanJob *job = plan_job(plan, index, scenario, clip, condition, scenario->perception, digest);
    if (job->engine == NULL) {
        job->engine = system;
        job->engine_description = json_deep_copy(description);
        job->chained = json_object_get(description, "chain") != NULL;
    }
    plan_add_once(job->scenarios, scenario);
    plan_add_look(job, scenario, system);
    return job;
}

/* One file may be several hundred megabytes: each is described once. */
static json_t *describe_engine(GHashTable *known, const SystemSpec *system, GError **error)
{
    json_t *description = g_hash_table_lookup(known, system);
    if (description != NULL)
        return description;
    description = engine_of(system)->describe(system, error);
    if (description != NULL)
        g_hash_table_insert(known, (gpointer)system, description);
    return description;
}

/* What a process that is shown all clips says of one may depend on those before, and on what it was asked: a
 * live product is not asked, and shown once for all scenarios over the same clips. */
static json_t *hash_chain(const Scenario *scenario, const char *behaviour, const GPtrArray *clips,
                          GHashTable *lanes)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint c = 0; c < scenario->conditions->len; c++) {
        const ConditionSpec *condition = g_ptr_array_index(scenario->conditions, c);
        for (guint i = 0; i < clips->len; i++)
            g_string_append_printf(text, "%s\t%s\t%s\t%s\n", scenario->dataset->id,
                                   ((const Clip *)g_ptr_array_index(clips, i))->id, condition->id, behaviour);
        for (guint i = 0; lanes != NULL && i < clips->len; i++)
            g_string_append_printf(text, "at %u\n",
                                   GPOINTER_TO_UINT(g_hash_table_lookup(lanes, g_ptr_array_index(clips, i))));
    }
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, -1);
    return json_string(hash);
}

static bool add_system_jobs(Plan *plan, GHashTable *index, GHashTable *engines, const Scenario *scenario,
                            const SystemSpec *system, GError **error)
{
    json_t *description = describe_engine(engines, system, error);
    if (description == NULL)
        return false;
    g_autoptr(GPtrArray) clips = scenario_clips(scenario);
    const LiveOptions *live = system_live(system);
    const guint lane_count = live != NULL ? live_order_lanes(live, clips) : 0;
    g_autoptr(GHashTable) lanes = live != NULL ? live_order_assign(live, clips) : NULL;
    if (lane_count > 1) {
        GPtrArray *begun = live_order_begin(live, clips, lanes);
        g_ptr_array_unref(clips);
        clips = begun;
    }
    if (g_strcmp0(json_string_value(json_object_get(description, "starts")), "run") == 0)
        json_object_set_new(description, "chain",
                            hash_chain(scenario, engine_of(system)->is_live ? "" : scenario->behaviour, clips,
                                       lane_count > 1 ? lanes : NULL));
    for (guint c = 0; c < scenario->conditions->len; c++) {
        for (guint i = 0; i < clips->len; i++) {
            const Clip *clip = g_ptr_array_index(clips, i);
            PlanJob *job = plan_engine_job(plan, index, scenario, system, clip,
                                           g_ptr_array_index(scenario->conditions, c), description);
            job->lanes = lane_count;
            job->lane = lanes != NULL ? GPOINTER_TO_UINT(g_hash_table_lookup(lanes, clip)) : 0;
        }
    }
    return true;
}

static void add_engines_jobs(Plan *plan, GHashTable *index, GHashTable *engines, const Scenario *scenario,
                             Problems *problems)
{
    for (guint s = 0; s < scenario->systems->len; s++) {
        const SystemSpec *system = g_ptr_array_index(scenario->systems, s);
        g_autoptr(GError) cause = NULL;
        bool fine =
            engine_of(system) == NULL || add_system_jobs(plan, index, engines, scenario, system, &cause);
        for (guint v = 0; engine_of(system) != NULL && fine && v < system->variants->len; v++)
            fine = add_system_jobs(plan, index, engines, scenario, g_ptr_array_index(system->variants, v),
                                   &cause);
        if (!fine) {
            g_prefix_error(&cause, "%s:%d:1: scenario “%s”, system “%s”: ", scenario->file, system->line,
                           scenario->id, system->id);
            problems_add_error(problems, cause);
        }
    }
}

/* A scenario by its own settings, and each of its systems that sees by others. */
typedef struct {
    Plan *plan;
    GHashTable *index, *engines;
    GHashTable *digests; /* const ParamList * -> char *, of all that are looked with */
} Filling;

static char *see_by(const ParamList *perception, GError **error)
{
    PerceptionSettings *settings = perception_settings_new(perception, error);
    char *digest = settings != NULL ? perception_digest(settings) : NULL;
    perception_settings_free(settings);
    return digest;
}

/* False when a network cannot be read, which is told. */
static bool learn_digests(const Filling *filling, const Scenario *scenario, Problems *problems)
{
    bool fine = true;
    for (guint s = 0; s <= scenario->systems->len; s++) {
        const ParamList *perception =
            s == 0 ? scenario->perception
                   : system_perception(scenario, g_ptr_array_index(scenario->systems, s - 1));
        g_autoptr(GError) cause = NULL;
        if (g_hash_table_contains(filling->digests, perception))
            continue;
        char *digest = see_by(perception, &cause);
        if (digest != NULL) {
            g_hash_table_insert(filling->digests, (gpointer)perception, digest);
            continue;
        }
        g_prefix_error(&cause, "scenario “%s”: ", scenario->id);
        problems_add_error(problems, cause);
        fine = false;
    }
    return fine;
}

static PlanJob *find_replay(const Filling *filling, const Scenario *scenario, const Clip *clip,
                            const ConditionSpec *condition, const ParamList *perception)
{
    PlanJob *job = plan_job(filling->plan, filling->index, scenario, clip, condition, perception,
                            g_hash_table_lookup(filling->digests, perception));
    plan_add_once(job->scenarios, scenario);
    return job;
}

static void add_scenario_jobs(const Filling *filling, const Scenario *scenario, Problems *problems)
{
    g_autoptr(GPtrArray) clips = scenario_clips(scenario);
    for (guint i = 0; i < clips->len; i++) {
        const Clip *clip = g_ptr_array_index(clips, i);
        try_systems(scenario, clip, problems);
        for (guint c = 0; c < scenario->conditions->len; c++) {
            const ConditionSpec *condition = g_ptr_array_index(scenario->conditions, c);
            PlanJob *own = find_replay(filling, scenario, clip, condition, scenario->perception);
            plan_add_once(own->owners, scenario);
            for (guint s = 0; s < scenario->systems->len; s++) {
                const SystemSpec *system = g_ptr_array_index(scenario->systems, s);
                if (system_kind(system)->replays)
                    add_looks(
                        find_replay(filling, scenario, clip, condition, system_perception(scenario, system)),
                        scenario, system);
            }
        }
    }
}

/* Jobs of our own that are no scenario's: what is told of their clips is told by others. */
static void mark_networks(const Plan *plan)
{
    for (guint i = 0; i < plan->jobs->len; i++) {
        PlanJob *job = g_ptr_array_index(plan->jobs, i);
        if (job->owners->len == 0 && job->engine_description == NULL)
            job->engine_description = json_pack("{s:s}", "kind", "network");
    }
}

/* ---- the plan */

static void fill_plan(Plan *plan, const Audit *audit, Problems *problems)
{
    g_autoptr(GHashTable) index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) engines = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)json_decref);
    g_autoptr(GHashTable) digests = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    const Filling filling = {plan, index, engines, digests};
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        if (!learn_digests(&filling, scenario, problems))
            continue;
        add_scenario_jobs(&filling, scenario, problems);
        add_engines_jobs(plan, index, engines, scenario, problems);
    }
    plan_add_probes(plan, index, engines, digests, audit);
    mark_networks(plan);
    plan_add_parts(plan);
}

Plan *plan_read(const Audit *audit, Problems *problems)
{
    const guint before = problems_count(problems);
    g_autoptr(GError) ambiguous = NULL;
    if (!check_ids(audit, &ambiguous)) {
        problems_add_error(problems, ambiguous);
        return NULL;
    }
    g_autoptr(Plan) plan = g_new(Plan, 1);
    plan->jobs = g_ptr_array_new_with_free_func(job_free);
    plan->parts = g_ptr_array_new_with_free_func((GDestroyNotify)plan_part_free);
    plan->conditions = plan_probe_conditions_new();
    plan->clips = plan_probe_clips_new();
    fill_plan(plan, audit, problems);
    return problems_count(problems) == before ? g_steal_pointer(&plan) : NULL;
}

Plan *plan_new(const Audit *audit, GError **error)
{
    g_autoptr(Problems) problems = problems_new();
    Plan *plan = plan_read(audit, problems);
    if (plan == NULL)
        problems_to_error(problems, error);
    return plan;
}

GPtrArray *plan_filters(const Plan *plan)
{
    GPtrArray *filters = g_ptr_array_new();
    for (guint i = 0; i < plan->jobs->len; i++) {
        const PlanJob *job = g_ptr_array_index(plan->jobs, i);
        const char *filter = job->condition->filter;
        if (filter != NULL && !g_ptr_array_find_with_equal_func(filters, filter, g_str_equal, NULL))
            g_ptr_array_add(filters, (gpointer)filter);
    }
    return filters;
}

bool plan_sees_by_itself(const Scenario *scenario, const SystemSpec *system)
{
    return system_kind(system)->runs || system_perception(scenario, system) != scenario->perception;
}

GPtrArray *plan_uses(const PlanJob *job)
{
    GPtrArray *uses = g_ptr_array_new_with_free_func(g_free);
    for (guint s = 0; s < job->owners->len; s++)
        g_ptr_array_add(uses, g_strdup(((const Scenario *)g_ptr_array_index(job->owners, s))->id));
    for (guint l = 0; l < job->looks->len; l++) {
        const PlanLook *look = &g_array_index(job->looks, PlanLook, l);
        if (plan_sees_by_itself(look->scenario, look->system))
            g_ptr_array_add(uses, g_strdup_printf("%s\t%s", look->scenario->id, look->system->id));
    }
    return uses;
}

char *plan_digest(const Plan *plan)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < plan->parts->len; i++) {
        const PlanPart *part = g_ptr_array_index(plan->parts, i);
        g_autofree char *line = g_strdup_printf("%s\t%s\t%s\n", part->kind, part->name, part->digest);
        g_checksum_update(sum, (const guchar *)line, -1);
    }
    char *digest = g_strdup(g_checksum_get_string(sum));
    g_checksum_free(sum);
    return digest;
}
