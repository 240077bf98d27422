/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One rule in several wordings on the same footage: what depends on a word that nobody defined. */
#ifndef VSAUDIT_EVALUATE_RESULTS_WORDINGS_H
#define VSAUDIT_EVALUATE_RESULTS_WORDINGS_H

#include "behaviours/behaviour.h"
#include "config/scenario.h"
#include "results/record_parts.h"

#include <jansson.h>

/* The rule in words; its texts are the caller's. */
ResultsNorm results_norm(const Behaviour *rule);
/* Whose words the system's rule follows: {"id", "product", "term", "source", "differs", "norm", "family",
 * "passed_over"}; NULL when the scenario does not say. Caller owns. */
json_t *results_semantics(const Scenario *scenario, const SystemSpec *system);
/* Gives each scenario that has a system in several wordings its "wordings": for each such system and
 * condition the figures and verdicts side by side, and in one sentence how much depends on the words. After
 * all claims have been judged. */
void results_add_wordings(json_t *scenarios);

#endif
