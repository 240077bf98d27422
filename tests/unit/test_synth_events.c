/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calculated truth of what people do, of things and of fires. */
#include "synth/truth.h"

#include <math.h>
#include <string.h>

#include "unit.h"

/* With this camera the ground at y = 0.8 is 2560 / 216 m away, and the picture is as wide as that. */
#define HEAD                                                                  \
    "schema: vsaudit/scene/1\nid: test\ncamera: c\nseed: 7\nduration_s: 40\n" \
    "backdrop: {kind: square, horizon: 0.2, camera_m: 4, lens: 1}\n"
#define WIDE_M (2560.0 / 216.0)
#define STEP_S 0.02

static Script *parse(const char *text, Problems *problems)
{
    return script_parse(text, "t.yaml", problems);
}

/* The events of one behaviour. */
static GPtrArray *events_of(const char *text, const char *behaviour)
{
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Script) script = parse(text, problems);
    assert_non_null(script);
    GPtrArray *events = synth_events(script, NULL);
    assert_non_null(events);
    for (guint i = events->len; i > 0; i--) {
        if (strcmp(((const Event *)g_ptr_array_index(events, i - 1))->behaviour, behaviour) != 0)
            g_ptr_array_remove_index(events, i - 1);
    }
    return events;
}

static void assert_event(const GPtrArray *events, guint i, const char *label, double start_s, double end_s)
{
    assert_true(i < events->len);
    const Event *event = g_ptr_array_index(events, i);
    assert_string_equal(event->label, label);
    if (fabs(time_to_seconds(event->start_us) - start_s) > 1.5 * STEP_S ||
        fabs(time_to_seconds(event->end_us) - end_s) > 1.5 * STEP_S)
        fail_msg("found %.3f to %.3f, expected %.3f to %.3f", time_to_seconds(event->start_us),
                 time_to_seconds(event->end_us), start_s, end_s);
}

TEST(running_is_counted_in_body_heights_on_the_ground)
{
    /* 2.7 m/s are 1.5 heights of somebody of 1.8 m, and 2.45 of a child of 1.1 m. */
    g_autoptr(GPtrArray) adult = events_of(
        HEAD "actors: [{at_s: 2, speed: 2.7, height: 1.8, path: [[0, 0.8], [1, 0.8]]}]\n", "running");
    assert_int_equal(adult->len, 0);
    g_autoptr(GPtrArray) child = events_of(
        HEAD "actors: [{at_s: 2, speed: 2.7, height: 1.1, path: [[0, 0.8], [1, 0.8]]}]\n", "running");
    assert_int_equal(child->len, 1);
    assert_event(child, 0, "running", 2, 2 + WIDE_M / 2.7);
    /* A bicycle does not run, and two who run at once are one event. */
    g_autoptr(GPtrArray) both =
        events_of(HEAD "actors:\n  - {kind: bicycle, at_s: 20, path: [[0, 0.8], [1, 0.8]]}\n"
                       "  - {at_s: 2, speed: 4, path: [[0, 0.8], [1, 0.8]]}\n  - {at_s: 3, speed: 4, path: "
                       "[[0, 0.8], [1, 0.8]]}\n",
                  "running");
    assert_int_equal(both->len, 1);
    assert_event(both, 0, "running", 2, 3 + WIDE_M / 4);
}

TEST(falling_is_an_event_and_sitting_is_none)
{
    g_autoptr(GPtrArray) events = events_of(HEAD "actors:\n  - {at_s: 0, path: [{to: [0.4, 0.8], until_s: "
                                                 "30}], poses: [{kind: fallen, start_s: 10, end_s: 20}]}\n"
                                                 "  - {at_s: 0, path: [{to: [0.6, 0.8], until_s: 30}], "
                                                 "poses: [{kind: sitting, start_s: 5, end_s: 25}]}\n",
                                            "person-down");
    assert_int_equal(events->len, 1);
    assert_event(events, 0, "person_down", 10 + 0.74 * POSE_RAMP_S, 20 - 0.74 * POSE_RAMP_S);
}

#define BAG(until) HEAD "items: [{kind: bag, at: [0.5, 0.8], from_s: 5" until "}]\nactors:\n"

