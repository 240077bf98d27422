/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/writer.h"
#include "media_clips.h"
#include "real_clips.h"
#include "records/error.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "unit.h"

static int64_t time_at(const Played *played, guint i)
{
    return g_array_index(played->times, int64_t, i);
}

static double mean_at(const Played *played, guint i)
{
    return g_array_index(played->means, double, i);
}

TEST(times_are_exact_with_b_frames)
{
    static const char *const names[] = {"b.mp4", "b.mkv", "b.ts"};
    for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
        ClipSpec spec = CLIP_DEFAULT;
        spec.b_frames = 3;
        g_autofree char *path = clip_make(*state, names[k], &spec);
        g_autoptr(Played) played = clip_play_well(path, NULL);
        assert_int_equal(played->times->len, 30);
        for (guint i = 0; i < 30; i++) {
            assert_int_equal(time_at(played, i), 40000 * (int64_t)i);
            assert_int_equal(g_array_index(played->ends, int64_t, i), 40000 * (int64_t)(i + 1));
        }
        assert_int_equal(played->quality->frames, 30);
        assert_int_equal(played->quality->duration_us, 1200000);
        assert_int_equal(played->quality->undecoded.spans->len, 0);
        assert_int_equal(played->quality->remarks->len, 0);
        assert_false(played->quality->variable_rate);
        assert_false(played->quality->synthetic_times);
        assert_false(played->quality->truncated);
        /* In MPEG-TS the first picture is shown two pictures after the clock's zero; a player shows it at
         * once. */
        const ClockPiece *piece = &g_array_index(played->quality->clock, ClockPiece, 0);
        assert_int_equal(piece->stamp_us, k == 2 ? 80000 : 0);
        assert_int_equal(piece->player_us, 0);
        if (k == 0)
            assert_int_equal(played->quality->frames_promised, 30);
        if (k < 2)
            assert_int_equal(played->quality->duration_promised_us, 1200000);
    }
}

TEST(variable_rate_and_gaps_are_seen)
{
    static const int64_t pts[] = {0, 40, 100, 140, 180, 221, 261, 1261, 1301, 1341};
    static const char *const names[] = {"v.mp4", "v.mkv"};
    for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
        ClipSpec spec = CLIP_DEFAULT;
        spec.pts = pts;
        spec.count = G_N_ELEMENTS(pts);
        g_autofree char *path = clip_make(*state, names[k], &spec);
        g_autoptr(Played) played = clip_play_well(path, NULL);
        assert_int_equal(played->times->len, G_N_ELEMENTS(pts));
        for (guint i = 0; i < G_N_ELEMENTS(pts); i++)
            assert_int_equal(time_at(played, i), 1000 * pts[i]);
        assert_true(played->quality->variable_rate);
        assert_int_equal(played->quality->gaps, 1);
        assert_int_equal(played->quality->gap_us, 960000);
        assert_int_equal(span_list_total(&played->quality->unseen), 960000); /* 40 ms are usual there */
        assert_int_equal(played->quality->undecoded.spans->len, 0);
    }
}

TEST(at_most_so_many_a_second)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.count = 50;
    g_autofree char *path = clip_make(*state, "r.mp4", &spec);
    g_autoptr(Played) all = clip_play_well(path, &(ReplayRequest){.max_rate = 25});
    assert_int_equal(all->times->len, 50);
    g_autoptr(Played) five = clip_play_well(path, &(ReplayRequest){.max_rate = 5});
    assert_int_equal(five->times->len, 10);
    for (guint i = 0; i < 10; i++)
        assert_int_equal(time_at(five, i), 200000 * (int64_t)i);
    assert_int_equal(g_array_index(five->ends, int64_t, 3), 800000);
    assert_int_equal(g_array_index(five->ends, int64_t, 9), 2000000);
    assert_int_equal(five->quality->frames, 50);
    assert_string_equal(five->quality->luma_chain, all->quality->luma_chain);
}

