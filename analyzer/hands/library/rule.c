/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of a reference behaviour. */
#include "behaviours/behaviour.h"
#include "library/library.h"
#include "library/pictures.h"
#include "records/free.h"

#include <math.h>
#include <string.h>

struct VsauditRule {
    const Behaviour *behaviour;
    Scene *scene;
    BehaviourRun *run;
    int64_t last_us; /* of the last observation; TIME_UNKNOWN */
    bool finished;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VsauditRule, vsaudit_rule_free)

static VsauditStatus find_behaviour(const char *id, const Behaviour **out, VsauditError *error)
{
    if (id == NULL)
        return library_fail(error, VSAUDIT_MISUSE, "behaviour: found NULL, expected an id");
    *out = behaviour_find(id);
    if (*out != NULL)
        return VSAUDIT_OK;
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (size_t i = 0; vsaudit_behaviour_id(i) != NULL; i++)
        g_ptr_array_add(ids, (gpointer)(uintptr_t)vsaudit_behaviour_id(i));
    const char *nearest = option_nearest_name(id, (const char *const *)ids->pdata, ids->len);
    if (nearest != NULL)
        return library_fail(error, VSAUDIT_NOT_FOUND, "behaviour: found “%s”, expected perhaps “%s”", id,
                            nearest);
    g_autofree char *all = library_ids(vsaudit_behaviour_id);
    return library_fail(error, VSAUDIT_NOT_FOUND, "behaviour: found “%s”, expected one of %s", id, all);
}

VsauditStatus vsaudit_rule_new(const char *behaviour, const VsauditOption *options, size_t option_count,
                               const VsauditScene *scene, size_t scene_size, double aspect,
                               VsauditRule **rule, VsauditError *error)
{
    if (rule == NULL)
        return library_fail(error, VSAUDIT_MISUSE, "rule: found NULL, expected a place for the handle");
    *rule = NULL;
    g_autoptr(VsauditRule) made = g_new0(VsauditRule, 1);
    g_autoptr(ParamList) params = NULL;
    made->last_us = TIME_UNKNOWN;
    VsauditStatus status = find_behaviour(behaviour, &made->behaviour, error);
    if (status == VSAUDIT_OK && !(aspect >= 0.1 && aspect <= 10)) {
        g_autofree char *found = library_number(aspect);
        status = library_fail(error, VSAUDIT_INVALID, "aspect: found %s, expected 0.1 to 10", found);
    }
    if (status == VSAUDIT_OK)
        status = library_params(options, option_count, &params, error);
    if (status == VSAUDIT_OK)
        status = pictures_carry_scene(scene, scene_size, &made->scene, error);
    if (status != VSAUDIT_OK)
        return status;
    g_autoptr(GError) fault = NULL;
    made->run = behaviour_run_new(made->behaviour, params, made->scene, aspect, &fault);
    if (made->run == NULL)
        return library_params_fault(made->behaviour->options, params, fault, error);
    *rule = g_steal_pointer(&made);
    return VSAUDIT_OK;
}

static void clear_vsaudit_rule(VsauditRule *rule)
{
    behaviour_run_free(rule->run); /* before the scene, which it looks at */
    scene_free(rule->scene);
}

DEFINE_FREE(vsaudit_rule_free, VsauditRule, rule, clear_vsaudit_rule(rule))

static VsauditStatus check_open(const VsauditRule *rule, VsauditError *error)
{
    if (rule == NULL)
        return library_fail(error, VSAUDIT_MISUSE, "rule: found NULL, expected a handle");
    if (rule->finished)
        return library_fail(error, VSAUDIT_MISUSE,
                            "rule: found one that is finished, expected one that is not");
    return VSAUDIT_OK;
}

VsauditStatus vsaudit_rule_observe(VsauditRule *rule, const VsauditObservation *observation, size_t size,
                                   VsauditError *error)
{
    VsauditStatus status = check_open(rule, error);
    if (status == VSAUDIT_OK)
        status = library_check_size(observation, size, sizeof *observation, sizeof *observation,
                                    "observation", error);
    if (status != VSAUDIT_OK)
        return status;
    VsauditObservation given;
    vsaudit_observation_init(&given, sizeof given, NULL);
    memcpy(&given, observation, size);
    g_auto(Observation) own;
    status = pictures_carry(&given, rule->last_us, &own, error);
    if (status != VSAUDIT_OK)
        return status;
    rule->last_us = own.t_us;
    library_quiet_begin();
    behaviour_run_observe(rule->run, &own);
    library_quiet_end();
    return VSAUDIT_OK;
}

VsauditStatus vsaudit_rule_finish(VsauditRule *rule, int64_t end_us, VsauditError *error)
{
    const VsauditStatus status = check_open(rule, error);
    if (status != VSAUDIT_OK)
        return status;
    const int64_t least = MAX(rule->last_us, 0);
    if (end_us < least || end_us > VSAUDIT_TIME_MAX)
        return library_fail(error, VSAUDIT_INVALID,
                            "end_us: found %" PRId64 ", expected %" PRId64
                            " (the last observation) to %" PRId64 " µs",
                            end_us, least, VSAUDIT_TIME_MAX);
    rule->finished = true;
    behaviour_run_finish(rule->run, end_us);
    return VSAUDIT_OK;
}

size_t vsaudit_rule_alert_count(const VsauditRule *rule)
{
    return rule != NULL ? behaviour_run_alerts(rule->run)->len : 0;
}

VsauditStatus vsaudit_rule_alert(const VsauditRule *rule, size_t index, VsauditAlert *alert, size_t size,
                                 VsauditError *error)
{
    if (rule == NULL)
        return library_fail(error, VSAUDIT_MISUSE, "rule: found NULL, expected a handle");
    const VsauditStatus status =
        library_check_size(alert, size, sizeof *alert, sizeof *alert, "alert", error);
    if (status != VSAUDIT_OK)
        return status;
    const GPtrArray *alerts = behaviour_run_alerts(rule->run);
    if (index >= alerts->len)
        return library_fail(error, VSAUDIT_NOT_FOUND, "index: found %zu, expected less than %u", index,
                            alerts->len);
    const Alert *own = g_ptr_array_index(alerts, index);
    const bool boxed = !geometry_box_is_none(own->box);
    const VsauditAlert answer = {
        .onset_us = own->onset_us,
        .decided_us = own->decided_us,
        .end_us = own->end_us,
        .confidence = isnan(own->confidence) ? VSAUDIT_CONFIDENCE_UNKNOWN : own->confidence,
        .label = own->label,
        .box =
            boxed ? (VsauditBox){own->box.x, own->box.y, own->box.w, own->box.h} : (VsauditBox)VSAUDIT_NO_BOX,
        .track_ids = own->track_ids != NULL ? (const int64_t *)(const void *)own->track_ids->data : NULL,
        .track_count = own->track_ids != NULL ? own->track_ids->len : 0,
    };
    memcpy(alert, &answer, size);
    return VSAUDIT_OK;
}

const char *vsaudit_rule_counter(const VsauditRule *rule, size_t index, int64_t *value)
{
    if (rule == NULL || rule->behaviour->counters == NULL)
        return NULL;
    const char *const *counters = rule->behaviour->counters;
    size_t count = 0;
    while (counters[count] != NULL)
        count++;
    if (index >= count)
        return NULL;
    json_t *all = behaviour_run_counters(rule->run);
    if (value != NULL)
        *value = json_integer_value(json_object_get(all, counters[index]));
    json_decref(all);
    return counters[index];
}
