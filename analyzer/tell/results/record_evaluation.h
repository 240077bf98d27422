/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One system under one condition. Members have the names of the keys;
 * fields_evaluation.c says of each its unit and what it means when it is not there. */
#ifndef VSAUDIT_RESULTS_RECORD_EVALUATION_H
#define VSAUDIT_RESULTS_RECORD_EVALUATION_H

#include "results/record_claim.h"
#include "results/record_clip.h"
#include "results/record_engine.h"
#include "results/record_probe.h"

/* the time on which the figures rest */
RESULTS_RECORD(exposure, ResultsExposure, {
    int64_t camera_us;
    double camera_hours;
    int64_t clips, cameras, no_score_us, not_decoded_us, not_seen_us, not_annotated_us;
    int64_t failed_clips, clock_mended_clips, copied_clips;
});

/* events and alerts */
RESULTS_RECORD(counts, ResultsCounts, {
    int64_t events, hits, misses, alerts, false_strict, false_lenient, duplicates, not_scored;
    int64_t alerts_unwatched, events_not_scored, hits_with_boxes, hits_elsewhere;
});

/* the share of right alerts where events are as rare as stated */
RESULTS_RECORD(precision_at_prevalence, ResultsPrecisionAtPrevalence, {
    double value;
    const char *reason;
    double prevalence;
    const json_t *source;
});

/* the rates */
RESULTS_RECORD(rates, ResultsRates, {
    ResultsRate false_alerts_per_camera_hour, false_alerts_per_camera_hour_lenient, p_miss;
    ResultsRate precision, clips_alarmed, windows_alarmed, false_alerts_per_passage;
    ResultsPrecisionAtPrevalence precision_at_prevalence;
});

/* a figure with its interval */
RESULTS_RECORD(figure, ResultsFigure, { double value, low, high; });

/* how late alerts came */
RESULTS_RECORD(latency, ResultsLatency, {
    int64_t n;
    double median_s, p90_s;
    int64_t censored;
    const char *reason;
});

/* intervals by camera */
RESULTS_RECORD(bootstrap, ResultsBootstrap, {
    ResultsLowHigh percentile, bca;
    int64_t replicates, seed;
});

/* one camera */
RESULTS_RECORD(camera, ResultsCamera, {
    const char *camera;
    ResultsRate false_alerts_per_camera_hour, p_miss;
});

/* whether cameras differ */
RESULTS_RECORD(clusters, ResultsClusters, {
    int64_t cameras;
    double overdispersion, overdispersion_p;
    ResultsBootstrap bootstrap;
    double design_effect;
    RESULTS_LIST(ResultsCamera) table;
});

/* the matching with another tolerance */
RESULTS_RECORD(sensitivity, ResultsSensitivity, {
    double factor;
    int64_t hits, misses, false_strict;
    double false_alerts_per_camera_hour, p_miss;
});

/* what failed clips could hide */
RESULTS_RECORD(worst_case, ResultsWorstCase, {
    int64_t failed_clips;
    double failed_camera_hours;
    int64_t failed_events, failed_alerts;
    double p_miss_if_all_missed, p_miss_high, false_rate_if_none;
    const json_t *sentence;
});

/* the hits against alerts that know nothing of the pictures */
RESULTS_RECORD(chance, ResultsChance, {
    int64_t alerts, watched_us;
    double alerts_per_camera_hour;
    int64_t hits, events;
    double expected_hits, p, alpha;
    ResultsBool better;
    const char *reason;
    const json_t *sentence;
});

/* alerts of a log that are not judged here */
RESULTS_RECORD(ignored_alerts, ResultsIgnoredAlerts, {
    int64_t alerts;
    const json_t *other_behaviours;
    int64_t other_clips;
});

/* a file that an alert log was imported from or by */
RESULTS_RECORD(origin_file, ResultsOriginFile, {
    const char *file, *sha256;
    ResultsBool at_hand;
});

/* who translated a vendor's own table into an alert log */
RESULTS_RECORD(log_origin, ResultsLogOrigin, {
    ResultsOriginFile table, map;
    ResultsBool unchanged;
    int64_t rows, alerts, repeated, ignored, ignored_places, elsewhere, joined, alone;
});

/* what became of the rows of an alert log */
RESULTS_RECORD(log, ResultsLog, {
    int64_t rows, used, repeated, repeated_here, alike, other_conditions, other_behaviours;
    int64_t unwatched_clips, other_clips, judged, unwatched;
    double unwatched_allowed;
    ResultsBool fits;
    ResultsShift suspected_shift;
    ResultsLogOrigin origin;
    ResultsTexts remarks;
});

/* a stratum against the one with the most camera time */
RESULTS_RECORD(contrast, ResultsContrast, {
    const char *reference;
    double ratio;
    ResultsLowHigh interval;
    double p, difference, detectable_ratio;
    ResultsBool four_fifths;
});

/* clips of one value */
RESULTS_RECORD(stratum, ResultsStratum, {
    const char *value;
    int64_t clips;
    double camera_hours;
    int64_t events;
    ResultsRate false_alerts_per_camera_hour, p_miss;
    ResultsContrast contrast;
});

/* clips by one attribute */
RESULTS_RECORD(strata, ResultsStrata, {
    const char *attribute;
    RESULTS_LIST(ResultsStratum) strata;
    const char *reason;
});

