/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_claims.h"

#include "evaluate/results_log.h"
#include "language/phrase.h"
#include "records/free.h"
#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"
#include "scoring/analysis_time.h"
#include "scoring/claims.h"
#include "scoring/metrics.h"
#include "scoring/scope.h"

#include <math.h>
#include <string.h>

json_t *results_independence(const Independence *independence)
{
    const bool known = independence->known;
    const double none = (double)NAN;
    const ResultsIndependence said = {
        .cameras = (int64_t)independence->cameras,
        .overdispersion_p = independence->overdispersion_p,
        .caution = results_bool(independence->warned),
        .interval = {.low = known ? independence->interval.low : none,
                     .high = known ? independence->interval.high : none},
        .level = independence->level,
        .verdict = known ? verdict_name(independence->verdict) : NULL,
    };
    return results_dump(&result_independence, &said);
}

json_t *results_scope(const Scope *scope)
{
    static const char *const losses[] = {
        [SCOPE_KEPT] = NULL,
        [SCOPE_FEW_CAMERAS] = "few_cameras",
        [SCOPE_UNNAMED_CAMERAS] = "unnamed_cameras",
        [SCOPE_FEW_DAYS] = "few_days",
        [SCOPE_CAMERAS_DIFFER] = "cameras_differ",
        [SCOPE_DAYS_DIFFER] = "days_differ",
        [SCOPE_NO_INTERVAL] = "no_interval",
    };
    const ResultsScope said = {
        .speaks_of = scope_names[scope->scope],
        .of_these_clips = verdict_name(scope->of_clips),
        .lost = losses[scope->lost],
        .cameras = scope->cameras,
        .days = scope->days >= 0 ? scope->days : RESULTS_UNKNOWN,
        .p_refute = scope->p_refute,
        .p_support = scope->p_support,
        .interval = {.low = scope->interval.low, .high = scope->interval.high},
        .level = scope->level,
    };
    return results_dump(&result_scope, &said);
}

/* The verdict's sentence with what it speaks of behind it; and, for a claim that others are decided beside,
 * the one to be said when the correction for them takes the verdict back. Takes both sentences. */
static void set_sentence(json_t *object, Phrase *sentence, Phrase *if_lost, const Scope *scope,
                         double p_exact, bool percent)
{
    json_object_set_new(object, "scope", results_scope(scope));
    json_object_set_new(object, RESULTS_SENTENCE,
                        results_said(phrase_then(sentence, scope_sentence(scope, p_exact, percent))));
    if (if_lost != NULL)
        json_object_set_new(object, RESULTS_SENTENCE_IF_LOST,
                            results_said(phrase_then(if_lost, scope_sentence(scope, p_exact, percent))));
}

static double p_of(Verdict verdict, double p_refute, double p_support)
{
    return verdict == VERDICT_REFUTED ? p_refute : p_support;
}

/* The scope of the verdict of a figure that is told cluster by cluster, else by the interval drawn. */
static Scope judge_scope(const Claim *claim, const ClaimReading *reading, Verdict exact,
                         const ClaimClusters *clusters, const Independence *independence)
{
    ScopeCounts cameras, days;
    if (!scope_count(claim->metric, clusters->cameras, &cameras))
        return scope_judge_drawn(claim->scope, exact, independence, cameras_unnamed(clusters->cameras));
    const bool dated = clusters->days != NULL && scope_count(claim->metric, clusters->days, &days);
    const Scope scope = scope_judge(claim->scope, reading, exact, &cameras, dated ? &days : NULL);
    scope_counts_clear(&cameras);
    if (dated)
        scope_counts_clear(&days);
    return scope;
}

/* The keys of every reading, and those of its metric. */
static json_t *describe_reading(const Claim *claim)
{
    static const char *const common[] = {"metric", "op", "value", "alpha", NULL};
    const ResultsReading said = {
        .metric = metric_name(claim->metric),
        .op = claim_operator_name(claim),
        .value = claim->value,
        .alpha = claim->alpha,
        .against = claim->against,
        .against_condition = claim->against_condition,
        .viewing_speed = claim->viewing_speed,
        .setup_share = claim->setup_share,
        .review_s = claim->review_s,
        .p_miss_limit = claim->p_miss_limit,
    };
    json_t *object = json_object();
    results_put(object, &result_reading, &said, common);
    for (const char *const *key = metric_of(claim->metric)->keys; *key != NULL; key++) {
        const char *const one[] = {*key, NULL};
        if (result_field(&result_reading, *key) != NULL) /* a margin has become the value */
            results_put(object, &result_reading, &said, one);
    }
    return object;
}

