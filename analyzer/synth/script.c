/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of schema vsaudit/scene/1. */
#include "synth/script.h"

#include "config/scene_yaml.h"

#include <math.h>
#include <string.h>

#define REACH 6.0 /* ways may begin and end this far outside the picture, in picture sizes */

/* A number that stands elsewhere in the file, perhaps further down; wrong text is reported when its own turn
 * comes. */
static double number_ahead(const YamlReader *reader, const char *map, const char *key, double usual)
{
    const YamlNode *node = reader->tree->root;
    if (map != NULL)
        node = yaml_node_get(node, map);
    node = node != NULL ? yaml_node_get(node, key) : NULL;
    return node != NULL && node->kind == YAML_NODE_TEXT ? g_ascii_strtod(node->text, NULL) : usual;
}

static double lowest_ground(const YamlReader *reader)
{
    return number_ahead(reader, "backdrop", "horizon", 0.12) + 0.01;
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

#define STOP(member) offsetof(StopText, stop.member)
static const YamlField stop_fields[] = {{.key = "to",
                                         .type = FIELD_POINT,
                                         .offset = STOP(to),
                                         .required = true,
                                         .min = -REACH,
                                         .max = REACH,
                                         .help = "where it goes, on the ground"},
                                        {.key = "wait_s",
                                         .type = FIELD_NUMBER,
                                         .offset = STOP(wait_s),
                                         .min = 0,
                                         .max = 86400,
                                         .help = "stands there"},
                                        {.key = "until_s",
                                         .type = FIELD_NUMBER,
                                         .offset = STOP(until_s),
                                         .min = 0,
                                         .max = 86400,
                                         .help = "stands there until this time of the clip"},
                                        {.key = "speed",
                                         .type = FIELD_NUMBER,
                                         .offset = STOP(speed),
                                         .min = 0.05,
                                         .max = 40,
                                         .unit = "m/s",
                                         .help = "on the way there"},
                                        {.key = "brake",
                                         .type = FIELD_NUMBER,
                                         .offset = STOP(brake),
                                         .min = 0.1,
                                         .max = 1000,
                                         .unit = "m/s²",
                                         .help = "before it stands there"},
                                        YAML_FIELD_END};
static const YamlTable stop_table = {
    .name = "stop", .fields = stop_fields, .size = sizeof(StopText), .prepare = stop_prepare};

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
    const double lowest = lowest_ground(reader);
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

static const YamlField way_fields[] = {{.key = "path",
                                        .type = FIELD_CUSTOM,
                                        .offset = offsetof(Way, stops),
                                        .required = true,
                                        .read = read_way,
                                        .shape = WAY_SHAPE,
                                        .help = "the way"},
                                       YAML_FIELD_END};
static const YamlTable way_table = {
    .name = "way", .fields = way_fields, .size = sizeof(Way), .clear = way_clear};

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
}

static void actor_clear(void *target)
{
    Actor *actor = target;
    g_clear_pointer(&actor->stops, g_array_unref);
    path_clear(&actor->path);
}

