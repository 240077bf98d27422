/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The definitions. */
#include "report/html/sections.h"

#include <math.h>
#include <string.h>

static void localized_pair(Page *page, const char *key, const json_t *text)
{
    page_open(page, "tr", NULL);
    page_element(page, "th", texts_get(page->texts, key), "scope", "row", NULL);
    page_open(page, "td", NULL);
    if (texts_pick(page->texts, text, NULL) != NULL)
        page_localized(page, text);
    else
        page_say(page, "span", "not_stated", "minor");
    page_close_many(page, 2);
}

/* The settings that judged the scenario: those of its first system that has any. */
static const json_t *settings_of(const ResultsScenario *scenario)
{
    for (size_t i = 0; i < scenario->evaluations.count; i++) {
        const json_t *settings = scenario->evaluations.at[i].parameters;
        if (json_object_size(settings) > 0)
            return settings;
    }
    return NULL;
}

typedef struct {
    const Page *page;
    const json_t *settings;
} Naming;

/* "on_delay" in quotes becomes "time before the alarm = 5 s". */
static gboolean name_setting(const GMatchInfo *match, GString *out, gpointer user)
{
    const Naming *naming = user;
    g_autofree char *before = g_match_info_fetch(match, 1), *id = g_match_info_fetch(match, 2),
                    *after = g_match_info_fetch(match, 3);
    const char *words = texts_find_word(naming->page->texts, "option", id);
    const json_t *value = json_object_get(naming->settings, id);
    g_string_append(out, before);
    if (words == NULL || value == NULL) {
        g_string_append(out, id);
    } else {
        const char *unit = g_strrstr(words, " (");
        g_autofree char *name = g_strndup(words, unit != NULL ? (gsize)(unit - words) : strlen(words));
        g_autofree char *text = html_parameter_text(naming->page, value);
        g_string_append_unichar(out, g_unichar_tolower(g_utf8_get_char(name)));
        g_string_append_printf(out, "%s = %s%s", g_utf8_next_char(name), text,
                               g_strcmp0(unit, " (s)") == 0 ? "\u00a0s" : "");
    }
    g_string_append(out, after);
    return FALSE;
}

/* A behaviour's rule names its settings by their ids; readers get words and values. */
static json_t *in_plain_words(const Page *page, const ResultsScenario *scenario, const json_t *text)
{
    if (!json_is_object(text))
        return json_incref((json_t *)text);
    g_autoptr(GRegex) quoted =
        g_regex_new("(“|«\\h?)([a-z][a-z0-9]*(?:_[a-z0-9]+)*)(\\h?»|”)", G_REGEX_OPTIMIZE, 0, NULL);
    Naming naming = {page, settings_of(scenario)};
    json_t *plain = json_object();
    const char *language;
    json_t *words;
    json_object_foreach((json_t *)text, language, words)
    {
        g_autofree char *named = json_is_string(words)
                                     ? g_regex_replace_eval(quoted, json_string_value(words), -1, 0, 0,
                                                            name_setting, &naming, NULL)
                                     : NULL;
        json_object_set_new(plain, language, named != NULL ? json_string(named) : json_incref(words));
    }
    return plain;
}

static void rule_pair(Page *page, const char *key, const ResultsScenario *scenario, const json_t *text)
{
    json_t *plain = in_plain_words(page, scenario, text);
    localized_pair(page, key, plain);
    json_decref(plain);
}

/* Whether the list was law for the trial at all: a remark behind what is said of it. */
static char *with_list_times(const Page *page, char *text)
{
    static const char *const keys[LAW_BEARING_COUNT] = {
        [LAW_BINDS_IN_PART] = "legal.in_part", [LAW_MAY_BIND] = "legal.may_bind",
        [LAW_NOT_YET] = "legal.not_then",      [LAW_NO_LONGER] = "legal.not_then",
        [LAW_ELSEWHERE] = "legal.elsewhere",   [LAW_OTHERS] = "legal.others"};
    const ResultsLegalPlace *place = &page->catalogue->legal_list.place;
    const char *key = place->binding != NULL ? keys[html_law_bearing(page, place)] : NULL;
    if (key == NULL)
        return text;
    g_autofree char *owned = text;
    g_autofree char *times = html_law_times(page, place);
    return texts_format(page->texts, key, "text", owned, "times", times, NULL);
}

