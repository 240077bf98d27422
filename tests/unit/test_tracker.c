/* SPDX-License-Identifier: GPL-3.0-or-later */
/* perception/tracker: blobs without pictures become tracks. Ten pictures a second. */
#include "perception/settings.h"
#include "perception/tracker.h"

#include <math.h>
#include <string.h>

#include "unit.h"

enum { WIDTH = 400, HEIGHT = 300 };

static const PerceptionSettings settings = {.confirm_us = 300000, .coast_us = 2000000, .hold_us = 5000000};

typedef struct {
    Tracker *tracker;
    GArray *blobs; /* of the next picture */
    int64_t t_us;
} Try;

static void try_set_up(Try *try)
{
    *try = (Try){tracker_new(&settings, WIDTH, HEIGHT), g_array_new(FALSE, FALSE, sizeof(Blob)), 0};
}

static void try_clear(Try *try)
{
    tracker_free(try->tracker);
    g_array_unref(try->blobs);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Try, try_clear)

static void show(Try *try, int x, int y, int w, int h)
{
    const Blob blob = {{x, y, w, h}, (int64_t)w * h, x + w / 2.0, y + h / 2.0, OBJECT_UNKNOWN};
    g_array_append_val(try->blobs, blob);
}

static void next(Try *try)
{
    tracker_update(try->tracker, try->blobs, try->t_us);
    g_array_set_size(try->blobs, 0);
    try->t_us += 100000;
}

static guint count(const Try *try)
{
    return tracker_tracks(try->tracker)->len;
}

static Track *track(const Try *try, guint i)
{
    assert_true(i < count(try));
    return g_ptr_array_index(tracker_tracks(try->tracker), i);
}

/* Somebody who walks to the right, `pictures` long, from x on; believed in the end. */
static int walk(Try *try, int x, int y, int pictures)
{
    for (int i = 0; i < pictures; i++, x += 4) {
        show(try, x, y, 20, 50);
        next(try);
    }
    return x;
}

TEST(a_box_is_cut_to_the_picture)
{
    static const struct {
        double x, foot, w, h;
        VisionRect box;
    } cases[] = {
        {100, 200, 20, 50, {90, 150, 20, 50}},  {4, 200, 20, 50, {0, 150, 14, 50}},
        {396, 200, 20, 50, {386, 150, 14, 50}}, {100, 30, 20, 50, {90, 0, 20, 30}},
        {100, 320, 20, 50, {90, 270, 20, 30}},  {-20, -5, 20, 50, {0, 0, 0, 0}},
        {430, 400, 20, 50, {400, 300, 0, 0}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Track one = {
            .x = {.x = cases[i].x}, .foot = {.x = cases[i].foot}, .w = cases[i].w, .h = cases[i].h};
        const VisionRect box = track_box(&one, WIDTH, HEIGHT);
        assert_memory_equal(&box, &cases[i].box, sizeof box);
    }
}

/* Believed when it has been seen long enough and has come away from where it began; sways are not believed.
 */
TEST(who_moves_is_believed)
{
    g_auto(Try) moves, sways;
    try_set_up(&moves);
    try_set_up(&sways);
    for (int i = 0; i < 30; i++) {
        show(&moves, 50 + 4 * i, 100, 20, 50);
        next(&moves);
        show(&sways, 50 + (i % 4 < 2 ? 4 : 0), 100, 20, 50);
        next(&sways);
        assert_int_equal(count(&moves), 1);
        assert_int_equal(track(&moves, 0)->id, 1);
        assert_int_equal(track(&moves, 0)->hits, i + 1);
        assert_int_equal(track(&sways, 0)->state, TRACK_TENTATIVE);
        /* 0.6 of a size (the root of 20 x 50) are 19 pixels: five pictures, with what the filter lags behind
         */
        if (i < 4)
            assert_int_equal(track(&moves, 0)->state, TRACK_TENTATIVE);
        if (i >= 7)
            assert_int_equal(track(&moves, 0)->state, TRACK_CONFIRMED);
    }
    const VisionRect box = track_box(track(&moves, 0), WIDTH, HEIGHT);
    assert_true(abs(box.x - 166) <= 1 && box.y == 100 && box.w == 20 && box.h == 50);
    assert_true(fabs(track(&moves, 0)->x.v - 40) < 2 && fabs(track(&moves, 0)->foot.v) < 1);
}

TEST(who_is_not_seen_is_kept_for_a_while)
{
    g_auto(Try) try;
    try_set_up(&try);
    show(&try, 50, 100, 20, 50); /* once only */
    next(&try);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(count(&try), 1);
        next(&try);
    }
    assert_int_equal(count(&try), 0);
    walk(&try, 50, 100, 15);
    assert_int_equal(track(&try, 0)->id, 2); /* ids are not used again */
    for (int i = 0; i < 20; i++) {
        next(&try);
        assert_int_equal(track(&try, 0)->state, TRACK_COASTING);
        assert_int_equal(track(&try, 0)->misses, i + 1);
    }
    /* it slows down: the way of half a second at 40 pixels a second */
    assert_true(fabs(track(&try, 0)->x.x - (50 + 4 * 14 + 10 + 20)) < 4);
    next(&try);
    assert_int_equal(count(&try), 0);
    /* when nothing can be said about blobs, tracks coast as well */
    walk(&try, 50, 100, 15);
    tracker_update(try.tracker, NULL, try.t_us);
    assert_int_equal(track(&try, 0)->state, TRACK_COASTING);
    /* who has left the picture is not waited for */
    g_auto(Try) leaves;
    try_set_up(&leaves);
    walk(&leaves, 345, 100, 14); /* 397 in the last one */
    assert_int_equal(track(&leaves, 0)->state, TRACK_CONFIRMED);
    for (int i = 0; i < 2; i++)
        next(&leaves);
    assert_int_equal(count(&leaves), 0);
}

