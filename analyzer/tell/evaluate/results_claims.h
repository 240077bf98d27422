/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims in results.json: one claim about one evaluation, and Holm's correction over all families of claims.
 */
#ifndef VSAUDIT_EVALUATE_RESULTS_CLAIMS_H
#define VSAUDIT_EVALUATE_RESULTS_CLAIMS_H

#include "config/scenario.h"
#include "evaluate/results_looks.h"
#include "results/record_claim.h"
#include "scoring/eval.h"
#include "scoring/independence.h"
#include "scoring/log_fit.h"

#include <jansson.h>

/* What the figures are the sum of (GArray of CameraTotals). */
typedef struct {
    const GArray *cameras;
    const GArray *days; /* NULL: not known of every clip */
} ClaimClusters;

/* `level` is that of the intervals, `fit` says whether the log bears a verdict. A claim that compares is left without a verdict, for
 * comparisons_judge(). Caller owns. */
json_t *results_claim(const Claim *claim, const Scenario *scenario, const EvalFigures *figures,
                      const ClaimClusters *clusters, double level, const LogFit *fit, const LookTaken *look);
json_t *results_scope(const Scope *scope);
json_t *results_independence(const Independence *independence);
/* Sets what every judged claim says, from "value" to "needed", in its place behind what was observed. */
void results_put_judged(json_t *claim, const ResultsClaim *judged);
/* How much more a verdict needs, without a further error (NAN, -1: nothing would do), and how much that is
 * together with what there was. */
ResultsNeeded results_needed(double hours, int64_t events, double hours_there, int64_t events_there);
/* Adjusts p (Holm) over all confirmatory claims of the scenarios, and over each other claim that is tested of
 * several systems or in several scenarios (the same words, figure and condition), and judges these claims by
 * the adjusted p. */
void results_adjust_claims(json_t *scenarios);

#endif
