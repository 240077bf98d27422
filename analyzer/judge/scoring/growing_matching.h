/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The size of the largest one-to-one matching while alerts come in one at a time, as a threshold on their
 * confidence falls. Which pairs are allowed is as in scoring/matching.h.
 *
 * An alert that finds no augmenting path when it comes never finds one later, nor does any path lead through
 * the events that it reached (they are matched among themselves, as Hall's theorem wants it): so each alert
 * is tried once, and those events are looked at no more.
 *
 * It is not assignment/assignment.h: here nobody asks which pairs are best, only how many there are at each
 * of thousands of thresholds, and edges are not listed but found by time, so that a whole curve costs about
 * as much as one matching. */
#ifndef VSAUDIT_SCORING_GROWING_MATCHING_H
#define VSAUDIT_SCORING_GROWING_MATCHING_H

#include "scoring/matching.h"

#include <stdbool.h>

typedef struct GrowingMatching GrowingMatching;

/* The events are by start, and must outlive it. */
GrowingMatching *growing_matching_new(const MatchEvent *events, size_t count, const MatchRules *rules);
void growing_matching_free(GrowingMatching *matching); /* NULL is fine */
/* True when the largest matching has one pair more with this alert. Confidence and `spare` are not read. */
bool growing_matching_add(GrowingMatching *matching, const MatchAlert *alert);

#endif
