/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camera-tampering: the camera no longer shows what it is there to show. From picture quality only.
 *
 * Two delays separate sabotage from everyday life. A thing on the lens is out of focus, and a turned camera
 * shows a shift of the whole picture: these are sure at once (on_delay). All else that hides the view may be
 * a lorry, a headlight, an infra-red switch or an autofocus at work, and has to last (doubt_delay). What
 * comes slowly is the weather or the evening (abrupt_time). */
#include "behaviours/behaviour.h"
#include "behaviours/hold.h"
#include "behaviours/trackbook.h"

#include <math.h>

/* Time constant of the view's usual contrast. */
#define USUAL_US (20 * US_PER_SECOND)
/* A veil leaves so much of the usual contrast; below it the view is covered, not sprayed. */
#define VEIL_CONTRAST 0.25
/* A veil changes at least this share of the picture; something pushed over the lens does so only at the end.
 */
#define VEIL_SHARE 0.7
/* A change of more than this share of the picture is the light, not a thing in part of it. */
#define PART_MOST 0.5

typedef struct {
    int64_t on_delay_us, doubt_delay_us, off_delay_us, gap_tolerance_us, abrupt_time_us, frozen_time_us;
    double abrupt_change, edge_limit, cover_limit, part_limit, change_limit, shift_trust, clear_margin,
        lens_sharpness, blur_limit, veil_limit, shift_limit;
    double dark_limit, bright_limit;
} Settings;

enum { BADNESS_COUNT = 6 };
typedef struct {
    int64_t t_us;
    double values[BADNESS_COUNT];
} Badness;

typedef struct {
    const Settings *settings;
    double usual_contrast; /* of the sound view; NAN before there is one */
    int64_t usual_span_us; /* what was learnt from */
    int64_t last_us;
    GArray *recent;       /* of Badness, the last abrupt_time */
    bool abrupt, shifted; /* an abrupt loss, a shift, seen since the view was last sound */
    Hold sure, doubtful;  /* while no alert is open */
    Hold restored;        /* while one is */
    Alert *alert;         /* the open one, owned by the run */
    bool frozen_alert;
} State;

/* What one picture says. */
typedef struct {
    bool known, sound;                  /* measured against a reference; nothing is wrong */
    bool lost, dark, bright, blurred;   /* kinds of degradation */
    bool shifted, on_lens;              /* what makes a lost view certain */
    double contrast_ratio, sharp_ratio; /* to the usual; the second corrected for contrast */
} Verdict;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    (void)error;
    State *state = data;
    state->settings = input->settings;
    state->usual_contrast = (double)NAN;
    state->last_us = TIME_UNKNOWN;
    state->recent = g_array_new(FALSE, FALSE, sizeof(Badness));
    return true;
}

/* A part of the view is hidden and what hides it looks different: people walking by do the first alone, the
 * light the second alone, and a change of most of the picture is no part. `share` scales both limits. */
static bool in_part(const Settings *settings, const QualityObservation *quality, double share)
{
    return quality->covered_share > share * settings->part_limit &&
           quality->changed_share > share * settings->change_limit && quality->changed_share < PART_MOST;
}

/* Comparisons are written so that a measure that is missing (NAN) accuses nobody. */
static Verdict judge(const State *state, const QualityObservation *quality)
{
    const Settings *settings = state->settings;
    Verdict verdict = {.known = isfinite(quality->covered_share) || isfinite(quality->edge_similarity)};
    verdict.dark = quality->dark_share >= settings->dark_limit;
    verdict.bright = quality->bright_share >= settings->bright_limit;
    verdict.contrast_ratio = quality->contrast / state->usual_contrast;
    /* Sharpness grows with the square of contrast: light switched off is no loss of focus. */
    const double contrast = fmin(verdict.contrast_ratio, 1);
    verdict.sharp_ratio = quality->sharpness_ratio / fmax(contrast * contrast, 1e-6);
    verdict.blurred = verdict.sharp_ratio < settings->blur_limit;
    verdict.lost = quality->edge_similarity < settings->edge_limit ||
                   quality->covered_share > settings->cover_limit || in_part(settings, quality, 1);
    const bool wholly = quality->edge_similarity < settings->edge_limit;
    /* Many people walking one way look like a shift to its measure; but they change little of the picture. */
    verdict.shifted = quality->shift_response >= settings->shift_trust &&
                      !(quality->changed_share < settings->change_limit) &&
                      geometry_distance((Point){quality->shift_x, quality->shift_y}, (Point){0, 0}, 1) >=
                          settings->shift_limit;
    verdict.on_lens = wholly && quality->sharpness_ratio < settings->lens_sharpness;
    const double margin = settings->clear_margin;
    verdict.sound = verdict.known && !verdict.blurred && !verdict.shifted &&
                    !(quality->edge_similarity < settings->edge_limit + margin) &&
                    !(quality->covered_share > settings->cover_limit * (1 - margin)) &&
                    !in_part(settings, quality, 1 - margin) &&
                    !(quality->dark_share >= settings->dark_limit * (1 - margin)) &&
                    !(quality->bright_share >= settings->bright_limit * (1 - margin));
    return verdict;
}

