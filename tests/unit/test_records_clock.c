/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a file's own clock to the clip's time and back, and the records that keep it. */
#include "records/quality.h"

#include "unit.h"

/* Ten seconds from stamp 5 s on, then a restart at 2 s of the file's clock that lasts eight seconds: the
 * clock shows 5 to 10 s twice. Then a second file. The player counts from 1 s before the first stamp. */
static GArray *pieces_new(void)
{
    static const ClockPiece list[] = {{0, 10000000, 5000000, 1000000, 0},
                                      {10000000, 8000000, 2000000, -2000000, 0},
                                      {20000000, 1000000, 0, 0, 1}};
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(ClockPiece));
    g_array_append_vals(pieces, list, G_N_ELEMENTS(list));
    return pieces;
}

TEST(the_files_clock_is_converted)
{
    static const struct {
        ClockReading reading;
        int file;
        int64_t file_us;
        ClockAnswer answer;
        int64_t t_us;
    } cases[] = {
        {CLOCK_STAMPS, 0, 12000000, CLOCK_FOUND, 7000000},
        {CLOCK_STAMPS, 0, 3000000, CLOCK_FOUND, 11000000},
        {CLOCK_STAMPS, 0, 6000000, CLOCK_AMBIGUOUS, 1000000},
        {CLOCK_STAMPS, 0, 10000000, CLOCK_FOUND, 5000000}, /* the end of the second yields to the first */
        {CLOCK_STAMPS, 0, 15000000, CLOCK_FOUND, 10000000},
        {CLOCK_STAMPS, 0, 15000001, CLOCK_NOWHERE, 0},
        {CLOCK_STAMPS, 0, 1999999, CLOCK_NOWHERE, 0},
        {CLOCK_STAMPS, 1, 500000, CLOCK_FOUND, 20500000},
        {CLOCK_STAMPS, -1, 500000, CLOCK_FOUND, 20500000},
        {CLOCK_STAMPS, 2, 500000, CLOCK_NOWHERE, 0},
        {CLOCK_PLAYER, 0, 8000000, CLOCK_FOUND, 7000000},
        {CLOCK_PLAYER, 0, -1000000, CLOCK_FOUND, 11000000},
    };
    g_autoptr(GArray) pieces = pieces_new();
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        int64_t t_us = 0;
        const ClockAnswer answer =
            clock_to_clip(pieces, cases[k].reading, cases[k].file, cases[k].file_us, &t_us);
        if (answer != cases[k].answer || t_us != cases[k].t_us)
            fail_msg("case %zu: answer %d, %" PRId64, k, (int)answer, t_us);
    }
    int file = -1;
    int64_t file_us = 0;
    assert_int_equal(clock_to_file(pieces, CLOCK_STAMPS, 10500000, &file, &file_us), CLOCK_FOUND);
    assert_int_equal(file, 0);
    assert_int_equal(file_us, 2500000);
    assert_int_equal(clock_to_file(pieces, CLOCK_PLAYER, 7000000, NULL, &file_us), CLOCK_FOUND);
    assert_int_equal(file_us, 8000000);
    assert_int_equal(clock_to_file(pieces, CLOCK_STAMPS, 19000000, &file, &file_us), CLOCK_NOWHERE);
    assert_int_equal(clock_to_file(pieces, CLOCK_STAMPS, -1, &file, &file_us), CLOCK_NOWHERE);
    assert_int_equal(clock_to_file(pieces, CLOCK_STAMPS, 20250000, &file, &file_us), CLOCK_FOUND);
    assert_int_equal(file, 1);
    assert_int_equal(file_us, 250000);
}

TEST(the_record_keeps_the_clock)
{
    g_autoptr(ClipQuality) quality = clip_quality_new();
    quality->duration_us = 21000000;
    quality->watched_us = 19000000;
    quality->first_picture_us = 1000000;
    quality->first_stamp_us = 5000000;
    quality->video_streams = 2;
    quality->stream = 1;
    quality->stream_reason = g_strdup("the larger one");
    span_list_add(&quality->unseen, 18000000, 20000000);
    g_array_unref(quality->clock);
    quality->clock = pieces_new();
    for (int i = 0; i < QUALITY_MOST_FINDINGS + 5; i++)
        clip_quality_find(quality, (ClockFinding){CLOCK_PAUSE, i, 7, 0});
    assert_false(quality->clock_mended);
    clip_quality_find(quality, (ClockFinding){CLOCK_RESTART, 10000000, -13000000, 0});
    assert_true(quality->clock_mended);
    json_t *first = clip_quality_to_json(quality);
    g_autoptr(ClipQuality) copy = clip_quality_from_json(first, NULL);
    assert_non_null(copy);
    assert_int_equal(copy->findings->len, QUALITY_MOST_FINDINGS);
    assert_int_equal(copy->totals[CLOCK_PAUSE].count, QUALITY_MOST_FINDINGS + 5);
    assert_int_equal(copy->totals[CLOCK_RESTART].by_us, 13000000);
    assert_int_equal(copy->first_stamp_us, 5000000);
    assert_int_equal(span_list_total(&copy->unseen), 2000000);
    json_t *second = clip_quality_to_json(copy);
    assert_true(json_equal(first, second));
    json_decref(first);
    json_decref(second);
}

/* A record of a run that knew nothing of clocks. */
TEST(older_records_are_read)
{
    static const char *const later[] = {"unseen",       "unseen_us",     "watched_us",     "first_picture_us",
                                        "clock",        "findings",      "stream",         "first_stamp_us",
                                        "clock_mended", "video_streams", "finding_totals", "stream_reason"};
    g_autoptr(ClipQuality) quality = clip_quality_new();
    quality->duration_us = 10000000;
    span_list_add(&quality->undecoded, 9000000, 14000000);
    json_t *json = clip_quality_to_json(quality);
    for (size_t i = 0; i < G_N_ELEMENTS(later); i++)
        assert_int_equal(json_object_del(json, later[i]), 0);
    g_autoptr(ClipQuality) copy = clip_quality_from_json(json, NULL);
    json_decref(json);
    assert_non_null(copy);
    assert_int_equal(copy->watched_us, 9000000);
    assert_int_equal(copy->first_picture_us, TIME_UNKNOWN);
    assert_int_equal(copy->clock->len, 0);
    assert_int_equal(copy->unseen.spans->len, 0);
    assert_int_equal(copy->video_streams, 0);
}

UNIT_TESTS(NULL, NULL)
