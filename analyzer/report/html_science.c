/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Further analysis: what the field's other protocols say. Only what results.json holds is shown. */
#include "report/html_sections.h"

#include <math.h>

typedef bool (*Presence)(const json_t *evaluation);
typedef struct {
    Presence has;
    bool found;
} Search;

static void look(const json_t *scenario, const json_t *evaluation, void *user)
{
    (void)scenario;
    Search *search = user;
    search->found = search->found || search->has(evaluation);
}

static bool any_evaluation(const Page *page, Presence has)
{
    Search search = {has, false};
    model_visit_evaluations(page->results, look, &search);
    return search.found;
}

static void count_cell(Page *page, const char *label, const json_t *object, const char *path)
{
    const int64_t value = model_integer(object, path, -1);
    g_autofree char *text = value < 0 ? g_strdup("—") : texts_integer(page->texts, value);
    page_cell(page, label, "num", text);
}

/* ---- protocols side by side */

static bool has_protocols(const json_t *evaluation)
{
    return model_count(evaluation, "protocols") > 0;
}

static void figures_cell(Page *page, const json_t *row)
{
    page_cell_open(page, "column.figures", "num");
    const char *name;
    json_t *value;
    bool any = false;
    json_object_foreach((json_t *)model_get(row, "figures"), name, value)
    {
        g_autofree char *number =
            texts_significant(page->texts, json_is_number(value) ? json_number_value(value) : (double)NAN, 3);
        g_autofree char *line = texts_format(page->texts, "results.counter", "name",
                                             texts_word(page->texts, "figure", name), "value", number, NULL);
        if (any)
            page_void(page, "br", NULL);
        page_text(page, line);
        any = true;
    }
    if (!any)
        page_text(page, "—");
    page_close(page);
}

static void parameters_line(Page *page, const json_t *row)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)model_get(row, "parameters"), name, value)
    {
        if (json_is_string(value))
            g_string_append_printf(text, "%s%s = %s", text->len > 0 ? ", " : "", name,
                                   json_string_value(value));
    }
    if (text->len == 0)
        return;
    page_void(page, "br", NULL);
    page_element(page, "span", text->str, "class", "minor", NULL);
}

static void protocol_rows(const json_t *scenario, const json_t *evaluation, void *user)
{
    Page *page = user;
    if (!has_protocols(evaluation))
        return;
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    const char *id = model_string(scenario, "protocol.id");
    page_cell(page, "column.protocol", "", id != NULL ? id : "eval-1");
    count_cell(page, "column.hits", evaluation, "counts.hits");
    count_cell(page, "column.misses", evaluation, "counts.misses");
    count_cell(page, "column.false", evaluation, "counts.false_strict");
    page_cell(page, "column.figures", "num", "—");
    page_cell(page, "column.difference", "", texts_get(page->texts, "protocols.main"));
    page_close(page);
    for (size_t i = 0; i < model_count(evaluation, "protocols"); i++) {
        const json_t *row = model_member(evaluation, "protocols", i);
        page_open(page, "tr", NULL);
        html_evaluation_cell(page, scenario, evaluation);
        page_cell_open(page, "column.protocol", "");
        page_text(page, model_string(row, "id"));
        parameters_line(page, row);
        if (g_strcmp0(model_string(row, "unit"), "segment") == 0) {
            page_void(page, "br", NULL);
            page_element(page, "span", texts_get(page->texts, "protocols.segments"), "class", "minor", NULL);
        }
        page_close(page);
        count_cell(page, "column.hits", row, "detections");
        count_cell(page, "column.misses", row, "misses");
        count_cell(page, "column.false", row, "false_alarms");
        figures_cell(page, row);
        page_cell_open(page, "column.difference", "");
        page_localized(page, model_get(row, "sentence"));
        page_close_many(page, 2);
    }
}

static void write_protocols(Page *page)
{
    static const char *const columns[] = {
        "column.evaluation", "column.protocol", "column.hits",       "column.misses",
        "column.false",      "column.figures",  "column.difference", NULL};
    html_heading(page, "h3", "protocols.heading");
    if (!any_evaluation(page, has_protocols)) {
        page_say(page, "p", "protocols.none", NULL);
        return;
    }
    page_say(page, "p", "protocols.intro", NULL);
    page_table_open(page, texts_get(page->texts, "protocols.caption"), "cards wide");
    page_table_head(page, columns);
    model_visit_evaluations(page->results, protocol_rows, page);
    page_table_close(page);
}

void html_write_analysis(Page *page)
{
    html_section_open(page, "analysis");
    page_say(page, "p", "analysis.intro", NULL);
    write_protocols(page);
    html_section_close(page);
}
