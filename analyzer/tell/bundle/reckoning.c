/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/reckoning.h"

#include "bundle/bag.h"
#include "records/span.h"
#include "results/model.h"
#include "scoring/claims.h"
#include "scoring/metrics.h"
#include "scoring/rate.h"

#include <math.h>
#include <string.h>

#define RESULTS "data/results.json"

/* Twelve digits are written; what was reckoned from what they were rounded from may differ in the last ones.
 */
static bool is_near(double a, double b)
{
    return a == b || fabs(a - b) <= 1e-8 * fmax(fabs(a), fabs(b)) + 1e-12;
}

static bool accuse(const char *place, const char *path, const char *found, const char *expected,
                   const char *source, VerifyReport *report)
{
    bag_fault(report->faults, RESULTS, RESULTS ": %s%s%s: found %s, expected %s, which follows from %s",
              place, *place != '\0' ? "." : "", path, found, expected, source);
    return false;
}

bool reckoning_holds(const json_t *object, const char *place, const char *path, double expected,
                     const char *source, VerifyReport *report)
{
    const double found = model_number(object, path);
    if (isnan(found) || isnan(expected) || is_near(found, expected))
        return true;
    g_autofree char *left = model_format_exact(found), *right = model_format_exact(expected);
    return accuse(place, path, left, right, source, report);
}

/* ---- counts from rows */

typedef struct {
    double hits, misses, false_alerts, duplicates, hit_alerts, scored_us;
    bool has_events, has_alerts; /* every clip has its rows */
} Rows;

static double count_outcome(const json_t *clip, const char *list, const char *outcome)
{
    double count = 0;
    for (size_t i = 0; i < model_count(clip, list); i++)
        count += g_strcmp0(model_string(model_member(clip, list, i), "outcome"), outcome) == 0;
    return count;
}

static Rows count_rows(const json_t *evaluation)
{
    Rows rows = {.has_events = model_count(evaluation, "clips") > 0};
    rows.has_alerts = rows.has_events;
    for (size_t i = 0; i < model_count(evaluation, "clips"); i++) {
        const json_t *clip = model_member(evaluation, "clips", i);
        rows.has_events = rows.has_events && json_is_array(model_get(clip, "events"));
        rows.has_alerts = rows.has_alerts && json_is_array(model_get(clip, "alerts"));
        if (g_strcmp0(model_string(clip, "status"), "done") != 0)
            continue;
        rows.hits += count_outcome(clip, "events", "hit");
        rows.misses += count_outcome(clip, "events", "miss");
        rows.hit_alerts += count_outcome(clip, "alerts", "hit");
        rows.false_alerts += count_outcome(clip, "alerts", "false");
        rows.duplicates += count_outcome(clip, "alerts", "duplicate");
        rows.scored_us += fmax(model_number(clip, "scored_us"), 0);
    }
    return rows;
}

static bool check_counts(const json_t *evaluation, const char *place, VerifyReport *report)
{
    static const char from_rows[] = "the rows of its clips", from_counts[] = "its other counts";
    const Rows rows = count_rows(evaluation);
    const struct {
        const char *path;
        double expected;
        const char *source;
    } checks[] = {
        {"counts.hits", rows.has_events ? rows.hits : (double)NAN, from_rows},
        {"counts.misses", rows.has_events ? rows.misses : (double)NAN, from_rows},
        {"counts.hits", rows.has_alerts ? rows.hit_alerts : (double)NAN, from_rows},
        {"counts.false_lenient", rows.has_alerts ? rows.false_alerts : (double)NAN, from_rows},
        {"counts.duplicates", rows.has_alerts ? rows.duplicates : (double)NAN, from_rows},
        {"counts.false_strict",
         model_number(evaluation, "counts.false_lenient") + model_number(evaluation, "counts.duplicates"),
         from_counts},
        {"counts.alerts",
         model_number(evaluation, "counts.hits") + model_number(evaluation, "counts.false_strict"),
         from_counts},
        {"counts.events", model_number(evaluation, "counts.hits") + model_number(evaluation, "counts.misses"),
         from_counts},
        {"exposure.camera_us", model_count(evaluation, "clips") > 0 ? rows.scored_us : (double)NAN,
         from_rows},
        {"exposure.camera_hours", model_number(evaluation, "exposure.camera_us") / (double)US_PER_HOUR,
         "exposure.camera_us"},
        {"per_day.value", 24 * model_number(evaluation, "rates.false_alerts_per_camera_hour.value"),
         "the rate per camera-hour"},
        {"per_day.low", 24 * model_number(evaluation, "rates.false_alerts_per_camera_hour.interval.low"),
         "the rate per camera-hour"},
        {"per_day.high", 24 * model_number(evaluation, "rates.false_alerts_per_camera_hour.interval.high"),
         "the rate per camera-hour"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(checks); i++) {
        if (!reckoning_holds(evaluation, place, checks[i].path, checks[i].expected, checks[i].source, report))
            return false;
    }
    return true;
}

/* ---- rates from counts */

static const struct {
    const char *rate, *numerator, *denominator;
} rate_parts[] = {
    {"false_alerts_per_camera_hour", "counts.false_strict", "exposure.camera_hours"},
    {"false_alerts_per_camera_hour_lenient", "counts.false_lenient", "exposure.camera_hours"},
    {"p_miss", "counts.misses", "counts.events"},
    {"precision", "counts.hits", "counts.alerts"},
    {"false_alerts_per_passage", "counts.false_strict", NULL},
};

static bool check_parts(const json_t *evaluation, const char *place, VerifyReport *report)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rate_parts); i++) {
        g_autofree char *rate = g_strconcat("rates.", rate_parts[i].rate, NULL);
        g_autofree char *numerator = g_strconcat(rate, ".numerator", NULL);
        g_autofree char *denominator = g_strconcat(rate, ".denominator", NULL);
        const char *of = rate_parts[i].denominator;
        if (!reckoning_holds(evaluation, place, numerator, model_number(evaluation, rate_parts[i].numerator),
                             rate_parts[i].numerator, report) ||
            (of != NULL &&
             !reckoning_holds(evaluation, place, denominator, model_number(evaluation, of), of, report)))
            return false;
    }
    return true;
}

