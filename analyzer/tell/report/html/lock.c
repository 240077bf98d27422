/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what was measured had been fixed before the run. */
#include "report/formats.h"
#include "report/html/sections.h"

#include <string.h>

char *lock_sentence(const Results *results, const Texts *texts)
{
    const char *word = results->lock.state;
    const char *date = results->lock.date;
    if (word == NULL || date == NULL || strcmp(word, "unlocked") == 0)
        return g_strdup(texts_get(texts, "lock.unlocked"));
    g_autofree char *when = texts_date_time(texts, date);
    return texts_format(texts, strcmp(word, "unchanged") == 0 ? "lock.unchanged" : "lock.changed", "date",
                        when, NULL);
}

char *lock_change_sentence(const ResultsLockChange *change, const Texts *texts)
{
    const char *file = change->file, *what = change->what;
    if (g_strcmp0(what, "looked") == 0)
        return texts_count(texts, "lock.looked", change->count, "file", file != NULL ? file : "?", NULL);
    return texts_format(texts, "lock.change", "file", file != NULL ? file : "?", "what",
                        texts_word(texts, "lock.what", what), NULL);
}

char *html_run_date(const Page *page)
{
    const char *finished = page->run_finished;
    if (finished == NULL)
        return g_strdup(texts_get(page->texts, "run.date_unknown"));
    g_autofree char *when = texts_date_time(page->texts, finished);
    return texts_format(page->texts, "run.finished", "when", when, NULL);
}

static void write_uncovered(Page *page)
{
    const size_t count = page->results->lock.uncovered.count, most = 5;
    if (count == 0)
        return;
    g_autoptr(GString) names = g_string_new(NULL);
    for (size_t i = 0; i < MIN(count, most); i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", page->results->lock.uncovered.at[i]);
    if (count > most)
        g_string_append(names, ", …");
    g_autofree char *text =
        texts_count(page->texts, "lock.uncovered", (int64_t)count, "names", names->str, NULL);
    page_element(page, "p", text, NULL);
}

void html_write_lock(Page *page)
{
    g_autofree char *sentence = lock_sentence(page->results, page->texts);
    const bool unchanged = g_strcmp0(page->results->lock.state, "unchanged") == 0;
    page_element(page, "p", sentence, "class", unchanged ? "plain" : "warning", NULL);
    write_uncovered(page);
    const size_t count = page->results->lock.changed.count;
    if (count == 0)
        return;
    page_open(page, "ul", NULL);
    for (size_t i = 0; i < count; i++) {
        g_autofree char *text = lock_change_sentence(&page->results->lock.changed.at[i], page->texts);
        page_element(page, "li", text, NULL);
    }
    page_close(page);
}
