/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many to draw from a finite population. */
#include "scoring/distributions.h"
#include "scoring/finite.h"

#include <glib.h>
#include <math.h>

static int64_t total_of(const FiniteStratum *strata, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += strata[i].population;
    return sum;
}

/* The stratum that is owed most: of the earlier of equals. */
static size_t find_owed(const FiniteStratum *strata, size_t count, double fraction)
{
    size_t most = count;
    double owed = -(double)INFINITY;
    for (size_t i = 0; i < count; i++) {
        const double here = fraction * (double)strata[i].population - (double)strata[i].drawn;
        if (strata[i].drawn < strata[i].population && here > owed + 1e-9) {
            most = i;
            owed = here;
        }
    }
    return most;
}

void finite_allocate(FiniteStratum *strata, size_t count, int64_t size)
{
    const int64_t population = total_of(strata, count);
    int64_t left = MIN(size, population);
    const double fraction = population > 0 ? (double)left / (double)population : 0;
    for (size_t i = 0; i < count; i++)
        strata[i].drawn = 0;
    for (size_t i = 0; i < count && left > 0; i++) {
        strata[i].drawn = MIN(1, strata[i].population);
        left -= strata[i].drawn;
    }
    for (size_t i = 0; i < count; i++) {
        const int64_t whole = (int64_t)floor(fraction * (double)strata[i].population + 1e-9);
        const int64_t more = MIN(MAX(whole - strata[i].drawn, 0), left);
        strata[i].drawn += more;
        left -= more;
    }
    for (; left > 0; left--)
        strata[find_owed(strata, count, fraction)].drawn++;
}

typedef bool (*Suffices)(FiniteStratum *strata, size_t count, const void *question);

/* The smallest size that suffices, supposing that a larger one does too. Fills `drawn`. */
static int64_t find_size(FiniteStratum *strata, size_t count, Suffices suffices, const void *question)
{
    int64_t bad = 0, good = total_of(strata, count);
    for (int64_t size = 16; size < good; size *= 2) {
        finite_allocate(strata, count, size);
        if (suffices(strata, count, question))
            good = size;
        else
            bad = size;
    }
    while (good - bad > 1) {
        const int64_t middle = bad + (good - bad) / 2;
        finite_allocate(strata, count, middle);
        if (suffices(strata, count, question))
            good = middle;
        else
            bad = middle;
    }
    finite_allocate(strata, count, good);
    return good;
}

/* ---- by the width of the interval */

typedef struct {
    double half_width, share, level;
} Width;

static bool is_narrow(FiniteStratum *strata, size_t count, const void *question)
{
    const Width *wanted = question;
    double from = 0, to = 0;
    for (size_t i = 0; i < count; i++)
        strata[i].marked = (int64_t)(wanted->share * (double)strata[i].drawn + 0.5);
    finite_estimate(strata, count, &from, &to);
    const FiniteMethod method = finite_choose(strata, count, wanted->level);
    const FiniteInterval interval = finite_interval(strata, count, method, wanted->level);
    const double most = wanted->half_width * (double)total_of(strata, count) + 1e-9;
    for (size_t i = 0; i < count; i++)
        strata[i].marked = 0;
    return (double)interval.high - to <= most && from - (double)interval.low <= most;
}

int64_t finite_size_for_width(FiniteStratum *strata, size_t count, double half_width, double share,
                              double level)
{
    const Width width = {half_width, share, level};
    return find_size(strata, count, is_narrow, &width);
}

/* ---- by the power of a verdict */

typedef struct {
    FiniteOp op;
    int64_t limit_millionths;
    double share, power, alpha;
    bool holds; /* the claim, when that share is marked */
} Power;

/* Puts so many marked among the drawn, wherever there is room: the pooled method asks for no more. */
static void mark(FiniteStratum *strata, size_t count, int64_t marked)
{
    for (size_t i = 0; i < count; i++) {
        strata[i].marked = MIN(marked, strata[i].drawn);
        marked -= strata[i].marked;
    }
}

static bool decides(FiniteStratum *strata, size_t count, const Power *power, int64_t marked)
{
    mark(strata, count, marked);
    const Verdict verdict =
        finite_judge(strata, count, FINITE_POOLED, power->op, power->limit_millionths, power->alpha).verdict;
    mark(strata, count, 0);
    return verdict == (power->holds ? VERDICT_SUPPORTED : VERDICT_REFUTED);
}

/* P of the verdict that is right: it is given for up to so many marked, or from so many on. */
static double reach(FiniteStratum *strata, size_t count, const Power *power)
{
    const int64_t population = total_of(strata, count);
    const int64_t marked = (int64_t)(power->share * (double)population + 0.5);
    const bool claims_few = power->op == FINITE_AT_MOST || power->op == FINITE_LESS;
    const bool by_few = claims_few == power->holds;
    int64_t drawn = 0;
    for (size_t i = 0; i < count; i++)
        drawn += strata[i].drawn;
    int64_t good = by_few ? -1 : drawn + 1, bad = by_few ? drawn + 1 : -1;
    while (ABS(bad - good) > 1) {
        const int64_t middle = (good + bad) / 2;
        if (decides(strata, count, power, middle))
            good = middle;
        else
            bad = middle;
    }
    const double others = (double)(population - marked);
    if (by_few)
        return good < 0 ? 0
                        : exp(distribution_hypergeometric_log((double)good, (double)marked, others,
                                                              (double)drawn, DISTRIBUTION_BELOW));
    return good > drawn ? 0
                        : exp(distribution_hypergeometric_log((double)good - 1, (double)marked, others,
                                                              (double)drawn, DISTRIBUTION_ABOVE));
}

static bool is_strong(FiniteStratum *strata, size_t count, const void *question)
{
    const Power *power = question;
    return reach(strata, count, power) >= power->power;
}

int64_t finite_size_for_power(FiniteStratum *strata, size_t count, FiniteOp op, int64_t limit_millionths,
                              double share, double power, double alpha, double *reached)
{
    const int64_t population = total_of(strata, count);
    const int64_t marked = (int64_t)(share * (double)population + 0.5);
    const bool few = marked <= finite_boundary(op, limit_millionths, population);
    const Power wanted = {
        op, limit_millionths, share, power, alpha, few == (op == FINITE_AT_MOST || op == FINITE_LESS)};
    const int64_t size = find_size(strata, count, is_strong, &wanted);
    *reached = reach(strata, count, &wanted);
    return size;
}
