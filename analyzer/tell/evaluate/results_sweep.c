/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curve over a sweep of parameters: what each combination of values would have given on the same clips.
 */
#include "evaluate/results_evaluation.h"
#include "results/results_json.h"

#include <string.h>

static void take(json_t *point, const json_t *from, const char *const *names)
{
    for (size_t i = 0; names[i] != NULL; i++)
        json_object_set(point, names[i], json_object_get(from, names[i]));
}

static json_t *describe_point(const SystemSpec *system, const SystemSpec *variant, const json_t *base,
                              const json_t *evaluation)
{
    static const char *const counts[] = {"events", "hits", "misses", "false_strict", NULL};
    static const char *const rates[] = {"false_alerts_per_camera_hour", "p_miss", NULL};
    json_t *values = json_object(), *point = json_object();
    for (guint i = 0; i < system->sweep->len; i++) {
        const ParamList *list = g_ptr_array_index(system->sweep, i);
        const Param *param = g_ptr_array_index(list->params, 0);
        json_object_set_new(values, param->name,
                            results_string(param_list_find(variant->params, param->name)->value));
    }
    json_object_set_new(point, "values", values);
    json_object_set_new(point, "chosen",
                        json_boolean(json_equal(json_object_get(base, "parameters"),
                                                json_object_get(evaluation, "parameters"))));
    take(point, json_object_get(evaluation, "counts"), counts);
    take(point, json_object_get(evaluation, "rates"), rates);
    return point;
}

bool results_add_sweep(const Scenario *scenario, const SystemSpec *system, const ConditionSpec *condition,
                       Systems *systems, Store *store, json_t *evaluation, GError **error)
{
    if (system->variants->len == 0)
        return true;
    json_t *parameters = json_array(), *points = json_array();
    for (guint i = 0; i < system->sweep->len; i++) {
        const ParamList *list = g_ptr_array_index(system->sweep, i);
        json_array_append_new(parameters,
                              json_string(((const Param *)g_ptr_array_index(list->params, 0))->name));
    }
    json_object_set_new(evaluation, "sweep",
                        json_pack("{s:o,s:o}", "parameters", parameters, "points", points));
    for (guint i = 0; i < system->variants->len; i++) {
        const SystemSpec *variant = g_ptr_array_index(system->variants, i);
        json_t *one = results_evaluate(scenario, variant, condition, systems, store, NULL, error);
        if (one == NULL)
            return false;
        json_array_append_new(points, describe_point(system, variant, evaluation, one));
        json_decref(one);
    }
    return true;
}
