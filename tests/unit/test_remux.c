/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/remux.h"
#include "media/signature.h"

#include "media_clips.h"
#include "records/error.h"

#include <glib/gstdio.h>
#include <string.h>

#include "unit.h"

static const char *write_copy(const char *folder, const char *clip, const char *name, const RemuxSpec *spec,
                              char **path)
{
    g_autofree char *stem = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;
    RemuxFacts facts;
    const char *ending = remux_write(clip, stem, spec, &facts, &error);
    if (ending == NULL)
        fail_msg("%s", error->message);
    assert_int_equal(facts.width, 96);
    assert_int_equal(facts.height, 64);
    *path = g_strconcat(stem, ending, NULL);
    return ending;
}

static void assert_same_pictures(const char *a, const char *b)
{
    const ReplayRequest request = {0};
    g_autoptr(Played) first = clip_play_well(a, &request);
    g_autoptr(Played) second = clip_play_well(b, &request);
    assert_string_equal(first->quality->luma_chain,
                        second->quality->luma_chain); /* pictures and their times */
    assert_int_equal(first->times->len, second->times->len);
}

static bool file_holds(const char *path, const char *text)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    return memmem(bytes, length, text, strlen(text)) != NULL;
}

/* Uneven times, pictures out of order, three containers: the same pictures at the same times come out. */
TEST(pictures_and_times_stay)
{
    static const int64_t uneven[] = {0, 40, 83, 120, 161, 200, 400, 441, 480, 520};
    static const char *const names[] = {"a.mp4", "a.mkv", "a.ts", "a.mov"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        ClipSpec spec = CLIP_DEFAULT;
        spec.b_frames = 2;
        spec.count = 10;
        spec.pts = uneven;
        g_autofree char *clip = clip_make(*state, names[i], &spec);
        g_autofree char *path = NULL, *name = g_strdup_printf("copy-%zu", i);
        assert_string_equal(
            write_copy(*state, clip, name, &(RemuxSpec){.padding = 100, .index_first = i % 2 == 1}, &path),
            ".mp4");
        assert_same_pictures(clip, path);
    }
}

TEST(encoders_words_go)
{
    ClipSpec spec = CLIP_DEFAULT;
    static const char *const names[] = {"w.mp4", "w.ts"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *clip = clip_make(*state, names[i], &spec);
        assert_true(file_holds(clip, "x264 - core"));
        g_autofree char *path = NULL, *name = g_strdup_printf("words-%zu", i);
        write_copy(*state, clip, name, &(RemuxSpec){0}, &path);
        assert_false(file_holds(path, "x264"));
        assert_false(file_holds(path, "Lavf"));
        assert_same_pictures(clip, path);
    }
}

TEST(padding_changes_the_file_alone)
{
    ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *clip = clip_make(*state, "p.mp4", &spec);
    g_autofree char *a = NULL, *b = NULL, *c = NULL;
    write_copy(*state, clip, "pad-a", &(RemuxSpec){.padding = 1000}, &a);
    write_copy(*state, clip, "pad-b", &(RemuxSpec){.padding = 5000, .index_first = true}, &b);
    write_copy(*state, clip, "pad-c", &(RemuxSpec){.padding = 1000}, &c);
    g_autofree char *x = NULL, *y = NULL, *z = NULL;
    gsize x_length = 0, y_length = 0, z_length = 0;
    g_file_get_contents(a, &x, &x_length, NULL);
    g_file_get_contents(b, &y, &y_length, NULL);
    g_file_get_contents(c, &z, &z_length, NULL);
    assert_int_equal(x_length + 4000, y_length);
    assert_true(x_length == z_length && memcmp(x, z, x_length) == 0);
    assert_same_pictures(a, b);
}

