/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who moves and how: ways, actors, flows, gatherings, as a script writes them. */
#include "synth/script_internal.h"

#include <math.h>

#define REACH 6.0 /* ways may begin and end this far outside the picture, in picture sizes */

double script_number_ahead(const YamlReader *reader, const char *map, const char *key, double usual)
{
    const YamlNode *node = reader->tree->root;
    if (map != NULL)
        node = yaml_node_get(node, map);
    node = node != NULL ? yaml_node_get(node, key) : NULL;
    return node != NULL && node->kind == YAML_NODE_TEXT ? g_ascii_strtod(node->text, NULL) : usual;
}

double script_lowest_ground(const YamlReader *reader)
{
    return script_number_ahead(reader, "backdrop", "horizon", 0.12) + 0.01;
}

/* ---- places and ways ---------------------------------------------------------------------------------- */
typedef struct {
    PathStop stop;
} StopText;

static void stop_prepare(void *target)
{
    StopText *text = target;
    text->stop.until_s = text->stop.speed = text->stop.brake = NAN;
}

static const YamlField stop_fields[] = {
    POINT_FIELD("to", StopText, stop.to, .required = true, .min = -REACH, .max = REACH,
                .help = "where it goes, on the ground"),
    NUMBER_FIELD("wait_s", StopText, stop.wait_s, .min = 0, .max = 86400, .help = "stands there"),
    NUMBER_FIELD("until_s", StopText, stop.until_s, .min = 0, .max = 86400,
                 .help = "stands there until this time of the clip"),
    NUMBER_FIELD("speed", StopText, stop.speed, .min = 0.05, .max = 40, .unit = "m/s",
                 .help = "on the way there"),
    NUMBER_FIELD("brake", StopText, stop.brake, .min = 0.1, .max = 1000, .unit = "m/s²",
                 .help = "before it stands there"),
    YAML_FIELD_END};
static const YamlTable stop_table = {YAML_TABLE("stop", stop_fields, StopText), .prepare = stop_prepare};

static bool read_stop(YamlReader *reader, const YamlNode *node, PathStop *stop)
{
    StopText text = {0};
    if (node->kind == YAML_NODE_MAP) {
        if (!yaml_read_map(reader, node, &stop_table, &text))
            return false;
    } else {
        stop_prepare(&text);
        if (!yaml_read_point(reader, node, -REACH, REACH, &text.stop.to))
            return false;
    }
    const double lowest = script_lowest_ground(reader);
    if (text.stop.to.y < lowest) {
        yaml_problem(reader, node,
                     "found a place at y = %g, expected one on the ground, below the horizon (y > %g)",
                     text.stop.to.y, lowest);
        return false;
    }
    *stop = text.stop;
    return true;
}

static void read_way(YamlReader *reader, const YamlNode *node, void *member)
{
    GArray *stops = g_array_new(FALSE, FALSE, sizeof(PathStop));
    *(GArray **)member = stops;
    if (node->kind != YAML_NODE_LIST || node->children->len == 0) {
        yaml_expected(reader, node, "a list of places, [x, y] or {to: [x, y], wait_s: …}");
        return;
    }
    for (guint i = 0; i < node->children->len; i++) {
        PathStop stop;
        if (read_stop(reader, g_ptr_array_index(node->children, i), &stop))
            g_array_append_val(stops, stop);
    }
}

#define WAY_SHAPE "[[x, y], {to: [x, y], wait_s: …, until_s: …, speed: …, brake: …}, …]"

static void way_clear(void *target)
{
    g_clear_pointer(&((Way *)target)->stops, g_array_unref);
}

static const YamlField way_fields[] = {
    CUSTOM_FIELD("path", Way, stops, read_way, .required = true, .shape = WAY_SHAPE, .help = "the way"),
    YAML_FIELD_END};
static const YamlTable way_table = {YAML_TABLE("way", way_fields, Way), .clear = way_clear};

/* ---- actors ------------------------------------------------------------------------------------------- */
static const char *const actor_kinds[] = {"person", "bicycle", "car", "van", "lorry", "bus", NULL};
static const char *const props[] = {"none",     "bag",      "rucksack", "pram",
                                    "umbrella", "suitcase", "bicycle",  NULL};
static const char *const acts[] = {"none",        "tailgating", "forced",      "jump",      "backward",
                                   "unvalidated", "stopped",    "sudden-stop", "collision", NULL};

static void actor_prepare(void *target)
{
    Actor *actor = target;
    actor->speed = actor->height = actor->brake = NAN;
}

