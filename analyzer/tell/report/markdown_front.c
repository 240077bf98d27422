/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The short page that Markdown begins with: the same words as the first page of the other formats. */
#include "report/charts/limit_bar.h"
#include "report/front.h"
#include "report/markdown.h"

#include <string.h>

enum { BAR_LETTERS = 24 };

static void write_facts(GString *out, const Page *page, const FrontSize *size)
{
    for (FrontFact fact = FRONT_TESTED; fact < FRONT_FACTS; fact++) {
        g_autofree char *text = front_fact(page, fact, size->words), *safe = markdown_escape(text);
        g_string_append_printf(out, "%s**%s**%s%s.", fact != FRONT_TESTED ? " " : "",
                               front_fact_name(page, fact), texts_get(page->texts, "colon"), safe);
    }
    g_string_append(out, "\n\n");
}

static void write_result(GString *out, const Page *page, const FrontResult *result, const ChartScale *scale)
{
    const ResultsClaim *claim = result->claim;
    g_autofree char *name = front_result_name(page, result), *safe = markdown_escape(name);
    g_autofree char *measured = front_measured(page, claim), *safe_measured = markdown_escape(measured);
    const char *lost = front_lost(page, claim), *certainty = front_certainty(page, claim);
    LimitBar bar;
    g_autofree char *letters = limit_bar_of(claim, &bar) ? limit_bar_letters(scale, &bar, BAR_LETTERS) : NULL;
    g_autofree char *drawn = letters != NULL ? g_strdup_printf("`%s`", letters) : g_strdup("");
    g_string_append_printf(out, "| %s | %s | %s | %s %s%s%s%s | %s |\n", safe, safe_measured, drawn,
                           markdown_verdict_mark(claim->verdict),
                           texts_word(page->texts, "verdict", claim->verdict), lost != NULL ? " (" : "",
                           lost != NULL ? lost : "", lost != NULL ? ")" : "", certainty);
}

static void write_reading(GString *out, const Page *page, const Front *front, const FrontReading *reading,
                          const FrontSize *size, const ChartScale *scale)
{
    const unsigned shown = front_share(front, reading, size->results);
    g_autofree char *read = front_reading(page, reading->claim, size->words), *safe = markdown_escape(read);
    if (shown > 0)
        g_string_append_printf(out, "| *%s* | | | | |\n", safe);
    for (unsigned i = 0; i < shown; i++)
        write_result(out, page, &g_array_index(reading->results, FrontResult, i), scale);
}

static void write_claims(GString *out, const Page *page, const Front *front, const FrontSize *size)
{
    if (front->results == 0) {
        g_string_append_printf(out, "%s\n\n", texts_get(page->texts, "summary.no_claims"));
        return;
    }
    const ChartScale scale = limit_bar_scale(front);
    g_string_append_printf(out, "| %s | %s | %s (┊) | %s | %s |\n|---|---|---|---|---|\n",
                           texts_get(page->texts, "front.result"), texts_get(page->texts, "front.measured"),
                           texts_get(page->texts, "front.drawn_letters"),
                           texts_get(page->texts, "column.verdict"),
                           texts_get(page->texts, "front.certainty"));
    for (guint i = 0; i < front->claims->len; i++) {
        const FrontClaim *claim = front->claims->pdata[i];
        const char *words = claim->claim->text != NULL ? claim->claim->text : claim->claim->id;
        g_autofree char *cut = size->quotes > 0 ? front_cut(words, size->quotes) : g_strdup(words);
        g_autofree char *quote = markdown_escape(cut);
        g_autofree char *source = front_source(page, claim->claim, size->words);
        g_autofree char *safe = markdown_escape(source != NULL ? source : "");
        g_autofree char *quoted = texts_format(
            page->texts, results_true(claim->claim->paraphrase) ? "claim.paraphrase" : "claim.quoted", "text",
            quote, NULL);
        g_string_append_printf(out, "| **%s** %s | | | | |\n", quoted, safe);
        for (guint j = 0; j < claim->readings->len; j++)
            write_reading(out, page, front, claim->readings->pdata[j], size, &scale);
    }
    g_string_append_c(out, '\n');
    g_autofree char *rest = front_rest(page, front, size->results);
    if (rest != NULL)
        g_string_append_printf(out, "%s\n\n", rest);
}

typedef struct {
    const Page *page;
    const Front *front;
    const char *head; /* what stands above: title and notices */
} Short;

static char *write_front(const FrontSize *size, void *user)
{
    const Short *md = user;
    const Page *page = md->page;
    GString *out = g_string_new(md->head);
    write_facts(out, page, size);
    write_claims(out, page, md->front, size);
    g_autoptr(GPtrArray) remarks = front_remarks(page);
    const guint shown = MIN(remarks->len, size->remarks);
    for (guint i = 0; i < shown; i++) {
        g_autofree char *safe = markdown_escape(remarks->pdata[i]);
        g_string_append_printf(out, "⚠️ %s\n\n", safe);
    }
    for (FrontFigure figure = FRONT_ALERTS; figure < FRONT_FIGURES; figure++) {
        g_autofree char *text = front_figure(page, figure, size->words / 3), *safe = markdown_escape(text);
        g_string_append_printf(out, "- **%s**%s%s.\n", front_figure_name(page, figure),
                               texts_get(page->texts, "colon"), safe);
    }
    g_autofree char *untested = front_untested(page), *safe = markdown_escape(untested);
    g_string_append_printf(out, "\n**%s**%s%s\n\n---\n\n", texts_get(page->texts, "front.not_tested"),
                           texts_get(page->texts, "colon"), safe);
    return g_string_free(out, FALSE);
}

void markdown_write_front(GString *out, const Page *page)
{
    g_autoptr(Front) front = front_new(page->results);
    Short md = {page, front, out->str};
    const FrontSize size = front_fit(front, write_front, &md);
    g_autofree char *text = write_front(&size, &md);
    g_string_assign(out, text);
}
