/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether another tolerance would change the counts. */
#include "report/html/sections.h"

/* One cell: "3 found, 1 missed, 2 false" and, below, the rate. */
static void tolerance_cell(Page *page, const char *label, const ResultsSensitivity *counts)
{
    g_autofree char *hits = texts_integer(page->texts, counts->hits);
    g_autofree char *misses = texts_integer(page->texts, counts->misses);
    g_autofree char *wrong = texts_integer(page->texts, counts->false_strict);
    g_autofree char *rate_text = texts_significant(page->texts, counts->false_alerts_per_camera_hour, 3);
    g_autofree char *text =
        texts_format(page->texts, "sensitivity.counts", "hits", hits, "misses", misses, "false", wrong, NULL);
    g_autofree char *minor = texts_format(page->texts, "sensitivity.rate", "rate", rate_text, NULL);
    page_cell_open(page, label, "num");
    page_text(page, text);
    page_void(page, "br", NULL);
    page_element(page, "span", minor, "class", "minor", NULL);
    page_close(page);
}

static void sensitivity_row(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    const ResultsCounts *base = &evaluation->counts;
    const size_t count = evaluation->sensitivity.count;
    if (page_is_control(evaluation) || count == 0)
        return; /* the control never alerts, whatever the tolerance */
    bool changes = false;
    for (size_t i = 0; i < count; i++) {
        const ResultsSensitivity *variant = &evaluation->sensitivity.at[i];
        changes = changes || variant->hits != base->hits || variant->false_strict != base->false_strict;
    }
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    const ResultsSensitivity now = {.hits = base->hits,
                                    .misses = base->misses,
                                    .false_strict = base->false_strict,
                                    .false_alerts_per_camera_hour =
                                        evaluation->rates.false_alerts_per_camera_hour.value};
    tolerance_cell(page, "column.tolerance", &now);
    for (size_t i = 0; changes && i < count; i++) {
        const ResultsSensitivity *variant = &evaluation->sensitivity.at[i];
        tolerance_cell(page, variant->factor < 1 ? "column.tolerance_half" : "column.tolerance_double",
                       variant);
    }
    if (!changes) {
        page_open(page, "td", "colspan", "2", NULL);
        page_text(page, texts_get(page->texts, "sensitivity.same"));
        page_close(page);
    }
    page_close(page);
}

static bool has_sensitivity(const ResultsEvaluation *evaluation)
{
    return evaluation->sensitivity.count > 0;
}

void html_write_sensitivity(Page *page)
{
    static const char *const columns[] = {"column.evaluation", "column.tolerance", "column.tolerance_half",
                                          "column.tolerance_double", NULL};
    if (html_part_open(page, has_sensitivity, "sensitivity.heading", "sensitivity.intro"))
        html_evaluations_table(page, "sensitivity.caption", "cards", columns, sensitivity_row);
}
