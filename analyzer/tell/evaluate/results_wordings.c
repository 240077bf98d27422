/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_wordings.h"

#include "behaviours/norm.h"
#include "behaviours/semantics.h"
#include "language/phrase.h"
#include "records/free.h"
#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"

#include <math.h>
#include <string.h>

ResultsNorm results_norm(const Behaviour *rule)
{
    return (ResultsNorm){.definition = norm_json(rule, "definition"),
                         .onset = norm_json(rule, "onset"),
                         .end = norm_json(rule, "end"),
                         .alarm = norm_json(rule, "alarm")};
}

json_t *results_semantics(const Scenario *scenario, const SystemSpec *system)
{
    const char *id = system_semantics(system);
    const Behaviour *rule = semantics_rule(scenario->behaviour, id);
    if (id == NULL || rule == NULL)
        return NULL;
    const Semantics *semantics = semantics_find(scenario->behaviour, id);
    ResultsSemantics said = {.id = id,
                             .norm = results_norm(rule),
                             .family = system->family,
                             .passed_over = results_strings(system->passed_over)};
    if (semantics != NULL) {
        said.product = semantics->product;
        said.term = semantics->term;
        said.source = semantics->source;
        said.differs = norm_json(rule, "differs");
    }
    return results_dump_taking(&result_semantics, &said);
}

/* ---- side by side */

/* A system in several wordings under one condition, while its rows are put together. */
typedef struct {
    ResultsWordings said;
    GArray *rows; /* of ResultsWordingRow */
} Group;

static void clear_group(Group *group)
{
    for (guint i = 0; i < group->rows->len; i++)
        g_free((gpointer)g_array_index(group->rows, ResultsWordingRow, i).verdicts.at);
    g_array_unref(group->rows);
}

DEFINE_DESTROY(group_free, Group, group, clear_group(group))

static ResultsWordingRow describe_row(const ResultsEvaluation *evaluation)
{
    const ResultsCounts *counts = &evaluation->counts;
    ResultsWordingVerdict *verdicts = g_new0(ResultsWordingVerdict, evaluation->claims.count + 1);
    for (size_t i = 0; i < evaluation->claims.count; i++) {
        verdicts[i].claim = evaluation->claims.at[i].id;
        verdicts[i].verdict = evaluation->claims.at[i].verdict;
    }
    return (ResultsWordingRow){
        .system = evaluation->system,
        .semantics = evaluation->semantics.id,
        .events = counts->events,
        .hits = counts->hits,
        .misses = counts->misses,
        .alerts = counts->alerts,
        .false_strict = counts->false_strict,
        .false_alerts_per_camera_hour = evaluation->rates.false_alerts_per_camera_hour,
        .p_miss = evaluation->rates.p_miss,
        .verdicts = {evaluation->claims.count, verdicts},
    };
}

static Group *group_of(GPtrArray *groups, const ResultsEvaluation *evaluation)
{
    for (guint i = 0; i < groups->len; i++) {
        Group *group = g_ptr_array_index(groups, i);
        if (g_strcmp0(group->said.family, evaluation->semantics.family) == 0 &&
            g_strcmp0(group->said.condition, evaluation->condition) == 0)
            return group;
    }
    Group *group = g_new0(Group, 1);
    group->rows = g_array_new(FALSE, FALSE, sizeof(ResultsWordingRow));
    group->said.family = evaluation->semantics.family;
    group->said.condition = evaluation->condition;
    group->said.condition_title = evaluation->condition_title;
    g_ptr_array_add(groups, group);
    return group;
}

/* ---- what depends on the words */

typedef struct {
    const ResultsWordingRow *low, *high;
    double low_value, high_value;
} Range;

static double rate_of(const ResultsWordingRow *row)
{
    return row->false_alerts_per_camera_hour.value;
}

static double hits_of(const ResultsWordingRow *row)
{
    return results_double(row->hits);
}

static Range range_of(const ResultsWordings *group, double (*value_of)(const ResultsWordingRow *row))
{
    Range range = {NULL, NULL, (double)NAN, (double)NAN};
    for (size_t i = 0; i < group->rows.count; i++) {
        const ResultsWordingRow *row = &group->rows.at[i];
        const double value = value_of(row);
        if (isnan(value))
            continue;
        if (range.low == NULL || value < range.low_value) {
            range.low = row;
            range.low_value = value;
        }
        if (range.high == NULL || value > range.high_value) {
            range.high = row;
            range.high_value = value;
        }
    }
    return range;
}

static ResultsSpread describe_range(const Range *range)
{
    return (ResultsSpread){.low = range->low_value,
                           .low_semantics = range->low != NULL ? range->low->semantics : NULL,
                           .high = range->high_value,
                           .high_semantics = range->high != NULL ? range->high->semantics : NULL};
}

/* Whether the verdict on the claim at `place` of each row's list is the same in all rows. */
static bool is_unanimous(const ResultsWordings *group, size_t place)
{
    const ResultsWordingVerdict *first = &group->rows.at[0].verdicts.at[place];
    for (size_t i = 1; i < group->rows.count; i++) {
        const ResultsWordingRow *row = &group->rows.at[i];
        if (place >= row->verdicts.count || g_strcmp0(row->verdicts.at[place].claim, first->claim) != 0 ||
            g_strcmp0(row->verdicts.at[place].verdict, first->verdict) != 0)
            return false;
    }
    return true;
}

