/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One item of the audit's dossier in a cell: whether it was given, what, when, by whom, and the file that
 * shows it. */
#include "report/html/sections.h"

#include <string.h>

const char *html_statement_state(const ResultsStatement *statement)
{
    const char *state = statement->state;
    if (state != NULL)
        return state;
    /* Results of an earlier version have the words alone. */
    return statement->json != NULL ? "given" : "not_communicated";
}

static void write_minor(Page *page, const char *key, const char *name, const char *value)
{
    g_autofree char *text = texts_format(page->texts, key, name, value, NULL);
    page_void(page, "br", NULL);
    page_element(page, "span", text, "class", "minor", NULL);
}

static void write_source(Page *page, const json_t *source)
{
    if (texts_pick(page->texts, source, NULL) == NULL)
        return;
    page_void(page, "br", NULL);
    page_open(page, "span", "class", "minor", NULL);
    page_text(page, texts_get(page->texts, "statement.source"));
    page_text(page, " ");
    page_localized(page, source);
    page_close(page);
}

static void write_evidence(Page *page, const ResultsFileNamed *evidence)
{
    const char *path = evidence->path, *hash = evidence->sha256;
    if (path == NULL)
        return;
    write_minor(page, "statement.evidence", "file", path);
    if (hash != NULL) {
        page_void(page, "br", NULL);
        page_element(page, "code", hash, "class", "hash minor", NULL);
    }
}

void html_statement(Page *page, const ResultsStatement *statement, const char *absent, const json_t *gap)
{
    const char *state = html_statement_state(statement);
    const json_t *text = statement->state != NULL ? statement->text : statement->json;
    const bool given = strcmp(state, "given") == 0, words = texts_pick(page->texts, text, NULL) != NULL;
    if (statement->json == NULL || !given)
        page_say(page, "strong",
                 statement->json == NULL || strcmp(state, "not_communicated") == 0 ? absent
                 : strcmp(state, "refused") == 0                                   ? "statement.refused"
                                                 : "statement.not_applicable",
                 strcmp(state, "not_applicable") == 0 ? NULL : "absent");
    if (!words && strcmp(state, "not_communicated") == 0 && texts_pick(page->texts, gap, NULL) != NULL) {
        page_text(page, texts_get(page->texts, "statement.then"));
        page_localized(page, gap);
    }
    if (words) {
        if (!given)
            page_text(page, texts_get(page->texts, "statement.then"));
        page_localized(page, text);
    } else if (given && statement->json != NULL) {
        page_say(page, "span", "statement.in_evidence", NULL);
    }
    const char *date = statement->date;
    if (date != NULL) {
        g_autofree char *day = texts_date(page->texts, date);
        write_minor(page, "statement.date", "date", day);
    }
    write_source(page, statement->source);
    write_evidence(page, &statement->evidence);
}

void html_statement_row(Page *page, const char *name, const ResultsStatement *statement)
{
    page_open(page, "tr", NULL);
    page_element(page, "th", name, "scope", "row", NULL);
    page_open(page, "td", NULL);
    if (statement->json != NULL)
        html_statement(page, statement, "public.not_communicated", NULL);
    else
        page_say(page, "span", "not_stated", "minor");
    page_close_many(page, 2);
}
