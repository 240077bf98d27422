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
const Semantics semantics_onvif_abandoned_object = {
    .id = "onvif",
    .product = "ONVIF Analytics Service",
    .term = "ObjectAbandoned",
    .source = SOURCE,
    .differs = {"No owner: a thing that stands there long enough is “abandoned”, whoever is beside it.",
                "Pas de propriétaire : une chose qui reste assez longtemps est « abandonnée », peu importe "
                "qui est à côté."},
    .rule = {
        .id = "abandoned-object",
        .title = {"Abandoned object, as ONVIF words it", "Objet abandonné, selon ONVIF"},
        .definition =
            {"An object that is not part of the normal scene has been in the field for at least the "
             "threshold. The specification knows no owner and nobody who attends it; its “Sensitivity” is "
             "left to the maker and is not reproduced.",
             "Un objet étranger à la scène normale est dans le champ depuis au moins le seuil. La "
             "spécification ne connaît ni propriétaire ni personne qui le surveille ; sa « Sensitivity », "
             "laissée au fabricant, n'est pas reproduite."},
        .onset = {"The instant since which it has stood there.", "L'instant depuis lequel il est là."},
        .end = {"The first picture on which it is gone.", "La première image où il n'y est plus."},
        .alarm = {"When the threshold is reached, and not before perception reports it as static.",
                  "Lorsque le seuil est atteint, et pas avant que la perception ne le signale immobile."},
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
const Semantics semantics_onvif_removed_object = {
    .id = "onvif",
    .product = "ONVIF Analytics Service",
    .term = "ObjectRemoved",
    .source = SOURCE,
    .differs = {"Nothing is remembered of what came: the hole that a guest or a parked car leaves is a "
                "removal too.",
                "Rien n'est retenu de ce qui est venu : le vide laissé par un visiteur ou une voiture garée "
                "est aussi un retrait."},
    .rule = {
        .id = "removed-object",
        .title = {"Removed object, as ONVIF words it", "Objet retiré, selon ONVIF"},
        .definition = {"An object of the scene has been gone from the field for at least the threshold, "
                       "whatever stood there before.",
                       "Un objet de la scène a disparu du champ depuis au moins le seuil, quoi qu'il y ait "
                       "eu là auparavant."},
        .onset = {"The instant since which it has been gone.", "L'instant depuis lequel il a disparu."},
        .end = {"The first picture on which it is there again.", "La première image où il est revenu."},
        .alarm = {"When the threshold is reached, and not before perception reports it.",
                  "Lorsque le seuil est atteint, et pas avant que la perception ne le signale."},
        .labels = removed_labels,
        .options = removed_options,
        .observe = observe_removed,
        RULE,
    }};
