/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forest plot: one measure of all evaluations against the limits of the claims that read it. */
#include "report/charts/charts.h"
#include "report/charts/rows.h"

#include <math.h>
#include <string.h>

typedef struct {
    Page *page;
    const char *metric;
    ChartRows *rows;
    unsigned claims;
} Forest;

/* The control is drawn only where a claim is about it. */
static bool is_left_out(const ResultsEvaluation *evaluation)
{
    return page_is_control(evaluation) && evaluation->claims.count == 0;
}

static void add_evaluation(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Forest *forest = user;
    const ResultsRate *rate = results_find_rate(&evaluation->rates, forest->metric);
    if (rate == NULL || is_left_out(evaluation))
        return;
    g_autofree char *title = page_title(forest->page, scenario->title, NULL, scenario->id);
    g_autofree char *rest = page_system_and_condition(forest->page, evaluation);
    chart_rows_add(forest->rows, title, rest, rate->value, rate->interval.low, rate->interval.high);
    g_autofree char *count = page_fraction(forest->page, rate);
    if (!isnan(rate->value))
        chart_rows_count_of(forest->rows, count);
    for (size_t i = 0; i < evaluation->claims.count; i++) {
        const ResultsClaim *claim = &evaluation->claims.at[i];
        if (g_strcmp0(claim->reading.metric, forest->metric) != 0)
            continue;
        forest->claims++;
        if (!isnan(rate->value))
            chart_rows_limit(forest->rows,
                             (ChartLimit){claim->reading.value, g_strcmp0(claim->reading.op, ">=") != 0});
    }
}

void chart_forest(Page *page, const RateRow *row)
{
    const bool share = strstr(row->name, "false_alerts_per_") == NULL;
    g_autoptr(ChartRows) rows = chart_rows_new(share);
    Forest forest = {page, row->name, rows, 0};
    results_visit_products_first(page->results, add_evaluation, &forest);
    if (row->chart == RATE_NOT_DRAWN || (row->chart == RATE_DRAWN_IF_CLAIMED && forest.claims == 0))
        return;
    g_autofree char *name = texts_capitalise(texts_word(page->texts, "metric", row->name));
    g_autofree char *caption =
        texts_format(page->texts, share ? "forest.caption" : "forest.caption_log", "metric", name, NULL);
    chart_rows_write(page, rows, caption, "column.evaluation", "column.value_interval");
}
