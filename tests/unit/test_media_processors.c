/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same pixels whichever code libav has for the processor: everything is decoded and scaled once as it
 * comes and once with libav's plain C. */
#include "media_clips.h"

#include <libavutil/cpu.h>
#include <string.h>

#include "unit.h"

static void assert_same_pictures(const Played *a, const Played *b, const char *what)
{
    if (g_strcmp0(a->quality->luma_chain, b->quality->luma_chain) != 0)
        fail_msg("%s: the decoded pixels differ", what);
    assert_int_equal(a->lumas->len, b->lumas->len);
    const size_t size = (size_t)a->width * (size_t)a->height;
    for (guint i = 0; i < a->lumas->len; i++)
        if (memcmp(g_ptr_array_index(a->lumas, i), g_ptr_array_index(b->lumas, i), size) != 0)
            fail_msg("%s: picture %u differs once it is scaled", what, i);
}

static void assert_same_on_all(const char *path, const ReplayRequest *request, const char *what)
{
    g_autoptr(Played) usual = clip_play_well(path, request);
    assert_true(usual->lumas->len > 0);
    av_force_cpu_flags(0);
    g_autoptr(Played) plain = clip_play_well(path, request);
    av_force_cpu_flags(-1);
    assert_same_pictures(usual, plain, what);
}

static const struct {
    const char *encoder, *name;
    enum AVPixelFormat format;
} codecs[] = {
    {"libx264", "h264.mp4", AV_PIX_FMT_YUV420P},        {"mpeg4", "mpeg4.avi", AV_PIX_FMT_YUV420P},
    {"mpeg4", "mpeg4.mp4", AV_PIX_FMT_YUV420P},         {"msmpeg4", "msmpeg4v3.avi", AV_PIX_FMT_YUV420P},
    {"msmpeg4v2", "msmpeg4v2.avi", AV_PIX_FMT_YUV420P}, {"mjpeg", "mjpeg.avi", AV_PIX_FMT_YUVJ420P},
    {"mpeg2video", "mpeg2.ts", AV_PIX_FMT_YUV420P},     {"mpeg1video", "mpeg1.mpg", AV_PIX_FMT_YUV420P},
    {"wmv2", "wmv2.avi", AV_PIX_FMT_YUV420P},           {"flv", "sorenson.flv", AV_PIX_FMT_YUV420P},
};

TEST(decoders_do_not_ask_the_processor)
{
    for (size_t i = 0; i < G_N_ELEMENTS(codecs); i++) {
        ClipSpec spec = CLIP_DEFAULT;
        spec.encoder = codecs[i].encoder;
        spec.format = codecs[i].format;
        spec.width = 176;
        spec.height = 144;
        spec.count = 40;
        spec.gop = 40;
        spec.gliding = true;
        g_autofree char *path = clip_make(*state, codecs[i].name, &spec);
        assert_same_on_all(path, &(ReplayRequest){.max_width = 0}, codecs[i].name);
        assert_same_on_all(path, &(ReplayRequest){.max_width = 101}, codecs[i].name);
    }
}

/* XviD's own inverse transform is kept for XviD's streams: with another one every picture would drift. */
TEST(xvid_keeps_its_own_transform)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.encoder = "libxvid";
    spec.width = 176;
    spec.height = 144;
    spec.gliding = true;
    if (!clip_can_encode(spec.encoder)) {
        print_message("libav has no libxvid here\n");
        skip();
    }
    g_autofree char *path = clip_make(*state, "xvid.avi", &spec);
    assert_same_on_all(path, &(ReplayRequest){.max_width = 0}, "xvid.avi");
}

TEST(conditions_do_not_ask_the_processor)
{
    static const char *const conditions[] = {"recompress=qp=34", "gblur=sigma=2", "eq=brightness=-0.2",
                                             "scale=80:60,scale=176:144", "hue=s=0"};
    ClipSpec spec = CLIP_DEFAULT;
    spec.width = 176;
    spec.height = 144;
    spec.gliding = true;
    g_autofree char *path = clip_make(*state, "condition.mp4", &spec);
    for (size_t i = 0; i < G_N_ELEMENTS(conditions); i++)
        assert_same_on_all(path, &(ReplayRequest){.condition = conditions[i]}, conditions[i]);
}

UNIT_TESTS(clips_set_up, clips_tear_down)
