/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/charts/limit_bar.h"

#include "scoring/metrics.h"

#include <math.h>
#include <string.h>

enum { BAR_HEIGHT = 20, BAR_MIDDLE = 10 };

/* An end of an interval: what is not there beside one that is has no bound. */
static void set_interval(double low, double high, double limit, double *to_low, double *to_high)
{
    const bool none = isnan(low) && isnan(high);
    *to_low = none ? (double)NAN : isnan(low) ? 0 : low / limit;
    *to_high = none ? (double)NAN : isnan(high) ? (double)INFINITY : high / limit;
}

bool limit_bar_of(const ResultsClaim *claim, LimitBar *bar)
{
    const ResultsReading *reading = &claim->reading;
    const double limit = reading->value, value = claim->value;
    if (reading->metric == NULL || isnan(value) || value < 0 || !(limit > 0) || isinf(limit))
        return false;
    const Metric *metric = metric_of(metric_find(reading->metric));
    /* A difference of shares has a margin, not a limit of which there are multiples. */
    if (metric->kind == METRIC_IS_COMPARISON && metric->percent)
        return false;
    const bool at_most = g_strcmp0(reading->op, "<=") == 0, at_least = g_strcmp0(reading->op, ">=") == 0;
    *bar = (LimitBar){.value = value / limit,
                      .from = at_most    ? 0
                              : at_least ? 1
                                         : 1 / (limit * limit), /* within 1.5: from 1 / 1.5 of the other */
                      .to = at_least ? (double)INFINITY : 1};
    const ResultsLowHigh interval = front_interval(claim);
    set_interval(interval.low, interval.high, limit, &bar->low, &bar->high);
    const bool places = g_strcmp0(claim->scope.speaks_of, "places_like_these") == 0;
    set_interval(places ? claim->scope.interval.low : (double)NAN,
                 places ? claim->scope.interval.high : (double)NAN, limit, &bar->wider_low, &bar->wider_high);
    return true;
}

void limit_bar_widen(ChartScale *scale, const LimitBar *bar)
{
    /* The wider interval of few cameras may reach to what no page has room for: it is cut, with an arrow. */
    const double ends[] = {1, bar->value, bar->low, bar->high, bar->from};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (!isinf(ends[i]))
            chart_scale_widen(scale, ends[i]);
}

/* Marks at either end stay whole: a printer cuts what leaves a drawing. */
double limit_bar_place(const ChartScale *scale, double multiple)
{
    return 0.03 + 0.94 * (isinf(multiple) ? 1 : chart_scale_place(scale, multiple));
}

ChartScale limit_bar_scale(const Front *front)
{
    ChartScale scale = chart_scale_new(true);
    chart_scale_widen(&scale, 0.1); /* a decade about the limit at least */
    chart_scale_widen(&scale, 10);
    for (guint i = 0; i < front->claims->len; i++) {
        const FrontClaim *claim = front->claims->pdata[i];
        for (guint j = 0; j < claim->readings->len; j++) {
            const FrontReading *reading = claim->readings->pdata[j];
            for (guint k = 0; k < reading->results->len; k++) {
                LimitBar bar;
                if (limit_bar_of(g_array_index(reading->results, FrontResult, k).claim, &bar))
                    limit_bar_widen(&scale, &bar);
            }
        }
    }
    chart_scale_finish(&scale);
    return scale;
}

static int letter_of(const ChartScale *scale, double multiple, int width)
{
    const double at = isinf(multiple) ? 1 : chart_scale_place(scale, multiple);
    return (int)lround(at * (width - 1));
}

