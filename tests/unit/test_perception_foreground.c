/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The background model and what tells a thing from light, from a hole and from a camera that drifts. */
#include "perception/foreground.h"

#include "perception/light.h"
#include "perception/mixture.h"
#include "perception/outline.h"
#include "perception/picture.h"
#include "perception/statics.h"

#include <math.h>
#include <string.h>

#include "unit.h"

enum { WIDTH = 160, HEIGHT = 120 };

/* Bricks of many greys, moved by (dx, dy). */
static void paint_wall(VisionImage *picture, int dx, int dy)
{
    for (int y = 0; y < picture->height; y++) {
        for (int x = 0; x < picture->width; x++) {
            uint32_t mix =
                (uint32_t)((x - dx + 600) / 9) * 2654435761u ^ (uint32_t)((y - dy + 600) / 7) * 2246822519u;
            mix ^= mix >> 15;
            mix *= 3266489917u;
            const uint8_t grey = (uint8_t)(90 + (mix >> 16) % 70);
            for (int c = 0; c < picture->channels; c++)
                picture->data[y * picture->stride + picture->channels * x + c] = grey;
        }
    }
}

static void paint_box(VisionImage *picture, int left, int top, int w, int h, int level)
{
    for (int y = top; y < top + h; y++)
        memset(picture->data + y * picture->stride + picture->channels * left, level,
               (size_t)picture->channels * (size_t)w);
}

/* Multiplies what is there. */
static void shine(VisionImage *picture, int left, int top, int w, int h, double factor)
{
    for (int y = top; y < top + h; y++) {
        for (int i = 3 * left; i < 3 * (left + w); i++) {
            uint8_t *p = picture->data + y * picture->stride + i;
            *p = (uint8_t)CLAMP(lround(factor * *p), 0, 255);
        }
    }
}

typedef struct {
    PerceptionSettings *settings;
    Foreground *foreground;
    VisionImage picture;
    int64_t t_us;
} Scene;

static void scene_show(Scene *scene)
{
    assert_true(foreground_find(scene->foreground, &scene->picture, scene->t_us, NULL));
    foreground_learn(scene->foreground, NULL, 0);
    scene->t_us += 100000;
}

static void scene_open(Scene *scene)
{
    vision_start();
    memset(scene, 0, sizeof *scene);
    scene->settings = perception_settings_new(NULL, NULL);
    scene->foreground = foreground_new(scene->settings);
    picture_init(&scene->picture, WIDTH, HEIGHT, 3);
    for (int i = 0; i < 25; i++) {
        paint_wall(&scene->picture, 0, 0);
        scene_show(scene);
    }
}

static void scene_close(Scene *scene)
{
    foreground_free(scene->foreground);
    perception_settings_free(scene->settings);
    picture_clear(&scene->picture);
}

static guint blobs(const Scene *scene)
{
    return foreground_blobs(scene->foreground)->len;
}

TEST(light_and_shadow_are_no_things)
{
    static const double factors[] = {0.6, 0.7, 0.85, 1.15, 1.3};
    Scene scene;
    scene_open(&scene);
    for (size_t i = 0; i < G_N_ELEMENTS(factors); i++) {
        paint_wall(&scene.picture, 0, 0);
        shine(&scene.picture, 40, 30, 50, 40, factors[i]);
        scene_show(&scene);
        assert_int_equal(blobs(&scene), 0);
        assert_true(foreground_share(scene.foreground) < 0.02);
    }
    scene_close(&scene);
}

/* A camera that opens or closes its iris: the picture is brought back to the background's brightness, to its
 * last corner, and what came in meanwhile is seen. Beyond two and a half times it is another light, not an
 * iris. */
TEST(an_iris_changes_nothing)
{
    static const struct {
        double factor;
        bool same;
    } cases[] = {{0.6, true}, {0.8, true}, {1.3, true}, {0.35, false}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Scene scene;
        scene_open(&scene);
        paint_box(&scene.picture, 60, 30, 20, 50, 20);
        shine(&scene.picture, 0, 0, WIDTH, HEIGHT, cases[i].factor);
        assert_true(foreground_find(scene.foreground, &scene.picture, scene.t_us, NULL));
        const VisionImage *shown = foreground_picture(scene.foreground),
                          *wall = foreground_background(scene.foreground);
        int wrong = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < 3 * WIDTH; x++) {
                const bool thing = x >= 3 * 54 && x < 3 * 86 && y >= 24 && y < 86;
                wrong +=
                    !thing && abs(shown->data[y * shown->stride + x] - wall->data[y * wall->stride + x]) > 4;
            }
        }
        if ((wrong == 0) != cases[i].same)
            fail_msg("%g: %d differ", cases[i].factor, wrong);
        if (cases[i].same) {
            assert_int_equal(blobs(&scene), 1);
            assert_false(foreground_is_unsettled(scene.foreground));
        }
        scene_close(&scene);
    }
}

