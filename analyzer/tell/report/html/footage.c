/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Within sections 6 and 14: what kinds of footage there are, and so which there are not. */
#include "report/html/sections.h"

#include <math.h>
#include <string.h>

typedef struct {
    int64_t clips, length_us;
} Share;

static int compare(gconstpointer a, gconstpointer b, gpointer user)
{
    (void)user;
    return strcmp(a, b);
}

/* attribute: (value: Share *), both in the order of the alphabet; a clip that does not state it is under "".
 */
static GTree *collect(const json_t *results)
{
    GTree *attributes = g_tree_new_full(compare, NULL, g_free, (GDestroyNotify)g_tree_unref);
    const size_t clips = model_count(results, "clips");
    for (size_t i = 0; i < clips; i++) {
        const char *name;
        json_t *value;
        json_object_foreach((json_t *)model_get(model_member(results, "clips", i), "attributes"), name,
                            value) if (g_tree_lookup(attributes, name) == NULL)
            g_tree_insert(attributes, g_strdup(name), g_tree_new_full(compare, NULL, g_free, g_free));
    }
    for (GTreeNode *node = g_tree_node_first(attributes); node != NULL; node = g_tree_node_next(node)) {
        for (size_t i = 0; i < clips; i++) {
            const json_t *clip = model_member(results, "clips", i);
            const json_t *stated = json_object_get(model_get(clip, "attributes"), g_tree_node_key(node));
            const char *value = json_is_string(stated) ? json_string_value(stated) : "";
            Share *share = g_tree_lookup(g_tree_node_value(node), value);
            if (share == NULL) {
                share = g_new0(Share, 1);
                g_tree_insert(g_tree_node_value(node), g_strdup(value), share);
            }
            share->clips++;
            share->length_us += MAX(model_integer(model_member(clip, "conditions", 0), "duration_us", 0), 0);
        }
    }
    return attributes;
}

static const char *value_name(const Page *page, const char *value)
{
    return *value != '\0' ? texts_word(page->texts, "attribute_value", value)
                          : texts_get(page->texts, "not_stated");
}

static void write_table(Page *page, GTree *attributes)
{
    static const char *const columns[] = {"column.attribute", "column.value", "column.clips", "column.length",
                                          NULL};
    page_table_open(page, texts_get(page->texts, "data.representative_caption"), "cards");
    page_table_head(page, columns);
    for (GTreeNode *node = g_tree_node_first(attributes); node != NULL; node = g_tree_node_next(node)) {
        GTree *values = g_tree_node_value(node);
        for (GTreeNode *item = g_tree_node_first(values); item != NULL; item = g_tree_node_next(item)) {
            const Share *share = g_tree_node_value(item);
            g_autofree char *clips = texts_integer(page->texts, share->clips);
            g_autofree char *length =
                texts_duration(page->texts, (double)share->length_us / (double)G_USEC_PER_SEC / 3600);
            page_open(page, "tr", NULL);
            page_cell(page, "column.attribute", "head",
                      texts_word(page->texts, "attribute", g_tree_node_key(node)));
            page_cell(page, "column.value", "", value_name(page, g_tree_node_key(item)));
            page_cell(page, "column.clips", "num", clips);
            page_cell(page, "column.length", "num", share->length_us > 0 ? length : "—");
            page_close(page);
        }
    }
    page_table_close(page);
}

void html_write_representativity(Page *page)
{
    g_autoptr(GTree) attributes = collect(page->results);
    html_heading(page, "h3", "data.representative");
    page_say(page, "p", "data.chosen", NULL);
    for (size_t i = 0; i < model_count(page->results, "scenarios"); i++) {
        const json_t *scenario = model_member(page->results, "scenarios", i);
        const json_t *evaluation = model_member(scenario, "evaluations", 0);
        const double free_clips = model_number(evaluation, "rates.clips_alarmed.denominator");
        if (isnan(free_clips))
            continue;
        g_autofree char *title = page_title(page, scenario, "title", "id");
        g_autofree char *all = texts_integer(page->texts, model_integer(evaluation, "exposure.clips", 0));
        g_autofree char *line =
            texts_count(page->texts, "data.ordinary", (int64_t)free_clips, "title", title, "all", all, NULL);
        page_element(page, "p", line, NULL);
    }
    if (g_tree_nnodes(attributes) > 0)
        write_table(page, attributes);
    else
        page_say(page, "p", "limits.no_attributes", NULL);
}

/* ---- what was not tested */

/* The events of the law that no scenario is about. */
static void write_events(Page *page)
{
    const size_t count = model_count(page->catalogue, "legal_list.events");
    g_autoptr(GString) names = g_string_new(NULL);
    for (size_t i = 0; i < count; i++) {
        bool tested = false;
        for (size_t s = 0; s < model_count(page->results, "scenarios"); s++)
            tested = tested || model_integer(model_member(page->results, "scenarios", s), "decree_2023_828",
                                             0) == (int64_t)i + 1;
        const json_t *event = model_member(page->catalogue, "legal_list.events", i);
        const char *title = texts_pick(page->texts, model_get(event, "title"), NULL);
        if (!tested && title != NULL)
            g_string_append_printf(names, "%s%s", names->len > 0 ? "; " : "", title);
    }
    if (names->len == 0)
        return;
    g_autofree char *all = texts_integer(page->texts, (int64_t)count);
    g_autofree char *line =
        texts_format(page->texts, "limits.events_not_tested", "all", all, "names", names->str, NULL);
    g_autofree char *set = texts_typography(page->texts, line);
    page_element(page, "li", set, NULL);
}

static void write_attribute(Page *page, const char *attribute, GTree *values)
{
    g_autoptr(GString) names = g_string_new(NULL);
    int64_t unknown = 0;
    for (GTreeNode *item = g_tree_node_first(values); item != NULL; item = g_tree_node_next(item)) {
        const char *value = g_tree_node_key(item);
        if (*value == '\0')
            unknown = ((const Share *)g_tree_node_value(item))->clips;
        else
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", value_name(page, value));
    }
    g_autofree char *n = texts_integer(page->texts, unknown);
    g_autofree char *line =
        texts_format(page->texts, unknown > 0 ? "limits.attribute_unknown" : "limits.attribute", "attribute",
                     texts_word(page->texts, "attribute", attribute), "values", names->str, "n", n, NULL);
    page_element(page, "li", line, NULL);
}

void html_write_untested(Page *page)
{
    g_autoptr(GTree) attributes = collect(page->results);
    write_events(page);
    for (GTreeNode *node = g_tree_node_first(attributes); node != NULL; node = g_tree_node_next(node))
        write_attribute(page, g_tree_node_key(node), g_tree_node_value(node));
    if (g_tree_nnodes(attributes) == 0)
        page_say(page, "li", "limits.no_attributes", NULL);
}
