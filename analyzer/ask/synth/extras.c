/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Poses, things on the ground, fires and the limit of density, as a script writes them. */
#include "synth/script_internal.h"

#include <math.h>

static void check_order(YamlReader *reader, const YamlNode *node, const char *end_key, double start_s,
                        double end_s)
{
    const YamlNode *end = yaml_node_get(node, end_key);
    if (end != NULL && end_s <= start_s)
        yaml_expected(reader, end, "a time after %g", start_s);
}

static void check_place(YamlReader *reader, const YamlNode *node, Point at)
{
    const double lowest = script_lowest_ground(reader);
    if (at.y < lowest)
        yaml_expected(reader, yaml_node_get(node, "at"), "a place on the ground, below the horizon (y > %g)",
                      lowest);
}

#define TIME_FIELD(table, key_name, member, text)                                                   \
    {                                                                                               \
        .key = key_name, .type = FIELD_NUMBER, .offset = offsetof(table, member), .required = true, \
        .min = 0, .max = 86400, .unit = "s", .help = text                                           \
    }

/* ---- poses -------------------------------------------------------------------------------------------- */
static const char *const pose_kinds[] = {"fallen", "sitting", "crouched", "fighting", "hugging", NULL};

static void pose_check(YamlReader *reader, const YamlNode *node, void *target)
{
    const PoseSpan *span = target;
    check_order(reader, node, "end_s", span->start_s + 2 * POSE_RAMP_S, span->end_s);
}

static const YamlField pose_fields[] = {
    CHOICE_FIELD("kind", PoseSpan, kind, pose_kinds, .required = true, .help = "what the body does"),
    TIME_FIELD(PoseSpan, "start_s", start_s, "when it begins"),
    TIME_FIELD(PoseSpan, "end_s", end_s, "when it is over"), YAML_FIELD_END};
const YamlTable pose_table = {YAML_TABLE("pose", pose_fields, PoseSpan), .check = pose_check};

/* ---- things ------------------------------------------------------------------------------------------- */
static const char *const item_kinds[] = {"bag", "rucksack", "suitcase", "parcel", NULL};

static void item_prepare(void *target)
{
    Item *item = target;
    item->from_s = item->until_s = NAN;
}

static void item_check(YamlReader *reader, const YamlNode *node, void *target)
{
    const Item *item = target;
    check_place(reader, node, item->at);
    if (!isnan(item->until_s))
        check_order(reader, node, "until_s", isnan(item->from_s) ? 0 : item->from_s, item->until_s);
}

static const YamlField item_fields[] = {
    ID_FIELD("id", Item, id, .help = "a name, for people"),
    CHOICE_FIELD("kind", Item, kind, item_kinds, .required = true, .help = "what it is"),
    POINT_FIELD("at", Item, at, .required = true, .min = -1, .max = 2,
                .help = "where it stands, on the ground"),
    NUMBER_FIELD("from_s", Item, from_s, .min = 0, .max = 86400, .unit = "s",
                 .help = "when it is put down; part of the scene from the start when not given"),
    NUMBER_FIELD("until_s", Item, until_s, .min = 0, .max = 86400, .unit = "s",
                 .help = "when it is taken; never when not given"),
    YAML_FIELD_END};
const YamlTable item_table = {YAML_TABLE("item", item_fields, Item), .prepare = item_prepare,
                              .check = item_check};

/* ---- fires -------------------------------------------------------------------------------------------- */
static const char *const blaze_kinds[] = {"flame", "smoke", "lighter", "beacon", "reflection", "glow", NULL};

static void blaze_check(YamlReader *reader, const YamlNode *node, void *target)
{
    Blaze *blaze = target;
    check_place(reader, node, blaze->at);
    check_order(reader, node, "end_s", blaze->start_s, blaze->end_s);
    if (blaze->kind == BLAZE_SMOKE && yaml_node_get(node, "smoke") == NULL)
        blaze->smoke = 1;
}

static const YamlField blaze_fields[] = {
    CHOICE_FIELD("kind", Blaze, kind, blaze_kinds, .required = true,
                 .help = "what it is; flame and smoke are events"),
    POINT_FIELD("at", Blaze, at, .required = true, .min = -1, .max = 2, .help = "where, on the ground"),
    TIME_FIELD(Blaze, "start_s", start_s, "when it can first be seen"),
    TIME_FIELD(Blaze, "end_s", end_s, "when it is out"),
    NUMBER_FIELD("grow_s", Blaze, grow_s, .initial = "10", .min = 0, .max = 3600, .unit = "s",
                 .help = "until it has its full size"),
    NUMBER_FIELD("size_m", Blaze, size_m, .initial = "1", .min = 0.02, .max = 20, .unit = "m",
                 .help = "its full height, or width"),
    NUMBER_FIELD("smoke", Blaze, smoke, .initial = "0", .min = 0, .max = 1,
                 .help = "how thick its smoke is; 1 for kind smoke when not given"),
    YAML_FIELD_END};
const YamlTable blaze_table = {YAML_TABLE("fire", blaze_fields, Blaze), .check = blaze_check};

/* ---- density ------------------------------------------------------------------------------------------ */
static const YamlField density_fields[] = {
    TEXT_FIELD("zone", Density, zone, .required = true, .help = "the zone with a limit"),
    NUMBER_FIELD("limit", Density, limit, .required = true, .min = 0.001, .max = 20, .unit = "people/m²",
                 .help = "from which it is too dense"),
    NUMBER_FIELD("hold_s", Density, hold_s, .initial = "5", .min = 0, .max = 3600, .unit = "s",
                 .help = "an event is at least the limit for this long"),
    NUMBER_FIELD("clear_share", Density, clear_share, .initial = "0.9", .min = 0, .max = 1,
                 .help = "it is over below this share of the limit"),
    NUMBER_FIELD("off_s", Density, off_s, .initial = "3", .min = 0, .max = 3600, .unit = "s",
                 .help = "for this long"),
    YAML_FIELD_END};
const YamlTable density_table = {YAML_TABLE("density", density_fields, Density)};
