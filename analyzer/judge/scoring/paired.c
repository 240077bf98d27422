/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two systems on the same events: the difference of their shares missed (declared in statistics.h). */
#include "scoring/statistics.h"

#include "scoring/distributions.h"

#include <glib.h>
#include <math.h>

double statistics_paired_score(int64_t b, int64_t c, int64_t n, double difference)
{
    g_assert(b >= 0 && c >= 0 && b + c <= n && fabs(difference) < 1);
    if (difference < 0)
        return -statistics_paired_score(c, b, n, -difference);
    const double pairs = (double)n, one = (double)b, other = (double)c;
    /* The likeliest chance of "only the second misses" when the difference is as supposed. */
    const double quadratic = 2 * pairs, linear = -one - other + (2 * pairs - one + other) * difference,
                 constant = -other * difference * (1 - difference);
    const double root = sqrt(fmax(0, linear * linear - 4 * quadratic * constant));
    const double chance = fmax(0, (root - linear) / (2 * quadratic));
    const double variance = pairs * (2 * chance + difference * (1 - difference));
    const double excess = one - other - pairs * difference;
    if (!(variance > 0))
        return excess > 0 ? (double)INFINITY : excess < 0 ? -(double)INFINITY : 0;
    return excess / sqrt(variance);
}

Interval statistics_paired_interval(int64_t b, int64_t c, int64_t n, double level)
{
    g_assert(n >= 1);
    const double z = distribution_normal_quantile((1 - level) / 2, DISTRIBUTION_ABOVE);
    double ends[2];
    for (int side = 0; side < 2; side++) {
        /* The statistic falls as the supposed difference grows. */
        double low = -1, high = 1;
        for (int i = 0; i < 80; i++) {
            const double middle = (low + high) / 2;
            if (middle <= -1 || middle >= 1)
                break; /* all is missed by one alone: the end is the border itself */
            if (statistics_paired_score(b, c, n, middle) > (side == 0 ? z : -z))
                low = middle;
            else
                high = middle;
        }
        ends[side] = (low + high) / 2;
    }
    return (Interval){ends[0], ends[1]};
}

/* For every c the largest b that counts as "as small a difference as seen"; -1 for none. It never falls as c
 * grows, so that the chance of the region is largest at the border of the hypothesis. */
static void trace_region(int64_t b, int64_t c, int64_t n, double difference, int64_t *most)
{
    const double seen = statistics_paired_score(b, c, n, difference) + 1e-9;
    int64_t before = -1;
    for (int64_t k = 0; k <= n; k++) {
        int64_t low = -1, high = n - k + 1;
        while (high - low > 1) {
            const int64_t middle = low + (high - low) / 2;
            if (statistics_paired_score(middle, k, n, difference) <= seen)
                low = middle;
            else
                high = middle;
        }
        before = MAX(before, low);
        most[k] = MIN(before, n - k);
    }
}

/* The chance of the region when only the second misses with chance `other`, only the first with `one`. */
static double chance_of_region(const int64_t *most, int64_t n, double one, double other)
{
    double sum = 0;
    for (int64_t k = 0; k <= n; k++) {
        const double weight = distribution_binomial_chance((double)k, (double)n, other);
        if (most[k] >= 0 && weight > 1e-13)
            sum += weight *
                   (other >= 1 ? 1 : statistics_binomial_at_most(most[k], n - k, fmin(1, one / (1 - other))));
    }
    return fmin(1, sum);
}

/* The largest chance over the unknown share of pairs that differ: a grid, then thirds around its best. */
static double exact_at_most(int64_t b, int64_t c, int64_t n, double difference)
{
    g_autofree int64_t *most = g_new(int64_t, (size_t)n + 1);
    trace_region(b, c, n, difference, most);
    const double first = fmax(0, -difference), last = (1 - difference) / 2;
    const int steps = 100;
    const double step = (last - first) / steps;
    double best = 0;
    int place = 0;
    for (int i = 0; i <= steps; i++) {
        const double other = first + step * i;
        const double chance = chance_of_region(most, n, other + difference, other);
        if (chance > best) {
            best = chance;
            place = i;
        }
    }
    double low = first + step * MAX(place - 1, 0), high = first + step * MIN(place + 1, steps);
    for (int i = 0; i < 25; i++) {
        const double a = low + (high - low) / 3, z = high - (high - low) / 3;
        const double left = chance_of_region(most, n, a + difference, a);
        const double right = chance_of_region(most, n, z + difference, z);
        best = fmax(best, fmax(left, right));
        if (left < right)
            low = a;
        else
            high = z;
    }
    return best;
}

double statistics_paired_at_most(int64_t b, int64_t c, int64_t n, double difference)
{
    if (n == 0)
        return 1;
    if (difference == 0)
        return statistics_binomial_at_most(b, b + c, 0.5);
    if (n <= PAIRED_EXACT_MOST)
        return exact_at_most(b, c, n, difference);
    return distribution_normal(statistics_paired_score(b, c, n, difference), DISTRIBUTION_BELOW);
}

double statistics_paired_at_least(int64_t b, int64_t c, int64_t n, double difference)
{
    return statistics_paired_at_most(c, b, n, -difference);
}
