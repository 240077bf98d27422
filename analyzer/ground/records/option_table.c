/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The unfolding of tables of options (declared in option.h). */
#include "records/option.h"

#include <string.h>

/* The option of that name of a group, as it is written: "classes=vehicle". */
static void take_one(GArray *specs, const OptionSpec *group, const char *taken, size_t offset)
{
    const char *equals = strchr(taken, '=');
    const size_t length = equals != NULL ? (size_t)(equals - taken) : strlen(taken);
    while (group->name != NULL && (strncmp(group->name, taken, length) != 0 || group->name[length] != '\0'))
        group++;
    if (group->name == NULL)
        g_error("no option %s in the group that it is taken from", taken);
    OptionSpec spec = *group;
    spec.offset += offset;
    if (equals != NULL)
        spec.initial = g_intern_string(equals + 1);
    g_array_append_val(specs, spec);
}

static void take_group(GArray *specs, const OptionRow *row)
{
    const OptionSpec *group = options_of(row->group);
    if (row->taken == NULL) {
        for (; group->name != NULL; group++)
            take_one(specs, group, group->name, row->spec.offset);
        return;
    }
    g_auto(GStrv) names = g_strsplit(row->taken, " ", -1);
    for (size_t i = 0; names[i] != NULL; i++)
        take_one(specs, group, names[i], row->spec.offset);
}

static const OptionSpec *unfold(const OptionRow *table)
{
    GArray *specs = g_array_new(TRUE, TRUE, sizeof(OptionSpec)); /* a zeroed one ends it */
    for (const OptionRow *row = table; row->spec.name != NULL || row->group != NULL; row++) {
        if (row->group != NULL)
            take_group(specs, row);
        else
            g_array_append_val(specs, row->spec);
    }
    return (OptionSpec *)(void *)g_array_free(specs, FALSE);
}

const OptionSpec *options_of(const OptionRow *table)
{
    static GRecMutex lock; /* a group is unfolded within its table */
    static GHashTable *unfolded;
    g_rec_mutex_lock(&lock);
    if (unfolded == NULL)
        unfolded = g_hash_table_new(NULL, NULL);
    const OptionSpec *specs = g_hash_table_lookup(unfolded, table);
    if (specs == NULL) {
        specs = unfold(table);
        g_hash_table_insert(unfolded, (gpointer)table, (gpointer)specs);
    }
    g_rec_mutex_unlock(&lock);
    return specs;
}

const OptionSpec *option_find(const OptionRow *table, const char *name)
{
    for (const OptionSpec *spec = options_of(table); spec->name != NULL; spec++)
        if (strcmp(spec->name, name) == 0)
            return spec;
    return NULL;
}
