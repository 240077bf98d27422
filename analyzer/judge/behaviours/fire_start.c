/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fire-start: something that looks like flames, flickers, grows and stays where it is, or a grey veil that
 * grows and rises. A weak sign: no rule over colours and flicker can tell a fire from all that looks like
 * one. */
#include "behaviours/smooth.h"
#include "behaviours/watch.h"
#include "records/free.h"

#include <math.h>

typedef struct {
    WatchSettings watch;
    int signs; /* index into sign_names */
    double flicker, smoke_flicker, flame_share, smoke_share, min_area, growth, climb, drift;
    int64_t smooth_us;
} Settings;

enum { SIGNS_EITHER, SIGNS_FLAME, SIGNS_SMOKE };
static const char *const sign_names[] = {"either", "flame", "smoke", NULL};

/* One candidate over time. */
typedef struct {
    int64_t id;
    FireKind kind;
    Box box;
    int64_t since_us, seen_us;
    bool seen;         /* on the picture at hand */
    Point place;       /* of its lower edge's middle when it began */
    double first_top;  /* of its box, then */
    double first_area; /* NAN until “smooth” has gone by */
    bool grown;        /* has grown, and risen when it is smoke, since it began */
    bool burning;      /* all but the time is there */
    Smooth area;
    Hold hold;
} Candidate;

typedef struct {
    const Settings *settings;
    const Polygon *zone;
    double aspect;
    HoldTimes times; /* of a candidate */
    AlarmTimes alarm_times;
    GPtrArray *candidates; /* of Candidate *, in order of first appearance */
    Alarm alarm;
} State;

DEFINE_DESTROY(free_candidate, Candidate, candidate, smooth_clear(&candidate->area))

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    const Settings *settings = input->settings;
    state->settings = settings;
    state->aspect = input->aspect;
    state->times = (HoldTimes){settings->watch.on_delay_us, 0, settings->watch.gap_tolerance_us};
    state->alarm_times = (AlarmTimes){{0, settings->watch.off_delay_us, 0}, REARM_ON_EXIT, 0};
    state->candidates = g_ptr_array_new_with_free_func(free_candidate);
    return watch_find_zone(input, settings->watch.zone, &state->zone, error);
}

/* Whether the place is so far from where it began that it is another thing, or one that moves. */
static bool has_moved(const State *state, const Candidate *candidate, const Box *box)
{
    const double longer = fmax(box->w * state->aspect, box->h);
    return geometry_distance(candidate->place, geometry_box_foot(*box), state->aspect) >
           state->settings->drift * longer;
}

static void begin(const State *state, Candidate *candidate, const FireObservation *fire, int64_t since_us)
{
    smooth_clear(&candidate->area);
    *candidate = (Candidate){.id = fire->id,
                             .kind = fire->kind,
                             .since_us = since_us,
                             .place = geometry_box_foot(fire->box),
                             .first_top = fire->box.y,
                             .first_area = (double)NAN};
    smooth_init(&candidate->area, state->settings->smooth_us);
}

/* The candidate of that number, or a lost one of its kind in the same place. */
static Candidate *find(State *state, const FireObservation *fire)
{
    Candidate *lost = NULL;
    for (guint i = 0; i < state->candidates->len; i++) {
        Candidate *candidate = g_ptr_array_index(state->candidates, i);
        if (candidate->id == fire->id)
            return candidate;
        if (!candidate->seen && lost == NULL && candidate->kind == fire->kind &&
            !has_moved(state, candidate, &fire->box))
            lost = candidate;
    }
    if (lost != NULL)
        return lost;
    Candidate *candidate = g_new0(Candidate, 1);
    begin(state, candidate, fire, fire->since_us);
    g_ptr_array_add(state->candidates, candidate);
    return candidate;
}

static bool is_wanted(const State *state, const FireObservation *fire)
{
    const Settings *settings = state->settings;
    const bool flame = fire->kind == FIRE_FLAME;
    return settings->signs != (flame ? SIGNS_SMOKE : SIGNS_FLAME) &&
           watch_contains(&settings->watch, state->zone, geometry_box_foot(fire->box)) &&
           fire->area >= settings->min_area &&
           fire->share >= (flame ? settings->flame_share : settings->smoke_share) &&
           fire->flicker >= (flame ? settings->flicker : settings->smoke_flicker);
}

