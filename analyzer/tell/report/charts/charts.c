/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timelines. */
#include "report/charts/charts.h"
#include "report/charts/svg.h"

#include <string.h>

/* Places in the timeline's SVG, in CSS pixels. */
enum { TRUTH_TOP = 20, BAND_HEIGHT = 18, ALERT_TOP = 62, AXIS_TOP = 88, TIMELINE_HEIGHT = 106 };

/* Events of one time are drawn beneath each other. More lanes than that are not read any more: what is beyond
 * shares the last one, and the table holds it all. */
enum { MOST_LANES = 12, LANE_HEIGHT = 12, LANE_STEP = 16 };

static void draw_alert_mark(Page *page, double at, int y, const char *outcome)
{
    if (g_strcmp0(outcome, "false") == 0)
        svg_text(page, at, y + 7, "middle", "mark-false", "×");
    else if (g_strcmp0(outcome, "hit") == 0)
        svg_circle(page, at, y, "6", "mark-hit");
    else if (g_strcmp0(outcome, "duplicate") == 0)
        svg_circle(page, at, y, "5", "mark-duplicate");
    else
        svg_circle(page, at, y, "3", "mark-not-scored");
}

static const char *event_class(const ResultsEvent *event)
{
    const char *outcome = event->outcome;
    if (g_strcmp0(outcome, "hit") == 0)
        return "event-hit";
    return g_strcmp0(outcome, "miss") == 0 ? "event-miss" : "event-not-scored";
}

void chart_timeline_legend(Page *page)
{
    static const struct {
        const char *mark, *key;
    } entries[] = {
        {"event-hit", "legend.event_hit"},
        {"event-miss", "legend.event_miss"},
        {"event-not-scored", "legend.event_other"},
        {"band", "legend.scored"},
        {"hit", "legend.alert_hit"},
        {"false", "legend.alert_false"},
        {"duplicate", "legend.alert_duplicate"},
        {"not_scored", "legend.alert_other"},
    };
    page_open(page, "ul", "class", "legend", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(entries); i++) {
        page_open(page, "li", NULL);
        page_open(page, "svg", "xmlns", "http://www.w3.org/2000/svg", "width", "24", "height", "16",
                  "aria-hidden", "true", NULL);
        if (g_str_has_prefix(entries[i].mark, "event") || strcmp(entries[i].mark, "band") == 0)
            svg_rect(page, 0.1, 0.9, 2, 12, entries[i].mark);
        else
            draw_alert_mark(page, 0.5, 8, entries[i].mark);
        page_close(page);
        page_text(page, " ");
        page_text(page, texts_get(page->texts, entries[i].key));
        page_close(page);
    }
    page_close(page);
}

static char *timeline_description(const Page *page, const ResultsJudgedClip *clip)
{
    int64_t hits = 0, misses = 0, wrong = 0;
    for (size_t i = 0; i < clip->events.count; i++) {
        const char *outcome = clip->events.at[i].outcome;
        hits += g_strcmp0(outcome, "hit") == 0;
        misses += g_strcmp0(outcome, "miss") == 0;
    }
    for (size_t i = 0; i < clip->alerts.count; i++)
        wrong += g_strcmp0(clip->alerts.at[i].outcome, "false") == 0;
    g_autofree char *found = texts_count(page->texts, "timeline.hits", hits, NULL);
    g_autofree char *missed = texts_count(page->texts, "timeline.misses", misses, NULL);
    g_autofree char *falses = texts_count(page->texts, "timeline.false", wrong, NULL);
    return texts_format(page->texts, "timeline.description", "hits", found, "misses", missed, "false", falses,
                        NULL);
}

/* The lane of each event, the first that is free when it starts; caller frees. `count`: lanes in use, at
 * least one. */