static void learn_usual(State *state, const QualityObservation *quality, int64_t step_us)
{
    if (!isfinite(quality->contrast))
        return;
    state->usual_span_us = MIN(state->usual_span_us + step_us, USUAL_US);
    const double rate = isfinite(state->usual_contrast) && state->usual_span_us > 0
                            ? (double)step_us / (double)(state->usual_span_us + step_us)
                            : 1;
    const double contrast = isfinite(state->usual_contrast) ? state->usual_contrast : 0;
    state->usual_contrast = contrast + rate * (quality->contrast - contrast);
}

/* The most fitting kind; the order is part of the norm. */
static const char *name_label(const State *state, const QualityObservation *quality, const Verdict *verdict,
                              bool signal)
{
    const Settings *settings = state->settings;
    if (!signal)
        return "signal_lost";
    if (verdict->dark)
        return "dark";
    if (verdict->bright)
        return "bright";
    if (state->shifted || verdict->shifted)
        return "moved";
    if (quality->covered_share <= settings->cover_limit && verdict->blurred)
        return "defocused";
    if (verdict->blurred && verdict->contrast_ratio >= settings->veil_limit)
        return "defocused";
    if (verdict->contrast_ratio < settings->veil_limit && verdict->contrast_ratio >= VEIL_CONTRAST &&
        quality->sharpness_ratio < settings->lens_sharpness && quality->changed_share >= VEIL_SHARE)
        return "sprayed";
    return "covered";
}

static void close_alert(State *state, int64_t end_us)
{
    state->alert->end_us = end_us;
    state->alert = NULL;
    state->frozen_alert = false;
    state->sure = state->doubtful = state->restored = (Hold){0};
}

/* A picture that stays the same is told by its own clock: perception has counted the time. */
static void watch_frozen(State *state, const Observation *observation, GPtrArray *alerts)
{
    const double frozen_s = observation->quality.frozen_s;
    const int64_t frozen_us = isfinite(frozen_s) ? time_from_seconds(frozen_s) : 0;
    const bool frozen = observation->signal && frozen_us >= state->settings->frozen_time_us;
    if (frozen && state->alert == NULL) {
        state->alert = alert_raise(alerts, "camera-tampering", "frozen", observation->t_us - frozen_us,
                                   observation->t_us, NULL, NULL);
        state->frozen_alert = true;
    } else if (!frozen && state->frozen_alert) {
        close_alert(state, observation->t_us);
    }
}

/* How bad the picture is in each respect, 0..1; what is not measured is not bad. */
static Badness find_badness(int64_t t_us, const QualityObservation *quality, const Verdict *verdict)
{
    const double values[BADNESS_COUNT] = {1 - quality->edge_similarity, quality->covered_share,
                                          quality->changed_share,       quality->dark_share,
                                          quality->bright_share,        1 - fmin(verdict->sharp_ratio, 1)};
    Badness badness = {.t_us = t_us};
    for (size_t i = 0; i < BADNESS_COUNT; i++)
        badness.values[i] = isfinite(values[i]) ? values[i] : 0;
    return badness;
}

/* Whether the view has lost much within abrupt_time since it was last sound: faster than weather or evening.
 */
static bool came_abruptly(State *state, const QualityObservation *quality, const Verdict *verdict,
                          int64_t t_us)
{
    const Badness now = find_badness(t_us, quality, verdict);
    g_array_append_val(state->recent, now);
    guint old = 0;
    while (t_us - g_array_index(state->recent, Badness, old).t_us > state->settings->abrupt_time_us)
        old++;
    g_array_remove_range(state->recent, 0, old);
    if (verdict->sound) {
        state->abrupt = state->shifted = false;
        return false;
    }
    if (verdict->shifted)
        state->abrupt = state->shifted = true;
    for (guint i = 0; i < state->recent->len && !state->abrupt; i++) {
        const Badness *then = &g_array_index(state->recent, Badness, i);
        for (size_t j = 0; j < BADNESS_COUNT; j++)
            state->abrupt =
                state->abrupt || now.values[j] - then->values[j] >= state->settings->abrupt_change;
    }
    return state->abrupt;
}

/* While an alert is open: it lasts until the view has been sound for off_delay. */
static void watch_restored(State *state, bool sound, int64_t t_us)
{
    const HoldTimes times = {state->settings->off_delay_us, 0, 0};
    if (hold_update(&state->restored, &times, sound, t_us) == HOLD_RAISED)
        close_alert(state, state->restored.since_us);
}