TEST(a_grey_thing_on_a_grey_wall_is_one)
{
    Scene scene;
    scene_open(&scene);
    paint_wall(&scene.picture, 0, 0);
    paint_box(&scene.picture, 60, 30, 20, 50, 95); /* only darker than most bricks, as a shadow would be */
    scene_show(&scene);
    assert_int_equal(blobs(&scene), 1);
    const Blob *blob = &g_array_index(foreground_blobs(scene.foreground), Blob, 0);
    assert_true(abs(blob->box.x - 60) <= 4 && abs(blob->box.w - 20) <= 8 && abs(blob->box.h - 50) <= 8);
    scene_close(&scene);
}

/* A head, and legs from `top` on. */
static void show_two(Scene *scene, int top, int h)
{
    paint_box(&scene->picture, 63, 30, 10, 10, 20);
    paint_box(&scene->picture, 61, top, 14, h, 20);
    scene_show(scene);
}

/* A head, a coat that could be light on the wall, and legs; then the same light without a body. */
TEST(a_broken_body_is_one)
{
    Scene scene;
    scene_open(&scene);
    paint_wall(&scene.picture, 0, 0);
    shine(&scene.picture, 60, 40, 16, 28, 1.25);
    show_two(&scene, 68, 14);
    assert_int_equal(blobs(&scene), 1);
    const VisionRect *box = &g_array_index(foreground_blobs(scene.foreground), Blob, 0).box;
    assert_true(abs(box->y - 30) <= 3 && abs(box->h - 52) <= 5 && box->w <= 20);
    /* two things with nothing between them stay two */
    paint_wall(&scene.picture, 0, 0);
    show_two(&scene, 68, 14);
    assert_int_equal(blobs(&scene), 2);
    /* and so do two at the ends of a long patch of light */
    paint_wall(&scene.picture, 0, 0);
    shine(&scene.picture, 60, 10, 16, 100, 1.25);
    show_two(&scene, 68, 14);
    assert_int_equal(blobs(&scene), 2);
    /* and two in a patch of light that reaches well below them: they do not span it */
    paint_wall(&scene.picture, 0, 0);
    shine(&scene.picture, 60, 30, 16, 72, 1.25);
    show_two(&scene, 66, 16);
    assert_int_equal(blobs(&scene), 2);
    scene_close(&scene);
}

TEST(the_background_follows_a_camera)
{
    Scene scene;
    scene_open(&scene);
    paint_wall(&scene.picture, 3, -2);
    assert_true(foreground_find(scene.foreground, &scene.picture, scene.t_us, NULL));
    assert_true(foreground_share(scene.foreground) > 0.1);
    foreground_move(scene.foreground, 3, -2);
    assert_true(foreground_find(scene.foreground, &scene.picture, scene.t_us + 100000, NULL));
    assert_true(foreground_share(scene.foreground) < 0.01);
    scene_close(&scene);
}

/* A picture of another kind in the midst of a stream. */
TEST(a_picture_that_does_not_fit_is_an_error)
{
    Scene scene;
    scene_open(&scene);
    VisionImage grey;
    picture_init(&grey, WIDTH, HEIGHT, 1);
    g_autoptr(GError) error = NULL;
    assert_false(foreground_find(scene.foreground, &grey, scene.t_us, &error));
    assert_true(error != NULL && g_str_has_prefix(error->message, "perception: smoothing: "));
    picture_clear(&grey);
    scene_close(&scene);
}

TEST(what_is_protected_is_not_learnt)
{
    for (int protect = 0; protect < 2; protect++) {
        Scene scene;
        scene_open(&scene);
        const VisionRect box = {60, 30, 20, 50};
        for (int i = 0; i < 300; i++) { /* 30 s; the model's memory is 120 s, a tenth of it is enough */
            paint_wall(&scene.picture, 0, 0);
            paint_box(&scene.picture, box.x, box.y, box.w, box.h, 20);
            assert_true(foreground_find(scene.foreground, &scene.picture, scene.t_us, NULL));
            foreground_learn(scene.foreground, &box, (size_t)protect);
            scene.t_us += 100000;
        }
        assert_int_equal(blobs(&scene), protect);
        foreground_forget(scene.foreground, &box);
        scene_show(&scene);
        assert_int_equal(blobs(&scene), 0);
        scene_close(&scene);
    }
}

/* The boxes that the finder keeps from being learnt, half a second after a dark thing was put down, when the
 * least area of a thing is that many pixels; *area is that of the thing. */
