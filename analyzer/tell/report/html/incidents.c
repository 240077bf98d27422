/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was not tested, what went wrong, limits. */
#include "report/html/sections.h"

#include <string.h>

static bool job_failed(const ResultsReplay *condition)
{
    const char *status = condition->status;
    return status != NULL && strcmp(status, "done") != 0;
}

static void write_failed_jobs(Page *page)
{
    static const char *const columns[] = {"column.clip", "column.condition", "column.status", "column.reason",
                                          NULL};
    size_t failed = 0;
    for (size_t i = 0; i < page->results->clips.count; i++) {
        const ResultsClip *clip = &page->results->clips.at[i];
        for (size_t j = 0; j < clip->conditions.count; j++)
            failed += job_failed(&clip->conditions.at[j]);
    }
    html_heading(page, "h3", "incidents.heading");
    if (failed == 0) {
        page_say(page, "p", "incidents.none", NULL);
        return;
    }
    page_table_open(page, texts_get(page->texts, "incidents.caption"), "cards");
    page_table_head(page, columns);
    for (size_t i = 0; i < page->results->clips.count; i++) {
        const ResultsClip *clip = &page->results->clips.at[i];
        for (size_t j = 0; j < clip->conditions.count; j++) {
            const ResultsReplay *condition = &clip->conditions.at[j];
            if (!job_failed(condition))
                continue;
            g_autofree char *name = page_clip_name(page, clip->dataset, clip->clip);
            page_open(page, "tr", NULL);
            page_cell(page, "column.clip", "head", name);
            page_cell(page, "column.condition", "",
                      texts_word(page->texts, "condition", condition->condition));
            page_cell(page, "column.status", "", texts_word(page->texts, "status", condition->status));
            page_cell_open(page, "column.reason", "");
            /* The program's own sentence is English. */
            if (condition->reason != NULL) {
                page_say(page, "span", "incidents.message", "minor");
                page_text(page, " ");
                page_element(page, "span", condition->reason, "lang", "en", NULL);
            } else {
                page_text(page, "—");
            }
            page_close_many(page, 2);
        }
    }
    page_table_close(page);
}

static void write_worst_case(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    const json_t *sentence = evaluation->worst_case.sentence;
    if (sentence == NULL)
        return;
    g_autofree char *name = page_evaluation_name(page, scenario, evaluation);
    page_open(page, "p", NULL);
    page_element(page, "strong", name, NULL);
    page_text(page, texts_get(page->texts, "colon"));
    page_localized(page, sentence);
    page_close(page);
}

/* How what truly happened is known, by where the clips are from. */
static const char *says_who_knew(const Page *page)
{
    bool drawn = false, filmed = false;
    for (size_t i = 0; i < page->results->datasets.count; i++) {
        const ResultsBool synthetic = page->results->datasets.at[i].synthetic;
        drawn = drawn || results_true(synthetic);
        filmed = filmed || !results_true(synthetic);
    }
    return drawn && filmed ? "limits.labels_both" : drawn ? "limits.labels_drawn" : "limits.labels_watched";
}

static void localized_list(Page *page, const ResultsTexts *texts)
{
    page_open(page, "ul", NULL);
    for (size_t i = 0; i < texts->count; i++) {
        page_open(page, "li", NULL);
        page_localized(page, texts->at[i]);
        page_close(page);
    }
    page_close(page);
}

void html_write_incidents(Page *page)
{
    static const char *const always[] = {"limits.fairness", "limits.lawful"};
    html_section_open(page, "incidents");
    html_heading(page, "h3", "limits.not_tested");
    page_open(page, "ul", NULL);
    html_write_untested(page);
    if (!html_has_validation(page))
        page_say(page, "li", "limits.operator", NULL);
    page_say(page, "li", "limits.replay", NULL);
    page_say(page, "li", says_who_knew(page), NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(always); i++)
        page_say(page, "li", always[i], NULL);
    page_close(page);
    html_heading(page, "h3", "limits.heading");
    if (page->results->limits.count > 0)
        localized_list(page, &page->results->limits);
    else
        page_say(page, "p", "limits.none", NULL);
    write_failed_jobs(page);
    results_visit_products_first(page->results, write_worst_case, page);
    html_section_close(page);
}
