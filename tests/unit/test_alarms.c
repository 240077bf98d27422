/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the messages of a live system amount to. */
#include "live/alarms.h"
#include "records/span.h"

#include <math.h>

#include "unit.h"

static const char *const asked[] = {"intrusion", NULL};
static const Arrived before = {.when = ARRIVED_BEFORE}, after = {.when = ARRIVED_AFTER};

static Arrived in_clip(int64_t t_us)
{
    return (Arrived){ARRIVED_IN_CLIP, t_us, t_us};
}

/* One row of that state, as the map would give it, of the alarm with that number. */
static guint tell(Alarms *alarms, AlertState state, JoinOutcome outcome, guint alert, Arrived arrived)
{
    MappedAlert row = {.kind = MAPPED_ALERT,
                       .behaviour = "intrusion",
                       .state = state,
                       .joined = {.outcome = outcome, .alert = alert},
                       .confidence = (double)NAN,
                       .time_us = TIME_UNKNOWN,
                       .end_us = TIME_UNKNOWN};
    row.joined.doubled = outcome == JOIN_CONTINUED && state == ALERT_NEW;
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    g_ptr_array_add(rows, &row);
    return alarms_add(alarms, rows, &arrived);
}

static const Alert *nth(const GPtrArray *alerts, guint i)
{
    assert_true(i < alerts->len);
    return g_ptr_array_index(alerts, i);
}

TEST(an_alert_begins_and_ends_where_its_messages_came)
{
    g_autoptr(Alarms) alarms = alarms_new(asked);
    AlarmCounts counts;
    assert_int_equal(tell(alarms, ALERT_NEW, JOIN_OPENED, 0, in_clip(1000)), 1);
    assert_int_equal(tell(alarms, ALERT_UPDATE, JOIN_CONTINUED, 0, in_clip(2000)), 0);
    tell(alarms, ALERT_END, JOIN_ENDED, 0, in_clip(3000));
    tell(alarms, ALERT_WHOLE, JOIN_OPENED, 1, in_clip(4000));
    tell(alarms, ALERT_NEW, JOIN_OPENED, 2, in_clip(5000));
    tell(alarms, ALERT_NEW, JOIN_OPENED, 3, (Arrived){ARRIVED_LATE, 9000, 9700});
    tell(alarms, ALERT_END, JOIN_ENDED, 3, (Arrived){ARRIVED_LATE, 9000, 9800});
    g_autoptr(GPtrArray) alerts = alarms_take(alarms, 9000, &counts);
    assert_int_equal(alerts->len, 4);
    assert_int_equal(nth(alerts, 0)->onset_us, 1000);
    assert_int_equal(nth(alerts, 0)->end_us, 3000);
    assert_int_equal(nth(alerts, 1)->end_us, TIME_UNKNOWN); /* told whole: it has no end */
    assert_int_equal(nth(alerts, 2)->end_us, 9000);         /* not ended: to the clip's end */
    assert_int_equal(nth(alerts, 3)->onset_us, 9000);
    assert_int_equal(nth(alerts, 3)->decided_us, 9700);
    assert_int_equal(nth(alerts, 3)->end_us, 9700); /* never before it was decided */
    assert_int_equal(counts.messages, 7);
    assert_int_equal(counts.late, 1);
    assert_int_equal(counts.outside, 0);
}

TEST(what_began_in_no_clip_is_no_alert)
{
    g_autoptr(Alarms) alarms = alarms_new(asked);
    AlarmCounts counts;
    tell(alarms, ALERT_NEW, JOIN_OPENED, 0, before);
    tell(alarms, ALERT_UPDATE, JOIN_CONTINUED, 0, in_clip(10));
    tell(alarms, ALERT_UPDATE, JOIN_CONTINUED, 0, in_clip(20));
    tell(alarms, ALERT_END, JOIN_ENDED, 0, in_clip(30));
    tell(alarms, ALERT_WHOLE, JOIN_OPENED, 1, before);
    tell(alarms, ALERT_END, JOIN_ALONE, 0, in_clip(40));
    g_autoptr(GPtrArray) alerts = alarms_take(alarms, 100, &counts);
    assert_int_equal(alerts->len, 0);
    assert_int_equal(counts.outside, 2);
    assert_int_equal(counts.on_before, 1);
    assert_int_equal(counts.alone, 1);
}

TEST(an_alert_of_one_clip_is_none_of_the_next)
{
    g_autoptr(Alarms) alarms = alarms_new(asked);
    AlarmCounts counts;
    tell(alarms, ALERT_NEW, JOIN_OPENED, 0, in_clip(10));
    tell(alarms, ALERT_WHOLE, JOIN_OPENED, 1, after);
    g_autoptr(GPtrArray) first = alarms_take(alarms, 50, &counts);
    assert_int_equal(first->len, 1);
    assert_int_equal(counts.outside, 1);
    tell(alarms, ALERT_END, JOIN_ENDED, 0, in_clip(5));
    g_autoptr(GPtrArray) second = alarms_take(alarms, 50, &counts);
    assert_int_equal(second->len, 0);
    assert_int_equal(nth(first, 0)->end_us, 50);
    assert_int_equal(counts.on_before, 1);
    assert_int_equal(counts.outside, 0);
}

