/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yaml/json_schema.h"

#include <jansson.h>
#include <string.h>

#define DRAFT "https://json-schema.org/draft/2020-12/schema"

static json_t *parse(const char *text)
{
    json_error_t why;
    json_t *json = json_loads(text, 0, &why);
    if (json == NULL)
        g_error("a schema in %s cannot be read: %s: %s", __FILE__, text, why.text);
    return json;
}

/* A text may look like a number or a truth value. */
#define SCALAR "{\"type\": [\"string\", \"number\", \"boolean\"]}"
#define PLACE "{\"type\": \"array\", \"items\": {\"type\": \"number\"}, \"minItems\": 2, \"maxItems\": 2}"
#define PAIR                                                                      \
    "{\"type\": \"object\", \"properties\": {\"en\": " SCALAR ", \"fr\": " SCALAR \
    "}, \"additionalProperties\": false, \"minProperties\": 1}"
#define STATEMENT "{\"anyOf\": [" SCALAR ", " PAIR ", {\"$ref\": \"#/$defs/statement\"}]}"
#define PROBES \
    "{\"const\": \"all\"}, {\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"minItems\": 1}"
#define DATE "{\"type\": [\"string\", \"integer\"], \"pattern\": \"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$\"}"

/* Values that a function reads: how they are written, as in the documentation, and the schema that says the
 * same. “{…}” names another format where one is needed. */
static const struct {
    const char *shape, *schema;
} shapes[] = {
    {"path", "{\"type\": \"string\", \"minLength\": 1}"},
    {"[path, …]", "{\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"minItems\": 1}"},
    {"text, or a statement", STATEMENT},
    {"{item: text, or a statement}; items: those of the catalogue",
     "{\"type\": \"object\", \"additionalProperties\": " STATEMENT "}"},
    {"date (2023-02-01, 2023-02 or 2023)", DATE},
    {"YYYY-MM-DD HH:MM:SS[+HH:MM]",
     "{\"type\": \"string\", \"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}\"}"},
    {"[x, y, width, height]",
     "{\"type\": \"array\", \"items\": {\"type\": \"number\"}, \"minItems\": 4, \"maxItems\": 4}"},
    {"{name: text}", "{\"type\": \"object\", \"additionalProperties\": " SCALAR "}"},
    {"{behaviour: all | [[start, end], …]}", "{\"type\": \"object\", \"additionalProperties\": {\"anyOf\": "
                                             "[{\"const\": \"all\"}, {\"type\": \"array\", "
                                             "\"items\": " PLACE "}]}}"},
    {"{parameter: [value, value, …]}",
     "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"array\", \"items\": " SCALAR
     ", \"minItems\": 1}}"},
    {"vsaudit-1, or [vsaudit-1, onvif, …]",
     "{\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"array\", \"items\": {\"type\": \"string\"}, "
     "\"minItems\": 1}]}"},
    {"all | [probe, …]", "{\"anyOf\": [" PROBES "]}"},
    {"all, [probe, …], or settings", "{\"anyOf\": [" PROBES ", {\"$ref\": \"#/$defs/probes\"}]}"},
    {"[as-recorded, {id: …, filter: …}]", "{\"type\": \"array\", \"minItems\": 1, \"items\": {\"anyOf\": "
                                          "[{\"const\": \"as-recorded\"}, {\"$ref\": "
                                          "\"#/$defs/condition\"}]}}"},
    {"[path, {file: path, …}, …]",
     "{\"type\": \"array\", \"minItems\": 1, \"items\": {\"anyOf\": [{\"type\": \"string\", "
     "\"minLength\": 1}, {\"$ref\": \"#/$defs/file of a clip\"}]}}"},
    {"1 … 8 | none",
     "{\"anyOf\": [{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 8}, {\"const\": \"none\"}]}"},
    {"{name: [[x, y], [x, y], [x, y], …]}", "{\"type\": \"object\", \"additionalProperties\": {\"type\": "
                                            "\"array\", \"minItems\": 3, \"items\": " PLACE "}}"},
    {"{name: [[x, y], [x, y]]}", "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"array\", "
                                 "\"minItems\": 2, \"items\": " PLACE "}}"},
    {"{zones: …, lines: …}", "{\"type\": \"object\"}"},
    {"[width, height]", PLACE},
    {"[lowest, highest]", PLACE},
    {"[[x, y], {to: [x, y], wait_s: …, until_s: …, speed: …, brake: …}, …]",
     "{\"type\": \"array\", \"minItems\": 1, \"items\": {\"anyOf\": [" PLACE
     ", {\"type\": \"object\", \"required\": [\"to\"]}]}}"},
};

static json_t *schema_of_shape(const char *shape)
{
    for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++) {
        if (strcmp(shapes[i].shape, shape) == 0)
            return parse(shapes[i].schema);
    }
    g_error("no JSON Schema is known for what is written “%s”: add one to %s", shape, __FILE__);
}

/* ---- fields */

static void define(json_t *defs, const YamlTable *table);

static json_t *reference(json_t *defs, const YamlTable *table)
{
    define(defs, table);
    g_autofree char *path = g_strdup_printf("#/$defs/%s", table->name);
    return json_pack("{s:s}", "$ref", path);
}

static json_t *number_schema(const char *type, const YamlField *field)
{
    json_t *schema = json_pack("{s:s}", "type", type);
    if (field->min != 0 || field->max != 0) {
        json_object_set_new(schema, "minimum", json_real(field->min));
        json_object_set_new(schema, "maximum", json_real(field->max));
    }
    return schema;
}

static json_t *array_of(json_t *items, double min, double max)
{
    json_t *schema = json_pack("{s:s,s:o}", "type", "array", "items", items);
    if (min > 0)
        json_object_set_new(schema, "minItems", json_integer((json_int_t)min));
    if (max > 0)
        json_object_set_new(schema, "maxItems", json_integer((json_int_t)max));
    return schema;
}

