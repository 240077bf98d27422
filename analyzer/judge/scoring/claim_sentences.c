/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts as sentences (declared in claims.h): what was seen, the limit, the verdict, and p or what is still
 * needed. The sentence is the metric's own, “claim.said.…”. */
#include "scoring/claims.h"
#include "scoring/metrics.h"
#include "scoring/scope.h"

#include <math.h>

static const char *needed_key(const ClaimResult *result)
{
    return result->anew ? "claim.anew." : "claim.needed.";
}

static Phrase *say_needed(const ClaimResult *result)
{
    if (!isnan(result->needed_hours)) {
        const double hours = result->needed_hours;
        g_autofree char *key = g_strconcat(needed_key(result), "camera_hour", NULL);
        Phrase *needed = phrase_new(key);
        return phrase_number(needed, "more", hours, hours >= 10 ? 1 + (int)floor(log10(hours)) : 2);
    }
    if (result->needed_events < 0)
        return NULL;
    g_autofree char *key = g_strconcat(needed_key(result), rate_unit_name(result->observed.unit), NULL);
    return phrase_integer(phrase_new(key), "more", result->needed_events);
}

static Phrase *say_rest(const ClaimResult *result)
{
    if (result->unfit.is_log)
        return phrase_part(phrase_new("claim.since"), "reason", log_fit_reason(&result->unfit));
    if (scope_is_taken_back(&result->scope))
        return phrase_part(phrase_new("claim.since"), "reason", scope_reason(&result->scope));
    if (result->verdict == VERDICT_NOT_ESTABLISHED)
        return say_needed(result);
    const double p = result->verdict == VERDICT_REFUTED ? result->p_refute : result->p_support;
    return phrase_p(phrase_new("claim.p"), "p", p);
}

static Phrase *say_not_testable(UndefinedReason reason)
{
    switch (reason) {
    case UNDEFINED_NOT_TESTABLE:
        return phrase_new("claim.not_testable.as_worded");
    case UNDEFINED_NO_PREVALENCE:
        return phrase_new("claim.not_testable.no_prevalence");
    case UNDEFINED_NO_COUNTER:
        return phrase_new("claim.not_testable.not_counted");
    default: {
        g_autofree char *key = g_strconcat("reason.", undefined_reason_name(reason), NULL);
        return phrase_word(phrase_new("claim.not_testable"), "reason", key);
    }
    }
}

Phrase *claim_sentence(const ClaimResult *result)
{
    if (result->verdict == VERDICT_NOT_TESTABLE)
        return say_not_testable(result->reason);
    const ClaimReading *reading = &result->reading;
    const Metric *metric = metric_of(reading->metric);
    const bool undefined = metric->kind == METRIC_IS_BOUNDED && isnan(result->value);
    g_autofree char *key =
        g_strconcat("claim.said.", metric_name(reading->metric), undefined ? ".undefined" : NULL, NULL);
    Phrase *said = phrase_new(key);
    phrase_integer(said, "count", result->observed.numerator);
    if (metric->kind == METRIC_IS_SHARE)
        phrase_integer(said, "amount", (int64_t)result->observed.denominator);
    else
        phrase_number(said, "amount", result->observed.denominator, 4);
    phrase_percent(said, "value", result->value);
    phrase_part(said, "own", result->own_count ? phrase_new("claim.own_count") : NULL);
    phrase_part(said, "mended", eval_mended_clause(result->mended_clips));
    phrase_word(said, "bound", reading->at_most ? "claim.at_most" : "claim.at_least");
    if (metric->percent)
        phrase_percent(said, "limit", reading->value);
    else
        phrase_number(said, "limit", reading->value, 4);
    phrase_word(said, "verdict", verdict_key(result->verdict));
    return phrase_part(said, "rest", say_rest(result));
}
