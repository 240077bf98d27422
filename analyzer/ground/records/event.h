/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ground truth and alerts: what happened, and what a system said. */
#ifndef VSAUDIT_RECORDS_EVENT_H
#define VSAUDIT_RECORDS_EVENT_H

#include "records/geometry.h"
#include "records/span.h"

/* Whether an event counts. A "don't care" event is a no-score interval: alerts and hours inside it leave both
 * sides. */
typedef enum { CERTAINTY_SCORED, CERTAINTY_DONT_CARE } Certainty;

typedef struct {
    char *behaviour;  /* id, "camera-tampering" */
    int64_t start_us; /* the onset by the behaviour's written rule */
    int64_t end_us;   /* > start_us */
    char *label;      /* kind within the behaviour ("covered"), or NULL */
    Box box;          /* BOX_NONE when not marked */
    Certainty certainty;
    char *annotator; /* who marked it, or NULL */
    char *track;     /* whom or what it is about, in the annotator's own numbering ("17"), or NULL */
    char *note;      /* or NULL */
} Event;

typedef struct {
    char *behaviour;  /* id */
    char *label;      /* kind within the behaviour ("covered"), or NULL */
    int64_t onset_us; /* when the condition began */
    int64_t
        decided_us; /* when the alarm was raised, >= onset_us; the earliest time an operator could see it */
    int64_t end_us; /* when the condition ended; TIME_UNKNOWN when the system did not say */
    double confidence; /* 0..1, or NAN when the system gave none */
    Box box;           /* at decided_us; BOX_NONE when there is none */
    GArray *track_ids; /* of int64_t; NULL when there are none */
    char *note;        /* or NULL */
} Alert;

Event *event_new(const char *behaviour, int64_t start_us, int64_t end_us); /* scored, no box, no label */
Event *event_copy(const Event *event);
void event_free(Event *event); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Event, event_free)

Alert *alert_new(const char *behaviour, int64_t onset_us,
                 int64_t decided_us); /* end unknown, no confidence, no box */
/* When an alert of a clip that ends at end_us began. At that very moment no picture is shown any more, and it is
 * no watched time: what began there, or up to `slack_us` behind it, began in the last microsecond before it. */
int64_t alert_onset_within(int64_t onset_us, int64_t end_us, int64_t slack_us);
Alert *alert_copy(const Alert *alert);
void alert_free(Alert *alert); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Alert, alert_free)

/* Whether two events are the same in all that was written of them but who marked it. Two events may share
 * their times and their label (two people loiter at once); then box, track or note tells them apart. */
bool event_same(const Event *a, const Event *b);

/* A total order for lists that must be the same on every run: onset, decided, end, behaviour, label, box
 * (of events also certainty, track, note, annotator). For g_ptr_array_sort (arguments are pointers to
 * pointers). */
int event_compare(gconstpointer a, gconstpointer b);
int alert_compare(gconstpointer a, gconstpointer b);

GPtrArray *event_array_new(void); /* of Event *, frees its members */
GPtrArray *alert_array_new(void); /* of Alert *, frees its members */

#endif
