/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of values of which each row also draws its value and interval on a scale that all rows share: the
 * forest plot, and everything else of that shape (parts of the footage, hours of the day, load). The table is
 * the chart's own data table. */
#ifndef VSAUDIT_REPORT_CHARTS_ROWS_H
#define VSAUDIT_REPORT_CHARTS_ROWS_H

#include "report/charts/svg.h"

typedef struct {
    double value;
    bool at_most; /* the claim is "at most", else "at least" */
} ChartLimit;

typedef struct ChartRows ChartRows;

/* `share`: values are shares from 0 to 1 on an even scale; else rates on a logarithmic one. */
ChartRows *chart_rows_new(bool share);
void chart_rows_free(ChartRows *rows); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ChartRows, chart_rows_free)
/* `head` is the row's head, `minor` (may be NULL) a second line of it. A NAN bound draws no interval; a value
 * that is NAN adds no row. */
void chart_rows_add(ChartRows *rows, const char *head, const char *minor, double value, double low,
                    double high);
/* What the value of the row that was added last is made of, "3 / 12": beside its numbers. NULL: nothing. */
void chart_rows_count_of(ChartRows *rows, const char *count);
/* A limit of a claim, for the row that was added last. */
void chart_rows_limit(ChartRows *rows, ChartLimit limit);
guint chart_rows_count(const ChartRows *rows);
/* Writes the table; nothing when there is no row. `head` and `numbers` are keys of the columns. */
void chart_rows_write(Page *page, ChartRows *rows, const char *caption, const char *head,
                      const char *numbers);

#endif
