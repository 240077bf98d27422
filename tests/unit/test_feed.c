/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips as a camera sends them: untouched where that is honest, with the times of a replay in any case. */
#include "media/feed.h"
#include "media_clips.h"
#include "records/error.h"

#include <libavcodec/avcodec.h>
#include <string.h>

#include "unit.h"

static Feed *open_feed(const char *path, FeedCodec codec, const char *condition)
{
    const char *const files[] = {path, NULL};
    const FeedRequest request = {.files = files, .codec = codec, .condition = condition};
    g_autoptr(GError) error = NULL;
    Feed *feed = feed_open(&request, &error);
    if (feed == NULL)
        fail_msg("%s", error->message);
    return feed;
}

static int compare(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Reads the feed to its end and holds its times to their promises and, sorted, to those of a replay. */
static void check_times(Feed *feed, const char *path, const ReplayRequest *request)
{
    g_autoptr(Played) played = clip_play_well(path, request);
    g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(int64_t));
    int64_t last_us = -1, delay_us = 0;
    for (;;) {
        g_autoptr(FeedUnit) unit = NULL;
        g_autoptr(GError) error = NULL;
        const FeedStatus status = feed_next(feed, &unit, &error);
        if (status == FEED_ERROR)
            fail_msg("%s: %s", path, error->message);
        if (status == FEED_END)
            break;
        assert_true(unit->send_us > last_us);
        assert_true(unit->show_us >= unit->send_us);
        assert_true(unit->lasts_us > 0);
        assert_true(g_bytes_get_size(unit->data) > 0);
        if (times->len == 0) {
            assert_true(unit->key);
            assert_int_equal(unit->send_us, 0);
            assert_int_equal(unit->t_us, 0);
            delay_us = unit->show_us;
        }
        assert_true(ABS(unit->show_us - delay_us - unit->t_us) <= 1); /* rounding alone */
        last_us = unit->send_us;
        g_array_append_val(times, unit->t_us);
    }
    qsort(times->data, times->len, sizeof(int64_t), compare);
    assert_int_equal(times->len, played->times->len);
    for (guint i = 0; i < times->len; i++)
        assert_int_equal(g_array_index(times, int64_t, i), g_array_index(played->times, int64_t, i));
}

static void check_feed(const char *path, const char *reason)
{
    g_autoptr(Feed) feed = open_feed(path, FEED_AS_RECORDED, NULL);
    if (reason == NULL && feed_reason(feed) != NULL)
        fail_msg("%s: coded anew: %s", path, feed_reason(feed));
    if (reason != NULL && (feed_reason(feed) == NULL || strstr(feed_reason(feed), reason) == NULL))
        fail_msg("%s: %s, expected: %s", path, feed_reason(feed), reason);
    check_times(feed, path, &(ReplayRequest){0});
}

TEST(sound_clips_are_sent_as_recorded)
{
    static const struct {
        const char *encoder, *name;
        enum AVPixelFormat format;
        int b_frames, rate;
    } kinds[] = {
        {"libx264", "a.mp4", AV_PIX_FMT_YUV420P, 2, 25},  {"libx264", "a.mkv", AV_PIX_FMT_YUV420P, 0, 30},
        {"libx264", "a.ts", AV_PIX_FMT_YUV420P, 2, 25},   {"libx265", "b.mp4", AV_PIX_FMT_YUV420P, 2, 25},
        {"mpeg4", "c.mp4", AV_PIX_FMT_YUV420P, 2, 25},    {"mpeg2video", "e.ts", AV_PIX_FMT_YUV420P, 2, 25},
        {"mpeg1video", "f.ts", AV_PIX_FMT_YUV420P, 2, 25}};
    int tried = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        ClipSpec spec = CLIP_DEFAULT;
        spec.encoder = kinds[i].encoder;
        spec.format = kinds[i].format;
        spec.b_frames = kinds[i].b_frames;
        spec.rate = kinds[i].rate;
        if (!clip_can_encode(spec.encoder))
            continue;
        g_autofree char *path = clip_make(*state, kinds[i].name, &spec);
        check_feed(path, NULL);
        tried++;
    }
    assert_true(tried >= 5);
}

