/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios, annotators and wordings. See results/fields.h. */
#include "results/fields_internal.h"

static const char *const wording_verdict_verdict_words[] = {"supported", "refuted", "not_established",
                                                            "not_testable", NULL};

DESCRIBE(prevalence, "prevalence", "true events per camera-hour in deployment",
         {AT(prevalence, value, NUMBER)}, {AT(prevalence, unit, STRING)},
         {AT(prevalence, source, TEXT), .null_means = "not stated"});

DESCRIBE(agreement_windows, "agreement windows", "agreement of two annotators by windows",
         {AT(agreement_windows, length_us, TIME), .unit = "µs"}, {AT(agreement_windows, both, COUNT)},
         {AT(agreement_windows, only_first, COUNT)}, {AT(agreement_windows, only_second, COUNT)},
         {AT(agreement_windows, neither, COUNT)},
         {AT(agreement_windows, observed, NUMBER), .null_means = "undefined"},
         {AT(agreement_windows, expected, NUMBER), .null_means = "undefined"},
         {AT(agreement_windows, kappa, NUMBER), .null_means = "undefined"},
         {AT(agreement_windows, se, NUMBER), .null_means = "undefined"});

DESCRIBE(agreement, "agreement", "two annotators, or one and the truth",
         {AT(agreement, first, STRING), .null_means = "the truth"}, {AT(agreement, second, STRING)},
         {AT(agreement, watched_us, TIME), .unit = "µs", .means = "by both"},
         {AT(agreement, first_events, COUNT)}, {AT(agreement, second_events, COUNT)},
         {AT(agreement, matched_first_as_truth, COUNT)}, {AT(agreement, matched_second_as_truth, COUNT)},
         {AT(agreement, f1_first_as_truth, NUMBER), .null_means = "undefined, for “reason”"},
         {AT(agreement, f1_second_as_truth, NUMBER), .null_means = "undefined, for “reason”"},
         {AT(agreement, reason, STRING), .null_means = "both are defined"},
         {RECORD_AT(agreement, windows, agreement_windows)});

DESCRIBE(wording_verdict, "wording verdict", "a verdict under one wording",
         {AT(wording_verdict, claim, STRING)},
         {AT(wording_verdict, verdict, WORD), .words = wording_verdict_verdict_words});

DESCRIBE(wording_row, "wording row", "one wording of a rule", {AT(wording_row, system, STRING)},
         {AT(wording_row, semantics, STRING)}, {AT(wording_row, events, COUNT)},
         {AT(wording_row, hits, COUNT)}, {AT(wording_row, misses, COUNT)}, {AT(wording_row, alerts, COUNT)},
         {AT(wording_row, false_strict, COUNT)}, {RECORD_AT(wording_row, false_alerts_per_camera_hour, rate)},
         {RECORD_AT(wording_row, p_miss, rate)}, {LIST_AT(wording_row, verdicts, wording_verdict)});

DESCRIBE(spread, "spread", "between which wordings a figure lies",
         {AT(spread, low, NUMBER), .null_means = "undefined"},
         {AT(spread, low_semantics, STRING), .null_means = "undefined"},
         {AT(spread, high, NUMBER), .null_means = "undefined"},
         {AT(spread, high_semantics, STRING), .null_means = "undefined"});

DESCRIBE(dependence, "dependence", "what hangs on the wording",
         {RECORD_AT(dependence, false_alerts_per_camera_hour, spread)}, {RECORD_AT(dependence, hits, spread)},
         {AT(dependence, changing_verdicts, STRINGS)}, {AT(dependence, sentence, TEXT)});

DESCRIBE(wordings, "wordings", "a system that was asked for in several wordings",
         {AT(wordings, family, STRING)}, {AT(wordings, condition, STRING)},
         {AT(wordings, condition_title, TEXT), .null_means = "none was written"},
         {LIST_AT(wordings, rows, wording_row)}, {RECORD_AT(wordings, dependence, dependence)});

DESCRIBE(scenario, "scenario", "one question that was asked", {AT(scenario, id, STRING)},
         {AT(scenario, version, INTEGER)}, {AT(scenario, title, TEXT)},
         {AT(scenario, definition, TEXT), .null_means = "the norm stands for it"},
         {AT(scenario, onset_rule, TEXT), .null_means = "the norm stands for it"},
         {AT(scenario, end_rule, TEXT), .null_means = "the norm stands for it"},
         {AT(scenario, behaviour, STRING)}, {AT(scenario, behaviour_title, TEXT)},
         {RECORD_AT(scenario, norm, norm)},
         {AT(scenario, decree_2023_828, COUNT), .null_means = "not stated",
          .means = "1 to 8: the event of the decree; 0: outside the list"},
         {AT(scenario, hard_negatives, STRINGS)},
         {AT(scenario, sha256, STRING), .null_means = "not read from a file"},
         {AT(scenario, file, STRING), .null_means = "not read from a file"}, {AT(scenario, dataset, STRING)},
         {AT(scenario, synthetic, BOOL)}, {RECORD_AT(scenario, protocol, protocol)},
         {RECORD_AT(scenario, prevalence, prevalence), .null_means = "not stated"},
         {LIST_AT(scenario, agreement, agreement), .optional = true},
         {AT(scenario, truth_version, TEXT), .optional = true}, {LIST_AT(scenario, evaluations, evaluation)},
         {LIST_AT(scenario, wordings, wordings), .optional = true});
