/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidates of fire on pictures that are made here: flames, veils, and what is neither. */
#include "perception/fire.h"

#include <math.h>
#include <string.h>

#include "unit.h"

#define W 320
#define H 180
#define STEP_US 80000

static uint8_t pixels[W * H * 3];

static void put(int x, int y, double b, double g, double r)
{
    uint8_t *pixel = pixels + 3 * (y * W + x);
    pixel[0] = (uint8_t)b;
    pixel[1] = (uint8_t)g;
    pixel[2] = (uint8_t)r;
}

/* Grey ground with dark and light stripes, so that there are edges to fade. */
static void draw_ground(void)
{
    for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
            const double grey = ((x / 8 + y / 8) & 1) != 0 ? 80 : 120;
            put(x, y, grey, grey, grey);
        }
    }
}

static void fill(int x0, int y0, int x1, int y1, double b, double g, double r)
{
    for (int y = y0; y < y1; y++) {
        for (int x = x0; x < x1; x++)
            put(x, y, b, g, r);
    }
}

static void draw_veil(int x0, int y0, int x1, int y1, double grey, double share)
{
    for (int y = y0; y < y1; y++) {
        for (int x = x0; x < x1; x++) {
            const double before = pixels[3 * (y * W + x)];
            const double value = before + share * (grey - before);
            put(x, y, value, value, value);
        }
    }
}

typedef void (*Draw)(int picture);

/* Shows `pictures` pictures of the scene; the last observation is the caller's. */
static void show(Draw draw, int pictures, Observation *last)
{
    FireFinder *finder = fire_finder_new();
    const VisionImage colour = {W, H, 3, W * 3, pixels};
    vision_start();
    for (int i = 0; i < pictures; i++) {
        draw_ground();
        draw(i);
        Observation observation;
        observation_init(&observation, (int64_t)i * STEP_US);
        GError *error = NULL;
        assert_true(fire_finder_observe(finder, &colour, observation.t_us, &observation, &error));
        assert_true(observation.fires_measured);
        if (i + 1 == pictures)
            *last = observation;
        else
            observation_clear(&observation);
    }
    fire_finder_free(finder);
}

static void no_scene(int picture)
{
    (void)picture;
}

static void flames(int picture)
{
    if (picture < 25)
        return;
    const int tall = 10 + picture / 4 + (picture * 7) % 11;
    fill(150, 120 - tall, 170, 120, 30, 110 + (picture * 53) % 90, 240);
}

static void orange_wall(int picture)
{
    if (picture >= 25)
        fill(150, 80, 170, 120, 30, 140, 240);
}

static void first_picture_orange(int picture)
{
    (void)picture;
    fill(150, 80, 170, 120, 30, 140, 240);
}

static void smoke(int picture)
{
    if (picture >= 25)
        draw_veil(120, 120 - (picture - 20), 180, 120, 165, 0.55 + 0.05 * sin(picture));
}

static void dark_coat(int picture)
{
    if (picture >= 25)
        fill(60 + picture, 90, 90 + picture, 150, 45, 42, 40);
}

TEST(flames_flicker_and_are_told_with_their_place)
{
    g_auto(Observation) early, late;
    show(flames, 60, &early);
    show(flames, 110, &late);
    assert_int_equal(early.fire_count, 1);
    assert_int_equal(late.fire_count, 1);
    const FireObservation *fire = &late.fires[0];
    assert_int_equal(fire->kind, FIRE_FLAME);
    assert_int_equal(fire->since_us, 25 * STEP_US);
    assert_true(fire->flicker > 0.03);
    assert_true(fire->area > 1.3 * early.fires[0].area);
    assert_true(fabs(fire->box.x + fire->box.w / 2 - 0.5) < 0.02);
    assert_true(fabs(fire->box.y + fire->box.h - 120.0 / H) < 0.02);
}

TEST(steady_colour_does_not_flicker)
{
    g_auto(Observation) last;
    show(orange_wall, 90, &last);
    assert_int_equal(last.fire_count, 1);
    assert_true(last.fires[0].flicker < 0.01);
    assert_true(fabs(last.fires[0].area - 20.0 * 40 / (W * H)) < 0.002);
}

TEST(what_is_there_from_the_start_is_no_candidate)
{
    g_auto(Observation) last;
    show(first_picture_orange, 90, &last);
    assert_int_equal(last.fire_count, 0);
}

TEST(a_veil_that_hides_edges_is_smoke)
{
    g_auto(Observation) last;
    show(smoke, 90, &last);
    assert_int_equal(last.fire_count, 1);
    assert_int_equal(last.fires[0].kind, FIRE_SMOKE);
    assert_true(last.fires[0].share > 0.5);
    assert_true(last.fires[0].box.h > 0.3);
}

/* From picture 60 on it burns one width further to the right. */
static void flames_that_spread(int picture)
{
    const int left = picture < 60 ? 150 : 172, tall = 30 + (picture * 7) % 11;
    if (picture >= 25)
        fill(left, 120 - tall, left + 20, 120, 30, 110 + (picture * 53) % 90, 240);
}

/* A place belongs to a fire for a second after it last looked like one. */
TEST(what_burned_just_now_is_held_for_a_second)
{
    g_auto(Observation) before, soon, later;
    show(flames_that_spread, 60, &before);
    show(flames_that_spread, 69, &soon);
    show(flames_that_spread, 78, &later);
    assert_int_equal(before.fire_count, 1);
    assert_int_equal(soon.fire_count, 1);
    assert_int_equal(later.fire_count, 1);
    assert_true(fabs(before.fires[0].box.w * W - 20) < 2);
    assert_true(fabs(soon.fires[0].box.w * W - 42) < 2);
    assert_true(fabs(later.fires[0].box.w * W - 20) < 2);
}

TEST(a_thing_that_moves_is_no_smoke)
{
    g_auto(Observation) last;
    show(dark_coat, 90, &last);
    assert_int_equal(last.fire_count, 0);
}

TEST(nothing_is_measured_as_nothing)
{
    g_auto(Observation) last;
    show(no_scene, 30, &last);
    assert_int_equal(last.fire_count, 0);
}

UNIT_TESTS(NULL, NULL)
