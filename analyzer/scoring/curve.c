/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/curve.h"

#include <math.h>
#include <stdlib.h>

const double curve_rates[3] = {1, 0.1, 0.01};

typedef struct {
    double confidence;
    bool hit;
} Ranked;

static int compare_ranked(const void *a, const void *b)
{
    const Ranked *left = a, *right = b;
    return left->confidence > right->confidence ? -1 : left->confidence < right->confidence;
}

static GArray *rank_alerts(const EvalClip *clips, const EvalResult *result, Curve *curve)
{
    GArray *ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));
    for (size_t i = 0; i < result->clip_count; i++) {
        const EvalClipResult *clip = &result->clips[i];
        for (size_t j = 0; j < clip->alert_count; j++) {
            const AlertOutcome outcome = clip->alerts[j].outcome;
            if (!alert_outcome_counts(outcome))
                continue;
            const Alert *alert = g_ptr_array_index(clips[i].alerts, (guint)j);
            const Ranked one = {alert->confidence, outcome == ALERT_HIT};
            curve->alerts++;
            curve->without += isnan(alert->confidence);
            g_array_append_val(ranked, one);
        }
    }
    return ranked;
}

/* Linear between points, in order of rising rate. */
static double value_at(const GArray *points, double rate)
{
    double x = NAN, y = 1;
    for (guint i = 0; i < points->len; i++) {
        const CurvePoint *point = &g_array_index(points, CurvePoint, i);
        if (point->false_rate > rate)
            return isnan(x) ? 1 : y + (point->p_miss - y) * (rate - x) / (point->false_rate - x);
        x = point->false_rate;
        y = point->p_miss;
    }
    return y;
}

/* Every n-th point, and always the first, the last and the best. */
static void thin(Curve *curve)
{
    if (curve->points->len <= CURVE_POINTS_MAX)
        return;
    curve->thinned = true;
    const guint step = curve->points->len / CURVE_POINTS_MAX + 1, last = curve->points->len - 1;
    guint kept = 0;
    for (guint i = 0; i <= last; i++) {
        const CurvePoint point = g_array_index(curve->points, CurvePoint, i);
        if (i % step == 0 || i == last || point.threshold == curve->best.threshold)
            g_array_index(curve->points, CurvePoint, kept++) = point;
    }
    g_array_set_size(curve->points, kept);
}

Curve *curve_trace(const EvalClip *clips, const EvalResult *result)
{
    Curve *curve = g_new0(Curve, 1);
    const EvalFigures *figures = &result->figures;
    g_autoptr(GArray) ranked = rank_alerts(clips, result, curve);
    if (figures->camera_us == 0)
        curve->reason = UNDEFINED_NO_EXPOSURE;
    else if (figures->events == 0)
        curve->reason = UNDEFINED_NO_EVENT;
    else if (curve->alerts == 0)
        curve->reason = UNDEFINED_NO_ALERT;
    else if (curve->without > 0)
        curve->reason = UNDEFINED_NO_CONFIDENCE;
    if (curve->reason != UNDEFINED_NOT)
        return curve;
    qsort(ranked->data, ranked->len, sizeof(Ranked), compare_ranked);
    curve->points = g_array_new(FALSE, FALSE, sizeof(CurvePoint));
    CurvePoint point = {0};
    for (guint i = 0; i < ranked->len; i++) {
        const Ranked *one = &g_array_index(ranked, Ranked, i);
        point.hits += one->hit;
        point.false_alerts += !one->hit;
        if (i + 1 < ranked->len && g_array_index(ranked, Ranked, i + 1).confidence == one->confidence)
            continue;
        point.threshold = one->confidence;
        point.p_miss = (double)(figures->events - point.hits) / (double)figures->events;
        point.false_rate = (double)point.false_alerts / figures->camera_hours;
        point.cost = point.p_miss + CURVE_BETA * point.false_rate;
        if (curve->points->len == 0 || point.cost < curve->best.cost)
            curve->best = point;
        g_array_append_val(curve->points, point);
    }
    curve->declared = point;
    for (size_t i = 0; i < G_N_ELEMENTS(curve_rates); i++)
        curve->p_miss_at[i] = value_at(curve->points, curve_rates[i]);
    thin(curve);
    return curve;
}

void curve_free(Curve *curve)
{
    if (curve == NULL)
        return;
    if (curve->points != NULL)
        g_array_unref(curve->points);
    g_free(curve);
}
