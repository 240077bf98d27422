/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios, annotators and wordings. See results/fields.h. */
#include "results/fields_internal.h"

static const char *const wording_verdict_verdict_words[] = {"supported", "refuted", "not_established",
                                                            "not_testable", NULL};

static const ResultField prevalence_fields[] = {
    {.key = "value", .kind = RESULT_NUMBER},
    {.key = "unit", .kind = RESULT_STRING},
    {.key = "source", .kind = RESULT_TEXT, .null_means = "not stated"},
    RESULT_END};
const ResultRecord result_prevalence = {"prevalence", "true events per camera-hour in deployment",
                                        prevalence_fields};

static const ResultField agreement_windows_fields[] = {
    {.key = "length_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "both", .kind = RESULT_COUNT},
    {.key = "only_first", .kind = RESULT_COUNT},
    {.key = "only_second", .kind = RESULT_COUNT},
    {.key = "neither", .kind = RESULT_COUNT},
    {.key = "observed", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "expected", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "kappa", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "se", .kind = RESULT_NUMBER, .null_means = "undefined"},
    RESULT_END};
const ResultRecord result_agreement_windows = {"agreement windows", "agreement of two annotators by windows",
                                               agreement_windows_fields};

static const ResultField agreement_fields[] = {
    {.key = "first", .kind = RESULT_STRING, .null_means = "the truth"},
    {.key = "second", .kind = RESULT_STRING},
    {.key = "watched_us", .kind = RESULT_TIME, .unit = "µs", .means = "by both"},
    {.key = "first_events", .kind = RESULT_COUNT},
    {.key = "second_events", .kind = RESULT_COUNT},
    {.key = "matched_first_as_truth", .kind = RESULT_COUNT},
    {.key = "matched_second_as_truth", .kind = RESULT_COUNT},
    {.key = "f1_first_as_truth", .kind = RESULT_NUMBER, .null_means = "undefined, for “reason”"},
    {.key = "f1_second_as_truth", .kind = RESULT_NUMBER, .null_means = "undefined, for “reason”"},
    {.key = "reason", .kind = RESULT_STRING, .null_means = "both are defined"},
    {.key = "windows", .kind = RESULT_RECORD, .of = &result_agreement_windows},
    RESULT_END};
const ResultRecord result_agreement = {"agreement", "two annotators, or one and the truth", agreement_fields};

static const ResultField wording_verdict_fields[] = {
    {.key = "claim", .kind = RESULT_STRING},
    {.key = "verdict", .kind = RESULT_WORD, .words = wording_verdict_verdict_words},
    RESULT_END};
const ResultRecord result_wording_verdict = {"wording verdict", "a verdict under one wording",
                                             wording_verdict_fields};

static const ResultField wording_row_fields[] = {
    {.key = "system", .kind = RESULT_STRING},
    {.key = "semantics", .kind = RESULT_STRING},
    {.key = "events", .kind = RESULT_COUNT},
    {.key = "hits", .kind = RESULT_COUNT},
    {.key = "misses", .kind = RESULT_COUNT},
    {.key = "alerts", .kind = RESULT_COUNT},
    {.key = "false_strict", .kind = RESULT_COUNT},
    {.key = "false_alerts_per_camera_hour", .kind = RESULT_RECORD, .of = &result_rate},
    {.key = "p_miss", .kind = RESULT_RECORD, .of = &result_rate},
    {.key = "verdicts", .kind = RESULT_LIST, .of = &result_wording_verdict},
    RESULT_END};
const ResultRecord result_wording_row = {"wording row", "one wording of a rule", wording_row_fields};

static const ResultField spread_fields[] = {
    {.key = "low", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "low_semantics", .kind = RESULT_STRING, .null_means = "undefined"},
    {.key = "high", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "high_semantics", .kind = RESULT_STRING, .null_means = "undefined"},
    RESULT_END};
const ResultRecord result_spread = {"spread", "between which wordings a figure lies", spread_fields};

static const ResultField dependence_fields[] = {
    {.key = "false_alerts_per_camera_hour", .kind = RESULT_RECORD, .of = &result_spread},
    {.key = "hits", .kind = RESULT_RECORD, .of = &result_spread},
    {.key = "changing_verdicts", .kind = RESULT_STRINGS},
    {.key = "sentence", .kind = RESULT_TEXT},
    RESULT_END};
const ResultRecord result_dependence = {"dependence", "what hangs on the wording", dependence_fields};

static const ResultField wordings_fields[] = {
    {.key = "family", .kind = RESULT_STRING},
    {.key = "condition", .kind = RESULT_STRING},
    {.key = "condition_title", .kind = RESULT_TEXT, .null_means = "none was written"},
    {.key = "rows", .kind = RESULT_LIST, .of = &result_wording_row},
    {.key = "dependence", .kind = RESULT_RECORD, .of = &result_dependence},
    RESULT_END};
const ResultRecord result_wordings = {"wordings", "a system that was asked for in several wordings",
                                      wordings_fields};

static const ResultField scenario_fields[] = {
    {.key = "id", .kind = RESULT_STRING},
    {.key = "version", .kind = RESULT_INTEGER},
    {.key = "title", .kind = RESULT_TEXT},
    {.key = "definition", .kind = RESULT_TEXT, .null_means = "the norm stands for it"},
    {.key = "onset_rule", .kind = RESULT_TEXT, .null_means = "the norm stands for it"},
    {.key = "end_rule", .kind = RESULT_TEXT, .null_means = "the norm stands for it"},
    {.key = "behaviour", .kind = RESULT_STRING},
    {.key = "behaviour_title", .kind = RESULT_TEXT},
    {.key = "norm", .kind = RESULT_RECORD, .of = &result_norm},
    {.key = "decree_2023_828",
     .kind = RESULT_COUNT,
     .null_means = "not stated",
     .means = "1 to 8: the event of the decree; 0: outside the list"},
    {.key = "hard_negatives", .kind = RESULT_STRINGS},
    {.key = "sha256", .kind = RESULT_STRING, .null_means = "not read from a file"},
    {.key = "file", .kind = RESULT_STRING, .null_means = "not read from a file"},
    {.key = "dataset", .kind = RESULT_STRING},
    {.key = "synthetic", .kind = RESULT_BOOL},
    {.key = "protocol", .kind = RESULT_RECORD, .of = &result_protocol},
    {.key = "prevalence", .kind = RESULT_RECORD, .of = &result_prevalence, .null_means = "not stated"},
    {.key = "truth_version", .kind = RESULT_TEXT, .optional = true},
    {.key = "agreement", .kind = RESULT_LIST, .of = &result_agreement, .optional = true},
    {.key = "wordings", .kind = RESULT_LIST, .of = &result_wordings, .optional = true},
    {.key = "evaluations", .kind = RESULT_LIST, .of = &result_evaluation},
    RESULT_END};
const ResultRecord result_scenario = {"scenario", "one question that was asked", scenario_fields};
