/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of perception that need no picture sequence: components, settings. */
#include "perception/components.h"
#include "perception/kalman.h"
#include "perception/perception.h"
#include "perception/picture.h"
#include "perception/quality.h"
#include "perception/reference.h"
#include "perception/settings.h"
#include "records/error.h"

#include <math.h>
#include <string.h>

#include "unit.h"

TEST(components_join_at_corners)
{
    static const char *const drawing[] = {
        "#..#....", /**/
        ".##....#", /**/
        "........", /**/
        "#.#.###.", /**/
        "###.#.#.", /**/
        "......#.", /**/
    };
    VisionImage mask;
    picture_init(&mask, 8, 6, 1);
    for (int y = 0; y < 6; y++)
        for (int x = 0; x < 8; x++)
            mask.data[y * 8 + x] = drawing[y][x] == '#' ? 255 : 127;
    g_autoptr(GArray) found = components_find(&mask, 255);
    assert_int_equal(found->len, 4);
    const Component *first = &g_array_index(found, Component, 0);
    assert_int_equal(first->area, 4);
    assert_int_equal(first->box.w, 4);
    assert_int_equal(first->box.h, 2);
    assert_true(fabs(first->cx - 1.5) < 1e-12 && fabs(first->cy - 0.5) < 1e-12);
    assert_int_equal(g_array_index(found, Component, 1).area, 1);
    assert_int_equal(g_array_index(found, Component, 2).area, 5);
    const Component *last = &g_array_index(found, Component, 3);
    assert_int_equal(last->area, 6);
    assert_int_equal(last->box.x, 4);
    assert_int_equal(last->box.h, 3);
    picture_clear(&mask);
}

TEST(kalman_learns_the_speed)
{
    Kalman k = kalman_start(0, 1, 50);
    for (int i = 1; i <= 50; i++) {
        kalman_predict(&k, 0.1, 5);
        kalman_correct(&k, 30 * 0.1 * i + (i % 2 == 0 ? 0.3 : -0.3), 1);
    }
    assert_true(fabs(k.v - 30) < 1.5);
    assert_true(fabs(k.x - 150) < 1);
}

