/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of evidence, and what is written. */
#include "media/still.h"
#include "media/writer.h"
#include "media_clips.h"
#include "records/error.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "unit.h"

#define W 64
#define H 48

static void fill(uint8_t *pixels, int seed)
{
    for (int i = 0; i < W * H * 4; i++)
        pixels[i] = (uint8_t)((i * 7 + i / W * 13 + seed * 31) & 255);
}

static char *write_clip(const char *folder, const char *name)
{
    char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;
    Writer *writer = writer_open(path, W, H, 10, 1, &error);
    assert_non_null(writer);
    uint8_t pixels[W * H * 4];
    for (int i = 0; i < 20; i++) {
        memset(pixels, i * 10, sizeof pixels);
        assert_true(writer_add_bgrx(writer, pixels, W * 4, &error));
    }
    assert_true(writer_close(writer, &error));
    return path;
}

TEST(the_same_pictures_give_the_same_bytes)
{
    static const char *const names[][2] = {{"a.mp4", "b.mp4"}, {"a.mkv", "b.mkv"}};
    for (int k = 0; k < 2; k++) {
        g_autofree char *first = write_clip(*state, names[k][0]);
        g_autofree char *second = write_clip(*state, names[k][1]);
        g_autofree char *a = NULL, *b = NULL;
        gsize a_size = 0, b_size = 0;
        assert_true(g_file_get_contents(first, &a, &a_size, NULL));
        assert_true(g_file_get_contents(second, &b, &b_size, NULL));
        assert_int_equal(a_size, b_size);
        assert_memory_equal(a, b, a_size);
        g_autoptr(Played) played = clip_play(first, NULL, NULL);
        assert_non_null(played);
        assert_int_equal(played->times->len, 20);
        assert_int_equal(played->quality->duration_us, 2000000);
        assert_int_equal(played->quality->remarks->len, 0);
        for (guint i = 0; i < 20; i++) {
            assert_int_equal(g_array_index(played->times, int64_t, i), 100000 * (int64_t)i);
            assert_true(fabs(g_array_index(played->means, double, i) - 10.0 * i) < 3);
        }
    }
}

TEST(a_failed_clip_leaves_no_file)
{
    g_autoptr(GError) error = NULL;
    assert_null(writer_open("/nowhere/at/all.mp4", W, H, 10, 1, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS));
    g_clear_error(&error);
    g_autofree char *odd = g_build_filename(*state, "clip.unknown", NULL);
    assert_null(writer_open(odd, W, H, 10, 1, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    g_autofree char *path = g_build_filename(*state, "aborted.mp4", NULL);
    Writer *writer = writer_open(path, W, H, 10, 1, NULL);
    assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
    writer_abort(writer);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

TEST(pictures_are_encoded)
{
    uint8_t pixels[W * H * 4];
    fill(pixels, 1);
    g_autoptr(GBytes) png = writer_encode_png(pixels, W * 4, W, H, NULL);
    g_autoptr(GBytes) again = writer_encode_png(pixels, W * 4, W, H, NULL);
    assert_true(g_bytes_equal(png, again));
    g_autoptr(GBytes) fine = writer_encode_jpeg(pixels, W * 4, W, H, 2, NULL);
    g_autoptr(GBytes) coarse = writer_encode_jpeg(pixels, W * 4, W, H, 31, NULL);
    g_autoptr(GBytes) fine_again = writer_encode_jpeg(pixels, W * 4, W, H, 2, NULL);
    assert_true(g_bytes_equal(fine, fine_again));
    assert_true(g_bytes_get_size(coarse) < g_bytes_get_size(fine));
    /* the PNG holds the very pixels */
    g_autofree char *path = g_build_filename(*state, "picture.png", NULL);
    assert_true(g_file_set_contents(path, g_bytes_get_data(png, NULL), (gssize)g_bytes_get_size(png), NULL));
    const int64_t zero = 0;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) stills = still_fetch(path, &(ReplayRequest){0}, &zero, 1, &error);
    assert_non_null(stills);
    const Still *still = g_ptr_array_index(stills, 0);
    assert_int_equal(still->width, W);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            assert_memory_equal(still->pixels + y * still->stride + 4 * x, pixels + (y * W + x) * 4, 3);
}

static double blue_at(const Still *still)
{
    return still->pixels[(ptrdiff_t)(still->height / 2) * still->stride + 4 * (still->width / 2)];
}

TEST(stills_are_at_or_after_their_time)
{
    g_autofree char *path = write_clip(*state, "stills.mp4");
    static const int64_t times[] = {-5, 0, 1, 100000, 100000, 950000, 1900000, 1900001, 99000000};
    static const int64_t expected[] = {0, 0, 100000, 100000, 100000, 1000000, 1900000, 1900000, 1900000};
    static const char *const conditions[] = {NULL, "hue=s=0.9"};
    for (int k = 0; k < 2; k++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) stills =
            still_fetch(path, &(ReplayRequest){.condition = conditions[k], .max_width = 32}, times,
                        G_N_ELEMENTS(times), &error);
        assert_non_null(stills);
        assert_int_equal(stills->len, G_N_ELEMENTS(times));
        for (guint i = 0; i < stills->len; i++) {
            const Still *still = g_ptr_array_index(stills, i);
            assert_int_equal(still->wanted_us, times[i]);
            assert_int_equal(still->t_us, expected[i]);
            assert_int_equal(still->width, 32);
            assert_int_equal(still->height, 24);
            assert_true(fabs(blue_at(still) - (double)expected[i] / 10000) < 4);
        }
    }
}

/* 80 s, so that stills far apart are jumped to; the pictures must be those that a replay sees. */
TEST(jumps_find_the_same_pictures)
{
    static const char *const names[] = {"long.mp4", "long.mkv", "long.ts", "long.264"};
    /* a key picture every 8 s; one in all, so that no jump leads on */
    static const int gops[] = {40, 1000};
    for (size_t k = 0; k < 2 * G_N_ELEMENTS(names); k++) {
        ClipSpec spec = CLIP_DEFAULT;
        spec.rate = 5;
        spec.count = 400;
        spec.gop = gops[k / G_N_ELEMENTS(names)];
        spec.b_frames = 2;
        g_autofree char *path = clip_make(*state, names[k % G_N_ELEMENTS(names)], &spec);
        g_autoptr(Played) played = clip_play(path, NULL, NULL);
        assert_int_equal(played->times->len, 400);
        static const int64_t times[] = {300000, 31000000, 31100000, 55555555, 79800000, 90000000};
        static const guint indexes[] = {2, 155, 156, 278, 399, 399};
        g_autoptr(GPtrArray) stills =
            still_fetch(path, &(ReplayRequest){.steady_clock = true}, times, G_N_ELEMENTS(times), NULL);
        assert_non_null(stills);
        for (guint i = 0; i < stills->len; i++) {
            const Still *still = g_ptr_array_index(stills, i);
            assert_int_equal(still->t_us, g_array_index(played->times, int64_t, indexes[i]));
            const uint8_t *luma = g_ptr_array_index(played->lumas, indexes[i]);
            for (int y = 0; y < 64; y++)
                for (int x = 0; x < 96; x++)
                    if (abs(still->pixels[y * still->stride + 4 * x + 1] - luma[y * 96 + x]) > 3)
                        fail_msg("%s: still %u differs at %d, %d", path, i, x, y);
        }
    }
}

/* Number of distinct colours in a rectangle. */
static guint colours(const uint8_t *pixels, int x0, int y0, int x1, int y1)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) {
            const uint8_t *p = pixels + (y * W + x) * 4;
            g_hash_table_add(seen, GUINT_TO_POINTER(1u + p[0] + 256u * p[1] + 65536u * p[2]));
        }
    return g_hash_table_size(seen);
}

