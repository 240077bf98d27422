/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capsule/canary.h"
#include "capsule/lots.h"
#include "capsule/seal.h"
#include "capsule/sheet.h"

#include "records/error.h"
#include "scratch.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static LotsSeed seed_of(char digit)
{
    LotsSeed seed;
    g_autofree char *text = g_strnfill(64, digit);
    assert_true(lots_seed_parse(text, &seed, NULL));
    g_autofree char *back = lots_seed_text(&seed);
    assert_string_equal(text, back);
    return seed;
}

/* The first eight bytes, little endian, of: printf '%064d' 0 | xxd -r -p; printf 'x\0'; eight zero bytes |
 * sha256sum */
TEST(a_lot_is_the_hash)
{
    const LotsSeed seed = seed_of('0');
    uint8_t bytes[42] = {0};
    bytes[32] = 'x';
    g_autofree char *hex = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, sizeof bytes);
    g_autofree char *first = g_strndup(hex, 16);
    assert_true(GUINT64_FROM_BE(lots_draw(&seed, "x", 0)) == g_ascii_strtoull(first, NULL, 16));
    assert_true(lots_draw(&seed, "x", 0) != lots_draw(&seed, "x", 1));
    assert_true(lots_draw(&seed, "x", 0) != lots_draw(&seed, "y", 0));
    LotsSeed wrong;
    g_autoptr(GError) error = NULL;
    assert_false(lots_seed_parse("12", &wrong, &error));
    assert_int_equal(error->code, VSAUDIT_ERROR_USAGE);
}

TEST(a_shuffle_keeps_all_and_follows_the_seed)
{
    const LotsSeed one = seed_of('1'), two = seed_of('2');
    g_autoptr(GPtrArray) a = g_ptr_array_new(), b = g_ptr_array_new(), c = g_ptr_array_new();
    for (guint i = 1; i <= 40; i++) {
        g_ptr_array_add(a, GUINT_TO_POINTER(i));
        g_ptr_array_add(b, GUINT_TO_POINTER(i));
        g_ptr_array_add(c, GUINT_TO_POINTER(i));
    }
    lots_shuffle(&one, "order", a);
    lots_shuffle(&one, "order", b);
    lots_shuffle(&two, "order", c);
    assert_memory_equal(a->pdata, b->pdata, 40 * sizeof(gpointer));
    assert_memory_not_equal(a->pdata, c->pdata, 40 * sizeof(gpointer));
    for (guint i = 1; i <= 40; i++)
        assert_true(g_ptr_array_find(a, GUINT_TO_POINTER(i), NULL));
}

/* Every scene has one event of its behaviour, at any length and size, and none when it is empty. */
TEST(each_canary_is_beyond_doubt)
{
    static const double lengths[] = {5, 28, 61.5, 500};
    static const uint64_t chances[] = {0, 999, 123456789};
    for (const char *const *behaviour = canary_behaviours(); *behaviour != NULL; behaviour++) {
        const char *const wanted[] = {*behaviour, NULL};
        for (size_t i = 0; i < G_N_ELEMENTS(lengths) * G_N_ELEMENTS(chances); i++) {
            const CanarySpec spec = {.width = 320,
                                     .height = 180,
                                     .rate = 12.5,
                                     .duration_s = lengths[i / 3],
                                     .chance = chances[i % 3]};
            g_autoptr(Script) script = canary_script(*behaviour, false, &spec);
            g_autoptr(GPtrArray) events = canary_events(script, wanted);
            if (events->len != 1)
                fail_msg("%s: %u events", *behaviour, events->len);
            const Event *event = g_ptr_array_index(events, 0);
            assert_true(event->start_us >= 4 * US_PER_SECOND);
            assert_true(event->start_us <= time_from_seconds(script->duration_s) - 6 * US_PER_SECOND);
            g_autoptr(Script) empty = canary_script(*behaviour, true, &spec);
            g_autoptr(GPtrArray) none = canary_events(empty, wanted);
            assert_int_equal(none->len, 0);
            assert_true(empty->duration_s == script->duration_s && empty->width == 320);
        }
    }
}

static Seal *sample_seal(void)
{
    Seal *seal = seal_new();
    seal->seed = g_strnfill(64, 'a');
    seal->audit = g_strdup("audit");
    seal_add_file(seal, "/somewhere/s.yaml", "11");
    seal_add_file(seal, "/somewhere/s.yaml", "11");
    g_ptr_array_add(seal->behaviours, g_strdup("intrusion"));
    static const char *const clips[] = {"x", NULL, "x"};
    for (guint i = 0; i < 3; i++) {
        SealedClip *clip = sealed_clip_new();
        clip->name = g_strdup_printf("clip-%04u", i + 1);
        clip->file = g_strdup_printf("clips/clip-%04u.mp4", i + 1);
        clip->sha256 = g_strdup("22");
        clip->clip = g_strdup(clips[i]);
        clip->dataset = clips[i] != NULL ? g_strdup("d") : NULL;
        clip->appearance = i == 2 ? 2 : 1;
        clip->canary = clips[i] == NULL;
        clip->duration_us = 1500000;
        clip->rate = 12.5;
        if (clip->canary)
            g_ptr_array_add(clip->events, event_new("intrusion", 1, 2));
        g_ptr_array_add(seal->clips, clip);
    }
    return seal;
}