void results_put_judged(json_t *claim, const ResultsClaim *judged)
{
    static const char *const keys[] = {"value", "verdict", "p_refute", "p_support", "needed", NULL};
    results_put(claim, &result_claim, judged, keys);
}

static void describe_analysis_time(json_t *object, const Claim *claim, const EvalFigures *figures,
                                   const ClaimClusters *clusters, double level, const LogFit *fit,
                                   const LookTaken *look)
{
    const AnalysisTimeReading reading = {claim->value,
                                         claim->viewing_speed,
                                         claim->setup_share,
                                         claim->review_s,
                                         claim->p_miss_limit,
                                         claim->alpha,
                                         level};
    AnalysisTimeResult result = analysis_time_judge(&reading, figures);
    const Verdict judged = result.verdict;
    const Verdict held = log_fit_verdict(fit, claim->metric, claim->at_most, judged);
    const Independence independence = independence_of_number(clusters->cameras->len, held);
    Scope scope = scope_judge_drawn(claim->scope, held, &independence, cameras_unnamed(clusters->cameras));
    results_hold_look(&scope, claim, look, false);
    result.verdict = scope_verdict(&scope);
    ResultsClaim said;
    results_blank(&result_claim, &said);
    said.value = result.factor;
    said.verdict = verdict_name(result.verdict);
    said.p_refute = result.p_refute;
    said.p_support = result.p_support;
    json_object_set_new(object, "observed", results_rate(&result.alerts));
    results_put_judged(object, &said);
    const ResultsImplied implied = {.allowed_s_per_hour = result.allowed_s,
                                    .s_per_alert = result.implied_s_per_alert,
                                    .alerts_per_camera_hour = result.allowed_alerts_per_hour};
    json_object_set_new(object, "implied", results_dump(&result_implied, &implied));
    json_object_set_new(object, "independence", results_independence(&independence));
    results_put_look(object, &scope.looks);
    Phrase *sentence = analysis_time_sentence(&reading, &result, figures, &scope), *if_lost = NULL;
    if (result.verdict != VERDICT_NOT_TESTABLE) {
        result.verdict = VERDICT_NOT_ESTABLISHED;
        if_lost = analysis_time_sentence(&reading, &result, figures, &scope);
        result.verdict = scope_verdict(&scope);
    }
    set_sentence(object, sentence, if_lost, &scope, p_of(held, result.p_refute, result.p_support), false);
    results_note_unfit(object, fit, judged, false, NULL);
    results_note_silence(object, fit, result.verdict, NULL);
}

ResultsNeeded results_needed(double hours, int64_t events, double hours_there, int64_t events_there)
{
    return (ResultsNeeded){
        .json = json_null(), /* there, though nothing of it may be */
        .more_camera_hours = hours,
        .more_events = events >= 0 ? events : RESULTS_UNKNOWN,
        .total_camera_hours = hours + hours_there,
        .total_events = events >= 0 ? events + events_there : RESULTS_UNKNOWN,
    };
}

