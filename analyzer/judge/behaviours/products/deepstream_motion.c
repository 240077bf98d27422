/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NVIDIA DeepStream nvdsanalytics: line crossing, direction and the state STOPPED. */
#include "behaviours/products/deepstream.h"

#include <math.h>

/* Of the direction rule, whatever mode is configured. */
#define DIRECTION_TRAVEL 3000 /* px² */
#define DIRECTION_PICTURES 10
#define DIRECTION_COS 0.5
/* Of the state STOPPED. */
#define STOPPED_VARIANCE_X 400.0 /* px² */
#define STOPPED_VARIANCE_Y 0.01  /* px² for each pixel of height */

typedef struct {
    WatchSettings watch; /* classes */
    ProductSettings product;
    char *way;
    int mode;
    bool extended;
    int64_t history;
} Settings;

enum { LOOSE, BALANCED, STRICT };
static const char *const modes[] = {"loose", "balanced", "strict", NULL};
/* By mode: px², cosine, pictures. */
static const struct {
    double travel, cos_min;
    int64_t pictures;
} limits[] = {[LOOSE] = {1000, 0.1, 3}, [BALANCED] = {3000, 0.5, 10}, [STRICT] = {6000, 0.8, 20}};

typedef struct {
    IdBook book; /* of DeepObject */
    const Settings *settings;
    PixelFrame frame;
    Pixel a, b;          /* ends of the wire, or of the direction told */
    double along, aside; /* unit vector of the wire or direction, px */
} State;

static bool open_on(State *state, const BehaviourInput *input, const char *name, GError **error)
{
    state->settings = input->settings;
    state->frame = pixel_frame(state->settings->product.stream_height, input->aspect);
    deep_book_init(&state->book, state->settings->history);
    if (name == NULL)
        return true;
    const Segment *line = scene_find_line(input->scene, name, error);
    if (line == NULL)
        return false;
    state->a = pixel_of(state->frame, line->a);
    state->b = pixel_of(state->frame, line->b);
    const double dx = state->b.x - state->a.x, dy = state->b.y - state->a.y, length = hypot(dx, dy);
    state->along = length > 0 ? dx / length : 0;
    state->aside = length > 0 ? dy / length : 0;
    return true;
}

static bool open_line(void *data, const BehaviourInput *input, GError **error)
{
    return open_on(data, input, ((const Settings *)input->settings)->product.line, error);
}

static bool open_way(void *data, const BehaviourInput *input, GError **error)
{
    return open_on(data, input, ((const Settings *)input->settings)->way, error);
}

static bool open_plain(void *data, const BehaviourInput *input, GError **error)
{
    return open_on(data, input, NULL, error);
}

/* ---- line crossing */

/* > 0 right of the walker from a to b, in pixels from the infinite wire. */
static double side(const State *state, double x, double y)
{
    return state->along * (y - state->a.y) - state->aside * (x - state->a.x);
}

/* Whether the straight way, prolonged at both ends, meets the wire between its ends. */
static bool meets_segment(const State *state, double px, double py, double cx, double cy)
{
    const double before = side(state, px, py), after = side(state, cx, cy);
    if (fabs(after - before) < 1e-5 * hypot(cx - px, cy - py))
        return false;
    const double share = before / (before - after);
    const double x = px + share * (cx - px) - state->a.x, y = py + share * (cy - py) - state->a.y;
    const double wx = state->b.x - state->a.x, wy = state->b.y - state->a.y;
    return x * wx + y * wy > 0 && wx * wx + wy * wy > x * x + y * y;
}

/* Whether the object crosses towards the right (else left) by the entry for that direction, which is
 * perpendicular to the wire. */
static bool crosses(const State *state, const DeepObject *object, bool rightwards)
{
    const int mode = state->settings->mode;
    const DeepPlace *now = &object->now, *past = &object->past;
    if (deep_object_travel(object) <= limits[mode].travel || object->pictures <= limits[mode].pictures)
        return false;
    const double x = now->x, y = now->y + now->h / 2, past_x = past->x;
    bool crossed = false;
    if (mode == LOOSE) { /* the side alone: the direction has told its order already */
        const double after = side(state, x, y);
        const double before = side(state, past_x, past->y + object->mean_height / 2);
        crossed = rightwards ? after >= 0 && before < 0 : after <= 0 && before > 0;
    } else {
        const double past_y = past->y + (int)object->mean_height / 2;
        const double dx = x - past_x, dy = y - past_y, way = hypot(dx, dy);
        const double cosine = way > 0 ? (state->along * dy - state->aside * dx) / way : 0;
        const int after = (int)side(state, x, y), before = (int)side(state, past_x, past_y);
        crossed = way > 0 && (rightwards ? cosine : -cosine) >= limits[mode].cos_min &&
                  ((after > 0 && before < 0) || (after < 0 && before > 0));
    }
    if (!crossed || state->settings->extended)
        return crossed;
    const double past_y = past->y + object->mean_height / 2;
    const double half_past = past->w / 2, half = now->w / 2;
    return meets_segment(state, past_x, past_y, x, y) ||
           meets_segment(state, past_x + half_past, past_y, x + half, y) ||
           meets_segment(state, past_x - half_past, past_y, x - half, y);
}

