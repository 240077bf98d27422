/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which false alerts and misses are shown below, and how they were drawn. */
#include "report/html/sections.h"

#include <math.h>

/* The sample knows the document by its JSON. */
static void name_cell(Page *page, const SampleStratum *stratum)
{
    for (size_t i = 0; i < page->results->scenarios.count; i++) {
        const ResultsScenario *scenario = &page->results->scenarios.at[i];
        for (size_t j = 0; j < scenario->evaluations.count; j++)
            if (scenario->evaluations.at[j].json == stratum->evaluation)
                html_evaluation_cell(page, scenario, &scenario->evaluations.at[j]);
    }
}

static void stratum_row(Page *page, const SampleStratum *stratum)
{
    g_autofree char *drawn = texts_integer(page->texts, (int64_t)stratum->drawn);
    g_autofree char *total = texts_integer(page->texts, (int64_t)stratum->total);
    g_auto(NumberText) share = {NULL};
    texts_interval(page->texts, (double)stratum->drawn / (double)stratum->total, (double)NAN, (double)NAN,
                   true, &share);
    page_open(page, "tr", NULL);
    name_cell(page, stratum);
    page_cell(page, "column.alert_kind", "",
              stratum->kind == NULL ? texts_get(page->texts, "mark.miss")
              : stratum->cause      ? stratum->kind
                                    : texts_word(page->texts, "sample.kind", stratum->kind));
    page_cell(page, "column.drawn", "num", drawn);
    page_cell(page, "column.of", "num", total);
    page_cell(page, "column.fraction", "num", share.value);
    page_close(page);
}

static void write_sample(Page *page, SampleList list)
{
    static const char *const columns[] = {"column.evaluation", "column.alert_kind", "column.drawn",
                                          "column.of",         "column.fraction",   NULL};
    const Sample *sample = exhibits_sample(page->pictures, list);
    const bool alerts = list == SAMPLE_FALSE_ALERTS;
    if (sample->total == 0)
        return;
    g_autofree char *drawn = texts_integer(page->texts, (int64_t)sample->drawn);
    g_autofree char *total = texts_integer(page->texts, (int64_t)sample->total);
    g_autofree char *seed = texts_integer(page->texts, sample->seed);
    if (sample->drawn == sample->total) {
        g_autofree char *all = texts_count(page->texts, alerts ? "sample.all_alerts" : "sample.all_misses",
                                           (int64_t)sample->total, NULL);
        page_element(page, "p", all, NULL);
        return;
    }
    g_autofree char *kept = texts_integer(page->texts, alerts ? SAMPLE_KEPT_ALERTS : SAMPLE_KEPT_MISSES);
    g_autofree char *text = texts_format(page->texts, alerts ? "sample.alerts" : "sample.misses", "drawn",
                                         drawn, "total", total, "seed", seed, "kept", kept, NULL);
    page_element(page, "p", text, "class", "sample", NULL);
    page_open(page, "details", NULL);
    page_say(page, "summary", "sample.by_cause", NULL);
    page_table_open(page, texts_get(page->texts, alerts ? "sample.caption_alerts" : "sample.caption_misses"),
                    "cards");
    page_table_head(page, columns);
    for (guint i = 0; i < sample->strata->len; i++)
        stratum_row(page, g_ptr_array_index(sample->strata, i));
    page_table_close(page);
    page_close(page);
}

/* What was done to the pictures before they were kept, as results.json says. */
static void write_blur(Page *page)
{
    const char *blur = page->results->pictures.blur;
    if (g_strcmp0(blur, "persons") == 0)
        page_say(page, "p", "evidence.blur_persons", NULL);
    else if (g_strcmp0(blur, "all") == 0)
        page_say(page, "p", "evidence.blur_all", NULL);
    else if (g_strcmp0(blur, "none") == 0)
        page_say(page, "p", "evidence.blur_none", "warning");
}

void html_write_sample(Page *page)
{
    write_blur(page);
    if (exhibits_count(page->pictures, EXHIBIT_ABSENT) == exhibits_total(page->pictures))
        page_say(page, "p", "evidence.no_pictures", NULL);
    write_sample(page, SAMPLE_FALSE_ALERTS);
    write_sample(page, SAMPLE_MISSES);
}
