/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference behaviours: pure rules, observations in, alerts out.
 *
 * A behaviour is a static const record: its id, its options and four functions over a private state
 * of state_size bytes. To add one: write behaviours/<name>.c with such a record, name it in registry.c, add
 * its vectors under tests/conformance/behaviours/, and its written norm to reports/texts/ (norm.h). A
 * behaviour never sees a pixel, reads no file and no clock. */
#ifndef VSAUDIT_BEHAVIOURS_BEHAVIOUR_H
#define VSAUDIT_BEHAVIOURS_BEHAVIOUR_H

#include "records/count.h"
#include "records/event.h"
#include "records/observation.h"
#include "records/option.h"
#include "records/scene.h"

#include <jansson.h>

/* Everything a rule is given when it starts. All of it outlives the run. */
typedef struct {
    const struct Behaviour *behaviour;
    const void *settings; /* the behaviour's own settings struct, filled and checked */
    const Scene *scene;
    double aspect; /* picture width / height */
} BehaviourInput;

typedef struct Behaviour {
    const char *id;      /* "camera-tampering" */
    const char *wording; /* of which product it is the words (semantics.h); NULL: this program's own norm */
    const char *const *hard_negatives; /* English ids of what must not raise it, NULL-terminated */
    const char *const *labels;         /* kinds within the behaviour, NULL-terminated */
    const OptionRow *options;
    size_t settings_size;
    size_t state_size;
    const struct WatchRule *watch; /* of a rule about single objects (watch.h); NULL: it is none */
    /* Its lines tell a way to go, from end to end, in place of two sides: mirrored, their ends stay. */
    bool goes_along_lines;
    /* Of what objects it is, where it has no option “classes” that says it: bits 1 << ObjectClass. 0: of all,
     * or of none. */
    unsigned classes;
    /* Numbers that it keeps beside its alerts, in snake_case: "passages", "count_samples" … They may serve as
     * denominators. NULL-terminated; NULL when it has none. */
    const char *const *counters;
    /* Checks geometry and starts; the state is zeroed memory. False with an INPUT error, e.g. a zone the clip
     * does not have. */
    bool (*open)(void *state, const BehaviourInput *input, GError **error);
    /* In order of time. Appends the alerts decided now to `alerts` (of Alert *). */
    void (*observe)(void *state, const Observation *observation, GPtrArray *alerts);
    /* End of the stream: alerts that are still open get end_us = end_us; nothing new is decided that the
     * written rule does not decide. An alert whose condition was over before it was decided ends when it is
     * decided: an alarm is raised at decided_us and cannot end before. */
    void (*flush)(void *state, int64_t end_us, GPtrArray *alerts);
    /* Values of `counters` in order. NULL when there are none. */
    void (*count)(const void *state, int64_t *values);
    /* Of a rule that counts people: what it counted, of CountSample, in order of time, once in every second
     * in which it could see; belongs to the state. NULL for all other rules. */
    const GArray *(*series)(const void *state);
    void (*close)(void *state); /* frees what the state owns; called exactly once, also after a failed open */
} Behaviour;

/* The parts of a record that the files of rules name alike. */
/* clang-format off */
#define BEHAVIOUR_PARTS \
    .hard_negatives = hard_negatives, .labels = labels, .options = options, .settings_size = sizeof(Settings), \
    .state_size = sizeof(State), .open = open_rule, .observe = observe, .close = close_rule
/* clang-format on */

extern const Behaviour *const behaviour_registry[]; /* NULL-terminated, sorted by id */
const Behaviour *behaviour_find(const char *id);    /* NULL when there is none of that id */
/* Objects of which classes the rule is about, with these params (may be NULL): bits 1 << ObjectClass. What
 * sees none of them can raise no alert by it, or takes everybody for nobody. 0: of whatever class, or of
 * none. */
unsigned behaviour_classes(const Behaviour *behaviour, const ParamList *params);

/* One run of one behaviour over one clip. */
typedef struct BehaviourRun BehaviourRun;
/* `params` (may be NULL) is checked against the options: INPUT errors with place. The scene must outlive the
 * run. */
BehaviourRun *behaviour_run_new(const Behaviour *behaviour, const ParamList *params, const Scene *scene,
                                double aspect, GError **error);
void behaviour_run_observe(BehaviourRun *run, const Observation *observation);
/* Ends the run; afterwards the alerts are sorted (alert_compare) and final. */
void behaviour_run_finish(BehaviourRun *run, int64_t end_us);
const GPtrArray *behaviour_run_alerts(const BehaviourRun *run); /* of Alert * */
/* {"passages": 12, …}; caller owns. */
json_t *behaviour_run_counters(const BehaviourRun *run);
/* What a rule that counts people counted, of CountSample; NULL for other rules. Belongs to the run. */
const GArray *behaviour_run_series(const BehaviourRun *run);
void behaviour_run_free(BehaviourRun *run); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BehaviourRun, behaviour_run_free)

#endif
