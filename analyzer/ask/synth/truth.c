/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth/truth_internal.h"

#include "records/error.h"

#include <math.h>
#include <string.h>

/* Two persons on the carriageway less than this apart in time are one event (off_delay of the rule). */
#define CARRIAGEWAY_JOIN_S 1.0
/* Somebody who sets a foot on the carriageway for less than this has not walked on it (person_delay). */
#define CARRIAGEWAY_LEAST_S 1.0

static int64_t to_us(double t_s)
{
    return llround(t_s * 1e6);
}

static int64_t clip_end(const Script *script)
{
    return llround((double)script_frames(script) * 1e6 * script->rate_den / script->rate_num);
}

void truth_add(const Script *script, GPtrArray *events, const char *behaviour, double start_s, double end_s,
               const char *label, const char *note)
{
    const int64_t last = clip_end(script);
    const int64_t start = MAX(0, to_us(start_s)), end = MIN(last, to_us(end_s));
    if (end <= start)
        return;
    Event *event = event_new(behaviour, start, end);
    event->label = g_strdup(label);
    event->note = g_strdup(note);
    event->annotator = g_strdup("scene script");
    g_ptr_array_add(events, event);
}

const Actor *truth_actor(const Script *script, guint i)
{
    return g_ptr_array_index(script->actors, i);
}

bool truth_foot(const Script *script, const Actor *actor, double t_s, PathState *state, Point *foot)
{
    if (!path_state(&actor->path, t_s, state))
        return false;
    *foot = view_point(&script->view, state->at);
    return foot->x >= 0 && foot->x <= 1 && foot->y >= 0 && foot->y <= 1;
}

GArray *truth_spans(const Script *script, TruthCondition condition, const void *subject, double gap_s,
                    double least_s)
{
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(Stay));
    const int64_t steps = (int64_t)floor(script->duration_s / TRUTH_STEP_S);
    for (int64_t i = 0; i < steps; i++) {
        const double t_s = (double)i * TRUTH_STEP_S, end_s = t_s + TRUTH_STEP_S;
        if (!condition(script, subject, t_s))
            continue;
        Stay *last = spans->len > 0 ? &g_array_index(spans, Stay, spans->len - 1) : NULL;
        if (last != NULL && t_s - last->end_s <= gap_s + TRUTH_STEP_S / 2) {
            last->end_s = end_s;
            continue;
        }
        const Stay span = {t_s, end_s};
        g_array_append_val(spans, span);
    }
    for (guint i = spans->len; i > 0; i--) {
        const Stay span = g_array_index(spans, Stay, i - 1);
        if (span.end_s - span.start_s < least_s)
            g_array_remove_index(spans, i - 1);
    }
    return spans;
}

bool synth_covers(const Script *script, const char *behaviour)
{
    /* Rules about a place need it on the picture. */
    static const struct {
        const char *behaviour, *zone, *line;
    } places[] = {{"intrusion", "forbidden", NULL},
                  {"loitering", "waiting", NULL},
                  {"stopped-vehicle", "noparking", NULL},
                  {"line-crossing", NULL, "fence"},
                  {"wrong-way", NULL, "way"}};
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        if (strcmp(behaviour, places[i].behaviour) == 0)
            return places[i].zone != NULL ? g_hash_table_contains(script->scene->zones, places[i].zone)
                                          : g_hash_table_contains(script->scene->lines, places[i].line);
    }
    if (strcmp(behaviour, "crowd-density") == 0)
        return script->density.zone != NULL;
    return true;
}

static const char *actor_name(const Actor *actor)
{
    return actor->id != NULL ? actor->id : "an actor without id";
}

/* ---- fare evasion ------------------------------------------------------------------------------------- */
bool synth_gate_crossing(const Script *script, const Actor *actor, Crossing *crossing)
{
    const Segment *gate = g_hash_table_lookup(script->scene->lines, "gate");
    if (gate == NULL || actor_is_vehicle(actor))
        return false;
    g_autoptr(GArray) crossings = path_crossings(&actor->path, &script->view, *gate);
    if (crossings->len == 0)
        return false;
    *crossing = g_array_index(crossings, Crossing, 0);
    return true;
}

/* How far the foot is from the line, in heights of the figure as it is seen. */
static double travel(const Script *script, const Actor *actor, Segment line, Ground at)
{
    const View *view = &script->view;
    const Point foot = view_pixel(view, at.x, 0, at.z);
    const Point a = {line.a.x * view->width, line.a.y * view->height};
    const Point b = {line.b.x * view->width, line.b.y * view->height};
    const double across = (b.x - a.x) * (foot.y - a.y) - (b.y - a.y) * (foot.x - a.x);
    return fabs(across) / hypot(b.x - a.x, b.y - a.y) / (actor->height * view_pixels_per_metre(view, at.z));
}

