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
static bool is_left_out(const json_t *evaluation)
{
    return page_is_control(evaluation) && model_count(evaluation, "claims") == 0;
}

static void add_evaluation(const json_t *scenario, const json_t *evaluation, void *user)
{
    Forest *forest = user;
    const json_t *rate = model_get(model_get(evaluation, "rates"), forest->metric);
    const double value = model_number(rate, "value");
    if (is_left_out(evaluation))
        return;
    g_autofree char *title = page_title(forest->page, scenario, "title", "id");
    g_autofree char *system = page_system_name(forest->page, evaluation);
    g_autofree char *condition = page_title(forest->page, evaluation, "condition_title", "condition");
    g_autofree char *rest = g_strdup_printf("%s · %s", system, condition);
    chart_rows_add(forest->rows, title, rest, value, model_number(rate, "interval.low"),
                   model_number(rate, "interval.high"));
    for (size_t i = 0; i < model_count(evaluation, "claims"); i++) {
        const json_t *claim = model_member(evaluation, "claims", i);
        if (g_strcmp0(model_string(claim, "reading.metric"), forest->metric) != 0)
            continue;
        forest->claims++;
        if (!isnan(value))
            chart_rows_limit(forest->rows,
                             (ChartLimit){model_number(claim, "reading.value"),
                                          g_strcmp0(model_string(claim, "reading.op"), ">=") != 0});
    }
}

static void forest_write(Page *page, const char *metric, bool only_claimed)
{
    const bool share = strstr(metric, "false_alerts_per_") == NULL;
    g_autoptr(ChartRows) rows = chart_rows_new(share);
    Forest forest = {page, metric, rows, 0};
    model_visit_evaluations(page->results, add_evaluation, &forest);
    if (only_claimed && forest.claims == 0)
        return;
    g_autofree char *name = texts_capitalise(texts_word(page->texts, "metric", metric));
    g_autofree char *caption =
        texts_format(page->texts, share ? "forest.caption" : "forest.caption_log", "metric", name, NULL);
    chart_rows_write(page, rows, caption, "column.evaluation", "column.value_interval");
}

void chart_forest(Page *page, const char *metric)
{
    forest_write(page, metric, false);
}

void chart_forest_if_claimed(Page *page, const char *metric)
{
    forest_write(page, metric, true);
}
