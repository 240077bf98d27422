/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/charts.h"

#include <math.h>
#include <string.h>

/* Places in the timeline's SVG, in CSS pixels. */
enum { TRUTH_TOP = 20, BAND_HEIGHT = 18, ALERT_TOP = 62, AXIS_TOP = 88, TIMELINE_HEIGHT = 106 };

static char *percent(double share)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(number, sizeof number, "%.3f", CLAMP(share, 0.0, 1.0) * 100);
    return g_strconcat(number, "%", NULL);
}

static void svg_rect(Page *page, double from, double to, int y, int height, const char *class)
{
    g_autofree char *x = percent(from), *w = percent(to - from);
    g_autofree char *top = g_strdup_printf("%d", y), *tall = g_strdup_printf("%d", height);
    page_void(page, "rect", "x", x, "y", top, "width", w, "height", tall, "class", class, NULL);
}

static void svg_line(Page *page, double from, int y1, double to, int y2, const char *class)
{
    g_autofree char *x1 = percent(from), *x2 = percent(to);
    g_autofree char *top = g_strdup_printf("%d", y1), *bottom = g_strdup_printf("%d", y2);
    page_void(page, "line", "x1", x1, "y1", top, "x2", x2, "y2", bottom, "class", class, NULL);
}

static void svg_circle(Page *page, double at, int y, const char *radius, const char *class)
{
    g_autofree char *x = percent(at), *top = g_strdup_printf("%d", y);
    page_void(page, "circle", "cx", x, "cy", top, "r", radius, "class", class, NULL);
}

static void svg_text(Page *page, double at, int y, const char *anchor, const char *class, const char *text)
{
    g_autofree char *x = percent(at), *top = g_strdup_printf("%d", y);
    page_element(page, "text", text, "x", x, "y", top, "text-anchor", anchor, "class", class, NULL);
}

static void svg_open(Page *page, int height, const char *title, const char *description)
{
    g_autofree char *tall = g_strdup_printf("%d", height);
    page_open(page, "svg", "xmlns", "http://www.w3.org/2000/svg", "width", "100%", "height", tall, "role",
              "img", NULL);
    page_element(page, "title", title, NULL);
    if (description != NULL)
        page_element(page, "desc", description, NULL);
}

/* ---- timelines */

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

