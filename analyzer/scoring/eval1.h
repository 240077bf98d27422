/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Protocol eval-1: what one system made of one scenario under one condition.
 *
 * The rules, in full:
 *  - The clip's base time is (annotated coverage) and (decoded time), without the spans of don't-care events.
 *  - An event is scored when it is certain and its start lies in the base time. Any other event, don't-care
 * or begun outside, is not scored: its window [start - pre, end + post] leaves the scored time.
 *  - The scored time is what then remains of the base time. Only it counts as camera-hours.
 *  - Alerts are matched with scored events one to one by their onset (scoring/matching.h), wherever that
 *    onset lies; a matched alert is a hit, its event is found.
 *  - An alert without a match whose onset is outside the scored time is not scored: it leaves both sides.
 *  - Otherwise it is a duplicate when it lies in the window of a scored event (that event then has its hit);
 *    else it is false. Duplicates count as false in the strict figures, which are the primary ones, and as
 *    nothing in the lenient ones.
 *  - Latency is decided - start over the hits; it may be negative. Misses are censored and counted.
 *  - A clip that failed counts on no side; the worst case says what that could hide.
 *  - Sensitivity repeats the matching with pre and post halved and doubled on the same scored time. */
#ifndef VSAUDIT_SCORING_EVAL1_H
#define VSAUDIT_SCORING_EVAL1_H

#include "records/count.h"
#include "records/event.h"
#include "records/option.h"
#include "records/span.h"
#include "scoring/protocol.h"
#include "scoring/rate.h"

typedef struct {
    int64_t pre_us;    /* default 2 s */
    int64_t post_us;   /* default 10 s */
    int64_t window_us; /* length of the windows of windows_alarmed, default 10 s */
    double level;      /* of the two-sided intervals, default 0.95 */
} Eval1Settings;

extern const OptionSpec eval1_options[]; /* of Eval1Settings: pre, post, window, level */
extern const Protocol protocol_eval1;

typedef struct {
    const char *id;              /* for nothing but error messages of callers; may be NULL */
    const char *camera;          /* cluster; NULL: the clip is a cluster of its own */
    bool failed;                 /* the job failed or did not run: alerts are ignored */
    int64_t duration_us;         /* TIME_UNKNOWN when a failed clip's is not known */
    const SpanList *coverage;    /* annotated spans, half open; NULL: the whole clip */
    const SpanList *undecoded;   /* NULL: all was decoded */
    const GPtrArray *events;     /* of const Event *, of this behaviour, any order; NULL: none */
    const GPtrArray *alerts;     /* of const Alert *, of this behaviour, any order; NULL: none */
    int64_t passages;            /* by the system's own count, over the whole clip; -1: not counted */
    const GArray *true_passages; /* of CountSpan, by the truth: they come before the system's own count. A
                                    span counts by its share of the scored time, rounded down; NULL: none */
} Eval1Clip;

typedef enum { ALERT_HIT, ALERT_DUPLICATE, ALERT_FALSE, ALERT_NOT_SCORED } AlertOutcome;
typedef enum { EVENT_HIT, EVENT_MISS, EVENT_NOT_SCORED } EventOutcome;

typedef struct {
    AlertOutcome outcome;
    int64_t event; /* index of the matched event; of the nearest scored event in reach for a duplicate; -1 */
} AlertResult;

typedef struct {
    EventOutcome outcome;
    int64_t alert;      /* index; -1 */
    int64_t latency_us; /* decided - start; TIME_UNKNOWN unless a hit */
} EventResult;

/* Counts with pre and post times 0.5 (first) and 2 (second). */
typedef struct {
    int64_t hits, misses, false_strict;
} Eval1Variation;

