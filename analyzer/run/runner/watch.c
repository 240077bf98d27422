/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/watch.h"

#include "behaviours/semantics.h"

static void free_run(gpointer run)
{
    behaviour_run_free(run);
}

struct Watch {
    GPtrArray *runs;    /* of BehaviourRun *; NULL where one could not start */
    GPtrArray *records; /* of LookRecord *, same order */
};

Watch *watch_new(const PlanJob *job, double aspect)
{
    Watch *watch = g_new(Watch, 1);
    watch->runs = g_ptr_array_new_with_free_func(free_run);
    watch->records = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    for (guint i = 0; i < job->looks->len; i++) {
        const PlanLook *look = &g_array_index(job->looks, PlanLook, i);
        LookRecord *record = look_record_new(look->scenario->id, look->system->id);
        g_autoptr(GError) cause = NULL;
        BehaviourRun *run =
            behaviour_run_new(semantics_rule(look->scenario->behaviour, system_semantics(look->system)),
                              look->system->params, job->clip->scene, aspect, &cause);
        if (run == NULL)
            record->reason = g_strdup(cause->message);
        g_ptr_array_add(watch->runs, run);
        g_ptr_array_add(watch->records, record);
    }
    return watch;
}

void watch_show(Watch *watch, const Observation *observation)
{
    for (guint i = 0; i < watch->runs->len; i++) {
        BehaviourRun *run = g_ptr_array_index(watch->runs, i);
        if (run != NULL)
            behaviour_run_observe(run, observation);
    }
}

const GPtrArray *watch_finish(Watch *watch, int64_t duration_us)
{
    for (guint i = 0; i < watch->runs->len; i++) {
        BehaviourRun *run = g_ptr_array_index(watch->runs, i);
        LookRecord *record = g_ptr_array_index(watch->records, i);
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
    return watch->records;
}

void watch_free(Watch *watch)
{
    if (watch == NULL)
        return;
    g_ptr_array_unref(watch->runs);
    g_ptr_array_unref(watch->records);
    g_free(watch);
}
