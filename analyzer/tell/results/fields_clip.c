/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips, their replays, and the events and alerts on them. See results/fields.h. */
#include "results/fields_internal.h"

static const char *const clock_finding_kind_words[] = {
    "pause",    "leap_forward", "leap_back",   "restart",   "stray",       "repeat", "untimed",
    "disorder", "missing",      "next_stream", "next_file", "shown_again", NULL};
static const char *const replay_status_words[] = {"done", "failed", "missing", "not_run", "pending", NULL};
static const char *const moment_moment_words[] = {"before", "at", "after", NULL};
static const char *const event_certainty_words[] = {"scored", "dont_care", NULL};
static const char *const event_outcome_words[] = {"hit", "miss", "not_scored", NULL};
static const char *const event_reason_words[] = {
    "clip_failed", "clip_missing",  "clip_not_run",   "not_decoded",
    "no_picture",  "not_annotated", "doubtful_event", NULL};
static const char *const alert_outcome_words[] = {"hit",        "duplicate", "false",
                                                  "not_scored", "unwatched", NULL};
static const char *const alert_class_words[] = {"cross_trigger", "near_miss", NULL};

DESCRIBE(clip_file, "clip file", "one of several files that make a clip", {AT(clip_file, file, STRING)},
         {AT(clip_file, sha256, STRING), .null_means = "not read"},
         {AT(clip_file, start_us, TIME), .null_means = "it follows the one before", .unit = "µs",
          .means = "where its first picture stands"});

DESCRIBE(clock_piece, "clock piece", "a stretch over which the file’s clock and t run together",
         {AT(clock_piece, t_us, TIME), .unit = "µs"}, {AT(clock_piece, length_us, TIME), .unit = "µs"},
         {AT(clock_piece, stamp_us, INTEGER), .unit = "µs", .means = "on the file’s own clock"},
         {AT(clock_piece, player_us, INTEGER), .unit = "µs", .means = "as a player shows it"},
         {AT(clock_piece, file, COUNT), .means = "which of the clip’s files"});

DESCRIBE(clock_finding, "clock finding", "what was found on a file’s clock",
         {AT(clock_finding, kind, WORD), .words = clock_finding_kind_words},
         {AT(clock_finding, at_us, TIME), .unit = "µs"}, {AT(clock_finding, by_us, INTEGER), .unit = "µs"},
         {AT(clock_finding, pictures, COUNT)});

DESCRIBE(finding_total, "finding total", "all findings of one kind", {AT(finding_total, count, COUNT)},
         {AT(finding_total, by_us, INTEGER), .unit = "µs"}, {AT(finding_total, pictures, COUNT)});

DESCRIBE(quality, "quality", "what a replay found of a clip’s file", {AT(quality, container, STRING)},
         {AT(quality, codec, STRING), .null_means = "no video"},
         {AT(quality, pixel_format, STRING), .null_means = "no picture was decoded"},
         {AT(quality, width, COUNT), .unit = "px"}, {AT(quality, height, COUNT), .unit = "px"},
         {AT(quality, rotation, INTEGER), .unit = "degrees"}, {AT(quality, frames, COUNT)},
         {AT(quality, frames_promised, COUNT), .null_means = "the file does not say"},
         {AT(quality, duration_us, TIME), .unit = "µs"},
         {AT(quality, duration_promised_us, TIME), .null_means = "the file does not say"},
         {AT(quality, synthetic_times, BOOL), .means = "the file has no times: pictures were counted"},
         {AT(quality, variable_rate, BOOL)}, {AT(quality, gaps, COUNT)},
         {AT(quality, gap_us, TIME), .unit = "µs"}, {AT(quality, backward_pts, COUNT)},
         {AT(quality, duplicate_pts, COUNT)}, {AT(quality, corrupt_frames, COUNT)},
         {AT(quality, decode_errors, COUNT)}, {AT(quality, truncated, BOOL)}, {AT(quality, undecoded, SPANS)},
         {AT(quality, undecoded_us, TIME), .unit = "µs"},
         {AT(quality, luma_chain, STRING), .null_means = "no picture was decoded",
          .means = "hash chain over the decoded luma"},
         {AT(quality, remarks, STRINGS)},
         {AT(quality, unseen, SPANS), .means = "no picture vouches for them"},
         {AT(quality, unseen_us, TIME), .unit = "µs"},
         {AT(quality, watched_us, TIME), .unit = "µs", .means = "what pictures vouch for"},
         {AT(quality, first_picture_us, INTEGER), .null_means = "unknown"},
         {AT(quality, first_stamp_us, INTEGER), .null_means = "the file has no clock"},
         {LIST_AT(quality, clock, clock_piece)},
         {LIST_AT(quality, findings, clock_finding), .means = "the first hundred"},
         {MAP_AT(quality, finding_totals, finding_total)}, {AT(quality, clock_mended, BOOL)},
         {AT(quality, video_streams, COUNT)}, {AT(quality, stream, COUNT), .means = "which was read, from 0"},
         {AT(quality, stream_reason, STRING), .null_means = "there is one"});

