/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The claim "analysis time divided by S".
 *
 * Watching an hour of video at speed v takes 3600/v s. With the system it takes 3600 c + A t: c the share of
 * set-up, A alerts per camera-hour, right and wrong, t the seconds to review one. The claim therefore leaves
 * (3600/(v S) - 3600 c)/t alerts per camera-hour. A saving is worth nothing if events are lost, so the share
 * missed must also stay within a limit that was fixed beforehand (what a person misses, and a margin). Both
 * must hold: supported when both are, p the larger; refuted when either is, p twice the smaller. Replay
 * cannot measure t: without it the claim is not testable, and only the seconds per alert that it implies are
 * given. */
#ifndef VSAUDIT_SCORING_ANALYSIS_TIME_H
#define VSAUDIT_SCORING_ANALYSIS_TIME_H

#include "scoring/claims.h"

typedef struct {
    double factor;        /* S, >= 1 */
    double viewing_speed; /* v, of the person alone; 1 = as recorded */
    double setup_share;   /* c, 0..1 of the video's length */
    double review_s;      /* t, measured with people; NAN = nobody did */
    double p_miss_limit;  /* 0..1 */
    double alpha;
    double level; /* of the interval shown */
} AnalysisTimeReading;

typedef struct {
    Verdict verdict;
    Rate alerts;                    /* right and wrong, per camera-hour */
    double allowed_s;               /* of human time per hour of video, set-up taken off; may be negative */
    double implied_s_per_alert;     /* allowed_s over the alerts seen; NAN without alerts */
    double allowed_alerts_per_hour; /* NAN without review_s */
    double factor;                  /* reached with the alerts seen; NAN without review_s or time spent */
    ClaimResult load, recall;       /* the two parts; unset when not testable */
    double p_refute, p_support;     /* NAN when not testable */
} AnalysisTimeResult;

AnalysisTimeResult analysis_time_judge(const AnalysisTimeReading *reading, const EvalFigures *figures);
/* Caller frees. */
Phrase *analysis_time_sentence(const AnalysisTimeReading *reading, const AnalysisTimeResult *result,
                               const EvalFigures *figures, const Scope *scope);

#endif
