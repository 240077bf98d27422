/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of schema vsaudit/scene/1. */
#include "records/free.h"
#include "synth/script_internal.h"

#include "config/scene_yaml.h"

#include <math.h>
#include <string.h>

/* ---- picture effects and tampering -------------------------------------------------------------------- */
static const char *const effect_kinds[] = {"light",   "infrared", "rain",  "noise",  "shake",
                                           "flicker", "glare",    "drops", "shadow", NULL};
static const char *const tamper_kinds[] = {"covered", "hand",   "sprayed", "defocused", "moved",
                                           "dark",    "bright", "frozen",  "blank",     NULL};

static void span_check(YamlReader *reader, const YamlNode *node, double start_s, double end_s)
{
    const double duration_s = script_number_ahead(reader, NULL, "duration_s", 86400);
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

static const YamlField effect_fields[] = {
    CHOICE_FIELD("kind", Effect, kind, effect_kinds, .required = true, .help = "what it does to the picture"),
    NUMBER_FIELD("start_s", Effect, start_s, .initial = "0", .min = 0, .max = 86400, .unit = "s",
                 .help = "when it begins"),
    NUMBER_FIELD("end_s", Effect, end_s, .initial = "86400", .min = 0, .max = 86400, .unit = "s",
                 .help = "when it ends; with the clip when not given"),
    NUMBER_FIELD("value", Effect, value, .initial = "1", .min = 0, .max = 100, .help = "how strong"),
    NUMBER_FIELD("from", Effect, from, .initial = "1", .min = 0, .max = 3,
                 .help = "light: brightness at the start"),
    NUMBER_FIELD("to", Effect, to, .initial = "1", .min = 0, .max = 3,
                 .help = "light: brightness at the end and after"),
    YAML_FIELD_END};
static const YamlTable effect_table = {YAML_TABLE("effect", effect_fields, Effect), .check = effect_check};

static void tamper_check(YamlReader *reader, const YamlNode *node, void *target)
{
    const Tamper *tamper = target;
    span_check(reader, node, tamper->start_s, tamper->end_s);
    if (tamper->kind == TAMPER_MOVED && tamper->shift.x == 0 && tamper->shift.y == 0 && tamper->turn == 0)
        yaml_problem(reader, node, "found a moved view without shift or turn, expected one of them");
}

static const YamlField tamper_fields[] = {
    CHOICE_FIELD("kind", Tamper, kind, tamper_kinds, .required = true, .help = "what is done to the camera"),
    NUMBER_FIELD("start_s", Tamper, start_s, .required = true, .min = 0, .max = 86400, .unit = "s",
                 .help = "when the picture begins to suffer"),
    NUMBER_FIELD("end_s", Tamper, end_s, .required = true, .min = 0, .max = 86400, .unit = "s",
                 .help = "when it is as before"),
    NUMBER_FIELD("ramp_s", Tamper, ramp_s, .initial = "0.8", .min = 0, .max = 600, .unit = "s",
                 .help = "until it is complete, and again before its end"),
    NUMBER_FIELD("share", Tamper, share, .initial = "1", .min = 0.05, .max = 1,
                 .help = "of the picture that suffers, or the strength"),
    POINT_FIELD("shift", Tamper, shift, .min = -0.45, .max = 0.45,
                .help = "moved: by how much of the picture"),
    NUMBER_FIELD("turn", Tamper, turn, .min = -45, .max = 45, .unit = "degrees",
                 .help = "moved: how far it is turned"),
    YAML_FIELD_END};
static const YamlTable tamper_table = {YAML_TABLE("tamper", tamper_fields, Tamper), .check = tamper_check};

/* ---- the rest ----------------------------------------------------------------------------------------- */
static const char *const backdrop_kinds[] = {"street", "junction", "square", "platform", NULL};

static const YamlField backdrop_fields[] = {
    CHOICE_FIELD("kind", Backdrop, kind, backdrop_kinds, .required = true, .help = "what the camera sees"),
    NUMBER_FIELD("horizon", Backdrop, horizon, .initial = "0.12", .min = -0.6, .max = 0.6,
                 .help = "share of the picture above the horizon"),
    NUMBER_FIELD("camera_m", Backdrop, camera_m, .initial = "4", .min = 2, .max = 30, .unit = "m",
                 .help = "height of the camera"),
    NUMBER_FIELD("lens", Backdrop, lens, .initial = "0.85", .min = 0.4, .max = 3,
                 .help = "focal length in picture widths"),
    NUMBER_FIELD("light", Backdrop, light, .initial = "1", .min = 0.1, .max = 1.5,
                 .help = "1 = day, 0.35 = lit night"),
    NUMBER_FIELD("sun", Backdrop, sun, .initial = "0.6", .min = 0, .max = 1, .help = "strength of shadows"),
    NUMBERS_FIELD("gates", Backdrop, gates, .min = -20, .max = 40, .unit = "m",
                  .help = "platform: the middle of each passage, left or right of the camera"),
    BOOL_FIELD(
        "gates_aside", Backdrop, gates_aside, .initial = "false",
        .help = "platform: the row of gates leads away from the camera in the picture's middle, “gates” are "
                "distances"),
    NUMBER_FIELD("gate_z", Backdrop, gate_z, .initial = "10", .min = 3, .max = 60, .unit = "m",
                 .help = "platform: how far away the gates are"),
    YAML_FIELD_END};
static const YamlTable backdrop_table = {YAML_TABLE("backdrop", backdrop_fields, Backdrop)};

static const YamlField crowd_fields[] = {
    TEXT_FIELD("zone", Crowd, zone, .required = true, .help = "the zone with a limit"),
    INT_FIELD("limit", Crowd, limit, .required = true, .min = 1, .max = 1000,
              .help = "how many persons are allowed"),
    NUMBER_FIELD("hold_s", Crowd, hold_s, .initial = "5", .min = 0, .max = 3600, .unit = "s",
                 .help = "an event is more than the limit for longer than this"),
    INT_FIELD("clear_margin", Crowd, clear_margin, .initial = "1", .min = 0, .max = 1000,
              .help = "it is over when the count is so many below the limit"),
    NUMBER_FIELD("off_s", Crowd, off_s, .initial = "3", .min = 0, .max = 3600, .unit = "s",
                 .help = "for this long"),
    YAML_FIELD_END};
static const YamlTable crowd_table = {YAML_TABLE("crowd", crowd_fields, Crowd)};

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
    if (script->density.zone != NULL && scene_find_zone(script->scene, script->density.zone, &cause) == NULL)
        yaml_problem(reader, yaml_node_get(node, "density"), "%s", cause->message);
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

static const YamlField script_fields[] = {
    ID_FIELD("id", Script, id, .required = true, .help = "the clip's id and file name"),
    TEXT_FIELD("description", Script, description, .help = "what is to be seen"),
    ID_FIELD("camera", Script, camera, .required = true, .help = "clips of one camera are one cluster"),
    INT_FIELD("seed", Script, seed, .required = true, .min = 0, .max = 1e9,
              .help = "of all that is drawn by lot"),
    NUMBER_FIELD("duration_s", Script, duration_s, .required = true, .min = 0.2, .max = 86400, .unit = "s",
                 .help = "length of the clip"),
    CUSTOM_FIELD("size", Script, width, read_size, .shape = "[width, height]",
                 .help = "of the picture; 640 x 360 when not given"),
    NUMBER_FIELD("rate", Script, rate, .initial = "10", .min = 1, .max = 60, .unit = "1/s",
                 .help = "pictures per second"),
    TEXTS_FIELD("tags", Script, tags, .help = "for choosing clips"),
    PARAMS_FIELD("attributes", Script, attributes, .help = "strata: lighting, weather, occupancy, …"),
    MAP_FIELD("backdrop", Script, backdrop, &backdrop_table, .required = true,
              .help = "place, camera and light"),
    CUSTOM_FIELD("scene", Script, scene, scene_yaml_read, .shape = "{zones: …, lines: …}",
                 .help = "zones and lines, as in a dataset"),
    BOOL_FIELD("validation_log", Script, validation_log, .initial = "false",
               .help = "write the times of ticket validations"),
    MAP_FIELD("crowd", Script, crowd, &crowd_table, .help = "a zone's limit"),
    MAP_FIELD("density", Script, density, &density_table,
              .help = "a zone's limit of people per square metre"),
    LIST_FIELD("items", Script, items, &item_table, .help = "things on the ground"),
    LIST_FIELD("fires", Script, blazes, &blaze_table, .help = "fires, and what is like them"),
    LIST_FIELD("actors", Script, actors, &actor_table, .help = "who does what"),
    LIST_FIELD("flows", Script, flows, &flow_table, .help = "background life"),
    LIST_FIELD("gatherings", Script, gatherings, &gathering_table, .help = "persons who stand together"),
    LIST_FIELD("effects", Script, effects, &effect_table, .help = "light, weather and sensor"),
    LIST_FIELD("tampering", Script, tampers, &tamper_table, .help = "what is done to the camera"),
    YAML_FIELD_END};
const YamlTable script_table = {YAML_TABLE("scene script", script_fields, Script),
                                .schema = "vsaudit/scene/1", .prepare = script_prepare, .check = script_check,
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

DEFINE_FREE(script_free, Script, script, yaml_clear(&script_table, script))

int64_t script_frames(const Script *script)
{
    return llround(script->duration_s * script->rate_num / script->rate_den);
}
