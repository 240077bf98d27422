/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two runs held against each other (schema vsaudit/compare/1; report/compare.h makes it). Members have the
 * names of the keys; fields_compare.c says of each its unit and what it means when it is not there. */
#ifndef VSAUDIT_RESULTS_RECORD_COMPARE_H
#define VSAUDIT_RESULTS_RECORD_COMPARE_H

#include "results/values.h"

/* a run */
typedef struct result_compared_run {
    const json_t *json;
    const char *audit, *program;
} ResultsComparedRun;

/* a clip that is left out */
typedef struct result_left_out {
    const json_t *json;
    const char *dataset, *clip, *why;
} ResultsLeftOut;

/* an event that one run missed and the other did not */
typedef struct result_compared_event {
    const json_t *json;
    const char *dataset, *clip;
    int64_t start_us, end_us;
    const char *label;
} ResultsComparedEvent;

/* a false alert that is new, gone or changed */
typedef struct result_compared_alert {
    const json_t *json;
    const char *dataset, *clip;
    int64_t onset_us, decided_us;
    const char *label, *outcome, *note;
    int64_t onset_us_now, decided_us_now;
    const char *label_now;
} ResultsComparedAlert;

/* events that both runs judged */
typedef struct result_compared_events {
    const json_t *json;
    int64_t common, missed_a, missed_b, only_in_a, only_in_b;
    RESULTS_LIST(ResultsComparedEvent) new_misses;
    RESULTS_LIST(ResultsComparedEvent) gone_misses;
    double p_mcnemar;
} ResultsComparedEvents;

/* false alerts, repeated ones included */
typedef struct result_compared_alerts {
    const json_t *json;
    int64_t a, b;
    RESULTS_LIST(ResultsComparedAlert) new_ones;
    RESULTS_LIST(ResultsComparedAlert) gone;
    RESULTS_LIST(ResultsComparedAlert) changed;
    int64_t clips_with_more, clips_with_fewer;
    double p_sign;
} ResultsComparedAlerts;

/* one system under one condition, in both runs */
typedef struct result_pair {
    const json_t *json;
    const char *scenario, *system_a, *system_b, *condition;
    int64_t clips, scored_a_us, scored_b_us;
    RESULTS_LIST(ResultsLeftOut) left_out;
    ResultsComparedEvents events;
    ResultsComparedAlerts false_alerts;
    const char *protocol_a, *protocol_b;
    ResultsBool same_rules;
} ResultsPair;

/* one that only one run has */
typedef struct result_alone {
    const json_t *json;
    const char *scenario, *system, *condition;
} ResultsAlone;

/* the whole */
typedef struct result_comparison {
    const json_t *json;
    const char *schema;
    ResultsComparedRun a, b;
    double within_s;
    RESULTS_LIST(ResultsPair) evaluations;
    RESULTS_LIST(ResultsAlone) only_in_a;
    RESULTS_LIST(ResultsAlone) only_in_b;
} ResultsComparison;

#endif
