/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Perception on picture sequences painted here: rectangles that move, hide, stop; light, cover, blur, shift.
 */
#include "stage.h"

#include "perception/perception.h"

#include <math.h>
#include <string.h>

#include "unit.h"

static const TrackObservation *find_track(const Observation *seen, double x, double y)
{
    for (size_t i = 0; i < seen->track_count; i++) {
        const TrackObservation *track = &seen->tracks[i];
        const Box box = track->box;
        const bool inside = x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
        if (track->state != TRACK_TENTATIVE && inside)
            return track;
    }
    return NULL;
}

static size_t count_believed(const Observation *seen)
{
    size_t count = 0;
    for (size_t i = 0; i < seen->track_count; i++)
        count += seen->tracks[i].state == TRACK_CONFIRMED;
    return count;
}

TEST(crossing_boxes_keep_their_ids)
{
    Stage stage;
    stage_open(&stage);
    stage_show_wall(&stage, 15);
    int64_t right = 0, left = 0;
    for (int i = 0; i < 34; i++) {
        stage_paint_wall(&stage, 0, 0, 1);
        const double a = 10 + 5.0 * i, b = 170 - 5.0 * i;
        stage_paint_box(&stage, a, 50, 12, 30, 20, 20, 230);
        stage_paint_box(&stage, b, 58, 12, 30, 230, 30, 20);
        const Observation *seen = stage_show(&stage);
        if (i == 10) {
            const TrackObservation *first = find_track(seen, (a + 6) / WIDTH, 0.45);
            const TrackObservation *second = find_track(seen, (b + 6) / WIDTH, 0.5);
            assert_true(first != NULL && second != NULL && first->id != second->id);
            right = first->id;
            left = second->id;
            assert_true(fabs(first->vx - 50.0 / WIDTH) < 0.06 && fabs(second->vx + 50.0 / WIDTH) < 0.06);
        }
        if (i == 30) {
            const TrackObservation *first = find_track(seen, (a + 6) / WIDTH, 0.45);
            const TrackObservation *second = find_track(seen, (b + 6) / WIDTH, 0.5);
            assert_true(first != NULL && second != NULL);
            assert_int_equal(first->id, right);
            assert_int_equal(second->id, left);
            assert_int_equal(count_believed(seen), 2);
        }
    }
    stage_close(&stage);
}

TEST(short_occlusion_keeps_the_id)
{
    Stage stage;
    stage_open(&stage);
    int64_t id = 0;
    bool coasted = false;
    for (int i = -15; i < 36; i++) {
        stage_paint_wall(&stage, 0, 0, 1);
        stage_paint_box(&stage, 8 + 5.0 * i, 60, 12, 30, 20, 20, 230);
        stage_paint_box(&stage, 90, 0, 26, HEIGHT, 60, 120, 60); /* a pillar that was always there */
        const Observation *seen = stage_show(&stage);
        const double x = (14 + 5.0 * i) / WIDTH;
        const TrackObservation *track = find_track(seen, x, 0.5);
        if (i == 13) {
            assert_non_null(track);
            id = track->id;
        }
        for (size_t k = 0; k < seen->track_count && i > 13; k++)
            coasted |= seen->tracks[k].id == id && seen->tracks[k].state == TRACK_COASTING;
        if (i == 28) {
            assert_non_null(track);
            assert_int_equal(track->id, id);
            assert_int_equal(track->state, TRACK_CONFIRMED);
        }
    }
    assert_true(coasted);
    stage_close(&stage);
}

TEST(shadows_are_no_foreground)
{
    Stage stage;
    stage_open(&stage);
    stage_show_wall(&stage, 20);
    double shadow = 0, object = 0;
    for (int i = 0; i < 10; i++) {
        stage_paint_wall(&stage, 0, 0, 1);
        for (int y = 60; y < 100; y++)
            for (int x = 40 + 4 * i; x < 80 + 4 * i; x++)
                for (int c = 0; c < 3; c++)
                    stage.canvas.bgr[y][x][c] = (uint8_t)(0.7 * stage.canvas.bgr[y][x][c]);
        shadow = fmax(shadow, stage_show(&stage)->motion.foreground_share);
    }
    stage_show_wall(&stage, 5);
    for (int i = 0; i < 10; i++) {
        stage_paint_wall(&stage, 0, 0, 1);
        stage_paint_box(&stage, 40 + 4 * i, 60, 40, 40, 20, 20, 230);
        object = fmax(object, stage_show(&stage)->motion.foreground_share);
    }
    assert_true(shadow < 0.01);
    assert_true(object > 0.05);
    stage_close(&stage);
}

TEST(a_light_switch_gives_no_tracks)
{
    static const double gains[] = {0.3, 0.75, 1.5};
    for (size_t k = 0; k < G_N_ELEMENTS(gains); k++) {
        Stage stage;
        stage_open(&stage);
        stage_show_wall(&stage, 20);
        for (int i = 0; i < 20; i++) {
            stage_paint_wall(&stage, 0, 0, gains[k]);
            assert_int_equal(count_believed(stage_show(&stage)), 0);
        }
        stage_close(&stage);
    }
}

