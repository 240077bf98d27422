/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts as sentences (declared in claims.h): what was seen, the limit, the verdict, and p or what is still
 * needed. French agrees with « l’allégation ». */
#include "language/words.h"
#include "scoring/claims.h"

#include <math.h>

/* "12 false alerts in 50 camera-hours" */
static char *describe_counts(const ClaimResult *result, Language language)
{
    const bool french = language == LANGUAGE_FR;
    const Rate *rate = &result->observed;
    g_autofree char *amount = words_number(language, rate->denominator, 4);
    switch (result->reading.metric) {
    case METRIC_FALSE_ALERTS_PER_CAMERA_HOUR:
    case METRIC_FALSE_ALERTS_PER_PASSAGE: {
        const bool hours = result->reading.metric == METRIC_FALSE_ALERTS_PER_CAMERA_HOUR;
        g_autofree char *count =
            words_count(language, rate->numerator, french ? "fausse alerte" : "false alert",
                        french ? "fausses alertes" : "false alerts");
        const bool one = french ? rate->denominator < 2 : rate->denominator == 1;
        const char *unit = hours ? (french ? (one ? "heure-caméra" : "heures-caméra")
                                           : (one ? "camera-hour" : "camera-hours"))
                                 : (one ? "passage" : "passages");
        const char *own = !result->own_count ? ""
                          : french           ? " (selon le propre décompte du système)"
                                             : " (by the system’s own count)";
        return g_strdup_printf(french ? "%s en %s %s%s" : "%s in %s %s%s", count, amount, unit, own);
    }
    case METRIC_P_MISS: {
        g_autofree char *events =
            words_count(language, (int64_t)rate->denominator, french ? "événement" : "event",
                        french ? "événements" : "events");
        g_autofree char *missed = words_integer(language, rate->numerator);
        if (french)
            return g_strdup_printf("%s manqué%s sur %s", missed, rate->numerator > 1 ? "s" : "", events);
        return g_strdup_printf("%s of %s missed", missed, events);
    }
    case METRIC_PRECISION: {
        g_autofree char *alerts = words_count(language, (int64_t)rate->denominator,
                                              french ? "alerte" : "alert", french ? "alertes" : "alerts");
        g_autofree char *right = words_integer(language, rate->numerator);
        if (french)
            return g_strdup_printf("%s juste%s sur %s", right, rate->numerator > 1 ? "s" : "", alerts);
        return g_strdup_printf("%s of %s right", right, alerts);
    }
    case METRIC_PRECISION_AT_PREVALENCE: {
        if (isnan(result->value))
            return g_strdup(french ? "part d’alertes justes à la fréquence en usage indéfinie"
                                   : "share of true alerts at deployment prevalence is not defined");
        g_autofree char *percent = words_percent(language, result->value);
        return g_strdup_printf(french ? "part d’alertes justes à la fréquence en usage de %s"
                                      : "share of true alerts at deployment prevalence %s",
                               percent);
    }
    case METRIC_ANALYSIS_TIME: /* scoring/analysis_time.h */
    case METRIC_RATE_RATIO:    /* scoring/comparison.h */
    case METRIC_MISS_DIFFERENCE:
    case METRIC_NONE:
        break;
    }
    return NULL;
}

/* "limit 0.1 per camera-hour" */
static char *describe_limit(const ClaimResult *result, Language language)
{
    const bool french = language == LANGUAGE_FR;
    const char *limit = french ? "limite" : "limit", *word = result->reading.at_most ? limit : "minimum";
    const ClaimMetric metric = result->reading.metric;
    if (metric != METRIC_FALSE_ALERTS_PER_CAMERA_HOUR && metric != METRIC_FALSE_ALERTS_PER_PASSAGE) {
        g_autofree char *percent = words_percent(language, result->reading.value);
        return g_strdup_printf("%s %s", word, percent);
    }
    g_autofree char *number = words_number(language, result->reading.value, 4);
    const char *unit = metric == METRIC_FALSE_ALERTS_PER_PASSAGE ? (french ? "par passage" : "per passage")
                       : french                                  ? "par heure-caméra"
                                                                 : "per camera-hour";
    return g_strdup_printf("%s %s %s", word, number, unit);
}

