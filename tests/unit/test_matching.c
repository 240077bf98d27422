/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pace.h"
#include "scoring/matching.h"

#include <glib.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

enum { MOST = 6 };

/* All matchings, one after the other, compared by the six rules as they stand in the header. */
typedef struct {
    const MatchEvent *events;
    const MatchAlert *alerts;
    size_t event_count, alert_count;
    MatchRules rules;
    size_t event_order[MOST], alert_rank[MOST];
    bool used[MOST];
    int64_t choice[MOST]; /* by event, in order */
    int64_t best_choice[MOST];
    int64_t best[5];
    bool any;
} Brute;

/* The boxes of these tests are columns a fifth wide, at 0, 0.2, 0.4 …: neighbours touch. */
static bool brute_apart(Box a, Box b)
{
    return a.w > 0 && b.w > 0 && fabs(a.x - b.x) > 0.3;
}

static Box draw_box(gsl_rng *random)
{
    const unsigned long place = gsl_rng_uniform_int(random, 5);
    return place == 4 ? BOX_NONE : (Box){0.2 * (double)place, 0.1, 0.2, 0.5};
}

static void brute_compare(Brute *brute)
{
    int64_t score[5] = {0, 0, 0, 0, 0};
    for (size_t i = 0; i < brute->event_count; i++) {
        const int64_t alert = brute->choice[i];
        if (alert < 0) {
            score[0]++;
            continue;
        }
        const MatchAlert *chosen = &brute->alerts[alert];
        const MatchEvent *event = &brute->events[brute->event_order[i]];
        score[1] += chosen->spare;
        score[2] += brute->rules.boxes != MATCH_BOXES_IGNORED && brute_apart(event->box, chosen->box);
        score[3] += llabs(chosen->onset_us - event->start_us);
        score[4] -= isnan(chosen->confidence) ? -1 : (int64_t)llround(chosen->confidence * 1e9);
    }
    int order = brute->any ? 0 : -1;
    for (int i = 0; i < 5 && order == 0; i++)
        order = score[i] < brute->best[i] ? -1 : score[i] > brute->best[i];
    for (size_t i = 0; i < brute->event_count && order == 0; i++) {
        const size_t mine = brute->choice[i] < 0 ? MOST : brute->alert_rank[brute->choice[i]];
        const size_t theirs = brute->best_choice[i] < 0 ? MOST : brute->alert_rank[brute->best_choice[i]];
        order = mine < theirs ? -1 : mine > theirs;
    }
    if (order < 0) {
        brute->any = true;
        memcpy(brute->best, score, sizeof score);
        memcpy(brute->best_choice, brute->choice, sizeof brute->choice);
    }
}

static void brute_try(Brute *brute, size_t place)
{
    if (place == brute->event_count) {
        brute_compare(brute);
        return;
    }
    const MatchEvent *event = &brute->events[brute->event_order[place]];
    brute->choice[place] = -1;
    brute_try(brute, place + 1);
    for (size_t i = 0; i < brute->alert_count; i++) {
        const int64_t onset = brute->alerts[i].onset_us;
        if (brute->used[i] || onset < event->start_us - brute->rules.pre_us ||
            onset > event->end_us + brute->rules.post_us)
            continue;
        if (brute->rules.boxes == MATCH_BOXES_REQUIRED && brute_apart(event->box, brute->alerts[i].box))
            continue;
        brute->used[i] = true;
        brute->choice[place] = (int64_t)i;
        brute_try(brute, place + 1);
        brute->used[i] = false;
    }
    brute->choice[place] = -1;
}

static bool event_before(const MatchEvent *events, size_t a, size_t b)
{
    if (events[a].start_us != events[b].start_us)
        return events[a].start_us < events[b].start_us;
    if (events[a].end_us != events[b].end_us)
        return events[a].end_us < events[b].end_us;
    return a < b;
}