/* The end got lost, so that the map takes the next alarm for the same one: it must not vanish. */
TEST(a_lost_end_costs_no_later_alarm)
{
    g_autoptr(Alarms) alarms = alarms_new(asked);
    AlarmCounts counts;
    tell(alarms, ALERT_NEW, JOIN_OPENED, 0, in_clip(10));
    g_ptr_array_unref(alarms_take(alarms, 50, &counts));
    tell(alarms, ALERT_NEW, JOIN_CONTINUED, 0, in_clip(20));
    g_autoptr(GPtrArray) alerts = alarms_take(alarms, 50, &counts);
    assert_int_equal(alerts->len, 1);
    assert_int_equal(nth(alerts, 0)->onset_us, 20);
    assert_int_equal(counts.doubled, 1);
}

TEST(twice_is_told_and_counted_once)
{
    g_autoptr(Alarms) alarms = alarms_new(asked);
    AlarmCounts counts;
    tell(alarms, ALERT_NEW, JOIN_OPENED, 0, in_clip(10));
    tell(alarms, ALERT_NEW, JOIN_CONTINUED, 0, in_clip(12));
    g_autoptr(GPtrArray) alerts = alarms_take(alarms, 50, &counts);
    assert_int_equal(alerts->len, 1);
    assert_int_equal(counts.doubled, 1);
}

/* As a log's rows that are the same in every cell: a request that was tried again. */
TEST(told_whole_twice_counts_once)
{
    g_autoptr(Alarms) alarms = alarms_new(asked);
    AlarmCounts counts;
    MappedAlert row = {.kind = MAPPED_ALERT,
                       .behaviour = "intrusion",
                       .state = ALERT_WHOLE,
                       .confidence = 0.5,
                       .time_us = 77,
                       .end_us = TIME_UNKNOWN};
    MappedAlert other = row, bare = row;
    other.confidence = 0.25;
    bare.time_us = TIME_UNKNOWN;
    const Arrived arrived = in_clip(10);
    MappedAlert *const rows[] = {&row, &row, &other, &bare, &bare};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        rows[i]->joined.alert = i;
        g_autoptr(GPtrArray) list = g_ptr_array_new();
        g_ptr_array_add(list, rows[i]);
        assert_int_equal(alarms_add(alarms, list, &arrived), i == 1 ? 0 : 1);
    }
    g_autoptr(GPtrArray) alerts = alarms_take(alarms, 50, &counts);
    assert_int_equal(alerts->len, 4);
    assert_int_equal(counts.doubled, 1);
}

TEST(what_nobody_asked_for_is_told)
{
    static const char *const others[] = {"loitering", NULL};
    g_autoptr(Alarms) alarms = alarms_new(others);
    AlarmCounts counts;
    assert_int_equal(tell(alarms, ALERT_NEW, JOIN_OPENED, 0, in_clip(10)), 0);
    g_autoptr(GPtrArray) alerts = alarms_take(alarms, 50, &counts);
    assert_int_equal(alerts->len, 0);
    assert_int_equal(counts.unasked, 1);
}

TEST(a_flood_ends)
{
    g_autoptr(Alarms) alarms = alarms_new(asked);
    AlarmCounts counts;
    for (guint i = 0; i < ALARMS_MOST; i++) {
        assert_false(alarms_flooded(alarms));
        tell(alarms, ALERT_WHOLE, JOIN_OPENED, i, in_clip(10));
    }
    assert_true(alarms_flooded(alarms));
    tell(alarms, ALERT_WHOLE, JOIN_OPENED, ALARMS_MOST, in_clip(10));
    g_autoptr(GPtrArray) alerts = alarms_take(alarms, 50, &counts);
    assert_int_equal(alerts->len, ALARMS_MOST);
    assert_false(alarms_flooded(alarms));
}

TEST(what_a_broker_kept_and_what_cannot_be_read_is_counted)
{
    g_autoptr(Alarms) alarms = alarms_new(asked);
    AlarmCounts counts;
    const Arrived arrived = in_clip(10);
    MappedAlert rows[] = {{.kind = MAPPED_WRONG, .why = (char *)"message 1: no JSON"},
                          {.kind = MAPPED_IGNORED},
                          {.kind = MAPPED_NOTHING}};
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        g_ptr_array_add(list, &rows[i]);
    assert_int_equal(alarms_add(alarms, NULL, &arrived), 0);
    assert_int_equal(alarms_add(alarms, list, &arrived), 0);
    g_autoptr(GPtrArray) alerts = alarms_take(alarms, 50, &counts);
    assert_int_equal(alerts->len, 0);
    assert_int_equal(counts.retained, 1);
    assert_int_equal(counts.wrong + counts.ignored + counts.nothing, 3);
    g_autoptr(GPtrArray) faults = alarms_faults(alarms);
    assert_int_equal(faults->len, 1);
    assert_string_equal(g_ptr_array_index(faults, 0), "message 1: no JSON");
}

UNIT_TESTS(NULL, NULL)