DESCRIBE(replay, "replay", "a clip under one condition", {AT(replay, condition, STRING)},
         {AT(replay, status, WORD), .words = replay_status_words},
         {AT(replay, reason, STRING), .null_means = "it was replayed"},
         {AT(replay, duration_us, TIME), .null_means = "it was not replayed"},
         {RECORD_AT(replay, quality, quality), .null_means = "it was not replayed"});

DESCRIBE(clip, "clip", "a clip and its replays", {AT(clip, dataset, STRING)}, {AT(clip, clip, STRING)},
         {AT(clip, camera, STRING)}, {AT(clip, licence, STRING), .null_means = "not stated"},
         {AT(clip, file_sha256, STRING), .null_means = "not read"}, {AT(clip, attributes, MAP)},
         {LIST_AT(clip, conditions, replay)},
         {AT(clip, file_passed_over, BOOL), .optional = true,
          .means = "the file beside the manifest had another hash"},
         {AT(clip, recorded_at, STRING), .optional = true,
          .means = "ISO 8601, the first picture by the camera’s clock"},
         {LIST_AT(clip, files, clip_file), .optional = true});

DESCRIBE(moment, "moment", "a picture of a strip", {AT(moment, moment, WORD), .words = moment_moment_words},
         {AT(moment, t_us, TIME), .unit = "µs"}, {AT(moment, picture, STRING)});

DESCRIBE(event, "event", "a true event and what became of it", {AT(event, start_us, TIME), .unit = "µs"},
         {AT(event, end_us, TIME), .unit = "µs"}, {AT(event, label, STRING), .optional = true},
         {AT(event, certainty, WORD), .words = event_certainty_words},
         {AT(event, outcome, WORD), .words = event_outcome_words},
         {AT(event, reason, WORD), .optional = true, .words = event_reason_words},
         {AT(event, alert, COUNT), .optional = true, .null_means = "no alert found it",
          .means = "index into alerts"},
         {AT(event, latency_us, INTEGER), .optional = true, .null_means = "no alert found it"},
         {AT(event, box, BOX), .optional = true}, {AT(event, track, STRING), .optional = true},
         {AT(event, note, STRING), .optional = true}, {AT(event, picture, STRING), .optional = true},
         {LIST_AT(event, strip, moment), .optional = true}, {AT(event, film, STRING), .optional = true});

DESCRIBE(judged, "judged", "what two people said of an alert", {AT(judged, first, STRING)},
         {AT(judged, second, STRING)}, {AT(judged, class, STRING), .null_means = "they disagree"},
         {AT(judged, cause, STRING), .null_means = "not stated"});

DESCRIBE(alert, "alert", "an alert and what became of it", {AT(alert, onset_us, INTEGER), .unit = "µs"},
         {AT(alert, decided_us, INTEGER), .unit = "µs"},
         {AT(alert, end_us, INTEGER), .optional = true, .unit = "µs"},
         {AT(alert, label, STRING), .optional = true},
         {AT(alert, confidence, NUMBER), .optional = true, .unit = "share"},
         {AT(alert, box, BOX), .optional = true}, {AT(alert, outcome, WORD), .words = alert_outcome_words},
         {AT(alert, reason, WORD), .optional = true, .words = event_reason_words},
         {AT(alert, event, COUNT), .optional = true, .null_means = "it belongs to no event",
          .means = "index into events"},
         {AT(alert, elsewhere, BOOL), .optional = true,
          .means = "a hit whose box lies apart from the event’s"},
         {AT(alert, note, STRING), .optional = true},
         {AT(alert, class, WORD), .optional = true, .words = alert_class_words, .means = "of a false alert"},
         {RECORD_AT(alert, judged, judged), .optional = true}, {AT(alert, picture, STRING), .optional = true},
         {LIST_AT(alert, strip, moment), .optional = true}, {AT(alert, film, STRING), .optional = true});

DESCRIBE(judged_clip, "judged clip", "a clip as one system was judged on it", {AT(judged_clip, clip, STRING)},
         {AT(judged_clip, dataset, STRING)}, {AT(judged_clip, camera, STRING)},
         {AT(judged_clip, duration_us, TIME), .null_means = "unknown"},
         {AT(judged_clip, status, WORD), .words = replay_status_words},
         {AT(judged_clip, reason, STRING), .null_means = "it was judged"}, {AT(judged_clip, annotated, BOOL)},
         {AT(judged_clip, scored_us, TIME), .unit = "µs"},
         {AT(judged_clip, not_annotated_us, TIME), .unit = "µs"},
         {AT(judged_clip, not_decoded_us, TIME), .unit = "µs"},
         {AT(judged_clip, not_seen_us, TIME), .unit = "µs"},
         {AT(judged_clip, no_score_us, TIME), .unit = "µs"}, {AT(judged_clip, counters, MAP)},
         {LIST_AT(judged_clip, events, event), .streamed = true},
         {LIST_AT(judged_clip, alerts, alert), .streamed = true}, {AT(judged_clip, scored_spans, SPANS)});
