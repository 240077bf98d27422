/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The e-process of places like these (declared in places.h). */
#include "scoring/places_parts.h"

#include <math.h>

/* How far clusters may differ in the mixture; half of it is for "not at all", which costs the least where it
 * is so. */
static const struct {
    double dispersion, weight;
} differences[] = {{0, 0.5}, {0.1, 0.15}, {0.4, 0.15}, {1, 0.1}, {2.5, 0.1}};

enum { DIFFERENCES = sizeof differences / sizeof *differences };

static double mixture(const PlacesSample *sample, double limit, AnytimeSide side)
{
    AnytimePoint points[ANYTIME_POINTS];
    const size_t count = anytime_prior(sample->shares ? limit : (double)NAN, side, points);
    double terms[ANYTIME_POINTS * DIFFERENCES], largest = -(double)INFINITY, sum = 0;
    for (size_t i = 0; i < count; i++) {
        const double mean = sample->shares ? points[i].value : points[i].value * limit;
        for (size_t d = 0; d < DIFFERENCES; d++) {
            double *term = &terms[i * DIFFERENCES + d];
            *term = log(points[i].weight * differences[d].weight) +
                    places_log_likelihood(sample, mean, differences[d].dispersion);
            largest = fmax(largest, *term);
        }
    }
    for (size_t i = 0; i < count * DIFFERENCES; i++)
        sum += exp(terms[i] - largest);
    return largest + log(sum);
}

/* The best that the other side of the limit can say for itself, the limit included. `best`: over all means. */
static double best_against(const PlacesSample *sample, const PlacesPeak *best, double limit, AnytimeSide side)
{
    const double at_limit = places_peak_at_mean(sample, limit).value;
    const bool against = side == ANYTIME_LESS ? best->mean >= limit : best->mean <= limit;
    return against ? fmax(at_limit, best->value) : at_limit;
}

static double log_e(const PlacesSample *sample, const PlacesPeak *best, double limit, AnytimeSide side)
{
    return mixture(sample, limit, side) - best_against(sample, best, limit, side);
}

PlacesEvidence places_anytime(const PlacesCounts *counts, double limit)
{
    PlacesSample sample = places_gather(counts);
    PlacesEvidence found = {NAN, NAN};
    if (sample.clusters >= 2 && limit > 0 && (!counts->shares || limit < 1)) {
        const double at_limit = places_peak_at_mean(&sample, limit).value;
        found.less = mixture(&sample, limit, ANYTIME_LESS) - at_limit;
        found.more = mixture(&sample, limit, ANYTIME_MORE) - at_limit;
        /* Where neither says anything the best of all means, which takes longest, can only say less. */
        if (found.less > 0 || found.more > 0) {
            const PlacesPeak best = places_peak(&sample);
            double *against = best.mean >= limit ? &found.less : &found.more;
            *against -= fmax(best.value - at_limit, 0);
        }
    }
    places_release(&sample);
    return found;
}

/* From the mean outwards, on the line of places_to_line(), until a limit is ruled out; then back. */
static double find_end(const PlacesSample *sample, const PlacesPeak *best, double bound, AnytimeSide side)
{
    enum { STEPS = 60, HALVINGS = 30 };
    const double half = 0.5 / sample->exposure; /* from the very end one starts beside it: half a count */
    const double start = fmin(fmax(best->mean, half), sample->shares ? 1 - half : (double)INFINITY);
    const double step = side == ANYTIME_LESS ? 0.5 : -0.5;
    double kept = places_to_line(sample, start), out = kept + step;
    for (int i = 0; log_e(sample, best, places_from_line(sample, out), side) < bound; i++) {
        if (i == STEPS)
            return side == ANYTIME_LESS ? (double)INFINITY : 0;
        kept = out;
        out += step;
    }
    for (int i = 0; i < HALVINGS; i++) {
        const double middle = kept + (out - kept) / 2;
        if (log_e(sample, best, places_from_line(sample, middle), side) < bound)
            kept = middle;
        else
            out = middle;
    }
    return places_from_line(sample, out);
}

Interval places_anytime_interval(const PlacesCounts *counts, double level)
{
    PlacesSample sample = places_gather(counts);
    Interval interval = {NAN, NAN};
    if (sample.clusters >= 2) {
        const PlacesPeak best = places_peak(&sample);
        const double bound = -log((1 - level) / 2);
        const bool full = sample.shares && sample.count == sample.exposure;
        interval.low = sample.count == 0 ? 0 : find_end(&sample, &best, bound, ANYTIME_MORE);
        interval.high = full ? 1 : find_end(&sample, &best, bound, ANYTIME_LESS);
        if (sample.shares)
            interval.high = fmin(interval.high, 1);
    }
    places_release(&sample);
    return interval;
}