TEST(automatic_exposure_is_no_foreground)
{
    Stage stage;
    stage_open(&stage);
    stage_show_wall(&stage, 20);
    double most = 0;
    for (int i = 0; i < 20; i++) {
        stage_paint_wall(&stage, 0, 0, 1 + 0.015 * i); /* up to 30 % brighter, less than a switch of light */
        most = fmax(most, stage_show(&stage)->motion.foreground_share);
    }
    assert_true(most < 0.02);
    stage_close(&stage);
}

TEST(a_stopped_thing_stays_a_track)
{
    Stage stage;
    stage_open(&stage);
    stage_show_wall(&stage, 15);
    const Observation *seen = NULL;
    for (int i = 0; i < 120; i++) {
        stage_paint_wall(&stage, 0, 0, 1);
        stage_paint_box(&stage, MIN(4 * i, 80), 60, 40, 22, 20, 20, 230);
        seen = stage_show(&stage);
    }
    const TrackObservation *track = find_track(seen, 100.0 / WIDTH, 71.0 / HEIGHT);
    assert_non_null(track);
    assert_int_equal(track->state, TRACK_CONFIRMED);
    assert_true(fabs(track->vx) < 0.01);
    assert_int_equal(track->class, OBJECT_VEHICLE);
    stage_close(&stage);
}

TEST(a_thing_left_is_static_after_its_delay)
{
    Stage stage;
    stage_open(&stage);
    stage_show_wall(&stage, 20);
    double first = NAN;
    bool removed = true;
    for (int i = 0; i < 120; i++) {
        stage_paint_wall(&stage, 0, 0, 1);
        stage_paint_box(&stage, 90, 80, 16, 14, 20, 20, 230);
        const Observation *seen = stage_show(&stage);
        if (seen->static_count > 0 && isnan(first)) {
            first = i / STAGE_RATE;
            removed = seen->statics[0].removed;
            assert_int_equal(seen->static_count, 1);
            assert_true(fabs(seen->statics[0].box.x - 90.0 / WIDTH) < 0.03);
        }
    }
    assert_true(first > 4.8 && first < 7);
    assert_false(removed);
    stage_close(&stage);
}

TEST(quality_tells_cover_blur_and_shift)
{
    Stage stage;
    stage_open(&stage);
    stage_show_wall(&stage, 12);
    const QualityObservation *q = &stage.seen.quality;
    assert_true(q->edge_similarity > 0.95 && q->covered_share < 0.02 && q->changed_share < 0.02);
    assert_true(fabs(q->sharpness_ratio - 1) < 0.1 && fabs(q->shift_x) < 0.005 && q->shift_response > 0.5);
    for (int i = 0; i < 30; i++) { /* long enough that a reference that learns would have learnt it */
        stage_paint_wall(&stage, 0, 0, 1);
        stage_paint_box(&stage, 0, 0, WIDTH / 3, HEIGHT, 40, 40, 40);
        stage_show(&stage);
    }
    q = &stage.seen.quality;
    assert_true(q->covered_share > 0.25 && q->covered_share < 0.45);
    assert_true(q->changed_share > 0.25 && q->changed_share < 0.45);
    assert_true(q->edge_similarity > 0.5 && q->edge_similarity < 0.8);
    for (int i = 0; i < 30; i++) {
        stage_paint_wall(&stage, 0, 0, 1);
        stage_blur(&stage, 4);
        stage_show(&stage);
    }
    q = &stage.seen.quality;
    assert_true(q->sharpness_ratio < 0.3);
    for (int i = 0; i < 30; i++) {
        stage_paint_wall(&stage, 15, -8, 1);
        stage_show(&stage);
    }
    q = &stage.seen.quality;
    assert_true(fabs(q->shift_x - 15.0 / WIDTH) < 0.01 && fabs(q->shift_y + 8.0 / HEIGHT) < 0.01);
    assert_true(q->edge_similarity < 0.6 && q->sharpness_ratio > 0.8);
    stage_show_wall(&stage, 1);
    q = &stage.seen.quality;
    assert_true(q->edge_similarity > 0.95 && q->covered_share < 0.02);
    stage_close(&stage);
}

TEST(slow_drift_is_followed)
{
    Stage stage;
    stage_open(&stage);
    stage_show_wall(&stage, 12);
    double worst = 1, most = 0;
    for (int i = 0; i < 160; i++) {
        stage_paint_wall(&stage, i / 10, 0, 1);
        const Observation *seen = stage_show(&stage);
        worst = fmin(worst, seen->quality.edge_similarity);
        most = fmax(most, seen->motion.foreground_share);
        assert_int_equal(count_believed(seen), 0);
    }
    assert_true(worst > 0.6);
    assert_true(most < 0.05); /* the background follows too */
    assert_true(fabs(stage.seen.quality.shift_x) < 0.02);
    stage_close(&stage);
}