#define ACTOR(member) offsetof(Actor, member)
static const YamlField actor_fields[] = {
    {.key = "id", .type = FIELD_ID, .offset = ACTOR(id), .help = "a name, for people"},
    {.key = "kind",
     .type = FIELD_CHOICE,
     .offset = ACTOR(kind),
     .choices = actor_kinds,
     .initial = "person",
     .help = "what it is"},
    {.key = "at_s",
     .type = FIELD_NUMBER,
     .offset = ACTOR(at_s),
     .required = true,
     .min = -86400,
     .max = 86400,
     .unit = "s",
     .help = "when it sets out"},
    {.key = "path",
     .type = FIELD_CUSTOM,
     .offset = ACTOR(stops),
     .required = true,
     .read = read_way,
     .shape = WAY_SHAPE,
     .help = "its way"},
    {.key = "speed",
     .type = FIELD_NUMBER,
     .offset = ACTOR(speed),
     .min = 0.05,
     .max = 40,
     .unit = "m/s",
     .help = "its speed; usual for the kind when not given"},
    {.key = "brake",
     .type = FIELD_NUMBER,
     .offset = ACTOR(brake),
     .min = 0.1,
     .max = 1000,
     .unit = "m/s²",
     .help = "how hard it brakes before it stands"},
    {.key = "height",
     .type = FIELD_NUMBER,
     .offset = ACTOR(height),
     .min = 0.7,
     .max = 2.2,
     .unit = "m",
     .help = "of a person; by lot when not given"},
    {.key = "prop",
     .type = FIELD_CHOICE,
     .offset = ACTOR(prop),
     .choices = props,
     .initial = "none",
     .help = "what a person has along"},
    {.key = "act",
     .type = FIELD_CHOICE,
     .offset = ACTOR(act),
     .choices = acts,
     .initial = "none",
     .help = "what it does that is an event"},
    {.key = "validates",
     .type = FIELD_BOOL,
     .offset = ACTOR(validates),
     .initial = "false",
     .help = "validates a ticket before the gate"},
    {.key = "lights",
     .type = FIELD_BOOL,
     .offset = ACTOR(lights),
     .initial = "false",
     .help = "head lamps on"},
    {.key = "look",
     .type = FIELD_INT,
     .offset = ACTOR(look),
     .min = 0,
     .max = 1e9,
     .help = "number of its clothes and colours; by lot when not given"},
    YAML_FIELD_END};
static const YamlTable actor_table = {.name = "actor",
                                      .fields = actor_fields,
                                      .size = sizeof(Actor),
                                      .prepare = actor_prepare,
                                      .check = actor_check,
                                      .clear = actor_clear};

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

#define FLOW(member) offsetof(Flow, member)
static const YamlField flow_fields[] = {
    {.key = "kind",
     .type = FIELD_CHOICE,
     .offset = FLOW(kind),
     .choices = flow_kinds,
     .required = true,
     .help = "who passes; traffic is cars, vans and lorries"},
    {.key = "start_s",
     .type = FIELD_NUMBER,
     .offset = FLOW(start_s),
     .min = -3600,
     .max = 86400,
     .unit = "s",
     .help = "the first may set out then; well before the clip's start when not given"},
    {.key = "end_s",
     .type = FIELD_NUMBER,
     .offset = FLOW(end_s),
     .min = -3600,
     .max = 86400,
     .unit = "s",
     .help = "none sets out after"},
    {.key = "per_minute",
     .type = FIELD_NUMBER,
     .offset = FLOW(per_minute),
     .required = true,
     .min = 0.01,
     .max = 600,
     .help = "how many set out on average"},
    {.key = "gap_s",
     .type = FIELD_NUMBER,
     .offset = FLOW(gap_s),
     .initial = "0.5",
     .min = 0,
     .max = 3600,
     .unit = "s",
     .help = "but never closer together than this"},
    {.key = "speed",
     .type = FIELD_CUSTOM,
     .offset = FLOW(speed_low),
     .read = read_speeds,
     .shape = "[lowest, highest]",
     .unit = "m/s",
     .help = "speeds"},
    {.key = "sway",
     .type = FIELD_NUMBER,
     .offset = FLOW(sway),
     .initial = "0",
     .min = 0,
     .max = 20,
     .unit = "m",
     .help = "ways differ by up to this to each side"},
    {.key = "validates",
     .type = FIELD_BOOL,
     .offset = FLOW(validates),
     .initial = "false",
     .help = "each validates a ticket before the gate"},
    {.key = "lights",
     .type = FIELD_BOOL,
     .offset = FLOW(lights),
     .initial = "false",
     .help = "head lamps on"},
    {.key = "ways",
     .type = FIELD_LIST,
     .offset = FLOW(ways),
     .table = &way_table,
     .required = true,
     .min = 1,
     .max = 50,
     .help = "one of them is drawn by lot"},
    YAML_FIELD_END};
static const YamlTable flow_table = {
    .name = "flow", .fields = flow_fields, .size = sizeof(Flow), .prepare = flow_prepare};

