/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evidence: the pictures, and a timeline a clip. */
#include "report/charts/charts.h"
#include "report/html/sections.h"

#include <math.h>
/* Lines a table may have before the page points to alerts.csv instead. */
enum { MOST_LINES = 500 };

/* Events and alerts that the timelines of one evaluation, and of the whole page, may show together before the
 * other clips are left to the tables beside the page: a browser does not open a million lines. */
enum { MOST_MARKS = 5000, MOST_MARKS_OF_PAGE = 10000 };

char *html_span_text(const Page *page, int64_t from_us, int64_t to_us)
{
    g_autofree char *start = texts_clock(page->texts, from_us);
    if (to_us < 0)
        return g_steal_pointer(&start);
    g_autofree char *end = texts_clock(page->texts, to_us);
    return g_strdup_printf("%s – %s", start, end);
}

/* ---- timelines */

/* A link to the pictures that are not on this page. */
static void picture_cell(Page *page, const char *picture, const char *when)
{
    const char *link = exhibits_link(page->pictures, picture);
    page_cell_open(page, "column.picture", "");
    if (link != NULL) {
        g_autofree char *text = texts_format(page->texts, "timeline.picture", "time", when, NULL);
        page_element(page, "a", text, "href", link, NULL);
    } else {
        page_text(page, "—");
    }
    page_close(page);
}

static void event_row(Page *page, const ResultsEvent *event)
{
    const char *label = event->label, *outcome = event->outcome;
    int64_t latency = event->latency_us;
    g_autofree char *when = html_span_text(page, event->start_us, event->end_us);
    page_open(page, "tr", NULL);
    page_cell(page, "column.kind", "head", texts_get(page->texts, "timeline.event"));
    page_cell(page, "column.when", "num", when);
    page_cell(page, "column.label", "", label != NULL ? texts_word(page->texts, "label", label) : "—");
    page_cell_open(page, "column.outcome", "");
    page_text(page, texts_word(page->texts, "event_outcome", outcome));
    if (latency != INT64_MIN) {
        g_autofree char *seconds = texts_seconds(page->texts, fabs((double)latency) / 1e6);
        g_autofree char *text = texts_format(page->texts, latency < 0 ? "timeline.early" : "timeline.latency",
                                             "seconds", seconds, NULL);
        page_text(page, " ");
        page_text(page, text);
    }
    page_close(page);
    picture_cell(page, event->picture, when);
    page_close(page);
}

static void alert_row(Page *page, const ResultsAlert *alert)
{
    const char *label = alert->label, *outcome = alert->outcome;
    g_autofree char *when = html_span_text(page, alert->onset_us, alert->decided_us);
    page_open(page, "tr", NULL);
    page_cell(page, "column.kind", "head", texts_get(page->texts, "timeline.alert"));
    page_cell(page, "column.when", "num", when);
    page_cell(page, "column.label", "", label != NULL ? texts_word(page->texts, "label", label) : "—");
    page_cell(page, "column.outcome", "", texts_word(page->texts, "alert_outcome", outcome));
    picture_cell(page, alert->picture, when);
    page_close(page);
}

/* How many more there are, and where. */
static void write_rest(Page *page, size_t count, const char *file)
{
    if (count <= MOST_LINES)
        return;
    g_autofree char *text =
        texts_count(page->texts, "evidence.rest", (int64_t)(count - MOST_LINES), "file", file, NULL);
    page_element(page, "p", text, NULL);
}

