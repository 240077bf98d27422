/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 15: what the public was told. */
#include "report/html_sections.h"

static void public_row(Page *page, const char *label, const char *article, const json_t *value)
{
    page_open(page, "tr", NULL);
    page_cell(page, "column.item", "head", label);
    page_cell_open(page, "column.told", "");
    if (texts_pick(page->texts, value, NULL) != NULL)
        page_localized(page, value);
    else
        page_say(page, "strong", "public.not_communicated", "absent");
    page_close(page);
    page_cell(page, "column.article", "", article != NULL ? article : "—");
    page_close(page);
}

void html_write_public(Page *page)
{
    static const char *const columns[] = {"column.item", "column.told", "column.article", NULL};
    const json_t *told = model_get(page->results, "audit.public_information");
    html_section_open(page, "public");
    page_say(page, "p", "public.intro", NULL);
    page_table_open(page, texts_get(page->texts, "public.caption"), "cards");
    page_table_head(page, columns);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    size_t missing = 0, items = model_count(page->catalogue, "public_information");
    for (size_t i = 0; i < items; i++) {
        const json_t *item = model_member(page->catalogue, "public_information", i);
        const char *key = model_string(item, "key");
        const json_t *value = key != NULL ? json_object_get(told, key) : NULL;
        const char *label = texts_pick(page->texts, model_get(item, "title"), NULL);
        if (key == NULL || label == NULL)
            continue;
        g_hash_table_add(known, (char *)key);
        missing += texts_pick(page->texts, value, NULL) == NULL;
        public_row(page, label, model_string(item, "article"), value);
    }
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)told, key, value)
    {
        if (!g_hash_table_contains(known, key))
            public_row(page, texts_word(page->texts, "public_item", key), NULL, value);
    }
    page_table_close(page);
    g_autofree char *of = texts_integer(page->texts, (int64_t)items);
    g_autofree char *sum = texts_count(page->texts, "public.missing", (int64_t)missing, "items", of, NULL);
    page_element(page, "p", sum, NULL);
    const char *date = model_string(page->catalogue, "state_of_law");
    g_autofree char *source = texts_format(page->texts, "public.source", "date", date, NULL);
    page_element(page, "p", source, "class", "minor", NULL);
    html_section_close(page);
}