static void gathering_check(YamlReader *reader, const YamlNode *node, void *target)
{
    const Gathering *gathering = target;
    if (gathering->leave_s < gathering->arrive_s + gathering->arrive_over_s)
        yaml_expected(reader, yaml_node_get(node, "leave_s"), "a time after the last arrival (%g s)",
                      gathering->arrive_s + gathering->arrive_over_s);
    for (guint i = 0; gathering->doors != NULL && i < gathering->doors->len; i++) {
        if (g_array_index(gathering->doors, Point, i).y < lowest_ground(reader))
            yaml_expected(reader, yaml_node_get(node, "doors"),
                          "places on the ground, below the horizon (y > %g)", lowest_ground(reader));
    }
}

#define GATHERING(member) offsetof(Gathering, member)
static const YamlField gathering_fields[] = {{.key = "zone",
                                              .type = FIELD_TEXT,
                                              .offset = GATHERING(zone),
                                              .required = true,
                                              .help = "where they stand"},
                                             {.key = "count",
                                              .type = FIELD_INT,
                                              .offset = GATHERING(count),
                                              .required = true,
                                              .min = 1,
                                              .max = 200,
                                              .help = "how many persons"},
                                             {.key = "arrive_s",
                                              .type = FIELD_NUMBER,
                                              .offset = GATHERING(arrive_s),
                                              .required = true,
                                              .min = -3600,
                                              .max = 86400,
                                              .unit = "s",
                                              .help = "the first reaches its place"},
                                             {.key = "arrive_over_s",
                                              .type = FIELD_NUMBER,
                                              .offset = GATHERING(arrive_over_s),
                                              .initial = "8",
                                              .min = 0,
                                              .max = 3600,
                                              .unit = "s",
                                              .help = "the last is there so much later"},
                                             {.key = "leave_s",
                                              .type = FIELD_NUMBER,
                                              .offset = GATHERING(leave_s),
                                              .required = true,
                                              .min = -3600,
                                              .max = 86400,
                                              .unit = "s",
                                              .help = "the first leaves its place"},
                                             {.key = "leave_over_s",
                                              .type = FIELD_NUMBER,
                                              .offset = GATHERING(leave_over_s),
                                              .initial = "8",
                                              .min = 0,
                                              .max = 3600,
                                              .unit = "s",
                                              .help = "the last leaves so much later"},
                                             {.key = "umbrellas",
                                              .type = FIELD_BOOL,
                                              .offset = GATHERING(umbrellas),
                                              .initial = "false",
                                              .help = "all under umbrellas"},
                                             {.key = "doors",
                                              .type = FIELD_POINTS,
                                              .offset = GATHERING(doors),
                                              .required = true,
                                              .count = 1,
                                              .min = -REACH,
                                              .max = REACH,
                                              .help = "where they come from and go to"},
                                             YAML_FIELD_END};
static const YamlTable gathering_table = {
    .name = "gathering", .fields = gathering_fields, .size = sizeof(Gathering), .check = gathering_check};

/* ---- picture effects and tampering -------------------------------------------------------------------- */
static const char *const effect_kinds[] = {"light",   "infrared", "rain",  "noise",  "shake",
                                           "flicker", "glare",    "drops", "shadow", NULL};
static const char *const tamper_kinds[] = {"covered", "hand",   "sprayed", "defocused", "moved",
                                           "dark",    "bright", "frozen",  "blank",     NULL};

static void span_check(YamlReader *reader, const YamlNode *node, double start_s, double end_s)
{
    const double duration_s = number_ahead(reader, NULL, "duration_s", 86400);
    const YamlNode *end = yaml_node_get(node, "end_s");
    if (end != NULL && end_s <= start_s)
        yaml_expected(reader, end, "a time after start_s (%g)", start_s);
    else if (end != NULL && end_s > duration_s)
        yaml_expected(reader, end, "at most the clip's duration_s (%g)", duration_s);
}

static void effect_check(YamlReader *reader, const YamlNode *node, void *target)
{
    const Effect *effect = target;
    span_check(reader, node, effect->start_s, effect->end_s);
}

