/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Part of section 3: who translated the alert logs, from which table and by which map. */
#include "language/phrase.h"
#include "report/html/sections.h"

static bool has_log(const ResultsEvaluation *evaluation)
{
    return evaluation->log.json != NULL;
}

static void write_file(Page *page, const char *column, const ResultsOriginFile *file)
{
    page_cell_open(page, column, "");
    page_text(page, file->file);
    page_void(page, "br", NULL);
    page_element(page, "code", file->sha256, "class", "hash", NULL);
    if (!results_true(file->at_hand)) {
        page_void(page, "br", NULL);
        page_say(page, "span", "imports.away", "minor");
    }
    page_close(page);
}

static void write_rows(Page *page, const ResultsLogOrigin *origin)
{
    g_autoptr(Phrase) rows = phrase_integer(phrase_new("imports.rows"), "rows", origin->rows);
    phrase_integer(phrase_integer(rows, "alerts", origin->alerts), "repeated", origin->repeated);
    phrase_integer(phrase_integer(rows, "ignored", origin->ignored), "places", origin->ignored_places);
    phrase_integer(phrase_integer(rows, "elsewhere", origin->elsewhere), "joined", origin->joined);
    g_autofree char *text = phrase_render(phrase_integer(rows, "alone", origin->alone), page->texts);
    page_cell(page, "column.import_rows", "", text);
}

static void write_log(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    const ResultsLogOrigin *origin = &evaluation->log.origin;
    if (!has_log(evaluation))
        return;
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    if (origin->json == NULL) {
        page_cell(page, "column.table", "", "—");
        page_cell(page, "column.map", "", "—");
        page_cell(page, "column.import_rows", "", texts_get(page->texts, "imports.none"));
    } else {
        write_file(page, "column.table", &origin->table);
        write_file(page, "column.map", &origin->map);
        write_rows(page, origin);
    }
    page_cell(page, "column.import_state", "",
              origin->json == NULL
                  ? "—"
                  : texts_get(page->texts,
                              results_true(origin->unchanged) ? "imports.unchanged" : "imports.changed"));
    page_close(page);
}

void html_write_imports(Page *page)
{
    static const char *const columns[] = {"column.evaluation",  "column.table",        "column.map",
                                          "column.import_rows", "column.import_state", NULL};
    if (!html_any_evaluation(page, has_log))
        return;
    html_heading(page, "h3", "imports.heading");
    page_say(page, "p", "imports.intro", NULL);
    html_evaluations_table(page, "imports.caption", "cards wide", columns, write_log);
}
