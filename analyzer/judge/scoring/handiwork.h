/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a log would show had people written in it, each as a test against what a system that runs alone would
 * show. A small p says that the log is not as such a system writes it; why, it does not say. All tests are
 * exact. */
#ifndef VSAUDIT_SCORING_HANDIWORK_H
#define VSAUDIT_SCORING_HANDIWORK_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    int64_t count, of; /* as asked; of = 0: nothing to look at */
    double expected; /* how many of them a system that runs alone would have, on average; NAN = not defined */
    double p;        /* of so many or more; NAN = not defined */
} Handiwork;

#define HANDIWORK_ALPHA 0.01 /* p at or below it is told */

/* Times that are whole seconds: on pictures at `rate` a second (> 0), each is one with the chance
 * 1/max(rate, 1), rounded up to the next share of whole pictures: 1/floor(rate). */
Handiwork handiwork_whole_seconds(const int64_t *times_us, size_t count, double rate);

/* Alerts in the moments right before events: `count` of them in windows of window_us altogether, where
 * elsewhere, in elsewhere_us, there were `others`. Poisson with the rate (others + 1) / elsewhere, one more
 * than was seen so that silence elsewhere proves nothing. */
Handiwork handiwork_early(int64_t count, int64_t window_us, int64_t others, int64_t elsewhere_us);

#define HANDIWORK_EXACT_US 20000 /* of the truth's own time: an exact fit */
#define HANDIWORK_EXACT_LEAST 3
/* Alerts that begin exactly when the truth says, among others that do not come near: `delays_us` are the
 * alerts' onsets less the events' of all hits. Exact are those within HANDIWORK_EXACT_US of 0. If the system
 * could hit the truth so by itself, it would do so as often as its other delays are dense: with the chance 2
 * * HANDIWORK_EXACT_US / (from the smallest, or 0, to the largest of them, or 0). Not defined (p NAN) with
 * fewer than HANDIWORK_EXACT_LEAST of either, or when one of the others is within five times
 * HANDIWORK_EXACT_US: then the system fits the truth well. */
Handiwork handiwork_exact(const int64_t *delays_us, size_t count);

/* Alerts before and after the middle of a list whose order is secret and random: of so many seconds each.
 * Two-sided: twice the smaller tail of the binomial, at most 1. `expected` is of the first. */
Handiwork handiwork_order(int64_t before, double before_s, int64_t after, double after_s);

#endif
