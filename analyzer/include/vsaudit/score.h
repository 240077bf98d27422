/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libvsaudit: events and alerts in, matches, counts and rates with intervals out.
 *
 *     vsaudit_scoring_new -> vsaudit_scoring_add_clip (for each clip) -> vsaudit_scoring_score -> ask the
 * score
 *
 * All clips of a scoring are of one behaviour, one system and one condition: what `vsaudit score` calls an
 * evaluation. The numbers are those of `vsaudit score` for the same data: the same code reckons them. What
 * that command does around it is left to the caller: alerts are taken as they are (rows that repeat another
 * are not collapsed, a shifted clock is not looked for), and no claim is judged.
 *
 * Protocols (vsaudit_protocol_id): eval-1 and eval-2 are vsaudit's own, in words in `vsaudit list protocols`.
 * The others are the field's; they judge what eval-2, with its frozen defaults, scores: certain events, and
 * alerts in the scored time of clips that have any. Their alerts without an end are taken to last until they
 * were decided, one second at least, and weigh 1 where one has no confidence. */
#ifndef VSAUDIT_VSAUDIT_SCORE_H
#define VSAUDIT_VSAUDIT_SCORE_H

#include <vsaudit/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct VsauditScoring VsauditScoring; /* a protocol with its options, and the clips so far */
typedef struct VsauditScore VsauditScore;     /* what came of it; never changes */

/* `protocol` NULL: eval-2. `options` may be NULL when there are none. *scoring is the caller's, to be freed;
 * NULL on failure. */
VSAUDIT_API VsauditStatus vsaudit_scoring_new(const char *protocol, const VsauditOption *options,
                                              size_t option_count, VsauditScoring **scoring,
                                              VsauditError *error);
VSAUDIT_API void vsaudit_scoring_free(VsauditScoring *scoring);

/* One clip of one camera. */
typedef struct {
    const char *id;              /* stands in messages; NULL: its number does */
    const char *camera;          /* clips of one camera are one cluster; NULL: a cluster of its own */
    int64_t duration_us;         /* > 0; of a failed clip it may be VSAUDIT_TIME_UNKNOWN */
    uint64_t flags;              /* VSAUDIT_CLIP_… */
    const VsauditSpan *coverage; /* what somebody watched for events; any order, may overlap. NULL: the whole
                                    clip. Not NULL with coverage_count 0: nothing of it */
    size_t coverage_count;
    const VsauditSpan *undecoded; /* what no sound picture vouches for; NULL: nothing */
    size_t undecoded_count;
    const VsauditEvent *events; /* in any order; NULL: none */
    size_t event_count;
    size_t event_size;          /* sizeof(VsauditEvent); read when event_count > 0 */
    const VsauditAlert *alerts; /* in any order; NULL: none */
    size_t alert_count;
    size_t alert_size; /* sizeof(VsauditAlert); read when alert_count > 0 */
    int64_t passages;  /* people that passed, 0 to 10^9: the denominator of
                          false_alerts_per_passage; VSAUDIT_NOT_COUNTED */
} VsauditClip;

#define VSAUDIT_CLIP_FAILED                                                         \
    UINT64_C(1) /* could not be judged: counts on neither side; the worst case says \
                   what that could hide */
#define VSAUDIT_CLIP_CLOCK_MENDED UINT64_C(2) /* its clock had to be put right; counted, nothing else */

/* No id, camera, events or alerts, all of it watched and decoded, passages not counted; duration_us must be
 * set. */
VSAUDIT_API VsauditStatus vsaudit_clip_init(VsauditClip *clip, size_t size, VsauditError *error);

/* Copies the clip. Its number, from 0, is the count of those before. Durations may sum up to 10^18 µs. */
VSAUDIT_API VsauditStatus vsaudit_scoring_add_clip(VsauditScoring *scoring, const VsauditClip *clip,
                                                   size_t size, VsauditError *error);

/* Scores the clips so far, of which there must be one at least; more may be added afterwards, and scored
 * again. *score is the caller's, to be freed, and outlives the scoring; NULL on failure. */
VSAUDIT_API VsauditStatus vsaudit_scoring_score(const VsauditScoring *scoring, VsauditScore **score,
                                                VsauditError *error);
