/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agitation: two people close together who move violently to and fro. It looks like a fight, a dance, a game
 * or a warm greeting; no rule over boxes can tell them apart. */
#include "behaviours/watch.h"

#include <math.h>

/* Paths are measured in steps of this length, so that jitter does not grow with the picture rate. */
#define STEP_US (US_PER_SECOND / 5)

typedef struct {
    WatchSettings watch;
    double reach, restlessness;
    int64_t window_us;
} Settings;

typedef struct {
    Watched watched; /* first: see watch.h */
    double restless; /* box heights per second of way that led nowhere */
} Walker;

/* Where the track was at t_us, on the straight way between two pictures. */
static TrackSample find_sample(const GArray *trail, int64_t t_us)
{
    guint after = 0;
    while (after + 1 < trail->len && g_array_index(trail, TrackSample, after).t_us < t_us)
        after++;
    const TrackSample next = g_array_index(trail, TrackSample, after);
    if (after == 0 || next.t_us <= t_us)
        return next;
    const TrackSample last = g_array_index(trail, TrackSample, after - 1);
    const double share = (double)(t_us - last.t_us) / (double)(next.t_us - last.t_us);
    return (TrackSample){t_us,
                         {last.foot.x + share * (next.foot.x - last.foot.x),
                          last.foot.y + share * (next.foot.y - last.foot.y)},
                         last.height + share * (next.height - last.height)};
}

/* The way over the window less the displacement: what led nowhere, in box heights per second. */
static double measure_restlessness(const Watch *watch, const TrackMemory *track)
{
    const GArray *trail = track->trail;
    const double aspect = watch->aspect;
    const int64_t first_us = g_array_index(trail, TrackSample, 0).t_us;
    const int64_t last_us = g_array_index(trail, TrackSample, trail->len - 1).t_us;
    const int64_t steps = (last_us - first_us) / STEP_US;
    const TrackSample end = find_sample(trail, last_us);
    if (2 * steps * STEP_US < ((const Settings *)watch->own)->window_us || steps == 0 || end.height <= 0)
        return 0;
    TrackSample at = end;
    double way = 0;
    for (int64_t i = 1; i <= steps; i++) {
        const TrackSample before = find_sample(trail, last_us - i * STEP_US);
        way += geometry_distance(before.foot, at.foot, aspect) + fabs(at.height - before.height);
        at = before;
    }
    return (way - geometry_distance(at.foot, end.foot, aspect)) / end.height /
           time_to_seconds(steps * STEP_US);
}

static bool is_agitated(void *data, Watched *watched, int64_t t_us)
{
    const Watch *watch = data;
    const Settings *settings = watch->own;
    Walker *walker = (Walker *)(void *)watched;
    walker->restless = measure_restlessness(watch, &watched->track);
    if (walker->restless < settings->restlessness)
        return false;
    /* One alarm for two: the one who came first has it. */
    bool paired = false, later = true;
    for (guint i = 0; i < watch->book.tracks->len; i++) {
        const Walker *other = g_ptr_array_index(watch->book.tracks, i);
        const TrackMemory *track = &other->watched.track;
        if (other == walker) {
            later = false;
            continue;
        }
        if (t_us - track->seen_us > settings->watch.gap_tolerance_us ||
            !watch_takes(&settings->watch, track->class) || other->restless < settings->restlessness ||
            geometry_distance(track->foot, watched->track.foot, watch->aspect) >
                settings->reach * watched->track.box.h)
            continue;
        if (later && watch_inside(watch, track))
            return false;
        paired = true;
    }
    return paired;
}

static const char *const labels[] = {"agitation", NULL};
static const char *const hard_negatives[] = {
    "hug", "sport", "dance", "running for a train", "people meeting", "jitter of the boxes", NULL};

static const OptionRow options[] = {
    NUMBER_OPTION("reach", Settings, reach, 0, 100, "1", "box heights"),
    NUMBER_OPTION("restlessness", Settings, restlessness, 0, 100, "0.7", "box heights/s"),
    SECONDS_OPTION("window", Settings, window_us, 0.5, 60, "2"),
    WATCH_OPTIONS(Settings,
                  "zone classes anchor boundary on_delay=2 off_delay=2 gap_tolerance=1 rearm cooldown"),
    OPTION_END,
};

extern const Behaviour behaviour_agitation;
const Behaviour behaviour_agitation = {.id = "agitation",
                                       WATCH_RULE(.label = "agitation", .size = sizeof(Walker),
                                                  .trail = MEMBER_AT(Settings, window_us, int64_t),
                                                  .condition = is_agitated)};
