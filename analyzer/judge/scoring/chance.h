/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The yardstick of chance: how many events alerts would find that know nothing of the pictures.
 *
 * Such alerts are a Poisson process of one rate over the watched time. One of them may find an event when it
 * falls into the event's window, and each finds one event at most, as in matching (scoring/matching.h); of
 * all one-to-one matchings the number of hits is the largest. For an event whose window shares no moment with
 * another's it is found with the probability
 *
 *     1 - exp(-rate * watched time of its window),
 *
 * and the number of hits of several such events is a sum of independent trials (Poisson-binomial). Windows
 * that overlap compete for alerts. Their number of hits is exact too: time is cut at the ends of windows; in
 * each piece k alerts come with probability exp(-m) m^k / k!, and each takes, of the events whose window is
 * open and that have none, the one whose window ends first, which is a largest matching (Glover, Naval
 * Research Logistics Quarterly 14, 1967, 313-316). What must be remembered is which open events have none,
 * with the probability of every number of hits.
 *
 * Pure functions; random numbers are GSL's. */
#ifndef VSAUDIT_SCORING_CHANCE_H
#define VSAUDIT_SCORING_CHANCE_H

#include "records/span.h"

#include <stddef.h>

typedef struct {
    const SpanList *watched; /* where alerts fall */
    const Span *windows;     /* of the scored events: an alert within finds the event; any order */
    size_t count;
} ChanceClip;

typedef struct {
    double expected; /* mean number of events found */
    double at_least; /* probability of `hits` events or more */
} ChanceHits;

/* Sets of open events at one moment, and additions, at most: windows that lie within one another may ask for
 * very many. */
#define CHANCE_SETS_MOST 4096
#define CHANCE_WORK_MOST INT64_C(1000000000)

/* `rate`: alerts per hour of watched time, >= 0. Both are NAN where more than that would be needed, or more
 * than 64 windows of a clip are open at once. */
ChanceHits chance_hits(const ChanceClip *clips, size_t count, double rate, int64_t hits);

/* Draws the alerts of one clip: onsets in order (of int64_t µs) are appended. The same arguments give the
 * same onsets. */
void chance_draw(const SpanList *watched, double rate, uint32_t seed, GArray *onsets);
/* The seed that goes with a text: the first four bytes of its SHA-256. */
uint32_t chance_seed(const char *text);

#endif
