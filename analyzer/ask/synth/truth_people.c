/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What single people and vehicles do: running, falling, staying, going where they must not. Speeds are taken
 * on the ground, in the person's own body heights a second, whatever the camera sees of them. */
#include "synth/truth_internal.h"

#include <math.h>

#define RUNNING 1.6 /* body heights a second */
#define RUNNING_LEAST_S 0.6
#define RUNNING_GAP_S 0.5
#define DWELL_S 15.0
#define DWELL_GAP_S 2.0
#define PRESENCE_LEAST_S 0.5
#define PRESENCE_JOIN_S 2.0
#define AGAINST_COS 0.7
#define AGAINST_SPEED 0.3 /* body heights a second */
#define AGAINST_LEAST_S 0.5
#define AGAINST_GAP_S 1.0
#define STAND_LEAST_S 5.0
#define CROSSED_S 1.5     /* a crossing is an event for so long */
#define LOW_AND_WIDE 0.74 /* of a fall has passed when the body is wider than nine tenths of its height */

static bool runs(const Script *script, const void *subject, double t_s)
{
    const Actor *actor = subject;
    PathState state;
    Point foot;
    return truth_foot(script, actor, t_s, &state, &foot) && state.speed >= RUNNING * actor->height;
}

static void add_running(const Script *script, GPtrArray *events, const Actor *actor)
{
    g_autoptr(GArray) spans = truth_spans(script, runs, actor, RUNNING_GAP_S, RUNNING_LEAST_S);
    for (guint i = 0; i < spans->len; i++) {
        const Stay span = g_array_index(spans, Stay, i);
        truth_add(script, events, "running", span.start_s, span.end_s, "running", actor->id);
    }
}

static void add_falls(const Script *script, GPtrArray *events, const Actor *actor)
{
    for (guint i = 0; actor->poses != NULL && i < actor->poses->len; i++) {
        const PoseSpan *pose = g_ptr_array_index(actor->poses, i);
        if (pose->kind == POSE_FALLEN)
            truth_add(script, events, "person-down", pose->start_s + LOW_AND_WIDE * POSE_RAMP_S,
                      pose->end_s - LOW_AND_WIDE * POSE_RAMP_S, "person_down", actor->id);
    }
}

/* Stays of one actor in a zone, those less than gap_s apart joined. */
static GArray *find_stays(const Script *script, const Actor *actor, const Polygon *zone, double gap_s)
{
    GArray *stays = path_stays(&actor->path, &script->view, zone);
    for (guint i = 1; i < stays->len;) {
        const Stay next = g_array_index(stays, Stay, i);
        Stay *before = &g_array_index(stays, Stay, i - 1);
        if (next.start_s - before->end_s > gap_s) {
            i++;
            continue;
        }
        before->end_s = next.end_s;
        g_array_remove_index(stays, i);
    }
    return stays;
}

static void add_loitering(const Script *script, GPtrArray *events, const Actor *actor)
{
    const Polygon *zone = g_hash_table_lookup(script->scene->zones, "waiting");
    if (zone == NULL)
        return;
    g_autoptr(GArray) stays = find_stays(script, actor, zone, DWELL_GAP_S);
    for (guint i = 0; i < stays->len; i++) {
        const Stay stay = g_array_index(stays, Stay, i);
        if (fmin(stay.end_s, script->duration_s) - fmax(stay.start_s, 0) >= DWELL_S)
            truth_add(script, events, "loitering", stay.start_s, stay.end_s, "loitering", actor->id);
    }
}

/* One event as long as anybody is there. */
static void add_intrusions(const Script *script, GPtrArray *events)
{
    const Polygon *zone = g_hash_table_lookup(script->scene->zones, "forbidden");
    if (zone == NULL)
        return;
    g_autoptr(GArray) wholes = truth_presences(script, zone, 0, PRESENCE_JOIN_S);
    for (guint i = 0; i < wholes->len; i++) {
        const Stay whole = g_array_index(wholes, Stay, i);
        if (whole.end_s - whole.start_s >= PRESENCE_LEAST_S)
            truth_add(script, events, "intrusion", whole.start_s, whole.end_s, "presence", NULL);
    }
}

static void add_line_crossings(const Script *script, GPtrArray *events, const Actor *actor)
{
    const Segment *fence = g_hash_table_lookup(script->scene->lines, "fence");
    if (fence == NULL)
        return;
    g_autoptr(GArray) crossings = path_crossings(&actor->path, &script->view, *fence);
    for (guint i = 0; i < crossings->len; i++) {
        const Crossing crossing = g_array_index(crossings, Crossing, i);
        truth_add(script, events, "line-crossing", crossing.t_s, crossing.t_s + CROSSED_S,
                  crossing.right ? "left_to_right" : "right_to_left", actor->id);
    }
}

static bool goes_against(const Script *script, const void *subject, double t_s)
{
    const Actor *actor = subject;
    const Segment *way = g_hash_table_lookup(script->scene->lines, "way");
    const Polygon *zone = g_hash_table_lookup(script->scene->zones, "oneway");
    PathState state, later;
    Point foot;
    if (!truth_foot(script, actor, t_s, &state, &foot) || state.speed < AGAINST_SPEED * actor->height ||
        (zone != NULL && !geometry_polygon_contains(zone, foot)) ||
        !path_state(&actor->path, t_s + TRUTH_STEP_S, &later))
        return false;
    const double aspect = script->view.width / script->view.height;
    const Point next = view_point(&script->view, later.at);
    const double dx = (next.x - foot.x) * aspect, dy = next.y - foot.y;
    const double wx = (way->b.x - way->a.x) * aspect, wy = way->b.y - way->a.y;
    const double lengths = hypot(dx, dy) * hypot(wx, wy);
    return lengths > 0 && -(dx * wx + dy * wy) >= AGAINST_COS * lengths;
}

static void add_wrong_ways(const Script *script, GPtrArray *events, const Actor *actor)
{
    if (!g_hash_table_contains(script->scene->lines, "way"))
        return;
    g_autoptr(GArray) spans = truth_spans(script, goes_against, actor, AGAINST_GAP_S, AGAINST_LEAST_S);
    for (guint i = 0; i < spans->len; i++) {
        const Stay span = g_array_index(spans, Stay, i);
        truth_add(script, events, "wrong-way", span.start_s, span.end_s, "wrong_way", actor->id);
    }
}

static void add_stands(const Script *script, GPtrArray *events, const Actor *actor)
{
    const Polygon *zone = g_hash_table_lookup(script->scene->zones, "noparking");
    for (guint i = 0; zone != NULL && i < actor->path.legs->len; i++) {
        const Leg *leg = &g_array_index(actor->path.legs, Leg, i);
        if (leg->length <= 0 && leg->end_s - leg->start_s >= STAND_LEAST_S &&
            geometry_polygon_contains(zone, view_point(&script->view, leg->to)))
            truth_add(script, events, "stopped-vehicle", leg->start_s, leg->end_s, "stopped_vehicle",
                      actor->id);
    }
}

void truth_add_people(const Script *script, GPtrArray *events)
{
    for (guint i = 0; i < script->actors->len; i++) {
        const Actor *actor = truth_actor(script, i);
        add_wrong_ways(script, events, actor);
        if (actor_is_vehicle(actor))
            add_stands(script, events, actor);
        if (actor->kind != ACTOR_PERSON)
            continue;
        add_running(script, events, actor);
        add_falls(script, events, actor);
        add_loitering(script, events, actor);
        add_line_crossings(script, events, actor);
    }
    add_intrusions(script, events);
}
