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

static const ResultField clip_file_fields[] = {
    {.key = "file", .kind = RESULT_STRING},
    {.key = "sha256", .kind = RESULT_STRING, .null_means = "not read"},
    {.key = "start_us",
     .kind = RESULT_TIME,
     .null_means = "it follows the one before unit=µs",
     .means = "where its first picture stands"},
    RESULT_END};
const ResultRecord result_clip_file = {"clip file", "one of several files that make a clip",
                                       clip_file_fields};

static const ResultField clock_piece_fields[] = {
    {.key = "t_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "length_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "stamp_us", .kind = RESULT_INTEGER, .unit = "µs", .means = "on the file’s own clock"},
    {.key = "player_us", .kind = RESULT_INTEGER, .unit = "µs", .means = "as a player shows it"},
    {.key = "file", .kind = RESULT_COUNT, .means = "which of the clip’s files"},
    RESULT_END};
const ResultRecord result_clock_piece = {
    "clock piece", "a stretch over which the file’s clock and t run together", clock_piece_fields};

static const ResultField clock_finding_fields[] = {
    {.key = "kind", .kind = RESULT_WORD, .words = clock_finding_kind_words},
    {.key = "at_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "by_us", .kind = RESULT_INTEGER, .unit = "µs"},
    {.key = "pictures", .kind = RESULT_COUNT},
    RESULT_END};
const ResultRecord result_clock_finding = {"clock finding", "what was found on a file’s clock",
                                           clock_finding_fields};

static const ResultField finding_total_fields[] = {{.key = "count", .kind = RESULT_COUNT},
                                                   {.key = "by_us", .kind = RESULT_INTEGER, .unit = "µs"},
                                                   {.key = "pictures", .kind = RESULT_COUNT},
                                                   RESULT_END};
const ResultRecord result_finding_total = {"finding total", "all findings of one kind", finding_total_fields};

static const ResultField quality_fields[] = {
    {.key = "container", .kind = RESULT_STRING},
    {.key = "codec", .kind = RESULT_STRING, .null_means = "no video"},
    {.key = "pixel_format", .kind = RESULT_STRING, .null_means = "no picture was decoded"},
    {.key = "width", .kind = RESULT_COUNT, .unit = "px"},
    {.key = "height", .kind = RESULT_COUNT, .unit = "px"},
    {.key = "rotation", .kind = RESULT_INTEGER, .unit = "degrees"},
    {.key = "frames", .kind = RESULT_COUNT},
    {.key = "frames_promised", .kind = RESULT_COUNT, .null_means = "the file does not say"},
    {.key = "duration_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "duration_promised_us", .kind = RESULT_TIME, .null_means = "the file does not say"},
    {.key = "synthetic_times", .kind = RESULT_BOOL, .means = "the file has no times: pictures were counted"},
    {.key = "variable_rate", .kind = RESULT_BOOL},
    {.key = "gaps", .kind = RESULT_COUNT},
    {.key = "gap_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "backward_pts", .kind = RESULT_COUNT},
    {.key = "duplicate_pts", .kind = RESULT_COUNT},
    {.key = "corrupt_frames", .kind = RESULT_COUNT},
    {.key = "decode_errors", .kind = RESULT_COUNT},
    {.key = "truncated", .kind = RESULT_BOOL},
    {.key = "undecoded", .kind = RESULT_SPANS},
    {.key = "undecoded_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "unseen", .kind = RESULT_SPANS, .means = "no picture vouches for them"},
    {.key = "unseen_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "watched_us", .kind = RESULT_TIME, .unit = "µs", .means = "what pictures vouch for"},
    {.key = "first_picture_us", .kind = RESULT_INTEGER, .null_means = "unknown"},
    {.key = "first_stamp_us", .kind = RESULT_INTEGER, .null_means = "the file has no clock"},
    {.key = "clock", .kind = RESULT_LIST, .of = &result_clock_piece},
    {.key = "findings", .kind = RESULT_LIST, .of = &result_clock_finding, .means = "the first hundred"},
    {.key = "finding_totals", .kind = RESULT_MAP, .of = &result_finding_total},
    {.key = "clock_mended", .kind = RESULT_BOOL},
    {.key = "video_streams", .kind = RESULT_COUNT},
    {.key = "stream", .kind = RESULT_COUNT, .means = "which was read, from 0"},
    {.key = "stream_reason", .kind = RESULT_STRING, .null_means = "there is one"},
    {.key = "luma_chain",
     .kind = RESULT_STRING,
     .null_means = "no picture was decoded",
     .means = "hash chain over the decoded luma"},
    {.key = "remarks", .kind = RESULT_STRINGS},
    RESULT_END};
const ResultRecord result_quality = {"quality", "what a replay found of a clip’s file", quality_fields};

static const ResultField replay_fields[] = {
    {.key = "condition", .kind = RESULT_STRING},
    {.key = "status", .kind = RESULT_WORD, .words = replay_status_words},
    {.key = "reason", .kind = RESULT_STRING, .null_means = "it was replayed"},
    {.key = "duration_us", .kind = RESULT_TIME, .null_means = "it was not replayed"},
    {.key = "quality", .kind = RESULT_RECORD, .of = &result_quality, .null_means = "it was not replayed"},
    RESULT_END};
const ResultRecord result_replay = {"replay", "a clip under one condition", replay_fields};

static const ResultField clip_fields[] = {
    {.key = "dataset", .kind = RESULT_STRING},
    {.key = "clip", .kind = RESULT_STRING},
    {.key = "camera", .kind = RESULT_STRING},
    {.key = "licence", .kind = RESULT_STRING, .null_means = "not stated"},
    {.key = "file_sha256", .kind = RESULT_STRING, .optional = true, .null_means = "not read"},
    {.key = "files", .kind = RESULT_LIST, .of = &result_clip_file, .optional = true},
    {.key = "file_passed_over",
     .kind = RESULT_BOOL,
     .optional = true,
     .means = "the file beside the manifest had another hash"},
    {.key = "attributes", .kind = RESULT_MAP},
    {.key = "recorded_at",
     .kind = RESULT_STRING,
     .optional = true,
     .means = "ISO 8601, the first picture by the camera’s clock"},
    {.key = "conditions", .kind = RESULT_LIST, .of = &result_replay},
    RESULT_END};
const ResultRecord result_clip = {"clip", "a clip and its replays", clip_fields};

static const ResultField moment_fields[] = {
    {.key = "moment", .kind = RESULT_WORD, .words = moment_moment_words},
    {.key = "t_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "picture", .kind = RESULT_STRING},
    RESULT_END};
const ResultRecord result_moment = {"moment", "a picture of a strip", moment_fields};

static const ResultField event_fields[] = {
    {.key = "start_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "end_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "label", .kind = RESULT_STRING, .optional = true},
    {.key = "certainty", .kind = RESULT_WORD, .words = event_certainty_words},
    {.key = "outcome", .kind = RESULT_WORD, .words = event_outcome_words},
    {.key = "reason", .kind = RESULT_WORD, .optional = true, .words = event_reason_words},
    {.key = "alert",
     .kind = RESULT_COUNT,
     .optional = true,
     .null_means = "no alert found it",
     .means = "index into alerts"},
    {.key = "latency_us", .kind = RESULT_INTEGER, .optional = true, .null_means = "no alert found it"},
    {.key = "box", .kind = RESULT_BOX, .optional = true},
    {.key = "track", .kind = RESULT_STRING, .optional = true},
    {.key = "note", .kind = RESULT_STRING, .optional = true},
    {.key = "picture", .kind = RESULT_STRING, .optional = true},
    {.key = "strip", .kind = RESULT_LIST, .of = &result_moment, .optional = true},
    {.key = "film", .kind = RESULT_STRING, .optional = true},
    RESULT_END};
const ResultRecord result_event = {"event", "a true event and what became of it", event_fields};

static const ResultField judged_fields[] = {
    {.key = "first", .kind = RESULT_STRING},
    {.key = "second", .kind = RESULT_STRING},
    {.key = "class", .kind = RESULT_STRING, .null_means = "they disagree"},
    {.key = "cause", .kind = RESULT_STRING, .null_means = "not stated"},
    RESULT_END};
const ResultRecord result_judged = {"judged", "what two people said of an alert", judged_fields};

static const ResultField alert_fields[] = {
    {.key = "onset_us", .kind = RESULT_INTEGER, .unit = "µs"},
    {.key = "decided_us", .kind = RESULT_INTEGER, .unit = "µs"},
    {.key = "end_us", .kind = RESULT_INTEGER, .optional = true, .unit = "µs"},
    {.key = "label", .kind = RESULT_STRING, .optional = true},
    {.key = "confidence", .kind = RESULT_NUMBER, .optional = true, .unit = "share"},
    {.key = "box", .kind = RESULT_BOX, .optional = true},
    {.key = "note", .kind = RESULT_STRING, .optional = true},
    {.key = "outcome", .kind = RESULT_WORD, .words = alert_outcome_words},
    {.key = "reason", .kind = RESULT_WORD, .optional = true, .words = event_reason_words},
    {.key = "elsewhere",
     .kind = RESULT_BOOL,
     .optional = true,
     .means = "a hit whose box lies apart from the event’s"},
    {.key = "event",
     .kind = RESULT_COUNT,
     .optional = true,
     .null_means = "it belongs to no event",
     .means = "index into events"},
    {.key = "class",
     .kind = RESULT_WORD,
     .optional = true,
     .words = alert_class_words,
     .means = "of a false alert"},
    {.key = "judged", .kind = RESULT_RECORD, .of = &result_judged, .optional = true},
    {.key = "picture", .kind = RESULT_STRING, .optional = true},
    {.key = "strip", .kind = RESULT_LIST, .of = &result_moment, .optional = true},
    {.key = "film", .kind = RESULT_STRING, .optional = true},
    RESULT_END};
const ResultRecord result_alert = {"alert", "an alert and what became of it", alert_fields};

static const ResultField judged_clip_fields[] = {
    {.key = "clip", .kind = RESULT_STRING},
    {.key = "dataset", .kind = RESULT_STRING},
    {.key = "camera", .kind = RESULT_STRING},
    {.key = "duration_us", .kind = RESULT_TIME, .null_means = "unknown"},
    {.key = "status", .kind = RESULT_WORD, .words = replay_status_words},
    {.key = "reason", .kind = RESULT_STRING, .null_means = "it was judged"},
    {.key = "annotated", .kind = RESULT_BOOL},
    {.key = "scored_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "scored_spans", .kind = RESULT_SPANS},
    {.key = "not_annotated_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "not_decoded_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "not_seen_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "no_score_us", .kind = RESULT_TIME, .unit = "µs"},
    {.key = "counters", .kind = RESULT_MAP},
    {.key = "events", .kind = RESULT_LIST, .of = &result_event},
    {.key = "alerts", .kind = RESULT_LIST, .of = &result_alert},
    RESULT_END};
const ResultRecord result_judged_clip = {"judged clip", "a clip as one system was judged on it",
                                         judged_clip_fields};
