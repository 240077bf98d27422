/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/behaviour.h"
#include "behaviours/hold.h"
#include "behaviours/trackbook.h"
#include "conform/vector.h"
#include "records/error.h"

#include <glib/gstdio.h>
#include <string.h>

#include "unit.h"

TEST(registry_is_sorted_and_complete)
{
    const char *before = "";
    for (const Behaviour *const *item = behaviour_registry; *item != NULL; item++) {
        const Behaviour *behaviour = *item;
        assert_true(strcmp(before, behaviour->id) < 0);
        before = behaviour->id;
        assert_ptr_equal(behaviour_find(behaviour->id), behaviour);
        assert_null(behaviour->wording);
        assert_non_null(behaviour->labels[0]);
        assert_non_null(behaviour->hard_negatives[0]);
        for (const OptionSpec *option = options_of(behaviour->options); option->name != NULL; option++)
            assert_non_null(option->unit);
    }
    assert_null(behaviour_find("nothing-of-the-kind"));
}

static void check_refused(const char *id, const char *name, const char *value, const char *message)
{
    g_autoptr(Scene) scene = scene_new();
    const Point corners[] = {{0, 0}, {1, 0}, {1, 1}};
    scene_add_zone(scene, "square", geometry_polygon_new(corners, G_N_ELEMENTS(corners)));
    g_autoptr(ParamList) params = param_list_new();
    param_list_add(params, name, value, "a.yaml", 7, 3, 7, 9);
    g_autoptr(GError) error = NULL;
    assert_null(behaviour_run_new(behaviour_find(id), params, scene, 1.5, &error));
    assert_string_equal(error->message, message);
    assert_int_equal(vsaudit_error_exit_status(error), EXIT_BAD_INPUT);
}

TEST(wrong_parameters_are_told)
{
    check_refused("crowd-limit", "limt", "3",
                  "a.yaml:7:3: params.limt: found an unknown name, expected perhaps “limit”");
    check_refused("crowd-limit", "limit", "-1",
                  "a.yaml:7:9: params.limit: found “-1”, expected a whole number from 0 to 100000 people");
    check_refused("camera-tampering", "on_delay", "soon",
                  "a.yaml:7:9: params.on_delay: found “soon”, expected seconds from 0 to 600");
    check_refused("crowd-limit", "zone", "sqare",
                  "found no zone “sqare” on this clip, expected one of “square”");
    check_refused("road-accident", "carriageway", "road",
                  "found no zone “road” on this clip, expected one of “square”");
    check_refused(
        "fare-evasion", "line", "door",
        "found no line “door” on this clip, expected it under “scene” in the dataset's entry for the "
        "clip");
    check_refused("fare-evasion", "direction", "in",
                  "a.yaml:7:9: params.direction: found “in”, expected one of right_to_left, left_to_right");
}

static unsigned classes_with(const char *id, const char *name, const char *value)
{
    g_autoptr(ParamList) params = param_list_new();
    if (name != NULL)
        param_list_add(params, name, value, NULL, 0, 0, 0, 0);
    return behaviour_classes(behaviour_find(id), params);
}

/* What a network must be able to name. */
TEST(rules_say_which_objects_they_are_about)
{
    const unsigned person = 1U << OBJECT_PERSON, vehicle = 1U << OBJECT_VEHICLE;
    assert_int_equal(classes_with("intrusion", NULL, NULL), person);
    assert_int_equal(classes_with("intrusion", "classes", "vehicle"), vehicle);
    assert_int_equal(classes_with("intrusion", "classes", "both"), person | vehicle);
    assert_int_equal(classes_with("intrusion", "classes", "any"), 0);
    assert_int_equal(classes_with("stopped-vehicle", NULL, NULL), vehicle);
    assert_int_equal(classes_with("wrong-way", NULL, NULL), person | vehicle);
    assert_int_equal(classes_with("abandoned-object", NULL, NULL), person);
    assert_int_equal(classes_with("road-accident", NULL, NULL), vehicle);
    assert_int_equal(classes_with("crowd-limit", NULL, NULL), person);
    assert_int_equal(classes_with("crowd-limit", "count_unknown", "true"), 0);
    assert_int_equal(classes_with("fare-evasion", NULL, NULL), person);
    assert_int_equal(classes_with("camera-tampering", NULL, NULL), 0);
    assert_int_equal(behaviour_classes(behaviour_find("running"), NULL), person);
}

