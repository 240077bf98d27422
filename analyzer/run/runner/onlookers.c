/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/onlookers.h"

#include "behaviours/semantics.h"
#include "records/free.h"

static void free_run(gpointer run)
{
    behaviour_run_free(run);
}

struct Onlookers {
    GPtrArray *runs;    /* of BehaviourRun *; NULL where one could not start */
    GPtrArray *records; /* of LookRecord *, same order */
};

Onlookers *onlookers_new(const PlanJob *job, double aspect)
{
    Onlookers *onlookers = g_new(Onlookers, 1);
    onlookers->runs = g_ptr_array_new_with_free_func(free_run);
    onlookers->records = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    for (guint i = 0; i < job->looks->len; i++) {
        const PlanLook *look = &g_array_index(job->looks, PlanLook, i);
        LookRecord *record = look_record_new(look->scenario->id, look->system->id);
        g_autoptr(GError) cause = NULL;
        BehaviourRun *run =
            behaviour_run_new(semantics_rule(look->scenario->behaviour, system_semantics(look->system)),
                              look->system->params, job->clip->scene, aspect, &cause);
        if (run == NULL)
            record->reason = g_strdup(cause->message);
        g_ptr_array_add(onlookers->runs, run);
        g_ptr_array_add(onlookers->records, record);
    }
    return onlookers;
}

void onlookers_show(Onlookers *onlookers, const Observation *observation)
{
    for (guint i = 0; i < onlookers->runs->len; i++) {
        BehaviourRun *run = g_ptr_array_index(onlookers->runs, i);
        if (run != NULL)
            behaviour_run_observe(run, observation);
    }
}

bool onlookers_show_all(Onlookers *onlookers, ObservationReader *reader, PoolPulse *pulse,
                        ClipQuality *quality, GError **error)
{
    for (;;) {
        g_auto(Observation) observation = {0};
        switch (observation_reader_next(reader, &observation, error)) {
        case OBSERVATION_DAMAGED:
            return false;
        case OBSERVATION_END:
            return true;
        case OBSERVATION_READ:
            onlookers_show(onlookers, &observation);
            pool_pulse_step(pulse, observation.t_us);
            if (quality == NULL)
                break;
            quality->frames++;
            quality->duration_us = observation.t_us + observation.duration_us;
            break;
        }
    }
}

const GPtrArray *onlookers_finish(Onlookers *onlookers, int64_t duration_us)
{
    for (guint i = 0; i < onlookers->runs->len; i++) {
        BehaviourRun *run = g_ptr_array_index(onlookers->runs, i);
        LookRecord *record = g_ptr_array_index(onlookers->records, i);
        if (run == NULL)
            continue;
        behaviour_run_finish(run, duration_us);
        const GPtrArray *alerts = behaviour_run_alerts(run);
        for (guint a = 0; a < alerts->len; a++)
            g_ptr_array_add(record->alerts, alert_copy(g_ptr_array_index(alerts, a)));
        json_decref(record->counters);
        record->counters = behaviour_run_counters(run);
        const GArray *series = behaviour_run_series(run);
        record->series = series != NULL ? g_array_copy((GArray *)series) : NULL;
    }
    return onlookers->records;
}

DEFINE_FREE(onlookers_free, Onlookers, onlookers, g_ptr_array_unref(onlookers->runs),
            g_ptr_array_unref(onlookers->records))
