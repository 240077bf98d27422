/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures: a random sample of the false and repeated alerts and of the missed events (all of them where
 * there are few), each with its whereabouts. */
#include "report/html/sections.h"

#include <math.h>
#include <string.h>

/* Lines a table of misses without pictures may have before the page points to the tables instead. */
enum { MOST_LINES = 500 };

typedef struct {
    Page *page;
    const json_t *scenario, *evaluation;
    const char *list; /* "alerts" or "events" */
    const Sample *sample;
    size_t shown;
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

/* The records of the clips that something is shown of, which were kept. */
static void visit(Gallery *gallery, RecordVisitor visitor)
{
    for (size_t i = 0; i < model_count(gallery->evaluation, "clips"); i++) {
        const json_t *clip = detail_kept_clip(gallery->page->detail, gallery->evaluation, i);
        for (size_t j = 0; j < model_count(clip, gallery->list); j++) {
            const json_t *record = model_member(clip, gallery->list, j);
            if (is_wanted(gallery, record))
                visitor(gallery, clip, record);
        }
    }
}

static void look_for_picture(Gallery *gallery, const json_t *clip, const json_t *record)
{
    (void)clip;
    gallery->pictures =
        gallery->pictures ||
        exhibits_state(gallery->page->pictures, model_string(record, "picture")) != EXHIBIT_ABSENT;
}

static char *when_text(const Gallery *gallery, const json_t *record)
{
    const Page *page = gallery->page;
    if (strcmp(gallery->list, "alerts") == 0)
        return texts_clock(page->texts, model_integer(record, "decided_us", 0));
    return html_span_text(page, record, "start_us", "end_us");
}

/* The part of the picture that a box lies in, in words: "top-left" … "bottom-right"; NULL without a box. */
static const char *box_place(const Page *page, const json_t *record)
{
    static const char *const names[3][3] = {{"top-left", "top", "top-right"},
                                            {"left", "middle", "right"},
                                            {"bottom-left", "bottom", "bottom-right"}};
    const json_t *box = model_get(record, "box");
    if (json_array_size(box) != 4)
        return NULL;
    double part[4];
    for (size_t i = 0; i < 4; i++)
        part[i] = json_number_value(json_array_get(box, i));
    const double x = part[0] + part[2] / 2, y = part[1] + part[3] / 2;
    return texts_word(page->texts, "place", names[CLAMP((int)(y * 3), 0, 2)][CLAMP((int)(x * 3), 0, 2)]);
}

/* What is to be seen, for those who do not see it: what, where, when, which system. Caller frees. */
static char *describe(const Gallery *gallery, const json_t *record, const char *moment, const char *clip,
                      int64_t t_us)
{
    const Page *page = gallery->page;
    const char *label = model_string(record, "label"), *outcome = model_string(record, "outcome");
    g_autofree char *time = texts_clock(page->texts, t_us);
    g_autofree char *system = page_system_name(page, gallery->evaluation);
    g_autofree char *what = label != NULL ? g_strdup(texts_word(page->texts, "label", label))
                                          : page_title(page, gallery->scenario, "title", "id");
    if (strcmp(moment, "at") != 0) {
        g_autofree char *key =
            g_strdup_printf("strip.alt_%s_%s", moment, g_strcmp0(outcome, "miss") == 0 ? "event" : "alert");
        return texts_format(page->texts, key, "clip", clip, "time", time, NULL);
    }
    g_autofree char *key = g_strconcat("strip.alt_", outcome, NULL);
    g_autofree char *text =
        texts_format(page->texts, key, "clip", clip, "time", time, "what", what, "system", system, NULL);
    const char *place = box_place(page, record);
    if (place == NULL)
        return g_steal_pointer(&text);
    g_autofree char *outlined = texts_format(page->texts, "strip.outlined", "place", place, NULL);
    return g_strdup_printf("%s %s", text, outlined);
}

static void write_still(const Gallery *gallery, const json_t *record, const char *moment, const char *picture,
                        const char *clip, int64_t t_us)
{
    Page *page = gallery->page;
    g_autofree char *uri = exhibits_uri(page->pictures, picture);
    if (uri == NULL)
        return;
    g_autofree char *alt = describe(gallery, record, moment, clip, t_us);
    g_autofree char *time = texts_clock(page->texts, t_us);
    g_autofree char *key = g_strdup_printf("strip.%s%s", moment,
                                           strcmp(moment, "at") != 0                            ? ""
                                           : g_strcmp0(model_string(record, "outcome"), "miss") ? "_alert"
                                                                                                : "_event");
    g_autofree char *caption = texts_format(page->texts, key, "time", time, NULL);
    page_open(page, "figure", NULL);
    page_void(page, "img", "src", uri, "alt", alt, NULL);
    page_element(page, "figcaption", caption, NULL);
    page_close(page);
}

static void write_pictures(const Gallery *gallery, const json_t *record, const char *clip)
{
    Page *page = gallery->page;
    const char *picture = model_string(record, "picture");
    const ExhibitState state = exhibits_state(page->pictures, picture);
    /* Of a run without any picture it is enough to say so once, above. */
    if (exhibits_count(page->pictures, EXHIBIT_ABSENT) == exhibits_total(page->pictures))
        return;
    if (state != EXHIBIT_CHOSEN) {
        page_open(page, "p", "class", "no-picture", NULL);
        page_text(page, texts_get(page->texts,
                                  state == EXHIBIT_LEFT_OUT ? "evidence.left_out" : "evidence.no_picture"));
        page_close(page);
        return;
    }
    const size_t count = model_count(record, "strip");
    page_open(page, "div", "class", count > 0 ? "strip" : "still", NULL);
    for (size_t i = 0; i < count; i++) {
        const json_t *still = model_member(record, "strip", i);
        const char *moment = model_string(still, "moment");
        if (g_strcmp0(moment, "before") == 0 || g_strcmp0(moment, "at") == 0 ||
            g_strcmp0(moment, "after") == 0)
            write_still(gallery, record, moment, model_string(still, "picture"), clip,
                        model_integer(still, "t_us", 0));
    }
    if (count == 0) {
        const int64_t start = model_integer(record, "start_us", 0), end = model_integer(record, "end_us", 0);
        write_still(gallery, record, "at", picture, clip,
                    model_integer(record, "decided_us", start + (end - start) / 2));
    }
    page_close(page);
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

/* A link to the short clip, where there is one. */
static void write_film(Page *page, const json_t *record, const char *clip, const char *when)
{
    const char *link = exhibits_link(page->pictures, model_string(record, "film"));
    if (link == NULL)
        return;
    g_autofree char *text = texts_format(page->texts, "evidence.film", "clip", clip, "time", when, NULL);
    page_open(page, "p", NULL);
    page_element(page, "a", text, "href", link, "type", "video/mp4", NULL);
    page_close(page);
}

static void write_item(Gallery *gallery, const json_t *clip, const json_t *record)
{
    Page *page = gallery->page;
    if (!sample_has(gallery->sample, record))
        return;
    gallery->shown++;
    g_autofree char *name = page_clip_name(page, model_string(clip, "dataset"), model_string(clip, "clip"));
    g_autofree char *when = when_text(gallery, record);
    const char *label = model_string(record, "label");
    page_open(page, "li", NULL);
    write_pictures(gallery, record, name);
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
    write_film(page, record, name, when);
    write_note(page, record);
    page_close(page);
}

static void write_gallery(Gallery *gallery, size_t total)
{
    Page *page = gallery->page;
    page_open(page, "ul", "class", "gallery", NULL);
    visit(gallery, write_item);
    page_close(page);
    if (gallery->shown < total) {
        g_autofree char *shown = texts_integer(page->texts, (int64_t)gallery->shown);
        g_autofree char *all = texts_integer(page->texts, (int64_t)total);
        g_autofree char *text = texts_format(page->texts, "sample.here", "shown", shown, "total", all, NULL);
        page_element(page, "p", text, NULL);
    }
}

static void write_line(const Gallery *gallery, const json_t *clip, const json_t *record)
{
    Page *page = gallery->page;
    g_autofree char *name = page_clip_name(page, model_string(clip, "dataset"), model_string(clip, "clip"));
    g_autofree char *when = when_text(gallery, record);
    const char *label = model_string(record, "label");
    page_open(page, "tr", NULL);
    page_cell(page, "column.clip", "head", name);
    page_cell(page, "column.when", "num", when);
    page_cell(page, "column.label", "", label != NULL ? texts_word(page->texts, "label", label) : "—");
    page_close(page);
}

/* The first of them, in the document's order. */
static void write_lines(Gallery *gallery)
{
    for (size_t i = 0; i < model_count(gallery->evaluation, "clips") && gallery->shown < MOST_LINES; i++) {
        const json_t *clip = model_member(gallery->evaluation, "clips", i);
        json_t *records = detail_open_list(gallery->page->detail, gallery->evaluation, i, gallery->list);
        for (size_t j = 0; j < json_array_size(records) && gallery->shown < MOST_LINES; j++) {
            const json_t *record = json_array_get(records, j);
            if (!is_wanted(gallery, record))
                continue;
            write_line(gallery, clip, record);
            gallery->shown++;
        }
        json_decref(records);
    }
}

static void write_table(Gallery *gallery, size_t total, const char *file)
{
    static const char *const columns[] = {"column.clip", "column.when", "column.label", NULL};
    Page *page = gallery->page;
    page_table_open(page, texts_get(page->texts, "evidence.misses_caption"), "cards");
    page_table_head(page, columns);
    write_lines(gallery);
    page_table_close(page);
    if (gallery->shown < total) {
        g_autofree char *text =
            texts_count(page->texts, "evidence.rest", (int64_t)(total - gallery->shown), "file", file, NULL);
        page_element(page, "p", text, NULL);
    }
}

void html_write_galleries(Page *page, const json_t *scenario, const json_t *evaluation)
{
    const size_t wrong = (size_t)model_integer(evaluation, "counts.false_lenient", 0),
                 repeated = (size_t)model_integer(evaluation, "counts.duplicates", 0),
                 missed = (size_t)model_integer(evaluation, "counts.misses", 0);
    g_autofree char *heading = texts_count(page->texts, "evidence.false", (int64_t)(wrong + repeated), NULL);
    if (repeated > 0) {
        g_autofree char *all = g_steal_pointer(&heading);
        g_autofree char *far = texts_count(page->texts, "evidence.no_event_near", (int64_t)wrong, NULL);
        g_autofree char *again = texts_count(page->texts, "evidence.repeated", (int64_t)repeated, NULL);
        heading = texts_format(page->texts, "evidence.both", "all", all, "far", far, "repeated", again, NULL);
    }
    page_element(page, "h4", heading, NULL);
    if (wrong + repeated > 0) {
        Gallery gallery = {.page = page,
                           .scenario = scenario,
                           .evaluation = evaluation,
                           .list = "alerts",
                           .sample = exhibits_sample(page->pictures, SAMPLE_FALSE_ALERTS)};
        write_gallery(&gallery, wrong + repeated);
    }
    g_autofree char *misses = texts_count(page->texts, "evidence.misses", (int64_t)missed, NULL);
    page_element(page, "h4", misses, NULL);
    if (missed > 0) {
        Gallery gallery = {.page = page,
                           .scenario = scenario,
                           .evaluation = evaluation,
                           .list = "events",
                           .sample = exhibits_sample(page->pictures, SAMPLE_MISSES)};
        visit(&gallery, look_for_picture);
        if (gallery.pictures)
            write_gallery(&gallery, missed);
        else
            write_table(&gallery, missed, "events.csv");
    }
}
