/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fare-evasion: passages of a gate line, and those among them that no ticket explains.
 *
 * What can be decided: with a log of ticket validations, whether a passage has one. Without it only the
 * manner: close behind another, over the barrier, faster than a gate opens, against the direction. A group
 * on one ticket or a door held open by staff looks the same as tailgating; only the log tells them apart. */
#include "behaviours/behaviour.h"
#include "behaviours/linewalk.h"
#include "behaviours/passages.h"
#include "behaviours/trackbook.h"
#include "records/free.h"

#include <math.h>

typedef struct {
    char *line;
    int direction; /* index into directions */
    bool backward_alarm, count_unknown;
    double min_travel, clear_travel, lane_width, child_ratio, jump_height, forced_speed;
    int64_t settle_us, gap_tolerance_us, headway_us, manner_time_us, validity_us, clock_tolerance_us;
} Settings;

typedef enum { RIGHT_TO_LEFT, LEFT_TO_RIGHT } Direction;
static const char *const directions[] = {"right_to_left", "left_to_right", NULL};

typedef struct {
    TrackMemory track; /* first: see trackbook.h */
    LineWalk walk;     /* side -1 before the gate, 1 behind it; crossing: not judged yet */
    Passage *standing; /* the crossing inwards that is not judged yet; NULL */
    Passage *passed;   /* the last one judged, while the gate is not clear; NULL */
    Alert *alert;      /* open until the gate is clear; owned by the run */
} Walker;

typedef struct {
    const Settings *settings;
    Segment gate;   /* turned so that an inward passage leads to its right */
    TrackBook book; /* of Walker */
    Passages passages;
    int64_t last_us;
    int64_t inward, backward, validated;
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    const Settings *settings = input->settings;
    state->settings = settings;
    track_book_init(&state->book, sizeof(Walker), input->aspect,
                    2 * MAX(settings->manner_time_us, settings->clock_tolerance_us) + US_PER_SECOND,
                    settings->gap_tolerance_us);
    passages_init(&state->passages,
                  (PassageRules){.headway_us = settings->headway_us,
                                 .lane_width = settings->lane_width,
                                 .child_ratio = settings->child_ratio,
                                 .validity_us = settings->validity_us,
                                 .clock_late_us = settings->clock_tolerance_us,
                                 .aspect = input->aspect},
                  input->scene->validations);
    const Segment *gate = scene_find_line(input->scene, settings->line, error);
    if (gate == NULL)
        return false;
    state->gate = settings->direction == LEFT_TO_RIGHT ? *gate : (Segment){gate->b, gate->a};
    return true;
}

static bool takes_part(const State *state, const TrackMemory *track)
{
    return track->class == OBJECT_PERSON ||
           (state->settings->count_unknown && track->class == OBJECT_UNKNOWN);
}

/* How far the foot rose above the straight way through the gate, and how fast it went, in box heights. */
static void measure_manner(const State *state, const Walker *walker, double *rise, double *speed)
{
    const int64_t reach_us = state->settings->manner_time_us;
    const GArray *trail = walker->track.trail;
    const TrackSample *first = NULL, *last = NULL;
    for (guint i = 0; i < trail->len; i++) {
        const TrackSample *sample = &g_array_index(trail, TrackSample, i);
        if (ABS(sample->t_us - walker->walk.cross_us) > reach_us)
            continue;
        first = first == NULL ? sample : first;
        last = sample;
    }
    *rise = *speed = 0;
    if (first == NULL || last->t_us - first->t_us < reach_us || first->height <= 0)
        return; /* seen too briefly to say anything */
    const double span = (double)(last->t_us - first->t_us);
    for (const TrackSample *sample = first; sample <= last; sample++) {
        const double along = (double)(sample->t_us - first->t_us) / span;
        const double straight = first->foot.y + along * (last->foot.y - first->foot.y);
        *rise = fmax(*rise, (straight - sample->foot.y) / first->height);
    }
    *speed = geometry_distance(first->foot, last->foot, state->book.aspect) / first->height /
             (span / (double)US_PER_SECOND);
}

static const char *measure_evasion(const State *state, const Walker *walker)
{
    double rise = 0, speed = 0;
    measure_manner(state, walker, &rise, &speed);
    if (rise >= state->settings->jump_height)
        return "jump";
    return speed >= state->settings->forced_speed ? "forced" : NULL;
}

/* The kind of evasion, or NULL for a passage in order. */
static const char *name_evasion(const State *state, const Passage *passage, bool standing_too)
{
    const bool log = state->passages.tickets != NULL;
    if (log && passage->validations == passage_people(passage))
        return NULL;
    if (passage->manner != NULL)
        return passage->manner;
    if (passage_people(passage) > 1 || passages_follows(&state->passages, passage, standing_too))
        return "tailgating";
    return log ? "unvalidated" : NULL;
}