VSAUDIT_API void vsaudit_score_free(VsauditScore *score);

/* ---- counts */

typedef enum { VSAUDIT_COUNTS_EVENTS = 0, VSAUDIT_COUNTS_SEGMENTS = 1 } VsauditCountUnit;

/* Each is 0 or more, or VSAUDIT_NOT_COUNTED where the protocol knows no such thing. By eval-1 and eval-2
 * events = hits + misses, alerts = hits + false_strict, false_strict = false_lenient + duplicates. */
typedef struct {
    int64_t unit;          /* of the next six: a VsauditCountUnit; segments by the protocol "segment" alone */
    int64_t events;        /* that were to be found */
    int64_t hits;          /* of them found */
    int64_t misses;        /* of them not found */
    int64_t alerts;        /* that were judged */
    int64_t false_strict;  /* false; by eval-1 and eval-2 duplicates too: the primary figure */
    int64_t ignored;       /* by ilids: alarms on no side */
    int64_t false_lenient; /* false without duplicates */
    int64_t duplicates;    /* further alerts in reach of an event that has its hit */
    int64_t alerts_not_scored; /* in the time of doubtful events and of those begun in unwatched time; of
                                  failed clips */
    int64_t alerts_unwatched;  /* onset in time that nobody watched or that was not decoded */
    int64_t events_not_scored; /* doubtful, begun in unwatched time, or of failed clips */
    int64_t hits_with_boxes;   /* hits where event and alert have a box; eval-2 */
    int64_t hits_elsewhere;    /* of them those whose boxes have no point in common; eval-2 */
    int64_t ends_assumed;      /* alerts without an end whose length was assumed; the field's protocols */
    int64_t passages;          /* on the clips that did not fail; not counted unless given for each */
    int64_t clips, cameras;    /* with scored time */
    int64_t failed_clips;
    int64_t mended_clips;     /* of `clips`, those whose clock was put right */
    int64_t scored_us;        /* the time that counts; / 3.6e9 it is the camera-hours of the rates */
    int64_t no_score_us;      /* watched, but around events that are not scored */
    int64_t not_decoded_us;   /* covered, but not decoded */
    int64_t not_annotated_us; /* of the clips' length, outside of the coverage */
} VsauditCounts;

VSAUDIT_API VsauditStatus vsaudit_score_counts(const VsauditScore *score, VsauditCounts *counts, size_t size,
                                               VsauditError *error);

/* ---- figures */

/* A number that is never alone. */
typedef struct {
    const char *name;   /* below */
    const char *unit;   /* what the denominator counts: "camera_hour", "camera_day", "event", "alert", "clip",
                           "window", "passage"; of a time "s" or "h"; else "" */
    double value;       /* NaN when it is not defined */
    const char *reason; /* why it is not defined, below; NULL when it is */
    int64_t numerator;  /* of a rate; VSAUDIT_NOT_COUNTED for other figures */
    double denominator; /* of a rate, in its unit; NaN for other figures */
    double low, high;   /* two-sided interval; NaN where the figure has none or is not defined. `high` may be
                           infinite */
    double level;       /* of the interval, 0.95 unless the option "level" says otherwise; NaN without one */
    const char *method; /* "garwood", "clopper-pearson", "cluster-bootstrap"; NULL without an interval */
} VsauditFigure;