#define EFFECT(member) offsetof(Effect, member)
static const YamlField effect_fields[] = {{.key = "kind",
                                           .type = FIELD_CHOICE,
                                           .offset = EFFECT(kind),
                                           .choices = effect_kinds,
                                           .required = true,
                                           .help = "what it does to the picture"},
                                          {.key = "start_s",
                                           .type = FIELD_NUMBER,
                                           .offset = EFFECT(start_s),
                                           .initial = "0",
                                           .min = 0,
                                           .max = 86400,
                                           .unit = "s",
                                           .help = "when it begins"},
                                          {.key = "end_s",
                                           .type = FIELD_NUMBER,
                                           .offset = EFFECT(end_s),
                                           .initial = "86400",
                                           .min = 0,
                                           .max = 86400,
                                           .unit = "s",
                                           .help = "when it ends; with the clip when not given"},
                                          {.key = "value",
                                           .type = FIELD_NUMBER,
                                           .offset = EFFECT(value),
                                           .initial = "1",
                                           .min = 0,
                                           .max = 100,
                                           .help = "how strong"},
                                          {.key = "from",
                                           .type = FIELD_NUMBER,
                                           .offset = EFFECT(from),
                                           .initial = "1",
                                           .min = 0,
                                           .max = 3,
                                           .help = "light: brightness at the start"},
                                          {.key = "to",
                                           .type = FIELD_NUMBER,
                                           .offset = EFFECT(to),
                                           .initial = "1",
                                           .min = 0,
                                           .max = 3,
                                           .help = "light: brightness at the end and after"},
                                          YAML_FIELD_END};
static const YamlTable effect_table = {
    .name = "effect", .fields = effect_fields, .size = sizeof(Effect), .check = effect_check};

static void tamper_check(YamlReader *reader, const YamlNode *node, void *target)
{
    const Tamper *tamper = target;
    span_check(reader, node, tamper->start_s, tamper->end_s);
    if (tamper->kind == TAMPER_MOVED && tamper->shift.x == 0 && tamper->shift.y == 0 && tamper->turn == 0)
        yaml_problem(reader, node, "found a moved view without shift or turn, expected one of them");
}

#define TAMPER(member) offsetof(Tamper, member)
static const YamlField tamper_fields[] = {{.key = "kind",
                                           .type = FIELD_CHOICE,
                                           .offset = TAMPER(kind),
                                           .choices = tamper_kinds,
                                           .required = true,
                                           .help = "what is done to the camera"},
                                          {.key = "start_s",
                                           .type = FIELD_NUMBER,
                                           .offset = TAMPER(start_s),
                                           .required = true,
                                           .min = 0,
                                           .max = 86400,
                                           .unit = "s",
                                           .help = "when the picture begins to suffer"},
                                          {.key = "end_s",
                                           .type = FIELD_NUMBER,
                                           .offset = TAMPER(end_s),
                                           .required = true,
                                           .min = 0,
                                           .max = 86400,
                                           .unit = "s",
                                           .help = "when it is as before"},
                                          {.key = "ramp_s",
                                           .type = FIELD_NUMBER,
                                           .offset = TAMPER(ramp_s),
                                           .initial = "0.8",
                                           .min = 0,
                                           .max = 600,
                                           .unit = "s",
                                           .help = "until it is complete, and again before its end"},
                                          {.key = "share",
                                           .type = FIELD_NUMBER,
                                           .offset = TAMPER(share),
                                           .initial = "1",
                                           .min = 0.05,
                                           .max = 1,
                                           .help = "of the picture that suffers, or the strength"},
                                          {.key = "shift",
                                           .type = FIELD_POINT,
                                           .offset = TAMPER(shift),
                                           .min = -0.45,
                                           .max = 0.45,
                                           .help = "moved: by how much of the picture"},
                                          {.key = "turn",
                                           .type = FIELD_NUMBER,
                                           .offset = TAMPER(turn),
                                           .min = -45,
                                           .max = 45,
                                           .unit = "degrees",
                                           .help = "moved: how far it is turned"},
                                          YAML_FIELD_END};
