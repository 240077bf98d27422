/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/claims.h"

#include "scoring/anytime.h"
#include "scoring/metrics.h"

#include <math.h>
#include <string.h>

static ClaimResult start(const ClaimReading *reading, Rate observed)
{
    return (ClaimResult){.verdict = VERDICT_NOT_ESTABLISHED,
                         .reading = *reading,
                         .observed = observed,
                         .value = observed.value,
                         .p_refute = NAN,
                         .p_support = NAN,
                         .needed_hours = NAN,
                         .more_hours = NAN,
                         .needed_events = -1,
                         .scope = {.looks = {.plan = {.plan = LOOKS_NOT_STATED}, .reached = true}},
                         .reason = UNDEFINED_NOT};
}

static ClaimResult not_testable(const ClaimReading *reading, Rate observed, UndefinedReason reason)
{
    ClaimResult result = start(reading, observed);
    result.verdict = VERDICT_NOT_TESTABLE;
    result.reason = reason;
    return result;
}

static Verdict judge(double p_refute, double p_support, double alpha)
{
    if (p_refute <= alpha)
        return VERDICT_REFUTED;
    return p_support <= alpha ? VERDICT_SUPPORTED : VERDICT_NOT_ESTABLISHED;
}

/* Up to whole hours from ten on, to tenths below; an amount that is whole but for rounding stays. */
static double round_up_hours(double hours)
{
    const double step = hours >= 10 ? 1 : 10;
    return ceil(hours * step * (1 - 1e-12)) / step;
}

static void need_hours(ClaimResult *result, double hours)
{
    result->more_hours = hours;
    result->needed_hours = round_up_hours(hours);
}

ClaimResult claim_judge_rate(const ClaimReading *reading, int64_t count, double exposure, RateUnit unit)
{
    ClaimResult result =
        start(reading, rate_poisson(count, exposure, unit, reading->level,
                                    unit == RATE_PER_PASSAGE ? UNDEFINED_NO_PASSAGE : UNDEFINED_NO_EXPOSURE));
    if (!(reading->value >= 0) || (reading->value == 0 && !reading->at_most))
        return not_testable(reading, result.observed, UNDEFINED_NOT_TESTABLE);
    const double mean = reading->value * fmax(exposure, 0);
    const int64_t seen = exposure > 0 ? count : 0;
    const double at_least = reading->anytime ? anytime_p(anytime_rate(seen, mean, ANYTIME_MORE))
                                             : statistics_poisson_at_least(seen, mean);
    const double at_most = reading->anytime ? anytime_p(anytime_rate(seen, mean, ANYTIME_LESS))
                                            : statistics_poisson_at_most(seen, mean);
    result.p_refute = reading->at_most ? at_least : at_most;
    result.p_support = reading->at_most ? at_most : at_least;
    /* "Never" (limit 0) is refuted by one false alert and supported by no amount of footage. Without
     * exposure nothing is shown, whatever was counted: alerts at a gate that nobody passed refute no rate per
     * passage. */
    result.verdict = judge(result.p_refute, result.p_support, reading->alpha);
    if (result.verdict == VERDICT_NOT_ESTABLISHED && reading->at_most && reading->value > 0) {
        const double total = reading->anytime
                                 ? anytime_mean_to_support(count, reading->alpha) / reading->value
                                 : statistics_exposure_to_support(count, reading->value, reading->alpha);
        const double more = total - fmax(exposure, 0);
        if (unit == RATE_PER_CAMERA_HOUR)
            need_hours(&result, more);
        else
            result.needed_events = (int64_t)ceil(more * (1 - 1e-12));
    }
    return result;
}

ClaimResult claim_judge_proportion(const ClaimReading *reading, int64_t count, int64_t trials, RateUnit unit)
{
    const UndefinedReason reason = unit == RATE_PER_ALERT ? UNDEFINED_NO_ALERT : UNDEFINED_NO_EVENT;
    ClaimResult result = start(reading, rate_proportion(count, trials, unit, reading->level, reason));
    if (!(reading->value >= 0 && reading->value <= 1))
        return not_testable(reading, result.observed, UNDEFINED_NOT_TESTABLE);
    const double limit_given = reading->value;
    const double at_least = reading->anytime
                                ? anytime_p(anytime_share(count, trials, limit_given, ANYTIME_MORE))
                                : statistics_binomial_at_least(count, trials, limit_given);
    const double at_most = reading->anytime
                               ? anytime_p(anytime_share(count, trials, limit_given, ANYTIME_LESS))
                               : statistics_binomial_at_most(count, trials, limit_given);
    result.p_refute = reading->at_most ? at_least : at_most;
    result.p_support = reading->at_most ? at_most : at_least;
    result.verdict = judge(result.p_refute, result.p_support, reading->alpha);
    /* A share of successes of at least p is a share of errors of at most 1 - p. */
    const int64_t errors = reading->at_most ? count : trials - count;
    const double limit = reading->at_most ? reading->value : 1 - reading->value;
    const bool errors_are_bad = metric_of(reading->metric)->counts_right == !reading->at_most;
    if (result.verdict == VERDICT_NOT_ESTABLISHED && errors_are_bad && limit > 0 && limit < 1)
        result.needed_events = (reading->anytime
                                    ? anytime_trials_to_support(errors, limit, reading->alpha)
                                    : statistics_trials_to_support(errors, limit, reading->alpha)) -
                               trials;
    return result;
}

/* The precision at prevalence when recall and false-alert rate stand at their one-sided bounds, `alpha`
 * shared between them; the least favourable pair, or the most favourable one. */
