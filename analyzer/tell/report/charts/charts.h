/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts as inline SVG. Shapes are placed in percent of the width, so that a chart fills a phone and a page
 * of paper alike without shrinking its letters. Every chart has a title and a description for those who do
 * not see it, and a table of the same data stands beside it. No meaning rests on colour alone. */
#ifndef VSAUDIT_REPORT_CHARTS_CHARTS_H
#define VSAUDIT_REPORT_CHARTS_CHARTS_H

#include "report/page.h"
#include "results/rates.h"

/* What the marks of the timelines mean. */
void chart_timeline_legend(Page *page);
/* One clip: what truly happened above, what the system said below. */
void chart_timeline(Page *page, const ResultsJudgedClip *clip, const char *name);
/* A table with one row an evaluation that has the rate defined: name, interval drawn on a common scale
 * against the limits of the claims that read this metric, numbers. Writes nothing when there is no such row,
 * and as the rate's record says. */
void chart_forest(Page *page, const RateRow *row);

/* A point of false alerts per camera-hour (logarithmic, to the right) against the share missed (upwards). */
typedef enum { TRADEOFF_BARE, TRADEOFF_DOT, TRADEOFF_FILLED, TRADEOFF_HOLLOW } TradeoffMark;
typedef struct {
    double rate, p_miss; /* NAN: not drawn */
    TradeoffMark mark;
    bool joined;       /* to the joined point before it */
    const char *label; /* or NULL */
} TradeoffPoint;
void chart_tradeoff(Page *page, const TradeoffPoint *points, size_t count, const char *title,
                    const char *description);

#endif
