/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a system was put through besides. See results/fields.h. */
#include "config/probes.h"
#include "results/fields_internal.h"

static const char *const state_words[] = {"pass", "fail", "not_applicable", NULL};
static const char *const clip_words[] = {"same", "different", "failed", "undecided", NULL};
static const char *const reason_words[] = {"failed",  "own_process",  "one_clip",       "one_camera",
                                           "no_name", "zones_differ", "no_clip",        "no_as_recorded",
                                           "kind",    "file",         "nothing_to_see", "unrepeatable",
                                           "address", "one_address",  "zones_untold",   NULL};

DESCRIBE(
    probe_clip, "probe clip", "a probe on one clip", {AT(probe_clip, clip, STRING)},
    {AT(probe_clip, state, WORD), .words = clip_words,
     .means = "undecided: its zones are another camera’s, and its alerts neither its own nor that one’s"},
    {AT(probe_clip, failure, STRING), .null_means = "it did not fail", .means = "why it failed"},
    {AT(probe_clip, recorded, COUNT), .means = "alerts on the clip as recorded"},
    {AT(probe_clip, probed, COUNT), .null_means = "it failed", .means = "alerts under the probe"},
    {AT(probe_clip, matched, COUNT), .null_means = "it failed", .means = "that are the same"},
    {AT(probe_clip, left_out, COUNT), .null_means = "it failed",
     .means = "of the probe besides, about the interruption or what the first picture shows"},
    {AT(probe_clip, left_recorded, COUNT), .optional = true, .null_means = "it failed",
     .means = "as recorded besides, about what the first picture shows"});

DESCRIBE(probe, "probe", "what a system was put through besides; it enters no rate",
         {AT(probe, id, WORD), .words = probe_names}, {AT(probe, state, WORD), .words = state_words},
         {AT(probe, reason, WORD), .null_means = "its alerts say it", .words = reason_words,
          .means = "why it does not apply, or “failed”: the system did on some clip"},
         {AT(probe, exact, BOOL), .means = "the alerts must be the very same"},
         {AT(probe, clips, COUNT), .means = "whose alerts are compared"},
         {AT(probe, failed, COUNT), .means = "of them, on which the system failed under the probe alone"},
         {AT(probe, recorded, COUNT), .means = "alerts on them as recorded"},
         {AT(probe, probed, COUNT), .means = "alerts under the probe"},
         {AT(probe, matched, COUNT), .means = "that are the same"},
         {AT(probe, left_out, COUNT),
          .means = "of the probe besides, about the interruption or what the first picture shows"},
         {AT(probe, left_recorded, COUNT), .optional = true,
          .means = "as recorded besides, about what the first picture shows"},
         {AT(probe, written_anew, COUNT), .optional = true,
          .means = "clips that were handed over in a file that was written anew, with the same pictures"},
         {AT(probe, moved_s, NUMBER), .unit = "s", .null_means = "none is the same",
          .means = "by how much the same ones came later, the median"},
         {AT(probe, apart_s, NUMBER), .unit = "s", .null_means = "no two of the others are there",
          .means = "of the alerts that are not the same, how far the nearest lie apart, the median"},
         {AT(probe, expected_s, NUMBER), .unit = "s",
          .null_means = "it differs from clip to clip, or there is no such time",
          .means = "by how much they should"},
         {AT(probe, tolerance_s, NUMBER), .unit = "s",
          .null_means = "none: they must be the very same, or there must be none",
          .means = "alerts no farther apart are the same"},
         {AT(probe, agreement, NUMBER), .null_means = "all must be the same, or there must be none",
          .means = "share of them that must be the same"},
         {AT(probe, hours, NUMBER), .unit = "h", .null_means = "the scene is not empty",
          .means = "length of the empty scene"},
         {AT(probe, sentence, TEXT), .means = "the figures in words"},
         {AT(probe, meaning, TEXT), .null_means = "it does not apply",
          .means = "what it means for the verdict"},
         {LIST_AT(probe, details, probe_clip)});
