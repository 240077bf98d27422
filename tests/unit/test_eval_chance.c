/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/eval_chance.h"

#include <math.h>
#include <stdlib.h>

#include "unit.h"

#define S(seconds) ((int64_t)(seconds)*US_PER_SECOND)

/* Three clips of an hour; half of the second was not decoded, the third failed. */
typedef struct {
    GPtrArray *events[3], *alerts[3];
    SpanList lost;
    EvalClip clips[3];
    EvalSettings settings;
} Case;

static void case_open(Case *of)
{
    span_list_init(&of->lost);
    span_list_add(&of->lost, S(1800), S(3600));
    for (int i = 0; i < 3; i++) {
        of->events[i] = event_array_new();
        of->alerts[i] = alert_array_new();
        of->clips[i] = (EvalClip){.duration_us = S(3600),
                                  .failed = i == 2,
                                  .undecoded = i == 1 ? &of->lost : NULL,
                                  .events = of->events[i],
                                  .alerts = of->alerts[i],
                                  .passages = -1};
    }
    assert_true(eval_settings_load(&protocol_eval2, NULL, &of->settings, NULL));
}

static void case_close(Case *of)
{
    span_list_clear(&of->lost);
    for (int i = 0; i < 3; i++) {
        g_ptr_array_unref(of->events[i]);
        g_ptr_array_unref(of->alerts[i]);
    }
}

static void add_event(Case *of, int clip, int64_t start_s, int64_t end_s)
{
    g_ptr_array_add(of->events[clip], event_new("x", S(start_s), S(end_s)));
}

static void add_alert(Case *of, int clip, int64_t onset_s)
{
    g_ptr_array_add(of->alerts[clip], alert_new("x", S(onset_s), S(onset_s)));
}

static EvalChance ask(const Case *of)
{
    g_autoptr(EvalResult) result = eval_evaluate(of->clips, 3, &of->settings);
    return eval_chance(of->clips, result, &of->settings);
}

static void assert_near(double found, double expected)
{
    if (!(fabs(found - expected) < 1e-8))
        fail_msg("found %.12g, expected %.12g", found, expected);
}

TEST(rate_and_windows_are_those_of_watched_time)
{
    Case of;
    case_open(&of);
    add_event(&of, 0, 1000, 1048); /* 998 to 1058: a minute */
    add_event(&of, 1, 100, 200);
    ((Event *)g_ptr_array_index(of.events[1], 0))->certainty = CERTAINTY_DONT_CARE;
    add_event(&of, 2, 100, 200);
    add_alert(&of, 0, 1001);
    add_alert(&of, 0, 2000);
    add_alert(&of, 1, 150);  /* in watched time, though not scored */
    add_alert(&of, 1, 2000); /* not decoded */
    add_alert(&of, 2, 150);
    const EvalChance chance = ask(&of);
    assert_int_equal(chance.alerts, 3);
    assert_int_equal(chance.watched_us, S(5400));
    assert_near(chance.rate, 2);
    assert_int_equal(chance.hits, 1);
    assert_int_equal(chance.events, 1);
    assert_near(chance.found.at_least, 0.0327838995); /* 1 - exp(-2 / 60), the last microsecond aside */
    assert_near(chance.found.expected, 0.0327838995);
    assert_near(chance.alpha, 0.05);
    assert_true(chance.better);
    case_close(&of);
}

TEST(what_random_alerts_do_too_is_not_better)
{
    Case of;
    case_open(&of);
    add_event(&of, 0, 1000, 2788); /* 998 to 2798: half an hour */
    for (int i = 0; i < 3; i++)
        add_alert(&of, 0, 1500 + 500 * i);
    const EvalChance chance = ask(&of);
    assert_int_equal(chance.hits, 1);
    assert_near(chance.found.at_least, 0.6321205588); /* 1 - exp(-1) */
    assert_false(chance.better);
    assert_int_equal(chance.reason, UNDEFINED_NOT);
    case_close(&of);
}

/* eval-1 lets alerts that nobody could watch hit; random ones do not fall there. */
TEST(hits_outside_of_watched_time_are_not_held_against_chance)
{
    Case of;
    case_open(&of);
    assert_true(eval_settings_load(&protocol_eval1, NULL, &of.settings, NULL));
    add_event(&of, 0, 1000, 1048);
    add_event(&of, 1, 1780, 1795); /* its window, to 1805, goes on where the clip was not decoded */
    add_event(&of, 1, 1700, 1705); /* as before, and found in watched time as well */
    add_alert(&of, 0, 2000);
    add_alert(&of, 1, 1702);
    add_alert(&of, 1, 1803);
    g_autoptr(EvalResult) result = eval_evaluate(of.clips, 3, &of.settings);
    assert_int_equal(result->figures.hits, 2);
    assert_int_equal(result->figures.alerts_unwatched, 1);
    const EvalChance chance = eval_chance(of.clips, result, &of.settings);
    assert_int_equal(chance.alerts, 2);
    assert_int_equal(chance.hits, 1);
    assert_int_equal(chance.events, 3);
    /* 2 / 1.5 h: windows of 60 s, 22 s and 17 s. 1 - exp(-(4 / 3) * 99 / 3600) */
    assert_near(chance.found.at_least, 1 - exp(-(4.0 / 3) * 99 / 3600));
    case_close(&of);
}

TEST(what_cannot_be_asked_says_why)
{
    Case of;
    case_open(&of);
    add_alert(&of, 0, 5);
    assert_int_equal(ask(&of).reason, UNDEFINED_NO_EVENT);
    add_event(&of, 0, 1000, 1048);
    assert_int_equal(ask(&of).reason, UNDEFINED_NOT);
    g_ptr_array_set_size(of.alerts[0], 0);
    add_alert(&of, 2, 5);
    const EvalChance silent = ask(&of);
    assert_int_equal(silent.reason, UNDEFINED_NO_ALERT);
    assert_true(isnan(silent.found.at_least));
    assert_near(silent.rate, 0);
    for (int i = 0; i < 2; i++)
        of.clips[i].failed = true;
    const EvalChance nothing = ask(&of);
    assert_int_equal(nothing.reason, UNDEFINED_NO_EXPOSURE);
    assert_true(isnan(nothing.rate));
    assert_false(nothing.better);
    case_close(&of);
}

TEST(too_many_at_once_are_not_reckoned)
{
    Case of;
    case_open(&of);
    for (int i = 0; i < 70; i++)
        add_event(&of, 0, 1000 + i, 2000 + i);
    add_alert(&of, 0, 1500);
    const EvalChance chance = ask(&of);
    assert_int_equal(chance.reason, UNDEFINED_TANGLED);
    assert_false(chance.better);
    case_close(&of);
}

UNIT_TESTS(NULL, NULL)