static void refused(const char *clip, const char *folder, const char *words)
{
    g_autofree char *stem = g_build_filename(folder, "refused", NULL);
    g_autoptr(GError) error = NULL;
    assert_null(remux_write(clip, stem, &(RemuxSpec){0}, NULL, &error));
    assert_int_equal(error->code, VSAUDIT_ERROR_INPUT);
    if (strstr(error->message, words) == NULL)
        fail_msg("found “%s”, expected “%s”", error->message, words);
    static const char *const endings[] = {".mp4", ".mov", ".mkv"};
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *path = g_strconcat(stem, endings[i], NULL);
        assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    }
}

TEST(what_has_no_times_is_refused)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.muxer = "h264";
    g_autofree char *clip = clip_make(*state, "raw.264", &spec);
    refused(clip, *state, "no times of its own");
    g_autofree char *none = g_build_filename(*state, "none.mp4", NULL);
    refused(none, *state, "cannot open the clip");
}

/* Units by hand: a message of ours goes, a recovery point stays, old x264 in full chroma stays. */
TEST(only_signatures_are_taken)
{
    static const uint8_t uuid[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    const SignatureForm form = {.avc = true};
    g_autoptr(GByteArray) stream = g_byte_array_new(), expected = g_byte_array_new();
    static const uint8_t code[] = {0, 0, 0, 1}, picture[] = {0, 0, 1, 0x65, 0x88, 0x80},
                         recovery[] = {0, 0, 1, 6, 6, 1, 0xc4, 0x80};
    const uint8_t mine[] = {6, 5, 17}, stop[] = {0x80};
    g_byte_array_append(stream, code, 4);
    g_byte_array_append(stream, mine, 3);
    g_byte_array_append(stream, uuid, 16);
    g_byte_array_append(stream, (const uint8_t *)"a", 1);
    g_byte_array_append(stream, stop, 1);
    g_byte_array_append(stream, recovery, sizeof recovery);
    g_byte_array_append(stream, picture, sizeof picture);
    g_byte_array_append(expected, recovery, sizeof recovery);
    g_byte_array_append(expected, picture, sizeof picture);
    g_autoptr(GByteArray) kept = signature_strip(&form, stream->data, stream->len);
    assert_non_null(kept);
    assert_int_equal(kept->len, expected->len);
    assert_memory_equal(kept->data, expected->data, expected->len);
    assert_null(signature_strip(&form, kept->data, kept->len));

    /* Beside another message in one unit it stays. */
    g_autoptr(GByteArray) both = g_byte_array_new();
    const uint8_t point[] = {6, 1, 0xc4, 0x80};
    g_byte_array_append(both, code, 4);
    g_byte_array_append(both, mine, 3);
    g_byte_array_append(both, uuid, 16);
    g_byte_array_append(both, (const uint8_t *)"a", 1);
    g_byte_array_append(both, point, sizeof point);
    assert_null(signature_strip(&form, both->data, both->len));

    g_autoptr(GByteArray) old = g_byte_array_new();
    static const char words[] = "x264 - core 142";
    const uint8_t head[] = {0, 0, 1, 6, 5, 16 + sizeof words - 1};
    g_byte_array_append(old, head, sizeof head);
    g_byte_array_append(old, uuid, 16);
    g_byte_array_append(old, (const uint8_t *)words, sizeof words - 1);
    g_byte_array_append(old, stop, 1);
    const SignatureForm full = {.avc = true, .full_chroma = true};
    assert_null(signature_strip(&full, old->data, old->len));
    g_autoptr(GByteArray) without = signature_strip(&form, old->data, old->len);
    assert_non_null(without); /* nobody needs it where chroma is halved */
    assert_string_equal(signature_find(old->data, old->len), "x264 - core");
    old->data[old->len - 3] = '6'; /* core 162: nobody needs it */
    g_autoptr(GByteArray) nothing = signature_strip(&full, old->data, old->len);
    assert_non_null(nothing);
    assert_int_equal(nothing->len, 0);
}

UNIT_TESTS(clips_set_up, clips_tear_down)
