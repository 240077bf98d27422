/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures: a random sample of the false and repeated alerts and of the missed events (all of them where
 * there are few), each with its whereabouts. */
#include "report/html/sections.h"

#include <math.h>
#include <string.h>

/* Lines a table of misses without pictures may have before the page points to the tables instead. */
enum { MOST_LINES = 500 };

/* So many of a kind, of a system, stand among the findings; the others follow in the annex. */
enum { FEW = 2 };

/* An alert or an event that is to be shown. */
typedef struct {
    const json_t *json; /* by which the sample knows it */
    const char *outcome, *label, *note, *picture, *film;
    double confidence;      /* NAN: not stated */
    int64_t from_us, to_us; /* of an alert: when it was decided, and unknown */
    Box box;
    size_t moments; /* pictures of its strip */
    const ResultsMoment *strip;
} Item;

typedef struct {
    Page *page;
    const ResultsScenario *scenario;
    const ResultsEvaluation *evaluation;
    const char *list; /* "alerts" or "events" */
    bool hits;        /* of the alerts those that were right */
    const Sample *sample;
    size_t from, to; /* those of the sample that this place shows, in its order */
    size_t met, shown;
    bool pictures; /* one at least is there */
} Gallery;

typedef void (*ItemVisitor)(Gallery *gallery, const ResultsJudgedClip *clip, const Item *item);

static bool is_of_alerts(const Gallery *gallery)
{
    return strcmp(gallery->list, "alerts") == 0;
}

static size_t count_items(const Gallery *gallery, const ResultsJudgedClip *clip)
{
    return is_of_alerts(gallery) ? clip->alerts.count : clip->events.count;
}

/* The i-th record of the clip's list; false when it is none of those that are shown. */
static bool find_item(const Gallery *gallery, const ResultsJudgedClip *clip, size_t i, Item *item)
{
    if (is_of_alerts(gallery)) {
        const ResultsAlert *alert = &clip->alerts.at[i];
        *item = (Item){alert->json,     alert->outcome, alert->label,       alert->note,
                       alert->picture,  alert->film,    alert->confidence,  alert->decided_us,
                       RESULTS_UNKNOWN, alert->box,     alert->strip.count, alert->strip.at};
        return gallery->hits
                   ? g_strcmp0(alert->outcome, "hit") == 0
                   : g_strcmp0(alert->outcome, "false") == 0 || g_strcmp0(alert->outcome, "duplicate") == 0;
    }
    const ResultsEvent *event = &clip->events.at[i];
    *item =
        (Item){event->json, event->outcome,  event->label,  event->note, event->picture,     event->film,
               (double)NAN, event->start_us, event->end_us, event->box,  event->strip.count, event->strip.at};
    return g_strcmp0(event->outcome, "miss") == 0;
}

/* The records of the clips that something is shown of, which were kept. */
static void visit(Gallery *gallery, ItemVisitor visitor)
{
    for (size_t i = 0; i < gallery->evaluation->clips.count; i++) {
        g_autoptr(ResultsJudgedClip) clip =
            results_load_clip(detail_kept_clip(gallery->page->detail, gallery->evaluation->json, i));
        for (size_t j = 0; j < count_items(gallery, clip); j++) {
            Item item;
            if (find_item(gallery, clip, j, &item))
                visitor(gallery, clip, &item);
        }
    }
}

static void look_for_picture(Gallery *gallery, const ResultsJudgedClip *clip, const Item *item)
{
    (void)clip;
    gallery->pictures =
        gallery->pictures || exhibits_state(gallery->page->pictures, item->picture) != EXHIBIT_ABSENT;
}

static void count_item(Gallery *gallery, const ResultsJudgedClip *clip, const Item *item)
{
    (void)clip;
    gallery->met += sample_has(gallery->sample, item->json);
}

static char *when_text(const Gallery *gallery, const Item *item)
{
    return html_span_text(gallery->page, item->from_us, item->to_us);
}

/* The part of the picture that a box lies in, in words: "top-left" … "bottom-right"; NULL without a box. */
static const char *box_place(const Page *page, const Item *item)
{
    static const char *const names[3][3] = {{"top-left", "top", "top-right"},
                                            {"left", "middle", "right"},
                                            {"bottom-left", "bottom", "bottom-right"}};
    const Box *box = &item->box;
    if (geometry_box_is_none(*box))
        return NULL;
    const double x = box->x + box->w / 2, y = box->y + box->h / 2;
    return texts_word(page->texts, "place", names[CLAMP((int)(y * 3), 0, 2)][CLAMP((int)(x * 3), 0, 2)]);
}

