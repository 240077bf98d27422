/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of results.json: they fit a real document, and notice one that they do not describe. */
#include "config/dossier.h"
#include "evaluate/results.h"
#include "records/error.h"
#include "results/fields.h"
#include "scoring/rate.h"

#include <string.h>
#include <unistd.h>

#include "unit.h"

#define SAMPLE "tests/golden/scored/results.json"

static json_t *sample(void)
{
    json_t *results = json_load_file(SAMPLE, 0, NULL);
    assert_non_null(results);
    return results;
}

/* The one fault of the document, which is given back. */
static void assert_fault(json_t *results, const char *words)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_false(results_check(results, faults));
    assert_int_equal(faults->len, 1);
    if (strstr(faults->pdata[0], words) == NULL)
        fail_msg("found “%s”, expected “%s”", (const char *)faults->pdata[0], words);
    json_decref(results);
}

static json_t *counts(json_t *results)
{
    json_t *scenario = json_array_get(json_object_get(results, "scenarios"), 0);
    return json_object_get(json_array_get(json_object_get(scenario, "evaluations"), 0), "counts");
}

TEST(a_real_document_fits)
{
    json_t *results = sample();
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_true(results_check(results, faults));
    /* lists that are streamed are null in memory */
    json_t *scenario = json_array_get(json_object_get(results, "scenarios"), 0);
    json_t *clip = json_array_get(
        json_object_get(json_array_get(json_object_get(scenario, "evaluations"), 0), "clips"), 0);
    assert_non_null(clip);
    json_object_set_new(clip, "alerts", json_null());
    assert_true(results_check(results, faults));
    assert_true(results_check_record(&result_judged_clip, clip, faults));
    json_decref(results);
}

TEST(what_no_table_describes_is_a_fault)
{
    json_t *results = sample();
    json_object_set_new(counts(results), "hists", json_integer(1));
    assert_fault(results, "scenarios[0].evaluations[0].counts.hists: found 1, expected no such key");
    results = sample();
    json_object_del(counts(results), "hits");
    assert_fault(results, "scenarios[0].evaluations[0].counts.hits: found nothing, expected this key");
    results = sample();
    json_object_set_new(counts(results), "hits", json_null());
    assert_fault(results, "counts.hits: found null, expected a value");
    results = sample();
    json_object_set_new(counts(results), "hits", json_integer(-1));
    assert_fault(results, "counts.hits: found -1, expected a whole number, 0 or more");
    results = sample();
    json_object_set_new(counts(results), "hits", json_real(2.5));
    assert_fault(results, "counts.hits: found 2.5, expected a whole number, 0 or more");
    results = sample();
    json_object_set_new(json_object_get(results, "lock"), "state", json_string("locked"));
    assert_fault(results, "lock.state: found \"locked\", expected a word that the table knows");
    results = sample();
    json_object_set_new(results, "limits", json_pack("[{s:s}]", "en", "only in one language"));
    assert_fault(results, "limits: found");
    results = sample();
    json_object_set_new(results, "limits", json_pack("[{s:s,s:s,s:i}]", "en", "a", "eo", "b", "fr", 1));
    assert_fault(results, "limits: found");
    results = sample();
    json_object_set_new(results, "limits", json_pack("[{s:s,s:s,s:s}]", "en", "a", "fr", "b", "words", "c"));
    assert_fault(results, "limits: found");
    results = sample();
    json_object_set_new(results, "clips", json_object());
    assert_fault(results, "clips: found {}, expected an array");
    results = sample();
    json_object_set_new(json_object_get(results, "audit"), "identity",
                        json_pack("{s:{s:s}}", "place", "state", "?"));
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_false(results_check(results, faults));
    assert_int_equal(faults->len, 5); /* a wrong word and four keys that are missing */
    json_decref(results);
}

