/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/places.h"

#include "scoring/distributions.h"
#include "scoring/places_parts.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>

/* The part that differences between clusters have in the variance of the total, were the mean `limit`. */
static double part_of_differences(const PlacesSample *sample, double limit, double a)
{
    const double chance = sample->shares ? limit * (1 - limit) * sample->exposure : limit * sample->exposure;
    const double between = sample->shares ? limit * (1 - limit) * a / (1 + a) * sample->squares
                                          : limit * limit * a * sample->squares;
    return between / (chance + between);
}

static double signed_root(const PlacesSample *sample, const PlacesPeak *best, const PlacesPeak *held, double *freedom)
{
    const double limit = held->mean;
    const double part = part_of_differences(sample, limit, held->dispersion);
    *freedom = part > 0 ? (double)(sample->clusters - 1) / (part * part) : (double)INFINITY;
    const double root = sqrt(fmax(2 * (best->value - held->value) * (1 - PLACES_SHRINK * part), 0));
    return best->mean < limit ? -root : root;
}

/* Of the ratio estimate, on the scale of its logarithm (of shares, of its odds); NAN without any spread. */
static double robust(const PlacesSample *sample, double limit)
{
    if (places_is_at_end(sample))
        return NAN;
    const double mean = sample->count / sample->exposure, m = (double)sample->clusters;
    double sum = 0;
    for (size_t i = 0; i < sample->clusters; i++) {
        const double difference = (double)sample->counts[i] - mean * sample->exposures[i];
        sum += difference * difference;
    }
    const double error = sqrt(sum * m / (m - 1)) / sample->exposure;
    const double scale = sample->shares ? mean * (1 - mean) : mean;
    return error > 0 ? (places_to_line(sample, mean) - places_to_line(sample, limit)) * scale / error : (double)NAN;
}

static void test(const PlacesSample *sample, const PlacesPeak *best, double limit, PlacesTest *result)
{
    const PlacesPeak held = places_peak_at_mean(sample, limit);
    if (places_is_at_end(sample)) { /* the chance of just this, at its largest: exact */
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
    PlacesSample sample = places_gather(counts);
    PlacesTest result = {.clusters = sample.clusters,
                         .mean = sample.exposure > 0 ? sample.count / sample.exposure : (double)NAN,
                         .dispersion = NAN,
                         .p_at_most = NAN,
                         .p_at_least = NAN};
    if (sample.clusters >= 2) {
        const PlacesPeak best = places_peak(&sample);
        result.dispersion = best.dispersion;
        if (limit > 0 && (!counts->shares || limit < 1))
            test(&sample, &best, limit, &result);
    }
    places_release(&sample);
    return result;
}

typedef struct {
    const PlacesSample *sample;
    const PlacesPeak *best;
    double share;
    bool upper;
} End;

static double beyond(double x, void *data)
{
    const End *end = data;
    PlacesTest result;
    test(end->sample, end->best, places_from_line(end->sample, x), &result);
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
    return places_from_line(end->sample, found);
}

Interval places_interval(const PlacesCounts *counts, double level)
{
    PlacesSample sample = places_gather(counts);
    Interval interval = {NAN, NAN};
    if (sample.clusters >= 2) {
        const PlacesPeak best = places_peak(&sample);
        const double mean = sample.count / sample.exposure;
        End end = {&sample, &best, (1 - level) / 2, false};
        /* From the very end one starts beside it: half a count. */
        const double half = 0.5 / sample.exposure;
        interval.low = sample.count == 0
                           ? 0
                           : find_end(&end, places_to_line(&sample, fmin(mean, sample.shares ? 1 - half : mean)));
        end.upper = true;
        interval.high = sample.shares && mean == 1 ? 1 : find_end(&end, places_to_line(&sample, fmax(mean, half)));
    }
    places_release(&sample);
    return interval;
}
