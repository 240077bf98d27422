/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before a run: how much footage a verdict on a claim needs, and what a given amount can show. By the same
 * exact one-sided tests as the verdicts (scoring/claims.h).
 *
 * A claim is "at most `limit` errors per unit": a rate (false alerts per camera-hour or passage; Poisson) or
 * a proportion (missed events, wrong alerts; binomial, 0 < limit < 1). Amounts are units: hours, passages,
 * events, alerts; whole for a proportion. */
#ifndef VSAUDIT_SCORING_REACH_H
#define VSAUDIT_SCORING_REACH_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    bool proportion;
    double limit; /* > 0 */
    double alpha; /* 0 .. 1 */
    bool anytime; /* judged by e-processes (scoring/anytime.h). The power is then that of a look at the end
                     alone: looks before can only add to it */
} ReachClaim;

typedef struct {
    double amount;  /* units; NAN when there is none (ratio * limit >= 1 for a proportion) */
    int64_t errors; /* ratio < 1: most errors that still support; ratio > 1: fewest that refute */
    double power;   /* probability of that verdict with this amount */
} ReachNeed;

/* The smallest amount that supports the claim when no error at all is seen. */
double reach_at_best(const ReachClaim *claim);
/* The smallest amount from which on a true figure of `ratio` (< 1 or > 1) times the limit leads to support or
 * refutation with at least the probability `power`: with it and with every larger one. Since the power is
 * toothed, single smaller amounts may have it, too, with which an hour more falls short (PowerPlan in
 * statistics.h is the first of them). */
ReachNeed reach_need(const ReachClaim *claim, double ratio, double power);

typedef struct {
    int64_t supports; /* most errors that support the claim; -1: it cannot be supported */
    int64_t refutes;  /* fewest errors that refute it; -1: it cannot be refuted */
    double smallest;  /* the smallest limit that could be supported: with no error; NAN for no amount */
} Reach;

/* What `amount` units (>= 0) can show. */
Reach reach_of(const ReachClaim *claim, double amount);
/* The probability that `amount` units lead to the verdict that `ratio` calls for. */
double reach_power(const ReachClaim *claim, double amount, double ratio);

#endif