TEST(a_bag_is_abandoned_while_nobody_is_near)
{
    g_autoptr(GPtrArray) alone =
        events_of(BAG("") "  - {at_s: 30, path: [{to: [0.52, 0.8], wait_s: 20}]}\n", "abandoned-object");
    assert_int_equal(alone->len, 1);
    assert_event(alone, 0, "abandoned", 5, 30);
    g_autoptr(GPtrArray) owner =
        events_of(BAG("") "  - {at_s: 0, path: [{to: [0.52, 0.8], wait_s: 60}]}\n", "abandoned-object");
    assert_int_equal(owner->len, 0);
    g_autoptr(GPtrArray) brief = events_of(
        BAG(", until_s: 12") "  - {at_s: 0, path: [{to: [5, 0.8], wait_s: 1}]}\n", "abandoned-object");
    assert_int_equal(brief->len, 0);
}

TEST(taking_what_belongs_to_the_scene_is_an_event)
{
    g_autoptr(GPtrArray) taken =
        events_of(HEAD "items: [{kind: parcel, at: [0.5, 0.8], until_s: 20}]\n", "removed-object");
    assert_int_equal(taken->len, 1);
    assert_event(taken, 0, "removed", 20, 40);
    g_autoptr(GPtrArray) own =
        events_of(HEAD "items: [{kind: parcel, at: [0.5, 0.8], from_s: 3, until_s: 20}]\n", "removed-object");
    assert_int_equal(own->len, 0);
}

TEST(going_against_the_way_is_an_event)
{
    g_autoptr(GPtrArray) events = events_of(HEAD "scene: {lines: {way: [[0.1, 0.8], [0.9, 0.8]]}}\nactors:\n"
                                                 "  - {at_s: 2, speed: 1, path: [[0, 0.8], [1, 0.8]]}\n  - "
                                                 "{at_s: 20, speed: 1, path: [[1, 0.8], [0, 0.8]]}\n",
                                            "wrong-way");
    assert_int_equal(events->len, 1);
    assert_event(events, 0, "wrong_way", 20, 20 + WIDE_M);
}

TEST(only_fires_are_fires)
{
    g_autoptr(GPtrArray) events =
        events_of(HEAD "fires:\n  - {kind: flame, at: [0.3, 0.8], start_s: 5, end_s: 20}\n"
                       "  - {kind: beacon, at: [0.5, 0.8], start_s: 1, end_s: 30}\n"
                       "  - {kind: lighter, at: [0.7, 0.8], start_s: 8, end_s: 9}\n  - {kind: smoke, at: "
                       "[0.6, 0.8], start_s: 22, end_s: 33}\n",
                  "fire-start");
    assert_int_equal(events->len, 2);
    assert_event(events, 0, "flame", 5, 20);
    assert_event(events, 1, "smoke", 22, 33);
}

TEST(a_behaviour_about_a_place_is_covered_where_the_place_is)
{
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Script) without = parse(HEAD, problems);
    g_autoptr(Script) with =
        parse(HEAD "scene: {zones: {forbidden: [[0.2, 0.6], [0.8, 0.6], [0.5, 0.9]]}}\n", problems);
    assert_true(without != NULL && with != NULL);
    assert_false(synth_covers(without, "intrusion"));
    assert_true(synth_covers(with, "intrusion"));
    assert_true(synth_covers(without, "fire-start"));
    assert_false(synth_covers(without, "crowd-density"));
}

static void assert_refused(const char *text, const char *says)
{
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Script) script = parse(text, problems);
    assert_null(script);
    g_autoptr(GPtrArray) list = problems_list(problems);
    assert_true(list->len > 0);
    if (strstr(g_ptr_array_index(list, 0), says) == NULL)
        fail_msg("said: %s", (const char *)g_ptr_array_index(list, 0));
}

TEST(bad_extras_are_refused_with_their_place)
{
    assert_refused(HEAD "items: [{kind: bag, at: [0.5, 0.1]}]\n", "a place on the ground");
    assert_refused(HEAD "items: [{kind: bag, at: [0.5, 0.8], from_s: 9, until_s: 8}]\n", "a time after 9");
    assert_refused(HEAD "fires: [{kind: flame, at: [0.5, 0.8], start_s: 9, end_s: 8}]\n", "a time after 9");
    assert_refused(HEAD "density: {zone: hall, limit: 1}\n", "hall");
    assert_refused(HEAD "actors: [{kind: car, at_s: 1, vest: true, path: [[0.5, 0.8]]}]\n",
                   "of a person alone");
}

UNIT_TESTS(NULL, NULL)
