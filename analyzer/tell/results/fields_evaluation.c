/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One system under one condition. See results/fields.h. */
#include "config/system_kind.h"
#include "results/fields_internal.h"

static const char *const latency_reason_words[] = {"no_event", "no_hit", "not_measured", NULL};
static const char *const chance_reason_words[] = {"no_exposure", "no_event", "no_alert", "too_tangled", NULL};
static const char *const count_error_reason_words[] = {"no_count_truth", "no_count", NULL};
static const char *const field_protocol_unit_words[] = {"event", "segment", NULL};

DESCRIBE(exposure, "exposure", "the time on which the figures rest",
         {AT(exposure, camera_us, TIME), .unit = "µs"}, {AT(exposure, camera_hours, NUMBER)},
         {AT(exposure, clips, COUNT)}, {AT(exposure, cameras, COUNT)},
         {AT(exposure, no_score_us, TIME), .unit = "µs"}, {AT(exposure, not_decoded_us, TIME), .unit = "µs"},
         {AT(exposure, not_annotated_us, TIME), .unit = "µs"}, {AT(exposure, failed_clips, COUNT)},
         {AT(exposure, not_seen_us, TIME), .unit = "µs", .means = "no picture vouches for it"},
         {AT(exposure, clock_mended_clips, COUNT)},
         {AT(exposure, copied_clips, COUNT), .optional = true,
          .means = "clips that hold the very pictures of another"});

DESCRIBE(counts, "counts", "events and alerts", {AT(counts, events, COUNT), .means = "hits and misses"},
         {AT(counts, hits, COUNT)}, {AT(counts, misses, COUNT)}, {AT(counts, alerts, COUNT)},
         {AT(counts, false_strict, COUNT), .means = "false ones and duplicates"},
         {AT(counts, false_lenient, COUNT)}, {AT(counts, duplicates, COUNT)}, {AT(counts, not_scored, COUNT)},
         {AT(counts, alerts_unwatched, COUNT), .means = "with an onset outside of the watched time"},
         {AT(counts, events_not_scored, COUNT)},
         {AT(counts, hits_with_boxes, COUNT), .null_means = "the protocol does not look at boxes"},
         {AT(counts, hits_elsewhere, COUNT), .null_means = "the protocol does not look at boxes"});

DESCRIBE(precision_at_prevalence, "precision at prevalence",
         "the share of right alerts where events are as rare as stated",
         {AT(precision_at_prevalence, value, NUMBER), .null_means = "undefined, for “reason”"},
         {AT(precision_at_prevalence, reason, STRING), .null_means = "it is defined"},
         {AT(precision_at_prevalence, prevalence, NUMBER), .null_means = "not stated"},
         {AT(precision_at_prevalence, source, TEXT), .null_means = "not stated"});

DESCRIBE(rates, "rates", "the rates",
         {RECORD_AT(rates, false_alerts_per_camera_hour, rate), .means = "strict; the primary one"},
         {RECORD_AT(rates, false_alerts_per_camera_hour_lenient, rate)}, {RECORD_AT(rates, p_miss, rate)},
         {RECORD_AT(rates, precision, rate)}, {RECORD_AT(rates, clips_alarmed, rate)},
         {RECORD_AT(rates, windows_alarmed, rate)},
         {RECORD_AT(rates, false_alerts_per_passage, rate), .optional = true},
         {RECORD_AT(rates, precision_at_prevalence, precision_at_prevalence)});

DESCRIBE(figure, "figure", "a figure with its interval",
         {AT(figure, value, NUMBER), .null_means = "undefined"},
         {AT(figure, low, NUMBER), .null_means = "open on this side"},
         {AT(figure, high, NUMBER), .null_means = "open on this side"});

DESCRIBE(latency, "latency", "how late alerts came", {AT(latency, n, COUNT)},
         {AT(latency, median_s, NUMBER), .null_means = "no hit, or not measured"},
         {AT(latency, p90_s, NUMBER), .null_means = "no hit, or not measured"},
         {AT(latency, censored, COUNT), .means = "misses"},
         {AT(latency, reason, WORD), .null_means = "it is defined", .words = latency_reason_words});