/* The gate is clear when the figure is its own height away, or gone. */
static double clear_of_gate(const Script *script, const Actor *actor, Segment gate, double t_s)
{
    PathState state;
    const double end_s = fmin(path_end(&actor->path), script->duration_s);
    while (t_s < end_s && path_state(&actor->path, t_s, &state) && travel(script, actor, gate, state.at) < 1)
        t_s += 0.01;
    return fmin(t_s, end_s);
}

static bool add_evasions(const Script *script, GPtrArray *events, GError **error)
{
    static const char *const labels[] = {[ACT_TAILGATING] = "tailgating",
                                         [ACT_FORCED] = "forced",
                                         [ACT_JUMP] = "jump",
                                         [ACT_BACKWARD] = "backward",
                                         [ACT_UNVALIDATED] = "unvalidated"};
    const Segment *gate = g_hash_table_lookup(script->scene->lines, "gate");
    for (guint i = 0; i < script->actors->len; i++) {
        const Actor *actor = truth_actor(script, i);
        const bool evades = actor->act >= ACT_TAILGATING && actor->act <= ACT_UNVALIDATED;
        Crossing crossing;
        const bool crosses = synth_gate_crossing(script, actor, &crossing);
        if (evades && !crosses) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "scene %s: %s evades the fare but its path never crosses the line “gate”", script->id,
                        actor_name(actor));
            return false;
        }
        if (crosses && !evades && !actor->validates) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "scene %s: %s crosses the line “gate” at %.2f s and neither validates nor evades",
                        script->id, actor_name(actor), crossing.t_s);
            return false;
        }
        if (evades && crossing.right == (actor->act == ACT_BACKWARD)) {
            g_set_error(
                error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "scene %s: %s crosses the line “gate” the wrong way for its act (in is from the line's "
                "left to its right)",
                script->id, actor_name(actor));
            return false;
        }
        if (evades)
            truth_add(script, events, "fare-evasion", crossing.t_s,
                      fmax(crossing.t_s + 0.1, clear_of_gate(script, actor, *gate, crossing.t_s)),
                      labels[actor->act], actor->id);
    }
    return true;
}

static int compare_times(gconstpointer a, gconstpointer b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

GArray *synth_validations(const Script *script)
{
    GArray *times = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (guint i = 0; i < script->actors->len; i++) {
        const Actor *actor = truth_actor(script, i);
        Crossing crossing;
        if (!actor->validates || !synth_gate_crossing(script, actor, &crossing))
            continue;
        const int64_t t_us = to_us(crossing.t_s - SYNTH_VALIDATION_LEAD_S);
        if (t_us >= 0 && crossing.t_s < script->duration_s)
            g_array_append_val(times, t_us);
    }
    g_array_sort(times, compare_times);
    return times;
}

/* ---- camera tampering --------------------------------------------------------------------------------- */
static void add_tampering(const Script *script, GPtrArray *events)
{
    static const char *const labels[] = {
        [TAMPER_COVERED] = "covered",     [TAMPER_HAND] = "covered",  [TAMPER_SPRAYED] = "sprayed",
        [TAMPER_DEFOCUSED] = "defocused", [TAMPER_MOVED] = "moved",   [TAMPER_DARK] = "dark",
        [TAMPER_BRIGHT] = "bright",       [TAMPER_FROZEN] = "frozen", [TAMPER_BLANK] = "signal_lost"};
    for (guint i = 0; i < script->tampers->len; i++) {
        const Tamper *tamper = g_ptr_array_index(script->tampers, i);
        truth_add(script, events, "camera-tampering", tamper->start_s, tamper->end_s, labels[tamper->kind],
                  NULL);
    }
}

/* ---- road accidents ----------------------------------------------------------------------------------- */
/* The first stand inside the zone; false when there is none. */
static bool first_stand(const Script *script, const Actor *actor, const Polygon *zone, double *start_s,
                        double *end_s)
{
    for (guint i = 0; i < actor->path.legs->len; i++) {
        const Leg *leg = &g_array_index(actor->path.legs, Leg, i);
        if (leg->length <= 0 && leg->end_s > leg->start_s &&
            geometry_polygon_contains(zone, view_point(&script->view, leg->to))) {
            *start_s = leg->start_s;
            *end_s = leg->end_s;
            return true;
        }
    }
    return false;
}

/* A sudden stop begins when the vehicle was last this fast (two heights of a car a second), m/s. */
#define SUDDEN_SPEED 3.0

/* How hard it brakes before its first stand. */
static double hard_braking(const Actor *actor)
{
    for (guint i = 0; i < actor->path.legs->len; i++) {
        const Leg *leg = &g_array_index(actor->path.legs, Leg, i);
        if (leg->length > 0 && isfinite(leg->brake))
            return leg->brake;
    }
    return (double)INFINITY;
}

static bool add_stops(const Script *script, GPtrArray *events, GError **error)
{
    static const char *const labels[] = {
        [ACT_STOPPED] = "stopped_vehicle", [ACT_SUDDEN_STOP] = "sudden_stop", [ACT_COLLISION] = "collision"};
    for (guint i = 0; i < script->actors->len; i++) {
        const Actor *actor = truth_actor(script, i);
        if (actor->act < ACT_STOPPED)
            continue;
        const Polygon *zone = scene_find_zone(script->scene, "carriageway", error);
        if (zone == NULL) {
            g_prefix_error(error, "scene %s: ", script->id);
            return false;
        }
        double start_s = 0, end_s = 0;
        if (!first_stand(script, actor, zone, &start_s, &end_s)) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "scene %s: %s has the act “%s” but never stands in the zone “carriageway”",
                        script->id, actor_name(actor), labels[actor->act]);
            return false;
        }
        if (actor->act == ACT_SUDDEN_STOP)
            start_s -= SUDDEN_SPEED / hard_braking(actor);
        truth_add(script, events, "road-accident", start_s, end_s, labels[actor->act], actor->id);
    }
    return true;
}

