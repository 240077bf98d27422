/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents vsaudit/sample-draw/1 and vsaudit/sample/1. See results/fields.h. */
#include "results/fields_internal.h"

static const char *const seed_from_words[] = {"log", "given", NULL};
static const char *const op_words[] = {"<=", "<", ">=", ">", NULL};
static const char *const draw_method_words[] = {"fisher", "pooled-binomial", NULL};
static const char *const method_words[] = {"census", "hypergeometric", "fisher", "pooled-binomial", NULL};
static const char *const role_words[] = {"first", "second", "agreed", NULL};
static const char *const judged_words[] = {"false", "real", "undecidable", NULL};
static const char *const outcome_words[] = {"false",  "real",    "undecidable", "differing",
                                            "single", "missing", NULL};
static const char *const verdict_words[] = {"supported", "refuted", "not_established", "not_testable", NULL};

DESCRIBE(survey_log, "survey log", "the log that was drawn from",
         {AT(survey_log, file, STRING), .means = "without its folder"}, {AT(survey_log, sha256, STRING)},
         {AT(survey_log, map, STRING), .null_means = "the log is one of our own"},
         {AT(survey_log, map_sha256, STRING), .null_means = "no map"}, {AT(survey_log, rows, COUNT)},
         {AT(survey_log, repeated, COUNT), .means = "rows that repeat another"},
         {AT(survey_log, ignored, COUNT), .means = "rows that the map passes over"},
         {AT(survey_log, joined, COUNT), .means = "rows that go on with an alert, or end one"},
         {AT(survey_log, renumbered, COUNT), .means = "alerts whose number an earlier one has"},
         {AT(survey_log, untreated, COUNT), .means = "alerts left out, as they were not treated"},
         {AT(survey_log, says_treated, BOOL), .means = "the log says what became of alerts"},
         {AT(survey_log, treated, STRINGS), .means = "the log’s words for treated ones; none: all"});

DESCRIBE(survey_stratum, "survey stratum", "a part of the log that was drawn from by itself",
         {AT(survey_stratum, name, STRING)}, {AT(survey_stratum, population, COUNT)},
         {AT(survey_stratum, drawn, COUNT)});

DESCRIBE(survey_alert, "survey alert", "an alert that was drawn", {AT(survey_alert, id, STRING)},
         {AT(survey_alert, stratum, COUNT), .means = "its place among the strata"},
         {AT(survey_alert, line, COUNT), .means = "of the log"}, {AT(survey_alert, behaviour, STRING)},
         {AT(survey_alert, camera, STRING), .null_means = "not said"},
         {AT(survey_alert, clip, STRING), .null_means = "not said"},
         {AT(survey_alert, time, STRING), .null_means = "not said"},
         {AT(survey_alert, number, STRING), .null_means = "not said"},
         {AT(survey_alert, picture, STRING), .null_means = "not said"},
         {AT(survey_alert, treated, STRING), .null_means = "not said"});

DESCRIBE(survey_claim, "survey claim", "what is claimed of the share of false alerts",
         {AT(survey_claim, text, STRING), .null_means = "nobody’s words"},
         {AT(survey_claim, op, WORD), .words = op_words},
         {AT(survey_claim, limit_millionths, COUNT), .unit = "millionths"},
         {AT(survey_claim, alpha, NUMBER), .unit = "share"});

DESCRIBE(survey_earlier, "survey earlier", "a draw of the same log before this one",
         {AT(survey_earlier, sha256, STRING), .means = "of its draw.json"},
         {AT(survey_earlier, date, STRING)}, {AT(survey_earlier, seed, STRING)},
         {AT(survey_earlier, again, STRING), .null_means = "the first"});

DESCRIBE(survey_draw, "survey draw", "a sample as it was drawn", {AT(survey_draw, schema, STRING)},
         {AT(survey_draw, program, STRING), .means = "its version"}, {AT(survey_draw, seed, STRING)},
         {AT(survey_draw, seed_from, WORD), .words = seed_from_words},
         {AT(survey_draw, again, STRING), .null_means = "the first draw of the log",
          .means = "why it was drawn again"},
         {RECORD_AT(survey_draw, log, survey_log)}, {AT(survey_draw, by, STRINGS)},
         {AT(survey_draw, population, COUNT)}, {AT(survey_draw, drawn, COUNT)},
         {AT(survey_draw, method, WORD), .words = draw_method_words},
         {AT(survey_draw, level, NUMBER), .unit = "share"},
         {RECORD_AT(survey_draw, claim, survey_claim), .null_means = "none was stated"},
         {LIST_AT(survey_draw, strata, survey_stratum)}, {LIST_AT(survey_draw, earlier, survey_earlier)},
         {LIST_AT(survey_draw, alerts, survey_alert)});

DESCRIBE(survey_sheet, "survey sheet", "a sheet of judgements", {AT(survey_sheet, file, STRING)},
         {AT(survey_sheet, sha256, STRING)}, {AT(survey_sheet, role, WORD), .words = role_words},
         {AT(survey_sheet, judged, COUNT)});

