/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/log_fit.h"

#include "records/span.h"

bool log_fit_is_unwatched(const LogFit *fit)
{
    return fit != NULL && fit->is_log && fit->unwatched > 0 &&
           (double)fit->unwatched > fit->share * (double)fit->alerts;
}

/* What the alerts say, or do not say, cannot be taken for anything. */
static bool says_nothing(const LogFit *fit)
{
    return fit != NULL && (fit->copies > 0 || (fit->is_log && (fit->shift.suspected || fit->unseen)));
}

bool log_fit_is_doubtful(const LogFit *fit)
{
    return log_fit_is_unwatched(fit) || says_nothing(fit);
}

void log_fit_inherit(LogFit *fit, const LogFit *before)
{
    const bool silent = fit->silent && before != NULL && before->silent;
    /* A shift of its own holds back more than unwatched alerts of the other. */
    if (log_fit_is_doubtful(before) && (before->shift.suspected || !fit->shift.suspected)) {
        *fit = *before;
        fit->before = true;
    }
    fit->silent = silent;
}

/* Whether alerts that are missing where people watched can refute such a claim. */
static bool comes_of_lack(ClaimMetric metric, bool at_most)
{
    switch (metric) {
    case METRIC_FALSE_ALERTS_PER_CAMERA_HOUR:
    case METRIC_FALSE_ALERTS_PER_PASSAGE:
        return !at_most; /* “at least so many” */
    case METRIC_P_MISS:
        return at_most; /* what no alert found counts as missed */
    default:            /* of misses and false alerts together, of true alerts among all, or of two systems */
        return true;
    }
}

Verdict log_fit_verdict(const LogFit *fit, ClaimMetric metric, bool at_most, Verdict judged)
{
    if (!log_fit_is_doubtful(fit))
        return judged;
    if (judged == VERDICT_SUPPORTED || (judged == VERDICT_REFUTED && says_nothing(fit)))
        return VERDICT_NOT_ESTABLISHED;
    return judged == VERDICT_REFUTED && comes_of_lack(metric, at_most) ? VERDICT_NOT_ESTABLISHED : judged;
}

static char *unwatched_reason(const LogFit *fit, Language language)
{
    g_autofree char *all = words_integer(language, fit->alerts);
    if (language != LANGUAGE_FR) {
        g_autofree char *n = words_integer(language, fit->unwatched);
        return g_strdup_printf(
            "%s of %s alerts of the log%s fell where nobody watched: %s log does not fit the watched hours",
            n, all, fit->before ? " before validation" : "", fit->before ? "that" : "the");
    }
    g_autofree char *alerts = words_count(language, fit->unwatched, "alerte", "alertes");
    return g_strdup_printf(
        "%s du journal%s sur %s %s hors de la durée visionnée : %s journal ne correspond pas aux heures "
        "visionnées",
        alerts, fit->before ? " d’avant validation" : "", all, fit->unwatched < 2 ? "tombe" : "tombent",
        fit->before ? "ce" : "le");
}

static char *shift_reason(const LogFit *fit, Language language)
{
    g_autofree char *counts = shift_counts(&fit->shift, SHIFT_INTO_WATCHED_TIME, language);
    return g_strdup_printf(
        language == LANGUAGE_FR
            ? "l’horloge du journal%s paraît décalée (%s) : il faut l’indiquer dans le fichier "
              "de correspondance du journal (zone, shift_s), ou demander au fournisseur laquelle "
              "c’est"
            : "the clock of the log%s looks shifted (%s): set the clock in the map of the "
              "log (zone, shift_s), or ask the vendor which clock the log follows",
        !fit->before              ? ""
        : language == LANGUAGE_FR ? " d’avant validation"
                                  : " before validation",
        counts);
}

static char *copies_reason(const LogFit *fit, Language language)
{
    g_autofree char *seconds = words_number(language, time_to_seconds(fit->copies_us), 2);
    if (language != LANGUAGE_FR) {
        g_autofree char *n = words_integer(language, fit->copies);
        return g_strdup_printf(
            "%s clip%s (%s s) %s the very pictures of another: the same footage counted again "
            "says nothing new",
            n, fit->copies == 1 ? "" : "s", seconds, fit->copies == 1 ? "holds" : "hold");
    }
    g_autofree char *clips = words_count(language, fit->copies, "séquence", "séquences");
    return g_strdup_printf(
        "%s (%s s) %s exactement les images d’une autre : les mêmes images comptées une fois "
        "de plus n’apprennent rien",
        clips, seconds, fit->copies < 2 ? "contient" : "contiennent");
}

char *log_fit_reason(const LogFit *fit, Language language)
{
    g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
    if (log_fit_is_unwatched(fit))
        g_ptr_array_add(reasons, unwatched_reason(fit, language));
    if (fit->shift.suspected)
        g_ptr_array_add(reasons, shift_reason(fit, language));
    if (fit->is_log && fit->unseen)
        g_ptr_array_add(
            reasons,
            g_strdup(language == LANGUAGE_FR
                         ? "aucune alerte du journal ne porte sur cette condition : il ne montre pas que "
                           "le système ait vu les séquences dans cette condition"
                         : "no alert of the log names this condition: the log does not show that the "
                           "system ever looked at the footage under it"));
    if (fit->copies > 0)
        g_ptr_array_add(reasons, copies_reason(fit, language));
    g_ptr_array_add(reasons, NULL);
    char *reason = g_strjoinv(language == LANGUAGE_FR ? ", et " : ", and ", (char **)reasons->pdata);
    return language == LANGUAGE_FR ? words_french_spaces(reason) : reason;
}

Sentence log_fit_silence(const LogFit *fit, Verdict verdict)
{
    if (fit == NULL || !fit->is_log || !fit->silent || verdict != VERDICT_SUPPORTED)
        return (Sentence){NULL, NULL};
    return (Sentence){
        g_strdup(
            "the log holds no alert of this kind at all for these clips; whether the system was running is "
            "not shown by the log"),
        words_french_spaces(
            g_strdup("le journal ne contient aucune alerte de ce type pour ces séquences ; il "
                     "ne montre pas si le système fonctionnait"))};
}
