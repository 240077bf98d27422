/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crowd-density: too many people for the room that there is. */
#include "behaviours/smooth.h"
#include "behaviours/watch.h"

#include <math.h>

typedef struct {
    WatchSettings watch;
    int measure; /* index into measures */
    double area, limit, limit_cover, clear_share;
    int64_t smooth_us;
} Settings;

enum { PER_SQUARE_METRE, COVER };
static const char *const measures[] = {"per_m2", "cover", NULL};

typedef struct {
    const Settings *settings;
    const Polygon *zone; /* NULL: the whole picture */
    AlarmTimes times;
    Smooth smooth;
    Alarm alarm;
    double peak;
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    const Settings *settings = input->settings;
    state->settings = settings;
    state->times =
        (AlarmTimes){{settings->watch.on_delay_us, settings->watch.off_delay_us, 0}, REARM_ON_EXIT, 0};
    smooth_init(&state->smooth, settings->smooth_us);
    return watch_find_zone(input, settings->watch.zone, &state->zone, error);
}

/* People per square metre, or the sum of their boxes as a share of the zone. */
static double measure_density(const State *state, const Observation *observation)
{
    const Settings *settings = state->settings;
    double people = 0, covered = 0;
    for (size_t i = 0; i < observation->track_count; i++) {
        const TrackObservation *track = &observation->tracks[i];
        const TrackMemory memory = {.box = track->box, .foot = track->foot};
        if (track->state == TRACK_TENTATIVE || !watch_takes(&settings->watch, track->class) ||
            !watch_contains(&settings->watch, state->zone, watch_anchor(&settings->watch, &memory)))
            continue;
        people += (double)track->count;
        covered += track->box.w * track->box.h;
    }
    if (settings->measure == PER_SQUARE_METRE)
        return people / settings->area;
    return covered / (state->zone != NULL ? fmax(geometry_polygon_area(state->zone), 1e-9) : 1);
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const Settings *settings = state->settings;
    if (!observation->signal)
        return; /* nothing was counted here; the last density stands */
    const int64_t t_us = observation->t_us;
    const double density = smooth_add(&state->smooth, t_us, measure_density(state, observation));
    state->peak = fmax(state->peak, density);
    const double limit = settings->measure == PER_SQUARE_METRE ? settings->limit : settings->limit_cover;
    const double least = state->alarm.hold.raised ? limit * settings->clear_share : limit;
    if (!alarm_update(&state->alarm, &state->times, density >= least, t_us))
        return;
    state->alarm.alert =
        alert_raise(alerts, "crowd-density", "too_dense", state->alarm.hold.since_us, t_us, NULL, NULL);
    state->alarm.alert->note = g_strdup_printf("density %.3f, limit %.3f", density, limit);
}

static void flush(void *data, int64_t end_us, GPtrArray *alerts)
{
    (void)alerts;
    State *state = data;
    alarm_end(&state->alarm, end_us);
}

static void count(const void *data, int64_t *values)
{
    const State *state = data;
    values[0] = (int64_t)llround(state->peak * 1000);
}

static void close_rule(void *data)
{
    State *state = data;
    smooth_clear(&state->smooth);
}

static const char *const counters[] = {"peak_density_thousandths", NULL};

static const char *const labels[] = {"too_dense", NULL};
static const char *const hard_negatives[] = {
    "queue at the border", "short visit of a group", "umbrellas", "shadow", "vehicle", NULL};

static const OptionRow options[] = {
    WATCH_OPTIONS(Settings, "zone classes anchor boundary"),
    CHOICE_OPTION("measure", Settings, measure, measures, "per_m2"),
    NUMBER_OPTION("area", Settings, area, 0.1, 1e6, "25", "m²"),
    NUMBER_OPTION("limit_per_m2", Settings, limit, 0.001, 100, "2", "people/m²"),
    NUMBER_OPTION("limit_cover", Settings, limit_cover, 0.001, 100, "0.5", "share of the zone"),
    NUMBER_OPTION("clear_share", Settings, clear_share, 0, 1, "0.9", "fraction"),
    SECONDS_OPTION("smooth", Settings, smooth_us, 0, 60, "1"),
    WATCH_OPTIONS(Settings, "on_delay=5 off_delay=3"),
    OPTION_END,
};

extern const Behaviour behaviour_crowd_density;
const Behaviour behaviour_crowd_density = {
    .id = "crowd-density", .counters = counters, .count = count, .flush = flush, BEHAVIOUR_PARTS};
