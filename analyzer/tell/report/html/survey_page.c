/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a judged sample of alerts. */
#include "language/embedded.h"
#include "report/html/sections.h"
#include "report/sampled.h"

#include <math.h>

static void open_section(Page *page, const char *id, const char *heading)
{
    g_autofree char *name = g_strconcat("h-", id, NULL);
    page_open(page, "section", "id", id, "aria-labelledby", name, NULL);
    page_element(page, "h2", texts_get(page->texts, heading), "id", name, NULL);
}

static void write_head(Page *page, const ResultsSurvey *survey)
{
    g_autofree char *title = texts_format(page->texts, "survey.title_of", "log", survey->log.file, NULL);
    page_open(page, "head", NULL);
    page_void(page, "meta", "charset", "utf-8", NULL);
    page_void(page, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1", NULL);
    page_void(page, "meta", "name", "generator", "content", "vsaudit", NULL);
    page_element(page, "title", title, NULL);
    page_open(page, "style", NULL);
    page_raw(page, embedded_text("styles/drawing.css"));
    page_raw(page, embedded_text("styles/report.css"));
    page_close_many(page, 2);
}

static void write_paragraph(Page *page, const char *class, const json_t *text)
{
    page_open(page, "p", "class", class, NULL);
    page_localized(page, text);
    page_close(page);
}

static void write_claim(Page *page, const ResultsSurvey *survey)
{
    if (survey->claim.op == NULL)
        return;
    open_section(page, "claim", "survey.heading.claim");
    if (survey->claim.text != NULL)
        page_element(page, "blockquote", survey->claim.text, NULL);
    page_open(page, "p", NULL);
    html_verdict(page, survey->verdict.verdict);
    page_close(page);
    write_paragraph(page, NULL, survey->verdict.sentence);
    page_close(page);
}

static void write_list(Page *page, const char *id, const char *heading, const ResultsTexts *list)
{
    open_section(page, id, heading);
    page_open(page, "ul", NULL);
    for (size_t i = 0; i < list->count; i++) {
        page_open(page, "li", NULL);
        page_localized(page, list->at[i]);
        page_close(page);
    }
    page_close_many(page, 2);
}

static void count_cell(Page *page, const char *label, int64_t count)
{
    g_autofree char *text = texts_integer(page->texts, count);
    page_cell(page, label, "num", text);
}

static void write_strata(Page *page, const ResultsSurvey *survey)
{
    static const char *const columns[] = {"survey.table.stratum",
                                          "survey.table.population",
                                          "survey.table.drawn",
                                          "survey.table.wrong",
                                          "survey.table.open",
                                          "survey.table.bounds",
                                          NULL};
    open_section(page, "strata", "survey.heading.strata");
    page_table_open(page, texts_get(page->texts, "survey.heading.strata"), NULL);
    page_table_head(page, columns);
    for (size_t i = 0; i < survey->strata.count; i++) {
        const ResultsSurveyPart *part = &survey->strata.at[i];
        const int64_t counts[] = {part->population, part->drawn, part->wrong, part->open};
        const bool whole = *part->name == '\0'; /* the log was not parted */
        g_autofree char *low = texts_integer(page->texts, part->low_alerts);
        g_autofree char *high = texts_integer(page->texts, part->high_alerts);
        g_autofree char *bounds = g_strdup_printf("%s – %s", low, high);
        page_open(page, "tr", NULL);
        page_cell(page, columns[0], "head", whole ? texts_get(page->texts, "survey.table.all") : part->name);
        for (size_t k = 0; k < G_N_ELEMENTS(counts); k++)
            count_cell(page, columns[k + 1], counts[k]);
        page_cell(page, columns[5], "num", bounds);
        page_close(page);
    }
    page_table_close(page);
    page_close(page);
}

static void said_cell(Page *page, const char *label, const char *word)
{
    page_cell(page, label, "", word != NULL ? texts_word(page->texts, "survey.said", word) : "–");
}

static void write_alerts(Page *page, const ResultsSurvey *survey)
{
    static const char *const columns[] = {"survey.column.alert",
                                          "survey.table.line",
                                          "survey.table.first",
                                          "survey.table.second",
                                          "survey.table.agreed",
                                          "survey.table.outcome",
                                          NULL};
    open_section(page, "alerts", "survey.heading.alerts");
    page_table_open(page, texts_get(page->texts, "survey.heading.alerts"), NULL);
    page_table_head(page, columns);
    for (size_t i = 0; i < survey->alerts.count; i++) {
        const ResultsSurveyJudged *alert = &survey->alerts.at[i];
        page_open(page, "tr", NULL);
        page_cell(page, columns[0], "head", alert->id);
        count_cell(page, columns[1], alert->line);
        said_cell(page, columns[2], alert->first);
        said_cell(page, columns[3], alert->second);
        said_cell(page, columns[4], alert->agreed);
        said_cell(page, columns[5], alert->outcome);
        page_close(page);
    }
    page_table_close(page);
    page_close(page);
}

static void write_file(Page *page, const char *name, const char *file, const char *sha256)
{
    g_autofree char *value = g_strdup_printf("%s, SHA-256 %s", file, sha256);
    page_pair(page, name, value);
}

static void write_record(Page *page, const ResultsSurvey *survey)
{
    g_autofree char *rows = texts_integer(page->texts, survey->log.rows);
    g_autofree char *population = texts_integer(page->texts, survey->population);
    open_section(page, "record", "survey.heading.record");
    page_table_open(page, texts_get(page->texts, "survey.heading.record"), NULL);
    page_open(page, "tbody", NULL);
    write_file(page, texts_get(page->texts, "survey.record.log"), survey->log.file, survey->log.sha256);
    if (survey->log.map != NULL)
        write_file(page, texts_get(page->texts, "survey.record.map"), survey->log.map,
                   survey->log.map_sha256);
    page_pair(page, texts_get(page->texts, "survey.record.rows"), rows);
    page_pair(page, texts_get(page->texts, "survey.record.population"), population);
    write_file(page, texts_get(page->texts, "survey.record.draw"), "draw.json", survey->draw_sha256);
    for (size_t i = 0; i < survey->sheets.count; i++) {
        const ResultsSurveySheet *sheet = &survey->sheets.at[i];
        write_file(page, texts_word(page->texts, "survey.record", sheet->role), sheet->file, sheet->sha256);
    }
    page_table_close(page);
    page_close(page);
}

char *sampled_html(const ResultsSurvey *survey, const Texts *texts, gsize *length)
{
    Page page;
    page_init(&page, NULL, texts);
    xmlTextWriterWriteRaw(page.writer, BAD_CAST "<!DOCTYPE html>\n");
    page_open(&page, "html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", texts_language(texts), NULL);
    write_head(&page, survey);
    page_open(&page, "body", NULL);
    page_open(&page, "header", NULL);
    page_say(&page, "p", "survey.title", "kind");
    page_element(&page, "h1", survey->log.file, NULL);
    page_close(&page);
    page_open(&page, "main", NULL);
    write_paragraph(&page, "lead", survey->answer);
    write_claim(&page, survey);
    write_list(&page, "figures", "survey.heading.figures", &survey->remarks);
    write_list(&page, "cannot", "survey.heading.cannot", &survey->cannot_say);
    write_strata(&page, survey);
    write_record(&page, survey);
    write_alerts(&page, survey);
    page_close(&page);
    page_open(&page, "footer", NULL);
    g_autofree char *made = texts_format(texts, "survey.footer", "version", survey->program, NULL);
    page_element(&page, "p", made, NULL);
    page_close_many(&page, 3);
    char *html = page_finish(&page, length);
    page_clear(&page);
    return html;
}
