/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several people do together: a crowd that rushes or runs apart, a fight, too high a density. */
#include "synth/truth_internal.h"

#include <math.h>

#define CROWD_LEAST 4      /* people in the picture */
#define CROWD_SPEED 1.3    /* body heights a second, mean of all who are to be seen */
#define CROWD_OUTWARDS 1.0 /* likewise, away from their common centre */
#define CROWD_LEAST_S 1.0
#define CROWD_GAP_S 0.5

typedef struct {
    guint count;
    double speed, outwards; /* means, body heights a second */
} Crowding;

static Crowding measure_crowd(const Script *script, double t_s)
{
    Crowding crowd = {0};
    g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(PathState));
    g_autoptr(GArray) heights = g_array_new(FALSE, FALSE, sizeof(double));
    Ground centre = {0, 0};
    for (guint i = 0; i < script->actors->len; i++) {
        const Actor *actor = truth_actor(script, i);
        PathState state;
        Point foot;
        if (actor->kind != ACTOR_PERSON || !truth_foot(script, actor, t_s, &state, &foot))
            continue;
        g_array_append_val(people, state);
        g_array_append_val(heights, actor->height);
        centre.x += state.at.x;
        centre.z += state.at.z;
    }
    crowd.count = people->len;
    if (crowd.count == 0)
        return crowd;
    centre.x /= crowd.count;
    centre.z /= crowd.count;
    for (guint i = 0; i < people->len; i++) {
        const PathState state = g_array_index(people, PathState, i);
        const double speed = state.speed / g_array_index(heights, double, i) / crowd.count;
        const double dx = state.at.x - centre.x, dz = state.at.z - centre.z, distance = hypot(dx, dz);
        crowd.speed += speed;
        if (distance > 0)
            crowd.outwards += speed * (dx * state.heading_x + dz * state.heading_z) / distance;
    }
    return crowd;
}

static bool crowd_moves(const Script *script, const void *subject, double t_s)
{
    (void)subject;
    const Crowding crowd = measure_crowd(script, t_s);
    return crowd.count >= CROWD_LEAST && (crowd.speed >= CROWD_SPEED || crowd.outwards >= CROWD_OUTWARDS);
}

static void add_movements(const Script *script, GPtrArray *events)
{
    g_autoptr(GArray) spans = truth_spans(script, crowd_moves, NULL, CROWD_GAP_S, CROWD_LEAST_S);
    for (guint i = 0; i < spans->len; i++) {
        const Stay span = g_array_index(spans, Stay, i);
        bool apart = false;
        for (double t_s = span.start_s; t_s < span.end_s && !apart; t_s += TRUTH_STEP_S)
            apart = measure_crowd(script, t_s).outwards >= CROWD_OUTWARDS;
        truth_add(script, events, "crowd-movement", span.start_s, span.end_s, apart ? "dispersal" : "surge",
                  NULL);
    }
}

static bool somebody_fights(const Script *script, const void *subject, double t_s)
{
    (void)subject;
    for (guint i = 0; i < script->actors->len; i++) {
        const Actor *actor = truth_actor(script, i);
        for (guint k = 0; actor->poses != NULL && k < actor->poses->len; k++) {
            const PoseSpan *pose = g_ptr_array_index(actor->poses, k);
            if (pose->kind == POSE_FIGHTING && t_s >= pose->start_s && t_s < pose->end_s)
                return true;
        }
    }
    return false;
}

static double ground_area(const Script *script, const Polygon *zone)
{
    double twice = 0;
    for (size_t i = 0; i < zone->count; i++) {
        const Ground a = view_ground(&script->view, zone->points[i]);
        const Ground b = view_ground(&script->view, zone->points[(i + 1) % zone->count]);
        twice += a.x * b.z - b.x * a.z;
    }
    return fabs(twice) / 2;
}

static double density_at(const Script *script, const Polygon *zone, double area, double t_s)
{
    guint count = 0;
    for (guint i = 0; i < script->actors->len; i++) {
        const Actor *actor = truth_actor(script, i);
        PathState state;
        if (actor->kind == ACTOR_PERSON && path_state(&actor->path, t_s, &state) &&
            geometry_polygon_contains(zone, view_point(&script->view, state.at)))
            count++;
    }
    return count / area;
}

static void add_densities(const Script *script, GPtrArray *events)
{
    const Density *density = &script->density;
    if (density->zone == NULL)
        return;
    const Polygon *zone = g_hash_table_lookup(script->scene->zones, density->zone);
    const double area = ground_area(script, zone);
    double dense_s = (double)NAN, clear_s = (double)NAN, raised_s = (double)NAN;
    for (double t_s = 0; t_s < script->duration_s; t_s += TRUTH_STEP_S) {
        const double now = density_at(script, zone, area, t_s);
        dense_s = now < density->limit ? (double)NAN : isnan(dense_s) ? t_s : dense_s;
        clear_s = now >= density->limit * density->clear_share ? (double)NAN : isnan(clear_s) ? t_s : clear_s;
        if (isnan(raised_s) && t_s - dense_s >= density->hold_s)
            raised_s = dense_s;
        if (!isnan(raised_s) && t_s - clear_s >= density->off_s) {
            truth_add(script, events, "crowd-density", raised_s, clear_s, "too_dense", NULL);
            raised_s = (double)NAN;
        }
    }
    if (!isnan(raised_s))
        truth_add(script, events, "crowd-density", raised_s, isnan(clear_s) ? script->duration_s : clear_s,
                  "too_dense", NULL);
}

void truth_add_crowds(const Script *script, GPtrArray *events)
{
    add_movements(script, events);
    add_densities(script, events);
    g_autoptr(GArray) fights = truth_spans(script, somebody_fights, NULL, 1, 0);
    for (guint i = 0; i < fights->len; i++) {
        const Stay span = g_array_index(fights, Stay, i);
        truth_add(script, events, "agitation", span.start_s, span.end_s, "agitation", NULL);
    }
}
