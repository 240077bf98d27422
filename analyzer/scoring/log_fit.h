/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether an alert log fits the hours that were watched. Alerts in unwatched time are neither right nor
 * false; a log of which many lie there may be one of another day, and then few false alerts in the watched
 * time are no merit of the system.
 *
 * A log does not fit when at least one of its alerts, and more than the stated share of them, lie in
 * unwatched time. Then nothing is supported by it, and nothing is refuted that alerts missing where people
 * watched could refute: “at least so many false alerts”, “at most so many missed”, any share of true alerts, a
 * comparison. A refutation by the alerts in watched time alone (too many false ones) stands, with a caution.
 *
 * What people left of a log that does not fit does not fit either, whichever of its alerts they left. */
#ifndef VSAUDIT_SCORING_LOG_FIT_H
#define VSAUDIT_SCORING_LOG_FIT_H

#include "records/claim.h"
#include "scoring/verdict.h"
#include "scoring/words.h"

/* eval-2's parameter `unwatched`; eval-1, which has none, is held to the same. */
#define LOG_FIT_SHARE 0.05

typedef struct {
    bool is_log;       /* false: the alerts were made on the very footage; they fit */
    int64_t alerts;    /* on clips that were judged */
    int64_t unwatched; /* of them with an onset in unwatched time */
    double share;      /* allowed */
    bool before;       /* of the log before people validated it, for a system that is what they left of it */
} LogFit;

bool log_fit_is_doubtful(const LogFit *fit); /* NULL: it fits */
/* The verdict that may be given: the one judged, or not established. For a comparison `fit` is that of either
 * log that does not fit. */
Verdict log_fit_verdict(const LogFit *fit, ClaimMetric metric, bool at_most, Verdict judged);
/* “600 of 600 alerts of the log fell where nobody watched: the log does not fit the watched hours”. Caller
 * frees. */
char *log_fit_reason(const LogFit *fit, Language language);

#endif
