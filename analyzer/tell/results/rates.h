/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rates of an evaluation: one record each. What writes, checks, tabulates or draws them goes by this
 * table, so that a new rate is a row here, beside its place in the figures (scoring/eval.h) and among the
 * results' records (record_evaluation.h, fields_evaluation.c), which have its name.
 *
 * Its words: "metric.NAME" and what its column says (reports/texts/). */
#ifndef VSAUDIT_RESULTS_RATES_H
#define VSAUDIT_RESULTS_RATES_H

#include "results/record_evaluation.h"
#include "scoring/eval.h"

/* The table of results in which it stands. */
typedef enum { RATE_MAIN, RATE_SECOND } RateTable;

typedef enum {
    RATE_NOT_DRAWN,
    RATE_DRAWN,            /* a forest plot */
    RATE_DRAWN_IF_CLAIMED, /* one where a claim is about it */
} RateChart;

typedef struct {
    const char *name;   /* as results.json, claims and the library have it: "p_miss"; NULL ends the table */
    size_t figure;      /* offset of its Rate in EvalFigures */
    size_t member;      /* offset of its ResultsRate in ResultsRates */
    bool timed;         /* by watched time: it says of how many of its clips the clock was put right */
    bool of_alerts;     /* a share of the alerts: it says nothing of a control */
    const char *csv;    /* what its columns' names begin with in tables for programs: "false_per_hour" */
    const char *column; /* the key of its column's words */
    RateTable table;
    RateChart chart;
    /* The counts that it is made of, by their way from the evaluation: "counts.misses". NULL: the document
     * does not hold them apart. */
    const char *counted, *counted_of;
} RateRow;

extern const RateRow results_rates[];

static inline const Rate *rate_row_figure(const RateRow *row, const EvalFigures *figures)
{
    return (const Rate *)(const void *)((const char *)figures + row->figure);
}
static inline const ResultsRate *rate_row_of(const RateRow *row, const ResultsRates *rates)
{
    return (const ResultsRate *)(const void *)((const char *)rates + row->member);
}
/* The same, to be filled. */
static inline ResultsRate *rate_row_in(const RateRow *row, ResultsRates *rates)
{
    return (ResultsRate *)(void *)((char *)rates + row->member);
}

#endif
