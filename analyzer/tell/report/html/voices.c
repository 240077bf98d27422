/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What users think, and what vendor and operator reply. Nobody's words are edited. */
#include "report/html/sections.h"

#include <string.h>

static void write_words(Page *page, const ResultsVoice *voice)
{
    const char *text = voice->text, *language = voice->language;
    const char *path = voice->file.path, *hash = voice->sha256;
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

static void write_heading(Page *page, const ResultsVoice *voice, const char *role)
{
    page_open(page, "h3", NULL);
    if (role != NULL) {
        g_autofree char *head = texts_format(page->texts, "voice.role", "role",
                                             texts_word(page->texts, "voice.role", role), NULL);
        page_text(page, head);
    }
    page_localized(page, voice->from);
    page_close(page);
    if (results_true(voice->example))
        page_say(page, "p", "voice.example", "warning");
}

/* "Asked for on 3 May; received on 9 May." */
static void write_history(Page *page, const ResultsVoice *reply)
{
    const char *state = reply->state, *asked = reply->asked, *date = reply->date;
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
    const size_t count = page->results->audit.opinions.count;
    for (size_t i = 0; i < count; i++) {
        const ResultsVoice *voice = &page->results->audit.opinions.at[i];
        const char *date = voice->date;
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

static bool has_reply_of(const Results *results, const char *role)
{
    for (size_t i = 0; i < results->audit.replies.count; i++)
        if (g_strcmp0(results->audit.replies.at[i].role, role) == 0)
            return true;
    return false;
}

void html_write_replies(Page *page)
{
    static const char *const expected[] = {"vendor", "operator"};
    html_section_open(page, "replies");
    page_say(page, "p", "replies.intro", NULL);
    for (size_t i = 0; i < page->results->audit.replies.count; i++) {
        const ResultsVoice *reply = &page->results->audit.replies.at[i];
        write_heading(page, reply, reply->role);
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
