/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth/path.h"
#include "synth/picture.h"
#include "synth/truth.h"

#include <math.h>
#include <string.h>

#include "unit.h"

/* With this camera the ground at y = 0.8 is 2560 / 216 m away, and the picture is as wide as that. */
#define HEAD                                                                  \
    "schema: vsaudit/scene/1\nid: test\ncamera: c\nseed: 7\nduration_s: 30\n" \
    "backdrop: {kind: square, horizon: 0.2, camera_m: 4, lens: 1}\n"
#define FAR_M (2560.0 / 216.0)

static void assert_near(double found, double expected, double slack)
{
    if (!(fabs(found - expected) <= slack))
        fail_msg("found %.12g, expected %.12g", found, expected);
}

static Script *load(const char *text)
{
    g_autoptr(Problems) problems = problems_new();
    Script *script = script_parse(text, "t.yaml", problems);
    if (script == NULL) {
        g_autoptr(GPtrArray) list = problems_list(problems);
        for (guint i = 0; i < list->len; i++)
            print_error("%s\n", (const char *)g_ptr_array_index(list, i));
    }
    assert_non_null(script);
    return script;
}

static GPtrArray *events_of(const char *text)
{
    g_autoptr(Script) script = load(text);
    g_autoptr(GError) error = NULL;
    GPtrArray *events = synth_events(script, &error);
    assert_null(error);
    return events;
}

TEST(crossing_time_is_the_analytic_one)
{
    g_autoptr(GPtrArray) events =
        events_of(HEAD "scene: {lines: {gate: [[0.5, 0.95], [0.5, 0.6]]}}\n"
                       "actors:\n  - {at_s: 2, speed: 1.25, act: unvalidated, path: [[0, 0.8], [1, 0.8]]}\n"
                       "  - {at_s: 2, speed: 1.25, validates: true, path: [[0, 0.8], [1, 0.8]]}\n");
    assert_int_equal(events->len, 1);
    const Event *event = g_ptr_array_index(events, 0);
    assert_string_equal(event->behaviour, "fare-evasion");
    assert_string_equal(event->label, "unvalidated");
    assert_int_equal(event->start_us, llround(1e6 * (2 + FAR_M / 2 / 1.25)));
    assert_true(event->end_us > event->start_us + 500000);
}

TEST(way_towards_the_camera_is_even_on_the_ground)
{
    /* From y = 0.5 to 0.8 the ground comes nearer from 2560/108 m to 2560/216 m; y = 0.65 is not half way. */
    g_autoptr(Script) script =
        load(HEAD "scene: {lines: {gate: [[0.9, 0.65], [0.1, 0.65]]}}\n"
                  "actors:\n  - {at_s: 0, speed: 2, act: backward, path: [[0.5, 0.5], [0.5, 0.8]]}\n");
    Crossing crossing;
    assert_true(synth_gate_crossing(script, g_ptr_array_index(script->actors, 0), &crossing));
    assert_near(crossing.t_s, (2560.0 / 108 - 2560.0 / 162) / 2, 1e-9);
    assert_near(crossing.place, 0.5, 1e-9);
    assert_false(crossing.right);
}

TEST(legs_are_inverted_exactly)
{
    const View view = view_make(640, 360, 0.2, 4, 1);
    const PathStop stops[] = {
        {.to = {0, 0.8}, .wait_s = 1, .until_s = (double)NAN, .speed = (double)NAN, .brake = (double)NAN},
        {.to = {1, 0.8}, .wait_s = 2, .until_s = (double)NAN, .speed = (double)NAN, .brake = (double)NAN}};
    Path path;
    path_build(&path, &view, stops, 2, 5, 4, 2, 5);
    assert_int_equal(path.legs->len, 3);
    const Leg *leg = &g_array_index(path.legs, Leg, 1);
    /* 2 s to gain 4 m/s over 4 m, 0.8 s to lose them over 1.6 m. */
    assert_near(leg->start_s, 6, 1e-12);
    assert_near(leg->end_s, 6 + 2 + 0.8 + (FAR_M - 5.6) / 4, 1e-9);
    assert_near(leg_distance_at(leg, 7), 1, 1e-12);
    for (double t = leg->start_s; t < leg->end_s; t += 0.05)
        assert_near(leg_time_at(leg, leg_distance_at(leg, t)), t, 1e-6);
    assert_near(path_end(&path), leg->end_s + 2, 1e-9);
    path_clear(&path);
}