bool actor_is_vehicle(const Actor *actor)
{
    return actor->kind >= ACTOR_CAR;
}

static void actor_check(YamlReader *reader, const YamlNode *node, void *target)
{
    const Actor *actor = target;
    const YamlNode *act = yaml_node_get(node, "act");
    const bool gate_act = actor->act >= ACT_TAILGATING && actor->act <= ACT_UNVALIDATED;
    if (actor->act >= ACT_STOPPED && !actor_is_vehicle(actor))
        yaml_expected(reader, act, "an act of a %s (stopped, sudden-stop and collision are acts of vehicles)",
                      actor_kinds[actor->kind]);
    if (gate_act && actor->kind > ACTOR_BICYCLE)
        yaml_expected(reader, act, "an act of a vehicle: stopped, sudden-stop or collision");
    if (gate_act && actor->validates)
        yaml_problem(reader, yaml_node_get(node, "validates"),
                     "found “true” beside the act “%s”, expected no validation by who evades",
                     acts[actor->act]);
    const YamlNode *prop = yaml_node_get(node, "prop");
    if (actor->prop != PROP_NONE && actor->kind != ACTOR_PERSON)
        yaml_expected(reader, prop, "none: only a person carries things");
    if (actor->kind != ACTOR_PERSON && (actor->vest || yaml_node_get(node, "poses") != NULL))
        yaml_problem(reader, node, "found a %s with a vest or a pose, expected them of a person alone",
                     actor_kinds[actor->kind]);
}

static void actor_clear(void *target)
{
    Actor *actor = target;
    g_clear_pointer(&actor->stops, g_array_unref);
    path_clear(&actor->path);
}

static const YamlField actor_fields[] = {
    ID_FIELD("id", Actor, id, .help = "a name, for people"),
    CHOICE_FIELD("kind", Actor, kind, actor_kinds, .initial = "person", .help = "what it is"),
    NUMBER_FIELD("at_s", Actor, at_s, .required = true, .min = -86400, .max = 86400, .unit = "s",
                 .help = "when it sets out"),
    CUSTOM_FIELD("path", Actor, stops, read_way, .required = true, .shape = WAY_SHAPE, .help = "its way"),
    NUMBER_FIELD("speed", Actor, speed, .min = 0.05, .max = 40, .unit = "m/s",
                 .help = "its speed; usual for the kind when not given"),
    NUMBER_FIELD("brake", Actor, brake, .min = 0.1, .max = 1000, .unit = "m/s²",
                 .help = "how hard it brakes before it stands"),
    NUMBER_FIELD("height", Actor, height, .min = 0.7, .max = 2.2, .unit = "m",
                 .help = "of a person; by lot when not given"),
    CHOICE_FIELD("prop", Actor, prop, props, .initial = "none", .help = "what a person has along"),
    CHOICE_FIELD("act", Actor, act, acts, .initial = "none", .help = "what it does that is an event"),
    BOOL_FIELD("validates", Actor, validates, .initial = "false",
               .help = "validates a ticket before the gate"),
    BOOL_FIELD("lights", Actor, lights, .initial = "false", .help = "head lamps on"),
    BOOL_FIELD("vest", Actor, vest, .initial = "false", .help = "wears a yellow vest"),
    LIST_FIELD("poses", Actor, poses, &pose_table, .help = "how a person holds the body for a while"),
    INT_FIELD("look", Actor, look, .min = 0, .max = 1e9,
              .help = "number of its clothes and colours; by lot when not given"),
    YAML_FIELD_END};
const YamlTable actor_table = {YAML_TABLE("actor", actor_fields, Actor), .prepare = actor_prepare,
                               .check = actor_check, .clear = actor_clear};

/* ---- background life ---------------------------------------------------------------------------------- */
static const char *const flow_kinds[] = {"pedestrians", "bicycles", "cars", "traffic", NULL};

static void flow_prepare(void *target)
{
    Flow *flow = target;
    flow->start_s = flow->end_s = flow->speed_low = flow->speed_high = NAN;
}

static void read_speeds(YamlReader *reader, const YamlNode *node, void *member)
{
    double *speeds = member;
    if (node->kind != YAML_NODE_LIST || node->children->len != 2) {
        yaml_expected(reader, node, "[lowest, highest] in m/s");
        return;
    }
    for (guint i = 0; i < 2; i++)
        yaml_read_number(reader, g_ptr_array_index(node->children, i), 0.05, 40, &speeds[i]);
    if (speeds[0] > speeds[1])
        yaml_problem(reader, node, "found a lowest speed above the highest, expected [lowest, highest]");
}

