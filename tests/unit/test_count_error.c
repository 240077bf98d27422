/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include "unit.h"
/* clang-format on */

#include "scoring/count_error.h"

#include <math.h>
#include <string.h>

#define S US_PER_SECOND

static GArray *spans_of(const CountSpan *spans, guint count)
{
    GArray *array = g_array_new(FALSE, FALSE, sizeof(CountSpan));
    g_array_append_vals(array, spans, count);
    return array;
}

static GArray *samples_of(const int64_t *values, guint count)
{
    GArray *array = count_samples_new();
    for (guint i = 0; i < count; i++) {
        const CountSample sample = {i * S, values[i]};
        g_array_append_val(array, sample);
    }
    return array;
}

/* True: 2 from 1 to 4 s, 5 from 4 to 6 s, unknown from 6 to 7 s, 0 from 7 s. Scored: 0 to 5 s and 6 to 9 s.
 * Judged are the readings at 1, 2, 3, 4, 7 and 8 s: errors -1, 0, +1, -4, +2, 0. */
TEST(only_known_and_scored_readings_count)
{
    const CountSpan known[] = {{{1 * S, 4 * S}, 2}, {{4 * S, 6 * S}, 5}, {{7 * S, 60 * S}, 0}};
    const int64_t counted[] = {9, 1, 2, 3, 1, 9, 9, 2, 0, 9};
    g_autoptr(GArray) truth = spans_of(known, 3);
    g_autoptr(GArray) samples = samples_of(counted, 10);
    g_auto(SpanList) scored;
    span_list_init(&scored);
    span_list_add(&scored, 0, 5 * S);
    span_list_add(&scored, 6 * S, 9 * S);
    const CountClip clip = {samples, truth, &scored};
    const CountError one = count_error_measure(&clip, 1);
    assert_true(one.n == 6 && one.largest == 4);
    assert_null(one.reason);
    assert_true(fabs(one.bias - -2.0 / 6) < 1e-15);
    assert_true(fabs(one.mae - 8.0 / 6) < 1e-15);

    /* A second clip adds its readings, not its mean: one reading, at 0 s, error +3. */
    const CountSpan more[] = {{{0, 1 * S}, 6}};
    g_autoptr(GArray) other = spans_of(more, 1);
    const CountClip clips[] = {clip, {samples, other, &scored}, {NULL, truth, &scored}};
    const CountError both = count_error_measure(clips, 3);
    assert_true(both.n == 7);
    assert_true(fabs(both.bias - 1.0 / 7) < 1e-15);
    assert_true(fabs(both.mae - 11.0 / 7) < 1e-15);
}

TEST(nothing_to_judge_has_a_reason)
{
    const CountSpan known[] = {{{0, 4 * S}, 2}};
    const int64_t counted[] = {2, 2};
    g_autoptr(GArray) truth = spans_of(known, 1);
    g_autoptr(GArray) samples = samples_of(counted, 2);
    g_auto(SpanList) scored;
    span_list_init(&scored);
    const CountClip clips[] = {{samples, NULL, &scored}, {NULL, truth, &scored}, {samples, truth, &scored}};
    const struct {
        size_t from, count;
        const char *reason;
    } cases[] = {{0, 1, "no_count_truth"}, {1, 1, "no_count"}, {2, 1, "no_count"}, {0, 0, "no_count_truth"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const CountError error = count_error_measure(clips + cases[i].from, cases[i].count);
        assert_true(error.n == 0 && isnan(error.bias) && isnan(error.mae));
        assert_string_equal(error.reason, cases[i].reason);
    }
}

TEST(overlaps_are_found)
{
    const CountSpan good[] = {{{4 * S, 6 * S}, 1}, {{0, 4 * S}, 2}},
                    bad[] = {{{4 * S, 6 * S}, 1}, {{0, 4 * S + 1}, 2}};
    g_autoptr(GArray) touching = spans_of(good, 2);
    g_autoptr(GArray) overlapping = spans_of(bad, 2);
    assert_true(count_spans_sort(touching) == -1);
    assert_true(g_array_index(touching, CountSpan, 0).value == 2);
    assert_true(count_spans_sort(overlapping) == 1);
}

TEST(samples_survive_json)
{
    const int64_t counted[] = {7, 0, 3};
    g_autoptr(GArray) samples = samples_of(counted, 3);
    json_t *json = count_samples_to_json(samples);
    GArray *back = NULL;
    assert_true(count_samples_from_json(json, &back));
    assert_int_equal(back->len, 3);
    assert_memory_equal(back->data, samples->data, 3 * sizeof(CountSample));
    g_array_unref(back);
    json_array_append_new(json, json_integer(1));
    assert_false(count_samples_from_json(json, &back));
    assert_null(back);
    json_decref(json);
    json = count_samples_to_json(NULL);
    assert_true(json_is_null(json) && count_samples_from_json(json, &back) && back == NULL);
    json_decref(json);
}

UNIT_TESTS(NULL, NULL)
