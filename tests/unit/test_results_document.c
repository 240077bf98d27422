/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json as records: what is there is read, and what is not is unknown, never zero. */
#include "results/document.h"
#include "results/fields_internal.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define SAMPLE "tests/golden/scored/results.json"

static json_t *sample(void)
{
    json_t *results = json_load_file(SAMPLE, 0, NULL);
    assert_non_null(results);
    return results;
}

static json_t *first_evaluation(json_t *results)
{
    json_t *scenario = json_array_get(json_object_get(results, "scenarios"), 0);
    return json_array_get(json_object_get(scenario, "evaluations"), 0);
}

/* Takes the second. */
static void assert_same(const json_t *expected, json_t *found)
{
    char *left = json_dumps(expected, JSON_INDENT(1) | JSON_ENCODE_ANY),
         *right = json_dumps(found, JSON_INDENT(1) | JSON_ENCODE_ANY);
    size_t same = 0;
    while (left[same] != '\0' && left[same] == right[same])
        same++;
    if (left[same] != right[same])
        fail_msg("expected %.300s\nfound %.300s", left + MAX(same, 100) - 100, right + MAX(same, 100) - 100);
    free(left);
    free(right);
    json_decref(found);
}

TEST(members_are_what_the_keys_say)
{
    json_t *json = sample();
    g_autoptr(Results) results = results_load(json);
    assert_string_equal(results->schema, json_string_value(json_object_get(json, "schema")));
    assert_int_equal(results->scenarios.count, json_array_size(json_object_get(json, "scenarios")));
    const ResultsEvaluation *evaluation = &results->scenarios.at[0].evaluations.at[0];
    const json_t *from = first_evaluation(json), *counts = json_object_get(from, "counts"),
                 *p_miss = json_object_get(json_object_get(from, "rates"), "p_miss");
    assert_ptr_equal(evaluation->json, from);
    assert_int_equal(evaluation->counts.hits, json_integer_value(json_object_get(counts, "hits")));
    assert_true(evaluation->rates.p_miss.value == json_number_value(json_object_get(p_miss, "value")));
    assert_string_equal(evaluation->rates.p_miss.interval.method, "clopper-pearson");
    assert_true(results_given(results->synthetic));
    assert_ptr_equal(results->scenarios.at[0].title,
                     json_object_get(json_array_get(json_object_get(json, "scenarios"), 0), "title"));
    const ResultsJudgedClip *clip = &evaluation->clips.at[0];
    assert_true(clip->scored_spans.count > 0 &&
                clip->scored_spans.at[0].end_us > clip->scored_spans.at[0].start_us);
    json_decref(json);
    assert_string_equal(results->schema, "vsaudit/results/1"); /* it keeps the document */
}

TEST(what_is_missing_is_unknown_and_never_zero)
{
    json_t *json = sample();
    json_t *counts = json_object_get(first_evaluation(json), "counts");
    json_object_del(counts, "hits");
    json_object_set_new(counts, "misses", json_string("3")); /* of another kind */
    json_object_set_new(counts, "alerts", json_null());
    json_object_set_new(first_evaluation(json), "rates", json_integer(7));
    json_object_set_new(first_evaluation(json), "claims", json_object());
    json_object_set_new(json, "synthetic", json_integer(1));
    json_object_set_new(json, "limits", json_pack("[s,i]", "one", 2));
    g_autoptr(Results) results = results_load(json);
    const ResultsEvaluation *evaluation = &results->scenarios.at[0].evaluations.at[0];
    assert_true(evaluation->counts.hits == RESULTS_UNKNOWN);
    assert_true(evaluation->counts.misses == RESULTS_UNKNOWN);
    assert_true(evaluation->counts.alerts == RESULTS_UNKNOWN);
    assert_true(evaluation->counts.events != RESULTS_UNKNOWN);
    assert_null(evaluation->rates.json);
    assert_true(isnan(evaluation->rates.p_miss.value) && isnan(evaluation->rates.p_miss.interval.low));
    assert_true(evaluation->rates.p_miss.numerator == RESULTS_UNKNOWN);
    assert_null(evaluation->rates.p_miss.reason);
    assert_int_equal(evaluation->claims.count, 0);
    assert_false(results_given(results->synthetic) || results_true(results->synthetic));
    assert_int_equal(results->limits.count, 2);
    json_decref(json);
    g_autoptr(Results) nothing = results_load(NULL);
    assert_null(nothing->json);
    assert_true(isnan(nothing->totals.camera_hours) && nothing->totals.clips == RESULTS_UNKNOWN);
}

