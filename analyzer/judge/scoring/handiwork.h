/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a log would show had people written in it, each as a test against what a system that runs alone would
 * show. A small p says that the log is not as such a system writes it; why, it does not say. All tests are
 * exact. */
#ifndef VSAUDIT_SCORING_HANDIWORK_H
#define VSAUDIT_SCORING_HANDIWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    int64_t count, of; /* as asked; of = 0: nothing to look at */
    double expected; /* how many of them a system that runs alone would have, on average; NAN = not defined */
    double p;        /* of so many or more; NAN = not defined */
} Handiwork;

#define HANDIWORK_ALPHA 0.01 /* p at or below it is told */

typedef struct {
    int64_t t_us;
    double rate; /* pictures a second of its clip; 0, or more than 240: not known, taken for 10 */
} HandiworkTime;

/* Times that are whole seconds, more than the log's own grid explains. A system that looks k times a second,
 * at moments spread evenly, speaks at a whole second in one look of k: that is the chance of each, whatever
 * the pictures' rate. k is the smallest by which all of the times can be explained: each lies on the first
 * picture at one of these moments or after it, or on the nearest one; at most floor of the lowest rate, the
 * looks of a system that sees every picture. Written to tenths or hundredths, it is one in 10 or 100 at
 * least. A smaller k than the true one makes the chance larger: the test errs for the system. Times that all
 * are whole are those of one that looks once a second: p is then 1, and other evidence is needed
 * (handiwork_no_picture). */
Handiwork handiwork_whole_seconds(const HandiworkTime *times, size_t count);

#define HANDIWORK_ROUNDED_US                                                       \
    5000 /* half a hundredth of a second: times to hundredths or finer are so near \
          */
/* Whether a clip of evenly spaced pictures (`rate` a second, exactly, from 0 on) has none within
 * HANDIWORK_ROUNDED_US of the time: no system that writes when it saw what it saw, to hundredths or finer,
 * can have written it. */
bool handiwork_no_picture(int64_t t_us, double rate);

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
