/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/survey_outcome.h"

#include "results/fields.h"
#include "scoring/distributions.h"
#include "survey/survey_draw.h"
#include "survey/survey_words.h"

#include <math.h>
#include <string.h>

const char *survey_out_name(SurveyOut out)
{
    static const char *const names[] = {"false", "real", "undecidable", "differing", "single", "missing"};
    return names[out];
}

static SurveyWord word_of(const SurveySheet *sheet, size_t alert)
{
    return sheet != NULL ? sheet->words[alert] : SURVEY_UNJUDGED;
}

static SurveyOut out_of(SurveyWord word)
{
    return word == SURVEY_FALSE  ? SURVEY_OUT_FALSE
           : word == SURVEY_REAL ? SURVEY_OUT_REAL
                                 : SURVEY_OUT_UNDECIDABLE;
}

SurveyOut survey_settle(const SurveyJudging *judging, size_t alert)
{
    const SurveyWord first = word_of(judging->first, alert), second = word_of(judging->second, alert),
                     agreed = word_of(judging->agreed, alert);
    const bool one = judging->second == NULL;
    if (first != SURVEY_UNJUDGED && (one || first == second))
        return out_of(first);
    if (agreed != SURVEY_UNJUDGED)
        return out_of(agreed);
    if (first == SURVEY_UNJUDGED && second == SURVEY_UNJUDGED)
        return SURVEY_OUT_MISSING;
    return first == SURVEY_UNJUDGED || second == SURVEY_UNJUDGED ? SURVEY_OUT_SINGLE : SURVEY_OUT_DIFFERING;
}

void survey_check_agreed(const SurveyJudging *judging, const char *path, Problems *problems)
{
    for (size_t i = 0; judging->agreed != NULL && i < judging->draw->alerts.count; i++) {
        const SurveyWord agreed = judging->agreed->words[i], first = word_of(judging->first, i);
        const bool alike =
            first != SURVEY_UNJUDGED && (judging->second == NULL || first == word_of(judging->second, i));
        if (alike && agreed != SURVEY_UNJUDGED && agreed != first)
            problems_add(problems, path, judging->agreed->lines[i], 0, NULL,
                         "found “%s” for %s, expected nothing or “%s”: it was judged so already",
                         survey_word_name(agreed), judging->draw->alerts.at[i].id, survey_word_name(first));
    }
}

/* ---- figures */

static void count(const SurveyJudging *judging, FiniteStratum *strata, int64_t counts[SURVEY_OUTS],
                  GArray *alerts)
{
    const ResultsSurveyDraw *draw = judging->draw;
    for (size_t i = 0; i < draw->strata.count; i++)
        strata[i] =
            (FiniteStratum){.population = draw->strata.at[i].population, .drawn = draw->strata.at[i].drawn};
    for (size_t i = 0; i < draw->alerts.count; i++) {
        const SurveyOut out = survey_settle(judging, i);
        FiniteStratum *stratum = &strata[draw->alerts.at[i].stratum];
        counts[out]++;
        stratum->marked += out == SURVEY_OUT_FALSE;
        stratum->open += out != SURVEY_OUT_FALSE && out != SURVEY_OUT_REAL;
        const ResultsSurveyJudged judged = {.id = draw->alerts.at[i].id,
                                            .stratum = draw->alerts.at[i].stratum,
                                            .line = draw->alerts.at[i].line,
                                            .first = survey_word_name(word_of(judging->first, i)),
                                            .second = survey_word_name(word_of(judging->second, i)),
                                            .agreed = survey_word_name(word_of(judging->agreed, i)),
                                            .outcome = survey_out_name(out)};
        g_array_append_val(alerts, judged);
    }
}

