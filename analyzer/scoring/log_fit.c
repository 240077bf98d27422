/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/log_fit.h"

bool log_fit_is_doubtful(const LogFit *fit)
{
    return fit != NULL && fit->is_log && fit->unwatched > 0 &&
           (double)fit->unwatched > fit->share * (double)fit->alerts;
}

Verdict log_fit_verdict(const LogFit *fit, ClaimMetric metric, bool at_most, Verdict judged)
{
    if (!log_fit_is_doubtful(fit))
        return judged;
    if (judged == VERDICT_SUPPORTED)
        return VERDICT_NOT_ESTABLISHED;
    /* Too few alerts in watched time speak against “at least so many”; against either side of a comparison. */
    const bool counts_false =
        metric == METRIC_FALSE_ALERTS_PER_CAMERA_HOUR || metric == METRIC_FALSE_ALERTS_PER_PASSAGE;
    const bool by_lack = (counts_false && !at_most) || claim_metric_compares(metric);
    return judged == VERDICT_REFUTED && by_lack ? VERDICT_NOT_ESTABLISHED : judged;
}

char *log_fit_reason(const LogFit *fit, Language language)
{
    const bool french = language == LANGUAGE_FR;
    g_autofree char *all = words_integer(language, fit->alerts);
    if (!french) {
        g_autofree char *n = words_integer(language, fit->unwatched);
        return g_strdup_printf("%s of %s alerts of the log fell where nobody watched: the log does not fit the "
                               "watched hours",
                               n, all);
    }
    g_autofree char *alerts = words_count(language, fit->unwatched, "alerte", "alertes");
    return words_french_spaces(g_strdup_printf(
        "%s du journal sur %s %s hors de la durée visionnée : le journal ne correspond pas aux heures "
        "visionnées",
        alerts, all, fit->unwatched < 2 ? "tombe" : "tombent"));
}
