/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several sections of the HTML report use. */
#include "report/html/sections.h"
#include "scoring/metrics.h"

#include <math.h>
#include <string.h>

void html_section_close(Page *page)
{
    page_close(page);
}

void html_heading(Page *page, const char *element, const char *key)
{
    page_say(page, element, key, NULL);
}

void html_evaluation_cell(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation)
{
    g_autofree char *title = page_title(page, scenario->title, NULL, scenario->id);
    g_autofree char *rest = page_system_and_condition(page, evaluation);
    page_cell_open(page, NULL, "head");
    page_text(page, title);
    page_void(page, "br", NULL);
    page_element(page, "span", rest, "class", "minor", NULL);
    page_close(page);
}

void html_quote(Page *page, const ResultsClaim *claim)
{
    if (!results_true(claim->paraphrase)) {
        page_element(page, "q", claim->text, "lang", claim->language, NULL);
        return;
    }
    g_autofree char *ours = page_claim_words(page, claim);
    page_text(page, ours);
}

void html_verdict(Page *page, const char *verdict)
{
    const char *sign = "–";
    if (g_strcmp0(verdict, "supported") == 0)
        sign = "✓";
    else if (g_strcmp0(verdict, "refuted") == 0)
        sign = "✗";
    else if (g_strcmp0(verdict, "not_established") == 0)
        sign = "?";
    g_autofree char *class = g_strconcat("verdict ", verdict, NULL);
    page_open(page, "strong", "class", class, NULL);
    page_element(page, "span", sign, "aria-hidden", "true", NULL);
    page_text(page, "\u00a0");
    page_text(page, texts_word(page->texts, "verdict", verdict));
    page_close(page);
}

char *html_reason(const Page *page, const char *reason)
{
    return g_strdup(reason != NULL ? texts_word(page->texts, "reason", reason)
                                   : texts_get(page->texts, "reason.unknown"));
}

void html_numbers_cell(Page *page, const char *label, const char *words, const json_t *numbers)
{
    page_cell_open(page, label, "num");
    const char *name;
    json_t *value;
    bool any = false;
    json_object_foreach((json_t *)numbers, name, value)
    {
        g_autofree char *number =
            json_is_integer(value)
                ? texts_integer(page->texts, json_integer_value(value))
                : texts_significant(page->texts,
                                    json_is_number(value) ? json_number_value(value) : (double)NAN, 3);
        g_autofree char *line = texts_format(page->texts, "results.counter", "name",
                                             texts_word(page->texts, words, name), "value", number, NULL);
        if (any)
            page_void(page, "br", NULL);
        page_text(page, line);
        any = true;
    }
    if (!any)
        page_text(page, "—");
    page_close(page);
}

void html_evaluations_table(Page *page, const char *caption, const char *classes, const char *const *columns,
                            ResultsVisitor rows)
{
    page_table_open(page, texts_get(page->texts, caption), classes);
    page_table_head(page, columns);
    results_visit_products_first(page->results, rows, page);
    page_table_close(page);
}

void html_rates_head(Page *page, const char *const *before, RateTable table, const char *const *after)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (; *before != NULL; before++)
        g_ptr_array_add(keys, (gpointer)*before);
    for (const RateRow *row = results_rates; row->name != NULL; row++)
        if (row->table == table)
            g_ptr_array_add(keys, (gpointer)row->column);
    for (; *after != NULL; after++)
        g_ptr_array_add(keys, (gpointer)*after);
    g_ptr_array_add(keys, NULL);
    page_table_head(page, (const char *const *)keys->pdata);
}

void html_rate_cells(Page *page, const ResultsRates *rates, RateTable table)
{
    for (const RateRow *row = results_rates; row->name != NULL; row++)
        if (row->table == table)
            html_rate_cell(page, row->column, rate_row_of(row, rates));
}

