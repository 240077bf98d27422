/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curve of missed events against false alerts, with its table. */
#include "report/charts/charts.h"
#include "report/html/science.h"
#include "scoring/rate.h"

#include <math.h>

#define TABLE_ROWS 12

static char *describe_point(const Page *page, const char *key, const ResultsCurvePoint *point)
{
    g_auto(NumberText) miss = {NULL};
    texts_interval(page->texts, point->p_miss, (double)NAN, (double)NAN, true, &miss);
    g_autofree char *rate = texts_significant(page->texts, point->false_alerts_per_camera_hour, 3);
    g_autofree char *threshold = texts_significant(page->texts, point->threshold, 3);
    g_autofree char *cost = texts_significant(page->texts, point->cost, 3);
    return texts_format(page->texts, key, "miss", miss.value, "rate", rate, "threshold", threshold, "cost",
                        cost, NULL);
}

static TradeoffPoint point_of(const ResultsCurvePoint *point, TradeoffMark mark)
{
    return (TradeoffPoint){.rate = point->false_alerts_per_camera_hour,
                           .p_miss = point->p_miss,
                           .mark = mark,
                           .joined = mark == TRADEOFF_BARE};
}

static void draw(Page *page, const ResultsCurve *curve, const char *title, const char *description)
{
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(TradeoffPoint));
    for (size_t i = 0; i < curve->points.count; i++) {
        const TradeoffPoint point = point_of(&curve->points.at[i], TRADEOFF_BARE);
        g_array_append_val(points, point);
    }
    const TradeoffPoint best = point_of(&curve->best, TRADEOFF_HOLLOW);
    const TradeoffPoint declared = point_of(&curve->declared, TRADEOFF_FILLED);
    g_array_append_val(points, best);
    g_array_append_val(points, declared);
    chart_tradeoff(page, (const TradeoffPoint *)(const void *)points->data, points->len, title, description);
}

/* A point's own counts give its intervals: by the level of the evaluation's own. */
static void point_row(Page *page, const ResultsEvaluation *evaluation, const ResultsCurvePoint *point,
                      const char *remark)
{
    const ResultsRates *rates = &evaluation->rates;
    const double level = rates->false_alerts_per_camera_hour.interval.level;
    const int64_t events = MAX(evaluation->counts.events, 0);
    g_auto(NumberText) miss = {NULL}, wrong = {NULL};
    const Rate missed =
        rate_proportion(events - point->hits, events, RATE_PER_EVENT, level, UNDEFINED_NO_EVENT);
    const Rate falses = rate_poisson(point->false_alerts, evaluation->exposure.camera_hours,
                                     RATE_PER_CAMERA_HOUR, level, UNDEFINED_NO_EXPOSURE);
    texts_interval(page->texts, point->p_miss, missed.interval.low, missed.interval.high, true, &miss);
    texts_interval(page->texts, point->false_alerts_per_camera_hour, falses.interval.low,
                   falses.interval.high, false, &wrong);
    g_autofree char *threshold = texts_significant(page->texts, point->threshold, 3);
    g_autofree char *cost = texts_significant(page->texts, point->cost, 3);
    page_open(page, "tr", NULL);
    page_cell(page, "column.threshold", "num", threshold);
    page_cell(page, "column.false_rate", "num", wrong.both != NULL ? wrong.both : wrong.value);
    page_cell(page, "column.p_miss", "num", miss.both != NULL ? miss.both : miss.value);
    page_cell(page, "column.cost", "num", cost);
    page_cell(page, "column.remark", "", remark);
    page_close(page);
}

void html_curve(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation)
{
    static const char *const columns[] = {"column.threshold", "column.false_rate", "column.p_miss",
                                          "column.cost",      "column.remark",     NULL};
    const ResultsCurve *curve = &evaluation->curve;
    const size_t count = curve->points.count;
    g_autofree char *name = page_evaluation_name(page, scenario, evaluation);
    page_element(page, "h4", name, NULL);
    if (count == 0) {
        g_autofree char *reason = html_reason(page, curve->reason);
        g_autofree char *text = texts_format(page->texts, "curve.none", "reason", reason, NULL);
        page_element(page, "p", text, NULL);
        return;
    }
    g_autofree char *declared = describe_point(page, "curve.declared", &curve->declared);
    g_autofree char *best = describe_point(page, "curve.best", &curve->best);
    g_autofree char *both = g_strdup_printf("%s %s", declared, best);
    g_autofree char *title = texts_format(page->texts, "curve.title", "name", name, NULL);
    draw(page, curve, title, both);
    page_element(page, "p", both, NULL);
    g_autofree char *caption = texts_format(page->texts, "curve.caption", "name", name, NULL);
    page_table_open(page, caption, "cards");
    page_table_head(page, columns);
    const size_t step = count > TABLE_ROWS ? (count + TABLE_ROWS - 1) / TABLE_ROWS : 1;
    for (size_t i = 0; i < count; i += step)
        point_row(page, evaluation, &curve->points.at[i], NULL);
    point_row(page, evaluation, &curve->best, texts_get(page->texts, "curve.is_best"));
    point_row(page, evaluation, &curve->declared, texts_get(page->texts, "curve.is_declared"));
    page_table_close(page);
}