static void follow(State *state, const FireObservation *fire, int64_t t_us)
{
    const Settings *settings = state->settings;
    Candidate *candidate = find(state, fire);
    if (has_moved(state, candidate, &fire->box))
        begin(state, candidate, fire, t_us);
    candidate->id = fire->id;
    candidate->box = fire->box;
    candidate->seen = true;
    candidate->seen_us = t_us;
    const double area = smooth_add(&candidate->area, t_us, fire->area);
    if (isnan(candidate->first_area) && t_us - candidate->since_us >= settings->smooth_us)
        candidate->first_area = area;
    candidate->grown = candidate->grown ||
                       (area >= settings->growth * candidate->first_area &&
                        (fire->kind == FIRE_FLAME || candidate->first_top - fire->box.y >= settings->climb));
    candidate->burning = candidate->grown && is_wanted(state, fire);
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const int64_t t_us = observation->t_us;
    for (guint i = 0; i < state->candidates->len; i++) {
        Candidate *candidate = g_ptr_array_index(state->candidates, i);
        candidate->seen = candidate->burning = false;
    }
    for (size_t i = 0; i < observation->fire_count; i++)
        follow(state, &observation->fires[i], t_us);
    const Candidate *raised = NULL, *burning = NULL;
    for (guint i = 0; i < state->candidates->len;) {
        Candidate *candidate = g_ptr_array_index(state->candidates, i);
        if (t_us - candidate->seen_us > state->settings->watch.gap_tolerance_us) {
            g_ptr_array_remove_index(state->candidates, i);
            continue;
        }
        i++;
        hold_update(&candidate->hold, &state->times, candidate->burning, t_us);
        burning = burning == NULL && candidate->burning ? candidate : burning;
        raised = raised == NULL && candidate->hold.raised ? candidate : raised;
    }
    const bool met = state->alarm.hold.raised ? burning != NULL : raised != NULL;
    if (!alarm_update(&state->alarm, &state->alarm_times, met, t_us))
        return;
    g_assert(raised != NULL); /* an alarm is raised by a candidate that was, in the same picture */
    Alert *alert = alert_new("fire-start", raised->since_us, t_us);
    alert->label = g_strdup(fire_kind_name(raised->kind));
    alert->box = raised->box;
    state->alarm.alert = alert;
    g_ptr_array_add(alerts, alert);
}

static void flush(void *data, int64_t end_us, GPtrArray *alerts)
{
    (void)alerts;
    State *state = data;
    alarm_end(&state->alarm, end_us);
}

static void close_rule(void *data)
{
    State *state = data;
    g_clear_pointer(&state->candidates, g_ptr_array_unref);
}

static const char *const labels[] = {"flame", "smoke", NULL};
static const char *const hard_negatives[] = {
    "yellow vest",      "flashing light", "reflection",      "headlights",       "low sun",
    "lighter or match", "steam or fog",   "orange clothing", "illuminated sign", NULL};

static const OptionRow options[] = {
    WATCH_OPTIONS(Settings, "zone boundary"),
    CHOICE_OPTION("signs", Settings, signs, sign_names, "either"),
    NUMBER_OPTION("flicker", Settings, flicker, 0, 1, "0.03", "of full brightness"),
    NUMBER_OPTION("smoke_flicker", Settings, smoke_flicker, 0, 1, "0.004", "of full brightness"),
    NUMBER_OPTION("flame_share", Settings, flame_share, 0, 1, "0.2", "share of the box"),
    NUMBER_OPTION("smoke_share", Settings, smoke_share, 0, 1, "0.5", "share of what has changed"),
    NUMBER_OPTION("min_area", Settings, min_area, 0, 1, "0.0006", "share of the picture"),
    NUMBER_OPTION("growth", Settings, growth, 0, 100, "1.5", ""),
    NUMBER_OPTION("climb", Settings, climb, 0, 1, "0.05", "picture heights"),
    NUMBER_OPTION("drift", Settings, drift, 0, 10, "0.5", "of the box's longer side"),
    SECONDS_OPTION("smooth", Settings, smooth_us, 0, 60, "1"),
    WATCH_OPTIONS(Settings, "on_delay=3 off_delay=3 gap_tolerance=1"),
    OPTION_END,
};

extern const Behaviour behaviour_fire_start;
const Behaviour behaviour_fire_start = {.id = "fire-start", .flush = flush, BEHAVIOUR_PARTS};
