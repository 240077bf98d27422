/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/condition.h"
#include "media_clips.h"
#include "records/error.h"

#include <math.h>
#include <string.h>

#include "unit.h"

static Played *play(const char *path, const char *condition)
{
    return clip_play_well(path, &(ReplayRequest){.condition = condition});
}

static bool same_pixels(const Played *a, const Played *b)
{
    if (a->lumas->len != b->lumas->len || a->width != b->width || a->height != b->height)
        return false;
    for (guint i = 0; i < a->lumas->len; i++)
        if (memcmp(g_ptr_array_index(a->lumas, i), g_ptr_array_index(b->lumas, i),
                   (size_t)a->width * (size_t)a->height) != 0)
            return false;
    return true;
}

/* Each changes the pixels, gives the same twice, and keeps times and chain. */
TEST(conditions_change_pixels_and_nothing_else)
{
    static const char *const conditions[] = {
        "eq=brightness=-0.3",
        "gblur=sigma=2",
        "noise=alls=30:allf=t",
        "noise=alls=30:all_seed=42:allf=t+u",
        "recompress=qp=45",
        "recompress=qp=40,eq=contrast=0.6",
        "split[a][b];[b]noise=alls=90:allf=t,dblur=angle=80:radius=20[c];[a][c]blend=all_mode=screen",
        "tmix=frames=3",
        "eq@dark=brightness=-0.2 , boxblur=2",
    };
    ClipSpec spec = CLIP_DEFAULT;
    spec.b_frames = 2;
    g_autofree char *path = clip_make(*state, "c.mp4", &spec);
    g_autoptr(Played) plain = play(path, NULL);
    for (size_t k = 0; k < G_N_ELEMENTS(conditions); k++) {
        g_autoptr(Played) once = play(path, conditions[k]);
        g_autoptr(Played) twice = play(path, conditions[k]);
        if (!same_pixels(once, twice))
            fail_msg("\"%s\" is not the same twice", conditions[k]);
        if (same_pixels(once, plain))
            fail_msg("\"%s\" changes nothing", conditions[k]);
        assert_int_equal(once->times->len, 30);
        assert_memory_equal(once->times->data, plain->times->data, 30 * sizeof(int64_t));
        assert_memory_equal(once->ends->data, plain->ends->data, 30 * sizeof(int64_t));
        assert_string_equal(once->quality->luma_chain, plain->quality->luma_chain);
    }
    g_autoptr(Played) dark = play(path, "eq=brightness=-0.3");
    assert_true(g_array_index(dark->means, double, 5) < g_array_index(plain->means, double, 5) - 40);
}

TEST(a_lower_rate_is_a_condition)
{
    const ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *path = clip_make(*state, "f.mp4", &spec);
    g_autoptr(Played) played = play(path, "fps=5");
    assert_int_equal(played->times->len, 6);
    for (guint i = 0; i < 6; i++)
        assert_int_equal(g_array_index(played->times, int64_t, i), 200000 * (int64_t)i);
    assert_int_equal(played->quality->frames, 30);
}

TEST(a_stronger_quantiser_hurts_more)
{
    const ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *path = clip_make(*state, "q.mp4", &spec);
    g_autoptr(Played) plain = play(path, NULL);
    double errors[2] = {0};
    static const char *const conditions[] = {"recompress=qp=10", "recompress=qp=48"};
    for (int k = 0; k < 2; k++) {
        g_autoptr(Played) played = play(path, conditions[k]);
        for (guint i = 0; i < 30; i++) {
            const uint8_t *a = g_ptr_array_index(plain->lumas, i), *b = g_ptr_array_index(played->lumas, i);
            for (int p = 0; p < 96 * 64; p++)
                errors[k] += fabs((double)a[p] - b[p]) / (30 * 96 * 64);
        }
    }
    assert_true(errors[0] < 1.5);
    assert_true(errors[1] > 3 * errors[0]);
}

