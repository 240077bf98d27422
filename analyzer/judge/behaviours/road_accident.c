/* SPDX-License-Identifier: GPL-3.0-or-later */
/* road-accident: what tracks alone can tell of one: vehicles that meet and one of them is stopped by it, a
 * vehicle that stops abruptly or stays on the carriageway where traffic flows, a person on it.
 *
 * One alarm a vehicle and accident: who collided and then stands is not reported again. */
#include "behaviours/behaviour.h"
#include "behaviours/hold.h"
#include "behaviours/trackbook.h"
#include "behaviours/watch.h"

#include <math.h>

/* A vehicle that stands later than this after it met another was not stopped by it. */
#define STOPPED_BY_US (2 * US_PER_SECOND)

typedef struct {
    char *carriageway, *crossing;
    double stop_speed, brake_speed, impact_change, min_travel, meet_share, size_ratio;
    int64_t congestion;
    int64_t stop_time_us, sudden_time_us, brake_time_us, impact_time_us, speed_window_us;
    int64_t person_delay_us, off_delay_us, gap_tolerance_us;
} Settings;

typedef struct {
    TrackMemory track;                             /* first: see trackbook.h */
    Point entered;                                 /* where it was first seen */
    double travelled;                              /* furthest from there, in box heights */
    double speed;                                  /* box heights per second; NAN while not known */
    double velocity_x, velocity_y, past_x, past_y; /* now, and one impact_time before; NAN likewise */
    int64_t braked_us; /* last time it was faster than brake_speed; TIME_UNKNOWN: never */
    int64_t impact_us; /* when the last abrupt change of velocity began; TIME_UNKNOWN: never */
    bool shaken;       /* it goes on */
    int64_t met_us;    /* last began to meet another vehicle; TIME_UNKNOWN: never */
    int64_t met_id;
    bool meeting;
    Hold standing;
    int64_t stands_since_us; /* TIME_UNKNOWN while it moves */
    Alert *alert;            /* the open one, shared by those who collided; owned by the run */
} Vehicle;

typedef struct {
    const Settings *settings;
    const Polygon *carriageway, *crossing; /* NULL: not given */
    TrackBook book;                        /* of Vehicle, but holds persons too */
    Hold person;
    Alert *person_alert;
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    const Settings *settings = input->settings;
    state->settings = settings;
    track_book_init(&state->book, sizeof(Vehicle), input->aspect,
                    settings->speed_window_us + settings->impact_time_us + US_PER_SECOND,
                    settings->gap_tolerance_us);
    return watch_find_zone(input, settings->carriageway, &state->carriageway, error) &&
           watch_find_zone(input, settings->crossing, &state->crossing, error);
}

static bool on_carriageway(const State *state, Point foot)
{
    return state->carriageway == NULL || geometry_polygon_contains(state->carriageway, foot);
}

static void measure(const State *state, Vehicle *vehicle, int64_t t_us)
{
    const Settings *settings = state->settings;
    if (vehicle->track.first_us == t_us && vehicle->track.trail->len == 1) {
        vehicle->entered = vehicle->track.foot;
        vehicle->braked_us = vehicle->impact_us = vehicle->met_us = TIME_UNKNOWN;
        vehicle->stands_since_us = TIME_UNKNOWN;
    }
    const double travelled = geometry_distance(vehicle->entered, vehicle->track.foot, state->book.aspect);
    vehicle->travelled = fmax(vehicle->travelled, travelled / fmax(vehicle->track.box.h, 1e-6));
    track_velocity(&vehicle->track, t_us, settings->speed_window_us, state->book.aspect, &vehicle->velocity_x,
                   &vehicle->velocity_y);
    track_velocity(&vehicle->track, t_us - settings->impact_time_us, settings->speed_window_us,
                   state->book.aspect, &vehicle->past_x, &vehicle->past_y);
    vehicle->speed = hypot(vehicle->velocity_x, vehicle->velocity_y);
    if (vehicle->speed >= settings->brake_speed)
        vehicle->braked_us = t_us;
    const bool shaken = hypot(vehicle->velocity_x - vehicle->past_x, vehicle->velocity_y - vehicle->past_y) >=
                        settings->impact_change;
    if (shaken && !vehicle->shaken)
        vehicle->impact_us = t_us;
    vehicle->shaken = shaken;
    const bool moves = vehicle->speed >= settings->stop_speed;
    if (moves)
        vehicle->stands_since_us = TIME_UNKNOWN;
    else if (isfinite(vehicle->speed) && vehicle->stands_since_us == TIME_UNKNOWN)
        vehicle->stands_since_us = t_us;
}

