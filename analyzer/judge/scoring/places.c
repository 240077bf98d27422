/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/places.h"

#include "scoring/distributions.h"

#include <glib.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* Clusters with exposure alone, and their sums. */
typedef struct {
    int64_t *counts;
    double *exposures;
    size_t clusters;
    bool shares;
    double count, exposure, squares; /* squares: of shares n (n - 1), of rates T^2, summed */
} Sample;

static Sample gather(const PlacesCounts *given)
{
    Sample sample = {.counts = g_new(int64_t, given->clusters + 1),
                     .exposures = g_new(double, given->clusters + 1),
                     .shares = given->shares};
    for (size_t i = 0; i < given->clusters; i++) {
        const double exposure = given->exposures[i];
        if (!(exposure > 0))
            continue;
        sample.counts[sample.clusters] = given->counts[i];
        sample.exposures[sample.clusters++] = exposure;
        sample.count += (double)given->counts[i];
        sample.exposure += exposure;
        sample.squares += given->shares ? exposure * (exposure - 1) : exposure * exposure;
    }
    return sample;
}

static void release(Sample *sample)
{
    g_free(sample->counts);
    g_free(sample->exposures);
}

/* ---- likelihoods */

/* log of x (x + a) (x + 2a) … (k factors): x^k for a = 0. x > 0 unless k is 0. */
static double log_rising(double x, double a, int64_t k)
{
    enum { FEW = 40 };
    double sum = 0;
    if (k <= FEW) {
        for (int64_t i = 0; i < k; i++)
            sum += log(x + a * (double)i);
        return sum;
    }
    if (a * (double)k < 1e-9 * x)
        return (double)k * log(x);
    return gsl_sf_lnpoch(x / a, (double)k) + (double)k * log(a);
}

/* Up to terms that hold neither mean nor a. */
static double log_likelihood(const Sample *sample, double mean, double a)
{
    double sum = 0;
    for (size_t i = 0; i < sample->clusters; i++) {
        const int64_t k = sample->counts[i];
        const double t = sample->exposures[i];
        if (sample->shares) {
            sum += log_rising(mean, a, k) + log_rising(1 - mean, a, (int64_t)t - k) -
                   log_rising(1, a, (int64_t)t);
            continue;
        }
        const double expected = mean * t;
        sum += log_rising(1, a, k) + (k > 0 ? (double)k * log(expected) : 0);
        sum -= a * expected < 1e-12 ? expected + (double)k * a * expected
                                    : ((double)k + 1 / a) * log1p(a * expected);
    }
    return sum;
}

/* ---- the likelihood over a, and over a and the mean */

typedef struct {
    const Sample *sample;
    double mean;
} AtMean;

static double minus_over_dispersion(double log_a, void *data)
{
    const AtMean *at = data;
    return -log_likelihood(at->sample, at->mean, exp(log_a));
}

/* Brent's minimum between neighbours of `middle`, which lies below both. */
static double minimum(gsl_function *function, double low, double middle, double high)
{
    gsl_min_fminimizer *search = gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);
    double best = middle;
    if (gsl_min_fminimizer_set(search, function, middle, low, high) == GSL_SUCCESS) {
        for (int i = 0; i < 60; i++) {
            if (gsl_min_fminimizer_iterate(search) != GSL_SUCCESS)
                break;
            low = gsl_min_fminimizer_x_lower(search);
            high = gsl_min_fminimizer_x_upper(search);
            if (gsl_min_test_interval(low, high, 1e-7, 0) == GSL_SUCCESS)
                break;
        }
        best = gsl_min_fminimizer_x_minimum(search);
    }
    gsl_min_fminimizer_free(search);
    return best;
}

/* Between the neighbours of the lowest of `steps` values; at the upper end the valley may lie just inside. */
static double inner_minimum(gsl_function *function, double first, double step, const double *value, int top,
                            int steps)
{
    static const double beside = 1e-3;
    const double place = first + step * top;
    if (top == steps - 1) {
        const double inside = place - step * beside;
        return GSL_FN_EVAL(function, inside) < value[top] ? minimum(function, place - step, inside, place)
                                                          : place;
    }
    const bool valley = top > 0 && value[top] < value[top - 1] && value[top] < value[top + 1];
    return valley ? minimum(function, place - step, place, place + step) : place;
}

