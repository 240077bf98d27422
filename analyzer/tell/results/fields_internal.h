/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of results.json; inside results/ only. */
#ifndef VSAUDIT_RESULTS_FIELDS_INTERNAL_H
#define VSAUDIT_RESULTS_FIELDS_INTERNAL_H

#include "results/document.h"
#include "results/fields.h"

/* What names a language in a text; which ones there are, is for the program that writes. */
#define RESULT_LANGUAGE "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"

/* What the member of a field of each kind must be. */
#define TYPE_OF_STRING const char *
#define TYPE_OF_WORD const char *
#define TYPE_OF_BOOL ResultsBool
#define TYPE_OF_COUNT int64_t
#define TYPE_OF_INTEGER int64_t
#define TYPE_OF_TIME int64_t
#define TYPE_OF_NUMBER double
#define TYPE_OF_TEXT const json_t *
#define TYPE_OF_STRINGS ResultsStrings
#define TYPE_OF_TEXTS ResultsTexts
#define TYPE_OF_COUNTS ResultsIntegers
#define TYPE_OF_NUMBERS ResultsNumbers
#define TYPE_OF_SPANS ResultsSpans
#define TYPE_OF_BOX Box
#define TYPE_OF_MAP const json_t *

/* A record `rate` is described by result_rate and read into struct result_rate: one name for all three. */
/* Where a member stands; does not compile when it, or the part of it that is named, is of another type. */
#define OFFSET(record, member, part, type)                                                                \
    (offsetof(struct result_##record, member) + 0 * _Generic(((struct result_##record *)NULL)->part, type \
                                                             : (size_t)1))

/* What begins a field of a table: {AT(rate, value, NUMBER), .null_means = "undefined"}. */
#define KEY_AT(name, record, member, type) \
    .key = (name), .kind = RESULT_##type, .offset = OFFSET(record, member, member, TYPE_OF_##type)
#define AT(record, member, type) KEY_AT(#member, record, member, type)
#define RECORD_AT(record, member, other)                          \
    .key = #member, .kind = RESULT_RECORD, .of = &result_##other, \
    .offset = OFFSET(record, member, member, struct result_##other)
#define LIST_KEY_AT(name, record, member, other)               \
    .key = (name), .kind = RESULT_LIST, .of = &result_##other, \
    .offset = OFFSET(record, member, member.at, const struct result_##other *)
#define LIST_AT(record, member, other) LIST_KEY_AT(#member, record, member, other)
#define MAP_AT(record, member, other)                          \
    .key = #member, .kind = RESULT_MAP, .of = &result_##other, \
    .offset = OFFSET(record, member, member.at, const struct result_##other *)
/* The record of that struct: its name, one line that says what it is, and its fields. */
#define DESCRIBE(record, called, what, ...)                                    \
    static const ResultField record##_fields[] = {__VA_ARGS__, {.key = NULL}}; \
    const ResultRecord result_##record = {called, what, record##_fields, sizeof(struct result_##record)}

#endif