static char *describe_need(const ClaimResult *result, Language language)
{
    const bool french = language == LANGUAGE_FR;
    if (!isnan(result->needed_hours)) {
        g_autofree char *hours =
            words_number(language, result->needed_hours,
                         result->needed_hours >= 10 ? 1 + (int)floor(log10(result->needed_hours)) : 2);
        const bool one = french ? result->needed_hours < 2 : result->needed_hours == 1;
        return g_strdup_printf(french ? "il faudrait encore %s %s sans fausse alerte"
                                      : "%s more %s without a false alert needed",
                               hours,
                               french ? (one ? "heure-caméra" : "heures-caméra")
                                      : (one ? "camera-hour" : "camera-hours"));
    }
    if (result->needed_events < 0)
        return NULL;
    g_autofree char *number = words_integer(language, result->needed_events);
    const bool one = result->needed_events <= 1 && (french || result->needed_events == 1);
    switch (result->reading.metric) {
    case METRIC_FALSE_ALERTS_PER_PASSAGE:
        return g_strdup_printf(french ? "il faudrait encore %s %s sans fausse alerte"
                                      : "%s more %s without a false alert needed",
                               number, one ? "passage" : "passages");
    case METRIC_PRECISION:
        return g_strdup_printf(french ? "il faudrait encore %s %s sans fausse"
                                      : "%s more %s without a false one needed",
                               number, french ? (one ? "alerte" : "alertes") : (one ? "alert" : "alerts"));
    default:
        return g_strdup_printf(
            french ? "il faudrait encore %s %s sans en manquer" : "%s more %s without a miss needed", number,
            french ? (one ? "événement" : "événements") : (one ? "event" : "events"));
    }
}

static char *compose(const ClaimResult *result, Language language)
{
    const bool french = language == LANGUAGE_FR;
    const Text verdict = verdict_text(result->verdict);
    const char *word = french ? verdict.fr : verdict.en;
    GString *text = g_string_new(NULL);
    if (result->verdict == VERDICT_NOT_TESTABLE) {
        const Text reason = undefined_reason_text(result->reason);
        if (result->reason == UNDEFINED_NOT_TESTABLE)
            g_string_append(text, french ? "Non testable en ces termes" : "Not testable as worded");
        else
            g_string_append_printf(text, french ? "Non testable : %s" : "Not testable: %s",
                                   french ? reason.fr : reason.en);
    } else {
        g_autofree char *counts = describe_counts(result, language);
        g_autofree char *limit = describe_limit(result, language);
        g_autofree char *mended = eval_mended_clause(result->mended_clips, french);
        g_string_append_printf(text, french ? "%s%s, %s : %s" : "%s%s, %s: %s", counts, mended, limit, word);
        g_autofree char *rest =
            result->verdict == VERDICT_NOT_ESTABLISHED
                ? describe_need(result, language)
                : words_p(language,
                          result->verdict == VERDICT_REFUTED ? result->p_refute : result->p_support);
        g_autofree char *unfit = result->unfit.is_log ? log_fit_reason(&result->unfit, language) : NULL;
        if (unfit != NULL)
            g_string_append_printf(text, french ? ", car %s" : ", since %s", unfit);
        else if (rest != NULL)
            g_string_append_printf(text, ", %s", rest);
    }
    g_string_append_c(text, '.');
    char *sentence = g_string_free(text, FALSE);
    return french ? words_french_spaces(sentence) : sentence;
}

Sentence claim_sentence(const ClaimResult *result)
{
    return (Sentence){compose(result, LANGUAGE_EN), compose(result, LANGUAGE_FR)};
}
