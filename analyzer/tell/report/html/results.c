/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main table, forest plots, second measures. */
#include "config/system_kind.h"
#include "report/charts/charts.h"
#include "report/html/sections.h"
#include "scoring/independence.h"

#include <math.h>

/* A figure with what is to be known of it below. */
static void two_line_cell(Page *page, const char *column, const char *figure, const char *below)
{
    page_cell_open(page, column, "num");
    page_text(page, figure);
    page_void(page, "br", NULL);
    page_element(page, "span", below, "class", "minor", NULL);
    page_close(page);
}

static void exposure_cell(Page *page, const ResultsEvaluation *evaluation)
{
    g_autofree char *hours = texts_duration(page->texts, evaluation->exposure.camera_hours);
    g_autofree char *cameras = texts_count(page->texts, "count.cameras", evaluation->exposure.cameras, NULL);
    two_line_cell(page, "column.exposure", hours, cameras);
}

static void false_cell(Page *page, const ResultsEvaluation *evaluation)
{
    g_autofree char *strict = texts_integer(page->texts, evaluation->counts.false_strict);
    g_autofree char *lenient = texts_integer(page->texts, evaluation->counts.false_lenient);
    g_autofree char *minor = texts_format(page->texts, "results.lenient", "n", lenient, NULL);
    two_line_cell(page, "column.false", strict, minor);
}

static void prevalence_cell(Page *page, const ResultsEvaluation *evaluation)
{
    const ResultsPrecisionAtPrevalence *rate = &evaluation->rates.precision_at_prevalence;
    g_auto(NumberText) text = {NULL};
    texts_interval(page->texts, rate->value, (double)NAN, (double)NAN, true, &text);
    g_autofree char *pi = texts_significant(page->texts, rate->prevalence, 3);
    g_autofree char *minor = isnan(rate->value)
                                 ? html_reason(page, rate->reason)
                                 : texts_format(page->texts, "results.prevalence", "value", pi, NULL);
    two_line_cell(page, "column.precision_deployed", text.value, minor);
}

static void latency_cell(Page *page, const ResultsEvaluation *evaluation)
{
    const ResultsLatency *latency = &evaluation->latency;
    if (isnan(latency->median_s)) {
        g_autofree char *reason = html_reason(page, latency->reason);
        two_line_cell(page, "column.latency", "—", reason);
    } else {
        g_autofree char *median = texts_seconds(page->texts, latency->median_s);
        g_autofree char *p90 = texts_seconds(page->texts, latency->p90_s);
        g_autofree char *both = g_strdup_printf("%s / %s", median, p90);
        g_autofree char *n = texts_integer(page->texts, latency->n);
        g_autofree char *censored = texts_integer(page->texts, latency->censored);
        g_autofree char *minor =
            texts_format(page->texts, "results.latency", "n", n, "censored", censored, NULL);
        two_line_cell(page, "column.latency", both, minor);
    }
}

/* What a verdict is about: the figure and its limit; without one the audit's reading, else the claim. */
static void write_subject(Page *page, const ResultsClaim *claim)
{
    if (claim->reading.metric != NULL) {
        g_autofree char *limit = page_limit(page, &claim->reading);
        g_autofree char *subject =
            g_strdup_printf("%s %s", texts_word(page->texts, "metric", claim->reading.metric), limit);
        page_text(page, subject);
    } else if (texts_pick(page->texts, claim->read_as, NULL) != NULL) {
        page_localized(page, claim->read_as);
    } else {
        html_quote(page, claim);
    }
    page_text(page, texts_get(page->texts, "colon"));
}

static void verdict_cell(Page *page, const ResultsEvaluation *evaluation)
{
    page_cell_open(page, "column.verdict", "");
    for (size_t i = 0; i < evaluation->claims.count; i++) {
        page_open(page, "div", NULL);
        write_subject(page, &evaluation->claims.at[i]);
        html_verdict(page, evaluation->claims.at[i].verdict);
        page_close(page);
    }
    if (evaluation->claims.count == 0)
        page_text(page, "—");
    page_close(page);
}

static void value_cell(Page *page, const char *label, const ResultsRate *rate)
{
    g_auto(NumberText) text = {NULL};
    figures_rate(page->texts, rate, &text);
    page_cell(page, label, "num", text.value);
}