TEST(stopped_vehicle_begins_when_it_stands)
{
    g_autoptr(GPtrArray) events = events_of(
        HEAD "scene: {zones: {carriageway: [[0.2, 0.7], [0.8, 0.7], [0.8, 0.9], [0.2, 0.9]]}}\n"
             "actors:\n  - {kind: car, at_s: 1, speed: 6, act: stopped, path: [[0, 0.8], {to: [0.5, 0.8], "
             "wait_s: 12, brake: 6}, [1, 0.8]]}\n");
    assert_int_equal(events->len, 1);
    const Event *event = g_ptr_array_index(events, 0);
    /* It brakes from 6 m/s within 3 m and one second, half a picture's width from its start. */
    const double expected = 1 + (FAR_M / 2 - 3) / 6 + 1;
    assert_int_equal(event->start_us, llround(expected * 1e6));
    assert_int_equal(event->end_us, llround((expected + 12) * 1e6));
    assert_string_equal(event->label, "stopped_vehicle");
}

TEST(person_on_the_carriageway_by_the_foot)
{
    g_autoptr(GPtrArray) events =
        events_of(HEAD "scene: {zones: {carriageway: [[0.25, 0.7], [0.75, 0.7], [0.75, 0.9], [0.25, 0.9]]}}\n"
                       "actors:\n  - {at_s: 3, speed: 1, path: [[0, 0.8], [1, 0.8]]}\n");
    assert_int_equal(events->len, 1);
    const Event *event = g_ptr_array_index(events, 0);
    assert_string_equal(event->label, "person_on_carriageway");
    assert_int_equal(event->start_us, llround(1e6 * (3 + FAR_M / 4)));
    assert_int_equal(event->end_us, llround(1e6 * (3 + 3 * FAR_M / 4)));
}

#define CROWD                                                                        \
    "scene: {zones: {square: [[0.1, 0.6], [0.9, 0.6], [0.9, 0.95], [0.1, 0.95]]}}\n" \
    "crowd: {zone: square, limit: 2, hold_s: 5, off_s: 3}\nactors:\n"                \
    "  - {at_s: -100, path: [{to: [0.4, 0.8], until_s: 26}, [0.4, 5]], speed: 30}\n" \
    "  - {at_s: -100, path: [{to: [0.6, 0.8], until_s: 28}, [0.6, 5]], speed: 30}\n"

/* A third person who stands in the zone between two times and is not to be seen otherwise. */
#define THIRD(from, to) "  - {at_s: " #from ", path: [{to: [0.5, 0.8], until_s: " #to "}]}\n"

