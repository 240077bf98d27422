/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What repeats, canaries and times show of logs that came back for a capsule. */
#include "language/phrase.h"
#include "report/html/sections.h"

static void write_figures(Page *page, const ResultsCapsule *capsule)
{
    g_autofree char *signer = capsule->signer != NULL
                                  ? texts_format(page->texts, "capsule.signed", "key", capsule->signer, NULL)
                                  : g_strdup(texts_get(page->texts, "capsule.unsigned"));
    g_autoptr(Phrase) phrase = phrase_new("capsule.figures");
    phrase_integer(phrase, "clips", capsule->clips);
    phrase_integer(phrase, "repeated", capsule->repeated);
    phrase_integer(phrase, "canaries", capsule->canaries);
    phrase_own(phrase, "seal", capsule->seal_sha256);
    g_autofree char *text = phrase_render(phrase_own(phrase, "signer", signer), page->texts);
    page_element(page, "p", text, NULL);
}

static void write_system(Page *page, const ResultsCapsuleSystem *system)
{
    static const char *const columns[] = {"column.capsule_finding", "column.capsule_state",
                                          "column.capsule_sentence", "column.capsule_meaning", NULL};
    g_autoptr(Phrase) phrase = phrase_new("capsule.log");
    phrase_own(phrase_own(phrase, "system", system->system), "file", system->file);
    phrase_own(phrase_integer(phrase, "alerts", system->alerts), "sha256", system->sha256);
    g_autofree char *caption = phrase_render(phrase, page->texts);
    page_table_open(page, caption, "cards wide");
    page_table_head(page, columns);
    for (size_t i = 0; i < system->findings.count; i++) {
        const ResultsCapsuleFinding *finding = &system->findings.at[i];
        page_open(page, "tr", NULL);
        page_cell(page, columns[0], "head", texts_word(page->texts, "capsule.finding", finding->id));
        page_cell(page, columns[1], "", texts_word(page->texts, "capsule.state", finding->state));
        page_cell_open(page, columns[2], "");
        page_localized(page, finding->sentence);
        page_close(page);
        page_cell_open(page, columns[3], "");
        page_localized(page, finding->meaning);
        page_close_many(page, 2);
    }
    page_table_close(page);
}

void html_write_handover(Page *page)
{
    const ResultsCapsule *capsule = &page->results->capsule;
    if (capsule->json == NULL)
        return;
    html_heading(page, "h3", "capsule.heading");
    page_say(page, "p", "capsule.intro", NULL);
    write_figures(page, capsule);
    for (size_t i = 0; i < capsule->systems.count; i++)
        write_system(page, &capsule->systems.at[i]);
}