/* The control is there to be compared with, not to be read: one thin line, values only. */
static void control_row(Page *page, const ResultsEvaluation *evaluation)
{
    g_autofree char *name = page_system_and_condition(page, evaluation);
    g_autofree char *hours = texts_duration(page->texts, evaluation->exposure.camera_hours);
    page_open(page, "tr", "class", "control", NULL);
    page_cell(page, NULL, "head", name);
    page_cell(page, "column.exposure", "num", hours);
    html_integer_cell(page, "column.events", evaluation->counts.events);
    html_integer_cell(page, "column.hits", evaluation->counts.hits);
    html_integer_cell(page, "column.misses", evaluation->counts.misses);
    html_integer_cell(page, "column.false", evaluation->counts.false_strict);
    html_integer_cell(page, "column.duplicates", evaluation->counts.duplicates);
    for (const RateRow *row = results_rates; row->name != NULL; row++) {
        if (row->table == RATE_MAIN && row->of_alerts)
            page_cell(page, row->column, "num empty", "—");
        else if (row->table == RATE_MAIN)
            value_cell(page, row->column, rate_row_of(row, &evaluation->rates));
    }
    page_cell(page, "column.precision_deployed", "num empty", "—");
    page_cell(page, "column.latency", "num empty", "—");
    verdict_cell(page, evaluation);
    page_close(page);
}

static void collect_controls(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    if (page_is_control(evaluation))
        g_hash_table_add(user, (gpointer)(uintptr_t)evaluation->system_kind);
}

/* What the grey rows are: a sentence for each kind that is there. */
static void write_controls(Page *page)
{
    g_autoptr(GHashTable) there = g_hash_table_new(g_str_hash, g_str_equal);
    results_visit_products_first(page->results, collect_controls, there);
    if (g_hash_table_size(there) == 0)
        return;
    g_autoptr(GString) text = g_string_new(texts_get(page->texts, "results.control"));
    for (unsigned kind = 0; system_kind_names[kind] != NULL; kind++)
        if (g_hash_table_contains(there, system_kind_names[kind]))
            g_string_append_printf(text, " %s", texts_word(page->texts, "control", system_kind_names[kind]));
    page_element(page, "p", text->str, NULL);
}

static void main_row(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    if (page_is_control(evaluation)) {
        control_row(page, evaluation);
        return;
    }
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    exposure_cell(page, evaluation);
    html_integer_cell(page, "column.events", evaluation->counts.events);
    html_integer_cell(page, "column.hits", evaluation->counts.hits);
    html_integer_cell(page, "column.misses", evaluation->counts.misses);
    false_cell(page, evaluation);
    html_integer_cell(page, "column.duplicates", evaluation->counts.duplicates);
    html_rate_cells(page, &evaluation->rates, RATE_MAIN);
    prevalence_cell(page, evaluation);
    latency_cell(page, evaluation);
    verdict_cell(page, evaluation);
    page_close(page);
}

/* Whole cameras drawn with replacement: alerts of one camera are not taken as independent. */
static void cluster_cell(Page *page, const ResultsEvaluation *evaluation)
{
    g_auto(NumberText) text = {NULL};
    texts_interval(page->texts, (double)NAN, evaluation->clusters.bootstrap.percentile.low,
                   evaluation->clusters.bootstrap.percentile.high, false, &text);
    page_cell_open(page, "column.clustered", "num");
    const bool few = evaluation->clusters.cameras < INDEPENDENCE_LEAST;
    if (!few && text.interval != NULL &&
        evaluation->clusters.bootstrap.percentile.high > evaluation->clusters.bootstrap.percentile.low) {
        page_element(page, "span", text.interval, "class", "interval", NULL);
    } else {
        /* Drawn again and again, no false alert stays no false alert: [0 – 0] would be a false certainty. */
        g_autofree char *least = texts_integer(page->texts, INDEPENDENCE_LEAST);
        g_autofree char *reason =
            few ? texts_format(page->texts, "reason.too_few_clusters", "least", least, NULL)
                : html_reason(page, "nothing_to_resample");
        page_text(page, "—");
        page_void(page, "br", NULL);
        page_element(page, "span", reason, "class", "minor", NULL);
    }
    page_close(page);
}

