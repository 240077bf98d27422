/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/names.h"

#include "behaviours/behaviour.h"

const char **names_behaviours(void)
{
    size_t count = 0;
    while (behaviour_registry[count] != NULL)
        count++;
    const char **names = g_new0(const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        names[i] = behaviour_registry[i]->id;
    return names;
}

void names_report_unknown(YamlReader *reader, const YamlNode *node, const char *name, const char *what,
                          const char *const *names, size_t count)
{
    const char *nearest = option_nearest_name(name, names, count);
    g_autofree char *path = yaml_node_path(node);
    const bool is_key = name == node->key;
    const int line = is_key ? node->key_line : node->line, column = is_key ? node->key_column : node->column;
    if (nearest != NULL) {
        problems_add(reader->problems, reader->tree->file, line, column, path,
                     "found “%s”, expected %s, perhaps “%s”", name, what, nearest);
        return;
    }
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t i = 0; i < count; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? ", " : "", names[i]);
    problems_add(reader->problems, reader->tree->file, line, column, path, "found “%s”, expected %s: %s",
                 name, what, count > 0 ? all->str : "there is none");
}

bool names_check_behaviour(YamlReader *reader, const YamlNode *node, const char *id)
{
    if (behaviour_find(id) != NULL)
        return true;
    g_autofree const char **names = names_behaviours();
    names_report_unknown(reader, node, id, "a behaviour", names, g_strv_length((char **)(void *)names));
    return false;
}

char *names_explain_label(const char *behaviour, const char *label)
{
    const Behaviour *found = behaviour_find(behaviour);
    if (found == NULL || label == NULL || found->labels == NULL || g_strv_contains(found->labels, label))
        return NULL;
    const char *nearest =
        option_nearest_name(label, found->labels, g_strv_length((char **)(void *)found->labels));
    g_autofree char *all = g_strjoinv(", ", (char **)(void *)found->labels);
    return nearest != NULL
               ? g_strdup_printf("found “%s”, expected a kind of %s, perhaps “%s”", label, behaviour, nearest)
               : g_strdup_printf("found “%s”, expected a kind of %s: %s", label, behaviour, all);
}
