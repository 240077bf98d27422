/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/tables.h"

#include "config/dataset_internal.h"
#include "config/scenario_internal.h"
#include "config/scene_yaml.h"
#include "config/system_program.h"
#include "import/alert_map.h"

#include <math.h>

const YamlTable *const config_tables[] = {
    &audit_table,
    &identity_table,
    &audited_system_table,
    &statement_table,
    &opinion_table,
    &reply_table,
    &scenario_table,
    &selection_table,
    &system_table,
    &condition_table,
    &prevalence_table,
    &network_table,
    &legal_table,
    &program_table,
    &program_variant_table,
    &program_limits_table,
    &claim_table,
    &reading_table,
    &dataset_table,
    &clip_table,
    &clip_file_table,
    &scene_table,
    &event_table,
    &reading_file_table,
    &catalogue_table,
    &catalogue_item_table,
    &obligation_table,
    &legal_list_table,
    &legal_event_table,
    &legal_step_table,
    &correspondence_table,
    &requirement_table,
    &alert_map_table,
    &alert_columns_table,
    NULL,
};

static void append_range(GString *out, const YamlField *field)
{
    if (field->min == 0 && field->max == 0)
        return;
    g_string_append_printf(out, ", %g to %g", field->min, field->max);
}

static void append_type(GString *out, const YamlField *field)
{
    g_autofree char *choices =
        field->choices != NULL ? g_strjoinv(", ", (char **)(void *)field->choices) : NULL;
    switch (field->type) {
    case FIELD_TEXT:
        g_string_append(out, "text");
        break;
    case FIELD_ID:
        g_string_append(out, "id");
        break;
    case FIELD_SHA256:
        g_string_append(out, "64 hexadecimal digits");
        break;
    case FIELD_BOOL:
        g_string_append(out, "true or false");
        break;
    case FIELD_INT:
        g_string_append(out, "whole number");
        append_range(out, field);
        break;
    case FIELD_NUMBER:
        g_string_append(out, "number");
        append_range(out, field);
        break;
    case FIELD_SECONDS:
        g_string_append(out, "seconds");
        append_range(out, field);
        break;
    case FIELD_CHOICE:
        g_string_append_printf(out, "one of %s", choices);
        break;
    case FIELD_PAIR:
        g_string_append(out, "text, or {en: text, fr: text}");
        break;
    case FIELD_TEXTS:
        g_string_append(out, "list of texts");
        break;
    case FIELD_NUMBERS:
        g_string_append(out, "list of numbers");
        break;
    case FIELD_POINT:
        g_string_append(out, "[x, y]");
        break;
    case FIELD_POINTS:
        g_string_append(out, "[[x, y], …]");
        break;
    case FIELD_MAP:
        g_string_append_printf(out, "a %s", field->table->name);
        break;
    case FIELD_LIST:
        g_string_append_printf(out, "list of %ss", field->table->name);
        break;
    case FIELD_PARAMS:
        if (choices != NULL)
            g_string_append_printf(out, "{name: value}; names: %s", choices);
        else
            g_string_append(out, "{name: value}");
        break;
    case FIELD_CUSTOM:
        g_string_append_printf(out, "%s%s", field->shape != NULL ? field->shape : "a ",
                               field->shape != NULL ? "" : field->table->name);
        break;
    }
}

static void append_fields(GString *out, const YamlTable *table)
{
    for (const YamlField *field = table->fields; field->key != NULL; field++) {
        g_autoptr(GString) type = g_string_new(NULL);
        append_type(type, field);
        g_string_replace(type, "|", "\\|", 0);
        g_string_append_printf(out, "| `%s` | %s | %s | %s |\n", field->key, type->str,
                               field->required          ? "required"
                               : field->initial != NULL ? field->initial
                                                        : "",
                               field->help != NULL ? field->help : "");
    }
}

char *yaml_table_markdown(const YamlTable *table)
{
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "### %s\n", table->name);
    if (table->schema != NULL)
        g_string_append_printf(out, "`schema: %s` is required.\n", table->schema);
    g_string_append(out, "\n| key | value | default | meaning |\n|---|---|---|---|\n");
    append_fields(out, table);
    for (size_t i = 0; table->mores != NULL && table->mores[i] != NULL; i++)
        append_fields(out, table->mores[i]);
    return g_string_free(out, FALSE);
}