TEST(crowd_counts_those_who_are_there)
{
    g_autoptr(GPtrArray) events = events_of(HEAD CROWD THIRD(8, 14));
    assert_int_equal(events->len, 1);
    const Event *event = g_ptr_array_index(events, 0);
    assert_string_equal(event->behaviour, "crowd-limit");
    assert_int_equal(event->start_us, 8000000);
    /* At the limit is not yet over; one less is, from a little after 26 s on. */
    assert_true(event->end_us > 26000000 && event->end_us < 27000000);
    g_autoptr(Script) script = load(HEAD CROWD THIRD(8, 14));
    const Polygon *zone = g_hash_table_lookup(script->scene->zones, "square");
    assert_int_equal(synth_count_in_zone(script, zone, 7.9), 2);
    assert_int_equal(synth_count_in_zone(script, zone, 8.1), 3);
    assert_int_equal(synth_count_in_zone(script, zone, 29.9), 0);
    g_autoptr(GArray) counts = synth_counts(script);
    static const int64_t values[] = {2, 3, 2, 1, 0};
    assert_int_equal(counts->len, G_N_ELEMENTS(values));
    int64_t end_us = 0;
    for (guint i = 0; i < counts->len; i++) {
        const CountSpan *span = &g_array_index(counts, CountSpan, i);
        const double middle_s = (double)(span->span.start_us + span->span.end_us) / 2e6;
        assert_true(span->span.start_us == end_us && span->value == values[i]);
        assert_int_equal(synth_count_in_zone(script, zone, middle_s), values[i]);
        end_us = span->span.end_us;
    }
    assert_int_equal(g_array_index(counts, CountSpan, 1).span.start_us, 8000000);
    assert_int_equal(g_array_index(counts, CountSpan, 1).span.end_us, 14000000);
    assert_int_equal(end_us, 30000000);
}

TEST(short_crowd_is_no_event)
{
    g_autoptr(GPtrArray) events = events_of(HEAD CROWD THIRD(8, 12.9));
    assert_int_equal(events->len, 0);
}

TEST(tampering_is_as_written)
{
    g_autoptr(GPtrArray) events = events_of(HEAD "tampering:\n  - {kind: hand, start_s: 4.5, end_s: 9}\n"
                                                 "  - {kind: blank, start_s: 20, end_s: 30}\n");
    assert_int_equal(events->len, 2);
    const Event *event = g_ptr_array_index(events, 0);
    assert_int_equal(event->start_us, 4500000);
    assert_int_equal(event->end_us, 9000000);
    assert_string_equal(event->label, "covered");
    assert_string_equal(((const Event *)g_ptr_array_index(events, 1))->label, "signal_lost");
}

TEST(validations_come_before_the_gate)
{
    g_autoptr(Script) script =
        load(HEAD "scene: {lines: {gate: [[0.5, 0.95], [0.5, 0.6]]}}\nvalidation_log: true\n"
                  "actors:\n  - {at_s: 9, speed: 1.25, validates: true, path: [[0, 0.8], [1, 0.8]]}\n"
                  "  - {at_s: 2, speed: 1.25, validates: true, path: [[0, 0.8], [1, 0.8]]}\n");
    g_autoptr(GArray) times = synth_validations(script);
    assert_int_equal(times->len, 2);
    assert_int_equal(g_array_index(times, int64_t, 0),
                     llround(1e6 * (2 + FAR_M / 2 / 1.25 - SYNTH_VALIDATION_LEAD_S)));
    assert_true(g_array_index(times, int64_t, 0) < g_array_index(times, int64_t, 1));
}

/* ---- what contradicts itself */
static const struct {
    const char *text, *message;
} contradictions[] = {
    {"scene: {lines: {gate: [[0.5, 0.95], [0.5, 0.6]]}}\n"
     "actors:\n  - {id: x, at_s: 0, act: jump, path: [[0, 0.8], [0.4, 0.8]]}\n",
     "never crosses the line “gate”"},
    {"scene: {lines: {gate: [[0.5, 0.95], [0.5, 0.6]]}}\n"
     "actors:\n  - {id: x, at_s: 0, path: [[0, 0.8], [1, 0.8]]}\n",
     "neither validates nor evades"},
    {"scene: {lines: {gate: [[0.5, 0.95], [0.5, 0.6]]}}\n"
     "actors:\n  - {id: x, at_s: 0, act: backward, path: [[0, 0.8], [1, 0.8]]}\n",
     "the wrong way for its act"},
    {"scene: {zones: {carriageway: [[0.2, 0.7], [0.8, 0.7], [0.8, 0.9], [0.2, 0.9]]}}\n"
     "actors:\n  - {id: x, kind: car, at_s: 0, act: stopped, path: [[0, 0.8], [1, 0.8]]}\n",
     "never stands in the zone “carriageway”"},
};