GArray *truth_person_stays(const Script *script, const Polygon *zone)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(Stay));
    for (guint i = 0; i < script->actors->len; i++) {
        const Actor *actor = truth_actor(script, i);
        if (actor->kind != ACTOR_PERSON)
            continue;
        g_autoptr(GArray) stays = path_stays(&actor->path, &script->view, zone);
        g_array_append_vals(all, stays->data, stays->len);
    }
    return all;
}

static int compare_stays(gconstpointer a, gconstpointer b)
{
    const Stay *x = a, *y = b;
    return (x->start_s > y->start_s) - (x->start_s < y->start_s);
}

GArray *truth_presences(const Script *script, const Polygon *zone, double least_s, double join_s)
{
    g_autoptr(GArray) all = truth_person_stays(script, zone);
    GArray *wholes = g_array_new(FALSE, FALSE, sizeof(Stay));
    g_array_sort(all, compare_stays);
    for (guint i = 0; i < all->len; i++) {
        const Stay stay = g_array_index(all, Stay, i);
        Stay *before = wholes->len > 0 ? &g_array_index(wholes, Stay, wholes->len - 1) : NULL;
        if (stay.end_s - stay.start_s < least_s)
            continue;
        if (before != NULL && stay.start_s < before->end_s + join_s)
            before->end_s = fmax(before->end_s, stay.end_s);
        else
            g_array_append_val(wholes, stay);
    }
    return wholes;
}

static void add_walkers(const Script *script, GPtrArray *events)
{
    const Polygon *zone = g_hash_table_lookup(script->scene->zones, "carriageway");
    if (zone == NULL)
        return;
    g_autoptr(GArray) wholes = truth_presences(script, zone, CARRIAGEWAY_LEAST_S, CARRIAGEWAY_JOIN_S);
    for (guint i = 0; i < wholes->len; i++) {
        const Stay whole = g_array_index(wholes, Stay, i);
        truth_add(script, events, "road-accident", whole.start_s, whole.end_s, "person_on_carriageway", NULL);
    }
}

/* ---- crowd -------------------------------------------------------------------------------------------- */
typedef struct {
    double t_s;
    int step; /* +1 or -1 */
} Step;

static int compare_steps(gconstpointer a, gconstpointer b)
{
    const Step *x = a, *y = b;
    if (x->t_s != y->t_s)
        return x->t_s < y->t_s ? -1 : 1;
    return x->step - y->step;
}

static GArray *zone_steps(const Script *script, const Polygon *zone)
{
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(Step));
    g_autoptr(GArray) stays = truth_person_stays(script, zone);
    for (guint i = 0; i < stays->len; i++) {
        const Stay stay = g_array_index(stays, Stay, i);
        const Step in = {stay.start_s, 1}, out = {stay.end_s, -1};
        g_array_append_val(steps, in);
        g_array_append_val(steps, out);
    }
    g_array_sort(steps, compare_steps);
    return steps;
}

