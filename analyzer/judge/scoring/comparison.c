/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/comparison.h"

#include "scoring/distributions.h"

#include <glib.h>
#include <math.h>

/* A plan tells of so many alerts at most, and looks at so many. */
#define ALERTS_TOLD 20000
#define ALERTS_MOST 25000

/* ---- the one-sided tests of "at most `limit`" and "at least `limit`" */

typedef struct {
    double at_most, at_least; /* P of a figure so small, so large, were it the limit */
} Tails;

static Tails ratio_tails(const ComparisonCamera *sum, double limit)
{
    const int64_t n = sum->false_alerts[0] + sum->false_alerts[1];
    const double weight = limit * sum->hours[0];
    if (n == 0 || !(sum->hours[0] > 0) || !(sum->hours[1] > 0))
        return (Tails){1, 1};
    const double share = weight / (weight + sum->hours[1]);
    return (Tails){statistics_binomial_at_most(sum->false_alerts[0], n, share),
                   statistics_binomial_at_least(sum->false_alerts[0], n, share)};
}

static Tails difference_tails(const ComparisonCamera *sum, double limit)
{
    return (Tails){
        statistics_paired_at_most(sum->missed_by_first, sum->missed_by_second, sum->events, limit),
        statistics_paired_at_least(sum->missed_by_first, sum->missed_by_second, sum->events, limit)};
}

static Tails tails_at(const ComparisonReading *reading, const ComparisonCamera *sum, double limit)
{
    return reading->metric == METRIC_RATE_RATIO ? ratio_tails(sum, limit) : difference_tails(sum, limit);
}

static double lower_limit(const ComparisonReading *reading)
{
    if (!reading->within)
        return reading->at_most ? -(double)INFINITY : reading->value;
    return reading->metric == METRIC_RATE_RATIO ? 1 / reading->value : -reading->value;
}

static double upper_limit(const ComparisonReading *reading)
{
    return reading->within || reading->at_most ? reading->value : (double)INFINITY;
}

static void test(const ComparisonReading *reading, const ComparisonCamera *sum, double *p_support,
                 double *p_refute)
{
    if (!reading->within) {
        const Tails tails = tails_at(reading, sum, reading->value);
        *p_support = reading->at_most ? tails.at_most : tails.at_least;
        *p_refute = reading->at_most ? tails.at_least : tails.at_most;
        return;
    }
    const Tails upper = tails_at(reading, sum, upper_limit(reading)),
                lower = tails_at(reading, sum, lower_limit(reading));
    *p_support = fmax(upper.at_most, lower.at_least);
    *p_refute = fmin(1, 2 * fmin(upper.at_least, lower.at_most));
}

/* ---- what is still needed */

/* P(at most k of n) for amounts that are not whole: the incomplete beta function between the counts. */
static double share_at_most(double k, double n, double share)
{
    return distribution_beta(share, k + 1, n - k, DISTRIBUTION_ABOVE);
}

static bool supported_at(const ComparisonReading *reading, const ComparisonCamera *sum, double times)
{
    const double k = times * (double)sum->false_alerts[0], other = times * (double)sum->false_alerts[1];
    const double high = upper_limit(reading), low = lower_limit(reading);
    const double t = sum->hours[0], u = sum->hours[1];
    return (isinf(high) || share_at_most(k, k + other, high * t / (high * t + u)) <= reading->alpha) &&
           (isinf(low) || share_at_most(other, k + other, u / (low * t + u)) <= reading->alpha);
}

/* If both keep their rates; NAN when these rates will not support the claim, or only after so long that it
 * means nothing. */
static double find_more_hours(const ComparisonReading *reading, const ComparisonCamera *sum)
{
    const double alerts = (double)(sum->false_alerts[0] + sum->false_alerts[1]);
    double low = 1, high = fmin(1000, 5e4 / alerts);
    if (!(alerts > 0) || !(high > 1) || !supported_at(reading, sum, high))
        return NAN;
    for (int i = 0; i < 60; i++) {
        const double middle = (low + high) / 2;
        if (supported_at(reading, sum, middle))
            high = middle;
        else
            low = middle;
    }
    return ceil((high - 1) * fmax(sum->hours[0], sum->hours[1]));
}

static bool enough_events(const ComparisonReading *reading, const ComparisonCamera *sum, int64_t more)
{
    const double critical = distribution_normal_quantile(reading->alpha, DISTRIBUTION_BELOW);
    const int64_t first = sum->missed_by_first, second = sum->missed_by_second, n = sum->events + more;
    return statistics_paired_score(first, second, n, reading->value) <= critical &&
           (!reading->within || statistics_paired_score(second, first, n, reading->value) <= critical);
}

