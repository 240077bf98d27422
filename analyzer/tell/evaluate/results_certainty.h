/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How certain each verdict is (scoring/grade.h), from what results.json says and nothing else: whoever has
 * the document can reckon it again. */
#ifndef VSAUDIT_EVALUATE_RESULTS_CERTAINTY_H
#define VSAUDIT_EVALUATE_RESULTS_CERTAINTY_H

#include "results/document.h"

#include <jansson.h>

/* Sets “certainty” in every claim of the document, which is whole but for this and what comes after rounding
 * (its lock is there). Of a claim whose verdict is neither supported nor refuted it has no level. */
void results_add_certainty(json_t *document);
/* The same of one claim, as it would be set. `results` is the document that holds it. New reference. */
json_t *results_certainty(const Results *results, const ResultsScenario *scenario,
                          const ResultsEvaluation *evaluation, const ResultsClaim *claim);

#endif
