/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document vsaudit/compare/1. See results/fields.h. */
#include "results/fields_internal.h"

DESCRIBE(compared_run, "compared run", "a run", {AT(compared_run, audit, STRING)},
         {AT(compared_run, program, STRING), .means = "its version"});

DESCRIBE(left_out, "left out", "a clip that is left out", {AT(left_out, dataset, STRING)},
         {AT(left_out, clip, STRING)}, {AT(left_out, why, STRING)});

DESCRIBE(compared_event, "compared event", "an event that one run missed and the other did not",
         {AT(compared_event, dataset, STRING)}, {AT(compared_event, clip, STRING)},
         {AT(compared_event, start_us, TIME), .unit = "µs"}, {AT(compared_event, end_us, TIME), .unit = "µs"},
         {AT(compared_event, label, STRING), .optional = true});

DESCRIBE(compared_alert, "compared alert", "a false alert that is new, gone or changed",
         {AT(compared_alert, dataset, STRING)}, {AT(compared_alert, clip, STRING)},
         {AT(compared_alert, onset_us, INTEGER), .unit = "µs"},
         {AT(compared_alert, decided_us, INTEGER), .unit = "µs"},
         {AT(compared_alert, label, STRING), .optional = true}, {AT(compared_alert, outcome, STRING)},
         {AT(compared_alert, note, STRING), .optional = true},
         {AT(compared_alert, onset_us_now, INTEGER), .optional = true, .unit = "µs",
          .means = "of a changed one"},
         {AT(compared_alert, decided_us_now, INTEGER), .optional = true, .unit = "µs",
          .means = "of a changed one"},
         {AT(compared_alert, label_now, STRING), .optional = true, .means = "of a changed one"});

DESCRIBE(compared_events, "compared events", "events that both runs judged",
         {AT(compared_events, common, COUNT)}, {AT(compared_events, missed_a, COUNT)},
         {AT(compared_events, missed_b, COUNT)}, {AT(compared_events, only_in_a, COUNT)},
         {AT(compared_events, only_in_b, COUNT)}, {LIST_AT(compared_events, new_misses, compared_event)},
         {LIST_AT(compared_events, gone_misses, compared_event)}, {AT(compared_events, p_mcnemar, NUMBER)});

DESCRIBE(compared_alerts, "compared alerts", "false alerts, repeated ones included",
         {AT(compared_alerts, a, COUNT)}, {AT(compared_alerts, b, COUNT)},
         {LIST_KEY_AT("new", compared_alerts, new_ones, compared_alert)},
         {LIST_AT(compared_alerts, gone, compared_alert)},
         {LIST_AT(compared_alerts, changed, compared_alert)}, {AT(compared_alerts, clips_with_more, COUNT)},
         {AT(compared_alerts, clips_with_fewer, COUNT)}, {AT(compared_alerts, p_sign, NUMBER)});

DESCRIBE(pair, "pair", "one system under one condition, in both runs", {AT(pair, scenario, STRING)},
         {AT(pair, system_a, STRING)}, {AT(pair, system_b, STRING)}, {AT(pair, condition, STRING)},
         {AT(pair, clips, COUNT), .means = "done in both runs"}, {AT(pair, scored_a_us, TIME), .unit = "µs"},
         {AT(pair, scored_b_us, TIME), .unit = "µs"}, {LIST_AT(pair, left_out, left_out)},
         {RECORD_AT(pair, events, compared_events)}, {RECORD_AT(pair, false_alerts, compared_alerts)},
         {AT(pair, protocol_a, STRING), .optional = true}, {AT(pair, protocol_b, STRING), .optional = true},
         {AT(pair, same_rules, BOOL), .means = "the same protocol with the same parameters"});

DESCRIBE(alone, "alone", "one that only one run has", {AT(alone, scenario, STRING)},
         {AT(alone, system, STRING)}, {AT(alone, condition, STRING)});

DESCRIBE(comparison, "comparison", "two runs held against each other", {AT(comparison, schema, STRING)},
         {RECORD_AT(comparison, a, compared_run)}, {RECORD_AT(comparison, b, compared_run)},
         {AT(comparison, within_s, NUMBER), .unit = "s"}, {LIST_AT(comparison, evaluations, pair)},
         {LIST_AT(comparison, only_in_a, alone)}, {LIST_AT(comparison, only_in_b, alone)});
