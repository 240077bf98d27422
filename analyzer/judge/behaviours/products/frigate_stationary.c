/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frigate: stationary objects, as today's tracker and as that of 0.13 tells them. */
#include "behaviours/products/frigate.h"

#include <stdlib.h>

#define TRACKER FRIGATE_SOURCE("774f76f75b8e4d986bca2c3923abf314220f7228", "norfair_tracker.py")
#define TRACKER_0_13 FRIGATE_SOURCE("03222bff1e5bd111e89ee84e74b2188ede29522c", "norfair_tracker.py")
#define PLACES 10

/* Shares in common (stationary_classifier.py): below the first it moves for certain; of what stands the
 * second is asked, of what does not stand yet the third, of vehicles less. */
#define MOVES_BELOW 0.2
#define STANDING_IOU 0.6
#define ACTIVE_IOU 0.9
#define ACTIVE_IOU_VEHICLE 0.75

typedef FrigateSettings Settings;
typedef FrigateState State;

typedef struct {
    FrigateObject base; /* first: see frigate.h; entered_us: since when it has not moved */
    int64_t motionless; /* pictures */
    FrigateBox place;   /* where it is said to stand */
    FrigateBox places[PLACES];
    size_t place_count; /* from which that is made */
    FrigateBox recent[PLACES];
    size_t recent_count; /* the latest, in order */
} Object;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    return frigate_open(data, input, sizeof(Object), error);
}

/* ---- boxes, of which the pixels at both ends count */

static double area(FrigateBox box)
{
    return (box.xmax - box.xmin + 1) * (box.ymax - box.ymin + 1);
}

static double iou(FrigateBox a, FrigateBox b)
{
    const double w = MIN(a.xmax, b.xmax) - MAX(a.xmin, b.xmin) + 1;
    const double h = MIN(a.ymax, b.ymax) - MAX(a.ymin, b.ymin) + 1;
    const double common = MAX(w, 0) * MAX(h, 0);
    return common > 0 ? common / (area(a) + area(b) - common) : 0;
}

static FrigateBox mean_box(const FrigateBox *boxes, size_t count)
{
    FrigateBox sum = {0, 0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        sum.xmin += boxes[i].xmin;
        sum.ymin += boxes[i].ymin;
        sum.xmax += boxes[i].xmax;
        sum.ymax += boxes[i].ymax;
    }
    const double n = (double)count;
    return (FrigateBox){sum.xmin / n, sum.ymin / n, sum.xmax / n, sum.ymax / n};
}

