/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/reckoning.h"

#include "bundle/bag.h"
#include "records/span.h"
#include "results/fields.h"
#include "results/rates.h"
#include "scoring/claims.h"
#include "scoring/metrics.h"
#include "scoring/rate.h"
#include "scoring/scope.h"

#include <math.h>
#include <string.h>

#define RESULTS "data/results.json"

/* Twelve digits are written; what was reckoned from what they were rounded from may differ in the last ones.
 */
static bool is_near(double a, double b)
{
    return a == b || fabs(a - b) <= 1e-8 * fmax(fabs(a), fabs(b)) + 1e-12;
}

bool reckoning_accuse(const char *place, const char *path, const char *found, const char *expected,
                      const char *source, VerifyReport *report)
{
    bag_fault(report->faults, RESULTS, RESULTS ": %s%s%s: found %s, expected %s, which follows from %s",
              place, *place != '\0' ? "." : "", path, found, expected, source);
    return false;
}

bool reckoning_holds(Figure figure, const char *place, double expected, const char *source,
                     VerifyReport *report)
{
    if (isnan(figure.value) || isnan(expected) || is_near(figure.value, expected))
        return true;
    g_autofree char *left = results_format_exact(figure.value), *right = results_format_exact(expected);
    return reckoning_accuse(place, figure.path, left, right, source, report);
}

/* ---- counts from rows */

typedef struct {
    double hits, misses, false_alerts, duplicates, hit_alerts, scored_us;
    bool has_events, has_alerts; /* every clip has its rows */
} Rows;

static void count_clip(Rows *rows, const ResultsJudgedClip *clip)
{
    rows->has_events = rows->has_events && clip->events.at != NULL;
    rows->has_alerts = rows->has_alerts && clip->alerts.at != NULL;
    if (g_strcmp0(clip->status, "done") != 0)
        return;
    for (size_t i = 0; clip->events.at != NULL && i < clip->events.count; i++) {
        const char *outcome = clip->events.at[i].outcome;
        rows->hits += g_strcmp0(outcome, "hit") == 0;
        rows->misses += g_strcmp0(outcome, "miss") == 0;
    }
    for (size_t i = 0; clip->alerts.at != NULL && i < clip->alerts.count; i++) {
        const char *outcome = clip->alerts.at[i].outcome;
        rows->hit_alerts += g_strcmp0(outcome, "hit") == 0;
        rows->false_alerts += g_strcmp0(outcome, "false") == 0;
        rows->duplicates += g_strcmp0(outcome, "duplicate") == 0;
    }
    rows->scored_us += fmax(results_double(clip->scored_us), 0);
}

static Rows count_rows(const ResultsEvaluation *evaluation)
{
    Rows rows = {.has_events = evaluation->clips.count > 0, .has_alerts = evaluation->clips.count > 0};
    for (size_t i = 0; i < evaluation->clips.count; i++) {
        g_autoptr(ResultsJudgedClip) clip = results_load_clip(evaluation->clips.at[i].json);
        count_clip(&rows, clip);
    }
    return rows;
}

static bool check_counts(const ResultsEvaluation *evaluation, const char *place, VerifyReport *report)
{
    static const char from_rows[] = "the rows of its clips", from_counts[] = "its other counts",
                      from_rate[] = "the rate per camera-hour";
    const Rows rows = count_rows(evaluation);
    const ResultsCounts *counts = &evaluation->counts;
    const double hits = results_double(counts->hits), misses = results_double(counts->misses),
                 strict = results_double(counts->false_strict),
                 lenient = results_double(counts->false_lenient),
                 duplicates = results_double(counts->duplicates), none = (double)NAN;
    const ResultsRate *rate = &evaluation->rates.false_alerts_per_camera_hour;
    const struct {
        Figure figure;
        double expected;
        const char *source;
    } checks[] = {
        {FIGURE(evaluation, counts.hits), rows.has_events ? rows.hits : none, from_rows},
        {FIGURE(evaluation, counts.misses), rows.has_events ? rows.misses : none, from_rows},
        {FIGURE(evaluation, counts.hits), rows.has_alerts ? rows.hit_alerts : none, from_rows},
        {FIGURE(evaluation, counts.false_lenient), rows.has_alerts ? rows.false_alerts : none, from_rows},
        {FIGURE(evaluation, counts.duplicates), rows.has_alerts ? rows.duplicates : none, from_rows},
        {FIGURE(evaluation, counts.false_strict), lenient + duplicates, from_counts},
        {FIGURE(evaluation, counts.alerts), hits + strict, from_counts},
        {FIGURE(evaluation, counts.events), hits + misses, from_counts},
        {FIGURE(evaluation, exposure.camera_us), evaluation->clips.count > 0 ? rows.scored_us : none,
         from_rows},
        {FIGURE(evaluation, exposure.camera_hours),
         results_double(evaluation->exposure.camera_us) / (double)US_PER_HOUR, "exposure.camera_us"},
        {FIGURE(evaluation, per_day.value), 24 * rate->value, from_rate},
        {FIGURE(evaluation, per_day.low), 24 * rate->interval.low, from_rate},
        {FIGURE(evaluation, per_day.high), 24 * rate->interval.high, from_rate},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(checks); i++) {
        if (!reckoning_holds(checks[i].figure, place, checks[i].expected, checks[i].source, report))
            return false;
    }
    return true;
}

