/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the members of the records (record_*.h) are made of, and how each kind says “not there”:
 *
 *     text, word      NULL                     whole number, time   RESULTS_UNKNOWN
 *     true or false   results_given is false   real number          NAN
 *     list, map       at NULL (count is 0)     box                  geometry_box_is_none
 *     record          its json is NULL; all its members are unknown, too
 *
 * Records stand within each other, so that evaluation->rates.p_miss.interval.low can always be read. Texts
 * are in the document's own JSON: {"en": …, "fr": …} or somebody's own words (texts_pick reads them). */
#ifndef VSAUDIT_RESULTS_VALUES_H
#define VSAUDIT_RESULTS_VALUES_H

#include "records/geometry.h"
#include "records/span.h"

#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RESULTS_UNKNOWN INT64_MIN /* the same as TIME_UNKNOWN */

/* No plain bool: what is not there is neither, and `if (record->flag)` must not compile. */
typedef struct {
    signed char is; /* 1, 0; -1: not there */
} ResultsBool;

static inline bool results_given(ResultsBool value)
{
    return value.is >= 0;
}
/* False also when it is not there. */
static inline bool results_true(ResultsBool value)
{
    return value.is > 0;
}

static inline ResultsBool results_bool(bool is)
{
    return (ResultsBool){is ? 1 : 0};
}

/* struct result_NAME, which is a TYPE: the object that it was read from, then the members between the braces
 * as if it held them itself. */
#define RESULTS_RECORD(name, Type, ...) \
    typedef struct result_##name {      \
        const json_t *json;             \
        struct __VA_ARGS__;             \
    } Type

#define RESULTS_LIST(type) \
    struct {               \
        size_t count;      \
        const type *at;    \
    }
/* In the document’s order. */
#define RESULTS_MAP(type)        \
    struct {                     \
        size_t count;            \
        const type *at;          \
        const char *const *keys; \
    }

typedef RESULTS_LIST(char *const) ResultsStrings;
typedef RESULTS_LIST(json_t *const) ResultsTexts;
typedef RESULTS_LIST(int64_t) ResultsIntegers;
typedef RESULTS_LIST(double) ResultsNumbers;
typedef RESULTS_LIST(Span) ResultsSpans;

/* Any of them, for those who go by the tables. */
typedef RESULTS_LIST(void) ResultsAnyList;
typedef RESULTS_MAP(void) ResultsAnyMap;

#endif
