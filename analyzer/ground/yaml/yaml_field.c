/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One value of a mapping into the member of a struct. */
#include "yaml/yaml_field.h"

#include <string.h>

#define ID_LENGTH_MAX 64

static bool is_id(const char *text)
{
    if (!g_ascii_isalnum(*text) || strlen(text) > ID_LENGTH_MAX)
        return false;
    for (; *text != '\0'; text++) {
        if (!g_ascii_isalnum(*text) && strchr("._-", *text) == NULL)
            return false;
    }
    return true;
}

static void read_id(YamlReader *reader, const YamlNode *node, char **member)
{
    if (node->kind == YAML_NODE_TEXT && is_id(node->text))
        *member = g_strdup(node->text);
    else
        yaml_expected(reader, node,
                      "an id (letters without accents, digits, “.”, “_”, “-”, at most %d of them)",
                      ID_LENGTH_MAX);
}

static void read_sha256(YamlReader *reader, const YamlNode *node, char **member)
{
    if (node->kind == YAML_NODE_TEXT && strlen(node->text) == 64 &&
        strspn(node->text, "0123456789abcdefABCDEF") == 64)
        *member = g_ascii_strdown(node->text, -1);
    else
        yaml_expected(reader, node, "a SHA-256 of 64 hexadecimal digits");
}

static void read_bounded_text(YamlReader *reader, const YamlNode *node, const YamlField *field, char **member)
{
    g_autofree char *text = NULL;
    if (!yaml_read_text(reader, node, &text))
        return;
    const double length = (double)g_utf8_strlen(text, -1);
    if (field->max > 0 && (length < field->min || length > field->max)) {
        yaml_problem(reader, node, "found %g characters, expected %g to %g", length, field->min, field->max);
        return;
    }
    *member = g_steal_pointer(&text);
}

static void read_bool(YamlReader *reader, const YamlNode *node, bool *member)
{
    if (node->kind == YAML_NODE_TEXT && !node->quoted && strcmp(node->text, "true") == 0)
        *member = true;
    else if (node->kind == YAML_NODE_TEXT && !node->quoted && strcmp(node->text, "false") == 0)
        *member = false;
    else
        yaml_expected(reader, node, "true or false");
}

static void read_choice(YamlReader *reader, const YamlNode *node, const char *const *choices, int *member)
{
    for (int i = 0; node->kind == YAML_NODE_TEXT && choices[i] != NULL; i++) {
        if (strcmp(choices[i], node->text) == 0) {
            *member = i;
            return;
        }
    }
    g_autofree char *list = g_strjoinv(", ", (char **)(void *)choices);
    yaml_expected(reader, node, choices[1] != NULL ? "one of %s" : "%s", list);
}

static void read_pair(YamlReader *reader, const YamlNode *node, TextPair *pair)
{
    static const YamlField fields[] = {
        {.key = "en", .type = FIELD_TEXT, .offset = offsetof(TextPair, en), .help = "in English"},
        {.key = "fr", .type = FIELD_TEXT, .offset = offsetof(TextPair, fr), .help = "in French"},
        YAML_FIELD_END};
    static const YamlTable table = {YAML_TABLE("text", fields, TextPair)};
    if (node->kind == YAML_NODE_MAP) {
        if (yaml_read_map(reader, node, &table, pair) && pair->en == NULL && pair->fr == NULL)
            yaml_expected(reader, node, "text under “en”, “fr” or both");
        return;
    }
    if (node->kind != YAML_NODE_TEXT || *node->text == '\0') {
        yaml_expected(reader, node, "text, or a mapping {en: …, fr: …}");
        return;
    }
    pair->en = g_strdup(node->text);
    pair->fr = g_strdup(node->text);
}

/* ---- lists */

static bool check_list(YamlReader *reader, const YamlNode *node, const YamlField *field, const char *of)
{
    if (node->kind != YAML_NODE_LIST) {
        yaml_expected(reader, node, "a list of %s", of);
        return false;
    }
    const double count = node->children->len;
    if (field->max > 0 && (count < field->min || count > field->max)) {
        yaml_problem(reader, node, "found %g items, expected %g to %g", count, field->min, field->max);
        return false;
    }
    if (field->max == 0 && count < field->min) {
        yaml_problem(reader, node, "found %g items, expected at least %g", count, field->min);
        return false;
    }
    return true;
}

static void read_texts(YamlReader *reader, const YamlNode *node, const YamlField *field, GPtrArray **member)
{
    if (!check_list(reader, node, field, "texts"))
        return;
    for (guint i = 0; i < node->children->len; i++) {
        char *text = NULL;
        if (yaml_read_text(reader, g_ptr_array_index(node->children, i), &text))
            g_ptr_array_add(*member, text);
    }
}

