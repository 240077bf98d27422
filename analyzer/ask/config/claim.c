/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims: what was said, and how it is read so that it can be tested. */
#include "config/scenario_internal.h"
#include "scoring/looks.h"
#include "scoring/metrics.h"
#include "scoring/scope.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { AT_LEAST, AT_MOST, WITHIN };
static const char *const operators[] = {[AT_LEAST] = ">=", [AT_MOST] = "<=", [WITHIN] = "within", NULL};

static const char *const abouts[] = {
    [CLAIM_ABOUT_THIS_SYSTEM] = "this_system", [CLAIM_ABOUT_ANOTHER_PRODUCT] = "another_product", NULL};

const char *claim_operator_name(const Claim *claim)
{
    return claim->within ? "within" : claim->at_most ? "<=" : ">=";
}

typedef struct {
    int metric, op;
    double value, alpha, margin;
    double viewing_speed, setup_share, review_s, p_miss_limit;
    char *against, *against_condition;
} Reading;

/* The limit of a difference of shares is a margin, of all else a value. */
static bool has_margin(int metric)
{
    return metric_compares((ClaimMetric)metric) && metric_of((ClaimMetric)metric)->percent;
}

/* Keys that belong to some metrics only. */
static void check_foreign_keys(YamlReader *reader, const YamlNode *node, ClaimMetric metric)
{
    for (const YamlField *field = reading_table.fields; field->key != NULL; field++) {
        const YamlNode *place = yaml_node_get(node, field->key);
        if (place == NULL || metric_takes_key(metric, field->key))
            continue;
        g_autofree char *owners = metric_owners(field->key);
        yaml_problem(reader, place, "found “%s”, expected it only for %s", field->key, owners);
    }
}

static void check_comparison(YamlReader *reader, const YamlNode *node, const Reading *reading)
{
    if ((reading->against == NULL) == (reading->against_condition == NULL))
        yaml_problem(reader, node,
                     "found %s, expected what it is compared with: either “against” (another system) or "
                     "“against_condition”",
                     reading->against != NULL ? "both “against” and “against_condition”"
                                              : "neither “against” nor “against_condition”");
    const YamlNode *value = yaml_node_get(node, "value"), *margin = yaml_node_get(node, "margin");
    if (!has_margin(reading->metric)) {
        if (value != NULL && !(reading->value > 0))
            yaml_expected(reader, value, "a ratio above 0");
        else if (value != NULL && reading->op == WITHIN && !(reading->value > 1))
            yaml_expected(reader, value, "a ratio above 1: “within 1.5” is from 1/1.5 to 1.5 times as many");
        return;
    }
    if (reading->op == AT_LEAST)
        yaml_expected(reader, yaml_node_get(node, "op"),
                      "“<=” (it misses at most the margin more) or “within” (neither misses that much more)");
    if (value != NULL)
        yaml_problem(reader, value,
                     "found “value”, expected “margin”: the difference of two shares that is let pass");
    if (margin == NULL)
        yaml_problem(
            reader, node,
            "found no “margin”, expected the share of events by which it may miss more: without one, "
            "no difference found would pass for no difference");
    else if (reading->op == WITHIN && !(reading->margin > 0))
        yaml_expected(reader, margin, "a margin above 0");
}

static void check_reading(YamlReader *reader, const YamlNode *node, void *target)
{
    const Reading *reading = target;
    const YamlNode *value = yaml_node_get(node, "value"), *op = yaml_node_get(node, "op");
    if (yaml_node_get(node, "metric") == NULL)
        return;
    const Metric *metric = metric_of((ClaimMetric)reading->metric);
    const bool time = metric->kind == METRIC_IS_TIME;
    check_foreign_keys(reader, node, (ClaimMetric)reading->metric);
    if (value == NULL && !has_margin(reading->metric))
        yaml_problem(reader, node, "found no “value”, expected the limit");
    if (metric->kind == METRIC_IS_COMPARISON) {
        check_comparison(reader, node, reading);
        return;
    }
    if (time && isnan(reading->p_miss_limit))
        yaml_problem(reader, node,
                     "found no “p_miss_limit”, expected the share of events that may be missed: time saved "
                     "says nothing of them");
    if (time && op != NULL && reading->op != AT_LEAST)
        yaml_expected(reader, op, "“>=”");
    else if (op != NULL && reading->op == WITHIN)
        yaml_expected(reader, op, "“<=” or “>=”; “within” is for rate_ratio and miss_difference");
    if (value != NULL && (reading->value < metric->least || reading->value > metric->most))
        yaml_expected(reader, value, "%s", metric->expected);
    else if (reading->op == AT_LEAST && value != NULL && reading->value <= 0)
        yaml_expected(reader, value,
                      "more than 0: “at least 0” is true of every system, no footage can refute it");
    else if (reading->op == AT_MOST && value != NULL && metric->most <= 1 && reading->value >= 1)
        yaml_expected(reader, value,
                      "less than 1: “at most 1” is true of every share, no footage can refute it");
}

