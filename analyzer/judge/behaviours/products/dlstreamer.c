/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intel DL Streamer gvaanalytics: zones, tripwires and dwell time. It reports picture by picture and leaves
 * alarms to the application. */
#include "behaviours/products/idbook.h"

#define SOURCE                                                                                    \
    "https://github.com/open-edge-platform/dlstreamer/blob/15423aaa/src/monolithic/gst/elements/" \
    "gvaanalytics/gvaanalyticsimpl.cpp"
#define VERSION "2026"
#define PRODUCT "Intel DL Streamer gvaanalytics"

typedef struct {
    WatchSettings watch; /* zone, classes; on_delay is the application's limit of the dwell */
    ProductSettings product;
    int point; /* index into points */
    int64_t retention_us;
} Settings;

enum { POINT_CENTRE, POINT_BOTTOM_CENTRE };
static const char *const points[] = {"centre", "bottom_centre", NULL};

typedef struct {
    Sighted sighted; /* first: see idbook.h */
    bool has_last;
    Pixel last; /* where it was when it was last seen */
    bool dwells;
    int64_t first_us, last_us; /* in the zone */
} Object;

typedef struct {
    IdBook book; /* of Object */
    const Settings *settings;
    const Polygon *zone;
    Pixel a, b; /* ends of the tripwire */
    PixelFrame frame;
} State;

static bool open_zone(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    state->settings = input->settings;
    state->frame = pixel_frame(state->settings->product.stream_height, input->aspect);
    id_book_init(&state->book, sizeof(Object), NEVER_FORGET);
    return watch_find_zone(input, state->settings->watch.zone, &state->zone, error);
}

static bool open_line(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    if (!open_zone(data, input, error))
        return false;
    const Segment *line = scene_find_line(input->scene, state->settings->product.line, error);
    if (line == NULL)
        return false;
    state->a = pixel_of(state->frame, line->a);
    state->b = pixel_of(state->frame, line->b);
    return true;
}

static Pixel point_of(const State *state, const Sighted *object)
{
    const Pixel corner = pixel_of(state->frame, (Point){object->box.x, object->box.y});
    const Pixel size = pixel_of(state->frame, (Point){object->box.w, object->box.h});
    return (Pixel){corner.x + size.x / 2,
                   corner.y + (state->settings->point == POINT_CENTRE ? size.y / 2 : size.y)};
}

/* Even-odd; the right and lower borders are outside. */
static bool is_in_zone(const State *state, Pixel point)
{
    if (state->zone == NULL)
        return true;
    bool inside = false;
    for (size_t i = 0, j = state->zone->count - 1; i < state->zone->count; j = i++) {
        const Pixel a = pixel_of(state->frame, state->zone->points[i]);
        const Pixel b = pixel_of(state->frame, state->zone->points[j]);
        if ((a.y > point.y) != (b.y > point.y) &&
            point.x < (double)(b.x - a.x) * (point.y - a.y) / (double)(b.y - a.y) + a.x)
            inside = !inside;
    }
    return inside;
}

static bool is_present(void *data, Sighted *object, int64_t t_us, int64_t *onset_us)
{
    (void)t_us;
    (void)onset_us;
    const State *state = data;
    return watch_takes(&state->settings->watch, object->class) && is_in_zone(state, point_of(state, object));
}

static void observe_zone(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (id_book_observe(&state->book, observation))
        id_book_tell(&state->book, is_present, state, "intrusion", "presence", observation->t_us, alerts);
}

static bool has_dwelt(void *data, Sighted *sighted, int64_t t_us, int64_t *onset_us)
{
    const State *state = data;
    Object *object = (Object *)(void *)sighted;
    if (!is_present(data, sighted, t_us, onset_us)) {
        /* Only on a picture on which it is seen elsewhere is its stay given up. */
        object->dwells = object->dwells && t_us - object->last_us <= state->settings->retention_us;
        return false;
    }
    if (!object->dwells)
        object->first_us = t_us;
    object->dwells = true;
    *onset_us = object->first_us;
    object->last_us = t_us;
    return t_us - object->first_us >= state->settings->watch.on_delay_us;
}

static void observe_dwell(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (id_book_observe(&state->book, observation))
        id_book_tell(&state->book, has_dwelt, state, "loitering", "loitering", observation->t_us, alerts);
}

static int64_t side(Pixel point, Pixel a, Pixel b)
{
    return (int64_t)(b.x - a.x) * (point.y - a.y) - (int64_t)(b.y - a.y) * (point.x - a.x);
}

static bool are_opposite(int64_t one, int64_t other)
{
    return (one < 0 && other > 0) || (one > 0 && other < 0);
}

static void observe_line(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const Pixel a = state->a, b = state->b;
    if (!id_book_observe(&state->book, observation))
        return;
    for (guint i = 0; i < state->book.objects->len; i++) {
        Object *object = g_ptr_array_index(state->book.objects, i);
        if (!object->sighted.seen)
            continue;
        const Pixel here = point_of(state, &object->sighted), last = object->last;
        const bool crosses = object->has_last && are_opposite(side(last, a, b), side(here, a, b)) &&
                             are_opposite(side(a, last, here), side(b, last, here));
        const bool rightwards = side(here, a, b) > 0;
        object->has_last = true;
        object->last = here;
        if (crosses)
            product_tell_crossing(&object->sighted, &state->settings->watch, &state->settings->product,
                                  rightwards, observation->t_us, observation->t_us, alerts);
    }
}

/* Of each rule. */
static const OptionRow picture_options[] = {
    CHOICE_OPTION("evaluation_point", Settings, point, points, "centre"),
    PRODUCT_OPTIONS(Settings, "stream_height"),
    OPTION_END,
};
PRODUCT_WORDING(dlstreamer_intrusion, PRODUCT, VERSION, "zone", SOURCE,
                PRODUCT_RULE("intrusion", "dlstreamer", open_zone, observe_zone, "presence"),
                .options = OPTIONS(WATCH_OPTIONS(Settings, "zone classes"),
                                   SAME_OPTIONS(picture_options, NULL)));

PRODUCT_WORDING(dlstreamer_loitering, PRODUCT, VERSION, "dwell time", SOURCE,
                PRODUCT_RULE("loitering", "dlstreamer", open_zone, observe_dwell, "loitering"),
                .options = OPTIONS(WATCH_OPTIONS(Settings, "zone classes"),
                                   SECONDS_OPTION("dwell", Settings, watch.on_delay_us, 0, 86400, "15"),
                                   SECONDS_OPTION("retention", Settings, retention_us, 0, 3600, "0.5"),
                                   SAME_OPTIONS(picture_options, NULL)));

PRODUCT_WORDING(dlstreamer_line_crossing, PRODUCT, VERSION, "tripwire", SOURCE,
                PRODUCT_RULE("line-crossing", "dlstreamer", open_line, observe_line, "left_to_right",
                             "right_to_left"),
                .options = OPTIONS(PRODUCT_OPTIONS(Settings, "line direction"),
                                   WATCH_OPTIONS(Settings, "classes"), SAME_OPTIONS(picture_options, NULL)));