static void write_clip(Page *page, const ResultsJudgedClip *clip)
{
    static const char *const columns[] = {"column.kind",    "column.when",    "column.label",
                                          "column.outcome", "column.picture", NULL};
    g_autofree char *name = page_clip_name(page, clip->dataset, clip->clip);
    g_autofree char *caption = texts_format(page->texts, "timeline.caption", "clip", name, NULL);
    page_open(page, "div", "class", "clip", NULL);
    page_element(page, "h5", name, "class", "name", NULL);
    chart_timeline(page, clip, name);
    page_open(page, "details", NULL);
    page_say(page, "summary", "timeline.as_table", NULL);
    page_table_open(page, caption, "cards");
    page_table_head(page, columns);
    /* The first lines of both lists. */
    for (size_t i = 0; i < MIN(clip->events.count, (size_t)MOST_LINES); i++)
        event_row(page, &clip->events.at[i]);
    for (size_t i = 0; i < MIN(clip->alerts.count, (size_t)MOST_LINES); i++)
        alert_row(page, &clip->alerts.at[i]);
    page_table_close(page);
    write_rest(page, clip->events.count, "events.csv");
    write_rest(page, clip->alerts.count, "alerts.csv");
    page_close_many(page, 2);
}

static void write_clips(Page *page, const ResultsEvaluation *evaluation)
{
    size_t marks = 0, left = 0;
    g_autoptr(GPtrArray) quiet = g_ptr_array_new_with_free_func(g_free);
    html_heading(page, "h4", "evidence.timelines");
    for (size_t i = 0; i < evaluation->clips.count; i++) {
        const ResultsJudgedClip *clip = &evaluation->clips.at[i];
        const size_t here = detail_count(page->detail, evaluation->json, i, "events") +
                            detail_count(page->detail, evaluation->json, i, "alerts");
        if (here == 0) {
            const char *status = clip->status;
            if (g_strcmp0(status, "done") == 0)
                g_ptr_array_add(quiet, page_clip_name(page, clip->dataset, clip->clip));
            continue;
        }
        if (marks + here > MOST_MARKS || page->marks + here > MOST_MARKS_OF_PAGE) {
            left++;
            continue;
        }
        json_t *opened = detail_open_clip(page->detail, evaluation->json, i);
        g_autoptr(ResultsJudgedClip) whole = results_load_clip(opened);
        json_decref(opened); /* the record keeps it */
        write_clip(page, whole);
        marks += here;
        page->marks += here;
    }
    if (left > 0) {
        g_autofree char *text =
            texts_count(page->texts, "timeline.rest", (int64_t)left, "file", "clips.csv", NULL);
        page_element(page, "p", text, "class", "warning", NULL);
    }
    if (quiet->len > 0) {
        g_ptr_array_add(quiet, NULL);
        g_autofree char *names = g_strjoinv(", ", (char **)quiet->pdata);
        g_autofree char *text =
            texts_count(page->texts, "evidence.quiet", (int64_t)quiet->len - 1, "names", names, NULL);
        page_element(page, "p", text, NULL);
    } else if (marks + left == 0) {
        page_say(page, "p", "evidence.nothing", NULL);
    }
}

static void write_evaluation(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                             bool annex)
{
    if (page_is_control(evaluation))
        return; /* it has no alert, and misses all by design */
    g_autofree char *name = page_evaluation_name(page, scenario, evaluation);
    page_open(page, "div", "class", "evaluation", NULL);
    page_element(page, "h3", name, NULL);
    html_write_galleries(page, scenario, evaluation, annex);
    if (annex)
        write_clips(page, evaluation);
    page_close(page);
}

static void write_findings(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    write_evaluation(user, scenario, evaluation, false);
}

static void write_annex(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    write_evaluation(user, scenario, evaluation, true);
}

void html_write_evidence(Page *page)
{
    html_section_open(page, "evidence");
    html_write_kinds(page);
    page_say(page, "p", "evidence.intro", NULL);
    gsize left_out = exhibits_count(page->pictures, EXHIBIT_LEFT_OUT);
    if (left_out > 0) {
        g_autofree char *text = texts_count(page->texts, "evidence.budget", (int64_t)left_out, NULL);
        page_element(page, "p", text, "class", "warning", NULL);
    }
    results_visit_products_first(page->results, write_findings, page);
    html_section_close(page);
}

void html_write_exhibits(Page *page)
{
    html_section_open(page, "exhibits");
    html_write_sample(page);
    chart_timeline_legend(page);
    results_visit_products_first(page->results, write_annex, page);
    html_section_close(page);
}