static void observe_line(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (!id_book_observe(&state->book, observation))
        return;
    for (guint i = 0; i < state->book.objects->len; i++) {
        DeepObject *object = g_ptr_array_index(state->book.objects, i);
        if (!object->sighted.seen)
            continue;
        deep_object_move(object, state->settings->history, state->frame);
        for (int right = 0; right < 2; right++) {
            if (object->crossed[right] ||
                !product_takes_way(state->settings->product.direction, right == 1) ||
                !watch_takes(&state->settings->watch, object->sighted.class) ||
                !crosses(state, object, right == 1))
                continue;
            object->crossed[right] = true;
            product_tell_crossing(&object->sighted, &state->settings->watch, &state->settings->product,
                                  right == 1, observation->t_us, observation->t_us, alerts);
        }
    }
}

/* ---- direction and STOPPED */

/* The plug-in looks at it where a direction is configured, whichever that is. */
static bool has_stopped(const State *state, const DeepObject *object)
{
    return object->pictures > state->settings->history && object->variance_x <= STOPPED_VARIANCE_X &&
           object->variance_y / object->mean_height <= STOPPED_VARIANCE_Y;
}

/* Whether it moves against the allowed way. */
static bool moves_against(const State *state, const DeepObject *object)
{
    if (has_stopped(state, object) || deep_object_travel(object) <= DIRECTION_TRAVEL ||
        object->pictures <= DIRECTION_PICTURES)
        return false;
    const double dx = object->now.x - object->past.x, dy = object->now.y - object->past.y;
    const double way = hypot(dx, dy);
    return way > 0 && -(state->along * dx + state->aside * dy) >= DIRECTION_COS * way;
}

/* Takes in where an object is now; NULL when it does not count. */
static const DeepObject *follow(const State *state, Sighted *sighted)
{
    DeepObject *object = (DeepObject *)(void *)sighted;
    deep_object_move(object, state->settings->history, state->frame);
    return watch_takes(&state->settings->watch, sighted->class) ? object : NULL;
}

static bool goes_wrong(void *data, Sighted *sighted, int64_t t_us, int64_t *onset_us)
{
    const DeepObject *object = follow(data, sighted);
    (void)t_us, (void)onset_us;
    return object != NULL && moves_against(data, object);
}

static void observe_way(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (id_book_observe(&state->book, observation))
        id_book_tell(&state->book, goes_wrong, state, "wrong-way", "wrong_way", observation->t_us, alerts);
}

static bool stands(void *data, Sighted *sighted, int64_t t_us, int64_t *onset_us)
{
    (void)t_us, (void)onset_us;
    const DeepObject *object = follow(data, sighted);
    return object != NULL && has_stopped(data, object);
}

static void observe_stop(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (id_book_observe(&state->book, observation))
        id_book_tell(&state->book, stands, state, "stopped-vehicle", "stopped_vehicle", observation->t_us,
                     alerts);
}

PRODUCT_WORDING(
    deepstream_line_crossing, DEEPSTREAM_PRODUCT, DEEPSTREAM_VERSION, "line-crossing", DEEPSTREAM_SOURCE,
    PRODUCT_RULE("line-crossing", "deepstream", open_line, observe_line, "left_to_right", "right_to_left"),
    .options = OPTIONS(PRODUCT_OPTIONS(Settings, "line direction"), WATCH_OPTIONS(Settings, "classes"),
                       CHOICE_OPTION("mode", Settings, mode, modes, "loose"),
                       BOOL_OPTION("extended", Settings, extended, "true"),
                       DEEPSTREAM_HISTORY_OPTION(Settings), PRODUCT_OPTIONS(Settings, "stream_height")));

PRODUCT_WORDING(
    deepstream_wrong_way, DEEPSTREAM_PRODUCT, DEEPSTREAM_VERSION, "direction-detection", DEEPSTREAM_SOURCE,
    PRODUCT_RULE("wrong-way", "deepstream", open_way, observe_way, "wrong_way"),
    .options = OPTIONS(STRING_OPTION("way", Settings, way, "way"), WATCH_OPTIONS(Settings, "classes=both"),
                       DEEPSTREAM_HISTORY_OPTION(Settings), PRODUCT_OPTIONS(Settings, "stream_height")));

PRODUCT_WORDING(deepstream_stopped_vehicle, DEEPSTREAM_PRODUCT, DEEPSTREAM_VERSION, "STOPPED",
                DEEPSTREAM_SOURCE,
                PRODUCT_RULE("stopped-vehicle", "deepstream", open_plain, observe_stop, "stopped_vehicle"),
                .options = OPTIONS(WATCH_OPTIONS(Settings, "classes=vehicle"),
                                   DEEPSTREAM_HISTORY_OPTION(Settings),
                                   PRODUCT_OPTIONS(Settings, "stream_height")));
