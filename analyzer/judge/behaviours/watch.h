/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules about single objects share: which objects count, where their anchor must be, for how long a
 * condition must hold, and when they may be reported again. Such a rule is then one condition.
 *
 * A behaviour's Settings begin with WatchSettings, its State, if it has one, with a Watch, and what it keeps
 * of an object with Watched; it takes WATCH_OPTIONS into its table of options, and a WatchRule says the rest.
 */
#ifndef VSAUDIT_BEHAVIOURS_WATCH_H
#define VSAUDIT_BEHAVIOURS_WATCH_H

#include "behaviours/alarm.h"
#include "behaviours/behaviour.h"
#include "behaviours/trackbook.h"

typedef struct {
    char *zone;
    int classes, anchor, boundary, rearm; /* index into the choices of watch_options */
    int64_t on_delay_us, off_delay_us, gap_tolerance_us, cooldown_us;
} WatchSettings;

/* All options of WatchSettings. The delays have no default of their own: each rule names its own. */
extern const OptionRow watch_options[];
/* Those of them that a rule has, for its Settings with a WatchSettings `watch`: "zone classes=vehicle
 * on_delay=2". */
#define WATCH_OPTIONS(Settings, taken) GROUP_OPTIONS(Settings, watch, WatchSettings, watch_options, taken)

typedef struct {
    TrackMemory track; /* first: see trackbook.h */
    Alarm alarm;
    bool counted;     /* was in the zone once */
    bool any_class;   /* counts whatever its class is; the rule's condition may set it */
    bool has_onset;   /* the rule knows better than the hold when it began */
    int64_t onset_us; /* then this is when */
} Watched;

/* Whether the condition of the rule holds for an object that was seen on this picture, in the zone or not,
 * and of whatever class: its class is often known only later. */
typedef bool (*WatchCondition)(void *state, Watched *watched, int64_t t_us);

typedef struct WatchRule {
    const char *label; /* of its alerts */
    size_t size;       /* of what is kept of an object; 0: Watched alone */
    size_t trail; /* where in the settings it is said for how long paths are kept (MEMBER_AT …, int64_t);
                     0: none are */
    WatchCondition condition;
} WatchRule;

typedef struct {
    const Behaviour *behaviour;
    const WatchSettings *settings;
    const void *own; /* the whole of the rule's settings */
    AlarmTimes times;
    const Polygon *zone; /* NULL: the whole picture */
    double aspect;
    TrackBook book;  /* of the behaviour's own struct, which begins with Watched */
    int64_t objects; /* that were in the zone */
} Watch;

extern const char *const watch_counters[]; /* "objects" alone */

/* The zone of that name; *zone stays NULL when no name is given. False with an INPUT error. */
bool watch_find_zone(const BehaviourInput *input, const char *name, const Polygon **zone, GError **error);
/* The same of options as they were given, of a rule that has “classes”; 0: of any class. */
unsigned watch_classes(const char *classes);
/* Whether objects of this class count. */
bool watch_takes(const WatchSettings *settings, ObjectClass class);
Point watch_anchor(const WatchSettings *settings, const TrackMemory *track);
/* Whether a point lies in the zone, by the rule for its border. */
bool watch_contains(const WatchSettings *settings, const Polygon *zone, Point point);
/* Whether the object counts and is in the zone. */
bool watch_inside(const Watch *watch, const TrackMemory *track);

/* Functions of a Behaviour whose state is or begins with a Watch and whose counters are watch_counters. False
 * with an INPUT error when the zone does not exist. */
bool watch_rule_open(void *data, const BehaviourInput *input, GError **error);
/* Takes in one picture: raises alerts of the objects for which the condition has held long enough. */
void watch_rule_observe(void *data, const Observation *observation, GPtrArray *alerts);
void watch_rule_flush(void *data, int64_t end_us, GPtrArray *alerts);
void watch_rule_count(const void *data, int64_t *values);
void watch_rule_close(void *data);
/* The rest of such a Behaviour's record, from what its file calls hard_negatives, labels, options and
 * Settings, and from the members of its WatchRule, with the functions above or its own. */
/* clang-format off */
#define WATCH_RULE(...) WATCH_RULE_WITH(Watch, watch_rule_open, watch_rule_observe, watch_rule_flush, __VA_ARGS__)
#define WATCH_RULE_WITH(State, open_it, observe_it, flush_it, ...) \
    .hard_negatives = hard_negatives, .labels = labels, .options = options, .settings_size = sizeof(Settings), \
    .state_size = sizeof(State), .watch = &(const WatchRule){__VA_ARGS__}, .counters = watch_counters, \
    .open = open_it, .observe = observe_it, .flush = flush_it, .count = watch_rule_count, \
    .close = watch_rule_close
/* clang-format on */

#endif
