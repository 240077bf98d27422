/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loitering: somebody stays in a zone for long, at once or all in all. */
#include "behaviours/watch.h"

#include <math.h>

typedef struct {
    WatchSettings watch; /* on_delay is the dwell */
    int accumulate;      /* index into accumulations */
    double still_speed;  /* 0: walking about counts too */
    int64_t still_window_us;
} Settings;

enum { CONTINUOUS, CUMULATIVE };
static const char *const accumulations[] = {"continuous", "cumulative", NULL};

typedef struct {
    Watched watched; /* first: see watch.h */
    bool inside;     /* on the last picture on which it was seen */
    int64_t last_us;
    int64_t entered_us; /* when the sum began, with sum_us > 0 or inside */
    int64_t sum_us;     /* time inside since the last alarm */
    int64_t told;       /* alarms that the sum has been set back for */
} Visitor;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    Watch *watch = data;
    const Settings *settings = input->settings;
    if (!watch_rule_open(watch, input, error))
        return false;
    if (settings->accumulate == CUMULATIVE)
        watch->times.hold.on_us = 0; /* the sum has waited already */
    return true;
}

/* Whether the time counts, as far as speed goes; unknown speed, just after the object came, is none. */
static bool is_still(const Watch *watch, const TrackMemory *track, int64_t t_us)
{
    const Settings *settings = watch->own;
    double vx = 0, vy = 0;
    return settings->still_speed <= 0 ||
           (track_velocity(track, t_us, settings->still_window_us, watch->aspect, &vx, &vy) &&
            hypot(vx, vy) <= settings->still_speed);
}

static bool has_summed_up(const Watch *watch, Visitor *visitor, int64_t t_us)
{
    const bool inside =
        watch_inside(watch, &visitor->watched.track) && is_still(watch, &visitor->watched.track, t_us);
    const Alarm *alarm = &visitor->watched.alarm;
    if (alarm->alert == NULL && alarm->raised > visitor->told) {
        visitor->told = alarm->raised;
        visitor->sum_us = 0;
        visitor->inside = false;
    }
    if (inside && visitor->inside)
        visitor->sum_us += t_us - visitor->last_us;
    else if (inside && visitor->sum_us == 0)
        visitor->entered_us = t_us;
    visitor->inside = inside;
    visitor->last_us = t_us;
    visitor->watched.has_onset = true;
    visitor->watched.onset_us = visitor->entered_us;
    return visitor->sum_us >= watch->settings->on_delay_us;
}

static bool is_present(void *data, Watched *watched, int64_t t_us)
{
    const Watch *watch = data;
    if (((const Settings *)watch->own)->accumulate == CONTINUOUS)
        return is_still(watch, &watched->track, t_us);
    return has_summed_up(watch, (Visitor *)(void *)watched, t_us);
}

static const char *const labels[] = {"loitering", NULL};
static const char *const hard_negatives[] = {"person waiting for a shorter time", "several people in turn",
                                             "queue that moves on", "parked object", NULL};

static const OptionRow options[] = {
    WATCH_OPTIONS(Settings, "zone classes anchor boundary"),
    SECONDS_OPTION("dwell", Settings, watch.on_delay_us, 0, 86400, "15"),
    CHOICE_OPTION("accumulate", Settings, accumulate, accumulations, "continuous"),
    NUMBER_OPTION("still_speed", Settings, still_speed, 0, 100, "0", "box heights/s"),
    SECONDS_OPTION("still_window", Settings, still_window_us, 0.2, 60, "1"),
    WATCH_OPTIONS(Settings, "off_delay=2 gap_tolerance=2 rearm cooldown"),
    OPTION_END,
};

extern const Behaviour behaviour_loitering;
const Behaviour behaviour_loitering = {.id = "loitering",
                                       WATCH_RULE_WITH(Watch, open_rule, watch_rule_observe, watch_rule_flush,
                                                       .label = "loitering", .size = sizeof(Visitor),
                                                       .trail = MEMBER_AT(Settings, still_window_us, int64_t),
                                                       .condition = is_present)};