void html_rate(Page *page, const ResultsRate *rate)
{
    if (rate->json == NULL) {
        page_text(page, "—");
        return;
    }
    g_auto(NumberText) numbers = {NULL};
    figures_rate(page->texts, rate, &numbers);
    page_element(page, "span", numbers.value, "class", "value", NULL);
    if (numbers.interval != NULL) {
        page_text(page, " ");
        page_element(page, "span", numbers.interval, "class", "interval", NULL);
    }
    page_void(page, "br", NULL);
    html_clock_note(page, rate);
    if (isnan(rate->value)) {
        g_autofree char *reason = html_reason(page, rate->reason);
        page_element(page, "span", reason, "class", "minor", NULL);
    } else if (!isnan(results_double(rate->numerator))) { /* a comparison is no fraction of counts */
        g_autofree char *fraction = page_fraction(page, rate);
        page_element(page, "span", fraction, "class", "minor", NULL);
        if (g_strcmp0(rate->unit, "camera_hour") == 0 && rate->denominator < 1) {
            page_void(page, "br", NULL);
            page_say(page, "span", "results.short", "minor short");
        }
        if (g_strcmp0(rate->counted_by, "system") == 0) {
            page_void(page, "br", NULL);
            page_say(page, "span", "results.own_count", "minor short");
        }
    }
}

void html_rate_cell(Page *page, const char *label, const ResultsRate *rate)
{
    page_cell_open(page, label, "num");
    html_rate(page, rate);
    page_close(page);
}

char *html_reading(const Page *page, const ResultsClaim *claim)
{
    const ResultsReading *reading = &claim->reading;
    const char *metric = reading->metric;
    if (metric == NULL)
        return g_strdup(texts_get(page->texts, "claim.no_reading"));
    const bool time = metric_of(metric_find(metric))->kind == METRIC_IS_TIME;
    g_auto(NumberText) misses = {NULL};
    g_autofree char *limit = page_limit(page, reading);
    g_autofree char *alpha = texts_significant(page->texts, reading->alpha, 3);
    texts_interval(page->texts, reading->p_miss_limit, (double)NAN, (double)NAN, true, &misses);
    const char *system = reading->against, *condition = reading->against_condition;
    const char *key = time                ? "claim.reading_time"
                      : system != NULL    ? "claim.reading_against"
                      : condition != NULL ? "claim.reading_against_condition"
                                          : "claim.reading";
    return texts_format(page->texts, key, "metric", texts_word(page->texts, "metric", metric), "limit", limit,
                        "misses", misses.value, "alpha", alpha, "other", system != NULL ? system : condition,
                        NULL);
}

const char *html_yes_no(const Page *page, ResultsBool value)
{
    return !results_given(value) ? "—" : texts_get(page->texts, results_true(value) ? "yes" : "no");
}

void html_number_cell(Page *page, const char *label, double value)
{
    g_autofree char *number = texts_significant(page->texts, value, 3);
    page_cell(page, label, "num", number);
}

void html_integer_cell(Page *page, const char *label, int64_t value)
{
    g_autofree char *text = texts_integer(page->texts, value);
    page_cell(page, label, "num", text);
}

/* ---- what there is in any evaluation */

typedef struct {
    EvaluationTest has;
    bool found;
} Search;

static void look(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    Search *search = user;
    search->found = search->found || search->has(evaluation);
}

bool html_any_evaluation(const Page *page, EvaluationTest has)
{
    Search search = {has, false};
    results_visit_products_first(page->results, look, &search);
    return search.found;
}

bool html_part_open(Page *page, EvaluationTest has, const char *heading, const char *intro)
{
    if (!html_any_evaluation(page, has))
        return false;
    html_heading(page, "h3", heading);
    page_say(page, "p", intro, NULL);
    return true;
}

bool html_has_alerts(const ResultsEvaluation *evaluation)
{
    return evaluation->error_classes.alerts > 0;
}

void html_write_log_remarks(Page *page, const ResultsEvaluation *evaluation, const char *name)
{
    for (size_t i = 0; i < evaluation->log.remarks.count; i++) {
        const char *remark = texts_pick(page->texts, evaluation->log.remarks.at[i], NULL);
        g_autofree char *line = name != NULL ? texts_format(page->texts, "short.log_remark", "evaluation",
                                                            name, "remark", remark, NULL)
                                             : g_strdup(remark);
        page_element(page, "p", line, "class", "warning", NULL);
    }
}
