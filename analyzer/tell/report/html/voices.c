/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections 16 and 17: what users think, and what vendor and operator reply. Nobody's words are edited. */
#include "report/html/sections.h"

#include <string.h>

static void write_words(Page *page, const json_t *voice)
{
    const char *text = model_string(voice, "text"), *language = model_string(voice, "language");
    const char *path = model_string(voice, "file.path"), *hash = model_string(voice, "sha256");
    if (text != NULL) {
        page_open(page, "blockquote", "class", "verbatim", "lang", language, NULL);
        page_text(page, text);
        page_close(page);
    } else if (path != NULL) {
        g_autofree char *line = texts_format(page->texts, "voice.file_only", "file", path, NULL);
        page_element(page, "p", line, NULL);
    }
    if (hash == NULL)
        return;
    page_open(page, "p", "class", "minor", NULL);
    if (path != NULL) {
        g_autofree char *line = texts_format(page->texts, "statement.evidence", "file", path, NULL);
        page_text(page, line);
        page_text(page, " · ");
    }
    page_text(page, "SHA-256 ");
    page_element(page, "code", hash, "class", "hash", NULL);
    page_close(page);
}

static void write_heading(Page *page, const json_t *voice, const char *role)
{
    page_open(page, "h3", NULL);
    if (role != NULL) {
        g_autofree char *head = texts_format(page->texts, "voice.role", "role",
                                             texts_word(page->texts, "voice.role", role), NULL);
        page_text(page, head);
    }
    page_localized(page, model_get(voice, "from"));
    page_close(page);
    if (model_true(voice, "example"))
        page_say(page, "p", "voice.example", "warning");
}

/* "Asked for on 3 May; received on 9 May." */
static void write_history(Page *page, const json_t *reply)
{
    const char *state = model_string(reply, "state"), *asked = model_string(reply, "asked"),
               *date = model_string(reply, "date");
    g_autofree char *asked_day = asked != NULL ? texts_date(page->texts, asked) : NULL;
    g_autofree char *day = date != NULL ? texts_date(page->texts, date) : NULL;
    g_autofree char *first = asked_day != NULL
                                 ? texts_format(page->texts, "voice.asked", "date", asked_day, NULL)
                                 : g_strdup(texts_get(page->texts, "voice.asked_unknown"));
    g_autofree char *key =
        g_strconcat("voice.state_", state != NULL ? state : "received", day != NULL ? "_on" : "", NULL);
    g_autofree char *second = texts_format(page->texts, key, "date", day != NULL ? day : "", NULL);
    g_autofree char *line = g_strdup_printf("%s %s", first, second);
    page_element(page, "p", line, NULL);
}

void html_write_opinions(Page *page)
{
    html_section_open(page, "opinions");
    page_say(page, "p", "opinions.intro", NULL);
    const size_t count = model_count(page->results, "audit.opinions");
    for (size_t i = 0; i < count; i++) {
        const json_t *voice = model_member(page->results, "audit.opinions", i);
        const char *date = model_string(voice, "date");
        write_heading(page, voice, NULL);
        if (date != NULL) {
            g_autofree char *day = texts_date(page->texts, date);
            g_autofree char *line = texts_format(page->texts, "voice.dated", "date", day, NULL);
            page_element(page, "p", line, NULL);
        }
        write_words(page, voice);
    }
    if (count == 0)
        page_say(page, "p", "opinions.none", NULL);
    html_section_close(page);
}

static bool has_reply_of(const json_t *results, const char *role)
{
    for (size_t i = 0; i < model_count(results, "audit.replies"); i++)
        if (g_strcmp0(model_string(model_member(results, "audit.replies", i), "role"), role) == 0)
            return true;
    return false;
}

void html_write_replies(Page *page)
{
    static const char *const expected[] = {"vendor", "operator"};
    html_section_open(page, "replies");
    page_say(page, "p", "replies.intro", NULL);
    for (size_t i = 0; i < model_count(page->results, "audit.replies"); i++) {
        const json_t *reply = model_member(page->results, "audit.replies", i);
        write_heading(page, reply, model_string(reply, "role"));
        write_history(page, reply);
        write_words(page, reply);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_autofree char *key = g_strconcat("replies.none_", expected[i], NULL);
        if (!has_reply_of(page->results, expected[i]))
            page_say(page, "p", key, NULL);
    }
    html_section_close(page);
}
