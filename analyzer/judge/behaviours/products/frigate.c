/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frigate: zones with inertia and loitering time, and stationary objects. Times are counts of pictures at the
 * rate at which it detects. Scores are not reproduced, as observations have none; review items, which bundle
 * what several objects do, are not either: an alert is one object's stay in the zone. */
#include "behaviours/products/idbook.h"

#include <math.h>
#include <stdlib.h>

#define TRACKED_OBJECT \
    "https://github.com/blakeblackshear/frigate/blob/e3fa70189/frigate/track/tracked_object.py"
#define TRACKER "https://github.com/blakeblackshear/frigate/blob/03222bf/frigate/track/norfair_tracker.py"
#define PLACES 10
#define MOVED_IOU 0.6 /* below this share of the remembered place the object has moved */

typedef struct {
    WatchSettings watch; /* zone, classes; on_delay is the time of loitering or of standing */
    int64_t inertia;
    double detect_fps;
} Settings;

typedef struct {
    Sighted sighted;                         /* first: see idbook.h */
    int64_t presence, loitering, motionless; /* pictures */
    bool was_inside, told;                   /* since entered_us; the rule has held once */
    int64_t entered_us; /* its first picture in the zone, afterwards that of each stay; since when it has not
                           moved */
    Box place;          /* where it is said to stand */
    Box places[PLACES]; /* from which that is made */
    size_t place_count;
} Object;

typedef struct {
    IdBook book; /* of Object */
    const Settings *settings;
    const Polygon *zone;
    int64_t taken; /* pictures so far */
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    state->settings = input->settings;
    id_book_init(&state->book, sizeof(Object), 5 * US_PER_SECOND);
    return watch_find_zone(input, state->settings->watch.zone, &state->zone, error);
}

/* Whether this picture is one of those that are looked at: the first at or after each 1 / detect_fps. */
static bool take_picture(State *state, const Observation *observation)
{
    const double due = (double)state->taken / state->settings->detect_fps;
    if (time_to_seconds(observation->t_us) < due - 1e-6)
        return false;
    state->taken =
        (int64_t)floor(time_to_seconds(observation->t_us) * state->settings->detect_fps + 1e-6) + 1;
    return id_book_observe(&state->book, observation);
}

/* Whether the object counts and is in the zone on this picture. */
static bool is_in_polygon(const State *state, const Sighted *object)
{
    return watch_takes(&state->settings->watch, object->class) &&
           (state->zone == NULL || geometry_polygon_contains(state->zone, geometry_box_foot(object->box)));
}

/* Whether the object is in the zone by Frigate's count: `inertia` pictures inside, not necessarily in a row.
 */
static bool is_in_zone(const State *state, Object *object, int64_t t_us)
{
    if (!is_in_polygon(state, &object->sighted)) {
        object->was_inside = object->was_inside && !object->told;
        return false;
    }
    if (!object->was_inside)
        object->entered_us = t_us;
    object->was_inside = true;
    if (object->presence + 1 >= state->settings->inertia)
        return true;
    object->presence++;
    return false;
}

static int64_t pictures_in(const State *state, int64_t us)
{
    return (int64_t)ceil(time_to_seconds(us) * state->settings->detect_fps - 1e-6);
}

static bool is_present(void *data, Sighted *sighted, int64_t t_us, int64_t *onset_us)
{
    Object *object = (Object *)(void *)sighted;
    const bool inside = is_in_zone(data, object, t_us);
    object->told = object->told || inside;
    *onset_us = object->entered_us;
    return inside;
}

static void observe_zone(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (take_picture(state, observation))
        id_book_tell(&state->book, is_present, state, "intrusion", "presence", observation->t_us, alerts);
}

static bool has_loitered(void *data, Sighted *sighted, int64_t t_us, int64_t *onset_us)
{
    const State *state = data;
    Object *object = (Object *)(void *)sighted;
    const bool inside = is_in_zone(state, object, t_us);
    *onset_us = object->entered_us;
    if (!inside)
        return false;
    if (object->loitering + 1 < pictures_in(state, state->settings->watch.on_delay_us)) {
        object->loitering++; /* never set back */
        return false;
    }
    object->told = true;
    return true;
}

