/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims: what was said, and how it is read so that it can be tested. */
#include "config/scenario_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const metrics[] = {[METRIC_FALSE_ALERTS_PER_CAMERA_HOUR] = "false_alerts_per_camera_hour",
                                      [METRIC_FALSE_ALERTS_PER_PASSAGE] = "false_alerts_per_passage",
                                      [METRIC_P_MISS] = "p_miss",
                                      [METRIC_PRECISION] = "precision",
                                      [METRIC_PRECISION_AT_PREVALENCE] = "precision_at_prevalence",
                                      [METRIC_ANALYSIS_TIME] = "analysis_time_divided_by",
                                      NULL};
static const char *const operators[] = {">=", "<=", NULL};

const char *claim_metric_name(ClaimMetric metric)
{
    return metric == METRIC_NONE ? "none" : metrics[metric];
}

typedef struct {
    int metric, op;
    double value, alpha;
    double viewing_speed, setup_share, review_s, p_miss_limit;
} Reading;

static void check_reading(YamlReader *reader, const YamlNode *node, void *target)
{
    const Reading *reading = target;
    static const char *const own[] = {"viewing_speed", "setup_share", "review_s", "p_miss_limit"};
    const bool time = reading->metric == METRIC_ANALYSIS_TIME;
    for (size_t i = 0; i < G_N_ELEMENTS(own) && !time; i++) {
        const YamlNode *place = yaml_node_get(node, own[i]);
        if (place != NULL)
            yaml_problem(reader, place, "found “%s”, expected it only for analysis_time_divided_by", own[i]);
    }
    if (time && isnan(reading->p_miss_limit))
        yaml_problem(reader, node,
                     "found no “p_miss_limit”, expected the share of events that may be missed: time saved "
                     "says nothing of them");
    if (time && reading->op != 0)
        yaml_expected(reader, yaml_node_get(node, "op"), "“>=”");
    if (time && reading->value < 1)
        yaml_expected(reader, yaml_node_get(node, "value"), "a factor of 1 or more");
    if (!time && reading->metric != METRIC_FALSE_ALERTS_PER_CAMERA_HOUR && reading->value > 1)
        yaml_expected(reader, yaml_node_get(node, "value"), "a share from 0 to 1");
    else if (reading->op == 0 && reading->value <= 0 && yaml_node_get(node, "value") != NULL)
        yaml_expected(reader, yaml_node_get(node, "value"),
                      "more than 0: “at least 0” is true of every system, no footage can refute it");
}

static const YamlField reading_fields[] = {
    {.key = "metric",
     .type = FIELD_CHOICE,
     .offset = offsetof(Reading, metric),
     .choices = metrics,
     .required = true,
     .help = "the figure that is meant"},
    {.key = "op",
     .type = FIELD_CHOICE,
     .offset = offsetof(Reading, op),
     .choices = operators,
     .required = true,
     .help = "<= the claim says at most, >= at least"},
    {.key = "value",
     .type = FIELD_NUMBER,
     .offset = offsetof(Reading, value),
     .max = 1e9,
     .required = true,
     .help = "the limit"},
    {.key = "alpha",
     .type = FIELD_NUMBER,
     .offset = offsetof(Reading, alpha),
     .min = 0.0001,
     .max = 0.5,
     .initial = "0.05",
     .help = "error probability of the one-sided test"},
    {.key = "viewing_speed",
     .type = FIELD_NUMBER,
     .offset = offsetof(Reading, viewing_speed),
     .min = 0.1,
     .max = 1000,
     .initial = "1",
     .help = "analysis_time_divided_by: how fast a person alone watches, times real time"},
    {.key = "setup_share",
     .type = FIELD_NUMBER,
     .offset = offsetof(Reading, setup_share),
     .max = 1,
     .initial = "0",
     .help = "the same: time to set the system up, as a share of the video’s length"},
    {.key = "review_s",
     .type = FIELD_NUMBER,
     .offset = offsetof(Reading, review_s),
     .min = 0.01,
     .max = 86400,
     .unit = "s",
     .help = "the same: time to review one alert, as measured with people; without it the claim is not "
             "testable by replay"},
    {.key = "p_miss_limit",
     .type = FIELD_NUMBER,
     .offset = offsetof(Reading, p_miss_limit),
     .max = 1,
     .help = "the same, required: share of events that may be missed (what a person misses, and a margin)"},
    YAML_FIELD_END};

