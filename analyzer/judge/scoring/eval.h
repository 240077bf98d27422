/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Protocols eval-1 and eval-2: what one system made of one scenario under one condition. One kernel; where
 * the two differ is the table EvalRules.
 *
 * The rules of both:
 *  - The watched time is (annotated coverage) and (decoded time). The base time is the watched time without
 *    the spans of don't-care events.
 *  - An event is scored when it is certain and its start lies in the base time; so one that begins in the
 *    time around a doubtful event is scored, one that begins within it is not. Any other event, don't-care
 *    or begun outside, is not scored: its window [start - pre, end + post] leaves the scored time.
 *  - The scored time is what then remains of the base time. Only it counts as camera-hours.
 *  - Alerts are matched with scored events one to one by their onset (scoring/matching.h); a matched alert is
 *    a hit, its event is found.
 *  - An alert without a match whose onset is outside the scored time is not scored: it leaves both sides.
 *  - Otherwise it is a duplicate when it lies in the window of a scored event (that event then has its hit);
 *    else it is false. Duplicates count as false in the strict figures, which are the primary ones, and as
 *    nothing in the lenient ones.
 *  - Latency is decided - start over the hits; it may be negative. Misses are censored and counted.
 *  - A clip that failed counts on no side; the worst case says what that could hide.
 *  - Sensitivity repeats the matching with pre and post halved and doubled on the same scored time. */
#ifndef VSAUDIT_SCORING_EVAL_H
#define VSAUDIT_SCORING_EVAL_H

#include "language/phrase.h"
#include "records/count.h"
#include "records/event.h"
#include "records/option.h"
#include "records/span.h"
#include "scoring/protocol.h"
#include "scoring/rate.h"

/* What a protocol does differently from eval-1, where every member is false. */
typedef struct EvalRules {
    /* An alert whose onset lies in unwatched time is never matched: its outcome is ALERT_UNWATCHED. Else it
     * may be a hit, and is "not scored" if it is none. */
    bool unwatched_apart;
    /* Of as many matches those that use the fewest alerts outside the scored time. So the number of false
     * alerts depends on nothing but which alerts there are. */
    bool scored_time_first;
    /* Equals are told apart by what they say, not by their rows. */
    bool ordered_by_content;
    /* Pairs whose boxes lie apart come last, or not at all (EvalSettings.boxes), and are counted. */
    bool looks_at_boxes;
    /* The curve matches anew at every threshold (scoring/curve.h). */
    bool curve_matches_anew;
} EvalRules;

typedef enum { EVAL_BOXES_TELL, EVAL_BOXES_REQUIRE } EvalBoxes;

extern const EvalRules eval_rules_1, eval_rules_2;

typedef struct {
    int64_t pre_us;         /* default 2 s */
    int64_t post_us;        /* default 10 s */
    int64_t window_us;      /* length of the windows of windows_alarmed, default 10 s */
    double level;           /* of the two-sided intervals, default 0.95 */
    double unwatched;       /* share of a log's alerts in unwatched time above which it bears no claim,
                               default 0.05; eval-1 has no such parameter and the same value */
    int boxes;              /* EvalBoxes; of eval-2, default EVAL_BOXES_TELL */
    const EvalRules *rules; /* of the protocol; never NULL */
} EvalSettings;

extern const OptionRow eval1_options[], eval2_options[]; /* of EvalSettings */
extern const Protocol protocol_eval1, protocol_eval2;

/* The settings of one of these protocols, with the parameters given (NULL: none). False with an INPUT error
 * that begins with "protocol_params". */
bool eval_settings_load(const Protocol *protocol, const ParamList *params, EvalSettings *settings,
                        GError **error);