TEST(contradictions_are_told)
{
    for (size_t i = 0; i < G_N_ELEMENTS(contradictions); i++) {
        g_autofree char *text = g_strconcat(HEAD, contradictions[i].text, NULL);
        g_autoptr(Script) script = load(text);
        g_autoptr(GError) error = NULL;
        assert_null(synth_events(script, &error));
        assert_non_null(strstr(error->message, contradictions[i].message));
    }
}

/* One line after the heading (line 7), and the first message that it must cause. */
static const struct {
    const char *line, *message;
} refusals[] = {
    {"actors: [{at_s: 0, path: [[0, 0.1]]}]\n", "t.yaml:7:27: actors[0].path[0]: found a place at y = 0.1, "
                                                "expected one on the ground, below the horizon (y > "
                                                "0.21)"},
    {"actors: [{at_s: 0, path: [[0, 0.8]], act: stopped}]\n",
     "t.yaml:7:43: actors[0].act: found “stopped”, expected an act of a person (stopped, sudden-stop and "
     "collision "
     "are acts of vehicles)"},
    {"actors: [{at_s: 0, paht: [[0, 0.8]]}]\n",
     "t.yaml:7:10: actors[0].path: found no such key, expected it here: its way"},
    {"tampering: [{kind: hand, start_s: 5, end_s: 31}]\n",
     "t.yaml:7:45: tampering[0].end_s: found “31”, expected at most the clip's duration_s (30)"},
    {"effects: [{kind: fog}]\n", "t.yaml:7:18: effects[0].kind: found “fog”, expected "},
    {"size: [641, 360]\n", "t.yaml:7:8: size[0]: found “641”, expected an even number of pixels"},
    {"crowd: {zone: nowhere, limit: 3}\n", "t.yaml:7:8: crowd: "},
};

TEST(bad_scripts_are_refused_with_their_place)
{
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
        g_autofree char *text = g_strconcat(HEAD, refusals[i].line, NULL);
        g_autoptr(Problems) problems = problems_new();
        assert_null(script_parse(text, "t.yaml", problems));
        g_autoptr(GPtrArray) list = problems_list(problems);
        assert_true(list->len > 0);
        const char *first = g_ptr_array_index(list, 0);
        if (!g_str_has_prefix(first, refusals[i].message))
            print_error("%s\n", first);
        assert_true(g_str_has_prefix(first, refusals[i].message));
    }
}

/* ---- pictures */
#define SMALL(seed)                                                                               \
    "schema: vsaudit/scene/1\nid: s\ncamera: c\nduration_s: 2\nsize: [160, 90]\nseed: " seed "\n" \
    "backdrop: {kind: street}\nflows:\n"                                                          \
    "  - {kind: pedestrians, per_minute: 40, ways: [{path: [[-0.1, 0.9], [1.1, 0.9]]}]}\n"        \
    "  - {kind: traffic, per_minute: 30, ways: [{path: [[-0.3, 0.65], [1.3, 0.65]]}]}\n"          \
    "tampering:\n  - {kind: frozen, start_s: 1, end_s: 1.5}\n"

static char *picture_hash(const char *text, int64_t from, int64_t to)
{
    g_autoptr(Script) script = load(text);
    g_autoptr(Stage) stage = stage_new(script);
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (int64_t frame = 0; frame < to; frame++) {
        int stride = 0;
        const uint8_t *pixels = stage_draw(stage, frame, &stride);
        for (int64_t row = 0; row < script->height && frame >= from; row++)
            g_checksum_update(sum, pixels + row * stride, (gssize)script->width * 4);
    }
    char *hash = g_strdup(g_checksum_get_string(sum));
    g_checksum_free(sum);
    return hash;
}

TEST(same_seed_same_pictures)
{
    g_autofree char *one = picture_hash(SMALL("5"), 0, 6), *two = picture_hash(SMALL("5"), 0, 6);
    g_autofree char *other = picture_hash(SMALL("6"), 0, 6);
    assert_string_equal(one, two);
    assert_string_not_equal(one, other);
}