/* The bright quarter lies upper left in the file; the turn moves it. Libavfilter's transpose must agree. */
TEST(rotation_is_undone)
{
    static const struct {
        int degrees;
        bool right, below;
    } cases[] = {{0, false, false}, {90, true, false}, {180, true, true}, {270, false, true}};
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        ClipSpec spec = CLIP_DEFAULT;
        spec.count = 3;
        spec.rotation = cases[k].degrees;
        g_autofree char *path = clip_make(*state, "turn.mp4", &spec);
        g_autoptr(Played) played = clip_play_well(path, NULL);
        const bool lying = cases[k].degrees % 180 != 0;
        assert_int_equal(played->width, lying ? 64 : 96);
        assert_int_equal(played->height, lying ? 96 : 64);
        assert_int_equal(played->quality->rotation, cases[k].degrees);
        assert_int_equal(played->quality->width, played->width);
        const uint8_t *luma = g_ptr_array_index(played->lumas, 0);
        const int w = played->width, h = played->height;
        for (int right = 0; right < 2; right++)
            for (int below = 0; below < 2; below++) {
                double sum = 0;
                for (int y = 0; y < h / 2; y++)
                    for (int x = 0; x < w / 2; x++)
                        sum += luma[(y + below * (h / 2)) * w + x + right * (w / 2)];
                const bool bright = sum / (w / 2) / (h / 2) > 200;
                assert_int_equal(bright, (right == 1) == cases[k].right && (below == 1) == cases[k].below);
            }
        g_autoptr(Played) filtered = clip_play_well(path, &(ReplayRequest){.condition = "null"});
        assert_int_equal(filtered->width, w);
        assert_memory_equal(g_ptr_array_index(filtered->lumas, 2), g_ptr_array_index(played->lumas, 2),
                            (size_t)(w * h));
    }
}

TEST(pixel_aspect_and_scale)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.count = 2;
    spec.pixel_aspect = (AVRational){2, 1};
    g_autofree char *path = clip_make(*state, "sar.mkv", &spec);
    g_autoptr(Played) played = clip_play_well(path, NULL);
    assert_int_equal(played->width, 192);
    assert_int_equal(played->height, 64);
    g_autoptr(Played) small = clip_play_well(path, &(ReplayRequest){.max_width = 48});
    assert_int_equal(small->width, 48);
    assert_int_equal(small->height, 16);
    assert_int_equal(small->quality->width, 192);
    assert_true(fabs(mean_at(small, 0) - mean_at(played, 0)) < 3);
}

/* A flat picture of known brightness in every kind of format comes out as the right full-range grey. */
TEST(brightness_is_right_in_every_format)
{
    static const struct {
        const char *encoder, *name;
        enum AVPixelFormat format;
        int value;
        bool full;
        double expected;
    } cases[] = {
        {"libx264", "l.mp4", AV_PIX_FMT_YUV420P, 126, false, 128},
        {"ffv1", "f.mkv", AV_PIX_FMT_YUV420P, 126, false, 128},
        {"ffv1", "f.mkv", AV_PIX_FMT_YUV420P, 200, true, 200},
        {"ffv1", "f.mkv", AV_PIX_FMT_YUV422P10LE, 64 + 438, false, 128},
        {"ffv1", "f.mkv", AV_PIX_FMT_YUV444P16LE, 200 * 256, true, 200},
        {"ffv1", "f.mkv", AV_PIX_FMT_GRAY8, 77, false, 77},
        {"ffv1", "f.mkv", AV_PIX_FMT_GRAY16LE, 77 * 256, false, 77},
        {"ffv1", "f.mkv", AV_PIX_FMT_BGR0, 90, false, 90},
        {"mjpeg", "j.avi", AV_PIX_FMT_YUVJ420P, 60, true, 60},
        {"mjpeg", "j.avi", AV_PIX_FMT_YUVJ422P, 250, true, 250},
        {"rawvideo", "y.avi", AV_PIX_FMT_YUYV422, 128, false, 130.4},
        {"mpeg4", "m.avi", AV_PIX_FMT_YUV420P, 235, false, 255},
        {"mpeg4", "m.avi", AV_PIX_FMT_YUV420P, 16, false, 0},
    };
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        ClipSpec spec = CLIP_DEFAULT;
        spec.encoder = cases[k].encoder;
        spec.format = cases[k].format;
        spec.flat = cases[k].value;
        spec.full_range = cases[k].full;
        spec.count = 2;
        g_autofree char *path = clip_make(*state, cases[k].name, &spec);
        static const int widths[] = {0, 40};
        for (int i = 0; i < 2; i++) {
            g_autoptr(Played) played =
                clip_play_well(path, &(ReplayRequest){.max_width = widths[i], .colour = true});
            if (fabs(mean_at(played, 0) - cases[k].expected) > 2.01)
                fail_msg("case %zu, width %d: %g instead of %g", k, widths[i], mean_at(played, 0),
                         cases[k].expected);
            g_autoptr(Played) filtered =
                clip_play_well(path, &(ReplayRequest){.max_width = widths[i], .condition = "null"});
            if (fabs(mean_at(filtered, 0) - cases[k].expected) > 2.01)
                fail_msg("case %zu, filtered: %g instead of %g", k, mean_at(filtered, 0), cases[k].expected);
        }
    }
}