DESCRIBE(bootstrap, "bootstrap", "intervals by camera",
         {RECORD_AT(bootstrap, percentile, low_high), .null_means = "below five cameras, or without width"},
         {RECORD_AT(bootstrap, bca, low_high), .null_means = "below five cameras, or without width"},
         {AT(bootstrap, replicates, COUNT)}, {AT(bootstrap, seed, INTEGER)});

DESCRIBE(camera, "camera", "one camera", {AT(camera, camera, STRING)},
         {RECORD_AT(camera, false_alerts_per_camera_hour, rate)}, {RECORD_AT(camera, p_miss, rate)});

DESCRIBE(clusters, "clusters", "whether cameras differ", {AT(clusters, cameras, COUNT)},
         {AT(clusters, overdispersion, NUMBER), .null_means = "undefined"},
         {AT(clusters, overdispersion_p, NUMBER), .null_means = "undefined"},
         {RECORD_AT(clusters, bootstrap, bootstrap)},
         {AT(clusters, design_effect, NUMBER), .null_means = "undefined"},
         {LIST_AT(clusters, table, camera), .optional = true});

DESCRIBE(sensitivity, "sensitivity", "the matching with another tolerance", {AT(sensitivity, factor, NUMBER)},
         {AT(sensitivity, hits, COUNT)}, {AT(sensitivity, misses, COUNT)},
         {AT(sensitivity, false_strict, COUNT)},
         {AT(sensitivity, false_alerts_per_camera_hour, NUMBER), .null_means = "no exposure"},
         {AT(sensitivity, p_miss, NUMBER), .null_means = "no event"});

DESCRIBE(worst_case, "worst case", "what failed clips could hide", {AT(worst_case, failed_clips, COUNT)},
         {AT(worst_case, failed_camera_hours, NUMBER)}, {AT(worst_case, failed_events, COUNT)},
         {AT(worst_case, failed_alerts, COUNT)},
         {AT(worst_case, p_miss_if_all_missed, NUMBER), .null_means = "no event"},
         {AT(worst_case, p_miss_high, NUMBER), .null_means = "no event"},
         {AT(worst_case, false_rate_if_none, NUMBER), .null_means = "no exposure"},
         {AT(worst_case, sentence, TEXT)});

DESCRIBE(chance, "chance", "the hits against those of alerts that know nothing of the pictures",
         {AT(chance, alerts, COUNT), .means = "with an onset in watched time"},
         {AT(chance, watched_us, TIME), .unit = "µs"},
         {AT(chance, alerts_per_camera_hour, NUMBER), .null_means = "no time was watched",
          .means = "of watched time; the rate of the alerts drawn"},
         {AT(chance, hits, COUNT)}, {AT(chance, events, COUNT)},
         {AT(chance, expected_hits, NUMBER), .null_means = "undefined, for “reason”",
          .means = "found by alerts at random times on average"},
         {AT(chance, p, NUMBER), .null_means = "undefined, for “reason”",
          .means = "the probability that they find as many events as the system, or more"},
         {AT(chance, alpha, NUMBER), .means = "up to which p the system counts as better than chance"},
         {AT(chance, better, BOOL), .null_means = "undefined, for “reason”"},
         {AT(chance, reason, WORD), .null_means = "it is defined", .words = chance_reason_words},
         {AT(chance, sentence, TEXT), .null_means = "undefined, for “reason”"});

DESCRIBE(ignored_alerts, "ignored alerts", "alerts of a log that are not judged here",
         {AT(ignored_alerts, alerts, COUNT)},
         {AT(ignored_alerts, other_behaviours, MAP), .means = "behaviour: count"},
         {AT(ignored_alerts, other_clips, COUNT)});

