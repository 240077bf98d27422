/* SPDX-License-Identifier: GPL-3.0-or-later */
/* person-down: somebody who stood upright is low and wide, and stays so. */
#include "behaviours/watch.h"

#include <math.h>

typedef struct {
    WatchSettings watch;
    double ratio, drop;
    int64_t upright_time_us;
} Settings;

typedef struct {
    Watched watched;             /* first: see watch.h */
    double height;               /* when upright: follows the box with a delay of upright_time */
    int64_t upright_us, last_us; /* time seen upright, last picture */
} Walker;

/* Exponential smoothing over presentation time, so that the picture rate does not matter. */
static void learn_height(const Settings *settings, Walker *walker, double height, int64_t t_us)
{
    const int64_t step_us = t_us - walker->last_us;
    if (walker->height <= 0 || settings->upright_time_us == 0) {
        walker->height = height;
    } else {
        walker->upright_us += step_us;
        walker->height +=
            (height - walker->height) * -expm1(-(double)step_us / (double)settings->upright_time_us);
    }
}

static bool is_down(void *data, Watched *watched, int64_t t_us)
{
    const Watch *watch = data;
    const Settings *settings = watch->own;
    const Box box = watched->track.box;
    Walker *walker = (Walker *)(void *)watched;
    const bool wide = box.w * watch->aspect >= settings->ratio * box.h;
    if (!wide)
        learn_height(settings, walker, box.h, t_us);
    walker->last_us = t_us;
    return wide && walker->height > 0 && walker->upright_us >= settings->upright_time_us &&
           box.h <= settings->drop * walker->height;
}

static const char *const labels[] = {"person_down", NULL};
static const char *const hard_negatives[] = {"bending down", "crouching",          "sitting down",
                                             "push-ups",     "person half hidden", NULL};

static const OptionRow options[] = {
    NUMBER_OPTION("ratio", Settings, ratio, 0, 10, "0.9", ""),
    NUMBER_OPTION("drop", Settings, drop, 0, 1, "0.7", "fraction"),
    SECONDS_OPTION("upright_time", Settings, upright_time_us, 0, 60, "0.5"),
    WATCH_OPTIONS(Settings,
                  "zone classes anchor boundary on_delay=1 off_delay=1 gap_tolerance=0.5 rearm cooldown"),
    OPTION_END,
};

extern const Behaviour behaviour_person_down;
const Behaviour behaviour_person_down = {
    .id = "person-down", WATCH_RULE(.label = "person_down", .size = sizeof(Walker), .condition = is_down)};
