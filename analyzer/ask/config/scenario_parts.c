/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small groups of keys within a scenario. */
#include "config/scenario_internal.h"

#include <string.h>

/* ---- conditions */

static const YamlField condition_fields[] = {
    ID_FIELD("id", ConditionSpec, id, .required = true, .help = "short name"),
    TEXT_FIELD("filter", ConditionSpec, filter, .required = true,
               .help = "a libavfilter graph through which the clip is seen"),
    PAIR_FIELD("title", ConditionSpec, title, .help = "for the report"), YAML_FIELD_END};
const YamlTable condition_table = {YAML_TABLE("condition", condition_fields, ConditionSpec)};

ConditionSpec *scenario_as_recorded(int line)
{
    ConditionSpec *condition = g_new0(ConditionSpec, 1);
    condition->id = g_strdup("as-recorded");
    condition->line = line;
    return condition;
}

void scenario_read_conditions(YamlReader *reader, const YamlNode *node, void *member)
{
    GPtrArray *conditions = *(GPtrArray **)member;
    if (node->kind != YAML_NODE_LIST || node->children->len == 0) {
        yaml_expected(reader, node, "a list of conditions: as-recorded, {id: …, filter: …}");
        return;
    }
    for (guint i = 0; i < node->children->len; i++) {
        const YamlNode *child = g_ptr_array_index(node->children, i);
        if (child->kind == YAML_NODE_TEXT && strcmp(child->text, "as-recorded") == 0) {
            g_ptr_array_add(conditions, scenario_as_recorded(child->line));
            continue;
        }
        if (child->kind == YAML_NODE_TEXT) {
            yaml_expected(reader, child, "“as-recorded” or {id: …, filter: …}");
            continue;
        }
        ConditionSpec *condition = g_new0(ConditionSpec, 1);
        yaml_read_map(reader, child, &condition_table, condition);
        condition->line = child->line;
        if (g_strcmp0(condition->id, "as-recorded") == 0)
            yaml_problem(reader, child, "found the id “as-recorded” with a filter, expected another id");
        g_ptr_array_add(conditions, condition);
    }
}

/* ---- small groups of keys */

typedef struct {
    GPtrArray *ids, *tags, *exclude_tags;
} Selection;

static const YamlField selection_fields[] = {
    TEXTS_FIELD("ids", Selection, ids, .help = "these clips"),
    TEXTS_FIELD("tags", Selection, tags, .help = "clips with one of these tags"),
    TEXTS_FIELD("exclude_tags", Selection, exclude_tags, .help = "but none with one of these"),
    YAML_FIELD_END};
const YamlTable selection_table = {YAML_TABLE("choice of clips", selection_fields, Selection)};

void scenario_read_selection(YamlReader *reader, const YamlNode *node, void *member)
{
    Scenario *scenario = (Scenario *)(void *)((char *)member - offsetof(Scenario, clip_ids));
    Selection selection;
    yaml_read_map(reader, node, &selection_table, &selection);
    g_ptr_array_extend_and_steal(scenario->clip_ids, g_steal_pointer(&selection.ids));
    g_ptr_array_extend_and_steal(scenario->clip_tags, g_steal_pointer(&selection.tags));
    g_ptr_array_extend_and_steal(scenario->exclude_tags, g_steal_pointer(&selection.exclude_tags));
}

static void read_decree(YamlReader *reader, const YamlNode *node, void *member)
{
    int64_t number = 0;
    if (node->kind == YAML_NODE_TEXT && strcmp(node->text, "none") == 0)
        *(int64_t *)member = 0;
    else if (node->kind == YAML_NODE_TEXT && strlen(node->text) == 1 && *node->text >= '1' &&
             *node->text <= '8' && yaml_read_int(reader, node, 1, 8, &number))
        *(int64_t *)member = number;
    else
        yaml_expected(reader, node, "a number from 1 to 8 (the decree’s list), or none");
}

static const YamlField legal_fields[] = {{.key = "decree_2023_828",
                                          .type = FIELD_CUSTOM,
                                          .read = read_decree,
                                          .shape = "1 … 8 | none",
                                          .help = "which event of decree 2023-828 it is, or none of them"},
                                         YAML_FIELD_END};
const YamlTable legal_table = {YAML_TABLE("legal", legal_fields, int64_t)};

void scenario_read_legal(YamlReader *reader, const YamlNode *node, void *member)
{
    int64_t number = 0;
    if (yaml_read_map(reader, node, &legal_table, &number) && yaml_node_get(node, "decree_2023_828") != NULL)
        *(int64_t *)member = number;
}

typedef struct {
    double value;
    int unit;
    char *source;
} Prevalence;

static const char *const prevalence_units[] = {"per_camera_hour", NULL};
static const YamlField prevalence_fields[] = {
    NUMBER_FIELD("value", Prevalence, value, .max = 1e6, .required = true,
                 .help = "true events expected in use"),
    CHOICE_FIELD("unit", Prevalence, unit, prevalence_units, .required = true, .help = "of the value"),
    TEXT_FIELD("source", Prevalence, source, .required = true, .help = "where the figure is from"),
    YAML_FIELD_END};
const YamlTable prevalence_table = {YAML_TABLE("prevalence", prevalence_fields, Prevalence)};

void scenario_read_prevalence(YamlReader *reader, const YamlNode *node, void *member)
{
    Scenario *scenario = (Scenario *)(void *)((char *)member - offsetof(Scenario, prevalence));
    Prevalence prevalence;
    if (yaml_read_map(reader, node, &prevalence_table, &prevalence)) {
        scenario->prevalence = prevalence.value;
        scenario->prevalence_source = g_strdup(prevalence.source);
    }
    yaml_clear(&prevalence_table, &prevalence);
}

static const YamlField network_fields[] = {
    INT_FIELD("cameras", NetworkSpec, cameras, .min = 1, .max = 1e7, .required = true,
              .help = "how many the system is to watch"),
    NUMBER_FIELD("hours_per_day", NetworkSpec, hours_per_day, .min = 0.01, .max = 24, .initial = "24",
                 .unit = "h", .help = "how long each day"),
    INT_FIELD("operators", NetworkSpec, operators, .min = 1, .max = 1e6, .help = "at work at any time"),
    NUMBER_FIELD("shift_hours", NetworkSpec, shift_hours, .min = 0.1, .max = 24, .initial = "8", .unit = "h",
                 .help = "length of an operator’s shift"),
    TEXT_FIELD("source", NetworkSpec, source, .required = true, .help = "where the figures are from"),
    YAML_FIELD_END};
const YamlTable network_table = {YAML_TABLE("network", network_fields, NetworkSpec)};
