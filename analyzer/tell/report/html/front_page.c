/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page: who tested what, what was claimed, what came out, how sure one can be. One page of paper,
 * and what a tired reader or a listener takes in: as much of it as FRONT_MOST_WORDS allow. */
#include "report/charts/limit_bar.h"
#include "report/front.h"
#include "report/html/sections.h"

#include <math.h>
#include <string.h>

static const char *const columns[] = {"front.result",   "front.measured",  "front.drawn",
                                      "column.verdict", "front.certainty", NULL};

static void write_facts(Page *page, const FrontSize *size)
{
    page_open(page, "p", "class", "who", NULL);
    for (FrontFact fact = FRONT_TESTED; fact < FRONT_FACTS; fact++) {
        g_autofree char *text = front_fact(page, fact, size->words);
        if (fact != FRONT_TESTED)
            page_text(page, " ");
        page_element(page, "strong", front_fact_name(page, fact), NULL);
        page_text(page, texts_get(page->texts, "colon"));
        page_text(page, text);
        page_text(page, ".");
    }
    page_close(page);
}

static void write_result(Page *page, const FrontResult *result, const ChartScale *scale)
{
    const ResultsClaim *claim = result->claim;
    g_autofree char *name = front_result_name(page, result);
    g_autofree char *measured = front_measured(page, claim);
    const char *lost = front_lost(page, claim), *certainty = front_certainty(page, claim);
    LimitBar bar;
    const bool drawn = limit_bar_of(claim, &bar), empty = strcmp(measured, "—") == 0;
    page_open(page, "tr", NULL);
    page_cell(page, NULL, "head", name);
    page_cell(page, columns[1], empty ? "num empty" : "num", measured);
    page_cell_open(page, NULL, drawn ? "plot" : "plot empty");
    if (drawn)
        limit_bar_draw(page, scale, &bar);
    page_close(page);
    page_cell_open(page, columns[3], "");
    html_verdict(page, claim->verdict);
    if (lost != NULL) {
        page_text(page, " ");
        page_element(page, "span", lost, "class", "minor", NULL);
    }
    page_close(page);
    page_cell(page, columns[4], claim->certainty.level != NULL ? "" : "empty", certainty);
    page_close(page);
}

static void write_head_row(Page *page, const char *class)
{
    page_open(page, "tr", "class", class, NULL);
    page_open(page, "th", "scope", "rowgroup", "colspan", "5", NULL);
}

/* A reading of which nothing could be measured has its verdict beside it, and no row of results. */
static void write_bare_reading(Page *page, const char *read, const FrontResult *result)
{
    page_open(page, "tr", "class", "reading", NULL);
    page_element(page, "th", read, "scope", "row", "colspan", "3", NULL);
    page_cell_open(page, columns[3], "");
    html_verdict(page, result->claim->verdict);
    page_close(page);
    page_cell(page, columns[4], "empty", front_certainty(page, result->claim));
    page_close(page);
}

static void write_reading(Page *page, const FrontReading *reading, unsigned shown, const FrontSize *size,
                          const ChartScale *scale)
{
    g_autofree char *read = front_reading(page, reading->claim, size->words);
    const FrontResult *results = (const FrontResult *)(const void *)reading->results->data;
    if (reading->results->len == 1 && front_is_bare(results->claim)) {
        write_bare_reading(page, read, results);
        return;
    }
    write_head_row(page, "reading");
    page_text(page, read);
    page_close_many(page, 2);
    for (unsigned k = 0; k < shown; k++)
        write_result(page, &results[k], scale);
}

static void write_claim(Page *page, const Front *front, const FrontClaim *claim, const FrontSize *size,
                        const ChartScale *scale)
{
    const char *words = claim->claim->text != NULL ? claim->claim->text : claim->claim->id;
    g_autofree char *cut = size->quotes > 0 ? front_cut(words, size->quotes) : g_strdup(words);
    g_autofree char *source = front_source(page, claim->claim, size->words);
    page_open(page, "tbody", NULL);
    write_head_row(page, "words");
    if (results_true(claim->claim->paraphrase)) {
        g_autofree char *ours = texts_format(page->texts, "claim.paraphrase", "text", cut, NULL);
        page_text(page, ours);
    } else {
        page_element(page, "q", cut, "lang", claim->claim->language, NULL);
    }
    if (source != NULL) {
        page_text(page, " ");
        page_element(page, "span", source, "class", "minor", NULL);
    }
    page_close_many(page, 2);
    for (guint i = 0; i < claim->readings->len; i++) {
        const FrontReading *reading = claim->readings->pdata[i];
        const unsigned shown = front_share(front, reading, size->results);
        if (shown > 0)
            write_reading(page, reading, shown, size, scale);
    }
    page_close(page);
}

static void write_axis(Page *page, const ChartScale *scale)
{
    page_open(page, "tfoot", NULL);
    page_open(page, "tr", "class", "axis-row", "aria-hidden", "true", NULL);
    page_element(page, "td", NULL, "colspan", "2", NULL);
    page_open(page, "td", "class", "plot", NULL);
    limit_bar_axis(page, scale);
    page_close(page);
    page_element(page, "td", NULL, "colspan", "2", NULL);
    page_close_many(page, 2);
}

