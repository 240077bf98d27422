/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/passages.h"

void passages_init(Passages *passages, PassageRules rules, const GArray *tickets)
{
    passages->rules = rules;
    passages->inward = g_ptr_array_new_with_free_func(g_free);
    passages->tickets = tickets;
    if (tickets != NULL)
        passages->owner = g_new0(const Passage *, tickets->len + 1);
}

void passages_clear(Passages *passages)
{
    g_clear_pointer(&passages->inward, g_ptr_array_unref);
    g_clear_pointer((gpointer *)&passages->owner, g_free);
}

static bool crosses_before(const Passage *a, const Passage *b)
{
    if (a->cross_us != b->cross_us)
        return a->cross_us < b->cross_us;
    if (a->track.first_us != b->track.first_us)
        return a->track.first_us < b->track.first_us;
    return a->track.id < b->track.id;
}

Passage *passages_add(Passages *passages, const TrackMemory *track, int64_t cross_us, Point at)
{
    Passage *passage = g_new0(Passage, 1);
    passage->cross_us = cross_us;
    passage->at = at;
    passage->end_us = TIME_UNKNOWN;
    passage_update(passage, track);
    guint place = passages->inward->len;
    while (place > 0 && crosses_before(passage, g_ptr_array_index(passages->inward, place - 1)))
        place--;
    g_ptr_array_insert(passages->inward, (gint)place, passage);
    return passage;
}

/* The first ticket at or after that time. */
static guint first_ticket(const Passages *passages, int64_t from_us)
{
    guint low = 0, high = passages->tickets->len;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (g_array_index(passages->tickets, int64_t, middle) < from_us)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The tickets that are valid for a crossing between the two times: [from, to). */
static void valid_tickets(const Passages *passages, int64_t first_us, int64_t last_us, guint *from, guint *to)
{
    *from = first_ticket(passages, first_us - passages->rules.validity_us);
    *to = first_ticket(passages, last_us + passages->rules.clock_late_us + 1);
}

static void hand_over(Passages *passages, const Passage *passage, const Passage *heir)
{
    if (passages->tickets == NULL)
        return;
    guint from = 0, to = 0;
    valid_tickets(passages, passage->cross_us, passage->cross_us, &from, &to);
    for (guint i = from; i < to; i++)
        if (passages->owner[i] == passage)
            passages->owner[i] = heir;
}

void passages_remove(Passages *passages, Passage *passage)
{
    hand_over(passages, passage, NULL);
    g_ptr_array_remove(passages->inward, passage);
}

void passage_update(Passage *passage, const TrackMemory *track)
{
    passage->track = *track;
    passage->track.trail = NULL; /* the track's own */
}

int64_t passage_people(const Passage *passage)
{
    return MAX(passage->track.count, 1);
}

/* The oldest first, as many as there are people. */
static void give_tickets(Passages *passages, Passage *passage)
{
    guint from = 0, to = 0;
    valid_tickets(passages, passage->cross_us, passage->cross_us, &from, &to);
    passage->validations = 0;
    for (guint i = from; i < to && passage->validations < passage_people(passage); i++) {
        if (passages->owner[i] != NULL)
            continue;
        passages->owner[i] = passage;
        passage->validations++;
    }
}

void passages_allot(Passages *passages, bool standing_too)
{
    const guint count = passages->inward->len;
    if (passages->tickets == NULL || count == 0)
        return;
    for (guint i = 0; i < count; i++) {
        const Passage *passage = g_ptr_array_index(passages->inward, i);
        if (passage->label == NULL)
            hand_over(passages, passage, NULL);
    }
    for (guint i = 0; i < count; i++) {
        Passage *passage = g_ptr_array_index(passages->inward, i);
        if (passage->label == NULL && (passage->settled || standing_too))
            give_tickets(passages, passage);
    }
}

bool passages_follows(const Passages *passages, const Passage *passage, bool standing_too)
{
    const PassageRules *rules = &passages->rules;
    for (guint i = 0; i < passages->inward->len; i++) {
        const Passage *before = g_ptr_array_index(passages->inward, i);
        if (before == passage)
            break; /* the others crossed after it */
        if ((!before->settled && !standing_too) ||
            passage->cross_us - before->cross_us >= rules->headway_us ||
            passage->track.box.h < rules->child_ratio * before->track.box.h)
            continue;
        if (geometry_distance(before->at, passage->at, rules->aspect) <=
            rules->lane_width * before->track.box.h)
            return true;
    }
    return false;
}

void passages_forget(Passages *passages, int64_t before_us)
{
    for (guint i = 0; i < passages->inward->len;) {
        Passage *passage = g_ptr_array_index(passages->inward, i);
        if (passage->cross_us >= before_us)
            break;
        if (!passage->settled || passage->walker != NULL) {
            i++;
            continue;
        }
        hand_over(passages, passage, &passages->past);
        g_ptr_array_remove_index(passages->inward, i);
    }
}
