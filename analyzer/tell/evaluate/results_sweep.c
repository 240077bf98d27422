/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curve over a sweep of parameters: what each combination of values would have given on the same clips.
 */
#include "evaluate/results_evaluation.h"
#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"

#include <string.h>

static json_t *describe_point(const SystemSpec *system, const SystemSpec *variant, const json_t *base,
                              const json_t *evaluation)
{
    g_autoptr(ResultsEvaluation) read = results_load_evaluation(evaluation);
    json_t *values = json_object();
    for (guint i = 0; i < system->sweep->len; i++) {
        const ParamList *list = g_ptr_array_index(system->sweep, i);
        const Param *param = g_ptr_array_index(list->params, 0);
        json_object_set_new(values, param->name,
                            results_string(param_list_find(variant->params, param->name)->value));
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
    g_autofree const char **parameters = g_new0(const char *, system->sweep->len + 1);
    for (guint i = 0; i < system->sweep->len; i++) {
        const ParamList *list = g_ptr_array_index(system->sweep, i);
        parameters[i] = ((const Param *)g_ptr_array_index(list->params, 0))->name;
    }
    const ResultsSweep said = {.parameters = {system->sweep->len, parameters},
                               .points = {0, none}};
    json_t *sweep = results_dump(&result_sweep, &said);
    json_object_set_new(evaluation, "sweep", sweep);
    for (guint i = 0; i < system->variants->len; i++) {
        const SystemSpec *variant = g_ptr_array_index(system->variants, i);
        json_t *one = results_evaluate(scenario, variant, condition, systems, store, NULL, error);
        if (one == NULL)
            return false;
        json_array_append_new(json_object_get(sweep, "points"),
                              describe_point(system, variant, evaluation, one));
        json_decref(one);
    }
    return true;
}
