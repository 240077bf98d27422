/* SPDX-License-Identifier: GPL-3.0-or-later */
/* abandoned-object: a thing that was not there before stays, and nobody is with it. */
#include "behaviours/staticbook.h"
#include "behaviours/watch.h"
#include "records/free.h"

typedef struct {
    WatchSettings watch; /* on_delay is how long nobody has been near; classes and anchor are of people */
    int owner;           /* index into owners */
    int64_t stay_us;
    double radius, min_area, max_area;
} Settings;

enum { OWNER_REQUIRED, OWNER_IGNORED };
static const char *const owners[] = {"required", "ignored", NULL};

typedef struct {
    StaticBook book;
    const Settings *settings;
    const Polygon *zone;
    AlarmTimes times;
    TrackBook people; /* of TrackMemory: those who are out of sight for a moment are still near */
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    const Settings *settings = input->settings;
    state->settings = settings;
    state->times = (AlarmTimes){{0, settings->watch.off_delay_us, 0}, REARM_ON_EXIT, 0};
    static_book_init(&state->book, settings->watch.gap_tolerance_us);
    track_book_init(&state->people, sizeof(TrackMemory), input->aspect, 0, settings->watch.gap_tolerance_us);
    return watch_find_zone(input, settings->watch.zone, &state->zone, error);
}

static bool is_attended(const State *state, const StaticMemory *thing)
{
    const Point place = geometry_box_foot(thing->box);
    for (guint i = 0; i < state->people.tracks->len; i++) {
        const TrackMemory *track = g_ptr_array_index(state->people.tracks, i);
        if (track->seen && watch_takes(&state->settings->watch, track->class) &&
            geometry_distance(watch_anchor(&state->settings->watch, track), place, state->people.aspect) <=
                state->settings->radius * track->box.h)
            return true;
    }
    return false;
}

static bool is_candidate(const State *state, const StaticMemory *thing)
{
    const Settings *settings = state->settings;
    const double area = thing->box.w * thing->box.h;
    return !thing->removed && area >= settings->min_area && area <= settings->max_area &&
           watch_contains(&settings->watch, state->zone, geometry_box_foot(thing->box));
}

/* An alarm that is raised goes on as long as nobody is there; to raise one takes both times. */
static bool is_left(const State *state, StaticMemory *thing, int64_t t_us)
{
    const Settings *settings = state->settings;
    const bool stayed = t_us - thing->since_us >= settings->stay_us;
    if (settings->owner == OWNER_IGNORED)
        return stayed;
    const HoldTimes times = {settings->watch.on_delay_us, settings->watch.gap_tolerance_us,
                             settings->watch.gap_tolerance_us};
    const bool alone = !is_attended(state, thing);
    hold_update(&thing->alone, &times, alone, t_us);
    return thing->alarm.hold.raised ? alone : stayed && thing->alone.raised;
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const int64_t t_us = observation->t_us;
    track_book_observe(&state->people, observation);
    static_book_observe(&state->book, observation);
    for (guint i = 0; i < state->book.things->len; i++) {
        StaticMemory *thing = g_ptr_array_index(state->book.things, i);
        if (!thing->seen)
            continue;
        const bool met = is_candidate(state, thing) && is_left(state, thing, t_us);
        const bool was_raised = thing->alarm.hold.raised;
        const bool raise = alarm_update(&thing->alarm, &state->times, met, t_us);
        if (was_raised && !thing->alarm.hold.raised)
            thing->alone = (Hold){0}; /* whoever came has ended it; a new alarm takes a new wait */
        if (!raise)
            continue;
        const int64_t onset_us =
            state->settings->owner == OWNER_REQUIRED ? thing->alone.since_us : thing->since_us;
        static_alert_raise(alerts, "abandoned-object", "abandoned", onset_us, t_us, thing);
    }
}

DEFINE_CLEAR(close_rule, State, state, static_book_clear(&state->book), track_book_clear(&state->people))

static const char *const labels[] = {"abandoned", NULL};
static const char *const hard_negatives[] = {"owner beside the object",
                                             "standing person",
                                             "parked vehicle",
                                             "shadow",
                                             "light change",
                                             "passer-by",
                                             NULL};

static const OptionRow options[] = {
    WATCH_OPTIONS(Settings, "zone boundary"),
    CHOICE_OPTION("owner", Settings, owner, owners, "required"),
    SECONDS_OPTION("stay", Settings, stay_us, 0, 86400, "10"),
    SECONDS_OPTION("unattended", Settings, watch.on_delay_us, 0, 86400, "8"),
    NUMBER_OPTION("radius", Settings, radius, 0, 100, "1.5", "box heights"),
    WATCH_OPTIONS(Settings, "classes anchor"),
    NUMBER_OPTION("min_area", Settings, min_area, 0, 1, "0.0002", "share of the picture"),
    NUMBER_OPTION("max_area", Settings, max_area, 0, 1, "0.05", "share of the picture"),
    WATCH_OPTIONS(Settings, "off_delay=2 gap_tolerance=4"),
    OPTION_END,
};

extern const Behaviour behaviour_abandoned_object;
const Behaviour behaviour_abandoned_object = {
    .id = "abandoned-object", .flush = static_rule_flush, BEHAVIOUR_PARTS};
