/* SPDX-License-Identifier: GPL-3.0-or-later */
/* removed-object: a thing that belongs to the scene has gone. */
#include "behaviours/staticbook.h"
#include "behaviours/watch.h"

typedef struct {
    WatchSettings watch; /* on_delay is how long the thing has been gone */
    int64_t memory_us;
    double overlap, min_area, max_area;
} Settings;

/* A place where something new stood: its going is no removal. */
typedef struct {
    Box box;
    int64_t seen_us;
} Guest;

typedef struct {
    StaticBook book;
    const Settings *settings;
    const Polygon *zone;
    AlarmTimes times;
    GArray *guests; /* of Guest */
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    const Settings *settings = input->settings;
    state->settings = settings;
    state->times = (AlarmTimes){{0, settings->watch.off_delay_us, 0}, REARM_ON_EXIT, 0};
    state->guests = g_array_new(FALSE, FALSE, sizeof(Guest));
    static_book_init(&state->book, settings->watch.gap_tolerance_us);
    return watch_find_zone(input, settings->watch.zone, &state->zone, error);
}

static void remember_guests(State *state, int64_t t_us)
{
    for (guint i = 0; i < state->guests->len;) {
        if (t_us - g_array_index(state->guests, Guest, i).seen_us > state->settings->memory_us)
            g_array_remove_index(state->guests, i);
        else
            i++;
    }
    for (guint i = 0; i < state->book.things->len; i++) {
        const StaticMemory *thing = g_ptr_array_index(state->book.things, i);
        if (thing->removed || !thing->seen)
            continue;
        Guest *known = NULL;
        for (guint j = 0; j < state->guests->len && known == NULL; j++) {
            Guest *guest = &g_array_index(state->guests, Guest, j);
            known = geometry_box_iou(guest->box, thing->box) >= state->settings->overlap ? guest : NULL;
        }
        const Guest guest = {thing->box, t_us};
        if (known != NULL)
            *known = guest;
        else
            g_array_append_val(state->guests, guest);
    }
}

static bool was_guest(const State *state, Box box)
{
    for (guint i = 0; i < state->guests->len; i++) {
        if (geometry_box_iou(g_array_index(state->guests, Guest, i).box, box) >= state->settings->overlap)
            return true;
    }
    return false;
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const Settings *settings = state->settings;
    const int64_t t_us = observation->t_us;
    static_book_observe(&state->book, observation);
    remember_guests(state, t_us);
    for (guint i = 0; i < state->book.things->len; i++) {
        StaticMemory *thing = g_ptr_array_index(state->book.things, i);
        const double area = thing->box.w * thing->box.h;
        if (!thing->seen)
            continue;
        const bool met = thing->removed && t_us - thing->since_us >= settings->watch.on_delay_us &&
                         area >= settings->min_area && area <= settings->max_area &&
                         watch_contains(&settings->watch, state->zone, geometry_box_foot(thing->box)) &&
                         !was_guest(state, thing->box);
        if (alarm_update(&thing->alarm, &state->times, met, t_us))
            static_alert_raise(alerts, "removed-object", "removed", thing->since_us, t_us, thing);
    }
}

static void close_rule(void *data)
{
    State *state = data;
    static_book_clear(&state->book);
    g_clear_pointer(&state->guests, g_array_unref);
}

static const char *const labels[] = {"removed", NULL};
static const char *const hard_negatives[] = {"parked vehicle driving off",
                                             "ghost of somebody who stood there", "light change",
                                             "owner taking the object back", NULL};

static const OptionRow options[] = {
    WATCH_OPTIONS(Settings, "zone boundary on_delay=10 off_delay=2 gap_tolerance=4"),
    SECONDS_OPTION("memory", Settings, memory_us, 0, 86400, "600"),
    NUMBER_OPTION("overlap", Settings, overlap, 0.01, 1, "0.3", "fraction"),
    NUMBER_OPTION("min_area", Settings, min_area, 0, 1, "0.0002", "share of the picture"),
    NUMBER_OPTION("max_area", Settings, max_area, 0, 1, "0.05", "share of the picture"),
    OPTION_END,
};

extern const Behaviour behaviour_removed_object;
const Behaviour behaviour_removed_object = {
    .id = "removed-object", .flush = static_rule_flush, BEHAVIOUR_PARTS};