/* ---- rates from counts */

/* By its way, "counts.hits"; the text must outlive it. */
static Figure figure_at(const ResultsEvaluation *evaluation, const char *way)
{
    size_t offset = 0;
    const ResultField *field = results_find_field(&result_evaluation, way, &offset);
    const void *member = (const char *)evaluation + offset;
    return (Figure){way, field->kind == RESULT_NUMBER ? *(const double *)member
                                                      : results_double(*(const int64_t *)member)};
}

/* A part of a rate is what was counted elsewhere. */
static bool check_part(const ResultsEvaluation *evaluation, const RateRow *row, const char *part,
                       const char *counted, const char *place, VerifyReport *report)
{
    g_autofree char *way = g_strdup_printf("rates.%s.%s", row->name, part);
    return counted == NULL || reckoning_holds(figure_at(evaluation, way), place,
                                              figure_at(evaluation, counted).value, counted, report);
}

static bool check_parts(const ResultsEvaluation *evaluation, const char *place, VerifyReport *report)
{
    for (const RateRow *row = results_rates; row->name != NULL; row++) {
        if (!check_part(evaluation, row, "numerator", row->counted, place, report) ||
            !check_part(evaluation, row, "denominator", row->counted_of, place, report))
            return false;
    }
    return true;
}

/* Of any object with a numerator and a denominator. */
static bool check_rate(const json_t *object, const char *place, VerifyReport *report)
{
    if (json_object_get(object, "numerator") == NULL)
        return true;
    g_autoptr(ResultsRate) rate = results_load_rate(object);
    const double denominator = rate->denominator, level = rate->interval.level;
    const int64_t numerator = rate->numerator;
    const char *method = rate->interval.method;
    if (numerator < 0 || !(denominator > 0))
        return true;
    if (!reckoning_holds(FIGURE(rate, value), place, (double)numerator / denominator,
                         "numerator and denominator", report))
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
    return reckoning_holds(FIGURE(rate, interval.low), place, interval.low, "its counts", report) &&
           reckoning_holds(FIGURE(rate, interval.high), place, interval.high, "its counts", report);
}