TEST(hold_waits_bridges_and_clears)
{
    const HoldTimes times = {100, 50, 20};
    Hold hold = {0};
    assert_int_equal(hold_update(&hold, &times, true, 0), HOLD_SAME);
    assert_int_equal(hold_update(&hold, &times, false, 40), HOLD_SAME);
    assert_int_equal(hold_update(&hold, &times, false, 60), HOLD_SAME); /* gone for 20: bridged */
    assert_int_equal(hold_update(&hold, &times, true, 70), HOLD_SAME);
    assert_int_equal(hold_update(&hold, &times, true, 99), HOLD_SAME);
    assert_int_equal(hold_update(&hold, &times, true, 100), HOLD_RAISED);
    assert_int_equal(hold.since_us, 0);
    assert_int_equal(hold_update(&hold, &times, false, 120), HOLD_SAME);
    assert_int_equal(hold_update(&hold, &times, true, 169), HOLD_SAME);
    assert_int_equal(hold_update(&hold, &times, false, 200), HOLD_SAME);
    assert_int_equal(hold_update(&hold, &times, false, 249), HOLD_SAME);
    assert_int_equal(hold_update(&hold, &times, false, 250), HOLD_CLEARED);
    assert_int_equal(hold.gone_us, 200);
    assert_int_equal(hold_update(&hold, &times, true, 300), HOLD_SAME);
    assert_int_equal(hold_update(&hold, &times, false, 310), HOLD_SAME);
    assert_int_equal(hold_update(&hold, &times, false, 331), HOLD_SAME); /* gone for 21: begun anew */
    assert_int_equal(hold_update(&hold, &times, true, 400), HOLD_SAME);
    assert_int_equal(hold_update(&hold, &times, true, 500), HOLD_RAISED);
    assert_int_equal(hold.since_us, 400);
}

static void see(TrackBook *book, int64_t t_us, int64_t id, double x)
{
    Observation observation;
    observation_init(&observation, t_us);
    TrackObservation track = {.id = id, .class = OBJECT_PERSON, .state = TRACK_CONFIRMED, .count = 1};
    track.foot = (Point){x, 0.5};
    track.box = (Box){x - 0.05, 0.3, 0.1, 0.2};
    observation.tracks = &track;
    observation.track_count = id > 0 ? 1 : 0;
    track_book_observe(book, &observation);
}

TEST(lost_track_is_found_again)
{
    TrackBook book;
    track_book_init(&book, sizeof(TrackMemory), 1.5, 1000, 500);
    see(&book, 0, 1, 0.5);
    see(&book, 400, 2, 0.55); /* near and soon: the same object */
    assert_int_equal(book.tracks->len, 1);
    const TrackMemory *memory = g_ptr_array_index(book.tracks, 0);
    assert_int_equal(memory->id, 2);
    assert_int_equal(memory->first_us, 0);
    assert_int_equal(memory->trail->len, 2);
    see(&book, 500, 3, 0.9); /* too far: another */
    assert_int_equal(book.tracks->len, 2);
    see(&book, 901, 0, 0);
    assert_int_equal(book.tracks->len, 1);
    assert_int_equal(book.dropped->len, 1);
    see(&book, 1002, 4, 0.9); /* too late: another */
    assert_int_equal(((const TrackMemory *)g_ptr_array_index(book.tracks, 0))->first_us, 1002);
    track_book_clear(&book);
}

TEST(open_alert_ends_with_the_clip)
{
    g_autoptr(Scene) scene = scene_new();
    g_autoptr(ParamList) params = param_list_new();
    param_list_add(params, "limit", "0", NULL, 0, 0, 0, 0);
    param_list_add(params, "on_delay", "1", NULL, 0, 0, 0, 0);
    g_autoptr(BehaviourRun) run = behaviour_run_new(behaviour_find("crowd-limit"), params, scene, 1.5, NULL);
    assert_non_null(run);
    TrackObservation track = {.id = 1, .class = OBJECT_PERSON, .state = TRACK_CONFIRMED, .count = 1};
    for (int64_t t_us = 0; t_us <= 2 * US_PER_SECOND; t_us += US_PER_SECOND / 10) {
        Observation observation;
        observation_init(&observation, t_us);
        observation.tracks = &track;
        observation.track_count = 1;
        behaviour_run_observe(run, &observation);
    }
    behaviour_run_finish(run, 2100000);
    const GPtrArray *alerts = behaviour_run_alerts(run);
    assert_int_equal(alerts->len, 1);
    const Alert *alert = g_ptr_array_index(alerts, 0);
    assert_int_equal(alert->onset_us, 0);
    assert_int_equal(alert->decided_us, US_PER_SECOND);
    assert_int_equal(alert->end_us, 2100000);
    json_t *counters = behaviour_run_counters(run);
    assert_int_equal(json_integer_value(json_object_get(counters, "count_samples")), 3);
    json_decref(counters);
}

