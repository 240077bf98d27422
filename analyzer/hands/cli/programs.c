/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/programs.h"

#include "records/shown.h"
#include "systems/engine.h"

#include <stdio.h>
#include <string.h>

static const char *word_of(const SystemSpec *system)
{
    static const char *const words[][2] = {{"plugin", "plug-in"}, {"live", "product"}};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i][0], system_kind_names[system->kind]) == 0)
            return words[i][1];
    return "program";
}

/* "python3 detector.py"; NULL for a system that starts nothing. Caller frees. */
static char *command_of(const SystemSpec *system)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const Engine *engine = engine_of(system);
    json_t *description = engine != NULL ? engine->describe(system, NULL) : NULL;
    const json_t *words = json_object_get(description, "command");
    size_t i;
    const json_t *word;
    json_array_foreach(words, i, word)
    {
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "", json_string_value(word));
    }
    json_decref(description);
    return text->len > 0 ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}

static bool announce(const char *command, const Scenario *scenario, const SystemSpec *system, bool refused,
                     GError **error)
{
    const char *kind = word_of(system);
    g_autofree char *words = command_of(system);
    if (words == NULL)
        return true;
    if (!refused) {
        shown_line(stderr, "vsaudit %s: %s:%d: starts the %s “%s”, confined (--no-programs refuses)", command,
                   scenario->file, system->line, kind, words);
        return true;
    }
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s:%d: found the %s “%s”, expected no system that is to be started (--no-programs)",
                scenario->file, system->line, kind, words);
    return false;
}

bool programs_announce(const char *command, const Audit *audit, bool refused, GError **error)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (guint s = 0; s < scenario->systems->len; s++)
            if (!announce(command, scenario, g_ptr_array_index(scenario->systems, s), refused, error))
                return false;
    }
    return true;
}
