/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/finite.h"

#include "scoring/distributions.h"
#include "scoring/statistics.h"

#include <glib.h>
#include <math.h>

const char *const finite_op_names[] = {"<=", "<", ">=", ">", NULL};

static bool is_whole(const FiniteStratum *stratum)
{
    return stratum->drawn == stratum->population;
}

/* Strata that were drawn in part: those that a test rests on. */
static size_t count_tested(const FiniteStratum *strata, size_t count)
{
    size_t tested = 0;
    for (size_t i = 0; i < count; i++)
        tested += !is_whole(&strata[i]) && strata[i].drawn > 0;
    return tested;
}

static int64_t sum_population(const FiniteStratum *strata, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += strata[i].population;
    return sum;
}

const char *finite_method_name(FiniteMethod method, const FiniteStratum *strata, size_t count)
{
    size_t whole = 0;
    for (size_t i = 0; i < count; i++)
        whole += is_whole(&strata[i]);
    if (whole == count)
        return "census";
    if (count_tested(strata, count) <= 1)
        return "hypergeometric";
    return method == FINITE_FISHER ? "fisher" : "pooled-binomial";
}

/* ---- P of as few as seen, by the total */

typedef struct {
    const FiniteStratum *strata;
    size_t count, tested;
    FiniteMethod method;
    int64_t known; /* marked at most in the strata that were drawn whole */
    int64_t rest;  /* members of the others */
    int64_t most;  /* of the total: more are not possible */
    double *best;  /* FISHER: the largest sum of logarithms for 0 … rest marked in the others */
} Few;

static double log_at_most(const FiniteStratum *stratum, int64_t marked)
{
    return distribution_hypergeometric_log((double)(stratum->marked + stratum->open), (double)marked,
                                           (double)(stratum->population - marked), (double)stratum->drawn,
                                           DISTRIBUTION_BELOW);
}

static gint compare_steps(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x > y ? -1 : x < y;
}

/* Every stratum's steps down, the least steep first: as each stratum's own only grow steeper, the first K of
 * all are the way of K that costs least. */
static void add_up_steps(Few *few)
{
    /* No sum below this is worth its digits: chi-square is beyond 1e-12 by far. */
    const double lowest = -(40 + 6 * (double)few->tested);
    g_autofree double *steps = g_new(double, (gsize)few->rest + 1);
    int64_t n = 0;
    for (size_t i = 0; i < few->count; i++) {
        const FiniteStratum *stratum = &few->strata[i];
        if (is_whole(stratum))
            continue;
        double before = 0;
        for (int64_t k = 1; k <= stratum->population; k++) {
            const double now = before < lowest ? -(double)INFINITY : log_at_most(stratum, k);
            steps[n++] = isinf(now) ? -(double)INFINITY : now - before;
            before = now;
        }
    }
    qsort(steps, (size_t)n, sizeof *steps, compare_steps);
    few->best = g_new(double, (gsize)few->rest + 1);
    few->best[0] = 0;
    for (int64_t k = 0; k < n; k++)
        few->best[k + 1] = few->best[k] + steps[k];
}

static Few few_new(const FiniteStratum *strata, size_t count, FiniteMethod method)
{
    Few few = {.strata = strata, .count = count, .tested = count_tested(strata, count), .method = method};
    for (size_t i = 0; i < count; i++) {
        const FiniteStratum *stratum = &strata[i];
        const int64_t seen = stratum->marked + stratum->open;
        few.most += stratum->population - stratum->drawn + seen;
        if (is_whole(stratum))
            few.known += seen;
        else
            few.rest += stratum->population;
    }
    if (method == FINITE_FISHER && few.tested > 1)
        add_up_steps(&few);
    return few;
}

static void few_clear(Few *few)
{
    g_free(few->best);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Few, few_clear)

/* One stratum was drawn in part: the others take as many as they can. */
static double only_at_most(const Few *few, int64_t rest)
{
    const FiniteStratum *tested = NULL;
    int64_t elsewhere = 0;
    for (size_t i = 0; i < few->count; i++) {
        if (!is_whole(&few->strata[i]) && few->strata[i].drawn > 0)
            tested = &few->strata[i];
        else if (!is_whole(&few->strata[i]))
            elsewhere += few->strata[i].population;
    }
    return tested == NULL || rest <= elsewhere ? 1 : exp(log_at_most(tested, rest - elsewhere));
}

static gint compare_fractions(gconstpointer a, gconstpointer b)
{
    const FiniteStratum *x = a, *y = b;
    const double left = (double)x->drawn * (double)y->population,
                 right = (double)y->drawn * (double)x->population;
    return left < right ? -1 : left > right;
}

/* The least mean number of marked among the drawn, when `rest` lie in the strata that were not drawn whole.
 */
static double least_mean(const Few *few, int64_t rest)
{
    g_autofree FiniteStratum *sorted = g_memdup2(few->strata, few->count * sizeof *sorted);
    qsort(sorted, few->count, sizeof *sorted, compare_fractions);
    double mean = 0;
    for (size_t i = 0; i < few->count && rest > 0; i++) {
        if (is_whole(&sorted[i]))
            continue;
        const int64_t here = MIN(rest, sorted[i].population);
        mean += (double)here * (double)sorted[i].drawn / (double)sorted[i].population;
        rest -= here;
    }
    return mean;
}