TEST(the_mosaic_cannot_be_undone)
{
    uint8_t pixels[W * H * 4], before[W * H * 4];
    fill(pixels, 3);
    memcpy(before, pixels, sizeof pixels);
    still_pixelate(pixels, W * 4, W, H, (Box){0.25, 0.25, 0.5, 0.5}); /* 32 x 24 at 16, 12 */
    assert_true(colours(before, 16, 12, 48, 36) > 100);
    assert_int_equal(colours(pixels, 16, 12, 48, 36) <= 4 * 3, 1);
    assert_int_equal(colours(pixels, 16, 12, 24, 20), 1);
    int64_t sum = 0;
    for (int y = 12; y < 20; y++)
        for (int x = 16; x < 24; x++)
            sum += before[(y * W + x) * 4 + 1];
    assert_int_equal(pixels[(15 * W + 18) * 4 + 1], (sum + 32) / 64);
    for (int y = 0; y < H; y++) /* outside nothing has changed */
        for (int x = 0; x < W; x++)
            if (x < 16 || x >= 48 || y < 12 || y >= 36)
                assert_memory_equal(pixels + (y * W + x) * 4, before + (y * W + x) * 4, 4);
    /* half outside: clamped, block size by the whole box */
    fill(pixels, 3);
    still_pixelate(pixels, W * 4, W, H, (Box){-1.5, -0.5, 2, 1});
    assert_true(colours(pixels, 0, 0, 32, 24) <= 4 * 3);
    static const Box nothing[] = {
        {0, 0, -1, -1}, {0.5, 0.5, 0, 0.2}, {2, 2, 1, 1}, {-3, 0, 1, 1}, {0.1, NAN, 1, 1}};
    fill(pixels, 3);
    for (size_t i = 0; i < G_N_ELEMENTS(nothing); i++)
        still_pixelate(pixels, W * 4, W, H, nothing[i]);
    assert_memory_equal(pixels, before, sizeof pixels);
}

TEST(labels_are_drawn)
{
    uint8_t pixels[W * H * 4] = {0};
    Point corners[] = {{0.1, 0.6}, {0.9, 0.6}, {0.5, 0.9}};
    const Polygon zone = {corners, 3};
    const Polygon *const zones[] = {&zone};
    const Segment line = {{0.1, 0.5}, {0.9, 0.5}};
    still_draw(pixels, W * 4, W, H, &(Labels){.box = {0.25, 0.25, 0.5, 0.5}});
    const uint8_t *edge = pixels + (24 * W + 16) * 4; /* middle of the box's left side: amber */
    assert_true(edge[2] > 150 && edge[0] < 100);
    assert_int_equal(pixels[(24 * W + 32) * 4 + 2], 0);
    uint8_t all[W * H * 4] = {0};
    still_draw(all, W * 4, W, H,
               &(Labels){.caption = "clip 0:12.3",
                         .box = {0.25, 0.25, 0.5, 0.5},
                         .box_label = "covered",
                         .zones = zones,
                         .zone_count = 1,
                         .lines = &line,
                         .line_count = 1});
    assert_true(colours(all, 0, 0, W, H) > colours(pixels, 0, 0, W, H));
    assert_true(all[(24 * W + 10) * 4] > 100); /* the gate's line is blue */
    uint8_t none[W * H * 4] = {0}, zero[W * H * 4] = {0};
    still_draw(none, W * 4, W, H, &(Labels){.box = BOX_NONE});
    assert_memory_equal(none, zero, sizeof zero);
}

UNIT_TESTS(clips_set_up, clips_tear_down)
