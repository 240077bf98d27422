/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html.h"

#include "records/error.h"
#include "report/embedded.h"
#include "report/html_sections.h"

#include <math.h>
#include <string.h>

static const char *const sections[] = {"summary",  "claims",   "results",   "evidence", "scenarios",
                                       "data",     "protocol", "incidents", "public",   "identity",
                                       "analysis", "annexes",  NULL};

/* ---- parts that several sections use */

void html_section_open(Page *page, const char *id)
{
    g_autofree char *key = g_strconcat("section.", id, NULL);
    g_autofree char *heading = g_strconcat("h-", id, NULL);
    page_open(page, "section", "id", id, "aria-labelledby", heading, NULL);
    int number = 0;
    for (int i = 0; sections[i] != NULL; i++)
        if (strcmp(sections[i], id) == 0)
            number = i + 1;
    g_autofree char *text = g_strdup_printf("%d. %s", number, texts_get(page->texts, key));
    page_element(page, "h2", text, "id", heading, NULL);
}

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
    texts_rate(page->texts, rate, &numbers);
    page_element(page, "span", numbers.value, "class", "value", NULL);
    if (numbers.interval != NULL) {
        page_text(page, " ");
        page_element(page, "span", numbers.interval, "class", "interval", NULL);
    }
    page_void(page, "br", NULL);
    if (isnan(model_number(rate, "value"))) {
        g_autofree char *reason = html_reason(page, model_string(rate, "reason"));
        page_element(page, "span", reason, "class", "minor", NULL);
    } else {
        g_autofree char *fraction = html_fraction(page, rate);
        page_element(page, "span", fraction, "class", "minor", NULL);
        if (g_strcmp0(model_string(rate, "unit"), "camera_hour") == 0 &&
            model_number(rate, "denominator") < 1) {
            page_void(page, "br", NULL);
            page_say(page, "span", "results.short", "minor short");
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
    const bool share = !time && strstr(metric, "false_alerts_per_") == NULL;
    g_auto(NumberText) limit = {NULL}, misses = {NULL};
    texts_interval(page->texts, model_number(reading, "value"), (double)NAN, (double)NAN, share, &limit);
    g_autofree char *alpha = texts_significant(page->texts, model_number(reading, "alpha"), 3);
    texts_interval(page->texts, model_number(reading, "p_miss_limit"), (double)NAN, (double)NAN, true,
                   &misses);
    return texts_format(page->texts, time ? "claim.reading_time" : "claim.reading", "metric",
                        texts_word(page->texts, "metric", metric), "op",
                        g_strcmp0(model_string(reading, "op"), ">=") == 0 ? "≥" : "≤", "limit", limit.value,
                        "misses", misses.value, "alpha", alpha, NULL);
}

/* ---- the page */

static void write_head(Page *page)
{
    g_autofree char *title = page_title(page, model_get(page->results, "audit"), "title", "id");
    g_autofree char *full = g_strdup_printf("%s – %s", title, texts_get(page->texts, "report.kind"));
    page_open(page, "head", NULL);
    page_void(page, "meta", "charset", "utf-8", NULL);
    page_void(page, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1", NULL);
    page_void(page, "meta", "name", "generator", "content", "vsaudit", NULL);
    page_element(page, "title", full, NULL);
    page_open(page, "style", NULL);
    page_raw(page, embedded_text("styles/report.css"));
    page_close_many(page, 2);
}

static void write_header(Page *page)
{
    const json_t *audit = model_get(page->results, "audit");
    page_element(page, "a", texts_get(page->texts, "report.skip"), "class", "skip", "href", "#summary", NULL);
    page_open(page, "header", NULL);
    page_say(page, "p", "report.kind", "kind");
    g_autofree char *title = page_title(page, audit, "title", "id");
    page_element(page, "h1", title, NULL);
    if (model_get(audit, "summary") != NULL) {
        page_open(page, "p", "class", "lead", NULL);
        page_localized(page, model_get(audit, "summary"));
        page_close(page);
    }
    if (page->other_language != NULL) {
        g_autofree char *file = g_strdup_printf("report.%s.html", page->other_language);
        page_open(page, "p", "class", "twin", NULL);
        page_element(page, "a", texts_get(page->texts, "report.twin"), "href", file, "hreflang",
                     page->other_language, "lang", page->other_language, NULL);
        page_close(page);
    }
    if (model_true(page->results, "synthetic")) {
        page_open(page, "div", "class", "banner", "role", "note", NULL);
        page_say(page, "strong", "banner.synthetic_title", NULL);
        page_text(page, " ");
        page_text(page, texts_get(page->texts, "banner.synthetic"));
        page_close(page);
    }
    page_close(page);
}

static void write_contents(Page *page)
{
    page_open(page, "nav", "aria-label", texts_get(page->texts, "report.contents"), NULL);
    page_open(page, "ol", NULL);
    for (int i = 0; sections[i] != NULL; i++) {
        g_autofree char *target = g_strconcat("#", sections[i], NULL);
        g_autofree char *key = g_strconcat("section.", sections[i], NULL);
        page_open(page, "li", NULL);
        page_element(page, "a", texts_get(page->texts, key), "href", target, NULL);
        page_close(page);
    }
    page_close_many(page, 2);
}

static char *render_once(const json_t *results, const Texts *texts, const char *other_language,
                         const json_t *catalogue, Pictures *pictures, gsize *length)
{
    Page page;
    page_init(&page, results, texts);
    page.other_language = other_language;
    page.catalogue = catalogue;
    page.pictures = pictures;
    xmlTextWriterWriteRaw(page.writer, BAD_CAST "<!DOCTYPE html>\n");
    page_open(&page, "html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", texts_language(texts), NULL);
    write_head(&page);
    page_open(&page, "body", NULL);
    write_header(&page);
    write_contents(&page);
    page_open(&page, "main", NULL);
    html_write_summary(&page);
    html_write_claims(&page);
    html_write_results(&page);
    html_write_evidence(&page);
    html_write_scenarios(&page);
    html_write_data(&page);
    html_write_protocol(&page);
    html_write_incidents(&page);
    html_write_public(&page);
    html_write_identity(&page);
    html_write_analysis(&page);
    html_write_annexes(&page);
    page_close(&page);
    page_open(&page, "footer", NULL);
    g_autofree char *made =
        texts_format(texts, "report.footer", "version", model_string(results, "program.version"), NULL);
    page_element(&page, "p", made, NULL);
    g_autofree char *finished = html_run_date(&page);
    page_element(&page, "p", finished, NULL);
    page_close_many(&page, 3);
    char *html = page_finish(&page, length);
    page_clear(&page);
    return html;
}

char *html_render(const json_t *results, const Texts *texts, const char *other_language, Pictures *pictures,
                  gsize *length, GError **error)
{
    json_error_t why;
    json_t *catalogue = json_loads(embedded_text("catalogue/france.json"), JSON_REJECT_DUPLICATES, &why);
    if (catalogue == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "built-in catalogue/france.json:%d:%d: %s",
                    why.line, why.column, why.text);
        return NULL;
    }
    g_autoptr(Pictures) none = NULL;
    if (pictures == NULL)
        pictures = none = pictures_new(results, NULL);
    /* First without pictures: what the words take decides what is left for the pictures. */
    pictures_choose(pictures, 0);
    char *html = render_once(results, texts, other_language, catalogue, pictures, length);
    const gsize margin = 20000;
    if (*length + margin < HTML_SIZE_LIMIT && pictures_count(pictures, PICTURE_LEFT_OUT) > 0) {
        g_free(html);
        pictures_choose(pictures, HTML_SIZE_LIMIT - margin - *length);
        html = render_once(results, texts, other_language, catalogue, pictures, length);
    }
    json_decref(catalogue);
    return html;
}
