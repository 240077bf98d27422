/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/engine.h"

#include "systems/live.h"
#include "systems/program.h"

#include <string.h>

static const Engine *const engines[] = {&engine_program, &engine_plugin, &engine_live};

const Engine *engine_of(const SystemSpec *system)
{
    for (size_t i = 0; i < G_N_ELEMENTS(engines) && system_kind(system)->runs; i++) {
        if (strcmp(engines[i]->kind, system_kind_names[system->kind]) == 0)
            return engines[i];
    }
    return NULL;
}

char *engine_digest(const json_t *description)
{
    char *text = json_dumps(description, JSON_COMPACT | JSON_SORT_KEYS);
    char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    free(text);
    return digest;
}

static json_t *value_of(const Param *param)
{
    json_t *value = param->quoted ? NULL : json_loads(param->value, JSON_DECODE_ANY, NULL);
    if (json_is_number(value) || json_is_boolean(value))
        return value;
    json_decref(value);
    return json_string(param->value);
}

json_t *engine_settings(const ParamList *settings)
{
    json_t *object = json_object();
    for (guint i = 0; i < settings->params->len; i++) {
        const Param *param = g_ptr_array_index(settings->params, i);
        json_object_set_new(object, param->name, value_of(param));
    }
    return object;
}

json_t *engine_told(const SystemSpec *system)
{
    json_t *object = json_object();
    g_autoptr(ParamList) settings = engine_of(system)->settings(system);
    for (guint i = 0; i < settings->params->len; i++) {
        const Param *param = g_ptr_array_index(settings->params, i);
        json_object_set_new(object, param->name, json_string(param->value));
    }
    return object;
}

void engine_talk_clear(TalkSpec *spec)
{
    json_decref((json_t *)spec->settings);
    spec->settings = NULL;
}

bool engine_rule_looks(const SystemSpec *system)
{
    const Engine *engine = engine_of(system);
    return system_kind(system)->replays || (engine != NULL && engine->observes(system));
}
