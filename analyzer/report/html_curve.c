/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curve of missed events against false alerts, with its table. */
#include "report/html_science.h"

#include <math.h>

#define PLOT_TOP 12
#define PLOT_HEIGHT 220
#define TABLE_ROWS 12

typedef struct {
    double low, high; /* decades of false alerts per camera-hour */
} Axis;

static char *percent(double share)
{
    return g_strdup_printf("%d.%02d%%", (int)(share * 100), (int)lround(share * 10000) % 100);
}

static char *pixels(double y)
{
    return g_strdup_printf("%d", (int)lround(y));
}

static double place_x(const Axis *axis, double rate)
{
    if (!(rate > axis->low))
        return 0;
    return MIN(1, (log10(rate) - log10(axis->low)) / (log10(axis->high) - log10(axis->low)));
}

static double place_y(double p_miss)
{
    return PLOT_TOP + (1 - p_miss) * PLOT_HEIGHT;
}

static void line(Page *page, double x1, double y1, double x2, double y2, const char *class)
{
    g_autofree char *a = percent(x1), *b = pixels(y1), *c = percent(x2), *d = pixels(y2);
    page_element(page, "line", NULL, "x1", a, "y1", b, "x2", c, "y2", d, "class", class, NULL);
}

static void label(Page *page, double x, double y, const char *anchor, const char *text)
{
    g_autofree char *a = percent(x), *b = pixels(y);
    page_element(page, "text", text, "x", a, "y", b, "text-anchor", anchor, "class", "tick", NULL);
}

static void mark(Page *page, const Axis *axis, const json_t *point, const char *class)
{
    g_autofree char *x = percent(place_x(axis, model_number(point, "false_alerts_per_camera_hour")));
    g_autofree char *y = pixels(place_y(model_number(point, "p_miss")));
    page_element(page, "circle", NULL, "cx", x, "cy", y, "r", "6", "class", class, NULL);
}

static Axis find_axis(const json_t *curve)
{
    Axis axis = {INFINITY, 0};
    for (size_t i = 0; i < model_count(curve, "points"); i++) {
        const double rate = model_number(model_member(curve, "points", i), "false_alerts_per_camera_hour");
        if (rate > 0) {
            axis.low = MIN(axis.low, rate);
            axis.high = MAX(axis.high, rate);
        }
    }
    if (!(axis.high > 0))
        return (Axis){0.1, 1};
    axis.low = pow(10, floor(log10(axis.low)));
    axis.high = pow(10, ceil(log10(axis.high)));
    if (!(axis.high > axis.low))
        axis.high = axis.low * 10;
    return axis;
}

static char *describe_point(const Page *page, const char *key, const json_t *point)
{
    g_auto(NumberText) miss = {NULL};
    texts_interval(page->texts, model_number(point, "p_miss"), (double)NAN, (double)NAN, true, &miss);
    g_autofree char *rate =
        texts_significant(page->texts, model_number(point, "false_alerts_per_camera_hour"), 3);
    g_autofree char *threshold = texts_significant(page->texts, model_number(point, "threshold"), 3);
    g_autofree char *cost = texts_significant(page->texts, model_number(point, "cost"), 3);
    return texts_format(page->texts, key, "miss", miss.value, "rate", rate, "threshold", threshold, "cost",
                        cost, NULL);
}

