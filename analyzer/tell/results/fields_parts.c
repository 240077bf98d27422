/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shapes that occur all over results.json. See results/fields.h. */
#include "results/fields_internal.h"

static const char *const interval_method_words[] = {
    "garwood", "clopper-pearson", "exact-conditional", "exact-unconditional", "tango-score", NULL};
static const char *const rate_reason_words[] = {"no_exposure",
                                                "no_event",
                                                "no_alert",
                                                "no_hit",
                                                "no_event_free_clip",
                                                "no_event_free_window",
                                                "no_passage",
                                                "not_counted",
                                                "no_prevalence",
                                                "too_few_clusters",
                                                "no_confidence",
                                                "not_testable_as_worded",
                                                NULL};
static const char *const rate_counted_by_words[] = {"system", "truth", NULL};

static const ResultField low_high_fields[] = {
    {.key = "low", .kind = RESULT_NUMBER, .null_means = "open on this side"},
    {.key = "high", .kind = RESULT_NUMBER, .null_means = "open on this side"},
    RESULT_END};
const ResultRecord result_low_high = {"low high", "a span of figures", low_high_fields};

static const ResultField interval_fields[] = {
    {.key = "method", .kind = RESULT_WORD, .words = interval_method_words},
    {.key = "level",
     .kind = RESULT_NUMBER,
     .unit = "share",
     .means = "how often such an interval holds the true value"},
    {.key = "low", .kind = RESULT_NUMBER, .null_means = "open on this side"},
    {.key = "high", .kind = RESULT_NUMBER, .null_means = "open on this side"},
    RESULT_END};
const ResultRecord result_interval = {"interval", "a confidence interval", interval_fields};

static const ResultField rate_fields[] = {
    {.key = "numerator", .kind = RESULT_COUNT, .null_means = "not a count"},
    {.key = "denominator", .kind = RESULT_NUMBER, .null_means = "not reckoned", .means = "in “unit”"},
    {.key = "unit", .kind = RESULT_STRING, .means = "what the denominator counts"},
    {.key = "value", .kind = RESULT_NUMBER, .null_means = "undefined, for “reason”"},
    {.key = "reason", .kind = RESULT_WORD, .null_means = "the value is defined", .words = rate_reason_words},
    {.key = "interval", .kind = RESULT_RECORD, .of = &result_interval, .null_means = "undefined"},
    {.key = "clock_mended_clips",
     .kind = RESULT_COUNT,
     .optional = true,
     .means = "of its clips, those whose file’s clock was put right"},
    {.key = "counted_by",
     .kind = RESULT_WORD,
     .optional = true,
     .words = rate_counted_by_words,
     .means = "who counted the denominator"},
    RESULT_END};
const ResultRecord result_rate = {"rate", "a figure with what it was reckoned from", rate_fields};

static const ResultField norm_fields[] = {{.key = "definition", .kind = RESULT_TEXT},
                                          {.key = "onset", .kind = RESULT_TEXT},
                                          {.key = "end", .kind = RESULT_TEXT},
                                          {.key = "alarm", .kind = RESULT_TEXT},
                                          RESULT_END};
const ResultRecord result_norm = {"norm", "a behaviour in words", norm_fields};

static const ResultField protocol_fields[] = {
    {.key = "id", .kind = RESULT_STRING},
    {.key = "title", .kind = RESULT_TEXT},
    {.key = "definition", .kind = RESULT_TEXT},
    {.key = "parameters", .kind = RESULT_MAP, .means = "name: value as written"},
    {.key = "altered", .kind = RESULT_BOOL, .means = "a parameter is not the published one"},
    RESULT_END};
const ResultRecord result_protocol = {"protocol", "how alerts are judged", protocol_fields};

static const ResultField shift_counts_fields[] = {
    {.key = "shift_us", .kind = RESULT_INTEGER, .unit = "µs", .means = "to be added to every time"},
    {.key = "alerts", .kind = RESULT_COUNT},
    {.key = "watched", .kind = RESULT_COUNT, .means = "alerts in watched time as the log says"},
    {.key = "watched_shifted", .kind = RESULT_COUNT},
    {.key = "events", .kind = RESULT_COUNT},
    {.key = "detected", .kind = RESULT_COUNT, .means = "events detected by the log’s times"},
    {.key = "detected_shifted", .kind = RESULT_COUNT},
    RESULT_END};
const ResultRecord result_shift_counts = {"shift counts", "what a shift of a log’s clock would bring",
                                          shift_counts_fields};

static const ResultField shift_fields[] = {
    {.key = "shift_us", .kind = RESULT_INTEGER, .unit = "µs", .means = "to be added to every time"},
    {.key = "alerts", .kind = RESULT_COUNT},
    {.key = "watched", .kind = RESULT_COUNT, .means = "alerts in watched time as the log says"},
    {.key = "watched_shifted", .kind = RESULT_COUNT},
    {.key = "events", .kind = RESULT_COUNT},
    {.key = "detected", .kind = RESULT_COUNT, .means = "events detected by the log’s times"},
    {.key = "detected_shifted", .kind = RESULT_COUNT},
    {.key = "sentence", .kind = RESULT_TEXT},
    RESULT_END};
const ResultRecord result_shift = {"shift", "a shift of a log’s clock that is suspected", shift_fields};
