/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a script says to who is there: flows and gatherings become actors, ways become paths. All lots
 * are drawn here, from generators seeded by the script alone and one for each source, so that a change to one
 * flow leaves the others as they are. */
#include "synth/script.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

static gsl_rng *lot(const Script *script, guint source)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, (unsigned long)(script->seed * 4096 + source + 1));
    return rng;
}

void actor_habits(ActorKind kind, double *speed, double *gain, double *brake)
{
    static const double habits[][3] = {[ACTOR_PERSON] = {1.35, INFINITY, INFINITY},
                                       [ACTOR_BICYCLE] = {4.2, 2, 3},
                                       [ACTOR_CAR] = {8.5, 2.2, 2.8},
                                       [ACTOR_VAN] = {8, 1.8, 2.6},
                                       [ACTOR_LORRY] = {6.5, 1, 2},
                                       [ACTOR_BUS] = {7, 1.2, 1.6}};
    *speed = habits[kind][0];
    *gain = habits[kind][1];
    *brake = habits[kind][2];
}

static Actor *actor_new(ActorKind kind, double at_s, const PathStop *stops, guint count)
{
    Actor *actor = g_new0(Actor, 1);
    actor->kind = (int)kind;
    actor->at_s = at_s;
    actor->speed = actor->height = actor->brake = NAN;
    actor->stops = g_array_new(FALSE, FALSE, sizeof(PathStop));
    g_array_append_vals(actor->stops, stops, count);
    return actor;
}

static ActorKind flow_actor(FlowKind kind, gsl_rng *rng)
{
    const double u = gsl_rng_uniform(rng);
    switch (kind) {
    case FLOW_PEDESTRIANS:
        return ACTOR_PERSON;
    case FLOW_BICYCLES:
        return ACTOR_BICYCLE;
    case FLOW_CARS:
        return u < 0.85 ? ACTOR_CAR : ACTOR_VAN;
    case FLOW_TRAFFIC:
        return u < 0.65 ? ACTOR_CAR : u < 0.85 ? ACTOR_VAN : u < 0.95 ? ACTOR_LORRY : ACTOR_BUS;
    }
    return ACTOR_PERSON;
}

/* Seconds before the clip at which a flow begins when the script does not say, so that the place is already
 * alive on the first picture. */
#define LEAD_S 25.0

static void expand_flow(Script *script, const Flow *flow, guint source)
{
    gsl_rng *rng = lot(script, source);
    const double end_s = isnan(flow->end_s) ? script->duration_s : flow->end_s;
    double now = isnan(flow->start_s) ? -LEAD_S : flow->start_s;
    for (;;) {
        now += fmax(flow->gap_s, gsl_ran_exponential(rng, 60 / flow->per_minute));
        if (now >= end_s)
            break;
        const Way *way = g_ptr_array_index(flow->ways, (guint)gsl_rng_uniform_int(rng, flow->ways->len));
        const ActorKind kind = flow_actor((FlowKind)flow->kind, rng);
        const double sway = flow->sway * (2 * gsl_rng_uniform(rng) - 1);
        const double where = gsl_rng_uniform(rng);
        const double what = gsl_rng_uniform(rng);
        Actor *actor =
            actor_new(kind, now, (const PathStop *)(const void *)way->stops->data, way->stops->len);
        for (guint i = 0; i < actor->stops->len; i++) {
            /* To one side of the way, seen from the camera: enough for people who do not walk on a rail. */
            PathStop *stop = &g_array_index(actor->stops, PathStop, i);
            const Ground at = view_ground(&script->view, stop->to);
            stop->to = view_point(&script->view, (Ground){at.x + 0.4 * sway, fmax(1.5, at.z + sway)});
        }
        if (!isnan(flow->speed_low))
            actor->speed = flow->speed_low + (flow->speed_high - flow->speed_low) * where;
        else if (kind == ACTOR_PERSON)
            actor->speed = 1.1 + 0.5 * where;
        if (kind == ACTOR_PERSON)
            actor->prop = what < 0.2 ? PROP_BAG : what < 0.35 ? PROP_RUCKSACK : PROP_NONE;
        actor->validates = flow->validates;
        actor->lights = flow->lights;
        g_ptr_array_add(script->actors, actor);
    }
    gsl_rng_free(rng);
}

