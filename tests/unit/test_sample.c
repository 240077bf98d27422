/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The random sample of what a report shows. */
#include "evaluate/sample.h"

#include <string.h>

#include "unit.h"

/* One scenario; two systems, of which the first has `many` unexplained false alerts and 4 near misses on one
 * clip, the second 1 duplicate; the control misses an event, the second system too. */
static json_t *make_results(int many)
{
    json_t *alerts = json_array(), *others = json_array(), *missed = json_array();
    for (int i = 0; i < many + 4; i++) {
        json_t *alert = json_pack("{s:s}", "outcome", "false");
        if (i >= many)
            json_object_set_new(alert, "class", json_string("near_miss"));
        json_array_append_new(alerts, alert);
    }
    json_array_append_new(alerts, json_pack("{s:s}", "outcome", "hit"));
    json_array_append_new(others, json_pack("{s:s}", "outcome", "duplicate"));
    json_array_append_new(missed, json_pack("{s:s}", "outcome", "miss"));
    return json_pack("{s:[{s:s,s:[{s:s,s:s,s:[{s:s,s:o}]},{s:s,s:s,s:[{s:s,s:o,s:O}]},"
                     "{s:s,s:s,s:[{s:s,s:o}]}]}]}",
                     "scenarios", "id", "s", "evaluations",                                          //
                     "system", "a", "system_kind", "alerts", "clips", "clip", "c", "alerts", alerts, //
                     "system", "b", "system_kind", "alerts", "clips", "clip", "c", "alerts", others, "events",
                     missed, //
                     "system", "n", "system_kind", "null", "clips", "clip", "c", "events", missed);
}

static const SampleStratum *stratum(const Sample *sample, guint i)
{
    return g_ptr_array_index(sample->strata, i);
}

TEST(few_are_all_shown)
{
    json_t *results = make_results(3);
    g_autoptr(Sample) sample = sample_draw(results, NULL, SAMPLE_FALSE_ALERTS, 1, 40);
    assert_int_equal(sample->total, 8);
    assert_int_equal(sample->drawn, 8);
    json_decref(results);
}

TEST(every_cause_is_drawn_in_proportion)
{
    json_t *results = make_results(507);
    g_autoptr(Sample) sample = sample_draw(results, NULL, SAMPLE_FALSE_ALERTS, 1, 24);
    assert_int_equal(sample->total, 512);
    assert_int_equal(sample->drawn, 24);
    assert_int_equal(sample->strata->len, 3);
    assert_int_equal(stratum(sample, 0)->total, 507);
    assert_string_equal(stratum(sample, 0)->kind, "unlabelled");
    assert_string_equal(stratum(sample, 1)->kind, "near_miss");
    assert_string_equal(stratum(sample, 2)->kind, "duplicate");
    /* one each, then 21 shared by 506 to 3 to 0: 20.876 and 0.124 */
    assert_int_equal(stratum(sample, 0)->drawn, 22);
    assert_int_equal(stratum(sample, 1)->drawn, 1);
    assert_int_equal(stratum(sample, 2)->drawn, 1);
    /* the first of every cause come first */
    assert_string_equal(json_string_value(json_object_get(g_ptr_array_index(sample->order, 2), "outcome")),
                        "duplicate");
    json_decref(results);
}

static size_t count_common(const Sample *a, const Sample *b)
{
    size_t common = 0;
    for (guint i = 0; i < a->order->len; i++)
        common += sample_has(b, g_ptr_array_index(a->order, i));
    return common;
}

TEST(the_seed_alone_decides)
{
    json_t *results = make_results(507);
    g_autoptr(Sample) first = sample_draw(results, NULL, SAMPLE_FALSE_ALERTS, 1, 24);
    g_autoptr(Sample) again = sample_draw(results, NULL, SAMPLE_FALSE_ALERTS, 1, 24);
    g_autoptr(Sample) other = sample_draw(results, NULL, SAMPLE_FALSE_ALERTS, 2, 24);
    assert_int_equal(count_common(first, again), 24);
    assert_true(count_common(first, other) < 10);
    json_decref(results);
}

TEST(more_causes_than_places_give_one_each)
{
    json_t *results = make_results(3);
    g_autoptr(Sample) sample = sample_draw(results, NULL, SAMPLE_FALSE_ALERTS, 1, 2);
    assert_int_equal(sample->drawn, 3);
    json_decref(results);
}

TEST(the_control_misses_nothing)
{
    json_t *results = make_results(3);
    g_autoptr(Sample) sample = sample_draw(results, NULL, SAMPLE_MISSES, 1, 40);
    assert_int_equal(sample->total, 1);
    assert_null(stratum(sample, 0)->kind);
    g_autoptr(Sample) nothing = sample_draw(NULL, NULL, SAMPLE_MISSES, 1, 40);
    assert_int_equal(nothing->total, 0);
    json_decref(results);
}

UNIT_TESTS(NULL, NULL)
