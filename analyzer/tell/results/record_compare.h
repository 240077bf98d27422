/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two runs held against each other (schema vsaudit/compare/1; report/compare.h makes it). Members have the
 * names of the keys; fields_compare.c says of each its unit and what it means when it is not there. */
#ifndef VSAUDIT_RESULTS_RECORD_COMPARE_H
#define VSAUDIT_RESULTS_RECORD_COMPARE_H

#include "results/values.h"

/* a run */
RESULTS_RECORD(compared_run, ResultsComparedRun, { const char *audit, *program; });

/* a clip that is left out */
RESULTS_RECORD(left_out, ResultsLeftOut, { const char *dataset, *clip, *why; });

/* an event that one run missed and the other did not */
RESULTS_RECORD(compared_event, ResultsComparedEvent, {
    const char *dataset, *clip;
    int64_t start_us, end_us;
    const char *label;
});

/* a false alert that is new, gone or changed */
RESULTS_RECORD(compared_alert, ResultsComparedAlert, {
    const char *dataset, *clip;
    int64_t onset_us, decided_us;
    const char *label, *outcome, *note;
    int64_t onset_us_now, decided_us_now;
    const char *label_now;
});

/* events that both runs judged */
RESULTS_RECORD(compared_events, ResultsComparedEvents, {
    int64_t common, missed_a, missed_b, only_in_a, only_in_b;
    RESULTS_LIST(ResultsComparedEvent) new_misses;
    RESULTS_LIST(ResultsComparedEvent) gone_misses;
    double p_mcnemar;
});

/* false alerts, repeated ones included */
RESULTS_RECORD(compared_alerts, ResultsComparedAlerts, {
    int64_t a, b;
    RESULTS_LIST(ResultsComparedAlert) new_ones;
    RESULTS_LIST(ResultsComparedAlert) gone;
    RESULTS_LIST(ResultsComparedAlert) changed;
    int64_t clips_with_more, clips_with_fewer;
    double p_sign;
});

/* one system under one condition, in both runs */
RESULTS_RECORD(pair, ResultsPair, {
    const char *scenario, *system_a, *system_b, *condition;
    int64_t clips, scored_a_us, scored_b_us;
    RESULTS_LIST(ResultsLeftOut) left_out;
    ResultsComparedEvents events;
    ResultsComparedAlerts false_alerts;
    const char *protocol_a, *protocol_b;
    ResultsBool same_rules;
});

/* one that only one run has */
RESULTS_RECORD(alone, ResultsAlone, { const char *scenario, *system, *condition; });

/* the whole */
RESULTS_RECORD(comparison, ResultsComparison, {
    const char *schema;
    ResultsComparedRun a, b;
    double within_s;
    RESULTS_LIST(ResultsPair) evaluations;
    RESULTS_LIST(ResultsAlone) only_in_a;
    RESULTS_LIST(ResultsAlone) only_in_b;
});

#endif