TEST(odd_sizes_work)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.encoder = "ffv1";
    spec.width = 35;
    spec.height = 27;
    spec.count = 4;
    g_autofree char *path = clip_make(*state, "odd.mkv", &spec);
    static const char *const conditions[] = {NULL, "gblur=1", "recompress=qp=20", "recompress=qp=20,negate"};
    for (size_t k = 0; k < G_N_ELEMENTS(conditions); k++) {
        g_autoptr(Played) played =
            clip_play_well(path, &(ReplayRequest){.colour = true, .condition = conditions[k]});
        assert_int_equal(played->width, 35);
        assert_int_equal(played->height, 27);
        assert_int_equal(played->times->len, 4);
        assert_int_equal(time_at(played, 3), 120000);
    }
}

static char *write_pictures(const char *folder, const int *numbers, size_t count)
{
    uint8_t pixels[32 * 16 * 4];
    for (size_t i = 0; i < count; i++) {
        memset(pixels, numbers[i] * 5, sizeof pixels);
        g_autoptr(GBytes) jpeg = writer_encode_jpeg(pixels, 32 * 4, 32, 16, 2, NULL);
        g_autofree char *path = g_strdup_printf("%s/frame%04d.jpg", folder, numbers[i]);
        assert_true(
            g_file_set_contents(path, g_bytes_get_data(jpeg, NULL), (gssize)g_bytes_get_size(jpeg), NULL));
    }
    return g_build_filename(folder, "frame%04d.jpg", NULL);
}

TEST(image_sequences_are_clips)
{
    static const int numbers[] = {7, 8, 9, 10, 11};
    g_autofree char *pattern = write_pictures(*state, numbers, G_N_ELEMENTS(numbers));
    g_autoptr(Played) played = clip_play_well(pattern, NULL);
    assert_int_equal(played->times->len, 5);
    for (guint i = 0; i < 5; i++) {
        assert_int_equal(time_at(played, i), 40000 * (int64_t)i);
        assert_true(fabs(mean_at(played, i) - 5.0 * (7 + i)) < 2);
    }
    assert_true(played->quality->synthetic_times);
    assert_int_equal(played->quality->frames_promised, 5);
    assert_false(played->quality->truncated);
    g_autoptr(Played) slow = clip_play_well(pattern, &(ReplayRequest){.rate = 10});
    assert_int_equal(time_at(slow, 4), 400000);
    g_autoptr(Played) lapse = clip_play_well(pattern, &(ReplayRequest){.rate = 0.2});
    assert_int_equal(time_at(lapse, 4), 20000000);
    assert_non_null(strstr(g_ptr_array_index(lapse->quality->remarks, 0), "only every 5.000 s"));
    assert_null(strstr(g_ptr_array_index(slow->quality->remarks, 0), "only every"));
    /* a hole: reading goes on behind it, and its time was not seen */
    g_autofree char *hole = g_strdup_printf("%s/frame0009.jpg", (char *)*state);
    g_unlink(hole);
    g_autoptr(Played) torn = clip_play_well(pattern, &(ReplayRequest){.rate = 10});
    static const int64_t there[] = {0, 100000, 300000, 400000};
    assert_int_equal(torn->times->len, 4);
    for (guint i = 0; i < 4; i++) {
        assert_int_equal(time_at(torn, i), there[i]);
        assert_true(fabs(mean_at(torn, i) - 5.0 * (double)(7 + there[i] / 100000)) < 2);
    }
    assert_false(torn->quality->truncated);
    assert_int_equal(torn->quality->duration_us, 500000);
    assert_int_equal(torn->quality->watched_us, 400000);
    assert_int_equal(torn->quality->undecoded.spans->len, 0);
    assert_int_equal(span_list_total(&torn->quality->unseen), 100000);
    assert_int_equal(torn->quality->totals[CLOCK_MISSING].pictures, 1);
    assert_false(torn->quality->clock_mended);
    assert_int_equal(torn->quality->first_picture_us, TIME_UNKNOWN);
}