json_t *results_claim(const Claim *claim, const Scenario *scenario, const EvalFigures *figures,
                      const ClaimClusters *clusters, double level, const LogFit *fit, const LookTaken *look)
{
    static const char *const head[] = {"id", "text", "source", "date", "confirmatory", NULL};
    ResultsClaim said;
    results_blank(&result_claim, &said);
    said.id = claim->id;
    said.text = claim->text;
    said.source = results_own_words(claim->source.en, claim->source.fr);
    said.date = claim->date;
    said.confirmatory = results_bool(claim->confirmatory);
    json_t *object = json_object();
    results_put(object, &result_claim, &said, head);
    if (claim->paraphrase)
        json_object_set_new(object, "paraphrase", json_true());
    json_decref((json_t *)said.source);
    if (claim->language != NULL)
        json_object_set_new(object, "language", json_string(claim->language));
    if (claim->read_as.en != NULL || claim->read_as.fr != NULL)
        json_object_set_new(object, "read_as", results_own_words(claim->read_as.en, claim->read_as.fr));
    const Metric *metric = metric_of(claim->metric);
    if (metric->kind == METRIC_IS_UNTESTABLE) {
        json_object_set_new(object, "reading", json_null());
        json_object_set_new(object, "observed", json_null());
        said.verdict = verdict_name(VERDICT_NOT_TESTABLE);
        results_put_judged(object, &said);
        json_object_set_new(object, "sentence",
                            results_text(claim->not_testable_reason.en, claim->not_testable_reason.fr));
        return object;
    }
    json_object_set_new(object, "reading", describe_reading(claim));
    if (metric->kind == METRIC_IS_COMPARISON)
        return object; /* what it says is found when all are there to be compared */
    if (metric->kind == METRIC_IS_TIME) {
        describe_analysis_time(object, claim, figures, clusters, level, fit, look);
        return object;
    }
    const ClaimReading reading = {.metric = claim->metric,
                                  .at_most = claim->at_most,
                                  .value = claim->value,
                                  .alpha = claim->alpha,
                                  .level = level,
                                  .anytime = claim->looks.plan == LOOKS_ANYTIME};
    ClaimResult result = claim_judge(&reading, figures, scenario->prevalence);
    const Verdict judged = result.verdict;
    const bool held = claim_hold(&result, fit);
    Independence independence = independence_of_claim(&reading, clusters->cameras, judged);
    independence_hold(&independence, fit, claim->metric, claim->at_most);
    result.scope = judge_scope(claim, &reading, result.verdict, clusters, &independence);
    const bool counted = metric->kind == METRIC_IS_RATE || metric->kind == METRIC_IS_SHARE;
    results_hold_look(&result.scope, claim, look, counted);
    result.verdict = scope_verdict(&result.scope);
    const bool anew = claim->looks.plan != LOOKS_ANYTIME;
    if (anew)
        claim_renew(&result, figures->camera_hours);
    json_object_set_new(object, "observed", results_timed_rate(figures, &result.observed));
    said.value = result.value;
    said.verdict = verdict_name(result.verdict);
    said.p_refute = result.p_refute;
    said.p_support = result.p_support;
    said.needed = anew ? results_needed(result.needed_hours, result.needed_events, 0, 0)
                       : results_needed(result.needed_hours, result.needed_events,
                                        result.observed.denominator, (int64_t)result.observed.denominator);
    said.needed.anew = results_bool(anew);
    results_put_judged(object, &said);
    json_object_set_new(object, "independence", results_independence(&independence));
    results_put_look(object, &result.scope.looks);
    results_put_anytime(object, &result);
    Phrase *sentence = claim_sentence(&result), *if_lost = NULL;
    const Verdict verdict = result.verdict;
    if (verdict != VERDICT_NOT_TESTABLE) {
        result.verdict = VERDICT_NOT_ESTABLISHED;
        if_lost = claim_sentence(&result);
    }
    set_sentence(object, sentence, if_lost, &result.scope,
                 p_of(result.scope.of_clips, result.p_refute, result.p_support), metric->percent);
    results_note_unfit(object, fit, judged, held, NULL);
    results_note_silence(object, fit, verdict, NULL);
    return object;
}

/* ---- Holm */

/* Claims that are tested together, as they are and as they are read (of ResultsClaim *, before anything is put
 * in). */
typedef struct {
    json_t *claims;
    GPtrArray *read;
    bool confirmatory; /* all that the audit is to decide; else one claim, of several systems or scenarios */
} Family;

static Family *new_family(bool confirmatory)
{
    Family *family = g_new0(Family, 1);
    family->claims = json_array();
    family->read = g_ptr_array_new_with_free_func((GDestroyNotify)results_free_claim);
    family->confirmatory = confirmatory;
    return family;
}

DEFINE_DESTROY(family_free, Family, family, json_decref(family->claims), g_ptr_array_unref(family->read))

/* What makes claims of several systems or scenarios one: their words, their figure and the condition. */
static char *family_name(const ResultsClaim *claim, const json_t *evaluation)
{
    if (results_true(claim->confirmatory))
        return g_strdup("");
    return g_strdup_printf("%s\1%s\1%s", claim->text != NULL ? claim->text : "",
                           claim->reading.metric != NULL ? claim->reading.metric : "",
                           json_string_value(json_object_get(evaluation, "condition")));
}

/* Family * by name, in `order`. */
static void join_family(GHashTable *families, GPtrArray *order, json_t *claim, const json_t *evaluation)
{
    g_autoptr(ResultsClaim) read = results_load_claim(claim);
    g_autofree char *name = family_name(read, evaluation);
    Family *family = g_hash_table_lookup(families, name);
    if (family == NULL) {
        family = new_family(results_true(read->confirmatory));
        g_ptr_array_add(order, family);
        g_hash_table_insert(families, g_steal_pointer(&name), family);
    }
    json_array_append(family->claims, claim);
    g_ptr_array_add(family->read, g_steal_pointer(&read));
}

/* All families, of Family *. */
static GPtrArray *find_families(json_t *scenarios)
{
    GPtrArray *order = g_ptr_array_new_with_free_func(family_free);
    g_autoptr(GHashTable) families = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t i, j, k;
    json_t *scenario, *evaluation, *claim;
    json_array_foreach(scenarios, i, scenario)
    {
        json_array_foreach(json_object_get(scenario, "evaluations"), j, evaluation)
        {
            json_array_foreach(json_object_get(evaluation, "claims"), k, claim)
                join_family(families, order, claim, evaluation);
        }
    }
    return order;
}

