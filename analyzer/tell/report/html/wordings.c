/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One rule in the words of several products, side by side on the same footage. */
#include "report/html/sections.h"

/* The evaluation that a row of the table is about; NULL never happens in a document of ours. */
static const ResultsEvaluation *evaluation_of(const ResultsScenario *scenario, const ResultsWordings *group,
                                              const ResultsWordingRow *row)
{
    return results_find_evaluation(scenario, row->system, group->condition);
}

static void write_name(Page *page, const ResultsSemantics *semantics)
{
    const char *product = semantics->product, *term = semantics->term;
    page_open(page, "th", "scope", "row", NULL);
    page_text(page, product != NULL ? product : texts_get(page->texts, "wordings.own"));
    page_void(page, "br", NULL);
    g_autofree char *minor =
        term != NULL ? g_strdup_printf("%s · %s", semantics->id, term) : g_strdup(semantics->id);
    page_element(page, "span", minor, "class", "minor", NULL);
    page_close(page);
}

static void write_differences(Page *page, const ResultsSemantics *semantics)
{
    page_cell_open(page, "column.words_that_differ", "");
    if (semantics->differs != NULL)
        page_localized(page, semantics->differs);
    else
        page_text(page, texts_get(page->texts, "wordings.base"));
    const size_t count = semantics->passed_over.count;
    if (count > 0) {
        g_autoptr(GString) names = g_string_new(NULL);
        for (size_t i = 0; i < count; i++)
            g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", semantics->passed_over.at[i]);
        g_autofree char *text = texts_format(page->texts, "wordings.passed_over", "names", names->str, NULL);
        page_void(page, "br", NULL);
        page_element(page, "span", text, "class", "minor", NULL);
    }
    page_close(page);
}

static void write_verdicts(Page *page, const ResultsWordingRow *row)
{
    page_cell_open(page, "column.verdict", "");
    const size_t count = row->verdicts.count;
    for (size_t i = 0; i < count; i++) {
        const ResultsWordingVerdict *verdict = &row->verdicts.at[i];
        g_autofree char *claim = g_strconcat(verdict->claim, " ", NULL);
        if (i > 0)
            page_void(page, "br", NULL);
        page_text(page, claim);
        html_verdict(page, verdict->verdict);
    }
    page_close(page);
}

static void write_row(Page *page, const ResultsWordingRow *row, const ResultsEvaluation *evaluation,
                      bool judged)
{
    page_open(page, "tr", NULL);
    write_name(page, &evaluation->semantics);
    write_differences(page, &evaluation->semantics);
    html_integer_cell(page, "column.events", row->events);
    html_integer_cell(page, "column.hits", row->hits);
    html_integer_cell(page, "column.alerts", row->alerts);
    html_integer_cell(page, "column.false", row->false_strict);
    html_rate_cell(page, "column.false_rate", &row->false_alerts_per_camera_hour);
    html_rate_cell(page, "column.p_miss", &row->p_miss);
    if (judged)
        write_verdicts(page, row);
    page_close(page);
}

static void write_norm(Page *page, const ResultsSemantics *semantics)
{
    const struct {
        const char *key;
        const json_t *text;
    } parts[] = {{"wordings.definition", semantics->norm.definition},
                 {"wordings.onset", semantics->norm.onset},
                 {"wordings.end", semantics->norm.end},
                 {"wordings.alarm", semantics->norm.alarm}};
    const char *source = semantics->source;
    const char *product = semantics->product;
    page_open(page, "details", NULL);
    page_element(page, "summary", product != NULL ? product : texts_get(page->texts, "wordings.own"), NULL);
    page_open(page, "dl", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        page_element(page, "dt", texts_get(page->texts, parts[i].key), NULL);
        page_open(page, "dd", NULL);
        page_localized(page, parts[i].text);
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

static void write_group(Page *page, const ResultsScenario *scenario, const ResultsWordings *group)
{
    static const char *const columns[] = {
        "column.wording", "column.words_that_differ", "column.events", "column.hits",    "column.alerts",
        "column.false",   "column.false_rate",        "column.p_miss", "column.verdict", NULL};
    static const char *const unjudged[] = {
        "column.wording", "column.words_that_differ", "column.events", "column.hits", "column.alerts",
        "column.false",   "column.false_rate",        "column.p_miss", NULL};
    const bool judged = group->rows.count > 0 && group->rows.at[0].verdicts.count > 0;
    g_autofree char *title = page_title(page, scenario->title, NULL, scenario->id);
    g_autofree char *condition = page_title(page, group->condition_title, "condition", group->condition);
    g_autofree char *caption =
        texts_format(page->texts, "wordings.caption", "scenario", title, "condition", condition, NULL);
    g_autofree char *heading = g_strdup_printf("%s · %s", title, condition);
    page_element(page, "h4", heading, NULL);
    page_open(page, "p", NULL);
    page_open(page, "strong", NULL);
    page_localized(page, group->dependence.sentence);
    page_close_many(page, 2);
    page_table_open(page, caption, "cards wide");
    page_table_head(page, judged ? columns : unjudged);
    for (size_t i = 0; i < group->rows.count; i++) {
        const ResultsWordingRow *row = &group->rows.at[i];
        const ResultsEvaluation *evaluation = evaluation_of(scenario, group, row);
        if (evaluation != NULL)
            write_row(page, row, evaluation, judged);
    }
    page_table_close(page);
}

/* The norms once a scenario: they are the same under all conditions. */
static void write_norms(Page *page, const ResultsScenario *scenario)
{
    if (scenario->wordings.count > 0)
        page_say(page, "p", "wordings.norms", NULL);
    for (size_t i = 0; i < scenario->wordings.count; i++) {
        const ResultsWordings *group = &scenario->wordings.at[i];
        if (g_strcmp0(group->condition, scenario->wordings.at[0].condition) != 0)
            continue;
        for (size_t j = 0; j < group->rows.count; j++) {
            const ResultsEvaluation *evaluation = evaluation_of(scenario, group, &group->rows.at[j]);
            if (evaluation != NULL)
                write_norm(page, &evaluation->semantics);
        }
    }
}

void html_write_wordings(Page *page)
{
    bool any = false;
    for (size_t i = 0; i < page->results->scenarios.count; i++) {
        const ResultsScenario *scenario = &page->results->scenarios.at[i];
        const size_t groups = scenario->wordings.count;
        if (groups > 0 && !any) {
            html_heading(page, "h3", "wordings.heading");
            page_say(page, "p", "wordings.intro", NULL);
        }
        any = any || groups > 0;
        for (size_t j = 0; j < groups; j++)
            write_group(page, scenario, &scenario->wordings.at[j]);
        write_norms(page, scenario);
    }
}