/* What is to be seen, for those who do not see it: what, where, when, which system. Caller frees. */
static char *describe(const Gallery *gallery, const Item *item, const char *moment, const char *clip,
                      int64_t t_us)
{
    const Page *page = gallery->page;
    const char *label = item->label, *outcome = item->outcome;
    g_autofree char *time = texts_clock(page->texts, t_us);
    g_autofree char *system = page_system_name(page, gallery->evaluation);
    g_autofree char *what = label != NULL
                                ? g_strdup(texts_word(page->texts, "label", label))
                                : page_title(page, gallery->scenario->title, NULL, gallery->scenario->id);
    if (strcmp(moment, "at") != 0) {
        g_autofree char *key =
            g_strdup_printf("strip.alt_%s_%s", moment, g_strcmp0(outcome, "miss") == 0 ? "event" : "alert");
        return texts_format(page->texts, key, "clip", clip, "time", time, NULL);
    }
    g_autofree char *key = g_strconcat("strip.alt_", outcome, NULL);
    g_autofree char *text =
        texts_format(page->texts, key, "clip", clip, "time", time, "what", what, "system", system, NULL);
    const char *place = box_place(page, item);
    if (place == NULL)
        return g_steal_pointer(&text);
    g_autofree char *outlined = texts_format(page->texts, "strip.outlined", "place", place, NULL);
    return g_strdup_printf("%s %s", text, outlined);
}

static void write_still(const Gallery *gallery, const Item *item, const char *moment, const char *picture,
                        const char *clip, int64_t t_us)
{
    Page *page = gallery->page;
    g_autofree char *uri = exhibits_uri(page->pictures, picture);
    if (uri == NULL)
        return;
    g_autofree char *alt = describe(gallery, item, moment, clip, t_us);
    g_autofree char *time = texts_clock(page->texts, t_us);
    g_autofree char *key = g_strdup_printf("strip.%s%s", moment,
                                           strcmp(moment, "at") != 0          ? ""
                                           : g_strcmp0(item->outcome, "miss") ? "_alert"
                                                                              : "_event");
    g_autofree char *caption = texts_format(page->texts, key, "time", time, NULL);
    page_open(page, "figure", NULL);
    page_void(page, "img", "src", uri, "alt", alt, NULL);
    page_element(page, "figcaption", caption, NULL);
    page_close(page);
}

static void write_pictures(const Gallery *gallery, const Item *item, const char *clip)
{
    Page *page = gallery->page;
    const char *picture = item->picture;
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
    const size_t count = item->moments;
    page_open(page, "div", "class", count > 0 ? "strip" : "still", NULL);
    for (size_t i = 0; i < count; i++) {
        const ResultsMoment *still = &item->strip[i];
        const char *moment = still->moment;
        if (g_strcmp0(moment, "before") == 0 || g_strcmp0(moment, "at") == 0 ||
            g_strcmp0(moment, "after") == 0)
            write_still(gallery, item, moment, still->picture, clip, still->t_us);
    }
    if (count == 0) {
        const bool span = item->from_us != RESULTS_UNKNOWN && item->to_us != RESULTS_UNKNOWN;
        write_still(gallery, item, "at", picture, clip,
                    item->from_us + (span ? (item->to_us - item->from_us) / 2 : 0));
    }
    page_close(page);
}

static void write_mark(Page *page, const char *outcome)
{
    g_autofree char *class = g_strconcat("mark ", outcome, NULL);
    const char *sign = g_strcmp0(outcome, "false") == 0  ? "×"
                       : g_strcmp0(outcome, "miss") == 0 ? "▭"
                       : g_strcmp0(outcome, "hit") == 0  ? "●"
                                                         : "○";
    page_open(page, "strong", "class", class, NULL);
    page_element(page, "span", sign, "aria-hidden", "true", NULL);
    page_text(page, "\u00a0");
    page_text(page, texts_word(page->texts, "mark", outcome));
    page_close(page);
}

/* What a person wrote: as it is, in quotation marks. */
static void write_note(Page *page, const Item *item)
{
    const char *note = item->note;
    if (note == NULL || *note == '\0')
        return;
    page_open(page, "p", "class", "minor", NULL);
    page_text(page, texts_get(page->texts, "evidence.note"));
    page_text(page, " ");
    page_element(page, "q", note, NULL);
    page_close(page);
}

/* A link to the short clip, where there is one. */
static void write_film(Page *page, const Item *item, const char *clip, const char *when)
{
    const char *link = exhibits_link(page->pictures, item->film);
    if (link == NULL)
        return;
    g_autofree char *text = texts_format(page->texts, "evidence.film", "clip", clip, "time", when, NULL);
    page_open(page, "p", NULL);
    page_element(page, "a", text, "href", link, "type", "video/mp4", NULL);
    page_close(page);
}

static void write_item(Gallery *gallery, const ResultsJudgedClip *clip, const Item *item)
{
    Page *page = gallery->page;
    if (!sample_has(gallery->sample, item->json))
        return;
    const size_t place = gallery->met++;
    if (place < gallery->from || place >= gallery->to)
        return;
    gallery->shown++;
    g_autofree char *name = page_clip_name(page, clip->dataset, clip->clip);
    g_autofree char *when = when_text(gallery, item);
    const char *label = item->label;
    page_open(page, "li", NULL);
    write_pictures(gallery, item, name);
    page_open(page, "p", NULL);
    write_mark(page, item->outcome);
    if (label != NULL) {
        page_text(page, " · ");
        page_text(page, texts_word(page->texts, "label", label));
    }
    page_void(page, "br", NULL);
    page_element(page, "span", name, "class", "name", NULL);
    page_text(page, " · ");
    page_text(page, when);
    double confidence = item->confidence;
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
    write_film(page, item, name, when);
    write_note(page, item);
    page_close(page);
}