/* libav takes a file without a byte for the end of all. */
TEST(an_empty_picture_costs_itself_alone)
{
    static const int numbers[] = {1, 2, 3, 4, 5, 6, 7, 8};
    static const int empties[][2] = {{4, 5}, {1, 1}, {8, 8}};
    g_autofree char *folder = g_build_filename(*state, "empty", NULL);
    g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
    for (size_t e = 0; e < G_N_ELEMENTS(empties); e++) {
        g_autofree char *pattern = write_pictures(folder, numbers, G_N_ELEMENTS(numbers));
        for (int n = empties[e][0]; n <= empties[e][1]; n++) {
            g_autofree char *path = g_strdup_printf("%s/frame%04d.jpg", folder, n);
            assert_true(g_file_set_contents(path, "", 0, NULL));
        }
        const guint lost = (guint)(empties[e][1] - empties[e][0] + 1);
        g_autoptr(Played) played = clip_play_well(pattern, &(ReplayRequest){.rate = 10});
        assert_int_equal(played->times->len, 8 - lost);
        for (guint i = 0; i < played->times->len; i++) {
            const int number = numbers[(int)i + 1 < empties[e][0] ? i : i + lost];
            assert_int_equal(time_at(played, i), 100000 * (int64_t)(number - 1));
            assert_true(fabs(mean_at(played, i) - 5.0 * number) < 2);
        }
        assert_int_equal(played->quality->watched_us, 100000 * (8 - (int64_t)lost));
        static const char *const said[] = {"are empty (4, 5; 0 bytes)", "is empty (1; 0 bytes)",
                                           "is empty (8; 0 bytes)"};
        assert_non_null(strstr(g_ptr_array_index(played->quality->remarks, 0), said[e]));
    }
}

/* libav looks for the last number in leaps of growing size, and so over a small hole far behind the first. */
TEST(a_sequence_is_read_on_behind_every_hole)
{
    int numbers[45];
    size_t count = 0;
    for (int n = 1; n <= 50; n++)
        if ((n < 25 || n > 28) && n != 40)
            numbers[count++] = n;
    g_autofree char *folder = g_build_filename(*state, "holes", NULL);
    g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
    g_autofree char *pattern = write_pictures(folder, numbers, count);
    g_autoptr(Played) played = clip_play_well(pattern, &(ReplayRequest){.rate = 10});
    assert_int_equal(played->times->len, count);
    for (guint i = 0; i < count; i++)
        assert_int_equal(time_at(played, i), 100000 * (int64_t)(numbers[i] - 1));
    assert_int_equal(played->quality->duration_us, 5000000);
    assert_int_equal(played->quality->watched_us, 4500000);
    assert_int_equal(played->quality->decode_errors, 0);
    assert_false(played->quality->truncated);
    assert_int_equal(played->quality->totals[CLOCK_MISSING].count, 2);
    assert_int_equal(played->quality->totals[CLOCK_MISSING].pictures, 5);
}

