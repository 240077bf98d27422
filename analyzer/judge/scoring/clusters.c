/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rates over clusters: overdispersion and the cluster bootstrap (declared in statistics.h). */
#include "scoring/statistics.h"

#include "scoring/distributions.h"

#include <glib.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

typedef struct {
    int64_t count;
    double exposure;
    size_t clusters;
} Pooled;

static Pooled pool(const int64_t *counts, const double *exposures, size_t clusters)
{
    Pooled sum = {0};
    for (size_t i = 0; i < clusters; i++) {
        if (exposures[i] > 0) {
            sum.clusters++;
            sum.count += counts[i];
            sum.exposure += exposures[i];
        }
    }
    return sum;
}

/* `variance`: of one unit of exposure; NAN: that of a Poisson count, which is its mean. */
static Overdispersion chi_square(const int64_t *counts, const double *exposures, size_t clusters,
                                 double variance)
{
    const Pooled pooled = pool(counts, exposures, clusters);
    Overdispersion result = {NAN, NAN, pooled.clusters};
    if (pooled.clusters < 2 || (isnan(variance) ? pooled.count == 0 : !(variance > 0)))
        return result;
    double sum = 0;
    for (size_t i = 0; i < clusters; i++) {
        if (exposures[i] > 0) {
            const double expected = (double)pooled.count * exposures[i] / pooled.exposure;
            const double difference = (double)counts[i] - expected;
            sum += difference * difference / (isnan(variance) ? expected : variance * exposures[i]);
        }
    }
    const double freedom = (double)(pooled.clusters - 1);
    result.phi = sum / freedom;
    result.p = distribution_chi_square(sum, freedom, DISTRIBUTION_ABOVE);
    return result;
}

Overdispersion statistics_overdispersion(const int64_t *counts, const double *exposures, size_t clusters)
{
    return chi_square(counts, exposures, clusters, NAN);
}

Overdispersion statistics_dispersion(const int64_t *counts, const double *exposures, size_t clusters,
                                     double variance)
{
    return chi_square(counts, exposures, clusters, isnan(variance) ? 0 : variance);
}

/* Efron's bias correction and acceleration on sorted replicates; the acceleration comes from leaving out one
 * cluster at a time. */
static Interval bca_interval(const double *sorted, size_t replicates, double estimate, const int64_t *counts,
                             const double *exposures, size_t clusters, double level)
{
    size_t below = 0, equal = 0;
    for (size_t i = 0; i < replicates; i++) {
        below += sorted[i] < estimate;
        equal += sorted[i] == estimate;
    }
    const double share = ((double)below + (double)equal / 2) / (double)replicates;
    int64_t count = 0;
    double exposure = 0;
    for (size_t i = 0; i < clusters; i++) {
        count += counts[i];
        exposure += exposures[i];
    }
    double mean = 0;
    for (size_t i = 0; i < clusters; i++)
        mean += (double)(count - counts[i]) / (exposure - exposures[i]) / (double)clusters;
    double squares = 0, cubes = 0;
    for (size_t i = 0; i < clusters; i++) {
        const double difference = mean - (double)(count - counts[i]) / (exposure - exposures[i]);
        squares += difference * difference;
        cubes += difference * difference * difference;
    }
    if (!(share > 0 && share < 1) || !(squares > 0))
        return (Interval){NAN, NAN};
    const double bias = distribution_normal_quantile(share, DISTRIBUTION_BELOW);
    const double acceleration = cubes / (6 * pow(squares, 1.5));
    double ends[2];
    for (int side = 0; side < 2; side++) {
        const double z = distribution_normal_quantile((1 - level) / 2,
                                                      side == 0 ? DISTRIBUTION_BELOW : DISTRIBUTION_ABOVE);
        const double scale = 1 - acceleration * (bias + z);
        if (!(scale > 0))
            return (Interval){NAN, NAN};
        const double fraction = distribution_normal(bias + (bias + z) / scale, DISTRIBUTION_BELOW);
        ends[side] = statistics_quantile_sorted(sorted, replicates, fraction);
    }
    return (Interval){ends[0], ends[1]};
}

ClusterBootstrap statistics_cluster_bootstrap(const int64_t *counts, const double *exposures, size_t clusters,
                                              double level, int replicates, unsigned long seed)
{
    g_assert(replicates > 0);
    ClusterBootstrap result = {.percentile = {NAN, NAN},
                               .bca = {NAN, NAN},
                               .variance = NAN,
                               .design_effect = NAN,
                               .replicates = replicates,
                               .seed = seed};
    g_autofree int64_t *k = g_new0(int64_t, clusters + 1);
    g_autofree double *t = g_new0(double, clusters + 1);
    int64_t count = 0;
    double exposure = 0;
    for (size_t i = 0; i < clusters; i++) {
        if (exposures[i] > 0) {
            k[result.clusters] = counts[i];
            t[result.clusters++] = exposures[i];
            count += counts[i];
            exposure += exposures[i];
        }
    }
    if (result.clusters < 2)
        return result;
    const size_t size = (size_t)replicates;
    g_autofree double *rates = g_new(double, size);
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, seed);
    for (size_t i = 0; i < size; i++) {
        int64_t drawn_count = 0;
        double drawn_exposure = 0;
        for (size_t j = 0; j < result.clusters; j++) {
            const unsigned long pick = gsl_rng_uniform_int(random, (unsigned long)result.clusters);
            drawn_count += k[pick];
            drawn_exposure += t[pick];
        }
        rates[i] = (double)drawn_count / drawn_exposure;
    }
    gsl_rng_free(random);
    gsl_sort(rates, 1, size);
    result.variance = gsl_stats_variance(rates, 1, size);
    if (count > 0)
        result.design_effect = result.variance / ((double)count / (exposure * exposure));
    const double side = (1 - level) / 2;
    result.percentile = (Interval){statistics_quantile_sorted(rates, size, side),
                                   statistics_quantile_sorted(rates, size, 1 - side)};
    result.bca = bca_interval(rates, size, (double)count / exposure, k, t, result.clusters, level);
    return result;
}

Interval statistics_cluster_bootstrap_ratio(const int64_t *k1, const double *t1, const int64_t *k2,
                                            const double *t2, size_t clusters, double level, int replicates,
                                            unsigned long seed)
{
    g_assert(replicates > 0);
    if (clusters < 2)
        return (Interval){NAN, NAN};
    const size_t size = (size_t)replicates;
    g_autofree double *lows = g_new(double, size), *highs = g_new(double, size);
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, seed);
    for (size_t i = 0; i < size; i++) {
        double count = 0, other = 0, exposure = 0, other_exposure = 0;
        for (size_t j = 0; j < clusters; j++) {
            const unsigned long pick = gsl_rng_uniform_int(random, (unsigned long)clusters);
            count += (double)k1[pick];
            other += (double)k2[pick];
            exposure += t1[pick];
            other_exposure += t2[pick];
        }
        const bool nothing = (count == 0 && other == 0) || !(exposure > 0) || !(other_exposure > 0);
        const double ratio = other > 0 ? count / exposure * other_exposure / other : (double)INFINITY;
        lows[i] = nothing ? 0 : ratio;
        highs[i] = nothing ? (double)INFINITY : ratio;
    }
    gsl_rng_free(random);
    gsl_sort(lows, 1, size);
    gsl_sort(highs, 1, size);
    /* Whole places: between a number and infinity there is nothing. */
    const double place = (1 - level) / 2 * (double)(size - 1);
    return (Interval){lows[(size_t)floor(place)], highs[size - 1 - (size_t)floor(place)]};
}
