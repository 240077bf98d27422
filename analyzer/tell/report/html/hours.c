/* SPDX-License-Identifier: GPL-3.0-or-later */
/* False alerts by the hour of the day. */
#include "report/charts/rows.h"
#include "report/html/sections.h"

static bool has_hours(const ResultsEvaluation *evaluation)
{
    return evaluation->hours.by_hour.count > 0;
}

static void add_hours(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    if (!has_hours(evaluation))
        return;
    g_autoptr(ChartRows) rows = chart_rows_new(false);
    for (size_t i = 0; i < evaluation->hours.by_hour.count; i++) {
        const ResultsHour *entry = &evaluation->hours.by_hour.at[i];
        const ResultsRate *rate = &entry->false_alerts_per_camera_hour;
        const int64_t hour = entry->hour;
        g_autofree char *from = g_strdup_printf("%d", (int)hour), *to = g_strdup_printf("%d", (int)hour + 1);
        g_autofree char *head = texts_format(page->texts, "hours.name", "from", from, "to", to, NULL);
        g_autofree char *fraction = page_fraction(page, rate);
        chart_rows_add(rows, head, fraction, rate->value, rate->interval.low, rate->interval.high);
    }
    g_autofree char *name = page_evaluation_name(page, scenario, evaluation);
    g_autofree char *caption = texts_format(page->texts, "hours.caption", "name", name, NULL);
    chart_rows_write(page, rows, caption, "column.hour", "column.value_interval");
    const int64_t unknown = evaluation->hours.unknown_us;
    if (unknown > 0) {
        g_autofree char *length = texts_duration(page->texts, (double)unknown / 3600e6);
        g_autofree char *text = texts_format(page->texts, "hours.unknown", "length", length, NULL);
        page_element(page, "p", text, NULL);
    }
}

void html_write_hours(Page *page)
{
    if (!html_part_open(page, has_hours, "hours.heading", "hours.intro"))
        return;
    results_visit_products_first(page->results, add_hours, page);
}
