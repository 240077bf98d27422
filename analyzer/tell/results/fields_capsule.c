/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a capsule shows. See results/fields.h. */
#include "results/fields_internal.h"

static const char *const finding_words[] = {
    "repeat_alerts", "repeat_times", "repeat_events", "canary_events", "canary_empty", "whole_seconds",
    "early",         "exact_fit",    "reaction",      "order",         "seen_before",  NULL};
static const char *const state_words[] = {"pass", "fail", "not_applicable", NULL};

DESCRIBE(capsule_finding, "capsule finding", "one thing that was looked for in a log",
         {AT(capsule_finding, id, WORD), .words = finding_words},
    {AT(capsule_finding, state, WORD), .words = state_words},
    {AT(capsule_finding, count, COUNT), .null_means = "nothing was counted"},
    {AT(capsule_finding, of, COUNT), .null_means = "nothing was counted"},
    {AT(capsule_finding, expected, NUMBER), .null_means = "not defined",
     .means = "how many a system that runs alone would have, on average; repeat_alerts: one of which one "
              "answer in ten wavers"},
    {AT(capsule_finding, p, NUMBER), .null_means = "not defined",
     .means = "exact, of what was counted or more against that, from such a system"},
    {AT(capsule_finding, sentence, TEXT), .means = "the figures in words"},
    {AT(capsule_finding, meaning, TEXT), .means = "what it is consistent with"});

DESCRIBE(capsule_differences, "capsule differences", "how far apart the answers to the same clip are",
         {AT(capsule_differences, pairs, COUNT),
     .means = "alerts of the first and of a later answer to the same clip"},
    {AT(capsule_differences, equal, COUNT), .means = "no farther apart than the tolerance"},
    {AT(capsule_differences, median_s, NUMBER), .unit = "s", .null_means = "no pair"},
    {AT(capsule_differences, p90_s, NUMBER), .unit = "s", .null_means = "no pair",
     .means = "nine of ten are smaller"},
    {AT(capsule_differences, largest_s, NUMBER), .unit = "s", .null_means = "no pair"});

DESCRIBE(capsule_system, "capsule system", "a log that came back",
         {AT(capsule_system, system, STRING), .means = "its later answers are scored as SYSTEM-again-N"},
    {AT(capsule_system, file, STRING)},
    {AT(capsule_system, sha256, STRING)},
    {AT(capsule_system, alerts, COUNT)},
    {RECORD_AT(capsule_system, differences, capsule_differences)},
    {LIST_AT(capsule_system, findings, capsule_finding)});

DESCRIBE(capsule, "capsule", "clips that were handed over, and the logs that came back",
         {AT(capsule, seal_sha256, STRING), .means = "of the sealed list, as published before"},
    {AT(capsule, signer, STRING), .null_means = "it is not signed", .means = "the key’s id"},
    {AT(capsule, clips, COUNT), .means = "that were handed over, under so many names"},
    {AT(capsule, repeated, COUNT), .means = "of them, clips that were there before"},
    {AT(capsule, canaries, COUNT), .means = "of them, clips whose answer is beyond doubt"},
    {AT(capsule, tolerance_s, NUMBER), .unit = "s", .means = "times no farther apart are the same"},
    {LIST_AT(capsule, systems, capsule_system)});