DESCRIBE(survey_judged, "survey judged", "an alert of the sample, as it was judged",
         {AT(survey_judged, id, STRING)}, {AT(survey_judged, stratum, COUNT)},
         {AT(survey_judged, line, COUNT), .means = "of the log"},
         {AT(survey_judged, first, WORD), .words = judged_words, .null_means = "not judged"},
         {AT(survey_judged, second, WORD), .words = judged_words, .null_means = "not judged"},
         {AT(survey_judged, agreed, WORD), .words = judged_words, .null_means = "not judged"},
         {AT(survey_judged, outcome, WORD), .words = outcome_words});

DESCRIBE(survey_agreement, "survey agreement", "how well two people agree",
         {AT(survey_agreement, both, COUNT), .means = "judged by both"}, {AT(survey_agreement, alike, COUNT)},
         {AT(survey_agreement, kappa, NUMBER), .null_means = "undefined"},
         {AT(survey_agreement, se, NUMBER), .null_means = "undefined"},
         {AT(survey_agreement, low, NUMBER), .null_means = "undefined", .means = "kappa less 1.96 se"},
         {AT(survey_agreement, high, NUMBER), .null_means = "undefined"});

DESCRIBE(survey_counts, "survey counts", "what became of the drawn", {AT(survey_counts, drawn, COUNT)},
         {AT(survey_counts, wrong, COUNT), .means = "false alerts"}, {AT(survey_counts, real, COUNT)},
         {AT(survey_counts, undecidable, COUNT)},
         {AT(survey_counts, differing, COUNT), .means = "judged in two ways and not agreed on"},
         {AT(survey_counts, single, COUNT), .means = "judged by one of two"},
         {AT(survey_counts, missing, COUNT), .means = "judged by nobody"});

DESCRIBE(survey_part, "survey part", "a stratum, as it was judged", {AT(survey_part, name, STRING)},
         {AT(survey_part, population, COUNT)}, {AT(survey_part, drawn, COUNT)},
         {AT(survey_part, wrong, COUNT), .means = "false alerts of the drawn"},
         {AT(survey_part, open, COUNT), .means = "of the drawn, not decided"},
         {AT(survey_part, low_alerts, COUNT), .means = "false alerts of the stratum, by itself"},
         {AT(survey_part, high_alerts, COUNT)});

DESCRIBE(survey_share, "survey share", "the share of false alerts in the population",
         {AT(survey_share, from, NUMBER), .null_means = "no alert",
          .means = "were none of the undecided false"},
         {AT(survey_share, to, NUMBER), .null_means = "no alert", .means = "were all of them"},
         {AT(survey_share, low, NUMBER), .null_means = "no alert"},
         {AT(survey_share, high, NUMBER), .null_means = "no alert"},
         {AT(survey_share, level, NUMBER), .unit = "share"}, {AT(survey_share, low_alerts, COUNT)},
         {AT(survey_share, high_alerts, COUNT)}, {AT(survey_share, method, WORD), .words = method_words});

DESCRIBE(survey_rate, "survey rate", "false alerts per camera-hour",
         {AT(survey_rate, hours, NUMBER), .unit = "camera-hours", .means = "as stated by who asked"},
         {AT(survey_rate, low, NUMBER)}, {AT(survey_rate, high, NUMBER)});

DESCRIBE(survey_verdict, "survey verdict", "the verdict on the claim",
         {AT(survey_verdict, verdict, WORD), .words = verdict_words},
         {AT(survey_verdict, boundary, INTEGER),
          .means = "the most false alerts with which “at most” and “less” hold, the others do not"},
         {AT(survey_verdict, p_support, NUMBER), .null_means = "no alert"},
         {AT(survey_verdict, p_refute, NUMBER), .null_means = "no alert"},
         {AT(survey_verdict, stated_before, BOOL), .means = "the claim was fixed with the draw"},
         {AT(survey_verdict, sentence, TEXT)});

DESCRIBE(survey, "survey", "a sample as it was judged", {AT(survey, schema, STRING)},
         {AT(survey, program, STRING), .means = "its version"}, {AT(survey, draw_sha256, STRING)},
         {AT(survey, signer, STRING), .null_means = "the draw is not signed", .means = "a key’s id"},
         {RECORD_AT(survey, log, survey_log)}, {AT(survey, seed, STRING)},
         {AT(survey, seed_from, WORD), .words = seed_from_words},
         {AT(survey, again, STRING), .null_means = "the first draw of the log"},
         {AT(survey, earlier_draws, COUNT)},
         {AT(survey, later_draws, COUNT), .null_means = "the log’s record of draws was not looked at"},
         {AT(survey, population, COUNT)}, {AT(survey, by, STRINGS)}, {LIST_AT(survey, sheets, survey_sheet)},
         {RECORD_AT(survey, counts, survey_counts)},
         {RECORD_AT(survey, agreement, survey_agreement), .null_means = "one person judged"},
         {RECORD_AT(survey, share, survey_share)},
         {RECORD_AT(survey, rate, survey_rate), .null_means = "hours not known"},
         {RECORD_AT(survey, claim, survey_claim), .null_means = "none"},
         {RECORD_AT(survey, verdict, survey_verdict), .null_means = "no claim"}, {AT(survey, answer, TEXT)},
         {AT(survey, remarks, TEXTS)}, {AT(survey, cannot_say, TEXTS)},
         {LIST_AT(survey, strata, survey_part)}, {LIST_AT(survey, alerts, survey_judged)});
