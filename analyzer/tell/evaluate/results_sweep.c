/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curve over a sweep of parameters: what each combination of values would have given on the same clips.
 */
#include "config/system_program.h"
#include "evaluate/results_evaluation.h"
#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"

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

static json_t *describe_point(const GPtrArray *names, const SystemSpec *variant, const json_t *base,
                              const json_t *evaluation)
{
    g_autoptr(ResultsEvaluation) read = results_load_evaluation(evaluation);
    json_t *values = json_object();
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        const Param *param = param_list_find(variant->params, name);
        json_object_set_new(values, name,
                            param != NULL
                                ? results_string(param->value)
                                : results_string(json_string_value(json_object_get(read->parameters, name))));
    }
    const ResultsSweepPoint said = {
        .values = values,
        .chosen = results_bool(json_equal(json_object_get(base, "parameters"), read->parameters)),
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
                              describe_point(names, variant, evaluation, one));
        json_decref(one);
    }
    return true;
}
