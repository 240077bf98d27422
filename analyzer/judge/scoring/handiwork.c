/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/handiwork.h"

#include "scoring/statistics.h"

#include <math.h>
#include <stdlib.h>

#define SECOND INT64_C(1000000)

#define RATE_UNKNOWN 10.0
#define RATE_MOST 240.0  /* more is a container's clock, not a rate */
#define EPSILON_S 1.5e-6 /* times are written to the microsecond */

static double rate_of(const HandiworkTime *time)
{
    return time->rate > 0 && time->rate <= RATE_MOST ? time->rate : RATE_UNKNOWN;
}

/* The coarsest decimal unit of which all times are multiples, in µs. */
static int64_t unit_of(const HandiworkTime *times, size_t count)
{
    int64_t unit = SECOND;
    for (size_t i = 0; i < count; i++)
        while (unit > 1 && times[i].t_us % unit != 0)
            unit /= 10;
    return unit;
}

/* How far a time may lie from the picture that it stands for, since it was rounded to the unit. */
static double slack_s(double rate, double unit_s)
{
    const double units = 1 / rate / unit_s;
    return fabs(units - round(units)) < 1e-6 ? 0 : unit_s / 2;
}

/* Whether times are those of pictures at k even moments a second: the first at or after each, or the nearest.
 */
static bool explains(int64_t k, bool nearest, const HandiworkTime *times, size_t count, double unit_s)
{
    for (size_t i = 0; i < count; i++) {
        const double step_s = 1 / (double)k, rate = rate_of(&times[i]), slack = slack_s(rate, unit_s);
        const double after_s = fmod((double)times[i].t_us / (double)SECOND, step_s);
        const double before_s = step_s - after_s;
        const bool fits = nearest ? fmin(after_s, before_s) <= 0.5 / rate + slack + EPSILON_S
                                  : after_s - slack < 1 / rate - EPSILON_S || before_s <= slack + EPSILON_S;
        if (!fits)
            return false;
    }
    return true;
}

static int64_t looks_a_second(const HandiworkTime *times, size_t count, double unit_s)
{
    double lowest = INFINITY;
    for (size_t i = 0; i < count; i++)
        lowest = fmin(lowest, rate_of(&times[i]));
    const int64_t most = (int64_t)fmax(floor(lowest), 1);
    for (int64_t k = 1; k < most; k++) {
        if (explains(k, false, times, count, unit_s) || explains(k, true, times, count, unit_s))
            return k;
    }
    return most;
}

#define LOOKS_MOST 5000 /* of a clip, from which it is reckoned how many are at whole seconds */

/* Of the looks at every n-th picture, up to the time, the share that is written as a whole second. */
static double whole_share(const HandiworkTime *time, int64_t n, double unit_s)
{
    const double step_s = (double)n / rate_of(time);
    const double looks = fmin(floor((double)time->t_us / (double)SECOND / step_s), LOOKS_MOST);
    int64_t whole = 0;
    for (int64_t look = 1; look <= (int64_t)looks; look++) {
        const double written_s = round((double)look * step_s / unit_s) * unit_s;
        whole += fabs(written_s - round(written_s)) < EPSILON_S;
    }
    return looks > 0 ? (double)whole / looks : 0;
}

/* The chance of a whole second where the system looks at every n-th picture: of the times the largest share;
 * 0 where they are none of these pictures'. */
static double chance_of_nth(int64_t n, const HandiworkTime *times, size_t count, double unit_s)
{
    size_t last = 0;
    for (size_t i = 0; i < count; i++) {
        const double step_s = (double)n / rate_of(&times[i]), t_s = (double)times[i].t_us / (double)SECOND;
        if (fabs(t_s - round(t_s / step_s) * step_s) > slack_s(rate_of(&times[i]), unit_s) + EPSILON_S)
            return 0;
        if (times[i].t_us > times[last].t_us)
            last = i;
    }
    return whole_share(&times[last], n, unit_s);
}

static double chance_of_whole(const HandiworkTime *times, size_t count)
{
    const double unit_s = (double)unit_of(times, count) / (double)SECOND;
    double highest = 1;
    for (size_t i = 0; i < count; i++)
        highest = fmax(highest, rate_of(&times[i]));
    double chance = fmax(1 / (double)looks_a_second(times, count, unit_s), unit_s);
    for (int64_t n = 1; n <= (int64_t)round(highest); n++)
        chance = fmax(chance, chance_of_nth(n, times, count, unit_s));
    return chance;
}

bool handiwork_no_picture(int64_t t_us, double rate)
{
    const double t_s = (double)t_us / (double)SECOND;
    return rate > 0 && fabs(t_s - round(t_s * rate) / rate) > (double)HANDIWORK_ROUNDED_US / (double)SECOND;
}

Handiwork handiwork_whole_seconds(const HandiworkTime *times, size_t count)
{
    Handiwork found = {.of = (int64_t)count, .expected = NAN, .p = NAN};
    for (size_t i = 0; i < count; i++)
        found.count += times[i].t_us % SECOND == 0;
    if (count == 0)
        return found;
    const double chance = chance_of_whole(times, count);
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