DESCRIBE(origin_file, "file of an import", "a file that an alert log was imported from or by",
         {AT(origin_file, file, STRING), .means = "base name"}, {AT(origin_file, sha256, STRING)},
         {AT(origin_file, at_hand, BOOL), .means = "the very file is among the inputs"});

DESCRIBE(log_origin, "import of a log", "who translated a vendor’s own table into an alert log",
         {RECORD_AT(log_origin, table, origin_file), .means = "the vendor’s own"},
         {RECORD_AT(log_origin, map, origin_file), .means = "how it was read"},
         {AT(log_origin, unchanged, BOOL), .means = "the log is the one that was written then"},
         {AT(log_origin, rows, COUNT), .means = "the sum of the counts below"},
         {AT(log_origin, alerts, COUNT)}, {AT(log_origin, repeated, COUNT)},
         {AT(log_origin, ignored, COUNT), .means = "of a kind to ignore"},
         {AT(log_origin, ignored_places, COUNT), .means = "of a clip or a camera to ignore"},
         {AT(log_origin, elsewhere, COUNT), .means = "outside of every clip"},
         {AT(log_origin, joined, COUNT), .means = "go on with another row’s alert, or end it"},
         {AT(log_origin, alone, COUNT), .means = "end an alert that no row began"});

DESCRIBE(log, "log", "what became of the rows of an alert log", {AT(log, rows, COUNT)},
         {AT(log, used, COUNT)}, {AT(log, repeated, COUNT)}, {AT(log, repeated_here, COUNT)},
         {AT(log, alike, COUNT)}, {AT(log, other_conditions, COUNT)}, {AT(log, other_behaviours, COUNT)},
         {AT(log, unwatched_clips, COUNT)}, {AT(log, other_clips, COUNT)}, {AT(log, judged, COUNT)},
         {AT(log, unwatched, COUNT)}, {AT(log, unwatched_allowed, NUMBER), .unit = "share"},
         {AT(log, fits, BOOL)}, {RECORD_AT(log, suspected_shift, shift), .null_means = "none is suspected"},
         {RECORD_AT(log, origin, log_origin), .optional = true,
          .means = "its import, where that left a record"},
         {AT(log, remarks, TEXTS)});

DESCRIBE(contrast, "contrast", "a stratum against the one with the most camera time",
         {AT(contrast, reference, STRING), .null_means = "not stated"},
         {AT(contrast, ratio, NUMBER), .null_means = "undefined"},
         {RECORD_AT(contrast, interval, low_high), .null_means = "undefined"},
         {AT(contrast, p, NUMBER), .null_means = "undefined"},
         {AT(contrast, difference, NUMBER), .null_means = "undefined"},
         {AT(contrast, detectable_ratio, NUMBER), .null_means = "undefined"},
         {AT(contrast, four_fifths, BOOL), .means = "outside of 0.8 to 1.25"});

DESCRIBE(stratum, "stratum", "clips of one value", {AT(stratum, value, STRING), .null_means = "not stated"},
         {AT(stratum, clips, COUNT)}, {AT(stratum, camera_hours, NUMBER)}, {AT(stratum, events, COUNT)},
         {RECORD_AT(stratum, false_alerts_per_camera_hour, rate)}, {RECORD_AT(stratum, p_miss, rate)},
         {RECORD_AT(stratum, contrast, contrast), .optional = true});

DESCRIBE(strata, "strata", "clips by one attribute", {AT(strata, attribute, STRING)},
         {LIST_AT(strata, strata, stratum)},
         {AT(strata, reason, STRING), .optional = true, .means = "why there are no strata"});

