/* SPDX-License-Identifier: GPL-3.0-or-later */
/* running: somebody moves faster than people walk. */
#include "behaviours/watch.h"

typedef struct {
    WatchSettings watch;
    double speed;
    int64_t window_us;
} Settings;

typedef struct {
    Watch watch; /* of Watched */
    const Settings *settings;
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    const Settings *settings = input->settings;
    state->settings = settings;
    return watch_open(&state->watch, "running", "running", sizeof(Watched), &settings->watch, input,
                      settings->window_us, error);
}

static bool is_fast(void *data, Watched *watched, int64_t t_us)
{
    const State *state = data;
    return track_is_fast(&watched->track, t_us, state->settings->window_us, state->settings->speed,
                         state->watch.aspect);
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    watch_observe(&state->watch, observation, is_fast, state, alerts);
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
    .title = {"Running", "Course"},
    .definition =
        {"The foot point of an object whose anchor is in the zone moves, over “window”, at “speed” box "
         "heights per second or faster, and at half of that or faster in each half of it. A walk towards the "
         "camera or away from it looks slower than it is.",
         "Le point d'appui d'un objet dont l'ancrage est dans la zone se déplace, sur « window », à au moins "
         "« speed » hauteurs de cadre par seconde, et à la moitié au moins dans chaque moitié de cette "
         "durée. Un déplacement vers la caméra ou dans son axe paraît plus lent qu'il n'est."},
    .onset = {"The instant since which the speed over “window” has been so high, interruptions of up to "
              "“gap_tolerance” aside.",
              "L'instant depuis lequel la vitesse sur « window » est aussi élevée, aux interruptions d'au "
              "plus « gap_tolerance » près."},
    .end = {"The instant since which this is no longer so, once this has lasted “off_delay”, or when the "
            "object is seen for the last time.",
            "L'instant depuis lequel ce n'est plus le cas, une fois que cela a duré « off_delay », ou celui "
            "où l'objet est vu pour la dernière fois."},
    .alarm = {"When it has been so for “on_delay”.", "Lorsque cela a duré « on_delay »."},
    WATCH_RULE,
};
