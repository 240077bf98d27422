/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/shift.h"

#include "said.h"

#include <string.h>

#include "unit.h"

#define HOUR US_PER_HOUR
#define MINUTE (US_PER_HOUR / 60)

typedef struct {
    GArray *onsets, *swapped, *events;
    SpanList inside;
} Fixture;

static gint compare_times(gconstpointer a, gconstpointer b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void start(Fixture *f)
{
    f->onsets = g_array_new(FALSE, FALSE, sizeof(int64_t));
    f->swapped = NULL;
    f->events = g_array_new(FALSE, FALSE, sizeof(Span));
    span_list_init(&f->inside);
}

static ShiftSuspicion finish(Fixture *f)
{
    g_array_sort(f->onsets, compare_times);
    const ShiftStream stream = {f->onsets, f->swapped, &f->inside, f->events};
    const ShiftSuspicion suspicion = shift_suspect(&stream, 1);
    g_array_unref(f->onsets);
    g_array_unref(f->events);
    if (f->swapped != NULL)
        g_array_unref(f->swapped);
    span_list_clear(&f->inside);
    return suspicion;
}

static void add_alert(Fixture *f, int64_t t_us)
{
    g_array_append_val(f->onsets, t_us);
}

static void add_event(Fixture *f, int64_t start_us)
{
    const Span span = {start_us, start_us + MINUTE};
    g_array_append_val(f->events, span);
}

TEST(a_day_late_is_suspected)
{
    Fixture f;
    start(&f);
    span_list_add(&f.inside, 0, 10 * HOUR);
    for (int i = 0; i < 50; i++)
        add_alert(&f, 24 * HOUR + i * 11 * MINUTE);
    const ShiftSuspicion s = finish(&f);
    assert_true(s.suspected);
    assert_int_equal(s.kind, SHIFT_CONSTANT);
    assert_int_equal(s.shift_us, -24 * HOUR);
    assert_int_equal(s.alerts, 50);
    assert_int_equal(s.inside, 0);
    assert_int_equal(s.inside_shifted, 50);
}

/* Ten hours watched, one hour of alerts: which of many shifts it was, nobody can tell, and none is told
 * alone. */
TEST(shifts_that_fit_as_well_are_named)
{
    Fixture f;
    start(&f);
    span_list_add(&f.inside, 0, 2 * HOUR);
    for (int i = 0; i < 50; i++)
        add_alert(&f, 3 * HOUR + 20 * MINUTE + i * MINUTE);
    const ShiftSuspicion s = finish(&f);
    assert_true(s.suspected);
    assert_int_equal(s.shift_us, -3 * HOUR);
    assert_int_equal(s.equals, 4); /* 2 h 15, 2 h 30, 2 h 45, 3 h 15; at 2 h and less or 3 h 30 and more some
                                      lie outside */
    Said sentence = said(shift_sentence(&s, SHIFT_INTO_WATCHED_TIME));
    assert_string_equal(
        sentence.en,
        "The log looks shifted: 0 of 50 alerts in watched time by its times, 50 with 3 hours taken "
        "from every time, as many with 2 h 15 min taken from every time, 2 h 30 min taken, 2 h 45 min "
        "taken or in one other way; nothing was put right.");
    assert_non_null(strstr(
        sentence.fr,
        ", autant avec des heures reculées de 2\u202fh 15\u202fmin, reculées de 2\u202fh 30\u202fmin, "));
    g_free(sentence.en);
    g_free(sentence.fr);
}

/* All within the watched time either way: the events tell. */
TEST(an_hour_early_is_suspected_by_events)
{
    Fixture f;
    start(&f);
    span_list_add(&f.inside, 0, 240 * HOUR);
    for (int i = 0; i < 8; i++) {
        add_event(&f, 5 * HOUR + i * 977 * MINUTE);
        add_alert(&f, 4 * HOUR + i * 977 * MINUTE + MINUTE / 2);
    }
    const ShiftSuspicion s = finish(&f);
    assert_true(s.suspected);
    assert_int_equal(s.shift_us, HOUR);
    assert_int_equal(s.found, 0);
    assert_int_equal(s.found_shifted, 8);
    assert_int_equal(s.inside, 8);
}

TEST(day_and_month_exchanged_are_suspected)
{
    Fixture f;
    start(&f);
    f.swapped = g_array_new(FALSE, FALSE, sizeof(int64_t));
    span_list_add(&f.inside, 0, 24 * HOUR);
    for (int i = 0; i < 6; i++) {
        const int64_t right_us = i * 3 * HOUR;
        add_alert(&f, right_us + 200 * 24 * HOUR);
        g_array_append_val(f.swapped, right_us);
    }
    const ShiftSuspicion s = finish(&f);
    assert_true(s.suspected);
    assert_int_equal(s.kind, SHIFT_DAY_MONTH);
    assert_int_equal(s.inside_shifted, 6);
}

/* A log that runs all day over footage that samples it: most rows lie outside, and would under any shift. */
TEST(a_sampled_day_is_not_suspected)
{
    Fixture f;
    start(&f);
    for (int hour = 0; hour < 48; hour += 3)
        span_list_add(&f.inside, hour * HOUR, (hour + 1) * HOUR);
    for (int i = 0; i < 288; i++)
        add_alert(&f, i * 10 * MINUTE);
    for (int i = 0; i < 12; i++)
        add_event(&f, i * 4 * HOUR + 7 * MINUTE);
    assert_false(finish(&f).suspected);
}

/* Chance is not evidence: random alerts on footage that covers half of the time. */
TEST(random_logs_are_not_suspected)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    int suspected = 0;
    for (int run = 0; run < 300; run++) {
        Fixture f;
        start(&f);
        for (int i = 0; i < 12; i++) {
            const int64_t at = g_rand_int_range(random, 0, 48 * 60) * MINUTE;
            span_list_add(&f.inside, at, at + 2 * HOUR);
            add_event(&f, at + 13 * MINUTE);
        }
        const int count = g_rand_int_range(random, 1, 40);
        for (int i = 0; i < count; i++)
            add_alert(&f, g_rand_int_range(random, 0, 48 * 60) * MINUTE);
        suspected += finish(&f).suspected;
    }
    assert_true(suspected <= 1);
}

