/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was measured against what a claim says, as a bar that stands beside others of other measures: all are
 * drawn as multiples of their limit, on one logarithmic scale with the limit at 1. */
#ifndef VSAUDIT_REPORT_CHARTS_LIMIT_BAR_H
#define VSAUDIT_REPORT_CHARTS_LIMIT_BAR_H

#include "report/charts/svg.h"
#include "report/front.h"

typedef struct {
    double value;                 /* measured, in multiples of the limit; 0 stands at the left edge */
    double low, high;             /* front_interval; both NAN: there is none; high INFINITY: without bound */
    double wider_low, wider_high; /* for places like these, where the verdict speaks of them; NAN: none */
    double from, to;              /* where the claim holds; 0 and INFINITY: without bound */
} LimitBar;

/* False when it cannot stand on such a scale: no reading, no figure, a limit that is not above 0, a
 * difference (which may be below 0). */
bool limit_bar_of(const ResultsClaim *claim, LimitBar *bar);
/* Makes room for it: value, exact interval and limit; what else leaves the scale ends in an arrow. */
void limit_bar_widen(ChartScale *scale, const LimitBar *bar);
/* The scale of all bars of a page. */
ChartScale limit_bar_scale(const Front *front);
/* The bar in so many letters, for pages without drawings: "··●─┤···┊···". Caller frees. */
char *limit_bar_letters(const ChartScale *scale, const LimitBar *bar, int width);
/* The i-th tick: its place and its label ("0.1 ×", "limit"; caller frees); false when there is none. */
bool limit_bar_tick(const Page *page, const ChartScale *scale, int i, double *at, char **label);
/* Where that multiple stands, as a share of the drawing's width. */
double limit_bar_place(const ChartScale *scale, double multiple);
/* The drawing, for those who see it alone: the figures stand in words beside it. */
void limit_bar_draw(Page *page, const ChartScale *scale, const LimitBar *bar);
void limit_bar_axis(Page *page, const ChartScale *scale);

#endif