typedef struct {
    const char *id;              /* for nothing but error messages of callers; may be NULL */
    const char *camera;          /* cluster; NULL: the clip is a cluster of its own */
    bool camera_unnamed;         /* nobody said which camera it is: `camera` is none, or stands for none */
    bool failed;                 /* the job failed or did not run: alerts are ignored */
    bool clock_mended;           /* its file's clock had to be put right (records/clock.h) */
    int64_t duration_us;         /* TIME_UNKNOWN when a failed clip's is not known */
    const SpanList *coverage;    /* annotated spans, half open; NULL: the whole clip */
    const SpanList *undecoded;   /* no sound picture vouches for it; NULL: all was decoded and seen */
    const GPtrArray *events;     /* of const Event *, of this behaviour, any order; NULL: none */
    const GPtrArray *alerts;     /* of const Alert *, of this behaviour, any order; NULL: none */
    int64_t passages;            /* by the system's own count, over the whole clip; -1: not counted */
    const GArray *true_passages; /* of CountSpan, by the truth: they come before the system's own count. A
                                    span counts by its share of the scored time, rounded down; NULL: none */
} EvalClip;

/* ALERT_UNWATCHED: of eval-2 alone. There ALERT_NOT_SCORED is left to alerts in the time of events that are
 * not scored, and to those of a failed clip. */
typedef enum {
    ALERT_HIT,
    ALERT_DUPLICATE,
    ALERT_FALSE,
    ALERT_NOT_SCORED,
    ALERT_UNWATCHED,
    ALERT_OUTCOMES
} AlertOutcome;
typedef enum { EVENT_HIT, EVENT_MISS, EVENT_NOT_SCORED } EventOutcome;

typedef struct {
    AlertOutcome outcome;
    int64_t event;  /* index of the matched event; of the nearest scored event in reach for a duplicate; -1 */
    bool elsewhere; /* a hit whose box lies apart from its event's; false where the protocol does not look */
} AlertResult;

typedef struct {
    EventOutcome outcome;
    int64_t alert;      /* index; -1 */
    int64_t latency_us; /* decided - start; TIME_UNKNOWN unless a hit */
} EventResult;

/* Counts with pre and post times 0.5 (first) and 2 (second). */
typedef struct {
    int64_t hits, misses, false_strict;
} EvalVariation;

typedef struct {
    AlertResult *alerts; /* as many as the clip's alerts, in its order */
    EventResult *events;
    size_t alert_count, event_count;
    SpanList watched;         /* annotated and decoded; empty for a failed clip */
    SpanList scored;          /* of it; empty for a failed clip */
    int64_t scored_us;        /* its total */
    int64_t not_annotated_us; /* of the duration, outside the coverage */
    int64_t not_decoded_us;   /* of the coverage, not decoded */
    int64_t no_score_us;      /* of the covered and decoded time, in windows of events that are not scored */
    int64_t windows, windows_alarmed; /* event-free windows that lie wholly in the scored time */
    int64_t hits, misses, false_alerts, duplicates, alerts_not_scored, events_not_scored;
    int64_t alerts_unwatched; /* onset in unwatched time, by any protocol and whatever their outcome; 0 for a
                                 failed clip */
    int64_t hits_with_boxes;  /* hits where both have a box */
    int64_t hits_elsewhere;   /* of them, those whose boxes lie apart */
    EvalVariation variations[2];
} EvalClipResult;

typedef struct {
    double factor;                       /* 0.5 or 2 */
    int64_t hits, misses, false_strict;  /* counts */
    double false_alerts_per_camera_hour; /* NAN without exposure */
    double p_miss;                       /* NAN without event */
} EvalSensitivity;

