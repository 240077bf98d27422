/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures: every false and every repeated alert, and every missed event, each with its whereabouts. */
#include "report/html_sections.h"

#include <math.h>
#include <string.h>

/* Pictures a gallery may have before the page points to the tables instead. */
enum { MOST_PICTURES = 500 };

typedef struct {
    Page *page;
    const json_t *scenario, *evaluation;
    const char *list; /* "alerts" or "events" */
    size_t shown, left;
    bool pictures; /* one at least is there */
} Gallery;

typedef void (*RecordVisitor)(Gallery *gallery, const json_t *clip, const json_t *record);

static bool is_wanted(const Gallery *gallery, const json_t *record)
{
    const char *outcome = model_string(record, "outcome");
    if (strcmp(gallery->list, "events") == 0)
        return g_strcmp0(outcome, "miss") == 0;
    return g_strcmp0(outcome, "false") == 0 || g_strcmp0(outcome, "duplicate") == 0;
}

static void visit(Gallery *gallery, RecordVisitor visitor)
{
    for (size_t i = 0; i < model_count(gallery->evaluation, "clips"); i++) {
        const json_t *clip = model_member(gallery->evaluation, "clips", i);
        for (size_t j = 0; j < model_count(clip, gallery->list); j++) {
            const json_t *record = model_member(clip, gallery->list, j);
            if (is_wanted(gallery, record))
                visitor(gallery, clip, record);
        }
    }
}

static size_t count_outcome(const json_t *evaluation, const char *list, const char *outcome)
{
    size_t found = 0;
    for (size_t i = 0; i < model_count(evaluation, "clips"); i++) {
        const json_t *clip = model_member(evaluation, "clips", i);
        for (size_t j = 0; j < model_count(clip, list); j++)
            found += g_strcmp0(model_string(model_member(clip, list, j), "outcome"), outcome) == 0;
    }
    return found;
}

static void look_for_picture(Gallery *gallery, const json_t *clip, const json_t *record)
{
    (void)clip;
    gallery->pictures =
        gallery->pictures ||
        pictures_state(gallery->page->pictures, model_string(record, "picture")) != PICTURE_ABSENT;
}

static char *when_text(const Gallery *gallery, const json_t *record)
{
    const Page *page = gallery->page;
    if (strcmp(gallery->list, "alerts") == 0)
        return texts_clock(page->texts, model_integer(record, "decided_us", 0));
    return html_span_text(page, record, "start_us", "end_us");
}

static void write_picture(const Gallery *gallery, const json_t *record, const char *name, const char *when)
{
    Page *page = gallery->page;
    const char *picture = model_string(record, "picture");
    g_autofree char *uri = pictures_uri(page->pictures, picture);
    if (uri == NULL) {
        page_say(page, "p",
                 pictures_state(page->pictures, picture) == PICTURE_LEFT_OUT ? "evidence.left_out"
                                                                             : "evidence.no_picture",
                 "no-picture");
        return;
    }
    g_autofree char *key = g_strconcat("evidence.alt_", model_string(record, "outcome"), NULL);
    g_autofree char *alt = texts_format(page->texts, key, "clip", name, "time", when, NULL);
    page_void(page, "img", "src", uri, "alt", alt, NULL);
}

static void write_mark(Page *page, const char *outcome)
{
    g_autofree char *class = g_strconcat("mark ", outcome, NULL);
    const char *sign = g_strcmp0(outcome, "false") == 0 ? "×" : g_strcmp0(outcome, "miss") == 0 ? "▭" : "○";
    page_open(page, "strong", "class", class, NULL);
    page_element(page, "span", sign, "aria-hidden", "true", NULL);
    page_text(page, "\u00a0");
    page_text(page, texts_word(page->texts, "mark", outcome));
    page_close(page);
}

/* What a person wrote: as it is, in quotation marks. */
static void write_note(Page *page, const json_t *record)
{
    const char *note = model_string(record, "note");
    if (note == NULL || *note == '\0')
        return;
    page_open(page, "p", "class", "minor", NULL);
    page_text(page, texts_get(page->texts, "evidence.note"));
    page_text(page, " ");
    page_element(page, "q", note, NULL);
    page_close(page);
}

