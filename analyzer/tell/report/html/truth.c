/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 7: how what truly happened was established. */
#include "report/html/sections.h"

#include <math.h>

static void write_person(Page *page, const json_t *pair, const char *key)
{
    const char *name = model_string(pair, key);
    page_text(page, name != NULL ? name : texts_get(page->texts, "agreement.truth"));
}

static void write_pair(Page *page, const json_t *scenario, const json_t *pair)
{
    g_autofree char *title = page_title(page, scenario, "title", "id");
    g_autofree char *hours =
        texts_duration(page->texts, model_number(pair, "watched_us") / (double)G_USEC_PER_SEC / 3600);
    const int64_t first = model_integer(pair, "first_events", 0),
                  second = model_integer(pair, "second_events", 0);
    g_autofree char *events = g_strdup_printf("%" G_GINT64_FORMAT " / %" G_GINT64_FORMAT, first, second);
    g_autofree char *f1_first = texts_significant(page->texts, model_number(pair, "f1_first_as_truth"), 2);
    g_autofree char *f1_second = texts_significant(page->texts, model_number(pair, "f1_second_as_truth"), 2);
    g_autofree char *f1 = g_strdup_printf("%s / %s", f1_first, f1_second);
    const double value = model_number(pair, "windows.kappa"), se = model_number(pair, "windows.se");
    g_autofree char *kappa = texts_significant(page->texts, value, 2);
    g_autofree char *error = texts_significant(page->texts, se, 2);
    g_autofree char *both = isnan(value) ? g_strdup(kappa) : g_strdup_printf("%s ± %s", kappa, error);
    const char *const counts[] = {"both", "only_first", "only_second", "neither"};
    page_open(page, "tr", NULL);
    page_cell(page, "column.scenario", "head", title);
    page_cell_open(page, "column.people", "");
    write_person(page, pair, "first");
    page_text(page, " / ");
    write_person(page, pair, "second");
    page_close(page);
    page_cell(page, "column.watched", "num", hours);
    page_cell(page, "column.events", "num", events);
    page_cell(page, "column.f1", "num", f1);
    page_cell(page, "column.kappa", "num", both);
    page_cell_open(page, "column.windows", "num");
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autofree char *path = g_strconcat("windows.", counts[i], NULL);
        g_autofree char *count = texts_integer(page->texts, model_integer(pair, path, 0));
        if (i > 0)
            page_text(page, " / ");
        page_text(page, count);
    }
    page_close(page);
    page_close(page);
}

static bool write_agreement(Page *page)
{
    static const char *const columns[] = {
        "column.scenario", "column.people", "column.watched", "column.events",
        "column.f1",       "column.kappa",  "column.windows", NULL};
    const json_t *results = page->results;
    size_t pairs = 0;
    for (size_t i = 0; i < model_count(results, "scenarios"); i++)
        pairs += model_count(model_member(results, "scenarios", i), "agreement");
    if (pairs == 0)
        return false;
    html_heading(page, "h3", "agreement.heading");
    page_say(page, "p", "agreement.intro", NULL);
    page_table_open(page, texts_get(page->texts, "agreement.caption"), "cards");
    page_table_head(page, columns);
    for (size_t i = 0; i < model_count(results, "scenarios"); i++) {
        const json_t *scenario = model_member(results, "scenarios", i);
        for (size_t j = 0; j < model_count(scenario, "agreement"); j++)
            write_pair(page, scenario, model_member(scenario, "agreement", j));
    }
    page_table_close(page);
    return true;
}

static void write_version(Page *page, const json_t *scenario, const json_t *evaluation, const json_t *scored,
                          const char *version)
{
    static const char *const counts[][2] = {{"column.events", "events"},
                                            {"column.hits", "hits"},
                                            {"column.misses", "misses"},
                                            {"column.false", "false_strict"}};
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    page_cell(page, "column.truth_version", "", version);
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autofree char *path = g_strconcat("counts.", counts[i][1], NULL);
        g_autofree char *count = texts_integer(page->texts, model_integer(scored, path, 0));
        page_cell(page, counts[i][0], "num", count);
    }
    html_rate_cell(page, "column.false_rate", model_get(scored, "rates.false_alerts_per_camera_hour"));
    html_rate_cell(page, "column.p_miss", model_get(scored, "rates.p_miss"));
    page_close(page);
}

static void version_rows(const json_t *scenario, const json_t *evaluation, void *user)
{
    Page *page = user;
    const size_t versions = model_count(evaluation, "earlier_truth");
    for (size_t i = 0; i < versions; i++) {
        const json_t *scored = model_member(evaluation, "earlier_truth", i);
        write_version(page, scenario, evaluation, scored, model_string(scored, "version"));
    }
    const char *version = model_string(scenario, "truth_version");
    if (versions > 0)
        write_version(page, scenario, evaluation, evaluation,
                      version != NULL ? version : texts_get(page->texts, "agreement.truth"));
}

static void count_versions(const json_t *scenario, const json_t *evaluation, void *user)
{
    (void)scenario;
    *(size_t *)user += model_count(evaluation, "earlier_truth");
}

static void write_versions(Page *page)
{
    static const char *const columns[] = {"column.evaluation", "column.truth_version", "column.events",
                                          "column.hits",       "column.misses",        "column.false",
                                          "column.false_rate", "column.p_miss",        NULL};
    size_t versions = 0;
    model_visit_evaluations(page->results, count_versions, &versions);
    if (versions == 0)
        return;
    html_heading(page, "h3", "versions.heading");
    page_say(page, "p", "versions.intro", NULL);
    page_table_open(page, texts_get(page->texts, "versions.caption"), "cards");
    page_table_head(page, columns);
    model_visit_evaluations(page->results, version_rows, page);
    page_table_close(page);
}

static void write_sources(Page *page)
{
    int64_t files = 0;
    for (size_t i = 0; i < model_count(page->results, "inputs"); i++)
        files += g_strcmp0(model_string(model_member(page->results, "inputs", i), "kind"), "truth") == 0;
    if (files > 0) {
        g_autofree char *text = texts_count(page->texts, "truth.sources", files, NULL);
        page_element(page, "p", text, NULL);
    }
    if (model_true(page->results, "synthetic"))
        page_say(page, "p", "truth.built", NULL);
}

void html_write_truth(Page *page)
{
    html_section_open(page, "truth");
    write_sources(page);
    if (!write_agreement(page))
        page_say(page, "p", "truth.one_annotator", NULL);
    write_versions(page);
    html_section_close(page);
}