DESCRIBE(error_classes, "error classes", "Ward’s event categories", {AT(error_classes, events, COUNT)},
         {AT(error_classes, alerts, COUNT)}, {AT(error_classes, correct, COUNT)},
         {AT(error_classes, deletions, COUNT)}, {AT(error_classes, insertions, COUNT)},
         {AT(error_classes, fragmented, COUNT)}, {AT(error_classes, fragments, COUNT)},
         {AT(error_classes, merged, COUNT)}, {AT(error_classes, merging, COUNT)},
         {AT(error_classes, overfilled, COUNT)}, {AT(error_classes, underfilled, COUNT)},
         {AT(error_classes, insertion_us, TIME), .unit = "µs"},
         {AT(error_classes, deletion_us, TIME), .unit = "µs"},
         {AT(error_classes, overfill_us, TIME), .unit = "µs"},
         {AT(error_classes, underfill_us, TIME), .unit = "µs"}, {AT(error_classes, ends_assumed, COUNT)});

DESCRIBE(time_false_alarm, "time false alarm", "false alarm by time",
         {AT(time_false_alarm, excess, NUMBER), .null_means = "undefined, for “reason”"},
         {AT(time_false_alarm, outside, NUMBER), .null_means = "undefined, for “reason”"},
         {AT(time_false_alarm, excess_us, TIME), .unit = "µs"},
         {AT(time_false_alarm, outside_us, TIME), .unit = "µs"},
         {AT(time_false_alarm, free_us, TIME), .unit = "µs"},
         {AT(time_false_alarm, reason, STRING), .null_means = "it is defined"});

DESCRIBE(network, "network", "the load on a network of cameras", {AT(network, cameras, COUNT)},
         {AT(network, hours_per_day, NUMBER)}, {AT(network, operators, COUNT), .null_means = "not stated"},
         {AT(network, shift_hours, NUMBER)}, {AT(network, source, TEXT), .null_means = "not stated"},
         {AT(network, camera_hours_per_day, NUMBER)}, {RECORD_AT(network, false_alerts_per_day, figure)},
         {AT(network, true_alerts_per_day, NUMBER), .null_means = "no prevalence was stated"},
         {RECORD_AT(network, false_alerts_per_operator_hour, figure),
          .null_means = "no operators were stated"},
         {RECORD_AT(network, false_alerts_per_operator_shift, figure),
          .null_means = "no operators were stated"});

DESCRIBE(alert_load, "alert load", "what people have to look at",
         {RECORD_AT(alert_load, alerts_per_camera_hour, rate)},
         {RECORD_AT(alert_load, network, network), .null_means = "none was stated"});

DESCRIBE(curve_point, "curve point", "the figures at one threshold",
         {AT(curve_point, threshold, NUMBER), .null_means = "all alerts"}, {AT(curve_point, hits, COUNT)},
         {AT(curve_point, false_alerts, COUNT)}, {AT(curve_point, p_miss, NUMBER), .null_means = "no event"},
         {AT(curve_point, false_alerts_per_camera_hour, NUMBER), .null_means = "no exposure"},
         {AT(curve_point, cost, NUMBER), .null_means = "undefined"});

DESCRIBE(p_miss_at, "p miss at", "misses at one rate of false alerts",
         {AT(p_miss_at, false_alerts_per_camera_hour, NUMBER)},
         {AT(p_miss_at, p_miss, NUMBER), .null_means = "not reached"});

DESCRIBE(curve, "curve", "figures by the threshold of confidence",
         {AT(curve, reason, STRING), .null_means = "there is a curve"}, {AT(curve, alerts, COUNT)},
         {AT(curve, without_confidence, COUNT)}, {RECORD_AT(curve, declared, curve_point), .optional = true},
         {RECORD_AT(curve, best, curve_point), .optional = true}, {AT(curve, beta, NUMBER), .optional = true},
         {LIST_AT(curve, p_miss_at, p_miss_at), .optional = true},
         {AT(curve, thinned, BOOL), .optional = true},
         {LIST_AT(curve, points, curve_point), .optional = true});

DESCRIBE(false_alert_kinds, "false alert kinds", "false alerts by rule",
         {AT(false_alert_kinds, duplicate, COUNT)}, {AT(false_alert_kinds, cross_trigger, COUNT)},
         {AT(false_alert_kinds, near_miss, COUNT)}, {AT(false_alert_kinds, unlabelled, COUNT)});

