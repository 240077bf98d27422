/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips, their replays, and the events and alerts on them. Members have the names of the keys;
 * fields_clip.c says of each its unit and what it means when it is not there. */
#ifndef VSAUDIT_RESULTS_RECORD_CLIP_H
#define VSAUDIT_RESULTS_RECORD_CLIP_H

#include "results/record_parts.h"

/* one of several files that make a clip */
RESULTS_RECORD(clip_file, ResultsClipFile, {
    const char *file, *sha256;
    int64_t start_us;
});

/* a stretch over which the file’s clock and t run together */
RESULTS_RECORD(clock_piece, ResultsClockPiece, { int64_t t_us, length_us, stamp_us, player_us, file; });

/* what was found on a file’s clock */
RESULTS_RECORD(clock_finding, ResultsClockFinding, {
    const char *kind;
    int64_t at_us, by_us, pictures;
});

/* all findings of one kind */
RESULTS_RECORD(finding_total, ResultsFindingTotal, { int64_t count, by_us, pictures; });
typedef RESULTS_MAP(ResultsFindingTotal) ResultsFindingTotals;

/* what a replay found of a clip’s file */
RESULTS_RECORD(quality, ResultsQuality, {
    const char *container, *codec, *pixel_format;
    int64_t width, height, rotation, frames, frames_promised, duration_us, duration_promised_us;
    ResultsBool synthetic_times, variable_rate;
    int64_t gaps, gap_us, backward_pts, duplicate_pts, corrupt_frames, decode_errors;
    ResultsBool truncated;
    ResultsSpans undecoded;
    int64_t undecoded_us;
    ResultsSpans unseen;
    int64_t unseen_us, watched_us, first_picture_us, first_stamp_us;
    RESULTS_LIST(ResultsClockPiece) clock;
    RESULTS_LIST(ResultsClockFinding) findings;
    ResultsFindingTotals finding_totals;
    ResultsBool clock_mended;
    int64_t video_streams, stream;
    const char *stream_reason, *luma_chain;
    ResultsStrings remarks;
});

/* a clip under one condition */
RESULTS_RECORD(replay, ResultsReplay, {
    const char *condition, *status, *reason;
    int64_t duration_us;
    ResultsQuality quality;
});

/* a clip and its replays */
RESULTS_RECORD(clip, ResultsClip, {
    const char *dataset, *clip, *camera, *licence, *file_sha256;
    RESULTS_LIST(ResultsClipFile) files;
    ResultsBool file_passed_over;
    const json_t *attributes;
    const char *recorded_at;
    RESULTS_LIST(ResultsReplay) conditions;
});

/* a picture of a strip */
RESULTS_RECORD(moment, ResultsMoment, {
    const char *moment;
    int64_t t_us;
    const char *picture;
});

/* a true event and what became of it */
RESULTS_RECORD(event, ResultsEvent, {
    int64_t start_us, end_us;
    const char *label, *certainty, *outcome, *reason;
    int64_t alert, latency_us;
    Box box;
    const char *track, *note, *picture;
    RESULTS_LIST(ResultsMoment) strip;
    const char *film;
});

/* what two people said of an alert */
RESULTS_RECORD(judged, ResultsJudged, { const char *first, *second, *class, *cause; });
typedef RESULTS_MAP(ResultsJudged) ResultsJudgeds;

/* an alert and what became of it */
RESULTS_RECORD(alert, ResultsAlert, {
    int64_t onset_us, decided_us, end_us;
    const char *label;
    double confidence;
    Box box;
    const char *note, *outcome, *reason;
    ResultsBool elsewhere;
    int64_t event;
    const char *class;
    ResultsJudged judged;
    const char *picture;
    RESULTS_LIST(ResultsMoment) strip;
    const char *film;
});

/* a clip as one system was judged on it */
RESULTS_RECORD(judged_clip, ResultsJudgedClip, {
    const char *clip, *dataset, *camera;
    int64_t duration_us;
    const char *status, *reason;
    ResultsBool annotated;
    int64_t scored_us;
    ResultsSpans scored_spans;
    int64_t not_annotated_us, not_decoded_us, not_seen_us, no_score_us;
    const json_t *counters;
    RESULTS_LIST(ResultsEvent) events;
    RESULTS_LIST(ResultsAlert) alerts;
});

#endif
