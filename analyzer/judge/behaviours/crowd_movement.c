/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crowd-movement: a crowd that begins to rush, or runs apart. */
#include "behaviours/smooth.h"
#include "behaviours/watch.h"
#include "records/free.h"

#include <math.h>

typedef struct {
    WatchSettings watch;
    double rise, min_speed, min_share, spread_speed;
    int64_t min_people, smooth_us, baseline_us, window_us;
} Settings;

typedef struct {
    const Settings *settings;
    const Polygon *zone; /* of the dispersal; NULL: the whole picture */
    AlarmTimes times;
    Smooth speed, baseline; /* of the flow */
    int64_t first_us;       /* of the flow; TIME_UNKNOWN before */
    TrackBook book;         /* of TrackMemory */
    Alarm surge, dispersal;
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    const Settings *settings = input->settings;
    state->settings = settings;
    state->times = (AlarmTimes){
        {settings->watch.on_delay_us, settings->watch.off_delay_us, settings->watch.gap_tolerance_us},
        REARM_ON_EXIT,
        0};
    state->first_us = TIME_UNKNOWN;
    smooth_init(&state->speed, settings->smooth_us);
    smooth_init(&state->baseline, settings->baseline_us);
    track_book_init(&state->book, sizeof(TrackMemory), input->aspect, settings->window_us,
                    settings->watch.gap_tolerance_us);
    return watch_find_zone(input, settings->watch.zone, &state->zone, error);
}

/* Faster than usual. What is usual is learnt only while nothing is unusual. */
static bool rushes(State *state, const Observation *observation)
{
    const Settings *settings = state->settings;
    const MotionObservation *motion = &observation->motion;
    const bool busy = motion->foreground_share >= settings->min_share && isfinite(motion->flow_speed);
    const int64_t t_us = observation->t_us;
    const double speed = smooth_add(&state->speed, t_us, busy ? motion->flow_speed : 0);
    const bool learning =
        state->first_us == TIME_UNKNOWN || t_us - state->first_us < settings->baseline_us / 2;
    if (state->first_us == TIME_UNKNOWN && busy)
        state->first_us = t_us;
    const GArray *known = state->baseline.samples;
    const double usual = known->len > 0 ? smooth_value(&state->baseline) : (double)INFINITY;
    const bool fast = !learning && speed >= settings->min_speed && speed >= settings->rise * usual;
    if (busy && !fast && !state->surge.hold.pending)
        smooth_add(&state->baseline, t_us, speed);
    return fast;
}

/* People move away from their common centre. */
static bool disperses(State *state, int64_t t_us)
{
    const Settings *settings = state->settings;
    const GPtrArray *tracks = state->book.tracks;
    g_autofree const TrackMemory **people = g_new0(const TrackMemory *, tracks->len + 1);
    Point centre = {0, 0};
    guint count = 0;
    for (guint i = 0; i < tracks->len; i++) {
        const TrackMemory *track = g_ptr_array_index(tracks, i);
        if (!track->seen || !watch_takes(&settings->watch, track->class) ||
            !watch_contains(&settings->watch, state->zone, watch_anchor(&settings->watch, track)))
            continue;
        people[count++] = track;
        centre.x += track->foot.x;
        centre.y += track->foot.y;
    }
    if ((int64_t)count < settings->min_people || count == 0)
        return false;
    centre.x /= count;
    centre.y /= count;
    double outwards = 0;
    for (guint i = 0; i < count; i++) {
        const double dx = (people[i]->foot.x - centre.x) * state->book.aspect,
                     dy = people[i]->foot.y - centre.y;
        const double distance = hypot(dx, dy);
        double vx = 0, vy = 0;
        if (distance > 0 &&
            track_velocity(people[i], t_us, settings->window_us, state->book.aspect, &vx, &vy))
            outwards += (vx * dx + vy * dy) / distance;
    }
    return outwards / count >= settings->spread_speed;
}

static void tell(const State *state, Alarm *alarm, const char *label, bool met, int64_t t_us,
                 GPtrArray *alerts)
{
    if (alarm_update(alarm, &state->times, met, t_us))
        alarm->alert = alert_raise(alerts, "crowd-movement", label, alarm->hold.since_us, t_us, NULL, NULL);
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const int64_t t_us = observation->t_us;
    if (!observation->signal)
        return; /* nothing moves that can be seen */
    track_book_observe(&state->book, observation);
    tell(state, &state->surge, "surge", rushes(state, observation), t_us, alerts);
    tell(state, &state->dispersal, "dispersal", disperses(state, t_us), t_us, alerts);
}

static void flush(void *data, int64_t end_us, GPtrArray *alerts)
{
    (void)alerts;
    State *state = data;
    alarm_end(&state->surge, end_us);
    alarm_end(&state->dispersal, end_us);
}

DEFINE_CLEAR(close_rule, State, state, smooth_clear(&state->speed), smooth_clear(&state->baseline),
             track_book_clear(&state->book))

static const char *const labels[] = {"surge", "dispersal", NULL};
static const char *const hard_negatives[] = {"arrival of a train", "group walking fast", "dance",
                                             "light change",       "vehicle passing",    NULL};

static const OptionRow options[] = {
    NUMBER_OPTION("rise", Settings, rise, 1, 100, "2", ""),
    NUMBER_OPTION("min_speed", Settings, min_speed, 0, 10, "0.15", "picture heights/s"),
    NUMBER_OPTION("min_share", Settings, min_share, 0, 1, "0.05", "share of the picture"),
    SECONDS_OPTION("smooth", Settings, smooth_us, 0, 60, "1"),
    SECONDS_OPTION("baseline", Settings, baseline_us, 1, 3600, "20"),
    NUMBER_OPTION("spread_speed", Settings, spread_speed, 0, 100, "1", "box heights/s"),
    INT_OPTION("min_people", Settings, min_people, 2, 10000, "4", "people"),
    SECONDS_OPTION("window", Settings, window_us, 0.2, 60, "1"),
    WATCH_OPTIONS(Settings, "zone classes anchor boundary on_delay=1 off_delay=2 gap_tolerance=0.5"),
    OPTION_END,
};

extern const Behaviour behaviour_crowd_movement;
const Behaviour behaviour_crowd_movement = {.id = "crowd-movement", .flush = flush, BEHAVIOUR_PARTS};
