/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/analysis_time.h"

#include "language/words.h"

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
                               reading->alpha, reading->level};
    const ClaimReading recall = {METRIC_P_MISS, true, reading->p_miss_limit, reading->alpha, reading->level};
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

static char *compose(const AnalysisTimeReading *reading, const AnalysisTimeResult *result,
                     const EvalFigures *figures, Language language)
{
    const bool french = language == LANGUAGE_FR;
    g_autofree char *factor = words_number(language, reading->factor, 4);
    g_autofree char *allowed = words_number(language, fmax(result->allowed_s, 0), 3);
    g_autofree char *load =
        isnan(result->alerts.value) ? g_strdup("—") : words_number(language, result->alerts.value, 3);
    g_autofree char *missed = words_integer(language, figures->misses);
    g_autofree char *events = words_integer(language, figures->events);
    g_autofree char *mended = eval_mended_clause(figures->mended_clips, french);
    GString *text = g_string_new(NULL);
    if (result->verdict == VERDICT_NOT_TESTABLE)
        g_string_append(text,
                        french ? "Non testable en rejouant des images : personne n’a mesuré le temps "
                                 "d’examen d’une alerte. "
                               : "Not testable by replay: nobody measured how long a person takes to review "
                                 "an alert. ");
    g_string_append_printf(
        text,
        french ? "Un temps divisé par %s laisse %s s à une personne par heure d’images ; il y a eu "
                 "%s alertes par heure-caméra%s"
               : "Time divided by %s leaves a person %s s per hour of video; there were %s alerts "
                 "per camera-hour%s",
        factor, allowed, load, mended);
    if (!isnan(reading->review_s)) {
        g_autofree char *review = words_number(language, reading->review_s, 3);
        g_autofree char *limit = words_number(language, result->allowed_alerts_per_hour, 3);
        g_string_append_printf(text,
                               french ? ", et à %s s par alerte %s seraient permises"
                                      : ", and at %s s an alert %s are allowed",
                               review, limit);
        if (!isnan(result->factor)) {
            g_autofree char *reached = words_number(language, result->factor, 3);
            g_string_append_printf(text, french ? " (facteur atteint : %s)" : " (factor reached: %s)",
                                   reached);
        }
    } else if (!isnan(result->implied_s_per_alert)) {
        g_autofree char *implied = words_number(language, result->implied_s_per_alert, 3);
        g_string_append_printf(text, french ? ", soit au plus %s s par alerte" : ", so at most %s s an alert",
                               implied);
    }
    g_string_append_printf(text,
                           french ? ". Gagner du temps ne dit rien des événements manqués : %s sur %s ici"
                                  : ". Time saved says nothing of missed events: %s of %s here",
                           missed, events);
    if (result->verdict != VERDICT_NOT_TESTABLE) {
        const Text verdict = verdict_text(result->verdict);
        g_autofree char *limit = words_percent(language, reading->p_miss_limit);
        g_autofree char *p =
            words_p(language, result->verdict == VERDICT_REFUTED ? result->p_refute : result->p_support);
        g_string_append_printf(text, french ? " (limite %s) : %s, %s" : " (limit %s): %s, %s", limit,
                               french ? verdict.fr : verdict.en, p);
    }
    g_string_append_c(text, '.');
    char *sentence = g_string_free(text, FALSE);
    return french ? words_french_spaces(sentence) : sentence;
}

Sentence analysis_time_sentence(const AnalysisTimeReading *reading, const AnalysisTimeResult *result,
                                const EvalFigures *figures)
{
    return (Sentence){compose(reading, result, figures, LANGUAGE_EN),
                      compose(reading, result, figures, LANGUAGE_FR)};
}