static void raise_alert(Walker *walker, const TrackMemory *track, const char *label, int64_t cross_us,
                        int64_t t_us, GPtrArray *alerts)
{
    if (walker->alert != NULL)
        walker->alert->end_us = cross_us;
    walker->alert = alert_raise(alerts, "fare-evasion", label, cross_us, t_us, track, NULL);
}

static void accuse(Passage *passage, const char *label, int64_t t_us, GPtrArray *alerts)
{
    passage->label = label;
    if (passage->walker != NULL) {
        raise_alert(passage->walker, &passage->track, label, passage->cross_us, t_us, alerts);
        return;
    }
    Alert *alert = alert_raise(alerts, "fare-evasion", label, passage->cross_us, t_us, &passage->track, NULL);
    alert->end_us = passage->end_us;
}

/* Those who were in order and are no longer, now that somebody is known to have crossed before them. Only
 * what has settled counts against them. */
static void review(State *state, int64_t t_us, GPtrArray *alerts)
{
    passages_allot(&state->passages, false);
    for (guint i = 0; i < state->passages.inward->len; i++) {
        Passage *passage = g_ptr_array_index(state->passages.inward, i);
        if (!passage->settled)
            continue;
        const char *label = passage->label == NULL ? name_evasion(state, passage, false) : NULL;
        if (label != NULL)
            accuse(passage, label, t_us, alerts);
        state->validated += passage->validations - passage->counted;
        passage->counted = passage->validations;
    }
}

/* The gate is clear of the walker's last passage. */
static void let_go(Walker *walker, int64_t end_us)
{
    if (walker->passed == NULL)
        return;
    walker->passed->end_us = end_us;
    walker->passed->walker = NULL;
    walker->passed = NULL;
}

/* Whoever crossed before and stands behind the line has the first claim to a validation, and is followed. */
static void judge_inward(State *state, Walker *walker, int64_t t_us, GPtrArray *alerts)
{
    Passage *passage = walker->standing;
    g_assert(passage != NULL);
    let_go(walker, passage->cross_us);
    walker->standing = NULL;
    walker->passed = passage;
    passage->settled = true;
    passage->manner = measure_evasion(state, walker);
    state->inward += passage_people(passage);
    passages_allot(&state->passages, true);
    const char *label = name_evasion(state, passage, true);
    if (label != NULL)
        accuse(passage, label, t_us, alerts);
    review(state, t_us, alerts);
    const Settings *settings = state->settings;
    passages_forget(&state->passages, t_us - settings->headway_us - settings->validity_us -
                                          settings->clock_tolerance_us - 10 * US_PER_SECOND);
}

static void judge(State *state, Walker *walker, int64_t t_us, GPtrArray *alerts)
{
    walker->walk.crossing = false;
    if (walker->walk.side > 0) {
        judge_inward(state, walker, t_us, alerts);
        return;
    }
    let_go(walker, walker->walk.cross_us);
    state->backward += MAX(walker->track.count, 1);
    if (state->settings->backward_alarm)
        raise_alert(walker, &walker->track, "backward", walker->walk.cross_us, t_us, alerts);
}

static int64_t judging_time(const State *state)
{
    const Settings *settings = state->settings;
    const int64_t manner_us = MAX(settings->settle_us, settings->manner_time_us);
    return state->passages.tickets != NULL ? MAX(manner_us, settings->clock_tolerance_us) : manner_us;
}

/* A crossing inwards stands once it has been seen to last; it need not have led anywhere yet. */
static void note_standing(State *state, Walker *walker)
{
    const LineWalk *walk = &walker->walk;
    const bool stands = takes_part(state, &walker->track) && walk->crossing && walk->side > 0 &&
                        walker->track.seen_us - walk->cross_us >= state->settings->settle_us;
    if (walker->standing != NULL && (!stands || walker->standing->cross_us != walk->cross_us)) {
        passages_remove(&state->passages, walker->standing);
        walker->standing = NULL;
    }
    if (!stands)
        return;
    if (walker->standing == NULL) {
        walker->standing = passages_add(&state->passages, &walker->track, walk->cross_us, walk->cross_at);
        walker->standing->walker = walker;
    }
    passage_update(walker->standing, &walker->track);
}

static bool is_settled(const State *state, const Walker *walker, int64_t lasted_us, int64_t needed_us)
{
    return takes_part(state, &walker->track) && walker->walk.crossing && lasted_us >= needed_us &&
           line_distance(state->gate, walker->track.foot, state->book.aspect) >=
               state->settings->min_travel * walker->track.box.h;
}

static void advance(State *state, Walker *walker, int64_t t_us, GPtrArray *alerts)
{
    if (is_settled(state, walker, t_us - walker->walk.cross_us, judging_time(state)))
        judge(state, walker, t_us, alerts);
    if (takes_part(state, &walker->track) &&
        line_distance(state->gate, walker->track.foot, state->book.aspect) >=
            state->settings->clear_travel * walker->track.box.h) {
        if (walker->alert != NULL)
            walker->alert->end_us = t_us;
        walker->alert = NULL;
        let_go(walker, t_us);
    }
}