TEST(who_stands_is_held)
{
    g_auto(Try) try;
    try_set_up(&try);
    const int x = walk(&try, 50, 100, 15);
    assert_false(track_is_held(track(&try, 0), &settings, try.t_us - 100000));
    const int64_t since_us = track(&try, 0)->anchor_us;
    while (try.t_us < since_us + settings.hold_us + 1000000) {
        show(&try, x - 4, 100, 20, 50);
        next(&try);
        const int64_t now_us = try.t_us - 100000, still_us = now_us - track(&try, 0)->anchor_us;
        assert_true(track_is_held(track(&try, 0), &settings, now_us) ==
                    (still_us >= US_PER_SECOND / 2 && still_us < settings.hold_us));
    }
    assert_false(track_is_held(track(&try, 0), &settings, try.t_us));
}

/* The pieces of one believed track are one; another track among them leaves them apart. */
TEST(pieces_are_one)
{
    g_auto(Try) try;
    try_set_up(&try);
    const int x = walk(&try, 50, 100, 15);
    show(&try, x + 2, 128, 16, 22);
    show(&try, x, 100, 20, 20);
    next(&try);
    assert_int_equal(count(&try), 1);
    const Blob *whole = &track(&try, 0)->blob;
    const VisionRect box = {x, 100, 20, 50};
    assert_memory_equal(&whole->box, &box, sizeof box);
    assert_int_equal(whole->area, 16 * 22 + 20 * 20);
    assert_true(fabs(whole->cx - (x + 10)) < 1e-9);
    assert_true(fabs(whole->cy - (139.0 * 352 + 110.0 * 400) / 752) < 1e-9);
    /* what lies mostly beside it is no piece */
    g_auto(Try) beside;
    try_set_up(&beside);
    const int at = walk(&beside, 50, 100, 15);
    show(&beside, at, 100, 20, 50);
    show(&beside, at + 18, 100, 20, 50);
    next(&beside);
    assert_int_equal(count(&beside), 2);
}

/* Two who meet and part keep their ids, and their sizes while they are one blob. */
TEST(who_crosses_keeps_the_id)
{
    g_auto(Try) try;
    try_set_up(&try);
    for (int i = 0; i < 60; i++) {
        const int a = 60 + 4 * i, b = 296 - 4 * i, left = MIN(a, b), right = MAX(a, b) + 20;
        if (right - left > 44) {
            show(&try, a, 100, 20, 50);
            show(&try, b, 90, 20, 60);
        } else {
            show(&try, left, 90, right - left, 60);
        }
        next(&try);
        assert_int_equal(count(&try), 2);
        assert_int_equal(track(&try, 0)->id, 1);
        assert_int_equal(track(&try, 1)->id, 2);
        if (i >= 10) {
            assert_true(fabs(track(&try, 0)->x.x - (a + 10)) < 8);
            assert_true(fabs(track(&try, 1)->x.x - (b + 10)) < 8);
            assert_true(fabs(track(&try, 0)->h - 50) < 3 && fabs(track(&try, 1)->h - 60) < 3);
            assert_true(track(&try, 0)->w < 24 && track(&try, 1)->w < 24);
            assert_int_equal(track(&try, 0)->alone, right - left > 44);
        }
    }
}

/* Something new beside a track of several people is one of them; beside one person, or far away, it is not.
 */
TEST(one_parts_from_a_group)
{
    static const struct {
        int64_t before;
        int away;
        int64_t after;
    } cases[] = {{3, 22, 2}, {2, 22, 1}, {1, 22, 1}, {3, 26, 2}, {3, 60, 3}, {1, 60, 1}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Try) try;
        try_set_up(&try);
        const int x = walk(&try, 50, 100, 15);
        track(&try, 0)->count = cases[i].before;
        track(&try, 0)->votes.people = 9;
        show(&try, x, 100, 20, 50);
        show(&try, x + cases[i].away, 100, 20, 50);
        next(&try);
        assert_int_equal(count(&try), 2);
        assert_int_equal(track(&try, 1)->count, 1);
        assert_int_equal(track(&try, 0)->count, cases[i].after);
        const bool parted = cases[i].after != cases[i].before;
        assert_true(track(&try, 0)->votes.people == (parted ? (double)cases[i].after : 9));
    }
}

UNIT_TESTS(NULL, NULL)
