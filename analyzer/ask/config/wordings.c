/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reference system's “semantics”: whose words its rule follows. A list makes one system of each wording, so
 * that figures, claims and verdicts come for each. */
#include "behaviours/semantics.h"
#include "config/names.h"
#include "config/scenario_internal.h"

#include <string.h>

void wordings_prepare(SystemSpec *system)
{
    system->wordings = g_ptr_array_new_with_free_func(g_free);
    system->passed_over = g_ptr_array_new_with_free_func(g_free);
}

void wordings_clear(SystemSpec *system)
{
    g_free(system->family);
    g_ptr_array_unref(system->wordings);
    g_ptr_array_unref(system->passed_over);
}

const char *system_semantics(const SystemSpec *system)
{
    return system->wordings->len == 1 ? g_ptr_array_index(system->wordings, 0) : NULL;
}

static void read_one(YamlReader *reader, const YamlNode *node, GPtrArray *wordings)
{
    if (node->kind != YAML_NODE_TEXT || *node->text == '\0')
        yaml_expected(reader, node, "the name of a semantics (vsaudit list semantics)");
    else if (!g_strv_contains(semantics_ids, node->text))
        names_report_unknown(reader, node, node->text, "a semantics", semantics_ids,
                             g_strv_length((char **)(void *)(uintptr_t)semantics_ids));
    else if (g_ptr_array_find_with_equal_func(wordings, node->text, g_str_equal, NULL))
        yaml_problem(reader, node, "found “%s” a second time, expected each semantics once", node->text);
    else
        g_ptr_array_add(wordings, g_strdup(node->text));
}

void scenario_read_semantics(YamlReader *reader, const YamlNode *node, void *member)
{
    GPtrArray *wordings = *(GPtrArray **)member;
    if (node->kind == YAML_NODE_TEXT) {
        read_one(reader, node, wordings);
        return;
    }
    if (node->kind != YAML_NODE_LIST || node->children->len == 0) {
        yaml_expected(reader, node, "the name of a semantics, or a list: [vsaudit-1, onvif]");
        return;
    }
    for (guint i = 0; i < node->children->len; i++)
        read_one(reader, g_ptr_array_index(node->children, i), wordings);
}

static void check_param(YamlReader *reader, const SystemSpec *system, const char *behaviour,
                        const Param *param, const char *context)
{
    g_autoptr(ParamList) alone = param_list_new();
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    param_list_add(alone, param->name, param->value, param->file, param->name_line, param->name_column,
                   param->line, param->column);
    const guint before = problems_count(reader->problems);
    bool known = false;
    for (guint i = 0; i < system->wordings->len && problems_count(reader->problems) == before; i++) {
        const Behaviour *rule = semantics_rule(behaviour, g_ptr_array_index(system->wordings, i));
        if (option_find(rule->options, param->name) != NULL) {
            scenario_check_options(reader, rule->options, rule->settings_size, alone, context);
            known = true;
        }
        for (const OptionSpec *option = options_of(rule->options); option->name != NULL; option++)
            g_ptr_array_add(names, (gpointer)option->name);
    }
    if (known)
        return;
    const char *nearest =
        option_nearest_name(param->name, (const char *const *)(void *)names->pdata, names->len);
    g_autofree char *path = g_strdup_printf("%s.%s", context, param->name);
    problems_add(reader->problems, param->file, param->name_line, param->name_column, path,
                 "found “%s”, expected a parameter that at least one of these semantics has%s%s%s",
                 param->name, nearest != NULL ? ", perhaps “" : "", nearest != NULL ? nearest : "",
                 nearest != NULL ? "”" : "");
}

void wordings_check(YamlReader *reader, const YamlNode *item, const char *behaviour, const SystemSpec *system,
                    const char *context)
{
    const YamlNode *node = yaml_node_get(item, "semantics");
    bool all = true;
    for (guint i = 0; i < system->wordings->len; i++) {
        const char *id = g_ptr_array_index(system->wordings, i);
        if (semantics_rule(behaviour, id) != NULL)
            continue;
        g_autofree char *names = semantics_names(behaviour);
        const YamlNode *place = node->kind == YAML_NODE_LIST ? g_ptr_array_index(node->children, i) : node;
        yaml_problem(reader, place, "found “%s”, which has no rule for %s, expected one that has: %s", id,
                     behaviour, names);
        all = false;
    }
    if (!all)
        return;
    if (system->wordings->len > 1) {
        for (guint i = 0; i < system->params->params->len; i++)
            check_param(reader, system, behaviour, g_ptr_array_index(system->params->params, i), context);
        return;
    }
    const Behaviour *rule = semantics_rule(behaviour, system_semantics(system));
    scenario_check_options(reader, rule->options, rule->settings_size, system->params, context);
}

/* The system in one wording of its list, with the parameters that this wording has. */
static SystemSpec *in_words(const SystemSpec *system, const char *behaviour, const char *wording)
{
    const Behaviour *rule = semantics_rule(behaviour, wording);
    SystemSpec *one = g_new0(SystemSpec, 1);
    sweep_prepare(one);
    wordings_prepare(one);
    one->kind = system->kind;
    one->line = system->line;
    one->title = g_strdup(system->title);
    one->family = g_strdup(system->id);
    one->id = g_strdup_printf("%s/%s", system->id, wording); /* no id in a file may hold this sign */
    one->params = param_list_new();
    g_ptr_array_add(one->wordings, g_strdup(wording));
    for (guint i = 0; i < system->params->params->len; i++) {
        const Param *param = g_ptr_array_index(system->params->params, i);
        if (option_find(rule->options, param->name) != NULL)
            param_list_add(one->params, param->name, param->value, param->file, param->name_line,
                           param->name_column, param->line, param->column);
        else
            g_ptr_array_add(one->passed_over, g_strdup(param->name));
    }
    return one;
}

void wordings_expand(Scenario *scenario)
{
    for (guint i = 0; i < scenario->systems->len; i++) {
        SystemSpec *system = g_ptr_array_index(scenario->systems, i);
        const guint count = system->wordings->len;
        if (count < 2 || system->family != NULL)
            continue;
        for (guint w = 0; w < count; w++)
            g_ptr_array_insert(scenario->systems, (gint)(i + 1 + w),
                               in_words(system, scenario->behaviour, g_ptr_array_index(system->wordings, w)));
        scenario_remove_system(scenario, i);
        i += count - 1;
    }
}