static double pooled_at_most(const Few *few, int64_t rest)
{
    int64_t drawn = 0, seen = 0;
    for (size_t i = 0; i < few->count; i++) {
        if (is_whole(&few->strata[i]))
            continue;
        drawn += few->strata[i].drawn;
        seen += few->strata[i].marked + few->strata[i].open;
    }
    const double mean = least_mean(few, rest);
    if (mean < (double)seen + 1)
        return 1;
    return statistics_binomial_at_most(seen, drawn, MIN(mean / (double)drawn, 1));
}

static double few_at_most(const Few *few, int64_t total)
{
    const int64_t rest = total - few->known;
    if (rest <= 0)
        return 1;
    if (total > few->most)
        return 0;
    if (few->tested <= 1)
        return only_at_most(few, rest);
    if (few->method == FINITE_POOLED)
        return pooled_at_most(few, rest);
    return distribution_chi_square(-2 * few->best[rest], 2 * (double)few->tested, DISTRIBUTION_ABOVE);
}

/* The largest total of which P is above `alpha`. */
static int64_t few_highest(const Few *few, double alpha)
{
    int64_t good = 0, bad = few->most + 1;
    while (bad - good > 1) {
        const int64_t middle = good + (bad - good) / 2;
        if (few_at_most(few, middle) > alpha)
            good = middle;
        else
            bad = middle;
    }
    return good;
}

/* The others in place of the marked. Caller frees. */
static FiniteStratum *mirror(const FiniteStratum *strata, size_t count)
{
    FiniteStratum *mirrored = g_new(FiniteStratum, count + 1);
    for (size_t i = 0; i < count; i++) {
        mirrored[i] = strata[i];
        mirrored[i].marked = strata[i].drawn - strata[i].marked - strata[i].open;
    }
    return mirrored;
}

double finite_at_most(const FiniteStratum *strata, size_t count, FiniteMethod method, int64_t total)
{
    g_auto(Few) few = few_new(strata, count, method);
    return few_at_most(&few, total);
}

double finite_at_least(const FiniteStratum *strata, size_t count, FiniteMethod method, int64_t total)
{
    g_autofree FiniteStratum *others = mirror(strata, count);
    return finite_at_most(others, count, method, sum_population(strata, count) - total);
}

FiniteInterval finite_interval(const FiniteStratum *strata, size_t count, FiniteMethod method, double level)
{
    g_autofree FiniteStratum *others = mirror(strata, count);
    g_auto(Few) few = few_new(strata, count, method);
    g_auto(Few) few_others = few_new(others, count, method);
    const double alpha = (1 - level) / 2;
    return (FiniteInterval){sum_population(strata, count) - few_highest(&few_others, alpha),
                            few_highest(&few, alpha)};
}

void finite_estimate(const FiniteStratum *strata, size_t count, double *from, double *to)
{
    *from = *to = 0;
    for (size_t i = 0; i < count; i++) {
        const double population = (double)strata[i].population, drawn = (double)strata[i].drawn;
        if (strata[i].drawn == 0) {
            *to += population;
            continue;
        }
        *from += population * (double)strata[i].marked / drawn;
        *to += population * (double)(strata[i].marked + strata[i].open) / drawn;
    }
}

/* The strata as drawn, of which that share is marked. Caller frees. */
static FiniteStratum *suppose(const FiniteStratum *strata, size_t count, double share)
{
    FiniteStratum *supposed = g_new(FiniteStratum, count + 1);
    for (size_t i = 0; i < count; i++) {
        supposed[i] = strata[i];
        supposed[i].marked = (int64_t)(share * (double)strata[i].drawn + 0.5);
        supposed[i].open = 0;
    }
    return supposed;
}

FiniteMethod finite_choose(const FiniteStratum *strata, size_t count, double level)
{
    if (count_tested(strata, count) <= 1)
        return FINITE_FISHER;
    g_autofree FiniteStratum *tenth = suppose(strata, count, 0.1);
    const FiniteInterval fisher = finite_interval(tenth, count, FINITE_FISHER, level);
    const FiniteInterval pooled = finite_interval(tenth, count, FINITE_POOLED, level);
    return fisher.high - fisher.low <= pooled.high - pooled.low ? FINITE_FISHER : FINITE_POOLED;
}

/* ---- a claim on the share */

int64_t finite_boundary(FiniteOp op, int64_t limit_millionths, int64_t population)
{
    const int64_t product = limit_millionths * population;
    if (op == FINITE_AT_MOST || op == FINITE_MORE)
        return product / FINITE_MILLION;
    return product == 0 ? -1 : (product - 1) / FINITE_MILLION;
}

FiniteVerdict finite_judge(const FiniteStratum *strata, size_t count, FiniteMethod method, FiniteOp op,
                           int64_t limit_millionths, double alpha)
{
    const int64_t population = sum_population(strata, count);
    if (population == 0)
        return (FiniteVerdict){-1, (double)NAN, (double)NAN, VERDICT_NOT_TESTABLE};
    const int64_t boundary = finite_boundary(op, limit_millionths, population);
    const double against_few = finite_at_least(strata, count, method, boundary);
    const double against_many = finite_at_most(strata, count, method, boundary + 1);
    const bool claims_few = op == FINITE_AT_MOST || op == FINITE_LESS;
    FiniteVerdict verdict = {boundary, claims_few ? against_many : against_few,
                             claims_few ? against_few : against_many, VERDICT_NOT_ESTABLISHED};
    if (verdict.p_refute <= alpha)
        verdict.verdict = VERDICT_REFUTED;
    else if (verdict.p_support <= alpha)
        verdict.verdict = VERDICT_SUPPORTED;
    return verdict;
}
