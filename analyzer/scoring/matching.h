/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One-to-one matching of alerts with events on one clip, as the protocols eval-1 and eval-2 want it.
 *
 * An alert may be matched with an event when its onset lies in [start - pre, end + post], both ends included.
 * Of all one-to-one matchings the one is chosen that, in this order,
 *   1. matches the most events,
 *   2. has the smallest sum of onset errors |onset - start|,
 *   3. has the largest sum of confidences (in steps of 1e-9 within 0..1; none given counts below 0),
 *   4. gives the earliest alert to the first event, then to the second, … where events are ordered by start,
 *      end, index and alerts by onset, index; no alert counts as last of all.
 * This leaves exactly one. All sums are integers: there are no floating ties. The work is done on connected
 * components; it grows as n log n as long as few events lie close together in time. */
#ifndef VSAUDIT_SCORING_MATCHING_H
#define VSAUDIT_SCORING_MATCHING_H

#include <stddef.h>
#include <stdint.h>

#define MATCH_NONE (-1)

typedef struct {
    int64_t start_us, end_us; /* end >= start */
} MatchEvent;

typedef struct {
    int64_t onset_us;
    double confidence; /* NAN when none was given */
} MatchAlert;

/* Fills alert_of_event[event_count] and event_of_alert[alert_count] with indices or MATCH_NONE. pre and post
 * are >= 0. Arrays need not be sorted; returns the number of matches. */
size_t matching_assign(const MatchEvent *events, size_t event_count, const MatchAlert *alerts,
                       size_t alert_count, int64_t pre_us, int64_t post_us, int64_t *alert_of_event,
                       int64_t *event_of_alert);

#endif
