/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small records that occur all over results.json. Members have the names of the keys;
 * fields_parts.c says of each its unit and what it means when it is not there. */
#ifndef VSAUDIT_RESULTS_RECORD_PARTS_H
#define VSAUDIT_RESULTS_RECORD_PARTS_H

#include "results/values.h"

/* a span of figures */
typedef struct result_low_high {
    const json_t *json;
    double low, high;
} ResultsLowHigh;

/* a confidence interval */
typedef struct result_interval {
    const json_t *json;
    const char *method;
    double level, low, high;
} ResultsInterval;

/* a figure with what it was reckoned from */
typedef struct result_rate {
    const json_t *json;
    int64_t numerator;
    double denominator;
    const char *unit;
    double value;
    const char *reason;
    ResultsInterval interval;
    int64_t clock_mended_clips;
    const char *counted_by;
} ResultsRate;

/* a behaviour in words */
typedef struct result_norm {
    const json_t *json;
    const json_t *definition, *onset, *end, *alarm;
} ResultsNorm;

/* how alerts are judged */
typedef struct result_protocol {
    const json_t *json;
    const char *id;
    const json_t *title, *definition, *parameters;
    ResultsBool altered;
} ResultsProtocol;

/* what a shift of a log’s clock would bring */
typedef struct result_shift_counts {
    const json_t *json;
    int64_t shift_us, alerts, watched, watched_shifted, events, detected, detected_shifted;
} ResultsShiftCounts;

/* a shift of a log’s clock that is suspected */
typedef struct result_shift {
    const json_t *json;
    int64_t shift_us, alerts, watched, watched_shifted, events, detected, detected_shifted;
    const json_t *sentence;
} ResultsShift;

#endif
