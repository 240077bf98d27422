/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of HTML being written: XML syntax that is also valid HTML5 (elements are closed in full, text is
 * escaped by libxml2, characters that XML cannot hold become U+FFFD). */
#ifndef VSAUDIT_REPORT_PAGE_H
#define VSAUDIT_REPORT_PAGE_H

#include "evaluate/detail.h"
#include "report/figures.h"

#include <libxml/xmlwriter.h>

typedef struct Exhibits Exhibits;

typedef struct {
    const Results *results;
    const Texts *texts;
    const char *const *languages;      /* of the reports that are written together; NULL: this alone */
    const ResultsCatalogue *catalogue; /* of obligations; reports/catalogue/ */
    const char *run_finished;          /* when, by run.json; NULL: nobody knows */
    const json_t *run_sandbox;         /* what held programs under test, by run.json; NULL: nobody knows */
    Exhibits *pictures;
    const char
        *drawing_style;   /* style sheet put into every drawing, for printers that read no other; or NULL */
    const Detail *detail; /* of the results; NULL: they have all */
    size_t marks;         /* events and alerts that the timelines show so far */
    xmlBufferPtr buffer;
    xmlTextWriterPtr writer;
    GPtrArray *open; /* of char *: the elements that are open */
} Page;

void page_init(Page *page, const Results *results, const Texts *texts);
void page_clear(Page *page);
/* What was written; the caller frees it. The page is finished. */
char *page_finish(Page *page, gsize *length);

/* Opens an element with attributes: name, value, …, NULL. An attribute with a NULL value is left out. */
void page_open(Page *page, const char *element, ...) G_GNUC_NULL_TERMINATED;
void page_close(Page *page);
/* Closes `count` elements. */
void page_close_many(Page *page, unsigned count);
void page_text(Page *page, const char *text); /* NULL writes nothing */
/* A whole element; attributes as in page_open. */
void page_element(Page *page, const char *element, const char *text, ...) G_GNUC_NULL_TERMINATED;
/* An element of HTML that has no content: meta, img, br, col. */
void page_void(Page *page, const char *element, ...) G_GNUC_NULL_TERMINATED;
/* Text of the reports by key. */
void page_say(Page *page, const char *element, const char *key, const char *class);
/* A word of the data in the reader's language; when only the other language has it, marked as such. */
void page_localized(Page *page, const json_t *text);
/* Verbatim CSS; must hold neither '<' nor '&'. */
void page_raw(Page *page, const char *text);

/* A table within a box that scrolls sideways by itself. `class` may be NULL. The caption is text. */
void page_table_open(Page *page, const char *caption, const char *class);
/* The head row: keys of texts, …, NULL. The keys' texts label the cells on narrow screens. */
void page_table_head(Page *page, const char *const *keys);
void page_table_close(Page *page);
/* A cell; `label` (a key) is the column's name for narrow screens; kind: "", "num", "head". Left open by
 * page_cell_open. */
void page_cell_open(Page *page, const char *label, const char *kind);
void page_cell(Page *page, const char *label, const char *kind, const char *text);
/* A row of two cells, the first a row head. */
void page_pair(Page *page, const char *name, const char *value);

/* "Scenario · system · condition". Caller frees. */
char *page_evaluation_name(const Page *page, const ResultsScenario *scenario,
                           const ResultsEvaluation *evaluation);
/* The reader's words for an id: the title if there is one, else the word for the id in that group of words
 * ("condition"; NULL: none), else the id. Typography applied to the title; caller frees. */
char *page_title(const Page *page, const json_t *title, const char *group, const char *id);
/* The system in the reader's words: its own title; the reference and the control have a name in every
 * language. Caller frees. */
char *page_system_name(const Page *page, const ResultsEvaluation *evaluation);
/* What a verdict is about: the evaluation's name, and the reading where the audit words one. Caller frees. */
char *page_verdict_name(const Page *page, const char *evaluation, const ResultsClaim *claim);
/* “System · condition”. Caller frees. */
char *page_system_and_condition(const Page *page, const ResultsEvaluation *evaluation);
/* The control that never alerts. */
bool page_is_control(const ResultsEvaluation *evaluation);
/* "≤ 0.0417", "≥ 90%", "± 5%": of a reading that has a metric. Caller frees. */
char *page_limit(const Page *page, const ResultsReading *reading);
/* "3 / 1.25 h" of a rate, "—" where it is no fraction of counts. Caller frees. */
char *page_fraction(const Page *page, const ResultsRate *rate);
/* The clip's name with its dataset when there are several datasets. Caller frees. */
char *page_clip_name(const Page *page, const char *dataset, const char *clip);

/* What was claimed, in quotation marks, or as a paraphrase, which has none. Caller frees. */
char *page_claim_words(const Page *page, const ResultsClaim *claim);

#endif