static void prepare_reading(void *target)
{
    Reading *reading = target;
    reading->review_s = reading->p_miss_limit = (double)NAN;
}

const YamlTable reading_table = {.name = "reading",
                                 .fields = reading_fields,
                                 .size = sizeof(Reading),
                                 .prepare = prepare_reading,
                                 .check = check_reading};

static void read_reading(YamlReader *reader, const YamlNode *node, void *member)
{
    Reading reading;
    if (!yaml_read_map(reader, node, &reading_table, &reading))
        return;
    Claim *claim = (Claim *)(void *)((char *)member - offsetof(Claim, metric));
    claim->metric = (ClaimMetric)reading.metric;
    claim->at_most = reading.op == 1;
    claim->value = reading.value;
    claim->alpha = reading.alpha;
    claim->viewing_speed = reading.viewing_speed;
    claim->setup_share = reading.setup_share;
    claim->review_s = reading.review_s;
    claim->p_miss_limit = reading.p_miss_limit;
}

static void prepare_claim(void *target)
{
    ((Claim *)target)->metric = METRIC_NONE;
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

static void check_claim(YamlReader *reader, const YamlNode *node, void *target)
{
    Claim *claim = target;
    claim->line = node->line;
    if (claim->date != NULL && !is_date(claim->date))
        yaml_expected(reader, yaml_node_get(node, "date"), "a date as 2023-02-01");
    const bool reading = yaml_node_get(node, "reading") != NULL;
    const bool not_testable = yaml_node_get(node, "not_testable") != NULL;
    if (reading == not_testable)
        yaml_problem(reader, node, "found %s, expected either “reading” or “not_testable” with the reason",
                     reading ? "both “reading” and “not_testable”" : "neither “reading” nor “not_testable”");
}

static const YamlField claim_fields[] = {
    {.key = "id", .type = FIELD_ID, .offset = offsetof(Claim, id), .required = true, .help = "short name"},
    {.key = "text",
     .type = FIELD_TEXT,
     .offset = offsetof(Claim, text),
     .required = true,
     .help = "the claim in its own words"},
    {.key = "source", .type = FIELD_PAIR, .offset = offsetof(Claim, source), .help = "who said it, where"},
    {.key = "date", .type = FIELD_TEXT, .offset = offsetof(Claim, date), .help = "when, as 2023-02-01"},
    {.key = "system",
     .type = FIELD_ID,
     .offset = offsetof(Claim, system),
     .help = "the system that it is about; default: every system"},
    {.key = "confirmatory",
     .type = FIELD_BOOL,
     .offset = offsetof(Claim, confirmatory),
     .initial = "false",
     .help = "one of the few claims that the audit is to decide: their p are adjusted together (Holm)"},
    {.key = "reading",
     .type = FIELD_CUSTOM,
     .offset = offsetof(Claim, metric),
     .read = read_reading,
     .table = &reading_table,
     .help = "how it is read so that it can be tested, fixed before the run"},
    {.key = "not_testable",
     .type = FIELD_PAIR,
     .offset = offsetof(Claim, not_testable_reason),
     .help = "instead of a reading: why it cannot be tested as worded"},
    YAML_FIELD_END};
const YamlTable claim_table = {.name = "claim",
                               .fields = claim_fields,
                               .size = sizeof(Claim),
                               .prepare = prepare_claim,
                               .check = check_claim};