/* What an earlier or a later program wrote is read; what is of another kind is not. */
TEST(another_version_need_only_be_of_its_kinds)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    json_t *results = sample();
    json_object_del(counts(results), "hits");
    json_object_set_new(counts(results), "hists", json_integer(1));
    json_object_set_new(counts(results), "misses", json_null());
    json_object_set_new(counts(results), "duplicates", json_integer(-1));
    json_object_set_new(json_object_get(results, "lock"), "state", json_string("sealed"));
    json_object_set_new(json_object_get(results, "audit"), "title", json_pack("{s:s}", "de", "Nur deutsch"));
    json_object_set_new(json_object_get(results, "audit"), "identity", json_pack("{s:s}", "place", "here"));
    json_object_set_new(results, "limits", json_pack("[{s:s},s]", "de", "Nur deutsch", "own words"));
    assert_false(results_check(results, faults));
    g_ptr_array_set_size(faults, 0);
    assert_true(results_check_kinds(results, faults));
    json_object_set_new(counts(results), "alerts", json_string("7"));
    assert_false(results_check_kinds(results, faults));
    assert_int_equal(faults->len, 1);
    assert_string_equal(faults->pdata[0],
                        "scenarios[0].evaluations[0].counts.alerts: found \"7\", expected a "
                        "whole number, 0 or more");
    json_object_set_new(counts(results), "alerts", json_integer(-2)); /* -1 alone says “not stated” */
    assert_false(results_check_kinds(results, faults));
    json_object_set_new(counts(results), "alerts", json_integer(7));
    json_object_set_new(results, "limits", json_pack("[i]", 1));
    assert_false(results_check_kinds(results, faults));
    json_decref(results);
}

TEST(a_document_of_wrong_kinds_is_no_input)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "vsaudit-kinds.json", NULL);
    json_t *results = sample();
    json_object_set_new(counts(results), "alerts", json_real(0.5));
    assert_int_equal(json_dump_file(results, path, 0), 0);
    json_decref(results);
    g_autoptr(GError) error = NULL;
    assert_null(results_read(path, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    assert_non_null(strstr(error->message, "counts.alerts: found 0.5, expected"));
    unlink(path);
}

/* Whether the table knows the word that the record is given at the key. */
static void assert_known(json_t *results, json_t *record, const char *key, const char *word)
{
    assert_non_null(json_object_get(record, key));
    json_object_set_new(record, key, json_string(word));
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    if (!results_check(results, faults))
        fail_msg("%s: %s", word, (const char *)faults->pdata[0]);
}

/* The table's words are those that scoring and an audit's file give. */
TEST(every_reason_and_every_state_is_known)
{
    json_t *results = sample();
    json_t *scenario = json_array_get(json_object_get(results, "scenarios"), 0);
    json_t *evaluation = json_array_get(json_object_get(scenario, "evaluations"), 0);
    json_t *rate = json_object_get(json_object_get(evaluation, "rates"), "p_miss");
    for (int reason = UNDEFINED_NOT + 1; reason <= UNDEFINED_NOT_TESTABLE; reason++)
        assert_known(results, rate, "reason", undefined_reason_name((UndefinedReason)reason));
    json_t *reply = json_array_get(json_object_get(json_object_get(results, "audit"), "replies"), 0);
    for (const char *const *word = reply_states; *word != NULL; word++)
        assert_known(results, reply, "state", *word);
    json_decref(results);
}

/* A program that knows more languages writes them beside the two. */
TEST(a_text_may_be_in_more_languages)
{
    json_t *results = sample();
    json_object_set_new(results, "limits", json_pack("[{s:s,s:s,s:s}]", "en", "a", "eo", "b", "fr", "c"));
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_true(results_check(results, faults));
    json_decref(results);
}

/* Every record of the schema is one of a table, and what may be null says what null means. */
TEST(the_schema_is_that_of_the_tables)
{
    g_autofree char *text = results_schema();
    json_t *schema = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(schema);
    assert_string_equal(json_string_value(json_object_get(schema, "title")), RESULTS_SCHEMA);
    const json_t *defs = json_object_get(schema, "$defs");
    const json_t *hits = json_object_get(
        json_object_get(json_object_get(json_object_get(defs, "counts"), "properties"), "hits"), "minimum");
    assert_int_equal(json_integer_value(hits), 0);
    const json_t *reason = json_object_get(
        json_object_get(json_object_get(json_object_get(defs, "rate"), "properties"), "reason"),
        "description");
    assert_string_equal(json_string_value(reason), "null: the value is defined");
    assert_null(result_field(&result_results, "nothing"));
    assert_int_equal(result_field(&result_results, "totals")->kind, RESULT_RECORD);
    json_decref(schema);
    g_autofree char *kept = NULL;
    assert_true(g_file_get_contents("reports/schema/results.schema.json", &kept, NULL, NULL));
    assert_string_equal(kept, text); /* “make schema” writes it */
}

UNIT_TESTS(NULL, NULL)
