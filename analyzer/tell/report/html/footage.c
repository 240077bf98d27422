/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kinds of footage there are, and so which there are not. */
#include "records/provenance.h"
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
static GTree *collect(const Results *results)
{
    GTree *attributes = g_tree_new_full(compare, NULL, g_free, (GDestroyNotify)g_tree_unref);
    const size_t clips = results->clips.count;
    for (size_t i = 0; i < clips; i++) {
        const char *name;
        json_t *value;
        json_object_foreach((json_t *)results->clips.at[i].attributes, name,
                            value) if (g_tree_lookup(attributes, name) == NULL)
            g_tree_insert(attributes, g_strdup(name), g_tree_new_full(compare, NULL, g_free, g_free));
    }
    for (GTreeNode *node = g_tree_node_first(attributes); node != NULL; node = g_tree_node_next(node)) {
        for (size_t i = 0; i < clips; i++) {
            const ResultsClip *clip = &results->clips.at[i];
            const json_t *stated = json_object_get(clip->attributes, g_tree_node_key(node));
            const char *value = json_is_string(stated) ? json_string_value(stated) : "";
            Share *share = g_tree_lookup(g_tree_node_value(node), value);
            if (share == NULL) {
                share = g_new0(Share, 1);
                g_tree_insert(g_tree_node_value(node), g_strdup(value), share);
            }
            share->clips++;
            if (clip->conditions.count > 0)
                share->length_us += MAX(clip->conditions.at[0].duration_us, 0);
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

/* What is known of how clips were chosen: of all data sets together, since the figures beside it are. */
static void write_choice(Page *page)
{
    bool chosen = false, unknown = false;
    for (size_t i = 0; i < page->results->datasets.count; i++) {
        const ResultsDataset *dataset = &page->results->datasets.at[i];
        const int how = provenance_find(sampling_words, dataset->sampling.how);
        if (results_true(dataset->synthetic) || how == SAMPLING_BY_HAND)
            chosen = true;
        else
            unknown = unknown || how == NOT_FILLED_IN || how == SAMPLING_UNKNOWN;
    }
    if (chosen || unknown)
        page_say(page, "p", chosen ? "data.chosen" : "data.choice_unknown", NULL);
}

void html_write_representativity(Page *page)
{
    g_autoptr(GTree) attributes = collect(page->results);
    html_heading(page, "h3", "data.representative");
    write_choice(page);
    for (size_t i = 0; i < page->results->scenarios.count; i++) {
        const ResultsScenario *scenario = &page->results->scenarios.at[i];
        const ResultsEvaluation *evaluation = scenario->evaluations.at; /* the first speaks for all */
        const double free_clips =
            scenario->evaluations.count > 0 ? evaluation->rates.clips_alarmed.denominator : (double)NAN;
        if (isnan(free_clips))
            continue;
        g_autofree char *title = page_title(page, scenario->title, NULL, scenario->id);
        g_autofree char *all = texts_integer(page->texts, evaluation->exposure.clips);
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

/* Whether a scenario is about the event: by its number, or by what its rule looks for, whatever it says of
 * the law. */
static bool is_about(const ResultsScenario *scenario, const ResultsLegalEvent *event, int64_t number)
{
    if (scenario->decree_2023_828 == number)
        return true;
    for (size_t i = 0; i < event->behaviours.count; i++)
        if (g_strcmp0(event->behaviours.at[i], scenario->behaviour) == 0)
            return true;
    return false;
}

/* Of those that bound the trial, how many no scenario is about; none where the list bound nothing. The names
 * (may be NULL) are told apart. `open`: a scenario says nothing of the law, and may be about any of them. */
static size_t find_untested(const Page *page, GString *names, bool *open)
{
    const ResultsLegalList *list = &page->catalogue->legal_list;
    const size_t count = list->events.count;
    size_t untested = 0;
    *open = false;
    if (count == 0 || html_law_bearing(page, &list->place) > LAW_MAY_BIND)
        return 0;
    for (size_t s = 0; s < page->results->scenarios.count; s++) {
        const ResultsScenario *scenario = &page->results->scenarios.at[s];
        bool known = scenario->decree_2023_828 >= 0;
        for (size_t i = 0; i < count; i++)
            known = known || is_about(scenario, &list->events.at[i], (int64_t)i + 1);
        *open = *open || !known;
    }
    for (size_t i = 0; i < count; i++) {
        bool tested = false;
        for (size_t s = 0; s < page->results->scenarios.count; s++)
            tested = tested || is_about(&page->results->scenarios.at[s], &list->events.at[i], (int64_t)i + 1);
        const char *title = texts_pick(page->texts, list->events.at[i].title, NULL);
        if (tested || title == NULL)
            continue;
        untested++;
        if (names != NULL)
            g_string_append_printf(names, "%s%s", names->len > 0 ? texts_get(page->texts, "list.apart") : "",
                                   title);
    }
    return untested;
}

size_t html_untested_events(const Page *page)
{
    bool open;
    const size_t untested = page->catalogue != NULL ? find_untested(page, NULL, &open) : 0;
    return untested > 0 && !open ? untested : 0;
}

static void write_events(Page *page)
{
    g_autoptr(GString) names = g_string_new(NULL);
    bool open;
    const size_t count = page->catalogue->legal_list.events.count;
    find_untested(page, names, &open);
    if (names->len == 0)
        return;
    g_autofree char *all = texts_integer(page->texts, (int64_t)count);
    g_autofree char *line =
        texts_format(page->texts, open ? "limits.events_not_stated" : "limits.events_not_tested", "all", all,
                     "names", names->str, NULL);
    page_element(page, "li", line, NULL);
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