/* Ward’s event categories */
RESULTS_RECORD(error_classes, ResultsErrorClasses, {
    int64_t events, alerts, correct, deletions, insertions, fragmented, fragments, merged, merging;
    int64_t overfilled, underfilled, insertion_us, deletion_us, overfill_us, underfill_us;
    int64_t ends_assumed;
});

/* false alarm by time */
RESULTS_RECORD(time_false_alarm, ResultsTimeFalseAlarm, {
    double excess, outside;
    int64_t excess_us, outside_us, free_us;
    const char *reason;
});

/* the load on a network of cameras */
RESULTS_RECORD(network, ResultsNetwork, {
    int64_t cameras;
    double hours_per_day;
    int64_t operators;
    double shift_hours;
    const json_t *source;
    double camera_hours_per_day;
    ResultsFigure false_alerts_per_day;
    double true_alerts_per_day;
    ResultsFigure false_alerts_per_operator_hour, false_alerts_per_operator_shift;
});

/* what people have to look at */
RESULTS_RECORD(alert_load, ResultsAlertLoad, {
    ResultsRate alerts_per_camera_hour;
    ResultsNetwork network;
});

/* the figures at one threshold */
RESULTS_RECORD(curve_point, ResultsCurvePoint, {
    double threshold;
    int64_t hits, false_alerts;
    double p_miss, false_alerts_per_camera_hour, cost;
});

/* misses at one rate of false alerts */
RESULTS_RECORD(p_miss_at, ResultsPMissAt, { double false_alerts_per_camera_hour, p_miss; });

/* figures by the threshold of confidence */
RESULTS_RECORD(curve, ResultsCurve, {
    const char *reason;
    int64_t alerts, without_confidence;
    ResultsCurvePoint declared, best;
    double beta;
    RESULTS_LIST(ResultsPMissAt) p_miss_at;
    ResultsBool thinned;
    RESULTS_LIST(ResultsCurvePoint) points;
});

/* false alerts by rule */
RESULTS_RECORD(false_alert_kinds, ResultsFalseAlertKinds,
               { int64_t duplicate, cross_trigger, near_miss, unlabelled; });

/* how well people were counted */
RESULTS_RECORD(count_error, ResultsCountError, {
    int64_t n;
    double bias, mae;
    int64_t largest;
    const char *reason;
});

/* counts by an earlier version of the truth */
RESULTS_RECORD(earlier_counts, ResultsEarlierCounts, { int64_t events, hits, misses, alerts, false_strict; });

/* rates by an earlier version of the truth */
RESULTS_RECORD(earlier_rates, ResultsEarlierRates, { ResultsRate false_alerts_per_camera_hour, p_miss; });

/* the same alerts against an earlier version of the truth */
RESULTS_RECORD(earlier_truth, ResultsEarlierTruth, {
    const char *version;
    double camera_hours;
    ResultsEarlierCounts counts;
    ResultsEarlierRates rates;
});

/* one combination of values */
RESULTS_RECORD(sweep_point, ResultsSweepPoint, {
    const json_t *values;
    ResultsBool chosen;
    int64_t events, hits, misses, false_strict;
    ResultsRate false_alerts_per_camera_hour, p_miss;
});

/* figures by parameters */
RESULTS_RECORD(sweep, ResultsSweep, {
    ResultsStrings parameters;
    RESULTS_LIST(ResultsSweepPoint) points;
});

/* the same alerts under a protocol of the field */
RESULTS_RECORD(field_protocol, ResultsFieldProtocol, {
    const char *id;
    const json_t *title, *definition, *parameters;
    ResultsBool scored;
    const json_t *sentence;
    const char *unit;
    int64_t truths, alerts, detections, misses, false_alarms, ignored, ends_assumed;
    const json_t *figures;
});

/* whose words a rule follows */
RESULTS_RECORD(semantics, ResultsSemantics, {
    const char *id, *product, *term, *source;
    const json_t *differs;
    ResultsNorm norm;
    const char *family;
    ResultsStrings passed_over;
});

/* what two people said of the false alerts */
RESULTS_RECORD(adjudicated, ResultsAdjudicated, {
    int64_t false_ones, nuisance, true_event, unsure, disagreed, not_judged;
    const json_t *causes;
});

/* an hour of the day */
RESULTS_RECORD(hour, ResultsHour, {
    int64_t hour;
    ResultsRate false_alerts_per_camera_hour;
});

/* false alerts by the hour of the day */
RESULTS_RECORD(hours, ResultsHours, {
    RESULTS_LIST(ResultsHour) by_hour;
    int64_t unknown_us;
});

/* one system under one condition */
RESULTS_RECORD(evaluation, ResultsEvaluation, {
    const char *system, *system_kind;
    const json_t *system_title;
    const char *after_validation_of, *condition;
    const json_t *condition_title;
    const char *condition_filter;
    const json_t *parameters;
    ResultsEngine engine;
    ResultsDetector detector;
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
    RESULTS_LIST(ResultsProbe) probes;
    RESULTS_LIST(ResultsFieldProtocol) protocols;
    ResultsSemantics semantics;
    ResultsAdjudicated adjudication;
    ResultsHours hours;
});

#endif
