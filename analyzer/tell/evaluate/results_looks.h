/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks in results.json: what one evaluation scored, which look at its claims that is, and what it may
 * establish (scoring/looks.h). */
#ifndef VSAUDIT_EVALUATE_RESULTS_LOOKS_H
#define VSAUDIT_EVALUATE_RESULTS_LOOKS_H

#include "config/look_log.h"
#include "evaluate/detail.h"
#include "scoring/claims.h"

/* What one evaluation scored. */
typedef struct {
    json_t *clips; /* by id, as the log holds them (config/look_log.h); NULL when nobody counts */
    GHashTable *read; /* ids of claims, as look_log_history() says; NULL when nobody counts */
    LooksHistory history; /* but for `read` */
    bool counted;         /* history says something */
    double camera_hours;
    int64_t events;
    char last_day[sizeof "2027-03-31"]; /* the latest that was filmed; empty: not known */
} LookTaken;

/* `log` NULL: nobody counts. To be cleared. */
LookTaken results_take_look(const LookLog *log, const Scored *scored, const SystemSpec *system,
                            const ConditionSpec *condition);
void results_clear_look(LookTaken *look);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LookTaken, results_clear_look)
LookTaken results_keep_look(const LookTaken *look); /* without its clips; to be cleared as well */
/* What two evaluations that are compared scored both: the less of their footage, and whatever either has lost.
 * Without clips; to be cleared. */
LookTaken results_join_looks(const LookTaken *one, const LookTaken *other);

/* Judges which look it is; `has_test`: the figure has one that holds at every look. */
void results_hold_look(Scope *scope, const Claim *claim, const LookTaken *look, bool has_test);
/* Sets the claim's "looks". */
void results_put_look(json_t *claim, const Looks *looks);
/* Of a claim that is judged at any time, "anytime" of its looks. */
void results_put_anytime(json_t *claim, const ClaimResult *result);
/* Puts the evaluation, of which `claims` were judged, into the entry that is to be written. */
void results_note_look(LookLog *log, const LookTaken *look, const Scenario *scenario,
                       const SystemSpec *system, const ConditionSpec *condition, const json_t *claims);

#endif
