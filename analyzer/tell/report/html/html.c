/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html/html.h"

#include "config/catalogue.h"
#include "language/embedded.h"
#include "report/html/sections.h"

#include <string.h>

/* The skeleton of the report behind its first page: the order and the anchors are the same in every language.
 * Findings are what a hearing reads, numbered; annexes are what it looks up, lettered. */
typedef struct {
    const char *id; /* "section.<id>" is its heading */
    void (*write)(Page *page);
} Section;
static const Section findings[] = {
    {"identity", html_write_identity}, {"claims", html_write_claims},     {"verdicts", html_write_verdicts},
    {"results", html_write_results},   {"evidence", html_write_evidence}, {"incidents", html_write_incidents},
    {"replies", html_write_replies},
};
static const Section annexes[] = {
    {"system", html_write_system},   {"scenarios", html_write_scenarios},   {"data", html_write_data},
    {"truth", html_write_truth},     {"protocol", html_write_protocol},     {"further", html_write_further},
    {"strata", html_write_strata},   {"robustness", html_write_robustness}, {"exhibits", html_write_exhibits},
    {"human", html_write_human},     {"public", html_write_public},         {"opinions", html_write_opinions},
    {"annexes", html_write_annexes},
};

char *html_section_name(const Page *page, const char *id)
{
    g_autofree char *key = g_strconcat("section.", id, NULL);
    const char *name = texts_get(page->texts, key);
    for (size_t i = 0; i < G_N_ELEMENTS(findings); i++)
        if (strcmp(findings[i].id, id) == 0)
            return g_strdup_printf("%zu. %s", i + 1, name);
    for (size_t i = 0; i < G_N_ELEMENTS(annexes); i++)
        if (strcmp(annexes[i].id, id) == 0)
            return g_strdup_printf("%c. %s", (char)('A' + i), name);
    return strcmp(id, "summary") == 0 ? g_strdup(name) : NULL;
}

void html_section_open(Page *page, const char *id)
{
    g_autofree char *heading = g_strconcat("h-", id, NULL), *name = html_section_name(page, id);
    page_open(page, "section", "id", id, "aria-labelledby", heading, NULL);
    page_element(page, "h2", name, "id", heading, NULL);
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

static void write_list(Page *page, const char *title, const Section *sections, size_t count)
{
    page_say(page, "p", title, "layer");
    page_open(page, "ul", NULL);
    for (size_t i = 0; i < count; i++) {
        g_autofree char *target = g_strconcat("#", sections[i].id, NULL);
        g_autofree char *name = html_section_name(page, sections[i].id);
        page_open(page, "li", NULL);
        page_element(page, "a", name, "href", target, NULL);
        page_close(page);
    }
    page_close(page);
}

static void write_contents(Page *page)
{
    page_open(page, "nav", "aria-label", texts_get(page->texts, "report.contents"), NULL);
    write_list(page, "report.findings", findings, G_N_ELEMENTS(findings));
    write_list(page, "report.annexes", annexes, G_N_ELEMENTS(annexes));
    page_close(page);
}

static void write_layer(Page *page, const char *class, const Section *sections, size_t count)
{
    page_open(page, "div", "class", class, NULL);
    for (size_t i = 0; i < count; i++)
        sections[i].write(page);
    page_close(page);
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
    page_element(&page, "a", texts_get(texts, "report.skip"), "class", "skip", "href", "#summary", NULL);
    html_write_front(&page);
    write_contents(&page);
    write_layer(&page, "findings", findings, G_N_ELEMENTS(findings));
    write_layer(&page, "annexes", annexes, G_N_ELEMENTS(annexes));
    page_close(&page); /* main, which the first page opens */
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