static const YamlTable tamper_table = {
    .name = "tamper", .fields = tamper_fields, .size = sizeof(Tamper), .check = tamper_check};

/* ---- the rest ----------------------------------------------------------------------------------------- */
static const char *const backdrop_kinds[] = {"street", "junction", "square", "platform", NULL};

#define BACKDROP(member) offsetof(Backdrop, member)
static const YamlField backdrop_fields[] = {
    {.key = "kind",
     .type = FIELD_CHOICE,
     .offset = BACKDROP(kind),
     .choices = backdrop_kinds,
     .required = true,
     .help = "what the camera sees"},
    {.key = "horizon",
     .type = FIELD_NUMBER,
     .offset = BACKDROP(horizon),
     .initial = "0.12",
     .min = -0.6,
     .max = 0.6,
     .help = "share of the picture above the horizon"},
    {.key = "camera_m",
     .type = FIELD_NUMBER,
     .offset = BACKDROP(camera_m),
     .initial = "4",
     .min = 2,
     .max = 30,
     .unit = "m",
     .help = "height of the camera"},
    {.key = "lens",
     .type = FIELD_NUMBER,
     .offset = BACKDROP(lens),
     .initial = "0.85",
     .min = 0.4,
     .max = 3,
     .help = "focal length in picture widths"},
    {.key = "light",
     .type = FIELD_NUMBER,
     .offset = BACKDROP(light),
     .initial = "1",
     .min = 0.1,
     .max = 1.5,
     .help = "1 = day, 0.35 = lit night"},
    {.key = "sun",
     .type = FIELD_NUMBER,
     .offset = BACKDROP(sun),
     .initial = "0.6",
     .min = 0,
     .max = 1,
     .help = "strength of shadows"},
    {.key = "gates",
     .type = FIELD_NUMBERS,
     .offset = BACKDROP(gates),
     .min = -20,
     .max = 40,
     .unit = "m",
     .help = "platform: the middle of each passage, left or right of the camera"},
    {.key = "gates_aside",
     .type = FIELD_BOOL,
     .offset = BACKDROP(gates_aside),
     .initial = "false",
     .help = "platform: the row of gates leads away from the camera in the picture's middle, “gates” are "
             "distances"},
    {.key = "gate_z",
     .type = FIELD_NUMBER,
     .offset = BACKDROP(gate_z),
     .initial = "10",
     .min = 3,
     .max = 60,
     .unit = "m",
     .help = "platform: how far away the gates are"},
    YAML_FIELD_END};
static const YamlTable backdrop_table = {
    .name = "backdrop", .fields = backdrop_fields, .size = sizeof(Backdrop)};

#define CROWD(member) offsetof(Crowd, member)
static const YamlField crowd_fields[] = {{.key = "zone",
                                          .type = FIELD_TEXT,
                                          .offset = CROWD(zone),
                                          .required = true,
                                          .help = "the zone with a limit"},
                                         {.key = "limit",
                                          .type = FIELD_INT,
                                          .offset = CROWD(limit),
                                          .required = true,
                                          .min = 1,
                                          .max = 1000,
                                          .help = "how many persons are allowed"},
                                         {.key = "hold_s",
                                          .type = FIELD_NUMBER,
                                          .offset = CROWD(hold_s),
                                          .initial = "5",
                                          .min = 0,
                                          .max = 3600,
                                          .unit = "s",
                                          .help = "an event is more than the limit for longer than this"},
                                         {.key = "clear_margin",
                                          .type = FIELD_INT,
                                          .offset = CROWD(clear_margin),
                                          .initial = "1",
                                          .min = 0,
                                          .max = 1000,
                                          .help = "it is over when the count is so many below the limit"},
                                         {.key = "off_s",
                                          .type = FIELD_NUMBER,
                                          .offset = CROWD(off_s),
                                          .initial = "3",
                                          .min = 0,
                                          .max = 3600,
                                          .unit = "s",
                                          .help = "for this long"},
                                         YAML_FIELD_END};
