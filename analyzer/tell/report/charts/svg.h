/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What charts are drawn of, and scales. Shapes are placed in shares of the width and pixels of the height.
 * Inside report/ only. */
#ifndef VSAUDIT_REPORT_CHARTS_SVG_H
#define VSAUDIT_REPORT_CHARTS_SVG_H

#include "report/page.h"

/* "12.345%", held within 0 and 1. Caller frees. */
char *svg_percent(double share);
/* An image with a title and (may be NULL) a description for those who do not see it; closed by page_close. */
void svg_open(Page *page, int height, const char *title, const char *description);
void svg_rect(Page *page, double from, double to, int y, int height, const char *class);
void svg_line(Page *page, double x1, int y1, double x2, int y2, const char *class);
void svg_circle(Page *page, double at, int y, const char *radius, const char *class);
void svg_text(Page *page, double at, int y, const char *anchor, const char *class, const char *text);
/* "start" at the left edge, "end" at the right one, "middle" between. */
const char *svg_anchor(double at);

/* The range of an axis: from 0 to 1, or decades of what was met. */
typedef struct {
    bool logarithmic;
    double low, high;
} ChartScale;

ChartScale chart_scale_new(bool logarithmic);
void chart_scale_widen(ChartScale *scale, double value); /* NAN and what is not above 0 change nothing */
/* To be called once all values are known. */
void chart_scale_finish(ChartScale *scale);
/* 0 to 1; what is below a logarithmic scale stands at 0. */
double chart_scale_place(const ChartScale *scale, double value);
/* The i-th tick of an axis: its place and (caller frees) its label; false when there is none. */
bool chart_scale_tick(const Page *page, const ChartScale *scale, int i, double *at, char **label);

#endif
