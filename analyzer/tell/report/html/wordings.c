/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Within section 13: one rule in the words of several products, side by side on the same footage. */
#include "report/html/sections.h"

/* The evaluation that a row of the table is about; NULL never happens in a document of ours. */
static const json_t *evaluation_of(const json_t *scenario, const json_t *group, const json_t *row)
{
    for (size_t i = 0; i < model_count(scenario, "evaluations"); i++) {
        const json_t *evaluation = model_member(scenario, "evaluations", i);
        if (g_strcmp0(model_string(evaluation, "system"), model_string(row, "system")) == 0 &&
            g_strcmp0(model_string(evaluation, "condition"), model_string(group, "condition")) == 0)
            return evaluation;
    }
    return NULL;
}

static void write_name(Page *page, const json_t *semantics)
{
    const char *product = model_string(semantics, "product"), *term = model_string(semantics, "term");
    page_open(page, "th", "scope", "row", NULL);
    page_text(page, product != NULL ? product : texts_get(page->texts, "wordings.own"));
    page_void(page, "br", NULL);
    g_autofree char *minor = term != NULL ? g_strdup_printf("%s · %s", model_string(semantics, "id"), term)
                                          : g_strdup(model_string(semantics, "id"));
    page_element(page, "span", minor, "class", "minor", NULL);
    page_close(page);
}

static void write_differences(Page *page, const json_t *semantics)
{
    page_cell_open(page, "column.words_that_differ", "");
    if (model_get(semantics, "differs") != NULL)
        page_localized(page, model_get(semantics, "differs"));
    else
        page_text(page, texts_get(page->texts, "wordings.base"));
    const size_t count = model_count(semantics, "passed_over");
    if (count > 0) {
        g_autoptr(GString) names = g_string_new(NULL);
        for (size_t i = 0; i < count; i++)
            g_string_append_printf(names, "%s%s", i > 0 ? ", " : "",
                                   json_string_value(model_member(semantics, "passed_over", i)));
        g_autofree char *text = texts_format(page->texts, "wordings.passed_over", "names", names->str, NULL);
        page_void(page, "br", NULL);
        page_element(page, "span", text, "class", "minor", NULL);
    }
    page_close(page);
}

static void write_verdicts(Page *page, const json_t *row)
{
    page_cell_open(page, "column.verdict", "");
    const size_t count = model_count(row, "verdicts");
    for (size_t i = 0; i < count; i++) {
        const json_t *verdict = model_member(row, "verdicts", i);
        g_autofree char *claim = g_strconcat(model_string(verdict, "claim"), " ", NULL);
        if (i > 0)
            page_void(page, "br", NULL);
        page_text(page, claim);
        html_verdict(page, model_string(verdict, "verdict"));
    }
    page_close(page);
}

static void count_cell(Page *page, const char *label, const json_t *row, const char *key)
{
    g_autofree char *text = texts_integer(page->texts, model_integer(row, key, 0));
    page_cell(page, label, "num", text);
}

static void write_row(Page *page, const json_t *row, const json_t *evaluation, bool judged)
{
    const json_t *semantics = model_get(evaluation, "semantics");
    page_open(page, "tr", NULL);
    write_name(page, semantics);
    write_differences(page, semantics);
    count_cell(page, "column.events", row, "events");
    count_cell(page, "column.hits", row, "hits");
    count_cell(page, "column.alerts", row, "alerts");
    count_cell(page, "column.false", row, "false_strict");
    html_rate_cell(page, "column.false_rate", model_get(row, "false_alerts_per_camera_hour"));
    html_rate_cell(page, "column.p_miss", model_get(row, "p_miss"));
    if (judged)
        write_verdicts(page, row);
    page_close(page);
}

static void write_norm(Page *page, const json_t *semantics)
{
    static const char *const parts[] = {"definition", "onset", "end", "alarm"};
    const char *source = model_string(semantics, "source");
    const char *product = model_string(semantics, "product");
    page_open(page, "details", NULL);
    page_element(page, "summary", product != NULL ? product : texts_get(page->texts, "wordings.own"), NULL);
    page_open(page, "dl", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *key = g_strconcat("wordings.", parts[i], NULL);
        page_element(page, "dt", texts_get(page->texts, key), NULL);
        page_open(page, "dd", NULL);
        page_localized(page, model_get(model_get(semantics, "norm"), parts[i]));
        page_close(page);
    }
    if (source != NULL) {
        page_element(page, "dt", texts_get(page->texts, "wordings.source"), NULL);
        page_open(page, "dd", NULL);
        page_element(page, "a", source, "href", source, NULL);
        page_close(page);
    }
    page_close_many(page, 2);
}

static void write_group(Page *page, const json_t *scenario, const json_t *group)
{
    static const char *const columns[] = {
        "column.wording", "column.words_that_differ", "column.events", "column.hits",    "column.alerts",
        "column.false",   "column.false_rate",        "column.p_miss", "column.verdict", NULL};
    static const char *const unjudged[] = {
        "column.wording", "column.words_that_differ", "column.events", "column.hits", "column.alerts",
        "column.false",   "column.false_rate",        "column.p_miss", NULL};
    const bool judged = model_count(model_member(group, "rows", 0), "verdicts") > 0;
    g_autofree char *title = page_title(page, scenario, "title", "id");
    g_autofree char *condition = page_title(page, group, "condition_title", "condition");
    g_autofree char *caption =
        texts_format(page->texts, "wordings.caption", "scenario", title, "condition", condition, NULL);
    g_autofree char *heading = g_strdup_printf("%s · %s", title, condition);
    page_element(page, "h4", heading, NULL);
    page_open(page, "p", NULL);
    page_open(page, "strong", NULL);
    page_localized(page, model_get(group, "dependence.sentence"));
    page_close_many(page, 2);
    page_table_open(page, caption, "cards wide");
    page_table_head(page, judged ? columns : unjudged);
    for (size_t i = 0; i < model_count(group, "rows"); i++) {
        const json_t *row = model_member(group, "rows", i);
        write_row(page, row, evaluation_of(scenario, group, row), judged);
    }
    page_table_close(page);
}

/* The norms once a scenario: they are the same under all conditions. */
static void write_norms(Page *page, const json_t *scenario)
{
    if (model_count(scenario, "wordings") > 0)
        page_say(page, "p", "wordings.norms", NULL);
    for (size_t i = 0; i < model_count(scenario, "wordings"); i++) {
        const json_t *group = model_member(scenario, "wordings", i);
        if (g_strcmp0(model_string(group, "condition"),
                      model_string(model_member(scenario, "wordings", 0), "condition")) != 0)
            continue;
        for (size_t j = 0; j < model_count(group, "rows"); j++)
            write_norm(
                page, model_get(evaluation_of(scenario, group, model_member(group, "rows", j)), "semantics"));
    }
}

void html_write_wordings(Page *page)
{
    bool any = false;
    for (size_t i = 0; i < model_count(page->results, "scenarios"); i++) {
        const json_t *scenario = model_member(page->results, "scenarios", i);
        const size_t groups = model_count(scenario, "wordings");
        if (groups > 0 && !any) {
            html_heading(page, "h3", "wordings.heading");
            page_say(page, "p", "wordings.intro", NULL);
        }
        any = any || groups > 0;
        for (size_t j = 0; j < groups; j++)
            write_group(page, scenario, model_member(scenario, "wordings", j));
        write_norms(page, scenario);
    }
}
