/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the footage, and whether they differ. */
#include "report/charts/rows.h"
#include "report/html/science.h"

#include <math.h>

/* "lighting: night" */
static char *stratum_name(const Page *page, const ResultsStrata *attribute, const ResultsStratum *stratum)
{
    const char *value = stratum->value;
    return texts_format(page->texts, "strata.name", "attribute",
                        texts_word(page->texts, "attribute", attribute->attribute), "value",
                        value != NULL ? texts_word(page->texts, "attribute_value", value)
                                      : texts_get(page->texts, "not_stated"),
                        NULL);
}

static void stratum_rows(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    for (size_t i = 0; i < evaluation->strata.count && !page_is_control(evaluation); i++) {
        const ResultsStrata *attribute = &evaluation->strata.at[i];
        if (attribute->strata.count < 2)
            continue; /* one part is the whole again */
        for (size_t j = 0; j < attribute->strata.count; j++) {
            const ResultsStratum *stratum = &attribute->strata.at[j];
            g_autofree char *name = stratum_name(page, attribute, stratum);
            g_autofree char *hours = texts_duration(page->texts, stratum->camera_hours);
            page_open(page, "tr", NULL);
            html_evaluation_cell(page, scenario, evaluation);
            page_cell(page, "column.stratum", "", name);
            html_integer_cell(page, "column.clips", stratum->clips);
            page_cell(page, "column.exposure", "num", hours);
            html_integer_cell(page, "column.events", stratum->events);
            html_rate_cell(page, "column.false_rate", &stratum->false_alerts_per_camera_hour);
            html_rate_cell(page, "column.p_miss", &stratum->p_miss);
            page_close(page);
        }
    }
}

static bool has_strata(const ResultsEvaluation *evaluation)
{
    bool any = false;
    for (size_t i = 0; i < evaluation->strata.count && !page_is_control(evaluation); i++)
        any = any || evaluation->strata.at[i].strata.count > 1;
    return any;
}

typedef struct {
    Page *page;
    bool misses; /* the share of the missed, else the rate of false alerts */
    ChartRows *rows;
} StrataChart;

static void add_strata(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    StrataChart *chart = user;
    g_autofree char *name = page_evaluation_name(chart->page, scenario, evaluation);
    for (size_t i = 0; i < evaluation->strata.count && !page_is_control(evaluation); i++) {
        const ResultsStrata *attribute = &evaluation->strata.at[i];
        if (attribute->strata.count < 2)
            continue;
        for (size_t j = 0; j < attribute->strata.count; j++) {
            const ResultsStratum *stratum = &attribute->strata.at[j];
            const ResultsRate *rate =
                chart->misses ? &stratum->p_miss : &stratum->false_alerts_per_camera_hour;
            g_autofree char *head = stratum_name(chart->page, attribute, stratum);
            chart_rows_add(chart->rows, head, name, rate->value, rate->interval.low, rate->interval.high);
            g_autofree char *count = page_fraction(chart->page, rate);
            if (!isnan(rate->value))
                chart_rows_count_of(chart->rows, count);
        }
    }
}

static void write_chart(Page *page, bool misses, const char *caption)
{
    g_autoptr(ChartRows) rows = chart_rows_new(misses);
    StrataChart chart = {page, misses, rows};
    results_visit_products_first(page->results, add_strata, &chart);
    chart_rows_write(page, rows, texts_get(page->texts, caption), "column.stratum", "column.value_interval");
}

static bool write_strata(Page *page)
{
    static const char *const columns[] = {
        "column.evaluation", "column.stratum",    "column.clips",  "column.exposure",
        "column.events",     "column.false_rate", "column.p_miss", NULL};
    if (!html_part_open(page, has_strata, "strata.heading", "strata.intro"))
        return false;
    write_chart(page, false, "strata.chart_false");
    write_chart(page, true, "strata.chart_miss");
    page_open(page, "details", NULL);
    page_say(page, "summary", "strata.as_table", NULL);
    html_evaluations_table(page, "strata.caption", "cards", columns, stratum_rows);
    page_close(page);
    return true;
}

