/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be said of a system's alert log: what became of its rows, whether it fits the hours that were
 * watched, whether its clock looks shifted; and the claims that it cannot bear. */
#ifndef VSAUDIT_EVALUATE_RESULTS_LOG_H
#define VSAUDIT_EVALUATE_RESULTS_LOG_H

#include "evaluate/detail.h"
#include "scoring/log_fit.h"

#include <jansson.h>

/* Whether the alerts fit the watched time, by the account of results_log(). Alerts on clips that nobody
 * watched for the behaviour are among those in unwatched time. */
LogFit results_log_fit(const json_t *account, const Scored *scored, const EvalSettings *settings);
/* "log" of an evaluation: null for a system that has none. Its "remarks" are the sentences that a reader must
 * not miss: they stand on the terminal, on the first page and in `limits`. `fit`: set to results_log_fit().
 * Caller owns. */
json_t *results_log(const Systems *systems, const SystemSpec *system, const ConditionSpec *condition,
                    const Scored *scored, const EvalSettings *settings, LogFit *fit);
/* Where the sentence of a claim stands; and, until results_adjust_claims() has chosen, the one that is said when
 * the correction for other claims takes its verdict back. */
#define RESULTS_SENTENCE "sentence"
#define RESULTS_SENTENCE_IF_LOST "sentence_if_lost"
/* Puts it behind what is said of the claim, where anything is. Takes the phrase. */
void results_add_sentence(json_t *claim, Phrase *phrase);
/* Puts into a judged claim that its verdict was taken back ("withheld"), or a caution behind a refutation by
 * a log that does not fit. `judged`: the verdict before; `said`: the sentence has the reason already. `name`
 * of the system or the condition where the claim is about two, else NULL. */
void results_note_unfit(json_t *claim, const LogFit *fit, Verdict judged, bool said, const Phrase *name);
/* Puts a caution behind a verdict that rests on a log without any alert of the kind. */
void results_note_silence(json_t *claim, const LogFit *fit, Verdict judged, const Phrase *name);
#endif