TEST(long_lists_come_with_their_clip_alone)
{
    json_t *json = sample();
    g_autoptr(Results) results = results_load(json);
    const ResultsJudgedClip *clip = &results->scenarios.at[0].evaluations.at[0].clips.at[0];
    const json_t *events = json_object_get(clip->json, "events");
    assert_true(json_array_size(events) > 0);
    assert_int_equal(clip->events.count, 0);
    g_autoptr(ResultsJudgedClip) whole = results_load_clip(clip->json);
    assert_int_equal(whole->events.count, json_array_size(events));
    assert_ptr_equal(whole->events.at[0].json, json_array_get(events, 0));
    assert_int_equal(whole->events.at[0].end_us,
                     json_integer_value(json_object_get(json_array_get(events, 0), "end_us")));
    json_object_set_new(json_array_get(events, 0), "box", json_pack("[f,f,i,f]", 0.25, 0.5, 0, 0.125));
    json_object_del(json_array_get(events, 0), "note");
    g_autoptr(ResultsJudgedClip) boxed = results_load_clip(clip->json);
    assert_true(boxed->events.at[0].box.x == 0.25 && boxed->events.at[0].box.h == 0.125);
    assert_null(boxed->events.at[0].note);
    json_object_set_new(json_array_get(events, 0), "box", json_pack("[f,f]", 0.25, 0.5));
    g_autoptr(ResultsJudgedClip) broken = results_load_clip(clip->json);
    assert_true(geometry_box_is_none(broken->events.at[0].box));
    json_decref(json);
}

TEST(maps_are_found_by_key)
{
    json_t *json = json_pack("{s:{s:{s:{s:s,s:s},s:{s:s}}}}", "audit", "identity", "place", "state", "given",
                             "text", "Here", "aim", "state", "refused");
    g_autoptr(Results) results = results_load(json);
    const ResultsStatements *identity = &results->audit.identity;
    assert_int_equal(identity->count, 2);
    assert_string_equal(identity->keys[1], "aim");
    assert_string_equal(results_find_statement(identity, "place")->state, "given");
    assert_string_equal(results_find_statement(identity, "aim")->state, "refused");
    assert_null(results_find_statement(identity, "nobody")->json);
    assert_null(results_find_statement(identity, NULL)->json);
    json_decref(json);
}

/* A key that may be absent may also stand there with null; it is written in one way. */
static void leave_out_nulls(const ResultRecord *record, json_t *object)
{
    void *next;
    const char *key;
    json_t *value, *member;
    json_object_foreach_safe(object, next, key, value)
    {
        const ResultField *field = result_field(record, key);
        size_t i;
        if (field->optional && json_is_null(value))
            json_object_del(object, key);
        else if (field->kind == RESULT_RECORD && json_is_object(value))
            leave_out_nulls(field->of, value);
        else if (field->kind == RESULT_LIST)
            json_array_foreach(value, i, member) leave_out_nulls(field->of, member);
    }
}

/* Read into records and written again by the same tables, a document is what it was, to the byte. */
static void assert_survives(const char *path)
{
    json_t *json = json_load_file(path, 0, NULL);
    assert_non_null(json);
    size_t s, e, c;
    json_t *scenario, *evaluation, *clip;
    leave_out_nulls(&result_results, json);
    json_array_foreach(json_object_get(json, "scenarios"), s, scenario)
    {
        json_array_foreach(json_object_get(scenario, "evaluations"), e, evaluation)
        {
            json_array_foreach(json_object_get(evaluation, "clips"), c, clip)
            {
                g_autoptr(ResultsJudgedClip) whole = results_load_clip(clip);
                assert_same(clip, results_dump(&result_judged_clip, whole));
                json_object_set_new(clip, "events", json_null()); /* as in a document in memory */
                json_object_set_new(clip, "alerts", json_null());
            }
        }
    }
    g_autoptr(Results) results = results_load(json);
    assert_same(json, results_dump(&result_results, results));
    json_decref(json);
}

TEST(what_is_written_again_is_what_was_read)
{
    assert_survives("tests/golden/scored/results.json");
    assert_survives("tests/golden/replayed/results.json");
}

TEST(nothing_is_written_of_what_is_not_there)
{
    ResultsRate rate;
    results_blank(&result_rate, &rate);
    assert_true(rate.numerator == RESULTS_UNKNOWN && isnan(rate.value) && rate.interval.json == NULL);
    rate.numerator = 0;
    rate.unit = "event";
    json_t *expected = json_pack("{s:i,s:n,s:s,s:n,s:n,s:n}", "numerator", 0, "denominator", "unit", "event",
                                 "value", "reason", "interval");
    assert_same(expected, results_dump(&result_rate, &rate));
    json_decref(expected);
}

UNIT_TESTS(NULL, NULL)
