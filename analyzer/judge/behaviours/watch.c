/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/watch.h"

#include <math.h>
#include <string.h>

/* Nearer to an edge than this is on it; that of geometry_polygon_contains. */
#define ON_BORDER 1e-9

enum { CLASSES_PERSON, CLASSES_VEHICLE, CLASSES_BOTH, CLASSES_ANY };
enum { ANCHOR_FOOT, ANCHOR_BOTTOM_CENTRE, ANCHOR_CENTRE };
enum { BOUNDARY_INSIDE, BOUNDARY_OUTSIDE };

static const char *const class_choices[] = {"person", "vehicle", "both", "any", NULL};
static const char *const anchors[] = {"foot", "bottom_centre", "centre", NULL};
static const char *const boundaries[] = {"inside", "outside", NULL};
static const char *const rearms[] = {"on_exit", "never", "cooldown", NULL};

const OptionRow watch_options[] = {
    STRING_OPTION("zone", WatchSettings, zone, NULL),
    CHOICE_OPTION("classes", WatchSettings, classes, class_choices, "person"),
    CHOICE_OPTION("anchor", WatchSettings, anchor, anchors, "foot"),
    CHOICE_OPTION("boundary", WatchSettings, boundary, boundaries, "inside"),
    SECONDS_OPTION("on_delay", WatchSettings, on_delay_us, 0, 3600, NULL),
    SECONDS_OPTION("off_delay", WatchSettings, off_delay_us, 0, 3600, NULL),
    SECONDS_OPTION("gap_tolerance", WatchSettings, gap_tolerance_us, 0, 60, NULL),
    CHOICE_OPTION("rearm", WatchSettings, rearm, rearms, "on_exit"),
    SECONDS_OPTION("cooldown", WatchSettings, cooldown_us, 0, 86400, "10"),
    OPTION_END,
};

const char *const watch_counters[] = {"objects", NULL};

bool watch_takes(const WatchSettings *settings, ObjectClass class)
{
    switch (settings->classes) {
    case CLASSES_PERSON:
        return class == OBJECT_PERSON;
    case CLASSES_VEHICLE:
        return class == OBJECT_VEHICLE;
    case CLASSES_BOTH:
        return class == OBJECT_PERSON || class == OBJECT_VEHICLE;
    default:
        return true;
    }
}

unsigned watch_classes(const char *classes)
{
    WatchSettings settings = {.classes = CLASSES_PERSON};
    while (class_choices[settings.classes] != NULL && strcmp(class_choices[settings.classes], classes) != 0)
        settings.classes++;
    const unsigned person = watch_takes(&settings, OBJECT_PERSON) ? 1U << OBJECT_PERSON : 0;
    const unsigned vehicle = watch_takes(&settings, OBJECT_VEHICLE) ? 1U << OBJECT_VEHICLE : 0;
    return watch_takes(&settings, OBJECT_OTHER) ? 0 : person | vehicle;
}

Point watch_anchor(const WatchSettings *settings, const TrackMemory *track)
{
    switch (settings->anchor) {
    case ANCHOR_BOTTOM_CENTRE:
        return geometry_box_foot(track->box);
    case ANCHOR_CENTRE:
        return geometry_box_centre(track->box);
    default:
        return track->foot;
    }
}

static bool on_border(const Polygon *zone, Point point)
{
    for (size_t i = 0; i < zone->count; i++) {
        const Segment edge = {zone->points[i], zone->points[(i + 1) % zone->count]};
        const double dx = edge.b.x - edge.a.x, dy = edge.b.y - edge.a.y;
        const double length = hypot(dx, dy);
        const double px = point.x - edge.a.x, py = point.y - edge.a.y;
        const double along = length > 0 ? (px * dx + py * dy) / length : 0;
        if (along >= -ON_BORDER && along <= length + ON_BORDER && line_distance(edge, point, 1) <= ON_BORDER)
            return true;
    }
    return false;
}

bool watch_contains(const WatchSettings *settings, const Polygon *zone, Point point)
{
    if (zone == NULL)
        return true;
    return geometry_polygon_contains(zone, point) &&
           (settings->boundary == BOUNDARY_INSIDE || !on_border(zone, point));
}

bool watch_inside(const Watch *watch, const TrackMemory *track)
{
    const Watched *watched = (const Watched *)(const void *)track;
    return (watched->any_class || watch_takes(watch->settings, track->class)) &&
           watch_contains(watch->settings, watch->zone, watch_anchor(watch->settings, track));
}

bool watch_find_zone(const BehaviourInput *input, const char *name, const Polygon **zone, GError **error)
{
    if (name == NULL)
        return true;
    *zone = scene_find_zone(input->scene, name, error);
    return *zone != NULL;
}

bool watch_rule_open(void *data, const BehaviourInput *input, GError **error)
{
    Watch *watch = data;
    const WatchRule *rule = input->behaviour->watch;
    const WatchSettings *settings = input->settings;
    *watch = (Watch){
        .behaviour = input->behaviour, .settings = settings, .own = input->settings, .aspect = input->aspect};
    watch->times = (AlarmTimes){{settings->on_delay_us, settings->off_delay_us, settings->gap_tolerance_us},
                                settings->rearm,
                                settings->cooldown_us};
    const int64_t trail_us =
        rule->trail != 0 ? *(const int64_t *)(const void *)((const char *)input->settings + rule->trail) : 0;
    track_book_init(&watch->book, rule->size != 0 ? rule->size : sizeof(Watched), input->aspect, trail_us,
                    settings->gap_tolerance_us);
    return watch_find_zone(input, settings->zone, &watch->zone, error);
}

static void watch_one(Watch *watch, Watched *watched, int64_t t_us, GPtrArray *alerts)
{
    const WatchRule *rule = watch->behaviour->watch;
    const bool met = rule->condition(watch, watched, t_us);
    const bool inside = watch_inside(watch, &watched->track);
    if (inside && !watched->counted)
        watch->objects++;
    watched->counted = watched->counted || inside;
    if (!alarm_update(&watched->alarm, &watch->times, met && inside, t_us))
        return;
    const int64_t onset_us = watched->has_onset ? watched->onset_us : watched->alarm.hold.since_us;
    watched->alarm.alert =
        alert_raise(alerts, watch->behaviour->id, rule->label, onset_us, t_us, &watched->track, NULL);
}

void watch_rule_observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    Watch *watch = data;
    track_book_observe(&watch->book, observation);
    for (guint i = 0; i < watch->book.dropped->len; i++) {
        Watched *watched = g_ptr_array_index(watch->book.dropped, i);
        alarm_end(&watched->alarm, watched->track.seen_us);
    }
    for (guint i = 0; i < watch->book.tracks->len; i++) {
        Watched *watched = g_ptr_array_index(watch->book.tracks, i);
        if (watched->track.seen)
            watch_one(watch, watched, observation->t_us, alerts);
    }
}

void watch_rule_flush(void *data, int64_t end_us, GPtrArray *alerts)
{
    (void)alerts;
    const Watch *watch = data;
    for (guint i = 0; i < watch->book.tracks->len; i++) {
        Watched *watched = g_ptr_array_index(watch->book.tracks, i);
        alarm_end(&watched->alarm, watched->track.seen ? end_us : watched->track.seen_us);
    }
}

void watch_rule_count(const void *data, int64_t *values)
{
    const Watch *watch = data;
    values[0] = watch->objects;
}

void watch_rule_close(void *data)
{
    Watch *watch = data;
    track_book_clear(&watch->book);
}