TEST(files_and_networks_are_out_of_reach)
{
    static const TestPair cases[] = {
        {"movie=/etc/passwd", "the filter 'movie' is not allowed"},
        {"null[a];movie=x.mp4[b];[a][b]overlay", "the filter 'movie' is not allowed"},
        {"amovie=x", "not allowed"},
        {"mov\\ie=x", "'movie' is not allowed"},
        {"'movie'=x", "'movie' is not allowed"},
        {"movie@eq=x", "'movie' is not allowed"},
        {"metadata=print:file=/tmp/x", "not allowed"},
        {"drawtext=textfile=/etc/passwd", "'drawtext'"},
        {"lut3d=file=x", "not allowed"},
        {"curves=psfile=x", "not allowed"},
        {"subtitles=x", "'subtitles'"},
        {"sendcmd=f=x", "not allowed"},
        {"zmq", "'zmq'"},
        {"ssim=stats_file=/tmp/x", "not allowed"},
        {"setpts=PTS*2", "not allowed"},
        {"crop=40:40", "'crop' is not allowed: it would move the picture"},
        {"eq,hflip", "'hflip' is not allowed: it would move the picture"},
        {"rotate=0.1", "would move the picture"},
        {"pad=iw+20:ih", "would move the picture"},
        {"trim=0:1", "not allowed"},
        {"loop=3", "not allowed"},
        {"color=red", "not allowed"},
        {"sws_flags=bilinear;eq", "there is no filter 'sws_flags'"},
        {"snow", "there is no filter 'snow'"},
        {"eq=brightnes=1", "brightnes"},
        {"eq;eq", "exactly one"},
        {"split", "exactly one"},
        {"eq,", "no filter name"},
        {",eq", "no filter name"},
        {"eq,,eq", "no filter name"},
        {"[a", "not closed"},
        {"eq eq", "there is no filter"},
        {"   ", "no filter name"},
        {"recompress", "N from 1 to 51"},
        {"recompress=qp=0", "N from 1 to 51"},
        {"recompress=qp=52", "N from 1 to 51"},
        {"recompress=qp=3x", "N from 1 to 51"},
        {"recompress=qp=30,", "after the last comma"},
        {"recompress=qp=30,movie=x", "'movie' is not allowed"},
        {"eq,recompress=qp=30", "there is no filter 'recompress'"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        if (replay_check_condition(cases[i].given, &error))
            fail_msg("\"%s\" was let in", cases[i].given);
        assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
        if (strstr(error->message, cases[i].expected) == NULL ||
            strstr(error->message, cases[i].given) == NULL)
            fail_msg("\"%s\": \"%s\" does not say \"%s\"", cases[i].given, error->message, cases[i].expected);
        if (strchr(error->message, '\n') != NULL || strstr(error->message, "0x") != NULL)
            fail_msg("\"%s\" is no sentence", error->message);
    }
}

TEST(allowed_filters_are_real_and_sorted)
{
    for (size_t i = 0; condition_filters[i] != NULL; i++) {
        assert_non_null(avfilter_get_by_name(condition_filters[i]));
        if (i > 0)
            assert_true(strcmp(condition_filters[i - 1], condition_filters[i]) < 0);
    }
}

/* What passes the check and cannot work on these pictures is known when the clip is opened. */
TEST(a_graph_that_cannot_work_is_told_at_once)
{
    static const char *const conditions[] = {"split[a][b];[b]scale=8:8[c];[a][c]blend", "scale=100:90000",
                                             "scale=20000:20"};
    const ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *path = clip_make(*state, "g.mp4", &spec);
    for (size_t i = 0; i < G_N_ELEMENTS(conditions); i++) {
        g_autoptr(GError) error = NULL;
        assert_true(replay_check_condition(conditions[i], NULL));
        g_autoptr(Replay) replay = replay_open(path, &(ReplayRequest){.condition = conditions[i]}, &error);
        assert_null(replay);
        assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
        assert_non_null(strstr(error->message, conditions[i]));
    }
}

UNIT_TESTS(clips_set_up, clips_tear_down)