/* Beside hits and misses, or a count of false alerts, their shares. */
static bool check_share(const json_t *object, const char *place, VerifyReport *report)
{
    if (json_object_get(object, "p_miss") == NULL)
        return true;
    g_autoptr(ResultsSensitivity) counts = results_load_sensitivity(object);
    const double hits = results_double(counts->hits), misses = results_double(counts->misses);
    return !(hits + misses > 0) || reckoning_holds(FIGURE(counts, p_miss), place, misses / (hits + misses),
                                                   "hits and misses", report);
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

/* What came of the reading: the verdict, or what stands apart where the words are about another product. */
static const char *outcome_of(const ResultsClaim *claim)
{
    return claim->outcome != NULL ? claim->outcome : claim->verdict;
}

/* A verdict may be taken back for reasons of its own; it is never better than its test. */
static bool check_verdict(const ResultsClaim *claim, const char *place, VerifyReport *report)
{
    const double alpha = claim->reading.alpha;
    const char *verdict = outcome_of(claim);
    if ((claim->outcome != NULL) != (g_strcmp0(claim->verdict, "other_system") == 0))
        return reckoning_accuse(place, "verdict", claim->verdict != NULL ? claim->verdict : "nothing",
                      claim->outcome != NULL ? "other_system" : "another verdict", "its outcome", report);
    const bool supports = g_strcmp0(verdict, verdict_name(VERDICT_SUPPORTED)) == 0;
    if (!supports && g_strcmp0(verdict, verdict_name(VERDICT_REFUTED)) != 0)
        return true;
    double p = supports ? claim->p_support_adjusted : claim->p_refute_adjusted;
    if (isnan(p))
        p = supports ? claim->p_support : claim->p_refute;
    if (isnan(alpha) || isnan(p) || p <= alpha * (1 + 1e-9))
        return true;
    return reckoning_accuse(place, "verdict", verdict, verdict_name(VERDICT_NOT_ESTABLISHED), "its test",
                            report);
}

/* The verdict of these clips is the exact test's; the one that is given is the same, or was taken back. */
static bool check_scope(const ResultsClaim *claim, const char *verdict, const ClaimResult *exact,
                        const char *place, VerifyReport *report)
{
    const char *expected = verdict_name(exact->verdict);
    if (g_strcmp0(claim->scope.of_these_clips, expected) != 0)
        return reckoning_accuse(place, "scope.of_these_clips",
                                claim->scope.of_these_clips != NULL ? claim->scope.of_these_clips : "nothing",
                                expected, "its test", report);
    const bool places = g_strcmp0(claim->scope.speaks_of, scope_names[CLAIM_OF_PLACES]) == 0;
    const bool decided = exact->verdict == VERDICT_SUPPORTED || exact->verdict == VERDICT_REFUTED;
    const double p = exact->verdict == VERDICT_SUPPORTED ? claim->scope.p_support : claim->scope.p_refute;
    const bool share = metric_of(metric_find(claim->reading.metric))->kind == METRIC_IS_SHARE;
    const bool never = exact->verdict == VERDICT_REFUTED &&
                       (claim->reading.value <= 0 || (share && claim->reading.value >= 1));
    const bool few = claim->scope.cameras < PLACES_LEAST ||
                     (claim->scope.days >= 0 && claim->scope.days < scope_least_days(exact->reading.anytime));
    const bool due = places && decided && !never && (few || !(p <= claim->reading.alpha * (1 + 1e-9)));
    if (due != (claim->scope.lost != NULL))
        return reckoning_accuse(place, "scope.lost", due ? "nothing" : claim->scope.lost,
                                due ? "a reason" : "nothing", "its cameras and days", report);
    if (claim->scope.lost != NULL || claim->looks.lost != NULL)
        expected = verdict_name(VERDICT_NOT_ESTABLISHED);
    if (g_strcmp0(verdict, expected) == 0)
        return true;
    return reckoning_accuse(place, claim->verdict_unadjusted != NULL ? "verdict_unadjusted" : "verdict",
                            verdict != NULL ? verdict : "nothing", expected, "its scope", report);
}

static bool check_test(const ResultsClaim *claim, const char *place, VerifyReport *report)
{
    const ClaimMetric name = metric_find(claim->reading.metric);
    const char *op = claim->reading.op;
    const Metric *metric = metric_of(name);
    const bool is_rate = metric->kind == METRIC_IS_RATE, is_share = metric->kind == METRIC_IS_SHARE;
    const int64_t numerator = claim->observed.numerator;
    const double denominator = claim->observed.denominator;
    if ((!is_rate && !is_share) || op == NULL || numerator < 0 || !(denominator > 0) ||
        (is_share && (double)numerator > denominator))
        return true;
    const ClaimReading reading = {.metric = name,
                                  .at_most = strcmp(op, "<=") == 0,
                                  .value = claim->reading.value,
                                  .alpha = claim->reading.alpha,
                                  .level = INTERVAL_LEVEL,
                                  .anytime = g_strcmp0(claim->looks.plan, "anytime") == 0};
    const ClaimResult result =
        is_rate ? claim_judge_rate(&reading, numerator, denominator, metric->unit)
                : claim_judge_proportion(&reading, numerator, (int64_t)denominator, metric->unit);
    if (!reckoning_holds(FIGURE(claim, p_refute), place, result.p_refute, "its counts", report) ||
        !reckoning_holds(FIGURE(claim, p_support), place, result.p_support, "its counts", report) ||
        !reckoning_holds(FIGURE(claim, value), place, claim->observed.value, "observed.value", report))
        return false;
    /* Taken back by the log, or by the other confirmatory tests: check_verdict alone. */
    const bool adjusted = claim->verdict_unadjusted != NULL;
    const char *verdict = adjusted ? claim->verdict_unadjusted : outcome_of(claim);
    if (claim->withheld.json != NULL)
        return true;
    if (claim->scope.json != NULL)
        return check_scope(claim, verdict, &result, place, report);
    if (g_strcmp0(verdict, verdict_name(result.verdict)) == 0)
        return true;
    return reckoning_accuse(place, adjusted ? "verdict_unadjusted" : "verdict",
                            verdict != NULL ? verdict : "nothing", verdict_name(result.verdict), "its test",
                            report);
}

static bool check_claims(const ResultsEvaluation *evaluation, const char *place, VerifyReport *report)
{
    for (size_t i = 0; i < evaluation->claims.count; i++) {
        const ResultsClaim *claim = &evaluation->claims.at[i];
        const char *metric = claim->reading.metric;
        const ResultsRate *figure = results_find_rate(&evaluation->rates, metric);
        g_autofree char *way = g_strdup_printf("%s.claims[%zu]", place, i);
        g_autofree char *rate = g_strconcat("rates.", metric != NULL ? metric : "", NULL);
        if (figure != NULL &&
            (!reckoning_holds(FIGURE(claim, observed.numerator), way, results_double(figure->numerator), rate,
                              report) ||
             !reckoning_holds(FIGURE(claim, observed.denominator), way, figure->denominator, rate, report)))
            return false;
        if (!check_test(claim, way, report) || !check_verdict(claim, way, report))
            return false;
    }
    return true;
}

bool reckoning_check_evaluation(const ResultsEvaluation *evaluation, const char *place, VerifyReport *report)
{
    return check_counts(evaluation, place, report) && check_parts(evaluation, place, report) &&
           check_claims(evaluation, place, report);
}

/* ---- the document */

static void count_verdicts(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    GHashTable *counts = user; /* verdict -> how many */
    for (size_t i = 0; i < evaluation->claims.count; i++) {
        const char *verdict = evaluation->claims.at[i].verdict;
        const guint before = GPOINTER_TO_UINT(g_hash_table_lookup(counts, verdict != NULL ? verdict : ""));
        g_hash_table_insert(counts, (gpointer)(verdict != NULL ? verdict : ""), GUINT_TO_POINTER(before + 1));
    }
}

static bool check_verdict_counts(const Results *results, VerifyReport *report)
{
    const ResultsVerdictCounts *counts = &results->verdict_counts;
    const Figure figures[] = {FIGURE(counts, supported), FIGURE(counts, refuted),
                              FIGURE(counts, not_established), FIGURE(counts, not_testable)};
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    results_visit_evaluations(results, count_verdicts, seen);
    for (size_t i = 0; i < G_N_ELEMENTS(figures); i++) {
        const double count = GPOINTER_TO_UINT(g_hash_table_lookup(seen, figures[i].path));
        if (!reckoning_holds(figures[i], "verdict_counts", count, "the verdicts on its claims", report))
            return false;
    }
    const guint others = GPOINTER_TO_UINT(g_hash_table_lookup(seen, "other_system"));
    if ((others > 0 || counts->other_system != RESULTS_UNKNOWN) &&
        !reckoning_holds(FIGURE(counts, other_system), "verdict_counts", others, "the verdicts on its claims",
                         report))
        return false;
    return true;
}

void verify_reckoning(const char *data, const json_t *document, VerifyReport *report)
{
    g_autoptr(Results) results = results_load(document);
    for (size_t i = 0; i < results->scenarios.count; i++) {
        const ResultsScenario *scenario = &results->scenarios.at[i];
        for (size_t j = 0; j < scenario->evaluations.count; j++) {
            g_autofree char *place = g_strdup_printf("scenarios[%zu].evaluations[%zu]", i, j);
            if (!reckoning_check_evaluation(&scenario->evaluations.at[j], place, report))
                return;
        }
    }
    if (reckoning_check_rates(document, "", report) && check_verdict_counts(results, report) &&
        reckoning_check_certainty(document, report))
        reckoning_check_replays(data, results, report);
}