static const YamlField reading_fields[] = {
    CHOICE_FIELD("metric", Reading, metric, metric_names, .required = true,
                 .help = "the figure that is meant"),
    CHOICE_FIELD(
        "op", Reading, op, operators, .required = true,
        .help =
            "<= the claim says at most, >= at least; within (only where two are compared) neither more nor "
            "less"),
    NUMBER_FIELD("value", Reading, value, .max = 1e9, .help = "the limit; required but for miss_difference"),
    ID_FIELD("against", Reading, against,
             .help = "rate_ratio, miss_difference: the other system, on the same clips"),
    ID_FIELD("against_condition", Reading, against_condition,
             .help = "the same, instead: the other condition, with the same system"),
    NUMBER_FIELD(
        "margin", Reading, margin, .max = 0.99,
        .help =
            "miss_difference, required: the share of events by which it may miss more than the other (0.05: "
            "five in a hundred)"),
    NUMBER_FIELD("alpha", Reading, alpha, .min = 0.0001, .max = 0.5, .initial = "0.05",
                 .help = "error probability of the one-sided test"),
    NUMBER_FIELD("viewing_speed", Reading, viewing_speed, .min = 0.1, .max = 1000, .initial = "1",
                 .help = "analysis_time_divided_by: how fast a person alone watches, times real time"),
    NUMBER_FIELD("setup_share", Reading, setup_share, .max = 1, .initial = "0",
                 .help = "the same: time to set the system up, as a share of the video’s length"),
    NUMBER_FIELD(
        "review_s", Reading, review_s, .min = 0.01, .max = 86400, .unit = "s",
        .help = "the same: time to review one alert, as measured with people; without it the claim is not "
                "testable by replay"),
    NUMBER_FIELD(
        "p_miss_limit", Reading, p_miss_limit, .max = 1,
        .help =
            "the same, required: share of events that may be missed (what a person misses, and a margin)"),
    YAML_FIELD_END};

static void prepare_reading(void *target)
{
    Reading *reading = target;
    reading->review_s = reading->p_miss_limit = (double)NAN;
    reading->margin = (double)NAN;
}

const YamlTable reading_table = {YAML_TABLE("reading", reading_fields, Reading), .prepare = prepare_reading,
                                 .check = check_reading};

static void read_reading(YamlReader *reader, const YamlNode *node, void *member)
{
    Reading reading;
    if (!yaml_read_map(reader, node, &reading_table, &reading)) {
        yaml_clear(&reading_table, &reading);
        return;
    }
    Claim *claim = (Claim *)(void *)((char *)member - offsetof(Claim, metric));
    claim->metric = (ClaimMetric)reading.metric;
    claim->at_most = reading.op == AT_MOST;
    claim->within = reading.op == WITHIN;
    claim->value = has_margin(reading.metric) ? reading.margin : reading.value;
    claim->against = g_steal_pointer(&reading.against);
    claim->against_condition = g_steal_pointer(&reading.against_condition);
    claim->alpha = reading.alpha;
    claim->viewing_speed = reading.viewing_speed;
    claim->setup_share = reading.setup_share;
    claim->review_s = reading.review_s;
    claim->p_miss_limit = reading.p_miss_limit;
    yaml_clear(&reading_table, &reading);
}

static void clear_claim(void *target)
{
    g_free(((Claim *)target)->against);
    g_free(((Claim *)target)->against_condition);
}

static void prepare_claim(void *target)
{
    ((Claim *)target)->metric = METRIC_NONE;
    ((Claim *)target)->about = CLAIM_ABOUT_NOT_STATED;
    ((Claim *)target)->scope = CLAIM_SCOPE_NOT_STATED;
    ((Claim *)target)->alpha = 0.05;
    ((Claim *)target)->value = (double)NAN;
}

