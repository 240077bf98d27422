/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many of a finite population are marked (of the alerts of a log: false), from a sample without
 * replacement: exact tests, intervals and sizes. Nothing is approximated by a normal distribution.
 *
 * A population is divided into strata that were fixed before anything was judged; of each so many were drawn
 * at random. Of those drawn some are marked, some are not, and of some nobody can tell (undecidable, missing,
 * not agreed on). These are carried as bounds: what speaks for many counts none of them, what speaks for few
 * all of them. So a statement holds however they would have been decided.
 *
 * One stratum: the hypergeometric tails themselves, inverted (Buonaccorsi, The American Statistician 41,
 * 1987, 215-218). Several: the hypothesis “K are marked in all” holds many hypotheses, one for each way in
 * which K spread over the strata; what is given is the largest P value of all of them. Two tests are at hand:
 *
 *   FINITE_FISHER  -2 times the sum of the logarithms of the strata's own P values, which are independent,
 *                  against chi-square with twice as many degrees of freedom (Fisher 1932), the largest over
 *                  all ways: Ottoboni, Stark, Lindeman and McBurnett, “Risk-limiting audits by stratified
 *                  union-intersection tests of elections”, E-Vote-ID 2018. The logarithm of a hypergeometric
 *                  tail is concave in K (it is a tail of the place of one drawn member among all, whose
 *                  distribution is log-concave), so the largest sum takes the steepest steps first.
 *   FINITE_POOLED  the plain number of marked among all drawn. It is a sum of independent trials (each
 *                  hypergeometric number is one: Vatutin and Mikhailov, Theory of Probability and its
 *                  Applications 27, 1982), whose tails are at most those of the binomial distribution of the
 *                  same mean (Hoeffding, Annals of Mathematical Statistics 27, 1956, 713-721), one away from
 *                  the mean and farther. The mean is the least (the largest) that K allow: they lie where the
 *                  smallest (the largest) share was drawn.
 *
 * Which of the two is used follows from the sizes alone (finite_choose), never from what was judged. Strata
 * that were drawn whole are known and not tested; of strata of which nothing was drawn anything is possible.
 *
 * Pure functions; counts are integers. */
#ifndef VSAUDIT_SCORING_FINITE_H
#define VSAUDIT_SCORING_FINITE_H

#include "scoring/verdict.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FINITE_POPULATION_MOST 1000000 /* more are refused by those who ask */

typedef struct {
    int64_t population; /* >= 0 */
    int64_t drawn;      /* 0 … population */
    int64_t marked;     /* certainly marked, of those drawn */
    int64_t open;       /* of those drawn: nobody can tell; marked + open <= drawn */
} FiniteStratum;

typedef enum { FINITE_FISHER, FINITE_POOLED } FiniteMethod;
/* "census" when all was drawn, "hypergeometric" when one stratum alone was drawn in part, else "fisher" or
 * "pooled-binomial": words of the results. */
const char *finite_method_name(FiniteMethod method, const FiniteStratum *strata, size_t count);

/* P of no more marked than seen (with all that is open), were `total` marked in the population: the largest
 * over all ways in which they may lie. 0 when it cannot be. Falls as `total` grows. */
double finite_at_most(const FiniteStratum *strata, size_t count, FiniteMethod method, int64_t total);
/* P of no fewer marked than seen (without what is open), likewise. Grows with `total`. */
double finite_at_least(const FiniteStratum *strata, size_t count, FiniteMethod method, int64_t total);

typedef struct {
    int64_t low, high; /* of the population */
} FiniteInterval;
/* All totals of which neither test is at most (1 - level)/2. A census without open ones gives one number. */
FiniteInterval finite_interval(const FiniteStratum *strata, size_t count, FiniteMethod method, double level);
/* What the drawn say, each standing for as many as its stratum holds: from (nothing open is marked) to (all
 * is), as numbers of the population that need not be whole. Of a stratum of which nothing was drawn: none to
 * all. */
void finite_estimate(const FiniteStratum *strata, size_t count, double *from, double *to);

/* Whichever method has the shorter interval at `level` when a tenth of each stratum is marked; by the sizes
 * alone. */
FiniteMethod finite_choose(const FiniteStratum *strata, size_t count, double level);

/* ---- a claim on the share */

typedef enum { FINITE_AT_MOST, FINITE_LESS, FINITE_AT_LEAST, FINITE_MORE } FiniteOp;
/* "<=", "<", ">=", ">"; ended by NULL, in the order of FiniteOp. */
extern const char *const finite_op_names[];

/* A limit as a whole number of millionths, so that “10 % of 30” is three and nothing else. */
#define FINITE_MILLION INT64_C(1000000)
/* The largest total for which “share op limit” holds, of “at most” and “less”; the largest for which it does
 * not hold, of the others. -1: none. */
int64_t finite_boundary(FiniteOp op, int64_t limit_millionths, int64_t population);

typedef struct {
    int64_t boundary;           /* as finite_boundary */
    double p_support, p_refute; /* NAN: no alert in the population */
    Verdict verdict;            /* of this population alone */
} FiniteVerdict;
FiniteVerdict finite_judge(const FiniteStratum *strata, size_t count, FiniteMethod method, FiniteOp op,
                           int64_t limit_millionths, double alpha);

/* ---- how many to draw */

/* Divides `size` among the strata in proportion to their populations (largest remainder, the earlier of
 * equals), one at least of each that is not empty where size allows. Fills `drawn`. */
void finite_allocate(FiniteStratum *strata, size_t count, int64_t size);
/* The smallest size whose interval is at most `half_width` (a share of the population) to either side when
 * `share` of each stratum is marked and nothing is open; the population where less does not do. Fills
 * `drawn`. */
int64_t finite_size_for_width(FiniteStratum *strata, size_t count, double half_width, double share,
                              double level);
/* A size, near the smallest, for which the verdict “supported” (of a claim that holds at `share`) or
 * “refuted” (of one that does not) has at least `power` when `share` of the population is marked; the
 * population where less does not do. Exact for one stratum; with several by the pooled method, as if every
 * stratum had that share. Fills `drawn`; *reached receives the power. */
int64_t finite_size_for_power(FiniteStratum *strata, size_t count, FiniteOp op, int64_t limit_millionths,
                              double share, double power, double alpha, double *reached);

#endif
