/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.json and replays.jsonl, as far as they are read. See results/fields.h. */
#include "results/fields_internal.h"

static const ResultField session_fields[] = {
    {AT(session, started, STRING)},
    {AT(session, finished, STRING), .null_means = "the program did not come to its end"},
    {AT(session, jobs, NUMBER)},
    {AT(session, footage_s, NUMBER), .unit = "s"},
    {AT(session, wall_s, NUMBER), .unit = "s"},
    {AT(session, speed, NUMBER), .null_means = "undefined", .means = "footage_s / wall_s"},
    RESULT_END};
static const ResultRecord result_session = {"session", "one call of the program", session_fields,
                                            SIZE_OF(session)};

static const ResultField run_fields[] = {{LIST_AT(run, sessions, session)}, RESULT_END};
const ResultRecord result_run = {"run", "the facts of a run", run_fields, SIZE_OF(run)};

static const ResultField look_fields[] = {
    {AT(look, scenario, STRING)}, {AT(look, system, STRING)}, {LIST_AT(look, alerts, alert)}, RESULT_END};
static const ResultRecord result_look = {"look", "the alerts of one built-in behaviour", look_fields,
                                         SIZE_OF(look)};

static const ResultField measured_fields[] = {{AT(measured, duration_us, TIME), .unit = "µs"},
                                              {RECORD_AT(measured, quality, quality)},
                                              {LIST_AT(measured, looks, look)},
                                              RESULT_END};
static const ResultRecord result_measured = {"measured", "what a replay that is done found", measured_fields,
                                             SIZE_OF(measured)};

static const ResultField replayed_fields[] = {
    {AT(replayed, dataset, STRING)},
    {AT(replayed, clip, STRING)},
    {AT(replayed, condition, STRING)},
    {AT(replayed, status, STRING)},
    {AT(replayed, reason, STRING), .null_means = "it is done"},
    {AT(replayed, fault, STRING), .null_means = "it is done", .means = "whose fault it is"},
    {AT(replayed, perception, STRING), .means = "hash of what was to be looked for"},
    {AT(replayed, observations, BOOL), .means = "they are kept"},
    {RECORD_AT(replayed, measured, measured), .null_means = "it is not done"},
    RESULT_END};
const ResultRecord result_replayed = {"replayed", "a replay", replayed_fields, SIZE_OF(replayed)};
