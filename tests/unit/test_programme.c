/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arithmetic of a camera: stream time, wall time, the time line, the bounded queue, RTCP. */
#include "live/moments.h"
#include "live/outlet.h"
#include "live/programme.h"
#include "live/rtcp.h"

#include <string.h>

#include "unit.h"

#define MS(n) ((int64_t)(n)*1000)

TEST(one_clip_follows_another_by_one_step)
{
    Placing placing = {0};
    placing_begin(&placing, 0);
    for (int i = 0; i < 3; i++) {
        const Place place = placing_place(&placing, MS(40 * i), MS(40 * i), MS(40));
        assert_int_equal(place.send_us, MS(40 * i));
        assert_int_equal(place.show_us, MS(40 * i));
    }
    placing_begin(&placing, 0);
    const Place next = placing_place(&placing, 0, 0, MS(100));
    assert_int_equal(next.send_us, MS(120));
    assert_int_equal(next.show_us, MS(120));
}

/* Sent 0 2 1, shown two steps later: the clip after it, which does not look ahead, is shown after the last.
 */
TEST(pictures_that_look_ahead_are_not_overtaken)
{
    Placing placing = {0};
    placing_begin(&placing, MS(80));
    placing_place(&placing, 0, MS(80), MS(40));
    placing_place(&placing, MS(40), MS(160), MS(40));
    const Place last = placing_place(&placing, MS(80), MS(120), MS(40));
    assert_int_equal(last.show_us, MS(120));
    placing_begin(&placing, 0);
    const Place plain = placing_place(&placing, 0, 0, MS(40));
    assert_int_equal(plain.send_us, MS(200)); /* behind 160 + 40, not behind 80 + 40 */
    assert_int_equal(plain.show_us, MS(200));
    placing_begin(&placing, MS(80));
    const Place ahead = placing_place(&placing, 0, MS(80), MS(40));
    assert_int_equal(ahead.send_us, MS(240)); /* and one that looks ahead is not sent before the last */
    assert_int_equal(ahead.show_us, MS(320));
}

TEST(time_without_pictures_passes)
{
    Placing placing = {0};
    placing_begin(&placing, 0);
    placing_place(&placing, 0, 0, MS(40));
    placing_pass(&placing, MS(5000));
    placing_begin(&placing, 0);
    assert_int_equal(placing_place(&placing, 0, 0, MS(40)).send_us, MS(5040));
    placing_not_before(&placing, MS(9000));
    placing_begin(&placing, MS(80));
    const Place place = placing_place(&placing, 0, MS(80), MS(40));
    assert_int_equal(place.send_us, MS(9000));
    placing_not_before(&placing, MS(1000)); /* never back */
    placing_begin(&placing, 0);
    assert_int_equal(placing_place(&placing, 0, 0, MS(40)).send_us, MS(9120));
}

TEST(stream_time_runs_at_its_speed)
{
    const Pace pace = {.wall_us = 7000000, .stream_us = 2000000, .speed = 20};
    assert_int_equal(pace_wall(&pace, 2000000), 7000000);
    assert_int_equal(pace_wall(&pace, 22000000), 8000000);
    assert_int_equal(pace_stream(&pace, 8000000), 22000000);
    assert_int_equal(pace_stream(&pace, 6500000), -8000000);
    const Pace real = {.wall_us = INT64_C(1) << 50, .stream_us = 1, .speed = 1};
    for (int64_t t_us = 0; t_us < MS(100000); t_us += 33367)
        assert_int_equal(pace_stream(&real, pace_wall(&real, t_us)), t_us);
}

TEST(programmes_are_copied)
{
    char path[] = "a.mp4";
    const char *files[] = {path, NULL};
    const Show shows[] = {{.kind = SHOW_FLASHES, .flashes = 1, .lasts_us = 1},
                          {.kind = SHOW_SILENCE, .lasts_us = 5},
                          {.kind = SHOW_CLIP, .files = files},
                          {.kind = SHOW_OUTAGE, .lasts_us = 5}};
    Programme *programme = programme_new(shows, 4);
    path[0] = 'x';
    assert_string_equal(programme->shows[2].files[0], "a.mp4");
    assert_int_equal(programme_next_clip(programme, 0), 2);
    assert_int_equal(programme_next_clip(programme, 2), 2);
    assert_int_equal(programme_next_clip(programme, 3), 4);
    programme_free(programme);
}

