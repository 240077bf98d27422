/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_wordings.h"

#include "behaviours/semantics.h"
#include "language/words.h"
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
    json_t *norm = json_pack(
        "{s:o,s:o,s:o,s:o}", "definition", results_text(rule->definition.en, rule->definition.fr), "onset",
        results_text(rule->onset.en, rule->onset.fr), "end", results_text(rule->end.en, rule->end.fr),
        "alarm", results_text(rule->alarm.en, rule->alarm.fr));
    return json_pack(
        "{s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "id", id, "product",
        results_string(semantics != NULL ? semantics->product : NULL), "term",
        results_string(semantics != NULL ? semantics->term : NULL), "source",
        results_string(semantics != NULL ? semantics->source : NULL), "differs",
        semantics != NULL ? results_text(semantics->differs.en, semantics->differs.fr) : json_null(), "norm",
        norm, "family", results_string(system->family), "passed_over", results_strings(system->passed_over));
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

static const char *verdict_word(Language language, const char *verdict)
{
    static const struct {
        const char *id, *words[2];
    } verdicts[] = {
        {"supported", {"supported", "étayée"}},
        {"refuted", {"refuted", "réfutée"}},
        {"not_established", {"not established", "non établie"}},
        {"not_testable", {"not testable as worded", "non testable telle que formulée"}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(verdicts); i++) {
        if (g_strcmp0(verdicts[i].id, verdict) == 0)
            return verdicts[i].words[language];
    }
    return verdict;
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

static void say_verdicts(GString *text, Language language, const json_t *group, size_t place)
{
    const json_t *first = model_member(model_member(group, "rows", 0), "verdicts", place);
    g_string_append_printf(text,
                           language == LANGUAGE_EN ? " The verdict on “%s” depends on it: "
                                                   : " Le verdict sur « %s » en dépend : ",
                           model_string(first, "claim"));
    for (size_t i = 0; i < model_count(group, "rows"); i++) {
        const json_t *row = model_member(group, "rows", i);
        const char *verdict = model_string(model_member(row, "verdicts", place), "verdict");
        g_string_append_printf(text, language == LANGUAGE_EN ? "%s%s with %s" : "%s%s avec %s",
                               i > 0 ? ", " : "", verdict_word(language, verdict),
                               model_string(row, "semantics"));
    }
    g_string_append_c(text, '.');
}

static void say_rates(GString *text, Language language, const Range *rate)
{
    const bool english = language == LANGUAGE_EN;
    if (rate->low == NULL) {
        g_string_append(text, english ? "No camera time was scored, so no rate can be compared."
                                      : "Aucune durée n’a été évaluée : aucun taux ne peut être comparé.");
        return;
    }
    g_autofree char *low = words_number(language, rate->low_value, 3);
    g_autofree char *high = words_number(language, rate->high_value, 3);
    if (strcmp(low, high) == 0)
        g_string_append_printf(
            text,
            english
                ? "On the same footage and the same measurements, the wording changes nothing in the false "
                  "alerts: %s per camera-hour in each."
                : "Sur les mêmes images et les mêmes mesures, le choix des mots ne change rien aux fausses "
                  "alertes : %s par heure-caméra dans chaque cas.",
            low);
    else
        g_string_append_printf(
            text,
            english
                ? "On the same footage and the same measurements, the wording alone moves the false alerts "
                  "from %s (%s) to %s (%s) per camera-hour."
                : "Sur les mêmes images et les mêmes mesures, le choix des mots fait à lui seul passer les "
                  "fausses alertes de %s (%s) à %s (%s) par heure-caméra.",
            low, model_string(rate->low, "semantics"), high, model_string(rate->high, "semantics"));
}

static void say_hits(GString *text, Language language, const Range *hits)
{
    const bool english = language == LANGUAGE_EN;
    const json_int_t events = hits->low != NULL ? model_integer(hits->low, "events", 0) : 0;
    if (events == 0)
        return;
    g_autofree char *all =
        words_count(language, events, english ? "event" : "événement", english ? "events" : "événements");
    g_autofree char *low = words_integer(language, (int64_t)hits->low_value);
    g_autofree char *high = words_integer(language, (int64_t)hits->high_value);
    if (strcmp(low, high) == 0)
        g_string_append_printf(text, english ? " Each finds %s of %s." : " Chacun trouve %s sur %s.", low,
                               all);
    else
        g_string_append_printf(text,
                               english ? " Of %s, %s (%s) to %s (%s) are found."
                                       : " Sur %s, de %s (%s) à %s (%s) sont détectés.",
                               all, low, model_string(hits->low, "semantics"), high,
                               model_string(hits->high, "semantics"));
}

static char *say_dependence(const json_t *group, Language language, const Range *rate, const Range *hits,
                            const json_t *changing)
{
    GString *text = g_string_new(NULL);
    const size_t claims = model_count(model_member(group, "rows", 0), "verdicts");
    say_rates(text, language, rate);
    say_hits(text, language, hits);
    for (size_t i = 0; i < claims; i++) {
        if (!is_unanimous(group, i))
            say_verdicts(text, language, group, i);
    }
    if (claims > 0 && json_array_size(changing) == 0)
        g_string_append(text, language == LANGUAGE_EN ? " No verdict depends on it."
                                                      : " Aucun verdict n’en dépend.");
    char *whole = g_string_free(text, FALSE);
    return language == LANGUAGE_FR ? words_french_spaces(whole) : whole;
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
    g_autofree char *en = say_dependence(group, LANGUAGE_EN, &rate, &hits, changing);
    g_autofree char *fr = say_dependence(group, LANGUAGE_FR, &rate, &hits, changing);
    return json_pack("{s:o,s:o,s:o,s:o}", "false_alerts_per_camera_hour", describe_range(&rate), "hits",
                     describe_range(&hits), "changing_verdicts", changing, "sentence", results_text(en, fr));
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