static void write_gallery(Gallery *gallery, size_t total)
{
    Page *page = gallery->page;
    page_open(page, "ul", "class", "gallery", NULL);
    visit(gallery, write_item);
    page_close(page);
    if (gallery->met < total) {
        g_autofree char *shown = texts_integer(page->texts, (int64_t)gallery->met);
        g_autofree char *all = texts_integer(page->texts, (int64_t)total);
        g_autofree char *text = texts_format(page->texts, "sample.here", "shown", shown, "total", all, NULL);
        page_element(page, "p", text, NULL);
    }
    if (gallery->to < gallery->met) {
        g_autofree char *name = html_section_name(page, "exhibits");
        g_autofree char *text = texts_count(page->texts, "evidence.others",
                                            (int64_t)(gallery->met - gallery->to), "where", name, NULL);
        page_open(page, "p", NULL);
        page_element(page, "a", text, "href", "#exhibits", NULL);
        page_close(page);
    }
}

static void write_line(const Gallery *gallery, const ResultsJudgedClip *clip, const Item *item)
{
    Page *page = gallery->page;
    g_autofree char *name = page_clip_name(page, clip->dataset, clip->clip);
    g_autofree char *when = when_text(gallery, item);
    const char *label = item->label;
    page_open(page, "tr", NULL);
    page_cell(page, "column.clip", "head", name);
    page_cell(page, "column.when", "num", when);
    page_cell(page, "column.label", "", label != NULL ? texts_word(page->texts, "label", label) : "—");
    page_close(page);
}

/* The first of them, in the document's order. */
static void write_lines(Gallery *gallery)
{
    for (size_t i = 0; i < gallery->evaluation->clips.count && gallery->shown < MOST_LINES; i++) {
        const ResultsJudgedClip *clip = &gallery->evaluation->clips.at[i];
        g_autoptr(ResultsJudgedClip) records =
            detail_load_list(gallery->page->detail, gallery->evaluation->json, i, gallery->list);
        for (size_t j = 0; j < count_items(gallery, records) && gallery->shown < MOST_LINES; j++) {
            Item item;
            if (!find_item(gallery, records, j, &item))
                continue;
            write_line(gallery, clip, &item);
            gallery->shown++;
        }
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

static size_t count_sampled(Gallery *gallery)
{
    Gallery look = *gallery;
    look.met = 0;
    visit(&look, count_item);
    return look.met;
}

/* Those of one kind: the first of them among the findings, the others in the annex. */
static void write_part(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                       SampleList list, const char *heading, size_t total, bool annex)
{
    Gallery gallery = {.page = page,
                       .scenario = scenario,
                       .evaluation = evaluation,
                       .list = list == SAMPLE_MISSES ? "events" : "alerts",
                       .hits = list == SAMPLE_HITS,
                       .sample = exhibits_sample(page->pictures, list),
                       .from = annex ? FEW : 0,
                       .to = annex ? SIZE_MAX : FEW};
    visit(&gallery, look_for_picture);
    if (list == SAMPLE_HITS && !gallery.pictures)
        return; /* what is right without a picture is a number, and stands in the tables */
    const bool table = list == SAMPLE_MISSES && !gallery.pictures;
    if (annex && (total == 0 || (!table && count_sampled(&gallery) <= FEW)))
        return;
    page_element(page, "h4", heading, NULL);
    if (total == 0 || (table && !annex))
        return;
    if (table)
        write_table(&gallery, total, "events.csv");
    else
        write_gallery(&gallery, total);
}

void html_write_galleries(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                          bool annex)
{
    const size_t wrong = (size_t)results_or(evaluation->counts.false_lenient, 0),
                 repeated = (size_t)results_or(evaluation->counts.duplicates, 0),
                 missed = (size_t)results_or(evaluation->counts.misses, 0);
    g_autofree char *heading = texts_count(page->texts, "evidence.false", (int64_t)(wrong + repeated), NULL);
    if (repeated > 0) {
        g_autofree char *all = g_steal_pointer(&heading);
        g_autofree char *far = texts_count(page->texts, "evidence.no_event_near", (int64_t)wrong, NULL);
        g_autofree char *again = texts_count(page->texts, "evidence.repeated", (int64_t)repeated, NULL);
        heading = texts_format(page->texts, "evidence.both", "all", all, "far", far, "repeated", again, NULL);
    }
    write_part(page, scenario, evaluation, SAMPLE_FALSE_ALERTS, heading, wrong + repeated, annex);
    g_autofree char *misses = texts_count(page->texts, "evidence.misses", (int64_t)missed, NULL);
    write_part(page, scenario, evaluation, SAMPLE_MISSES, misses, missed, annex);
    const size_t right = (size_t)results_or(evaluation->counts.hits, 0);
    g_autofree char *hits = texts_count(page->texts, "evidence.hits", (int64_t)right, NULL);
    write_part(page, scenario, evaluation, SAMPLE_HITS, hits, right, annex);
}