static guint held_of_least(double least, int64_t *area)
{
    Scene scene;
    scene_open(&scene);
    for (scene.settings->min_area = least / (WIDTH * HEIGHT);
         scene.settings->min_area * WIDTH * HEIGHT < least;)
        scene.settings->min_area = nextafter(scene.settings->min_area, 1);
    assert_true(scene.settings->min_area * WIDTH * HEIGHT == least);
    StaticFinder *finder = static_finder_new(scene.settings, NULL);
    g_autoptr(GPtrArray) nobody = g_ptr_array_new();
    g_autoptr(GArray) held = g_array_new(FALSE, FALSE, sizeof(VisionRect));
    VisionImage grey;
    picture_init(&grey, WIDTH, HEIGHT, 1);
    for (int i = 0; i < 10; i++) {
        paint_wall(&scene.picture, 0, 0);
        if (i >= 2)
            paint_box(&scene.picture, 60, 40, 24, 30, 15);
        for (int y = 0; y < HEIGHT; y++)
            for (int x = 0; x < WIDTH; x++)
                grey.data[y * grey.stride + x] = scene.picture.data[y * scene.picture.stride + 3 * x];
        assert_true(foreground_find(scene.foreground, &scene.picture, scene.t_us, NULL));
        assert_true(static_finder_update(finder, &grey, scene.foreground, nobody, scene.t_us, NULL));
        scene.t_us += 100000;
    }
    g_autoptr(GArray) things = components_find(foreground_mask(scene.foreground), 255);
    assert_int_equal(things->len, 1);
    *area = g_array_index(things, Component, 0).area;
    static_finder_add_held(finder, held, scene.t_us);
    const guint count = held->len;
    static_finder_free(finder);
    picture_clear(&grey);
    scene_close(&scene);
    return count;
}

/* “Smaller things are not taken for one”: one of just that size is. */
TEST(a_thing_of_the_least_size_is_one)
{
    int64_t area = 0, same = 0;
    assert_int_equal(held_of_least(10, &area), 1);
    assert_true(area > 600 && area < 900);
    assert_int_equal(held_of_least((double)area, &same), 1);
    assert_int_equal(same, area);
    assert_int_equal(held_of_least((double)area + 1, &same), 0);
}

TEST(a_hole_is_told_from_a_thing)
{
    VisionImage wall, thing, mask;
    picture_init(&wall, WIDTH, HEIGHT, 3);
    picture_init(&thing, WIDTH, HEIGHT, 3);
    picture_init(&mask, WIDTH, HEIGHT, 1);
    paint_wall(&wall, 0, 0);
    paint_wall(&thing, 0, 0);
    const VisionRect box = {50, 40, 24, 30};
    paint_box(&thing, box.x, box.y, box.w, box.h, 15);
    paint_box(&mask, box.x, box.y, box.w, box.h, 255);
    assert_true(outline_is_hole(&mask, &box, &wall, &thing));
    assert_true(outline_is_ghost(&mask, &box, &wall, &thing));
    assert_false(outline_is_hole(&mask, &box, &thing, &wall));
    assert_false(outline_is_ghost(&mask, &box, &thing, &wall));
    picture_clear(&wall);
    picture_clear(&thing);
    picture_clear(&mask);
}

TEST(a_pixel_may_have_two_colours)
{
    Mixture *mixture = mixture_new(1, 1, 16);
    uint8_t colour[3] = {40, 40, 40}, label = 0, skip = 0;
    VisionImage picture = {1, 1, 3, 3, colour}, labels = {1, 1, 1, 1, &label}, none = {1, 1, 1, 1, &skip};
    mixture_restart(mixture, &picture);
    for (int i = 0; i < 200; i++) { /* leaves: now the one, now the other */
        memset(colour, i % 2 == 0 ? 200 : 40, 3);
        mixture_learn(mixture, &picture, &none, 0.02, 0.02);
    }
    static const int levels[] = {40, 200, 120};
    for (size_t i = 0; i < 3; i++) {
        colour[0] = (uint8_t)levels[i];
        colour[1] = (uint8_t)levels[i];
        colour[2] = (uint8_t)levels[i];
        mixture_classify(mixture, &picture, &labels);
        assert_int_equal(label, i < 2 ? MIXTURE_BACKGROUND : MIXTURE_SHADOW); /* 120 of 200 */
    }
    skip = 255;
    for (int i = 0; i < 200; i++)
        mixture_learn(mixture, &picture, &none, 0.02, 0.02);
    mixture_classify(mixture, &picture, &labels);
    assert_int_not_equal(label, MIXTURE_BACKGROUND); /* what is skipped is not learnt */
    colour[2] = 255;
    mixture_classify(mixture, &picture, &labels);
    assert_int_equal(label, MIXTURE_FOREGROUND); /* another colour is no shadow */
    mixture_free(mixture);
}

UNIT_TESTS(NULL, NULL)
