/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact intervals, claim tests, sample sizes, agreement, multiplicity and the cluster bootstrap.
 *
 * Pure functions of their arguments; distributions are R's (distributions.h), random numbers GSL's. Counts are
 * integers, exposures are positive doubles in any one unit (camera-hours), probabilities lie in 0..1. A value
 * that is not defined is NAN, never 0. Garwood and Clopper-Pearson are conservative: their coverage is at
 * least the level. */
#ifndef VSAUDIT_SCORING_STATISTICS_H
#define VSAUDIT_SCORING_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    double low, high; /* NAN when not defined */
} Interval;

/* ---- intervals for a Poisson mean and a proportion. `level` is two-sided (0.95), `confidence` one-sided. */

/* Garwood: chi-square(alpha/2; 2k)/2 and chi-square(1 - alpha/2; 2k + 2)/2, low 0 for k = 0. Divide by the
 * exposure to get a rate. */
Interval statistics_garwood(int64_t k, double level);
double statistics_garwood_upper(int64_t k, double confidence);
double statistics_garwood_lower(int64_t k, double confidence);
/* Clopper-Pearson for k of n, n >= 1; 0 and 1 at the ends. */
Interval statistics_clopper_pearson(int64_t k, int64_t n, double level);
double statistics_clopper_pearson_upper(int64_t k, int64_t n, double confidence);
double statistics_clopper_pearson_lower(int64_t k, int64_t n, double confidence);
/* Wilson's score interval, for graphics. */
Interval statistics_wilson(int64_t k, int64_t n, double level);

/* ---- tails, exact. The tests of a claim "rate <= limit": refuted when at_least(k) <= alpha, supported when
 * at_most(k) <= alpha, else not established; of a claim "rate >= limit" the other way round. */
double statistics_poisson_at_least(int64_t k, double mean); /* P(X >= k) */
double statistics_poisson_at_most(int64_t k, double mean);  /* P(X <= k) */
double statistics_binomial_at_least(int64_t k, int64_t n, double p);
double statistics_binomial_at_most(int64_t k, int64_t n, double p);

/* ---- how much more is needed */

/* The smallest total exposure with which k events support "rate <= limit" (limit > 0) at `alpha`. */
double statistics_exposure_to_support(int64_t k, double limit, double alpha);
/* The smallest number of trials with which k errors support "proportion <= limit" (0 < limit < 1). */
int64_t statistics_trials_to_support(int64_t k, double limit, double alpha);

typedef struct {
    double exposure; /* in units of 1/limit */
    int64_t count; /* to support: the largest count allowed; to refute: the count from which it is refuted */
    double power;  /* reached with exactly this exposure */
} PowerPlan;

/* To show "rate <= limit" when the true rate is `ratio` (< 1) times the limit. */
PowerPlan statistics_plan_support(double ratio, double power, double alpha);
/* To refute "rate <= limit" when the true rate is `ratio` (> 1) times the limit; the exposure is the largest
 * for which the count still refutes. */
PowerPlan statistics_plan_refute(double ratio, double power, double alpha);
/* Total number of events, in two equal exposures, that lets a two-sided test at `alpha` see that one rate is
 * `ratio` (> 1) times the other, with `power`. By the normal approximation of the share; the exact test,
 * being conservative, needs a few more. */
int64_t statistics_events_for_ratio(double ratio, double power, double alpha);
/* Half the width of the 95 % Garwood interval, relative to k >= 1. */
double statistics_relative_half_width(int64_t k);

/* ---- comparison */

typedef struct {
    double ratio;      /* (k1/t1)/(k2/t2); NAN for 0/0, INFINITY for k2 = 0 */
    Interval interval; /* Clopper-Pearson on the share of k1, carried over to the ratio */
    double p;          /* exact, two-sided: twice the smaller tail, at most 1; NAN when k1 + k2 = 0 */
} RateRatio;
RateRatio statistics_rate_ratio(int64_t k1, double t1, int64_t k2, double t2, double level);

/* Exact McNemar: b and c are the numbers of pairs on which only the first, only the second system succeeds.
 * Two-sided; 1 when b + c = 0. */
double statistics_mcnemar(int64_t b, int64_t c);

/* ---- the same events, two systems: of n pairs b are missed by the first system alone, c by the second
 * alone. The difference is (b - c)/n. */

/* The score statistic of "the difference is `difference`" (Tango, Statistics in Medicine 17, 1998, 891-908);
 * for 0 it is McNemar's. Approximately normal. -1 < difference < 1. */
