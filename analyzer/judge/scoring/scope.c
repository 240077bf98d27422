/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/scope.h"

#include "scoring/metrics.h"

#include <math.h>

const char *const scope_names[] = {
    [CLAIM_OF_PLACES] = "places_like_these", [CLAIM_OF_CLIPS] = "these_clips", NULL};

bool scope_count(ClaimMetric metric, const GArray *totals, ScopeCounts *counts)
{
    const Metric *of = metric_of(metric);
    *counts = (ScopeCounts){.counts = NULL};
    if (of->of_camera == NULL)
        return false;
    counts->counts = g_new0(int64_t, totals->len + 1);
    counts->exposures = g_new0(double, totals->len + 1);
    for (guint i = 0; i < totals->len; i++) {
        const CameraTotals *camera = &g_array_index(totals, CameraTotals, i);
        of->of_camera(camera, &counts->counts[i], &counts->exposures[i]);
        counts->unnamed += camera->unnamed && counts->exposures[i] > 0;
    }
    counts->of = (PlacesCounts){counts->counts, counts->exposures, totals->len, of->kind == METRIC_IS_SHARE};
    return true;
}

void scope_counts_clear(ScopeCounts *counts)
{
    g_clear_pointer(&counts->counts, g_free);
    g_clear_pointer(&counts->exposures, g_free);
}

static Scope start(ClaimScope scope, Verdict exact)
{
    static const LooksSpec none = {.plan = LOOKS_NOT_STATED};
    return (Scope){.looks = {.plan = none, .reached = true},
                   .scope = scope,
                   .of_clips = exact,
                   .cameras = 0,
                   .days = -1,
                   .p_refute = NAN,
                   .p_support = NAN,
                   .interval = {NAN, NAN},
                   .level = NAN};
}

int64_t scope_least_days(bool anytime)
{
    return anytime ? SCOPE_LEAST_DAYS_ANYTIME : PLACES_LEAST;
}

static bool is_verdict(Verdict verdict)
{
    return verdict == VERDICT_SUPPORTED || verdict == VERDICT_REFUTED;
}

/* Clips that name no camera are taken for one. */
static void count_cameras(Scope *scope, int64_t clusters, int64_t unnamed)
{
    scope->unnamed = unnamed;
    scope->cameras = clusters - unnamed + (unnamed > 0);
}

static ScopeLoss few_cameras(const Scope *scope)
{
    return scope->unnamed > 1 ? SCOPE_UNNAMED_CAMERAS : SCOPE_FEW_CAMERAS;
}

static PlacesTest test_clusters(const PlacesCounts *counts, const ClaimReading *reading)
{
    PlacesTest test = places_test(counts, reading->value);
    if (reading->anytime) {
        const PlacesEvidence evidence = places_anytime(counts, reading->value);
        test.p_at_most = anytime_p(evidence.less);
        test.p_at_least = anytime_p(evidence.more);
    }
    return test;
}

static void widen(Scope *scope, const PlacesCounts *counts, const ClaimReading *reading, PlacesTest *test)
{
    *test = test_clusters(counts, reading);
    const double support = reading->at_most ? test->p_at_most : test->p_at_least;
    const double refute = reading->at_most ? test->p_at_least : test->p_at_most;
    scope->p_support = fmax(scope->p_support, support); /* fmax passes over a NAN */
    scope->p_refute = fmax(scope->p_refute, refute);
}

static void widen_interval(Scope *scope, const PlacesCounts *counts, const ClaimReading *reading)
{
    const double level = 1 - 2 * reading->alpha;
    const Interval interval =
        reading->anytime ? places_anytime_interval(counts, level) : places_interval(counts, level);
    scope->interval.low = fmin(scope->interval.low, interval.low);
    scope->interval.high = fmax(scope->interval.high, interval.high);
    scope->level = level;
}

static double p_of(const PlacesTest *test, const ClaimReading *reading, Verdict verdict)
{
    return (verdict == VERDICT_SUPPORTED) == reading->at_most ? test->p_at_most : test->p_at_least;
}

Scope scope_judge(ClaimScope asked, const ClaimReading *reading, Verdict exact, const ScopeCounts *cameras,
                  const ScopeCounts *days)
{
    Scope scope = scope_test(asked, reading, exact, cameras, days);
    widen_interval(&scope, &cameras->of, reading);
    if (days != NULL)
        widen_interval(&scope, &days->of, reading);
    return scope;
}

Scope scope_test(ClaimScope asked, const ClaimReading *reading, Verdict exact, const ScopeCounts *cameras,
                 const ScopeCounts *days)
{
    Scope scope = start(asked, exact);
    PlacesTest by_camera, by_day = {.p_at_most = NAN, .p_at_least = NAN};
    widen(&scope, &cameras->of, reading, &by_camera);
    count_cameras(&scope, (int64_t)by_camera.clusters, cameras->unnamed);
    if (days != NULL) {
        widen(&scope, &days->of, reading, &by_day);
        scope.days = (int64_t)by_day.clusters;
    }
    scope.never = reading->value <= 0 || (cameras->of.shares && reading->value >= 1);
    if (asked == CLAIM_OF_CLIPS || !is_verdict(exact) || (scope.never && exact == VERDICT_REFUTED))
        return scope;
    if (scope.cameras < PLACES_LEAST)
        scope.lost = few_cameras(&scope);
    else if (!(p_of(&by_camera, reading, exact) <= reading->alpha))
        scope.lost = SCOPE_CAMERAS_DIFFER;
    else if (days != NULL && scope.days < scope_least_days(reading->anytime))
        scope.lost = SCOPE_FEW_DAYS;
    else if (days != NULL && !(p_of(&by_day, reading, exact) <= reading->alpha))
        scope.lost = SCOPE_DAYS_DIFFER;
    return scope;
}

