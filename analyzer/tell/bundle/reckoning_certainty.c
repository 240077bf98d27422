/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How certain a verdict is follows from what the document says of the footage, the truth, the system, the
 * lock and the audit. Words may be another version's; keys, figures and levels are held to it. */
#include "bundle/reckoning.h"

#include "evaluate/results_certainty.h"

#include <string.h>

static bool check_reason(const ResultsCertaintyReason *found, const ResultsCertaintyReason *expected,
                         const char *place, VerifyReport *report)
{
    static const char source[] = "what the document says besides";
    if (g_strcmp0(found->key, expected->key) != 0 || g_strcmp0(found->state, expected->state) != 0) {
        g_autofree char *left = g_strdup_printf("%s (%s)", found->key, found->state),
                        *right = g_strdup_printf("%s (%s)", expected->key, expected->state);
        return reckoning_accuse(place, "key", left, right, source, report);
    }
    return reckoning_holds(FIGURE(found, figure), place, expected->figure, source, report) &&
           reckoning_holds(FIGURE(found, of), place, expected->of, source, report) &&
           reckoning_holds(FIGURE(found, lowers), place, results_double(expected->lowers), source, report);
}

static bool check_claim(const ResultsClaim *claim, const ResultsClaim *expected, const char *place,
                        VerifyReport *report)
{
    const ResultsCertainty *found = &claim->certainty, *other = &expected->certainty;
    for (size_t i = 0; i < MIN(found->reasons.count, other->reasons.count); i++) {
        g_autofree char *way = g_strdup_printf("%s.certainty.reasons[%zu]", place, i);
        if (!check_reason(&found->reasons.at[i], &other->reasons.at[i], way, report))
            return false;
    }
    if (found->reasons.count != other->reasons.count) {
        g_autofree char *left = g_strdup_printf("%zu", found->reasons.count),
                        *right = g_strdup_printf("%zu", other->reasons.count);
        return reckoning_accuse(place, "certainty.reasons", left, right, "what the document says besides",
                                report);
    }
    if (g_strcmp0(found->level, other->level) != 0)
        return reckoning_accuse(place, "certainty.level", found->level != NULL ? found->level : "nothing",
                                other->level != NULL ? other->level : "nothing", "its reasons", report);
    return reckoning_holds(FIGURE(found, lowered), place, results_double(other->lowered), "its reasons",
                           report);
}

bool reckoning_check_certainty(const json_t *document, VerifyReport *report)
{
    g_autoptr(Results) results = results_load(document);
    for (size_t i = 0; i < results->scenarios.count; i++) {
        const ResultsScenario *scenario = &results->scenarios.at[i];
        for (size_t j = 0; j < scenario->evaluations.count; j++) {
            const ResultsEvaluation *evaluation = &scenario->evaluations.at[j];
            for (size_t k = 0; k < evaluation->claims.count; k++) {
                const ResultsClaim *claim = &evaluation->claims.at[k];
                if (claim->certainty.json == NULL)
                    continue; /* of a version that did not say it */
                g_autofree char *place =
                    g_strdup_printf("scenarios[%zu].evaluations[%zu].claims[%zu]", i, j, k);
                json_t *again =
                    json_pack("{s:o}", "certainty", results_certainty(results, scenario, evaluation, claim));
                g_autoptr(ResultsClaim) expected = results_load_claim(again);
                const bool same = check_claim(claim, expected, place, report);
                json_decref(again);
                if (!same)
                    return false;
            }
        }
    }
    return true;
}