DESCRIBE(count_error, "count error", "how well people were counted", {AT(count_error, n, COUNT)},
         {AT(count_error, bias, NUMBER), .null_means = "undefined, for “reason”", .unit = "persons"},
         {AT(count_error, mae, NUMBER), .null_means = "undefined, for “reason”", .unit = "persons"},
         {AT(count_error, largest, COUNT), .null_means = "undefined, for “reason”", .unit = "persons"},
         {AT(count_error, reason, WORD), .null_means = "it is defined", .words = count_error_reason_words});

DESCRIBE(earlier_counts, "earlier counts", "counts by an earlier version of the truth",
         {AT(earlier_counts, events, COUNT)}, {AT(earlier_counts, hits, COUNT)},
         {AT(earlier_counts, misses, COUNT)}, {AT(earlier_counts, alerts, COUNT)},
         {AT(earlier_counts, false_strict, COUNT)});

DESCRIBE(earlier_rates, "earlier rates", "rates by an earlier version of the truth",
         {RECORD_AT(earlier_rates, false_alerts_per_camera_hour, rate)},
         {RECORD_AT(earlier_rates, p_miss, rate)});

DESCRIBE(earlier_truth, "earlier truth", "the same alerts against an earlier version of the truth",
         {AT(earlier_truth, version, STRING)}, {AT(earlier_truth, camera_hours, NUMBER)},
         {RECORD_AT(earlier_truth, counts, earlier_counts)},
         {RECORD_AT(earlier_truth, rates, earlier_rates)});

DESCRIBE(sweep_point, "sweep point", "one combination of values", {AT(sweep_point, values, MAP)},
         {AT(sweep_point, chosen, BOOL), .means = "the evaluation’s own parameters"},
         {AT(sweep_point, events, COUNT)}, {AT(sweep_point, hits, COUNT)}, {AT(sweep_point, misses, COUNT)},
         {AT(sweep_point, false_strict, COUNT)}, {RECORD_AT(sweep_point, false_alerts_per_camera_hour, rate)},
         {RECORD_AT(sweep_point, p_miss, rate)});

DESCRIBE(sweep, "sweep", "figures by parameters", {AT(sweep, parameters, STRINGS)},
         {LIST_AT(sweep, points, sweep_point)});

DESCRIBE(field_protocol, "field protocol", "the same alerts under a protocol of the field",
         {AT(field_protocol, id, STRING)}, {AT(field_protocol, title, TEXT)},
         {AT(field_protocol, definition, TEXT)}, {AT(field_protocol, parameters, MAP)},
         {AT(field_protocol, scored, BOOL)},
         {AT(field_protocol, sentence, TEXT), .null_means = "nothing is to be said"},
         {AT(field_protocol, unit, WORD), .optional = true, .words = field_protocol_unit_words},
         {AT(field_protocol, truths, COUNT), .optional = true},
         {AT(field_protocol, alerts, COUNT), .optional = true},
         {AT(field_protocol, detections, COUNT), .optional = true},
         {AT(field_protocol, misses, COUNT), .optional = true},
         {AT(field_protocol, false_alarms, COUNT), .optional = true},
         {AT(field_protocol, ignored, COUNT), .optional = true},
         {AT(field_protocol, ends_assumed, COUNT), .optional = true},
         {AT(field_protocol, figures, MAP), .optional = true});

DESCRIBE(semantics, "semantics", "whose words a rule follows", {AT(semantics, id, STRING)},
         {AT(semantics, product, STRING), .null_means = "our own"},
         {AT(semantics, term, STRING), .null_means = "our own"},
         {AT(semantics, source, STRING), .null_means = "our own"},
         {AT(semantics, differs, TEXT), .null_means = "our own"}, {RECORD_AT(semantics, norm, norm)},
         {AT(semantics, family, STRING), .null_means = "asked for in one wording"},
         {AT(semantics, passed_over, STRINGS)});

