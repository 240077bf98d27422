/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of "vsaudit plan" about claims that set two systems or conditions against each other. */
#ifndef VSAUDIT_CLI_PLAN_COMPARISON_H
#define VSAUDIT_CLI_PLAN_COMPARISON_H

#include "config/scenario.h"

#include <jansson.h>

typedef struct {
    const double *ratios; /* of the truth to the limit: below 1 to support, above to refute */
    size_t ratio_count;
    double power;
} PlanOptions;

/* Annotated camera-hours (NAN when a length is not known) and scored events of a scenario's clips. */
void plan_count_footage(const Scenario *scenario, double *hours, double *events);
/* Prints the claim's lines, or appends its record to `list` when that is not NULL. */
void plan_comparison(const Scenario *scenario, const Claim *claim, const PlanOptions *options, json_t *list);

#endif
