/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small records that occur all over results.json. Members have the names of the keys;
 * fields_parts.c says of each its unit and what it means when it is not there. */
#ifndef VSAUDIT_RESULTS_RECORD_PARTS_H
#define VSAUDIT_RESULTS_RECORD_PARTS_H

#include "results/values.h"

/* a span of figures */
RESULTS_RECORD(low_high, ResultsLowHigh, { double low, high; });

/* a confidence interval */
RESULTS_RECORD(interval, ResultsInterval, {
    const char *method;
    double level, low, high;
});

/* a figure with what it was reckoned from */
RESULTS_RECORD(rate, ResultsRate, {
    int64_t numerator;
    double denominator;
    const char *unit;
    double value;
    const char *reason;
    ResultsInterval interval;
    int64_t clock_mended_clips;
    const char *counted_by;
});

/* a behaviour in words */
RESULTS_RECORD(norm, ResultsNorm, { const json_t *definition, *onset, *end, *alarm; });

/* how alerts are judged */
RESULTS_RECORD(protocol, ResultsProtocol, {
    const char *id;
    const json_t *title, *definition, *parameters;
    ResultsBool altered;
});

/* what a shift of a log’s clock would bring */
RESULTS_RECORD(shift_counts, ResultsShiftCounts,
               { int64_t shift_us, alerts, watched, watched_shifted, events, detected, detected_shifted; });

/* a shift of a log’s clock that is suspected */
RESULTS_RECORD(shift, ResultsShift, {
    int64_t shift_us, alerts, watched, watched_shifted, events, detected, detected_shifted;
    const json_t *sentence;
});

#endif