Scope scope_judge_drawn(ClaimScope asked, Verdict exact, const Independence *independence, int64_t unnamed)
{
    Scope scope = start(asked, exact);
    count_cameras(&scope, independence->cameras, unnamed);
    if (independence->known) {
        scope.interval = independence->interval;
        scope.level = independence->level;
    }
    if (asked == CLAIM_OF_CLIPS || !is_verdict(exact))
        return scope;
    if (scope.cameras < PLACES_LEAST)
        scope.lost = few_cameras(&scope);
    else if (!independence->known)
        scope.lost = SCOPE_NO_INTERVAL;
    else if (independence->verdict != exact)
        scope.lost = SCOPE_CAMERAS_DIFFER;
    return scope;
}

void scope_hold(Scope *scope, const Looks *looks)
{
    scope->looks = *looks;
    if (scope->never && scope->of_clips == VERDICT_REFUTED && looks->lost != LOOKS_KEPT) {
        scope->looks.lost = LOOKS_KEPT;
        scope->looks.overruled = true;
    }
}

bool scope_is_taken_back(const Scope *scope)
{
    return scope->of_clips != VERDICT_NOT_TESTABLE &&
           (scope->lost != SCOPE_KEPT || scope->looks.lost != LOOKS_KEPT);
}

Verdict scope_verdict(const Scope *scope)
{
    return scope_is_taken_back(scope) ? VERDICT_NOT_ESTABLISHED : scope->of_clips;
}

Phrase *scope_reason(const Scope *scope)
{
    static const char *const keys[] = {
        [SCOPE_KEPT] = NULL,
        [SCOPE_FEW_CAMERAS] = "scope.few_cameras",
        [SCOPE_UNNAMED_CAMERAS] = "scope.unnamed_cameras",
        [SCOPE_FEW_DAYS] = "scope.few_days",
        [SCOPE_CAMERAS_DIFFER] = "scope.cameras_differ",
        [SCOPE_DAYS_DIFFER] = "scope.days_differ",
        [SCOPE_NO_INTERVAL] = "scope.no_interval",
    };
    if (scope->looks.lost != LOOKS_KEPT)
        return looks_reason(&scope->looks);
    Phrase *said = phrase_new(keys[scope->lost]);
    phrase_integer(said, "cameras", scope->cameras);
    phrase_integer(said, "unnamed", scope->unnamed);
    phrase_integer(said, "days", scope->days);
    const bool of_days = scope->lost == SCOPE_FEW_DAYS;
    const bool anytime = scope->looks.plan.plan == LOOKS_ANYTIME;
    return phrase_integer(said, "least", of_days ? scope_least_days(anytime) : PLACES_LEAST);
}

#define LARGEST_BOUND 1e6 /* a camera-hour */

static Phrase *say_interval(const Scope *scope, bool percent)
{
    if (isnan(scope->interval.low) || isnan(scope->interval.high))
        return NULL;
    Phrase *said = phrase_percent(phrase_new("scope.interval"), "share", scope->level);
    if (percent)
        return phrase_percent(phrase_percent(said, "low", scope->interval.low), "high", scope->interval.high);
    phrase_number(said, "low", scope->interval.low, 3);
    /* Of two cameras a bound of 21 digits comes out: none of them means anything. */
    return isinf(scope->interval.high)            ? phrase_word(said, "high", "number.infinity")
           : scope->interval.high > LARGEST_BOUND ? phrase_word(said, "high", "number.million")
                                                  : phrase_number(said, "high", scope->interval.high, 3);
}

static Phrase *say_scope(const Scope *scope, double p_exact, bool percent)
{
    if (scope->never && !is_verdict(scope->of_clips))
        return phrase_new("scope.never");
    if (scope->scope == CLAIM_OF_CLIPS)
        return is_verdict(scope->of_clips) ? phrase_new("scope.these_clips") : NULL;
    Phrase *said;
    if (scope->lost != SCOPE_KEPT) {
        said = phrase_word(phrase_new("scope.alone"), "verdict", verdict_key(scope->of_clips));
        phrase_p(said, "p", p_exact);
    } else if (!is_verdict(scope->of_clips)) {
        if (scope->cameras >= PLACES_LEAST)
            return NULL;
        said = phrase_integer(phrase_new("scope.more_cameras"), "more", PLACES_LEAST - scope->cameras);
        return phrase_integer(said, "least", PLACES_LEAST);
    } else {
        said = phrase_new(scope->days >= 0 ? "scope.places_and_days" : "scope.places");
    }
    phrase_integer(said, "cameras", scope->cameras);
    if (scope->days >= 0)
        phrase_integer(said, "days", scope->days);
    return phrase_part(said, "interval", say_interval(scope, percent));
}

Phrase *scope_sentence(const Scope *scope, double p_exact, bool percent)
{
    /* Of a look that establishes nothing there is no verdict to speak of, not of these clips either. */
    if (scope->of_clips == VERDICT_NOT_TESTABLE || scope->looks.lost != LOOKS_KEPT)
        return NULL;
    Phrase *said = say_scope(scope, p_exact, percent), *looks = looks_sentence(&scope->looks);
    return said != NULL ? phrase_then(said, looks) : looks;
}
