/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/handiwork.h"

#include "scoring/statistics.h"

#include <math.h>
#include <stdlib.h>

#define SECOND INT64_C(1000000)

Handiwork handiwork_whole_seconds(const int64_t *times_us, size_t count, double rate)
{
    Handiwork found = {.of = (int64_t)count, .expected = NAN, .p = NAN};
    for (size_t i = 0; i < count; i++)
        found.count += times_us[i] % SECOND == 0;
    if (count == 0)
        return found;
    const double chance = 1 / fmax(floor(rate), 1);
    found.expected = chance * (double)count;
    found.p = statistics_binomial_at_least(found.count, found.of, chance);
    return found;
}

Handiwork handiwork_early(int64_t count, int64_t window_us, int64_t others, int64_t elsewhere_us)
{
    Handiwork found = {.count = count, .of = count + others, .expected = NAN, .p = NAN};
    if (window_us <= 0 || elsewhere_us <= 0)
        return found;
    found.expected = (double)(others + 1) * (double)window_us / (double)elsewhere_us;
    found.p = statistics_poisson_at_least(count, found.expected);
    return found;
}

Handiwork handiwork_exact(const int64_t *delays_us, size_t count)
{
    Handiwork found = {.of = (int64_t)count, .expected = NAN, .p = NAN};
    int64_t low = 0, high = 0, nearest = INT64_MAX;
    for (size_t i = 0; i < count; i++) {
        if (llabs(delays_us[i]) <= HANDIWORK_EXACT_US) {
            found.count++;
            continue;
        }
        low = delays_us[i] < low ? delays_us[i] : low;
        high = delays_us[i] > high ? delays_us[i] : high;
        nearest = llabs(delays_us[i]) < nearest ? llabs(delays_us[i]) : nearest;
    }
    const int64_t others = found.of - found.count;
    if (found.count < HANDIWORK_EXACT_LEAST || others < HANDIWORK_EXACT_LEAST ||
        nearest <= 5 * HANDIWORK_EXACT_US)
        return found;
    const double chance = 2.0 * HANDIWORK_EXACT_US / (double)(high - low);
    found.expected = chance * (double)found.of;
    found.p = statistics_binomial_at_least(found.count, found.of, chance);
    return found;
}

Handiwork handiwork_order(int64_t before, double before_s, int64_t after, double after_s)
{
    Handiwork found = {.count = before, .of = before + after, .expected = NAN, .p = NAN};
    if (found.of == 0 || !(before_s > 0) || !(after_s > 0))
        return found;
    const double share = before_s / (before_s + after_s);
    const double low = statistics_binomial_at_most(before, found.of, share);
    const double high = statistics_binomial_at_least(before, found.of, share);
    found.expected = share * (double)found.of;
    found.p = fmin(2 * fmin(low, high), 1);
    return found;
}
