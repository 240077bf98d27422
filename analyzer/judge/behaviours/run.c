/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of one behaviour: settings, state and alerts in one place, so that a behaviour is only its rule. */
#include "behaviours/behaviour.h"
#include "records/free.h"

struct BehaviourRun {
    const Behaviour *behaviour;
    void *settings;
    void *state;
    GPtrArray *alerts; /* of Alert * */
    int64_t last_us;   /* time of the last observation; TIME_UNKNOWN before the first */
    bool finished;
};

BehaviourRun *behaviour_run_new(const Behaviour *behaviour, const ParamList *params, const Scene *scene,
                                double aspect, GError **error)
{
    BehaviourRun *run = g_new0(BehaviourRun, 1);
    run->behaviour = behaviour;
    run->settings = g_malloc0(behaviour->settings_size);
    run->state = g_malloc0(behaviour->state_size);
    run->alerts = alert_array_new();
    run->last_us = TIME_UNKNOWN;
    options_set_defaults(behaviour->options, run->settings);
    const BehaviourInput input = {behaviour, run->settings, scene, aspect};
    if (!options_apply(behaviour->options, run->settings, params, "params", error) ||
        !behaviour->open(run->state, &input, error)) {
        behaviour_run_free(run);
        return NULL;
    }
    return run;
}

void behaviour_run_observe(BehaviourRun *run, const Observation *observation)
{
    g_assert(!run->finished);
    g_assert(run->last_us == TIME_UNKNOWN || observation->t_us > run->last_us);
    run->last_us = observation->t_us;
    run->behaviour->observe(run->state, observation, run->alerts);
}

void behaviour_run_finish(BehaviourRun *run, int64_t end_us)
{
    g_assert(!run->finished);
    run->finished = true;
    run->behaviour->flush(run->state, end_us, run->alerts);
    for (guint i = 0; i < run->alerts->len; i++) {
        Alert *alert = g_ptr_array_index(run->alerts, i);
        if (alert->end_us == TIME_UNKNOWN)
            alert->end_us = end_us;
        alert->end_us = MAX(alert->end_us, alert->decided_us); /* see flush in behaviour.h */
    }
    g_ptr_array_sort(run->alerts, alert_compare);
}

const GPtrArray *behaviour_run_alerts(const BehaviourRun *run)
{
    return run->alerts;
}

json_t *behaviour_run_counters(const BehaviourRun *run)
{
    json_t *object = json_object();
    size_t count = 0;
    while (run->behaviour->counters != NULL && run->behaviour->counters[count] != NULL)
        count++;
    if (count == 0)
        return object;
    g_autofree int64_t *values = g_new0(int64_t, count);
    run->behaviour->count(run->state, values);
    for (size_t i = 0; i < count; i++)
        json_object_set_new(object, run->behaviour->counters[i], json_integer(values[i]));
    return object;
}

const GArray *behaviour_run_series(const BehaviourRun *run)
{
    return run->behaviour->series != NULL ? run->behaviour->series(run->state) : NULL;
}

static void clear_behaviour_run(BehaviourRun *run)
{
    run->behaviour->close(run->state);
    options_clear(run->behaviour->options, run->settings);
    g_free(run->settings);
    g_free(run->state);
    g_ptr_array_unref(run->alerts);
}

DEFINE_FREE(behaviour_run_free, BehaviourRun, run, clear_behaviour_run(run))
