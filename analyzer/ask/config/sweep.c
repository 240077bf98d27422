/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reference system's “sweep”: one variant of the system for each combination of values. */
#include "config/scenario_internal.h"

#include <string.h>

enum { VARIANTS_MAX = 200 };

static void free_list(gpointer list)
{
    param_list_free(list);
}

void sweep_prepare(SystemSpec *system)
{
    system->sweep = g_ptr_array_new_with_free_func(free_list);
    system->variants = g_ptr_array_new_with_free_func((GDestroyNotify)sweep_variant_free);
}

void sweep_clear(SystemSpec *system)
{
    g_ptr_array_unref(system->sweep);
    g_ptr_array_unref(system->variants);
}

void sweep_variant_free(SystemSpec *variant)
{
    g_free(variant->id);
    g_ptr_array_unref(variant->wordings);
    param_list_free(variant->params);
    g_free(variant);
}

static bool has_value(const ParamList *values, const char *value)
{
    for (guint i = 0; i < values->params->len; i++) {
        if (strcmp(((const Param *)g_ptr_array_index(values->params, i))->value, value) == 0)
            return true;
    }
    return false;
}

static void read_values(YamlReader *reader, const YamlNode *node, ParamList *values)
{
    if (node->kind != YAML_NODE_LIST || node->children->len == 0) {
        yaml_expected(reader, node, "a list of values: [1, 2, 5]");
        return;
    }
    for (guint i = 0; i < node->children->len; i++) {
        const YamlNode *child = g_ptr_array_index(node->children, i);
        if (child->kind != YAML_NODE_TEXT || *child->text == '\0')
            yaml_expected(reader, child, "one value (text, a number, true or false)");
        else if (has_value(values, child->text))
            yaml_problem(reader, child, "found “%s” a second time, expected each value once", child->text);
        else
            param_list_add(values, node->key, child->text, reader->tree->file, node->key_line,
                           node->key_column, child->line, child->column);
    }
}

static void read_parameter(YamlReader *reader, const YamlNode *node, void *sweep)
{
    ParamList *values = param_list_new();
    read_values(reader, node, values);
    g_ptr_array_add(sweep, values);
}

void scenario_read_sweep(YamlReader *reader, const YamlNode *node, void *member)
{
    static const char expected[] = "a mapping (lines of “parameter: [value, value, …]”)";
    if (node->kind == YAML_NODE_MAP && node->children->len == 0)
        yaml_expected(reader, node, "%s", expected);
    yaml_read_entries(reader, node, expected, read_parameter, *(GPtrArray **)member);
}

static void add_param(ParamList *params, const Param *param)
{
    param_list_add(params, param->name, param->value, param->file, param->name_line, param->name_column,
                   param->line, param->column);
}

static bool is_swept(const GPtrArray *chosen, const char *name)
{
    for (guint i = 0; i < chosen->len; i++) {
        if (strcmp(((const Param *)g_ptr_array_index(chosen, i))->name, name) == 0)
            return true;
    }
    return false;
}

static SystemSpec *make_variant(const SystemSpec *system, const GPtrArray *chosen)
{
    SystemSpec *variant = g_new0(SystemSpec, 1);
    variant->kind = system->kind;
    variant->line = system->line;
    variant->options = system->options;
    variant->wordings = g_ptr_array_ref(system->wordings);
    variant->params = param_list_new();
    /* No id may hold these signs, so no other system has this one. */
    g_autoptr(GString) id = g_string_new(system->id);
    for (guint i = 0; i < system->params->params->len; i++) {
        const Param *param = g_ptr_array_index(system->params->params, i);
        if (!is_swept(chosen, param->name))
            add_param(variant->params, param);
    }
    for (guint i = 0; i < chosen->len; i++) {
        const Param *param = g_ptr_array_index(chosen, i);
        add_param(variant->params, param);
        g_string_append_printf(id, "%c%s=%s", i == 0 ? '/' : ',', param->name, param->value);
    }
    variant->id = g_strdup(id->str);
    return variant;
}

/* All combinations of what is chosen so far with the rest; the last parameter changes fastest. */
static void combine(SystemSpec *system, GPtrArray *chosen)
{
    if (chosen->len == system->sweep->len) {
        g_ptr_array_add(system->variants, make_variant(system, chosen));
        return;
    }
    const ParamList *values = g_ptr_array_index(system->sweep, chosen->len);
    for (guint i = 0; i < values->params->len; i++) {
        g_ptr_array_add(chosen, g_ptr_array_index(values->params, i));
        combine(system, chosen);
        g_ptr_array_set_size(chosen, (gint)chosen->len - 1);
    }
}

void sweep_expand(YamlReader *reader, const YamlNode *node, SystemSpec *system)
{
    size_t count = system->sweep->len > 0;
    for (guint i = 0; i < system->sweep->len && count <= VARIANTS_MAX; i++)
        count *= ((const ParamList *)g_ptr_array_index(system->sweep, i))->params->len;
    if (count > VARIANTS_MAX)
        yaml_problem(reader, node, "found more than %d combinations of values, expected at most %d",
                     VARIANTS_MAX, VARIANTS_MAX);
    else if (count > 0 && system->id != NULL) {
        g_autoptr(GPtrArray) chosen = g_ptr_array_new();
        combine(system, chosen);
    }
}
