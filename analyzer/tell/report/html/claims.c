/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 4: the claims in their own words, who made them, and how each is read. */
#include "report/html/sections.h"

#include <string.h>

static bool same_source(const json_t *claim, const json_t *before)
{
    return before != NULL &&
           json_equal(json_object_get(claim, "source"), json_object_get(before, "source")) &&
           json_equal(json_object_get(claim, "date"), json_object_get(before, "date"));
}

static void write_claim(Page *page, const json_t *scenario, const json_t *claim, const json_t *before)
{
    const char *source = texts_pick(page->texts, model_get(claim, "source"), NULL);
    const char *date = model_string(claim, "date");
    g_autofree char *title = page_title(page, scenario, "title", "id");
    g_autofree char *reading = html_reading(page, claim);
    g_autofree char *day = date != NULL ? texts_date(page->texts, date) : NULL;
    page_open(page, "tr", NULL);
    page_cell(page, "column.scenario", "head", title);
    page_cell_open(page, "column.claim", "");
    page_element(page, "q", model_string(claim, "text"), NULL);
    page_close(page);
    page_cell_open(page, "column.source", "");
    if (source != NULL && same_source(claim, before))
        page_say(page, "span", "claims.same_source", "minor");
    else if (source != NULL)
        page_localized(page, model_get(claim, "source"));
    else
        page_say(page, "span", "not_stated", "minor");
    page_close(page);
    page_cell(page, "column.date", "", day != NULL ? day : texts_get(page->texts, "not_stated"));
    page_cell_open(page, "column.reading", "");
    page_text(page, reading);
    if (model_true(claim, "confirmatory")) {
        page_void(page, "br", NULL);
        page_say(page, "span", "claims.confirmatory", "minor");
    }
    page_close_many(page, 2);
}

/* A claim is judged for every system and condition; here it stands once. */
static void write_scenario(Page *page, const json_t *scenario, GHashTable *seen, const json_t **before)
{
    for (size_t i = 0; i < model_count(scenario, "evaluations"); i++) {
        const json_t *evaluation = model_member(scenario, "evaluations", i);
        for (size_t j = 0; j < model_count(evaluation, "claims"); j++) {
            const json_t *claim = model_member(evaluation, "claims", j);
            g_autofree char *key =
                g_strdup_printf("%s\n%s", model_string(scenario, "id"), model_string(claim, "id"));
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
    const char *date = model_string(page->results, "lock.date");
    if (date == NULL || g_strcmp0(model_string(page->results, "lock.state"), "unchanged") != 0) {
        page_say(page, "p", "claims.not_locked", "warning");
        return;
    }
    g_autofree char *day = texts_date(page->texts, date);
    g_autofree char *fixed = texts_format(page->texts, "claims.locked", "date", day, NULL);
    page_element(page, "p", fixed, NULL);
}

static bool has_claims(const json_t *evaluation)
{
    return model_count(evaluation, "claims") > 0;
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
    const json_t *before = NULL;
    for (size_t i = 0; i < model_count(page->results, "scenarios"); i++)
        write_scenario(page, model_member(page->results, "scenarios", i), seen, &before);
    page_table_close(page);
    html_section_close(page);
}