static const char *event_class(const json_t *event)
{
    const char *outcome = model_string(event, "outcome");
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

static char *timeline_description(const Page *page, const json_t *clip)
{
    int64_t hits = 0, misses = 0, wrong = 0;
    for (size_t i = 0; i < model_count(clip, "events"); i++) {
        const char *outcome = model_string(model_member(clip, "events", i), "outcome");
        hits += g_strcmp0(outcome, "hit") == 0;
        misses += g_strcmp0(outcome, "miss") == 0;
    }
    for (size_t i = 0; i < model_count(clip, "alerts"); i++)
        wrong += g_strcmp0(model_string(model_member(clip, "alerts", i), "outcome"), "false") == 0;
    g_autofree char *found = texts_count(page->texts, "timeline.hits", hits, NULL);
    g_autofree char *missed = texts_count(page->texts, "timeline.misses", misses, NULL);
    g_autofree char *falses = texts_count(page->texts, "timeline.false", wrong, NULL);
    return texts_format(page->texts, "timeline.description", "hits", found, "misses", missed, "false", falses,
                        NULL);
}

static void draw_axis(Page *page, double duration)
{
    static const char *const anchors[] = {"start", "middle", "middle", "middle", "end"};
    for (int tick = 0; tick <= 4; tick++) {
        double at = tick / 4.0;
        svg_line(page, at, AXIS_TOP - 4, at, AXIS_TOP, "axis");
        g_autofree char *clock = texts_clock(page->texts, (int64_t)(duration * at));
        svg_text(page, at, AXIS_TOP + 14, anchors[tick], "tick", clock);
    }
    svg_line(page, 0, AXIS_TOP - 4, 1, AXIS_TOP - 4, "axis");
}

void chart_timeline(Page *page, const json_t *clip, const char *name)
{
    const double duration = (double)model_integer(clip, "duration_us", 0);
    if (!(duration > 0))
        return;
    g_autofree char *title = texts_format(page->texts, "timeline.title", "clip", name, NULL);
    g_autofree char *description = timeline_description(page, clip);
    page_open(page, "div", "class", "timeline", NULL);
    svg_open(page, TIMELINE_HEIGHT, title, description);
    svg_text(page, 0, TRUTH_TOP - 6, "start", "row", texts_get(page->texts, "timeline.truth"));
    svg_rect(page, 0, 1, TRUTH_TOP, BAND_HEIGHT, "outside");
    for (size_t i = 0; i < model_count(clip, "scored_spans"); i++) {
        const json_t *span = model_member(clip, "scored_spans", i);
        double from = (double)json_integer_value(json_array_get(span, 0)) / duration;
        double to = (double)json_integer_value(json_array_get(span, 1)) / duration;
        svg_rect(page, from, MIN(to, 1), TRUTH_TOP, BAND_HEIGHT, "band");
    }
    for (size_t i = 0; i < model_count(clip, "events"); i++) {
        const json_t *event = model_member(clip, "events", i);
        double from = (double)model_integer(event, "start_us", 0) / duration;
        double to = (double)model_integer(event, "end_us", 0) / duration;
        svg_rect(page, from, MIN(to, 1), TRUTH_TOP, BAND_HEIGHT, event_class(event));
    }
    svg_text(page, 0, ALERT_TOP - 8, "start", "row", texts_get(page->texts, "timeline.alerts"));
    for (size_t i = 0; i < model_count(clip, "alerts"); i++) {
        const json_t *alert = model_member(clip, "alerts", i);
        double onset = (double)model_integer(alert, "onset_us", 0) / duration;
        double decided = (double)model_integer(alert, "decided_us", 0) / duration;
        double end = (double)model_integer(alert, "end_us", model_integer(alert, "decided_us", 0)) / duration;
        svg_line(page, onset, ALERT_TOP + 8, MAX(end, onset), ALERT_TOP + 8, "alert-span");
        draw_alert_mark(page, decided, ALERT_TOP + 8, model_string(alert, "outcome"));
    }
    draw_axis(page, duration);
    page_close_many(page, 2);
}

/* ---- forest plot */

typedef struct {
    bool logarithmic;
    double low, high; /* of the axis; for a logarithmic one decades, > 0 */
} Scale;

typedef struct {
    Page *page;
    const char *metric;
    Scale scale;
    unsigned rows, claims;
} Forest;

static double scale_place(const Scale *scale, double value)
{
    if (!scale->logarithmic)
        return (value - scale->low) / (scale->high - scale->low);
    if (!(value > scale->low))
        return 0;
    return (log10(value) - log10(scale->low)) / (log10(scale->high) - log10(scale->low));
}

static void widen(Scale *scale, double value)
{
    if (isnan(value) || !(value > 0))
        return;
    scale->low = MIN(scale->low, value);
    scale->high = MAX(scale->high, value);
}

static const json_t *rate_of(const json_t *evaluation, const char *metric)
{
    return model_get(model_get(evaluation, "rates"), metric);
}

static bool claim_reads(const json_t *claim, const char *metric)
{
    return g_strcmp0(model_string(claim, "reading.metric"), metric) == 0;
}

/* The control is drawn only where a claim is about it. */
static bool is_left_out(const json_t *evaluation)
{
    return page_is_control(evaluation) && model_count(evaluation, "claims") == 0;
}

static void measure(const json_t *scenario, const json_t *evaluation, void *user)
{
    (void)scenario;
    Forest *forest = user;
    if (is_left_out(evaluation))
        return;
    const json_t *rate = rate_of(evaluation, forest->metric);
    for (size_t i = 0; i < model_count(evaluation, "claims"); i++) {
        const json_t *claim = model_member(evaluation, "claims", i);
        if (claim_reads(claim, forest->metric)) {
            forest->claims++;
            widen(&forest->scale, model_number(claim, "reading.value"));
        }
    }
    if (isnan(model_number(rate, "value")))
        return;
    forest->rows++;
    widen(&forest->scale, model_number(rate, "value"));
    widen(&forest->scale, model_number(rate, "interval.low"));
    widen(&forest->scale, model_number(rate, "interval.high"));
}

static void draw_grid(const Forest *forest, int height)
{
    const Scale *scale = &forest->scale;
    if (scale->logarithmic) {
        for (double at = scale->low; at <= scale->high * 1.001; at *= 10)
            svg_line(forest->page, scale_place(scale, at), 0, scale_place(scale, at), height, "grid");
        return;
    }
    for (int i = 0; i <= 4; i++)
        svg_line(forest->page, i / 4.0, 0, i / 4.0, height, "grid");
}

static void draw_interval(const Forest *forest, const json_t *rate, const json_t *evaluation,
                          const char *name, const char *numbers)
{
    Page *page = forest->page;
    const Scale *scale = &forest->scale;
    const int middle = 17, height = 34;
    g_autofree char *title = g_strdup_printf("%s: %s", name, numbers);
    svg_open(page, height, title, NULL);
    draw_grid(forest, height);
    double value = model_number(rate, "value");
    double low = model_number(rate, "interval.low"), high = model_number(rate, "interval.high");
    if (!isnan(low) && !isnan(high)) {
        double from = scale_place(scale, low), to = scale_place(scale, high);
        svg_line(page, from, middle, to, middle, "interval");
        if (scale->logarithmic && !(low > 0))
            svg_text(page, 0, middle + 5, "start", "arrow", "◂");
        else
            svg_line(page, from, middle - 5, from, middle + 5, "interval");
        svg_line(page, to, middle - 5, to, middle + 5, "interval");
    }
    for (size_t i = 0; i < model_count(evaluation, "claims"); i++) {
        const json_t *claim = model_member(evaluation, "claims", i);
        double limit = model_number(claim, "reading.value");
        if (!claim_reads(claim, forest->metric) || isnan(limit))
            continue;
        double at = scale_place(scale, limit);
        svg_line(page, at, 1, at, height - 1, "limit");
        g_autofree char *x = percent(at);
        page_element(page, "text", g_strcmp0(model_string(claim, "reading.op"), ">=") == 0 ? "≥" : "≤", "x",
                     x, "y", "10", "dx", at > 0.8 ? "-4" : "4", "text-anchor", at > 0.8 ? "end" : "start",
                     "class", "limit-text", NULL);
    }
    svg_circle(page, scale_place(scale, value), middle, "5", value > 0 ? "estimate" : "estimate-zero");
    page_close(page);
}

static char *limits_text(const Forest *forest, const json_t *evaluation, bool share)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < model_count(evaluation, "claims"); i++) {
        const json_t *claim = model_member(evaluation, "claims", i);
        if (!claim_reads(claim, forest->metric))
            continue;
        NumberText limit;
        texts_interval(forest->page->texts, model_number(claim, "reading.value"), (double)NAN, (double)NAN,
                       share, &limit);
        g_string_append_printf(out, "%s%s\u00a0%s", out->len > 0 ? ", " : "",
                               g_strcmp0(model_string(claim, "reading.op"), ">=") == 0 ? "≥" : "≤",
                               limit.value);
        number_text_clear(&limit);
    }
    if (out->len == 0)
        g_string_append(out, "—");
    return g_string_free(out, FALSE);
}

