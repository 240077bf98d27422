/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One system under one condition. Members have the names of the keys;
 * fields_evaluation.c says of each its unit and what it means when it is not there. */
#ifndef VSAUDIT_RESULTS_RECORD_EVALUATION_H
#define VSAUDIT_RESULTS_RECORD_EVALUATION_H

#include "results/record_claim.h"
#include "results/record_clip.h"
#include "results/record_engine.h"

/* the time on which the figures rest */
typedef struct result_exposure {
    const json_t *json;
    int64_t camera_us;
    double camera_hours;
    int64_t clips, cameras, no_score_us, not_decoded_us, not_seen_us, not_annotated_us;
    int64_t failed_clips, clock_mended_clips, copied_clips;
} ResultsExposure;

/* events and alerts */
typedef struct result_counts {
    const json_t *json;
    int64_t events, hits, misses, alerts, false_strict, false_lenient, duplicates, not_scored;
    int64_t alerts_unwatched, events_not_scored, hits_with_boxes, hits_elsewhere;
} ResultsCounts;

/* the share of right alerts where events are as rare as stated */
typedef struct result_precision_at_prevalence {
    const json_t *json;
    double value;
    const char *reason;
    double prevalence;
    const json_t *source;
} ResultsPrecisionAtPrevalence;

/* the rates */
typedef struct result_rates {
    const json_t *json;
    ResultsRate false_alerts_per_camera_hour, false_alerts_per_camera_hour_lenient, p_miss;
    ResultsRate precision, clips_alarmed, windows_alarmed, false_alerts_per_passage;
    ResultsPrecisionAtPrevalence precision_at_prevalence;
} ResultsRates;

/* a figure with its interval */
typedef struct result_figure {
    const json_t *json;
    double value, low, high;
} ResultsFigure;

/* how late alerts came */
typedef struct result_latency {
    const json_t *json;
    int64_t n;
    double median_s, p90_s;
    int64_t censored;
    const char *reason;
} ResultsLatency;

/* intervals by camera */
typedef struct result_bootstrap {
    const json_t *json;
    ResultsLowHigh percentile, bca;
    int64_t replicates, seed;
} ResultsBootstrap;

/* one camera */
typedef struct result_camera {
    const json_t *json;
    const char *camera;
    ResultsRate false_alerts_per_camera_hour, p_miss;
} ResultsCamera;

/* whether cameras differ */
typedef struct result_clusters {
    const json_t *json;
    int64_t cameras;
    double overdispersion, overdispersion_p;
    ResultsBootstrap bootstrap;
    double design_effect;
    RESULTS_LIST(ResultsCamera) table;
} ResultsClusters;

/* the matching with another tolerance */
typedef struct result_sensitivity {
    const json_t *json;
    double factor;
    int64_t hits, misses, false_strict;
    double false_alerts_per_camera_hour, p_miss;
} ResultsSensitivity;

/* what failed clips could hide */
typedef struct result_worst_case {
    const json_t *json;
    int64_t failed_clips;
    double failed_camera_hours;
    int64_t failed_events, failed_alerts;
    double p_miss_if_all_missed, p_miss_high, false_rate_if_none;
    const json_t *sentence;
} ResultsWorstCase;

/* the hits against alerts that know nothing of the pictures */
typedef struct result_chance {
    const json_t *json;
    int64_t alerts, watched_us;
    double alerts_per_camera_hour;
    int64_t hits, events;
    double expected_hits, p, alpha;
    ResultsBool better;
    const char *reason;
    const json_t *sentence;
} ResultsChance;

/* alerts of a log that are not judged here */
typedef struct result_ignored_alerts {
    const json_t *json;
    int64_t alerts;
    const json_t *other_behaviours;
    int64_t other_clips;
} ResultsIgnoredAlerts;

/* what became of the rows of an alert log */
typedef struct result_log {
    const json_t *json;
    int64_t rows, used, repeated, repeated_here, alike, other_conditions, other_behaviours;
    int64_t unwatched_clips, other_clips, judged, unwatched;
    double unwatched_allowed;
    ResultsBool fits;
    ResultsShift suspected_shift;
    ResultsTexts remarks;
} ResultsLog;

/* a stratum against the one with the most camera time */
typedef struct result_contrast {
    const json_t *json;
    const char *reference;
    double ratio;
    ResultsLowHigh interval;
    double p, difference, detectable_ratio;
    ResultsBool four_fifths;
} ResultsContrast;

/* clips of one value */
typedef struct result_stratum {
    const json_t *json;
    const char *value;
    int64_t clips;
    double camera_hours;
    int64_t events;
    ResultsRate false_alerts_per_camera_hour, p_miss;
    ResultsContrast contrast;
} ResultsStratum;

/* clips by one attribute */
typedef struct result_strata {
    const json_t *json;
    const char *attribute;
    RESULTS_LIST(ResultsStratum) strata;
    const char *reason;
} ResultsStrata;

/* Ward’s event categories */
typedef struct result_error_classes {
    const json_t *json;
    int64_t events, alerts, correct, deletions, insertions, fragmented, fragments, merged, merging;
    int64_t overfilled, underfilled, insertion_us, deletion_us, overfill_us, underfill_us;
    int64_t ends_assumed;
} ResultsErrorClasses;

/* false alarm by time */
typedef struct result_time_false_alarm {
    const json_t *json;
    double excess, outside;
    int64_t excess_us, outside_us, free_us;
    const char *reason;
} ResultsTimeFalseAlarm;

