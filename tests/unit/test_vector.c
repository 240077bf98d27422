/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conform/vector: what a script that says little means, what each key sets, and what is refused by its key.
 */
#include "conform/vector.h"
#include "records/error.h"
#include "records/observation.h"
#include "scratch.h"

#include <math.h>

#include "unit.h"

/* A vector with these keys besides those that each must have; NULL with an error. */
static Vector *load(const char *keys, GError **error)
{
    g_autofree char *text =
        g_strconcat("{\"schema\": \"vsaudit/vector/1\", \"behaviour\": \"loitering\", ", keys, "}", NULL);
    g_autofree char *path = scratch_write("case.json", text);
    return vector_load(path, error);
}

static const char least[] =
    "\"title\": \"t\", \"duration_s\": 2, \"expected\": [], \"params\": {\"zone\": \"z\"}, "
    "\"scene\": {\"zones\": {\"z\": [[0, 0], [1, 0], [1, 1]]}}";
static const VectorSampling tenth = {10, 0};

static GPtrArray *sample(const char *more)
{
    g_autofree char *keys = g_strconcat(least, more, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(Vector) vector = load(keys, &error);
    if (vector == NULL)
        fail_msg("%s", error->message);
    assert_true(vector_aspect(vector) == 1.5 && vector_duration_s(vector) == 2);
    return vector_sample(vector, &tenth);
}

/* The measures that are not named are those of a sound view, once anything is said of it. */
TEST(a_view_is_sound_unless_it_is_said)
{
    g_autoptr(GPtrArray) pictures =
        sample(", \"quality\": {\"shift_x\": [[0, 0], [1, 0.5]], \"contrast\": null}");
    assert_int_equal(pictures->len, 20);
    for (guint i = 0; i < pictures->len; i++) {
        const Observation *seen = g_ptr_array_index(pictures, i);
        const QualityObservation *q = &seen->quality;
        assert_int_equal(seen->t_us, i * 100000);
        assert_int_equal(seen->duration_us, 100000);
        assert_true(seen->signal && seen->track_count == 0 && seen->static_count == 0 &&
                    !seen->fires_measured);
        assert_true(q->luma == 0.5 && q->dark_share == 0.02 && q->bright_share == 0.02 &&
                    q->sharpness == 400);
        assert_true(q->sharpness_ratio == 1 && q->edge_similarity == 0.95 && q->covered_share == 0.02);
        assert_true(q->shift_y == 0 && q->shift_response == 0.6 && q->changed_share == 0.05);
        assert_true(q->frozen_s == 0 && isnan(q->contrast));
        assert_true(fabs(q->shift_x - fmin(0.5, 0.05 * i)) < 1e-9);
        assert_true(isnan(seen->motion.flow_x) && isnan(seen->motion.foreground_share));
    }
    g_autoptr(GPtrArray) bare = sample("");
    const Observation *unseen = g_ptr_array_index(bare, 3);
    assert_true(isnan(unseen->quality.luma) && isnan(unseen->quality.sharpness_ratio));
}

TEST(what_is_scripted_is_seen)
{
    g_autoptr(GPtrArray) pictures = sample(
        ", \"tracks\": [{\"id\": 4, \"class\": \"vehicle\", \"path\": [[0.5, 0.2, 0.8, 0.1, 0.2], [1.5, 0.4, "
        "0.8, 0.1, "
        "0.4]], \"count\": [[0.5, 2], [1.2, 3]], \"coasting\": [[0.8, 1]], \"absent\": [[1.25, 1.35]]}], "
        "\"statics\": [{\"id\": 2, \"box\": [0.1, 0.2, 0.3, 0.4], \"from\": 0.3, \"to\": 0.6, \"removed\": "
        "true}], "
        "\"no_signal\": [[1.75, 1.85]], \"motion\": {\"flow_x\": 0.25}");
    guint tracks = 0, statics = 0, silent = 0, coasting = 0, three = 0;
    for (guint i = 0; i < pictures->len; i++) {
        const Observation *seen = g_ptr_array_index(pictures, i);
        silent += !seen->signal;
        statics += seen->static_count > 0;
        if (seen->static_count > 0) {
            assert_true(seen->statics[0].removed && seen->statics[0].id == 2 &&
                        seen->statics[0].box.h == 0.4);
            assert_in_range(i, 3, 6);
        }
        for (size_t k = 0; k < seen->track_count; k++) {
            const TrackObservation *track = &seen->tracks[k];
            tracks++;
            coasting += track->state == TRACK_COASTING;
            three += track->count == 3;
            assert_true(track->id == 4 && track->class == OBJECT_VEHICLE && track->first_us == 500000);
            assert_true(fabs(track->foot.x - (0.2 + 0.2 * (i * 0.1 - 0.5))) < 1e-9);
            assert_true(fabs(track->box.h - (0.2 + 0.2 * (i * 0.1 - 0.5))) < 1e-9 &&
                        fabs(track->box.w - 0.1) < 1e-9);
            assert_true(fabs(track->vx - 0.2) < 1e-6 || i == 15);
        }
        assert_true(!seen->signal || seen->motion.flow_x == 0.25);
    }
    assert_int_equal(silent, 1);
    assert_in_range(statics, 3, 4);
    assert_int_equal(tracks, 10);
    assert_int_equal(coasting, 2);
    assert_int_equal(three, 3);
}

TEST(what_is_no_vector_is_refused_by_its_key)
{
    static const TestPair wrong[] = {
        {"\"duration_s\": 2, \"expected\": []", "title: found something else, expected a sentence"},
        {"\"title\": \"t\", \"duration_s\": 2", "expected: found something else, expected a list of alerts"},
        {"\"title\": \"t\", \"duration_s\": 0, \"expected\": []",
         "duration_s: found something else, expected a number of seconds above zero"},
        {"\"title\": \"t\", \"duration_s\": 2, \"expected\": [], \"aspect\": 0",
         "aspect: found something else, expected a number above zero"},
        {"\"title\": \"t\", \"duration_s\": 2, \"expected\": [], \"semantics\": \"nobody\"",
         "semantics: found something else, expected a semantics that has a rule for the behaviour"},
        {"\"title\": \"t\", \"duration_s\": 2, \"expected\": [], \"params\": {\"zone\": [1]}",
         "params: found something else, expected text, numbers, true or false"},
        {"\"title\": \"t\", \"duration_s\": 2, \"expected\": [], \"scene\": {\"zones\": {\"z\": [[0, 0], [1, "
         "1]]}}",
         "scene.zones: found something else, expected three points [x, y] or more for each zone"},
        {"\"title\": \"t\", \"duration_s\": 2, \"expected\": [], \"scene\": {\"zones\": {\"z\": [[0, 0], [1, "
         "1], [1]]}}",
         "scene.zones: found something else, expected three points [x, y] or more for each zone"},
        {"\"title\": \"t\", \"duration_s\": 2, \"expected\": [], \"scene\": {\"lines\": {\"l\": [[0, 0], [1, "
         "1], [0, 1]]}}",
         "scene.lines: found something else, expected two points [x, y] for each line"},
        {"\"title\": \"t\", \"duration_s\": 2, \"expected\": [], \"scene\": {\"lines\": {\"l\": [[0, 0], "
         "1]}}",
         "scene.lines: found something else, expected two points [x, y] for each line"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = scratch_path("case.json");
        g_autofree char *expected = g_strconcat(path, ": ", wrong[i].expected, NULL);
        assert_null(load(wrong[i].given, &error));
        assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
        assert_string_equal(error->message, expected);
    }
}

UNIT_TESTS(scratch_make, scratch_drop)
