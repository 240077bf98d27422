/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Damaged, cut and hostile files, and the books that are kept of them. */
#include "media/ledger.h"
#include "media/tail.h"
#include "media_clips.h"
#include "records/error.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

/* The clip cannot be opened; the sentence names the file and holds `words`. */
static void assert_refused(const char *path, const char *words)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Played) played = clip_play(path, NULL, &error);
    assert_null(played);
    assert_non_null(error);
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    if (strstr(error->message, words) == NULL || !g_str_has_prefix(error->message, path))
        fail_msg("\"%s\" does not say \"%s\"", error->message, words);
}

static ClipSpec long_clip(void)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.width = 160;
    spec.height = 120;
    spec.count = 100; /* 4 s */
    spec.gop = 25;
    return spec;
}

TEST(a_missing_tail_is_noticed)
{
    static const struct {
        const char *name, *encoder;
        bool index_first, promises;
    } cases[] = {{"t.mp4", "libx264", true, true},
                 {"t.mkv", "libx264", false, true},
                 {"t.avi", "mpeg4", false, true},
                 {"t.ts", "libx264", false, false}};
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        ClipSpec spec = long_clip();
        spec.encoder = cases[k].encoder;
        spec.index_first = cases[k].index_first;
        g_autofree char *whole = clip_make(*state, cases[k].name, &spec);
        g_autoptr(Played) sound = clip_play_well(whole, NULL);
        assert_false(sound->quality->truncated);
        assert_int_equal(sound->quality->undecoded.spans->len, 0);
        assert_int_equal(sound->quality->decode_errors, 0);
        g_autofree char *name = g_strdup_printf("cut_%s", cases[k].name);
        g_autofree char *cut = clip_cut(whole, name, 0.6);
        g_autoptr(Played) played = clip_play_well(cut, NULL);
        const ClipQuality *quality = played->quality;
        assert_true(quality->truncated);
        assert_true(quality->frames < 80 && quality->frames > 40);
        assert_true(quality->remarks->len > 0);
        if (!cases[k].promises)
            continue;
        assert_int_equal(quality->duration_promised_us, 4000000);
        /* what is missing is just what leaves the denominator, give or take the damaged last picture */
        const int64_t lost = span_list_total(&quality->undecoded);
        const int64_t missing = 4000000 - quality->duration_us;
        assert_true(lost >= missing && lost <= missing + 120000);
        const guint last = quality->undecoded.spans->len - 1;
        assert_int_equal(g_array_index(quality->undecoded.spans, Span, last).end_us, 4000000);
    }
}

/* One byte less than the file's own structure says; a whole file misses nothing. */
TEST(one_missing_byte_is_noticed)
{
    static const struct {
        const char *name, *encoder, *container;
    } cases[] = {{"s.mp4", "libx264", "mov,mp4,m4a,3gp,3g2,mj2"},
                 {"s.mkv", "libx264", "matroska,webm"},
                 {"s.avi", "mpeg4", "avi"},
                 {"s.ts", "libx264", "mpegts"}};
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        ClipSpec spec = CLIP_DEFAULT;
        spec.encoder = cases[k].encoder;
        spec.index_first = k == 0;
        g_autofree char *whole = clip_make(*state, cases[k].name, &spec);
        const int fd = g_open(whole, O_RDWR, 0);
        assert_true(fd >= 0);
        assert_false(tail_is_missing(fd, cases[k].container));
        assert_int_equal(ftruncate(fd, lseek(fd, 0, SEEK_END) - 1), 0);
        assert_true(tail_is_missing(fd, cases[k].container));
        close(fd);
    }
}

TEST(an_mp4_without_its_index_is_refused)
{
    const ClipSpec spec = long_clip();
    g_autofree char *whole = clip_make(*state, "last.mp4", &spec);
    g_autofree char *cut = clip_cut(whole, "cut_last.mp4", 0.6);
    assert_refused(cut, "index (moov)");
}

TEST(concealed_damage_is_noticed)
{
    static const char *const names[] = {"d.mp4", "d.mkv", "d.ts", "d.264"};
    for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
        const ClipSpec spec = long_clip();
        g_autofree char *whole = clip_make(*state, names[k], &spec);
        g_autofree char *name = g_strdup_printf("damaged_%s", names[k]);
        g_autofree char *path = clip_damage(whole, name, 0.4, 200);
        g_autoptr(Played) played = clip_play_well(path, NULL);
        const ClipQuality *quality = played->quality;
        assert_true(quality->frames >= 90);
        assert_true(quality->corrupt_frames + quality->decode_errors > 0);
        assert_true(quality->undecoded.spans->len > 0);
        assert_true(played->damaged > 0);
        /* a key picture every second ends the damage */
        const int64_t lost = span_list_total(&quality->undecoded);
        assert_true(lost >= 40000 && lost <= 2100000);
        if (!quality->synthetic_times) {
            const guint last = quality->undecoded.spans->len - 1;
            assert_int_equal(g_array_index(quality->undecoded.spans, Span, last).end_us % 1000000, 0);
        }
        assert_true(quality->remarks->len > 0);
    }
}

