/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of error it was: the event categories of Ward, Lukowicz and Gellersen (ACM TIST 2(1), 2011), and
 * the time that operators would spend looking at nothing.
 *
 * Events and alerts are compared as spans, without tolerance: they belong together when they overlap. */
#ifndef VSAUDIT_SCORING_WARD_H
#define VSAUDIT_SCORING_WARD_H

#include "scoring/panel.h"

typedef struct {
    int64_t events, alerts;
    int64_t deletions;  /* events that no alert overlaps */
    int64_t insertions; /* alerts that overlap no event */
    int64_t fragmented; /* events that two or more alerts overlap */
    int64_t fragments;  /* alerts that overlap a fragmented event */
    int64_t merged;     /* events that share an alert with another event */
    int64_t merging;    /* alerts that overlap two or more events */
    int64_t correct;    /* pairs of one event and one alert that overlap each other and nothing else */
    int64_t overfilled, underfilled;   /* such pairs whose alert is too long, too short at either end */
    int64_t overfill_us;               /* time of alerts that overlap an event, outside all events */
    int64_t underfill_us;              /* time of events that are overlapped, outside all alerts */
    int64_t insertion_us, deletion_us; /* time of inserted alerts and of deleted events */
    /* time-based false alarm, within the scored time */
    int64_t excess_us;  /* sum over time of max(0, alerts - events) */
    int64_t outside_us; /* sum over the alerts of their time outside all events */
    int64_t free_us;    /* scored time without event */
} WardCounts;

/* Adds one clip. Spans by start; scored: the clip's scored time. */
void ward_count(const PanelFile *file, const SpanList *scored, WardCounts *counts);
/* Alert time per event-free time: more than 1 is possible. NAN without event-free time. */
double ward_time_false_alarm_excess(const WardCounts *counts);
double ward_time_false_alarm_outside(const WardCounts *counts);

#endif
