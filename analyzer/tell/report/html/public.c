/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 15: what the public was told, item by item as the catalogue of obligations asks, and the law it is
 * from. */
#include "report/html/sections.h"

#include <string.h>

PublicCounts html_count_public(const Page *page)
{
    const ResultsStatements *told = &page->results->audit.public_information;
    PublicCounts counts = {.items = page->catalogue->public_information.count};
    for (size_t i = 0; i < counts.items; i++) {
        const char *key = page->catalogue->public_information.at[i].key;
        const char *state = html_statement_state(results_find_statement(told, key));
        counts.missing += strcmp(state, "not_communicated") == 0;
        counts.refused += strcmp(state, "refused") == 0;
        counts.blank += strcmp(state, "blank") == 0;
    }
    return counts;
}

/* The article with the date of the text and how far it was checked. */
static void article_cell(Page *page, const char *article, const char *source, const char *date,
                         const char *mark)
{
    page_cell_open(page, "column.article", "");
    page_text(page, article != NULL ? article : "—");
    if (article != NULL || source != NULL) {
        g_autofree char *day = date != NULL ? texts_date(page->texts, date) : NULL;
        g_autofree char *checked =
            date != NULL
                ? texts_format(page->texts, "law.version", "mark",
                               texts_word(page->texts, "law.mark", mark != NULL ? mark : "unverified"),
                               "date", day, NULL)
                : g_strdup(texts_word(page->texts, "law.mark", mark != NULL ? mark : "unverified"));
        page_void(page, "br", NULL);
        page_element(page, "span", checked, "class", "minor", NULL);
    }
    page_close(page);
}

static void public_row(Page *page, const ResultsPublicItem *item, const ResultsStatement *statement)
{
    const char *label = texts_pick(page->texts, item->title, NULL);
    page_open(page, "tr", NULL);
    page_cell_open(page, "column.item", "head");
    page_text(page, label != NULL ? label : item->key);
    if (texts_pick(page->texts, item->question, NULL) != NULL) {
        page_void(page, "br", NULL);
        page_open(page, "span", "class", "minor", NULL);
        page_localized(page, item->question);
        page_close(page);
    }
    page_close(page);
    page_cell_open(page, "column.told", "");
    html_statement(page, statement, item->gap);
    page_close(page);
    article_cell(page, item->article, item->source, item->date, item->mark);
    page_close(page);
}

static void write_table(Page *page)
{
    static const char *const columns[] = {"column.item", "column.told", "column.article", NULL};
    const ResultsStatements *told = &page->results->audit.public_information;
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    page_table_open(page, texts_get(page->texts, "public.caption"), "cards");
    page_table_head(page, columns);
    for (size_t i = 0; i < page->catalogue->public_information.count; i++) {
        const ResultsPublicItem *item = &page->catalogue->public_information.at[i];
        const char *key = item->key;
        if (key == NULL)
            continue;
        g_hash_table_add(known, (char *)key);
        public_row(page, item, results_find_statement(told, key));
    }
    for (size_t i = 0; i < told->count; i++)
        if (!g_hash_table_contains(known, told->keys[i]))
            public_row(page, &(ResultsPublicItem){.key = told->keys[i]}, &told->at[i]);
    page_table_close(page);
}

char *html_public_counts(const Page *page, const char *key)
{
    const PublicCounts counts = html_count_public(page);
    g_autofree char *items = texts_integer(page->texts, (int64_t)counts.items);
    g_autofree char *missing = texts_integer(page->texts, (int64_t)counts.missing);
    g_autofree char *refused = texts_integer(page->texts, (int64_t)counts.refused);
    g_autofree char *blank = texts_integer(page->texts, (int64_t)counts.blank);
    g_autofree char *given =
        texts_integer(page->texts, (int64_t)(counts.items - counts.missing - counts.refused - counts.blank));
    return texts_format(page->texts, key, "items", items, "given", given, "missing", missing, "refused",
                        refused, "blank", blank, NULL);
}

/* ---- the law */

static void write_obligations(Page *page)
{
    static const char *const columns[] = {"column.obligation", "column.article", NULL};
    if (page->catalogue->obligations.count == 0)
        return;
    html_heading(page, "h3", "law.obligations");
    page_table_open(page, texts_get(page->texts, "law.obligations"), "cards");
    page_table_head(page, columns);
    for (size_t i = 0; i < page->catalogue->obligations.count; i++) {
        const ResultsObligation *obligation = &page->catalogue->obligations.at[i];
        page_open(page, "tr", NULL);
        page_cell_open(page, "column.obligation", "head");
        page_localized(page, obligation->title);
        page_close(page);
        article_cell(page, obligation->article, obligation->source, obligation->date, obligation->mark);
        page_close(page);
    }
    page_table_close(page);
}

static void write_status(Page *page)
{
    static const char *const columns[] = {"column.date", "column.step", "column.law_source", NULL};
    if (page->catalogue->legal_status.count == 0)
        return;
    html_heading(page, "h3", "law.status");
    page_table_open(page, texts_get(page->texts, "law.status"), "cards");
    page_table_head(page, columns);
    for (size_t i = 0; i < page->catalogue->legal_status.count; i++) {
        const ResultsLegalStep *step = &page->catalogue->legal_status.at[i];
        const char *mark = step->mark, *source = step->source;
        const char *date = step->date;
        g_autofree char *day = date != NULL ? texts_date(page->texts, date) : g_strdup("—");
        page_open(page, "tr", NULL);
        page_cell(page, "column.date", "head", day);
        page_cell_open(page, "column.step", "");
        page_localized(page, step->text);
        page_close(page);
        page_cell_open(page, "column.law_source", "");
        page_element(page, "span", source != NULL ? source : "—", "class", "name", NULL);
        page_void(page, "br", NULL);
        page_element(page, "span", texts_word(page->texts, "law.mark", mark != NULL ? mark : "unverified"),
                     "class", "minor", NULL);
        page_close_many(page, 2);
    }
    page_table_close(page);
}

void html_write_public(Page *page)
{
    html_section_open(page, "public");
    page_say(page, "p", "public.intro", NULL);
    g_autofree char *counts = html_public_counts(page, "public.counts");
    page_element(page, "p", counts, NULL);
    write_table(page);
    const char *date = page->catalogue->state_of_law;
    const char *title = texts_pick(page->texts, page->catalogue->title, NULL);
    g_autofree char *day = texts_date(page->texts, date != NULL ? date : "—");
    g_autofree char *source = texts_format(page->texts, "public.source", "date", day, "catalogue",
                                           title != NULL ? title : "—", NULL);
    page_element(page, "p", source, NULL);
    if (texts_pick(page->texts, page->catalogue->note, NULL) != NULL) {
        page_open(page, "p", NULL);
        page_localized(page, page->catalogue->note);
        page_close(page);
    }
    write_obligations(page);
    write_status(page);
    html_section_close(page);
}
