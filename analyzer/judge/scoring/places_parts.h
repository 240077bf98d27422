/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model of scoring/places.h, shared by its tests: the likelihood of a mean and of how far clusters differ.
 * Private to places*.c. */
#ifndef VSAUDIT_SCORING_PLACES_PARTS_H
#define VSAUDIT_SCORING_PLACES_PARTS_H

#include "scoring/places.h"

/* Clusters with exposure alone, and their sums. */
typedef struct {
    int64_t *counts;
    double *exposures;
    size_t clusters;
    bool shares;
    double count, exposure, squares; /* squares: of shares n (n - 1), of rates T^2, summed */
} PlacesSample;

PlacesSample places_gather(const PlacesCounts *given); /* to be released */
void places_release(PlacesSample *sample);

/* Up to terms that hold neither mean nor a. */
double places_log_likelihood(const PlacesSample *sample, double mean, double a);

typedef struct {
    double mean, dispersion, value; /* value: of the log likelihood */
} PlacesPeak;

/* The best dispersion for one mean; the best of both. */
PlacesPeak places_peak_at_mean(const PlacesSample *sample, double mean);
PlacesPeak places_peak(PlacesSample *sample);

/* Whether all counts are zero, or of shares all full: the likelihood has its peak at the very end. */
bool places_is_at_end(const PlacesSample *sample);

/* Means to a line without ends, and back: logarithms, of shares those of the odds. */
double places_to_line(const PlacesSample *sample, double mean);
double places_from_line(const PlacesSample *sample, double x);

#endif
