/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims against the rest of their scenario: the systems and conditions that they name, and what they need.
 */
#include "config/names.h"
#include "config/scenario_internal.h"
#include "records/find.h"
#include "scoring/metrics.h"

#include <math.h>
#include <string.h>

/* Reports at `place` unless `name` is one of the ids; NULL is none. True when it is one. */
static bool check_name(YamlReader *reader, const YamlNode *place, const char *name, const char *what,
                       const GPtrArray *ids)
{
    if (name == NULL || place == NULL)
        return false;
    for (guint i = 0; i < ids->len; i++) {
        if (strcmp(g_ptr_array_index(ids, i), name) == 0)
            return true;
    }
    names_report_unknown(reader, place, name, what, (const char *const *)ids->pdata, ids->len);
    return false;
}

/* The condition under which a claim is judged; NULL when the scenario has no clip as recorded. */
static const char *judged_condition(const Scenario *scenario, const Claim *claim)
{
    if (claim->condition != NULL)
        return claim->condition;
    for (guint i = 0; i < scenario->conditions->len; i++) {
        const ConditionSpec *condition = g_ptr_array_index(scenario->conditions, i);
        if (condition->filter == NULL)
            return condition->id;
    }
    return NULL;
}

static bool is_judged(const Claim *claim, const SystemSpec *system)
{
    if (claim->against != NULL && g_strcmp0(claim->against, system->id) == 0)
        return false;
    return claim->system == NULL ? !system_kind(system)->is_control && !system_kind(system)->is_person
                                 : g_strcmp0(claim->system, system->id) == 0;
}

static const SystemSpec *find_system(const Scenario *scenario, const char *id)
{
    return FIND_BY(scenario->systems, SystemSpec, id, id);
}

static void check_one(YamlReader *reader, const YamlNode *node, const Scenario *scenario, const Claim *claim,
                      const GPtrArray *systems, const GPtrArray *conditions)
{
    const YamlNode *reading = yaml_node_get(node, "reading");
    check_name(reader, yaml_node_get(node, "system"), claim->system, "a system of this scenario", systems);
    check_name(reader, yaml_node_get(node, "condition"), claim->condition, "a condition of this scenario",
               conditions);
    if (metric_of(claim->metric)->needs_prevalence && isnan(scenario->prevalence))
        yaml_problem(reader, node, "found a claim about %s, expected the scenario to state “prevalence”",
                     metric_name(claim->metric));
    if (reading == NULL)
        return;
    const char *judged = judged_condition(scenario, claim);
    if (judged == NULL)
        yaml_problem(reader, node,
                     "found a claim without “condition” in a scenario that has no condition as-recorded, "
                     "expected one of them");
    const YamlNode *against = yaml_node_get(reading, "against");
    if (check_name(reader, against, claim->against, "a system of this scenario", systems)) {
        bool any = false;
        for (guint i = 0; i < scenario->systems->len; i++)
            any = any || is_judged(claim, g_ptr_array_index(scenario->systems, i));
        const SystemSpec *other = find_system(scenario, claim->against);
        if (other != NULL && other->wordings->len > 1)
            yaml_expected(reader, against,
                          "a system with one set of words (“semantics”), not a list of them");
        else if (!any)
            yaml_expected(reader, against, "another system than the one that the claim is about");
    }
    const YamlNode *other = yaml_node_get(reading, "against_condition");
    if (check_name(reader, other, claim->against_condition, "a condition of this scenario", conditions) &&
        g_strcmp0(claim->against_condition, judged) == 0)
        yaml_expected(
            reader, other,
            "another condition than the one under which the claim is judged (“condition” of the claim)");
}

void scenario_check_claims(YamlReader *reader, const YamlNode *node, const Scenario *scenario)
{
    g_autoptr(GPtrArray) systems = g_ptr_array_new(), conditions = g_ptr_array_new();
    for (guint i = 0; i < scenario->systems->len; i++) {
        const SystemSpec *system = g_ptr_array_index(scenario->systems, i);
        if (system->id != NULL)
            g_ptr_array_add(systems, system->id);
    }
    for (guint i = 0; i < scenario->conditions->len; i++) {
        const ConditionSpec *condition = g_ptr_array_index(scenario->conditions, i);
        if (condition->id != NULL)
            g_ptr_array_add(conditions, condition->id);
    }
    for (guint i = 0; i < scenario->claims->len; i++) {
        const Claim *claim = g_ptr_array_index(scenario->claims, i);
        check_one(reader, g_ptr_array_index(node->children, i), scenario, claim, systems, conditions);
    }
}
