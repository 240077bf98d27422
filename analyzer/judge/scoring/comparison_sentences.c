/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts on comparisons as sentences (declared in comparison.h). */
#include "language/words.h"
#include "scoring/comparison.h"

#include <math.h>

static char *describe_interval(const ComparisonResult *result, bool percent, Language language)
{
    const bool french = language == LANGUAGE_FR;
    g_autofree char *level = words_percent(language, result->reading.level);
    g_autofree char *low = percent ? words_percent(language, result->interval.low)
                                   : words_number(language, result->interval.low, 3);
    g_autofree char *high = isinf(result->interval.high) ? g_strdup(french ? "l’infini" : "infinity")
                            : percent                    ? words_percent(language, result->interval.high)
                                                         : words_number(language, result->interval.high, 3);
    return g_strdup_printf(french ? "intervalle à %s : %s à %s" : "%s interval: %s to %s", level, low, high);
}

static char *false_alerts_in(const ComparisonCamera *sum, size_t side, Language language)
{
    const bool french = language == LANGUAGE_FR;
    g_autofree char *count =
        words_count(language, sum->false_alerts[side], french ? "fausse alerte" : "false alert",
                    french ? "fausses alertes" : "false alerts");
    g_autofree char *hours = words_number(language, sum->hours[side], 4);
    const char *unit = french ? (sum->hours[side] < 2 ? "heure-caméra" : "heures-caméra")
                              : (sum->hours[side] == 1 ? "camera-hour" : "camera-hours");
    return g_strdup_printf(french ? "%s en %s %s" : "%s in %s %s", count, hours, unit);
}

static void append_ratio(GString *text, const ComparisonResult *result, const char *first, const char *second,
                         Language language)
{
    const bool french = language == LANGUAGE_FR;
    g_autofree char *one = false_alerts_in(&result->sum, 0, language);
    g_autofree char *other = false_alerts_in(&result->sum, 1, language);
    g_string_append_printf(text, french ? "%s : %s ; %s : %s ; " : "%s: %s; %s: %s; ", first, one, second,
                           other);
    if (isnan(result->value)) {
        g_string_append(text, french ? "aucun rapport ne peut être formé" : "no ratio can be formed");
    } else {
        g_autofree char *ratio = isinf(result->value) ? g_strdup(french ? "infini" : "infinite")
                                                      : words_number(language, result->value, 3);
        g_autofree char *interval = describe_interval(result, false, language);
        g_string_append_printf(text, french ? "rapport des taux %s (%s)" : "ratio of the rates %s (%s)",
                               ratio, interval);
    }
    g_autofree char *limit = words_number(language, result->reading.value, 3);
    if (result->reading.within) {
        g_autofree char *inverse = words_number(language, 1 / result->reading.value, 3);
        g_string_append_printf(text, french ? ", limites %s et %s" : ", limits %s and %s", inverse, limit);
    } else {
        g_string_append_printf(text, ", %s %s",
                               result->reading.at_most ? (french ? "limite" : "limit") : "minimum", limit);
    }
}

static void append_difference(GString *text, const ComparisonResult *result, const char *first,
                              const char *second, Language language)
{
    const bool french = language == LANGUAGE_FR;
    const ComparisonCamera *sum = &result->sum;
    g_autofree char *events =
        words_count(language, sum->events, french ? "événement" : "event", french ? "événements" : "events");
    g_autofree char *one = words_integer(language, sum->missed_by_first);
    g_autofree char *other = words_integer(language, sum->missed_by_second);
    g_autofree char *both = words_integer(language, sum->missed_by_both);
    g_autofree char *margin = words_percent(language, result->reading.value);
    g_string_append_printf(
        text,
        french ? "Sur %s, manqués par %s seulement : %s ; par %s seulement : %s ; par les deux : %s ; "
               : "Of %s, missed by %s alone: %s; by %s alone: %s; by both: %s; ",
        events, first, one, second, other, both);
    if (isnan(result->value)) {
        g_string_append(text, french ? "aucune différence ne peut être calculée"
                                     : "there is no difference to tell");
    } else {
        g_autofree char *value = words_percent(language, result->value);
        g_autofree char *interval = describe_interval(result, true, language);
        g_string_append_printf(text,
                               french ? "différence des parts manquées %s (%s)"
                                      : "difference of the shares missed %s (%s)",
                               value, interval);
    }
    g_string_append_printf(text, french ? ", marge %s%s" : ", margin %s%s", margin,
                           !result->reading.within ? ""
                           : french                ? " dans les deux sens"
                                                   : " either way");
}

static char *describe_need(const ComparisonResult *result, Language language)
{
    const bool french = language == LANGUAGE_FR;
    if (!isnan(result->needed_hours)) {
        g_autofree char *hours = words_integer(language, (int64_t)result->needed_hours);
        return g_strdup_printf(
            french ? "il faudrait encore environ %s heures-caméra de chaque, si les deux gardent ces taux"
                   : "about %s more camera-hours of each needed, if both keep these rates",
            hours);
    }
    if (result->needed_events < 0)
        return NULL;
    g_autofree char *events = words_count(language, result->needed_events, french ? "événement" : "event",
                                          french ? "événements" : "events");
    if (french)
        return g_strdup_printf("il faudrait encore environ %s sur lesquels les deux s’accordent", events);
    g_autofree char *number = words_integer(language, result->needed_events);
    return g_strdup_printf("about %s more %s on which both agree needed", number,
                           result->needed_events == 1 ? "event" : "events");
}

static char *compose(const ComparisonResult *result, const char *first, const char *second, Language language)
{
    const bool french = language == LANGUAGE_FR;
    const bool is_ratio = result->reading.metric == METRIC_RATE_RATIO;
    const Text verdict = verdict_text(result->verdict);
    GString *text = g_string_new(NULL);
    if (is_ratio)
        append_ratio(text, result, first, second, language);
    else
        append_difference(text, result, first, second, language);
    g_string_append_printf(text, french ? " : %s" : ": %s", french ? verdict.fr : verdict.en);
    g_autofree char *rest =
        result->verdict == VERDICT_NOT_ESTABLISHED
            ? describe_need(result, language)
            : words_p(language, result->verdict == VERDICT_REFUTED ? result->p_refute : result->p_support);
    if (rest != NULL)
        g_string_append_printf(text, ", %s", rest);
    g_autofree char *mended = eval_mended_clause(result->mended_clips, french);
    g_string_append_printf(text, "%s.", mended);
    if (result->unpaired_clips > 0) {
        g_autofree char *clips = words_count(language, result->unpaired_clips, french ? "séquence" : "clip",
                                             french ? "séquences" : "clips");
        g_string_append_printf(text,
                               french ? " Mises de côté, car en échec pour l’un des deux : %s."
                                      : " Left out, as they failed for one of the two: %s.",
                               clips);
    }
    char *sentence = g_string_free(text, FALSE);
    return french ? words_french_spaces(sentence) : sentence;
}

Sentence comparison_sentence(const ComparisonResult *result, Text first, Text second)
{
    Sentence caution =
        independence_sentence(&result->independence, result->reading.metric == METRIC_MISS_DIFFERENCE);
    g_autofree char *en = compose(result, first.en, second.en, LANGUAGE_EN);
    g_autofree char *fr = compose(result, first.fr, second.fr, LANGUAGE_FR);
    const Sentence whole = {g_strconcat(en, caution.en, NULL), g_strconcat(fr, caution.fr, NULL)};
    g_free(caution.en);
    g_free(caution.fr);
    return whole;
}
