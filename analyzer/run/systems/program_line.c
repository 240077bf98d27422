/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/program_line.h"

#include <string.h>

typedef enum { VALUE_TEXT, VALUE_INT, VALUE_NUMBER, VALUE_BOX, VALUE_LIST } ValueType;

static const char *const value_names[] = {
    [VALUE_TEXT] = "text",       [VALUE_INT] = "a whole number",
    [VALUE_NUMBER] = "a number", [VALUE_BOX] = "a box [x, y, width, height] in shares of the picture, 0 to 1",
    [VALUE_LIST] = "a list",
};

typedef struct {
    const char *key;
    ValueType type;
    bool required; /* and not null */
} LineKey;

enum { KEYS_MAX = 12 };

static const struct {
    const char *name;
    LineKey keys[KEYS_MAX];
} lines[] = {
    [LINE_HELLO] = {"hello",
                    {{"protocol", VALUE_TEXT, true},
                     {"name", VALUE_TEXT, true},
                     {"version", VALUE_TEXT, false},
                     {"input", VALUE_TEXT, false},
                     {"format", VALUE_TEXT, false},
                     {"width", VALUE_INT, false},
                     {"height", VALUE_INT, false},
                     {"rate", VALUE_NUMBER, false},
                     {"gives", VALUE_TEXT, false},
                     {"starts", VALUE_TEXT, false}}},
    [LINE_READY] = {"ready", {{"t_us", VALUE_INT, false}}},
    [LINE_ALERT] = {"alert",
                    {{"behaviour", VALUE_TEXT, true},
                     {"onset_us", VALUE_INT, true},
                     {"end_us", VALUE_INT, false},
                     {"confidence", VALUE_NUMBER, false},
                     {"box", VALUE_BOX, false},
                     {"id", VALUE_TEXT, false},
                     {"label", VALUE_TEXT, false}}},
    [LINE_ALERT_END] = {"alert-end", {{"id", VALUE_TEXT, true}, {"end_us", VALUE_INT, true}}},
    [LINE_OBSERVATION] = {"observation", {{"t_us", VALUE_INT, true}, {"boxes", VALUE_LIST, true}}},
    [LINE_REMARK] = {"remark", {{"text", VALUE_TEXT, true}}},
    [LINE_END] = {"end", {{NULL, VALUE_TEXT, false}}},
};

bool program_refuse(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, text);
    return false;
}

static bool is_box(const json_t *value)
{
    double sides[4];
    if (json_array_size(value) != 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        const json_t *side = json_array_get(value, i);
        if (!json_is_number(side))
            return false;
        sides[i] = json_number_value(side);
        if (!(sides[i] >= 0 && sides[i] <= 1))
            return false;
    }
    /* shares that were divided may add up to a little more than the whole */
    return sides[0] + sides[2] <= 1 + 1e-6 && sides[1] + sides[3] <= 1 + 1e-6;
}

static bool is_of_type(const json_t *value, ValueType type)
{
    switch (type) {
    case VALUE_TEXT:
        return json_is_string(value) && json_string_length(value) <= 1000;
    case VALUE_INT:
        return json_is_integer(value);
    case VALUE_NUMBER:
        return json_is_number(value);
    case VALUE_BOX:
        return is_box(value);
    case VALUE_LIST:
        return json_is_array(value);
    }
    return false;
}

/* The value as it stands there, cut where it is long. Caller frees. */
static char *show(const json_t *value)
{
    enum { MOST = 80 };
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    g_autofree char *cut = g_utf8_substring(text, 0, MIN(MOST, g_utf8_strlen(text, -1)));
    char *shown = g_strdup_printf("%s%s", cut, strlen(cut) < strlen(text) ? "…" : "");
    free(text);
    return shown;
}

static bool check_keys(const json_t *json, ProgramLineType type, GError **error)
{
    const LineKey *keys = lines[type].keys;
    const char *name;
    json_t *value;
    for (size_t i = 0; i < KEYS_MAX && keys[i].key != NULL; i++) {
        value = json_object_get(json, keys[i].key);
        if (value == NULL || json_is_null(value)) {
            if (keys[i].required)
                return program_refuse(error, "found “%s” without “%s”, expected %s there", lines[type].name,
                                      keys[i].key, value_names[keys[i].type]);
            continue;
        }
        if (!is_of_type(value, keys[i].type)) {
            g_autofree char *shown = show(value);
            return program_refuse(error, "%s.%s: found %s, expected %s", lines[type].name, keys[i].key, shown,
                                  value_names[keys[i].type]);
        }
    }
    json_object_foreach((json_t *)json, name, value)
    {
        bool known = strcmp(name, "type") == 0;
        for (size_t i = 0; i < KEYS_MAX && keys[i].key != NULL; i++)
            known = known || strcmp(name, keys[i].key) == 0;
        if (!known)
            return program_refuse(
                error, "found the unknown key “%.80s” in “%s”, expected only those of " SYSTEM_PROTOCOL, name,
                lines[type].name);
    }
    return true;
}

static bool find_type(const json_t *json, ProgramLineType *type, GError **error)
{
    const json_t *said = json_object_get(json, "type");
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        if (json_is_string(said) && strcmp(json_string_value(said), lines[i].name) == 0) {
            *type = (ProgramLineType)i;
            return true;
        }
    }
    g_autoptr(GString) names = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", lines[i].name);
    if (said == NULL)
        return program_refuse(error, "found an object without “type”, expected one of %s", names->str);
    g_autofree char *shown = show(said);
    return program_refuse(error, "found the type %s, expected one of %s", shown, names->str);
}

/* Of what begins like an object: why it is none. Caller frees; "": it does not begin so. */
static char *why_none(const char *text, size_t length, const json_error_t *why)
{
    size_t first = 0;
    while (first < length && g_ascii_isspace(text[first]))
        first++;
    if (first == length || text[first] != '{' || *why->text == '\0')
        return g_strdup("");
    g_autofree char *valid = g_utf8_make_valid(why->text, -1);
    return g_strdup_printf(" (column %d: %s)", why->column, valid);
}

bool program_line_parse(const char *text, size_t length, ProgramLine *line, GError **error)
{
    json_error_t why;
    json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, &why);
    if (!json_is_object(json)) {
        g_autofree char *valid = g_utf8_make_valid(text, (gssize)MIN(length, 200));
        g_autofree char *cut = g_utf8_substring(valid, 0, MIN(40, g_utf8_strlen(valid, -1)));
        g_autofree char *reason = json == NULL ? why_none(text, length, &why) : g_strdup("");
        json_decref(json);
        return program_refuse(error, "found “%s%s”%s, expected a JSON object", cut,
                              strlen(cut) < length ? "…" : "", reason);
    }
    ProgramLineType type = LINE_HELLO;
    if (!find_type(json, &type, error) || !check_keys(json, type, error)) {
        json_decref(json);
        return false;
    }
    *line = (ProgramLine){type, json};
    return true;
}

void program_line_clear(ProgramLine *line)
{
    json_decref(line->json);
    line->json = NULL;
}

int64_t program_line_int(const ProgramLine *line, const char *key, int64_t absent)
{
    const json_t *value = json_object_get(line->json, key);
    return json_is_integer(value) ? json_integer_value(value) : absent;
}

double program_line_number(const ProgramLine *line, const char *key, double absent)
{
    const json_t *value = json_object_get(line->json, key);
    return json_is_number(value) ? json_number_value(value) : absent;
}

const char *program_line_text(const ProgramLine *line, const char *key)
{
    return json_string_value(json_object_get(line->json, key));
}