static void write_item(Gallery *gallery, const json_t *clip, const json_t *record)
{
    Page *page = gallery->page;
    if (gallery->shown >= MOST_PICTURES) {
        gallery->left++;
        return;
    }
    gallery->shown++;
    g_autofree char *name = page_clip_name(page, model_string(clip, "dataset"), model_string(clip, "clip"));
    g_autofree char *when = when_text(gallery, record);
    const char *label = model_string(record, "label");
    page_open(page, "li", NULL);
    write_picture(gallery, record, name, when);
    page_open(page, "p", NULL);
    write_mark(page, model_string(record, "outcome"));
    if (label != NULL) {
        page_text(page, " · ");
        page_text(page, texts_word(page->texts, "label", label));
    }
    page_void(page, "br", NULL);
    page_element(page, "span", name, "class", "name", NULL);
    page_text(page, " · ");
    page_text(page, when);
    double confidence = model_number(record, "confidence");
    if (!isnan(confidence)) {
        g_autofree char *number = texts_decimal(page->texts, confidence, 2);
        g_autofree char *text = texts_format(page->texts, "evidence.confidence", "value", number, NULL);
        page_text(page, " · ");
        page_text(page, text);
    }
    page_void(page, "br", NULL);
    g_autofree char *where = page_evaluation_name(page, gallery->scenario, gallery->evaluation);
    page_element(page, "span", where, "class", "minor", NULL);
    page_close(page);
    write_note(page, record);
    page_close(page);
}

static void write_gallery(Gallery *gallery, const char *file)
{
    Page *page = gallery->page;
    page_open(page, "ul", "class", "gallery", NULL);
    visit(gallery, write_item);
    page_close(page);
    if (gallery->left > 0) {
        g_autofree char *text =
            texts_count(page->texts, "evidence.rest", (int64_t)gallery->left, "file", file, NULL);
        page_element(page, "p", text, NULL);
    }
}

static void write_line(Gallery *gallery, const json_t *clip, const json_t *record)
{
    Page *page = gallery->page;
    if (gallery->shown >= MOST_PICTURES) {
        gallery->left++;
        return;
    }
    gallery->shown++;
    g_autofree char *name = page_clip_name(page, model_string(clip, "dataset"), model_string(clip, "clip"));
    g_autofree char *when = when_text(gallery, record);
    const char *label = model_string(record, "label");
    page_open(page, "tr", NULL);
    page_cell(page, "column.clip", "head", name);
    page_cell(page, "column.when", "num", when);
    page_cell(page, "column.label", "", label != NULL ? texts_word(page->texts, "label", label) : "—");
    page_close(page);
}

static void write_table(Gallery *gallery, const char *file)
{
    static const char *const columns[] = {"column.clip", "column.when", "column.label", NULL};
    Page *page = gallery->page;
    page_table_open(page, texts_get(page->texts, "evidence.misses_caption"), "cards");
    page_table_head(page, columns);
    visit(gallery, write_line);
    page_table_close(page);
    if (gallery->left > 0) {
        g_autofree char *text =
            texts_count(page->texts, "evidence.rest", (int64_t)gallery->left, "file", file, NULL);
        page_element(page, "p", text, NULL);
    }
}

void html_write_galleries(Page *page, const json_t *scenario, const json_t *evaluation)
{
    const size_t wrong = count_outcome(evaluation, "alerts", "false"),
                 repeated = count_outcome(evaluation, "alerts", "duplicate"),
                 missed = count_outcome(evaluation, "events", "miss");
    g_autofree char *heading = texts_count(page->texts, "evidence.false", (int64_t)(wrong + repeated), NULL);
    if (repeated > 0) {
        g_autofree char *all = g_steal_pointer(&heading);
        g_autofree char *far = texts_count(page->texts, "evidence.no_event_near", (int64_t)wrong, NULL);
        g_autofree char *again = texts_count(page->texts, "evidence.repeated", (int64_t)repeated, NULL);
        heading = texts_format(page->texts, "evidence.both", "all", all, "far", far, "repeated", again, NULL);
    }
    page_element(page, "h4", heading, NULL);
    if (wrong + repeated > 0) {
        Gallery gallery = {page, scenario, evaluation, "alerts", 0, 0, false};
        write_gallery(&gallery, "alerts.csv");
    }
    g_autofree char *misses = texts_count(page->texts, "evidence.misses", (int64_t)missed, NULL);
    page_element(page, "h4", misses, NULL);
    if (missed > 0) {
        Gallery gallery = {page, scenario, evaluation, "events", 0, 0, false};
        visit(&gallery, look_for_picture);
        if (gallery.pictures)
            write_gallery(&gallery, "events.csv");
        else
            write_table(&gallery, "events.csv");
    }
}