static int *assign_lanes(const ResultsJudgedClip *clip, int *count)
{
    int64_t ends[MOST_LANES];
    const size_t events = clip->events.count;
    int *lanes = g_new0(int, events + 1);
    *count = 0;
    for (size_t i = 0; i < events; i++) {
        const ResultsEvent *event = &clip->events.at[i];
        const int64_t start_us = event->start_us, end_us = event->end_us;
        int lane = 0;
        while (lane < *count && ends[lane] > start_us)
            lane++;
        lane = MIN(lane, MOST_LANES - 1);
        ends[lane] = lane < *count ? MAX(ends[lane], end_us) : end_us;
        *count = MAX(*count, lane + 1);
        lanes[i] = lane;
    }
    *count = MAX(*count, 1);
    return lanes;
}

/* What was watched, and the events in it, each `height` high; the band is higher than that of one lane by
 * `more`. */
static void draw_truth(Page *page, const ResultsJudgedClip *clip, double duration, const int *lanes,
                       int height, int more)
{
    const int band = BAND_HEIGHT + more;
    svg_text(page, 0, TRUTH_TOP - 6, "start", "row", texts_get(page->texts, "timeline.truth"));
    svg_rect(page, 0, 1, TRUTH_TOP, band, "outside");
    for (size_t i = 0; i < clip->scored_spans.count; i++) {
        const Span *span = &clip->scored_spans.at[i];
        double from = (double)span->start_us / duration;
        double to = (double)span->end_us / duration;
        svg_rect(page, from, MIN(to, 1), TRUTH_TOP, band, "band");
    }
    for (size_t i = 0; i < clip->events.count; i++) {
        const ResultsEvent *event = &clip->events.at[i];
        double from = (double)event->start_us / duration;
        double to = (double)event->end_us / duration;
        svg_rect(page, from, MIN(to, 1), TRUTH_TOP + lanes[i] * LANE_STEP, height, event_class(event));
    }
}

static void draw_axis(Page *page, double duration, int lower)
{
    const int top = AXIS_TOP + lower;
    static const char *const anchors[] = {"start", "middle", "middle", "middle", "end"};
    for (int tick = 0; tick <= 4; tick++) {
        double at = tick / 4.0;
        svg_line(page, at, top - 4, at, top, "axis");
        g_autofree char *clock = texts_clock(page->texts, (int64_t)(duration * at));
        svg_text(page, at, top + 14, anchors[tick], "tick", clock);
    }
    svg_line(page, 0, top - 4, 1, top - 4, "axis");
}

void chart_timeline(Page *page, const ResultsJudgedClip *clip, const char *name)
{
    const double duration = (double)clip->duration_us;
    if (!(duration > 0))
        return;
    int count = 0;
    g_autofree int *lanes = assign_lanes(clip, &count);
    const int more = count == 1 ? 0 : count * LANE_STEP - BAND_HEIGHT;
    const int top = ALERT_TOP + more;
    g_autofree char *title = texts_format(page->texts, "timeline.title", "clip", name, NULL);
    g_autofree char *description = timeline_description(page, clip);
    page_open(page, "div", "class", "timeline", NULL);
    svg_open(page, TIMELINE_HEIGHT + more, title, description);
    draw_truth(page, clip, duration, lanes, count == 1 ? BAND_HEIGHT : LANE_HEIGHT, more);
    svg_text(page, 0, top - 8, "start", "row", texts_get(page->texts, "timeline.alerts"));
    for (size_t i = 0; i < clip->alerts.count; i++) {
        const ResultsAlert *alert = &clip->alerts.at[i];
        double onset = (double)alert->onset_us / duration;
        double decided = (double)alert->decided_us / duration;
        double end = (double)results_or(alert->end_us, alert->decided_us) / duration;
        svg_line(page, onset, top + 8, MAX(end, onset), top + 8, "alert-span");
        draw_alert_mark(page, decided, top + 8, alert->outcome);
    }
    draw_axis(page, duration, more);
    page_close_many(page, 2);
}
