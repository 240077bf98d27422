/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/independence.h"

#include "language/words.h"
#include "scoring/cameras.h"

#include <math.h>

Independence independence_of_number(int64_t cameras, Verdict verdict)
{
    return (Independence){.cameras = cameras,
                          .overdispersion_p = NAN,
                          .warned = verdict != VERDICT_NOT_TESTABLE && cameras < INDEPENDENCE_ENOUGH,
                          .interval = {NAN, NAN},
                          .level = NAN,
                          .verdict = VERDICT_NOT_TESTABLE};
}

static Verdict judge_interval(Interval interval, double lowest, double highest)
{
    if (interval.low > highest || interval.high < lowest)
        return VERDICT_REFUTED;
    return interval.low >= lowest && interval.high <= highest ? VERDICT_SUPPORTED : VERDICT_NOT_ESTABLISHED;
}

static Interval with_width(int64_t cameras, Interval interval)
{
    return cameras >= INDEPENDENCE_LEAST && interval.high > interval.low ? interval : (Interval){NAN, NAN};
}

Interval independence_interval(const ClusterBootstrap *drawn)
{
    return with_width((int64_t)drawn->clusters, drawn->percentile);
}

Independence independence_of_interval(int64_t cameras, Interval interval, double level, double lowest,
                                      double highest, Verdict verdict)
{
    Independence result = independence_of_number(cameras, verdict);
    interval = with_width(cameras, interval);
    if (verdict == VERDICT_NOT_TESTABLE || isnan(interval.low))
        return result;
    result.known = true;
    result.level = level;
    result.interval = interval;
    result.verdict = judge_interval(interval, lowest, highest);
    /* An interval that says more than the exact test is no reason for a warning: it is narrow by chance. */
    if (verdict != VERDICT_NOT_ESTABLISHED && result.verdict != verdict)
        result.warned = true;
    result.stronger = verdict == VERDICT_NOT_ESTABLISHED && result.verdict != verdict;
    return result;
}

Independence independence_judge(const int64_t *counts, const double *exposures, size_t cameras, double lowest,
                                double highest, double alpha, double variance, Verdict verdict)
{
    const double level = 1 - 2 * alpha;
    const ClusterBootstrap drawn =
        statistics_cluster_bootstrap(counts, exposures, cameras, level, BOOTSTRAP_REPLICATES, BOOTSTRAP_SEED);
    Independence result = independence_of_interval((int64_t)drawn.clusters, independence_interval(&drawn),
                                                   level, lowest, highest, verdict);
    result.overdispersion_p = statistics_dispersion(counts, exposures, cameras, variance).p;
    if (verdict != VERDICT_NOT_TESTABLE && result.overdispersion_p < INDEPENDENCE_ALPHA)
        result.warned = true;
    return result;
}

Independence independence_of_claim(const ClaimReading *reading, const GArray *cameras, Verdict verdict)
{
    g_autofree int64_t *counts = g_new0(int64_t, cameras->len + 1);
    g_autofree double *exposures = g_new0(double, cameras->len + 1);
    double count = 0, exposure = 0;
    const bool share = reading->metric == METRIC_P_MISS || reading->metric == METRIC_PRECISION;
    for (guint i = 0; i < cameras->len; i++) {
        const CameraTotals *camera = &g_array_index(cameras, CameraTotals, i);
        switch (reading->metric) {
        case METRIC_FALSE_ALERTS_PER_CAMERA_HOUR:
            counts[i] = camera->false_strict;
            exposures[i] = (double)camera->scored_us / (double)US_PER_HOUR;
            break;
        case METRIC_FALSE_ALERTS_PER_PASSAGE:
            counts[i] = camera->false_strict;
            exposures[i] = (double)camera->passages;
            break;
        case METRIC_P_MISS:
            counts[i] = camera->misses;
            exposures[i] = (double)(camera->hits + camera->misses);
            break;
        case METRIC_PRECISION:
            counts[i] = camera->hits;
            exposures[i] = (double)(camera->hits + camera->false_strict);
            break;
        default:
            return independence_of_number(cameras->len, verdict);
        }
        if (exposures[i] > 0) {
            count += (double)counts[i];
            exposure += exposures[i];
        }
    }
    const double figure = count / exposure, variance = share ? figure * (1 - figure) : figure;
    const double lowest = reading->at_most ? -(double)INFINITY : reading->value;
    const double highest = reading->at_most ? reading->value : (double)INFINITY;
    return independence_judge(counts, exposures, cameras->len, lowest, highest, reading->alpha, variance,
                              verdict);
}