/* The adjusted p of every claim of the family, and what it is called. Caller frees. */
static double *adjust(const Family *family, bool refute, const char *key)
{
    const size_t count = family->read->len;
    g_autofree double *p = g_new0(double, count + 1);
    double *adjusted = g_new0(double, count + 1);
    for (size_t i = 0; i < count; i++) {
        const ResultsClaim *claim = g_ptr_array_index(family->read, i);
        p[i] = refute ? claim->p_refute : claim->p_support;
        /* Of places like these: what the models say, which is never less. fmax passes over a NAN. */
        if (!isnan(p[i]) && g_strcmp0(claim->scope.speaks_of, scope_names[CLAIM_OF_PLACES]) == 0)
            p[i] = fmax(p[i], refute ? claim->scope.p_refute : claim->scope.p_support);
        /* A verdict that was taken back speaks for no other claim either. */
        if ((claim->withheld.json != NULL || claim->scope.lost != NULL || claim->looks.lost != NULL) &&
            !isnan(p[i]))
            p[i] = 1;
    }
    statistics_holm(p, count, adjusted);
    for (size_t i = 0; i < count; i++)
        json_object_set_new(json_array_get(family->claims, i), key, results_number(adjusted[i]));
    return adjusted;
}

/* What is still needed was reckoned for the claim alone; beside others the level is stricter. */
static void say_alone(json_t *claim, const ResultsNeeded *more, const char *key, size_t tests)
{
    const bool needed = isfinite(more->more_camera_hours) || more->more_events != RESULTS_UNKNOWN;
    if (needed && tests >= 2)
        results_add_sentence(claim, phrase_integer(phrase_new(key), "n", (int64_t)tests));
}

/* The texts of a family: kept, no longer refuted, no longer supported, what is needed. */
typedef struct {
    const char *kept, *not_refuted, *not_supported, *alone;
} FamilyTexts;

static const FamilyTexts family_texts[] = {
    {"claim.family", "claim.family_not_refuted", "claim.family_not_supported", "claim.family_alone"},
    {"claim.adjusted", "claim.adjusted_not_refuted", "claim.adjusted_not_supported", "claim.needed_alone"}};

/* A verdict may be lost by the correction, never won. */
static void judge_again(json_t *claim, const ResultsClaim *read, double p_refute, double p_support,
                        const FamilyTexts *texts, size_t tests)
{
    const char *verdict = read->verdict;
    const bool refuted = g_strcmp0(verdict, "refuted") == 0, supported = g_strcmp0(verdict, "supported") == 0;
    json_object_set_new(claim, "verdict_unadjusted", json_string(verdict));
    if (!refuted && !supported) {
        say_alone(claim, &read->needed, texts->alone, tests);
        return;
    }
    const double p = refuted ? p_refute : p_support;
    const bool changed = !(p <= read->reading.alpha);
    Phrase *phrase = phrase_new(!changed ? texts->kept : refuted ? texts->not_refuted : texts->not_supported);
    json_t *if_lost = json_object_get(claim, RESULTS_SENTENCE_IF_LOST);
    if (changed && if_lost != NULL) /* no sentence says another verdict than the one it stands under */
        json_object_set(claim, RESULTS_SENTENCE, if_lost);
    results_add_sentence(claim, phrase_p(phrase_integer(phrase, "n", (int64_t)tests), "p", p));
    if (changed)
        json_object_set_new(claim, "verdict", json_string("not_established"));
}

static void adjust_family(const Family *family)
{
    size_t tests = 0;
    for (guint i = 0; i < family->read->len; i++)
        tests += isnan(((const ResultsClaim *)g_ptr_array_index(family->read, i))->p_refute) ? 0 : 1;
    if (!family->confirmatory && tests < 2)
        return; /* one test alone is no family */
    g_autofree double *p_refute = adjust(family, true, "p_refute_adjusted");
    g_autofree double *p_support = adjust(family, false, "p_support_adjusted");
    for (guint i = 0; i < family->read->len; i++)
        judge_again(json_array_get(family->claims, i), g_ptr_array_index(family->read, i), p_refute[i],
                    p_support[i], &family_texts[family->confirmatory], tests);
}

void results_adjust_claims(json_t *scenarios)
{
    g_autoptr(GPtrArray) families = find_families(scenarios);
    for (guint i = 0; i < families->len; i++) {
        const Family *family = g_ptr_array_index(families, i);
        size_t c;
        json_t *claim;
        adjust_family(family);
        json_array_foreach(family->claims, c, claim) json_object_del(claim, RESULTS_SENTENCE_IF_LOST);
    }
}