static const YamlTable crowd_table = {.name = "crowd", .fields = crowd_fields, .size = sizeof(Crowd)};

static void read_size(YamlReader *reader, const YamlNode *node, void *member)
{
    int64_t *size = member;
    if (node->kind != YAML_NODE_LIST || node->children->len != 2) {
        yaml_expected(reader, node, "[width, height] in pixels");
        return;
    }
    for (guint i = 0; i < 2; i++) {
        const YamlNode *side = g_ptr_array_index(node->children, i);
        if (yaml_read_int(reader, side, 64, 3840, &size[i]) && size[i] % 2 != 0)
            yaml_expected(reader, side, "an even number of pixels");
    }
}

static void script_prepare(void *target)
{
    Script *script = target;
    script->scene = scene_new();
    script->width = 640;
    script->height = 360;
}

static void check_names(YamlReader *reader, const YamlNode *node, const Script *script)
{
    const YamlNode *crowd = yaml_node_get(node, "crowd");
    g_autoptr(GError) cause = NULL;
    if (script->crowd.zone != NULL && scene_find_zone(script->scene, script->crowd.zone, &cause) == NULL)
        yaml_problem(reader, crowd, "%s", cause->message);
    for (guint i = 0; i < script->gatherings->len; i++) {
        const Gathering *gathering = g_ptr_array_index(script->gatherings, i);
        g_clear_error(&cause);
        if (gathering->zone != NULL && scene_find_zone(script->scene, gathering->zone, &cause) == NULL)
            yaml_problem(reader, g_ptr_array_index(yaml_node_get(node, "gatherings")->children, i), "%s",
                         cause->message);
    }
}

static void check_ground(YamlReader *reader, const YamlNode *node, const Script *script)
{
    const double lowest = script->backdrop.horizon + 0.01;
    GHashTableIter iter;
    gpointer name = NULL, value = NULL;
    g_hash_table_iter_init(&iter, script->scene->zones);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        const Polygon *zone = value;
        for (size_t i = 0; i < zone->count; i++) {
            if (zone->points[i].y < lowest)
                yaml_problem(reader, yaml_node_get(node, "scene"),
                             "found zone “%s” reaching above the horizon, expected all y > %g",
                             (const char *)name, lowest);
        }
    }
    g_hash_table_iter_init(&iter, script->scene->lines);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        const Segment *line = value;
        if (line->a.y < lowest || line->b.y < lowest)
            yaml_problem(reader, yaml_node_get(node, "scene"),
                         "found line “%s” reaching above the horizon, expected all y > %g",
                         (const char *)name, lowest);
    }
}

static void script_check(YamlReader *reader, const YamlNode *node, void *target)
{
    Script *script = target;
    /* 12.5 pictures per second are 25/2: lowest terms of a thousandth. */
    int64_t num = llround(script->rate * 1000), den = 1000;
    for (int64_t p = 2; p <= 5; p += 3) {
        while (num % p == 0 && den % p == 0) {
            num /= p;
            den /= p;
        }
    }
    script->rate_num = (int)num;
    script->rate_den = (int)den;
    script->view = view_make((int)script->width, (int)script->height, script->backdrop.horizon,
                             script->backdrop.camera_m, script->backdrop.lens);
    check_names(reader, node, script);
    check_ground(reader, node, script);
}

static void script_clear(void *target)
{
    scene_free(((Script *)target)->scene);
}