static bool stands(const Vehicle *vehicle)
{
    return vehicle->stands_since_us != TIME_UNKNOWN;
}

/* Boxes of like height (things at like distance) meet when they share more than meet_share of the smaller. */
static bool boxes_meet(const State *state, const Vehicle *a, const Vehicle *b)
{
    const double smaller = fmin(a->track.box.w * a->track.box.h, b->track.box.w * b->track.box.h);
    const double low = fmin(a->track.box.h, b->track.box.h), high = fmax(a->track.box.h, b->track.box.h);
    if (low < state->settings->size_ratio * high)
        return false;
    const double both = geometry_box_overlap(a->track.box, b->track.box);
    return both > 0 && both >= state->settings->meet_share * smaller;
}

static void note_meetings(const State *state, int64_t t_us)
{
    const GPtrArray *tracks = state->book.tracks;
    for (guint i = 0; i < tracks->len; i++) {
        Vehicle *vehicle = g_ptr_array_index(tracks, i);
        if (!vehicle->track.seen || vehicle->track.class != OBJECT_VEHICLE)
            continue;
        bool meets = false;
        for (guint j = 0; j < tracks->len; j++) {
            const Vehicle *other = g_ptr_array_index(tracks, j);
            if (j == i || other->track.class != OBJECT_VEHICLE || !boxes_meet(state, vehicle, other))
                continue;
            if (!vehicle->meeting || vehicle->met_us == TIME_UNKNOWN) {
                vehicle->met_us = t_us;
                vehicle->met_id = other->track.id;
            }
            meets = true;
            break;
        }
        vehicle->meeting = meets;
    }
}

static Vehicle *find_vehicle(const State *state, int64_t id)
{
    for (guint i = 0; i < state->book.tracks->len; i++) {
        Vehicle *vehicle = g_ptr_array_index(state->book.tracks, i);
        if (vehicle->track.id == id)
            return vehicle;
    }
    return NULL;
}

/* Others that stand on the carriageway without being part of an accident: a queue, not an accident. */
static int64_t count_queue(const State *state, const Vehicle *vehicle)
{
    int64_t queue = 0;
    for (guint i = 0; i < state->book.tracks->len; i++) {
        const Vehicle *other = g_ptr_array_index(state->book.tracks, i);
        queue += other != vehicle && other->track.class == OBJECT_VEHICLE && stands(other) &&
                 other->alert == NULL && on_carriageway(state, other->track.foot);
    }
    return queue;
}

static bool was_shaken(const State *state, const Vehicle *vehicle, int64_t met_us)
{
    const int64_t reach_us = state->settings->impact_time_us + 2 * state->settings->speed_window_us;
    return vehicle->impact_us != TIME_UNKNOWN && ABS(vehicle->impact_us - met_us) <= reach_us;
}

/* Met another, one of the two was shaken by it, and this one, which moved until then, has stood since. */
static bool has_collided(const State *state, const Vehicle *vehicle, const Vehicle *other, int64_t t_us)
{
    const int64_t met_us = vehicle->met_us;
    if (met_us == TIME_UNKNOWN || vehicle->stands_since_us - met_us > STOPPED_BY_US ||
        vehicle->stands_since_us < met_us - state->settings->impact_time_us ||
        t_us - MAX(met_us, vehicle->stands_since_us) < state->settings->sudden_time_us / 2)
        return false;
    return was_shaken(state, vehicle, met_us) || (other != NULL && was_shaken(state, other, met_us));
}

