/* SPDX-License-Identifier: GPL-3.0-or-later */
/* running: somebody moves faster than people walk. */
#include "behaviours/watch.h"

typedef struct {
    WatchSettings watch;
    double speed;
    int64_t window_us;
} Settings;

static bool is_fast(void *data, Watched *watched, int64_t t_us)
{
    const Watch *watch = data;
    const Settings *settings = watch->own;
    return track_is_fast(&watched->track, t_us, settings->window_us, settings->speed, watch->aspect);
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
    WATCH_RULE(.label = "running", .trail = MEMBER_AT(Settings, window_us, int64_t), .condition = is_fast)};
