/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stopped-vehicle: a vehicle stands where it must not. Whether it broke down, parked or waits is not asked.
 */
#include "behaviours/watch.h"

#include <math.h>

typedef struct {
    WatchSettings watch; /* on_delay is the time of standing */
    double stop_speed, min_travel;
    int64_t window_us;
} Settings;

typedef struct {
    Watched watched; /* first: see watch.h */
    bool moved;      /* it has been min_travel from where it was first seen */
} Vehicle;

static bool stands(void *data, Watched *watched, int64_t t_us)
{
    const Watch *watch = data;
    const Settings *settings = watch->own;
    const TrackMemory *track = &watched->track;
    Vehicle *vehicle = (Vehicle *)(void *)watched;
    if (geometry_distance(track->born, track->foot, watch->aspect) >= settings->min_travel * track->box.h)
        vehicle->moved = true;
    double vx = 0, vy = 0;
    return vehicle->moved && track_velocity(track, t_us, settings->window_us, watch->aspect, &vx, &vy) &&
           hypot(vx, vy) <= settings->stop_speed;
}

static const char *const labels[] = {"stopped_vehicle", NULL};
static const char *const hard_negatives[] = {"congestion", "parked vehicle", "slow vehicle",
                                             "short stop", "waving tree",    NULL};

static const OptionRow options[] = {
    NUMBER_OPTION("stop_speed", Settings, stop_speed, 0, 100, "0.2", "box heights/s"),
    SECONDS_OPTION("window", Settings, window_us, 0.2, 60, "1"),
    NUMBER_OPTION("min_travel", Settings, min_travel, 0, 100, "0.5", "box heights"),
    WATCH_OPTIONS(
        Settings,
        "zone classes=vehicle anchor boundary on_delay=5 off_delay=1 gap_tolerance=2 rearm cooldown"),
    OPTION_END,
};

extern const Behaviour behaviour_stopped_vehicle;
const Behaviour behaviour_stopped_vehicle = {.id = "stopped-vehicle",
                                             WATCH_RULE(.label = "stopped_vehicle", .size = sizeof(Vehicle),
                                                        .trail = MEMBER_AT(Settings, window_us, int64_t),
                                                        .condition = stands)};
