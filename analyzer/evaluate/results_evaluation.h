/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One evaluation of results.json: one system, one scenario, one condition. */
#ifndef VSAUDIT_REPORT_RESULTS_EVALUATION_H
#define VSAUDIT_REPORT_RESULTS_EVALUATION_H

#include "evaluate/results_comparisons.h"
#include "scoring/eval1.h"
#include "systems/system.h"

#include <jansson.h>

/* Scores and describes; what comparisons need is kept there (NULL: nowhere). NULL with an error. Caller owns.
 */
json_t *results_evaluate(const Scenario *scenario, const SystemSpec *system, const ConditionSpec *condition,
                         Systems *systems, Store *store, Comparisons *comparisons, GError **error);
/* Adds "sweep" when the system has one. False with an error. */
bool results_add_sweep(const Scenario *scenario, const SystemSpec *system, const ConditionSpec *condition,
                       Systems *systems, Store *store, json_t *evaluation, GError **error);
/* The protocol parameters of a scenario. False with an INPUT error. */
bool results_load_settings(const Scenario *scenario, Eval1Settings *settings, GError **error);
/* The sentences of `limits` that follow from one evaluation are appended to the array. */
void results_append_limits(const json_t *scenario, const json_t *evaluation, json_t *limits);

#endif