TEST(few_alerts_are_no_evidence)
{
    Fixture f;
    start(&f);
    span_list_add(&f.inside, 0, HOUR / 2);
    for (int i = 0; i < 3; i++)
        add_alert(&f, HOUR + i * MINUTE);
    const ShiftSuspicion s = finish(&f);
    assert_false(s.suspected);
    assert_int_equal(s.kind, SHIFT_CONSTANT); /* what it would be is known all the same */
    assert_int_equal(s.shift_us, -HOUR);
    assert_int_equal(s.inside_shifted, 3);
}

TEST(a_sound_log_is_not_suspected)
{
    Fixture f;
    start(&f);
    span_list_add(&f.inside, 0, 24 * HOUR);
    for (int i = 0; i < 24; i++) { /* events on every hour: found under any whole hour */
        add_event(&f, i * HOUR);
        add_alert(&f, i * HOUR + MINUTE / 2);
    }
    assert_false(finish(&f).suspected);
    const ShiftSuspicion none = shift_suspect(NULL, 0);
    assert_false(none.suspected);
    assert_int_equal(none.kind, SHIFT_NONE);
}

/* Two others that fit as well, and no more: one or the other. */
TEST(two_others_are_told_apart_by_or)
{
    ShiftSuspicion s = {
        .kind = SHIFT_DAY_MONTH, .suspected = true, .alerts = 9, .inside = 1, .inside_shifted = 9};
    s.equals = 2;
    s.equal[0].kind = s.equal[1].kind = SHIFT_CONSTANT;
    s.equal[0].shift_us = HOUR;
    s.equal[1].shift_us = -24 * HOUR;
    Said counts = said(shift_counts(&s, SHIFT_INTO_CLIPS));
    assert_string_equal(counts.en,
                        "1 of 9 alerts in clips by its times, 9 with day and month exchanged, as many with 1 "
                        "hour added to every time or 1 day taken");
    assert_string_equal(
        counts.fr, "1 alerte sur 9 dans une séquence avec ses heures, 9 avec le jour et le mois échangés, "
                   "autant avec des heures avancées de 1 heure ou reculées de 1 jour");
    g_free(counts.en);
    g_free(counts.fr);
}

TEST(shifts_are_named)
{
    static const struct {
        int64_t us;
        const char *en, *fr;
    } cases[] = {{HOUR, "1 hour", "1 heure"},
                 {-12 * HOUR, "12 hours", "12 heures"},
                 {24 * HOUR, "1 day", "1 jour"},
                 {-7 * 24 * HOUR, "7 days", "7 jours"},
                 {30 * MINUTE, "30 min", "30\u202fmin"},
                 {5 * HOUR + 45 * MINUTE, "5 h 45 min", "5\u202fh 45\u202fmin"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Said length = said(shift_length(cases[i].us));
        assert_string_equal(length.en, cases[i].en);
        assert_string_equal(length.fr, cases[i].fr);
        g_free(length.en);
        g_free(length.fr);
    }
}

UNIT_TESTS(NULL, NULL)