static bool is_date(const char *text)
{
    int year = 0, month = 0, day = 0, end = 0;
    return strlen(text) == 10 && sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 && end == 10 &&
           year > 0 && month > 0 && day > 0 &&
           g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

/* As HTML has it: "fr", "pt-BR". */
static bool is_language(const char *text)
{
    return g_regex_match_simple("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", text, 0, 0);
}

static void check_claim(YamlReader *reader, const YamlNode *node, void *target)
{
    Claim *claim = target;
    claim->line = node->line;
    if (claim->date != NULL && !is_date(claim->date))
        yaml_expected(reader, yaml_node_get(node, "date"), "a date as 2023-02-01");
    if (claim->language != NULL && !is_language(claim->language))
        yaml_expected(reader, yaml_node_get(node, "language"), "a language as fr, en or pt-BR");
    const bool reading = yaml_node_get(node, "reading") != NULL;
    const bool not_testable = yaml_node_get(node, "not_testable") != NULL;
    if (reading == not_testable)
        yaml_problem(reader, node, "found %s, expected either “reading” or “not_testable” with the reason",
                     reading ? "both “reading” and “not_testable”" : "neither “reading” nor “not_testable”");
}

static void prepare_looks(void *target)
{
    ((LooksSpec *)target)->plan = LOOKS_NOT_STATED;
}

static void check_looks(YamlReader *reader, const YamlNode *node, void *target)
{
    const LooksSpec *looks = target;
    const YamlNode *end = yaml_node_get(node, "end"), *hours = yaml_node_get(node, "camera_hours"),
                   *events = yaml_node_get(node, "events");
    if (looks->end != NULL && !is_date(looks->end))
        yaml_expected(reader, end, "a date as 2027-03-31");
    const YamlNode *bound = hours != NULL ? hours : events != NULL ? events : end;
    if (yaml_node_get(node, "plan") == NULL)
        return;
    if (looks->plan == LOOKS_AT_HORIZON && bound == NULL)
        yaml_problem(reader, node,
                     "found no bound, expected when the verdict is read: “camera_hours”, “events” or “end”");
    if (looks->plan == LOOKS_ANYTIME && bound != NULL)
        yaml_problem(reader, bound, "found a bound of “anytime”, which has none, expected it of “horizon”");
}

static const YamlField looks_fields[] = {
    CHOICE_FIELD("plan", LooksSpec, plan, looks_plan_names, .required = true,
                 .help = "horizon: the verdict is read once, when the bounds below are reached; an earlier look "
                         "is exploratory. anytime: as often as one likes, by a test that holds at every look"),
    NUMBER_FIELD("camera_hours", LooksSpec, camera_hours, .min = 0.001, .max = 1e9, .unit = "h",
                 .help = "of a horizon: so many are scored"),
    INT_FIELD("events", LooksSpec, events, .min = 1, .max = 1e9, .help = "of a horizon: so many are scored"),
    TEXT_FIELD("end", LooksSpec, end, .help = "of a horizon: the footage reaches this day, as 2027-03-31"),
    YAML_FIELD_END};
const YamlTable looks_table = {YAML_TABLE("looks", looks_fields, LooksSpec), .prepare = prepare_looks,
                               .check = check_looks};

static const YamlField claim_fields[] = {
    ID_FIELD("id", Claim, id, .required = true, .help = "short name"),
    TEXT_FIELD("text", Claim, text, .required = true, .help = "the claim in its own words, and in no other"),
    TEXT_FIELD("language", Claim, language, .help = "which those are in, as fr"),
    PAIR_FIELD("source", Claim, source, .help = "who said it, where"),
    TEXT_FIELD("date", Claim, date, .help = "when, as 2023-02-01"),
    BOOL_FIELD(
        "paraphrase", Claim, paraphrase, .initial = "false",
        .help =
            "the text is what was said, in the audit’s words: printed without quotation marks, and as that"),
    CHOICE_FIELD(
        "about", Claim, about, abouts,
        .help = "whose product the words are about: this_system, which runs, or another_product, which does "
                "not (no verdict is printed on them then); default: what has a source is about a product, "
                "and the reference and the yardsticks are none"),
    ID_FIELD("system", Claim, system, .help = "the system that it is about; default: every system"),
    ID_FIELD("condition", Claim, condition,
             .help = "the condition under which it is judged; default: as recorded"),
    CHOICE_FIELD("scope", Claim, scope, scope_names,
                 .help =
                     "what the verdict speaks of: places_like_these (cameras and days like those filmed) or "
                     "these_clips (this footage alone); default: the scenario’s"),
    MAP_FIELD("looks", Claim, looks, &looks_table,
              .help = "when the verdict is read; default: the scenario’s, else the first look under a lock"),
    BOOL_FIELD("confirmatory", Claim, confirmatory, .initial = "false",
               .help =
                   "one of the few claims that the audit is to decide: their p are adjusted together (Holm)"),
    PAIR_FIELD("read_as", Claim, read_as,
               .help =
                   "the reading in words, which are the audit’s: reports print them outside the quotation "
                   "marks"),
    CUSTOM_FIELD(
        "reading", Claim, metric, read_reading, .table = &reading_table,
        .help =
            "how it is read so that it can be tested; only a lock shows that it was fixed before the run"),
    PAIR_FIELD("not_testable", Claim, not_testable_reason,
               .help = "instead of a reading: why it cannot be tested as worded"),
    YAML_FIELD_END};
const YamlTable claim_table = {YAML_TABLE("claim", claim_fields, Claim), .prepare = prepare_claim,
                               .check = check_claim, .clear = clear_claim};
