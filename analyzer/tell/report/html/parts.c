/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several sections of the HTML report use. */
#include "report/html/sections.h"

#include <math.h>
#include <string.h>

void html_section_close(Page *page)
{
    page_close(page);
}

void html_heading(Page *page, const char *element, const char *key)
{
    page_say(page, element, key, NULL);
}

void html_evaluation_cell(Page *page, const json_t *scenario, const json_t *evaluation)
{
    g_autofree char *title = page_title(page, scenario, "title", "id");
    g_autofree char *system = page_system_name(page, evaluation);
    g_autofree char *condition = page_title(page, evaluation, "condition_title", "condition");
    page_cell_open(page, NULL, "head");
    page_text(page, title);
    page_void(page, "br", NULL);
    g_autofree char *rest = g_strdup_printf("%s · %s", system, condition);
    page_element(page, "span", rest, "class", "minor", NULL);
    page_close(page);
}

void html_verdict(Page *page, const char *verdict)
{
    const char *sign = "–";
    if (g_strcmp0(verdict, "supported") == 0)
        sign = "✓";
    else if (g_strcmp0(verdict, "refuted") == 0)
        sign = "✗";
    else if (g_strcmp0(verdict, "not_established") == 0)
        sign = "?";
    g_autofree char *class = g_strconcat("verdict ", verdict, NULL);
    page_open(page, "strong", "class", class, NULL);
    page_element(page, "span", sign, "aria-hidden", "true", NULL);
    page_text(page, "\u00a0");
    page_text(page, texts_word(page->texts, "verdict", verdict));
    page_close(page);
}

char *html_reason(const Page *page, const char *reason)
{
    return g_strdup(reason != NULL ? texts_word(page->texts, "reason", reason)
                                   : texts_get(page->texts, "reason.unknown"));
}

char *html_fraction(const Page *page, const json_t *rate)
{
    const double denominator = model_number(rate, "denominator");
    if (isnan(denominator) || isnan(model_number(rate, "numerator")))
        return g_strdup("—");
    const char *unit = model_string(rate, "unit");
    g_autofree char *above = texts_significant(page->texts, model_number(rate, "numerator"), 3);
    g_autofree char *below = texts_significant(page->texts, denominator, 3);
    if (g_strcmp0(unit, "camera_hour") == 0)
        return g_strdup_printf("%s / %s\u00a0h", above, below);
    return g_strdup_printf("%s / %s", above, below);
}

void html_rate_cell(Page *page, const char *label, const json_t *rate)
{
    page_cell_open(page, label, "num");
    if (rate == NULL) {
        page_text(page, "—");
        page_close(page);
        return;
    }
    g_auto(NumberText) numbers = {NULL};
    figures_rate(page->texts, rate, &numbers);
    page_element(page, "span", numbers.value, "class", "value", NULL);
    if (numbers.interval != NULL) {
        page_text(page, " ");
        page_element(page, "span", numbers.interval, "class", "interval", NULL);
    }
    page_void(page, "br", NULL);
    html_clock_note(page, rate);
    if (isnan(model_number(rate, "value"))) {
        g_autofree char *reason = html_reason(page, model_string(rate, "reason"));
        page_element(page, "span", reason, "class", "minor", NULL);
    } else if (!isnan(model_number(rate, "numerator"))) { /* a comparison is no fraction of counts */
        g_autofree char *fraction = html_fraction(page, rate);
        page_element(page, "span", fraction, "class", "minor", NULL);
        if (g_strcmp0(model_string(rate, "unit"), "camera_hour") == 0 &&
            model_number(rate, "denominator") < 1) {
            page_void(page, "br", NULL);
            page_say(page, "span", "results.short", "minor short");
        }
        if (g_strcmp0(model_string(rate, "counted_by"), "system") == 0) {
            page_void(page, "br", NULL);
            page_say(page, "span", "results.own_count", "minor short");
        }
    }
    page_close(page);
}

char *html_reading(const Page *page, const json_t *claim)
{
    const json_t *reading = model_get(claim, "reading");
    const char *metric = model_string(reading, "metric");
    if (metric == NULL)
        return g_strdup(texts_get(page->texts, "claim.no_reading"));
    const bool time = strcmp(metric, "analysis_time_divided_by") == 0;
    const bool share =
        !time && strcmp(metric, "rate_ratio") != 0 && strstr(metric, "false_alerts_per_") == NULL;
    g_auto(NumberText) limit = {NULL}, misses = {NULL};
    texts_interval(page->texts, model_number(reading, "value"), (double)NAN, (double)NAN, share, &limit);
    g_autofree char *alpha = texts_significant(page->texts, model_number(reading, "alpha"), 3);
    texts_interval(page->texts, model_number(reading, "p_miss_limit"), (double)NAN, (double)NAN, true,
                   &misses);
    const char *op = model_string(reading, "op"), *system = model_string(reading, "against"),
               *condition = model_string(reading, "against_condition");
    const char *key = time                ? "claim.reading_time"
                      : system != NULL    ? "claim.reading_against"
                      : condition != NULL ? "claim.reading_against_condition"
                                          : "claim.reading";
    const bool within = g_strcmp0(op, "within") == 0;
    const char *sign = within ? texts_get(page->texts, "claim.within") : g_strcmp0(op, ">=") == 0 ? "≥" : "≤";
    g_autofree char *span = NULL;
    if (within && share) {
        span = g_strconcat("±", limit.value, NULL);
    } else if (within) {
        g_autofree char *inverse = texts_significant(page->texts, 1 / model_number(reading, "value"), 3);
        span = g_strdup_printf("%s – %s", inverse, limit.value);
    }
    return texts_format(page->texts, key, "metric", texts_word(page->texts, "metric", metric), "op", sign,
                        "limit", span != NULL ? span : limit.value, "misses", misses.value, "alpha", alpha,
                        "other", system != NULL ? system : condition, NULL);
}

void html_integer_cell(Page *page, const char *label, const json_t *evaluation, const char *path)
{
    int64_t value = model_integer(evaluation, path, -1);
    g_autofree char *text = value < 0 ? g_strdup("—") : texts_integer(page->texts, value);
    page_cell(page, label, "num", text);
}

/* ---- what there is in any evaluation */

typedef struct {
    EvaluationTest has;
    bool found;
} Search;

static void look(const json_t *scenario, const json_t *evaluation, void *user)
{
    (void)scenario;
    Search *search = user;
    search->found = search->found || search->has(evaluation);
}

bool html_any_evaluation(const Page *page, EvaluationTest has)
{
    Search search = {has, false};
    model_visit_evaluations(page->results, look, &search);
    return search.found;
}

bool html_has_alerts(const json_t *evaluation)
{
    return model_integer(evaluation, "error_classes.alerts", 0) > 0;
}

void html_write_log_remarks(Page *page, const json_t *evaluation, const char *name)
{
    for (size_t i = 0; i < model_count(evaluation, "log.remarks"); i++) {
        const char *remark = texts_pick(page->texts, model_member(evaluation, "log.remarks", i), NULL);
        g_autofree char *line = name != NULL ? texts_format(page->texts, "short.log_remark", "evaluation",
                                                            name, "remark", remark, NULL)
                                             : g_strdup(remark);
        page_element(page, "p", line, "class", "warning", NULL);
    }
}