static void write_row(const json_t *scenario, const json_t *evaluation, void *user)
{
    Forest *forest = user;
    Page *page = forest->page;
    const json_t *rate = rate_of(evaluation, forest->metric);
    if (is_left_out(evaluation) || isnan(model_number(rate, "value")))
        return;
    forest->rows++;
    g_auto(NumberText) numbers = {NULL};
    texts_rate(page->texts, rate, &numbers);
    g_autofree char *name = page_evaluation_name(page, scenario, evaluation);
    g_autofree char *limits = limits_text(forest, evaluation, !forest->scale.logarithmic);
    page_open(page, "tr", NULL);
    page_cell(page, NULL, "head", name);
    page_cell_open(page, NULL, "plot");
    draw_interval(forest, rate, evaluation, name, numbers.both);
    page_close(page);
    page_cell(page, "column.value_interval", "num", numbers.both);
    page_cell(page, "column.claim_limit", "num", limits);
    page_close(page);
}

static void write_axis(const Forest *forest)
{
    Page *page = forest->page;
    const Scale *scale = &forest->scale;
    page_open(page, "tr", "class", "axis-row", "aria-hidden", "true", NULL);
    page_element(page, "td", NULL, NULL);
    page_open(page, "td", "class", "plot", NULL);
    page_open(page, "svg", "xmlns", "http://www.w3.org/2000/svg", "width", "100%", "height", "18", NULL);
    int decades = scale->logarithmic ? (int)lround(log10(scale->high / scale->low)) : 4;
    int step = decades > 5 ? 2 : 1;
    for (int i = 0; i <= decades; i += step) {
        double at = (double)i / decades;
        NumberText label;
        texts_interval(page->texts, scale->logarithmic ? scale->low * pow(10, i) : at, (double)NAN,
                       (double)NAN, !scale->logarithmic, &label);
        g_autofree char *plain = scale->logarithmic
                                     ? texts_significant(page->texts, scale->low * pow(10, i), 1)
                                     : g_strdup(label.value);
        svg_text(page, at, 13, i == 0 ? "start" : at > 0.99 ? "end" : "middle", "tick", plain);
        number_text_clear(&label);
    }
    page_close_many(page, 2);
    page_element(page, "td", NULL, NULL);
    page_element(page, "td", NULL, NULL);
    page_close(page);
}

