/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests that hold however often one looks: e-processes.
 *
 * A p of the exact test is one of a single look at footage whose length was fixed beforehand. Whoever looks
 * again and again, and stops when it suits, has many chances of being wrong. An e-process e is one that is
 * expected to be at most 1 at every look, were the claim's limit passed on the other side; by Ville's
 * inequality it ever reaches 1/alpha with a probability of at most alpha, whatever the number of looks and
 * whoever chooses their times. p = 1/e, at most 1.
 *
 *   rates   k alerts in T hours, limit L, mu = L T. For a rate r L the likelihood ratio against L is
 *           r^k exp(mu - r mu); e is its mean over a gamma prior of r, cut to the side that is to be shown:
 *             e = exp(mu) b^a Gamma(a + k) P(a + k, b + mu) / [(b + mu)^(a + k) Gamma(a) P(a, b)]
 *           with P the regularised lower incomplete gamma function (r < 1: below the limit), or Q = 1 - P
 *           (r > 1: above). Because of the cut it holds for every rate on the other side of L as well.
 *   shares  k of n, limit p: the same with a beta prior of the share, cut at p (beta-binomial):
 *             e = B(a + k, b + n - k) I_p(a + k, b + n - k) / [B(a, b) I_p(a, b) p^k (1 - p)^(n - k)]
 *
 * Robbins, Ann. Math. Statist. 41, 1970, 1397-1409 (mixtures); Howard, Ramdas, McAuliffe and Sekhon, Probab.
 * Surveys 17, 2020, 257-317 and Ann. Statist. 49, 2021, 1055-1080 (gamma-Poisson and beta-binomial mixtures,
 * confidence sequences); Ramdas, Gruenwald, Vovk and Shafer, Statist. Sci. 38, 2023, 576-601 (e-processes).
 *
 * The prior: a gamma (beta) of shape ANYTIME_SHAPE about half the limit where less than the limit is to be
 * shown; where more is, about twice the limit with weight 1/2, about eight times with 1/4, and so on to 2,048
 * times. Of shares the odds are meant, and above one half those of the failures. Any prior keeps the error; a
 * wrong one costs footage only.
 *
 * What it supposes: the footage that is added was not chosen by what is seen on it, and what was counted
 * before is not exchanged (scoring/looks.h). */
#ifndef VSAUDIT_SCORING_ANYTIME_H
#define VSAUDIT_SCORING_ANYTIME_H

#include "scoring/statistics.h"

#define ANYTIME_SHAPE 4.0

typedef enum {
    ANYTIME_LESS, /* what is to be shown: less than the limit */
    ANYTIME_MORE,
} AnytimeSide;

/* ln e of a rate: `mean` = limit x exposure >= 0. With a mean of 0: 0 without counts, INFINITY with any for
 * MORE, 0 for LESS (no footage shows "less than never"). */
double anytime_rate(int64_t count, double mean, AnytimeSide side);
/* ln e of a share, 0 <= count <= trials; limit in 0..1. */
double anytime_share(int64_t count, int64_t trials, double limit, AnytimeSide side);

/* min(1, 1/e). NAN stays. */
double anytime_p(double log_e);

/* All rates (shares) that were not ruled out at (1 - level)/2 a side: over all looks together it misses the
 * true one with a probability of at most 1 - level. Without exposure (trials) 0 to INFINITY (1). */
Interval anytime_rate_interval(int64_t count, double exposure, double level);
Interval anytime_share_interval(int64_t count, int64_t trials, double level);

/* The smallest limit x exposure (the smallest number of trials, 0 < limit < 1) with which so many errors
 * support "at most the limit" at `alpha`. */
double anytime_mean_to_support(int64_t count, double alpha);
int64_t anytime_trials_to_support(int64_t count, double limit, double alpha);

/* The prior that is mixed over, as points: of a rate (`limit` NAN) as multiples of the limit, of a share (its
 * limit in 0..1) as shares. For mixtures that have no closed form. At most ANYTIME_POINTS; their number. */
#define ANYTIME_STEPS 12
#define ANYTIME_POINTS (6 * ANYTIME_STEPS)
typedef struct {
    double value, weight; /* weights sum to 1 */
} AnytimePoint;
size_t anytime_prior(double limit, AnytimeSide side, AnytimePoint *points);

#endif
