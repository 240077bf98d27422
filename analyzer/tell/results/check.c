/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results/fields.h"

#include "results/fields_internal.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_FAULTS = 100 };

/* Where a value stands; spelt out only for a fault. */
typedef struct Place {
    const struct Place *above;
    const char *key; /* NULL: the index counts */
    size_t index;
} Place;

static void append_place(GString *out, const Place *place)
{
    if (place == NULL)
        return;
    append_place(out, place->above);
    if (place->key == NULL)
        g_string_append_printf(out, "[%zu]", place->index);
    else
        g_string_append_printf(out, "%s%s", out->len > 0 ? "." : "", place->key);
}

/* How strictly. */
typedef struct {
    GPtrArray *faults;
    bool other_version; /* of an earlier or a later program: what is there must be of its kind, no more */
} Check;

static void fault(const Check *check, const Place *place, const json_t *value, const char *expected)
{
    if (check->faults->len >= MOST_FAULTS)
        return;
    g_autoptr(GString) where = g_string_new(NULL);
    append_place(where, place);
    char *found = value != NULL ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    const bool is_long = found != NULL && g_utf8_strlen(found, -1) > 60;
    g_autofree char *begin = is_long ? g_utf8_substring(found, 0, 60) : g_strdup(found);
    free(found);
    g_ptr_array_add(check->faults,
                    g_strdup_printf("%s: found %s%s, expected %s",
                                    where->len > 0 ? where->str : "the document",
                                    begin != NULL ? begin : "nothing", is_long ? "…" : "", expected));
}

const ResultField *result_field(const ResultRecord *record, const char *key)
{
    for (const ResultField *field = record->fields; field->key != NULL; field++)
        if (strcmp(field->key, key) == 0)
            return field;
    return NULL;
}

const ResultField *results_find_field(const ResultRecord *record, const char *way, size_t *offset)
{
    for (;;) {
        const size_t length = strcspn(way, ".");
        g_autofree char *key = g_strndup(way, length);
        const ResultField *field = result_field(record, key);
        if (field == NULL)
            g_error("%s: no such member of “%s”", key, record->name);
        *offset += field->offset;
        if (way[length] == '\0' || field->kind != RESULT_RECORD)
            return field;
        way += length + 1;
        record = field->of;
    }
}

static void check_record(const ResultRecord *record, const json_t *value, const Place *place,
                         const Check *check);

/* English and French, and whatever further languages the program that wrote it knew. */
static bool is_text(const json_t *value)
{
    const char *language;
    json_t *words;
    if (json_is_string(value))
        return true;
    json_object_foreach((json_t *)value, language, words)
    {
        if (!json_is_string(words) || !g_regex_match_simple(RESULT_LANGUAGE, language, 0, 0))
            return false;
    }
    return json_object_get(value, "en") != NULL && json_object_get(value, "fr") != NULL;
}

static bool is_whole(const json_t *value, bool below_zero)
{
    return json_is_integer(value) && (below_zero || json_integer_value(value) >= 0);
}

static bool is_word(const ResultField *field, const json_t *value)
{
    return json_is_string(value) && g_strv_contains(field->words, json_string_value(value));
}

static bool are_all(const json_t *value, bool (*is)(const json_t *))
{
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!is(json_array_get(value, i)))
            return false;
    return json_is_array(value);
}

static bool is_string(const json_t *value)
{
    return json_is_string(value);
}

static bool is_object_or_string(const json_t *value)
{
    return json_is_object(value) || json_is_string(value);
}

static bool is_number(const json_t *value)
{
    return json_is_number(value);
}

static bool is_count(const json_t *value)
{
    return is_whole(value, false);
}

static bool is_span(const json_t *value)
{
    return json_array_size(value) == 2 && is_whole(json_array_get(value, 0), true) &&
           is_whole(json_array_get(value, 1), true);
}

