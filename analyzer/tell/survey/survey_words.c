/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/survey_words.h"

#include "survey/survey_draw.h"

#include <math.h>
#include <string.h>

static int64_t count_open(const ResultsSurvey *survey)
{
    return survey->counts.undecidable + survey->counts.differing + survey->counts.single +
           survey->counts.missing;
}

static Phrase *say_open(const ResultsSurvey *survey)
{
    const int64_t open = count_open(survey);
    return open > 0 ? phrase_integer(phrase_new("survey.open"), "open", open) : NULL;
}

/* “treated alerts” only where the sample was drawn from these. */
static const char *kind_key(const ResultsSurvey *survey)
{
    return survey->log.treated.count > 0 ? "survey.kind.treated" : "survey.kind.all";
}

Phrase *survey_answer(const ResultsSurvey *survey)
{
    const ResultsSurveyShare *share = &survey->share;
    if (survey->population == 0)
        return phrase_word(phrase_new("survey.answer.none"), "kind", kind_key(survey));
    /* The bounds of a sample may meet, too, where little was left out. */
    const bool known = share->low_alerts == share->high_alerts && g_strcmp0(share->method, "census") == 0;
    Phrase *said = phrase_new(known ? "survey.answer.known" : "survey.answer");
    phrase_integer(said, "population", survey->population);
    phrase_word(said, "kind", kind_key(survey));
    phrase_percent(said, "low", share->low);
    phrase_percent(said, "high", share->high);
    phrase_integer(said, "low_alerts", share->low_alerts);
    phrase_integer(said, "high_alerts", share->high_alerts);
    phrase_percent(said, "sure", share->level);
    phrase_integer(said, "wrong", survey->counts.wrong);
    phrase_integer(said, "drawn", survey->counts.drawn);
    return phrase_part(said, "open", say_open(survey));
}

static Phrase *say_claim(const ResultsSurveyClaim *claim)
{
    static const char *const keys[] = {[FINITE_AT_MOST] = "survey.claim.at_most",
                                       [FINITE_LESS] = "survey.claim.less",
                                       [FINITE_AT_LEAST] = "survey.claim.at_least",
                                       [FINITE_MORE] = "survey.claim.more"};
    const double limit = (double)claim->limit_millionths / (double)FINITE_MILLION;
    return phrase_percent(phrase_new(keys[survey_claim_op(claim)]), "limit", limit);
}

Phrase *survey_verdict_sentence(const ResultsSurvey *survey)
{
    static const struct {
        const char *word, *key;
    } verdicts[] = {{"supported", "verdict.supported"},
                    {"refuted", "verdict.refuted"},
                    {"not_established", "verdict.not_established"}};
    const ResultsSurveyVerdict *verdict = &survey->verdict;
    const FiniteOp op = survey_claim_op(&survey->claim);
    const bool few = op == FINITE_AT_MOST || op == FINITE_LESS;
    if (strcmp(verdict->verdict, "not_testable") == 0)
        return phrase_new("survey.verdict.not_testable");
    Phrase *said = phrase_new(few ? "survey.verdict.few" : "survey.verdict.many");
    phrase_part(said, "claim", say_claim(&survey->claim));
    phrase_integer(said, "bound", few ? MAX(verdict->boundary, 0) : verdict->boundary + 1);
    phrase_integer(said, "population", survey->population);
    phrase_integer(said, "wrong", survey->counts.wrong);
    phrase_integer(said, "drawn", survey->counts.drawn);
    phrase_part(said, "open", say_open(survey));
    for (size_t i = 0; i < G_N_ELEMENTS(verdicts); i++)
        if (strcmp(verdicts[i].word, verdict->verdict) == 0)
            phrase_word(said, "verdict", verdicts[i].key);
    const bool refuted = strcmp(verdict->verdict, "refuted") == 0;
    if (!refuted && strcmp(verdict->verdict, "supported") != 0)
        return said;
    const double p = refuted ? verdict->p_refute : verdict->p_support;
    return phrase_part(said, "rest", phrase_p(phrase_new("claim.p"), "p", p));
}

/* ---- what is to be known of it */

static void add_number(GPtrArray *list, const char *key, int64_t n)
{
    if (n > 0)
        g_ptr_array_add(list, phrase_integer(phrase_new(key), "n", n));
}