/* Tracks that end. Behind the gate such a track has passed, if it was there long and far enough; what has not
 * is taken out first, that nobody be judged by it. */
static void leave(State *state, const GPtrArray *walkers, int64_t t_us, GPtrArray *alerts)
{
    const int64_t settle_us = state->settings->settle_us;
    for (guint i = 0; i < walkers->len; i++) {
        Walker *walker = g_ptr_array_index(walkers, i);
        note_standing(state, walker);
        if (is_settled(state, walker, walker->track.seen_us - walker->walk.cross_us, settle_us) ||
            walker->standing == NULL)
            continue;
        passages_remove(&state->passages, walker->standing);
        walker->standing = NULL;
    }
    for (guint i = 0; i < walkers->len; i++) {
        Walker *walker = g_ptr_array_index(walkers, i);
        if (is_settled(state, walker, walker->track.seen_us - walker->walk.cross_us, settle_us))
            judge(state, walker, t_us, alerts);
        if (walker->alert != NULL)
            walker->alert->end_us = MAX(walker->track.seen_us, walker->alert->onset_us);
        walker->alert = NULL;
        let_go(walker, walker->track.seen_us);
    }
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    state->last_us = observation->t_us;
    track_book_observe(&state->book, observation);
    for (guint i = 0; i < state->book.tracks->len; i++) {
        Walker *walker = g_ptr_array_index(state->book.tracks, i);
        if (!walker->track.seen)
            continue;
        /* Also before it is known what it is: its class is often known only behind the gate. */
        line_walk_follow(&walker->walk, state->gate, walker->track.foot, observation->t_us);
        note_standing(state, walker);
    }
    leave(state, state->book.dropped, observation->t_us, alerts);
    for (guint i = 0; i < state->book.tracks->len; i++) {
        Walker *walker = g_ptr_array_index(state->book.tracks, i);
        if (walker->track.seen)
            advance(state, walker, observation->t_us, alerts);
    }
}

static void flush(void *data, int64_t end_us, GPtrArray *alerts)
{
    State *state = data;
    leave(state, state->book.tracks, end_us, alerts);
}

static void count(const void *data, int64_t *values)
{
    const State *state = data;
    values[0] = state->inward;
    values[1] = state->backward;
    values[2] = 0;
    const GArray *tickets = state->passages.tickets;
    if (tickets != NULL) {
        while (values[2] < (int64_t)tickets->len &&
               g_array_index(tickets, int64_t, (guint)values[2]) <= state->last_us)
            values[2]++;
    }
    values[3] = state->validated;
}

DEFINE_CLEAR(close_rule, State, state, track_book_clear(&state->book), passages_clear(&state->passages))

static const char *const labels[] = {"tailgating", "forced", "jump", "backward", "unvalidated", NULL};
static const char *const hard_negatives[] = {
    "pram",           "bicycle", "group ticket", "staff door", "child", "person going back without crossing",
    "gate left open", NULL};

static const OptionRow options[] = {
    STRING_OPTION("line", Settings, line, "gate"),
    CHOICE_OPTION("direction", Settings, direction, directions, "left_to_right"),
    SECONDS_OPTION("settle", Settings, settle_us, 0, 60, "0.3"),
    NUMBER_OPTION("min_travel", Settings, min_travel, 0, 10, "0.1", "box heights"),
    NUMBER_OPTION("clear_travel", Settings, clear_travel, 0, 10, "1", "box heights"),
    SECONDS_OPTION("gap_tolerance", Settings, gap_tolerance_us, 0, 60, "1"),
    SECONDS_OPTION("headway", Settings, headway_us, 0, 60, "1"),
    NUMBER_OPTION("lane_width", Settings, lane_width, 0, 10, "0.5", "box heights"),
    NUMBER_OPTION("child_ratio", Settings, child_ratio, 0, 2, "0.65", "fraction"),
    SECONDS_OPTION("manner_time", Settings, manner_time_us, 0.1, 10, "0.5"),
    NUMBER_OPTION("jump_height", Settings, jump_height, 0, 10, "0.25", "box heights"),
    NUMBER_OPTION("forced_speed", Settings, forced_speed, 0, 100, "2.5", "box heights/s"),
    BOOL_OPTION("backward_alarm", Settings, backward_alarm, "true"),
    SECONDS_OPTION("validity", Settings, validity_us, 0, 3600, "8"),
    SECONDS_OPTION("clock_tolerance", Settings, clock_tolerance_us, 0, 60, "0.5"),
    BOOL_OPTION("count_unknown", Settings, count_unknown, "false"),
    OPTION_END,
};

static const char *const counters[] = {"passages", "backward_passages", "validations", "validated_passages",
                                       NULL};

extern const Behaviour behaviour_fare_evasion;
const Behaviour behaviour_fare_evasion = {.id = "fare-evasion",
                                          .classes = 1U << OBJECT_PERSON,
                                          .counters = counters,
                                          .count = count,
                                          .flush = flush,
                                          BEHAVIOUR_PARTS};
