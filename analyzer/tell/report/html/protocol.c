/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of matching. */
#include "report/html/sections.h"

#include <string.h>

char *html_parameter_text(const Page *page, const json_t *value)
{
    if (json_is_number(value))
        return texts_significant(page->texts, json_number_value(value), 6);
    if (json_is_boolean(value))
        return g_strdup(texts_get(page->texts, json_is_true(value) ? "yes" : "no"));
    const char *text = json_string_value(value);
    if (text == NULL)
        return g_strdup("—");
    if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
        return g_strdup(texts_get(page->texts, *text == 't' ? "yes" : "no"));
    char *end = NULL;
    double number = g_ascii_strtod(text, &end);
    return *text != '\0' && *end == '\0' ? texts_significant(page->texts, number, 6)
                                         : g_strdup(texts_word(page->texts, "option_value", text));
}

static void write_parameters(Page *page, const char *caption, const json_t *parameters)
{
    if (json_object_size(parameters) == 0)
        return;
    page_table_open(page, caption, "pairs");
    page_open(page, "tbody", NULL);
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)parameters, key, value)
    {
        g_autofree char *text = html_parameter_text(page, value);
        page_pair(page, texts_word(page->texts, "parameter", key), text);
    }
    page_table_close(page);
}

/* A scenario may alter the frozen parameters; the reader must see it. */
static void write_altered(Page *page, const ResultsScenario *scenario)
{
    if (!results_true(scenario->protocol.altered))
        return;
    g_autofree char *title = page_title(page, scenario->title, NULL, scenario->id);
    g_autofree char *caption = texts_format(page->texts, "protocol.altered", "title", title, NULL);
    write_parameters(page, caption, scenario->protocol.parameters);
}

/* Whether a scenario before the i-th is judged by the same protocol. */
static bool is_told(const Results *results, size_t i)
{
    const char *id = results->scenarios.at[i].protocol.id;
    bool told = id == NULL || g_strcmp0(id, results->protocol.id) == 0;
    for (size_t j = 0; j < i; j++)
        told = told || g_strcmp0(id, results->scenarios.at[j].protocol.id) == 0;
    return told;
}

static void write_rules(Page *page, const ResultsProtocol *protocol)
{
    g_autofree char *name = texts_format(page->texts, "protocol.name", "id", protocol->id, NULL);
    page_element(page, "p", name, NULL);
    page_open(page, "p", NULL);
    page_localized(page, protocol->definition);
    page_close(page);
    write_parameters(page, texts_get(page->texts, "protocol.caption"), protocol->parameters);
}

void html_write_protocol(Page *page)
{
    html_section_open(page, "protocol");
    write_rules(page, &page->results->protocol);
    for (size_t i = 0; i < page->results->scenarios.count; i++)
        if (!is_told(page->results, i))
            write_rules(page, &page->results->scenarios.at[i].protocol);
    for (size_t i = 0; i < page->results->scenarios.count; i++)
        write_altered(page, &page->results->scenarios.at[i]);
    page_say(page, "p", "protocol.statistics", NULL);
    html_section_close(page);
}
