/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a verdict speaks of.
 *
 * Of these clips alone ("these_clips") the exact test decides. Of places like these ("places_like_these",
 * unless the claim says otherwise) the exact test and the tests of a mean over cameras that differ
 * (scoring/places.h) must both have it, at least PLACES_LEAST cameras there, and the same again over days
 * where the days of all clips are known. Judged at any time (ClaimReading.anytime) it is the e-processes of
 * both that must have it. A verdict can be lost by this, never won. Clips that do not say
 * which camera they are from may all be from one, and count as one when cameras are counted. One exception:
 * “never” (a limit of 0, of shares also 1: “always”) is refuted everywhere by a single case, and supported by
 * no number of clips or cameras. */
#ifndef VSAUDIT_SCORING_SCOPE_H
#define VSAUDIT_SCORING_SCOPE_H

#include "scoring/claims.h"
#include "scoring/independence.h"
#include "scoring/places.h"

/* "places_like_these", "these_clips"; NULL-terminated, the words of scenarios and of results.json. */
extern const char *const scope_names[];

/* The least days. At any time there must be more of them: who looks after ten nights may have met no bad one
 * yet, though one in seven is (tests/README.md). */
#define SCOPE_LEAST_DAYS_ANYTIME 20
int64_t scope_least_days(bool anytime);

/* Counts of a claim's metric over clusters (GArray of CameraTotals, cameras or days). False when the metric
 * is not told so; then nothing is to be freed. */
typedef struct {
    int64_t *counts;
    double *exposures;
    PlacesCounts of;
    int64_t unnamed; /* of them, with exposure: clips that name no camera */
} ScopeCounts;
bool scope_count(ClaimMetric metric, const GArray *totals, ScopeCounts *counts);
void scope_counts_clear(ScopeCounts *counts);

/* The exact verdict of a rate or a share, carried to its scope. `days` NULL: not known of every clip. */
Scope scope_judge(ClaimScope scope, const ClaimReading *reading, Verdict exact, const ScopeCounts *cameras,
                  const ScopeCounts *days);
/* The same without the interval, which takes the longest. */
Scope scope_test(ClaimScope scope, const ClaimReading *reading, Verdict exact, const ScopeCounts *cameras,
                 const ScopeCounts *days);
/* The same of a figure for which there is no such model, but an interval over whole cameras drawn again:
 * without one, or when that interval says otherwise, nothing is established beyond these cameras. `unnamed`:
 * clips among its cameras that name none. */
Scope scope_judge_drawn(ClaimScope scope, Verdict exact, const Independence *independence, int64_t unnamed);
/* Says which look it is. What a single case refutes is refuted at every look. */
void scope_hold(Scope *scope, const Looks *looks);
/* Whether what it speaks of, or which look it is, leaves it without a verdict; scope_reason() says why. */
bool scope_is_taken_back(const Scope *scope);
/* The exact verdict, or VERDICT_NOT_ESTABLISHED where it is taken back. */
Verdict scope_verdict(const Scope *scope);

/* Behind "not established": ", since only 4 cameras were filmed, …". Of one that was taken back alone. Caller
 * frees. */
Phrase *scope_reason(const Scope *scope);
/* To stand behind the verdict's sentence: what it speaks of, and with `p_exact` what these clips alone would
 * say. `percent`: the figure is a share. NULL when there is nothing to say. Caller frees. */
Phrase *scope_sentence(const Scope *scope, double p_exact, bool percent);

#endif
