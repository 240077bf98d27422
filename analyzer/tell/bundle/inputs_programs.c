/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/inputs_programs.h"

#include "config/system_program.h"
#include "systems/engine.h"

static void add_scenario(json_t *programs, const Scenario *scenario)
{
    for (guint s = 0; s < scenario->systems->len; s++) {
        const SystemSpec *system = g_ptr_array_index(scenario->systems, s);
        const ProgramOptions *program = system_program(system);
        json_t *description = program != NULL ? engine_of(system)->describe(system, NULL) : NULL;
        json_t *files = json_object_get(description, "files");
        if (files != NULL)
            json_array_append_new(programs,
                                  json_pack("{s:s,s:s,s:b,s:O}", "scenario", scenario->id, "system",
                                            system->id, "from_path", program->from_path, "files", files));
        json_decref(description);
    }
}

void inputs_programs_add(json_t *index, const Audit *audit)
{
    json_t *programs = json_array();
    for (guint i = 0; i < audit->scenarios->len; i++)
        add_scenario(programs, g_ptr_array_index(audit->scenarios, i));
    if (json_array_size(programs) > 0)
        json_object_set(index, "programs", programs);
    json_decref(programs);
}

static void set_program(const Audit *audit, const json_t *entry)
{
    const char *scenario_id = json_string_value(json_object_get(entry, "scenario")),
               *system_id = json_string_value(json_object_get(entry, "system"));
    const json_t *files = json_object_get(entry, "files");
    for (guint i = 0; json_is_array(files) && i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (guint s = 0; s < scenario->systems->len; s++) {
            const SystemSpec *system = g_ptr_array_index(scenario->systems, s);
            ProgramOptions *program = (ProgramOptions *)system_program(system);
            if (program == NULL || g_strcmp0(scenario->id, scenario_id) != 0 ||
                g_strcmp0(system->id, system_id) != 0)
                continue;
            char *text = json_dumps(files, JSON_COMPACT);
            g_free(program->kept);
            program->kept = g_strdup(text);
            program->from_path = json_is_true(json_object_get(entry, "from_path"));
            free(text);
        }
    }
}

void inputs_programs_set(const Audit *audit, const json_t *index)
{
    size_t i;
    const json_t *entry;
    json_array_foreach(json_object_get(index, "programs"), i, entry)
    {
        set_program(audit, entry);
    }
}
