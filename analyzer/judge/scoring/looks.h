/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a verdict is read, and what looking before that costs.
 *
 * A look is a scoring against truth that prints a verdict on a claim. A claim states its plan:
 *
 *   horizon   the verdict is read once, as soon as so many camera-hours or events were scored, or the footage
 *             reaches a day. A look before is exploratory, and one after the verdict was read is another test.
 *   anytime   as often as one likes, by e-processes (scoring/anytime.h).
 *   none      the first look under a lock is the verdict. Without a lock all is exploratory, and looks are
 *             counted alone.
 *
 * Under all of them what was scored in an earlier look must be found again as it was (more may have come):
 * where alerts or truth of it were exchanged, it is another test as well. An exploratory look, and another
 * test, establish nothing; but “never”, which a single case refutes, stays refuted. The same inputs scored
 * again are the same look. */
#ifndef VSAUDIT_SCORING_LOOKS_H
#define VSAUDIT_SCORING_LOOKS_H

#include "language/phrase.h"
#include "records/claim.h"
#include "scoring/verdict.h"

/* Why this look establishes nothing. */
typedef enum {
    LOOKS_KEPT,
    LOOKS_EARLY,     /* the plan's horizon is not reached */
    LOOKS_AGAIN,     /* the verdict was read in an earlier look */
    LOOKS_EXCHANGED, /* what an earlier look scored is not there as it was */
    LOOKS_NO_TEST,   /* no test of this figure holds at every look */
} LooksLoss;

/* What the log of looks (config/look_log.h) says of those before this one. */
typedef struct {
    int64_t earlier; /* distinct looks at this claim */
    bool read;       /* in one of them the plan's horizon was reached */
    bool exchanged;  /* something that one of them scored is missing here, or is another */
    bool locked;     /* there is a lock */
} LooksHistory;

typedef struct {
    LooksSpec plan;      /* `end` belongs to the claim */
    int64_t number;      /* of this look among the distinct ones, from 1; 0: nobody counted */
    bool reached;        /* of a horizon: it is */
    double camera_hours; /* scored now */
    int64_t events;
    LooksLoss lost;
    bool overruled; /* something was lost, but a single case refutes all the same: scope_hold() */
} Looks;

/* "horizon", "anytime"; NULL-terminated: LooksPlan's, LOOKS_NOT_STATED left out. */
extern const char *const looks_plan_names[];
const char *looks_plan_name(LooksPlan plan); /* "none" when not stated */
/* "early", "again", "exchanged", "no_test"; NULL for LOOKS_KEPT. */
const char *looks_loss_name(LooksLoss loss);

/* `last_day`: the latest that was filmed, "2027-03-31"; NULL: not known. `has_test`: the figure has a test
 * that holds at every look. `history` NULL: nobody counted. */
Looks looks_judge(const LooksSpec *plan, double camera_hours, int64_t events, const char *last_day,
                  bool has_test, const LooksHistory *history);

/* Behind "not established": ", since this look is exploratory: the plan is …". Not of LOOKS_KEPT. Caller
 * frees. */
Phrase *looks_reason(const Looks *looks);
/* To stand behind a verdict's sentence that was kept, or NULL. Caller frees. */
Phrase *looks_sentence(const Looks *looks);

#endif