/* ---- strata against each other */

static void contrast_rows(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    for (size_t i = 0; i < evaluation->strata.count; i++) {
        const ResultsStrata *attribute = &evaluation->strata.at[i];
        for (size_t j = 0; j < attribute->strata.count; j++) {
            const ResultsStratum *stratum = &attribute->strata.at[j];
            const ResultsContrast *contrast = &stratum->contrast;
            if (contrast->json == NULL || page_is_control(evaluation))
                continue;
            const char *value = stratum->value, *other = contrast->reference;
            const char *unknown = texts_get(page->texts, "not_stated");
            g_autofree char *pair = g_strdup_printf(
                "%s / %s", value != NULL ? texts_word(page->texts, "attribute_value", value) : unknown,
                other != NULL ? texts_word(page->texts, "attribute_value", other) : unknown);
            const char *name = texts_word(page->texts, "attribute", attribute->attribute);
            g_autofree char *words =
                texts_format(page->texts, "strata.name", "attribute", name, "value", pair, NULL);
            g_auto(NumberText) ratio = {NULL};
            texts_interval(page->texts, contrast->ratio, contrast->interval.low, contrast->interval.high,
                           false, &ratio);
            g_autofree char *difference = texts_significant(page->texts, contrast->difference, 3);
            g_autofree char *detectable = texts_significant(page->texts, contrast->detectable_ratio, 2);
            g_autofree char *p = texts_p(page->texts, contrast->p);
            page_open(page, "tr", NULL);
            html_evaluation_cell(page, scenario, evaluation);
            page_cell(page, "column.stratum", "", words);
            page_cell(page, "column.ratio", "num", ratio.both != NULL ? ratio.both : "—");
            page_cell(page, "column.rate_difference", "num", difference);
            page_cell(page, "column.ratio_p", "num", p);
            page_cell(page, "column.detectable", "num", detectable);
            page_cell(page, "column.four_fifths", "", html_yes_no(page, contrast->four_fifths));
            page_close(page);
        }
    }
}

static bool has_contrast(const ResultsEvaluation *evaluation)
{
    for (size_t i = 0; i < evaluation->strata.count && !page_is_control(evaluation); i++) {
        const ResultsStrata *attribute = &evaluation->strata.at[i];
        for (size_t j = 0; j < attribute->strata.count; j++) {
            if (attribute->strata.at[j].contrast.json != NULL)
                return true;
        }
    }
    return false;
}

static bool has_groups_off(const ResultsEvaluation *evaluation)
{
    for (size_t i = 0; i < evaluation->strata.count; i++)
        if (g_strcmp0(evaluation->strata.at[i].reason, "groups_off") == 0)
            return true;
    return false;
}

static void write_contrasts(Page *page)
{
    static const char *const columns[] = {
        "column.evaluation", "column.stratum",    "column.ratio",       "column.rate_difference",
        "column.ratio_p",    "column.detectable", "column.four_fifths", NULL};
    if (!html_any_evaluation(page, has_contrast) && !html_any_evaluation(page, has_groups_off))
        return;
    html_heading(page, "h3", "contrast.heading");
    if (html_any_evaluation(page, has_contrast)) {
        page_say(page, "p", "contrast.intro", NULL);
        html_evaluations_table(page, "contrast.caption", "cards wide", columns, contrast_rows);
    }
    if (html_any_evaluation(page, has_groups_off))
        page_say(page, "p", "contrast.groups_off", NULL);
}

void html_write_strata(Page *page)
{
    html_section_open(page, "strata");
    if (!write_strata(page))
        page_say(page, "p", "strata.none", NULL);
    write_contrasts(page);
    html_write_hours(page);
    html_section_close(page);
}
