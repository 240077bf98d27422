/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/option.h"

#include "records/error.h"
#include "records/free.h"
#include "records/span.h"

#include <math.h>
#include <string.h>

DEFINE_DESTROY(param_free, Param, param, g_free(param->name), g_free(param->value), g_free(param->file))

ParamList *param_list_new(void)
{
    ParamList *list = g_new(ParamList, 1);
    list->params = g_ptr_array_new_with_free_func(param_free);
    return list;
}

DEFINE_FREE(param_list_free, ParamList, list, g_ptr_array_unref(list->params))

void param_list_add(ParamList *list, const char *name, const char *value, const char *file, int name_line,
                    int name_column, int line, int column)
{
    Param *param = g_new(Param, 1);
    *param = (Param){.name = g_strdup(name),
                     .value = g_strdup(value),
                     .file = g_strdup(file),
                     .line = line,
                     .column = column,
                     .name_line = name_line,
                     .name_column = name_column};
    g_ptr_array_add(list->params, param);
}

void param_list_add_copy(ParamList *list, const Param *param)
{
    param_list_add(list, param->name, param->value, param->file, param->name_line, param->name_column,
                   param->line, param->column);
    if (param->quoted)
        param_list_quote_last(list);
}

void param_list_quote_last(ParamList *list)
{
    ((Param *)g_ptr_array_index(list->params, list->params->len - 1))->quoted = true;
}

const Param *param_list_find(const ParamList *list, const char *name)
{
    for (guint i = list->params->len; i > 0; i--) {
        const Param *param = g_ptr_array_index(list->params, i - 1);
        if (strcmp(param->name, name) == 0)
            return param;
    }
    return NULL;
}

