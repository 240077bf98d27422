/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scalars and points of a YAML tree, checked; and how problems are said. */
#include "yaml/yaml_table.h"

#include "records/span.h"
#include "yaml/confine.h"
#include "yaml/yaml_field.h"

#include <math.h>
#include <string.h>

void yaml_problem(YamlReader *reader, const YamlNode *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (node == NULL) { /* what is to be told of is not there at all */
        problems_add(reader->problems, reader->tree->file, 0, 0, NULL, "%s", message);
        return;
    }
    g_autofree char *path = yaml_node_path(node);
    problems_add(reader->problems, reader->tree->file, node->line, node->column, path, "%s", message);
}

void yaml_expected(YamlReader *reader, const YamlNode *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *expected = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *found = node != NULL ? yaml_node_describe(node) : g_strdup("nothing");
    yaml_problem(reader, node, "found %s, expected %s", found, expected);
}

/* “{value: 0,0417}” is a mapping with the key “0417” and nothing behind it. */
static const YamlNode *decimal_comma(const YamlNode *child)
{
    const YamlNode *before =
        child->index > 0 ? g_ptr_array_index(child->parent->children, child->index - 1) : NULL;
    const bool cut = before != NULL && before->kind == YAML_NODE_TEXT && !before->quoted &&
                     child->kind == YAML_NODE_TEXT && !child->quoted && *child->text == '\0' &&
                     strspn(child->key, "0123456789eE-") == strlen(child->key) && *before->text != '\0' &&
                     strspn(before->text, "+-0123456789") == strlen(before->text);
    return cut ? before : NULL;
}

void yaml_unknown(YamlReader *reader, const YamlNode *child, const char *const *keys)
{
    const YamlNode *before = decimal_comma(child);
    if (before != NULL) {
        g_autofree char *value = yaml_node_path(before);
        problems_add(reader->problems, reader->tree->file, before->line, before->column, value,
                     "found “%s,%s”, expected a number with a decimal point, not a comma", before->text,
                     child->key);
        return;
    }
    g_autofree char *path = yaml_node_path(child);
    const char *nearest = option_nearest_name(child->key, keys, g_strv_length((char **)(void *)keys));
    g_autofree char *list = g_strjoinv(", ", (char **)(void *)keys);
    if (nearest != NULL)
        problems_add(reader->problems, reader->tree->file, child->key_line, child->key_column, path,
                     "found an unknown key, expected perhaps “%s”", nearest);
    else
        problems_add(reader->problems, reader->tree->file, child->key_line, child->key_column, path,
                     "found an unknown key, expected one of %s", list);
}

void yaml_read_entries(YamlReader *reader, const YamlNode *node, const char *expected, YamlRead read,
                       void *member)
{
    if (node->kind != YAML_NODE_MAP) {
        yaml_expected(reader, node, "%s", expected);
        return;
    }
    for (guint i = 0; i < node->children->len; i++) {
        const YamlNode *child = g_ptr_array_index(node->children, i);
        if (!child->duplicate)
            read(reader, child, member);
    }
}

static char *describe_range(const char *what, double min, double max)
{
    if (min == 0 && max == 0)
        return g_strdup(what);
    char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(low, sizeof low, "%.10g", min);
    g_ascii_formatd(high, sizeof high, "%.10g", max);
    if (isinf(max))
        return g_strdup_printf("%s, at least %s", what, low);
    if (isinf(min))
        return g_strdup_printf("%s, at most %s", what, high);
    return g_strdup_printf("%s from %s to %s", what, low, high);
}

static bool in_range(double value, double min, double max)
{
    return (min == 0 && max == 0) || (value >= min && value <= max);
}

/* The decimal comma is the commonest slip of a French keyboard: say it. */
static const char *comma_hint(const YamlNode *node)
{
    if (node->kind != YAML_NODE_TEXT)
        return "";
    const char *comma = strchr(node->text, ',');
    if (comma == NULL || strspn(node->text, "+-0123456789,") != strlen(node->text) ||
        strchr(comma + 1, ',') != NULL)
        return "";
    return " (with a decimal point, not a comma)";
}

