/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One alarm over time: a hold, the alert that is open because of it, and the rule by which it may be raised
 * again. */
#ifndef VSAUDIT_BEHAVIOURS_ALARM_H
#define VSAUDIT_BEHAVIOURS_ALARM_H

#include "behaviours/hold.h"
#include "records/event.h"

/* When the same object (or zone) may raise a second alarm: as soon as the first is over, never, or so long
 * after its end. */
typedef enum { REARM_ON_EXIT, REARM_NEVER, REARM_COOLDOWN } Rearm;

typedef struct {
    HoldTimes hold;
    int rearm;           /* Rearm */
    int64_t cooldown_us; /* for REARM_COOLDOWN */
} AlarmTimes;

/* Zeroed memory is an alarm at rest. */
typedef struct {
    Hold hold;
    Alert *alert;     /* the open one; owned by the run */
    int64_t raised;   /* how many so far */
    int64_t ended_us; /* when the last one ended */
} Alarm;

/* Whether the rule lets the alarm be raised at t_us. */
bool alarm_may_raise(const Alarm *alarm, const AlarmTimes *times, int64_t t_us);
/* Tells the alarm whether its condition is met at t_us. True: the caller must raise an alert now, with
 * alarm->hold.since_us as its onset, and put it into alarm->alert. An alert that is over is ended here. */
bool alarm_update(Alarm *alarm, const AlarmTimes *times, bool met, int64_t t_us);
/* Ends the open alert at the latest at end_us: earlier when the condition was already gone. */
void alarm_end(Alarm *alarm, int64_t end_us);

#endif
