/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/agreement.h"

#include <math.h>

#include "unit.h"

static void add(GPtrArray *events, double start_s, double end_s, Certainty certainty)
{
    Event *event = event_new("camera-tampering", time_from_seconds(start_s), time_from_seconds(end_s));
    event->certainty = certainty;
    g_ptr_array_add(events, event);
}

static EvalSettings usual(void)
{
    return (EvalSettings){.pre_us = 2 * US_PER_SECOND,
                          .post_us = 10 * US_PER_SECOND,
                          .window_us = 10 * US_PER_SECOND,
                          .level = 0.95,
                          .boxes = EVAL_BOXES_TELL,
                          .rules = &eval_rules_1};
}

TEST(people_are_compared_by_events_and_by_windows)
{
    g_autoptr(GPtrArray) first = event_array_new(), second = event_array_new();
    g_auto(SpanList) watched;
    span_list_init(&watched);
    span_list_add(&watched, 0, 105 * US_PER_SECOND);
    add(first, 12, 18, CERTAINTY_SCORED);  /* both */
    add(second, 14, 18, CERTAINTY_SCORED); /* 2 s later: within pre when the second is truth */
    add(first, 40, 45, CERTAINTY_SCORED);
    add(second, 52, 55,
        CERTAINTY_SCORED); /* within end + 10 s of the first's; but 12 s before is too early */
    add(first, 70, 75, CERTAINTY_DONT_CARE); /* not compared */
    add(second, 110, 115, CERTAINTY_SCORED); /* nobody watched */
    const AgreementClip clip = {first, second, &watched};
    const EvalSettings settings = usual();
    const Agreement found = agreement_measure(&clip, 1, &settings);
    assert_int_equal(found.first_events, 2);
    assert_int_equal(found.second_events, 2);
    assert_int_equal(found.matched_first, 2);
    assert_int_equal(found.matched_second, 1);
    assert_true(found.f1_first == 1 && found.f1_second == 0.5);
    assert_int_equal(found.windows, 10); /* the last five seconds are no whole window */
    assert_int_equal(found.both, 1);
    assert_int_equal(found.only_first, 1);
    assert_int_equal(found.only_second, 1);
    assert_int_equal(found.neither, 7);
    assert_true(fabs(found.kappa.kappa - (0.8 - 0.68) / (1 - 0.68)) < 1e-12);
}

TEST(nothing_marked_is_no_agreement)
{
    g_auto(SpanList) watched;
    span_list_init(&watched);
    span_list_add(&watched, 0, 100 * US_PER_SECOND);
    const AgreementClip clip = {NULL, NULL, &watched};
    const EvalSettings settings = usual();
    const Agreement found = agreement_measure(&clip, 1, &settings);
    assert_true(isnan(found.f1_first) && isnan(found.f1_second) && isnan(found.kappa.kappa));
    assert_int_equal(found.neither, 10);
}

UNIT_TESTS(NULL, NULL)
