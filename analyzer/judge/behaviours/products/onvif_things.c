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

static void flush(void *data, int64_t end_us, GPtrArray *alerts)
{
    (void)alerts;
    State *state = data;
    static_book_flush(&state->book, end_us);
}

static void close_rule(void *data)
{
    State *state = data;
    static_book_clear(&state->book);
}

/* clang-format off */
#define RULE \
    .hard_negatives = product_no_words, .settings_size = sizeof(Settings), .state_size = sizeof(State), \
    .open = open_rule, .flush = flush, .close = close_rule
/* clang-format on */

static const OptionRow abandoned_options[] = {
    WATCH_OPTIONS(Settings, "zone"),
    SECONDS_OPTION("stay", Settings, watch.on_delay_us, 0, 86400, "10"),
    OPTION_END,
};
static const char *const abandoned_labels[] = {"abandoned", NULL};

extern const Semantics semantics_onvif_abandoned_object;
const Semantics semantics_onvif_abandoned_object = {.product = "ONVIF Analytics Service",
                                                    .term = "ObjectAbandoned",
                                                    .source = SOURCE,
                                                    .rule = {
                                                        .id = "abandoned-object",
                                                        .wording = "onvif",
                                                        .labels = abandoned_labels,
                                                        .options = abandoned_options,
                                                        .observe = observe_abandoned,
                                                        RULE,
                                                    }};

static const OptionRow removed_options[] = {
    WATCH_OPTIONS(Settings, "zone"),
    SECONDS_OPTION("on_delay", Settings, watch.on_delay_us, 0, 86400, "10"),
    OPTION_END,
};
static const char *const removed_labels[] = {"removed", NULL};

extern const Semantics semantics_onvif_removed_object;
const Semantics semantics_onvif_removed_object = {.product = "ONVIF Analytics Service",
                                                  .term = "ObjectRemoved",
                                                  .source = SOURCE,
                                                  .rule = {
                                                      .id = "removed-object",
                                                      .wording = "onvif",
                                                      .labels = removed_labels,
                                                      .options = removed_options,
                                                      .observe = observe_removed,
                                                      RULE,
                                                  }};
