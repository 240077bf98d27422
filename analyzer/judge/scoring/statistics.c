/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/statistics.h"

#include "scoring/distributions.h"
#include "scoring/ranked.h"

#include <glib.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

/* A confidence says what lies on one side of a bound. The smaller share is the one that has all its digits:
 * near 1 a double has few left to tell shares apart. */
typedef struct {
    double share;
    bool other; /* it lies on the other side */
} SmallerShare;

static SmallerShare smaller_share(double confidence)
{
    g_assert(confidence > 0 && confidence < 1);
    return confidence < 0.5 ? (SmallerShare){confidence, true} : (SmallerShare){1 - confidence, false};
}

/* ---- Poisson */

double statistics_poisson_at_least(int64_t k, double mean)
{
    if (k <= 0)
        return 1;
    return mean > 0 ? distribution_gamma(mean, (double)k, DISTRIBUTION_BELOW) : 0;
}

double statistics_poisson_at_most(int64_t k, double mean)
{
    if (k < 0)
        return 0;
    return mean > 0 ? distribution_gamma(mean, (double)k + 1, DISTRIBUTION_ABOVE) : 1;
}

double statistics_garwood_upper(int64_t k, double confidence)
{
    g_assert(k >= 0);
    const SmallerShare small = smaller_share(confidence);
    return distribution_gamma_quantile(small.share, (double)k + 1,
                                       small.other ? DISTRIBUTION_BELOW : DISTRIBUTION_ABOVE);
}

double statistics_garwood_lower(int64_t k, double confidence)
{
    g_assert(k >= 0);
    const SmallerShare small = smaller_share(confidence);
    return k == 0 ? 0
                  : distribution_gamma_quantile(small.share, (double)k,
                                                small.other ? DISTRIBUTION_ABOVE : DISTRIBUTION_BELOW);
}

Interval statistics_garwood(int64_t k, double level)
{
    const double side = 1 - (1 - level) / 2;
    return (Interval){statistics_garwood_lower(k, side), statistics_garwood_upper(k, side)};
}

/* ---- proportions */

double statistics_binomial_at_least(int64_t k, int64_t n, double p)
{
    if (k <= 0)
        return 1;
    if (k > n || p <= 0)
        return 0;
    return p >= 1 ? 1 : distribution_beta(p, (double)k, (double)(n - k) + 1, DISTRIBUTION_BELOW);
}

double statistics_binomial_at_most(int64_t k, int64_t n, double p)
{
    if (k >= n)
        return 1;
    if (k < 0 || p >= 1)
        return 0;
    return p <= 0 ? 1 : distribution_beta(p, (double)k + 1, (double)(n - k), DISTRIBUTION_ABOVE);
}

double statistics_clopper_pearson_upper(int64_t k, int64_t n, double confidence)
{
    g_assert(k >= 0 && k <= n && n >= 1);
    const SmallerShare small = smaller_share(confidence);
    return k == n ? 1
                  : distribution_beta_quantile(small.share, (double)k + 1, (double)(n - k),
                                               small.other ? DISTRIBUTION_BELOW : DISTRIBUTION_ABOVE);
}

double statistics_clopper_pearson_lower(int64_t k, int64_t n, double confidence)
{
    g_assert(k >= 0 && k <= n && n >= 1);
    const SmallerShare small = smaller_share(confidence);
    return k == 0 ? 0
                  : distribution_beta_quantile(small.share, (double)k, (double)(n - k) + 1,
                                               small.other ? DISTRIBUTION_ABOVE : DISTRIBUTION_BELOW);
}

Interval statistics_clopper_pearson(int64_t k, int64_t n, double level)
{
    const double side = 1 - (1 - level) / 2;
    return (Interval){statistics_clopper_pearson_lower(k, n, side),
                      statistics_clopper_pearson_upper(k, n, side)};
}

Interval statistics_wilson(int64_t k, int64_t n, double level)
{
    g_assert(k >= 0 && k <= n && n >= 1);
    const double z = distribution_normal_quantile((1 - level) / 2, DISTRIBUTION_ABOVE);
    const double count = (double)n;
    const double share = (double)k / count;
    const double middle = share + z * z / (2 * count);
    const double half = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count));
    const double scale = 1 + z * z / count;
    return (Interval){k == 0 ? 0 : (middle - half) / scale, k == n ? 1 : (middle + half) / scale};
}

