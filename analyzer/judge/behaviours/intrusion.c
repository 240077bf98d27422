/* SPDX-License-Identifier: GPL-3.0-or-later */
/* intrusion: somebody or something is where it must not be. */
#include "behaviours/watch.h"

typedef struct {
    WatchSettings watch;
    int per;           /* index into pers */
    double fast_speed; /* 0: nobody counts for his speed */
    int64_t fast_window_us;
} Settings;

enum { PER_ZONE, PER_OBJECT };
static const char *const pers[] = {"zone", "object", NULL};

typedef struct {
    Watch watch;                /* of Watched */
    Alarm zone_alarm;           /* for PER_ZONE */
    const TrackMemory *present; /* the first one in the zone on this picture; NULL: none */
} State;

/* With one alarm for the zone no object has an alarm of its own. */
static bool is_present(void *data, Watched *watched, int64_t t_us)
{
    State *state = data;
    const Settings *settings = state->watch.own;
    watched->any_class =
        settings->fast_speed > 0 && track_is_fast(&watched->track, t_us, settings->fast_window_us,
                                                  settings->fast_speed, state->watch.aspect);
    if (settings->per == PER_OBJECT)
        return true;
    if (state->present == NULL && watch_inside(&state->watch, &watched->track))
        state->present = &watched->track;
    return false;
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    state->present = NULL;
    watch_rule_observe(state, observation, alerts);
    if (!alarm_update(&state->zone_alarm, &state->watch.times, state->present != NULL, observation->t_us))
        return;
    state->zone_alarm.alert = alert_raise(alerts, "intrusion", "presence", state->zone_alarm.hold.since_us,
                                          observation->t_us, state->present, NULL);
}

static void flush(void *data, int64_t end_us, GPtrArray *alerts)
{
    State *state = data;
    watch_rule_flush(data, end_us, alerts);
    alarm_end(&state->zone_alarm, end_us);
}

static const char *const labels[] = {"presence", NULL};
static const char *const hard_negatives[] = {"passing along the border", "shadow",  "animal",
                                             "waving vegetation",        "vehicle", NULL};

static const OptionRow options[] = {
    WATCH_OPTIONS(Settings,
                  "zone classes anchor boundary on_delay=0.5 off_delay=2 gap_tolerance=0.5 rearm cooldown"),
    CHOICE_OPTION("per", Settings, per, pers, "zone"),
    NUMBER_OPTION("fast_speed", Settings, fast_speed, 0, 100, "0", "box heights/s"),
    SECONDS_OPTION("fast_window", Settings, fast_window_us, 0.2, 60, "1"),
    OPTION_END,
};

extern const Behaviour behaviour_intrusion;
const Behaviour behaviour_intrusion = {
    .id = "intrusion",
    WATCH_RULE_WITH(State, watch_rule_open, observe, flush, .label = "presence",
                    .trail = MEMBER_AT(Settings, fast_window_us, int64_t), .condition = is_present)};