/* Ten pictures a second with as many people as t / 1 s; nothing is to be seen from 2.5 to 4.5 s. */
TEST(counts_are_kept_by_the_second)
{
    g_autoptr(Scene) scene = scene_new();
    g_autoptr(ParamList) params = param_list_new();
    param_list_add(params, "smooth", "0", NULL, 0, 0, 0, 0);
    g_autoptr(BehaviourRun) run = behaviour_run_new(behaviour_find("crowd-limit"), params, scene, 1.5, NULL);
    assert_non_null(run);
    for (int64_t t_us = 50000; t_us < 6 * US_PER_SECOND; t_us += US_PER_SECOND / 10) {
        TrackObservation track = {.id = 1, .class = OBJECT_PERSON, .state = TRACK_CONFIRMED};
        track.count = (int)(t_us / US_PER_SECOND);
        Observation observation;
        observation_init(&observation, t_us);
        observation.signal = t_us < 2500000 || t_us > 4500000;
        observation.tracks = &track;
        observation.track_count = 1;
        behaviour_run_observe(run, &observation);
    }
    behaviour_run_finish(run, 6 * US_PER_SECOND);
    static const CountSample expected[] = {
        {50000, 0}, {1050000, 1}, {2050000, 2}, {4550000, 4}, {5050000, 5}};
    const GArray *series = behaviour_run_series(run);
    assert_int_equal(series->len, G_N_ELEMENTS(expected));
    assert_memory_equal(series->data, expected, sizeof expected);
    g_autoptr(BehaviourRun) other =
        behaviour_run_new(behaviour_find("camera-tampering"), NULL, scene, 1.5, NULL);
    assert_null(behaviour_run_series(other));
}

TEST(wrong_vectors_are_refused)
{
    static const TestPair cases[] = {
        {"{", "near end of file"},
        {"{\"schema\": \"vsaudit/vector/2\"}", "schema: found something else, expected “vsaudit/vector/1”"},
        {"{\"schema\": \"vsaudit/vector/1\", \"behaviour\": \"flying\"}",
         "behaviour: found something else, expected the name of a behaviour"},
        {"{\"schema\": \"vsaudit/vector/1\", \"behaviour\": \"crowd-limit\", \"title\": \"t\", \"expected\": "
         "[]}",
         "duration_s: found something else, expected a number of seconds above zero"},
        {"{\"schema\": \"vsaudit/vector/1\", \"behaviour\": \"crowd-limit\", \"title\": \"t\", \"expected\": "
         "[], "
         "\"duration_s\": 1, \"trcks\": []}",
         "trcks: found something else, expected what behaviours/vector.h describes"},
        {"{\"schema\": \"vsaudit/vector/1\", \"behaviour\": \"crowd-limit\", \"title\": \"t\", \"expected\": "
         "[], "
         "\"duration_s\": 1, \"quality\": {\"lumen\": 1}}",
         "quality: found something else, expected what behaviours/vector.h describes"},
    };
    g_autofree char *folder = g_dir_make_tmp("vectors-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "case.json", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_true(g_file_set_contents(path, cases[i].given, -1, NULL));
        g_autoptr(GError) error = NULL;
        assert_null(vector_load(path, &error));
        assert_true(g_str_has_prefix(error->message, path));
        assert_non_null(strstr(error->message, cases[i].expected));
    }
    g_autoptr(GError) error = NULL;
    assert_null(vector_load_folder(folder, &error));
    assert_non_null(strstr(error->message, "found no vectors"));
    remove(path);
    g_rmdir(folder);
}

TEST(every_wording_is_written_and_sourced)
{
    const Semantics *before = NULL;
    for (const Semantics *const *place = semantics_registry; *place != NULL; place++) {
        const Semantics *semantics = *place;
        const Behaviour *rule = &semantics->rule, *own = behaviour_find(rule->id);
        assert_non_null(own);
        assert_true(g_strv_contains(semantics_ids, rule->wording));
        assert_ptr_equal(semantics_find(rule->id, rule->wording), semantics);
        assert_ptr_equal(semantics_rule(rule->id, rule->wording), rule);
        assert_ptr_equal(semantics_rule(rule->id, NULL), own);
        assert_true(g_str_has_prefix(semantics->source, "https://"));
        for (const char *const *label = rule->labels; *label != NULL; label++)
            assert_true(g_strv_contains(own->labels, *label)); /* truth knows no others */
        if (before != NULL) {
            const int order = strcmp(before->rule.id, rule->id);
            assert_true(order < 0 || (order == 0 && strcmp(before->rule.wording, rule->wording) < 0));
        }
        before = semantics;
    }
    assert_null(semantics_rule("wrong-way", "onvif"));
    assert_null(semantics_find("loitering", SEMANTICS_OWN));
    g_autofree char *names = semantics_names("loitering"), *alone = semantics_names("weapon");
    assert_string_equal(names, "vsaudit-1, dlstreamer, frigate and onvif");
    assert_string_equal(alone, "vsaudit-1");
}

UNIT_TESTS(NULL, NULL)
