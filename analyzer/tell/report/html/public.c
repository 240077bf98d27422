/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 15: what the public was told, item by item as the catalogue of obligations asks, and the law it is
 * from. */
#include "report/html/sections.h"

#include <string.h>

PublicCounts html_count_public(const Page *page)
{
    const json_t *told = model_get(page->results, "audit.public_information");
    PublicCounts counts = {model_count(page->catalogue, "public_information"), 0, 0};
    for (size_t i = 0; i < counts.items; i++) {
        const char *key = model_string(model_member(page->catalogue, "public_information", i), "key");
        const char *state = html_statement_state(key != NULL ? json_object_get(told, key) : NULL);
        counts.missing += strcmp(state, "not_communicated") == 0;
        counts.refused += strcmp(state, "refused") == 0;
    }
    return counts;
}

/* The article with the date of the text and how far it was checked. */
static void article_cell(Page *page, const json_t *entry)
{
    const char *article = model_string(entry, "article"), *source = model_string(entry, "source"),
               *date = model_string(entry, "date"), *mark = model_string(entry, "mark");
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

static void public_row(Page *page, const json_t *item, const json_t *statement)
{
    const char *label = texts_pick(page->texts, model_get(item, "title"), NULL);
    page_open(page, "tr", NULL);
    page_cell_open(page, "column.item", "head");
    page_text(page, label != NULL ? label : model_string(item, "key"));
    if (texts_pick(page->texts, model_get(item, "question"), NULL) != NULL) {
        page_void(page, "br", NULL);
        page_open(page, "span", "class", "minor", NULL);
        page_localized(page, model_get(item, "question"));
        page_close(page);
    }
    page_close(page);
    page_cell_open(page, "column.told", "");
    html_statement(page, statement, "public.not_communicated", model_get(item, "gap"));
    page_close(page);
    article_cell(page, item);
    page_close(page);
}

static void write_table(Page *page)
{
    static const char *const columns[] = {"column.item", "column.told", "column.article", NULL};
    const json_t *told = model_get(page->results, "audit.public_information");
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    page_table_open(page, texts_get(page->texts, "public.caption"), "cards");
    page_table_head(page, columns);
    for (size_t i = 0; i < model_count(page->catalogue, "public_information"); i++) {
        const json_t *item = model_member(page->catalogue, "public_information", i);
        const char *key = model_string(item, "key");
        if (key == NULL)
            continue;
        g_hash_table_add(known, (char *)key);
        public_row(page, item, json_object_get(told, key));
    }
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)told, key, value)
    {
        if (g_hash_table_contains(known, key))
            continue;
        json_t *item = json_pack("{s:s}", "key", key);
        public_row(page, item, value);
        json_decref(item);
    }
    page_table_close(page);
}

static void write_counts(Page *page)
{
    const PublicCounts counts = html_count_public(page);
    g_autofree char *of = texts_integer(page->texts, (int64_t)counts.items);
    g_autofree char *sum =
        texts_count(page->texts, "public.missing", (int64_t)counts.missing, "items", of, NULL);
    page_element(page, "p", sum, NULL);
    if (counts.refused > 0) {
        g_autofree char *refused =
            texts_count(page->texts, "public.refused", (int64_t)counts.refused, "items", of, NULL);
        page_element(page, "p", refused, NULL);
    }
}

/* ---- the law */

static void write_obligations(Page *page)
{
    static const char *const columns[] = {"column.obligation", "column.article", NULL};
    if (model_count(page->catalogue, "obligations") == 0)
        return;
    html_heading(page, "h3", "law.obligations");
    page_table_open(page, texts_get(page->texts, "law.obligations"), "cards");
    page_table_head(page, columns);
    for (size_t i = 0; i < model_count(page->catalogue, "obligations"); i++) {
        const json_t *obligation = model_member(page->catalogue, "obligations", i);
        page_open(page, "tr", NULL);
        page_cell_open(page, "column.obligation", "head");
        page_localized(page, model_get(obligation, "title"));
        page_close(page);
        article_cell(page, obligation);
        page_close(page);
    }
    page_table_close(page);
}

static void write_status(Page *page)
{
    static const char *const columns[] = {"column.date", "column.step", "column.law_source", NULL};
    if (model_count(page->catalogue, "legal_status") == 0)
        return;
    html_heading(page, "h3", "law.status");
    page_table_open(page, texts_get(page->texts, "law.status"), "cards");
    page_table_head(page, columns);
    for (size_t i = 0; i < model_count(page->catalogue, "legal_status"); i++) {
        const json_t *step = model_member(page->catalogue, "legal_status", i);
        const char *mark = model_string(step, "mark"), *source = model_string(step, "source");
        const char *date = model_string(step, "date");
        g_autofree char *day = date != NULL ? texts_date(page->texts, date) : g_strdup("—");
        page_open(page, "tr", NULL);
        page_cell(page, "column.date", "head", day);
        page_cell_open(page, "column.step", "");
        page_localized(page, model_get(step, "text"));
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
    write_counts(page);
    write_table(page);
    const char *date = model_string(page->catalogue, "state_of_law");
    const char *title = texts_pick(page->texts, model_get(page->catalogue, "title"), NULL);
    g_autofree char *day = texts_date(page->texts, date != NULL ? date : "—");
    g_autofree char *source = texts_format(page->texts, "public.source", "date", day, "catalogue",
                                           title != NULL ? title : "—", NULL);
    page_element(page, "p", source, NULL);
    if (texts_pick(page->texts, model_get(page->catalogue, "note"), NULL) != NULL) {
        page_open(page, "p", NULL);
        page_localized(page, model_get(page->catalogue, "note"));
        page_close(page);
    }
    write_obligations(page);
    write_status(page);
    html_section_close(page);
}