static Phrase *say_verdicts(const ResultsWordings *group, size_t place)
{
    GPtrArray *verdicts = g_ptr_array_new();
    for (size_t i = 0; i < group->rows.count; i++) {
        const ResultsWordingRow *row = &group->rows.at[i];
        const char *verdict = place < row->verdicts.count ? row->verdicts.at[place].verdict : NULL;
        g_autofree char *key = g_strconcat("verdict.", verdict, NULL);
        Phrase *one = phrase_word(phrase_new("wording.verdict"), "verdict", key);
        g_ptr_array_add(verdicts, phrase_own(one, "wording", row->semantics));
    }
    const char *claim = group->rows.at[0].verdicts.at[place].claim;
    return phrase_names(phrase_own(phrase_new("wording.verdicts"), "claim", claim), "verdicts", verdicts, 0);
}

/* With which words the least and the most comes. */
static Phrase *name_ends(Phrase *phrase, const Range *range)
{
    phrase_own(phrase, "low_wording", range->low->semantics);
    return phrase_own(phrase, "high_wording", range->high->semantics);
}

static Phrase *say_rates(const Range *rate)
{
    enum { DIGITS = 3 };
    if (rate->low == NULL)
        return phrase_new("wording.no_rate");
    g_autofree char *low = texts_number(texts_of("en"), rate->low_value, DIGITS);
    g_autofree char *high = texts_number(texts_of("en"), rate->high_value, DIGITS);
    if (strcmp(low, high) == 0) /* as a reader sees them */
        return phrase_number(phrase_new("wording.same_rate"), "rate", rate->low_value, DIGITS);
    Phrase *phrase = phrase_number(phrase_new("wording.rates"), "low", rate->low_value, DIGITS);
    return name_ends(phrase_number(phrase, "high", rate->high_value, DIGITS), rate);
}

static Phrase *say_hits(const Range *hits)
{
    const int64_t events = hits->low != NULL ? hits->low->events : 0;
    if (events == 0)
        return NULL;
    const int64_t low = (int64_t)hits->low_value, high = (int64_t)hits->high_value;
    if (low == high)
        return phrase_integer(phrase_integer(phrase_new("wording.same_hits"), "n", events), "found", low);
    Phrase *phrase = phrase_integer(phrase_new("wording.hits"), "n", events);
    return name_ends(phrase_integer(phrase_integer(phrase, "low", low), "high", high), hits);
}

static Phrase *say_dependence(const ResultsWordings *group, const Range *rate, const Range *hits,
                              size_t changing)
{
    const size_t claims = group->rows.at[0].verdicts.count;
    Phrase *text = phrase_then(say_rates(rate), say_hits(hits));
    for (size_t i = 0; i < claims; i++) {
        if (!is_unanimous(group, i))
            phrase_then(text, say_verdicts(group, i));
    }
    if (claims > 0 && changing == 0)
        phrase_then(text, phrase_new("wording.no_verdict"));
    return text;
}

/* A group as the document says it; caller owns. */
static json_t *describe_group(const Group *group)
{
    ResultsWordings said = group->said;
    said.rows.count = group->rows->len;
    said.rows.at = (const ResultsWordingRow *)(const void *)group->rows->data;
    const Range rate = range_of(&said, rate_of), hits = range_of(&said, hits_of);
    const ResultsWordingRow *first = &said.rows.at[0];
    g_autofree const char **changing = g_new0(const char *, first->verdicts.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < first->verdicts.count; i++) {
        if (!is_unanimous(&said, i))
            changing[count++] = first->verdicts.at[i].claim;
    }
    g_autoptr(Phrase) phrase = say_dependence(&said, &rate, &hits, count);
    said.dependence.false_alerts_per_camera_hour = describe_range(&rate);
    said.dependence.hits = describe_range(&hits);
    said.dependence.changing_verdicts = (ResultsStrings){count, changing};
    said.dependence.sentence = phrase_json(phrase);
    json_t *object = results_dump(&result_wordings, &said);
    json_decref((json_t *)said.dependence.sentence);
    return object;
}

void results_add_wordings(json_t *scenarios)
{
    g_autoptr(Results) results = results_load_scenarios(scenarios);
    for (size_t i = 0; i < results->scenarios.count; i++) {
        const ResultsScenario *scenario = &results->scenarios.at[i];
        g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func(group_free);
        for (size_t j = 0; j < scenario->evaluations.count; j++) {
            const ResultsEvaluation *evaluation = &scenario->evaluations.at[j];
            if (evaluation->semantics.family == NULL)
                continue;
            const ResultsWordingRow row = describe_row(evaluation);
            g_array_append_val(group_of(groups, evaluation)->rows, row);
        }
        if (groups->len == 0)
            continue;
        json_t *list = json_array();
        for (guint j = 0; j < groups->len; j++)
            json_array_append_new(list, describe_group(g_ptr_array_index(groups, j)));
        json_object_set_new(json_array_get(scenarios, i), "wordings", list);
    }
}
