/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of “Verdicts”: how certain the verdicts are, and why they are not more so. Claims with the same
 * reasons stand together. */
#include "report/html/sections.h"
#include "report/provenance.h"
#include "scoring/grade.h"

#include <string.h>

/* A claim with a level, and where it is from. */
typedef struct {
    const ResultsScenario *scenario;
    const ResultsEvaluation *evaluation;
    const ResultsClaim *claim;
    bool told;
} Graded;

typedef struct {
    GArray *graded; /* of Graded */
    int64_t without;
} Claims;

static void collect(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Claims *claims = user;
    for (size_t i = 0; i < evaluation->claims.count; i++) {
        const ResultsClaim *claim = &evaluation->claims.at[i];
        const Graded one = {scenario, evaluation, claim, false};
        if (claim->certainty.level != NULL)
            g_array_append_val(claims->graded, one);
        else if (claim->certainty.json != NULL)
            claims->without++;
    }
}

static void write_claim(Page *page, const Graded *graded)
{
    g_autofree char *name = page_evaluation_name(page, graded->scenario, graded->evaluation);
    page_open(page, "li", NULL);
    html_quote(page, graded->claim);
    page_void(page, "br", NULL);
    page_text(page, name);
    page_void(page, "br", NULL);
    html_verdict(page, graded->claim->verdict);
    page_close(page);
}

/* The claims that have these reasons and no others. */
static void write_claims(Page *page, const Claims *claims, const json_t *certainty)
{
    page_open(page, "ul", "class", "plain", NULL);
    for (guint i = 0; i < claims->graded->len; i++) {
        Graded *graded = &g_array_index(claims->graded, Graded, i);
        if (!json_equal(graded->claim->certainty.json, certainty))
            continue;
        write_claim(page, graded);
        graded->told = true;
    }
    page_close(page);
}

static void write_domain(Page *page, const ResultsCertainty *certainty, const char *domain)
{
    int64_t lowers = 0;
    for (size_t i = 0; i < certainty->reasons.count; i++)
        if (g_strcmp0(certainty->reasons.at[i].domain, domain) == 0)
            lowers += results_or(certainty->reasons.at[i].lowers, 0);
    if (lowers == 0)
        return;
    g_autofree char *head =
        texts_count(page->texts, "certainty.domain_head", MIN(lowers, (int64_t)GRADE_DOMAIN_MOST), "domain",
                    texts_word(page->texts, "certainty.domain", domain), NULL);
    page_open(page, "li", NULL);
    page_element(page, "strong", head, NULL);
    for (size_t i = 0; i < certainty->reasons.count; i++) {
        const ResultsCertaintyReason *reason = &certainty->reasons.at[i];
        if (g_strcmp0(reason->domain, domain) != 0)
            continue;
        page_text(page, " ");
        page_localized(page, reason->sentence);
    }
    page_close(page);
}

static void write_row(Page *page, const Claims *claims, const ResultsCertainty *certainty)
{
    page_open(page, "tr", NULL);
    page_cell_open(page, "column.certainty", "head");
    page_text(page, texts_word(page->texts, "certainty.level", certainty->level));
    page_close(page);
    page_cell_open(page, "column.claim", "");
    write_claims(page, claims, certainty->json);
    page_close(page);
    page_cell_open(page, "column.reasons", "");
    page_open(page, "ul", "class", "plain", NULL);
    for (int i = 0; i < GRADE_DOMAINS; i++)
        write_domain(page, certainty, grade_domains[i]);
    page_close(page);
    if (certainty->reasons.count == 0)
        page_say(page, "p", "certainty.no_reason", NULL);
    page_close_many(page, 2);
}

void html_write_certainty(Page *page)
{
    static const char *const columns[] = {"column.certainty", "column.claim", "column.reasons", NULL};
    g_autoptr(GArray) graded = g_array_new(FALSE, FALSE, sizeof(Graded));
    Claims claims = {graded, 0};
    results_visit_products_first(page->results, collect, &claims);
    if (graded->len == 0 && claims.without == 0)
        return; /* no claims, or results of an earlier version */
    html_heading(page, "h3", "certainty.heading");
    if (graded->len > 0) {
        page_say(page, "p", "certainty.intro", NULL);
        page_table_open(page, texts_get(page->texts, "certainty.caption"), "cards wide");
        page_table_head(page, columns);
        for (guint i = 0; i < graded->len; i++)
            if (!g_array_index(graded, Graded, i).told)
                write_row(page, &claims, &g_array_index(graded, Graded, i).claim->certainty);
        page_table_close(page);
        page_say(page, "p", "certainty.method", "minor");
    }
    if (claims.without > 0) {
        g_autofree char *line = texts_count(page->texts, "certainty.without", claims.without, NULL);
        page_element(page, "p", line, NULL);
    }
}
