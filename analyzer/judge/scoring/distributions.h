/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tails and quantiles of the distributions that the tests rest on: R's own (r-mathlib), and the only door to
 * it.
 *
 * Pure functions without state, safe in threads: nothing of Rmath that keeps a cache (wilcox, signrank) or
 * draws numbers is used. A tail above 1e-290 is good to ten digits for counts up to a thousand million, to
 * twelve below a hundred thousand. "Below" is P(X <= x), "above" P(X > x), each reckoned by itself, so that a
 * small one keeps its digits. A quantile takes the share that lies on its `side`. An argument that is not a
 * number or that no such distribution has gives NAN. */
#ifndef VSAUDIT_SCORING_DISTRIBUTIONS_H
#define VSAUDIT_SCORING_DISTRIBUTIONS_H

typedef enum {
    DISTRIBUTION_ABOVE, /* the upper tail */
    DISTRIBUTION_BELOW,
} DistributionSide;

/* The standard normal distribution; shares in 0..1, of which 0 and 1 give infinities. */
double distribution_normal(double z, DistributionSide side);
double distribution_normal_quantile(double share, DistributionSide side);

/* freedom > 0 */
double distribution_chi_square(double x, double freedom, DistributionSide side);

/* Student's t; freedom > 0, INFINITY: the normal distribution. */
double distribution_student(double t, double freedom, DistributionSide side);

/* The gamma distribution of scale 1, shape > 0: above `x` for shape k + 1 it is P(at most k) of a Poisson
 * count with mean x, below `x` for shape k it is P(at least k). */
double distribution_gamma(double x, double shape, DistributionSide side);
double distribution_gamma_quantile(double share, double shape, DistributionSide side);

/* The beta distribution, a > 0 and b > 0: above p for (k + 1, n - k) it is P(at most k of n), below p for
 * (k, n - k + 1) it is P(at least k of n). */
double distribution_beta(double x, double a, double b, DistributionSide side);
double distribution_beta_quantile(double share, double a, double b, DistributionSide side);

/* P(X = k) of n trials, 0 <= k <= n, each with chance p in 0..1. */
double distribution_binomial_chance(double k, double n, double p);

/* The natural logarithm of a tail of the number of marked among `drawn` of a population of marked + others,
 * whole numbers, drawn <= marked + others; -INFINITY where it is 0. */
double distribution_hypergeometric_log(double x, double marked, double others, double drawn,
                                       DistributionSide side);

/* "Rmath 4.2.2" */
const char *distribution_library(void);

#endif
