/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each system was put through besides; and on the first page what it did not pass. */
#include "report/html/sections.h"

static void write_rows(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    static const char *const columns[] = {"column.probe", "column.probe_state", "column.probe_sentence",
                                          "column.probe_meaning", NULL};
    Page *page = user;
    if (evaluation->probes.count == 0)
        return;
    g_autofree char *caption = page_evaluation_name(page, scenario, evaluation);
    page_table_open(page, caption, "cards wide");
    page_table_head(page, columns);
    for (size_t i = 0; i < evaluation->probes.count; i++) {
        const ResultsProbe *probe = &evaluation->probes.at[i];
        page_open(page, "tr", NULL);
        page_cell(page, columns[0], "head", texts_word(page->texts, "probe.name", probe->id));
        page_cell(page, columns[1], "", texts_word(page->texts, "probe.state", probe->state));
        page_cell_open(page, columns[2], "");
        page_localized(page, probe->sentence);
        page_close(page);
        page_cell_open(page, columns[3], "");
        if (probe->meaning != NULL)
            page_localized(page, probe->meaning);
        else
            page_text(page, "—");
        page_close_many(page, 2);
    }
    page_table_close(page);
}

static bool has_probes(const ResultsEvaluation *evaluation)
{
    return evaluation->probes.count > 0;
}

void html_write_probes(Page *page)
{
    if (!html_any_evaluation(page, has_probes))
        return;
    html_heading(page, "h3", "probe.heading");
    page_say(page, "p", "probe.intro", NULL);
    results_visit_products_first(page->results, write_rows, page);
}

void html_write_probe_cautions(Page *page, const ResultsEvaluation *evaluation)
{
    for (size_t i = 0; i < evaluation->probes.count; i++) {
        const ResultsProbe *probe = &evaluation->probes.at[i];
        if (g_strcmp0(probe->state, "fail") != 0)
            continue;
        g_autofree char *text = texts_format(page->texts, "probe.caution", "name",
                                             texts_word(page->texts, "probe.name", probe->id), "meaning",
                                             texts_pick(page->texts, probe->meaning, NULL), NULL);
        page_element(page, "p", text, "class", "warning", NULL);
    }
}
