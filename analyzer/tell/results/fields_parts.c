/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shapes that occur all over results.json. See results/fields.h. */
#include "results/fields_internal.h"

static const char *const interval_method_words[] = {
    "garwood", "clopper-pearson", "exact-conditional", "exact-unconditional", "tango-score", NULL};
static const char *const rate_reason_words[] = {"no_exposure",
                                                "no_event",
                                                "no_alert",
                                                "no_false_alert",
                                                "no_hit",
                                                "no_event_free_clip",
                                                "no_event_free_window",
                                                "no_passage",
                                                "not_counted",
                                                "no_prevalence",
                                                "too_few_clusters",
                                                "no_confidence",
                                                "too_tangled",
                                                "not_testable_as_worded",
                                                NULL};
static const char *const rate_counted_by_words[] = {"system", "truth", NULL};

DESCRIBE(low_high, "low high", "a span of figures",
         {AT(low_high, low, NUMBER), .null_means = "open on this side"},
         {AT(low_high, high, NUMBER), .null_means = "open on this side"});

DESCRIBE(interval, "interval", "a confidence interval",
         {AT(interval, method, WORD), .words = interval_method_words},
         {AT(interval, level, NUMBER), .unit = "share",
          .means = "how often such an interval holds the true value"},
         {AT(interval, low, NUMBER), .null_means = "open on this side"},
         {AT(interval, high, NUMBER), .null_means = "open on this side"});

DESCRIBE(rate, "rate", "a figure with what it was reckoned from",
         {AT(rate, numerator, COUNT), .null_means = "not a count"},
         {AT(rate, denominator, NUMBER), .null_means = "not reckoned", .means = "in “unit”"},
         {AT(rate, unit, STRING), .means = "what the denominator counts"},
         {AT(rate, value, NUMBER), .null_means = "undefined, for “reason”"},
         {AT(rate, reason, WORD), .null_means = "the value is defined", .words = rate_reason_words},
         {RECORD_AT(rate, interval, interval), .null_means = "undefined"},
         {AT(rate, clock_mended_clips, COUNT), .optional = true,
          .means = "of its clips, those whose file’s clock was put right"},
         {AT(rate, counted_by, WORD), .optional = true, .words = rate_counted_by_words,
          .means = "who counted the denominator"});

DESCRIBE(norm, "norm", "a behaviour in words", {AT(norm, definition, TEXT)}, {AT(norm, onset, TEXT)},
         {AT(norm, end, TEXT)}, {AT(norm, alarm, TEXT)});

DESCRIBE(protocol, "protocol", "how alerts are judged", {AT(protocol, id, STRING)},
         {AT(protocol, title, TEXT)}, {AT(protocol, definition, TEXT)},
         {AT(protocol, parameters, MAP), .means = "name: value as written"},
         {AT(protocol, altered, BOOL), .means = "a parameter is not the published one"});

DESCRIBE(shift_counts, "shift counts", "what a shift of a log’s clock would bring",
         {AT(shift_counts, shift_us, INTEGER), .unit = "µs", .means = "to be added to every time"},
         {AT(shift_counts, alerts, COUNT)},
         {AT(shift_counts, watched, COUNT), .means = "alerts in watched time as the log says"},
         {AT(shift_counts, watched_shifted, COUNT)}, {AT(shift_counts, events, COUNT)},
         {AT(shift_counts, detected, COUNT), .means = "events detected by the log’s times"},
         {AT(shift_counts, detected_shifted, COUNT)});

DESCRIBE(shift, "shift", "a shift of a log’s clock that is suspected",
         {AT(shift, shift_us, INTEGER), .unit = "µs", .means = "to be added to every time"},
         {AT(shift, alerts, COUNT)},
         {AT(shift, watched, COUNT), .means = "alerts in watched time as the log says"},
         {AT(shift, watched_shifted, COUNT)}, {AT(shift, events, COUNT)},
         {AT(shift, detected, COUNT), .means = "events detected by the log’s times"},
         {AT(shift, detected_shifted, COUNT)}, {AT(shift, sentence, TEXT)});