/* Events on which both agree, added until the score test supports the reading: the exact test of so many
 * would take long, and is close. -1 when there is no such number below a million. */
static int64_t find_more_events(const ComparisonReading *reading, const ComparisonCamera *sum)
{
    const int64_t most = 1000000;
    int64_t low = 0, high = 1;
    if (!(reading->value > 0))
        return -1;
    while (!enough_events(reading, sum, high)) {
        if (high >= most)
            return -1;
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (enough_events(reading, sum, middle))
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* ---- by camera */

static Independence judge_ratio_by_camera(const ComparisonReading *reading, const ComparisonInput *input,
                                          Verdict verdict)
{
    g_autofree int64_t *k1 = g_new0(int64_t, input->count + 1), *k2 = g_new0(int64_t, input->count + 1);
    g_autofree double *t1 = g_new0(double, input->count + 1), *t2 = g_new0(double, input->count + 1);
    for (size_t i = 0; i < input->count; i++) {
        k1[i] = input->cameras[i].false_alerts[0];
        k2[i] = input->cameras[i].false_alerts[1];
        t1[i] = input->cameras[i].hours[0];
        t2[i] = input->cameras[i].hours[1];
    }
    const Interval drawn = statistics_cluster_bootstrap_ratio(
        k1, t1, k2, t2, input->count, 1 - 2 * reading->alpha, BOOTSTRAP_REPLICATES, BOOTSTRAP_SEED);
    return independence_of_interval((int64_t)input->count, drawn, 1 - 2 * reading->alpha,
                                    lower_limit(reading), upper_limit(reading), verdict);
}

static Independence judge_difference_by_camera(const ComparisonReading *reading, const ComparisonInput *input,
                                               Verdict verdict)
{
    g_autofree int64_t *counts = g_new0(int64_t, input->count + 1);
    g_autofree double *exposures = g_new0(double, input->count + 1);
    double events = 0, apart = 0, difference = 0;
    for (size_t i = 0; i < input->count; i++) {
        counts[i] = input->cameras[i].missed_by_first - input->cameras[i].missed_by_second;
        exposures[i] = (double)input->cameras[i].events;
        events += exposures[i];
        apart += (double)(input->cameras[i].missed_by_first + input->cameras[i].missed_by_second);
        difference += (double)counts[i];
    }
    /* One event adds 1, -1 or 0 to the difference. */
    const double variance = apart / events - difference / events * (difference / events);
    return independence_judge(counts, exposures, input->count, lower_limit(reading), upper_limit(reading),
                              reading->alpha, variance, verdict);
}

/* ---- the verdict */

static void measure_ratio(ComparisonResult *result)
{
    const ComparisonCamera *sum = &result->sum;
    result->test = COMPARISON_CONDITIONAL;
    result->reason = !(sum->hours[0] > 0) || !(sum->hours[1] > 0)       ? UNDEFINED_NO_EXPOSURE
                     : sum->false_alerts[0] + sum->false_alerts[1] == 0 ? UNDEFINED_NO_FALSE_ALERT
                                                                        : UNDEFINED_NOT;
    if (result->reason != UNDEFINED_NOT)
        return;
    const RateRatio ratio = statistics_rate_ratio(sum->false_alerts[0], sum->hours[0], sum->false_alerts[1],
                                                  sum->hours[1], result->reading.level);
    result->value = ratio.ratio;
    result->interval = ratio.interval;
}

static void measure_difference(ComparisonResult *result)
{
    const ComparisonCamera *sum = &result->sum;
    result->test = result->reading.value == 0         ? COMPARISON_MCNEMAR
                   : sum->events <= PAIRED_EXACT_MOST ? COMPARISON_UNCONDITIONAL
                                                      : COMPARISON_SCORE;
    result->reason = sum->events > 0 ? UNDEFINED_NOT : UNDEFINED_NO_EVENT;
    if (sum->events == 0)
        return;
    result->value = (double)(sum->missed_by_first - sum->missed_by_second) / (double)sum->events;
    result->interval = statistics_paired_interval(sum->missed_by_first, sum->missed_by_second, sum->events,
                                                  result->reading.level);
}

ComparisonResult comparison_judge(const ComparisonReading *reading, const ComparisonInput *input)
{
    const bool is_ratio = reading->metric == METRIC_RATE_RATIO;
    ComparisonResult result = {.verdict = VERDICT_NOT_ESTABLISHED,
                               .reading = *reading,
                               .unpaired_clips = input->unpaired_clips,
                               .value = NAN,
                               .interval = {NAN, NAN},
                               .needed_hours = NAN,
                               .needed_events = -1};
    for (size_t i = 0; i < input->count; i++) {
        const ComparisonCamera *camera = &input->cameras[i];
        for (size_t side = 0; side < 2; side++) {
            result.sum.false_alerts[side] += camera->false_alerts[side];
            result.sum.hours[side] += camera->hours[side];
        }
        result.sum.events += camera->events;
        result.sum.missed_by_first += camera->missed_by_first;
        result.sum.missed_by_second += camera->missed_by_second;
        result.sum.missed_by_both += camera->missed_by_both;
    }
    if (is_ratio)
        measure_ratio(&result);
    else
        measure_difference(&result);
    test(reading, &result.sum, &result.p_support, &result.p_refute);
    if (result.p_refute <= reading->alpha)
        result.verdict = VERDICT_REFUTED;
    else if (result.p_support <= reading->alpha)
        result.verdict = VERDICT_SUPPORTED;
    else if (is_ratio)
        result.needed_hours = find_more_hours(reading, &result.sum);
    else
        result.needed_events = find_more_events(reading, &result.sum);
    result.independence = is_ratio ? judge_ratio_by_camera(reading, input, result.verdict)
                                   : judge_difference_by_camera(reading, input, result.verdict);
    return result;
}

const char *comparison_test_name(ComparisonTest test)
{
    static const char *const names[] = {[COMPARISON_CONDITIONAL] = "exact-conditional",
                                        [COMPARISON_MCNEMAR] = "mcnemar-exact",
                                        [COMPARISON_UNCONDITIONAL] = "exact-unconditional",
                                        [COMPARISON_SCORE] = "score"};
    return names[test];
}

/* ---- before a run */

/* Whether k of n in equal hours lead to the verdict. */
static bool leads_to(const ComparisonReading *reading, int64_t k, int64_t n, bool refute)
{
    const ComparisonCamera sum = {.false_alerts = {k, n - k}, .hours = {1, 1}};
    double p_support, p_refute;
    test(reading, &sum, &p_support, &p_refute);
    return (refute ? p_refute : p_support) <= reading->alpha;
}

/* The probability of first … last of n, 0 where there is none. */
static double probability(int64_t first, int64_t last, int64_t n, double share)
{
    return first > last ? 0
                        : statistics_binomial_at_least(first, n, share) -
                              statistics_binomial_at_least(last + 1, n, share);
}

/* Of first … last those lead to the verdict that lie on one side of a turn: which has the probability asked
 * for. `counted`: from which of them on they count. */
static double power_between(const ComparisonReading *reading, int64_t first, int64_t last, int64_t counted,
                            int64_t n, double truth, bool refute)
{
    const double share = truth / (1 + truth);
    const bool at_first = leads_to(reading, first, n, refute), at_last = leads_to(reading, last, n, refute);
    int64_t low = first, high = last;
    if (at_first == at_last)
        return at_first ? probability(counted, last, n, share) : 0;
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (leads_to(reading, middle, n, refute) == at_first)
            low = middle;
        else
            high = middle;
    }
    return at_first ? probability(counted, low, n, share) : probability(MAX(high, counted), last, n, share);
}

/* The counts that lead there are those up to one, those from one on, both, or those between two, which lie to
 * both sides of the half: in each half there is one turn at most. */
static double power_of(const ComparisonReading *reading, int64_t n, double truth, bool refute)
{
    const int64_t half = n / 2;
    return power_between(reading, 0, half, 0, n, truth, refute) +
           power_between(reading, half, n, half + 1, n, truth, refute);
}

/* The power is no smooth curve: with one alert more it falls, wherever no further count comes to lead to the
 * verdict. So all numbers are looked at, until the verdict is missed half as often as is allowed: no tooth
 * reaches back from there. */
int64_t comparison_alerts_needed(const ComparisonReading *reading, double truth, bool refute, double power)
{
    int64_t short_of = 0; /* the last number that has too little power */
    if (power_of(reading, ALERTS_MOST, truth, refute) < power)
        return -1;
    for (int64_t n = 1; n <= ALERTS_MOST; n++) {
        const double reached = power_of(reading, n, truth, refute);
        if (reached < power)
            short_of = n;
        else if (reached >= 1 - (1 - power) / 2)
            break;
    }
    return short_of < ALERTS_TOLD ? short_of + 1 : -1;
}

int64_t comparison_events_at_best(const ComparisonReading *reading)
{
    if (!(reading->value > 0))
        return -1;
    int64_t low = 0, high = 1;
    while (statistics_paired_at_most(0, 0, high, reading->value) > reading->alpha) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (statistics_paired_at_most(0, 0, middle, reading->value) > reading->alpha)
            low = middle;
        else
            high = middle;
    }
    return high;
}
