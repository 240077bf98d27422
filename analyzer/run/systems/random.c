/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/yardstick.h"

#include "config/system_yardstick.h"
#include "scoring/chance.h"
#include "systems/watched.h"

#include <math.h>
#include <string.h>

/* What another system raised in the watched time of the clips that it judged. */
typedef struct {
    int64_t alerts, watched_us;
} Load;

static bool add_load(const SystemQuestion *question, const SystemSpec *other, const Clip *clip, Load *load,
                     GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(JobRecord) job =
        store_find_job(question->store, question->scenario->id, clip->id, question->condition->id, &cause);
    if (job == NULL && cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    if (job == NULL || job->status != JOB_DONE)
        return true;
    g_auto(SystemOutput) output;
    if (!systems_collect(question->systems, question->store, question->scenario, other, clip,
                         question->condition, job, &output, error))
        return false;
    if (output.reason != NULL)
        return true;
    g_auto(SpanList) watched = {NULL};
    watched_spans(clip, question->scenario->behaviour, job, &watched);
    load->watched_us += span_list_total(&watched);
    for (guint i = 0; i < output.alerts->len; i++)
        load->alerts +=
            span_list_contains(&watched, ((const Alert *)g_ptr_array_index(output.alerts, i))->onset_us);
    return true;
}

static bool reckon_rate(const SystemQuestion *question, const char *as, double *rate, GError **error)
{
    const Scenario *scenario = question->scenario;
    const SystemSpec *other = NULL;
    for (guint i = 0; i < scenario->systems->len && other == NULL; i++) {
        const SystemSpec *system = g_ptr_array_index(scenario->systems, i);
        other = strcmp(system->id, as) == 0 ? system : NULL;
    }
    if (other == NULL) { /* left out, since it needs video */
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: system “%s” is to alert as often as “%s”, which is not scored here", scenario->id,
                    question->system->id, as);
        return false;
    }
    Load load = {0};
    g_autoptr(GPtrArray) clips = scenario_clips(scenario);
    for (guint i = 0; i < clips->len; i++)
        if (!add_load(question, other, g_ptr_array_index(clips, i), &load, error))
            return false;
    *rate = load.watched_us > 0 ? (double)load.alerts / ((double)load.watched_us / (double)US_PER_HOUR)
                                : (double)NAN;
    return true;
}

/* Asked for every clip, reckoned over all of them: once. NAN: the other system judged no watched time. */
static bool find_rate(const SystemQuestion *question, const RandomOptions *random, double *rate,
                      GError **error)
{
    if (random->as == NULL) {
        *rate = random->per_hour;
        return true;
    }
    GHashTable *known = systems_rates(question->systems);
    g_autofree char *key =
        g_strdup_printf("%s\1%s\1%s", question->scenario->id, random->as, question->condition->id);
    const double *found = g_hash_table_lookup(known, key);
    if (found == NULL) {
        if (!reckon_rate(question, random->as, rate, error))
            return false;
        g_hash_table_insert(known, g_steal_pointer(&key), g_memdup2(rate, sizeof *rate));
        return true;
    }
    *rate = *found;
    return true;
}

bool random_collect(const SystemQuestion *question, SystemOutput *output, GError **error)
{
    const RandomOptions *random = system_random(question->system);
    const char *behaviour = question->scenario->behaviour;
    double rate = 0;
    if (!find_rate(question, random, &rate, error))
        return false;
    if (isnan(rate)) {
        output->reason = g_strdup_printf("how often “%s” alerts is unknown: it judged no watched time",
                                         random->as);
        return true;
    }
    g_auto(SpanList) watched = {NULL};
    watched_spans(question->clip, behaviour, question->job, &watched);
    g_autofree char *text =
        g_strdup_printf("%s\1%s\1%" G_GINT64_FORMAT, question->clip->id, behaviour, random->seed);
    g_autoptr(GArray) onsets = g_array_new(FALSE, FALSE, sizeof(int64_t));
    chance_draw(&watched, rate, chance_seed(text), onsets);
    const int64_t length_us = watched_length(question->clip, question->job);
    for (guint i = 0; i < onsets->len; i++) {
        const int64_t onset_us = g_array_index(onsets, int64_t, i);
        Alert *alert = alert_new(behaviour, onset_us, onset_us);
        alert->end_us = MIN(onset_us + random->lasts_us, length_us);
        g_ptr_array_add(output->alerts, alert);
    }
    return true;
}