/* The upper one in the middle by area; of equal ones the earlier comes first. */
static FrigateBox median_box(const FrigateBox *boxes, size_t count)
{
    size_t median = 0;
    for (size_t i = 0; i < count; i++) {
        size_t before = 0;
        for (size_t k = 0; k < count; k++)
            before += area(boxes[k]) < area(boxes[i]) || (area(boxes[k]) == area(boxes[i]) && k < i);
        if (before == count / 2)
            median = i;
    }
    return boxes[median];
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

static FrigateBox place_of(const FrigateBox *boxes, size_t count)
{
    double xmin[PLACES], ymin[PLACES], xmax[PLACES], ymax[PLACES];
    for (size_t i = 0; i < count; i++) {
        xmin[i] = boxes[i].xmin;
        ymin[i] = boxes[i].ymin;
        xmax[i] = boxes[i].xmax;
        ymax[i] = boxes[i].ymax;
    }
    const double low = 0.15, high = 0.85;
    return (FrigateBox){percentile(xmin, count, low), percentile(ymin, count, low),
                        percentile(xmax, count, high), percentile(ymax, count, high)};
}

/* ---- */

static FrigateBox whole_picture(const FrigateState *state)
{
    return (FrigateBox){0, 0, state->frame.width, state->frame.height};
}

/* A new place begins. */
static void settle_anew(Object *object, int64_t t_us)
{
    object->place = object->places[0] = object->base.box;
    object->place_count = 1;
    object->recent_count = 0;
    object->motionless = 0;
    object->base.entered_us = t_us;
}

static void stay(Object *object)
{
    object->motionless++;
    if (object->place_count == PLACES)
        return;
    object->places[object->place_count++] = object->base.box;
    object->place = place_of(object->places, object->place_count);
}

static void remember(Object *object)
{
    if (object->recent_count == PLACES) {
        for (size_t i = 1; i < PLACES; i++)
            object->recent[i - 1] = object->recent[i];
        object->recent_count--;
    }
    object->recent[object->recent_count++] = object->base.box;
}

static int64_t threshold(const FrigateState *state)
{
    return frigate_pictures(state, state->settings->watch.on_delay_us);
}

static bool has_moved(const FrigateState *state, const Object *object)
{
    const FrigateBox mean = mean_box(object->recent, object->recent_count);
    const double common = iou(object->base.box, mean);
    const double active = object->base.sighted.class == OBJECT_VEHICLE ? ACTIVE_IOU_VEHICLE : ACTIVE_IOU;
    const double least = object->motionless >= threshold(state) ? STANDING_IOU : active;
    return common < MOVES_BELOW ||
           (common < least && iou(object->place, median_box(object->recent, object->recent_count)) < least);
}

static bool stands_inside(const FrigateState *state, const Object *object)
{
    return object->motionless > threshold(state) && frigate_is_inside(state, &object->base);
}

static bool enter(const FrigateState *state, FrigateObject *base, int64_t t_us)
{
    Object *object = (Object *)(void *)base;
    settle_anew(object, t_us);
    remember(object);
    object->place = whole_picture(state);
    return false;
}

/* Nothing is counted while it is not detected. */
static bool stands(const FrigateState *state, FrigateObject *base, int64_t t_us)
{
    Object *object = (Object *)(void *)base;
    if (!base->sighted.seen)
        return stands_inside(state, object);
    remember(object);
    if (has_moved(state, object))
        settle_anew(object, t_us);
    else
        stay(object);
    return stands_inside(state, object);
}

static void observe_stop(void *data, const Observation *observation, GPtrArray *alerts)
{
    frigate_observe(data, observation, enter, stands, "stopped-vehicle", "stopped_vehicle", alerts);
}

/* ---- 0.13: the place alone */

static bool enter_0_13(const FrigateState *state, FrigateObject *base, int64_t t_us)
{
    Object *object = (Object *)(void *)base;
    base->entered_us = t_us;
    object->place = whole_picture(state);
    return false;
}

static bool stands_0_13(const FrigateState *state, FrigateObject *base, int64_t t_us)
{
    Object *object = (Object *)(void *)base;
    if (base->sighted.seen && iou(object->place, base->box) < STANDING_IOU)
        settle_anew(object, t_us);
    else if (base->sighted.seen)
        stay(object);
    return stands_inside(state, object);
}

static void observe_stop_0_13(void *data, const Observation *observation, GPtrArray *alerts)
{
    frigate_observe(data, observation, enter_0_13, stands_0_13, "stopped-vehicle", "stopped_vehicle", alerts);
}

#define STATIONARY_OPTIONS                                                          \
    OPTIONS(WATCH_OPTIONS(Settings, "zone classes=vehicle"),                        \
            SECONDS_OPTION("on_delay", Settings, watch.on_delay_us, 0, 3600, "10"), \
            SAME_OPTIONS(frigate_options, "detect_fps max_disappeared detect_height"))

PRODUCT_WORDING(frigate_stopped_vehicle, "Frigate", "0.17", "stationary", TRACKER,
                PRODUCT_PARTS("stopped-vehicle", "frigate", open_rule, observe_stop, "stopped_vehicle"),
                .flush = product_flush, .close = frigate_close, .options = STATIONARY_OPTIONS);

PRODUCT_WORDING(frigate_0_13_stopped_vehicle, "Frigate", "0.13", "stationary", TRACKER_0_13,
                PRODUCT_PARTS("stopped-vehicle", "frigate-0.13", open_rule, observe_stop_0_13,
                              "stopped_vehicle"),
                .flush = product_flush, .close = frigate_close, .options = STATIONARY_OPTIONS);
