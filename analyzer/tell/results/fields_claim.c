/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims and their verdicts. See results/fields.h. */
#include "results/fields_internal.h"
#include "scoring/grade.h"

static const char *const reading_op_words[] = {"<=", ">=", "within", NULL};
static const char *const independence_verdict_words[] = {"supported", "refuted", "not_established",
                                                         "not_testable", NULL};
static const char *const withheld_verdict_words[] = {"supported", "refuted", NULL};

DESCRIBE(reading, "reading", "a claim as a figure against a limit", {AT(reading, metric, STRING)},
         {AT(reading, op, WORD), .words = reading_op_words}, {AT(reading, value, NUMBER)},
         {AT(reading, alpha, NUMBER)},
         {AT(reading, against, STRING), .optional = true, .null_means = "against no other system"},
         {AT(reading, against_condition, STRING), .optional = true,
          .null_means = "against no other condition"},
         {AT(reading, viewing_speed, NUMBER), .optional = true},
         {AT(reading, setup_share, NUMBER), .optional = true},
         {AT(reading, review_s, NUMBER), .optional = true, .null_means = "nobody measured it"},
         {AT(reading, p_miss_limit, NUMBER), .optional = true, .null_means = "none was stated"});

DESCRIBE(needed, "needed", "what a verdict would need",
         {AT(needed, more_camera_hours, NUMBER), .null_means = "not needed"},
         {AT(needed, more_events, COUNT), .null_means = "not needed"},
         {AT(needed, total_camera_hours, NUMBER), .null_means = "not needed"},
         {AT(needed, total_events, COUNT), .null_means = "not needed"},
         {AT(needed, anew, BOOL), .optional = true,
          .means = "a new test would need them of its own: what is added after a look does not count"});

DESCRIBE(independence, "independence", "whether cameras allow the test", {AT(independence, cameras, COUNT)},
         {AT(independence, overdispersion_p, NUMBER), .null_means = "undefined"},
         {AT(independence, caution, BOOL)},
         {RECORD_AT(independence, interval, low_high), .null_means = "undefined"},
         {AT(independence, level, NUMBER), .null_means = "there is no interval"},
         {AT(independence, verdict, WORD), .null_means = "there is no interval",
          .words = independence_verdict_words});

static const char *const scope_words[] = {"places_like_these", "these_clips", NULL};
static const char *const loss_words[] = {"few_cameras", "unnamed_cameras", "few_days", "cameras_differ",
                                         "days_differ", "no_interval",     NULL};
DESCRIBE(scope, "scope", "what a verdict speaks of", {AT(scope, speaks_of, WORD), .words = scope_words},
         {AT(scope, of_these_clips, WORD), .words = independence_verdict_words,
          .means = "by the exact test, of this footage alone"},
         {AT(scope, lost, WORD), .null_means = "the verdict holds there", .words = loss_words,
          .means = "why it does not hold beyond this footage"},
         {AT(scope, cameras, COUNT)}, {AT(scope, days, COUNT), .null_means = "not known of every clip"},
         {AT(scope, p_refute, NUMBER), .null_means = "no model of that figure",
          .means = "were cameras (and days) to differ"},
         {AT(scope, p_support, NUMBER), .null_means = "no model of that figure"},
         {RECORD_AT(scope, interval, low_high), .null_means = "none can be given"},
         {AT(scope, level, NUMBER), .null_means = "there is no interval"});

static const char *const plan_words[] = {"none", "horizon", "anytime", NULL};
static const char *const look_loss_words[] = {"early", "again", "exchanged", "no_test", NULL};
DESCRIBE(anytime, "anytime", "what holds however often one looked",
         {RECORD_AT(anytime, interval, low_high), .null_means = "none can be given"},
         {AT(anytime, level, NUMBER), .null_means = "there is no interval"});
DESCRIBE(looks, "looks", "when a verdict is read, and which look this is",
         {AT(looks, plan, WORD), .words = plan_words},
         {AT(looks, camera_hours, NUMBER), .null_means = "no bound of the plan"},
         {AT(looks, events, COUNT), .null_means = "no bound of the plan"},
         {AT(looks, end, STRING), .null_means = "no bound of the plan"},
         {AT(looks, number, COUNT), .null_means = "looks were not counted",
          .means = "of this look among the distinct ones at the claim"},
         {AT(looks, reached, BOOL), .means = "the plan’s bounds are reached"},
         {AT(looks, lost, WORD), .null_means = "this look may establish something", .words = look_loss_words,
          .means = "why it establishes nothing"},
         {RECORD_AT(looks, anytime, anytime), .optional = true});

