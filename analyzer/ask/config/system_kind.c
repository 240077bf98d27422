/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/system_kind.h"

#include "config/system_yardstick.h"

#include <glib.h>
#include <string.h>

const char *const system_kind_names[] = {"reference", "alerts", "null", "annotator",
                                         "random",    "always", NULL};

static const SystemKind kinds[] = {
    {.help = "this program's own open model of the behaviour, with parameters",
     .keys = {"params", "sweep", "semantics"},
     .replays = true},
    {.help = "a log of alerts in the native CSV or JSON form, as a vendor's product wrote it",
     .keys = {"path"},
     .needed = "path",
     .has_log = true},
    {.help = "never alerts: the floor of every measure", .is_control = true},
    {.help = "what one of the dataset's annotators marked, scored like a system",
     .keys = {"annotator"},
     .needed = "annotator",
     .is_person = true},
    {.help = "alerts at random moments, so many an hour: what chance finds",
     .is_control = true,
     .options = &random_table,
     .other = system_random_as,
     .other_key = "rate"},
    {.help = "alerts all the time: what is found by whoever cries wolf",
     .is_control = true,
     .options = &always_table},
};
_Static_assert(G_N_ELEMENTS(kinds) + 1 == G_N_ELEMENTS(system_kind_names), "a record for each name");

const YamlTable *const system_kind_tables[] = {&random_table, &always_table, NULL};

const SystemKind *system_kind_at(unsigned kind)
{
    return &kinds[kind];
}

bool system_kind_is_control(const char *name)
{
    for (unsigned kind = 0; system_kind_names[kind] != NULL; kind++)
        if (g_strcmp0(system_kind_names[kind], name) == 0)
            return kinds[kind].is_control;
    return false;
}

bool system_kind_takes(const SystemKind *kind, const char *key)
{
    return g_strv_contains(kind->keys, key);
}
