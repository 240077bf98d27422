/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/looks.h"

#include <string.h>

const char *const looks_plan_names[] = {[LOOKS_AT_HORIZON] = "horizon", [LOOKS_ANYTIME] = "anytime", NULL};

const char *looks_plan_name(LooksPlan plan)
{
    return plan == LOOKS_NOT_STATED ? "none" : looks_plan_names[plan];
}

const char *looks_loss_name(LooksLoss loss)
{
    static const char *const names[] = {[LOOKS_KEPT] = NULL,
                                        [LOOKS_EARLY] = "early",
                                        [LOOKS_AGAIN] = "again",
                                        [LOOKS_EXCHANGED] = "exchanged",
                                        [LOOKS_NO_TEST] = "no_test"};
    return names[loss];
}

/* Of several bounds all must be reached. Days are written so that they sort as text. */
static bool is_reached(const LooksSpec *plan, double camera_hours, int64_t events, const char *last_day)
{
    return camera_hours >= plan->camera_hours * (1 - 1e-9) && events >= plan->events &&
           (plan->end == NULL || (last_day != NULL && strcmp(last_day, plan->end) >= 0));
}

static LooksLoss find_loss(const Looks *looks, bool has_test, const LooksHistory *history)
{
    const bool exchanged = history != NULL && history->exchanged;
    switch (looks->plan.plan) {
    case LOOKS_AT_HORIZON:
        if (!looks->reached)
            return LOOKS_EARLY;
        if (history != NULL && history->read)
            return LOOKS_AGAIN;
        return exchanged ? LOOKS_EXCHANGED : LOOKS_KEPT;
    case LOOKS_ANYTIME:
        if (!has_test)
            return LOOKS_NO_TEST;
        return exchanged ? LOOKS_EXCHANGED : LOOKS_KEPT;
    case LOOKS_NOT_STATED:
        break;
    }
    return history != NULL && history->locked && history->earlier > 0 ? LOOKS_AGAIN : LOOKS_KEPT;
}

Looks looks_judge(const LooksSpec *plan, double camera_hours, int64_t events, const char *last_day,
                  bool has_test, const LooksHistory *history)
{
    Looks looks = {.plan = *plan,
                   .number = history != NULL ? history->earlier + 1 : 0,
                   .camera_hours = camera_hours,
                   .events = events};
    looks.reached =
        plan->plan != LOOKS_AT_HORIZON || is_reached(plan, camera_hours, events, last_day);
    looks.lost = find_loss(&looks, has_test, history);
    return looks;
}

/* “200 camera-hours, 50 events, footage up to 31 March 2027”, as far as they are stated. */
static Phrase *say_plan(const LooksSpec *plan)
{
    GPtrArray *parts = g_ptr_array_new();
    if (plan->camera_hours > 0)
        g_ptr_array_add(parts, phrase_number(phrase_new("looks.camera_hours"), "n", plan->camera_hours, 4));
    if (plan->events > 0)
        g_ptr_array_add(parts, phrase_integer(phrase_new("looks.events"), "n", plan->events));
    if (plan->end != NULL)
        g_ptr_array_add(parts, phrase_date(phrase_new("looks.end"), "day", plan->end));
    return phrase_list(phrase_new("looks.plan"), "bounds", parts);
}

Phrase *looks_reason(const Looks *looks)
{
    switch (looks->lost) {
    case LOOKS_EARLY: {
        Phrase *said = phrase_part(phrase_new("looks.early"), "plan", say_plan(&looks->plan));
        phrase_number(said, "hours", looks->camera_hours, 4);
        return phrase_integer(said, "events", looks->events);
    }
    case LOOKS_AGAIN:
        return phrase_integer(phrase_new(looks->plan.plan == LOOKS_AT_HORIZON ? "looks.read" : "looks.again"),
                              "number", looks->number);
    case LOOKS_EXCHANGED:
        return phrase_integer(phrase_new("looks.exchanged"), "number", looks->number);
    case LOOKS_NO_TEST:
        return phrase_new("looks.no_test");
    case LOOKS_KEPT:
        break;
    }
    return NULL;
}

Phrase *looks_sentence(const Looks *looks)
{
    if (looks->lost != LOOKS_KEPT || looks->overruled)
        return NULL;
    if (looks->plan.plan == LOOKS_ANYTIME)
        return looks->number > 0 ? phrase_integer(phrase_new("looks.holds_anytime"), "number", looks->number)
                                 : phrase_new("looks.holds_anytime_uncounted");
    if (looks->plan.plan == LOOKS_AT_HORIZON)
        return phrase_part(phrase_new("looks.holds_at_horizon"), "plan", say_plan(&looks->plan));
    return looks->number > 1 ? phrase_integer(phrase_new("looks.number"), "number", looks->number) : NULL;
}
