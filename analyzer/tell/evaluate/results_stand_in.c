/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_stand_in.h"

#include "config/system_kind.h"
#include "evaluate/results_log.h"
#include "results/results_json.h"

#include <string.h>

static const Claim *find_claim(const Scenario *scenario, const char *id)
{
    for (guint i = 0; i < scenario->claims->len; i++) {
        const Claim *claim = g_ptr_array_index(scenario->claims, i);
        if (g_strcmp0(claim->id, id) == 0)
            return claim;
    }
    return NULL;
}

/* What somebody said is about somebody's product, unless the scenario says otherwise; our own rules are none.
 */
static bool is_about_another(const Claim *claim, const char *system_kind)
{
    if (claim->about != CLAIM_ABOUT_NOT_STATED)
        return claim->about == CLAIM_ABOUT_ANOTHER_PRODUCT;
    return claim->source.en != NULL && !system_kind_is_product(system_kind);
}

static void withhold(json_t *claim)
{
    const char *verdict = json_string_value(json_object_get(claim, "verdict"));
    if (verdict == NULL || strcmp(verdict, "not_testable") == 0)
        return;
    g_autofree char *came_out = g_strconcat("outcome.", verdict, NULL);
    json_t *said = results_said(phrase_word(phrase_new("claim.other_system"), "outcome", came_out));
    json_object_set_new(claim, "outcome", json_string(verdict));
    json_object_set(claim, "outcome_sentence", json_object_get(claim, RESULTS_SENTENCE));
    json_object_set_new(claim, RESULTS_SENTENCE, said);
    json_object_set_new(claim, "verdict", json_string("other_system"));
}

void results_withhold_from_others(const Audit *audit, json_t *scenarios)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        const json_t *evaluations = json_object_get(json_array_get(scenarios, i), "evaluations");
        for (size_t e = 0; e < json_array_size(evaluations); e++) {
            const json_t *evaluation = json_array_get(evaluations, e), *claims;
            const char *kind = json_string_value(json_object_get(evaluation, "system_kind"));
            claims = json_object_get(evaluation, "claims");
            for (size_t c = 0; c < json_array_size(claims); c++) {
                json_t *object = json_array_get(claims, c);
                const Claim *claim = find_claim(scenario, json_string_value(json_object_get(object, "id")));
                if (claim != NULL && is_about_another(claim, kind))
                    withhold(object);
            }
        }
    }
}
