/* SPDX-License-Identifier: GPL-3.0-or-later */
/* False alerts by the hour of the day. */
#include "evaluate/results_hours.h"
#include "results/document.h"

#include <math.h>

#include "unit.h"

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

static const ResultsEvaluation *evaluation_of(const Results *results)
{
    return &results->scenarios.at[0].evaluations.at[0];
}

TEST(time_and_alerts_fall_into_their_hours)
{
    json_t *document = make_results("alerts");
    results_add_hours(document, NULL);
    g_autoptr(Results) results = results_load(document);
    const ResultsHours *hours = &evaluation_of(results)->hours;
    assert_int_equal(hours->by_hour.count, 2);
    const ResultsHour *midnight = &hours->by_hour.at[0], *eleven = &hours->by_hour.at[1];
    assert_int_equal(midnight->hour, 0);
    assert_int_equal(midnight->false_alerts_per_camera_hour.numerator, 1);
    assert_true(fabs(midnight->false_alerts_per_camera_hour.denominator - 90 / 3600.0) < 1e-12);
    assert_int_equal(eleven->hour, 23);
    assert_int_equal(eleven->false_alerts_per_camera_hour.numerator, 1);
    assert_true(fabs(eleven->false_alerts_per_camera_hour.value - 120) < 1e-9);
    assert_int_equal(hours->unknown_us, 60000000);
    json_decref(document);
}

static void assert_no_hours(json_t *document)
{
    results_add_hours(document, NULL);
    g_autoptr(Results) results = results_load(document);
    assert_non_null(evaluation_of(results)->json);
    assert_null(evaluation_of(results)->hours.json);
    json_decref(document);
}

TEST(the_control_and_clips_without_a_clock_have_none)
{
    assert_no_hours(make_results("null"));
    json_t *plain = make_results("alerts");
    json_object_del(json_array_get(json_object_get(plain, "clips"), 0), "recorded_at");
    assert_no_hours(plain);
}

UNIT_TESTS(NULL, NULL)
