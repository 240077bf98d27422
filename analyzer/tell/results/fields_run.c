/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.json and replays.jsonl, as far as they are read. See results/fields.h. */
#include "results/fields_internal.h"

DESCRIBE(session, "session", "one call of the program", {AT(session, started, STRING)},
         {AT(session, finished, STRING), .null_means = "the program did not come to its end"},
         {AT(session, jobs, NUMBER)}, {AT(session, footage_s, NUMBER), .unit = "s"},
         {AT(session, wall_s, NUMBER), .unit = "s"},
         {AT(session, speed, NUMBER), .null_means = "undefined", .means = "footage_s / wall_s"});

DESCRIBE(run, "run", "the facts of a run", {LIST_AT(run, sessions, session)});

DESCRIBE(look, "look", "the alerts of one built-in behaviour", {AT(look, scenario, STRING)},
         {AT(look, system, STRING)}, {LIST_AT(look, alerts, alert)});

DESCRIBE(measured, "measured", "what a replay that is done found",
         {AT(measured, duration_us, TIME), .unit = "µs"}, {RECORD_AT(measured, quality, quality)},
         {LIST_AT(measured, looks, look)});

DESCRIBE(replayed, "replayed", "a replay", {AT(replayed, dataset, STRING)}, {AT(replayed, clip, STRING)},
         {AT(replayed, condition, STRING)}, {AT(replayed, status, STRING)},
         {AT(replayed, reason, STRING), .null_means = "it is done"},
         {AT(replayed, fault, STRING), .null_means = "it is done", .means = "whose fault it is"},
         {AT(replayed, perception, STRING), .means = "hash of what was to be looked for"},
         {AT(replayed, observations, BOOL), .means = "they are kept"},
         {AT(replayed, engine, BOOL), .optional = true, .means = "for a system that runs"},
         {AT(replayed, restarted, BOOL), .optional = true,
          .means = "it failed, and a new process was shown the clips behind it"},
         {RECORD_AT(replayed, measured, measured), .null_means = "it is not done"});