static void second_row(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    if (page_is_control(evaluation))
        return;
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    html_rate_cells(page, &evaluation->rates, RATE_SECOND);
    cluster_cell(page, evaluation);
    page_cell_open(page, "column.count_error", "num");
    const ResultsCountError *error = &evaluation->count_error;
    if (error->json == NULL || isnan(error->mae)) {
        page_text(page, "—");
        if (error->json != NULL) {
            g_autofree char *reason = html_reason(page, error->reason);
            page_void(page, "br", NULL);
            page_element(page, "span", reason, "class", "minor", NULL);
        }
    } else {
        g_autofree char *bias = texts_significant(page->texts, error->bias, 3);
        g_autofree char *mae = texts_significant(page->texts, error->mae, 3);
        g_autofree char *n = texts_integer(page->texts, error->n);
        g_autofree char *text =
            texts_format(page->texts, "results.count_error", "bias", bias, "mae", mae, "n", n, NULL);
        page_text(page, text);
    }
    page_close(page);
    html_numbers_cell(page, "column.counters", "counter", evaluation->counters);
    page_close(page);
}

static void write_measures(Page *page)
{
    static const char *const before[] = {"column.evaluation", NULL}, *const after[] = {"column.clustered",
                                                                                       "column.count_error",
                                                                                       "column.counters",
                                                                                       NULL};
    html_heading(page, "h3", "results.second");
    page_say(page, "p", "results.second_intro", NULL);
    page_table_open(page, texts_get(page->texts, "results.second_caption"), "cards wide");
    html_rates_head(page, before, RATE_SECOND, after);
    results_visit_products_first(page->results, second_row, page);
    page_table_close(page);
}

static void log_note(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    g_autofree char *name = page_evaluation_name(user, scenario, evaluation);
    html_write_log_remarks(user, evaluation, name);
}

/* Alerts of a log that are not in the table: they must not vanish in silence. */
static void ignored_note(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    const ResultsIgnoredAlerts *ignored = &evaluation->ignored_alerts;
    if (ignored->json == NULL)
        return; /* there is no log */
    const int64_t clips = ignored->other_clips;
    int64_t behaviours = 0;
    g_autoptr(GString) names = g_string_new(NULL);
    const char *name;
    json_t *count;
    json_object_foreach((json_t *)ignored->other_behaviours, name, count)
    {
        behaviours += json_integer_value(count);
        g_autofree char *number = texts_integer(page->texts, json_integer_value(count));
        g_string_append_printf(names, "%s%s %s", names->len > 0 ? ", " : " (", name, number);
    }
    if (results_or(clips, 0) + behaviours == 0)
        return;
    if (names->len > 0)
        g_string_append_c(names, ')');
    g_autofree char *title = page_title(page, scenario->title, NULL, scenario->id);
    g_autofree char *system = page_system_name(page, evaluation);
    g_autofree char *all = texts_integer(page->texts, ignored->alerts);
    g_autofree char *other = texts_integer(page->texts, behaviours);
    g_autofree char *unchosen = texts_integer(page->texts, clips);
    g_autofree char *text =
        texts_format(page->texts, "results.ignored", "title", title, "system", system, "all", all,
                     "behaviours", other, "names", names->str, "clips", unchosen, NULL);
    page_element(page, "p", text, "class", "minor", NULL);
}

void html_write_results(Page *page)
{
    static const char *const before[] = {"column.evaluation", "column.exposure",
                                         "column.events",     "column.hits",
                                         "column.misses",     "column.false",
                                         "column.duplicates", NULL},
                             *const after[] = {"column.precision_deployed", "column.latency",
                                               "column.verdict", NULL};
    html_section_open(page, "results");
    html_write_cards(page);
    page_say(page, "p", "results.intro", NULL);
    write_controls(page);
    page_table_open(page, texts_get(page->texts, "results.caption"), "cards wide main");
    html_rates_head(page, before, RATE_MAIN, after);
    results_visit_products_first(page->results, main_row, page);
    page_table_close(page);
    results_visit_products_first(page->results, log_note, page);
    results_visit_products_first(page->results, ignored_note, page);
    html_section_close(page);
}

void html_write_further(Page *page)
{
    html_section_open(page, "further");
    html_heading(page, "h3", "forest.heading");
    page_say(page, "p", "forest.intro", NULL);
    for (const RateRow *row = results_rates; row->name != NULL; row++)
        chart_forest(page, row);
    html_write_chance(page);
    html_write_load(page);
    write_measures(page);
    html_write_classes(page);
    html_write_analysis(page);
    html_section_close(page);
}
