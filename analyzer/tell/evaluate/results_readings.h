/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of results.json that follow from several readings of the same clips: annotators and earlier truth. */
#ifndef VSAUDIT_EVALUATE_RESULTS_READINGS_H
#define VSAUDIT_EVALUATE_RESULTS_READINGS_H

#include "config/scenario.h"
#include "scoring/eval.h"
#include "store/store.h"

#include <jansson.h>

/* scenarios[].agreement: each pair of annotators, and each annotator with the truth. An empty array without
 * annotators; NULL with an error. Caller owns. */
json_t *results_agreement(const Scenario *scenario, Store *store, const EvalSettings *settings,
                          GError **error);
/* evaluations[].earlier_truth: the same alerts scored against each earlier version of the truth. `clips` is
 * what was scored against the truth of today. Caller owns. */
json_t *results_earlier_truth(const Scenario *scenario, const EvalClip *clips, size_t count,
                              const EvalSettings *settings);

#endif