static void observe_loitering(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (take_picture(state, observation))
        id_book_tell(&state->book, has_loitered, state, "loitering", "loitering", observation->t_us, alerts);
}

static int compare_numbers(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Linear between the ordered values. */
static double percentile(double *values, size_t count, double share)
{
    qsort(values, count, sizeof *values, compare_numbers);
    const double at = share * (double)(count - 1);
    const size_t below = (size_t)at, above = MIN(below + 1, count - 1);
    return values[below] + (at - (double)below) * (values[above] - values[below]);
}

static Box remembered_place(const Object *object)
{
    double left[PLACES], top[PLACES], right[PLACES], bottom[PLACES];
    for (size_t i = 0; i < object->place_count; i++) {
        const Box box = object->places[i];
        left[i] = box.x;
        top[i] = box.y;
        right[i] = box.x + box.w;
        bottom[i] = box.y + box.h;
    }
    const double low = 0.15, high = 0.85;
    const double x = percentile(left, object->place_count, low);
    const double y = percentile(top, object->place_count, low);
    return (Box){x, y, percentile(right, object->place_count, high) - x,
                 percentile(bottom, object->place_count, high) - y};
}

static bool is_stationary(const State *state, Object *object, int64_t t_us)
{
    const Box box = object->sighted.box;
    if (object->place_count == 0 || geometry_box_iou(object->place, box) < MOVED_IOU) {
        object->place = object->places[0] = box;
        object->place_count = 1;
        object->motionless = 0;
        object->entered_us = t_us;
        return false;
    }
    if (object->place_count < PLACES) {
        object->places[object->place_count++] = box;
        object->place = remembered_place(object);
    }
    object->motionless++;
    return object->motionless > pictures_in(state, state->settings->watch.on_delay_us);
}

static bool stands(void *data, Sighted *sighted, int64_t t_us, int64_t *onset_us)
{
    const State *state = data;
    Object *object = (Object *)(void *)sighted;
    const bool stationary = is_stationary(state, object, t_us);
    *onset_us = object->entered_us;
    return stationary && is_in_polygon(state, sighted);
}

static void observe_stop(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (take_picture(state, observation))
        id_book_tell(&state->book, stands, state, "stopped-vehicle", "stopped_vehicle", observation->t_us,
                     alerts);
}

static const OptionRow picture_options[] = {
    INT_OPTION("inertia", Settings, inertia, 1, 1000, "3", "pictures"),
    NUMBER_OPTION("detect_fps", Settings, detect_fps, 0.1, 120, "5", "pictures/s"),
    OPTION_END,
};
PRODUCT_WORDING(frigate_intrusion, "Frigate", "zone, inertia", TRACKED_OBJECT,
                PRODUCT_RULE("intrusion", "frigate", open_rule, observe_zone, "presence"),
                .options = OPTIONS(WATCH_OPTIONS(Settings, "zone classes"),
                                   SAME_OPTIONS(picture_options, NULL)));

PRODUCT_WORDING(frigate_loitering, "Frigate", "loitering_time", TRACKED_OBJECT,
                PRODUCT_RULE("loitering", "frigate", open_rule, observe_loitering, "loitering"),
                .options = OPTIONS(WATCH_OPTIONS(Settings, "zone classes"),
                                   SECONDS_OPTION("dwell", Settings, watch.on_delay_us, 0, 86400, "15"),
                                   SAME_OPTIONS(picture_options, NULL)));

PRODUCT_WORDING(frigate_stopped_vehicle, "Frigate", "stationary", TRACKER,
                PRODUCT_RULE("stopped-vehicle", "frigate", open_rule, observe_stop, "stopped_vehicle"),
                .options = OPTIONS(WATCH_OPTIONS(Settings, "zone classes=vehicle"),
                                   SECONDS_OPTION("on_delay", Settings, watch.on_delay_us, 0, 3600, "10"),
                                   SAME_OPTIONS(picture_options, "detect_fps")));
