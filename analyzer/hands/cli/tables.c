/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/tables.h"

#include "config/dataset_internal.h"
#include "config/scenario_internal.h"
#include "config/scene_yaml.h"
#include "config/sink_spec.h"
#include "config/system_live.h"
#include "config/system_program.h"
#include "import/alert_map.h"

#include <math.h>
#include <string.h>

const YamlTable *const config_tables[] = {
    &audit_table,
    &identity_table,
    &audited_system_table,
    &trial_table,
    &statement_table,
    &opinion_table,
    &reply_table,
    &probes_settings_table,
    &scenario_table,
    &selection_table,
    &system_table,
    &condition_table,
    &prevalence_table,
    &network_table,
    &looks_table,
    &legal_table,
    &program_table,
    &program_variant_table,
    &program_limits_table,
    &live_camera_table,
    &sink_table,
    &claim_table,
    &reading_table,
    &dataset_table,
    &clip_table,
    &clip_file_table,
    &scene_table,
    &event_table,
    &reading_file_table,
    &catalogue_table,
    &territory_table,
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

/* `whose`: what stands before the meaning; NULL: nothing. */
static void append_field(GString *out, const YamlField *field, const char *whose)
{
    g_autoptr(GString) type = g_string_new(NULL);
    append_type(type, field);
    g_string_replace(type, "|", "\\|", 0);
    g_string_append_printf(out, "| `%s` | %s | %s | %s%s%s |\n", field->key, type->str,
                           field->required          ? "required"
                           : field->initial != NULL ? field->initial
                                                    : "",
                           whose != NULL ? whose : "", whose != NULL ? ": " : "",
                           field->help != NULL ? field->help : "");
}

/* Whether the table has the very same key. */
static bool has_field(const YamlTable *table, const YamlField *wanted)
{
    for (const YamlField *field = table->fields; field->key != NULL; field++)
        if (strcmp(field->key, wanted->key) == 0 && g_strcmp0(field->help, wanted->help) == 0)
            return true;
    return false;
}

/* Keys that only some choices have, each once, with the last word of the names of those tables: “program,
 * plugin”. */
static void append_more(GString *out, const YamlTable *const *mores)
{
    for (size_t i = 0; mores[i] != NULL; i++) {
        for (const YamlField *field = mores[i]->fields; field->key != NULL; field++) {
            g_autoptr(GString) whose = g_string_new(NULL);
            bool said = false;
            for (size_t j = 0; mores[j] != NULL; j++) {
                if (!has_field(mores[j], field))
                    continue;
                said = said || j < i;
                g_string_append_printf(whose, "%s%s", whose->len > 0 ? ", " : "",
                                       strrchr(mores[j]->name, ' ') + 1);
            }
            if (!said)
                append_field(out, field, whose->str);
        }
    }
}

char *yaml_table_markdown(const YamlTable *table)
{
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "### %s\n", table->name);
    if (table->schema != NULL)
        g_string_append_printf(out, "`schema: %s` is required.\n", table->schema);
    g_string_append(out, "\n| key | value | default | meaning |\n|---|---|---|---|\n");
    for (const YamlField *field = table->fields; field->key != NULL; field++)
        append_field(out, field, NULL);
    if (table->mores != NULL)
        append_more(out, table->mores);
    return g_string_free(out, FALSE);
}
