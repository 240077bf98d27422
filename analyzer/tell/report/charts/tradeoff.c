/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Missed events against false alerts. */
#include "report/charts/charts.h"
#include "report/charts/svg.h"

#include <math.h>

enum { PLOT_TOP = 14, PLOT_HEIGHT = 220 };

static int place_y(double p_miss)
{
    return PLOT_TOP + (int)lround((1 - p_miss) * PLOT_HEIGHT);
}

static void draw_axes(Page *page, const ChartScale *scale)
{
    for (int i = 0; i <= 4; i++) {
        const double share = i / 4.0;
        g_auto(NumberText) text = {NULL};
        texts_interval(page->texts, share, (double)NAN, (double)NAN, true, &text);
        svg_line(page, 0, place_y(share), 1, place_y(share), "grid");
        svg_text(page, 0, place_y(share) - 2, "start", "tick", text.value);
    }
    for (int i = 0;; i++) {
        double at;
        g_autofree char *label = NULL;
        if (!chart_scale_tick(page, scale, i, &at, &label))
            break;
        svg_line(page, at, PLOT_TOP, at, PLOT_TOP + PLOT_HEIGHT, "grid");
        svg_text(page, at, PLOT_TOP + PLOT_HEIGHT + 14, svg_anchor(at), "tick", label);
    }
}

void chart_tradeoff(Page *page, const TradeoffPoint *points, size_t count, const char *title,
                    const char *description)
{
    ChartScale scale = chart_scale_new(true);
    for (size_t i = 0; i < count; i++)
        chart_scale_widen(&scale, points[i].rate);
    chart_scale_finish(&scale);
    page_open(page, "div", "class", "timeline", NULL);
    page_say(page, "p", "curve.axis_y", "axis-name");
    svg_open(page, PLOT_TOP + PLOT_HEIGHT + 20, title, description);
    draw_axes(page, &scale);
    const TradeoffPoint *before = NULL;
    for (size_t i = 0; i < count; i++) {
        if (isnan(points[i].rate) || isnan(points[i].p_miss))
            continue;
        if (before != NULL && points[i].joined)
            svg_line(page, chart_scale_place(&scale, before->rate), place_y(before->p_miss),
                     chart_scale_place(&scale, points[i].rate), place_y(points[i].p_miss), "interval");
        before = points[i].joined || before == NULL ? &points[i] : before;
    }
    for (size_t i = 0; i < count; i++) {
        const double x = chart_scale_place(&scale, points[i].rate);
        if (isnan(points[i].rate) || isnan(points[i].p_miss))
            continue;
        if (points[i].mark != TRADEOFF_BARE)
            svg_circle(page, x, place_y(points[i].p_miss), points[i].mark == TRADEOFF_DOT ? "4" : "6",
                       points[i].mark == TRADEOFF_HOLLOW ? "estimate-zero" : "estimate");
        if (points[i].label != NULL)
            svg_text(page, x, place_y(points[i].p_miss) - 9, svg_anchor(x), "row", points[i].label);
    }
    page_close(page);
    page_say(page, "p", "curve.axis_x", "axis-name");
    page_close(page);
}
