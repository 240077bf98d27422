/* SPDX-License-Identifier: GPL-3.0-or-later */
/* running: somebody moves faster than people walk. */
#include "behaviours/watch.h"

typedef struct {
    WatchSettings watch;
    double speed;
    int64_t window_us;
} Settings;

typedef struct {
    Watch watch; /* of Watched */
    const Settings *settings;
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    const Settings *settings = input->settings;
    state->settings = settings;
    return watch_open(&state->watch, "running", "running", sizeof(Watched), &settings->watch, input,
                      settings->window_us, error);
}

static bool is_fast(void *data, Watched *watched, int64_t t_us)
{
    const State *state = data;
    return track_is_fast(&watched->track, t_us, state->settings->window_us, state->settings->speed,
                         state->watch.aspect);
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    watch_observe(&state->watch, observation, is_fast, state, alerts);
}

static const char *const labels[] = {"running", NULL};
static const char *const hard_negatives[] = {"brisk walk", "bicycle", "child", "jump of the box", NULL};

static const OptionRow options[] = {
    NUMBER_OPTION("speed", Settings, speed, 0, 100, "1.6", "box heights/s"),
    SECONDS_OPTION("window", Settings, window_us, 0.2, 60, "0.8"),
    WATCH_OPTIONS(Settings,
                  "zone classes anchor boundary on_delay=0.6 off_delay=1 gap_tolerance=0.5 rearm cooldown"),
    OPTION_END,
};

extern const Behaviour behaviour_running;
const Behaviour behaviour_running = {
    .id = "running",
    WATCH_RULE,
};