char *limit_bar_letters(const ChartScale *scale, const LimitBar *bar, int width)
{
    const bool interval = !isnan(bar->low) && !isnan(bar->high);
    const int from = interval ? letter_of(scale, bar->low, width) : 0;
    const int to = interval ? letter_of(scale, bar->high, width) : -1;
    const int limit = letter_of(scale, 1, width), value = letter_of(scale, bar->value, width);
    GString *letters = g_string_new(NULL);
    for (int i = 0; i < width; i++) {
        const bool within = i >= from && i <= to;
        g_string_append(letters, i == value   ? bar->value > 0 ? "●" : "○"
                                 : i == limit ? within ? "┿" : "┊"
                                 : !within    ? "·"
                                 : i == from  ? bar->low >= scale->low ? "├" : "◂"
                                 : i == to    ? bar->high > scale->high ? "▸" : "┤"
                                              : "─");
    }
    return g_string_free(letters, FALSE);
}

bool limit_bar_tick(const Page *page, const ChartScale *scale, int i, double *at, char **label)
{
    const int low = (int)lround(log10(scale->low)), high = (int)lround(log10(scale->high));
    const int step = (high - low + 4) / 5;
    /* The limit is always a tick; the others lie whole steps from it. */
    const int first = low + (((-low) % step) + step) % step;
    const int decade = first + i * step;
    if (decade > high)
        return false;
    const double multiple = pow(10, decade);
    *at = limit_bar_place(scale, multiple);
    g_autofree char *number = texts_significant(page->texts, multiple, 1);
    *label = decade == 0 ? g_strdup(texts_get(page->texts, "front.limit")) : g_strconcat(number, "×", NULL);
    return true;
}

static void open_drawing(Page *page, const char *height)
{
    /* WeasyPrint knows the width of a block in a cell, but not that of the cell itself. */
    page_open(page, "div", NULL);
    page_open(page, "svg", "xmlns", "http://www.w3.org/2000/svg", "width", "100%", "height", height,
              "aria-hidden", "true", NULL);
}

static void draw_interval(Page *page, const ChartScale *scale, double low, double high, const char *class,
                          int half)
{
    if (isnan(low) || isnan(high))
        return;
    const double from = limit_bar_place(scale, low), to = limit_bar_place(scale, high);
    svg_line(page, from, BAR_MIDDLE, to, BAR_MIDDLE, class);
    if (low >= scale->low)
        svg_line(page, from, BAR_MIDDLE - half, from, BAR_MIDDLE + half, class);
    else
        svg_text(page, 0, BAR_MIDDLE + 5, "start", "arrow", "◂");
    if (high > scale->high)
        svg_text(page, 1, BAR_MIDDLE + 5, "end", "arrow", "▸");
    else
        svg_line(page, to, BAR_MIDDLE - half, to, BAR_MIDDLE + half, class);
}

void limit_bar_draw(Page *page, const ChartScale *scale, const LimitBar *bar)
{
    open_drawing(page, G_STRINGIFY(20));
    const double from = bar->from > 0 ? limit_bar_place(scale, bar->from) : 0,
                 to = isinf(bar->to) ? 1 : limit_bar_place(scale, bar->to);
    svg_rect(page, from, to, 0, BAR_HEIGHT, "holds");
    const double limit = limit_bar_place(scale, 1);
    svg_line(page, limit, 0, limit, BAR_HEIGHT, "limit");
    draw_interval(page, scale, bar->wider_low, bar->wider_high, "interval wider", 3);
    draw_interval(page, scale, bar->low, bar->high, "interval", 5);
    svg_circle(page, limit_bar_place(scale, bar->value), BAR_MIDDLE, "4",
               bar->value > 0 ? "estimate" : "estimate-zero");
    page_close_many(page, 2);
}

void limit_bar_axis(Page *page, const ChartScale *scale)
{
    open_drawing(page, "16");
    for (int i = 0;; i++) {
        double at;
        g_autofree char *label = NULL;
        if (!limit_bar_tick(page, scale, i, &at, &label))
            break;
        svg_line(page, at, 0, at, 3, "axis");
        svg_text(page, at, 14, at < 0.1 ? "start" : at > 0.9 ? "end" : "middle", "tick", label);
    }
    page_close_many(page, 2);
}
