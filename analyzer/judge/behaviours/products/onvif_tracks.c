/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ONVIF Analytics Service: FieldDetector, LineDetector, LoiteringDetector. Where the specification leaves a
 * word open (anchor, border, debounce, leaving and coming back), the norm says what is taken here. */
#include "behaviours/linewalk.h"
#include "behaviours/products/idbook.h"
#include "behaviours/semantics.h"

#define SOURCE "https://github.com/onvif/specs/blob/ae44f9e/doc/Analytics.xml"

typedef struct {
    WatchSettings watch;     /* zone, classes, anchor; on_delay is the dwell */
    ProductSettings product; /* line, direction */
} Settings;

typedef struct {
    Sighted sighted; /* first: see idbook.h */
    LineWalk walk;
    bool inside;
    int64_t entered_us;
} Object;

typedef struct {
    IdBook book; /* of Object */
    const Settings *settings;
    const Polygon *zone;
    const Segment *line;
} State;

static bool open_zone(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    state->settings = input->settings;
    id_book_init(&state->book, sizeof(Object), 0);
    return watch_find_zone(input, state->settings->watch.zone, &state->zone, error);
}

static bool open_line(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    state->settings = input->settings;
    id_book_init(&state->book, sizeof(Object), 0);
    state->line = scene_find_line(input->scene, state->settings->product.line, error);
    return state->line != NULL;
}

static void close_rule(void *data)
{
    State *state = data;
    id_book_clear(&state->book);
}

static Point anchor_of(const State *state, const Sighted *object)
{
    const TrackMemory memory = {.box = object->box, .foot = object->foot};
    return watch_anchor(&state->settings->watch, &memory);
}

/* Whether the object is in the field; keeps when it came. */
static bool follow_stay(const State *state, Object *object, int64_t t_us)
{
    const bool inside =
        watch_takes(&state->settings->watch, object->sighted.class) &&
        watch_contains(&state->settings->watch, state->zone, anchor_of(state, &object->sighted));
    if (inside && !object->inside)
        object->entered_us = t_us;
    object->inside = inside;
    return inside;
}

static void observe_field(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const int64_t t_us = observation->t_us;
    if (!id_book_observe(&state->book, observation))
        return;
    for (guint i = 0; i < state->book.objects->len; i++) {
        Object *object = g_ptr_array_index(state->book.objects, i);
        if (object->sighted.seen)
            sighted_tell(&object->sighted, follow_stay(state, object, t_us), "intrusion", "presence", t_us,
                         t_us, alerts);
    }
}

static void observe_loitering(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const int64_t t_us = observation->t_us;
    if (!id_book_observe(&state->book, observation))
        return;
    for (guint i = 0; i < state->book.objects->len; i++) {
        Object *object = g_ptr_array_index(state->book.objects, i);
        if (!object->sighted.seen)
            continue;
        const bool inside = follow_stay(state, object, t_us);
        const bool longer = t_us - object->entered_us > state->settings->watch.on_delay_us;
        sighted_tell(&object->sighted, inside && longer, "loitering", "loitering", object->entered_us, t_us,
                     alerts);
    }
}

static void observe_line(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (!id_book_observe(&state->book, observation))
        return;
    for (guint i = 0; i < state->book.objects->len; i++) {
        Object *object = g_ptr_array_index(state->book.objects, i);
        LineWalk *walk = &object->walk;
        if (!object->sighted.seen)
            continue;
        line_walk_follow(walk, *state->line, anchor_of(state, &object->sighted), observation->t_us);
        if (!walk->crossing)
            continue;
        const bool rightwards = walk->side > 0;
        walk->crossing = false;
        if (watch_takes(&state->settings->watch, object->sighted.class) &&
            product_takes_way(state->settings->product.direction, rightwards))
            sighted_tell_once(&object->sighted, "line-crossing",
                              rightwards ? "left_to_right" : "right_to_left", walk->cross_us,
                              observation->t_us, alerts);
    }
}

/* clang-format off */
#define RULE(open_it, observe_it) \
    .hard_negatives = product_no_words, .settings_size = sizeof(Settings), .state_size = sizeof(State), \
    .open = open_it, .observe = observe_it, .flush = product_flush, .close = close_rule
/* clang-format on */

static const OptionRow field_options[] = {
    WATCH_OPTIONS(Settings, "zone classes anchor=centre"),
    OPTION_END,
};
static const char *const field_labels[] = {"presence", NULL};

extern const Semantics semantics_onvif_intrusion;
const Semantics semantics_onvif_intrusion = {.product = "ONVIF Analytics Service",
                                             .term = "FieldDetector",
                                             .source = SOURCE,
                                             .rule = {
                                                 .id = "intrusion",
                                                 .wording = "onvif",
                                                 .labels = field_labels,
                                                 .options = field_options,
                                                 RULE(open_zone, observe_field),
                                             }};

static const OptionRow loitering_options[] = {
    WATCH_OPTIONS(Settings, "zone classes anchor=centre"),
    SECONDS_OPTION("dwell", Settings, watch.on_delay_us, 0, 86400, "15"),
    OPTION_END,
};
static const char *const loitering_labels[] = {"loitering", NULL};

extern const Semantics semantics_onvif_loitering;
const Semantics semantics_onvif_loitering = {.product = "ONVIF Analytics Service",
                                             .term = "LoiteringDetector",
                                             .source = SOURCE,
                                             .rule = {
                                                 .id = "loitering",
                                                 .wording = "onvif",
                                                 .labels = loitering_labels,
                                                 .options = loitering_options,
                                                 RULE(open_zone, observe_loitering),
                                             }};

static const OptionRow line_options[] = {
    PRODUCT_OPTIONS(Settings, "line direction"),
    WATCH_OPTIONS(Settings, "classes anchor=centre"),
    OPTION_END,
};
static const char *const line_labels[] = {"left_to_right", "right_to_left", NULL};

extern const Semantics semantics_onvif_line_crossing;
const Semantics semantics_onvif_line_crossing = {.product = "ONVIF Analytics Service",
                                                 .term = "LineDetector",
                                                 .source = SOURCE,
                                                 .rule = {
                                                     .id = "line-crossing",
                                                     .wording = "onvif",
                                                     .labels = line_labels,
                                                     .options = line_options,
                                                     RULE(open_line, observe_line),
                                                 }};