TEST(a_seal_comes_back)
{
    g_autoptr(Seal) seal = sample_seal();
    assert_int_equal(seal->files->len, 1);
    g_autofree char *text = seal_to_text(seal);
    json_t *json = json_loads(text, 0, NULL);
    g_autoptr(Seal) back = seal_from_json(json, "s", NULL);
    assert_non_null(back);
    g_autofree char *again = seal_to_text(back);
    assert_string_equal(text, again);
    const SealedClip *second = seal_find(back, "clip-0003");
    assert_ptr_equal(seal_appearance(back, second, 1), seal_find(back, "clip-0001"));
    assert_null(seal_appearance(back, second, 3));
    assert_int_equal(seal_most(back), 2);
    json_object_set_new(json_array_get(json_object_get(json, "clips"), 0), "file",
                        json_string("clips/../../x"));
    g_autoptr(GError) error = NULL;
    assert_null(seal_from_json(json, "s", &error));
    assert_int_equal(error->code, VSAUDIT_ERROR_INPUT);
    json_decref(json);
}

/* The manifest for programs, whole: what is drawn on a clip in the order of names, its validations in a file
 * beside it, and nothing of where it comes from. */
TEST(the_other_side_is_told_what_is_drawn)
{
    g_autoptr(Seal) seal = sample_seal();
    g_ptr_array_set_size(seal->clips, 2);
    g_autoptr(Scene) scene = scene_new(), bare = scene_new();
    static const Point corners[] = {{0.1, 0.2}, {0.9, 0.2}, {0.5, 0.75}};
    scene_add_zone(scene, "yard", geometry_polygon_new(corners, 3));
    scene_add_zone(scene, "door", geometry_polygon_new(corners, 3));
    scene_add_line(scene, "gate", (Segment){{0, 0.5}, {1, 0.25}});
    scene->validations = g_array_new(FALSE, FALSE, sizeof(int64_t));
    const int64_t times[] = {1500000, 61000001};
    g_array_append_vals(scene->validations, times, 2);
    g_autoptr(GPtrArray) scenes = g_ptr_array_new();
    g_ptr_array_add(scenes, scene);
    g_ptr_array_add(scenes, bare);
    g_autofree char *folder = scratch_path("capsule"), *within = scratch_path("capsule/clips");
    assert_int_equal(g_mkdir_with_parents(within, 0700), 0);
    g_autoptr(GError) error = NULL;
    if (!sheet_write(seal, scenes, folder, &error))
        fail_msg("%s", error->message);
    g_autofree char *path = scratch_path("capsule/dataset.yaml");
    json_t *dataset = json_load_file(path, 0, NULL);
    assert_non_null(dataset);
    char *clips = json_dumps(json_object_get(dataset, "clips"), JSON_COMPACT | JSON_REAL_PRECISION(6));
    assert_string_equal(
        clips, "[{\"id\":\"clip-0001\",\"file\":\"clips/clip-0001.mp4\",\"sha256\":\"22\",\"duration_s\":1.5,"
               "\"coverage\":{\"intrusion\":\"all\"},\"scene\":{\"zones\":{\"door\":[[0.1,0.2],[0.9,0.2],[0."
               "5,0.75]],"
               "\"yard\":[[0.1,0.2],[0.9,0.2],[0.5,0.75]]},\"lines\":{\"gate\":[[0.0,0.5],[1.0,0.25]]},"
               "\"validations\":\"clips/clip-0001.validations.csv\"}},"
               "{\"id\":\"clip-0002\",\"file\":\"clips/clip-0002.mp4\",\"sha256\":\"22\",\"duration_s\":1.5,"
               "\"coverage\":{\"intrusion\":\"all\"}}]");
    free(clips);
    json_decref(dataset);
    g_autofree char *beside = scratch_path("capsule/clips/clip-0001.validations.csv"), *text = NULL;
    assert_true(g_file_get_contents(beside, &text, NULL, NULL));
    assert_string_equal(text, "time_s\n1.500\n61.000001\n");
    /* What cannot be written is an error: the folder of the clips is gone. */
    scratch_remove(within);
    assert_false(sheet_write(seal, scenes, folder, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS));
}

UNIT_TESTS(scratch_make, scratch_drop)