/* The first picture's words of the encoder, of which the bytes before tell the length. */
static char *spoil_first_picture(const char *path, const char *name)
{
    g_autofree char *bytes = NULL;
    gsize size = 0;
    assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    char *words = memmem(bytes, size, "\x06\x05\xff\xff", 4);
    assert_non_null(words);
    memset(words - 4, 0xff, 4);
    g_autofree char *folder = g_path_get_dirname(path);
    char *spoilt = g_build_filename(folder, name, NULL);
    assert_true(g_file_set_contents(spoilt, bytes, (gssize)size, NULL));
    return spoilt;
}

TEST(a_spoilt_first_picture_keeps_its_time)
{
    static const char *const names[] = {"k.mp4", "k.mkv", "k.flv"};
    for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
        const ClipSpec spec = long_clip();
        g_autofree char *path = clip_make(*state, names[k], &spec);
        g_autofree char *name = g_strdup_printf("spoilt_%s", names[k]);
        g_autofree char *spoilt = spoil_first_picture(path, name);
        g_autoptr(Played) whole = clip_play_well(path, NULL);
        g_autoptr(Played) played = clip_play_well(spoilt, NULL);
        const ClipQuality *quality = played->quality;
        assert_int_equal(quality->frames, 75);
        assert_int_equal(g_array_index(played->times, int64_t, 0), 1000000);
        assert_int_equal(quality->duration_us, 4000000);
        assert_int_equal(quality->watched_us, 3000000);
        assert_int_equal(quality->undecoded.spans->len, 1);
        assert_int_equal(g_array_index(quality->undecoded.spans, Span, 0).end_us, 1000000);
        assert_false(quality->truncated);
        /* an event stands where it stood in the whole file, on every clock */
        for (int reading = CLOCK_STAMPS; reading <= CLOCK_PLAYER; reading++) {
            int64_t file_us = 0, t_us = 0;
            assert_int_equal(
                clock_to_file(whole->quality->clock, (ClockReading)reading, 2500000, NULL, &file_us),
                CLOCK_FOUND);
            assert_int_equal(clock_to_clip(quality->clock, (ClockReading)reading, -1, file_us, &t_us),
                             CLOCK_FOUND);
            assert_int_equal(t_us, 2500000);
        }
    }
}

/* All of the file is there, and a number in it says that it lasts for hours. */
TEST(a_false_length_of_a_whole_file_is_not_believed)
{
    const ClipSpec spec = long_clip();
    g_autofree char *path = clip_make(*state, "length.mkv", &spec);
    g_autofree char *bytes = NULL;
    gsize size = 0;
    assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    char *tag = memmem(bytes, size, "00:00:04.0", 10);
    assert_non_null(tag);
    memcpy(tag, "10:15", 5);
    assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
    g_autoptr(Played) played = clip_play_well(path, NULL);
    assert_false(played->quality->truncated);
    assert_int_equal(played->quality->undecoded.spans->len, 0);
    assert_int_equal(played->quality->watched_us, 4000000);
    assert_int_equal(played->quality->remarks->len, 1);
    assert_non_null(strstr(g_ptr_array_index(played->quality->remarks, 0), "is not believed"));
    g_autofree char *cut = clip_cut(path, "length_cut.mkv", 0.6);
    g_autoptr(Played) shorter = clip_play_well(cut, NULL);
    assert_true(shorter->quality->truncated);
}