TEST(whatever_needs_judgement_is_coded_anew)
{
    ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *bare = clip_make(*state, "bare.h264", &spec);
    check_feed(bare, "no clock of their own");
    spec.rotation = 90;
    g_autofree char *turned = clip_make(*state, "turned.mp4", &spec);
    check_feed(turned, "turned");
    spec = CLIP_DEFAULT;
    int64_t pts[30];
    for (int i = 0; i < 30; i++)
        pts[i] = i < 15 ? i * 40 : i * 40 + 1000000; /* a leap that a transport stream may make */
    spec.pts = pts;
    g_autofree char *leaps = clip_make(*state, "leaps.ts", &spec);
    check_feed(leaps, "clock has to be mended");
    spec = CLIP_DEFAULT;
    spec.encoder = "msmpeg4";
    g_autofree char *foreign = clip_make(*state, "foreign.avi", &spec);
    check_feed(foreign, "no such codec");
}

TEST(a_pause_is_kept)
{
    ClipSpec spec = CLIP_DEFAULT;
    int64_t pts[30];
    for (int i = 0; i < 30; i++)
        pts[i] = i < 15 ? i * 40 : i * 40 + 3000;
    spec.pts = pts;
    g_autofree char *path = clip_make(*state, "pause.mkv", &spec);
    check_feed(path, NULL);
}

TEST(a_turned_clip_is_coded_upright)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.rotation = 90;
    g_autofree char *path = clip_make(*state, "upright.mp4", &spec);
    g_autoptr(Feed) feed = open_feed(path, FEED_AS_RECORDED, NULL);
    assert_int_equal(feed_form(feed)->width, 64);
    assert_int_equal(feed_form(feed)->height, 96);
}

TEST(every_codec_can_be_asked_for)
{
    ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *path = clip_make(*state, "asked.mp4", &spec);
    static const char *const encoders[FEED_CODECS] = {"libx264", "libx265", "mpeg4", "mjpeg", "mpeg2video"};
    for (FeedCodec codec = 0; codec < FEED_CODECS; codec++) {
        if (!clip_can_encode(encoders[codec]))
            continue;
        g_autoptr(Feed) feed = open_feed(path, codec, NULL);
        assert_int_equal(feed_form(feed)->codec, codec);
        assert_int_equal(feed_reason(feed) == NULL, codec == FEED_H264);
        check_times(feed, path, &(ReplayRequest){0});
    }
}

