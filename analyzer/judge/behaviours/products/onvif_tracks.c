/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ONVIF Analytics Service: FieldDetector, LineDetector, LoiteringDetector. Where the specification leaves a
 * word open (anchor, border, debounce, leaving and coming back), the norm says what is taken here. */
#include "behaviours/linewalk.h"
#include "behaviours/products/idbook.h"

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
    Alert *alert; /* of the field; the open one, owned by the run */
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

static Point anchor_of(const State *state, const Sighted *object)
{
    const TrackMemory memory = {.box = object->box, .foot = object->foot};
    return watch_anchor(&state->settings->watch, &memory);
}

/* Whether the object is in the field; keeps when it came. */
static bool is_in_field(void *data, Sighted *sighted, int64_t t_us, int64_t *onset_us)
{
    (void)onset_us;
    const State *state = data;
    Object *object = (Object *)(void *)sighted;
    const bool inside = watch_takes(&state->settings->watch, sighted->class) &&
                        watch_contains(&state->settings->watch, state->zone, anchor_of(state, sighted));
    if (inside && !object->inside)
        object->entered_us = t_us;
    object->inside = inside;
    return inside;
}

static bool loiters(void *data, Sighted *sighted, int64_t t_us, int64_t *onset_us)
{
    const State *state = data;
    const bool inside = is_in_field(data, sighted, t_us, onset_us);
    *onset_us = ((Object *)(void *)sighted)->entered_us;
    return inside && t_us - *onset_us > state->settings->watch.on_delay_us;
}

/* One object that is inside; NULL: none is. What is only predicted is where it was. */
static const Sighted *find_inside(State *state, int64_t t_us)
{
    const Sighted *found = NULL;
    for (guint i = 0; i < state->book.objects->len; i++) {
        Object *object = g_ptr_array_index(state->book.objects, i);
        const bool inside = object->sighted.seen ? is_in_field(state, &object->sighted, t_us, NULL)
                                                 : object->sighted.predicted && object->inside;
        if (inside && found == NULL)
            found = &object->sighted;
    }
    return found;
}

/* The field has one state, true while one or more objects are inside (IsInside, since December 2020). */
static void observe_field(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const int64_t t_us = observation->t_us;
    if (!id_book_observe(&state->book, observation))
        return;
    const Sighted *inside = find_inside(state, t_us);
    if (inside == NULL && state->alert != NULL) {
        state->alert->end_us = t_us;
        state->alert = NULL;
    } else if (inside != NULL && state->alert == NULL) {
        state->alert = alert_raise(alerts, "intrusion", "presence", t_us, t_us, NULL, NULL);
        state->alert->box = inside->box;
    }
}

static void observe_loitering(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (id_book_observe(&state->book, observation))
        id_book_tell(&state->book, loiters, state, "loitering", "loitering", observation->t_us, alerts);
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
        product_tell_crossing(&object->sighted, &state->settings->watch, &state->settings->product,
                              rightwards, walk->cross_us, observation->t_us, alerts);
    }
}

PRODUCT_WORDING(onvif_intrusion, "ONVIF Analytics Service", "20.12", "FieldDetector", SOURCE,
                PRODUCT_RULE("intrusion", "onvif", open_zone, observe_field, "presence"),
                .options = OPTIONS(WATCH_OPTIONS(Settings, "zone classes anchor=centre")));

PRODUCT_WORDING(onvif_loitering, "ONVIF Analytics Service", "20.12", "LoiteringDetector", SOURCE,
                PRODUCT_RULE("loitering", "onvif", open_zone, observe_loitering, "loitering"),
                .options = OPTIONS(WATCH_OPTIONS(Settings, "zone classes anchor=centre"),
                                   SECONDS_OPTION("dwell", Settings, watch.on_delay_us, 0, 86400, "15")));

PRODUCT_WORDING(onvif_line_crossing, "ONVIF Analytics Service", "20.12", "LineDetector", SOURCE,
                PRODUCT_RULE("line-crossing", "onvif", open_line, observe_line, "left_to_right",
                             "right_to_left"),
                .options = OPTIONS(PRODUCT_OPTIONS(Settings, "line direction"),
                                   WATCH_OPTIONS(Settings, "classes anchor=centre")));
