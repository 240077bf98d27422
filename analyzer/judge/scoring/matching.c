/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorts, cuts into connected components, and keeps of each event's alerts only those that an optimal matching
 * can use; assignment/assignment.c solves what is left. */
#include "scoring/matching.h"

#include "assignment/assignment.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int64_t onset_us;
    int64_t confidence; /* in steps of 1e-9; -1 when none was given */
    size_t index;       /* in the caller's array */
} SortedAlert;

typedef struct {
    const MatchEvent *events; /* the caller's, as the next two */
    const MatchAlert *alerts;
    const MatchRules *rules;
    const SortedAlert *sorted; /* by onset */
} Matching;

typedef struct {
    int64_t start_us, end_us;
    size_t index;     /* in the caller's array */
    size_t low, high; /* its window: sorted alerts [low, high) */
} SortedEvent;

static int compare_alerts(const void *a, const void *b)
{
    const SortedAlert *left = a, *right = b;
    if (left->onset_us != right->onset_us)
        return left->onset_us < right->onset_us ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

static int compare_events(const void *a, const void *b)
{
    const SortedEvent *left = a, *right = b;
    if (left->start_us != right->start_us)
        return left->start_us < right->start_us ? -1 : 1;
    if (left->end_us != right->end_us)
        return left->end_us < right->end_us ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

static int compare_sizes(const void *a, const void *b)
{
    const size_t left = *(const size_t *)a, right = *(const size_t *)b;
    return left < right ? -1 : left > right;
}

/* Best first: light, near, sure, early. */
static int compare_choices(const void *a, const void *b)
{
    const AssignmentEdge *left = a, *right = b;
    if (left->burden != right->burden)
        return left->burden < right->burden ? -1 : 1;
    if (left->error != right->error)
        return left->error < right->error ? -1 : 1;
    if (left->confidence != right->confidence)
        return left->confidence > right->confidence ? -1 : 1;
    return left->column < right->column ? -1 : left->column > right->column;
}

static int compare_columns(const void *a, const void *b)
{
    const AssignmentEdge *left = a, *right = b;
    return left->column < right->column ? -1 : left->column > right->column;
}

static int64_t confidence_steps(double confidence)
{
    if (isnan(confidence))
        return -1;
    return (int64_t)llround(fmin(fmax(confidence, 0), 1) * 1e9);
}

/* The first sorted alert with an onset at or after t. */
static size_t first_at(const SortedAlert *alerts, size_t count, int64_t t_us)
{
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (alerts[middle].onset_us < t_us)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t count_below(const size_t *sorted, size_t count, size_t limit)
{
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (sorted[middle] < limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int64_t millionths(double share)
{
    return (int64_t)llround(share * 1e6);
}

bool matching_boxes_apart(Box event, Box alert)
{
    if (geometry_box_is_none(event) || geometry_box_is_none(alert))
        return false;
    return millionths(event.x + event.w) < millionths(alert.x) ||
           millionths(alert.x + alert.w) < millionths(event.x) ||
           millionths(event.y + event.h) < millionths(alert.y) ||
           millionths(alert.y + alert.h) < millionths(event.y);
}

/* What a pair weighs before onset errors are looked at: rules 2 and 3 in one number, for there are fewer
 * pairs than 2^31. -1: the pair is not allowed. */
static int64_t burden_of(const Matching *matching, const SortedEvent *event, const SortedAlert *alert)
{
    const MatchAlert *given = &matching->alerts[alert->index];
    const int64_t spare = given->spare ? INT64_C(1) << 31 : 0;
    if (matching->rules->boxes == MATCH_BOXES_IGNORED ||
        !matching_boxes_apart(matching->events[event->index].box, given->box))
        return spare;
    return matching->rules->boxes == MATCH_BOXES_REQUIRED ? -1 : spare + 1;
}

/* Appends the event's `most` best alerts, ordered by column. If an event has `rivals` events (itself
 * included) within reach of its alerts, an optimal matching gives it one of its `rivals` best alerts: were it
 * matched with another, one of those would be free, and taking it would be better in the strict order of the
 * header.
 */
static void append_choices(GArray *edges, const Matching *matching, const SortedEvent *event, size_t most,
                           size_t base)
{
    const SortedAlert *alerts = matching->sorted;
    const guint first = edges->len;
    size_t left = first_at(alerts + event->low, event->high - event->low, event->start_us) + event->low;
    size_t right = left, light = 0;
    int64_t farthest = 0; /* error of the last of the light ones */
    while (left > event->low || right < event->high) {
        const int64_t before = left > event->low ? event->start_us - alerts[left - 1].onset_us : INT64_MAX;
        const int64_t after = right < event->high ? alerts[right].onset_us - event->start_us : INT64_MAX;
        const int64_t error = MIN(before, after);
        /* Whole groups of one error, so that confidence may choose among them. */
        if (light >= most && farthest < error)
            break;
        const size_t taken = before <= after ? --left : right++;
        const int64_t burden = burden_of(matching, event, &alerts[taken]);
        const AssignmentEdge edge = {taken - base, error, alerts[taken].confidence, burden};
        if (burden < 0)
            continue;
        g_array_append_val(edges, edge);
        if (burden == 0) {
            light++;
            farthest = error;
        }
    }
    size_t count = edges->len - first;
    if (count == 0) /* boxes may leave none, and the list NULL */
        return;
    AssignmentEdge *choices = &g_array_index(edges, AssignmentEdge, first);
    qsort(choices, count, sizeof *choices, compare_choices);
    if (count > most) {
        count = most;
        g_array_set_size(edges, first + (guint)count);
    }
    choices = &g_array_index(edges, AssignmentEdge, first);
    qsort(choices, count, sizeof *choices, compare_columns);
}

/* Matches the events [0, count), which share alerts with each other and with nobody else. */
static size_t match_component(const Matching *matching, const SortedEvent *events, size_t count,
                              int64_t *alert_of_event, int64_t *event_of_alert)
{
    const size_t base = events[0].low;
    size_t end = 0;
    g_autofree size_t *lows = g_new(size_t, count), *highs = g_new(size_t, count);
    for (size_t i = 0; i < count; i++) {
        lows[i] = events[i].low;
        highs[i] = events[i].high;
        end = MAX(end, events[i].high);
    }
    qsort(highs, count, sizeof *highs, compare_sizes); /* the lows are sorted already */
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(AssignmentEdge));
    g_autofree size_t *first = g_new(size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        const size_t rivals =
            count_below(lows, count, events[i].high) - count_below(highs, count, events[i].low + 1);
        first[i] = edges->len;
        append_choices(edges, matching, &events[i], rivals, base);
    }
    first[count] = edges->len;
    g_autofree size_t *column_of_row = g_new(size_t, count);
    assignment_solve((const AssignmentEdge *)(const void *)edges->data, first, count, end - base,
                     column_of_row);
    size_t matches = 0;
    for (size_t i = 0; i < count; i++) {
        if (column_of_row[i] == ASSIGNMENT_NONE)
            continue;
        const size_t alert = matching->sorted[base + column_of_row[i]].index;
        alert_of_event[events[i].index] = (int64_t)alert;
        event_of_alert[alert] = (int64_t)events[i].index;
        matches++;
    }
    return matches;
}

size_t matching_assign(const MatchEvent *events, size_t event_count, const MatchAlert *alerts,
                       size_t alert_count, const MatchRules *rules, int64_t *alert_of_event,
                       int64_t *event_of_alert)
{
    g_assert(rules->pre_us >= 0 && rules->post_us >= 0);
    g_autofree SortedAlert *sorted_alerts = g_new(SortedAlert, alert_count);
    for (size_t i = 0; i < alert_count; i++) {
        sorted_alerts[i] = (SortedAlert){alerts[i].onset_us, confidence_steps(alerts[i].confidence), i};
        event_of_alert[i] = MATCH_NONE;
    }
    if (alert_count > 0)
        qsort(sorted_alerts, alert_count, sizeof *sorted_alerts, compare_alerts);
    g_autofree SortedEvent *sorted_events = g_new(SortedEvent, event_count);
    size_t count = 0;
    for (size_t i = 0; i < event_count; i++) {
        alert_of_event[i] = MATCH_NONE;
        const size_t low = first_at(sorted_alerts, alert_count, events[i].start_us - rules->pre_us);
        const size_t high = first_at(sorted_alerts, alert_count, events[i].end_us + rules->post_us + 1);
        if (low < high) /* an event without an alert in reach concerns nobody */
            sorted_events[count++] = (SortedEvent){events[i].start_us, events[i].end_us, i, low, high};
    }
    if (count == 0)
        return 0;
    qsort(sorted_events, count, sizeof *sorted_events, compare_events);
    const Matching matching = {events, alerts, rules, sorted_alerts};
    size_t matches = 0;
    for (size_t first = 0; first < count;) {
        size_t next = first + 1;
        size_t reach = sorted_events[first].high;
        while (next < count && sorted_events[next].low < reach) {
            reach = MAX(reach, sorted_events[next].high);
            next++;
        }
        matches +=
            match_component(&matching, sorted_events + first, next - first, alert_of_event, event_of_alert);
        first = next;
    }
    return matches;
}