TEST(lots_follow_the_seed)
{
    g_autoptr(Script) one = load(SMALL("5")), two = load(SMALL("5")), other = load(SMALL("6"));
    assert_true(one->actors->len > 5);
    assert_int_equal(one->actors->len, two->actors->len);
    const Actor *a = g_ptr_array_index(one->actors, 0), *b = g_ptr_array_index(two->actors, 0);
    const Actor *c = g_ptr_array_index(other->actors, 0);
    assert_true(a->at_s == b->at_s && a->look == b->look && a->height == b->height);
    assert_true(a->at_s != c->at_s && a->look != c->look);
}

TEST(frozen_pictures_repeat)
{
    g_autofree char *before = picture_hash(SMALL("5"), 9, 10), *during = picture_hash(SMALL("5"), 12, 13);
    g_autofree char *late = picture_hash(SMALL("5"), 14, 15), *after = picture_hash(SMALL("5"), 15, 16);
    assert_string_equal(before, during);
    assert_string_equal(during, late);
    assert_string_not_equal(late, after);
}

/* ---- whatever is wrong with a script, it is told and nothing breaks */

/* Replaces `count` bytes at `at` and reads what that makes. */
static void read_changed(const char *text, size_t at, size_t count, const char *by)
{
    g_autoptr(GString) changed = g_string_new_len(text, (gssize)at);
    g_string_append(changed, by);
    g_string_append(changed, text + at + count);
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Script) script = script_parse(changed->str, "t.yaml", problems);
    if ((script == NULL) != (problems_count(problems) > 0))
        fail_msg("a script without %.20s: neither read nor refused", text + at);
}

static bool begins_key(const char *text, size_t at, size_t *length)
{
    *length = strspn(text + at, "abcdefghijklmnopqrstuvwxyz_");
    return *length > 0 && text[at + *length] == ':' && (at == 0 || strchr(" {\n", text[at - 1]) != NULL);
}

/* Each key under another name, so that it lacks and is unknown, then with values that nobody meant. */
static void spoil(const char *text, bool values)
{
    static const char *const odd[] = {"", "[]", "{}", "x", "-1", "0", "1e300", ".nan", "[[0, 0]]"};
    size_t length;
    for (size_t at = 0; text[at] != '\0'; at++) {
        if (!begins_key(text, at, &length))
            continue;
        read_changed(text, at, length, "no_such");
        const size_t value = at + length + 1, end = strcspn(text + value, ",}]\n");
        for (size_t i = 0; values && i < G_N_ELEMENTS(odd); i++) {
            g_autofree char *by = g_strconcat(" ", odd[i], NULL);
            read_changed(text, value, end, by);
        }
        at += length;
    }
}

TEST(every_key_may_be_missing)
{
    static const char *const folders[] = {"datasets/sample", "datasets/sample-behaviours"};
    guint scripts = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autoptr(GDir) folder = g_dir_open(folders[i], 0, NULL);
        if (folder == NULL)
            skip(); /* not run from the project's folder */
        for (const char *name; (name = g_dir_read_name(folder)) != NULL;) {
            g_autofree char *path = g_build_filename(folders[i], name, NULL), *text = NULL;
            if (!g_str_has_suffix(name, ".yaml") || !g_file_get_contents(path, &text, NULL, NULL) ||
                strstr(text, "vsaudit/scene/1") == NULL)
                continue;
            spoil(text, scripts++ % 8 == 0);
        }
    }
    assert_true(scripts > 10);
    spoil(HEAD "scene: {zones: {square: [[0.2, 0.6], [0.8, 0.6], [0.9, 0.9]]}}\n"
               "gatherings:\n  - {zone: square, count: 3, arrive_s: 25, arrive_over_s: 8, leave_s: 40, "
               "doors: [[-0.2, 0.75], [1.2, 0.7]]}\n",
          true);
}

UNIT_TESTS(NULL, NULL)