static const YamlField flow_fields[] = {
    CHOICE_FIELD("kind", Flow, kind, flow_kinds, .required = true,
                 .help = "who passes; traffic is cars, vans and lorries"),
    NUMBER_FIELD("start_s", Flow, start_s, .min = -3600, .max = 86400, .unit = "s",
                 .help = "the first may set out then; well before the clip's start when not given"),
    NUMBER_FIELD("end_s", Flow, end_s, .min = -3600, .max = 86400, .unit = "s",
                 .help = "none sets out after"),
    NUMBER_FIELD("per_minute", Flow, per_minute, .required = true, .min = 0.01, .max = 600,
                 .help = "how many set out on average"),
    NUMBER_FIELD("gap_s", Flow, gap_s, .initial = "0.5", .min = 0, .max = 3600, .unit = "s",
                 .help = "but never closer together than this"),
    CUSTOM_FIELD("speed", Flow, speed_low, read_speeds, .shape = "[lowest, highest]", .unit = "m/s",
                 .help = "speeds"),
    NUMBER_FIELD("sway", Flow, sway, .initial = "0", .min = 0, .max = 20, .unit = "m",
                 .help = "ways differ by up to this to each side"),
    BOOL_FIELD("validates", Flow, validates, .initial = "false",
               .help = "each validates a ticket before the gate"),
    BOOL_FIELD("lights", Flow, lights, .initial = "false", .help = "head lamps on"),
    LIST_FIELD("ways", Flow, ways, &way_table, .required = true, .min = 1, .max = 50,
               .help = "one of them is drawn by lot"),
    YAML_FIELD_END};
const YamlTable flow_table = {YAML_TABLE("flow", flow_fields, Flow), .prepare = flow_prepare};

static void gathering_prepare(void *target)
{
    ((Gathering *)target)->leave_speed = NAN;
}

static void gathering_check(YamlReader *reader, const YamlNode *node, void *target)
{
    const Gathering *gathering = target;
    const YamlNode *leave = yaml_node_get(node, "leave_s");
    if (leave != NULL && gathering->leave_s < gathering->arrive_s + gathering->arrive_over_s)
        yaml_expected(reader, leave, "a time after the last arrival (%g s)",
                      gathering->arrive_s + gathering->arrive_over_s);
    for (guint i = 0; gathering->doors != NULL && i < gathering->doors->len; i++) {
        if (g_array_index(gathering->doors, Point, i).y < script_lowest_ground(reader))
            yaml_expected(reader, yaml_node_get(node, "doors"),
                          "places on the ground, below the horizon (y > %g)", script_lowest_ground(reader));
    }
}

static const YamlField gathering_fields[] = {
    TEXT_FIELD("zone", Gathering, zone, .required = true, .help = "where they stand"),
    INT_FIELD("count", Gathering, count, .required = true, .min = 1, .max = 200, .help = "how many persons"),
    NUMBER_FIELD("arrive_s", Gathering, arrive_s, .required = true, .min = -3600, .max = 86400, .unit = "s",
                 .help = "the first reaches its place"),
    NUMBER_FIELD("arrive_over_s", Gathering, arrive_over_s, .initial = "8", .min = 0, .max = 3600,
                 .unit = "s", .help = "the last is there so much later"),
    NUMBER_FIELD("leave_s", Gathering, leave_s, .required = true, .min = -3600, .max = 86400, .unit = "s",
                 .help = "the first leaves its place"),
    NUMBER_FIELD("leave_over_s", Gathering, leave_over_s, .initial = "8", .min = 0, .max = 3600, .unit = "s",
                 .help = "the last leaves so much later"),
    NUMBER_FIELD("leave_speed", Gathering, leave_speed, .min = 0.05, .max = 12, .unit = "m/s",
                 .help = "they leave at this speed by the nearest door"),
    BOOL_FIELD("umbrellas", Gathering, umbrellas, .initial = "false", .help = "all under umbrellas"),
    POINTS_FIELD("doors", Gathering, doors, .required = true, .count = 1, .min = -REACH, .max = REACH,
                 .help = "where they come from and go to"),
    YAML_FIELD_END};
const YamlTable gathering_table = {YAML_TABLE("gathering", gathering_fields, Gathering),
                                   .prepare = gathering_prepare, .check = gathering_check};
