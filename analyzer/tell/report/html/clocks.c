/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counts as watched, and what was found of the clocks of the files. */
#include "records/span.h"
#include "report/html/sections.h"

#include <string.h>

enum { MOST_ROWS = 8 }; /* of one clip; the rest is summed up */

void html_clock_note(Page *page, const ResultsRate *rate)
{
    const int64_t clips = rate->clock_mended_clips;
    if (clips <= 0)
        return;
    g_autofree char *text = texts_count(page->texts, "results.clock_mended", clips, NULL);
    page_element(page, "span", text, "class", "minor short", NULL);
    page_void(page, "br", NULL);
}

/* How long or how far, without its sign: the sentence says which way. */
static char *size_text(const Page *page, const ResultsClockFinding *finding)
{
    const int64_t by_us = finding->by_us;
    return texts_seconds(page->texts, (double)(by_us < 0 ? -by_us : by_us) / 1e6);
}

static char *finding_text(const Page *page, const ResultsClockFinding *finding)
{
    g_autofree char *key = g_strconcat("clock.found.", finding->kind, NULL);
    g_autofree char *by = size_text(page, finding);
    return texts_count(page->texts, key, MAX(finding->pictures, 1), "by", by, NULL);
}

static void clip_cell(Page *page, const ResultsClip *clip)
{
    g_autofree char *name = page_clip_name(page, clip->dataset, clip->clip);
    page_cell(page, "column.clip", "head", name);
}

static void finding_row(Page *page, const ResultsClip *clip, const ResultsClockFinding *finding)
{
    g_autofree char *at = texts_clock(page->texts, finding->at_us);
    g_autofree char *text = finding_text(page, finding);
    page_open(page, "tr", NULL);
    clip_cell(page, clip);
    page_cell(page, "column.clock_at", "num", at);
    page_cell(page, "column.clock_found", "", text);
    page_close(page);
}

/* "5 more" of a clip with many. */
static void more_row(Page *page, const ResultsClip *clip, int64_t more)
{
    g_autofree char *text = texts_count(page->texts, "clock.more", more, NULL);
    page_open(page, "tr", NULL);
    clip_cell(page, clip);
    page_cell(page, "column.clock_at", "num", "…");
    page_cell(page, "column.clock_found", "", text);
    page_close(page);
}

static int64_t count_findings(const ResultsQuality *quality)
{
    int64_t sum = 0;
    for (size_t i = 0; i < quality->finding_totals.count; i++)
        sum += results_or(quality->finding_totals.at[i].count, 0);
    return sum;
}

/* The pictures of a clip are the same under every condition, and so is its clock. */
static const ResultsQuality *clip_quality(const ResultsClip *clip)
{
    for (size_t i = 0; i < clip->conditions.count; i++) {
        const ResultsQuality *quality = &clip->conditions.at[i].quality;
        if (quality->json != NULL)
            return quality;
    }
    return NULL;
}

/* False: nothing was found of this clip. */
static bool clip_rows(Page *page, const ResultsClip *clip, bool first)
{
    static const char *const columns[] = {"column.clip", "column.clock_at", "column.clock_found", NULL};
    const ResultsQuality *quality = clip_quality(clip);
    const int64_t all = quality != NULL ? count_findings(quality) : 0;
    if (all == 0)
        return false;
    if (first) {
        page_table_open(page, texts_get(page->texts, "clock.caption"), "cards");
        page_table_head(page, columns);
    }
    const size_t shown = MIN(quality->findings.count, (size_t)MOST_ROWS);
    for (size_t i = 0; i < shown; i++)
        finding_row(page, clip, &quality->findings.at[i]);
    if (all > (int64_t)shown)
        more_row(page, clip, all - (int64_t)shown);
    return true;
}

static void write_streams(Page *page)
{
    for (size_t i = 0; i < page->results->clips.count; i++) {
        const ResultsClip *clip = &page->results->clips.at[i];
        const ResultsQuality *quality = clip_quality(clip);
        const int64_t streams = quality != NULL ? quality->video_streams : 0;
        if (streams < 2)
            continue;
        g_autofree char *name = page_clip_name(page, clip->dataset, clip->clip);
        g_autofree char *number = texts_integer(page->texts, results_or(quality->stream, 0) + 1);
        g_autofree char *text =
            texts_count(page->texts, "clock.streams", streams, "clip", name, "stream", number, NULL);
        page_element(page, "p", text, NULL);
    }
}

void html_write_clocks(Page *page)
{
    bool any = false;
    for (size_t i = 0; i < page->results->clips.count; i++)
        any = any || clip_quality(&page->results->clips.at[i]) != NULL;
    if (!any)
        return; /* no video was read */
    html_heading(page, "h3", "clock.heading");
    page_say(page, "p", "clock.rule", NULL);
    bool found = false;
    for (size_t i = 0; i < page->results->clips.count; i++)
        found = clip_rows(page, &page->results->clips.at[i], !found) || found;
    if (found)
        page_table_close(page);
    else
        page_say(page, "p", "clock.none", NULL);
    write_streams(page);
}
