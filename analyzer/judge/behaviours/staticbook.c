/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/staticbook.h"

/* Boxes that share this much of their union are one place. */
#define SAME_PLACE 0.5

void static_book_init(StaticBook *book, int64_t gap_us)
{
    *book = (StaticBook){gap_us, g_ptr_array_new_with_free_func(g_free)};
}

void static_book_clear(StaticBook *book)
{
    g_clear_pointer(&book->things, g_ptr_array_unref);
}

/* The thing of that number, or else a lost one at the same place; NULL when it is new. */
static StaticMemory *find(const StaticBook *book, const StaticObservation *blob)
{
    StaticMemory *lost = NULL;
    for (guint i = 0; i < book->things->len; i++) {
        StaticMemory *thing = g_ptr_array_index(book->things, i);
        if (thing->removed != blob->removed)
            continue;
        if (thing->id == blob->id)
            return thing;
        if (!thing->seen && lost == NULL && geometry_box_iou(thing->box, blob->box) >= SAME_PLACE)
            lost = thing;
    }
    return lost;
}

void static_book_observe(StaticBook *book, const Observation *observation)
{
    const int64_t t_us = observation->t_us;
    for (guint i = 0; i < book->things->len; i++) {
        StaticMemory *thing = g_ptr_array_index(book->things, i);
        thing->seen = false;
    }
    for (size_t i = 0; i < observation->static_count; i++) {
        const StaticObservation *blob = &observation->statics[i];
        StaticMemory *thing = find(book, blob);
        if (thing == NULL) {
            thing = g_new0(StaticMemory, 1);
            thing->removed = blob->removed;
            thing->since_us = blob->since_us;
            g_ptr_array_add(book->things, thing);
        }
        thing->id = blob->id;
        thing->box = blob->box;
        thing->seen = true;
        thing->seen_us = t_us;
    }
    for (guint i = 0; i < book->things->len;) {
        StaticMemory *thing = g_ptr_array_index(book->things, i);
        if (t_us - thing->seen_us <= book->gap_us) {
            i++;
            continue;
        }
        alarm_end(&thing->alarm, thing->seen_us);
        g_ptr_array_remove_index(book->things, i);
    }
}

void static_book_flush(StaticBook *book, int64_t end_us)
{
    for (guint i = 0; i < book->things->len; i++) {
        StaticMemory *thing = g_ptr_array_index(book->things, i);
        alarm_end(&thing->alarm, thing->seen ? end_us : thing->seen_us);
    }
}

void static_rule_flush(void *state, int64_t end_us, GPtrArray *alerts)
{
    (void)alerts;
    static_book_flush(state, end_us);
}

void static_alert_raise(GPtrArray *alerts, const char *behaviour, const char *label, int64_t onset_us,
                        int64_t decided_us, StaticMemory *thing)
{
    Alert *alert = alert_new(behaviour, onset_us, decided_us);
    alert->label = g_strdup(label);
    alert->box = thing->box;
    thing->alarm.alert = alert;
    g_ptr_array_add(alerts, alert);
}