typedef struct {
    double mean, dispersion, value; /* value: of the log likelihood */
} Peak;

static Peak peak_at_mean(const Sample *sample, double mean)
{
    enum { STEPS = 13 };
    static const double lowest = 1e-5;
    Peak best = {mean, 0, log_likelihood(sample, mean, 0)};
    AtMean at = {sample, mean};
    gsl_function function = {minus_over_dispersion, &at};
    const double first = log(lowest), step = (log(PLACES_MOST_DISPERSION) - first) / (STEPS - 1);
    double value[STEPS];
    int top = 0;
    for (int i = 0; i < STEPS; i++) {
        value[i] = minus_over_dispersion(first + step * i, &at);
        if (value[i] < value[top])
            top = i;
    }
    const double place = inner_minimum(&function, first, step, value, top, STEPS);
    const double found = -minus_over_dispersion(place, &at);
    return found > best.value ? (Peak){mean, exp(place), found} : best;
}

static double to_line(const Sample *sample, double mean)
{
    return sample->shares ? log(mean / (1 - mean)) : log(mean);
}

static double from_line(const Sample *sample, double x)
{
    return sample->shares ? 1 / (1 + exp(-x)) : exp(x);
}

static double minus_over_mean(double x, void *data)
{
    const Sample *sample = data;
    return -peak_at_mean(sample, from_line(sample, x)).value;
}

/* Whether all counts are zero, or of shares all full: the likelihood has its peak at the very end. */
static bool is_at_end(const Sample *sample)
{
    return sample->count == 0 || (sample->shares && sample->count == sample->exposure);
}

static Peak peak(Sample *sample)
{
    static const double reach = 0.25;
    const double mean = sample->count / sample->exposure;
    if (is_at_end(sample))
        return (Peak){mean, 0, 0}; /* every likelihood is 1 there, whatever a is */
    gsl_function function = {minus_over_mean, sample};
    /* The peak is the pooled mean when all exposures are alike, else near it. */
    double x = to_line(sample, mean), value = minus_over_mean(x, sample);
    for (int i = 0; i < 200; i++) {
        const double left = minus_over_mean(x - reach, sample), right = minus_over_mean(x + reach, sample);
        if (value < left && value < right) {
            x = minimum(&function, x - reach, x, x + reach);
            break;
        }
        if (value <= left && value <= right)
            break;
        x += left < right ? -reach : reach;
        value = fmin(left, right);
    }
    return peak_at_mean(sample, from_line(sample, x));
}

/* ---- tests */

/* The part that differences between clusters have in the variance of the total, were the mean `limit`. */
static double part_of_differences(const Sample *sample, double limit, double a)
{
    const double chance = sample->shares ? limit * (1 - limit) * sample->exposure : limit * sample->exposure;
    const double between = sample->shares ? limit * (1 - limit) * a / (1 + a) * sample->squares
                                          : limit * limit * a * sample->squares;
    return between / (chance + between);
}

static double signed_root(const Sample *sample, const Peak *best, const Peak *held, double *freedom)
{
    const double limit = held->mean;
    const double part = part_of_differences(sample, limit, held->dispersion);
    *freedom = part > 0 ? (double)(sample->clusters - 1) / (part * part) : (double)INFINITY;
    const double root = sqrt(fmax(2 * (best->value - held->value) * (1 - PLACES_SHRINK * part), 0));
    return best->mean < limit ? -root : root;
}

/* Of the ratio estimate, on the scale of its logarithm (of shares, of its odds); NAN without any spread. */
static double robust(const Sample *sample, double limit)
{
    if (is_at_end(sample))
        return NAN;
    const double mean = sample->count / sample->exposure, m = (double)sample->clusters;
    double sum = 0;
    for (size_t i = 0; i < sample->clusters; i++) {
        const double difference = (double)sample->counts[i] - mean * sample->exposures[i];
        sum += difference * difference;
    }
    const double error = sqrt(sum * m / (m - 1)) / sample->exposure;
    const double scale = sample->shares ? mean * (1 - mean) : mean;
    return error > 0 ? (to_line(sample, mean) - to_line(sample, limit)) * scale / error : (double)NAN;
}

