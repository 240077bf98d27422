/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the public was told, item by item as the catalogue of obligations asks. */
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
    html_law_of_item(page, item);
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

void html_write_public(Page *page)
{
    html_section_open(page, "public");
    page_say(page, "p", "public.intro", NULL);
    g_autofree char *counts = html_public_counts(page, "public.counts");
    page_element(page, "p", counts, NULL);
    write_table(page);
    html_write_law(page);
    html_section_close(page);
}