TEST(brightness_and_freezing_are_measured)
{
    PerceptionSettings *settings = perception_settings_new(NULL, NULL);
    g_autoptr(Perception) perception = perception_new(settings, NULL);
    perception_settings_free(settings);
    static uint8_t luma[HEIGHT][WIDTH], bgr[HEIGHT][WIDTH][3];
    memset(luma, 10, sizeof luma / 2);
    memset((uint8_t *)luma + sizeof luma / 2, 250, sizeof luma / 2);
    Observation seen;
    for (int i = 0; i < 10; i++) {
        const ReplayFrame frame = frame_of(i * 100000, &luma[0][0], &bgr[0][0][0], WIDTH, HEIGHT);
        assert_true(perception_observe(perception, &frame, &seen, NULL));
        if (i < 9)
            observation_clear(&seen);
    }
    assert_true(fabs(seen.quality.luma - 130.0 / 255) < 1e-5);
    assert_true(fabs(seen.quality.contrast - 120.0 / 255) < 1e-5);
    assert_true(seen.quality.dark_share == 0.5 && seen.quality.bright_share == 0.5);
    assert_true(fabs(seen.quality.frozen_s - 0.9) < 1e-9);
    observation_clear(&seen);
}

/* What frozen_s becomes over 2 s of a striped picture that `change` alters before each look; after 1.5 s no
 * picture comes for the pause. */
static double see_frozen_with_pause(void (*change)(uint8_t (*luma)[WIDTH], int picture), int64_t pause_us)
{
    PerceptionSettings *settings = perception_settings_new(NULL, NULL);
    g_autoptr(Perception) perception = perception_new(settings, NULL);
    perception_settings_free(settings);
    static uint8_t luma[HEIGHT][WIDTH], bgr[HEIGHT][WIDTH][3];
    for (int y = 0; y < HEIGHT; y++)
        memset(luma[y], y % 20 < 10 ? 60 : 180, WIDTH);
    double frozen_s = 0;
    for (int i = 0; i <= 20; i++) {
        change(luma, i);
        const ReplayFrame frame =
            frame_of(i * 100000 + (i > 15 ? pause_us : 0), &luma[0][0], &bgr[0][0][0], WIDTH, HEIGHT);
        g_auto(Observation) seen = {0};
        assert_true(perception_observe(perception, &frame, &seen, NULL));
        frozen_s = seen.quality.frozen_s;
    }
    return frozen_s;
}

static double see_frozen(void (*change)(uint8_t (*luma)[WIDTH], int picture))
{
    return see_frozen_with_pause(change, 0);
}

/* As an encoder does at a key frame: single pixels up and down, the whole by hardly a level. */
static void add_compression(uint8_t (*luma)[WIDTH], int picture)
{
    if (picture % 5 != 4)
        return;
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++)
            luma[y][x] = (uint8_t)((y % 20 < 10 ? 60 : 180) + (x + y + picture) % 7 - 2);
    }
}

/* A person far away: 4x8 pixels that walk. */
static void add_walker(uint8_t (*luma)[WIDTH], int picture)
{
    for (int y = 30; y < 38; y++) {
        memset(luma[y], y % 20 < 10 ? 60 : 180, WIDTH);
        memset(luma[y] + 10 + 2 * picture, 110, 4);
    }
}

/* Dusk: a level every second picture is frozen between two looks, and not over many. */
static void add_dusk(uint8_t (*luma)[WIDTH], int picture)
{
    for (int y = 0; y < HEIGHT; y++)
        memset(luma[y], (y % 20 < 10 ? 60 : 180) - picture / 2, WIDTH);
}

TEST(a_frozen_picture_is_seen_through_compression)
{
    assert_true(fabs(see_frozen(add_compression) - 2) < 1e-9);
    assert_true(see_frozen(add_walker) < 0.15);
    assert_true(see_frozen(add_dusk) < 0.45);
    /* a pause of which nobody has seen anything is no frozen time */
    assert_true(fabs(see_frozen_with_pause(add_compression, 88 * US_PER_SECOND) - 0.4) < 1e-9);
    assert_true(fabs(see_frozen_with_pause(add_compression, US_PER_SECOND / 2) - 2.5) < 1e-9);
}

TEST(the_same_pictures_give_the_same_observations)
{
    static Stage stages[2];
    for (int k = 0; k < 2; k++)
        stage_open(&stages[k]);
    for (int i = 0; i < 40; i++) {
        for (int k = 0; k < 2; k++) {
            stage_paint_wall(&stages[k], 0, 0, 1);
            stage_paint_box(&stages[k], 4 * i, 60, 14, 34, 20, 20, 230);
            stage_show(&stages[k]);
        }
        const Observation *a = &stages[0].seen, *b = &stages[1].seen;
        assert_memory_equal(&a->quality, &b->quality, sizeof a->quality);
        assert_memory_equal(&a->motion, &b->motion, sizeof a->motion);
        assert_int_equal(a->track_count, b->track_count);
        for (size_t t = 0; t < a->track_count; t++) {
            assert_int_equal(a->tracks[t].id, b->tracks[t].id);
            assert_memory_equal(&a->tracks[t].box, &b->tracks[t].box, sizeof(Box));
        }
    }
    for (int k = 0; k < 2; k++)
        stage_close(&stages[k]);
}

UNIT_TESTS(NULL, NULL)
