/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/log_fit.h"

bool log_fit_is_doubtful(const LogFit *fit)
{
    return fit != NULL && fit->is_log && fit->unwatched > 0 &&
           (double)fit->unwatched > fit->share * (double)fit->alerts;
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
    default: /* of misses and false alerts together, of true alerts among all, or of two systems */
        return true;
    }
}

Verdict log_fit_verdict(const LogFit *fit, ClaimMetric metric, bool at_most, Verdict judged)
{
    if (!log_fit_is_doubtful(fit))
        return judged;
    if (judged == VERDICT_SUPPORTED)
        return VERDICT_NOT_ESTABLISHED;
    return judged == VERDICT_REFUTED && comes_of_lack(metric, at_most) ? VERDICT_NOT_ESTABLISHED : judged;
}

char *log_fit_reason(const LogFit *fit, Language language)
{
    const bool french = language == LANGUAGE_FR;
    g_autofree char *all = words_integer(language, fit->alerts);
    if (!french) {
        g_autofree char *n = words_integer(language, fit->unwatched);
        return g_strdup_printf(
            "%s of %s alerts of the log%s fell where nobody watched: %s log does not fit the watched hours", n,
            all, fit->before ? " before validation" : "", fit->before ? "that" : "the");
    }
    g_autofree char *alerts = words_count(language, fit->unwatched, "alerte", "alertes");
    return words_french_spaces(g_strdup_printf(
        "%s du journal%s sur %s %s hors de la durée visionnée : %s journal ne correspond pas aux heures "
        "visionnées",
        alerts, fit->before ? " d’avant validation" : "", all, fit->unwatched < 2 ? "tombe" : "tombent",
        fit->before ? "ce" : "le"));
}