static char *legal_text(const Page *page, const ResultsScenario *scenario)
{
    int64_t number = scenario->decree_2023_828;
    if (number < 0)
        return g_strdup(texts_get(page->texts, "legal.not_stated"));
    if (number == 0)
        return with_list_times(page, g_strdup(texts_get(page->texts, "legal.outside")));
    const ResultsLegalList *list = &page->catalogue->legal_list;
    const char *words = (size_t)number <= list->events.count
                            ? texts_pick(page->texts, list->events.at[number - 1].title, NULL)
                            : NULL;
    g_autofree char *n = texts_integer(page->texts, number);
    return with_list_times(page, texts_format(page->texts, "legal.inside", "number", n, "event",
                                              words != NULL ? words : "—", NULL));
}

static void write_scenario(Page *page, const ResultsScenario *scenario)
{
    g_autofree char *title = page_title(page, scenario->title, NULL, scenario->id);
    page_element(page, "h3", title, NULL);
    g_autofree char *caption = texts_format(page->texts, "scenario.caption", "title", title, NULL);
    page_table_open(page, caption, "pairs");
    page_open(page, "tbody", NULL);
    g_autofree char *behaviour =
        page_title(page, scenario->behaviour_title, "behaviour", scenario->behaviour);
    page_pair(page, texts_get(page->texts, "scenario.behaviour"), behaviour);
    /* The scenario's own words, else the behaviour's norm. */
    const ResultsNorm *norm = &scenario->norm;
    rule_pair(page, "scenario.definition", scenario,
              scenario->definition != NULL ? scenario->definition : norm->definition);
    rule_pair(page, "scenario.onset", scenario,
              scenario->onset_rule != NULL ? scenario->onset_rule : norm->onset);
    rule_pair(page, "scenario.end", scenario, scenario->end_rule != NULL ? scenario->end_rule : norm->end);
    if (scenario->norm.alarm != NULL)
        rule_pair(page, "scenario.alarm", scenario, scenario->norm.alarm);
    page_open(page, "tr", NULL);
    page_element(page, "th", texts_get(page->texts, "scenario.hard_negatives"), "scope", "row", NULL);
    page_open(page, "td", NULL);
    for (size_t i = 0; i < scenario->hard_negatives.count; i++) {
        page_text(page, i > 0 ? ", " : "");
        page_text(page, texts_word(page->texts, "negative", scenario->hard_negatives.at[i]));
    }
    if (scenario->hard_negatives.count == 0)
        page_say(page, "span", "not_stated", "minor");
    page_close_many(page, 2);
    g_autofree char *legal = legal_text(page, scenario);
    const char *list = texts_pick(page->texts, page->catalogue->legal_list.title, NULL);
    page_pair(page, list != NULL ? list : texts_get(page->texts, "scenario.legal"), legal);
    const ResultsPrevalence *prevalence = &scenario->prevalence;
    if (isnan(prevalence->value)) {
        page_pair(page, texts_get(page->texts, "scenario.prevalence"), texts_get(page->texts, "not_stated"));
    } else {
        g_autofree char *value = texts_significant(page->texts, prevalence->value, 3);
        const char *source = texts_pick(page->texts, prevalence->source, NULL);
        g_autofree char *text =
            texts_format(page->texts, "scenario.prevalence_value", "value", value, "source",
                         source != NULL ? source : texts_get(page->texts, "not_stated"), NULL);
        page_pair(page, texts_get(page->texts, "scenario.prevalence"), text);
    }
    page_table_close(page);
}

void html_write_scenarios(Page *page)
{
    html_section_open(page, "scenarios");
    page_say(page, "p", "scenarios.intro", NULL);
    for (size_t i = 0; i < page->results->scenarios.count; i++)
        write_scenario(page, &page->results->scenarios.at[i]);
    html_section_close(page);
}