/* Of any object with a numerator and a denominator. */
static bool check_rate(const json_t *rate, const char *place, VerifyReport *report)
{
    const double denominator = model_number(rate, "denominator");
    const int64_t numerator = model_integer(rate, "numerator", -1);
    const char *method = model_string(rate, "interval.method");
    const double level = model_number(rate, "interval.level");
    if (numerator < 0 || !(denominator > 0))
        return true;
    if (!reckoning_holds(rate, place, "value", (double)numerator / denominator, "numerator and denominator",
                         report))
        return false;
    if (!(level > 0 && level < 1))
        return true;
    Interval interval;
    if (g_strcmp0(method, interval_method_name(INTERVAL_GARWOOD)) == 0)
        interval = rate_poisson(numerator, denominator, RATE_PER_CAMERA_HOUR, level, UNDEFINED_NOT).interval;
    else if (g_strcmp0(method, interval_method_name(INTERVAL_CLOPPER_PEARSON)) == 0 &&
             numerator <= (int64_t)denominator)
        interval =
            rate_proportion(numerator, (int64_t)denominator, RATE_PER_EVENT, level, UNDEFINED_NOT).interval;
    else
        return true;
    return reckoning_holds(rate, place, "interval.low", interval.low, "its counts", report) &&
           reckoning_holds(rate, place, "interval.high", interval.high, "its counts", report);
}

/* Beside hits and misses, or a count of false alerts, their shares. */
static bool check_share(const json_t *object, const char *place, VerifyReport *report)
{
    const double hits = model_number(object, "hits"), misses = model_number(object, "misses");
    return !(hits + misses > 0) ||
           reckoning_holds(object, place, "p_miss", misses / (hits + misses), "hits and misses", report);
}

bool reckoning_check_rates(const json_t *value, const char *place, VerifyReport *report)
{
    const char *key;
    json_t *item;
    size_t i;
    if (json_is_object(value) && (!check_rate(value, place, report) || !check_share(value, place, report)))
        return false;
    json_object_foreach((json_t *)value, key, item)
    {
        g_autofree char *way = g_strconcat(place, *place != '\0' ? "." : "", key, NULL);
        if ((json_is_object(item) || json_is_array(item)) && !reckoning_check_rates(item, way, report))
            return false;
    }
    json_array_foreach(value, i, item)
    {
        if (!json_is_object(item) && !json_is_array(item))
            continue;
        g_autofree char *way = g_strdup_printf("%s[%zu]", place, i);
        if (!reckoning_check_rates(item, way, report))
            return false;
    }
    return true;
}

/* ---- claims from rates */

/* A verdict may be taken back for reasons of its own; it is never better than its test. */
static bool check_verdict(const json_t *claim, const char *place, VerifyReport *report)
{
    const double alpha = model_number(claim, "reading.alpha");
    const char *verdict = model_string(claim, "verdict");
    const bool supports = g_strcmp0(verdict, verdict_name(VERDICT_SUPPORTED)) == 0;
    if (!supports && g_strcmp0(verdict, verdict_name(VERDICT_REFUTED)) != 0)
        return true;
    const char *adjusted = supports ? "p_support_adjusted" : "p_refute_adjusted";
    double p = model_number(claim, adjusted);
    if (isnan(p))
        p = model_number(claim, supports ? "p_support" : "p_refute");
    if (isnan(alpha) || isnan(p) || p <= alpha * (1 + 1e-9))
        return true;
    return accuse(place, "verdict", verdict, verdict_name(VERDICT_NOT_ESTABLISHED), "its test", report);
}

