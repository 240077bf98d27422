/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims and their verdicts. Members have the names of the keys;
 * fields_claim.c says of each its unit and what it means when it is not there. */
#ifndef VSAUDIT_RESULTS_RECORD_CLAIM_H
#define VSAUDIT_RESULTS_RECORD_CLAIM_H

#include "results/record_parts.h"

/* a claim as a figure against a limit */
RESULTS_RECORD(reading, ResultsReading, {
    const char *metric, *op;
    double value, alpha;
    const char *against, *against_condition;
    double viewing_speed, setup_share, review_s, p_miss_limit;
});

/* what a verdict would need */
RESULTS_RECORD(needed, ResultsNeeded, {
    double more_camera_hours;
    int64_t more_events;
    double total_camera_hours;
    int64_t total_events;
    ResultsBool anew;
});

/* whether cameras allow the test */
RESULTS_RECORD(independence, ResultsIndependence, {
    int64_t cameras;
    double overdispersion_p;
    ResultsBool caution;
    ResultsLowHigh interval;
    double level;
    const char *verdict;
});

/* what a verdict speaks of */
RESULTS_RECORD(scope, ResultsScope, {
    const char *speaks_of, *of_these_clips, *lost;
    int64_t cameras, days;
    double p_refute, p_support;
    ResultsLowHigh interval;
    double level;
});

/* what holds however often one looked */
RESULTS_RECORD(anytime, ResultsAnytime, {
    ResultsLowHigh interval;
    double level;
});

/* when a verdict is read, and which look this is */
RESULTS_RECORD(looks, ResultsLooks, {
    const char *plan;
    double camera_hours;
    int64_t events;
    const char *end;
    int64_t number;
    ResultsBool reached;
    const char *lost;
    ResultsAnytime anytime;
});

/* two systems or conditions */
RESULTS_RECORD(compared, ResultsCompared, {
    const char *system, *condition, *test;
    ResultsIntegers false_alerts;
    ResultsNumbers camera_hours;
    int64_t events, missed_by_first_alone, missed_by_second_alone, missed_by_both, unpaired_clips;
});

/* what a claim on time leaves */
RESULTS_RECORD(implied, ResultsImplied, { double allowed_s_per_hour, s_per_alert, alerts_per_camera_hour; });

/* the verdict that was taken back */
RESULTS_RECORD(withheld, ResultsWithheld, {
    const char *verdict;
    int64_t alerts, unwatched;
    double unwatched_allowed;
    ResultsShiftCounts suspected_shift;
    ResultsBool unseen_condition;
    int64_t copied_clips;
});

/* why the certainty of a verdict is lower */
RESULTS_RECORD(certainty_reason, ResultsCertaintyReason, {
    const char *key, *domain, *state;
    int64_t lowers;
    double figure, of;
    const json_t *sentence;
});

/* how certain a verdict is */
RESULTS_RECORD(certainty, ResultsCertainty, {
    const char *level;
    int64_t lowered;
    RESULTS_LIST(ResultsCertaintyReason) reasons;
});

/* a claim and its verdict */
RESULTS_RECORD(claim, ResultsClaim, {
    const char *outcome;
    const json_t *outcome_sentence;
    ResultsBool paraphrase;
    const char *id, *text, *language;
    const json_t *read_as;
    const json_t *source;
    const char *date;
    ResultsBool confirmatory;
    ResultsReading reading;
    ResultsRate observed;
    double value;
    const char *verdict;
    double p_refute, p_support;
    ResultsNeeded needed;
    ResultsIndependence independence;
    ResultsScope scope;
    ResultsLooks looks;
    const json_t *sentence;
    ResultsCompared compared;
    double p_refute_adjusted, p_support_adjusted;
    const char *verdict_unadjusted;
    ResultsImplied implied;
    ResultsWithheld withheld;
    ResultsCertainty certainty;
});

#endif
