/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wrong-way: an object moves against the allowed direction. */
#include "behaviours/watch.h"

#include <math.h>

typedef struct {
    WatchSettings watch;
    char *way;
    double cos_min, min_travel;
    int64_t window_us;
} Settings;

typedef struct {
    Watch watch; /* of Watched */
    const Settings *settings;
    double against_x, against_y; /* unit vector, in picture heights */
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    const Settings *settings = input->settings;
    state->settings = settings;
    if (!watch_rule_open(&state->watch, input, error))
        return false;
    const Segment *way = scene_find_line(input->scene, settings->way, error);
    if (way == NULL)
        return false;
    const double dx = (way->a.x - way->b.x) * input->aspect, dy = way->a.y - way->b.y;
    const double length = hypot(dx, dy);
    state->against_x = length > 0 ? dx / length : 0;
    state->against_y = length > 0 ? dy / length : 0;
    return true;
}

static bool moves_against(void *data, Watched *watched, int64_t t_us)
{
    const State *state = data;
    const Settings *settings = state->settings;
    double vx = 0, vy = 0;
    if (!track_velocity(&watched->track, t_us, settings->window_us, state->watch.aspect, &vx, &vy))
        return false;
    const double speed = hypot(vx, vy);
    return speed * time_to_seconds(settings->window_us) >= settings->min_travel && speed > 0 &&
           vx * state->against_x + vy * state->against_y >= settings->cos_min * speed;
}

static const char *const labels[] = {"wrong_way", NULL};
static const char *const hard_negatives[] = {"person turning round", "person crossing the flow",
                                             "person swaying on the spot", "pushed-back queue", NULL};

static const OptionRow options[] = {
    STRING_OPTION("way", Settings, way, "way"),
    SECONDS_OPTION("window", Settings, window_us, 0.2, 60, "1"),
    NUMBER_OPTION("cos_min", Settings, cos_min, 0, 1, "0.7", ""),
    NUMBER_OPTION("min_travel", Settings, min_travel, 0, 100, "0.3", "box heights"),
    WATCH_OPTIONS(
        Settings,
        "zone classes=both anchor boundary on_delay=0.5 off_delay=1 gap_tolerance=1 rearm cooldown"),
    OPTION_END,
};

extern const Behaviour behaviour_wrong_way;
const Behaviour behaviour_wrong_way = {
    .id = "wrong-way",
    .goes_along_lines = true,
    WATCH_RULE_WITH(State, open_rule, watch_rule_observe, watch_rule_flush, .label = "wrong_way",
                    .trail = MEMBER_AT(Settings, window_us, int64_t), .condition = moves_against)};
