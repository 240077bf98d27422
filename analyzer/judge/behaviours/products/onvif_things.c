/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ONVIF Analytics Service: ObjectAbandoned and ObjectRemoved. */
#include "behaviours/products/idbook.h"
#include "behaviours/semantics.h"
#include "behaviours/staticbook.h"

#define SOURCE "https://github.com/onvif/specs/blob/ae44f9e/doc/Analytics.xml"

typedef struct {
    WatchSettings watch; /* zone; on_delay is the least stay */
} Settings;

typedef struct {
    StaticBook book;
    const Settings *settings;
    const Polygon *zone;
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    state->settings = input->settings;
    static_book_init(&state->book, 0);
    return watch_find_zone(input, state->settings->watch.zone, &state->zone, error);
}

static void observe(State *state, const Observation *observation, bool removed, const char *behaviour,
                    const char *label, GPtrArray *alerts)
{
    static const AlarmTimes at_once = {{0, 0, 0}, REARM_ON_EXIT, 0};
    const int64_t t_us = observation->t_us;
    if (!observation->signal)
        return;
    static_book_observe(&state->book, observation);
    for (guint i = 0; i < state->book.things->len; i++) {
        StaticMemory *thing = g_ptr_array_index(state->book.things, i);
        const bool met = thing->removed == removed &&
                         t_us - thing->since_us >= state->settings->watch.on_delay_us &&
                         watch_contains(&state->settings->watch, state->zone, geometry_box_foot(thing->box));
        if (thing->seen && alarm_update(&thing->alarm, &at_once, met, t_us))
            static_alert_raise(alerts, behaviour, label, thing->since_us, t_us, thing);
    }
}

static void observe_abandoned(void *data, const Observation *observation, GPtrArray *alerts)
{
    observe(data, observation, false, "abandoned-object", "abandoned", alerts);
}

static void observe_removed(void *data, const Observation *observation, GPtrArray *alerts)
{
    observe(data, observation, true, "removed-object", "removed", alerts);
}

static void close_rule(void *data)
{
    State *state = data;
    static_book_clear(&state->book);
}

PRODUCT_WORDING(onvif_abandoned_object, "ONVIF Analytics Service", "20.12", "ObjectAbandoned", SOURCE,
                PRODUCT_PARTS("abandoned-object", "onvif", open_rule, observe_abandoned, "abandoned"),
                .flush = static_rule_flush, .close = close_rule,
                .options = OPTIONS(WATCH_OPTIONS(Settings, "zone"),
                                   SECONDS_OPTION("stay", Settings, watch.on_delay_us, 0, 86400, "10")));

PRODUCT_WORDING(onvif_removed_object, "ONVIF Analytics Service", "20.12", "ObjectRemoved", SOURCE,
                PRODUCT_PARTS("removed-object", "onvif", open_rule, observe_removed, "removed"),
                .flush = static_rule_flush, .close = close_rule,
                .options = OPTIONS(WATCH_OPTIONS(Settings, "zone"),
                                   SECONDS_OPTION("on_delay", Settings, watch.on_delay_us, 0, 86400, "10")));
