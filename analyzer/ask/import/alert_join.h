/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages that tell one alert in several: that it begins, goes on, and ends. Which belong together is said
 * by a key (the alarm's id; without one its kind and place). Pure: no text, no time. */
#ifndef VSAUDIT_IMPORT_ALERT_JOIN_H
#define VSAUDIT_IMPORT_ALERT_JOIN_H

#include <glib.h>
#include <stdbool.h>

typedef enum { ALERT_WHOLE, ALERT_NEW, ALERT_UPDATE, ALERT_END, ALERT_STATES } AlertState;
extern const char *const alert_state_names[]; /* "whole", "new", "update", "end"; ended by NULL */
/* The state of that name; -1: there is none. */
int alert_state_named(const char *name);

typedef enum {
    JOIN_OPENED,    /* the message begins an alert */
    JOIN_CONTINUED, /* it belongs to one that an earlier message began */
    JOIN_ENDED,     /* it ends one */
    JOIN_ALONE,     /* the end of one that no message began */
} JoinOutcome;

typedef struct {
    JoinOutcome outcome;
    guint alert;  /* its number, from 0, in the order in which they began; of JOIN_ALONE nothing */
    bool doubled; /* the message before it of this key said the same state; updates may */
} Joined;

typedef struct AlertJoin AlertJoin;

AlertJoin *alert_join_new(void);
void alert_join_free(AlertJoin *join); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AlertJoin, alert_join_free)
/* `by_id`: the key holds the alarm's own id, which no other alarm will have: what comes after its end still
 * belongs to it. Without, an update after an end begins another. A second NEW of an alert that has not ended
 * goes on with it. */
Joined alert_join_add(AlertJoin *join, const char *key, bool by_id, AlertState state);
/* How many that began by NEW or UPDATE have not ended. */
guint alert_join_open(const AlertJoin *join);

#endif
