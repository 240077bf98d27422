/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What results.json says, against itself and against the replays, without the truth and the logs: for a
 * bundle whose inputs this program cannot score. Counts follow from the rows of alerts and events, rates from
 * counts, intervals and tests from both, verdicts from tests; lengths, quality and the alerts of built-in
 * behaviours from replays.jsonl. What a document does not say is not asked for. */
#ifndef VSAUDIT_BUNDLE_RECKONING_H
#define VSAUDIT_BUNDLE_RECKONING_H

#include "bundle/verify.h"
#include "results/document.h"

#include <jansson.h>

/* `data`: the bag's data folder; `document`: its results.json. The first contradiction becomes a fault that
 * names its place. */
void verify_reckoning(const char *data, const json_t *document, VerifyReport *report);

/* A number of the document, and the way to it from its record. */
typedef struct {
    const char *path; /* "counts.hits" */
    double value;     /* NAN: it is not there */
} Figure;

static inline double reckoning_same(double value)
{
    return value;
}
/* FIGURE(evaluation, counts.hits): both of a member. */
#define FIGURE(record, member)                            \
    ((Figure){#member, _Generic((record)->member, int64_t \
                                : results_double, double  \
                                : reckoning_same)((record)->member)})

/* The parts of it; `place` is the way to the object, "scenarios[0].evaluations[1]". Each returns false when
 * it has reported a fault. The second goes through whatever is there. */
bool reckoning_check_evaluation(const ResultsEvaluation *evaluation, const char *place, VerifyReport *report);
bool reckoning_check_rates(const json_t *value, const char *place, VerifyReport *report);
/* Level and reasons of every claim that has them. */
bool reckoning_check_certainty(const json_t *document, VerifyReport *report);
bool reckoning_check_replays(const char *data, const Results *results, VerifyReport *report);
/* Reports what is found at `place`.`path`; false. */
bool reckoning_accuse(const char *place, const char *path, const char *found, const char *expected,
                      const char *source, VerifyReport *report);
/* False when the figure is there and another one; then it is reported. `place` is the way to its record,
 * "scenarios[0].evaluations[1].claims[0]". */
bool reckoning_holds(Figure figure, const char *place, double expected, const char *source,
                     VerifyReport *report);

#endif
