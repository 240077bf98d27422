/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/curve.h"

#include "records/free.h"
#include "scoring/eval_pool.h"
#include "scoring/growing_matching.h"

#include <math.h>

const double curve_rates[3] = {1, 0.1, 0.01};

/* An alert that counts, and what it adds when the threshold falls to its confidence. */
typedef struct {
    double confidence;
    size_t clip, place; /* of the alert: in the clip by eval-1, in the clip's pool by eval-2 */
} Ranked;

/* Of one clip, the matching as it grows. */
typedef struct {
    EvalPool pool;
    GrowingMatching *all, *scored; /* of all its alerts, and of those in scored time */
    bool some_spare;               /* else the second is left out, being the first */
} Growing;

static int compare_ranked(const void *a, const void *b)
{
    const Ranked *left = a, *right = b;
    return left->confidence > right->confidence ? -1 : left->confidence < right->confidence;
}

static void rank(GArray *ranked, double confidence, size_t clip, size_t place, Curve *curve)
{
    const Ranked one = {confidence, clip, place};
    curve->alerts++;
    curve->without += isnan(confidence);
    g_array_append_val(ranked, one);
}

/* ---- by eval-1: the matches of the whole log */

static void rank_as_matched(const EvalClip *clips, const EvalResult *result, GArray *ranked, Curve *curve)
{
    for (size_t i = 0; i < result->clip_count; i++)
        for (size_t j = 0; j < result->clips[i].alert_count; j++)
            if (alert_outcome_counts(result->clips[i].alerts[j].outcome))
                rank(ranked, ((const Alert *)g_ptr_array_index(clips[i].alerts, (guint)j))->confidence, i, j,
                     curve);
}

/* ---- by eval-2: a matching that grows. Of as many matches those are taken that use the fewest alerts
 * outside the scored time. A largest matching of the alerts in scored time can be made one of all alerts
 * without setting any of them free (they are the independent sets of a matroid), so that exactly the
 * unmatched ones of the former are false, however equal matchings are told apart. */

static Growing *grow_clips(const EvalClip *clips, const EvalResult *result, const EvalSettings *settings,
                           GArray *ranked, Curve *curve)
{
    Growing *growing = g_new0(Growing, result->clip_count);
    for (size_t i = 0; i < result->clip_count; i++) {
        EvalPool *pool = &growing[i].pool;
        eval_pool_init(pool, &clips[i], &result->clips[i], settings);
        for (size_t j = 0; j < pool->alert_count; j++) {
            const MatchAlert *alert = &pool->alerts[j];
            if (alert->spare && eval_pool_in_reach(pool, alert->onset_us, alert->box) < 0)
                continue; /* it counts at no threshold */
            rank(ranked, alert->confidence, i, j, curve);
            growing[i].some_spare = growing[i].some_spare || alert->spare;
        }
        growing[i].all = growing_matching_new(pool->events, pool->event_count, &pool->rules);
        if (growing[i].some_spare)
            growing[i].scored = growing_matching_new(pool->events, pool->event_count, &pool->rules);
    }
    return growing;
}

static void grow(Growing *growing, size_t place, CurvePoint *point)
{
    const MatchAlert *alert = &growing->pool.alerts[place];
    const bool found = growing_matching_add(growing->all, alert);
    point->hits += found;
    if (!alert->spare)
        point->false_alerts += growing->some_spare ? !growing_matching_add(growing->scored, alert) : !found;
}

static void growing_free(Growing *growing, size_t count)
{
    for (size_t i = 0; i < count && growing != NULL; i++) {
        eval_pool_clear(&growing[i].pool);
        growing_matching_free(growing[i].all);
        growing_matching_free(growing[i].scored);
    }
    g_free(growing);
}

/* ---- the curve */

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

static UndefinedReason find_reason(const EvalFigures *figures, const Curve *curve)
{
    if (figures->camera_us == 0)
        return UNDEFINED_NO_EXPOSURE;
    if (figures->events == 0)
        return UNDEFINED_NO_EVENT;
    if (curve->alerts == 0)
        return UNDEFINED_NO_ALERT;
    return curve->without > 0 ? UNDEFINED_NO_CONFIDENCE : UNDEFINED_NOT;
}

static void add_point(Curve *curve, const EvalFigures *figures, CurvePoint *point)
{
    point->p_miss = (double)(figures->events - point->hits) / (double)figures->events;
    point->false_rate = (double)point->false_alerts / figures->camera_hours;
    point->cost = point->p_miss + CURVE_BETA * point->false_rate;
    if (curve->points->len == 0 || point->cost < curve->best.cost)
        curve->best = *point;
    g_array_append_val(curve->points, *point);
}

/* `growing`: NULL by eval-1. */
static void fill(Curve *curve, const EvalResult *result, GArray *ranked, Growing *growing)
{
    g_array_sort(ranked, compare_ranked);
    curve->points = g_array_new(FALSE, FALSE, sizeof(CurvePoint));
    CurvePoint point = {0};
    for (guint i = 0; i < ranked->len; i++) {
        const Ranked *one = &g_array_index(ranked, Ranked, i);
        if (growing != NULL) {
            grow(&growing[one->clip], one->place, &point);
        } else {
            const bool hit = result->clips[one->clip].alerts[one->place].outcome == ALERT_HIT;
            point.hits += hit;
            point.false_alerts += !hit;
        }
        if (i + 1 < ranked->len && g_array_index(ranked, Ranked, i + 1).confidence == one->confidence)
            continue;
        point.threshold = one->confidence;
        add_point(curve, &result->figures, &point);
    }
    curve->declared = point;
    for (size_t i = 0; i < G_N_ELEMENTS(curve_rates); i++)
        curve->p_miss_at[i] = value_at(curve->points, curve_rates[i]);
    thin(curve);
}

Curve *curve_trace(const EvalClip *clips, const EvalResult *result, const EvalSettings *settings)
{
    Curve *curve = g_new0(Curve, 1);
    Growing *growing = NULL;
    g_autoptr(GArray) ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));
    if (settings->rules->curve_matches_anew)
        growing = grow_clips(clips, result, settings, ranked, curve);
    else
        rank_as_matched(clips, result, ranked, curve);
    curve->reason = find_reason(&result->figures, curve);
    if (curve->reason == UNDEFINED_NOT)
        fill(curve, result, ranked, growing);
    growing_free(growing, result->clip_count);
    return curve;
}

static void clear_curve(Curve *curve)
{
    if (curve->points != NULL)
        g_array_unref(curve->points);
}

DEFINE_FREE(curve_free, Curve, curve, clear_curve(curve))