static double bounded_precision(const EvalFigures *figures, double prevalence, double alpha, bool favourable)
{
    const double confidence = 1 - alpha / 2;
    const double recall = favourable
                              ? statistics_clopper_pearson_upper(figures->hits, figures->events, confidence)
                              : statistics_clopper_pearson_lower(figures->hits, figures->events, confidence);
    const double count = favourable ? statistics_garwood_lower(figures->false_strict, confidence)
                                    : statistics_garwood_upper(figures->false_strict, confidence);
    const double precision =
        statistics_precision_at_prevalence(prevalence, recall, count / figures->camera_hours);
    return isnan(precision) ? 1 : precision; /* neither false alerts nor hits: nothing against it */
}

/* The smallest alpha at which the bound passes the limit: found by bisection, as it is monotone. */
static double smallest_alpha(const EvalFigures *figures, double prevalence, double limit, bool favourable)
{
    double low = 1e-12, high = 1 - 1e-12;
    for (int i = 0; i < 60; i++) {
        const double middle = low + (high - low) / 2;
        const double precision = bounded_precision(figures, prevalence, middle, favourable);
        if (favourable ? precision < limit : precision >= limit)
            high = middle;
        else
            low = middle;
    }
    return high >= 1 - 1e-9 ? 1 : high;
}

static ClaimResult judge_precision_at_prevalence(const ClaimReading *reading, const EvalFigures *figures,
                                                 double prevalence)
{
    if (isnan(prevalence))
        return not_testable(reading, figures->precision, UNDEFINED_NO_PREVALENCE);
    if (!(reading->value > 0 && reading->value < 1))
        return not_testable(reading, figures->precision, UNDEFINED_NOT_TESTABLE);
    ClaimResult result = start(reading, figures->precision);
    result.value = NAN;
    if (!(figures->camera_hours > 0) || figures->events == 0)
        return result;
    const double recall = (double)figures->hits / (double)figures->events;
    result.value =
        statistics_precision_at_prevalence(prevalence, recall, figures->false_alerts_per_camera_hour.value);
    const double p_high = smallest_alpha(figures, prevalence, reading->value, false);
    const double p_low = smallest_alpha(figures, prevalence, reading->value, true);
    result.p_support = reading->at_most ? p_low : p_high;
    result.p_refute = reading->at_most ? p_high : p_low;
    result.verdict = judge(result.p_refute, result.p_support, reading->alpha);
    const double sure_recall =
        statistics_clopper_pearson_lower(figures->hits, figures->events, 1 - reading->alpha / 2);
    if (result.verdict == VERDICT_NOT_ESTABLISHED && !reading->at_most && sure_recall > 0) {
        /* precision >= v exactly when the false rate is at most pi R (1 - v) / v */
        const double limit = prevalence * sure_recall * (1 - reading->value) / reading->value;
        const double more = statistics_exposure_to_support(figures->false_strict, limit, reading->alpha / 2) -
                            figures->camera_hours;
        if (more > 0)
            need_hours(&result, more);
    }
    return result;
}

/* Of a rate or a share: by its own counts. */
static ClaimResult judge_counts(const ClaimReading *reading, const Metric *metric, const EvalFigures *figures)
{
    const Rate *rate = metric_rate(metric, figures);
    if (rate->reason == UNDEFINED_NO_COUNTER)
        return not_testable(reading, *rate, UNDEFINED_NO_COUNTER);
    if (metric->kind == METRIC_IS_SHARE)
        return claim_judge_proportion(reading, rate->numerator, (int64_t)rate->denominator, metric->unit);
    ClaimResult result = claim_judge_rate(reading, rate->numerator, rate->denominator, metric->unit);
    result.own_count = metric->unit == RATE_PER_PASSAGE && figures->passages_own;
    return result;
}

static ClaimResult judge_figures(const ClaimReading *reading, const EvalFigures *figures, double prevalence)
{
    static const Rate nothing = {.value = (double)NAN, .reason = UNDEFINED_NOT_TESTABLE};
    const Metric *metric = metric_of(reading->metric);
    switch (metric->kind) {
    case METRIC_IS_RATE:
    case METRIC_IS_SHARE:
        return judge_counts(reading, metric, figures);
    case METRIC_IS_BOUNDED:
        return judge_precision_at_prevalence(reading, figures, prevalence);
    case METRIC_IS_TIME:       /* scoring/analysis_time.h */
    case METRIC_IS_COMPARISON: /* scoring/comparison.h */
    case METRIC_IS_UNTESTABLE:
        break;
    }
    return not_testable(reading, nothing, UNDEFINED_NOT_TESTABLE);
}

ClaimResult claim_judge(const ClaimReading *reading, const EvalFigures *figures, double prevalence)
{
    ClaimResult result = judge_figures(reading, figures, prevalence);
    result.mended_clips = figures->mended_clips;
    return result;
}

void claim_renew(ClaimResult *result, double camera_hours)
{
    result->anew = true;
    need_hours(result, result->more_hours + camera_hours);
    if (result->needed_events >= 0)
        result->needed_events += (int64_t)result->observed.denominator;
}

bool claim_hold(ClaimResult *result, const LogFit *fit)
{
    const Verdict verdict =
        log_fit_verdict(fit, result->reading.metric, result->reading.at_most, result->verdict);
    if (verdict == result->verdict)
        return false;
    result->verdict = verdict;
    result->unfit = *fit;
    return true;
}

const char *verdict_name(Verdict verdict)
{
    return verdict_key(verdict) + strlen("verdict.");
}

const char *verdict_key(Verdict verdict)
{
    static const char *const keys[] = {[VERDICT_SUPPORTED] = "verdict.supported",
                                       [VERDICT_REFUTED] = "verdict.refuted",
                                       [VERDICT_NOT_ESTABLISHED] = "verdict.not_established",
                                       [VERDICT_NOT_TESTABLE] = "verdict.not_testable"};
    return keys[verdict];
}
