/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/analysis_time.h"

#include "scoring/scope.h"

#include <math.h>

AnalysisTimeResult analysis_time_judge(const AnalysisTimeReading *reading, const EvalFigures *figures)
{
    const double hour_s = 3600;
    AnalysisTimeResult result = {.verdict = VERDICT_NOT_TESTABLE,
                                 .allowed_alerts_per_hour = NAN,
                                 .factor = NAN,
                                 .implied_s_per_alert = NAN,
                                 .p_refute = NAN,
                                 .p_support = NAN};
    result.alerts = rate_poisson(figures->alerts, figures->camera_hours, RATE_PER_CAMERA_HOUR, reading->level,
                                 UNDEFINED_NO_EXPOSURE);
    result.allowed_s = hour_s / (reading->viewing_speed * reading->factor) - hour_s * reading->setup_share;
    if (result.alerts.value > 0)
        result.implied_s_per_alert = fmax(result.allowed_s, 0) / result.alerts.value;
    if (isnan(reading->review_s))
        return result;
    result.allowed_alerts_per_hour = fmax(result.allowed_s, 0) / reading->review_s;
    const double spent_s = hour_s * reading->setup_share + result.alerts.value * reading->review_s;
    if (spent_s > 0)
        result.factor = hour_s / reading->viewing_speed / spent_s;
    const ClaimReading load = {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, true, result.allowed_alerts_per_hour,
                               reading->alpha, reading->level, false};
    const ClaimReading recall = {METRIC_P_MISS, true, reading->p_miss_limit, reading->alpha, reading->level, false};
    result.load = claim_judge_rate(&load, figures->alerts, figures->camera_hours, RATE_PER_CAMERA_HOUR);
    result.recall = claim_judge_proportion(&recall, figures->misses, figures->events, RATE_PER_EVENT);
    if (result.allowed_s < 0) /* the set-up alone takes too long: refuted whatever was seen */
        result.load.p_refute = 0;
    result.p_support = fmax(result.load.p_support, result.recall.p_support);
    result.p_refute = fmin(1, 2 * fmin(result.load.p_refute, result.recall.p_refute));
    result.verdict = result.p_refute <= reading->alpha    ? VERDICT_REFUTED
                     : result.p_support <= reading->alpha ? VERDICT_SUPPORTED
                                                          : VERDICT_NOT_ESTABLISHED;
    return result;
}

Phrase *analysis_time_sentence(const AnalysisTimeReading *reading, const AnalysisTimeResult *result,
                               const EvalFigures *figures, const Scope *scope)
{
    const bool testable = result->verdict != VERDICT_NOT_TESTABLE;
    Phrase *said = phrase_new(testable ? "claim.said.analysis_time_divided_by"
                                       : "claim.not_testable.analysis_time_divided_by");
    phrase_number(said, "factor", reading->factor, 4);
    phrase_number(said, "allowed", fmax(result->allowed_s, 0), 3);
    phrase_number(said, "load", result->alerts.value, 3);
    phrase_part(said, "mended", eval_mended_clause(figures->mended_clips));
    phrase_integer(said, "missed", figures->misses);
    phrase_integer(said, "events", figures->events);
    if (!testable) {
        if (!isnan(result->implied_s_per_alert))
            phrase_part(said, "implied",
                        phrase_number(phrase_new("claim.not_testable.analysis_time_divided_by.implied"),
                                      "seconds", result->implied_s_per_alert, 3));
        return said;
    }
    phrase_number(said, "review", reading->review_s, 3);
    phrase_number(said, "permitted", result->allowed_alerts_per_hour, 3);
    if (!isnan(result->factor))
        phrase_part(said, "reached",
                    phrase_number(phrase_new("claim.said.analysis_time_divided_by.reached"), "factor",
                                  result->factor, 3));
    phrase_percent(said, "limit", reading->p_miss_limit);
    phrase_word(said, "verdict", verdict_key(result->verdict));
    if (scope_is_taken_back(scope))
        return phrase_part(said, "rest", phrase_part(phrase_new("claim.since"), "reason", scope_reason(scope)));
    const double p = result->verdict == VERDICT_REFUTED ? result->p_refute : result->p_support;
    return phrase_part(said, "rest", phrase_p(phrase_new("claim.p"), "p", p));
}