TEST(agrees_with_brute_force)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, 42);
    size_t ties = 0;
    for (int round = 0; round < 30000; round++) {
        MatchEvent events[MOST];
        MatchAlert alerts[MOST];
        Brute brute = {.events = events, .alerts = alerts};
        brute.event_count = gsl_rng_uniform_int(random, MOST);
        brute.alert_count = gsl_rng_uniform_int(random, MOST + 1);
        const unsigned long span = 4 + gsl_rng_uniform_int(random, 30);
        brute.rules.pre_us = (int64_t)gsl_rng_uniform_int(random, 5);
        brute.rules.post_us = (int64_t)gsl_rng_uniform_int(random, 8);
        brute.rules.boxes = (MatchBoxes)(round % 3);
        const bool spares = gsl_rng_uniform_int(random, 2) == 0;
        for (size_t i = 0; i < brute.event_count; i++) {
            events[i].start_us = (int64_t)gsl_rng_uniform_int(random, span);
            events[i].end_us = events[i].start_us + (int64_t)gsl_rng_uniform_int(random, 10);
            events[i].box = draw_box(random);
            brute.event_order[i] = i;
        }
        for (size_t i = 0; i < brute.alert_count; i++) {
            alerts[i].onset_us = (int64_t)gsl_rng_uniform_int(random, span + 6) - 3;
            const unsigned long level = gsl_rng_uniform_int(random, 4);
            alerts[i].confidence = level == 3 ? (double)NAN : (double)level / 4;
            alerts[i].box = draw_box(random);
            alerts[i].spare = spares && gsl_rng_uniform_int(random, 3) == 0;
        }
        for (size_t i = 0; i < brute.event_count; i++)
            for (size_t j = i + 1; j < brute.event_count; j++)
                if (event_before(events, brute.event_order[j], brute.event_order[i])) {
                    const size_t other = brute.event_order[i];
                    brute.event_order[i] = brute.event_order[j];
                    brute.event_order[j] = other;
                }
        for (size_t i = 0; i < brute.alert_count; i++) {
            brute.alert_rank[i] = 0;
            for (size_t j = 0; j < brute.alert_count; j++)
                brute.alert_rank[i] += alerts[j].onset_us < alerts[i].onset_us ||
                                       (j < i && alerts[j].onset_us == alerts[i].onset_us);
        }
        brute_try(&brute, 0);
        int64_t alert_of_event[MOST], event_of_alert[MOST];
        const size_t matches = matching_assign(events, brute.event_count, alerts, brute.alert_count,
                                               &brute.rules, alert_of_event, event_of_alert);
        assert_int_equal(matches, (int64_t)brute.event_count - brute.best[0]);
        for (size_t i = 0; i < brute.event_count; i++) {
            const int64_t found = alert_of_event[brute.event_order[i]];
            if (found != brute.best_choice[i])
                fail_msg("round %d: event %zu has alert %" G_GINT64_FORMAT ", expected %" G_GINT64_FORMAT,
                         round, brute.event_order[i], found, brute.best_choice[i]);
            if (found >= 0)
                assert_int_equal(event_of_alert[found], brute.event_order[i]);
        }
        ties += matches > 1;
    }
    gsl_rng_free(random);
    assert_true(ties > 5000); /* the cases were not all trivial */
}

TEST(tolerance_ends_are_included)
{
    const MatchEvent event = {10, 20, BOX_NONE};
    const MatchRules rules = {2, 5, MATCH_BOXES_IGNORED};
    int64_t of_event = 0, of_alert = 0;
    static const struct {
        int64_t onset;
        size_t matches;
    } cases[] = {{7, 0}, {8, 1}, {25, 1}, {26, 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const MatchAlert alert = {cases[i].onset, NAN, BOX_NONE, false};
        assert_int_equal(matching_assign(&event, 1, &alert, 1, &rules, &of_event, &of_alert),
                         cases[i].matches);
        assert_int_equal(of_event, cases[i].matches == 1 ? 0 : MATCH_NONE);
    }
    assert_int_equal(matching_assign(&event, 1, NULL, 0, &rules, &of_event, NULL), 0);
    assert_int_equal(of_event, MATCH_NONE);
}

/* 1,000,000 alerts against 100,000 events on 1,000 clips of an hour, and one long chain of events that all
 * touch. It takes about three times as long as sorting a million numbers. */
TEST(large_inputs_are_quick)
{
    enum { EVENTS = 100, ALERTS = 1000, CLIPS = 1000, CHAIN = 3000 };
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, 1);
    const MatchRules rules = {2000000, 10000000, MATCH_BOXES_IGNORED};
    const double begin = pace_used();
    size_t matches = 0;
    for (int clip = 0; clip < CLIPS; clip++) {
        MatchEvent events[EVENTS];
        MatchAlert alerts[ALERTS];
        int64_t of_event[EVENTS], of_alert[ALERTS];
        for (int i = 0; i < EVENTS; i++) {
            events[i].start_us = (int64_t)(gsl_rng_uniform(random) * 3600e6);
            events[i].end_us = events[i].start_us + (int64_t)(gsl_rng_uniform(random) * 30e6);
        }
        for (int i = 0; i < ALERTS; i++)
            alerts[i] = (MatchAlert){(int64_t)(gsl_rng_uniform(random) * 3600e6), gsl_rng_uniform(random),
                                     BOX_NONE, false};
        matches += matching_assign(events, EVENTS, alerts, ALERTS, &rules, of_event, of_alert);
    }
    assert_true(matches > 90000);
    g_autofree MatchEvent *events = g_new(MatchEvent, CHAIN);
    g_autofree MatchAlert *alerts = g_new(MatchAlert, CHAIN);
    g_autofree int64_t *of_event = g_new(int64_t, CHAIN), *of_alert = g_new(int64_t, CHAIN);
    for (int i = 0; i < CHAIN; i++) {
        events[i] = (MatchEvent){i * INT64_C(5000000), i * INT64_C(5000000) + 4000000, BOX_NONE};
        alerts[i] = (MatchAlert){i * INT64_C(5000000) + 3000000, NAN, BOX_NONE, false};
    }
    assert_int_equal(matching_assign(events, CHAIN, alerts, CHAIN, &rules, of_event, of_alert), CHAIN);
    for (int i = 0; i < CHAIN; i++)
        assert_int_equal(of_event[i], i);
    const double seconds = pace_used() - begin, pace = pace_of_sorting();
    print_message("# matched %zu of 100000 events in %.2f s, %.1f times sorting\n", matches, seconds,
                  seconds / pace);
    assert_true(seconds < 50 * pace);
    gsl_rng_free(random);
}

UNIT_TESTS(NULL, NULL)
