/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/charts/svg.h"

#include <math.h>

char *svg_percent(double share)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(number, sizeof number, "%.3f", CLAMP(share, 0.0, 1.0) * 100);
    return g_strconcat(number, "%", NULL);
}

void svg_open(Page *page, int height, const char *title, const char *description)
{
    g_autofree char *tall = g_strdup_printf("%d", height);
    g_autofree char *words =
        description != NULL ? g_strdup_printf("%s. %s", title, description) : g_strdup(title);
    page_open(page, "svg", "xmlns", "http://www.w3.org/2000/svg", "width", "100%", "height", tall, "role",
              "img", "aria-label", words, NULL);
    page_element(page, "title", title, NULL);
    if (description != NULL)
        page_element(page, "desc", description, NULL);
}

void svg_rect(Page *page, double from, double to, int y, int height, const char *class)
{
    g_autofree char *x = svg_percent(from), *w = svg_percent(to - from);
    g_autofree char *top = g_strdup_printf("%d", y), *tall = g_strdup_printf("%d", height);
    page_void(page, "rect", "x", x, "y", top, "width", w, "height", tall, "class", class, NULL);
}

void svg_line(Page *page, double from, int y1, double to, int y2, const char *class)
{
    g_autofree char *x1 = svg_percent(from), *x2 = svg_percent(to);
    g_autofree char *top = g_strdup_printf("%d", y1), *bottom = g_strdup_printf("%d", y2);
    page_void(page, "line", "x1", x1, "y1", top, "x2", x2, "y2", bottom, "class", class, NULL);
}

void svg_circle(Page *page, double at, int y, const char *radius, const char *class)
{
    g_autofree char *x = svg_percent(at), *top = g_strdup_printf("%d", y);
    page_void(page, "circle", "cx", x, "cy", top, "r", radius, "class", class, NULL);
}

void svg_text(Page *page, double at, int y, const char *anchor, const char *class, const char *text)
{
    g_autofree char *x = svg_percent(at), *top = g_strdup_printf("%d", y);
    page_element(page, "text", text, "x", x, "y", top, "text-anchor", anchor, "class", class, NULL);
}

const char *svg_anchor(double at)
{
    return at < 0.01 ? "start" : at > 0.99 ? "end" : "middle";
}

ChartScale chart_scale_new(bool logarithmic)
{
    return (ChartScale){logarithmic, INFINITY, 0};
}

void chart_scale_widen(ChartScale *scale, double value)
{
    if (isnan(value) || !(value > 0))
        return;
    scale->low = MIN(scale->low, value);
    scale->high = MAX(scale->high, value);
}

void chart_scale_finish(ChartScale *scale)
{
    if (!scale->logarithmic) {
        scale->low = 0;
        scale->high = 1;
    } else if (!(scale->high > 0)) {
        scale->low = 0.1;
        scale->high = 1;
    } else {
        scale->low = pow(10, floor(log10(scale->low)));
        scale->high = pow(10, ceil(log10(scale->high)));
        if (!(scale->high > scale->low))
            scale->high = scale->low * 10;
    }
}

double chart_scale_place(const ChartScale *scale, double value)
{
    if (!scale->logarithmic)
        return CLAMP((value - scale->low) / (scale->high - scale->low), 0.0, 1.0);
    if (!(value > scale->low))
        return 0;
    return MIN((log10(value) - log10(scale->low)) / (log10(scale->high) - log10(scale->low)), 1.0);
}

bool chart_scale_tick(const Page *page, const ChartScale *scale, int i, double *at, char **label)
{
    /* On a phone there is room for six labels at most. */
    const int parts = scale->logarithmic ? (int)lround(log10(scale->high / scale->low)) : 4;
    const int step = (parts + 4) / 5;
    if (i * step > parts)
        return false;
    *at = (double)(i * step) / parts;
    if (scale->logarithmic) {
        *label = texts_significant(page->texts, scale->low * pow(10, i * step), 1);
        return true;
    }
    g_auto(NumberText) text = {NULL};
    texts_interval(page->texts, *at, (double)NAN, (double)NAN, true, &text);
    *label = g_strdup(text.value);
    return true;
}
