/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims in results.json: one claim about one evaluation, and Holm's correction over all confirmatory ones.
 */
#ifndef VSAUDIT_REPORT_RESULTS_CLAIMS_H
#define VSAUDIT_REPORT_RESULTS_CLAIMS_H

#include "config/scenario.h"
#include "scoring/eval1.h"

#include <jansson.h>

/* Caller owns. */
json_t *results_claim(const Claim *claim, const Scenario *scenario, const Eval1Figures *figures);
/* Adjusts p over all confirmatory claims of the scenarios (Holm) and judges these claims by the adjusted p.
 */
void results_adjust_claims(json_t *scenarios);

#endif