int64_t synth_count_in_zone(const Script *script, const Polygon *zone, double t_s)
{
    g_autoptr(GArray) steps = zone_steps(script, zone);
    int64_t count = 0;
    for (guint i = 0; i < steps->len && g_array_index(steps, Step, i).t_s <= t_s; i++)
        count += g_array_index(steps, Step, i).step;
    return count;
}

GArray *synth_counts(const Script *script)
{
    if (script->crowd.zone == NULL)
        return NULL;
    const int64_t last = clip_end(script);
    GArray *counts = g_array_new(FALSE, FALSE, sizeof(CountSpan));
    g_autoptr(GArray) steps =
        zone_steps(script, g_hash_table_lookup(script->scene->zones, script->crowd.zone));
    int64_t since = 0, count = 0;
    for (guint i = 0; i <= steps->len; i++) {
        const Step *step = i < steps->len ? &g_array_index(steps, Step, i) : NULL;
        const int64_t now = step == NULL ? last : CLAMP(to_us(step->t_s), 0, last);
        if (now > since) {
            const CountSpan span = {{since, now}, count};
            CountSpan *before = counts->len > 0 ? &g_array_index(counts, CountSpan, counts->len - 1) : NULL;
            if (before != NULL && before->value == count)
                before->span.end_us = now; /* one came as another left */
            else
                g_array_append_val(counts, span);
            since = now;
        }
        count += step != NULL ? step->step : 0;
    }
    return counts;
}

/* Above the limit for hold_s without interruption; over since the count is clear_margin below it for off_s.
 */
static void add_crowds(const Script *script, GPtrArray *events)
{
    const Crowd *crowd = &script->crowd;
    if (crowd->zone == NULL)
        return;
    g_autoptr(GArray) steps = zone_steps(script, g_hash_table_lookup(script->scene->zones, crowd->zone));
    const Step end = {script->duration_s, 0};
    g_array_append_val(steps, end);
    int64_t count = 0;
    double above_s = (double)NAN, below_s = (double)NAN, raised_s = (double)NAN;
    for (guint i = 0; i < steps->len; i++) {
        const Step *step = &g_array_index(steps, Step, i);
        const double now = fmin(step->t_s, script->duration_s);
        if (isnan(raised_s) && !isnan(above_s) && now - fmax(above_s, 0) >= crowd->hold_s)
            raised_s = above_s;
        if (!isnan(raised_s) && !isnan(below_s) && now - below_s >= crowd->off_s) {
            truth_add(script, events, "crowd-limit", raised_s, below_s, "over_limit", NULL);
            raised_s = (double)NAN;
        }
        if (now >= script->duration_s)
            break;
        count += step->step;
        above_s = count <= crowd->limit ? (double)NAN : isnan(above_s) ? now : above_s;
        below_s = count > crowd->limit - crowd->clear_margin ? (double)NAN : isnan(below_s) ? now : below_s;
    }
    if (!isnan(raised_s))
        truth_add(script, events, "crowd-limit", raised_s, isnan(below_s) ? script->duration_s : below_s,
                  "over_limit", NULL);
}

/* Truth knows no two events of one kind at once: several people who run at the same time are one event. */
static void join_overlapping(GPtrArray *events)
{
    for (guint i = 0; i < events->len; i++) {
        Event *event = g_ptr_array_index(events, i);
        for (guint k = i + 1; k < events->len;) {
            const Event *other = g_ptr_array_index(events, k);
            if (strcmp(event->behaviour, other->behaviour) != 0 ||
                g_strcmp0(event->label, other->label) != 0 || other->start_us >= event->end_us) {
                k++;
                continue;
            }
            event->end_us = MAX(event->end_us, other->end_us);
            g_clear_pointer(&event->note, g_free);
            g_ptr_array_remove_index(events, k);
        }
    }
}

GPtrArray *synth_events(const Script *script, GError **error)
{
    g_autoptr(GPtrArray) events = event_array_new();
    if (!add_evasions(script, events, error) || !add_stops(script, events, error))
        return NULL;
    add_tampering(script, events);
    add_walkers(script, events);
    add_crowds(script, events);
    truth_add_people(script, events);
    truth_add_crowds(script, events);
    truth_add_things(script, events);
    g_ptr_array_sort(events, event_compare);
    join_overlapping(events);
    return g_steal_pointer(&events);
}