static void write_claims(Page *page, const Front *front, const FrontSize *size)
{
    if (front->results == 0) {
        page_say(page, "p", "summary.no_claims", NULL);
        return;
    }
    const ChartScale scale = limit_bar_scale(front);
    page_table_open(page, texts_get(page->texts, "front.caption"), "cards front");
    page_open(page, "thead", NULL);
    page_open(page, "tr", NULL);
    for (size_t i = 0; columns[i] != NULL; i++)
        page_element(page, "th", texts_get(page->texts, columns[i]), "scope", "col", NULL);
    page_close_many(page, 2);
    for (guint i = 0; i < front->claims->len; i++)
        write_claim(page, front, front->claims->pdata[i], size, &scale);
    write_axis(page, &scale);
    page_table_close(page);
    g_autofree char *rest = front_rest(page, front, size->results);
    if (rest == NULL)
        return;
    page_open(page, "p", NULL);
    page_element(page, "a", rest, "href", "#verdicts", NULL);
    page_close(page);
}

static void write_remarks(Page *page, const FrontSize *size)
{
    g_autoptr(GPtrArray) remarks = front_remarks(page);
    const guint shown = MIN(remarks->len, size->remarks);
    for (guint i = 0; i < shown; i++)
        page_element(page, "p", remarks->pdata[i], "class", "warning", NULL);
    if (shown == remarks->len)
        return;
    g_autofree char *more = texts_count(page->texts, "front.cautions", (int64_t)(remarks->len - shown), NULL);
    page_open(page, "p", "class", "warning", NULL);
    page_element(page, "a", more, "href", "#results", NULL);
    page_close(page);
}

/* Answers that were asked for in vain or refused, where there is room; what the audit did not fill in accuses
 * nobody. */
static void write_public(Page *page, const FrontSize *size)
{
    const PublicCounts counts = html_count_public(page);
    if (size->remarks == 0 || counts.missing + counts.refused == 0)
        return;
    g_autofree char *text = html_public_counts(page, "summary.public");
    page_element(page, "p", text, "class", "warning", NULL);
}

static void write_day(Page *page, const FrontSize *size)
{
    page_open(page, "ul", "class", "day", NULL);
    for (FrontFigure figure = FRONT_ALERTS; figure < FRONT_FIGURES; figure++) {
        g_autofree char *text = front_figure(page, figure, size->words / 3);
        page_open(page, "li", NULL);
        page_element(page, "strong", front_figure_name(page, figure), NULL);
        page_text(page, texts_get(page->texts, "colon"));
        page_text(page, text);
        page_text(page, ".");
        page_close(page);
    }
    page_close(page);
}

/* The title, and what must be known before anything is read. */
static void write_header(Page *page)
{
    const ResultsAudit *audit = &page->results->audit;
    page_open(page, "header", NULL);
    g_autofree char *title = page_title(page, audit->title, NULL, audit->id);
    page_element(page, "h1", title, NULL);
    for (const char *const *other = page->languages; other != NULL && *other != NULL; other++) {
        if (strcmp(*other, texts_language(page->texts)) == 0)
            continue;
        g_autofree char *file = g_strdup_printf("report.%s.html", *other);
        page_open(page, "p", "class", "twin", NULL);
        page_element(page, "a", texts_get(texts_of(*other), "language.this_report"), "href", file, "hreflang",
                     *other, "lang", *other, NULL);
        page_close(page);
    }
    if (results_true(page->results->synthetic)) {
        page_open(page, "div", "class", "banner", "role", "note", NULL);
        page_say(page, "strong", "short.synthetic", NULL);
        page_close(page);
    }
    page_close(page);
}

/* Leaves the main part of the document open. */
static void write_page(Page *page, const Front *front, const FrontSize *size)
{
    write_header(page);
    page_open(page, "main", NULL);
    page_open(page, "section", "id", "summary", "aria-labelledby", "h-summary", NULL);
    page_element(page, "h2", texts_get(page->texts, "section.summary"), "id", "h-summary", NULL);
    write_facts(page, size);
    write_claims(page, front, size);
    write_remarks(page, size);
    write_public(page, size);
    html_heading(page, "h3", "front.day");
    write_day(page, size);
    html_heading(page, "h3", "front.not_tested");
    g_autofree char *untested = front_untested(page);
    page_element(page, "p", untested, NULL);
    page_close(page);
}

typedef struct {
    const Page *page;
    const Front *front;
} Trial;

/* The page as it would be at this size. */
static char *try_size(const FrontSize *size, void *user)
{
    const Trial *trial = user;
    Page page;
    page_init(&page, trial->page->results, trial->page->texts);
    page.run_finished = trial->page->run_finished;
    page.languages = trial->page->languages;
    page.catalogue = trial->page->catalogue;
    write_page(&page, trial->front, size);
    page_close(&page);
    gsize length;
    char *text = page_finish(&page, &length);
    page_clear(&page);
    return text;
}

void html_write_front(Page *page)
{
    g_autoptr(Front) front = front_new(page->results);
    const FrontSize size = front_fit(front, try_size, &(Trial){page, front});
    write_page(page, front, &size);
}