static ResultsSurveyAgreement agree(const SurveyJudging *judging)
{
    ResultsSurveyAgreement agreement;
    results_blank(&result_survey_agreement, &agreement);
    if (judging->second == NULL)
        return agreement;
    int64_t table[9] = {0};
    agreement.both = agreement.alike = 0;
    for (size_t i = 0; i < judging->draw->alerts.count; i++) {
        const SurveyWord a = judging->first->words[i], b = judging->second->words[i];
        if (a == SURVEY_UNJUDGED || b == SURVEY_UNJUDGED)
            continue;
        table[(size_t)a * 3 + (size_t)b]++;
        agreement.both++;
        agreement.alike += a == b;
    }
    const Kappa kappa = statistics_kappa(table, 3);
    const double z = distribution_normal_quantile((1 - judging->draw->level) / 2, DISTRIBUTION_ABOVE);
    agreement.kappa = kappa.kappa;
    agreement.se = kappa.se;
    agreement.low = fmax(kappa.kappa - z * kappa.se, -1);
    agreement.high = fmin(kappa.kappa + z * kappa.se, 1);
    if (isnan(kappa.kappa))
        agreement.low = agreement.high = (double)NAN;
    return agreement;
}

static ResultsSurveyShare share_of(const ResultsSurveyDraw *draw, const FiniteStratum *strata,
                                   FiniteMethod method)
{
    const double population = (double)draw->population;
    const FiniteInterval interval = finite_interval(strata, draw->strata.count, method, draw->level);
    ResultsSurveyShare share = {.low_alerts = interval.low,
                                .high_alerts = interval.high,
                                .level = draw->level,
                                .method = finite_method_name(method, strata, draw->strata.count)};
    finite_estimate(strata, draw->strata.count, &share.from, &share.to);
    share.from /= population; /* of none: undefined */
    share.to /= population;
    share.low = (double)interval.low / population;
    share.high = (double)interval.high / population;
    return share;
}

static void add_parts(const ResultsSurveyDraw *draw, const FiniteStratum *strata, GArray *parts)
{
    for (size_t i = 0; i < draw->strata.count; i++) {
        const FiniteInterval alone = finite_interval(&strata[i], 1, FINITE_FISHER, draw->level);
        const ResultsSurveyPart part = {.name = draw->strata.at[i].name,
                                        .population = strata[i].population,
                                        .drawn = strata[i].drawn,
                                        .wrong = strata[i].marked,
                                        .open = strata[i].open,
                                        .low_alerts = alone.low,
                                        .high_alerts = alone.high};
        g_array_append_val(parts, part);
    }
}

static void add_sheets(const SurveyJudging *judging, GArray *sheets)
{
    const struct {
        const SurveySheet *sheet;
        const char *role;
    } all[] = {{judging->first, "first"}, {judging->second, "second"}, {judging->agreed, "agreed"}};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        if (all[i].sheet == NULL)
            continue;
        const ResultsSurveySheet sheet = {.file = all[i].sheet->file,
                                          .sha256 = all[i].sheet->sha256,
                                          .role = all[i].role,
                                          .judged = all[i].sheet->judged};
        g_array_append_val(sheets, sheet);
    }
}

static void judge(const SurveyJudging *judging, const FiniteStratum *strata, FiniteMethod method,
                  ResultsSurvey *survey)
{
    const bool given = judging->claim.op != NULL;
    survey->claim = given ? judging->claim : judging->draw->claim;
    results_blank(&result_survey_verdict, &survey->verdict);
    if (survey->claim.op == NULL) {
        results_blank(&result_survey_claim, &survey->claim);
        return;
    }
    survey->claim.json = NULL;
    const FiniteVerdict verdict =
        finite_judge(strata, judging->draw->strata.count, method, survey_claim_op(&survey->claim),
                     survey->claim.limit_millionths, survey->claim.alpha);
    survey->verdict.verdict = verdict_name(verdict.verdict);
    survey->verdict.boundary = verdict.boundary;
    survey->verdict.p_support = verdict.p_support;
    survey->verdict.p_refute = verdict.p_refute;
    survey->verdict.stated_before = results_bool(!given);
}