DESCRIBE(compared, "compared", "two systems or conditions", {AT(compared, system, STRING)},
         {AT(compared, condition, STRING)}, {AT(compared, test, STRING)},
         {AT(compared, false_alerts, COUNTS), .optional = true},
         {AT(compared, camera_hours, NUMBERS), .optional = true},
         {AT(compared, events, COUNT), .optional = true},
         {AT(compared, missed_by_first_alone, COUNT), .optional = true},
         {AT(compared, missed_by_second_alone, COUNT), .optional = true},
         {AT(compared, missed_by_both, COUNT), .optional = true},
         {AT(compared, unpaired_clips, COUNT), .optional = true});

DESCRIBE(implied, "implied", "what a claim on time leaves",
         {AT(implied, allowed_s_per_hour, NUMBER), .null_means = "undefined"},
         {AT(implied, s_per_alert, NUMBER), .null_means = "no alert"},
         {AT(implied, alerts_per_camera_hour, NUMBER), .null_means = "nobody measured a review"});

DESCRIBE(withheld, "withheld", "the verdict that was taken back",
         {AT(withheld, verdict, WORD), .words = withheld_verdict_words}, {AT(withheld, alerts, COUNT)},
         {AT(withheld, unwatched, COUNT)}, {AT(withheld, unwatched_allowed, NUMBER), .unit = "share"},
         {RECORD_AT(withheld, suspected_shift, shift_counts), .optional = true},
         {AT(withheld, unseen_condition, BOOL), .optional = true,
          .means = "no alert of the log names this condition"},
         {AT(withheld, copied_clips, COUNT), .optional = true});

DESCRIBE(certainty_reason, "certainty reason", "why the certainty of a verdict is lower",
         {AT(certainty_reason, key, STRING)}, {AT(certainty_reason, domain, WORD), .words = grade_domains},
         {AT(certainty_reason, state, WORD), .words = grade_states,
          .means = "found in the data, stated to be unknown, or not filled in by the audit"},
         {AT(certainty_reason, lowers, COUNT), .unit = "levels"},
         {AT(certainty_reason, figure, NUMBER), .means = "which “sentence” says"},
         {AT(certainty_reason, of, NUMBER), .null_means = "the figure is no part of another"},
         {AT(certainty_reason, sentence, TEXT)});

DESCRIBE(certainty, "certainty", "how certain a verdict is, after GRADE’s manner",
         {AT(certainty, level, WORD), .null_means = "no verdict was reached, of which to be certain",
          .words = grade_levels},
         {AT(certainty, lowered, COUNT), .unit = "levels",
          .means = "by all reasons, each domain counting two at most; the level is never below the last"},
         {LIST_AT(certainty, reasons, certainty_reason)});

static const char *const verdict_words[] = {"supported",    "refuted",      "not_established",
                                            "not_testable", "other_system", NULL};

DESCRIBE(claim, "claim", "a claim and its verdict", {AT(claim, id, STRING)}, {AT(claim, text, STRING)},
         {AT(claim, language, STRING), .optional = true, .null_means = "not stated",
          .means = "of the text, as HTML has it"},
         {AT(claim, read_as, TEXT), .optional = true, .null_means = "worded by its figures alone",
          .means = "the reading in the audit’s words"},
         {AT(claim, source, TEXT), .null_means = "not stated"},
         {AT(claim, date, STRING), .null_means = "not dated"}, {AT(claim, confirmatory, BOOL)},
         {RECORD_AT(claim, reading, reading), .null_means = "not testable"},
         {RECORD_AT(claim, observed, rate), .null_means = "nothing to observe"},
         {RECORD_AT(claim, compared, compared), .optional = true},
         {AT(claim, value, NUMBER), .null_means = "undefined"},
         {AT(claim, verdict, WORD), .words = verdict_words,
          .means = "other_system: the words are about a product that was not run"},
         {AT(claim, p_refute, NUMBER), .null_means = "not tested"},
         {AT(claim, p_support, NUMBER), .null_means = "not tested"},
         {RECORD_AT(claim, needed, needed), .null_means = "nothing more would do"},
         {RECORD_AT(claim, implied, implied), .optional = true},
         {RECORD_AT(claim, independence, independence), .optional = true},
         {RECORD_AT(claim, looks, looks), .optional = true},
         {RECORD_AT(claim, scope, scope), .optional = true}, {AT(claim, sentence, TEXT)},
         {AT(claim, p_refute_adjusted, NUMBER), .optional = true, .null_means = "not tested"},
         {AT(claim, p_support_adjusted, NUMBER), .optional = true, .null_means = "not tested"},
         {AT(claim, verdict_unadjusted, WORD), .optional = true, .words = independence_verdict_words},
         {RECORD_AT(claim, withheld, withheld), .optional = true},
         {RECORD_AT(claim, certainty, certainty), .optional = true},
         {AT(claim, outcome, WORD), .optional = true, .words = independence_verdict_words,
          .means = "of the reading, for the system that ran; only where that is not the claim’s"},
         {AT(claim, outcome_sentence, TEXT), .optional = true, .means = "of outcome"},
         {AT(claim, paraphrase, BOOL), .optional = true,
          .means = "the text is what was said in the audit’s words"});
