/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One-to-one matching of alerts with events on one clip, as the protocols eval-1 and eval-2 want it.
 *
 * An alert may be matched with an event when its onset lies in [start - pre, end + post], both ends included,
 * and, where boxes are required, the two boxes do not lie apart. Of all one-to-one matchings the one is
 * chosen that, in this order,
 *   1. matches the most events,
 *   2. uses the fewest spare alerts,
 *   3. has the fewest pairs whose boxes lie apart, unless boxes are ignored,
 *   4. has the smallest sum of onset errors |onset - start|,
 *   5. has the largest sum of confidences (in steps of 1e-9 within 0..1; none given counts below 0),
 *   6. gives the earliest alert to the first event, then to the second, … where events are ordered by start,
 *      end, index and alerts by onset, index; no alert counts as last of all.
 * This leaves exactly one. All sums are integers: there are no floating ties. The work is done on connected
 * components; it grows as n log n as long as few events lie close together in time. */
#ifndef VSAUDIT_SCORING_MATCHING_H
#define VSAUDIT_SCORING_MATCHING_H

#include "records/geometry.h"

#include <stddef.h>
#include <stdint.h>

#define MATCH_NONE (-1)

typedef enum { MATCH_BOXES_IGNORED, MATCH_BOXES_PREFERRED, MATCH_BOXES_REQUIRED } MatchBoxes;

typedef struct {
    int64_t pre_us, post_us; /* >= 0 */
    MatchBoxes boxes;
} MatchRules;

typedef struct {
    int64_t start_us, end_us; /* end >= start */
    Box box;                  /* BOX_NONE; not read where boxes are ignored */
} MatchEvent;

typedef struct {
    int64_t onset_us;
    double confidence; /* NAN when none was given */
    Box box;           /* as of the event */
    bool spare;        /* to be used only where another would leave an event without */
} MatchAlert;

/* Whether both boxes are there and have no point in common, not even of their edges; in whole millionths of
 * the picture. */
bool matching_boxes_apart(Box event, Box alert);

/* Fills alert_of_event[event_count] and event_of_alert[alert_count] with indices or MATCH_NONE. Arrays need
 * not be sorted; returns the number of matches. */
size_t matching_assign(const MatchEvent *events, size_t event_count, const MatchAlert *alerts,
                       size_t alert_count, const MatchRules *rules, int64_t *alert_of_event,
                       int64_t *event_of_alert);

#endif
