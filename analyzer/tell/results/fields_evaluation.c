/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One system under one condition. See results/fields.h. */
#include "results/fields_internal.h"

static const char *const latency_reason_words[] = {"no_event", "no_hit", NULL};
static const char *const count_error_reason_words[] = {"no_count_truth", "no_count", NULL};
static const char *const field_protocol_unit_words[] = {"event", "segment", NULL};
static const char *const evaluation_system_kind_words[] = {"reference", "alerts", "null", "annotator", NULL};

static const ResultField exposure_fields[] = {
    {.key = "camera_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "camera_hours", .kind = RESULT_NUMBER},
    {.key = "clips", .kind = RESULT_COUNT},
    {.key = "cameras", .kind = RESULT_COUNT},
    {.key = "no_score_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "not_decoded_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "not_seen_us", .kind = RESULT_TIME, .unit = "µs", .means = "no picture vouches for it"},
    {.key = "not_annotated_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "failed_clips", .kind = RESULT_COUNT},
    {.key = "clock_mended_clips", .kind = RESULT_COUNT},
    {.key = "copied_clips",
     .optional = true,
     .kind = RESULT_COUNT,
     .means = "clips that hold the very pictures of another"},
    RESULT_END};
const ResultRecord result_exposure = {"exposure", "the time on which the figures rest", exposure_fields};

static const ResultField counts_fields[] = {
    {.key = "events", .kind = RESULT_COUNT, .means = "hits and misses"},
    {.key = "hits", .kind = RESULT_COUNT},
    {.key = "misses", .kind = RESULT_COUNT},
    {.key = "alerts", .kind = RESULT_COUNT},
    {.key = "false_strict", .kind = RESULT_COUNT, .means = "false ones and duplicates"},
    {.key = "false_lenient", .kind = RESULT_COUNT},
    {.key = "duplicates", .kind = RESULT_COUNT},
    {.key = "not_scored", .kind = RESULT_COUNT},
    {.key = "alerts_unwatched", .kind = RESULT_COUNT, .means = "with an onset outside of the watched time"},
    {.key = "events_not_scored", .kind = RESULT_COUNT},
    {.key = "hits_with_boxes", .kind = RESULT_COUNT, .null_means = "the protocol does not look at boxes"},
    {.key = "hits_elsewhere", .kind = RESULT_COUNT, .null_means = "the protocol does not look at boxes"},
    RESULT_END};
const ResultRecord result_counts = {"counts", "events and alerts", counts_fields};

static const ResultField precision_at_prevalence_fields[] = {
    {.key = "value", .kind = RESULT_NUMBER, .null_means = "undefined, for “reason”"},
    {.key = "reason", .kind = RESULT_STRING, .null_means = "it is defined"},
    {.key = "prevalence", .kind = RESULT_NUMBER, .null_means = "not stated"},
    {.key = "source", .kind = RESULT_TEXT, .null_means = "not stated"},
    RESULT_END};
const ResultRecord result_precision_at_prevalence = {
    "precision at prevalence", "the share of right alerts where events are as rare as stated",
    precision_at_prevalence_fields};

static const ResultField rates_fields[] = {
    {.key = "false_alerts_per_camera_hour",
     .kind = RESULT_RECORD,
     .of = &result_rate,
     .means = "strict; the primary one"},
    {.key = "false_alerts_per_camera_hour_lenient", .kind = RESULT_RECORD, .of = &result_rate},
    {.key = "p_miss", .kind = RESULT_RECORD, .of = &result_rate},
    {.key = "precision", .kind = RESULT_RECORD, .of = &result_rate},
    {.key = "clips_alarmed", .kind = RESULT_RECORD, .of = &result_rate},
    {.key = "windows_alarmed", .kind = RESULT_RECORD, .of = &result_rate},
    {.key = "false_alerts_per_passage", .kind = RESULT_RECORD, .of = &result_rate, .optional = true},
    {.key = "precision_at_prevalence", .kind = RESULT_RECORD, .of = &result_precision_at_prevalence},
    RESULT_END};
const ResultRecord result_rates = {"rates", "the rates", rates_fields};

static const ResultField figure_fields[] = {
    {.key = "value", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "low", .kind = RESULT_NUMBER, .null_means = "open on this side"},
    {.key = "high", .kind = RESULT_NUMBER, .null_means = "open on this side"},
    RESULT_END};
const ResultRecord result_figure = {"figure", "a figure with its interval", figure_fields};

static const ResultField latency_fields[] = {
    {.key = "n", .kind = RESULT_COUNT},
    {.key = "median_s", .kind = RESULT_NUMBER, .null_means = "no hit"},
    {.key = "p90_s", .kind = RESULT_NUMBER, .null_means = "no hit"},
    {.key = "censored", .kind = RESULT_COUNT, .means = "misses"},
    {.key = "reason", .kind = RESULT_WORD, .null_means = "it is defined", .words = latency_reason_words},
    RESULT_END};
const ResultRecord result_latency = {"latency", "how late alerts came", latency_fields};

static const ResultField bootstrap_fields[] = {{.key = "percentile",
                                                .kind = RESULT_RECORD,
                                                .of = &result_low_high,
                                                .null_means = "below five cameras, or without width"},
                                               {.key = "bca",
                                                .kind = RESULT_RECORD,
                                                .of = &result_low_high,
                                                .null_means = "below five cameras, or without width"},
                                               {.key = "replicates", .kind = RESULT_COUNT},
                                               {.key = "seed", .kind = RESULT_INTEGER},
                                               RESULT_END};
const ResultRecord result_bootstrap = {"bootstrap", "intervals by camera", bootstrap_fields};

static const ResultField camera_fields[] = {
    {.key = "camera", .kind = RESULT_STRING},
    {.key = "false_alerts_per_camera_hour", .kind = RESULT_RECORD, .of = &result_rate},
    {.key = "p_miss", .kind = RESULT_RECORD, .of = &result_rate},
    RESULT_END};
const ResultRecord result_camera = {"camera", "one camera", camera_fields};

static const ResultField clusters_fields[] = {
    {.key = "cameras", .kind = RESULT_COUNT},
    {.key = "overdispersion", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "overdispersion_p", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "bootstrap", .kind = RESULT_RECORD, .of = &result_bootstrap},
    {.key = "design_effect", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "table", .kind = RESULT_LIST, .of = &result_camera, .optional = true},
    RESULT_END};
const ResultRecord result_clusters = {"clusters", "whether cameras differ", clusters_fields};

static const ResultField sensitivity_fields[] = {
    {.key = "factor", .kind = RESULT_NUMBER},
    {.key = "hits", .kind = RESULT_COUNT},
    {.key = "misses", .kind = RESULT_COUNT},
    {.key = "false_strict", .kind = RESULT_COUNT},
    {.key = "false_alerts_per_camera_hour", .kind = RESULT_NUMBER, .null_means = "no exposure"},
    {.key = "p_miss", .kind = RESULT_NUMBER, .null_means = "no event"},
    RESULT_END};
const ResultRecord result_sensitivity = {"sensitivity", "the matching with another tolerance",
                                         sensitivity_fields};

static const ResultField worst_case_fields[] = {
    {.key = "failed_clips", .kind = RESULT_COUNT},
    {.key = "failed_camera_hours", .kind = RESULT_NUMBER},
    {.key = "failed_events", .kind = RESULT_COUNT},
    {.key = "failed_alerts", .kind = RESULT_COUNT},
    {.key = "p_miss_if_all_missed", .kind = RESULT_NUMBER, .null_means = "no event"},
    {.key = "p_miss_high", .kind = RESULT_NUMBER, .null_means = "no event"},
    {.key = "false_rate_if_none", .kind = RESULT_NUMBER, .null_means = "no exposure"},
    {.key = "sentence", .kind = RESULT_TEXT},
    RESULT_END};
const ResultRecord result_worst_case = {"worst case", "what failed clips could hide", worst_case_fields};

static const ResultField ignored_alerts_fields[] = {
    {.key = "alerts", .kind = RESULT_COUNT},
    {.key = "other_behaviours", .kind = RESULT_MAP, .means = "behaviour: count"},
    {.key = "other_clips", .kind = RESULT_COUNT},
    RESULT_END};
const ResultRecord result_ignored_alerts = {"ignored alerts", "alerts of a log that are not judged here",
                                            ignored_alerts_fields};

static const ResultField log_fields[] = {
    {.key = "rows", .kind = RESULT_COUNT},
    {.key = "used", .kind = RESULT_COUNT},
    {.key = "repeated", .kind = RESULT_COUNT},
    {.key = "repeated_here", .kind = RESULT_COUNT},
    {.key = "alike", .kind = RESULT_COUNT},
    {.key = "other_conditions", .kind = RESULT_COUNT},
    {.key = "other_behaviours", .kind = RESULT_COUNT},
    {.key = "unwatched_clips", .kind = RESULT_COUNT},
    {.key = "other_clips", .kind = RESULT_COUNT},
    {.key = "judged", .kind = RESULT_COUNT},
    {.key = "unwatched", .kind = RESULT_COUNT},
    {.key = "unwatched_allowed", .kind = RESULT_NUMBER, .unit = "share"},
    {.key = "fits", .kind = RESULT_BOOL},
    {.key = "suspected_shift", .kind = RESULT_RECORD, .of = &result_shift, .null_means = "none is suspected"},
    {.key = "remarks", .kind = RESULT_TEXTS},
    RESULT_END};
const ResultRecord result_log = {"log", "what became of the rows of an alert log", log_fields};

static const ResultField contrast_fields[] = {
    {.key = "reference", .kind = RESULT_STRING, .null_means = "not stated"},
    {.key = "ratio", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "interval", .kind = RESULT_RECORD, .of = &result_low_high, .null_means = "undefined"},
    {.key = "p", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "difference", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "detectable_ratio", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "four_fifths", .kind = RESULT_BOOL, .means = "outside of 0.8 to 1.25"},
    RESULT_END};
const ResultRecord result_contrast = {"contrast", "a stratum against the one with the most camera time",
                                      contrast_fields};

static const ResultField stratum_fields[] = {
    {.key = "value", .kind = RESULT_STRING, .null_means = "not stated"},
    {.key = "clips", .kind = RESULT_COUNT},
    {.key = "camera_hours", .kind = RESULT_NUMBER},
    {.key = "events", .kind = RESULT_COUNT},
    {.key = "false_alerts_per_camera_hour", .kind = RESULT_RECORD, .of = &result_rate},
    {.key = "p_miss", .kind = RESULT_RECORD, .of = &result_rate},
    {.key = "contrast", .kind = RESULT_RECORD, .of = &result_contrast, .optional = true},
    RESULT_END};
const ResultRecord result_stratum = {"stratum", "clips of one value", stratum_fields};

static const ResultField strata_fields[] = {
    {.key = "attribute", .kind = RESULT_STRING},
    {.key = "strata", .kind = RESULT_LIST, .of = &result_stratum},
    {.key = "reason", .kind = RESULT_STRING, .optional = true, .means = "why there are no strata"},
    RESULT_END};
const ResultRecord result_strata = {"strata", "clips by one attribute", strata_fields};

static const ResultField error_classes_fields[] = {{.key = "events", .kind = RESULT_COUNT},
                                                   {.key = "alerts", .kind = RESULT_COUNT},
                                                   {.key = "correct", .kind = RESULT_COUNT},
                                                   {.key = "deletions", .kind = RESULT_COUNT},
                                                   {.key = "insertions", .kind = RESULT_COUNT},
                                                   {.key = "fragmented", .kind = RESULT_COUNT},
                                                   {.key = "fragments", .kind = RESULT_COUNT},
                                                   {.key = "merged", .kind = RESULT_COUNT},
                                                   {.key = "merging", .kind = RESULT_COUNT},
                                                   {.key = "overfilled", .kind = RESULT_COUNT},
                                                   {.key = "underfilled", .kind = RESULT_COUNT},
                                                   {.key = "insertion_us", .kind = RESULT_TIME, .unit = "µs"},
                                                   {.key = "deletion_us", .kind = RESULT_TIME, .unit = "µs"},
                                                   {.key = "overfill_us", .kind = RESULT_TIME, .unit = "µs"},
                                                   {.key = "underfill_us", .kind = RESULT_TIME, .unit = "µs"},
                                                   {.key = "ends_assumed", .kind = RESULT_COUNT},
                                                   RESULT_END};
const ResultRecord result_error_classes = {"error classes", "Ward’s event categories", error_classes_fields};

static const ResultField time_false_alarm_fields[] = {
    {.key = "excess", .kind = RESULT_NUMBER, .null_means = "undefined, for “reason”"},
    {.key = "outside", .kind = RESULT_NUMBER, .null_means = "undefined, for “reason”"},
    {.key = "excess_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "outside_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "free_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "reason", .kind = RESULT_STRING, .null_means = "it is defined"},
    RESULT_END};
const ResultRecord result_time_false_alarm = {"time false alarm", "false alarm by time",
                                              time_false_alarm_fields};

static const ResultField network_fields[] = {
    {.key = "cameras", .kind = RESULT_COUNT},
    {.key = "hours_per_day", .kind = RESULT_NUMBER},
    {.key = "operators", .kind = RESULT_COUNT, .null_means = "not stated"},
    {.key = "shift_hours", .kind = RESULT_NUMBER},
    {.key = "source", .kind = RESULT_TEXT, .null_means = "not stated"},
    {.key = "camera_hours_per_day", .kind = RESULT_NUMBER},
    {.key = "false_alerts_per_day", .kind = RESULT_RECORD, .of = &result_figure},
    {.key = "true_alerts_per_day", .kind = RESULT_NUMBER, .null_means = "no prevalence was stated"},
    {.key = "false_alerts_per_operator_hour",
     .kind = RESULT_RECORD,
     .of = &result_figure,
     .null_means = "no operators were stated"},
    {.key = "false_alerts_per_operator_shift",
     .kind = RESULT_RECORD,
     .of = &result_figure,
     .null_means = "no operators were stated"},
    RESULT_END};
const ResultRecord result_network = {"network", "the load on a network of cameras", network_fields};

static const ResultField alert_load_fields[] = {
    {.key = "alerts_per_camera_hour", .kind = RESULT_RECORD, .of = &result_rate},
    {.key = "network", .kind = RESULT_RECORD, .of = &result_network, .null_means = "none was stated"},
    RESULT_END};
const ResultRecord result_alert_load = {"alert load", "what people have to look at", alert_load_fields};

static const ResultField curve_point_fields[] = {
    {.key = "threshold", .kind = RESULT_NUMBER, .null_means = "all alerts"},
    {.key = "hits", .kind = RESULT_COUNT},
    {.key = "false_alerts", .kind = RESULT_COUNT},
    {.key = "p_miss", .kind = RESULT_NUMBER, .null_means = "no event"},
    {.key = "false_alerts_per_camera_hour", .kind = RESULT_NUMBER, .null_means = "no exposure"},
    {.key = "cost", .kind = RESULT_NUMBER, .null_means = "undefined"},
    RESULT_END};
const ResultRecord result_curve_point = {"curve point", "the figures at one threshold", curve_point_fields};

static const ResultField p_miss_at_fields[] = {
    {.key = "false_alerts_per_camera_hour", .kind = RESULT_NUMBER},
    {.key = "p_miss", .kind = RESULT_NUMBER, .null_means = "not reached"},
    RESULT_END};
const ResultRecord result_p_miss_at = {"p miss at", "misses at one rate of false alerts", p_miss_at_fields};

static const ResultField curve_fields[] = {
    {.key = "reason", .kind = RESULT_STRING, .null_means = "there is a curve"},
    {.key = "alerts", .kind = RESULT_COUNT},
    {.key = "without_confidence", .kind = RESULT_COUNT},
    {.key = "declared", .kind = RESULT_RECORD, .of = &result_curve_point, .optional = true},
    {.key = "best", .kind = RESULT_RECORD, .of = &result_curve_point, .optional = true},
    {.key = "beta", .kind = RESULT_NUMBER, .optional = true},
    {.key = "p_miss_at", .kind = RESULT_LIST, .of = &result_p_miss_at, .optional = true},
    {.key = "thinned", .kind = RESULT_BOOL, .optional = true},
    {.key = "points", .kind = RESULT_LIST, .of = &result_curve_point, .optional = true},
    RESULT_END};
const ResultRecord result_curve = {"curve", "figures by the threshold of confidence", curve_fields};

static const ResultField false_alert_kinds_fields[] = {{.key = "duplicate", .kind = RESULT_COUNT},
                                                       {.key = "cross_trigger", .kind = RESULT_COUNT},
                                                       {.key = "near_miss", .kind = RESULT_COUNT},
                                                       {.key = "unlabelled", .kind = RESULT_COUNT},
                                                       RESULT_END};
const ResultRecord result_false_alert_kinds = {"false alert kinds", "false alerts by rule",
                                               false_alert_kinds_fields};

static const ResultField count_error_fields[] = {
    {.key = "n", .kind = RESULT_COUNT},
    {.key = "bias", .kind = RESULT_NUMBER, .null_means = "undefined, for “reason”", .unit = "persons"},
    {.key = "mae", .kind = RESULT_NUMBER, .null_means = "undefined, for “reason”", .unit = "persons"},
    {.key = "largest", .kind = RESULT_COUNT, .null_means = "undefined, for “reason”", .unit = "persons"},
    {.key = "reason", .kind = RESULT_WORD, .null_means = "it is defined", .words = count_error_reason_words},
    RESULT_END};
const ResultRecord result_count_error = {"count error", "how well people were counted", count_error_fields};

static const ResultField earlier_counts_fields[] = {
    {.key = "events", .kind = RESULT_COUNT},       {.key = "hits", .kind = RESULT_COUNT},
    {.key = "misses", .kind = RESULT_COUNT},       {.key = "alerts", .kind = RESULT_COUNT},
    {.key = "false_strict", .kind = RESULT_COUNT}, RESULT_END};
const ResultRecord result_earlier_counts = {"earlier counts", "counts by an earlier version of the truth",
                                            earlier_counts_fields};

static const ResultField earlier_rates_fields[] = {
    {.key = "false_alerts_per_camera_hour", .kind = RESULT_RECORD, .of = &result_rate},
    {.key = "p_miss", .kind = RESULT_RECORD, .of = &result_rate},
    RESULT_END};
const ResultRecord result_earlier_rates = {"earlier rates", "rates by an earlier version of the truth",
                                           earlier_rates_fields};

static const ResultField earlier_truth_fields[] = {
    {.key = "version", .kind = RESULT_STRING},
    {.key = "camera_hours", .kind = RESULT_NUMBER},
    {.key = "counts", .kind = RESULT_RECORD, .of = &result_earlier_counts},
    {.key = "rates", .kind = RESULT_RECORD, .of = &result_earlier_rates},
    RESULT_END};
const ResultRecord result_earlier_truth = {
    "earlier truth", "the same alerts against an earlier version of the truth", earlier_truth_fields};

static const ResultField sweep_point_fields[] = {
    {.key = "values", .kind = RESULT_MAP},
    {.key = "chosen", .kind = RESULT_BOOL, .means = "the evaluation’s own parameters"},
    {.key = "events", .kind = RESULT_COUNT},
    {.key = "hits", .kind = RESULT_COUNT},
    {.key = "misses", .kind = RESULT_COUNT},
    {.key = "false_strict", .kind = RESULT_COUNT},
    {.key = "false_alerts_per_camera_hour", .kind = RESULT_RECORD, .of = &result_rate},
    {.key = "p_miss", .kind = RESULT_RECORD, .of = &result_rate},
    RESULT_END};
const ResultRecord result_sweep_point = {"sweep point", "one combination of values", sweep_point_fields};

static const ResultField sweep_fields[] = {{.key = "parameters", .kind = RESULT_STRINGS},
                                           {.key = "points", .kind = RESULT_LIST, .of = &result_sweep_point},
                                           RESULT_END};
const ResultRecord result_sweep = {"sweep", "figures by parameters", sweep_fields};

static const ResultField field_protocol_fields[] = {
    {.key = "id", .kind = RESULT_STRING},
    {.key = "title", .kind = RESULT_TEXT},
    {.key = "definition", .kind = RESULT_TEXT},
    {.key = "parameters", .kind = RESULT_MAP},
    {.key = "scored", .kind = RESULT_BOOL},
    {.key = "sentence", .kind = RESULT_TEXT, .null_means = "nothing is to be said"},
    {.key = "unit", .kind = RESULT_WORD, .optional = true, .words = field_protocol_unit_words},
    {.key = "truths", .kind = RESULT_COUNT, .optional = true},
    {.key = "alerts", .kind = RESULT_COUNT, .optional = true},
    {.key = "detections", .kind = RESULT_COUNT, .optional = true},
    {.key = "misses", .kind = RESULT_COUNT, .optional = true},
    {.key = "false_alarms", .kind = RESULT_COUNT, .optional = true},
    {.key = "ignored", .kind = RESULT_COUNT, .optional = true},
    {.key = "ends_assumed", .kind = RESULT_COUNT, .optional = true},
    {.key = "figures", .kind = RESULT_MAP, .optional = true},
    RESULT_END};
const ResultRecord result_field_protocol = {"field protocol", "the same alerts under a protocol of the field",
                                            field_protocol_fields};

static const ResultField semantics_fields[] = {
    {.key = "id", .kind = RESULT_STRING},
    {.key = "product", .kind = RESULT_STRING, .null_means = "our own"},
    {.key = "term", .kind = RESULT_STRING, .null_means = "our own"},
    {.key = "source", .kind = RESULT_STRING, .null_means = "our own"},
    {.key = "differs", .kind = RESULT_TEXT, .null_means = "our own"},
    {.key = "norm", .kind = RESULT_RECORD, .of = &result_norm},
    {.key = "family", .kind = RESULT_STRING, .null_means = "asked for in one wording"},
    {.key = "passed_over", .kind = RESULT_STRINGS},
    RESULT_END};
const ResultRecord result_semantics = {"semantics", "whose words a rule follows", semantics_fields};

static const ResultField adjudicated_fields[] = {
    {.key = "false", .kind = RESULT_COUNT},      {.key = "nuisance", .kind = RESULT_COUNT},
    {.key = "true_event", .kind = RESULT_COUNT}, {.key = "unsure", .kind = RESULT_COUNT},
    {.key = "disagreed", .kind = RESULT_COUNT},  {.key = "not_judged", .kind = RESULT_COUNT},
    {.key = "causes", .kind = RESULT_MAP},       RESULT_END};
const ResultRecord result_adjudicated = {"adjudicated", "what two people said of the false alerts",
                                         adjudicated_fields};

static const ResultField hour_fields[] = {
    {.key = "hour", .kind = RESULT_COUNT},
    {.key = "false_alerts_per_camera_hour", .kind = RESULT_RECORD, .of = &result_rate},
    RESULT_END};
const ResultRecord result_hour = {"hour", "an hour of the day", hour_fields};

static const ResultField hours_fields[] = {
    {.key = "by_hour", .kind = RESULT_LIST, .of = &result_hour},
    {.key = "unknown_us", .kind = RESULT_TIME, .unit = "µs", .means = "scored time of clips without a clock"},
    RESULT_END};
const ResultRecord result_hours = {"hours", "false alerts by the hour of the day", hours_fields};

static const ResultField evaluation_fields[] = {
    {.key = "system", .kind = RESULT_STRING},
    {.key = "system_kind", .kind = RESULT_WORD, .words = evaluation_system_kind_words},
    {.key = "system_title", .kind = RESULT_TEXT, .null_means = "none was written"},
    {.key = "after_validation_of",
     .kind = RESULT_STRING,
     .optional = true,
     .means = "people had looked at that system’s alerts"},
    {.key = "condition", .kind = RESULT_STRING},
    {.key = "condition_title", .kind = RESULT_TEXT, .null_means = "none was written"},
    {.key = "condition_filter", .kind = RESULT_STRING, .null_means = "as recorded"},
    {.key = "parameters", .kind = RESULT_MAP},
    {.key = "exposure", .kind = RESULT_RECORD, .of = &result_exposure},
    {.key = "counts", .kind = RESULT_RECORD, .of = &result_counts},
    {.key = "rates", .kind = RESULT_RECORD, .of = &result_rates},
    {.key = "per_day",
     .kind = RESULT_RECORD,
     .of = &result_figure,
     .means = "false alerts per camera and day"},
    {.key = "latency", .kind = RESULT_RECORD, .of = &result_latency},
    {.key = "clusters", .kind = RESULT_RECORD, .of = &result_clusters},
    {.key = "sensitivity", .kind = RESULT_LIST, .of = &result_sensitivity},
    {.key = "worst_case", .kind = RESULT_RECORD, .of = &result_worst_case, .null_means = "no clip failed"},
    {.key = "log", .kind = RESULT_RECORD, .of = &result_log, .null_means = "the system has no alert log"},
    {.key = "ignored_alerts",
     .kind = RESULT_RECORD,
     .of = &result_ignored_alerts,
     .null_means = "the system has no alert log"},
    {.key = "counters", .kind = RESULT_MAP, .means = "what the behaviour counted"},
    {.key = "strata", .kind = RESULT_LIST, .of = &result_strata},
    {.key = "error_classes", .kind = RESULT_RECORD, .of = &result_error_classes},
    {.key = "time_false_alarm", .kind = RESULT_RECORD, .of = &result_time_false_alarm},
    {.key = "alert_load", .kind = RESULT_RECORD, .of = &result_alert_load},
    {.key = "curve", .kind = RESULT_RECORD, .of = &result_curve},
    {.key = "claims", .kind = RESULT_LIST, .of = &result_claim},
    {.key = "false_alert_kinds", .kind = RESULT_RECORD, .of = &result_false_alert_kinds},
    {.key = "clips", .kind = RESULT_LIST, .of = &result_judged_clip},
    {.key = "count_error", .kind = RESULT_RECORD, .of = &result_count_error, .optional = true},
    {.key = "earlier_truth", .kind = RESULT_LIST, .of = &result_earlier_truth, .optional = true},
    {.key = "sweep", .kind = RESULT_RECORD, .of = &result_sweep, .optional = true},
    {.key = "protocols", .kind = RESULT_LIST, .of = &result_field_protocol, .optional = true},
    {.key = "semantics", .kind = RESULT_RECORD, .of = &result_semantics, .optional = true},
    {.key = "adjudication", .kind = RESULT_RECORD, .of = &result_adjudicated, .optional = true},
    {.key = "hours", .kind = RESULT_RECORD, .of = &result_hours, .optional = true},
    RESULT_END};
const ResultRecord result_evaluation = {"evaluation", "one system under one condition", evaluation_fields};
