/* SPDX-License-Identifier: GPL-3.0-or-later */
/* False alerts by the hour of the day. */
#include "evaluate/results_hours.h"
#include "results/model.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* Two clips: one of two minutes that begins half a minute before midnight, one of a minute without a clock.
 */
static json_t *make_results(const char *kind)
{
    json_t *late = json_pack("{s:s,s:s,s:I,s:[[I,I]],s:[{s:s,s:I},{s:s,s:I},{s:s,s:I}]}", "dataset", "d",
                             "clip", "late", "scored_us", (json_int_t)120000000, "scored_spans",
                             (json_int_t)0, (json_int_t)120000000, "alerts",             //
                             "outcome", "false", "decided_us", (json_int_t)29000000,     //
                             "outcome", "duplicate", "decided_us", (json_int_t)31000000, //
                             "outcome", "hit", "decided_us", (json_int_t)32000000);
    json_t *other =
        json_pack("{s:s,s:s,s:I,s:[[I,I]],s:[]}", "dataset", "d", "clip", "other", "scored_us",
                  (json_int_t)60000000, "scored_spans", (json_int_t)0, (json_int_t)60000000, "alerts");
    return json_pack("{s:[{s:s,s:s,s:s},{s:s,s:s}],s:[{s:s,s:[{s:s,s:s,s:[o,o]}]}]}", "clips", //
                     "dataset", "d", "clip", "late", "recorded_at", "2024-03-01T23:59:30+01",  //
                     "dataset", "d", "clip", "other",                                          //
                     "scenarios", "id", "s", "evaluations", "system", "a", "system_kind", kind, "clips", late,
                     other);
}

static const json_t *evaluation_of(const json_t *results)
{
    return model_member(model_member(results, "scenarios", 0), "evaluations", 0);
}

static void time_and_alerts_fall_into_their_hours(void **state)
{
    (void)state;
    json_t *results = make_results("alerts");
    results_add_hours(results, NULL);
    const json_t *evaluation = evaluation_of(results);
    assert_int_equal(model_count(evaluation, "hours.by_hour"), 2);
    const json_t *midnight = model_member(evaluation, "hours.by_hour", 0);
    const json_t *eleven = model_member(evaluation, "hours.by_hour", 1);
    assert_int_equal(model_integer(midnight, "hour", -1), 0);
    assert_int_equal(model_integer(midnight, "false_alerts_per_camera_hour.numerator", -1), 1);
    assert_true(fabs(model_number(midnight, "false_alerts_per_camera_hour.denominator") - 90 / 3600.0) <
                1e-12);
    assert_int_equal(model_integer(eleven, "hour", -1), 23);
    assert_int_equal(model_integer(eleven, "false_alerts_per_camera_hour.numerator", -1), 1);
    assert_true(fabs(model_number(eleven, "false_alerts_per_camera_hour.value") - 120) < 1e-9);
    assert_int_equal(model_integer(evaluation, "hours.unknown_us", -1), 60000000);
    json_decref(results);
}

static void the_control_and_clips_without_a_clock_have_none(void **state)
{
    (void)state;
    json_t *control = make_results("null");
    results_add_hours(control, NULL);
    assert_null(model_get(evaluation_of(control), "hours"));
    json_decref(control);
    json_t *plain = make_results("alerts");
    json_object_del(json_array_get(json_object_get(plain, "clips"), 0), "recorded_at");
    results_add_hours(plain, NULL);
    assert_null(model_get(evaluation_of(plain), "hours"));
    json_decref(plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_and_alerts_fall_into_their_hours),
        cmocka_unit_test(the_control_and_clips_without_a_clock_have_none),
    };
    return cmocka_run_group_tests_name("hours", tests, NULL, NULL);
}
