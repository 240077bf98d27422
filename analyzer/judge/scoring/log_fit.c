/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/log_fit.h"

#include "records/span.h"
#include "scoring/metrics.h"

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
    return at_most ? metric_of(metric)->lack_raises : metric_of(metric)->lack_lowers;
}

Verdict log_fit_verdict(const LogFit *fit, ClaimMetric metric, bool at_most, Verdict judged)
{
    if (!log_fit_is_doubtful(fit))
        return judged;
    if (judged == VERDICT_SUPPORTED || (judged == VERDICT_REFUTED && says_nothing(fit)))
        return VERDICT_NOT_ESTABLISHED;
    return judged == VERDICT_REFUTED && comes_of_lack(metric, at_most) ? VERDICT_NOT_ESTABLISHED : judged;
}

static Phrase *say_unwatched(const LogFit *fit)
{
    Phrase *said = phrase_new(fit->before ? "unfit.unwatched_before" : "unfit.unwatched");
    return phrase_integer(phrase_integer(said, "n", fit->unwatched), "all", fit->alerts);
}

static Phrase *say_shift(const LogFit *fit)
{
    return phrase_part(phrase_new(fit->before ? "unfit.shifted_before" : "unfit.shifted"), "counts",
                       shift_counts(&fit->shift, SHIFT_INTO_WATCHED_TIME));
}

static Phrase *say_copies(const LogFit *fit)
{
    Phrase *said = phrase_integer(phrase_new("unfit.copies"), "n", fit->copies);
    return phrase_number(said, "seconds", time_to_seconds(fit->copies_us), 2);
}

/* One reason more behind those there are; `reasons` NULL: the first. */
static Phrase *add_reason(Phrase *reasons, Phrase *next)
{
    return reasons == NULL
               ? next
               : phrase_part(phrase_part(phrase_new("unfit.and"), "first", reasons), "second", next);
}

Phrase *log_fit_reason(const LogFit *fit)
{
    Phrase *reasons = NULL;
    if (log_fit_is_unwatched(fit))
        reasons = add_reason(reasons, say_unwatched(fit));
    if (fit->shift.suspected)
        reasons = add_reason(reasons, say_shift(fit));
    if (fit->is_log && fit->unseen)
        reasons = add_reason(reasons, phrase_new("unfit.unseen"));
    if (fit->copies > 0)
        reasons = add_reason(reasons, say_copies(fit));
    return reasons;
}

Phrase *log_fit_silence(const LogFit *fit, Verdict verdict)
{
    if (fit == NULL || !fit->is_log || !fit->silent || verdict != VERDICT_SUPPORTED)
        return NULL;
    return phrase_new("unfit.silent");
}