void independence_hold(Independence *independence, const LogFit *fit, ClaimMetric metric, bool at_most)
{
    const Verdict held = log_fit_verdict(fit, metric, at_most, independence->verdict);
    independence->stronger = independence->stronger && held == independence->verdict;
    independence->verdict = held;
}

static void append_interval(GString *text, const Independence *independence, bool percent, Language language)
{
    const bool french = language == LANGUAGE_FR;
    if (!independence->known) {
        g_string_append(text, french
                                  ? " ; avec si peu de caméras ou d’erreurs, aucun intervalle par caméra ne "
                                    "peut être donné"
                                  : "; with so few cameras or errors no interval by camera can be given");
        return;
    }
    g_autofree char *low = percent ? words_percent(language, independence->interval.low)
                                   : words_number(language, independence->interval.low, 3);
    g_autofree char *high = isinf(independence->interval.high) ? g_strdup(french ? "l’infini" : "infinity")
                            : percent ? words_percent(language, independence->interval.high)
                                      : words_number(language, independence->interval.high, 3);
    g_autofree char *level = words_percent(language, independence->level);
    const Text verdict = verdict_text(independence->verdict);
    g_string_append_printf(
        text,
        french ? " ; l’intervalle par caméra (caméras tirées au sort, à %s : %s à %s) donnerait : %s"
               : "; the interval by camera (whole cameras drawn again, %s: %s to %s) would say: %s",
        level, low, high, french ? verdict.fr : verdict.en);
    if (independence->stronger)
        g_string_append(text,
                        french ? ", mais il est plus étroit que celui du test, et avec si peu de caméras ou "
                                 "d’erreurs il l’est par hasard"
                               : ", but it is narrower than the test's own, by chance with so few cameras or "
                                 "errors");
}

static char *compose(const Independence *independence, bool percent, Language language)
{
    const bool french = language == LANGUAGE_FR;
    g_autofree char *cameras = words_count(language, independence->cameras, french ? "caméra" : "camera",
                                           french ? "caméras" : "cameras");
    GString *text = g_string_new(NULL);
    if (independence->cameras < INDEPENDENCE_ENOUGH)
        g_string_append_printf(text,
                               french ? " Attention : %s seulement, et les erreurs d’une même caméra ne sont "
                                        "pas indépendantes, ce que ce test suppose"
                                      : " Caution: only %s, and errors of one camera are not independent, as "
                                        "this test takes them to be",
                               cameras);
    else
        g_string_append_printf(
            text,
            french ? " Attention : les erreurs d’une même caméra ne sont pas indépendantes, ce que ce test "
                     "suppose (%s"
                   : " Caution: errors of one camera are not independent, as this test takes them to be (%s",
            cameras);
    if (independence->overdispersion_p < INDEPENDENCE_ALPHA) {
        g_autofree char *p = words_p(language, independence->overdispersion_p);
        g_string_append_printf(
            text,
            french ? "%s%s varient d’une caméra à l’autre plus que le hasard ne l’explique, %s)"
                   : "%s%s vary between cameras more than chance explains, %s)",
            independence->cameras < INDEPENDENCE_ENOUGH ? " ("
            : french                                    ? " ; "
                                                        : "; ",
            french ? "elles" : "they", p);
    } else if (independence->cameras >= INDEPENDENCE_ENOUGH) {
        g_string_append_c(text, ')');
    }
    append_interval(text, independence, percent, language);
    g_string_append_c(text, '.');
    char *sentence = g_string_free(text, FALSE);
    return french ? words_french_spaces(sentence) : sentence;
}

Sentence independence_sentence(const Independence *independence, bool percent)
{
    if (!independence->warned)
        return (Sentence){NULL, NULL};
    return (Sentence){compose(independence, percent, LANGUAGE_EN),
                      compose(independence, percent, LANGUAGE_FR)};
}