static bool check_test(const json_t *claim, const char *place, VerifyReport *report)
{
    const ClaimMetric name = metric_find(model_string(claim, "reading.metric"));
    const char *op = model_string(claim, "reading.op");
    const Metric *metric = metric_of(name);
    const bool is_rate = metric->kind == METRIC_IS_RATE, is_share = metric->kind == METRIC_IS_SHARE;
    const int64_t numerator = model_integer(claim, "observed.numerator", -1);
    const double denominator = model_number(claim, "observed.denominator");
    if ((!is_rate && !is_share) || op == NULL || numerator < 0 || !(denominator > 0) ||
        (is_share && (double)numerator > denominator))
        return true;
    const ClaimReading reading = {.metric = name,
                                  .at_most = strcmp(op, "<=") == 0,
                                  .value = model_number(claim, "reading.value"),
                                  .alpha = model_number(claim, "reading.alpha"),
                                  .level = INTERVAL_LEVEL};
    const ClaimResult result =
        is_rate ? claim_judge_rate(&reading, numerator, denominator, metric->unit)
                : claim_judge_proportion(&reading, numerator, (int64_t)denominator, metric->unit);
    if (!reckoning_holds(claim, place, "p_refute", result.p_refute, "its counts", report) ||
        !reckoning_holds(claim, place, "p_support", result.p_support, "its counts", report) ||
        !reckoning_holds(claim, place, "value", model_number(claim, "observed.value"), "observed.value",
                         report))
        return false;
    /* Taken back by the log, or by the other confirmatory tests: check_verdict alone. */
    const char *key = model_get(claim, "verdict_unadjusted") != NULL ? "verdict_unadjusted" : "verdict";
    const char *verdict = model_string(claim, key);
    if (model_get(claim, "withheld") != NULL || g_strcmp0(verdict, verdict_name(result.verdict)) == 0)
        return true;
    return accuse(place, key, verdict != NULL ? verdict : "nothing", verdict_name(result.verdict), "its test",
                  report);
}

static bool check_claims(const json_t *evaluation, const char *place, VerifyReport *report)
{
    for (size_t i = 0; i < model_count(evaluation, "claims"); i++) {
        const json_t *claim = model_member(evaluation, "claims", i);
        const char *metric = model_string(claim, "reading.metric");
        g_autofree char *way = g_strdup_printf("%s.claims[%zu]", place, i);
        g_autofree char *rate = g_strconcat("rates.", metric != NULL ? metric : "", NULL);
        const json_t *figure = metric != NULL ? model_get(evaluation, rate) : NULL;
        if (!reckoning_holds(claim, way, "observed.numerator", model_number(figure, "numerator"), rate,
                             report) ||
            !reckoning_holds(claim, way, "observed.denominator", model_number(figure, "denominator"), rate,
                             report) ||
            !check_test(claim, way, report) || !check_verdict(claim, way, report))
            return false;
    }
    return true;
}

bool reckoning_check_evaluation(const json_t *evaluation, const char *place, VerifyReport *report)
{
    return check_counts(evaluation, place, report) && check_parts(evaluation, place, report) &&
           check_claims(evaluation, place, report);
}

/* ---- the document */

static bool check_verdict_counts(const json_t *results, VerifyReport *report)
{
    static const Verdict verdicts[] = {VERDICT_SUPPORTED, VERDICT_REFUTED, VERDICT_NOT_ESTABLISHED,
                                       VERDICT_NOT_TESTABLE};
    for (size_t v = 0; v < G_N_ELEMENTS(verdicts); v++) {
        const char *name = verdict_name(verdicts[v]);
        double count = 0;
        for (size_t i = 0; i < model_count(results, "scenarios"); i++) {
            const json_t *scenario = model_member(results, "scenarios", i);
            for (size_t j = 0; j < model_count(scenario, "evaluations"); j++) {
                const json_t *evaluation = model_member(scenario, "evaluations", j);
                for (size_t k = 0; k < model_count(evaluation, "claims"); k++)
                    count +=
                        g_strcmp0(model_string(model_member(evaluation, "claims", k), "verdict"), name) == 0;
            }
        }
        if (!reckoning_holds(model_get(results, "verdict_counts"), "verdict_counts", name, count,
                             "the verdicts on its claims", report))
            return false;
    }
    return true;
}

void verify_reckoning(const char *data, const json_t *results, VerifyReport *report)
{
    for (size_t i = 0; i < model_count(results, "scenarios"); i++) {
        const json_t *scenario = model_member(results, "scenarios", i);
        for (size_t j = 0; j < model_count(scenario, "evaluations"); j++) {
            g_autofree char *place = g_strdup_printf("scenarios[%zu].evaluations[%zu]", i, j);
            if (!reckoning_check_evaluation(model_member(scenario, "evaluations", j), place, report))
                return;
        }
    }
    if (!reckoning_check_rates(results, "", report) || !check_verdict_counts(results, report))
        return;
    reckoning_check_replays(data, results, report);
}
