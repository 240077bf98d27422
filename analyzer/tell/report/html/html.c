/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html/html.h"

#include "config/catalogue.h"
#include "language/embedded.h"
#include "report/html/sections.h"

#include <string.h>

/* The skeleton of the report: the order and the anchors are the same in every language. */
static const struct {
    const char *id; /* "section.<id>" is its heading */
    void (*write)(Page *page);
} sections[] = {
    {"summary", html_write_summary},   {"identity", html_write_identity},   {"system", html_write_system},
    {"claims", html_write_claims},     {"scenarios", html_write_scenarios}, {"data", html_write_data},
    {"truth", html_write_truth},       {"protocol", html_write_protocol},   {"results", html_write_results},
    {"strata", html_write_strata},     {"evidence", html_write_evidence},   {"human", html_write_human},
    {"verdicts", html_write_verdicts}, {"incidents", html_write_incidents}, {"public", html_write_public},
    {"opinions", html_write_opinions}, {"replies", html_write_replies},     {"annexes", html_write_annexes},
};

int html_section_number(const char *id)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
        if (strcmp(sections[i].id, id) == 0)
            return (int)i + 1;
    return 0;
}

void html_section_open(Page *page, const char *id)
{
    g_autofree char *key = g_strconcat("section.", id, NULL);
    g_autofree char *heading = g_strconcat("h-", id, NULL);
    page_open(page, "section", "id", id, "aria-labelledby", heading, NULL);
    g_autofree char *text = g_strdup_printf("%d. %s", html_section_number(id), texts_get(page->texts, key));
    page_element(page, "h2", text, "id", heading, NULL);
}

static void write_head(Page *page)
{
    g_autofree char *title = page_title(page, page->results->audit.title, NULL, page->results->audit.id);
    g_autofree char *full = g_strdup_printf("%s – %s", title, texts_get(page->texts, "report.kind"));
    page_open(page, "head", NULL);
    page_void(page, "meta", "charset", "utf-8", NULL);
    page_void(page, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1", NULL);
    page_void(page, "meta", "name", "generator", "content", "vsaudit", NULL);
    page_element(page, "title", full, NULL);
    page_open(page, "style", NULL);
    page_raw(page, embedded_text("styles/drawing.css"));
    page_raw(page, embedded_text("styles/report.css"));
    page_close_many(page, 2);
}

static void write_header(Page *page)
{
    const ResultsAudit *audit = &page->results->audit;
    page_element(page, "a", texts_get(page->texts, "report.skip"), "class", "skip", "href", "#summary", NULL);
    page_open(page, "header", NULL);
    page_say(page, "p", "report.kind", "kind");
    g_autofree char *title = page_title(page, audit->title, NULL, audit->id);
    page_element(page, "h1", title, NULL);
    if (audit->summary != NULL) {
        page_open(page, "p", "class", "lead", NULL);
        page_localized(page, audit->summary);
        page_close(page);
    }
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
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        g_autofree char *target = g_strconcat("#", sections[i].id, NULL);
        g_autofree char *key = g_strconcat("section.", sections[i].id, NULL);
        page_open(page, "li", NULL);
        page_element(page, "a", texts_get(page->texts, key), "href", target, NULL);
        page_close(page);
    }
    page_close_many(page, 2);
}

static char *render_once(const Results *results, const json_t *document, const Texts *texts,
                         const char *const *languages, const ResultsCatalogue *catalogue, Exhibits *pictures,
                         const char *drawing_style, gsize *length)
{
    Page page;
    page_init(&page, results, texts);
    page.run_finished = json_string_value(json_object_get(document, "run_finished"));
    page.run_sandbox = json_object_get(document, "run_sandbox");
    page.languages = languages;
    page.catalogue = catalogue;
    page.pictures = pictures;
    page.drawing_style = drawing_style;
    page.detail = exhibits_detail(pictures);
    xmlTextWriterWriteRaw(page.writer, BAD_CAST "<!DOCTYPE html>\n");
    page_open(&page, "html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", texts_language(texts), NULL);
    write_head(&page);
    page_open(&page, "body", NULL);
    write_header(&page);
    write_contents(&page);
    page_open(&page, "main", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
        sections[i].write(&page);
    page_close(&page);
    page_open(&page, "footer", NULL);
    g_autofree char *made = texts_format(texts, "report.footer", "version", results->program.version, NULL);
    page_element(&page, "p", made, NULL);
    g_autofree char *finished = html_run_date(&page);
    page_element(&page, "p", finished, NULL);
    page_close_many(&page, 3);
    char *html = page_finish(&page, length);
    page_clear(&page);
    return html;
}

static char *render(const json_t *document, const Texts *texts, const char *const *languages,
                    Exhibits *pictures, const char *drawing_style, gsize *length)
{
    g_autoptr(Results) results = results_load(document);
    /* Results of an earlier version carry no catalogue. */
    g_autoptr(Catalogue) builtin = results->catalogue == NULL ? catalogue_builtin() : NULL;
    g_autoptr(ResultsCatalogue) catalogue =
        results_load_catalogue(builtin != NULL ? builtin->json : results->catalogue);
    g_autoptr(Exhibits) none = NULL;
    if (pictures == NULL)
        none = exhibits_new(document, NULL, NULL);
    if (pictures == NULL)
        pictures = none;
    /* First without pictures: what the words take decides what is left for the pictures. */
    exhibits_choose(pictures, 0);
    char *html = render_once(results, document, texts, languages, catalogue, pictures, drawing_style, length);
    const gsize margin = 20000;
    if (*length + margin < HTML_SIZE_LIMIT && exhibits_count(pictures, EXHIBIT_LEFT_OUT) > 0) {
        g_free(html);
        exhibits_choose(pictures, HTML_SIZE_LIMIT - margin - *length);
        html = render_once(results, document, texts, languages, catalogue, pictures, drawing_style, length);
    }
    return html;
}

char *html_render(const json_t *document, const Texts *texts, const char *const *languages,
                  Exhibits *pictures, gsize *length)
{
    return render(document, texts, languages, pictures, NULL, length);
}

char *html_render_for_paper(const json_t *document, const Texts *texts, Exhibits *pictures, gsize *length)
{
    return render(document, texts, NULL, pictures, embedded_text("styles/drawing.css"), length);
}
