/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_wordings.h"

#include "behaviours/norm.h"
#include "behaviours/semantics.h"
#include "language/phrase.h"
#include "results/model.h"
#include "results/results_json.h"

#include <math.h>
#include <string.h>

json_t *results_semantics(const Scenario *scenario, const SystemSpec *system)
{
    const char *id = system_semantics(system);
    const Behaviour *rule = semantics_rule(scenario->behaviour, id);
    if (id == NULL || rule == NULL)
        return NULL;
    const Semantics *semantics = semantics_find(scenario->behaviour, id);
    return json_pack("{s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "id", id, "product",
                     results_string(semantics != NULL ? semantics->product : NULL), "term",
                     results_string(semantics != NULL ? semantics->term : NULL), "source",
                     results_string(semantics != NULL ? semantics->source : NULL), "differs",
                     semantics != NULL ? norm_json(rule, "differs") : json_null(), "norm",
                     norm_describe(rule), "family", results_string(system->family), "passed_over",
                     results_strings(system->passed_over));
}

/* ---- side by side */

static json_t *describe_row(const json_t *evaluation)
{
    static const char *const counts[] = {"events", "hits", "misses", "alerts", "false_strict"};
    static const char *const rates[] = {"false_alerts_per_camera_hour", "p_miss"};
    json_t *row = json_object(), *verdicts = json_array();
    json_object_set(row, "system", json_object_get(evaluation, "system"));
    json_object_set(row, "semantics", json_object_get(json_object_get(evaluation, "semantics"), "id"));
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        json_object_set(row, counts[i], json_object_get(json_object_get(evaluation, "counts"), counts[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(rates); i++)
        json_object_set(row, rates[i], json_object_get(json_object_get(evaluation, "rates"), rates[i]));
    for (size_t i = 0; i < model_count(evaluation, "claims"); i++) {
        const json_t *claim = model_member(evaluation, "claims", i);
        json_array_append_new(verdicts, json_pack("{s:O,s:O}", "claim", json_object_get(claim, "id"),
                                                  "verdict", json_object_get(claim, "verdict")));
    }
    json_object_set_new(row, "verdicts", verdicts);
    return row;
}

static json_t *group_of(json_t *groups, const json_t *evaluation)
{
    const char *family = model_string(evaluation, "semantics.family");
    const char *condition = model_string(evaluation, "condition");
    for (size_t i = 0; i < json_array_size(groups); i++) {
        json_t *group = json_array_get(groups, i);
        if (g_strcmp0(model_string(group, "family"), family) == 0 &&
            g_strcmp0(model_string(group, "condition"), condition) == 0)
            return group;
    }
    json_t *group = json_pack("{s:s,s:s,s:O,s:[]}", "family", family, "condition", condition,
                              "condition_title", json_object_get(evaluation, "condition_title"), "rows");
    json_array_append_new(groups, group);
    return group;
}

/* ---- what depends on the words */

typedef struct {
    const json_t *low, *high; /* rows */
    double low_value, high_value;
} Range;

static Range range_of(const json_t *group, const char *path)
{
    Range range = {NULL, NULL, (double)NAN, (double)NAN};
    for (size_t i = 0; i < model_count(group, "rows"); i++) {
        const json_t *row = model_member(group, "rows", i);
        const double value = model_number(row, path);
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

static json_t *describe_range(const Range *range)
{
    if (range->low == NULL)
        return json_null();
    return json_pack("{s:o,s:O,s:o,s:O}", "low", results_number(range->low_value), "low_semantics",
                     json_object_get(range->low, "semantics"), "high", results_number(range->high_value),
                     "high_semantics", json_object_get(range->high, "semantics"));
}

/* Whether the verdict on the claim at `place` of each row's list is the same in all rows. */
static bool is_unanimous(const json_t *group, size_t place)
{
    const json_t *first = model_member(model_member(group, "rows", 0), "verdicts", place);
    for (size_t i = 1; i < model_count(group, "rows"); i++) {
        const json_t *other = model_member(model_member(group, "rows", i), "verdicts", place);
        if (!json_equal(first, other))
            return false;
    }
    return true;
}

static Phrase *say_verdicts(const json_t *group, size_t place)
{
    GPtrArray *verdicts = g_ptr_array_new();
    for (size_t i = 0; i < model_count(group, "rows"); i++) {
        const json_t *row = model_member(group, "rows", i);
        const char *verdict = model_string(model_member(row, "verdicts", place), "verdict");
        g_autofree char *key = g_strconcat("verdict.", verdict, NULL);
        Phrase *one = phrase_word(phrase_new("wording.verdict"), "verdict", key);
        g_ptr_array_add(verdicts, phrase_own(one, "wording", model_string(row, "semantics")));
    }
    const json_t *first = model_member(model_member(group, "rows", 0), "verdicts", place);
    Phrase *phrase = phrase_own(phrase_new("wording.verdicts"), "claim", model_string(first, "claim"));
    return phrase_names(phrase, "verdicts", verdicts, 0);
}

/* With which words the least and the most comes. */
static Phrase *name_ends(Phrase *phrase, const Range *range)
{
    phrase_own(phrase, "low_wording", model_string(range->low, "semantics"));
    return phrase_own(phrase, "high_wording", model_string(range->high, "semantics"));
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
    const json_int_t events = hits->low != NULL ? model_integer(hits->low, "events", 0) : 0;
    if (events == 0)
        return NULL;
    const int64_t low = (int64_t)hits->low_value, high = (int64_t)hits->high_value;
    if (low == high)
        return phrase_integer(phrase_integer(phrase_new("wording.same_hits"), "n", events), "found", low);
    Phrase *phrase = phrase_integer(phrase_new("wording.hits"), "n", events);
    return name_ends(phrase_integer(phrase_integer(phrase, "low", low), "high", high), hits);
}

static Phrase *say_dependence(const json_t *group, const Range *rate, const Range *hits,
                              const json_t *changing)
{
    const size_t claims = model_count(model_member(group, "rows", 0), "verdicts");
    Phrase *text = phrase_then(say_rates(rate), say_hits(hits));
    for (size_t i = 0; i < claims; i++) {
        if (!is_unanimous(group, i))
            phrase_then(text, say_verdicts(group, i));
    }
    if (claims > 0 && json_array_size(changing) == 0)
        phrase_then(text, phrase_new("wording.no_verdict"));
    return text;
}

static json_t *describe_dependence(const json_t *group)
{
    const Range rate = range_of(group, "false_alerts_per_camera_hour.value"), hits = range_of(group, "hits");
    json_t *changing = json_array();
    const json_t *first = model_member(group, "rows", 0);
    for (size_t i = 0; i < model_count(first, "verdicts"); i++) {
        if (!is_unanimous(group, i))
            json_array_append(changing, json_object_get(model_member(first, "verdicts", i), "claim"));
    }
    g_autoptr(Phrase) sentence = say_dependence(group, &rate, &hits, changing);
    return json_pack("{s:o,s:o,s:o,s:o}", "false_alerts_per_camera_hour", describe_range(&rate), "hits",
                     describe_range(&hits), "changing_verdicts", changing, "sentence", phrase_json(sentence));
}

void results_add_wordings(json_t *scenarios)
{
    for (size_t i = 0; i < json_array_size(scenarios); i++) {
        json_t *scenario = json_array_get(scenarios, i), *groups = json_array();
        for (size_t j = 0; j < model_count(scenario, "evaluations"); j++) {
            const json_t *evaluation = model_member(scenario, "evaluations", j);
            if (model_string(evaluation, "semantics.family") != NULL)
                json_array_append_new(json_object_get(group_of(groups, evaluation), "rows"),
                                      describe_row(evaluation));
        }
        for (size_t j = 0; j < json_array_size(groups); j++) {
            json_t *group = json_array_get(groups, j);
            json_object_set_new(group, "dependence", describe_dependence(group));
        }
        if (json_array_size(groups) > 0)
            json_object_set(scenario, "wordings", groups);
        json_decref(groups);
    }
}
