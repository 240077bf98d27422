/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/engine_boxes.h"

#include <stdio.h>
#include <string.h>

#include "unit.h"

static bool read_boxes(EngineBoxes *boxes, const char *text, int64_t t_us, Observation *observation,
                       GError **error)
{
    json_t *list = json_loads(text, 0, NULL);
    assert_non_null(list);
    observation_init(observation, t_us);
    const bool fine = engine_boxes_read(boxes, list, observation, error);
    json_decref(list);
    return fine;
}

TEST(boxes_become_tracks_in_order)
{
    EngineBoxes *boxes = engine_boxes_new();
    g_auto(Observation) seen;
    assert_true(
        read_boxes(boxes,
                   "[{\"class\": \"vehicle\", \"id\": 9, \"box\": [0.5, 0.5, 0.2, 0.1], \"confidence\": 1},"
                   " {\"class\": \"person\", \"id\": 2, \"box\": [0, 0, 0.1, 0.4]}]",
                   0, &seen, NULL));
    assert_int_equal(seen.track_count, 2);
    assert_int_equal(seen.tracks[0].id, 2);
    assert_int_equal(seen.tracks[0].class, OBJECT_PERSON);
    assert_int_equal(seen.tracks[1].class, OBJECT_VEHICLE);
    assert_int_equal(seen.tracks[0].state, TRACK_CONFIRMED);
    assert_int_equal(seen.tracks[0].count, 1);
    assert_true(seen.tracks[0].foot.x == 0.05 && seen.tracks[0].foot.y == 0.4);
    assert_true(seen.tracks[0].vx == 0);
    engine_boxes_free(boxes);
}

TEST(an_object_has_a_past_and_a_speed)
{
    EngineBoxes *boxes = engine_boxes_new();
    for (int i = 0; i < 3; i++) {
        g_auto(Observation) seen;
        g_autofree char *text =
            g_strdup_printf("[{\"class\": \"object\", \"id\": 1, \"box\": [%d.%d, 0.5, 0, 0]}]", 0, 2 * i);
        assert_true(read_boxes(boxes, text, 1000000 + i * 500000, &seen, NULL));
        assert_int_equal(seen.tracks[0].first_us, 1000000);
        assert_int_equal(seen.tracks[0].seen_us, 1000000 + i * 500000);
        assert_true(i == 0 || (seen.tracks[0].vx > 0.399 && seen.tracks[0].vx < 0.401));
        assert_true(seen.tracks[0].vy == 0);
    }
    engine_boxes_free(boxes);
}

TEST(what_is_no_box_is_refused)
{
    static const TestPair wrong[] = {
        {"[7]", "boxes[0].class"},
        {"[{\"class\": \"cat\", \"id\": 1, \"box\": [0, 0, 1, 1]}]", "expected person, vehicle or object"},
        {"[{\"class\": \"person\", \"box\": [0, 0, 1, 1]}]", "boxes[0].id"},
        {"[{\"class\": \"person\", \"id\": 1.5, \"box\": [0, 0, 1, 1]}]", "boxes[0].id"},
        {"[{\"class\": \"person\", \"id\": 1, \"box\": [0, 0, 1]}]", "boxes[0].box"},
        {"[{\"class\": \"person\", \"id\": 1, \"box\": [0.5, 0, 0.6, 1]}]",
         "expected a box within the picture"},
        {"[{\"class\": \"person\", \"id\": 1, \"box\": [0, 0, 1, 1], \"confidence\": 2}]",
         "boxes[0].confidence"},
        {"[{\"class\": \"person\", \"id\": 1, \"box\": [0, 0, 1, 1], \"score\": 1}]", "boxes[0].score"},
        {"[{\"class\": \"person\", \"id\": 1, \"box\": [0, 0, 1, 1]}, {\"class\": \"person\", \"id\": 1, "
         "\"box\": [0, "
         "0, 1, 1]}]",
         "each number once in a picture"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        EngineBoxes *boxes = engine_boxes_new();
        g_auto(Observation) seen;
        g_autoptr(GError) error = NULL;
        assert_false(read_boxes(boxes, wrong[i].given, 0, &seen, &error));
        assert_int_equal(error->code, VSAUDIT_ERROR_INPUT);
        if (strstr(error->message, wrong[i].expected) == NULL)
            fail_msg("found “%s”, expected “%s” in it", error->message, wrong[i].expected);
        engine_boxes_free(boxes);
    }
}

UNIT_TESTS(NULL, NULL)
