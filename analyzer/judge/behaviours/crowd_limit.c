/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crowd-limit: more people in a zone than allowed, for longer than allowed. */
#include "behaviours/behaviour.h"
#include "behaviours/hold.h"
#include "behaviours/smooth.h"
#include "behaviours/trackbook.h"
#include "behaviours/watch.h"

typedef struct {
    char *zone;
    int64_t limit, clear_margin;
    int64_t on_delay_us, off_delay_us, smooth_us;
    bool count_unknown;
} Settings;

typedef struct {
    const Settings *settings;
    const Polygon *zone; /* NULL: the whole picture */
    Smooth smooth;
    Hold hold;
    Alert *alert; /* the open one, owned by the run */
    bool above;   /* for the crossings of the limit */
    int64_t smoothed;
    int64_t next_second_us; /* the next whole second to be sampled */
    int64_t limit_crossings, count_samples, count_sum, peak_count;
    GArray *series; /* of CountSample */
} State;

static int64_t count_people(const State *state, const Observation *observation)
{
    int64_t people = 0;
    for (size_t i = 0; i < observation->track_count; i++) {
        const TrackObservation *track = &observation->tracks[i];
        const bool counts = track->class == OBJECT_PERSON ||
                            (state->settings->count_unknown && track->class == OBJECT_UNKNOWN);
        if (track->state == TRACK_TENTATIVE || !counts)
            continue;
        if (state->zone == NULL || geometry_polygon_contains(state->zone, track->foot))
            people += track->count;
    }
    return people;
}

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    state->settings = input->settings;
    state->series = count_samples_new();
    smooth_init(&state->smooth, state->settings->smooth_us);
    return watch_find_zone(input, state->settings->zone, &state->zone, error);
}

/* At each whole second the count that stands there, for the count error. */
static void keep_counters(State *state, int64_t t_us)
{
    const Settings *settings = state->settings;
    state->peak_count = MAX(state->peak_count, state->smoothed);
    if (state->next_second_us <= t_us) { /* never for a second in which there was nothing to see */
        const CountSample sample = {t_us, state->smoothed};
        g_array_append_val(state->series, sample);
    }
    for (; state->next_second_us <= t_us; state->next_second_us += US_PER_SECOND) {
        state->count_samples++;
        state->count_sum += state->smoothed;
    }
    if (!state->above && state->smoothed > settings->limit)
        state->limit_crossings++;
    state->above = state->smoothed > settings->limit - (state->above ? settings->clear_margin : 0);
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const Settings *settings = state->settings;
    if (!observation->signal)
        return; /* nothing was counted here; the last count stands */
    const int64_t t_us = observation->t_us;
    state->smoothed = (int64_t)smooth_add(&state->smooth, t_us, (double)count_people(state, observation));
    keep_counters(state, t_us);
    const int64_t over = settings->limit - (state->hold.raised ? settings->clear_margin : 0);
    const HoldTimes times = {settings->on_delay_us, settings->off_delay_us, 0};
    switch (hold_update(&state->hold, &times, state->smoothed > over, t_us)) {
    case HOLD_RAISED:
        state->alert =
            alert_raise(alerts, "crowd-limit", "over_limit", state->hold.since_us, t_us, NULL, NULL);
        state->alert->note =
            g_strdup_printf("%" PRId64 " people, limit %" PRId64, state->smoothed, settings->limit);
        break;
    case HOLD_CLEARED:
        state->alert->end_us = state->hold.gone_us;
        state->alert = NULL;
        break;
    case HOLD_SAME:
        break;
    }
}

static void flush(void *data, int64_t end_us, GPtrArray *alerts)
{
    (void)alerts;
    State *state = data;
    if (state->alert != NULL)
        state->alert->end_us = state->hold.gone ? state->hold.gone_us : end_us;
}

static void count(const void *data, int64_t *values)
{
    const State *state = data;
    values[0] = state->limit_crossings;
    values[1] = state->count_samples;
    values[2] = state->count_sum;
    values[3] = state->peak_count;
}

static const GArray *series(const void *data)
{
    return ((const State *)data)->series;
}

static void close_rule(void *data)
{
    State *state = data;
    g_clear_pointer(&state->series, g_array_unref);
    smooth_clear(&state->smooth);
}

static const char *const labels[] = {"over_limit", NULL};
static const char *const hard_negatives[] = {"queue at the zone's border", "number just at the limit",
                                             "short visit of a group",     "umbrellas",
                                             "shadows and reflections",    NULL};

static const OptionRow options[] = {
    STRING_OPTION("zone", Settings, zone, NULL),
    INT_OPTION("limit", Settings, limit, 0, 100000, "10", "people"),
    INT_OPTION("clear_margin", Settings, clear_margin, 0, 100000, "1", "people"),
    SECONDS_OPTION("on_delay", Settings, on_delay_us, 0, 3600, "5"),
    SECONDS_OPTION("off_delay", Settings, off_delay_us, 0, 3600, "3"),
    SECONDS_OPTION("smooth", Settings, smooth_us, 0, 60, "1"),
    BOOL_OPTION("count_unknown", Settings, count_unknown, "false"),
    OPTION_END,
};

static const char *const counters[] = {"limit_crossings", "count_samples", "count_sum", "peak_count", NULL};

extern const Behaviour behaviour_crowd_limit;
const Behaviour behaviour_crowd_limit = {.id = "crowd-limit",
                                         .classes = 1U << OBJECT_PERSON,
                                         .counters = counters,
                                         .count = count,
                                         .series = series,
                                         .flush = flush,
                                         BEHAVIOUR_PARTS};
