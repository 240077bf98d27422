/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth/path.h"

#include <math.h>

/* A leg has three phases: gaining speed, cruising, braking. */
typedef struct {
    double gain_s, cruise_s, brake_s;
    double gain_m, cruise_m;
} Phases;

static Phases leg_phases(const Leg *leg)
{
    Phases phases = {0};
    const double c = leg->cruise;
    if (isfinite(leg->gain)) {
        phases.gain_s = (c - leg->speed_in) / leg->gain;
        phases.gain_m = (c * c - leg->speed_in * leg->speed_in) / (2 * leg->gain);
    }
    double brake_m = 0;
    if (isfinite(leg->brake)) {
        phases.brake_s = (c - leg->speed_out) / leg->brake;
        brake_m = (c * c - leg->speed_out * leg->speed_out) / (2 * leg->brake);
    }
    phases.cruise_m = fmax(0, leg->length - phases.gain_m - brake_m);
    phases.cruise_s = phases.cruise_m / c;
    return phases;
}

static void add_leg(Path *path, Ground from, Ground to, double start_s, double speed, double gain,
                    double brake, bool from_rest, bool to_rest)
{
    Leg leg = {.start_s = start_s,
               .from = from,
               .to = to,
               .length = ground_distance(from, to),
               .cruise = speed,
               .gain = from_rest ? gain : (double)INFINITY,
               .brake = to_rest ? brake : (double)INFINITY,
               .speed_in = speed,
               .speed_out = speed};
    if (isfinite(leg.gain))
        leg.speed_in = 0;
    if (isfinite(leg.brake))
        leg.speed_out = 0;
    /* Too short to reach the cruising speed: the peak at which gaining and braking just fill the length. */
    const double slope =
        (isfinite(leg.gain) ? 0.5 / leg.gain : 0) + (isfinite(leg.brake) ? 0.5 / leg.brake : 0);
    if (slope > 0)
        leg.cruise = fmin(speed, sqrt(leg.length / slope));
    if (!isfinite(leg.gain))
        leg.speed_in = leg.cruise;
    if (!isfinite(leg.brake))
        leg.speed_out = leg.cruise;
    const Phases phases = leg_phases(&leg);
    leg.end_s = start_s + phases.gain_s + phases.cruise_s + phases.brake_s;
    g_array_append_val(path->legs, leg);
}

static void add_wait(Path *path, Ground at, double start_s, double end_s)
{
    const Leg leg = {.start_s = start_s, .end_s = end_s, .from = at, .to = at};
    g_array_append_val(path->legs, leg);
}

void path_build(Path *path, const View *view, const PathStop *stops, guint count, double start_s,
                double speed, double gain, double brake)
{
    g_assert(count >= 1);
    path->legs = g_array_new(FALSE, FALSE, sizeof(Leg));
    double now = start_s;
    Ground here = view_ground(view, stops[0].to);
    bool resting = false;
    for (guint i = 0; i < count; i++) {
        const PathStop *stop = &stops[i];
        const Ground there = view_ground(view, stop->to);
        const bool waits = stop->wait_s > 0 || !isnan(stop->until_s);
        if (i > 0 && ground_distance(here, there) > 0) {
            add_leg(path, here, there, now, isnan(stop->speed) ? speed : stop->speed, gain,
                    isnan(stop->brake) ? brake : stop->brake, resting, waits);
            now = g_array_index(path->legs, Leg, path->legs->len - 1).end_s;
            resting = false;
        }
        here = there;
        if (waits) {
            const double end = isnan(stop->until_s) ? now + stop->wait_s : fmax(now, stop->until_s);
            add_wait(path, here, now, end);
            now = end;
            resting = true;
        }
    }
    if (path->legs->len == 0)
        add_wait(path, here, now, now);
}

void path_clear(Path *path)
{
    g_clear_pointer(&path->legs, g_array_unref);
}

double path_start(const Path *path)
{
    return g_array_index(path->legs, Leg, 0).start_s;
}

double path_end(const Path *path)
{
    return g_array_index(path->legs, Leg, path->legs->len - 1).end_s;
}

double leg_distance_at(const Leg *leg, double t_s)
{
    if (leg->length <= 0 || t_s <= leg->start_s)
        return 0;
    if (t_s >= leg->end_s)
        return leg->length;
    const Phases phases = leg_phases(leg);
    double t = t_s - leg->start_s;
    if (t < phases.gain_s)
        return leg->speed_in * t + 0.5 * leg->gain * t * t;
    t -= phases.gain_s;
    if (t < phases.cruise_s)
        return phases.gain_m + leg->cruise * t;
    t -= phases.cruise_s;
    return phases.gain_m + phases.cruise_m + leg->cruise * t - 0.5 * leg->brake * t * t;
}

double leg_time_at(const Leg *leg, double distance)
{
    if (distance <= 0)
        return leg->start_s;
    if (distance >= leg->length)
        return leg->end_s;
    const Phases phases = leg_phases(leg);
    if (distance < phases.gain_m)
        return leg->start_s +
               (sqrt(leg->speed_in * leg->speed_in + 2 * leg->gain * distance) - leg->speed_in) / leg->gain;
    double rest = distance - phases.gain_m;
    double t = leg->start_s + phases.gain_s;
    if (rest < phases.cruise_m)
        return t + rest / leg->cruise;
    rest -= phases.cruise_m;
    t += phases.cruise_s;
    return t + (leg->cruise - sqrt(fmax(0, leg->cruise * leg->cruise - 2 * leg->brake * rest))) / leg->brake;
}