/* ---- the time line */

TEST(a_moment_is_the_last_picture_sent)
{
    Moments *moments = moments_new();
    Moment moment;
    assert_false(moments_at(moments, INT64_MAX, &moment));
    const int64_t order[] = {0, 120, 40, 80, 160}; /* as they are sent */
    for (int i = 0; i < 5; i++)
        moments_add(moments, (Moment){.wall_us = 1000 + 10 * i, .t_us = order[i]});
    assert_false(moments_at(moments, 999, &moment));
    assert_true(moments_at(moments, 1000, &moment));
    assert_int_equal(moment.t_us, 0);
    assert_true(moments_at(moments, 1029, &moment));
    assert_int_equal(moment.t_us, 40);
    assert_int_equal(moment.newest_us, 120); /* which was sent before it */
    assert_true(moments_at(moments, 1030, &moment));
    assert_int_equal(moment.t_us, 80);
    assert_true(moments_at(moments, INT64_MAX, &moment));
    assert_int_equal(moment.newest_us, 160);
    moments_free(moments);
}

TEST(the_next_clip_begins_anew)
{
    Moments *moments = moments_new();
    Moment moment;
    moments_add(moments, (Moment){.wall_us = 5, .t_us = 900, .show = 1});
    moments_add(moments, (Moment){.wall_us = 5, .t_us = 0, .show = 2});
    moments_add(moments, (Moment){.wall_us = 6, .t_us = 50, .show = 2, .round = 1});
    moments_add(moments, (Moment){.wall_us = 9, .t_us = 40, .show = 2, .play = 1});
    assert_true(moments_at(moments, 5, &moment));
    assert_int_equal(moment.show, 2);
    assert_int_equal(moment.newest_us, 0);
    assert_true(moments_at(moments, 9, &moment));
    assert_int_equal(moment.newest_us, 40);
    assert_true(moments_find(moments, 0, 2, 1, &moment));
    assert_int_equal(moment.wall_us, 6);
    assert_true(moments_find(moments, 1, 2, 40, &moment));
    assert_int_equal(moment.wall_us, 9);
    assert_false(moments_find(moments, 1, 2, 41, &moment));
    assert_int_equal(moments_count(moments), 4);
    g_autoptr(GArray) all = moments_copy(moments);
    assert_int_equal(all->len, 4);
    moments_forget(moments, 0);
    assert_int_equal(moments_count(moments), 4);
    moments_forget(moments, 1);
    assert_int_equal(moments_count(moments), 1);
    assert_false(moments_at(moments, 8, &moment));
    assert_true(moments_at(moments, 9, &moment));
    moments_free(moments);
}

TEST(of_a_loop_the_last_rounds_are_kept)
{
    enum { ROUND = MOMENTS_LOOP / 4 };
    Moments *moments = moments_new();
    size_t most = 0;
    for (int32_t i = 0; i < 6 * ROUND; i++) {
        moments_add(moments, (Moment){.wall_us = i, .t_us = i % ROUND, .round = i / ROUND});
        most = MAX(most, moments_count(moments));
    }
    assert_int_equal(most, MOMENTS_LOOP);
    assert_int_equal(moments_count(moments), 3 * ROUND);
    Moment moment;
    assert_false(moments_at(moments, 3 * ROUND - 1, &moment));
    assert_true(moments_at(moments, 3 * ROUND, &moment));
    assert_int_equal(moment.round, 3);
    moments_free(moments);
    /* One round that is longer than that is kept whole. */
    moments = moments_new();
    for (int32_t i = 0; i < MOMENTS_LOOP + 10; i++)
        moments_add(moments, (Moment){.wall_us = i, .t_us = i});
    assert_int_equal(moments_count(moments), MOMENTS_LOOP + 10);
    moments_free(moments);
}