/* Figures by number from 0; VSAUDIT_NOT_FOUND after the last. By eval-1 and eval-2 always these, with the
 * source of each:
 *
 *   false_alerts_per_camera_hour
 *       false_strict / camera-hours. Interval: Garwood, Biometrika 28 (1936) 437-442: the quantiles
 *       alpha/2 of chi-square with 2k degrees and 1 - alpha/2 of that with 2k + 2, halved, over the hours
 *   false_alerts_per_camera_hour_lenient
 *       the same of false_lenient
 *   false_alerts_per_camera_hour_by_camera
 *       the first, with the percentile interval of 2000 resamples of whole cameras, seed 20230412 (Efron
 *       and Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13): alerts of one camera need not be
 *       independent. Needs five cameras (too_few_clusters), and resamples that differ (no_spread)
 *   false_alerts_per_camera_day
 *       24 times the first
 *   false_alerts_per_passage
 *       false_strict / passages; Garwood
 *   p_miss
 *       misses / events. Interval: Clopper and Pearson, Biometrika 26 (1934) 404-413
 *   precision
 *       hits / alerts; Clopper-Pearson
 *   clips_alarmed
 *       clips without a scored event that have a false alert / all such; Clopper-Pearson
 *   windows_alarmed
 *       windows of the grid (option "window") without event in which an alert begins / all such; likewise
 *   overdispersion
 *       Pearson's chi-square of false_strict by camera / (cameras - 1): above 1 the first interval is too
 *       narrow
 *   latency_median_s, latency_p90_s
 *       decided_us - start_us over the hits; quantiles of type 7 (Hyndman and Fan, The American
 *       Statistician 50 (1996) 361-365); may be negative
 *   p_miss_half, false_alerts_per_camera_hour_half, p_miss_double, false_alerts_per_camera_hour_double
 *       with "pre" and "post" halved, doubled; the same events and hours
 *   p_miss_if_all_missed, p_miss_high, failed_camera_hours
 *       what failed clips could hide: p_miss if all their events were missed, the upper end of its
 *       Clopper-Pearson interval at "level", and their annotated hours
 *
 * By the field's protocols: what they report, by the names of results.json ("f", "ndcr", "n_audc_t_fa" …),
 * without intervals; none where no camera time was scored, fewer where alerts lack a confidence.
 *
 * Reasons: no_exposure (no camera time was scored), no_event, no_alert, no_hit, no_event_free_clip,
 * no_event_free_window, no_passage (none passed), not_counted (passages, on some clip), too_few_clusters
 * (cameras: fewer than five, for overdispersion fewer than two), no_spread, no_false_alert, no_failed_clip,
 * unknown_length (of a failed clip), not_defined (by the field's protocols: a denominator is zero). */
VSAUDIT_API VsauditStatus vsaudit_score_figure(const VsauditScore *score, size_t index, VsauditFigure *figure,
                                               size_t size, VsauditError *error);
VSAUDIT_API VsauditStatus vsaudit_score_figure_named(const VsauditScore *score, const char *name,
                                                     VsauditFigure *figure, size_t size, VsauditError *error);

/* ---- matches: eval-1 and eval-2 alone; VSAUDIT_NOT_FOUND by other protocols */

typedef enum {
    VSAUDIT_ALERT_HIT = 0,
    VSAUDIT_ALERT_DUPLICATE = 1,
    VSAUDIT_ALERT_FALSE = 2,
    VSAUDIT_ALERT_NOT_SCORED = 3,
    VSAUDIT_ALERT_UNWATCHED = 4 /* eval-2 */
} VsauditAlertOutcome;
typedef enum {
    VSAUDIT_EVENT_HIT = 0,
    VSAUDIT_EVENT_MISS = 1,
    VSAUDIT_EVENT_NOT_SCORED = 2
} VsauditEventOutcome;

typedef struct {
    int64_t outcome;   /* a VsauditAlertOutcome */
    int64_t event;     /* of a hit its event, of a duplicate the nearest scored event in reach: numbers in the
                          clip's array, from 0; -1: none */
    int64_t elsewhere; /* 1: a hit whose box has no point in common with the event's; 0 */
} VsauditAlertResult;

typedef struct {
    int64_t outcome;    /* a VsauditEventOutcome */
    int64_t alert;      /* of a hit its alert, from 0; -1: none */
    int64_t latency_us; /* decided_us - start_us of a hit, may be negative; VSAUDIT_TIME_UNKNOWN otherwise */
} VsauditEventResult;

/* Clips, alerts and events by their numbers as they were given. VSAUDIT_NOT_FOUND beyond the last. */
VSAUDIT_API VsauditStatus vsaudit_score_alert(const VsauditScore *score, size_t clip, size_t alert,
                                              VsauditAlertResult *result, size_t size, VsauditError *error);
VSAUDIT_API VsauditStatus vsaudit_score_event(const VsauditScore *score, size_t clip, size_t event,
                                              VsauditEventResult *result, size_t size, VsauditError *error);

#ifdef __cplusplus
}
#endif
#endif