/* Insertions, deletions, changes and swaps of neighbours, each one step ("optimal string alignment"). */
static size_t edit_distance(const char *a, const char *b)
{
    const size_t length = strlen(b), width = length + 1;
    g_autofree size_t *rows = g_new(size_t, 3 * width);
    size_t *older = rows, *old = rows + width, *row = rows + 2 * width;
    for (size_t j = 0; j <= length; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t *const reused = older;
        older = old;
        old = row;
        row = reused;
        row[0] = i;
        for (size_t j = 1; j <= length; j++) {
            const char x = g_ascii_tolower(a[i - 1]), y = g_ascii_tolower(b[j - 1]);
            row[j] = MIN(old[j - 1] + (x != y), MIN(old[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && x == g_ascii_tolower(b[j - 2]) && g_ascii_tolower(a[i - 2]) == y)
                row[j] = MIN(row[j], older[j - 2] + 1);
        }
    }
    return row[length];
}

/* What remains of a name when case, accents, blanks and marks are nothing: “Front Door” and “front_door” are
 * one. Caller frees. */
static char *fold_name(const char *name)
{
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    g_autofree char *plain = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
    g_autofree char *small = g_utf8_casefold(plain, -1);
    GString *out = g_string_new(NULL);
    for (const char *p = small; *p != '\0'; p = g_utf8_next_char(p)) {
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            g_string_append_unichar(out, g_utf8_get_char(p));
    }
    return g_string_free(out, FALSE);
}

/* The name of a file without its folder and its ending: “D:\\rec\\cam1.mp4” is cam1. Caller frees. */
static char *file_stem(const char *name)
{
    const char *base = name;
    for (const char *p = name; *p != '\0'; p++) {
        if ((*p == '/' || *p == '\\') && p[1] != '\0')
            base = p + 1;
    }
    const char *dot = strrchr(base, '.');
    return dot != NULL && dot > base ? g_strndup(base, (size_t)(dot - base)) : g_strdup(base);
}

typedef char *Reduce(const char *name);

/* The first of the names that is the same once both are reduced; nothing is the same as an empty name. */
static const char *find_reduced(const char *name, const char *const *names, size_t count, Reduce *first)
{
    g_autofree char *own = first != NULL ? first(name) : g_strdup(name);
    g_autofree char *folded = fold_name(own);
    for (size_t i = 0; i < count && *folded != '\0'; i++) {
        g_autofree char *part = first != NULL ? first(names[i]) : g_strdup(names[i]);
        g_autofree char *other = fold_name(part);
        if (strcmp(folded, other) == 0)
            return names[i];
    }
    return NULL;
}

static const char *find_close(const char *name, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    size_t least = MAX((size_t)1, strlen(name) / 3) + 1;
    for (size_t i = 0; i < count; i++) {
        const size_t distance = edit_distance(name, names[i]);
        if (distance < least) {
            least = distance;
            nearest = names[i];
        }
    }
    return nearest;
}

const char *option_nearest_name(const char *name, const char *const *names, size_t count)
{
    const char *nearest = find_reduced(name, names, count, NULL);
    if (nearest == NULL)
        nearest = find_reduced(name, names, count, file_stem);
    if (nearest == NULL)
        nearest = find_close(name, names, count);
    if (nearest != NULL)
        return nearest;
    g_autofree char *stem = file_stem(name);
    return find_close(stem, names, count);
}

static void *member(const OptionSpec *spec, void *settings)
{
    return (char *)settings + spec->offset;
}

static bool parse_number(const char *text, double *out)
{
    char *end = NULL;
    const double value = g_ascii_strtod(text, &end);
    /* strtod takes hexadecimal, "nan" and "inf" too; a user's file does not mean them. */
    if (end == text || *end != '\0' || !isfinite(value) || strpbrk(text, "xXnN") != NULL)
        return false;
    *out = value;
    return true;
}

/* What the option takes, in words: "a number from 0 to 1 (fraction)". */
static char *describe_expected(const OptionSpec *spec)
{
    const char *gap = spec->unit != NULL && *spec->unit != '\0' ? " " : "";
    const char *unit = spec->unit != NULL ? spec->unit : "";
    char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(low, sizeof low, "%.10g", spec->min);
    g_ascii_formatd(high, sizeof high, "%.10g", spec->max);
    switch (spec->type) {
    case OPTION_BOOL:
        return g_strdup("true or false");
    case OPTION_INT:
        return g_strdup_printf("a whole number from %s to %s%s%s", low, high, gap, unit);
    case OPTION_NUMBER:
        return g_strdup_printf("a number from %s to %s%s%s", low, high, gap, unit);
    case OPTION_SECONDS:
        return g_strdup_printf("seconds from %s to %s", low, high);
    case OPTION_STRING:
        return g_strdup("text");
    case OPTION_CHOICE: {
        g_autofree char *list = g_strjoinv(", ", (char **)(void *)spec->choices);
        return g_strdup_printf("one of %s", list);
    }
    }
    g_assert_not_reached();
}

/* Stores `text`; false when it is not what the option takes. */
static bool store_text(const OptionSpec *spec, void *settings, const char *text)
{
    double number = 0;
    switch (spec->type) {
    case OPTION_BOOL:
        if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
            return false;
        *(bool *)member(spec, settings) = *text == 't';
        return true;
    case OPTION_INT: {
        gint64 whole = 0;
        if (!g_ascii_string_to_signed(text, 10, (gint64)spec->min, (gint64)spec->max, &whole, NULL))
            return false;
        *(int64_t *)member(spec, settings) = whole;
        return true;
    }
    case OPTION_NUMBER:
        if (!parse_number(text, &number) || number < spec->min || number > spec->max)
            return false;
        *(double *)member(spec, settings) = number;
        return true;
    case OPTION_SECONDS: {
        int64_t us = 0;
        if (!time_parse_seconds(text, &us) || us < time_from_seconds(spec->min) ||
            us > time_from_seconds(spec->max))
            return false;
        *(int64_t *)member(spec, settings) = us;
        return true;
    }
    case OPTION_STRING: {
        char **string = member(spec, settings);
        g_free(*string);
        *string = g_strdup(text);
        return true;
    }
    case OPTION_CHOICE:
        for (int i = 0; spec->choices[i] != NULL; i++) {
            if (strcmp(text, spec->choices[i]) == 0) {
                *(int *)member(spec, settings) = i;
                return true;
            }
        }
        return false;
    }
    g_assert_not_reached();
}

void options_set_defaults(const OptionRow *table, void *settings)
{
    for (const OptionSpec *spec = options_of(table); spec->name != NULL; spec++) {
        if (spec->initial == NULL) {
            if (spec->type == OPTION_SECONDS)
                *(int64_t *)member(spec, settings) = TIME_UNKNOWN;
            else if (spec->type == OPTION_NUMBER)
                *(double *)member(spec, settings) = NAN;
            else
                g_assert(spec->type == OPTION_STRING);
            continue;
        }
        if (!store_text(spec, settings, spec->initial))
            g_error("default of option %s is outside its own range", spec->name);
    }
}

static char *describe_place(const Param *param, int line, int column, const char *context)
{
    GString *place = g_string_new(NULL);
    if (param->file != NULL)
        g_string_append_printf(place, "%s:%d:%d: ", param->file, line, column);
    if (context != NULL)
        g_string_append_printf(place, "%s.", context);
    g_string_append(place, param->name);
    return g_string_free(place, FALSE);
}

static void set_unknown_name(const OptionRow *table, const Param *param, const char *context, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const OptionSpec *spec = options_of(table); spec->name != NULL; spec++)
        g_ptr_array_add(names, (gpointer)spec->name);
    g_autofree char *place = describe_place(param, param->name_line, param->name_column, context);
    const char *nearest = option_nearest_name(param->name, (const char *const *)names->pdata, names->len);
    if (nearest != NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found an unknown name, expected perhaps “%s”", place, nearest);
        return;
    }
    g_ptr_array_add(names, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)names->pdata);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: found an unknown name, expected one of %s",
                place, *list != '\0' ? list : "none: nothing can be set here");
}