/* The sentences in every language; the phrases are given back. */
static void say_all(GPtrArray *phrases, GPtrArray *said, ResultsTexts *out)
{
    for (guint i = 0; i < phrases->len; i++) {
        Phrase *phrase = g_ptr_array_index(phrases, i);
        g_ptr_array_add(said, phrase_json(phrase));
        phrase_free(phrase);
    }
    g_ptr_array_unref(phrases);
    out->count = said->len;
    g_ptr_array_add(said, NULL); /* of none, too, the list must not point to nothing */
    out->at = (const json_t *const *)(const void *)said->pdata;
}

static void unref_text(gpointer text)
{
    json_decref(text);
}

static json_t *take_phrase(Phrase *phrase)
{
    json_t *text = phrase_json(phrase);
    phrase_free(phrase);
    return text;
}

/* A list of a record, also of none. */
#define LIST_OF(array, member)                                                       \
    (g_array_set_size((array), (array)->len + 1), (member).count = (array)->len - 1, \
     (member).at = (const void *)(array)->data)

json_t *survey_outcome(const SurveyJudging *judging)
{
    const ResultsSurveyDraw *draw = judging->draw;
    g_autofree FiniteStratum *strata = g_new0(FiniteStratum, draw->strata.count + 1);
    g_autoptr(GArray) alerts = g_array_new(FALSE, TRUE, sizeof(ResultsSurveyJudged));
    g_autoptr(GArray) parts = g_array_new(FALSE, TRUE, sizeof(ResultsSurveyPart));
    g_autoptr(GArray) sheets = g_array_new(FALSE, TRUE, sizeof(ResultsSurveySheet));
    g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func(unref_text),
                         cannot = g_ptr_array_new_with_free_func(unref_text);
    int64_t counts[SURVEY_OUTS] = {0};
    count(judging, strata, counts, alerts);
    add_parts(draw, strata, parts);
    add_sheets(judging, sheets);
    const FiniteMethod method = strcmp(draw->method, "fisher") == 0 ? FINITE_FISHER : FINITE_POOLED;
    ResultsSurvey survey = {.schema = SURVEY_SCHEMA,
                            .program = VSAUDIT_VERSION,
                            .draw_sha256 = judging->draw_sha256,
                            .signer = judging->signer,
                            .log = draw->log,
                            .seed = draw->seed,
                            .seed_from = draw->seed_from,
                            .again = draw->again,
                            .earlier_draws = (int64_t)draw->earlier.count,
                            .later_draws = judging->later_draws,
                            .population = draw->population,
                            .by = draw->by,
                            .counts = {.drawn = draw->drawn,
                                       .wrong = counts[SURVEY_OUT_FALSE],
                                       .real = counts[SURVEY_OUT_REAL],
                                       .undecidable = counts[SURVEY_OUT_UNDECIDABLE],
                                       .differing = counts[SURVEY_OUT_DIFFERING],
                                       .single = counts[SURVEY_OUT_SINGLE],
                                       .missing = counts[SURVEY_OUT_MISSING]},
                            .agreement = agree(judging),
                            .share = share_of(draw, strata, method)};
    results_blank(&result_survey_rate, &survey.rate);
    if (!isnan(judging->hours)) {
        survey.rate.hours = judging->hours;
        survey.rate.low = (double)survey.share.low_alerts / judging->hours;
        survey.rate.high = (double)survey.share.high_alerts / judging->hours;
    }
    judge(judging, strata, method, &survey);
    LIST_OF(sheets, survey.sheets);
    LIST_OF(parts, survey.strata);
    LIST_OF(alerts, survey.alerts);
    json_t *answer = take_phrase(survey_answer(&survey));
    json_t *sentence = survey.claim.op != NULL ? take_phrase(survey_verdict_sentence(&survey)) : NULL;
    survey.answer = answer;
    survey.verdict.sentence = sentence;
    say_all(survey_remarks(&survey), remarks, &survey.remarks);
    say_all(survey_cannot_say(&survey), cannot, &survey.cannot_say);
    json_t *document = results_dump(&result_survey, &survey);
    json_decref(answer);
    json_decref(sentence);
    return document;
}
