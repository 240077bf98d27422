/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two runs on the same footage, for instance of two versions of a product: which false alerts and misses are
 * new, gone or changed, with paired tests. Pure: two results.json documents in, one document out. */
#ifndef VSAUDIT_REPORT_COMPARE_H
#define VSAUDIT_REPORT_COMPARE_H

#include "results/record_compare.h"

#include <glib.h>
#include <jansson.h>
#include <stdint.h>

#define COMPARE_SCHEMA "vsaudit/compare/1"

typedef struct {
    int64_t within_us; /* two false alerts on a clip are one and the same when they begin this near */
    /* "old=new", NULL-terminated: a system of the first run is held against one of another id in the second;
     * NULL = none. Others are held against the system of the same id. */
    const char *const *pairs;
} CompareOptions;

/* The comparison, schema vsaudit/compare/1; see reports/README.md. Evaluations are held together by scenario,
 * system and condition; clips by dataset and id, and only those done in both runs count. Events are the same
 * when behaviour, start and end are; false alerts are paired one to one in order of time. Caller owns. */
json_t *compare_results(const json_t *a, const json_t *b, const CompareOptions *options);

#endif
