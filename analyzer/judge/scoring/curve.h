/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Detection error trade-off: the share of missed events against false alerts per camera-hour, as the
 * threshold on the alerts' confidence falls. By eval-2 alerts are matched anew at every threshold: each point
 * is what scoring the log would give from which all alerts below the threshold were cut. By eval-1 they are
 * matched once, with all of them; a threshold then only leaves alerts out. */
#ifndef VSAUDIT_SCORING_CURVE_H
#define VSAUDIT_SCORING_CURVE_H

#include "scoring/eval.h"

/* Weight of a false alert per hour against a missed share: cost_fa / (cost_miss * target_rate) with 1, 10 and
 * 1.8 per hour, the defaults of NIST's F4DE. */
#define CURVE_BETA (1.0 / 18)
/* A longer curve is thinned to about so many points; its ends and its best point stay. */
#define CURVE_POINTS_MAX 400

typedef struct {
    double threshold; /* alerts with at least this confidence count */
    int64_t hits, false_alerts;
    double p_miss, false_rate; /* false_rate per camera-hour */
    double cost;               /* p_miss + CURVE_BETA * false_rate */
} CurvePoint;

typedef struct {
    UndefinedReason reason; /* UNDEFINED_NOT when there is a curve */
    int64_t alerts,
        without;         /* alerts that could be a hit or false, and how many of them carry no confidence */
    GArray *points;      /* of CurvePoint, threshold falling; NULL without a curve */
    bool thinned;        /* not every threshold is among the points */
    CurvePoint declared; /* all alerts: the system's own threshold */
    CurvePoint best;     /* least cost, of equal ones the highest threshold: in hindsight */
    double p_miss_at[3]; /* at CURVE_RATES; 1 where the curve begins beyond, its last value behind */
} Curve;

extern const double curve_rates[3]; /* 1, 0.1, 0.01 per camera-hour */

Curve *curve_trace(const EvalClip *clips, const EvalResult *result, const EvalSettings *settings);
void curve_free(Curve *curve); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Curve, curve_free)

#endif
