/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which look establishes something, and what is said of one that does not. */
#include "scoring/looks.h"
#include "scoring/scope.h"

#include <glib.h>
#include <string.h>

#include "said.h"
#include "unit.h"

static const LooksSpec none = {.plan = LOOKS_NOT_STATED}, anytime = {.plan = LOOKS_ANYTIME},
                       horizon = {.plan = LOOKS_AT_HORIZON, .camera_hours = 200, .events = 50};

static LooksLoss loss(const LooksSpec *plan, double hours, int64_t events, LooksHistory history)
{
    return looks_judge(plan, hours, events, NULL, true, &history).lost;
}

TEST(without_a_plan_the_first_look_under_a_lock_counts)
{
    assert_int_equal(loss(&none, 1, 1, (LooksHistory){.locked = true}), LOOKS_KEPT);
    assert_int_equal(loss(&none, 1, 1, (LooksHistory){.locked = true, .earlier = 1}), LOOKS_AGAIN);
    assert_int_equal(loss(&none, 1, 1, (LooksHistory){.earlier = 7}), LOOKS_KEPT);
    assert_int_equal(looks_judge(&none, 1, 1, NULL, true, NULL).number, 0);
}

TEST(a_horizon_is_read_once_when_all_its_bounds_are_reached)
{
    assert_int_equal(loss(&horizon, 199.9, 50, (LooksHistory){0}), LOOKS_EARLY);
    assert_int_equal(loss(&horizon, 200, 49, (LooksHistory){0}), LOOKS_EARLY);
    assert_int_equal(loss(&horizon, 200, 50, (LooksHistory){.earlier = 3}), LOOKS_KEPT);
    assert_int_equal(loss(&horizon, 200, 50, (LooksHistory){.earlier = 1, .read = true, .exchanged = true}),
                     LOOKS_AGAIN);
    assert_int_equal(loss(&horizon, 200, 50, (LooksHistory){.earlier = 1, .exchanged = true}), LOOKS_EXCHANGED);
    const LooksSpec day = {.plan = LOOKS_AT_HORIZON, .end = (char *)"2027-03-31"};
    assert_int_equal(looks_judge(&day, 1, 1, "2027-03-30", true, NULL).lost, LOOKS_EARLY);
    assert_int_equal(looks_judge(&day, 1, 1, NULL, true, NULL).lost, LOOKS_EARLY);
    assert_int_equal(looks_judge(&day, 1, 1, "2027-03-31", true, NULL).lost, LOOKS_KEPT);
}

TEST(at_any_time_all_looks_count_but_of_what_was_exchanged)
{
    assert_int_equal(loss(&anytime, 1, 1, (LooksHistory){.locked = true, .earlier = 9, .read = true}), LOOKS_KEPT);
    assert_int_equal(loss(&anytime, 1, 1, (LooksHistory){.earlier = 1, .exchanged = true}), LOOKS_EXCHANGED);
    assert_int_equal(looks_judge(&anytime, 1, 1, NULL, false, NULL).lost, LOOKS_NO_TEST);
}

TEST(it_is_said_which_look_it_is)
{
    Looks looks = looks_judge(&horizon, 12.5, 3, NULL, true, NULL);
    Said text = said(looks_reason(&looks));
    assert_string_equal(text.en, "this look is exploratory, as the plan is one verdict at 200 camera-hours and 50 "
                                 "events (12.5 camera-hours and 3 events so far)");
    assert_non_null(strstr(text.fr, "exploratoire"));
    g_free(text.en);
    g_free(text.fr);
    assert_null(looks_sentence(&looks));
    const LooksHistory second = {.earlier = 1, .locked = true};
    looks = looks_judge(&none, 1, 1, NULL, true, &second);
    g_autofree char *again = said_in_english(looks_reason(&looks));
    assert_non_null(strstr(again, "look number 2 under a lock without a plan"));
    looks = looks_judge(&anytime, 1, 1, NULL, true, &second);
    assert_null(looks_reason(&looks));
    g_autofree char *holds = said_in_english(looks_sentence(&looks));
    assert_string_equal(holds, "It holds however often one looked (look number 2).");
    looks = looks_judge(&anytime, 1, 1, NULL, true, NULL);
    g_autofree char *uncounted = said_in_english(looks_sentence(&looks));
    assert_string_equal(uncounted, "It holds however often one looked.");
    looks = looks_judge(&none, 1, 1, NULL, true, NULL);
    assert_null(looks_sentence(&looks));
}

/* "Never" stays refuted by a look that establishes nothing else, but that look is not the plan's verdict. */
TEST(a_look_that_was_overruled_is_not_the_verdict_of_the_plan)
{
    Scope never = {.never = true, .of_clips = VERDICT_REFUTED};
    Looks looks = looks_judge(&horizon, 12.5, 3, NULL, true, NULL);
    scope_hold(&never, &looks);
    assert_true(scope_verdict(&never) == VERDICT_REFUTED && never.looks.overruled);
    assert_null(looks_sentence(&never.looks));
    looks = looks_judge(&horizon, 200, 50, NULL, true, NULL);
    scope_hold(&never, &looks);
    assert_false(never.looks.overruled);
    g_autofree char *kept = said_in_english(looks_sentence(&never.looks));
    assert_string_equal(kept, "It is the one verdict of the plan: 200 camera-hours and 50 events.");
    never.never = false;
    looks = looks_judge(&horizon, 12.5, 3, NULL, true, NULL);
    scope_hold(&never, &looks);
    assert_true(scope_verdict(&never) == VERDICT_NOT_ESTABLISHED);
}

UNIT_TESTS(NULL, NULL)