/* ---- the queue */

static GByteArray *picture(gsize size, uint8_t fill)
{
    g_autofree uint8_t *bytes = g_malloc(size);
    memset(bytes, fill, size);
    GByteArray *framed = g_byte_array_new();
    outlet_frame(framed, 0, bytes, size / 2);
    outlet_frame(framed, 0, bytes, size - size / 2);
    return framed;
}

TEST(a_slow_client_loses_whole_pictures)
{
    Outlet outlet;
    gsize size;
    outlet_init(&outlet, 1000);
    g_autoptr(GByteArray) small = picture(400, 1), large = picture(5000, 2);
    assert_false(outlet_offer(&outlet, small, false, 0)); /* begins with a key picture */
    assert_int_equal(outlet.dropped, 0);
    assert_true(outlet_offer(&outlet, large, true, 0)); /* nothing waits: it is taken whatever its size */
    assert_false(outlet_offer(&outlet, small, false, 0));
    outlet_sent(&outlet, large->len - 10);
    assert_false(
        outlet_offer(&outlet, small, false, 0)); /* there is room, but what it looks back to was lost */
    assert_int_equal(outlet.dropped, 2);
    assert_true(outlet_offer(&outlet, small, true, 0));
    assert_true(outlet_offer(&outlet, small, false, 0));
    assert_false(outlet_offer(&outlet, small, true, 0));
    assert_int_equal(outlet.dropped, 3);
    outlet_front(&outlet, &size);
    assert_int_equal(size, 10 + 2 * small->len);
    outlet_sent(&outlet, size);
    outlet_front(&outlet, &size);
    assert_int_equal(size, 0);
    outlet_clear(&outlet);
}

TEST(frames_carry_the_clients_channel)
{
    Outlet outlet;
    gsize size;
    outlet_init(&outlet, 100000);
    g_autoptr(GByteArray) framed = picture(600, '$');
    assert_true(outlet_offer(&outlet, framed, true, 6));
    assert_true(outlet_offer(&outlet, framed, false, 6));
    const uint8_t *bytes = outlet_front(&outlet, &size);
    int packets = 0;
    for (gsize at = 0; at < size; at += OUTLET_FRAME + 300, packets++) {
        const uint8_t head[] = {'$', 6, 300 >> 8, 300 & 255};
        assert_memory_equal(bytes + at, head, sizeof head);
        assert_memory_equal(bytes + at + OUTLET_FRAME, framed->data + OUTLET_FRAME, 300);
    }
    assert_int_equal(packets, 4);
    outlet_clear(&outlet);
}

/* ---- RTCP */

TEST(reports_are_as_the_rfc_draws_them)
{
    uint8_t bytes[RTCP_MAX];
    const RtcpReport report = {.source = 0x01020304,
                               .real_us = INT64_C(1500000),
                               .stamp = 0xdeadbeef,
                               .packets = 5,
                               .octets = 0x10000,
                               .cname = "camera"};
    static const uint8_t expected[] = {0x80, 200, 0,   6, /* version 2, no blocks, 7 words */
                                       1,    2,   3,   4,   0x83, 0xaa, 0x7e, 0x81, /* 2208988800 + 1 s */
                                       0x80, 0,   0,   0,   0xde, 0xad, 0xbe, 0xef, /* a half */
                                       0,    0,   0,   5,   0,    1,    0,    0,    /* */
                                       0x81, 202, 0,   4,   1,    2,    3,    4,    /* one source, 5 words */
                                       1,    6,   'c', 'a', 'm',  'e',  'r',  'a',  /* */
                                       0,    0,   0,   0, /* the end of the items, filled up */
                                       0x81, 203, 0,   1,   1,    2,    3,    4}; /* goodbye */
    assert_int_equal(rtcp_write_report(&report, bytes), sizeof expected - 8);
    assert_memory_equal(bytes, expected, sizeof expected - 8);
    assert_int_equal(rtcp_write_bye(&report, bytes), sizeof expected);
    assert_memory_equal(bytes, expected, sizeof expected);
}

UNIT_TESTS(NULL, NULL)
