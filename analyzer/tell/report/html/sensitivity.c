/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Within section 13: whether another tolerance would change the counts. */
#include "report/html/sections.h"

/* One cell: "3 found, 1 missed, 2 false" and, below, the rate. */
static void tolerance_cell(Page *page, const char *label, const json_t *counts, double rate)
{
    g_autofree char *hits = texts_integer(page->texts, model_integer(counts, "hits", 0));
    g_autofree char *misses = texts_integer(page->texts, model_integer(counts, "misses", 0));
    g_autofree char *wrong = texts_integer(page->texts, model_integer(counts, "false_strict", 0));
    g_autofree char *rate_text = texts_significant(page->texts, rate, 3);
    g_autofree char *text =
        texts_format(page->texts, "sensitivity.counts", "hits", hits, "misses", misses, "false", wrong, NULL);
    g_autofree char *minor = texts_format(page->texts, "sensitivity.rate", "rate", rate_text, NULL);
    page_cell_open(page, label, "num");
    page_text(page, text);
    page_void(page, "br", NULL);
    page_element(page, "span", minor, "class", "minor", NULL);
    page_close(page);
}

static void sensitivity_row(const json_t *scenario, const json_t *evaluation, void *user)
{
    Page *page = user;
    const json_t *base = model_get(evaluation, "counts");
    const size_t count = model_count(evaluation, "sensitivity");
    if (page_is_control(evaluation) || count == 0)
        return; /* the control never alerts, whatever the tolerance */
    bool changes = false;
    for (size_t i = 0; i < count; i++) {
        const json_t *variant = model_member(evaluation, "sensitivity", i);
        changes = changes || model_integer(variant, "hits", 0) != model_integer(base, "hits", 0) ||
                  model_integer(variant, "false_strict", 0) != model_integer(base, "false_strict", 0);
    }
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    tolerance_cell(page, "column.tolerance", base,
                   model_number(evaluation, "rates.false_alerts_per_camera_hour.value"));
    for (size_t i = 0; changes && i < count; i++) {
        const json_t *variant = model_member(evaluation, "sensitivity", i);
        tolerance_cell(
            page, model_number(variant, "factor") < 1 ? "column.tolerance_half" : "column.tolerance_double",
            variant, model_number(variant, "false_alerts_per_camera_hour"));
    }
    if (!changes) {
        page_open(page, "td", "colspan", "2", NULL);
        page_text(page, texts_get(page->texts, "sensitivity.same"));
        page_close(page);
    }
    page_close(page);
}

static void count_sensitivity(const json_t *scenario, const json_t *evaluation, void *user)
{
    (void)scenario;
    *(size_t *)user += model_count(evaluation, "sensitivity");
}

void html_write_sensitivity(Page *page)
{
    static const char *const columns[] = {"column.evaluation", "column.tolerance", "column.tolerance_half",
                                          "column.tolerance_double", NULL};
    size_t variants = 0;
    model_visit_evaluations(page->results, count_sensitivity, &variants);
    if (variants == 0)
        return;
    html_heading(page, "h3", "sensitivity.heading");
    page_say(page, "p", "sensitivity.intro", NULL);
    page_table_open(page, texts_get(page->texts, "sensitivity.caption"), "cards");
    page_table_head(page, columns);
    model_visit_evaluations(page->results, sensitivity_row, page);
    page_table_close(page);
}