DESCRIBE(adjudicated, "adjudicated", "what two people said of the false alerts",
         {KEY_AT("false", adjudicated, false_ones, COUNT)}, {AT(adjudicated, nuisance, COUNT)},
         {AT(adjudicated, true_event, COUNT)}, {AT(adjudicated, unsure, COUNT)},
         {AT(adjudicated, disagreed, COUNT)}, {AT(adjudicated, not_judged, COUNT)},
         {AT(adjudicated, causes, MAP)});

DESCRIBE(hour, "hour", "an hour of the day", {AT(hour, hour, COUNT)},
         {RECORD_AT(hour, false_alerts_per_camera_hour, rate)});

DESCRIBE(hours, "hours", "false alerts by the hour of the day", {LIST_AT(hours, by_hour, hour)},
         {AT(hours, unknown_us, TIME), .unit = "µs", .means = "scored time of clips without a clock"});

DESCRIBE(evaluation, "evaluation", "one system under one condition", {AT(evaluation, system, STRING)},
         {AT(evaluation, system_kind, WORD), .words = system_kind_names},
         {AT(evaluation, after_validation_of, STRING), .optional = true,
          .means = "people had looked at that system’s alerts"},
         {AT(evaluation, system_title, TEXT), .null_means = "none was written"},
         {AT(evaluation, condition, STRING)},
         {AT(evaluation, condition_title, TEXT), .null_means = "none was written"},
         {AT(evaluation, condition_filter, STRING), .null_means = "as recorded"},
         {AT(evaluation, parameters, MAP)},
         {RECORD_AT(evaluation, engine, engine), .optional = true, .means = "of a system that runs"},
         {RECORD_AT(evaluation, detector, detector), .optional = true,
          .means = "of a system that sees with a network"},
         {RECORD_AT(evaluation, count_error, count_error), .optional = true},
         {RECORD_AT(evaluation, semantics, semantics), .optional = true},
         {RECORD_AT(evaluation, exposure, exposure)}, {RECORD_AT(evaluation, counts, counts)},
         {RECORD_AT(evaluation, rates, rates)},
         {RECORD_AT(evaluation, per_day, figure), .means = "false alerts per camera and day"},
         {RECORD_AT(evaluation, latency, latency)}, {RECORD_AT(evaluation, clusters, clusters)},
         {LIST_AT(evaluation, sensitivity, sensitivity)},
         {RECORD_AT(evaluation, worst_case, worst_case), .null_means = "no clip failed"},
         {RECORD_AT(evaluation, ignored_alerts, ignored_alerts), .null_means = "the system has no alert log"},
         {RECORD_AT(evaluation, log, log), .null_means = "the system has no alert log"},
         {AT(evaluation, counters, MAP), .means = "what the behaviour counted"},
         {LIST_AT(evaluation, strata, strata)}, {RECORD_AT(evaluation, error_classes, error_classes)},
         {RECORD_AT(evaluation, time_false_alarm, time_false_alarm)},
         {RECORD_AT(evaluation, alert_load, alert_load)}, {RECORD_AT(evaluation, curve, curve)},
         {RECORD_AT(evaluation, chance, chance), .optional = true, .means = "not of controls and annotators"},
         {LIST_AT(evaluation, claims, claim)},
         {LIST_AT(evaluation, earlier_truth, earlier_truth), .optional = true},
         {RECORD_AT(evaluation, false_alert_kinds, false_alert_kinds)},
         {LIST_AT(evaluation, clips, judged_clip)}, {RECORD_AT(evaluation, sweep, sweep), .optional = true},
         {LIST_AT(evaluation, probes, probe), .optional = true,
          .means = "as recorded, where the audit asks for them"},
         {LIST_AT(evaluation, protocols, field_protocol), .optional = true},
         {RECORD_AT(evaluation, adjudication, adjudicated), .optional = true},
         {RECORD_AT(evaluation, hours, hours), .optional = true});