static bool is_plain(const YamlNode *node)
{
    return node->kind == YAML_NODE_TEXT && !node->quoted && *node->text != '\0';
}

static void report_number(YamlReader *reader, const YamlNode *node, const char *what, double min, double max)
{
    g_autofree char *expected = describe_range(what, min, max);
    const char *quotes = node->kind == YAML_NODE_TEXT && node->quoted ? " without quotes" : "";
    yaml_expected(reader, node, "%s%s%s", expected, quotes, comma_hint(node));
}

bool yaml_read_text(YamlReader *reader, const YamlNode *node, char **out)
{
    if (node->kind != YAML_NODE_TEXT || *node->text == '\0') {
        yaml_expected(reader, node, "text");
        return false;
    }
    g_free(*out);
    *out = g_strdup(node->text);
    return true;
}

/* Decimal notation only: no hexadecimal, infinity, "1_000" or sexagesimal, whatever YAML 1.1 would allow. */
static bool parse_number(const char *text, double *out)
{
    if (*text == '\0' || strspn(text, "+-.0123456789eE") != strlen(text))
        return false;
    char *end = NULL;
    const double value = g_ascii_strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(value))
        return false;
    *out = value;
    return true;
}

bool yaml_read_number(YamlReader *reader, const YamlNode *node, double min, double max, double *out)
{
    double value = 0;
    if (is_plain(node) && parse_number(node->text, &value) && in_range(value, min, max)) {
        *out = value;
        return true;
    }
    report_number(reader, node, "a number", min, max);
    return false;
}

bool yaml_read_int(YamlReader *reader, const YamlNode *node, double min, double max, int64_t *out)
{
    gint64 value = 0;
    if (is_plain(node) && g_ascii_string_to_signed(node->text, 10, G_MININT64, G_MAXINT64, &value, NULL) &&
        in_range((double)value, min, max)) {
        *out = value;
        return true;
    }
    report_number(reader, node, "a whole number", min, max);
    return false;
}

bool yaml_read_seconds(YamlReader *reader, const YamlNode *node, double min, double max, int64_t *out_us)
{
    int64_t value = 0;
    if (is_plain(node) && time_parse_seconds(node->text, &value) &&
        in_range(time_to_seconds(value), min, max)) {
        *out_us = value;
        return true;
    }
    report_number(reader, node, "seconds with at most six decimals", min, max);
    return false;
}

bool yaml_read_point(YamlReader *reader, const YamlNode *node, double min, double max, Point *out)
{
    if (node->kind != YAML_NODE_LIST || node->children->len != 2) {
        yaml_expected(reader, node, "a point [x, y]");
        return false;
    }
    Point point = {0, 0};
    const bool x = yaml_read_number(reader, g_ptr_array_index(node->children, 0), min, max, &point.x);
    const bool y = yaml_read_number(reader, g_ptr_array_index(node->children, 1), min, max, &point.y);
    if (x && y)
        *out = point;
    return x && y;
}

static char *resolve(YamlReader *reader, const YamlNode *node, const char *path, ConfineUse use)
{
    g_autofree char *whole = confine_resolve_input(reader->tree->folder, path);
    g_autofree char *expected = confine_objection(reader->tree->folder, whole, use);
    if (expected == NULL)
        return g_steal_pointer(&whole);
    yaml_expected(reader, node, "%s", expected);
    return NULL;
}

char *yaml_resolve_path(YamlReader *reader, const YamlNode *node, const char *path)
{
    return resolve(reader, node, path, CONFINE_PARSED);
}

char *yaml_resolve_printed(YamlReader *reader, const YamlNode *node, const char *path)
{
    return resolve(reader, node, path, CONFINE_PRINTED);
}

TextPair text_pair_say(Phrase *phrase)
{
    const TextPair pair = {phrase_render(phrase, texts_of("en")), phrase_render(phrase, texts_of("fr"))};
    phrase_free(phrase);
    return pair;
}