/* the load on a network of cameras */
typedef struct result_network {
    const json_t *json;
    int64_t cameras;
    double hours_per_day;
    int64_t operators;
    double shift_hours;
    const json_t *source;
    double camera_hours_per_day;
    ResultsFigure false_alerts_per_day;
    double true_alerts_per_day;
    ResultsFigure false_alerts_per_operator_hour, false_alerts_per_operator_shift;
} ResultsNetwork;

/* what people have to look at */
typedef struct result_alert_load {
    const json_t *json;
    ResultsRate alerts_per_camera_hour;
    ResultsNetwork network;
} ResultsAlertLoad;

/* the figures at one threshold */
typedef struct result_curve_point {
    const json_t *json;
    double threshold;
    int64_t hits, false_alerts;
    double p_miss, false_alerts_per_camera_hour, cost;
} ResultsCurvePoint;

/* misses at one rate of false alerts */
typedef struct result_p_miss_at {
    const json_t *json;
    double false_alerts_per_camera_hour, p_miss;
} ResultsPMissAt;

/* figures by the threshold of confidence */
typedef struct result_curve {
    const json_t *json;
    const char *reason;
    int64_t alerts, without_confidence;
    ResultsCurvePoint declared, best;
    double beta;
    RESULTS_LIST(ResultsPMissAt) p_miss_at;
    ResultsBool thinned;
    RESULTS_LIST(ResultsCurvePoint) points;
} ResultsCurve;

/* false alerts by rule */
typedef struct result_false_alert_kinds {
    const json_t *json;
    int64_t duplicate, cross_trigger, near_miss, unlabelled;
} ResultsFalseAlertKinds;

/* how well people were counted */
typedef struct result_count_error {
    const json_t *json;
    int64_t n;
    double bias, mae;
    int64_t largest;
    const char *reason;
} ResultsCountError;

/* counts by an earlier version of the truth */
typedef struct result_earlier_counts {
    const json_t *json;
    int64_t events, hits, misses, alerts, false_strict;
} ResultsEarlierCounts;

/* rates by an earlier version of the truth */
typedef struct result_earlier_rates {
    const json_t *json;
    ResultsRate false_alerts_per_camera_hour, p_miss;
} ResultsEarlierRates;

/* the same alerts against an earlier version of the truth */
typedef struct result_earlier_truth {
    const json_t *json;
    const char *version;
    double camera_hours;
    ResultsEarlierCounts counts;
    ResultsEarlierRates rates;
} ResultsEarlierTruth;

/* one combination of values */
typedef struct result_sweep_point {
    const json_t *json;
    const json_t *values;
    ResultsBool chosen;
    int64_t events, hits, misses, false_strict;
    ResultsRate false_alerts_per_camera_hour, p_miss;
} ResultsSweepPoint;

/* figures by parameters */
typedef struct result_sweep {
    const json_t *json;
    ResultsStrings parameters;
    RESULTS_LIST(ResultsSweepPoint) points;
} ResultsSweep;

/* the same alerts under a protocol of the field */
typedef struct result_field_protocol {
    const json_t *json;
    const char *id;
    const json_t *title, *definition, *parameters;
    ResultsBool scored;
    const json_t *sentence;
    const char *unit;
    int64_t truths, alerts, detections, misses, false_alarms, ignored, ends_assumed;
    const json_t *figures;
} ResultsFieldProtocol;

/* whose words a rule follows */
typedef struct result_semantics {
    const json_t *json;
    const char *id, *product, *term, *source;
    const json_t *differs;
    ResultsNorm norm;
    const char *family;
    ResultsStrings passed_over;
} ResultsSemantics;

/* what two people said of the false alerts */
typedef struct result_adjudicated {
    const json_t *json;
    int64_t false_ones, nuisance, true_event, unsure, disagreed, not_judged;
    const json_t *causes;
} ResultsAdjudicated;

/* an hour of the day */
typedef struct result_hour {
    const json_t *json;
    int64_t hour;
    ResultsRate false_alerts_per_camera_hour;
} ResultsHour;

/* false alerts by the hour of the day */
typedef struct result_hours {
    const json_t *json;
    RESULTS_LIST(ResultsHour) by_hour;
    int64_t unknown_us;
} ResultsHours;

/* one system under one condition */
typedef struct result_evaluation {
    const json_t *json;
    const char *system, *system_kind;
    const json_t *system_title;
    const char *after_validation_of, *condition;
    const json_t *condition_title;
    const char *condition_filter;
    const json_t *parameters;
    ResultsEngine engine;
    ResultsExposure exposure;
    ResultsCounts counts;
    ResultsRates rates;
    ResultsFigure per_day;
    ResultsLatency latency;
    ResultsClusters clusters;
    RESULTS_LIST(ResultsSensitivity) sensitivity;
    ResultsWorstCase worst_case;
    ResultsChance chance;
    ResultsLog log;
    ResultsIgnoredAlerts ignored_alerts;
    const json_t *counters;
    RESULTS_LIST(ResultsStrata) strata;
    ResultsErrorClasses error_classes;
    ResultsTimeFalseAlarm time_false_alarm;
    ResultsAlertLoad alert_load;
    ResultsCurve curve;
    RESULTS_LIST(ResultsClaim) claims;
    ResultsFalseAlertKinds false_alert_kinds;
    RESULTS_LIST(ResultsJudgedClip) clips;
    ResultsCountError count_error;
    RESULTS_LIST(ResultsEarlierTruth) earlier_truth;
    ResultsSweep sweep;
    RESULTS_LIST(ResultsFieldProtocol) protocols;
    ResultsSemantics semantics;
    ResultsAdjudicated adjudication;
    ResultsHours hours;
} ResultsEvaluation;

#endif