#define SCRIPT(member) offsetof(Script, member)
static const YamlField script_fields[] = {
    {.key = "id",
     .type = FIELD_ID,
     .offset = SCRIPT(id),
     .required = true,
     .help = "the clip's id and file name"},
    {.key = "description", .type = FIELD_TEXT, .offset = SCRIPT(description), .help = "what is to be seen"},
    {.key = "camera",
     .type = FIELD_ID,
     .offset = SCRIPT(camera),
     .required = true,
     .help = "clips of one camera are one cluster"},
    {.key = "seed",
     .type = FIELD_INT,
     .offset = SCRIPT(seed),
     .required = true,
     .min = 0,
     .max = 1e9,
     .help = "of all that is drawn by lot"},
    {.key = "duration_s",
     .type = FIELD_NUMBER,
     .offset = SCRIPT(duration_s),
     .required = true,
     .min = 0.2,
     .max = 86400,
     .unit = "s",
     .help = "length of the clip"},
    {.key = "size",
     .type = FIELD_CUSTOM,
     .offset = SCRIPT(width),
     .read = read_size,
     .shape = "[width, height]",
     .help = "of the picture; 640 x 360 when not given"},
    {.key = "rate",
     .type = FIELD_NUMBER,
     .offset = SCRIPT(rate),
     .initial = "10",
     .min = 1,
     .max = 60,
     .unit = "1/s",
     .help = "pictures per second"},
    {.key = "tags", .type = FIELD_TEXTS, .offset = SCRIPT(tags), .help = "for choosing clips"},
    {.key = "attributes",
     .type = FIELD_PARAMS,
     .offset = SCRIPT(attributes),
     .help = "strata: lighting, weather, occupancy, …"},
    {.key = "backdrop",
     .type = FIELD_MAP,
     .offset = SCRIPT(backdrop),
     .required = true,
     .table = &backdrop_table,
     .help = "place, camera and light"},
    {.key = "scene",
     .type = FIELD_CUSTOM,
     .offset = SCRIPT(scene),
     .read = scene_yaml_read,
     .shape = "{zones: …, lines: …}",
     .help = "zones and lines, as in a dataset"},
    {.key = "validation_log",
     .type = FIELD_BOOL,
     .offset = SCRIPT(validation_log),
     .initial = "false",
     .help = "write the times of ticket validations"},
    {.key = "crowd",
     .type = FIELD_MAP,
     .offset = SCRIPT(crowd),
     .table = &crowd_table,
     .help = "a zone's limit"},
    {.key = "actors",
     .type = FIELD_LIST,
     .offset = SCRIPT(actors),
     .table = &actor_table,
     .help = "who does what"},
    {.key = "flows",
     .type = FIELD_LIST,
     .offset = SCRIPT(flows),
     .table = &flow_table,
     .help = "background life"},
    {.key = "gatherings",
     .type = FIELD_LIST,
     .offset = SCRIPT(gatherings),
     .table = &gathering_table,
     .help = "persons who stand together"},
    {.key = "effects",
     .type = FIELD_LIST,
     .offset = SCRIPT(effects),
     .table = &effect_table,
     .help = "light, weather and sensor"},
    {.key = "tampering",
     .type = FIELD_LIST,
     .offset = SCRIPT(tampers),
     .table = &tamper_table,
     .help = "what is done to the camera"},
    YAML_FIELD_END};
const YamlTable script_table = {.name = "scene script",
                                .schema = "vsaudit/scene/1",
                                .fields = script_fields,
                                .size = sizeof(Script),
                                .prepare = script_prepare,
                                .check = script_check,
                                .clear = script_clear};

static Script *finish(const YamlTree *tree, Problems *problems)
{
    if (tree == NULL)
        return NULL;
    Script *script = g_new0(Script, 1);
    if (!yaml_load_tree(tree, &script_table, script, NULL, problems) || problems_count(problems) > 0) {
        script_free(script);
        return NULL;
    }
    script_expand(script);
    return script;
}

Script *script_load(const char *path, Problems *problems)
{
    g_autoptr(YamlTree) tree = yaml_tree_load(path, problems);
    return finish(tree, problems);
}

Script *script_parse(const char *text, const char *name, Problems *problems)
{
    g_autoptr(YamlTree) tree = yaml_tree_parse(text, strlen(text), name, ".", problems);
    return finish(tree, problems);
}

void script_free(Script *script)
{
    if (script == NULL)
        return;
    yaml_clear(&script_table, script);
    g_free(script);
}

int64_t script_frames(const Script *script)
{
    return llround(script->duration_s * script->rate_num / script->rate_den);
}