static void watch_vehicle(State *state, Vehicle *vehicle, int64_t t_us, GPtrArray *alerts)
{
    const Settings *settings = state->settings;
    const HoldTimes never = {0, settings->off_delay_us, 0};
    if (vehicle->alert != NULL) {
        if (hold_update(&vehicle->standing, &never, stands(vehicle), t_us) != HOLD_CLEARED)
            return;
        vehicle->alert->end_us = vehicle->standing.gone_us;
        vehicle->alert = NULL;
        return;
    }
    vehicle->standing = (Hold){0};
    if (!stands(vehicle) || vehicle->travelled < settings->min_travel ||
        !on_carriageway(state, vehicle->track.foot))
        return;
    const int64_t stood_us = t_us - vehicle->stands_since_us;
    Vehicle *other = vehicle->met_us != TIME_UNKNOWN ? find_vehicle(state, vehicle->met_id) : NULL;
    const char *label = NULL;
    int64_t onset_us = vehicle->stands_since_us;
    if (has_collided(state, vehicle, other, t_us)) {
        label = "collision";
        onset_us = vehicle->met_us;
    } else if (stood_us >= settings->sudden_time_us && vehicle->braked_us != TIME_UNKNOWN &&
               vehicle->stands_since_us - vehicle->braked_us <= settings->brake_time_us &&
               count_queue(state, vehicle) < settings->congestion) {
        label = "sudden_stop";
        onset_us = vehicle->braked_us;
    } else if (stood_us >= settings->stop_time_us && count_queue(state, vehicle) < settings->congestion) {
        label = "stopped_vehicle";
    }
    if (label == NULL)
        return;
    Vehicle *partner = *label == 'c' ? other : NULL;
    if (partner != NULL && partner->alert != NULL)
        vehicle->alert = partner->alert; /* already told */
    else
        vehicle->alert = alert_raise(alerts, "road-accident", label, onset_us, t_us, &vehicle->track,
                                     partner != NULL ? &partner->track : NULL);
    hold_update(&vehicle->standing, &never, true, t_us);
    if (partner != NULL && partner->alert == NULL) {
        partner->alert = vehicle->alert;
        partner->standing = vehicle->standing;
    }
}

static void watch_persons(State *state, int64_t t_us, GPtrArray *alerts)
{
    if (state->carriageway == NULL)
        return; /* nobody has said where the carriageway is */
    const TrackMemory *found = NULL;
    for (guint i = 0; i < state->book.tracks->len && found == NULL; i++) {
        const TrackMemory *track = g_ptr_array_index(state->book.tracks, i);
        if (track->class == OBJECT_PERSON && track->seen &&
            geometry_polygon_contains(state->carriageway, track->foot) &&
            (state->crossing == NULL || !geometry_polygon_contains(state->crossing, track->foot)))
            found = track;
    }
    const HoldTimes times = {state->settings->person_delay_us, state->settings->off_delay_us,
                             state->settings->gap_tolerance_us};
    switch (hold_update(&state->person, &times, found != NULL, t_us)) {
    case HOLD_RAISED:
        state->person_alert = alert_raise(alerts, "road-accident", "person_on_carriageway",
                                          state->person.since_us, t_us, found, NULL);
        break;
    case HOLD_CLEARED:
        state->person_alert->end_us = state->person.gone_us;
        state->person_alert = NULL;
        break;
    case HOLD_SAME:
        break;
    }
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const int64_t t_us = observation->t_us;
    if (!observation->signal)
        return;
    track_book_observe(&state->book, observation);
    for (guint i = 0; i < state->book.dropped->len; i++) {
        const Vehicle *vehicle = g_ptr_array_index(state->book.dropped, i);
        if (vehicle->alert != NULL)
            vehicle->alert->end_us = vehicle->track.seen_us;
    }
    for (guint i = 0; i < state->book.tracks->len; i++) {
        Vehicle *vehicle = g_ptr_array_index(state->book.tracks, i);
        if (vehicle->track.seen)
            measure(state, vehicle, t_us);
    }
    note_meetings(state, t_us);
    for (guint i = 0; i < state->book.tracks->len; i++) {
        Vehicle *vehicle = g_ptr_array_index(state->book.tracks, i);
        if (vehicle->track.seen && vehicle->track.class == OBJECT_VEHICLE)
            watch_vehicle(state, vehicle, t_us, alerts);
    }
    watch_persons(state, t_us, alerts);
}

