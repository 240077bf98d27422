/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/trial_classes.h"

#include "behaviours/semantics.h"
#include "perception/perception.h"

#include <string.h>

/* “a person (person, pedestrian, …) or a vehicle (…)”. Caller frees. */
static char *name_classes(unsigned classes)
{
    g_autoptr(GString) text = g_string_new(NULL);
    static const ObjectClass all[] = {OBJECT_PERSON, OBJECT_VEHICLE};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        if ((classes & 1U << all[i]) == 0)
            continue;
        g_autofree char *words = g_strjoinv(", ", (char **)(uintptr_t)perception_class_words(all[i]));
        g_string_append_printf(text, "%sa %s (%s)", text->len > 0 ? " or " : "", object_class_name(all[i]),
                               words);
    }
    return g_strdup(text->str);
}

static void tell(const PlanJob *job, const PlanLook *look, const Behaviour *rule, unsigned needed,
                 const char *labels, Problems *problems)
{
    const bool own = job->perception != look->scenario->perception;
    const Param *place = param_list_find(job->perception, "labels");
    if (place == NULL)
        place = param_list_find(job->perception, "model");
    g_autofree char *expected = name_classes(needed);
    problems_add(problems, look->scenario->file, place->line, place->column,
                 own ? "labels" : "perception.labels",
                 "found the labels %s, of which the rule %s (system “%s”) looks for none, expected one that "
                 "names %s",
                 labels, rule->id, look->system->id, expected);
}

void trial_classes(const Plan *plan, const char *digest, unsigned classes, const char *labels,
                   Problems *problems)
{
    g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL); /* a system looks at many clips */
    for (guint i = 0; i < plan->jobs->len; i++) {
        const PlanJob *job = g_ptr_array_index(plan->jobs, i);
        for (guint k = 0; strcmp(job->perception_digest, digest) == 0 && k < job->looks->len; k++) {
            const PlanLook *look = &g_array_index(job->looks, PlanLook, k);
            const Behaviour *rule = semantics_rule(look->scenario->behaviour, system_semantics(look->system));
            const unsigned needed = rule != NULL ? behaviour_classes(rule, look->system->params) : 0;
            if (needed != 0 && (needed & classes) == 0 && g_hash_table_add(told, (gpointer)look->system))
                tell(job, look, rule, needed, labels, problems);
        }
    }
}
