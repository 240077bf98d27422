/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the counts would mean for a network of cameras. */
#include "report/charts/rows.h"
#include "report/html/science.h"

#include <math.h>

static bool has_network(const ResultsEvaluation *evaluation)
{
    return evaluation->alert_load.network.json != NULL && !page_is_control(evaluation);
}

static void interval_cell(Page *page, const char *column, const ResultsFigure *numbers)
{
    g_auto(NumberText) text = {NULL};
    texts_interval(page->texts, numbers->value, numbers->low, numbers->high, false, &text);
    page_cell(page, column, "num", text.both != NULL ? text.both : "—");
}

static void load_row(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    const ResultsNetwork *network = &evaluation->alert_load.network;
    if (!has_network(evaluation))
        return;
    g_autofree char *hours = texts_significant(page->texts, network->hours_per_day, 3);
    g_autofree char *operators = texts_integer(page->texts, network->operators);
    g_autofree char *cameras = texts_integer(page->texts, network->cameras);
    g_autofree char *words = texts_format(page->texts, "load.network", "cameras", cameras, "hours", hours,
                                          "operators", operators, NULL);
    g_autofree char *right = texts_significant(page->texts, network->true_alerts_per_day, 3);
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    page_cell_open(page, "column.network", "");
    page_text(page, words);
    page_void(page, "br", NULL);
    page_element(page, "span", json_string_value(network->source), "class", "minor", NULL);
    page_close(page);
    interval_cell(page, "column.network_false", &network->false_alerts_per_day);
    page_cell_open(page, "column.network_true", "num");
    page_text(page, right);
    if (isnan(network->true_alerts_per_day)) {
        page_void(page, "br", NULL);
        page_element(page, "span", texts_get(page->texts, "reason.no_prevalence"), "class", "minor", NULL);
    }
    page_close(page);
    interval_cell(page, "column.operator_hour", &network->false_alerts_per_operator_hour);
    interval_cell(page, "column.operator_shift", &network->false_alerts_per_operator_shift);
    page_close(page);
}

typedef struct {
    Page *page;
    ChartRows *rows;
} LoadChart;

static void add_shift(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    LoadChart *chart = user;
    const ResultsFigure *shift = &evaluation->alert_load.network.false_alerts_per_operator_shift;
    if (!has_network(evaluation))
        return;
    g_autofree char *title = page_title(chart->page, scenario->title, NULL, scenario->id);
    g_autofree char *rest = page_system_and_condition(chart->page, evaluation);
    chart_rows_add(chart->rows, title, rest, shift->value, shift->low, shift->high);
}

void html_write_load(Page *page)
{
    static const char *const columns[] = {"column.evaluation",
                                          "column.network",
                                          "column.network_false",
                                          "column.network_true",
                                          "column.operator_hour",
                                          "column.operator_shift",
                                          NULL};
    if (!html_part_open(page, has_network, "load.heading", "load.intro"))
        return;
    html_evaluations_table(page, "load.caption", "cards wide", columns, load_row);
    g_autoptr(ChartRows) rows = chart_rows_new(false);
    LoadChart chart = {page, rows};
    results_visit_products_first(page->results, add_shift, &chart);
    chart_rows_write(page, rows, texts_get(page->texts, "load.chart"), "column.evaluation",
                     "column.value_interval");
}
