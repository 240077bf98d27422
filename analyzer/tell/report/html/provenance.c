/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who had a stake in the test, how the footage was chosen, and how what truly
 * happened was marked. */
#include "report/provenance.h"
#include "report/html/sections.h"

static void write_pair(const char *name, const char *value, void *user)
{
    Page *page = user;
    page_open(page, "tr", NULL);
    page_element(page, "th", name, "scope", "row", NULL);
    page_open(page, "td", NULL);
    if (value != NULL)
        page_text(page, value);
    else
        page_say(page, "span", "statement.blank", "minor");
    page_close_many(page, 2);
}

/* A table of one data set, or one line where the audit says nothing at all of it. */
static void open_pairs(Page *page, const char *key, const char *of)
{
    g_autofree char *caption = texts_format(page->texts, key, "dataset", of, NULL);
    page_table_open(page, caption, "pairs");
    page_open(page, "tbody", NULL);
}

static void write_blank(Page *page, const char *key, const char *of)
{
    g_autofree char *line = texts_format(page->texts, key, "dataset", of, NULL);
    page_element(page, "p", line, NULL);
}

void html_write_sampling(Page *page)
{
    for (size_t i = 0; i < page->results->datasets.count; i++) {
        const ResultsDataset *dataset = &page->results->datasets.at[i];
        g_autofree char *title = page_title(page, dataset->title, NULL, dataset->id);
        if (results_true(dataset->synthetic))
            continue; /* nobody chose it from anything */
        if (dataset->sampling.json == NULL) {
            write_blank(page, "provenance.sampling_blank", title);
            continue;
        }
        open_pairs(page, "provenance.sampling", title);
        provenance_tell_sampling(&dataset->sampling, page->texts, write_pair, page);
        page_table_close(page);
    }
}

void html_write_annotation(Page *page)
{
    for (size_t i = 0; i < page->results->datasets.count; i++) {
        const ResultsDataset *dataset = &page->results->datasets.at[i];
        g_autofree char *title = page_title(page, dataset->title, NULL, dataset->id);
        if (results_true(dataset->synthetic))
            continue; /* its truth is calculated */
        if (dataset->annotation.json == NULL) {
            write_blank(page, "provenance.annotation_blank", title);
            continue;
        }
        open_pairs(page, "provenance.annotation", title);
        provenance_tell_annotation(&dataset->annotation, page->texts, write_pair, page);
        page_table_close(page);
    }
}

void html_write_interests(Page *page)
{
    const ResultsInterests *interests = &page->results->audit.conflict_of_interest;
    if (interests->json == NULL) {
        page_say(page, "p", "provenance.interests_blank", NULL);
        return;
    }
    open_pairs(page, "provenance.interests", NULL);
    provenance_tell_interests(interests, page->texts, write_pair, page);
    page_table_close(page);
}