/* A place in the zone, on the ground, not closer than half a metre to those taken, if that can be. */
static Point find_spot(const Script *script, const Polygon *zone, const GArray *taken, gsl_rng *rng)
{
    double low_x = 1, high_x = 0, low_y = 1, high_y = 0;
    for (size_t i = 0; i < zone->count; i++) {
        low_x = fmin(low_x, zone->points[i].x);
        high_x = fmax(high_x, zone->points[i].x);
        low_y = fmin(low_y, zone->points[i].y);
        high_y = fmax(high_y, zone->points[i].y);
    }
    Point best = zone->points[0];
    double best_distance = -1;
    for (int tries = 0; tries < 60; tries++) {
        const Point spot = {low_x + (high_x - low_x) * gsl_rng_uniform(rng),
                            low_y + (high_y - low_y) * gsl_rng_uniform(rng)};
        if (!geometry_polygon_contains(zone, spot))
            continue;
        double distance = 1e9;
        for (guint i = 0; i < taken->len; i++)
            distance =
                fmin(distance, ground_distance(view_ground(&script->view, spot),
                                               view_ground(&script->view, g_array_index(taken, Point, i))));
        if (distance > best_distance) {
            best = spot;
            best_distance = distance;
        }
        if (distance > 1.1)
            break;
    }
    return best;
}

static Point nearest_door(const Script *script, const GArray *doors, Point spot)
{
    const Ground here = view_ground(&script->view, spot);
    Point best = g_array_index(doors, Point, 0);
    for (guint i = 1; i < doors->len; i++) {
        const Point door = g_array_index(doors, Point, i);
        if (ground_distance(here, view_ground(&script->view, door)) <
            ground_distance(here, view_ground(&script->view, best)))
            best = door;
    }
    return best;
}

static void expand_gathering(Script *script, const Gathering *gathering, guint source)
{
    gsl_rng *rng = lot(script, source);
    const Polygon *zone = g_hash_table_lookup(script->scene->zones, gathering->zone);
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(Point));
    for (int64_t i = 0; i < gathering->count; i++) {
        const Point spot = find_spot(script, zone, taken, rng);
        g_array_append_val(taken, spot);
        const double rank = ((double)i + gsl_rng_uniform(rng)) / (double)gathering->count;
        const double leave_rank = gsl_rng_uniform(rng);
        const guint doors = gathering->doors->len;
        const Point in = g_array_index(gathering->doors, Point, gsl_rng_uniform_int(rng, doors));
        Point out = g_array_index(gathering->doors, Point, gsl_rng_uniform_int(rng, doors));
        if (isfinite(gathering->leave_speed))
            out = nearest_door(script, gathering->doors, spot);
        const double speed = 1.15 + 0.4 * gsl_rng_uniform(rng);
        const PathStop stops[] = {
            {.to = in, .until_s = NAN, .speed = NAN, .brake = NAN},
            {.to = spot,
             .until_s = gathering->leave_s + gathering->leave_over_s * leave_rank,
             .speed = NAN,
             .brake = NAN},
            {.to = out, .until_s = NAN, .speed = gathering->leave_speed, .brake = NAN},
        };
        const double walk_s =
            ground_distance(view_ground(&script->view, in), view_ground(&script->view, spot)) / speed;
        Actor *actor = actor_new(ACTOR_PERSON, gathering->arrive_s + gathering->arrive_over_s * rank - walk_s,
                                 stops, G_N_ELEMENTS(stops));
        actor->speed = speed;
        actor->prop = gathering->umbrellas         ? PROP_UMBRELLA
                      : gsl_rng_uniform(rng) < 0.3 ? PROP_BAG
                                                   : PROP_NONE;
        g_ptr_array_add(script->actors, actor);
    }
    gsl_rng_free(rng);
}

void script_expand(Script *script)
{
    guint source = 1;
    for (guint i = 0; i < script->flows->len; i++)
        expand_flow(script, g_ptr_array_index(script->flows, i), source++);
    source = 1000;
    for (guint i = 0; i < script->gatherings->len; i++)
        expand_gathering(script, g_ptr_array_index(script->gatherings, i), source++);
    gsl_rng *rng = lot(script, 0);
    for (guint i = 0; i < script->actors->len; i++) {
        Actor *actor = g_ptr_array_index(script->actors, i);
        double speed = 0, gain = 0, brake = 0;
        actor_habits((ActorKind)actor->kind, &speed, &gain, &brake);
        const int64_t look = (int64_t)gsl_rng_uniform_int(rng, 1000000) + 1;
        const double height = 1.6 + 0.25 * gsl_rng_uniform(rng);
        actor->shade_delay = gsl_rng_uniform(rng);
        if (actor->look == 0)
            actor->look = look;
        if (isnan(actor->height))
            actor->height = height;
        path_build(&actor->path, &script->view, (const PathStop *)(const void *)actor->stops->data,
                   actor->stops->len, actor->at_s, isnan(actor->speed) ? speed : actor->speed, gain,
                   isnan(actor->brake) ? brake : actor->brake);
    }
    gsl_rng_free(rng);
}