static void flush(void *data, int64_t end_us, GPtrArray *alerts)
{
    (void)alerts;
    State *state = data;
    if (state->person_alert != NULL)
        state->person_alert->end_us = state->person.gone ? state->person.gone_us : end_us;
    for (guint i = 0; i < state->book.tracks->len; i++) {
        const Vehicle *vehicle = g_ptr_array_index(state->book.tracks, i);
        if (vehicle->alert != NULL)
            vehicle->alert->end_us = vehicle->standing.gone ? vehicle->standing.gone_us : end_us;
    }
}

static void close_rule(void *data)
{
    State *state = data;
    track_book_clear(&state->book);
}

static const char *const labels[] = {"collision", "sudden_stop", "stopped_vehicle", "person_on_carriageway",
                                     NULL};
static const char *const hard_negatives[] = {"breakdown lane",
                                             "bus stop",
                                             "parking",
                                             "congestion",
                                             "roadworks",
                                             "red light",
                                             "vehicles passing in front of each other",
                                             "pedestrian crossing",
                                             NULL};

static const OptionRow options[] = {
    STRING_OPTION("carriageway", Settings, carriageway, NULL),
    STRING_OPTION("crossing", Settings, crossing, NULL),
    NUMBER_OPTION("stop_speed", Settings, stop_speed, 0, 100, "0.15", "box heights/s"),
    SECONDS_OPTION("stop_time", Settings, stop_time_us, 0, 86400, "15"),
    NUMBER_OPTION("brake_speed", Settings, brake_speed, 0, 100, "2", "box heights/s"),
    SECONDS_OPTION("brake_time", Settings, brake_time_us, 0, 60, "1"),
    SECONDS_OPTION("sudden_time", Settings, sudden_time_us, 0, 3600, "2"),
    NUMBER_OPTION("impact_change", Settings, impact_change, 0, 100, "1", "box heights/s"),
    SECONDS_OPTION("impact_time", Settings, impact_time_us, 0.05, 10, "0.5"),
    NUMBER_OPTION("meet_share", Settings, meet_share, 0, 1, "0", "fraction"),
    NUMBER_OPTION("size_ratio", Settings, size_ratio, 0, 1, "0.4", "fraction"),
    INT_OPTION("congestion", Settings, congestion, 1, 1000, "2", "vehicles"),
    NUMBER_OPTION("min_travel", Settings, min_travel, 0, 100, "0.5", "box heights"),
    SECONDS_OPTION("speed_window", Settings, speed_window_us, 0.1, 10, "0.5"),
    SECONDS_OPTION("person_delay", Settings, person_delay_us, 0, 3600, "1"),
    SECONDS_OPTION("off_delay", Settings, off_delay_us, 0, 3600, "1"),
    SECONDS_OPTION("gap_tolerance", Settings, gap_tolerance_us, 0, 60, "1"),
    OPTION_END,
};

extern const Behaviour behaviour_road_accident;
const Behaviour behaviour_road_accident = {
    .id = "road-accident", .classes = 1U << OBJECT_VEHICLE, .flush = flush, BEHAVIOUR_PARTS};
