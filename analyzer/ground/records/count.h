/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of people over time: what is true, in spans, and what a rule counted, in samples. */
#ifndef VSAUDIT_RECORDS_COUNT_H
#define VSAUDIT_RECORDS_COUNT_H

#include "records/span.h"

#include <jansson.h>

/* No count is larger: sums of any number of samples stay exact. */
#define COUNT_MAX 1000000

/* So many people from start to end. */
typedef struct {
    Span span;
    int64_t value;
} CountSpan;

typedef struct {
    int64_t t_us;
    int64_t value;
} CountSample;

/* Sorts spans (of CountSpan) by their start; the place of the first one that overlaps the one before it, -1
 * when none does. */
int64_t count_spans_sort(GArray *spans);

GArray *count_samples_new(void); /* of CountSample */
/* [t, value, t, value, …]; null for NULL. Caller owns. */
json_t *count_samples_to_json(const GArray *samples);
/* The inverse: false when it is neither such a list nor null. Caller unrefs `out`, which is NULL for null. */
bool count_samples_from_json(const json_t *json, GArray **out);

#endif
