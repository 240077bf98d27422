/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/list_json.h"

#include "behaviours/norm.h"
#include "behaviours/semantics.h"
#include "config/probes.h"
#include "config/system_kind.h"
#include "language/texts.h"
#include "perception/perception.h"
#include "report/report.h"
#include "scoring/metrics.h"
#include "scoring/protocol.h"

static json_t *strings(const char *const *list)
{
    json_t *array = json_array();
    for (; list != NULL && *list != NULL; list++)
        json_array_append_new(array, json_string(*list));
    return array;
}

static json_t *text_or_null(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

/* ---- parameters */

static const char *type_name(OptionType type)
{
    switch (type) {
    case OPTION_BOOL:
        return "true_or_false";
    case OPTION_INT:
        return "whole_number";
    case OPTION_NUMBER:
        return "number";
    case OPTION_SECONDS:
        return "seconds";
    case OPTION_STRING:
        return "text";
    case OPTION_CHOICE:
        return "choice";
    }
    return NULL;
}

static json_t *parameter(const char *owner, const OptionSpec *option)
{
    const bool ranged =
        option->type == OPTION_INT || option->type == OPTION_NUMBER || option->type == OPTION_SECONDS;
    const bool has_unit = option->unit != NULL && *option->unit != '\0';
    json_t *json = json_object();
    json_object_set_new(json, "name", json_string(option->name));
    json_object_set_new(json, "type", json_string(type_name(option->type)));
    json_object_set_new(json, "default", text_or_null(option->initial));
    json_object_set_new(json, "min", ranged ? json_real(option->min) : json_null());
    json_object_set_new(json, "max", ranged ? json_real(option->max) : json_null());
    json_object_set_new(json, "unit", text_or_null(has_unit ? option->unit : NULL));
    json_object_set_new(json, "choices",
                        option->type == OPTION_CHOICE ? strings(option->choices) : json_null());
    json_object_set_new(json, "help", json_string(texts_option_help(texts_of("en"), owner, option->name)));
    return json;
}

static json_t *parameters(const char *owner, const OptionRow *options)
{
    json_t *array = json_array();
    for (const OptionSpec *option = options_of(options); option->name != NULL; option++)
        json_array_append_new(array, parameter(owner, option));
    return array;
}

static void append_owner(json_t *array, const char *owner, const OptionRow *options)
{
    json_t *json = json_object();
    json_object_set_new(json, "of", json_string(owner));
    json_object_set_new(json, "parameters", parameters(owner, options));
    json_array_append_new(array, json);
}

json_t *list_json_parameters(void)
{
    json_t *array = json_array();
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++)
        append_owner(array, (*behaviour)->id, (*behaviour)->options);
    append_owner(array, "perception", perception_options);
    return array;
}

/* ---- rules */

/* With what a norm says of the rule, and its parameters under the texts' name for it. */
static json_t *rule(const Behaviour *behaviour, const char *owner)
{
    static const char *const told[] = {"title", "definition", "onset", "end", "alarm", NULL};
    json_t *json = json_object();
    json_object_set_new(json, "id", json_string(behaviour->id));
    for (const char *const *what = told; *what != NULL; what++)
        json_object_set_new(json, *what, json_string(norm_text(behaviour, *what, texts_of("en"))));
    json_object_set_new(json, "labels", strings(behaviour->labels));
    json_object_set_new(json, "hard_negatives", strings(behaviour->hard_negatives));
    json_object_set_new(json, "parameters", parameters(owner, behaviour->options));
    return json;
}

json_t *list_json_behaviours(void)
{
    json_t *array = json_array();
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++)
        json_array_append_new(array, rule(*behaviour, (*behaviour)->id));
    return array;
}

json_t *list_json_semantics(void)
{
    json_t *array = json_array();
    for (const Semantics *const *place = semantics_registry; *place != NULL; place++) {
        const Semantics *semantics = *place;
        g_autofree char *owner = norm_owner(&semantics->rule);
        json_t *json = rule(&semantics->rule, owner);
        json_object_set_new(json, "wording", json_string(semantics->rule.wording));
        json_object_set_new(json, "product", json_string(semantics->product));
        json_object_set_new(json, "version", json_string(semantics->version));
        json_object_set_new(json, "term", json_string(semantics->term));
        json_object_set_new(json, "differs",
                            json_string(norm_text(&semantics->rule, "differs", texts_of("en"))));
        json_object_set_new(json, "source", json_string(semantics->source));
        json_array_append_new(array, json);
    }
    return array;
}

json_t *list_json_protocols(void)
{
    json_t *array = json_array();
    for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++) {
        g_autoptr(Phrase) title = protocol_title(*protocol);
        g_autoptr(Phrase) definition = protocol_definition(*protocol);
        g_autofree char *name = phrase_render(title, texts_of("en"));
        g_autofree char *rules = phrase_render(definition, texts_of("en"));
        g_autofree char *owner = g_strdup_printf("protocol.%s", (*protocol)->id);
        json_t *json = json_object();
        json_object_set_new(json, "id", json_string((*protocol)->id));
        json_object_set_new(json, "title", json_string(name));
        json_object_set_new(json, "definition", json_string(rules));
        json_object_set_new(json, "parameters", parameters(owner, (*protocol)->options));
        json_array_append_new(array, json);
    }
    return array;
}

json_t *list_json_metrics(void)
{
    return strings(metric_names);
}

/* ---- what an audit may name */

static json_t *keys_of(const SystemKind *kind)
{
    json_t *array = json_array();
    const YamlField *field = kind->options != NULL ? kind->options->fields : NULL;
    for (; field != NULL && field->key != NULL; field++) {
        json_t *json = json_object();
        json_object_set_new(json, "key", json_string(field->key));
        json_object_set_new(json, "help", text_or_null(field->help));
        json_object_set_new(json, "required", json_boolean(field->required));
        json_object_set_new(json, "default", text_or_null(field->initial));
        json_array_append_new(array, json);
    }
    return array;
}

json_t *list_json_systems(void)
{
    json_t *array = json_array();
    for (unsigned i = 0; system_kind_names[i] != NULL; i++) {
        const SystemKind *kind = system_kind_at(i);
        json_t *json = json_object();
        json_object_set_new(json, "id", json_string(system_kind_names[i]));
        json_object_set_new(json, "help", json_string(kind->help));
        json_object_set_new(json, "about", json_string(kind->about));
        json_object_set_new(json, "example", json_string(kind->example));
        json_object_set_new(json, "keys", keys_of(kind));
        json_array_append_new(array, json);
    }
    return array;
}

json_t *list_json_probes(void)
{
    const Texts *texts = texts_of("en");
    json_t *array = json_array();
    for (unsigned i = 0; i < PROBE_COUNT; i++) {
        json_t *json = json_object();
        json_object_set_new(json, "id", json_string(probe_table[i].id));
        json_object_set_new(json, "title", json_string(texts_word(texts, "probe.name", probe_table[i].id)));
        json_object_set_new(json, "what", json_string(texts_word(texts, "probe.what", probe_table[i].id)));
        json_object_set_new(json, "exact", json_boolean(probe_table[i].exact));
        json_array_append_new(array, json);
    }
    return array;
}

json_t *list_json_formats(void)
{
    json_t *array = json_array();
    for (const ReportFormat *const *format = report_formats; *format != NULL; format++) {
        json_t *json = json_object();
        json_object_set_new(json, "id", json_string((*format)->name));
        json_object_set_new(json, "files", json_string((*format)->files));
        json_object_set_new(json, "what", json_string(texts_word(texts_of("en"), "format", (*format)->name)));
        json_array_append_new(array, json);
    }
    return array;
}