static void read_numbers(YamlReader *reader, const YamlNode *node, const YamlField *field, GArray **member)
{
    if (node->kind != YAML_NODE_LIST) {
        yaml_expected(reader, node, "a list of numbers");
        return;
    }
    if (field->count > 0 && node->children->len != field->count) {
        yaml_problem(reader, node, "found %u numbers, expected %u", node->children->len, field->count);
        return;
    }
    for (guint i = 0; i < node->children->len; i++) {
        double value = 0;
        if (yaml_read_number(reader, g_ptr_array_index(node->children, i), field->min, field->max, &value))
            g_array_append_val(*member, value);
    }
}

static void read_points(YamlReader *reader, const YamlNode *node, const YamlField *field, GArray **member)
{
    if (node->kind != YAML_NODE_LIST) {
        yaml_expected(reader, node, "a list of points [[x, y], …]");
        return;
    }
    if (node->children->len < field->count) {
        yaml_problem(reader, node, "found %u points, expected at least %u", node->children->len,
                     field->count);
        return;
    }
    for (guint i = 0; i < node->children->len; i++) {
        Point point = {0, 0};
        if (yaml_read_point(reader, g_ptr_array_index(node->children, i), field->min, field->max, &point))
            g_array_append_val(*member, point);
    }
}

static void read_records(YamlReader *reader, const YamlNode *node, const YamlField *field, GPtrArray **member)
{
    g_autofree char *of = g_strdup_printf("mappings (each a %s)", field->table->name);
    if (!check_list(reader, node, field, of))
        return;
    for (guint i = 0; i < node->children->len; i++) {
        void *record = g_malloc0(MAX(field->table->size, 1));
        yaml_read_map(reader, g_ptr_array_index(node->children, i), field->table, record);
        g_ptr_array_add(*member, record);
    }
}

static void read_params(YamlReader *reader, const YamlNode *node, const YamlField *field, ParamList *params)
{
    if (node->kind != YAML_NODE_MAP) {
        yaml_expected(reader, node, "a mapping (lines of “name: value”)");
        return;
    }
    for (guint i = 0; i < node->children->len; i++) {
        const YamlNode *child = g_ptr_array_index(node->children, i);
        if (child->duplicate)
            continue;
        if (field->choices != NULL && !g_strv_contains(field->choices, child->key)) {
            yaml_unknown(reader, child, field->choices);
            continue;
        }
        if (child->kind != YAML_NODE_TEXT || (*child->text == '\0' && !child->quoted)) {
            yaml_expected(reader, child, "one value (text, a number, true or false)");
            continue;
        }
        param_list_add(params, child->key, child->text, reader->tree->file, child->key_line,
                       child->key_column, child->line, child->column);
        if (child->quoted)
            param_list_quote_last(params);
    }
}

void yaml_read_field(YamlReader *reader, const YamlNode *node, const YamlField *field, void *member)
{
    switch (field->type) {
    case FIELD_TEXT:
        g_clear_pointer((char **)member, g_free);
        read_bounded_text(reader, node, field, member);
        break;
    case FIELD_ID:
        g_clear_pointer((char **)member, g_free);
        read_id(reader, node, member);
        break;
    case FIELD_SHA256:
        read_sha256(reader, node, member);
        break;
    case FIELD_BOOL:
        read_bool(reader, node, member);
        break;
    case FIELD_INT:
        yaml_read_int(reader, node, field->min, field->max, member);
        break;
    case FIELD_NUMBER:
        yaml_read_number(reader, node, field->min, field->max, member);
        break;
    case FIELD_SECONDS:
        yaml_read_seconds(reader, node, field->min, field->max, member);
        break;
    case FIELD_CHOICE:
        read_choice(reader, node, field->choices, member);
        break;
    case FIELD_PAIR:
        read_pair(reader, node, member);
        break;
    case FIELD_TEXTS:
        read_texts(reader, node, field, member);
        break;
    case FIELD_NUMBERS:
        read_numbers(reader, node, field, member);
        break;
    case FIELD_POINT:
        yaml_read_point(reader, node, field->min, field->max, member);
        break;
    case FIELD_POINTS:
        read_points(reader, node, field, member);
        break;
    case FIELD_MAP:
        yaml_clear(field->table, member); /* it holds its defaults already */
        yaml_read_map(reader, node, field->table, member);
        break;
    case FIELD_LIST:
        read_records(reader, node, field, member);
        break;
    case FIELD_PARAMS:
        read_params(reader, node, field, *(ParamList **)member);
        break;
    case FIELD_CUSTOM:
        field->read(reader, node, member);
        break;
    }
}