TEST(streams_without_times_are_counted)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.b_frames = 2;
    spec.rate = 10;
    g_autofree char *h264 = clip_make(*state, "bare.264", &spec);
    g_autoptr(Played) played = clip_play_well(h264, NULL);
    assert_int_equal(played->times->len, 30);
    assert_true(played->quality->synthetic_times);
    assert_int_equal(time_at(played, 29), 2900000); /* the bitstream says 10 a second */
    assert_int_equal(played->quality->duration_us, 3000000);
    assert_int_equal(played->quality->duration_promised_us, TIME_UNKNOWN);
    assert_non_null(strstr(g_ptr_array_index(played->quality->remarks, 0), "10 pictures per second"));
    g_autoptr(Played) assumed = clip_play_well(h264, &(ReplayRequest){.rate = 20});
    assert_int_equal(time_at(assumed, 29), 1450000);
    spec = CLIP_DEFAULT;
    spec.encoder = "mpeg1video";
    spec.b_frames = 2;
    spec.muxer = "mpeg1video";
    g_autofree char *mpeg = clip_make(*state, "bare.mpg", &spec);
    g_autoptr(Played) old = clip_play_well(mpeg, NULL);
    assert_int_equal(old->times->len, 30);
    assert_true(old->quality->synthetic_times);
    for (guint i = 0; i < 30; i++)
        assert_int_equal(time_at(old, i), 40000 * (int64_t)i);
}

TEST(the_chain_proves_the_pixels)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.encoder = "ffv1";
    g_autofree char *path = clip_make(*state, "one.mkv", &spec);
    spec.changed_picture = 17;
    g_autofree char *other = clip_make(*state, "two.mkv", &spec);
    g_autoptr(Played) first = clip_play_well(path, NULL);
    g_autoptr(Played) again = clip_play_well(path, &(ReplayRequest){.max_width = 20, .condition = "gblur=3"});
    g_autoptr(Played) changed = clip_play_well(other, NULL);
    assert_int_equal(strlen(first->quality->luma_chain), 64);
    assert_string_equal(first->quality->luma_chain, again->quality->luma_chain);
    assert_string_not_equal(first->quality->luma_chain, changed->quality->luma_chain);
    /* the same pixels at other times */
    spec.changed_picture = -1;
    spec.rate = 24;
    g_autofree char *later = clip_make(*state, "three.mkv", &spec);
    g_autoptr(Played) moved = clip_play_well(later, NULL);
    assert_string_not_equal(first->quality->luma_chain, moved->quality->luma_chain);
    g_autoptr(Played) without = clip_play_well(path, &(ReplayRequest){.no_chain = true});
    assert_null(without->quality->luma_chain);
}

TEST(real_clips_have_their_known_length)
{
    static const struct {
        const char *name;
        int64_t frames;
        double duration_s;
        bool synthetic;
    } clips[] = {{"caviar/a07_hallway.mpg", 485, 19.4, true},
                 {"vas/a13_Displacement.mp4", 213, 7.108, false},
                 {"traffic/a16_video03.avi", 1699, 28.3166, false}};
    for (size_t i = 0; i < G_N_ELEMENTS(clips); i++) {
        g_autofree char *path = real_clip(clips[i].name);
        g_autoptr(Played) played = clip_play_well(path, &(ReplayRequest){.max_width = 32});
        assert_int_equal(played->quality->frames, clips[i].frames);
        assert_true(fabs(time_to_seconds(played->quality->duration_us) - clips[i].duration_s) < 0.002);
        assert_int_equal(played->quality->synthetic_times, clips[i].synthetic);
        assert_int_equal(played->quality->undecoded.spans->len, 0);
        assert_int_equal(played->quality->decode_errors, 0);
        assert_false(played->quality->truncated);
    }
}

UNIT_TESTS(clips_set_up, clips_tear_down)
