/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures that a claim can be about: one record each, with all that is known of it. Whoever reads, plans,
 * judges, holds back, words or checks a claim asks the record; nothing is told apart by the metric's name
 * elsewhere.
 *
 * The words of a metric come from its name: "metric.NAME" in tables, "claim.said.NAME" in its verdict's
 * sentence (places: count, amount, value, own, mended, bound, limit, verdict, rest). What is still needed is
 * told by the unit: "claim.needed.UNIT". */
#ifndef VSAUDIT_SCORING_METRICS_H
#define VSAUDIT_SCORING_METRICS_H

#include "records/claim.h"
#include "scoring/cameras.h"
#include "scoring/eval.h"

/* How a claim about it is judged. */
typedef enum {
    METRIC_IS_RATE,       /* a count in an exposure, exact Poisson test: scoring/claims.h */
    METRIC_IS_SHARE,      /* so many of so many, exact binomial test: the same */
    METRIC_IS_BOUNDED,    /* precision at prevalence, by the bounds of what it is made of: the same */
    METRIC_IS_TIME,       /* scoring/analysis_time.h */
    METRIC_IS_COMPARISON, /* of two systems or conditions: scoring/comparison.h */
    METRIC_IS_UNTESTABLE, /* no figure at all */
} MetricKind;

enum { METRIC_KEYS = 4 };

typedef struct {
    MetricKind kind;
    RateUnit unit; /* of a rate or a share: what the count is divided by */
    size_t rate;   /* of a rate or a share: offset of its Rate in EvalFigures */
    /* Of a rate or a share: a camera's part in count and exposure. NULL: it is not told camera by camera. */
    void (*of_camera)(const CameraTotals *camera, int64_t *count, double *exposure);
    bool percent;      /* it is a share, or a difference of shares: its limits are shown as a percentage */
    bool counts_right; /* what is counted is good: a high share is; of all others a low one */
    /* Whether alerts that are missing where people watched can make the figure larger, or smaller: then they
     * can refute “at most”, or “at least” (scoring/log_fit.h). */
    bool lack_raises, lack_lowers;
    bool needs_prevalence; /* of the scenario */
    double least, most;    /* of a limit in a claim; not of comparisons, which have ratios and margins */
    const char *expected;  /* such a limit, in words for an error: "a share from 0 to 1" */
    /* Of a reading: those for this metric alone, or for others that list them too; NULL-terminated. */
    const char *keys[METRIC_KEYS + 1];
} Metric;

/* By ClaimMetric, METRIC_NONE left out; the words of files and of results.json. NULL-terminated. */
extern const char *const metric_names[];
const char *metric_name(ClaimMetric metric); /* "p_miss"; "none" for METRIC_NONE */
/* METRIC_NONE when there is none of that name; NULL is fine. */
ClaimMetric metric_find(const char *name);
const Metric *metric_of(ClaimMetric metric); /* never NULL */
bool metric_compares(ClaimMetric metric);    /* sets one system or condition against another */
/* Of a rate or a share. It belongs to the figures. */
const Rate *metric_rate(const Metric *metric, const EvalFigures *figures);
/* Whether a claim's reading may have that key: true for those that belong to no metric. */
bool metric_takes_key(ClaimMetric metric, const char *key);
/* "rate_ratio and miss_difference": for whom the key is; NULL: for all. Caller frees. */
char *metric_owners(const char *key);

#endif
