/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The events found against those that alerts at random times would find. */
#include "report/html/sections.h"

#include <math.h>

static bool has_chance(const ResultsEvaluation *evaluation)
{
    return evaluation->chance.json != NULL;
}

static void chance_row(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    const ResultsChance *chance = &evaluation->chance;
    if (!has_chance(evaluation))
        return;
    g_autofree char *p = texts_p(page->texts, chance->p);
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    html_number_cell(page, "column.alert_rate", chance->alerts_per_camera_hour);
    html_integer_cell(page, "column.events", chance->events);
    html_integer_cell(page, "column.hits", chance->hits);
    html_number_cell(page, "column.hits_by_chance", chance->expected_hits);
    page_cell(page, "column.chance_p", "num", p);
    page_cell_open(page, "column.chance", "");
    if (chance->sentence != NULL) {
        page_localized(page, chance->sentence);
    } else {
        g_autofree char *reason = html_reason(page, chance->reason);
        page_text(page, reason);
    }
    page_close_many(page, 2);
}

void html_write_chance(Page *page)
{
    static const char *const columns[] = {
        "column.evaluation",     "column.alert_rate", "column.events", "column.hits",
        "column.hits_by_chance", "column.chance_p",   "column.chance", NULL};
    if (html_part_open(page, has_chance, "chance.heading", "chance.intro"))
        html_evaluations_table(page, "chance.caption", "cards wide", columns, chance_row);
}