double statistics_paired_score(int64_t b, int64_t c, int64_t n, double difference);
/* Tango's score interval. n >= 1. An end may be -1 or 1: one finds all that the other misses. */
Interval statistics_paired_interval(int64_t b, int64_t c, int64_t n, double level);
#define PAIRED_EXACT_MOST 500 /* pairs; beyond, the score statistic's normal tail is given */
/* P of a difference as small (as large) as seen, were it `difference`: the tests of "at most `difference`"
 * and "at least". For 0 McNemar's exact one-sided test; else exact without conditioning, the largest over the
 * unknown share of pairs that differ, ordered by the score statistic (as Hsueh, Liu and Chen, Biometrics 57,
 * 2001, 478-483). */
double statistics_paired_at_most(int64_t b, int64_t c, int64_t n, double difference);
double statistics_paired_at_least(int64_t b, int64_t c, int64_t n, double difference);

typedef struct {
    double observed; /* agreement p_o */
    double expected; /* by chance, p_e */
    double kappa;    /* NAN when there is nothing to agree on or p_e = 1 */
    double se;       /* the simple one; NAN likewise */
} Kappa;
/* Cohen's kappa of a square table, row by row: table[i * categories + j]. */
Kappa statistics_kappa(const int64_t *table, size_t categories);

/* Holm's step-down: adjusted[i] belongs to p[i]. NAN stays NAN and does not count as a test. */
void statistics_holm(const double *p, size_t count, double *adjusted);
/* Benjamini-Hochberg, for exploration only. */
void statistics_benjamini_hochberg(const double *p, size_t count, double *adjusted);

/* Precision in the field: p = prevalence * recall / (prevalence * recall + false_rate), with prevalence and
 * false_rate per camera-hour. NAN when prevalence * recall + false_rate is 0 or an argument is NAN. */
double statistics_precision_at_prevalence(double prevalence, double recall, double false_rate);

/* ---- clusters (cameras or clips) */

typedef struct {
    double phi; /* [sum (k_i - L T_i)^2 / (L T_i)] / (m - 1), L the pooled rate; > 1: the exact interval is
                   too narrow. NAN for fewer than two clusters with exposure or when no event was seen */
    double p;   /* of a phi at least as large when all share one rate (chi-square with m - 1 degrees) */
    size_t clusters; /* m: those with exposure > 0 */
} Overdispersion;
Overdispersion statistics_overdispersion(const int64_t *counts, const double *exposures, size_t clusters);
/* The same for figures that are not rates of rare events: [sum (k_i - L T_i)^2 / (V T_i)] / (m - 1), where V
 * is the variance that one unit of exposure has when all share one figure. Of k of n, a share p, it is
 * p (1 - p): Pearson's chi-square of the table of shares by cluster. For V = L it is the above. Counts may be
 * negative; NAN unless V > 0. */
Overdispersion statistics_dispersion(const int64_t *counts, const double *exposures, size_t clusters,
                                     double variance);

#define BOOTSTRAP_SEED 20230412UL /* printed beside every bootstrap interval */
#define BOOTSTRAP_REPLICATES 2000

typedef struct {
    Interval percentile;  /* of the rate sum k / sum T; NAN for fewer than two clusters with exposure */
    Interval bca;         /* bias-corrected and accelerated; NAN when it cannot be formed */
    double variance;      /* of the resampled rates; NAN likewise */
    double design_effect; /* variance / (k / T^2), the variance of independent counts; NAN when k = 0 */
    size_t clusters;      /* those with exposure > 0 */
    int replicates;
    unsigned long seed;
} ClusterBootstrap;
/* Resamples whole clusters with replacement (GSL's mt19937). */
ClusterBootstrap statistics_cluster_bootstrap(const int64_t *counts, const double *exposures, size_t clusters,
                                              double level, int replicates, unsigned long seed);

/* The ratio of two rates over clusters that both share, [sum k1 / sum T1] / [sum k2 / sum T2], likewise
 * (percentile). A drawing without any count of the second is infinite, one without any count at all stands at
 * both ends. NAN for fewer than two clusters. */
Interval statistics_cluster_bootstrap_ratio(const int64_t *k1, const double *t1, const int64_t *k2,
                                            const double *t2, size_t clusters, double level, int replicates,
                                            unsigned long seed);

/* Quantile 0..1 of sorted data, linear between order statistics (GSL, "type 7"); NAN when there is none. */
double statistics_quantile_sorted(const double *sorted, size_t count, double fraction);

#endif
