/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The claims in their own words, who made them, and how each is read. */
#include "report/front.h"
#include "report/html/sections.h"

#include <string.h>

static void write_source(Page *page, const ResultsClaim *claim)
{
    g_autofree char *day = claim->date != NULL ? texts_date(page->texts, claim->date) : NULL;
    page_cell_open(page, "column.source", "");
    if (texts_pick(page->texts, claim->source, NULL) != NULL)
        page_localized(page, claim->source);
    else
        page_say(page, "span", "not_stated", "minor");
    page_close(page);
    page_cell(page, "column.date", "", day != NULL ? day : texts_get(page->texts, "not_stated"));
}

/* How the words are read, and which scenarios read them so. */
static void write_reading(Page *page, const FrontReading *reading)
{
    const ResultsClaim *claim = reading->claim;
    g_autoptr(GPtrArray) titles = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < reading->scenarios->len; i++) {
        const ResultsScenario *scenario = reading->scenarios->pdata[i];
        g_ptr_array_add(titles, page_title(page, scenario->title, NULL, scenario->id));
    }
    g_ptr_array_add(titles, NULL);
    g_autofree char *where = g_strjoinv(", ", (char **)titles->pdata);
    g_autofree char *figures = html_reading(page, claim);
    page_cell_open(page, "column.reading", "");
    if (texts_pick(page->texts, claim->read_as, NULL) != NULL) {
        page_localized(page, claim->read_as);
        page_text(page, texts_get(page->texts, "colon"));
    }
    page_text(page, figures);
    if (results_true(claim->confirmatory) && g_strcmp0(claim->verdict, "not_testable") != 0) {
        page_void(page, "br", NULL);
        page_say(page, "span", "claims.confirmatory", "minor");
    }
    page_close(page);
    page_cell(page, "column.scenario", "", where);
}

/* A claim is judged for every system and condition; here each of its readings stands once. */
static void write_claim(Page *page, const FrontClaim *claim)
{
    for (guint i = 0; i < claim->readings->len; i++) {
        page_open(page, "tr", NULL);
        page_cell_open(page, "column.claim", "head");
        html_quote(page, claim->claim);
        page_close(page);
        if (i == 0) {
            write_source(page, claim->claim);
        } else {
            page_cell_open(page, "column.source", "");
            page_say(page, "span", "claims.same_source", "minor");
            page_close(page);
            page_cell(page, "column.date", "empty", NULL);
        }
        write_reading(page, claim->readings->pdata[i]);
        page_close(page);
    }
}

/* Only a lock that still holds says that a reading is older than the run. */
static void write_when_fixed(Page *page)
{
    const char *date = page->results->lock.date;
    if (date == NULL || g_strcmp0(page->results->lock.state, "unchanged") != 0) {
        page_say(page, "p", "claims.not_locked", "warning");
        return;
    }
    g_autofree char *day = texts_date(page->texts, date);
    g_autofree char *fixed = texts_format(page->texts, "claims.locked", "date", day, NULL);
    page_element(page, "p", fixed, NULL);
}

static bool has_claims(const ResultsEvaluation *evaluation)
{
    return evaluation->claims.count > 0;
}

void html_write_claims(Page *page)
{
    static const char *const columns[] = {"column.claim",   "column.source",   "column.date",
                                          "column.reading", "column.scenario", NULL};
    html_section_open(page, "claims");
    if (!html_any_evaluation(page, has_claims)) {
        page_say(page, "p", "claims.none", NULL);
        html_section_close(page);
        return;
    }
    page_say(page, "p", "claims.quoted", NULL);
    write_when_fixed(page);
    page_table_open(page, texts_get(page->texts, "claims.list_caption"), "cards claim-list");
    page_table_head(page, columns);
    g_autoptr(Front) front = front_new(page->results);
    for (guint i = 0; i < front->claims->len; i++)
        write_claim(page, front->claims->pdata[i]);
    page_table_close(page);
    html_section_close(page);
}