static Phrase *say_agreement(const ResultsSurvey *survey)
{
    const ResultsSurveyAgreement *agreement = &survey->agreement;
    const bool undefined = isnan(agreement->kappa);
    Phrase *said = phrase_new(undefined ? "survey.agreement.undefined" : "survey.agreement");
    phrase_integer(said, "both", agreement->both);
    phrase_integer(said, "alike", agreement->alike);
    phrase_decimal(said, "kappa", agreement->kappa, 2);
    phrase_decimal(said, "low", agreement->low, 2);
    return phrase_decimal(said, "high", agreement->high, 2);
}

static Phrase *say_seed(const ResultsSurvey *survey)
{
    if (strcmp(survey->seed_from, "log") == 0)
        return phrase_new("survey.seed.log");
    return phrase_own(phrase_new("survey.seed.given"), "seed", survey->seed);
}

static void add_draws(const ResultsSurvey *survey, GPtrArray *list)
{
    if (survey->earlier_draws > 0)
        g_ptr_array_add(
            list, phrase_own(phrase_integer(phrase_new("survey.draws.earlier"), "n", survey->earlier_draws),
                             "again", survey->again));
    if (survey->later_draws == RESULTS_UNKNOWN)
        g_ptr_array_add(list, phrase_new("survey.draws.not_looked"));
    else
        add_number(list, "survey.draws.later", survey->later_draws);
}

GPtrArray *survey_remarks(const ResultsSurvey *survey)
{
    static const struct {
        const char *method, *key;
    } methods[] = {{"census", "survey.method.census"},
                   {"hypergeometric", "survey.method.hypergeometric"},
                   {"fisher", "survey.method.fisher"},
                   {"pooled-binomial", "survey.method.pooled"}};
    GPtrArray *list = g_ptr_array_new();
    if (survey->agreement.both == RESULTS_UNKNOWN)
        g_ptr_array_add(list, phrase_new("survey.one_judge"));
    else
        g_ptr_array_add(list, say_agreement(survey));
    add_number(list, "survey.remark.undecidable", survey->counts.undecidable);
    add_number(list, "survey.remark.differing", survey->counts.differing);
    add_number(list, "survey.remark.single", survey->counts.single);
    add_number(list, "survey.remark.missing", survey->counts.missing);
    if (survey->claim.op != NULL && !results_true(survey->verdict.stated_before))
        g_ptr_array_add(list, phrase_new("survey.claim.late"));
    add_draws(survey, list);
    g_ptr_array_add(list, say_seed(survey));
    if (survey->signer != NULL)
        g_ptr_array_add(list, phrase_own(phrase_new("survey.signed"), "key", survey->signer));
    for (size_t i = 0; i < G_N_ELEMENTS(methods); i++)
        if (strcmp(methods[i].method, survey->share.method) == 0)
            g_ptr_array_add(list, phrase_new(methods[i].key));
    add_number(list, "survey.remark.repeated", survey->log.repeated);
    add_number(list, "survey.remark.ignored", survey->log.ignored);
    add_number(list, "survey.remark.renumbered", survey->log.renumbered);
    return list;
}

GPtrArray *survey_cannot_say(const ResultsSurvey *survey)
{
    GPtrArray *list = g_ptr_array_new();
    g_ptr_array_add(list, phrase_new("survey.cannot.misses"));
    if (survey->log.treated.count > 0)
        g_ptr_array_add(list,
                        phrase_integer(phrase_new("survey.cannot.untreated"), "n", survey->log.untreated));
    else
        g_ptr_array_add(list, phrase_new(results_true(survey->log.says_treated) ? "survey.cannot.all_states"
                                                                                : "survey.cannot.states"));
    g_ptr_array_add(list, phrase_new("survey.cannot.deleted"));
    if (isnan(survey->rate.hours)) {
        g_ptr_array_add(list, phrase_new("survey.cannot.hours"));
    } else {
        Phrase *rate = phrase_new("survey.cannot.hours_stated");
        phrase_number(rate, "hours", survey->rate.hours, 6);
        phrase_number(rate, "low", survey->rate.low, 3);
        g_ptr_array_add(list, phrase_number(rate, "high", survey->rate.high, 3));
    }
    g_ptr_array_add(list, phrase_new("survey.cannot.pictures"));
    g_ptr_array_add(list, phrase_new("survey.cannot.elsewhere"));
    return list;
}