/* All figures of one set of clips: the whole, or a stratum of it. */
typedef struct {
    /* exposure */
    int64_t camera_us, no_score_us, not_decoded_us, not_annotated_us;
    double camera_hours;
    int64_t clips, cameras; /* with scored time */
    int64_t mended_clips;   /* of the clips, those whose clock had to be put right */
    int64_t failed_clips;
    /* counts; events = hits + misses, alerts = hits + false_alerts + duplicates */
    int64_t events, hits, misses, alerts, false_strict, false_lenient, duplicates, not_scored;
    int64_t events_not_scored;
    int64_t alerts_unwatched; /* as in the clips: by eval-2 beside all others, by eval-1 among them */
    int64_t hits_with_boxes, hits_elsewhere; /* -1: the protocol does not look at boxes */
    int64_t passages;                        /* -1: not counted on every clip */
    bool passages_own;                       /* at least one clip's by the system's own count */
    /* rates; strict unless named otherwise */
    Rate false_alerts_per_camera_hour, false_alerts_per_camera_hour_lenient;
    Rate p_miss, precision;
    Rate clips_alarmed;   /* event-free clips with a false alert */
    Rate windows_alarmed; /* event-free windows with an alert */
    Rate false_alerts_per_passage;
    double per_day; /* false alerts per camera-day; NAN */
    Interval per_day_interval;
    /* latency over hits, seconds; NAN without a hit */
    int64_t latency_count, latency_censored;
    double latency_median_s, latency_p90_s;
    UndefinedReason latency_reason;
    /* clusters = cameras: the interval that does not treat alerts of a camera as independent */
    Overdispersion overdispersion;
    ClusterBootstrap bootstrap;
    EvalSensitivity sensitivity[2];
    /* what failed clips could hide; zero failed_clips: all NAN or 0 */
    double failed_camera_hours;  /* annotated hours of failed clips; NAN when a duration is not known */
    int64_t failed_events;       /* certain events on failed clips */
    int64_t failed_alerts;       /* alerts raised there, which are not scored */
    double p_miss_if_all_missed; /* misses if the failed clips' events were all missed; NAN without event */
    double p_miss_if_all_hit;
    double p_miss_high;        /* upper end of the exact interval when all were missed */
    double false_rate_if_none; /* false alerts per camera-hour if the failed hours had none; no upper bound
                                  can be given */
} EvalFigures;

typedef struct {
    char *value; /* of the attribute; NULL: clips that do not state it; sorted, NULL last */
    int64_t clips;
    EvalFigures figures;
} EvalStratum;

typedef struct {
    EvalClipResult *clips; /* in the order given */
    size_t clip_count;
    EvalFigures figures;
} EvalResult;

/* Never fails: all input was checked before. The clips must outlive nothing. */
EvalResult *eval_evaluate(const EvalClip *clips, size_t count, const EvalSettings *settings);
void eval_result_free(EvalResult *result); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EvalResult, eval_result_free)

/* The figures of those clips for which chosen[i] is true; NULL: all. */
void eval_figures(const EvalClip *clips, const EvalClipResult *results, size_t count, const bool *chosen,
                  const EvalSettings *settings, EvalFigures *figures);

/* The passages of one clip that was scored: the truth's, else the system's own count, else -1. */
int64_t eval_passages(const EvalClip *clip, const EvalClipResult *result);

/* The same figures for every value of an attribute: values[i] belongs to clips[i], NULL where not stated.
 * Returns an array of EvalStratum; caller unrefs. */
GArray *eval_strata(const EvalClip *clips, const EvalResult *result, const char *const *values,
                    const EvalSettings *settings);

/* The worst case as a sentence for the report; NULL when no clip failed. Caller frees. */
Phrase *eval_worst_case_sentence(const EvalFigures *figures);
/* What stands beside a figure that rests on clips whose clock was put right: “ (the clock of one clip was put
 * right)”, with its space before; NULL for 0. Caller frees. */
Phrase *eval_mended_clause(int64_t mended_clips);

const char *
alert_outcome_name(AlertOutcome outcome);        /* "hit", "duplicate", "false", "not_scored", "unwatched" */
bool alert_outcome_counts(AlertOutcome outcome); /* neither not scored nor unwatched */
const char *event_outcome_name(EventOutcome outcome); /* "hit", "miss", "not_scored" */

#endif
