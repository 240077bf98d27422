/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curve over a sweep of parameters: what each combination of values would have given on the same clips.
 */
#include "config/system_program.h"
#include "evaluate/results_evaluation.h"
#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"
#include "systems/engine.h"

#include <string.h>

/* What the variants differ in; caller unrefs. */
static GPtrArray *list_names(const SystemSpec *system)
{
    GPtrArray *names = system_program_varied(system);
    for (guint i = 0; i < system->sweep->len; i++) {
        const ParamList *list = g_ptr_array_index(system->sweep, i);
        g_ptr_array_add(names, ((const Param *)g_ptr_array_index(list->params, 0))->name);
    }
    return names;
}

/* What a system that runs is told; of another nothing. Caller owns. */
static json_t *told_to(const SystemSpec *system)
{
    return engine_of(system) != NULL ? engine_told(system) : json_object();
}

/* NULL: the variant is not told it. Caller owns. */
static json_t *value_of(const SystemSpec *variant, const json_t *told, const json_t *parameters,
                        const char *name)
{
    if (engine_of(variant) != NULL) /* a rule that looks at what it gives may have parameters of that name */
        return json_incref(json_object_get(told, name));
    const Param *param = param_list_find(variant->params, name);
    return results_string(param != NULL ? param->value
                                        : json_string_value(json_object_get(parameters, name)));
}

static json_t *describe_point(const GPtrArray *names, const SystemSpec *system, const SystemSpec *variant,
                              const json_t *base, const json_t *evaluation)
{
    g_autoptr(ResultsEvaluation) read = results_load_evaluation(evaluation);
    json_t *values = json_object(), *told = told_to(variant), *base_told = told_to(system);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        json_t *value = value_of(variant, told, read->parameters, name);
        if (value != NULL)
            json_object_set_new(values, name, value);
    }
    const bool chosen =
        json_equal(told, base_told) && json_equal(json_object_get(base, "parameters"), read->parameters);
    json_decref(told);
    json_decref(base_told);
    const ResultsSweepPoint said = {
        .values = values,
        .chosen = results_bool(chosen),
        .events = read->counts.events,
        .hits = read->counts.hits,
        .misses = read->counts.misses,
        .false_strict = read->counts.false_strict,
        .false_alerts_per_camera_hour = read->rates.false_alerts_per_camera_hour,
        .p_miss = read->rates.p_miss,
    };
    return results_dump_taking(&result_sweep_point, &said);
}

bool results_add_sweep(const Scenario *scenario, const SystemSpec *system, const ConditionSpec *condition,
                       Systems *systems, Store *store, json_t *evaluation, GError **error)
{
    if (system->variants->len == 0)
        return true;
    static const ResultsSweepPoint none[1]; /* an empty list is a list */
    g_autoptr(GPtrArray) names = list_names(system);
    const ResultsSweep said = {.parameters = {names->len, (const char *const *)(void *)names->pdata},
                               .points = {0, none}};
    json_t *sweep = results_dump(&result_sweep, &said);
    json_object_set_new(evaluation, "sweep", sweep);
    for (guint i = 0; i < system->variants->len; i++) {
        const SystemSpec *variant = g_ptr_array_index(system->variants, i);
        json_t *one = results_evaluate(scenario, variant, condition, systems, store, NULL, error);
        if (one == NULL)
            return false;
        json_array_append_new(json_object_get(sweep, "points"),
                              describe_point(names, system, variant, evaluation, one));
        json_decref(one);
    }
    return true;
}
