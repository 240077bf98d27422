/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/places_parts.h"

#include <glib.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

PlacesSample places_gather(const PlacesCounts *given)
{
    PlacesSample sample = {.counts = g_new(int64_t, given->clusters + 1),
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

void places_release(PlacesSample *sample)
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

double places_log_likelihood(const PlacesSample *sample, double mean, double a)
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
    const PlacesSample *sample;
    double mean;
} AtMean;

static double minus_over_dispersion(double log_a, void *data)
{
    const AtMean *at = data;
    return -places_log_likelihood(at->sample, at->mean, exp(log_a));
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

PlacesPeak places_peak_at_mean(const PlacesSample *sample, double mean)
{
    enum { STEPS = 13 };
    static const double lowest = 1e-5;
    PlacesPeak best = {mean, 0, places_log_likelihood(sample, mean, 0)};
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
    return found > best.value ? (PlacesPeak){mean, exp(place), found} : best;
}

double places_to_line(const PlacesSample *sample, double mean)
{
    return sample->shares ? log(mean / (1 - mean)) : log(mean);
}

double places_from_line(const PlacesSample *sample, double x)
{
    return sample->shares ? 1 / (1 + exp(-x)) : exp(x);
}

static double minus_over_mean(double x, void *data)
{
    const PlacesSample *sample = data;
    return -places_peak_at_mean(sample, places_from_line(sample, x)).value;
}

bool places_is_at_end(const PlacesSample *sample)
{
    return sample->count == 0 || (sample->shares && sample->count == sample->exposure);
}

PlacesPeak places_peak(PlacesSample *sample)
{
    static const double reach = 0.25;
    const double mean = sample->count / sample->exposure;
    if (places_is_at_end(sample))
        return (PlacesPeak){mean, 0, 0}; /* every likelihood is 1 there, whatever a is */
    gsl_function function = {minus_over_mean, sample};
    /* The peak is the pooled mean when all exposures are alike, else near it. */
    double x = places_to_line(sample, mean), value = minus_over_mean(x, sample);
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
    return places_peak_at_mean(sample, places_from_line(sample, x));
}