static void forest_write(Page *page, const char *metric, bool only_claimed)
{
    static const char *const columns[] = {"column.evaluation", "column.plot", "column.value_interval",
                                          "column.claim_limit", NULL};
    const bool logarithmic = strstr(metric, "false_alerts_per_") != NULL;
    Forest forest = {page, metric, {logarithmic, INFINITY, 0}, 0, 0};
    model_visit_evaluations(page->results, measure, &forest);
    if (forest.rows == 0 || (only_claimed && forest.claims == 0))
        return;
    if (!logarithmic) {
        forest.scale.low = 0;
        forest.scale.high = 1;
    } else if (!(forest.scale.high > 0)) {
        forest.scale.low = 0.1;
        forest.scale.high = 1;
    } else {
        forest.scale.low = pow(10, floor(log10(forest.scale.low)));
        forest.scale.high = pow(10, ceil(log10(forest.scale.high)));
        if (!(forest.scale.high > forest.scale.low))
            forest.scale.high = forest.scale.low * 10;
    }
    g_autofree char *metric_name = texts_capitalise(texts_word(page->texts, "metric", metric));
    g_autofree char *caption = texts_format(
        page->texts, logarithmic ? "forest.caption_log" : "forest.caption", "metric", metric_name, NULL);
    page_table_open(page, caption, "forest cards");
    page_table_head(page, columns);
    forest.rows = 0;
    model_visit_evaluations(page->results, write_row, &forest);
    write_axis(&forest);
    page_table_close(page);
}

void chart_forest(Page *page, const char *metric)
{
    forest_write(page, metric, false);
}

void chart_forest_if_claimed(Page *page, const char *metric)
{
    forest_write(page, metric, true);
}