typedef struct {
    AlertResult *alerts; /* as many as the clip's alerts, in its order */
    EventResult *events;
    size_t alert_count, event_count;
    SpanList scored;          /* empty for a failed clip */
    int64_t scored_us;        /* its total */
    int64_t not_annotated_us; /* of the duration, outside the coverage */
    int64_t not_decoded_us;   /* of the coverage, not decoded */
    int64_t no_score_us;      /* of the covered and decoded time, in windows of events that are not scored */
    int64_t windows, windows_alarmed; /* event-free windows that lie wholly in the scored time */
    int64_t hits, misses, false_alerts, duplicates, alerts_not_scored, events_not_scored;
    Eval1Variation variations[2];
} Eval1ClipResult;

typedef struct {
    double factor;                       /* 0.5 or 2 */
    int64_t hits, misses, false_strict;  /* counts */
    double false_alerts_per_camera_hour; /* NAN without exposure */
    double p_miss;                       /* NAN without event */
} Eval1Sensitivity;

/* All figures of one set of clips: the whole, or a stratum of it. */
typedef struct {
    /* exposure */
    int64_t camera_us, no_score_us, not_decoded_us, not_annotated_us;
    double camera_hours;
    int64_t clips, cameras; /* with scored time */
    int64_t failed_clips;
    /* counts; events = hits + misses, alerts = hits + false_alerts + duplicates */
    int64_t events, hits, misses, alerts, false_strict, false_lenient, duplicates, not_scored;
    int64_t events_not_scored;
    int64_t passages;  /* -1: not counted on every clip */
    bool passages_own; /* at least one clip's by the system's own count */
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
    Eval1Sensitivity sensitivity[2];
    /* what failed clips could hide; zero failed_clips: all NAN or 0 */
    double failed_camera_hours;  /* annotated hours of failed clips; NAN when a duration is not known */
    int64_t failed_events;       /* certain events on failed clips */
    int64_t failed_alerts;       /* alerts raised there, which are not scored */
    double p_miss_if_all_missed; /* misses if the failed clips' events were all missed; NAN without event */
    double p_miss_if_all_hit;
    double p_miss_high;        /* upper end of the exact interval when all were missed */
    double false_rate_if_none; /* false alerts per camera-hour if the failed hours had none; no upper bound
                                  can be given */
} Eval1Figures;

typedef struct {
    char *value; /* of the attribute; NULL: clips that do not state it; sorted, NULL last */
    int64_t clips;
    Eval1Figures figures;
} Eval1Stratum;

typedef struct {
    Eval1ClipResult *clips; /* in the order given */
    size_t clip_count;
    Eval1Figures figures;
} Eval1Result;

/* Never fails: all input was checked before. The clips must outlive nothing. */
Eval1Result *eval1_evaluate(const Eval1Clip *clips, size_t count, const Eval1Settings *settings);
void eval1_result_free(Eval1Result *result); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Eval1Result, eval1_result_free)

/* The figures of those clips for which chosen[i] is true; NULL: all. */
void eval1_figures(const Eval1Clip *clips, const Eval1ClipResult *results, size_t count, const bool *chosen,
                   const Eval1Settings *settings, Eval1Figures *figures);

/* The passages of one clip that was scored: the truth's, else the system's own count, else -1. */
int64_t eval1_passages(const Eval1Clip *clip, const Eval1ClipResult *result);

/* The same figures for every value of an attribute: values[i] belongs to clips[i], NULL where not stated.
 * Returns an array of Eval1Stratum; caller unrefs. */
GArray *eval1_strata(const Eval1Clip *clips, const Eval1Result *result, const char *const *values,
                     const Eval1Settings *settings);

/* The worst case as a sentence for the report; caller frees both. Both NULL when no clip failed. */
typedef struct {
    char *en, *fr;
} Sentence;
Sentence eval1_worst_case_sentence(const Eval1Figures *figures);

const char *alert_outcome_name(AlertOutcome outcome); /* "hit", "duplicate", "false", "not_scored" */
const char *event_outcome_name(EventOutcome outcome); /* "hit", "miss", "not_scored" */

#endif
