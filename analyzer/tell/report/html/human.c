/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alerts before and after people looked at them, side by side. */
#include "report/html/sections.h"

#include <string.h>

static bool is_after(const ResultsEvaluation *evaluation)
{
    return evaluation->after_validation_of != NULL;
}

bool html_has_validation(const Page *page)
{
    return html_any_evaluation(page, is_after);
}

/* The evaluation of the same condition whose alerts people looked at. */
static const ResultsEvaluation *find_before(const ResultsScenario *scenario, const ResultsEvaluation *after)
{
    return results_find_evaluation(scenario, after->after_validation_of, after->condition);
}

static void write_stage(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                        const char *stage)
{
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    page_cell(page, "column.stage", "", texts_get(page->texts, stage));
    html_integer_cell(page, "column.alerts", evaluation->counts.alerts);
    html_integer_cell(page, "column.hits", evaluation->counts.hits);
    html_integer_cell(page, "column.misses", evaluation->counts.misses);
    html_integer_cell(page, "column.false", evaluation->counts.false_strict);
    html_rate_cells(page, &evaluation->rates, RATE_MAIN);
    page_close(page);
}

static void stage_rows(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    const ResultsEvaluation *before = is_after(evaluation) ? find_before(scenario, evaluation) : NULL;
    if (before == NULL)
        return;
    write_stage(user, scenario, before, "human.before");
    write_stage(user, scenario, evaluation, "human.after");
}

/* People's own errors: what they threw away of the true, and let pass of the false. */
static void write_sentence(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    const ResultsEvaluation *before = is_after(evaluation) ? find_before(scenario, evaluation) : NULL;
    if (before == NULL)
        return;
    const ResultsCounts *then = &before->counts, *now = &evaluation->counts;
    if (then->hits == RESULTS_UNKNOWN || now->hits == RESULTS_UNKNOWN ||
        then->false_strict == RESULTS_UNKNOWN || now->false_strict == RESULTS_UNKNOWN)
        return; /* of what nobody counted nothing can be said */
    const int64_t found = then->hits, lost = found - now->hits, wrong = then->false_strict,
                  kept = now->false_strict;
    g_autofree char *name = page_evaluation_name(page, scenario, evaluation);
    g_autofree char *found_text = texts_integer(page->texts, found);
    g_autofree char *lost_text = texts_integer(page->texts, MAX(lost, 0));
    g_autofree char *wrong_text = texts_integer(page->texts, wrong);
    g_autofree char *kept_text = texts_integer(page->texts, kept);
    const bool remainder = lost >= 0 && kept <= wrong;
    g_autofree char *text =
        texts_format(page->texts, remainder ? "human.errors" : "human.not_a_remainder", "name", name, "lost",
                     lost_text, "found", found_text, "kept", kept_text, "wrong", wrong_text, NULL);
    page_element(page, "p", text, "class", remainder ? NULL : "warning", NULL);
}

void html_write_human(Page *page)
{
    static const char *const before[] = {"column.evaluation",
                                         "column.stage",
                                         "column.alerts",
                                         "column.hits",
                                         "column.misses",
                                         "column.false",
                                         NULL},
                             *const after[] = {NULL};
    html_section_open(page, "human");
    if (!html_has_validation(page)) {
        page_say(page, "p", "human.none", NULL);
    } else {
        page_say(page, "p", "human.intro", NULL);
        page_table_open(page, texts_get(page->texts, "human.caption"), "cards wide");
        html_rates_head(page, before, RATE_MAIN, after);
        results_visit_products_first(page->results, stage_rows, page);
        page_table_close(page);
        results_visit_products_first(page->results, write_sentence, page);
        page_say(page, "p", "human.time", NULL);
    }
    html_write_handover(page);
    html_section_close(page);
}