static double leg_speed_at(const Leg *leg, double t_s)
{
    if (leg->length <= 0)
        return 0;
    const Phases phases = leg_phases(leg);
    const double t = t_s - leg->start_s;
    if (t < phases.gain_s)
        return leg->speed_in + leg->gain * t;
    if (t < phases.gain_s + phases.cruise_s)
        return leg->cruise;
    return fmax(0, leg->cruise -
                       (isfinite(leg->brake) ? leg->brake * (t - phases.gain_s - phases.cruise_s) : 0));
}

static Ground leg_place(const Leg *leg, double distance)
{
    if (leg->length <= 0)
        return leg->to;
    const double share = distance / leg->length;
    return (Ground){leg->from.x + share * (leg->to.x - leg->from.x),
                    leg->from.z + share * (leg->to.z - leg->from.z)};
}

bool path_state(const Path *path, double t_s, PathState *state)
{
    if (t_s < path_start(path) || t_s >= path_end(path))
        return false;
    *state = (PathState){.heading_x = 1};
    bool heading_known = false;
    for (guint i = 0; i < path->legs->len; i++) {
        const Leg *leg = &g_array_index(path->legs, Leg, i);
        const bool begun = leg->start_s <= t_s;
        if (leg->length > 0 && (begun || !heading_known)) {
            state->heading_x = (leg->to.x - leg->from.x) / leg->length;
            state->heading_z = (leg->to.z - leg->from.z) / leg->length;
            heading_known = true;
        }
        if (!begun)
            continue;
        const double distance = leg_distance_at(leg, t_s);
        state->at = leg_place(leg, distance);
        state->walked += distance;
        state->speed = t_s < leg->end_s ? leg_speed_at(leg, t_s) : 0;
    }
    return true;
}

static double side(Ground a, Ground b, Ground p)
{
    return (b.x - a.x) * (p.z - a.z) - (b.z - a.z) * (p.x - a.x);
}

GArray *path_crossings(const Path *path, const View *view, Segment line)
{
    GArray *crossings = g_array_new(FALSE, FALSE, sizeof(Crossing));
    const Ground a = view_ground(view, line.a), b = view_ground(view, line.b);
    for (guint i = 0; i < path->legs->len; i++) {
        const Leg *leg = &g_array_index(path->legs, Leg, i);
        const double before = side(a, b, leg->from), after = side(a, b, leg->to);
        if (leg->length <= 0 || (before < 0) == (after < 0))
            continue;
        const double share = before / (before - after);
        const Ground at = leg_place(leg, share * leg->length);
        const double length = ground_distance(a, b);
        const double place = ((at.x - a.x) * (b.x - a.x) + (at.z - a.z) * (b.z - a.z)) / (length * length);
        if (place < 0 || place > 1)
            continue;
        /* Away from the camera is up in the picture, so the sign of the side turns over. */
        const Crossing crossing = {leg_time_at(leg, share * leg->length), before >= 0, place};
        g_array_append_val(crossings, crossing);
    }
    return crossings;
}

static int compare_numbers(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The shares of a leg at which it meets the polygon's edges, with both ends, sorted. */
static GArray *leg_cuts(const Leg *leg, const Polygon *ground)
{
    GArray *cuts = g_array_new(FALSE, FALSE, sizeof(double));
    const double ends[] = {0, 1};
    g_array_append_vals(cuts, ends, 2);
    for (size_t i = 0; leg->length > 0 && i < ground->count; i++) {
        const Point p = ground->points[i], q = ground->points[(i + 1) % ground->count];
        const Ground a = {p.x, p.y}, b = {q.x, q.y};
        const double before = side(a, b, leg->from), after = side(a, b, leg->to);
        if ((before < 0) == (after < 0))
            continue;
        const double share = before / (before - after);
        const double p_side = side(leg->from, leg->to, a), q_side = side(leg->from, leg->to, b);
        if ((p_side < 0) != (q_side < 0))
            g_array_append_val(cuts, share);
    }
    g_array_sort(cuts, compare_numbers);
    return cuts;
}

static void add_stay(GArray *stays, double start_s, double end_s)
{
    if (end_s <= start_s)
        return;
    if (stays->len > 0) {
        Stay *last = &g_array_index(stays, Stay, stays->len - 1);
        if (start_s - last->end_s < 1e-9) {
            last->end_s = end_s;
            return;
        }
    }
    const Stay stay = {start_s, end_s};
    g_array_append_val(stays, stay);
}

GArray *path_stays(const Path *path, const View *view, const Polygon *zone)
{
    GArray *stays = g_array_new(FALSE, FALSE, sizeof(Stay));
    g_autoptr(Polygon) ground = geometry_polygon_new(zone->points, zone->count);
    for (size_t i = 0; i < ground->count; i++) {
        const Ground at = view_ground(view, zone->points[i]);
        ground->points[i] = (Point){at.x, at.z};
    }
    for (guint i = 0; i < path->legs->len; i++) {
        const Leg *leg = &g_array_index(path->legs, Leg, i);
        if (leg->length <= 0) {
            if (geometry_polygon_contains(ground, (Point){leg->to.x, leg->to.z}))
                add_stay(stays, leg->start_s, leg->end_s);
            continue;
        }
        g_autoptr(GArray) cuts = leg_cuts(leg, ground);
        for (guint k = 0; k + 1 < cuts->len; k++) {
            const double s0 = g_array_index(cuts, double, k), s1 = g_array_index(cuts, double, k + 1);
            const Ground middle = leg_place(leg, 0.5 * (s0 + s1) * leg->length);
            if (geometry_polygon_contains(ground, (Point){middle.x, middle.z}))
                add_stay(stays, leg_time_at(leg, s0 * leg->length), leg_time_at(leg, s1 * leg->length));
        }
    }
    return stays;
}
