/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frigate: zones with inertia and loitering time. */
#include "behaviours/products/frigate.h"

#include <math.h>

#define TRACKED_OBJECT FRIGATE_SOURCE("47b89a1d6081016cd921b04d0dde71f822c56919", "tracked_object.py")

const OptionRow frigate_options[] = {
    INT_OPTION("inertia", FrigateSettings, inertia, 1, 1000, "3", "pictures"),
    NUMBER_OPTION("detect_fps", FrigateSettings, detect_fps, 0.1, 120, "5", "pictures/s"),
    INT_OPTION("max_disappeared", FrigateSettings, max_disappeared, 1, 100000, "25", "pictures"),
    INT_OPTION("detect_height", FrigateSettings, detect_height, 16, 16384, "720", "px"),
    OPTION_END,
};

/* ---- what all its rules share */

static Point pixel_point(PixelFrame frame, Point point)
{
    const Pixel pixel = pixel_of(frame, point);
    return (Point){pixel.x, pixel.y};
}

bool frigate_open(FrigateState *state, const BehaviourInput *input, size_t object_size, GError **error)
{
    const Polygon *zone = NULL;
    state->settings = input->settings;
    state->frame = pixel_frame(state->settings->detect_height, input->aspect);
    id_book_init(&state->book, object_size, NEVER_FORGET);
    state->book.keep = state->settings->max_disappeared;
    if (!watch_find_zone(input, state->settings->watch.zone, &zone, error))
        return false;
    state->everywhere = zone == NULL;
    if (zone == NULL)
        return true;
    state->zone = (Polygon){g_new(Point, zone->count), zone->count};
    for (size_t i = 0; i < zone->count; i++)
        state->zone.points[i] = pixel_point(state->frame, zone->points[i]);
    return true;
}

void frigate_close(void *data)
{
    FrigateState *state = data;
    id_book_clear(&state->book);
    g_clear_pointer(&state->zone.points, g_free);
}

/* Whether this picture is one of those that are looked at: the first at or after each 1 / detect_fps. */
static bool take_picture(FrigateState *state, const Observation *observation)
{
    const double due = (double)state->taken / state->settings->detect_fps;
    if (time_to_seconds(observation->t_us) < due - 1e-6)
        return false;
    state->taken =
        (int64_t)floor(time_to_seconds(observation->t_us) * state->settings->detect_fps + 1e-6) + 1;
    return id_book_observe(&state->book, observation);
}

void frigate_observe(FrigateState *state, const Observation *observation, FrigateRule enter, FrigateRule rule,
                     const char *behaviour, const char *label, GPtrArray *alerts)
{
    if (!take_picture(state, observation))
        return;
    for (guint i = 0; i < state->book.objects->len; i++) {
        FrigateObject *object = g_ptr_array_index(state->book.objects, i);
        const Box box = object->sighted.box;
        if (object->sighted.seen) {
            const Point low = pixel_point(state->frame, (Point){box.x, box.y});
            const Point high = pixel_point(state->frame, (Point){box.x + box.w, box.y + box.h});
            object->box = (FrigateBox){low.x, low.y, high.x, high.y};
        }
        const bool registers = !object->registered;
        object->registered = true;
        if (registers && enter != NULL)
            enter(state, object, observation->t_us);
        if (registers)
            continue;
        const bool holds = rule(state, object, observation->t_us);
        sighted_tell(&object->sighted, holds, behaviour, label, object->entered_us, observation->t_us,
                     alerts);
    }
}

bool frigate_is_inside(const FrigateState *state, const FrigateObject *object)
{
    const Point foot = {floor((object->box.xmin + object->box.xmax) / 2), object->box.ymax};
    return watch_takes(&state->settings->watch, object->sighted.class) &&
           (state->everywhere || geometry_polygon_contains(&state->zone, foot));
}

int64_t frigate_pictures(const FrigateState *state, int64_t us)
{
    return (int64_t)ceil(time_to_seconds(us) * state->settings->detect_fps - 1e-6);
}

/* ---- zones */

typedef struct {
    FrigateObject base; /* first: see frigate.h; entered_us: its first picture in the zone, afterwards that
                           of each stay */
    int64_t presence, loitering; /* pictures */
    bool was_inside, told;       /* since entered_us; the rule has held once */
} Object;

typedef FrigateSettings Settings;
typedef FrigateState State;

static bool open_zone(void *data, const BehaviourInput *input, GError **error)
{
    return frigate_open(data, input, sizeof(Object), error);
}

/* Keeps since when the object is in the zone's polygon, also on the picture that registers it. */
static bool follow(const FrigateState *state, FrigateObject *base, int64_t t_us)
{
    Object *object = (Object *)(void *)base;
    if (!frigate_is_inside(state, base)) {
        object->was_inside = object->was_inside && !object->told;
        return false;
    }
    if (!object->was_inside)
        base->entered_us = t_us;
    object->was_inside = true;
    return true;
}

/* Whether the object is in the zone by Frigate's count: `inertia` pictures inside, not necessarily in a row.
 */
static bool is_in_zone(const FrigateState *state, FrigateObject *base, int64_t t_us)
{
    Object *object = (Object *)(void *)base;
    if (!follow(state, base, t_us))
        return false;
    if (object->presence + 1 >= state->settings->inertia)
        return true;
    object->presence++;
    return false;
}

static bool is_present(const FrigateState *state, FrigateObject *base, int64_t t_us)
{
    Object *object = (Object *)(void *)base;
    const bool inside = is_in_zone(state, base, t_us);
    object->told = object->told || inside;
    return inside;
}

static void observe_zone(void *data, const Observation *observation, GPtrArray *alerts)
{
    frigate_observe(data, observation, follow, is_present, "intrusion", "presence", alerts);
}

static bool has_loitered(const FrigateState *state, FrigateObject *base, int64_t t_us)
{
    Object *object = (Object *)(void *)base;
    if (!is_in_zone(state, base, t_us))
        return false;
    if (object->loitering + 1 < frigate_pictures(state, state->settings->watch.on_delay_us)) {
        object->loitering++; /* never set back */
        return false;
    }
    object->told = true;
    return true;
}

static void observe_loitering(void *data, const Observation *observation, GPtrArray *alerts)
{
    frigate_observe(data, observation, follow, has_loitered, "loitering", "loitering", alerts);
}

PRODUCT_WORDING(frigate_intrusion, "Frigate", "0.17", "zone, inertia", TRACKED_OBJECT,
                PRODUCT_PARTS("intrusion", "frigate", open_zone, observe_zone, "presence"),
                .flush = product_flush, .close = frigate_close,
                .options = OPTIONS(WATCH_OPTIONS(Settings, "zone classes"),
                                   SAME_OPTIONS(frigate_options, NULL)));

PRODUCT_WORDING(frigate_loitering, "Frigate", "0.17", "loitering_time", TRACKED_OBJECT,
                PRODUCT_PARTS("loitering", "frigate", open_zone, observe_loitering, "loitering"),
                .flush = product_flush, .close = frigate_close,
                .options = OPTIONS(WATCH_OPTIONS(Settings, "zone classes"),
                                   SECONDS_OPTION("dwell", Settings, watch.on_delay_us, 0, 86400, "15"),
                                   SAME_OPTIONS(frigate_options, NULL)));