static void test(const Sample *sample, const Peak *best, double limit, PlacesTest *result)
{
    const Peak held = peak_at_mean(sample, limit);
    if (is_at_end(sample)) { /* the chance of just this, at its largest: exact */
        const bool none = sample->count == 0;
        result->p_at_most = none ? exp(held.value) : 1;
        result->p_at_least = none ? 1 : exp(held.value);
        return;
    }
    double freedom;
    const double root = signed_root(sample, best, &held, &freedom);
    result->p_at_most = distribution_student(root, freedom, DISTRIBUTION_BELOW);
    result->p_at_least = distribution_student(root, freedom, DISTRIBUTION_ABOVE);
    const double t = robust(sample, limit);
    if (!isnan(t)) {
        const double m = (double)(sample->clusters - 1);
        result->p_at_most = fmax(result->p_at_most, distribution_student(t, m, DISTRIBUTION_BELOW));
        result->p_at_least = fmax(result->p_at_least, distribution_student(t, m, DISTRIBUTION_ABOVE));
    }
}

PlacesTest places_test(const PlacesCounts *counts, double limit)
{
    Sample sample = gather(counts);
    PlacesTest result = {.clusters = sample.clusters,
                         .mean = sample.exposure > 0 ? sample.count / sample.exposure : (double)NAN,
                         .dispersion = NAN,
                         .p_at_most = NAN,
                         .p_at_least = NAN};
    if (sample.clusters >= 2) {
        const Peak best = peak(&sample);
        result.dispersion = best.dispersion;
        if (limit > 0 && (!counts->shares || limit < 1))
            test(&sample, &best, limit, &result);
    }
    release(&sample);
    return result;
}

typedef struct {
    const Sample *sample;
    const Peak *best;
    double share;
    bool upper;
} End;

static double beyond(double x, void *data)
{
    const End *end = data;
    PlacesTest result;
    test(end->sample, end->best, from_line(end->sample, x), &result);
    return (end->upper ? result.p_at_most : result.p_at_least) - end->share;
}

/* Outwards from `x` until the tail is passed, then back by bisection: the tails fall from the mean on. */
static double find_end(End *end, double x)
{
    static const double reach = 0.5;
    const double step = end->upper ? reach : -reach;
    double inner = x, outer = x + step;
    int steps = 0;
    while (beyond(outer, end) > 0 && ++steps < 200) {
        inner = outer;
        outer += step;
    }
    gsl_function function = {beyond, end};
    gsl_root_fsolver *search = gsl_root_fsolver_alloc(gsl_root_fsolver_bisection);
    double found = outer;
    if (gsl_root_fsolver_set(search, &function, fmin(inner, outer), fmax(inner, outer)) == GSL_SUCCESS) {
        for (int i = 0; i < 40; i++) {
            gsl_root_fsolver_iterate(search);
            found = end->upper ? gsl_root_fsolver_x_upper(search) : gsl_root_fsolver_x_lower(search);
        }
    }
    gsl_root_fsolver_free(search);
    return from_line(end->sample, found);
}

Interval places_interval(const PlacesCounts *counts, double level)
{
    Sample sample = gather(counts);
    Interval interval = {NAN, NAN};
    if (sample.clusters >= 2) {
        const Peak best = peak(&sample);
        const double mean = sample.count / sample.exposure;
        End end = {&sample, &best, (1 - level) / 2, false};
        /* From the very end one starts beside it: half a count. */
        const double half = 0.5 / sample.exposure;
        interval.low = sample.count == 0
                           ? 0
                           : find_end(&end, to_line(&sample, fmin(mean, sample.shares ? 1 - half : mean)));
        end.upper = true;
        interval.high = sample.shares && mean == 1 ? 1 : find_end(&end, to_line(&sample, fmax(mean, half)));
    }
    release(&sample);
    return interval;
}
