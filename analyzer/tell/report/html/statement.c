/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One item of the audit's dossier in a cell: whether it was given, what, when, by whom, and the file that
 * shows it. */
#include "report/html/sections.h"

#include <string.h>

const char *html_statement_state(const ResultsStatement *statement)
{
    const char *state = statement->state;
    /* Results of an earlier version have the words alone, or blanks as “not communicated” that nobody asked
     * for. */
    if (state == NULL)
        return statement->json != NULL ? "given" : "blank";
    return strcmp(state, "not_communicated") == 0 && statement->asked == NULL ? "blank" : state;
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

/* Whether an answer is missing that somebody owed: asked for in vain, or refused. */
static bool is_withheld(const char *state)
{
    return strcmp(state, "refused") == 0 || strcmp(state, "not_communicated") == 0;
}

static void write_state(Page *page, const ResultsStatement *statement, const char *state)
{
    const bool until = strcmp(state, "not_communicated") == 0 && statement->date != NULL;
    g_autofree char *key = g_strconcat("statement.", state, until ? "_until" : "", NULL);
    g_autofree char *asked = texts_date(page->texts, statement->asked != NULL ? statement->asked : "—");
    g_autofree char *date = texts_date(page->texts, statement->date != NULL ? statement->date : "—");
    g_autofree char *label = texts_format(page->texts, key, "asked", asked, "date", date, NULL);
    page_element(page, "strong", label, "class", is_withheld(state) ? "absent" : "minor", NULL);
}

void html_statement(Page *page, const ResultsStatement *statement, const json_t *gap)
{
    const char *state = html_statement_state(statement);
    const json_t *text = statement->state != NULL ? statement->text : statement->json;
    const bool given = strcmp(state, "given") == 0, words = texts_pick(page->texts, text, NULL) != NULL;
    if (!given)
        write_state(page, statement, state);
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
    if (date != NULL && !is_withheld(state)) {
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
        html_statement(page, statement, NULL);
    else
        page_say(page, "span", "not_stated", "minor");
    page_close_many(page, 2);
}
