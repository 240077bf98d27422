/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules about things remember of each: perception's static blobs over time, each with its alarm. A
 * blob that is lost and found under another number at the same place within the gap is the same thing. */
#ifndef VSAUDIT_BEHAVIOURS_STATICBOOK_H
#define VSAUDIT_BEHAVIOURS_STATICBOOK_H

#include "behaviours/alarm.h"
#include "records/observation.h"

typedef struct {
    int64_t id; /* its present number */
    Box box;
    bool removed; /* something of the scene has gone; else something new stands there */
    bool seen;    /* on the picture at hand */
    int64_t since_us, seen_us;
    Hold alone; /* for rules that ask who is near it */
    Alarm alarm;
} StaticMemory;

typedef struct {
    int64_t gap_us;    /* what is not seen for longer is dropped, and its alert ends */
    GPtrArray *things; /* of StaticMemory *, in order of first appearance */
} StaticBook;

void static_book_init(StaticBook *book, int64_t gap_us);
void static_book_clear(StaticBook *book); /* zeroed memory is fine */
void static_book_observe(StaticBook *book, const Observation *observation);
/* The end of the stream: what is still open ends. */
void static_book_flush(StaticBook *book, int64_t end_us);
/* The same, of a Behaviour whose state begins with a StaticBook. */
void static_rule_flush(void *state, int64_t end_us, GPtrArray *alerts);
/* Appends an alert about the thing and keeps it as the open one of its alarm. */
void static_alert_raise(GPtrArray *alerts, const char *behaviour, const char *label, int64_t onset_us,
                        int64_t decided_us, StaticMemory *thing);

#endif
