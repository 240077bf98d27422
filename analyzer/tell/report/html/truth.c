/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How what truly happened was established. */
#include "report/html/sections.h"

#include <math.h>

static void write_person(Page *page, const char *name)
{
    page_text(page, name != NULL ? name : texts_get(page->texts, "agreement.truth"));
}

static void write_pair(Page *page, const ResultsScenario *scenario, const ResultsAgreement *pair)
{
    g_autofree char *title = page_title(page, scenario->title, NULL, scenario->id);
    g_autofree char *hours =
        texts_duration(page->texts, results_double(pair->watched_us) / (double)G_USEC_PER_SEC / 3600);
    g_autofree char *first = texts_integer(page->texts, pair->first_events);
    g_autofree char *second = texts_integer(page->texts, pair->second_events);
    g_autofree char *events = g_strdup_printf("%s / %s", first, second);
    g_autofree char *f1_first = texts_significant(page->texts, pair->f1_first_as_truth, 2);
    g_autofree char *f1_second = texts_significant(page->texts, pair->f1_second_as_truth, 2);
    g_autofree char *f1 = g_strdup_printf("%s / %s", f1_first, f1_second);
    const double value = pair->windows.kappa, se = pair->windows.se;
    g_autofree char *kappa = texts_significant(page->texts, value, 2);
    g_autofree char *error = texts_significant(page->texts, se, 2);
    g_autofree char *both = isnan(value) ? g_strdup(kappa) : g_strdup_printf("%s ± %s", kappa, error);
    const int64_t counts[] = {pair->windows.both, pair->windows.only_first, pair->windows.only_second,
                              pair->windows.neither};
    page_open(page, "tr", NULL);
    page_cell(page, "column.scenario", "head", title);
    page_cell_open(page, "column.people", "");
    write_person(page, pair->first);
    page_text(page, " / ");
    write_person(page, pair->second);
    page_close(page);
    page_cell(page, "column.watched", "num", hours);
    page_cell(page, "column.events", "num", events);
    page_cell(page, "column.f1", "num", f1);
    page_cell(page, "column.kappa", "num", both);
    page_cell_open(page, "column.windows", "num");
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autofree char *count = texts_integer(page->texts, counts[i]);
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
    const Results *results = page->results;
    size_t pairs = 0;
    for (size_t i = 0; i < results->scenarios.count; i++)
        pairs += results->scenarios.at[i].agreement.count;
    if (pairs == 0)
        return false;
    html_heading(page, "h3", "agreement.heading");
    page_say(page, "p", "agreement.intro", NULL);
    page_table_open(page, texts_get(page->texts, "agreement.caption"), "cards");
    page_table_head(page, columns);
    for (size_t i = 0; i < results->scenarios.count; i++) {
        const ResultsScenario *scenario = &results->scenarios.at[i];
        for (size_t j = 0; j < scenario->agreement.count; j++)
            write_pair(page, scenario, &scenario->agreement.at[j]);
    }
    page_table_close(page);
    return true;
}

static void write_version(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                          const ResultsEarlierTruth *scored, const char *version)
{
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    page_cell(page, "column.truth_version", "", version);
    html_integer_cell(page, "column.events", scored->counts.events);
    html_integer_cell(page, "column.hits", scored->counts.hits);
    html_integer_cell(page, "column.misses", scored->counts.misses);
    html_integer_cell(page, "column.false", scored->counts.false_strict);
    html_rate_cell(page, "column.false_rate", &scored->rates.false_alerts_per_camera_hour);
    html_rate_cell(page, "column.p_miss", &scored->rates.p_miss);
    page_close(page);
}

static void version_rows(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    const size_t versions = evaluation->earlier_truth.count;
    for (size_t i = 0; i < versions; i++) {
        const ResultsEarlierTruth *scored = &evaluation->earlier_truth.at[i];
        write_version(page, scenario, evaluation, scored, scored->version);
    }
    const char *version = texts_pick(page->texts, scenario->truth_version, NULL);
    const ResultsCounts *counts = &evaluation->counts;
    const ResultsEarlierTruth now = {
        .counts = {.events = counts->events,
                   .hits = counts->hits,
                   .misses = counts->misses,
                   .alerts = counts->alerts,
                   .false_strict = counts->false_strict},
        .rates = {.false_alerts_per_camera_hour = evaluation->rates.false_alerts_per_camera_hour,
                  .p_miss = evaluation->rates.p_miss}};
    if (versions > 0)
        write_version(page, scenario, evaluation, &now,
                      version != NULL ? version : texts_get(page->texts, "agreement.truth"));
}

static bool has_versions(const ResultsEvaluation *evaluation)
{
    return evaluation->earlier_truth.count > 0;
}

static void write_versions(Page *page)
{
    static const char *const columns[] = {"column.evaluation", "column.truth_version", "column.events",
                                          "column.hits",       "column.misses",        "column.false",
                                          "column.false_rate", "column.p_miss",        NULL};
    if (html_part_open(page, has_versions, "versions.heading", "versions.intro"))
        html_evaluations_table(page, "versions.caption", "cards", columns, version_rows);
}

static void write_sources(Page *page)
{
    int64_t files = 0;
    for (size_t i = 0; i < page->results->inputs.count; i++)
        files += g_strcmp0(page->results->inputs.at[i].kind, "truth") == 0;
    if (files > 0) {
        g_autofree char *text = texts_count(page->texts, "truth.sources", files, NULL);
        page_element(page, "p", text, NULL);
    }
    if (results_true(page->results->synthetic))
        page_say(page, "p", "truth.built", NULL);
}

static bool is_agreement_stated(const Page *page)
{
    for (size_t i = 0; i < page->results->datasets.count; i++)
        if (page->results->datasets.at[i].annotation.agreement_figure != NULL)
            return true;
    return false;
}

/* Whether the audit says of any data set that more than one person marked it. */
static bool are_several(const Page *page)
{
    for (size_t i = 0; i < page->results->datasets.count; i++)
        if (page->results->datasets.at[i].annotation.people > 1)
            return true;
    return false;
}

void html_write_truth(Page *page)
{
    html_section_open(page, "truth");
    write_sources(page);
    html_write_annotation(page);
    if (!write_agreement(page) && !is_agreement_stated(page))
        page_say(page, "p", are_several(page) ? "truth.agreement_unknown" : "truth.one_annotator", NULL);
    write_versions(page);
    html_section_close(page);
}
