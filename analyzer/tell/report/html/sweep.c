/* SPDX-License-Identifier: GPL-3.0-or-later */
/* False alerts against misses over a sweep of parameters. */
#include "report/charts/charts.h"
#include "report/html/sections.h"

static bool has_points(const ResultsEvaluation *evaluation)
{
    return evaluation->sweep.points.count > 0;
}

/* "on_delay = 2, limit = 5". Caller frees. */
static char *format_values(const Page *page, const ResultsSweepPoint *point)
{
    GString *text = g_string_new(NULL);
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)point->values, name, value)
        g_string_append_printf(text, "%s%s = %s", text->len > 0 ? ", " : "", name, json_string_value(value));
    if (results_true(point->chosen))
        g_string_append_printf(text, " (%s)", texts_get(page->texts, "sweep.chosen"));
    return g_string_free(text, FALSE);
}

static void sweep_rows(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    for (size_t i = 0; i < evaluation->sweep.points.count; i++) {
        const ResultsSweepPoint *point = &evaluation->sweep.points.at[i];
        g_autofree char *values = format_values(page, point);
        page_open(page, "tr", NULL);
        html_evaluation_cell(page, scenario, evaluation);
        page_cell(page, "column.values", "", values);
        html_integer_cell(page, "column.hits", point->hits);
        html_integer_cell(page, "column.misses", point->misses);
        html_integer_cell(page, "column.false", point->false_strict);
        html_rate_cell(page, "column.false_rate", &point->false_alerts_per_camera_hour);
        html_rate_cell(page, "column.p_miss", &point->p_miss);
        page_close(page);
    }
}

/* One chart an evaluation. The points of a single parameter are joined in its order; those of several are
 * not. */
static void draw_sweep(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    const size_t count = evaluation->sweep.points.count;
    if (count == 0)
        return;
    const bool single = evaluation->sweep.parameters.count == 1;
    g_autofree char *name = page_evaluation_name(page, scenario, evaluation);
    g_autofree TradeoffPoint *points = g_new0(TradeoffPoint, count);
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < count; i++) {
        const ResultsSweepPoint *point = &evaluation->sweep.points.at[i];
        const json_t *first = json_object_iter_value(json_object_iter((json_t *)point->values));
        points[i] = (TradeoffPoint){.rate = point->false_alerts_per_camera_hour.value,
                                    .p_miss = point->p_miss.value,
                                    .mark = results_true(point->chosen) ? TRADEOFF_FILLED : TRADEOFF_DOT,
                                    .joined = single,
                                    .label = single ? json_string_value(first) : NULL};
        g_ptr_array_add(words, format_values(page, point));
    }
    g_ptr_array_add(words, NULL);
    g_autofree char *all = g_strjoinv(texts_get(page->texts, "list.apart"), (char **)words->pdata);
    g_autofree char *description = texts_format(page->texts, "sweep.description", "values", all, NULL);
    g_autofree char *title = texts_format(page->texts, "sweep.title", "name", name, NULL);
    page_element(page, "h4", title, NULL);
    chart_tradeoff(page, points, count, title, description);
    page_say(page, "p", "sweep.marks", "minor");
}

void html_write_sweep(Page *page)
{
    static const char *const columns[] = {
        "column.evaluation", "column.values",     "column.hits",   "column.misses",
        "column.false",      "column.false_rate", "column.p_miss", NULL};
    if (!html_part_open(page, has_points, "sweep.heading", "sweep.intro"))
        return;
    results_visit_products_first(page->results, draw_sweep, page);
    html_evaluations_table(page, "sweep.caption", "cards", columns, sweep_rows);
}
