/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/chance.h"
#include "scoring/matching.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

#include "unit.h"

#define HOUR US_PER_HOUR

static SpanList watched(int64_t start_us, int64_t end_us)
{
    SpanList list;
    span_list_init(&list);
    span_list_add(&list, start_us, end_us);
    return list;
}

static void assert_near(double found, double expected)
{
    if (!(fabs(found - expected) < 1e-12))
        fail_msg("found %.15g, expected %.15g", found, expected);
}

/* One alert an hour. */
static ChanceHits ask(const Span *windows, size_t count, int64_t hits)
{
    g_auto(SpanList) time = watched(0, 100 * HOUR);
    const ChanceClip clip = {&time, windows, count};
    return chance_hits(&clip, 1, 1, hits);
}

TEST(one_event_is_found_by_the_first_alert_in_its_window)
{
    const Span window = {2 * HOUR, 3 * HOUR};
    const ChanceHits found = ask(&window, 1, 1);
    assert_near(found.at_least, 0.632120558828558); /* 1 - 1/e */
    assert_near(found.expected, 0.632120558828558);
    assert_near(ask(&window, 1, 0).at_least, 1);
    assert_near(ask(&window, 1, 2).at_least, 0);
}

TEST(only_watched_time_of_a_window_counts)
{
    g_auto(SpanList) time = watched(0, 2 * HOUR);
    span_list_add(&time, 5 * HOUR, 6 * HOUR);
    const Span window = {HOUR, 5 * HOUR + HOUR / 2}; /* of it one hour and a half */
    const ChanceClip clip = {&time, &window, 1};
    assert_near(chance_hits(&clip, 1, 2, 1).at_least, 0.950212931632136); /* 1 - exp(-3) */
}

TEST(windows_apart_are_trials_of_their_own)
{
    /* p = 1 - exp(-1) = 0.63212, q = 1 - exp(-0.5) = 0.39347, in two clips. */
    g_auto(SpanList) time = watched(0, 100 * HOUR);
    const Span first[] = {{50 * HOUR, 51 * HOUR}, {2 * HOUR, 2 * HOUR + HOUR / 2}}, second = {0, HOUR};
    const ChanceClip clips[] = {{&time, first, 2}, {&time, &second, 1}};
    const double p = 0.632120558828558, q = 0.393469340287367;
    assert_near(chance_hits(clips, 2, 1, 3).at_least, p * p * q);
    assert_near(chance_hits(clips, 2, 1, 2).at_least, p * p * q + p * p * (1 - q) + 2 * p * (1 - p) * q);
    assert_near(chance_hits(clips, 2, 1, 1).at_least, 1 - (1 - p) * (1 - p) * (1 - q));
    assert_near(chance_hits(clips, 2, 1, 1).expected, 2 * p + q);
}

TEST(windows_that_touch_do_not_compete)
{
    const Span windows[] = {{0, HOUR}, {HOUR, 2 * HOUR}};
    assert_near(ask(windows, 2, 2).at_least, 0.632120558828558 * 0.632120558828558);
}

TEST(the_same_window_twice_needs_two_alerts)
{
    const Span windows[] = {{0, HOUR}, {0, HOUR}};
    assert_near(ask(windows, 2, 2).at_least, 1 - 2 * exp(-1)); /* not (1 - 1/e)² = 0.39958 */
    assert_near(ask(windows, 2, 1).at_least, 1 - exp(-1));
}

/* With e = exp(-1) the chance that an hour has no alert, and that it has one. */
TEST(windows_that_overlap_compete)
{
    const double e = exp(-1);
    const Span windows[] = {{HOUR, 3 * HOUR}, {0, 2 * HOUR}};
    /* Either the first hour has an alert, then the second or third must; or it has none: then the second has
     * two, or one and the third one. */
    assert_near(ask(windows, 2, 2).at_least, (1 - e) * (1 - e * e) + e * ((1 - 2 * e) + e * (1 - e)));
    assert_near(ask(windows, 2, 1).at_least, 1 - e * e * e);
}

/* An alert in both windows goes to the one that ends first: else 0.5266 would come out. */
TEST(a_window_within_another_is_served_first)
{
    const double e = exp(-1);
    const Span windows[] = {{0, 3 * HOUR}, {HOUR, 2 * HOUR}};
    assert_near(ask(windows, 2, 2).at_least, (1 - e) * (1 - e) + e * ((1 - 2 * e) + e * (1 - e)));
}

TEST(without_alerts_nothing_is_found)
{
    g_auto(SpanList) time = watched(0, HOUR);
    const Span window = {0, HOUR};
    const ChanceClip clip = {&time, &window, 1};
    assert_near(chance_hits(&clip, 1, 0, 1).at_least, 0);
    assert_near(chance_hits(&clip, 1, 0, 0).at_least, 1);
    assert_near(chance_hits(NULL, 0, 3, 0).at_least, 1);
    assert_near(chance_hits(NULL, 0, 3, 1).at_least, 0);
}

