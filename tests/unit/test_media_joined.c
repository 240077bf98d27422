/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files put one behind the other: all pictures are read, or the file is refused.
 * Pictures that a file shows again: their time counts once. */
#include "media_clips.h"
#include "records/error.h"

#include <glib/gstdio.h>
#include <string.h>

#include "unit.h"

static char *make(const char *folder, const char *name, int count, bool index_first)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.count = count;
    spec.index_first = index_first;
    if (g_str_has_suffix(name, ".avi"))
        spec.encoder = "mpeg4";
    return clip_make(folder, name, &spec);
}

/* Puts bytes behind a file; returns its size before. */
static gsize append(const char *path, const char *bytes, gsize count)
{
    g_autofree char *own = NULL;
    gsize size = 0;
    assert_true(g_file_get_contents(path, &own, &size, NULL));
    g_autofree char *both = g_malloc(size + count);
    memcpy(both, own, size);
    memcpy(both + size, bytes, count);
    assert_true(g_file_set_contents(path, both, (gssize)(size + count), NULL));
    return size;
}

static gsize append_file(const char *path, const char *other)
{
    g_autofree char *bytes = NULL;
    gsize count = 0;
    assert_true(g_file_get_contents(other, &bytes, &count, NULL));
    return append(path, bytes, count);
}

TEST(all_is_read_or_the_file_is_refused)
{
    static const struct {
        const char *first, *second;
        bool index_first, read;
    } cases[] = {{"a.mp4", "b.mp4", false, false}, {"c.mp4", "d.mp4", true, false},
                 {"a.mov", "b.mov", false, false}, {"a.flv", "b.flv", false, false},
                 {"e.mp4", "e.mkv", false, false}, {"f.mp4", "f.ts", false, false},
                 {"g.flv", "g.mp4", false, false}, {"a.mkv", "b.mkv", false, true},
                 {"a.avi", "b.avi", false, true},  {"a.ts", "b.ts", false, true}};
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        g_autofree char *path = make(*state, cases[k].first, 30, cases[k].index_first);
        g_autofree char *second = make(*state, cases[k].second, 50, cases[k].index_first);
        const gsize size = append_file(path, second);
        g_autoptr(GError) error = NULL, again = NULL;
        const bool one_film = replay_check_joined(path, &again);
        assert_int_equal(one_film, cases[k].read);
        const ReplayRequest request = {.max_width = 16};
        g_autoptr(Replay) replay = replay_open(path, &request, &error);
        assert_non_null(replay);
        ReplayFrame frame;
        ReplayStatus status;
        while ((status = replay_next(replay, &frame, &error)) == REPLAY_FRAME)
            continue;
        if (cases[k].read) {
            assert_int_equal(status, REPLAY_END);
            assert_int_equal(replay_quality(replay)->frames, 80);
            continue;
        }
        assert_int_equal(status, REPLAY_ERROR);
        assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
        g_autofree char *place = g_strdup_printf("begins at byte %" G_GSIZE_FORMAT ":", size);
        if (strstr(error->message, place) == NULL)
            fail_msg("%s and %s: \"%s\" does not say \"%s\"", cases[k].first, cases[k].second, error->message,
                     place);
        assert_string_equal(again->message, error->message);
    }
}

/* Indexes, free room, rubbish and pictures behind a film are no film; neither is a beginning alone. */
TEST(what_is_no_film_is_let_pass)
{
    static const char box[] = "\0\0\x10\0free",
                      beginning[] = "\0\0\0\x18"
                                    "ftypisom\0\0\2\0isomiso2",
                      picture[] = "\xFF\xD8\xFF\xE0\0\x10JFIF";
    static const char *const names[] = {"x.mp4", "x.mkv", "x.flv", "x.avi", "x.ts"};
    for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
        g_autofree char *path = make(*state, names[k], 30, false);
        g_autofree char *room = g_malloc0(4096);
        memcpy(room, box, sizeof box - 1);
        append(path, room, 4096);
        append(path, beginning, sizeof beginning - 1);
        append(path, picture, sizeof picture - 1);
        append(path, room, 4000);
        g_autoptr(GError) error = NULL;
        if (!replay_check_joined(path, &error))
            fail_msg("%s", error->message);
        g_autoptr(Played) played = clip_play(path, NULL, &error);
        if (played == NULL)
            fail_msg("%s", error->message);
        assert_int_equal(played->quality->frames, 30);
    }
}

/* ---- pictures shown again */

static uint8_t *find_box(char *bytes, gsize size, const char *type)
{
    uint8_t *name = memmem(bytes, size, type, 4);
    assert_non_null(name);
    return name - 4;
}

static void grow(uint8_t *number, uint32_t by)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++)
        value = value << 8 | number[i];
    value += by;
    for (int i = 3; i >= 0; i--, value >>= 8)
        number[i] = (uint8_t)value;
}

/* The only entry of the edit list once more: the film is shown twice. The index stands behind the pictures,
 * whose places therefore stay. */
static void show_twice(const char *path)
{
    enum { ENTRY = 12 };
    g_autofree char *bytes = NULL;
    gsize size = 0;
    assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    uint8_t *list = find_box(bytes, size, "elst");
    assert_int_equal(list[15], 1);
    list[15] = 2;
    static const char *const around[] = {"moov", "trak", "edts", "elst"};
    for (size_t i = 0; i < G_N_ELEMENTS(around); i++)
        grow(find_box(bytes, size, around[i]), ENTRY);
    const gsize at = (gsize)((char *)list - bytes) + 16 + ENTRY;
    g_autofree char *longer = g_malloc(size + ENTRY);
    memcpy(longer, bytes, at);
    memcpy(longer + at, bytes + at - ENTRY, ENTRY);
    memcpy(longer + at + ENTRY, bytes + at, size - at);
    assert_true(g_file_set_contents(path, longer, (gssize)(size + ENTRY), NULL));
}

TEST(what_is_shown_again_is_not_watched_again)
{
    static const struct {
        const char *name, *encoder;
        int b_frames;
    } cases[] = {{"i.mp4", "mpeg4", 0}, {"p.mp4", "libx264", 0}, {"b.mp4", "libx264", 2}};
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        ClipSpec spec = CLIP_DEFAULT;
        spec.encoder = cases[k].encoder;
        spec.b_frames = cases[k].b_frames;
        spec.count = 50;
        g_autofree char *path = clip_make(*state, cases[k].name, &spec);
        show_twice(path);
        g_autoptr(GError) error = NULL;
        g_autoptr(Played) played = clip_play(path, NULL, &error);
        if (played == NULL)
            fail_msg("%s", error->message);
        const ClipQuality *quality = played->quality;
        assert_int_equal(quality->frames, 100);
        assert_int_equal(quality->duration_us, 4000000);
        assert_int_equal(quality->watched_us, 2000000);
        assert_int_equal(quality->unseen.spans->len, 1);
        assert_int_equal(g_array_index(quality->unseen.spans, Span, 0).start_us, 2000000);
        assert_int_equal(g_array_index(quality->unseen.spans, Span, 0).end_us, 4000000);
        assert_int_equal(quality->findings->len, 1);
        const ClockFinding *finding = &g_array_index(quality->findings, ClockFinding, 0);
        assert_int_equal(finding->kind, CLOCK_SHOWN_AGAIN);
        assert_int_equal(finding->at_us, 2000000);
        assert_int_equal(finding->by_us, 2000000);
        assert_int_equal(finding->pictures, 50);
        assert_false(quality->clock_mended);
        assert_false(quality->truncated);
    }
}

UNIT_TESTS(clips_set_up, clips_tear_down)