TEST(settings_are_checked_and_digested)
{
    g_autofree char *digest = NULL, *same = NULL, *other = NULL;
    PerceptionSettings *settings = perception_settings_new(NULL, NULL);
    assert_non_null(settings);
    const ReplayRequest request = perception_request(settings);
    assert_true(request.max_width > 0 && request.max_rate > 0 && request.colour && request.condition == NULL);
    digest = perception_digest(settings);
    assert_int_equal(strlen(digest), 64);
    perception_settings_free(settings);
    g_autoptr(ParamList) params = param_list_new();
    settings = perception_settings_new(params, NULL);
    same = perception_digest(settings);
    perception_settings_free(settings);
    assert_string_equal(digest, same);
    param_list_add(params, "rate", "10", "x.yaml", 3, 5, 3, 11);
    settings = perception_settings_new(params, NULL);
    other = perception_digest(settings);
    perception_settings_free(settings);
    assert_string_not_equal(digest, other);
    settings = perception_settings_new(NULL, NULL);
    g_autofree char *before = perception_digest_by(settings, PERCEPTION_VERSION - 1);
    assert_string_not_equal(before, digest);
    assert_int_equal(perception_version_of(settings, digest), PERCEPTION_VERSION);
    assert_int_equal(perception_version_of(settings, before), PERCEPTION_VERSION - 1);
    assert_int_equal(perception_version_of(settings, other), 0);
    perception_settings_free(settings);
    param_list_add(params, "widht", "10", "x.yaml", 4, 5, 4, 12);
    GError *error = NULL;
    assert_null(perception_settings_new(params, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    assert_non_null(strstr(error->message, "x.yaml:4:5: perception.widht"));
    assert_non_null(strstr(error->message, "“width”"));
    g_error_free(error);
}

TEST(failures_of_opencv_are_errors)
{
    vision_start();
    VisionImage grey, colour;
    picture_init(&grey, 8, 8, 1);
    picture_init(&colour, 8, 8, 3);
    GError *error = NULL;
    assert_false(picture_check(vision_smooth(&colour, &grey), "smoothing", &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS));
    assert_true(g_str_has_prefix(error->message, "perception: smoothing: "));
    g_error_free(error);
    double dx = 0, dy = 0, response = 0;
    VisionImage small = {4, 4, 1, 8, grey.data};
    assert_false(vision_shift(&grey, &small, &dx, &dy, &response));
    assert_true(strlen(vision_error()) > 0);
    picture_clear(&grey);
    picture_clear(&colour);
}

/* Bricks of many greys, moved by (dx, dy): but for a border of that many pixels, in which they stay. */
static void paint_bricks(VisionImage *grey, int dx, int dy, int border)
{
    for (int y = 0; y < grey->height; y++) {
        for (int x = 0; x < grey->width; x++) {
            const bool stays =
                x < border || y < border || x >= grey->width - border || y >= grey->height - border;
            const int u = x + 600 - (stays ? 0 : dx), v = y + 600 - (stays ? 0 : dy);
            uint32_t mix = (uint32_t)(u / 12) * 2654435761u ^ (uint32_t)(v / 10) * 2246822519u;
            mix ^= mix >> 15;
            mix *= 3266489917u;
            grey->data[y * grey->stride + x] = (uint8_t)(60 + (mix >> 16) % 130);
        }
    }
}

TEST(a_view_fits_where_it_has_gone)
{
    VisionImage grey;
    picture_init(&grey, 256, 144, 1);
    ReferenceView *view = reference_view_new(256, 144);
    paint_bricks(&grey, 0, 0, 0);
    reference_view_learn(view, &grey, 1, true, 0, 0);
    paint_bricks(&grey, 9, -4, 0);
    (void)reference_view_match(view, &grey);
    assert_true(reference_view_similarity(view, 9, -4) > 0.95);
    assert_true(reference_view_similarity(view, 0, 0) < 0.5);
    assert_true(isnan(reference_view_similarity(view, 255, 0)));
    reference_view_free(view);
    picture_clear(&grey);
}

/* The picture's quality when, after two seconds of one view, all but the border has moved. */
static QualityObservation see_moved(int border)
{
    VisionImage grey;
    picture_init(&grey, 256, 144, 1);
    PictureQuality *quality = picture_quality_new(60 * US_PER_SECOND);
    QualityObservation seen = {0};
    for (int i = 0; i <= 20; i++) {
        seen = (QualityObservation){.shift_x = (double)NAN, .shift_y = (double)NAN};
        paint_bricks(&grey, i < 20 ? 0 : 9, 0, border);
        assert_true(picture_quality_measure(quality, &grey, i * 100000, &seen, NULL));
    }
    picture_quality_free(quality);
    picture_clear(&grey);
    return seen;
}

TEST(a_crowd_that_walks_is_no_turned_camera)
{
    vision_start();
    const QualityObservation turned = see_moved(0);
    assert_true(fabs(turned.shift_x - 9.0 / 256) < 0.01 && fabs(turned.shift_y) < 0.01);
    /* Phase correlation follows the middle, where its window does not fade; more of the edges have stayed. */
    const QualityObservation crowd = see_moved(30);
    assert_true(crowd.shift_response > 0.15);
    assert_true(isnan(crowd.shift_x) && isnan(crowd.shift_y));
}

/* A mast that gives way: a pixel a second to the right, half a one upwards. */
TEST(a_camera_that_turns_slowly_is_followed)
{
    vision_start();
    VisionImage grey;
    picture_init(&grey, 256, 144, 1);
    PictureQuality *quality = picture_quality_new(60 * US_PER_SECOND);
    double x = 1, y = 1;
    picture_quality_drift(quality, &x, &y);
    assert_true(fabs(x) < 1e-9 && fabs(y) < 1e-9);
    for (int i = 0; i <= 260; i++) {
        const int s = CLAMP((i - 20) / 10, 0, 20);
        QualityObservation seen = {.shift_x = (double)NAN, .shift_y = (double)NAN};
        paint_bricks(&grey, s, -s / 2, 0);
        assert_true(picture_quality_measure(quality, &grey, i * 100000, &seen, NULL));
    }
    picture_quality_drift(quality, &x, &y);
    picture_quality_free(quality);
    picture_clear(&grey);
    assert_true(fabs(x * 256 - 20) < 1.5);
    assert_true(fabs(y * 144 + 10) < 1.5);
}

/* Where a camera is said to look that was pushed at once by (dx, dy) pixels, five seconds later. */
static void assert_pushed(int dx, int dy, double expected_x, double expected_y)
{
    VisionImage grey;
    picture_init(&grey, 256, 144, 1);
    PictureQuality *quality = picture_quality_new(60 * US_PER_SECOND);
    for (int i = 0; i <= 70; i++) {
        QualityObservation seen = {.shift_x = (double)NAN, .shift_y = (double)NAN};
        paint_bricks(&grey, i < 20 ? 0 : dx, i < 20 ? 0 : dy, 0);
        assert_true(picture_quality_measure(quality, &grey, i * 100000, &seen, NULL));
    }
    double x = 0, y = 0;
    picture_quality_drift(quality, &x, &y);
    picture_quality_free(quality);
    picture_clear(&grey);
    if (fabs(x * 256 - expected_x) > 0.8 || fabs(y * 144 - expected_y) > 0.8)
        fail_msg("pushed by (%d, %d), said to look at (%g, %g)", dx, dy, x * 256, y * 144);
}

/* What others keep of the view moves with it; a camera that was turned shows them another one. */
TEST(a_push_moves_what_stood_there)
{
    vision_start();
    assert_pushed(3, -2, 3, -2);
    assert_pushed(-1, 4, -1, 4);
    assert_pushed(6, 0, 0, 0);
    assert_pushed(0, -6, 0, 0);
}

UNIT_TESTS(NULL, NULL)
