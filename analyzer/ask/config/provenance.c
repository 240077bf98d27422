/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/provenance.h"

#include "config/dataset.h"
#include "config/partial_date.h"
#include "records/free.h"

#include <string.h>

/* ---- the time that footage is to stand for */

/* Dates that are known less exactly stand for all that they may be. */
static bool is_before(const char *one, const char *other)
{
    return strncmp(one, other, MIN(strlen(one), strlen(other))) < 0;
}

/* What is no date says nothing of the clips. */
static void read_day(YamlReader *reader, const YamlNode *node, void *member)
{
    const guint before = problems_count(reader->problems);
    partial_date_read(reader, node, member);
    if (problems_count(reader->problems) > before)
        g_clear_pointer((char **)member, g_free);
}

static void check_period(YamlReader *reader, const YamlNode *node, void *target)
{
    const Period *period = target;
    if (period->from != NULL && period->to != NULL && is_before(period->to, period->from))
        yaml_expected(reader, yaml_node_get(node, "to"), "a date not before “from” (%s)", period->from);
}

DEFINE_CLEAR(clear_period, Period, period, g_free(period->from), g_free(period->to))

static const YamlField period_fields[] = {
    CUSTOM_FIELD("from", Period, from, read_day, .required = true,
                 .shape = "date (2023-02-01, 2023-02 or 2023)", .help = "its first day, month or year"),
    CUSTOM_FIELD("to", Period, to, read_day, .required = true, .shape = "date (2023-02-01, 2023-02 or 2023)",
                 .help = "its last day, month or year"),
    YAML_FIELD_END};
static const YamlTable period_table = {YAML_TABLE("period", period_fields, Period), .check = check_period,
                                       .clear = clear_period};

/* ---- sampling */

static void prepare_sampling(void *target)
{
    Sampling *sampling = target;
    sampling->how = sampling->chosen_by = NOT_FILLED_IN;
}

/* Hour 24 of a day is hour 0 of the next one; from 0 to 24 is all of it. */
static bool is_no_time(const GArray *hours)
{
    const double from = g_array_index(hours, double, 0), to = g_array_index(hours, double, 1);
    return from == to || (from == 24 && to == 0);
}

static void check_sampling(YamlReader *reader, const YamlNode *node, void *target)
{
    Sampling *sampling = target;
    sampling->given = true;
    const YamlNode *how = yaml_node_get(node, "how");
    const bool timed = yaml_node_get(node, "period") != NULL;
    if (sampling->how == SAMPLING_WHOLE && !timed)
        yaml_problem(reader, how,
                     "found “whole_period” without “period”, expected “period: {from: 2024-07-01, to: "
                     "2024-07-31}” beside it: all of which period?");
    if (sampling->how == SAMPLING_RANDOM && !timed && yaml_node_get(node, "stands_for") == NULL)
        yaml_problem(reader, how,
                     "found “random_periods” with neither “period” nor “stands_for”, expected one of them: "
                     "drawn from what?");
    if (sampling->hours->len == 2 && is_no_time(sampling->hours))
        yaml_expected(reader, yaml_node_get(node, "hours"),
                      "two hours of the day that differ, as [18, 2], or no such key: all day");
}

static const YamlField sampling_fields[] = {
    CHOICE_FIELD("how", Sampling, how, sampling_words,
                 .help = "how the footage was chosen: drawn at random from a period, all of a period, by "
                         "hand, or nobody knows"),
    CHOICE_FIELD("chosen_by", Sampling, chosen_by, party_words, .help = "who chose it, by their part in it"),
    PAIR_FIELD("chooser", Sampling, chooser, .help = "their name"),
    PAIR_FIELD("purpose", Sampling, purpose, .help = "for what it was chosen"),
    PAIR_FIELD("stands_for", Sampling, stands_for,
               .help = "the cameras, places and times that it is to stand for"),
    MAP_FIELD("period", Sampling, period, &period_table,
              .help = "the time that it is to stand for; no clip may lie outside"),
    NUMBERS_FIELD("hours", Sampling, hours, .count = 2, .max = 24, .unit = "h",
                  .help = "of the day that it is to stand for, [18, 2] is over midnight; absent: all day"),
    YAML_FIELD_END};
const YamlTable sampling_table = {YAML_TABLE("sampling", sampling_fields, Sampling),
                                  .prepare = prepare_sampling, .check = check_sampling};

/* ---- annotation */

static void check_agreement(YamlReader *reader, const YamlNode *node, void *target)
{
    const StatedAgreement *agreement = target;
    if (agreement->figure == AGREEMENT_F1 && agreement->value < 0)
        yaml_expected(reader, yaml_node_get(node, "value"), "a figure from 0 to 1");
}

static void prepare_agreement(void *target)
{
    ((StatedAgreement *)target)->figure = NOT_FILLED_IN;
}

static const YamlField agreement_fields[] = {
    CHOICE_FIELD("figure", StatedAgreement, figure, agreement_figures, .required = true,
                 .help = "Cohen’s kappa, or the F1 of one person’s events against another’s"),
    NUMBER_FIELD("value", StatedAgreement, value, .min = -1, .max = 1, .required = true,
                 .help = "what came out; f1: from 0"),
    YAML_FIELD_END};
