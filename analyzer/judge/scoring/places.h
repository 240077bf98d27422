/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counts from some cameras (or some days) say of others like them.
 *
 * The exact tests speak of the footage that was scored. Of places like these they would speak only if every
 * camera had the same figure, which none has: a camera in the wind raises fifty alerts and its neighbour
 * none. Here the figure differs from cluster to cluster about a mean, and the mean is what is tested:
 *
 *   rates   k_i ~ Poisson(mu T_i G_i), G_i gamma with mean 1 and variance a: negative binomial
 *           (Greenwood and Yule, J. R. Stat. Soc. 83, 1920, 255-279)
 *   shares  k_i ~ binomial(n_i, P_i), P_i beta with mean mu and a = 1/(alpha + beta): beta-binomial
 *           (Skellam, J. R. Stat. Soc. B 10, 1948, 257-261)
 *
 * The test is the signed root w of the likelihood ratio of "the mean is the limit", a estimated on both
 * sides; its sign is that of the mean that fits best, which may lie on the other side of the limit than the
 * pooled one, where one cluster has most of the exposure. How far clusters differ is itself known from few of them, so w is held against Student's t with (m -
 * 1)/h^2 degrees of freedom (Satterthwaite), h being the part of the variance of the total that the
 * differences bring, under the limit; and w^2 is reduced by PLACES_SHRINK h, which the simulation of
 * tests/simulation asked for (tests/README.md has its table). Beside it stands a test that
 * believes no model: the ratio estimate with its variance between clusters, on a logarithmic scale, with m -
 * 1 degrees (Cochran, Sampling Techniques, 1977, section 6). The larger p of the two is given. Where nothing
 * at all was counted (of shares also: where all was) p is the model's own chance of it, at the least
 * favourable a.
 *
 * What no such test can see: a kind of camera, or of night, that is rarer than about one in m / 3 and was not
 * met. */
#ifndef VSAUDIT_SCORING_PLACES_H
#define VSAUDIT_SCORING_PLACES_H

#include "scoring/anytime.h"
#include "scoring/statistics.h"

#define PLACES_LEAST \
    10 /* clusters; below, errors are not held at alpha: nothing is established beyond them */
#define PLACES_MOST_DISPERSION 4.0 /* largest a that is considered: a gamma of shape 1/4 */
#define PLACES_SHRINK 0.125

/* One count and one exposure (camera-hours; trials) per cluster. Clusters without exposure are left out. */
typedef struct {
    const int64_t *counts;
    const double *exposures; /* of shares: whole numbers, counts[i] <= exposures[i] */
    size_t clusters;
    bool shares;
} PlacesCounts;

typedef struct {
    size_t clusters;              /* those with exposure */
    double mean;                  /* sum of counts / sum of exposures; NAN without exposure */
    double dispersion;            /* a, estimated with the mean free; 0: no more than chance explains */
    double p_at_most, p_at_least; /* of a figure as small (as large) as seen, were the mean `limit`; NAN for
                                     fewer than two clusters or a limit that is none */
} PlacesTest;

/* limit > 0, of shares also < 1. */
PlacesTest places_test(const PlacesCounts *counts, double limit);

/* All means that the two tests leave at (1 - level)/2 a side. NAN for fewer than two clusters. An end at 0,
 * of shares at 1, is closed. */
Interval places_interval(const PlacesCounts *counts, double level);

/* ln e of "the mean is less (more) than the limit", of the same model, at every look (scoring/anytime.h):
 * the likelihood mixed over anytime_prior() and over some dispersions, by the largest that any mean on the
 * other side and any dispersion up to PLACES_MOST_DISPERSION give. It is at most the likelihood ratio against
 * the truth, so an e-process (universal inference: Wasserman, Ramdas and Balakrishnan, PNAS 117, 2020,
 * 16880-16890); each cluster keeps its figure from look to look, and new ones may come. NAN for fewer than
 * two clusters or a limit that is none. The test that believes no model has no form that holds at every
 * look: more rests on the model here. */
typedef struct {
    double less, more;
} PlacesEvidence;
PlacesEvidence places_anytime(const PlacesCounts *counts, double limit);
/* All means that it does not rule out at (1 - level)/2 a side. NAN for fewer than two clusters. */
Interval places_anytime_interval(const PlacesCounts *counts, double level);

#endif