/* What is expected of a value that is no record and no list. */
static const char *expectation(const ResultField *field, const json_t *value)
{
    switch (field->kind) {
    case RESULT_STRING:
        return json_is_string(value) ? NULL : "a string";
    case RESULT_WORD:
        return is_word(field, value) ? NULL : "a word that the table knows";
    case RESULT_BOOL:
        return json_is_boolean(value) ? NULL : "true or false";
    case RESULT_COUNT:
        return is_whole(value, false) ? NULL : "a whole number, 0 or more";
    case RESULT_TIME:
        return is_whole(value, false) ? NULL : "whole microseconds, 0 or more";
    case RESULT_INTEGER:
        return is_whole(value, true) ? NULL : "a whole number";
    case RESULT_NUMBER:
        return json_is_number(value) ? NULL : "a number";
    case RESULT_TEXT:
        return is_text(value) ? NULL : "a text in both languages, or one string";
    case RESULT_STRINGS:
        return are_all(value, is_string) ? NULL : "an array of strings";
    case RESULT_TEXTS:
        return are_all(value, is_text) ? NULL : "an array of texts";
    case RESULT_COUNTS:
        return are_all(value, is_count) ? NULL : "an array of whole numbers, 0 or more";
    case RESULT_NUMBERS:
        return are_all(value, is_number) ? NULL : "an array of numbers";
    case RESULT_SPANS:
        return are_all(value, is_span) ? NULL : "an array of [start_us, end_us]";
    case RESULT_BOX:
        return are_all(value, is_number) && json_array_size(value) == 4 ? NULL : "[x, y, w, h]";
    case RESULT_RECORD:
    case RESULT_MAP:
        return json_is_object(value) ? NULL : "an object";
    case RESULT_LIST:
        return json_is_array(value) ? NULL : "an array";
    }
    return NULL;
}

/* Words that this version does not know, texts in other languages, -1 for what was not stated. */
static bool may_differ(const ResultField *field, const json_t *value)
{
    return (field->kind == RESULT_WORD && json_is_string(value)) ||
           (field->kind == RESULT_COUNT && json_is_integer(value) && json_integer_value(value) == -1) ||
           (field->kind == RESULT_TEXT && json_is_object(value)) ||
           (field->kind == RESULT_TEXTS && are_all(value, is_object_or_string));
}

static void check_field(const ResultField *field, const json_t *value, const Place *place, const Check *check)
{
    if (json_is_null(value)) {
        if (field->null_means == NULL && field->kind != RESULT_LIST && !check->other_version)
            fault(check, place, value, "a value");
        return;
    }
    const char *expected =
        check->other_version && may_differ(field, value) ? NULL : expectation(field, value);
    if (expected != NULL) {
        fault(check, place, value, expected);
        return;
    }
    if (field->kind == RESULT_RECORD)
        check_record(field->of, value, place, check);
    for (size_t i = 0; field->kind == RESULT_LIST && i < json_array_size(value); i++)
        check_record(field->of, json_array_get(value, i), &(Place){.above = place, .index = i}, check);
    if (field->kind != RESULT_MAP || field->of == NULL)
        return;
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)value, key, member)
        check_record(field->of, member, &(Place){.above = place, .key = key}, check);
}

static void check_record(const ResultRecord *record, const json_t *value, const Place *place,
                         const Check *check)
{
    if (!json_is_object(value)) {
        /* Some statements of earlier versions are words alone. */
        if (!check->other_version || !json_is_string(value))
            fault(check, place, value, "an object");
        return;
    }
    const char *key;
    json_t *member;
    size_t known = 0;
    json_object_foreach((json_t *)value, key, member)
    {
        const ResultField *field = result_field(record, key);
        const Place below = {.above = place, .key = key};
        if (field != NULL)
            check_field(field, member, &below, check);
        else if (!check->other_version)
            fault(check, &below, member, "no such key");
        known += field != NULL && !field->optional;
    }
    for (const ResultField *field = record->fields; field->key != NULL; field++)
        known -= !field->optional;
    for (const ResultField *field = record->fields; known != 0 && !check->other_version && field->key != NULL;
         field++) {
        if (!field->optional && json_object_get(value, field->key) == NULL)
            fault(check, &(Place){.above = place, .key = field->key}, NULL, "this key");
    }
}

static bool check_all(const ResultRecord *record, const json_t *value, const Check *check)
{
    const guint before = check->faults->len;
    check_record(record, value, NULL, check);
    return check->faults->len == before;
}

bool results_check_record(const ResultRecord *record, const json_t *value, GPtrArray *faults)
{
    return check_all(record, value, &(Check){.faults = faults});
}

bool results_check(const json_t *results, GPtrArray *faults)
{
    return results_check_record(&result_results, results, faults);
}

bool results_check_kinds(const json_t *results, GPtrArray *faults)
{
    return check_all(&result_results, results, &(Check){.faults = faults, .other_version = true});
}
