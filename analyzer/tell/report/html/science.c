/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Further analysis: what the field's other protocols say. Only what results.json holds is shown. */
#include "report/html/science.h"

#include "scoring/independence.h"

#include <math.h>

/* ---- protocols side by side */

static bool has_protocols(const ResultsEvaluation *evaluation)
{
    return evaluation->protocols.count > 0;
}

static void parameters_line(Page *page, const ResultsFieldProtocol *row)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)row->parameters, name, value)
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

static void protocol_rows(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    if (!has_protocols(evaluation))
        return;
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    const char *id = scenario->protocol.id;
    page_cell(page, "column.protocol", "", id != NULL ? id : "–");
    html_integer_cell(page, "column.hits", evaluation->counts.hits);
    html_integer_cell(page, "column.misses", evaluation->counts.misses);
    html_integer_cell(page, "column.false", evaluation->counts.false_strict);
    page_cell(page, "column.figures", "num", "—");
    page_cell(page, "column.difference", "", texts_get(page->texts, "protocols.main"));
    page_close(page);
    for (size_t i = 0; i < evaluation->protocols.count; i++) {
        const ResultsFieldProtocol *row = &evaluation->protocols.at[i];
        page_open(page, "tr", NULL);
        html_evaluation_cell(page, scenario, evaluation);
        page_cell_open(page, "column.protocol", "");
        page_text(page, row->id);
        parameters_line(page, row);
        if (g_strcmp0(row->unit, "segment") == 0) {
            page_void(page, "br", NULL);
            page_element(page, "span", texts_get(page->texts, "protocols.segments"), "class", "minor", NULL);
        }
        page_close(page);
        html_integer_cell(page, "column.hits", row->detections);
        html_integer_cell(page, "column.misses", row->misses);
        html_integer_cell(page, "column.false", row->false_alarms);
        html_numbers_cell(page, "column.figures", "figure", row->figures);
        page_cell_open(page, "column.difference", "");
        page_localized(page, row->sentence);
        page_close_many(page, 2);
    }
}

static void write_protocols(Page *page)
{
    static const char *const columns[] = {
        "column.evaluation", "column.protocol", "column.hits",       "column.misses",
        "column.false",      "column.figures",  "column.difference", NULL};
    html_heading(page, "h3", "protocols.heading");
    if (!html_any_evaluation(page, has_protocols)) {
        page_say(page, "p", "protocols.none", NULL);
        return;
    }
    page_say(page, "p", "protocols.intro", NULL);
    html_evaluations_table(page, "protocols.caption", "cards wide", columns, protocol_rows);
}

/* ---- kinds of errors and time */

/* ---- clusters */

static void plain_interval_cell(Page *page, const char *column, double low, double high)
{
    g_auto(NumberText) text = {NULL};
    texts_interval(page->texts, (double)NAN, low, high, false, &text);
    page_cell(page, column, "num", text.interval != NULL ? text.interval : "—");
}

static void cluster_row(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    if (!html_has_alerts(evaluation))
        return;
    const ResultsClusters *clusters = &evaluation->clusters;
    g_autofree char *phi = texts_significant(page->texts, clusters->overdispersion, 3);
    g_autofree char *p = texts_p(page->texts, clusters->overdispersion_p);
    g_autofree char *effect = texts_significant(page->texts, clusters->design_effect, 3);
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    html_integer_cell(page, "column.cameras", clusters->cameras);
    const ResultsInterval *exact = &evaluation->rates.false_alerts_per_camera_hour.interval;
    const ResultsBootstrap *drawn = &clusters->bootstrap;
    plain_interval_cell(page, "column.exact", exact->low, exact->high);
    plain_interval_cell(page, "column.clustered", drawn->percentile.low, drawn->percentile.high);
    plain_interval_cell(page, "column.bca", drawn->bca.low, drawn->bca.high);
    page_cell(page, "column.overdispersion", "num", phi);
    page_cell(page, "column.overdispersion_p", "num", p);
    page_cell(page, "column.design_effect", "num", effect);
    page_close(page);
}

static bool has_cluster_table(const ResultsEvaluation *evaluation)
{
    return html_has_alerts(evaluation) && evaluation->clusters.table.count > 1;
}

static void camera_rows(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    for (size_t i = 0; has_cluster_table(evaluation) && i < evaluation->clusters.table.count; i++) {
        const ResultsCamera *camera = &evaluation->clusters.table.at[i];
        page_open(page, "tr", NULL);
        html_evaluation_cell(page, scenario, evaluation);
        page_cell(page, "column.camera", "", camera->camera);
        html_rate_cell(page, "column.false_rate", &camera->false_alerts_per_camera_hour);
        html_rate_cell(page, "column.p_miss", &camera->p_miss);
        page_close(page);
    }
}

static void write_clusters(Page *page)
{
    static const char *const columns[] = {
        "column.evaluation",       "column.cameras",       "column.exact",
        "column.clustered",        "column.bca",           "column.overdispersion",
        "column.overdispersion_p", "column.design_effect", NULL};
    static const char *const cameras[] = {"column.evaluation", "column.camera", "column.false_rate",
                                          "column.p_miss", NULL};
    if (!html_part_open(page, html_has_alerts, "clusters.heading", "clusters.intro"))
        return;
    html_evaluations_table(page, "clusters.caption", "cards wide", columns, cluster_row);
    if (!html_any_evaluation(page, has_cluster_table))
        return;
    g_autofree char *enough = texts_integer(page->texts, INDEPENDENCE_ENOUGH);
    g_autofree char *few = texts_format(page->texts, "clusters.few", "enough", enough, NULL);
    page_element(page, "p", few, NULL);
    html_evaluations_table(page, "clusters.table", "cards", cameras, camera_rows);
}

/* ---- curves */

static bool has_curve(const ResultsEvaluation *evaluation)
{
    return evaluation->curve.points.count > 0;
}

static void curve_part(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    if (html_has_alerts(evaluation))
        html_curve(user, scenario, evaluation);
}

static void write_curves(Page *page)
{
    html_heading(page, "h3", "curve.heading");
    if (!html_any_evaluation(page, has_curve)) {
        page_say(page, "p", "curve.nowhere", NULL);
        return;
    }
    page_say(page, "p", "curve.intro", NULL);
    results_visit_products_first(page->results, curve_part, page);
}

void html_write_analysis(Page *page)
{
    html_heading(page, "h3", "section.analysis");
    page_say(page, "p", "analysis.intro", NULL);
    write_clusters(page);
    write_curves(page);
    write_protocols(page);
}
