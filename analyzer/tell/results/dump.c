/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From records to JSON: the other way round of document.c. */
#include "results/fields.h"
#include "results/results_json.h"
#include "results/values.h"

#include <string.h>

static json_t *dump_record(const ResultRecord *record, const char *base);
static bool is_there(const ResultRecord *record, const char *base);

#define GET(member, type) (*(const type *)(const void *)(member))

static json_t *dump_span(Span span)
{
    return json_pack("[I,I]", (json_int_t)span.start_us, (json_int_t)span.end_us);
}

/* One element of an array whose members are all of one kind; its size is added to *at. */
static json_t *dump_element(ResultKind kind, const char **at)
{
    const char *here = *at;
    switch (kind) {
    case RESULT_STRINGS:
        *at += sizeof(char *);
        return results_string(GET(here, char *));
    case RESULT_TEXTS:
        *at += sizeof(json_t *);
        return json_incref((json_t *)GET(here, json_t *));
    case RESULT_COUNTS:
        *at += sizeof(int64_t);
        return json_integer(GET(here, int64_t));
    case RESULT_NUMBERS:
        *at += sizeof(double);
        return results_number(GET(here, double));
    default:
        *at += sizeof(Span);
        return dump_span(GET(here, Span));
    }
}

/* NULL where there is no list. */
static json_t *dump_list(const ResultField *field, const char *member)
{
    ResultsAnyList list;
    memcpy(&list, member, sizeof list);
    if (list.at == NULL)
        return NULL;
    json_t *array = json_array();
    const char *at = list.at;
    for (size_t i = 0; i < list.count; i++) {
        if (field->kind == RESULT_LIST)
            json_array_append_new(array, dump_record(field->of, at + i * field->of->size));
        else
            json_array_append_new(array, dump_element(field->kind, &at));
    }
    return array;
}

static json_t *dump_map(const ResultRecord *record, const char *member)
{
    ResultsAnyMap map;
    memcpy(&map, member, sizeof map);
    if (map.at == NULL)
        return NULL;
    json_t *object = json_object();
    for (size_t i = 0; i < map.count; i++)
        json_object_set_new(object, map.keys[i],
                            dump_record(record, (const char *)map.at + i * record->size));
    return object;
}

/* NULL where there is nothing. */
static json_t *dump_field(const ResultField *field, const char *member)
{
    switch (field->kind) {
    case RESULT_STRING:
    case RESULT_WORD:
        return GET(member, char *) != NULL ? results_string(GET(member, char *)) : NULL;
    case RESULT_BOOL:
        return results_given(GET(member, ResultsBool)) ? json_boolean(results_true(GET(member, ResultsBool)))
                                                       : NULL;
    case RESULT_COUNT:
    case RESULT_INTEGER:
    case RESULT_TIME:
        return GET(member, int64_t) != RESULTS_UNKNOWN ? json_integer(GET(member, int64_t)) : NULL;
    case RESULT_NUMBER:
        return isfinite(GET(member, double)) ? json_real(GET(member, double)) : NULL;
    case RESULT_TEXT:
        return json_incref((json_t *)GET(member, json_t *));
    case RESULT_STRINGS:
    case RESULT_TEXTS:
    case RESULT_COUNTS:
    case RESULT_NUMBERS:
    case RESULT_SPANS:
    case RESULT_LIST:
        return dump_list(field, member);
    case RESULT_BOX:
        return geometry_box_is_none(GET(member, Box)) ? NULL : results_box(GET(member, Box));
    case RESULT_RECORD:
        if ((field->null_means != NULL || field->optional) && !is_there(field->of, member))
            return NULL;
        return dump_record(field->of, member);
    case RESULT_MAP:
        return field->of != NULL ? dump_map(field->of, member) : json_incref((json_t *)GET(member, json_t *));
    }
    return NULL;
}

/* Whether anything of a record is. */
static bool is_there(const ResultRecord *record, const char *base)
{
    bool any = GET(base, json_t *) != NULL;
    for (const ResultField *field = record->fields; field->key != NULL && !any; field++) {
        if (field->kind == RESULT_RECORD) {
            any = is_there(field->of, base + field->offset);
        } else {
            json_t *value = dump_field(field, base + field->offset);
            any = value != NULL;
            json_decref(value);
        }
    }
    return any;
}

static json_t *dump_record(const ResultRecord *record, const char *base)
{
    json_t *object = json_object();
    for (const ResultField *field = record->fields; field->key != NULL; field++) {
        json_t *value = dump_field(field, base + field->offset);
        if (value != NULL || !field->optional)
            json_object_set_new_nocheck(object, field->key, value != NULL ? value : json_null());
    }
    return object;
}

json_t *results_dump(const ResultRecord *record, const void *members)
{
    return dump_record(record, members);
}

static void give_back(const ResultRecord *record, const char *base)
{
    for (const ResultField *field = record->fields; field->key != NULL; field++) {
        if (field->kind == RESULT_RECORD)
            give_back(field->of, base + field->offset);
        else if (field->kind == RESULT_TEXT || (field->kind == RESULT_MAP && field->of == NULL))
            json_decref((json_t *)GET(base + field->offset, json_t *));
    }
}

json_t *results_dump_taking(const ResultRecord *record, const void *members)
{
    json_t *object = dump_record(record, members);
    give_back(record, members);
    return object;
}

void results_put(json_t *object, const ResultRecord *record, const void *members, const char *const *keys)
{
    for (size_t i = 0; keys[i] != NULL; i++) {
        const ResultField *field = result_field(record, keys[i]);
        g_assert(field != NULL);
        json_t *value = dump_field(field, (const char *)members + field->offset);
        json_object_set_new(object, keys[i], value != NULL ? value : json_null());
    }
}
