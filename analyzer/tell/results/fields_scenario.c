/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios, annotators and wordings. See results/fields.h. */
#include "results/fields_internal.h"

static const char *const wording_verdict_verdict_words[] = {"supported", "refuted", "not_established",
                                                            "not_testable", NULL};

static const ResultField prevalence_fields[] = {{AT(prevalence, value, NUMBER)},
                                                {AT(prevalence, unit, STRING)},
                                                {AT(prevalence, source, TEXT), .null_means = "not stated"},
                                                RESULT_END};
const ResultRecord result_prevalence = {"prevalence", "true events per camera-hour in deployment",
                                        prevalence_fields, SIZE_OF(prevalence)};

static const ResultField agreement_windows_fields[] = {
    {AT(agreement_windows, length_us, TIME), .unit = "µs"},
    {AT(agreement_windows, both, COUNT)},
    {AT(agreement_windows, only_first, COUNT)},
    {AT(agreement_windows, only_second, COUNT)},
    {AT(agreement_windows, neither, COUNT)},
    {AT(agreement_windows, observed, NUMBER), .null_means = "undefined"},
    {AT(agreement_windows, expected, NUMBER), .null_means = "undefined"},
    {AT(agreement_windows, kappa, NUMBER), .null_means = "undefined"},
    {AT(agreement_windows, se, NUMBER), .null_means = "undefined"},
    RESULT_END};
const ResultRecord result_agreement_windows = {"agreement windows", "agreement of two annotators by windows",
                                               agreement_windows_fields, SIZE_OF(agreement_windows)};

static const ResultField agreement_fields[] = {
    {AT(agreement, first, STRING), .null_means = "the truth"},
    {AT(agreement, second, STRING)},
    {AT(agreement, watched_us, TIME), .unit = "µs", .means = "by both"},
    {AT(agreement, first_events, COUNT)},
    {AT(agreement, second_events, COUNT)},
    {AT(agreement, matched_first_as_truth, COUNT)},
    {AT(agreement, matched_second_as_truth, COUNT)},
    {AT(agreement, f1_first_as_truth, NUMBER), .null_means = "undefined, for “reason”"},
    {AT(agreement, f1_second_as_truth, NUMBER), .null_means = "undefined, for “reason”"},
    {AT(agreement, reason, STRING), .null_means = "both are defined"},
    {RECORD_AT(agreement, windows, agreement_windows)},
    RESULT_END};
const ResultRecord result_agreement = {"agreement", "two annotators, or one and the truth", agreement_fields,
                                       SIZE_OF(agreement)};

static const ResultField wording_verdict_fields[] = {
    {AT(wording_verdict, claim, STRING)},
    {AT(wording_verdict, verdict, WORD), .words = wording_verdict_verdict_words},
    RESULT_END};
const ResultRecord result_wording_verdict = {"wording verdict", "a verdict under one wording",
                                             wording_verdict_fields, SIZE_OF(wording_verdict)};

static const ResultField wording_row_fields[] = {{AT(wording_row, system, STRING)},
                                                 {AT(wording_row, semantics, STRING)},
                                                 {AT(wording_row, events, COUNT)},
                                                 {AT(wording_row, hits, COUNT)},
                                                 {AT(wording_row, misses, COUNT)},
                                                 {AT(wording_row, alerts, COUNT)},
                                                 {AT(wording_row, false_strict, COUNT)},
                                                 {RECORD_AT(wording_row, false_alerts_per_camera_hour, rate)},
                                                 {RECORD_AT(wording_row, p_miss, rate)},
                                                 {LIST_AT(wording_row, verdicts, wording_verdict)},
                                                 RESULT_END};
const ResultRecord result_wording_row = {"wording row", "one wording of a rule", wording_row_fields,
                                         SIZE_OF(wording_row)};

static const ResultField spread_fields[] = {{AT(spread, low, NUMBER), .null_means = "undefined"},
                                            {AT(spread, low_semantics, STRING), .null_means = "undefined"},
                                            {AT(spread, high, NUMBER), .null_means = "undefined"},
                                            {AT(spread, high_semantics, STRING), .null_means = "undefined"},
                                            RESULT_END};
const ResultRecord result_spread = {"spread", "between which wordings a figure lies", spread_fields,
                                    SIZE_OF(spread)};

static const ResultField dependence_fields[] = {{RECORD_AT(dependence, false_alerts_per_camera_hour, spread)},
                                                {RECORD_AT(dependence, hits, spread)},
                                                {AT(dependence, changing_verdicts, STRINGS)},
                                                {AT(dependence, sentence, TEXT)},
                                                RESULT_END};
const ResultRecord result_dependence = {"dependence", "what hangs on the wording", dependence_fields,
                                        SIZE_OF(dependence)};

static const ResultField wordings_fields[] = {
    {AT(wordings, family, STRING)},
    {AT(wordings, condition, STRING)},
    {AT(wordings, condition_title, TEXT), .null_means = "none was written"},
    {LIST_AT(wordings, rows, wording_row)},
    {RECORD_AT(wordings, dependence, dependence)},
    RESULT_END};
const ResultRecord result_wordings = {"wordings", "a system that was asked for in several wordings",
                                      wordings_fields, SIZE_OF(wordings)};

static const ResultField scenario_fields[] = {
    {AT(scenario, id, STRING)},
    {AT(scenario, version, INTEGER)},
    {AT(scenario, title, TEXT)},
    {AT(scenario, definition, TEXT), .null_means = "the norm stands for it"},
    {AT(scenario, onset_rule, TEXT), .null_means = "the norm stands for it"},
    {AT(scenario, end_rule, TEXT), .null_means = "the norm stands for it"},
    {AT(scenario, behaviour, STRING)},
    {AT(scenario, behaviour_title, TEXT)},
    {RECORD_AT(scenario, norm, norm)},
    {AT(scenario, decree_2023_828, COUNT), .null_means = "not stated",
     .means = "1 to 8: the event of the decree; 0: outside the list"},
    {AT(scenario, hard_negatives, STRINGS)},
    {AT(scenario, sha256, STRING), .null_means = "not read from a file"},
    {AT(scenario, file, STRING), .null_means = "not read from a file"},
    {AT(scenario, dataset, STRING)},
    {AT(scenario, synthetic, BOOL)},
    {RECORD_AT(scenario, protocol, protocol)},
    {RECORD_AT(scenario, prevalence, prevalence), .null_means = "not stated"},
    {LIST_AT(scenario, agreement, agreement), .optional = true},
    {AT(scenario, truth_version, TEXT), .optional = true},
    {LIST_AT(scenario, evaluations, evaluation)},
    {LIST_AT(scenario, wordings, wordings), .optional = true},

    RESULT_END};
const ResultRecord result_scenario = {"scenario", "one question that was asked", scenario_fields,
                                      SIZE_OF(scenario)};
