/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether an alert log bears a verdict: it must fit the hours that were watched, and its clock must not look
 * shifted.
 *
 * Watched hours. Alerts in unwatched time are neither right nor
 * false; a log of which many lie there may be one of another day, and then few false alerts in the watched
 * time are no merit of the system.
 *
 * A log does not fit when at least one of its alerts, and more than the stated share of them, lie in
 * unwatched time. Then nothing is supported by it, and nothing is refuted that alerts missing where people
 * watched could refute: “at least so many false alerts”, “at most so many missed”, any share of true alerts,
 * a comparison. A refutation by the alerts in watched time alone (too many false ones) stands, with a
 * caution.
 *
 * Clock. A log that looks shifted (scoring/shift.h) may hold its hits as misses and as false alerts, or the
 * other way round: it supports nothing and refutes nothing.
 *
 * Condition. A log whose alerts all name other conditions does not show that the system ever looked at the
 * footage under this one: its silence supports nothing and refutes nothing.
 *
 * Footage. Where some clips are copies of others, the same errors, and the same silence, count several times:
 * nothing is supported and nothing is refuted, whatever the alerts come from.
 *
 * What people left of a log that bears no verdict bears none either, whichever of its alerts they left.
 *
 * Silence. A log without a single alert of the behaviour on these clips is no proof that the system ran: what
 * it supports stands, with a caution. Not so where people left nothing of a log that holds some. */
#ifndef VSAUDIT_SCORING_LOG_FIT_H
#define VSAUDIT_SCORING_LOG_FIT_H

#include "language/phrase.h"
#include "records/claim.h"
#include "scoring/shift.h"
#include "scoring/verdict.h"

/* eval-2's parameter `unwatched`; eval-1, which has none, is held to the same. */
#define LOG_FIT_SHARE 0.05

typedef struct {
    bool is_log;       /* false: the alerts were made on the very footage; they fit */
    int64_t alerts;    /* on clips that were judged */
    int64_t unwatched; /* of them with an onset in unwatched time */
    double share;      /* allowed */
    bool silent;       /* not one alert of the behaviour on these clips, in watched time or not */
    ShiftSuspicion shift;
    bool unseen;       /* the log has alerts, none of them under this condition */
    int64_t copies;    /* clips that hold the very pictures of another clip; for any system */
    int64_t copies_us; /* how long those last */
    bool before;       /* of the log before people validated it, for a system that is what they left of it */
} LogFit;

/* NULL: it fits. */
bool log_fit_is_unwatched(const LogFit *fit); /* too many alerts where nobody watched */
bool log_fit_is_doubtful(const LogFit *fit);  /* for any reason */
/* Gives what people left of a log the doubts of that log; `before` NULL: there was none, the alerts were made
 * on the very footage. */
void log_fit_inherit(LogFit *fit, const LogFit *before);
/* The verdict that may be given: the one judged, or not established. For a comparison `fit` is that of either
 * log that does not fit. */
Verdict log_fit_verdict(const LogFit *fit, ClaimMetric metric, bool at_most, Verdict judged);
/* “600 of 600 alerts of the log fell where nobody watched: the log does not fit the watched hours”, or
 * “the clock of the log looks shifted (0 of 8 events detected by its times, 8 with 1 hour taken from every
 * time): …” with the remedy, or that clips are copies, or several of these; NULL when it fits. Caller frees.
 */
Phrase *log_fit_reason(const LogFit *fit);
/* What is to be said behind a verdict that rests on silence, as a caution; NULL for any other. Caller frees.
 */
Phrase *log_fit_silence(const LogFit *fit, Verdict verdict);

#endif
