/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scoring in the manner of the UK Home Office's i-LIDS: an alarm counts when it is raised within the alarm
 * window of an event, and one figure F weighs detection against false alarms by a recall bias.
 *
 * The window and the recall bias of each scenario and role stand in the i-LIDS User Guide, which this program
 * does not know: both must be given, and none has a default. An event takes the first alarm of its window; an
 * alarm elsewhere within an event is ignored, any other one is false. */
#ifndef VSAUDIT_SCORING_ILIDS_H
#define VSAUDIT_SCORING_ILIDS_H

#include "records/option.h"

typedef struct {
    int64_t window_us;  /* from the event's start; TIME_UNKNOWN: not given */
    double recall_bias; /* alpha in F = (alpha + 1) R P / (R + alpha P), >= 0; NAN: not given */
} IlidsSettings;

extern const OptionRow ilids_options[]; /* of IlidsSettings: window, recall_bias */

typedef struct {
    int64_t events, detections, misses, alarms, false_alarms, ignored;
} IlidsCounts;

typedef struct {
    int64_t start_us, end_us;
} IlidsEvent;

/* One clip; adds to the counts. Events by start; alarm times (when they were raised) in rising order. */
void ilids_count(const IlidsEvent *events, size_t event_count, const int64_t *alarms_us, size_t alarm_count,
                 int64_t window_us, IlidsCounts *counts);
/* NAN without an event or without an alarm that counts. */
double ilids_f(const IlidsCounts *counts, double recall_bias);

#endif
