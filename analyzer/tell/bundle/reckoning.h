/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What results.json says, against itself and against the replays, without the truth and the logs: for a
 * bundle whose inputs this program cannot score. Counts follow from the rows of alerts and events, rates from
 * counts, intervals and tests from both, verdicts from tests; lengths, quality and the alerts of built-in
 * behaviours from replays.jsonl. What a document does not say is not asked for. */
#ifndef VSAUDIT_BUNDLE_RECKONING_H
#define VSAUDIT_BUNDLE_RECKONING_H

#include "bundle/verify.h"

#include <jansson.h>

/* `data`: the bag's data folder; `results`: its results.json. The first contradiction becomes a fault that
 * names its place. */
void verify_reckoning(const char *data, const json_t *results, VerifyReport *report);

/* The parts of it; `place` is the way to the object, "scenarios[0].evaluations[1]". Each returns false when
 * it has reported a fault. */
bool reckoning_check_evaluation(const json_t *evaluation, const char *place, VerifyReport *report);
bool reckoning_check_rates(const json_t *value, const char *place, VerifyReport *report);
bool reckoning_check_replays(const char *data, const json_t *results, VerifyReport *report);
/* Whether the number at `path` of the object is there and another one; then it is reported. */
bool reckoning_holds(const json_t *object, const char *place, const char *path, double expected,
                     const char *source, VerifyReport *report);

#endif
