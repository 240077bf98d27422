/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 4: the claims in their own words, who made them, and how each is read. */
#include "report/html/sections.h"

#include <string.h>

static bool same_source(const ResultsClaim *claim, const ResultsClaim *before)
{
    return before != NULL && json_equal(claim->source, before->source) &&
           g_strcmp0(claim->date, before->date) == 0;
}

static void write_claim(Page *page, const ResultsScenario *scenario, const ResultsClaim *claim,
                        const ResultsClaim *before)
{
    const char *source = texts_pick(page->texts, claim->source, NULL);
    const char *date = claim->date;
    g_autofree char *title = page_title(page, scenario->title, NULL, scenario->id);
    g_autofree char *reading = html_reading(page, claim);
    g_autofree char *day = date != NULL ? texts_date(page->texts, date) : NULL;
    page_open(page, "tr", NULL);
    page_cell(page, "column.scenario", "head", title);
    page_cell_open(page, "column.claim", "");
    page_element(page, "q", claim->text, NULL);
    page_close(page);
    page_cell_open(page, "column.source", "");
    if (source != NULL && same_source(claim, before))
        page_say(page, "span", "claims.same_source", "minor");
    else if (source != NULL)
        page_localized(page, claim->source);
    else
        page_say(page, "span", "not_stated", "minor");
    page_close(page);
    page_cell(page, "column.date", "", day != NULL ? day : texts_get(page->texts, "not_stated"));
    page_cell_open(page, "column.reading", "");
    page_text(page, reading);
    if (results_true(claim->confirmatory) && g_strcmp0(claim->verdict, "not_testable") != 0) {
        page_void(page, "br", NULL);
        page_say(page, "span", "claims.confirmatory", "minor");
    }
    page_close_many(page, 2);
}

/* A claim is judged for every system and condition; here it stands once. */
static void write_scenario(Page *page, const ResultsScenario *scenario, GHashTable *seen,
                           const ResultsClaim **before)
{
    for (size_t i = 0; i < scenario->evaluations.count; i++) {
        const ResultsEvaluation *evaluation = &scenario->evaluations.at[i];
        for (size_t j = 0; j < evaluation->claims.count; j++) {
            const ResultsClaim *claim = &evaluation->claims.at[j];
            g_autofree char *key = g_strdup_printf("%s\n%s", scenario->id, claim->id);
            if (!g_hash_table_add(seen, g_steal_pointer(&key)))
                continue;
            write_claim(page, scenario, claim, *before);
            *before = claim;
        }
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
    static const char *const columns[] = {"column.scenario", "column.claim",   "column.source",
                                          "column.date",     "column.reading", NULL};
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
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const ResultsClaim *before = NULL;
    for (size_t i = 0; i < page->results->scenarios.count; i++)
        write_scenario(page, &page->results->scenarios.at[i], seen, &before);
    page_table_close(page);
    html_section_close(page);
}