TEST(what_is_no_video_is_refused)
{
    const char *folder = *state;
    static const struct {
        const char *name, *content, *words;
    } cases[] = {
        {"empty.mp4", "", "empty"},
        {"text.mp4", "this is no video\nbut text\n", "not a video"},
        {"text.txt", "this is no video\nbut text\n", "not a video"},
        {"list.txt", "ffconcat version 1.0\nfile good.mp4\n", "not a video"},
        {"list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\ngood.mp4\n#EXT-X-ENDLIST\n",
         "not a video"},
        {"call.sdp",
         "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
         "not a video"},
    };
    const ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *good = clip_make(folder, "good.mp4", &spec);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_build_filename(folder, cases[i].name, NULL);
        assert_true(g_file_set_contents(path, cases[i].content, -1, NULL));
        assert_refused(path, cases[i].words);
    }
    assert_refused(folder, "is a folder");
    g_autofree char *missing = g_build_filename(folder, "missing.mp4", NULL);
    assert_refused(missing, "No such file");
    g_autofree char *nothing = g_build_filename(folder, "nothing%03d.png", NULL);
    assert_refused(nothing, "nothing001.png");
    assert_refused("http://127.0.0.1:9/x.mp4", "No such file");
    static const uint8_t wav[] = {'R', 'I', 'F', 'F', 136, 0, 0,   0,   'W', 'A', 'V', 'E', 'f', 'm', 't',
                                  ' ', 16,  0,   0,   0,   1, 0,   1,   0,   64,  31,  0,   0,   64,  31,
                                  0,   0,   1,   0,   8,   0, 'd', 'a', 't', 'a', 100, 0,   0,   0};
    uint8_t sound[sizeof wav + 100] = {0};
    memcpy(sound, wav, sizeof wav);
    g_autofree char *audio = g_build_filename(folder, "audio.wav", NULL);
    assert_true(g_file_set_contents(audio, (const char *)sound, sizeof sound, NULL));
    assert_refused(audio, "no video stream");
}

/* ---- the books alone */

static const int64_t step = 40000;

static void place(Ledger *ledger, int64_t t_us, PictureState state, bool after_loss)
{
    ledger_decoded(ledger, t_us);
    ledger_placed(
        ledger, (TimelinePlace){t_us, step},
        &(LedgerPicture){.stamp_us = t_us, .duration_us = step, .state = state, .after_loss = after_loss});
}

TEST(books_of_a_sound_stream)
{
    g_autoptr(ClipQuality) quality = clip_quality_new();
    Ledger *ledger = ledger_new(quality);
    for (int64_t i = 0; i < 100; i++) {
        ledger_expect(ledger, i * step, step);
        place(ledger, i * step, PICTURE_SOUND, false);
    }
    ledger_end_file(ledger, &(LedgerPromise){.frames = 100, .duration_us = 4000000}, true);
    ledger_settle(ledger);
    ledger_free(ledger);
    assert_int_equal(quality->frames, 100);
    assert_int_equal(quality->duration_us, 4000000);
    assert_int_equal(quality->watched_us, 4000000);
    assert_int_equal(quality->undecoded.spans->len, 0);
    assert_int_equal(quality->remarks->len, 0);
    assert_false(quality->truncated);
}

TEST(books_of_a_bad_stream)
{
    g_autoptr(ClipQuality) quality = clip_quality_new();
    Ledger *ledger = ledger_new(quality);
    for (int64_t i = 0; i < 100; i++) {
        ledger_expect(ledger, i * step, step);
        if (i == 10) /* gave no picture */
            continue;
        const PictureState damage = i == 20 ? PICTURE_DAMAGED : (i == 21 ? PICTURE_SPREAD : PICTURE_SOUND);
        place(ledger, i * step, damage, false);
    }
    /* a silent gap of a second, then one after the reader lost its place */
    place(ledger, 5000000, PICTURE_SOUND, false);
    place(ledger, 6000000, PICTURE_SOUND, true);
    ledger_errors(ledger, 3, "first");
    ledger_errors(ledger, 1, "second");
    span_list_add(&quality->unseen, 4000000, 5000000); /* as the timeline has it */
    span_list_add(&quality->unseen, 5040000, 6000000);
    ledger_end_file(ledger, &(LedgerPromise){.frames = -1, .duration_us = 7000000}, true);
    ledger_settle(ledger);
    ledger_free(ledger);
    assert_int_equal(quality->frames, 101);
    assert_int_equal(quality->corrupt_frames, 1);
    assert_int_equal(quality->decode_errors, 4);
    assert_int_equal(quality->gaps, 2);
    assert_int_equal(quality->gap_us, 1000000 + 960000);
    assert_true(quality->truncated);
    static const Span lost[] = {{400000, 440000}, {800000, 880000}, {5040000, 6000000}, {6040000, 7000000}};
    assert_int_equal(quality->undecoded.spans->len, G_N_ELEMENTS(lost));
    for (guint i = 0; i < G_N_ELEMENTS(lost); i++) {
        assert_int_equal(g_array_index(quality->undecoded.spans, Span, i).start_us, lost[i].start_us);
        assert_int_equal(g_array_index(quality->undecoded.spans, Span, i).end_us, lost[i].end_us);
    }
    /* what was not decoded is not told as unseen again */
    assert_int_equal(quality->unseen.spans->len, 1);
    assert_int_equal(span_list_total(&quality->unseen), 1000000);
    assert_int_equal(quality->watched_us, 6040000 - 40000 - 80000 - 960000 - 1000000);
}

UNIT_TESTS(clips_set_up, clips_tear_down)
