/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/false_kinds.h"

#include <string.h>

const char *false_kind_name(FalseKind kind)
{
    static const char *const names[FALSE_KINDS] = {
        [FALSE_DUPLICATE] = "duplicate",
        [FALSE_CROSS_TRIGGER] = "cross_trigger",
        [FALSE_NEAR_MISS] = "near_miss",
        [FALSE_UNLABELLED] = "unlabelled",
    };
    return names[kind];
}

/* Where an onset is a cross-trigger or a near miss. Spans, so that each of many alerts is looked up and not
 * held against each of many events. */
typedef struct {
    SpanList cross, near;
} Reaches;

static void add_reach(SpanList *list, const Event *event, const EvalSettings *settings, int64_t factor)
{
    span_list_add(list, event->start_us - factor * settings->pre_us,
                  event->end_us + factor * settings->post_us + 1); /* both ends belong to it */
}

static void find_reaches(Reaches *reaches, const Clip *clip, const char *behaviour,
                         const EvalSettings *settings)
{
    span_list_init(&reaches->cross);
    span_list_init(&reaches->near);
    for (guint i = 0; i < clip->events->len; i++) {
        const Event *event = g_ptr_array_index(clip->events, i);
        if (strcmp(event->behaviour, behaviour) != 0)
            add_reach(&reaches->cross, event, settings, 1);
        else if (event->certainty == CERTAINTY_SCORED)
            add_reach(&reaches->near, event, settings, 2);
    }
}

static FalseKind kind_of(const Reaches *reaches, const Alert *alert, AlertOutcome outcome)
{
    if (outcome == ALERT_DUPLICATE)
        return FALSE_DUPLICATE;
    if (outcome != ALERT_FALSE)
        return FALSE_NOT;
    if (span_list_contains(&reaches->cross, alert->onset_us))
        return FALSE_CROSS_TRIGGER;
    return span_list_contains(&reaches->near, alert->onset_us) ? FALSE_NEAR_MISS : FALSE_UNLABELLED;
}

guint8 *false_kinds_find(const Clip *clip, const char *behaviour, const GPtrArray *alerts,
                         const EvalClipResult *result, const EvalSettings *settings,
                         int64_t counts[FALSE_KINDS])
{
    Reaches reaches;
    find_reaches(&reaches, clip, behaviour, settings);
    guint8 *kinds = g_new(guint8, result->alert_count);
    for (size_t i = 0; i < result->alert_count; i++) {
        const FalseKind kind =
            kind_of(&reaches, g_ptr_array_index(alerts, (guint)i), result->alerts[i].outcome);
        kinds[i] = (guint8)kind;
        counts[kind]++;
    }
    span_list_clear(&reaches.cross);
    span_list_clear(&reaches.near);
    return kinds;
}
