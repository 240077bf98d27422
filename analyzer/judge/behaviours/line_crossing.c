/* SPDX-License-Identifier: GPL-3.0-or-later */
/* line-crossing: an object goes from one side of a line to the other and stays there. */
#include "behaviours/linewalk.h"
#include "behaviours/watch.h"

typedef struct {
    WatchSettings watch; /* without zone, boundary and delays */
    char *line;
    int direction; /* index into directions */
    double min_travel;
    int64_t settle_us;
} Settings;

enum { ANY_WAY, LEFT_TO_RIGHT, RIGHT_TO_LEFT };
static const char *const directions[] = {"any", "left_to_right", "right_to_left", NULL};

typedef struct {
    Watched watched; /* first: see watch.h */
    LineWalk walk;
} Walker;

typedef struct {
    Watch watch; /* of Walker */
    const Segment *line;
    GPtrArray *alerts; /* those of the run, while it observes */
    int64_t left_to_right, right_to_left;
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    const Settings *settings = input->settings;
    if (!watch_rule_open(&state->watch, input, error))
        return false;
    state->line = scene_find_line(input->scene, settings->line, error);
    return state->line != NULL;
}

static void settle(State *state, Walker *walker, int64_t t_us)
{
    const bool rightwards = walker->walk.side > 0;
    walker->walk.crossing = false;
    if (rightwards)
        state->left_to_right++;
    else
        state->right_to_left++;
    const int direction = ((const Settings *)state->watch.own)->direction;
    Alarm *alarm = &walker->watched.alarm;
    if ((direction != ANY_WAY && (direction == LEFT_TO_RIGHT) != rightwards) ||
        !alarm_may_raise(alarm, &state->watch.times, walker->walk.cross_us))
        return;
    Alert *alert = alert_raise(state->alerts, "line-crossing", rightwards ? "left_to_right" : "right_to_left",
                               walker->walk.cross_us, t_us, &walker->watched.track, NULL);
    alert->end_us = t_us;
    alarm->raised++;
    alarm->ended_us = t_us;
}

/* Never "met": a crossing is an instant, so it is raised here and has no alarm to hold. */
static bool follow(void *data, Watched *watched, int64_t t_us)
{
    State *state = data;
    const Settings *settings = state->watch.own;
    Walker *walker = (Walker *)(void *)watched;
    const Point anchor = watch_anchor(&settings->watch, &watched->track);
    line_walk_follow(&walker->walk, *state->line, anchor, t_us);
    if (walker->walk.crossing && watch_takes(&settings->watch, watched->track.class) &&
        t_us - walker->walk.cross_us >= settings->settle_us &&
        line_distance(*state->line, anchor, state->watch.aspect) >=
            settings->min_travel * watched->track.box.h)
        settle(state, walker, t_us);
    return false;
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    state->alerts = alerts;
    watch_rule_observe(state, observation, alerts);
}

static void count(const void *data, int64_t *values)
{
    const State *state = data;
    values[0] = state->left_to_right;
    values[1] = state->right_to_left;
}

static const char *const labels[] = {"left_to_right", "right_to_left", NULL};
static const char *const hard_negatives[] = {"person standing on the line", "person turning back on the line",
                                             "passing beyond the line's end", "shadow", NULL};

static const OptionRow options[] = {
    STRING_OPTION("line", Settings, line, "line"),
    CHOICE_OPTION("direction", Settings, direction, directions, "any"),
    WATCH_OPTIONS(Settings, "classes anchor"),
    SECONDS_OPTION("settle", Settings, settle_us, 0, 60, "0.3"),
    NUMBER_OPTION("min_travel", Settings, min_travel, 0, 10, "0.1", "box heights"),
    WATCH_OPTIONS(Settings, "gap_tolerance=1 rearm cooldown"),
    OPTION_END,
};

static const char *const counters[] = {"left_to_right", "right_to_left", NULL};

/* Each alert names its own label. */
static const WatchRule rule = {.size = sizeof(Walker), .condition = follow};

extern const Behaviour behaviour_line_crossing;
const Behaviour behaviour_line_crossing = {
    .id = "line-crossing",
    .hard_negatives = hard_negatives,
    .labels = labels,
    .options = options,
    .settings_size = sizeof(Settings),
    .state_size = sizeof(State),
    .watch = &rule,
    .counters = counters,
    .open = open_rule,
    .observe = observe,
    .flush = watch_rule_flush,
    .count = count,
    .close = watch_rule_close,
};