bool options_apply(const OptionRow *table, void *settings, const ParamList *params, const char *context,
                   GError **error)
{
    if (params == NULL)
        return true;
    for (guint i = 0; i < params->params->len; i++) {
        const Param *param = g_ptr_array_index(params->params, i);
        const OptionSpec *spec = option_find(table, param->name);
        if (spec == NULL) {
            set_unknown_name(table, param, context, error);
            return false;
        }
        if (param_list_find(params, param->name) != param) {
            g_autofree char *place = describe_place(param, param->name_line, param->name_column, context);
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: found twice, expected once", place);
            return false;
        }
        if (!store_text(spec, settings, param->value)) {
            g_autofree char *place = describe_place(param, param->line, param->column, context);
            g_autofree char *expected = describe_expected(spec);
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: found “%s”, expected %s", place,
                        param->value, expected);
            return false;
        }
    }
    return true;
}

void options_clear(const OptionRow *table, void *settings)
{
    for (const OptionSpec *spec = options_of(table); spec->name != NULL; spec++) {
        if (spec->type == OPTION_STRING) {
            char **string = member(spec, settings);
            g_clear_pointer(string, g_free);
        }
    }
}

bool option_is_given(const OptionSpec *spec, const void *settings)
{
    const void *value = (const char *)settings + spec->offset;
    if (spec->type == OPTION_SECONDS)
        return *(const int64_t *)value != TIME_UNKNOWN;
    return spec->type != OPTION_NUMBER || !isnan(*(const double *)value);
}

/* The shortest decimal that reads back as the same number. */
static char *format_number(double value)
{
    static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_ascii_formatd(text, sizeof text, formats[i], value);
        if (g_ascii_strtod(text, NULL) == value)
            break;
    }
    return g_strdup(text);
}

char *options_format(const OptionSpec *spec, const void *settings)
{
    const void *value = (const char *)settings + spec->offset;
    if (!option_is_given(spec, settings))
        return NULL;
    switch (spec->type) {
    case OPTION_BOOL:
        return g_strdup(*(const bool *)value ? "true" : "false");
    case OPTION_INT:
        return g_strdup_printf("%" PRId64, *(const int64_t *)value);
    case OPTION_NUMBER:
        return format_number(*(const double *)value);
    case OPTION_SECONDS:
        return time_format_seconds(*(const int64_t *)value);
    case OPTION_STRING:
        return g_strdup(*(char *const *)value);
    case OPTION_CHOICE:
        return g_strdup(spec->choices[*(const int *)value]);
    }
    g_assert_not_reached();
}

ParamList *options_effective(const OptionRow *table, size_t size, const ParamList *params)
{
    g_autofree void *settings = g_malloc0(MAX(size, (size_t)1));
    g_autoptr(ParamList) list = param_list_new();
    options_set_defaults(table, settings);
    const bool right = options_apply(table, settings, params, NULL, NULL);
    for (const OptionSpec *spec = options_of(table); right && spec->name != NULL; spec++) {
        g_autofree char *value = options_format(spec, settings);
        param_list_add(list, spec->name, value, NULL, 0, 0, 0, 0);
    }
    options_clear(table, settings);
    return right ? g_steal_pointer(&list) : NULL;
}
