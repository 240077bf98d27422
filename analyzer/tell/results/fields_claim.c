/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims and their verdicts. See results/fields.h. */
#include "results/fields_internal.h"

static const char *const reading_op_words[] = {"<=", ">=", "within", NULL};
static const char *const independence_verdict_words[] = {"supported", "refuted", "not_established",
                                                         "not_testable", NULL};
static const char *const withheld_verdict_words[] = {"supported", "refuted", NULL};

static const ResultField reading_fields[] = {
    {.key = "metric", .kind = RESULT_STRING},
    {.key = "op", .kind = RESULT_WORD, .words = reading_op_words},
    {.key = "value", .kind = RESULT_NUMBER},
    {.key = "alpha", .kind = RESULT_NUMBER},
    {.key = "against", .kind = RESULT_STRING, .optional = true, .null_means = "against no other system"},
    {.key = "against_condition",
     .kind = RESULT_STRING,
     .optional = true,
     .null_means = "against no other condition"},
    {.key = "viewing_speed", .kind = RESULT_NUMBER, .optional = true},
    {.key = "setup_share", .kind = RESULT_NUMBER, .optional = true},
    {.key = "review_s", .kind = RESULT_NUMBER, .optional = true, .null_means = "nobody measured it"},
    {.key = "p_miss_limit", .kind = RESULT_NUMBER, .optional = true, .null_means = "none was stated"},
    RESULT_END};
const ResultRecord result_reading = {"reading", "a claim as a figure against a limit", reading_fields};

static const ResultField needed_fields[] = {
    {.key = "more_camera_hours", .kind = RESULT_NUMBER, .null_means = "not needed"},
    {.key = "more_events", .kind = RESULT_COUNT, .null_means = "not needed"},
    {.key = "total_camera_hours", .kind = RESULT_NUMBER, .null_means = "not needed"},
    {.key = "total_events", .kind = RESULT_COUNT, .null_means = "not needed"},
    RESULT_END};
const ResultRecord result_needed = {"needed", "what a verdict would need", needed_fields};

static const ResultField independence_fields[] = {
    {.key = "cameras", .kind = RESULT_COUNT},
    {.key = "overdispersion_p", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "caution", .kind = RESULT_BOOL},
    {.key = "interval", .kind = RESULT_RECORD, .of = &result_low_high, .null_means = "undefined"},
    {.key = "level", .kind = RESULT_NUMBER, .null_means = "there is no interval"},
    {.key = "verdict",
     .kind = RESULT_WORD,
     .null_means = "there is no interval",
     .words = independence_verdict_words},
    RESULT_END};
const ResultRecord result_independence = {"independence", "whether cameras allow the test",
                                          independence_fields};

static const ResultField compared_fields[] = {
    {.key = "system", .kind = RESULT_STRING},
    {.key = "condition", .kind = RESULT_STRING},
    {.key = "test", .kind = RESULT_STRING},
    {.key = "false_alerts", .kind = RESULT_NUMBERS, .optional = true},
    {.key = "camera_hours", .kind = RESULT_NUMBERS, .optional = true},
    {.key = "events", .kind = RESULT_COUNT, .optional = true},
    {.key = "missed_by_first_alone", .kind = RESULT_COUNT, .optional = true},
    {.key = "missed_by_second_alone", .kind = RESULT_COUNT, .optional = true},
    {.key = "missed_by_both", .kind = RESULT_COUNT, .optional = true},
    {.key = "unpaired_clips", .kind = RESULT_COUNT, .optional = true},
    RESULT_END};
const ResultRecord result_compared = {"compared", "two systems or conditions", compared_fields};

static const ResultField implied_fields[] = {
    {.key = "allowed_s_per_hour", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "s_per_alert", .kind = RESULT_NUMBER, .null_means = "no alert"},
    {.key = "alerts_per_camera_hour", .kind = RESULT_NUMBER, .null_means = "nobody measured a review"},
    RESULT_END};
const ResultRecord result_implied = {"implied", "what a claim on time leaves", implied_fields};

static const ResultField withheld_fields[] = {
    {.key = "verdict", .kind = RESULT_WORD, .words = withheld_verdict_words},
    {.key = "alerts", .kind = RESULT_COUNT},
    {.key = "unwatched", .kind = RESULT_COUNT},
    {.key = "unwatched_allowed", .kind = RESULT_NUMBER, .unit = "share"},
    {.key = "suspected_shift", .kind = RESULT_RECORD, .of = &result_shift_counts, .optional = true},
    {.key = "unseen_condition",
     .kind = RESULT_BOOL,
     .optional = true,
     .means = "no alert of the log names this condition"},
    {.key = "copied_clips", .kind = RESULT_COUNT, .optional = true},
    RESULT_END};
const ResultRecord result_withheld = {"withheld", "the verdict that was taken back", withheld_fields};

static const ResultField claim_fields[] = {
    {.key = "id", .kind = RESULT_STRING},
    {.key = "text", .kind = RESULT_STRING},
    {.key = "source", .kind = RESULT_TEXT, .null_means = "not stated"},
    {.key = "date", .kind = RESULT_STRING, .null_means = "not dated"},
    {.key = "confirmatory", .kind = RESULT_BOOL},
    {.key = "reading", .kind = RESULT_RECORD, .of = &result_reading, .null_means = "not testable"},
    {.key = "observed", .kind = RESULT_RECORD, .of = &result_rate, .null_means = "nothing to observe"},
    {.key = "value", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "verdict", .kind = RESULT_WORD, .words = independence_verdict_words},
    {.key = "p_refute", .kind = RESULT_NUMBER, .null_means = "not tested"},
    {.key = "p_support", .kind = RESULT_NUMBER, .null_means = "not tested"},
    {.key = "needed", .kind = RESULT_RECORD, .of = &result_needed, .null_means = "nothing more would do"},
    {.key = "independence", .kind = RESULT_RECORD, .of = &result_independence, .optional = true},
    {.key = "sentence", .kind = RESULT_TEXT},
    {.key = "compared", .kind = RESULT_RECORD, .of = &result_compared, .optional = true},
    {.key = "p_refute_adjusted", .kind = RESULT_NUMBER, .optional = true, .null_means = "not tested"},
    {.key = "p_support_adjusted", .kind = RESULT_NUMBER, .optional = true, .null_means = "not tested"},
    {.key = "verdict_unadjusted", .kind = RESULT_WORD, .optional = true, .words = independence_verdict_words},
    {.key = "implied", .kind = RESULT_RECORD, .of = &result_implied, .optional = true},
    {.key = "withheld", .kind = RESULT_RECORD, .of = &result_withheld, .optional = true},
    RESULT_END};
const ResultRecord result_claim = {"claim", "a claim and its verdict", claim_fields};
