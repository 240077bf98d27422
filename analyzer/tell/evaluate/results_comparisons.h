/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims that set one evaluation of a scenario against another. While the evaluations are made one after the
 * other, what a comparison needs of each is kept: per clip the counts, per event whether it was found. */
#ifndef VSAUDIT_EVALUATE_RESULTS_COMPARISONS_H
#define VSAUDIT_EVALUATE_RESULTS_COMPARISONS_H

#include "config/scenario.h"
#include "evaluate/results_looks.h"
#include "language/phrase.h"
#include "scoring/eval.h"
#include "scoring/log_fit.h"

#include <jansson.h>

typedef struct Comparisons Comparisons;

/* NULL when no claim of the scenario compares; all functions take NULL. */
Comparisons *comparisons_new(const Scenario *scenario);
void comparisons_free(Comparisons *comparisons);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Comparisons, comparisons_free)

/* Every evaluation is of the same clips in the same order. `fit`: whether its log bears a verdict. */
void comparisons_keep(Comparisons *comparisons, const SystemSpec *system, const ConditionSpec *condition,
                      const EvalClip *clips, const EvalResult *result, const LogFit *fit,
                      const LookTaken *look);
/* Completes, in each evaluation's "claims", those that compare (left bare by results_claim), and notes those
 * whose verdict is read in the look to come (`looks`, NULL: nobody counts). */
void comparisons_judge(const Comparisons *comparisons, json_t *evaluations, double level, LookLog *looks);
/* As its scenario calls it; else, where it is one that every scenario may name ("as-recorded"), in the words
 * of the program; else NULL. Caller frees. */
Phrase *results_condition_title(const ConditionSpec *condition);

#endif
