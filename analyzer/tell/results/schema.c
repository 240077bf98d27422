/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results/fields.h"

#include "results/fields_internal.h"

#include <stdlib.h>

static void define(json_t *defs, const ResultRecord *record);

static json_t *reference(json_t *defs, const ResultRecord *record)
{
    define(defs, record);
    g_autofree char *path = g_strdup_printf("#/$defs/%s", record->name);
    return json_pack("{s:s}", "$ref", path);
}

static json_t *array_of(json_t *items)
{
    return json_pack("{s:s,s:o}", "type", "array", "items", items);
}

static json_t *numbers(const char *type, int least, int most)
{
    return json_pack("{s:s,s:{s:s},s:i,s:i}", "type", "array", "items", "type", type, "minItems", least,
                     "maxItems", most);
}

static json_t *text(void)
{
    return json_pack("{s:s}", "$ref", "#/$defs/text");
}

static json_t *words(const ResultField *field)
{
    json_t *array = json_array();
    for (const char *const *word = field->words; *word != NULL; word++)
        json_array_append_new(array, json_string(*word));
    return json_pack("{s:o}", "enum", array);
}

static json_t *value_schema(json_t *defs, const ResultField *field)
{
    switch (field->kind) {
    case RESULT_STRING:
        return json_pack("{s:s}", "type", "string");
    case RESULT_WORD:
        return words(field);
    case RESULT_BOOL:
        return json_pack("{s:s}", "type", "boolean");
    case RESULT_COUNT:
    case RESULT_TIME:
        return json_pack("{s:s,s:i}", "type", "integer", "minimum", 0);
    case RESULT_INTEGER:
        return json_pack("{s:s}", "type", "integer");
    case RESULT_NUMBER:
        return json_pack("{s:s}", "type", "number");
    case RESULT_TEXT:
        return text();
    case RESULT_STRINGS:
        return array_of(json_pack("{s:s}", "type", "string"));
    case RESULT_TEXTS:
        return array_of(text());
    case RESULT_COUNTS:
        return array_of(json_pack("{s:s,s:i}", "type", "integer", "minimum", 0));
    case RESULT_NUMBERS:
        return array_of(json_pack("{s:s}", "type", "number"));
    case RESULT_SPANS:
        return array_of(numbers("integer", 2, 2));
    case RESULT_BOX:
        return numbers("number", 4, 4);
    case RESULT_RECORD:
        return reference(defs, field->of);
    case RESULT_LIST:
        return array_of(reference(defs, field->of));
    case RESULT_MAP:
        return field->of == NULL ? json_pack("{s:s}", "type", "object")
                                 : json_pack("{s:s,s:o}", "type", "object", "additionalProperties",
                                             reference(defs, field->of));
    }
    return json_object();
}

/* “what it is; in µs; null: the file does not say” */
static char *describe(const ResultField *field)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    if (field->means != NULL)
        g_ptr_array_add(parts, g_strdup(field->means));
    if (field->unit != NULL)
        g_ptr_array_add(parts, g_strdup_printf("in %s", field->unit));
    if (field->null_means != NULL)
        g_ptr_array_add(parts, g_strdup_printf("null: %s", field->null_means));
    if (parts->len == 0)
        return NULL;
    g_ptr_array_add(parts, NULL);
    return g_strjoinv("; ", (char **)parts->pdata);
}

static json_t *field_schema(json_t *defs, const ResultField *field)
{
    json_t *schema = value_schema(defs, field);
    if (field->null_means != NULL)
        schema = json_pack("{s:[o,{s:s}]}", "anyOf", schema, "type", "null");
    g_autofree char *description = describe(field);
    if (description != NULL)
        json_object_set_new(schema, "description", json_string(description));
    return schema;
}

static json_t *record_schema(json_t *defs, const ResultRecord *record)
{
    json_t *properties = json_object(), *required = json_array();
    for (const ResultField *field = record->fields; field->key != NULL; field++) {
        json_object_set_new(properties, field->key, field_schema(defs, field));
        if (!field->optional)
            json_array_append_new(required, json_string(field->key));
    }
    /* A later version may add keys: whoever reads the schema must not refuse them. */
    return json_pack("{s:s,s:s,s:o,s:o}", "description", record->means, "type", "object", "properties",
                     properties, "required", required);
}

static void define(json_t *defs, const ResultRecord *record)
{
    if (json_object_get(defs, record->name) != NULL)
        return;
    json_object_set_new(defs, record->name, json_null()); /* a record may hold itself */
    json_object_set_new(defs, record->name, record_schema(defs, record));
}

char *results_schema(void)
{
    json_t *defs = json_object();
    json_object_set_new(defs, "text",
                        json_pack("{s:s,s:[{s:s},{s:s,s:{s:{s:s}},s:[s,s],s:b}]}", "description",
                                  "words in every language of the program, or somebody’s own words", "anyOf",
                                  "type", "string", "type", "object", "patternProperties", RESULT_LANGUAGE,
                                  "type", "string", "required", "en", "fr", "additionalProperties", 0));
    json_t *root = record_schema(defs, &result_results);
    json_object_set_new(json_object_get(root, "properties"), "schema",
                        json_pack("{s:s}", "const", RESULTS_SCHEMA));
    json_t *schema = json_pack("{s:s,s:s}", "$schema", "https://json-schema.org/draft/2020-12/schema",
                               "title", RESULTS_SCHEMA);
    json_object_update(schema, root);
    json_object_set_new(schema, "$defs", defs);
    json_decref(root);
    char *dumped = json_dumps(schema, JSON_INDENT(1));
    json_decref(schema);
    char *whole = g_strconcat(dumped, "\n", NULL);
    free(dumped);
    return whole;
}