static void draw(Page *page, const json_t *curve, const char *title, const char *description)
{
    const Axis axis = find_axis(curve);
    g_autofree char *height = pixels(PLOT_TOP + PLOT_HEIGHT + 20);
    page_open(page, "div", "class", "timeline", NULL);
    page_open(page, "svg", "xmlns", "http://www.w3.org/2000/svg", "width", "100%", "height", height, "role",
              "img", "aria-label", description, NULL);
    page_element(page, "title", title, NULL);
    page_element(page, "desc", description, NULL);
    for (int i = 0; i <= 4; i++) {
        const double share = i / 4.0;
        g_auto(NumberText) text = {NULL};
        texts_interval(page->texts, share, (double)NAN, (double)NAN, true, &text);
        line(page, 0, place_y(share), 1, place_y(share), "grid");
        label(page, 0, place_y(share) - 2, "start", text.value);
    }
    const int decades = (int)lround(log10(axis.high / axis.low));
    for (int i = 0; i <= decades; i++) {
        const double x = (double)i / decades;
        g_autofree char *text = texts_significant(page->texts, axis.low * pow(10, i), 1);
        line(page, x, PLOT_TOP, x, PLOT_TOP + PLOT_HEIGHT, "grid");
        label(page, x, PLOT_TOP + PLOT_HEIGHT + 14, i == 0 ? "start" : i == decades ? "end" : "middle", text);
    }
    double x = NAN, y = NAN;
    for (size_t i = 0; i < model_count(curve, "points"); i++) {
        const json_t *point = model_member(curve, "points", i);
        const double next_x = place_x(&axis, model_number(point, "false_alerts_per_camera_hour"));
        const double next_y = place_y(model_number(point, "p_miss"));
        if (!isnan(x))
            line(page, x, y, next_x, next_y, "interval");
        x = next_x;
        y = next_y;
    }
    mark(page, &axis, model_get(curve, "best"), "estimate-zero");
    mark(page, &axis, model_get(curve, "declared"), "estimate");
    page_close_many(page, 2);
}

static void point_row(Page *page, const json_t *point, const char *remark)
{
    g_auto(NumberText) miss = {NULL};
    texts_interval(page->texts, model_number(point, "p_miss"), (double)NAN, (double)NAN, true, &miss);
    g_autofree char *threshold = texts_significant(page->texts, model_number(point, "threshold"), 3);
    g_autofree char *rate =
        texts_significant(page->texts, model_number(point, "false_alerts_per_camera_hour"), 3);
    g_autofree char *cost = texts_significant(page->texts, model_number(point, "cost"), 3);
    page_open(page, "tr", NULL);
    page_cell(page, "column.threshold", "num", threshold);
    page_cell(page, "column.false_rate", "num", rate);
    page_cell(page, "column.p_miss", "num", miss.value);
    page_cell(page, "column.cost", "num", cost);
    page_cell(page, "column.remark", "", remark);
    page_close(page);
}

void html_curve(Page *page, const json_t *scenario, const json_t *evaluation)
{
    static const char *const columns[] = {"column.threshold", "column.false_rate", "column.p_miss",
                                          "column.cost",      "column.remark",     NULL};
    const json_t *curve = model_get(evaluation, "curve");
    const size_t count = model_count(curve, "points");
    g_autofree char *name = page_evaluation_name(page, scenario, evaluation);
    page_element(page, "h4", name, NULL);
    if (count == 0) {
        g_autofree char *reason = html_reason(page, model_string(curve, "reason"));
        g_autofree char *text = texts_format(page->texts, "curve.none", "reason", reason, NULL);
        page_element(page, "p", text, NULL);
        return;
    }
    g_autofree char *declared = describe_point(page, "curve.declared", model_get(curve, "declared"));
    g_autofree char *best = describe_point(page, "curve.best", model_get(curve, "best"));
    g_autofree char *both = g_strdup_printf("%s %s", declared, best);
    g_autofree char *title = texts_format(page->texts, "curve.title", "name", name, NULL);
    draw(page, curve, title, both);
    page_element(page, "p", both, NULL);
    g_autofree char *caption = texts_format(page->texts, "curve.caption", "name", name, NULL);
    page_table_open(page, caption, "cards");
    page_table_head(page, columns);
    const size_t step = count > TABLE_ROWS ? (count + TABLE_ROWS - 1) / TABLE_ROWS : 1;
    for (size_t i = 0; i < count; i += step)
        point_row(page, model_member(curve, "points", i), NULL);
    point_row(page, model_get(curve, "best"), texts_get(page->texts, "curve.is_best"));
    point_row(page, model_get(curve, "declared"), texts_get(page->texts, "curve.is_declared"));
    page_table_close(page);
}
