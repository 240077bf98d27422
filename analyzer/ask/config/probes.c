/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/probes.h"

#include "config/names.h"
#include "config/scenario.h"

#include <string.h>

#define CONDITION(id) "probe:" id

/* Quotes keep the commas of an expression from ending the filter. */
#define HALF(side) "'max(1,trunc(" side "/2))'"

const Probe probe_table[PROBE_COUNT] = {
    [PROBE_REPEAT] = {"repeat", true, CONDITION("repeat"), NULL},
    [PROBE_ORDER] = {"order", true, CONDITION("order"), NULL},
    [PROBE_RENAMED] = {"renamed", true, CONDITION("renamed"), NULL},
    [PROBE_MIRRORED] = {"mirrored", false, CONDITION("mirrored"), NULL},
    [PROBE_DELAYED] = {"delayed", false, CONDITION("delayed"), NULL},
    [PROBE_HALF_RATE] = {"half-rate", false, CONDITION("half-rate"), "framestep=2"},
    [PROBE_HALF_SIZE] = {"half-size", false, CONDITION("half-size"), "scale=w=" HALF("iw") ":h=" HALF("ih")},
    [PROBE_RE_ENCODED] = {"re-encoded", false, CONDITION("re-encoded"), "recompress=qp=26"},
    [PROBE_EMPTY_HOUR] = {"empty-hour", false, CONDITION("empty-hour"), NULL},
    [PROBE_INTERRUPTED] = {"interrupted", false, CONDITION("interrupted"), NULL},
    [PROBE_CAMERAS_EXCHANGED] = {"cameras-exchanged", true, CONDITION("cameras-exchanged"), NULL},
};

const char *const probe_names[] = {"repeat",     "order",       "renamed",           "mirrored",
                                   "delayed",    "half-rate",   "half-size",         "re-encoded",
                                   "empty-hour", "interrupted", "cameras-exchanged", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(probe_names) == PROBE_COUNT + 1);

bool probes_is_condition(const char *condition)
{
    return g_str_has_prefix(condition, CONDITION(""));
}

static void ask(YamlReader *reader, const YamlNode *node, bool asked[PROBE_COUNT])
{
    if (node->kind != YAML_NODE_TEXT) {
        yaml_expected(reader, node, "the name of a probe (vsaudit list probes)");
        return;
    }
    for (unsigned i = 0; i < PROBE_COUNT; i++) {
        if (strcmp(probe_names[i], node->text) != 0)
            continue;
        if (asked[i])
            yaml_problem(reader, node, "found “%s” a second time, expected each probe once", node->text);
        asked[i] = true;
        return;
    }
    names_report_unknown(reader, node, node->text, "a probe", probe_names, PROBE_COUNT);
}

static void ask_all(ProbesSpec *probes)
{
    for (unsigned i = 0; i < PROBE_COUNT; i++)
        probes->asked[i] = true;
}

static void read_run(YamlReader *reader, const YamlNode *node, void *member)
{
    ProbesSpec *probes = (ProbesSpec *)(void *)((char *)member - offsetof(ProbesSpec, asked));
    if (node->kind == YAML_NODE_TEXT && strcmp(node->text, "all") == 0) {
        ask_all(probes);
        return;
    }
    if (node->kind != YAML_NODE_LIST || node->children->len == 0) {
        yaml_expected(reader, node, "all, or a list of probes: [repeat, mirrored]");
        return;
    }
    for (guint i = 0; i < node->children->len; i++)
        ask(reader, g_ptr_array_index(node->children, i), probes->asked);
}

static const YamlField settings_fields[] = {
    CUSTOM_FIELD(
        "run", ProbesSpec, asked, read_run, .shape = "all | [probe, …]",
        .help = "which (vsaudit list probes); all where it is not said; the repeat is always among them"),
    TEXTS_FIELD("clips", ProbesSpec, clips,
                .help = "ids of the clips that are compared, in place of all of the scenarios"),
    SECONDS_FIELD("tolerance_s", ProbesSpec, tolerance_us, .max = 60, .initial = "1", .unit = "s",
                  .help = "alerts no farther apart are the same, where they need not be the very same"),
    NUMBER_FIELD("agreement", ProbesSpec, agreement, .min = 0.01, .max = 1, .initial = "0.8", .unit = "share",
                 .help = "of the alerts that must be the same there"),
    SECONDS_FIELD("empty_s", ProbesSpec, empty_us, .min = 1, .max = 86400, .initial = "3600", .unit = "s",
                  .help = "length of the empty scene"),
    SECONDS_FIELD("empty_live_s", ProbesSpec, empty_live_us, .min = 1, .max = 86400, .initial = "300",
                  .unit = "s",
                  .help = "its length for a system of kind live, which has to watch it for as long"),
    YAML_FIELD_END};
const YamlTable probes_settings_table = {YAML_TABLE("probes", settings_fields, ProbesSpec)};

static void take(ProbesSpec *to, ProbesSpec *from)
{
    probes_clear(to);
    *to = *from;
    for (unsigned i = 0; i < PROBE_COUNT; i++)
        to->any = to->any || to->asked[i];
    to->asked[PROBE_REPEAT] = to->any;
}

void probes_read(YamlReader *reader, const YamlNode *node, void *member)
{
    ProbesSpec read;
    if (node->kind == YAML_NODE_MAP) {
        yaml_read_map(reader, node, &probes_settings_table, &read);
        if (yaml_node_get(node, "run") == NULL)
            ask_all(&read);
    } else {
        /* The list alone: all settings are the defaults. */
        g_autoptr(GPtrArray) none = g_ptr_array_new();
        const YamlNode empty = {.kind = YAML_NODE_MAP,
                                .line = node->line,
                                .column = node->column,
                                .children = none,
                                .parent = node->parent,
                                .key = node->key};
        yaml_read_map(reader, &empty, &probes_settings_table, &read);
        read_run(reader, node, read.asked);
    }
    take(member, &read);
}

void probes_clear(ProbesSpec *probes)
{
    if (probes->clips != NULL)
        g_ptr_array_unref(probes->clips);
    *probes = (ProbesSpec){.clips = NULL};
}

bool probes_want(const ProbesSpec *probes, const char *clip)
{
    return probes->clips == NULL || probes->clips->len == 0 ||
           g_ptr_array_find_with_equal_func(probes->clips, clip, g_str_equal, NULL);
}

static bool is_known(const GPtrArray *scenarios, const char *id)
{
    for (guint i = 0; i < scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(scenarios, i);
        if (scenario->dataset == NULL)
            return true; /* its faults are told */
        g_autoptr(GPtrArray) clips = scenario_clips(scenario);
        for (guint c = 0; c < clips->len; c++) {
            if (strcmp(((const Clip *)g_ptr_array_index(clips, c))->id, id) == 0)
                return true;
        }
    }
    return false;
}

void probes_check_clips(YamlReader *reader, const YamlNode *node, const ProbesSpec *probes,
                        const GPtrArray *scenarios)
{
    const YamlNode *list = node != NULL ? yaml_node_get(node, "clips") : NULL;
    for (guint i = 0; list != NULL && probes->clips != NULL && i < probes->clips->len; i++) {
        if (!is_known(scenarios, g_ptr_array_index(probes->clips, i)))
            yaml_expected(reader, g_ptr_array_index(list->children, i), "a clip of one of the scenarios");
    }
}
