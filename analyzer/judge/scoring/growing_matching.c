/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/growing_matching.h"

#include "records/free.h"

#include <glib.h>

enum { NOBODY = -1 };

/* The ends of some of the events, with the latest of every stretch of them, so that the next event that
 * reaches a time is found in the logarithm of their number. INT64_MIN: taken out. */
typedef struct {
    int64_t *latest; /* of node n; its halves are 2n and 2n + 1, event i is leaf `leaves` + i */
    size_t leaves;
} Ends;

struct GrowingMatching {
    const MatchEvent *events;
    size_t count;
    MatchRules rules;
    Ends open; /* events that a search may still look at */
    Ends free; /* of them, those without an alert */
    int64_t *alert_of_event;
    int64_t *reached_by;    /* the alert from which the running search came to an event */
    GArray *alerts;         /* of MatchAlert: those that are matched, and the one that is tried */
    GArray *event_of_alert; /* of int64_t, as many */
    GArray *queue;          /* of int64_t: alerts whose events are to be looked at */
    GArray *seen;           /* of size_t: events that the running search took out of `open` */
};

static void ends_init(Ends *ends, const MatchEvent *events, size_t count)
{
    for (ends->leaves = 1; ends->leaves < count;)
        ends->leaves *= 2;
    ends->latest = g_new(int64_t, 2 * ends->leaves);
    for (size_t i = 0; i < ends->leaves; i++)
        ends->latest[ends->leaves + i] = i < count ? events[i].end_us : INT64_MIN;
    for (size_t node = ends->leaves; node-- > 1;)
        ends->latest[node] = MAX(ends->latest[2 * node], ends->latest[2 * node + 1]);
}

static void ends_set(Ends *ends, size_t event, int64_t end_us)
{
    size_t node = ends->leaves + event;
    ends->latest[node] = end_us;
    for (node /= 2; node > 0; node /= 2)
        ends->latest[node] = MAX(ends->latest[2 * node], ends->latest[2 * node + 1]);
}

/* The first event at or after `from` that ends at or after t; SIZE_MAX for none. */
static size_t ends_next(const Ends *ends, size_t from, int64_t t_us)
{
    if (from >= ends->leaves)
        return SIZE_MAX;
    size_t node = ends->leaves + from;
    while (ends->latest[node] < t_us) {
        /* To the right: up while this is the right half, then the other half. */
        while (node % 2 == 1) {
            node /= 2;
            if (node == 0)
                return SIZE_MAX;
        }
        node++;
    }
    while (node < ends->leaves) {
        node *= 2;
        if (ends->latest[node] < t_us)
            node++;
    }
    return node - ends->leaves;
}

GrowingMatching *growing_matching_new(const MatchEvent *events, size_t count, const MatchRules *rules)
{
    GrowingMatching *matching = g_new0(GrowingMatching, 1);
    matching->events = events;
    matching->count = count;
    matching->rules = *rules;
    ends_init(&matching->open, events, count);
    ends_init(&matching->free, events, count);
    matching->alert_of_event = g_new(int64_t, count);
    matching->reached_by = g_new(int64_t, count);
    for (size_t i = 0; i < count; i++)
        matching->alert_of_event[i] = NOBODY;
    matching->alerts = g_array_new(FALSE, FALSE, sizeof(MatchAlert));
    matching->event_of_alert = g_array_new(FALSE, FALSE, sizeof(int64_t));
    matching->queue = g_array_new(FALSE, FALSE, sizeof(int64_t));
    matching->seen = g_array_new(FALSE, FALSE, sizeof(size_t));
    return matching;
}

DEFINE_FREE(growing_matching_free, GrowingMatching, matching, g_free(matching->open.latest),
            g_free(matching->free.latest), g_free(matching->alert_of_event), g_free(matching->reached_by),
            g_array_unref(matching->alerts), g_array_unref(matching->event_of_alert),
            g_array_unref(matching->queue), g_array_unref(matching->seen))

/* How many events begin early enough for the onset: the first so many. */
static size_t count_begun(const GrowingMatching *matching, int64_t onset_us)
{
    size_t low = 0, high = matching->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (matching->events[middle].start_us - matching->rules.pre_us <= onset_us)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The next of the events in `ends` that the alert may be matched with, at or after `from`; SIZE_MAX. */
static size_t next_allowed(const GrowingMatching *matching, const Ends *ends, const MatchAlert *alert,
                           size_t begun, size_t from)
{
    for (;; from++) {
        from = ends_next(ends, from, alert->onset_us - matching->rules.post_us);
        if (from >= begun)
            return SIZE_MAX;
        if (matching->rules.boxes != MATCH_BOXES_REQUIRED ||
            !matching_boxes_apart(matching->events[from].box, alert->box))
            return from;
    }
}

/* Gives `event`, which is free, to the alert that reached it, that alert's former event to the one that
 * reached that, and so on back to the alert that is tried. */
static void augment(GrowingMatching *matching, size_t event)
{
    ends_set(&matching->free, event, INT64_MIN);
    for (;;) {
        const int64_t alert = matching->reached_by[event];
        int64_t *place = &g_array_index(matching->event_of_alert, int64_t, alert);
        const int64_t former = *place;
        *place = (int64_t)event;
        matching->alert_of_event[event] = alert;
        if (former == NOBODY)
            return;
        event = (size_t)former;
    }
}

/* Whether a path from the alert leads to a free event; if so, it is taken. */
static bool search(GrowingMatching *matching, int64_t first)
{
    g_array_set_size(matching->queue, 0);
    g_array_set_size(matching->seen, 0);
    g_array_append_val(matching->queue, first);
    for (guint i = 0; i < matching->queue->len; i++) {
        const int64_t id = g_array_index(matching->queue, int64_t, i);
        const MatchAlert *alert = &g_array_index(matching->alerts, MatchAlert, id);
        const size_t begun = count_begun(matching, alert->onset_us);
        size_t event = next_allowed(matching, &matching->free, alert, begun, 0);
        if (event != SIZE_MAX) {
            matching->reached_by[event] = id;
            augment(matching, event);
            return true;
        }
        for (event = next_allowed(matching, &matching->open, alert, begun, 0); event != SIZE_MAX;
             event = next_allowed(matching, &matching->open, alert, begun, event + 1)) {
            matching->reached_by[event] = id;
            ends_set(&matching->open, event, INT64_MIN);
            g_array_append_val(matching->seen, event);
            g_array_append_val(matching->queue, matching->alert_of_event[event]);
        }
    }
    return false;
}

bool growing_matching_add(GrowingMatching *matching, const MatchAlert *alert)
{
    const int64_t id = matching->alerts->len, none = NOBODY;
    g_array_append_val(matching->alerts, *alert);
    g_array_append_val(matching->event_of_alert, none);
    if (!search(matching, id)) {
        g_array_set_size(matching->alerts, (guint)id);
        g_array_set_size(matching->event_of_alert, (guint)id);
        return false; /* what was seen stays closed */
    }
    for (guint i = 0; i < matching->seen->len; i++) {
        const size_t event = g_array_index(matching->seen, size_t, i);
        ends_set(&matching->open, event, matching->events[event].end_us);
    }
    return true;
}
