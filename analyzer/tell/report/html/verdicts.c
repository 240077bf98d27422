/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The claims with what was seen, the verdict, and what would change it. */
#include "report/html/sections.h"
#include "report/provenance.h"
#include "scoring/metrics.h"

#include <math.h>
#include <string.h>

static void write_needed(Page *page, const ResultsClaim *claim)
{
    double hours = claim->needed.more_camera_hours;
    int64_t events = claim->needed.more_events;
    const bool anew = results_true(claim->needed.anew); /* of a new test, not more of this one */
    page_cell_open(page, "column.needed", "");
    if (!isnan(hours)) {
        g_autofree char *more = texts_duration(page->texts, hours);
        g_autofree char *all = texts_duration(page->texts, claim->needed.total_camera_hours);
        g_autofree char *line = texts_format(page->texts, anew ? "claim.anew_hours" : "claim.needed_hours",
                                             "hours", more, "all", all, NULL);
        page_element(page, "span", line, NULL);
    }
    if (events >= 0) {
        g_autofree char *all = texts_integer(page->texts, claim->needed.total_events);
        g_autofree char *line = texts_count(page->texts, anew ? "claim.anew_events" : "claim.needed_events",
                                            events, "all", all, NULL);
        if (!isnan(hours))
            page_void(page, "br", NULL);
        page_element(page, "span", line, NULL);
    }
    if (isnan(hours) && events < 0)
        page_text(page, "—");
    page_close(page);
}

/* The reading's own figure, where what it is reckoned from is another. Caller frees. */
static char *reckoned(const Page *page, const ResultsClaim *claim, bool time)
{
    g_auto(NumberText) value = {NULL};
    texts_interval(page->texts, claim->value, (double)NAN, (double)NAN, !time, &value);
    return time ? texts_format(page->texts, isnan(claim->value) ? "claim.no_factor" : "claim.observed_factor",
                               "factor", value.value, NULL)
                : g_strdup(value.value);
}

/* What was seen of the reading's own figure. A factor of time is none of the alerts an hour that it is
 * reckoned from, nor is a precision in deployment the test set's: these stand below it, under their name. */
static void write_observed(Page *page, const ResultsClaim *claim)
{
    const char *name = claim->reading.metric;
    const MetricKind kind = name != NULL ? metric_of(metric_find(name))->kind : METRIC_IS_UNTESTABLE;
    const bool time = kind == METRIC_IS_TIME;
    if (!time && kind != METRIC_IS_BOUNDED) {
        html_rate_cell(page, "column.observed", &claim->observed);
        return;
    }
    g_autofree char *found = reckoned(page, claim, time);
    page_cell_open(page, "column.observed", "num");
    page_element(page, "span", found, NULL);
    page_void(page, "br", NULL);
    page_say(page, "span", time ? "claim.alert_load" : "claim.test_precision", "minor");
    page_text(page, " ");
    html_rate(page, &claim->observed);
    page_close(page);
}

static void write_claim(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                        const ResultsClaim *claim)
{
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    page_cell_open(page, "column.claim", "");
    html_quote(page, claim);
    page_close(page);
    g_autofree char *reading = html_reading(page, claim);
    page_cell(page, "column.reading", "", reading);
    write_observed(page, claim);
    g_autofree char *refute = texts_p(page->texts, claim->p_refute);
    g_autofree char *support = texts_p(page->texts, claim->p_support);
    g_autofree char *both =
        texts_format(page->texts, "claim.p_values", "refute", refute, "support", support, NULL);
    const bool tested = !isnan(claim->p_refute) || !isnan(claim->p_support);
    page_cell(page, "column.p_values", "num", tested ? both : "—");
    page_cell_open(page, "column.verdict", "");
    html_verdict(page, claim->verdict);
    if (claim->sentence != NULL) {
        page_void(page, "br", NULL);
        page_localized(page, claim->sentence);
    }
    const char *certainty = provenance_certainty_word(claim, page->texts);
    if (certainty != NULL) {
        g_autofree char *line = texts_format(page->texts, "certainty.of_claim", "certainty", certainty, NULL);
        page_void(page, "br", NULL);
        page_text(page, line);
    }
    page_close(page);
    write_needed(page, claim);
    page_close(page);
}

static void count(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    *(size_t *)user += evaluation->claims.count;
}

static void write_evaluation(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    for (size_t i = 0; i < evaluation->claims.count; i++)
        write_claim(user, scenario, evaluation, &evaluation->claims.at[i]);
}

void html_write_verdicts(Page *page)
{
    static const char *const columns[] = {
        "column.evaluation", "column.claim",   "column.reading", "column.observed",
        "column.p_values",   "column.verdict", "column.needed",  NULL};
    html_section_open(page, "verdicts");
    page_say(page, "p", "claims.intro", NULL);
    size_t claims = 0;
    results_visit_products_first(page->results, count, &claims);
    if (claims == 0) {
        page_say(page, "p", "claims.none", NULL);
    } else {
        html_evaluations_table(page, "claims.caption", "cards wide", columns, write_evaluation);
    }
    html_write_certainty(page);
    html_section_close(page);
}

void html_write_robustness(Page *page)
{
    html_section_open(page, "robustness");
    html_write_probes(page);
    html_write_sensitivity(page);
    html_write_wordings(page);
    html_write_sweep(page);
    html_section_close(page);
}