static json_t *strings(const char *const *words)
{
    json_t *array = json_array();
    for (; *words != NULL; words++)
        json_array_append_new(array, json_string(*words));
    return array;
}

static json_t *params_schema(const YamlField *field)
{
    json_t *schema = json_pack("{s:s}", "type", "object");
    if (field->choices == NULL) {
        json_object_set_new(schema, "additionalProperties", parse(SCALAR));
        return schema;
    }
    json_t *properties = json_object();
    for (const char *const *name = field->choices; *name != NULL; name++)
        json_object_set_new(properties, *name, parse(SCALAR));
    json_object_set_new(schema, "properties", properties);
    json_object_set_new(schema, "additionalProperties", json_false());
    return schema;
}

static json_t *text_schema(const YamlField *field)
{
    json_t *schema = parse(SCALAR);
    json_object_set_new(schema, "minLength",
                        json_integer(field->max > 0 ? MAX((json_int_t)field->min, 1) : 1));
    if (field->max > 0)
        json_object_set_new(schema, "maxLength", json_integer((json_int_t)field->max));
    return schema;
}

static json_t *type_schema(json_t *defs, const YamlField *field)
{
    const bool counted = field->max > 0;
    switch (field->type) {
    case FIELD_TEXT:
        return text_schema(field);
    case FIELD_ID:
        return parse(
            "{\"type\": [\"string\", \"integer\"], \"pattern\": \"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$\"}");
    case FIELD_SHA256:
        return parse("{\"type\": [\"string\", \"integer\"], \"pattern\": \"^[0-9A-Fa-f]{64}$\"}");
    case FIELD_BOOL:
        return parse("{\"type\": \"boolean\"}");
    case FIELD_INT:
        return number_schema("integer", field);
    case FIELD_NUMBER:
    case FIELD_SECONDS:
        return number_schema("number", field);
    case FIELD_CHOICE:
        return json_pack("{s:o}", "enum", strings(field->choices));
    case FIELD_PAIR:
        return parse("{\"anyOf\": [" SCALAR ", " PAIR "]}");
    case FIELD_TEXTS:
        return array_of(parse(SCALAR), counted ? field->min : 0, field->max);
    case FIELD_NUMBERS:
        return array_of(number_schema("number", field), field->count, field->count);
    case FIELD_POINT:
        return array_of(number_schema("number", field), 2, 2);
    case FIELD_POINTS:
        return array_of(array_of(number_schema("number", field), 2, 2), field->count, 0);
    case FIELD_MAP:
        return reference(defs, field->table);
    case FIELD_LIST:
        return array_of(reference(defs, field->table), counted ? field->min : 0, field->max);
    case FIELD_PARAMS:
        return params_schema(field);
    case FIELD_CUSTOM:
        break;
    }
    if (field->table != NULL) {
        json_t *schema = reference(defs, field->table);
        if (field->shape == NULL)
            return schema;
        json_decref(schema);
    }
    return schema_of_shape(field->shape);
}

static json_t *default_of(const YamlField *field)
{
    json_t *value = NULL;
    if (field->type == FIELD_BOOL || field->type == FIELD_INT || field->type == FIELD_NUMBER ||
        field->type == FIELD_SECONDS)
        value = json_loads(field->initial, JSON_DECODE_ANY, NULL);
    return value != NULL ? value : json_string(field->initial);
}

/* ---- tables */

/* `required`: NULL where none of them can be asked for. */
static void add_fields(json_t *defs, const YamlTable *table, json_t *properties, json_t *required)
{
    for (const YamlField *field = table->fields; field->key != NULL; field++) {
        json_t *schema = type_schema(defs, field);
        if (field->help != NULL)
            json_object_set_new(schema, "description", json_string(field->help));
        if (field->initial != NULL)
            json_object_set_new(schema, "default", default_of(field));
        json_object_set_new(properties, field->key, schema);
        if (field->required && required != NULL)
            json_array_append_new(required, json_string(field->key));
    }
}

static json_t *table_schema(json_t *defs, const YamlTable *table)
{
    json_t *properties = json_object(), *required = json_array();
    if (table->schema != NULL) {
        json_object_set_new(properties, "schema", json_pack("{s:s}", "const", table->schema));
        json_array_append_new(required, json_string("schema"));
    }
    add_fields(defs, table, properties, required);
    for (size_t i = 0; table->mores != NULL && table->mores[i] != NULL; i++)
        add_fields(defs, table->mores[i], properties, NULL);
    json_t *schema =
        json_pack("{s:s,s:o,s:b}", "type", "object", "properties", properties, "additionalProperties", 0);
    if (json_array_size(required) > 0)
        json_object_set(schema, "required", required);
    json_decref(required);
    return schema;
}

static void define(json_t *defs, const YamlTable *table)
{
    if (json_object_get(defs, table->name) != NULL)
        return;
    json_object_set_new(defs, table->name, json_object()); /* a table may hold itself */
    json_t *schema = table_schema(defs, table);
    json_object_set_new(defs, table->name, schema);
}

char *json_schema_of(const YamlTable *root)
{
    json_t *defs = json_object();
    json_t *schema = json_pack("{s:s,s:s}", "$schema", DRAFT, "title", root->schema);
    json_t *body = table_schema(defs, root);
    json_object_update(schema, body);
    if (json_object_size(defs) > 0)
        json_object_set(schema, "$defs", defs);
    json_decref(defs);
    json_decref(body);
    char *text = json_dumps(schema, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    char *line = g_strconcat(text, "\n", NULL);
    free(text);
    json_decref(schema);
    return line;
}