static const YamlTable agreement_table = {YAML_TABLE("agreement", agreement_fields, StatedAgreement),
                                          .prepare = prepare_agreement, .check = check_agreement};

static void prepare_annotation(void *target)
{
    Annotation *annotation = target;
    annotation->blind = annotation->absence = NOT_FILLED_IN;
}

static void check_annotation(YamlReader *reader, const YamlNode *node, void *target)
{
    Annotation *annotation = target;
    annotation->given = true;
    if (annotation->people == 1 && yaml_node_get(node, "agreement") != NULL)
        yaml_problem(reader, yaml_node_get(node, "agreement"),
                     "found agreement beside “people: 1”, expected two people or more: with whom did one "
                     "person agree?");
}

static const YamlField annotation_fields[] = {
    PAIR_FIELD("by", Annotation, by, .help = "who marked what truly happened"),
    INT_FIELD("people", Annotation, people, .min = 1, .max = 1000,
              .help = "how many marked each clip, apart from one another"),
    CHOICE_FIELD("blind", Annotation, blind, answer_words,
                 .help = "whether they marked without knowing what the systems had said"),
    CHOICE_FIELD("absence", Annotation, absence, answer_words,
                 .help = "whether all of the footage was watched, so that nothing marked is nothing there"),
    MAP_FIELD("agreement", Annotation, agreement, &agreement_table,
              .help = "how far they agreed, when it was measured elsewhere; annotators: measures it here"),
    YAML_FIELD_END};
const YamlTable annotation_table = {YAML_TABLE("annotation", annotation_fields, Annotation),
                                    .prepare = prepare_annotation, .check = check_annotation};

/* ---- interests */

static void prepare_interests(void *target)
{
    Interests *interests = target;
    interests->ran_by = interests->paid_by = NOT_FILLED_IN;
}

static void check_interests(YamlReader *reader, const YamlNode *node, void *target)
{
    (void)reader;
    (void)node;
    ((Interests *)target)->given = true;
}

static const YamlField interests_fields[] = {
    CHOICE_FIELD("ran_by", Interests, ran_by, party_words, .help = "who ran the test"),
    CHOICE_FIELD("paid_by", Interests, paid_by, party_words, .help = "who paid for it"),
    PAIR_FIELD("declared", Interests, declared, .help = "what they declare of their interests"),
    YAML_FIELD_END};
const YamlTable interests_table = {YAML_TABLE("conflict of interest", interests_fields, Interests),
                                   .prepare = prepare_interests, .check = check_interests};

/* ---- against the clips */

static bool is_outside(const Period *period, const Clip *clip)
{
    if (clip->recorded_at == NULL)
        return false;
    g_autofree char *day = g_date_time_format(clip->recorded_at, "%Y-%m-%d");
    return is_before(day, period->from) || is_before(period->to, day);
}

/* One period is wrong, or many clips are: told once, by the first. */
static void check_clips(YamlReader *reader, const YamlNode *node, const Period *period,
                        const ProvenanceFacts *facts)
{
    const Clip *first = NULL;
    guint outside = 0;
    for (guint i = 0; i < facts->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(facts->clips, i);
        if (is_outside(period, clip) && outside++ == 0)
            first = clip;
    }
    if (first == NULL)
        return;
    g_autofree char *day = g_date_time_format(first->recorded_at, "%Y-%m-%d");
    yaml_problem(
        reader, node,
        "found %s to %s, but %u of %u clips of “%s” were recorded outside of it (“%s” on %s), expected "
        "a period that holds all clips, or their right “recorded_at”",
        period->from, period->to, outside, facts->clips->len, facts->dataset,
        first->id != NULL ? first->id : "", day);
}

static void check_drawn(YamlReader *reader, const YamlNode *node, const char *key, const char *why)
{
    const YamlNode *found = yaml_node_get(node, key);
    if (found != NULL)
        yaml_problem(reader, found, "found “%s” beside “synthetic: true”, expected one of them: %s", key,
                     why);
}

void provenance_check(YamlReader *reader, const YamlNode *node, const Sampling *sampling,
                      const Annotation *annotation, const ProvenanceFacts *facts)
{
    if (facts->synthetic) {
        check_drawn(reader, node, "sampling", "what is drawn was not chosen from anything");
        check_drawn(reader, node, "annotation", "the truth of what is drawn is calculated");
        return;
    }
    const YamlNode *sampled = yaml_node_get(node, "sampling");
    const YamlNode *period = sampled != NULL ? yaml_node_get(sampled, "period") : NULL;
    if (period != NULL && sampling->period.from != NULL && sampling->period.to != NULL)
        check_clips(reader, period, &sampling->period, facts);
    if (annotation->people > 0 && annotation->people < facts->annotators->len)
        yaml_expected(reader, yaml_node_get(yaml_node_get(node, "annotation"), "people"),
                      "%u or more: so many are listed under “annotators” of “%s”", facts->annotators->len,
                      facts->dataset);
}
