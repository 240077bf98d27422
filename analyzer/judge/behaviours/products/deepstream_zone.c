/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NVIDIA DeepStream nvdsanalytics: ROI filtering and overcrowding. */
#include "behaviours/products/deepstream.h"

typedef struct {
    WatchSettings watch;     /* zone, classes */
    ProductSettings product; /* stream_height */
    int64_t limit, history;
    bool inverse;
} Settings;

typedef struct {
    IdBook book; /* of DeepObject */
    const Settings *settings;
    const Polygon *zone;
    PixelFrame frame;
    Alert *alert; /* the open one, owned by the run */
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    state->settings = input->settings;
    state->frame = pixel_frame(state->settings->product.stream_height, input->aspect);
    deep_book_init(&state->book, state->settings->history);
    return watch_find_zone(input, state->settings->watch.zone, &state->zone, error);
}

/* How many objects of the classes are in the zone on this picture, whatever each stands for; the first of
 * them into *first. */
static int64_t count_inside(State *state, bool inverse, const DeepObject **first)
{
    int64_t inside = 0;
    for (guint i = 0; i < state->book.objects->len; i++) {
        DeepObject *object = g_ptr_array_index(state->book.objects, i);
        if (object->sighted.seen)
            deep_object_move(object, state->settings->history, state->frame);
        if ((!object->sighted.seen && !object->sighted.predicted) ||
            !watch_takes(&state->settings->watch, object->sighted.class) ||
            deep_object_in_zone(object, state->zone, state->frame) == inverse)
            continue;
        if (*first == NULL)
            *first = object;
        inside++;
    }
    return inside;
}

static void tell(State *state, bool flag, const char *behaviour, const char *label, int64_t t_us,
                 GPtrArray *alerts)
{
    if (flag && state->alert == NULL) {
        state->alert = alert_raise(alerts, behaviour, label, t_us, t_us, NULL, NULL);
    } else if (!flag && state->alert != NULL) {
        state->alert->end_us = t_us;
        state->alert = NULL;
    }
}

static void observe_roi(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const DeepObject *first = NULL;
    if (!id_book_observe(&state->book, observation))
        return;
    const bool was_open = state->alert != NULL;
    count_inside(state, state->settings->inverse, &first);
    tell(state, first != NULL, "intrusion", "presence", observation->t_us, alerts);
    if (!was_open && state->alert != NULL)
        state->alert->box = first->sighted.box;
}

static void observe_crowd(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const DeepObject *first = NULL;
    if (!id_book_observe(&state->book, observation))
        return;
    const int64_t objects = count_inside(state, false, &first);
    const bool was_open = state->alert != NULL;
    tell(state, objects >= state->settings->limit, "crowd-limit", "over_limit", observation->t_us, alerts);
    if (!was_open && state->alert != NULL)
        state->alert->note =
            g_strdup_printf("%" PRId64 " objects, threshold %" PRId64, objects, state->settings->limit);
}

PRODUCT_WORDING(deepstream_intrusion, DEEPSTREAM_PRODUCT, DEEPSTREAM_VERSION, "roi-filtering",
                DEEPSTREAM_SOURCE,
                PRODUCT_RULE("intrusion", "deepstream", open_rule, observe_roi, "presence"),
                .options = OPTIONS(WATCH_OPTIONS(Settings, "zone classes"),
                                   BOOL_OPTION("inverse", Settings, inverse, "false"),
                                   DEEPSTREAM_HISTORY_OPTION(Settings),
                                   PRODUCT_OPTIONS(Settings, "stream_height")));

PRODUCT_WORDING(deepstream_crowd_limit, DEEPSTREAM_PRODUCT, DEEPSTREAM_VERSION, "overcrowding",
                DEEPSTREAM_SOURCE,
                PRODUCT_RULE("crowd-limit", "deepstream", open_rule, observe_crowd, "over_limit"),
                .options = OPTIONS(WATCH_OPTIONS(Settings, "zone classes"),
                                   INT_OPTION("limit", Settings, limit, 1, 10000, "10", "objects"),
                                   DEEPSTREAM_HISTORY_OPTION(Settings),
                                   PRODUCT_OPTIONS(Settings, "stream_height")));