/* ---- comparison */

RateRatio statistics_rate_ratio(int64_t k1, double t1, int64_t k2, double t2, double level)
{
    g_assert(k1 >= 0 && k2 >= 0 && t1 > 0 && t2 > 0);
    const int64_t n = k1 + k2;
    if (n == 0)
        return (RateRatio){NAN, {NAN, NAN}, NAN};
    const Interval share = statistics_clopper_pearson(k1, n, level);
    const double scale = t2 / t1;
    const double p = t1 / (t1 + t2);
    const double smaller =
        fmin(statistics_binomial_at_least(k1, n, p), statistics_binomial_at_most(k1, n, p));
    return (RateRatio){
        .ratio = k2 == 0 ? (double)INFINITY : (double)k1 / (double)k2 * scale,
        .interval = {share.low / (1 - share.low) * scale,
                     share.high >= 1 ? (double)INFINITY : share.high / (1 - share.high) * scale},
        .p = fmin(1, 2 * smaller),
    };
}

double statistics_mcnemar(int64_t b, int64_t c)
{
    g_assert(b >= 0 && c >= 0);
    return b + c == 0 ? 1 : fmin(1, 2 * statistics_binomial_at_most(MIN(b, c), b + c, 0.5));
}

Kappa statistics_kappa(const int64_t *table, size_t categories)
{
    double total = 0, agreed = 0, chance = 0;
    for (size_t i = 0; i < categories * categories; i++)
        total += (double)table[i];
    if (!(total > 0))
        return (Kappa){NAN, NAN, NAN, NAN};
    for (size_t i = 0; i < categories; i++) {
        double row = 0, column = 0;
        for (size_t j = 0; j < categories; j++) {
            row += (double)table[i * categories + j];
            column += (double)table[j * categories + i];
        }
        agreed += (double)table[i * categories + i];
        chance += row * column;
    }
    const double observed = agreed / total;
    const double expected = chance / (total * total);
    if (expected >= 1)
        return (Kappa){observed, expected, NAN, NAN};
    return (Kappa){observed, expected, (observed - expected) / (1 - expected),
                   sqrt(observed * (1 - observed) / total) / (1 - expected)};
}

double statistics_precision_at_prevalence(double prevalence, double recall, double false_rate)
{
    const double found = prevalence * recall;
    return found + false_rate > 0 ? found / (found + false_rate) : (double)NAN;
}

/* ---- multiplicity */

static GArray *rank_p(const double *p, size_t count, double *adjusted)
{
    GArray *ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));
    for (size_t i = 0; i < count; i++) {
        adjusted[i] = NAN;
        if (!isnan(p[i])) {
            const Ranked entry = {p[i], i};
            g_array_append_val(ranked, entry);
        }
    }
    g_array_sort(ranked, ranked_rising);
    return ranked;
}

void statistics_holm(const double *p, size_t count, double *adjusted)
{
    g_autoptr(GArray) ranked = rank_p(p, count, adjusted);
    double running = 0;
    for (guint i = 0; i < ranked->len; i++) {
        const Ranked *entry = &g_array_index(ranked, Ranked, i);
        running = fmax(running, fmin(1, entry->value * (double)(ranked->len - i)));
        adjusted[entry->index] = running;
    }
}

void statistics_benjamini_hochberg(const double *p, size_t count, double *adjusted)
{
    g_autoptr(GArray) ranked = rank_p(p, count, adjusted);
    double running = 1;
    for (guint i = ranked->len; i-- > 0;) {
        const Ranked *entry = &g_array_index(ranked, Ranked, i);
        running = fmin(running, entry->value * (double)ranked->len / (double)(i + 1));
        adjusted[entry->index] = running;
    }
}

double statistics_quantile_sorted(const double *sorted, size_t count, double fraction)
{
    return count == 0 ? (double)NAN : gsl_stats_quantile_from_sorted_data(sorted, 1, count, fraction);
}
