/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One evaluation of results.json: one system, one scenario, one condition. */
#ifndef VSAUDIT_EVALUATE_RESULTS_EVALUATION_H
#define VSAUDIT_EVALUATE_RESULTS_EVALUATION_H

#include "config/look_log.h"
#include "evaluate/detail.h"
#include "evaluate/results_comparisons.h"

#include <jansson.h>

/* Who keeps what is behind an evaluation: for the claims that compare systems, and the events and alerts of
 * its clips. */
typedef struct {
    Comparisons *comparisons;
    Detail *detail;
    LookLog *looks; /* of earlier looks, and of this one; NULL: nobody counts */
} EvaluationKeepers;

/* Scores and describes. Without keepers (NULL) only the figures are wanted: the evaluation has no clips. NULL
 * with an error. Caller owns. */
json_t *results_evaluate(const Scenario *scenario, const SystemSpec *system, const ConditionSpec *condition,
                         Systems *systems, Store *store, const EvaluationKeepers *keepers, GError **error);
/* Adds "sweep" when the system has one. False with an error. */
bool results_add_sweep(const Scenario *scenario, const SystemSpec *system, const ConditionSpec *condition,
                       Systems *systems, Store *store, json_t *evaluation, GError **error);
/* The protocol parameters of a scenario. False with an INPUT error. */
bool results_load_settings(const Scenario *scenario, EvalSettings *settings, GError **error);
/* The sentences of `limits` that follow from one evaluation are appended to the array. */
void results_append_limits(const json_t *scenario, const json_t *evaluation, json_t *limits);

#endif
