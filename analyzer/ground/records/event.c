/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/event.h"

#include "records/free.h"

#include <math.h>
#include <string.h>

Event *event_new(const char *behaviour, int64_t start_us, int64_t end_us)
{
    Event *event = g_new0(Event, 1);
    event->behaviour = g_strdup(behaviour);
    event->start_us = start_us;
    event->end_us = end_us;
    event->box = BOX_NONE;
    return event;
}

Event *event_copy(const Event *event)
{
    Event *copy = g_memdup2(event, sizeof *event);
    copy->behaviour = g_strdup(event->behaviour);
    copy->label = g_strdup(event->label);
    copy->annotator = g_strdup(event->annotator);
    copy->track = g_strdup(event->track);
    copy->note = g_strdup(event->note);
    return copy;
}

DEFINE_FREE(event_free, Event, event, g_free(event->behaviour), g_free(event->label),
            g_free(event->annotator), g_free(event->track), g_free(event->note))

Alert *alert_new(const char *behaviour, int64_t onset_us, int64_t decided_us)
{
    Alert *alert = g_new0(Alert, 1);
    alert->behaviour = g_strdup(behaviour);
    alert->onset_us = onset_us;
    alert->decided_us = decided_us;
    alert->end_us = TIME_UNKNOWN;
    alert->confidence = (double)NAN;
    alert->box = BOX_NONE;
    return alert;
}

int64_t alert_onset_within(int64_t onset_us, int64_t end_us, int64_t slack_us)
{
    return onset_us >= end_us && onset_us - end_us <= slack_us ? MAX(end_us - 1, 0) : onset_us;
}

Alert *alert_copy(const Alert *alert)
{
    Alert *copy = g_memdup2(alert, sizeof *alert);
    copy->behaviour = g_strdup(alert->behaviour);
    copy->label = g_strdup(alert->label);
    copy->note = g_strdup(alert->note);
    copy->track_ids = alert->track_ids == NULL ? NULL : g_array_copy(alert->track_ids);
    return copy;
}

static void clear_alert(Alert *alert)
{
    g_free(alert->behaviour);
    g_free(alert->label);
    g_free(alert->note);
    g_clear_pointer(&alert->track_ids, g_array_unref);
}

DEFINE_FREE(alert_free, Alert, alert, clear_alert(alert))

static int compare_int(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_box(Box a, Box b)
{
    const double left[] = {a.x, a.y, a.w, a.h}, right[] = {b.x, b.y, b.w, b.h};
    for (size_t i = 0; i < G_N_ELEMENTS(left); i++) {
        if (left[i] < right[i])
            return -1;
        if (left[i] > right[i])
            return 1;
    }
    return 0;
}

/* The first that tells them apart. */
static int first_order(const int *orders, size_t count)
{
    size_t i = 0;
    while (i + 1 < count && orders[i] == 0)
        i++;
    return orders[i];
}

/* All but who marked it. */
static int compare_what(const Event *x, const Event *y)
{
    const int orders[] = {compare_int(x->start_us, y->start_us), compare_int(x->end_us, y->end_us),
                          g_strcmp0(x->behaviour, y->behaviour), g_strcmp0(x->label, y->label),
                          compare_box(x->box, y->box),           compare_int(x->certainty, y->certainty),
                          g_strcmp0(x->track, y->track),         g_strcmp0(x->note, y->note)};
    return first_order(orders, G_N_ELEMENTS(orders));
}

int event_compare(gconstpointer a, gconstpointer b)
{
    const Event *x = *(const Event *const *)a, *y = *(const Event *const *)b;
    const int order = compare_what(x, y);
    return order != 0 ? order : g_strcmp0(x->annotator, y->annotator);
}

bool event_same(const Event *a, const Event *b)
{
    return compare_what(a, b) == 0;
}

int alert_compare(gconstpointer a, gconstpointer b)
{
    const Alert *x = *(const Alert *const *)a, *y = *(const Alert *const *)b;
    const int orders[] = {compare_int(x->onset_us, y->onset_us), compare_int(x->decided_us, y->decided_us),
                          compare_int(x->end_us, y->end_us),     g_strcmp0(x->behaviour, y->behaviour),
                          g_strcmp0(x->label, y->label),         compare_box(x->box, y->box)};
    return first_order(orders, G_N_ELEMENTS(orders));
}

GPtrArray *event_array_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)event_free);
}

GPtrArray *alert_array_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)alert_free);
}