TEST(what_is_too_tangled_is_not_reckoned)
{
    Span windows[80];
    for (int64_t i = 0; i < 80; i++)
        windows[i] = (Span){i * HOUR / 80, HOUR + i};
    assert_true(ask(windows, 60, 1).at_least > 0.5);
    assert_true(isnan(ask(windows, 80, 1).at_least)); /* more than 64 at once */
    for (int64_t i = 0; i < 60; i++)
        windows[i] = (Span){i * HOUR / 80, 2 * HOUR - i};
    assert_true(isnan(ask(windows, 60, 1).expected)); /* each within the one before */
}

/* The matching itself, on alerts that are drawn: another way to the same figures. */
TEST(drawn_alerts_find_as_many)
{
    enum { DRAWS = 20000, EVENTS = 6 };
    g_auto(SpanList) time = watched(0, 9 * HOUR);
    span_list_add(&time, 10 * HOUR, 20 * HOUR);
    const MatchEvent events[EVENTS] = {{HOUR, 2 * HOUR, BOX_NONE},       {HOUR + 1, HOUR + 2, BOX_NONE},
                                       {HOUR, 3 * HOUR, BOX_NONE},       {8 * HOUR, 11 * HOUR, BOX_NONE},
                                       {10 * HOUR, 12 * HOUR, BOX_NONE}, {19 * HOUR, 30 * HOUR, BOX_NONE}};
    const MatchRules rules = {HOUR / 4, HOUR / 2, MATCH_BOXES_IGNORED};
    Span windows[EVENTS];
    for (size_t i = 0; i < EVENTS; i++)
        windows[i] = (Span){events[i].start_us - rules.pre_us, events[i].end_us + rules.post_us + 1};
    int64_t counts[EVENTS + 1] = {0}, sum = 0;
    g_autoptr(GArray) onsets = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (uint32_t draw = 1; draw <= DRAWS; draw++) {
        g_array_set_size(onsets, 0);
        chance_draw(&time, 0.5, draw, onsets);
        g_autofree MatchAlert *alerts = g_new0(MatchAlert, onsets->len + 1);
        g_autofree int64_t *event_of_alert = g_new(int64_t, onsets->len + 1);
        int64_t alert_of_event[EVENTS];
        for (guint i = 0; i < onsets->len; i++)
            alerts[i] = (MatchAlert){g_array_index(onsets, int64_t, i), (double)NAN, BOX_NONE, false};
        const size_t hits =
            matching_assign(events, EVENTS, alerts, onsets->len, &rules, alert_of_event, event_of_alert);
        sum += (int64_t)hits;
        for (size_t k = 0; k <= hits; k++)
            counts[k]++;
    }
    const ChanceClip clip = {&time, windows, EVENTS};
    for (int64_t k = 1; k <= EVENTS; k++) {
        const double drawn = (double)counts[k] / DRAWS, reckoned = chance_hits(&clip, 1, 0.5, k).at_least;
        const double four_errors = 4 * sqrt(reckoned * (1 - reckoned) / DRAWS);
        if (fabs(drawn - reckoned) > four_errors)
            fail_msg("%d hits or more: drawn %g, reckoned %g", (int)k, drawn, reckoned);
    }
    assert_true(fabs((double)sum / DRAWS - chance_hits(&clip, 1, 0.5, 0).expected) < 0.05);
}

TEST(alerts_are_drawn_in_watched_time_alone)
{
    g_auto(SpanList) time = watched(HOUR, 2 * HOUR);
    span_list_add(&time, 5 * HOUR, 8 * HOUR);
    g_autoptr(GArray) onsets = g_array_new(FALSE, FALSE, sizeof(int64_t));
    chance_draw(&time, 1000, 7, onsets);
    assert_in_range(onsets->len, 3700, 4300); /* 4000, five times its standard deviation of 63 */
    guint late = 0;
    for (guint i = 0; i < onsets->len; i++) {
        const int64_t onset_us = g_array_index(onsets, int64_t, i);
        assert_true(span_list_contains(&time, onset_us));
        assert_true(i == 0 || onset_us >= g_array_index(onsets, int64_t, i - 1));
        late += onset_us >= 5 * HOUR;
    }
    assert_in_range(late, 2800, 3200); /* 3000 */
    g_autoptr(GArray) again = g_array_new(FALSE, FALSE, sizeof(int64_t));
    chance_draw(&time, 1000, 7, again);
    assert_int_equal(again->len, onsets->len);
    assert_memory_equal(again->data, onsets->data, onsets->len * sizeof(int64_t));
    g_array_set_size(again, 0);
    chance_draw(&time, 1000, 8, again);
    assert_int_not_equal(g_array_index(again, int64_t, 0), g_array_index(onsets, int64_t, 0));
    g_array_set_size(again, 0);
    chance_draw(&time, 0, 8, again);
    assert_int_equal(again->len, 0);
}

TEST(a_seed_is_the_begin_of_a_hash)
{
    assert_int_equal(chance_seed("abc"), 0xba7816bf); /* FIPS 180-2 */
}

UNIT_TESTS(NULL, NULL)