static void watch_degraded(State *state, const Observation *observation, const Verdict *verdict, bool abrupt,
                           GPtrArray *alerts)
{
    const Settings *settings = state->settings;
    const int64_t t_us = observation->t_us;
    const bool light = verdict->dark || verdict->bright;
    const bool hidden = verdict->lost || verdict->blurred || light || verdict->shifted;
    const bool displaced = state->shifted && (verdict->lost || verdict->shifted);
    const bool sure = !observation->signal || (abrupt && !light && (verdict->on_lens || displaced));
    const HoldTimes fast = {settings->on_delay_us, 0, settings->gap_tolerance_us};
    const HoldTimes slow = {settings->doubt_delay_us, 0, settings->gap_tolerance_us};
    const bool now = hold_update(&state->sure, &fast, sure, t_us) == HOLD_RAISED;
    const bool late = hold_update(&state->doubtful, &slow, sure || (abrupt && hidden), t_us) == HOLD_RAISED;
    if (!now && !late)
        return;
    state->alert = alert_raise(alerts, "camera-tampering",
                               name_label(state, &observation->quality, verdict, observation->signal),
                               state->doubtful.since_us, t_us, NULL, NULL);
    state->restored = (Hold){0};
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const QualityObservation *quality = &observation->quality;
    const int64_t t_us = observation->t_us;
    const int64_t step_us = state->last_us == TIME_UNKNOWN ? 0 : t_us - state->last_us;
    state->last_us = t_us;

    const Verdict verdict = observation->signal ? judge(state, quality) : (Verdict){0};
    const bool abrupt = observation->signal && came_abruptly(state, quality, &verdict, t_us);
    if (verdict.sound)
        learn_usual(state, quality, step_us);
    if (state->alert == NULL)
        watch_degraded(state, observation, &verdict, abrupt, alerts);
    else if (!state->frozen_alert)
        watch_restored(state, verdict.sound, t_us);
    watch_frozen(state, observation, alerts);
}

static void flush(void *data, int64_t end_us, GPtrArray *alerts)
{
    (void)alerts;
    State *state = data;
    if (state->alert != NULL)
        close_alert(state, state->restored.pending ? state->restored.since_us : end_us);
}

static void close_rule(void *data)
{
    State *state = data;
    g_clear_pointer(&state->recent, g_array_unref);
}

static const char *const labels[] = {"covered", "moved",  "defocused",   "sprayed", "dark",
                                     "bright",  "frozen", "signal_lost", NULL};
static const char *const hard_negatives[] = {"headlights",     "dusk",     "rain drop",        "spider",
                                             "lorry close by", "cleaning", "infra-red switch", "vibration",
                                             "autofocus",      NULL};

static const OptionRow options[] = {
    SECONDS_OPTION("on_delay", Settings, on_delay_us, 0, 600, "0.8"),
    SECONDS_OPTION("doubt_delay", Settings, doubt_delay_us, 0, 600, "3"),
    SECONDS_OPTION("off_delay", Settings, off_delay_us, 0, 600, "1"),
    SECONDS_OPTION("gap_tolerance", Settings, gap_tolerance_us, 0, 60, "0.25"),
    SECONDS_OPTION("abrupt_time", Settings, abrupt_time_us, 0.1, 3600, "5"),
    NUMBER_OPTION("abrupt_change", Settings, abrupt_change, 0, 1, "0.1", "fraction"),
    SECONDS_OPTION("frozen_time", Settings, frozen_time_us, 0.1, 86400, "30"),
    NUMBER_OPTION("edge_limit", Settings, edge_limit, 0, 1, "0.4", "fraction"),
    NUMBER_OPTION("cover_limit", Settings, cover_limit, 0, 1, "0.2", "fraction"),
    NUMBER_OPTION("part_limit", Settings, part_limit, 0, 1, "0.05", "fraction"),
    NUMBER_OPTION("change_limit", Settings, change_limit, 0, 1, "0.1", "fraction"),
    NUMBER_OPTION("clear_margin", Settings, clear_margin, 0, 1, "0.15", "fraction"),
    NUMBER_OPTION("lens_sharpness", Settings, lens_sharpness, 0, 10, "0.5", "fraction"),
    NUMBER_OPTION("blur_limit", Settings, blur_limit, 0, 10, "0.25", "fraction"),
    NUMBER_OPTION("veil_limit", Settings, veil_limit, 0, 10, "0.6", "fraction"),
    NUMBER_OPTION("shift_limit", Settings, shift_limit, 0, 1, "0.04", "fraction"),
    NUMBER_OPTION("shift_trust", Settings, shift_trust, 0, 1, "0.4", "fraction"),
    NUMBER_OPTION("dark_limit", Settings, dark_limit, 0, 1, "0.9", "fraction"),
    NUMBER_OPTION("bright_limit", Settings, bright_limit, 0, 1, "0.5", "fraction"),
    OPTION_END,
};

extern const Behaviour behaviour_camera_tampering;
const Behaviour behaviour_camera_tampering = {.id = "camera-tampering", .flush = flush, BEHAVIOUR_PARTS};