TEST(a_condition_is_that_of_a_replay)
{
    ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *path = clip_make(*state, "shown.mp4", &spec);
    g_autoptr(Feed) feed = open_feed(path, FEED_AS_RECORDED, "fps=10,scale=48:32");
    assert_int_equal(feed_form(feed)->width, 48);
    assert_non_null(strstr(feed_reason(feed), "condition"));
    check_times(feed, path, &(ReplayRequest){.condition = "fps=10,scale=48:32"});
    const char *const files[] = {path, NULL};
    g_autoptr(GError) error = NULL;
    assert_null(
        feed_open(&(FeedRequest){.files = files, .codec = FEED_AS_RECORDED, .condition = "movie=x"}, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
}

TEST(another_file_than_was_stated_is_refused)
{
    ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *path = clip_make(*state, "stated.mp4", &spec);
    g_autofree char *wrong = g_strnfill(64, '0');
    const char *const files[] = {path, NULL};
    g_autoptr(GError) error = NULL;
    assert_null(
        feed_open(&(FeedRequest){.files = files, .codec = FEED_AS_RECORDED, .sha256 = wrong}, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY));
    g_clear_error(&error);
    assert_null(feed_open(
        &(FeedRequest){
            .files = files, .codec = FEED_AS_RECORDED, .sha256 = wrong, .condition = "eq=contrast=1.5"},
        &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY));
}

TEST(flashes_are_black_and_white)
{
    ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *path = clip_make(*state, "flashed.mp4", &spec);
    g_autoptr(Feed) clip = open_feed(path, FEED_AS_RECORDED, NULL);
    g_autoptr(Feed) flashes = feed_open_drawn(feed_form(clip), 3, 400000, NULL);
    assert_int_equal(feed_form(flashes)->width, 96);
    assert_int_equal(feed_form(flashes)->codec, FEED_H264);
    int count = 0;
    FeedUnit *unit;
    while (feed_next(flashes, &unit, NULL) == FEED_UNIT) {
        assert_int_equal(unit->t_us, count * 40000);
        assert_int_equal(unit->key, count % 25 == 0);
        feed_unit_free(unit);
        count++;
    }
    assert_int_equal(count, 35); /* (3 x 400 + 200) / 40 */
    g_autoptr(Feed) grey = feed_open_drawn(feed_form(clip), 0, 400000, NULL);
    for (count = 0; feed_next(grey, &unit, NULL) == FEED_UNIT; count++)
        feed_unit_free(unit);
    assert_int_equal(count, 10);
}

/* A white picture whose left quarter is black. */
static const uint8_t *next_made(void *user)
{
    static uint8_t bytes[48 * 320];
    memset(bytes, 255, sizeof bytes);
    for (int y = 0; y < 48; y++)
        memset(bytes + (ptrdiff_t)y * 320, 0, 48);
    ++*(int *)user;
    return bytes;
}

TEST(pictures_may_be_made)
{
    int asked = 0;
    const FeedMade made = {.width = 64,
                           .height = 48,
                           .stride = 320,
                           .step_us = 40000,
                           .lasts_us = 1010000,
                           .next = next_made,
                           .user = &asked};
    const FeedRequest request = {.made = &made, .codec = FEED_AS_RECORDED};
    g_autoptr(Feed) feed = feed_open(&request, NULL);
    assert_non_null(feed);
    assert_int_equal(feed_form(feed)->width, 64);
    assert_int_equal(feed_form(feed)->codec, FEED_H264);
    assert_non_null(feed_reason(feed));
    g_autoptr(Feed) held = feed_open_held(feed, 80000, NULL); /* before it begins */
    assert_non_null(held);
    int count = 0;
    FeedUnit *unit;
    for (; feed_next(feed, &unit, NULL) == FEED_UNIT; count++) {
        assert_int_equal(unit->t_us, count * 40000);
        feed_unit_free(unit);
    }
    assert_int_equal(count, 26); /* at 0, 40 … 1000 ms */
    assert_int_equal(asked, 27); /* and the one that could be held */
    for (count = 0; feed_next(held, &unit, NULL) == FEED_UNIT; count++)
        feed_unit_free(unit);
    assert_int_equal(count, 2);
}

/* The first picture of a JPEG stream: its luma at two places of the middle row. */
static void look(const Feed *feed, int *left, int *right)
{
    g_autoptr(FeedUnit) unit = NULL;
    assert_int_equal(feed_next((Feed *)(uintptr_t)feed, &unit, NULL), FEED_UNIT);
    const AVCodec *codec = avcodec_find_decoder(AV_CODEC_ID_MJPEG);
    AVCodecContext *decoder = avcodec_alloc_context3(codec);
    AVFrame *frame = av_frame_alloc();
    AVPacket *packet = av_packet_alloc();
    gsize size = 0;
    const uint8_t *bytes = g_bytes_get_data(unit->data, &size);
    assert_int_equal(av_new_packet(packet, (int)size), 0);
    memcpy(packet->data, bytes, size);
    assert_int_equal(avcodec_open2(decoder, codec, NULL), 0);
    assert_int_equal(avcodec_send_packet(decoder, packet), 0);
    avcodec_send_packet(decoder, NULL);
    assert_int_equal(avcodec_receive_frame(decoder, frame), 0);
    const uint8_t *row = frame->data[0] + (ptrdiff_t)(frame->height / 2) * frame->linesize[0];
    *left = row[4];
    *right = row[frame->width - 5];
    av_packet_free(&packet);
    av_frame_free(&frame);
    avcodec_free_context(&decoder);
}

TEST(left_and_right_change_places_also_in_what_is_held)
{
    int asked = 0, left, right;
    const FeedMade made = {64, 48, 320, 40000, 400000, next_made, &asked};
    const FeedRequest as_it_is = {.made = &made, .codec = FEED_MJPEG};
    g_autoptr(Feed) straight = feed_open(&as_it_is, NULL);
    look(straight, &left, &right);
    assert_true(left < 40 && right > 215);
    ClipSpec spec = CLIP_DEFAULT;
    spec.encoder = "mjpeg";
    spec.format = AV_PIX_FMT_YUVJ420P;
    g_autofree char *clip = clip_make(*state, "mirrored.mkv", &spec);
    const char *const files[] = {clip, NULL};
    int held_left, held_right, other_left, other_right;
    const FeedRequest turned = {.files = files, .codec = FEED_MJPEG, .mirrored = true};
    g_autoptr(Feed) mirrored = feed_open(&turned, NULL);
    assert_string_equal(feed_reason(mirrored), "it is mirrored");
    g_autoptr(Feed) held = feed_open_held(mirrored, 80000, NULL);
    look(held, &held_left, &held_right);
    look(mirrored, &left, &right);
    g_autoptr(Feed) other = open_feed(clip, FEED_MJPEG, "copy");
    look(other, &other_left, &other_right);
    assert_true(ABS(other_left - other_right) > 16);
    assert_true(ABS(left - other_right) < 8 && ABS(right - other_left) < 8);
    assert_true(ABS(held_left - left) < 4 && ABS(held_right - right) < 4);
}

TEST(a_client_can_begin_where_it_is_asked_for)
{
    ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *path = clip_make(*state, "keyed.mp4", &spec);
    const char *const files[] = {path, NULL};
    const FeedRequest request = {.files = files, .codec = FEED_AS_RECORDED, .key_us = 400000};
    g_autoptr(Feed) feed = feed_open(&request, NULL);
    assert_string_equal(feed_reason(feed), "it stops and goes on in the middle");
    FeedUnit *unit;
    while (feed_next(feed, &unit, NULL) == FEED_UNIT) {
        assert_int_equal(unit->key, unit->t_us == 0 || unit->t_us == 400000);
        feed_unit_free(unit);
    }
}

/* How many bytes the held picture takes: one that is white takes few. */
static gsize held_bytes(const Feed *clip)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Feed) held = feed_open_held(clip, 400000, &error);
    if (held == NULL)
        fail_msg("%s", error->message);
    g_autoptr(FeedUnit) unit = NULL;
    assert_int_equal(feed_next(held, &unit, NULL), FEED_UNIT);
    assert_true(unit->key);
    return g_bytes_get_size(unit->data);
}

TEST(the_picture_that_is_held_is_the_first_or_the_last)
{
    for (int white = 147; white < 150; white++) {
        ClipSpec spec = CLIP_DEFAULT;
        spec.count = 150;
        spec.b_frames = 2;
        spec.bright_from = white;
        spec.bright_count = 1;
        g_autofree char *path = clip_make(*state, "held.mp4", &spec);
        for (FeedCodec codec = FEED_MPEG4; codec <= FEED_AS_RECORDED;
             codec += FEED_AS_RECORDED - FEED_MPEG4) {
            g_autoptr(Feed) clip = open_feed(path, codec, NULL);
            const gsize first = held_bytes(clip);
            FeedUnit *unit;
            while (feed_next(clip, &unit, NULL) == FEED_UNIT)
                feed_unit_free(unit);
            const gsize last = held_bytes(clip);
            if ((2 * last < first) != (white == 149))
                fail_msg("picture %d is white: the first takes %zu bytes, the last %zu", white, first, last);
        }
    }
}

UNIT_TESTS(clips_set_up, clips_tear_down)
