/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios, annotators and wordings. Members have the names of the keys;
 * fields_scenario.c says of each its unit and what it means when it is not there. */
#ifndef VSAUDIT_RESULTS_RECORD_SCENARIO_H
#define VSAUDIT_RESULTS_RECORD_SCENARIO_H

#include "results/record_evaluation.h"

/* true events per camera-hour in deployment */
RESULTS_RECORD(prevalence, ResultsPrevalence, {
    double value;
    const char *unit;
    const json_t *source;
});

/* agreement of two annotators by windows */
RESULTS_RECORD(agreement_windows, ResultsAgreementWindows, {
    int64_t length_us, both, only_first, only_second, neither;
    double observed, expected, kappa, se;
});

/* two annotators, or one and the truth */
RESULTS_RECORD(agreement, ResultsAgreement, {
    const char *first, *second;
    int64_t watched_us, first_events, second_events, matched_first_as_truth;
    int64_t matched_second_as_truth;
    double f1_first_as_truth, f1_second_as_truth;
    const char *reason;
    ResultsAgreementWindows windows;
});

/* a verdict under one wording */
RESULTS_RECORD(wording_verdict, ResultsWordingVerdict, { const char *claim, *verdict; });

/* one wording of a rule */
RESULTS_RECORD(wording_row, ResultsWordingRow, {
    const char *system, *semantics;
    int64_t events, hits, misses, alerts, false_strict;
    ResultsRate false_alerts_per_camera_hour, p_miss;
    RESULTS_LIST(ResultsWordingVerdict) verdicts;
});

/* between which wordings a figure lies */
RESULTS_RECORD(spread, ResultsSpread, {
    double low;
    const char *low_semantics;
    double high;
    const char *high_semantics;
});

/* what hangs on the wording */
RESULTS_RECORD(dependence, ResultsDependence, {
    ResultsSpread false_alerts_per_camera_hour, hits;
    ResultsStrings changing_verdicts;
    const json_t *sentence;
});

/* a system that was asked for in several wordings */
RESULTS_RECORD(wordings, ResultsWordings, {
    const char *family, *condition;
    const json_t *condition_title;
    RESULTS_LIST(ResultsWordingRow) rows;
    ResultsDependence dependence;
});

/* one question that was asked */
RESULTS_RECORD(scenario, ResultsScenario, {
    const char *id;
    int64_t version;
    const json_t *title, *definition, *onset_rule, *end_rule;
    const char *behaviour;
    const json_t *behaviour_title;
    ResultsNorm norm;
    int64_t decree_2023_828;
    ResultsStrings hard_negatives;
    const char *sha256, *file, *dataset;
    ResultsBool synthetic;
    ResultsProtocol protocol;
    ResultsPrevalence prevalence;
    const json_t *truth_version;
    RESULTS_LIST(ResultsAgreement) agreement;
    RESULTS_LIST(ResultsWordings) wordings;
    RESULTS_LIST(ResultsEvaluation) evaluations;
});

#endif
