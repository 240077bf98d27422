/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawn clips whose packets are muxed again with other time stamps: random pauses, leaps, restarts, strays
 * and lost packets. Watched time is what the pictures vouch for, and what was drawn is found at its place. */
#include "media/av.h"
#include "media_clips.h"
#include "records/error.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

enum { COUNT = 120, GOP = 6, APART = 24, EVENT = 70, MOST_DEFECTS = 4 };

typedef enum { PAUSE, LEAP_FORWARD, LEAP_BACK, RESTART, STRAY, LOST, DEFECTS } Defect;
typedef enum { TS, MKV, MP4, CONTAINERS } Container;
static const char *const endings[] = {"ts", "mkv", "mp4"};

typedef struct {
    const char *encoder;
    int rate, gop, b_frames;
} Base;

static const Base bases[] = {
    {"libx264", 25, GOP, 2}, {"libx264", 10, GOP, 0}, {"mpeg2video", 25, 1, 0}, {"mpeg2video", 30, 1, 0}};

/* The plan of one clip, by the pictures in the order of showing. */
typedef struct {
    Container container;
    const Base *base;
    int64_t step;                   /* µs */
    int64_t stamp[COUNT], t[COUNT]; /* as written; as it must come out; t TIME_UNKNOWN = lost */
    int64_t kept;
    bool leapt;
} Plan;

static bool can_carry(Container container, Defect defect)
{
    return container != MP4 || defect == PAUSE || defect == STRAY || defect == LOST;
}

/* Defects stand far apart, and where the coding allows them: a clock leaps between groups of pictures. */
static void plan_clip(Plan *plan, GRand *random)
{
    const Base *base = &bases[g_rand_int_range(random, 0, G_N_ELEMENTS(bases))];
    *plan = (Plan){.container = (Container)g_rand_int_range(random, 0, CONTAINERS),
                   .base = base,
                   .step = US_PER_SECOND / base->rate};
    for (int i = 0; i < COUNT; i++)
        plan->stamp[i] = plan->t[i] = i * US_PER_SECOND / base->rate;
    plan->kept = COUNT;
    const int defects = g_rand_int_range(random, 0, MOST_DEFECTS + 1);
    for (int d = 0; d < defects; d++) {
        const int at = (d + 1) * APART;
        const Defect defect = (Defect)g_rand_int_range(random, 0, DEFECTS);
        if (!can_carry(plan->container, defect) ||
            (defect == RESTART && plan->stamp[at - 1] <= plan->stamp[0])) /* that would be a step forward */
            continue;
        int64_t stamps = 0, times = 0;
        switch (defect) {
        case PAUSE: /* beyond ten seconds TS calls it a leap */
            stamps = times = (plan->container == TS ? g_rand_int_range(random, 100, 9000)
                                                    : g_rand_int_range(random, 100, 4000000)) *
                             INT64_C(1000);
            break;
        case LEAP_FORWARD:
            stamps = g_rand_int_range(random, 11, 20000) * US_PER_SECOND;
            times = plan->container == TS ? 0 : stamps;
            plan->leapt = plan->leapt || plan->container == TS;
            break;
        case LEAP_BACK:
            stamps = -g_rand_int_range(random, 3, 1000) * US_PER_SECOND;
            plan->leapt = true;
            break;
        case RESTART:
            stamps = plan->stamp[0] - plan->stamp[at];
            plan->leapt = true;
            break;
        case STRAY: {
            /* libav takes no longer offsets in MP4 */
            const int64_t far =
                g_rand_int_range(random, 100, plan->container == MP4 ? 2900 : 20000) * US_PER_SECOND;
            const bool back = plan->container != MP4 && g_rand_boolean(random);
            for (int i = g_rand_int_range(random, 1, 5); i > 0; i--)
                plan->stamp[at + i] += back ? -far / 20 : far;
            break;
        }
        case LOST:
            for (int i = 0; i < GOP; i++)
                plan->t[at + i] = TIME_UNKNOWN;
            plan->kept -= GOP;
            break;
        case DEFECTS:
            break;
        }
        for (int i = at; i < COUNT; i++) {
            plan->stamp[i] += stamps;
            if (plan->t[i] != TIME_UNKNOWN)
                plan->t[i] += times;
        }
    }
}

/* ---- MPEG-TS: its muxer refuses clocks that step back, so the stamps are changed in the file */

static uint64_t get_stamp(const uint8_t *p)
{
    return (uint64_t)(p[0] >> 1 & 7) << 30 | (uint64_t)p[1] << 22 | (uint64_t)(p[2] >> 1) << 15 |
           (uint64_t)p[3] << 7 | (uint64_t)(p[4] >> 1);
}

static void put_stamp(uint8_t *p, uint64_t stamp)
{
    p[0] = (uint8_t)((p[0] & 0xf1) | (stamp >> 30 & 7) << 1);
    p[1] = (uint8_t)(stamp >> 22);
    p[2] = (uint8_t)((stamp >> 15 & 0x7f) << 1 | 1);
    p[3] = (uint8_t)(stamp >> 7);
    p[4] = (uint8_t)((stamp & 0x7f) << 1 | 1);
}

static void patch_ts(const char *path, const Plan *plan)
{
    g_autofree char *content = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(path, &content, &length, NULL));
    int64_t first = -1;
    for (gsize at = 0; at + 188 <= length; at += 188) {
        uint8_t *packet = (uint8_t *)content + at;
        assert_int_equal(packet[0], 0x47);
        const int skip = packet[3] & 0x20 ? 5 + packet[4] : 4;
        uint8_t *pes = packet + skip;
        if (!(packet[1] & 0x40) || skip > 170 || pes[0] != 0 || pes[1] != 0 || pes[2] != 1 ||
            (pes[3] & 0xf0) != 0xe0)
            continue;
        const int64_t pts = (int64_t)get_stamp(pes + 9);
        if (first < 0)
            first = pts; /* the first packet is the first picture */
        const int index = (int)lround((double)(pts - first) * plan->base->rate / 90000);
        assert_in_range(index, 0, COUNT - 1);
        const int64_t moved =
            plan->stamp[index] * 9 / 100 - index * INT64_C(90000) / plan->base->rate + 2000 * INT64_C(90000);
        put_stamp(pes + 9, (uint64_t)(pts + moved) & ((UINT64_C(1) << 33) - 1));
        if (pes[7] & 0x40)
            put_stamp(pes + 14, (get_stamp(pes + 14) + (uint64_t)moved) & ((UINT64_C(1) << 33) - 1));
    }
    assert_true(g_file_set_contents(path, content, (gssize)length, NULL));
}

/* ---- muxing again */

static void write_packet(AVFormatContext *to, AVPacket *packet, AVRational from_base, const Plan *plan,
                         int64_t number)
{
    const int index = (int)lround((double)packet->pts * av_q2d(from_base) * plan->base->rate);
    assert_in_range(index, 0, COUNT - 1);
    if (plan->t[index] == TIME_UNKNOWN)
        return;
    if (plan->container == TS) {
        av_packet_rescale_ts(packet, from_base, to->streams[0]->time_base);
    } else {
        packet->pts =
            av_rescale_q(plan->stamp[index] + 2000 * US_PER_SECOND, MICROSECONDS, to->streams[0]->time_base);
        packet->dts = number - 1000000; /* Matroska keeps none */
        if (plan->container == MP4) {
            const int64_t coded = plan->t[index] + (number - index - 3) * plan->step;
            packet->dts = av_rescale_q(coded + 2000 * US_PER_SECOND, MICROSECONDS, to->streams[0]->time_base);
        }
        packet->duration = 0;
    }
    packet->pos = -1;
    packet->stream_index = 0;
    assert_int_equal(av_write_frame(to, packet), 0);
}

static void remux(const char *from_path, const char *path, const Plan *plan)
{
    AVFormatContext *from = NULL, *to = NULL;
    assert_int_equal(avformat_open_input(&from, from_path, NULL, NULL), 0);
    assert_true(avformat_find_stream_info(from, NULL) >= 0);
    assert_true(avformat_alloc_output_context2(&to, NULL, NULL, path) >= 0);
    to->flags |= AVFMT_FLAG_BITEXACT;
    to->avoid_negative_ts = 0;
    AVStream *stream = avformat_new_stream(to, NULL);
    avcodec_parameters_copy(stream->codecpar, from->streams[0]->codecpar);
    stream->codecpar->codec_tag = 0;
    stream->time_base = (AVRational){1, 90000};
    stream->avg_frame_rate = from->streams[0]->avg_frame_rate;
    assert_true(avio_open(&to->pb, path, AVIO_FLAG_WRITE) >= 0);
    AVDictionary *options = NULL;
    av_dict_set(&options, "use_editlist", "0", 0);
    assert_true(avformat_write_header(to, &options) >= 0);
    av_dict_free(&options);
    g_autoptr(AVPacket) packet = av_packet_alloc();
    int64_t first = 0; /* the first packet is the first picture */
    for (int64_t number = 0; av_read_frame(from, packet) >= 0; number++) {
        first = number == 0 ? packet->pts : first;
        packet->pts -= first;
        packet->dts = packet->dts != AV_NOPTS_VALUE ? packet->dts - first : packet->dts;
        write_packet(to, packet, from->streams[0]->time_base, plan, number);
        av_packet_unref(packet);
    }
    assert_int_equal(av_write_trailer(to), 0);
    avio_closep(&to->pb);
    avformat_free_context(to);
    avformat_close_input(&from);
    if (plan->container == TS)
        patch_ts(path, plan);
}

/* ---- */

static char *base_paths[G_N_ELEMENTS(bases)];

static int set_up(void **state)
{
    *state = clips_folder_new();
    for (size_t i = 0; i < G_N_ELEMENTS(bases); i++) {
        ClipSpec spec = CLIP_DEFAULT;
        spec.encoder = bases[i].encoder;
        spec.rate = bases[i].rate;
        spec.gop = bases[i].gop;
        spec.b_frames = bases[i].b_frames;
        spec.width = 64;
        spec.height = 48;
        spec.count = COUNT;
        spec.bright_from = EVENT;
        spec.bright_count = 10;
        g_autofree char *name = g_strdup_printf("base%zu.nut", i);
        base_paths[i] = clip_make(*state, name, &spec);
    }
    return 0;
}

static int tear_down(void **state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(bases); i++)
        g_free(base_paths[i]);
    clips_folder_free(*state);
    return 0;
}

static void check(const Plan *plan, const Played *played, int round)
{
    const ClipQuality *quality = played->quality;
    const int64_t truth = plan->kept * plan->step;
    g_autofree char *where = g_strdup_printf("round %d: %s in %s at %d/s", round, plan->base->encoder,
                                             endings[plan->container], plan->base->rate);
    if (quality->frames != plan->kept || (int64_t)played->times->len != plan->kept)
        fail_msg("%s: %" PRId64 " pictures of %" PRId64, where, quality->frames, plan->kept);
    if (ABS(quality->watched_us - truth) > plan->step + 1000)
        fail_msg("%s: watched %" PRId64 " µs instead of %" PRId64, where, quality->watched_us, truth);
    if (quality->clock_mended != (plan->leapt || quality->totals[CLOCK_STRAY].count > 0))
        fail_msg("%s: mended or not", where);
    if (quality->truncated || quality->undecoded.spans->len > 0)
        fail_msg("%s: called cut", where);
    int event = EVENT;
    while (plan->t[event] == TIME_UNKNOWN)
        event++;
    guint first = 0;
    while (first < played->means->len && g_array_index(played->means, double, first) < 200)
        first++;
    assert_true(first < played->means->len);
    const int64_t found = g_array_index(played->times, int64_t, first);
    if (ABS(found - plan->t[event]) > plan->step)
        fail_msg("%s: the event at %" PRId64 " µs instead of %" PRId64, where, found, plan->t[event]);
}

TEST(watched_time_is_what_pictures_vouch_for)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(2026);
    int mended = 0, paused = 0;
    for (int round = 0; round < 300; round++) {
        Plan plan;
        plan_clip(&plan, random);
        g_autofree char *path = g_strdup_printf("%s/remuxed.%s", (char *)*state, endings[plan.container]);
        remux(base_paths[plan.base - bases], path, &plan);
        g_autoptr(GError) error = NULL;
        g_autoptr(Played) played = clip_play(path, &(ReplayRequest){.no_chain = true}, &error);
        if (played == NULL)
            fail_msg("round %d: %s", round, error->message);
        check(&plan, played, round);
        mended += played->quality->clock_mended;
        paused += played->quality->unseen.spans->len > 0;
    }
    assert_true(mended > 80 && paused > 80); /* the rounds did try something */
}

/* ---- several files, stated rates, exchanged files */

static char *make(const char *folder, const char *name, int rate, int count)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.width = 64;
    spec.height = 48;
    spec.rate = rate;
    spec.count = count;
    return clip_make(folder, name, &spec);
}

TEST(several_files_are_one_clip)
{
    g_autofree char *one = make(*state, "one.mp4", 25, 50);
    g_autofree char *two = make(*state, "two.mkv", 25, 25);
    const char *const files[] = {one, two, NULL};
    g_autoptr(Played) played = clip_play("clip", &(ReplayRequest){.files = files}, NULL);
    assert_non_null(played);
    assert_int_equal(played->times->len, 75);
    for (guint i = 0; i < 75; i++)
        assert_int_equal(g_array_index(played->times, int64_t, i), i * 40000);
    assert_int_equal(played->quality->watched_us, 3000000);
    assert_int_equal(played->quality->totals[CLOCK_NEXT_FILE].count, 1);
    assert_false(played->quality->truncated);
    assert_int_equal(played->quality->frames_promised, -1); /* Matroska does not say */
    assert_int_equal(played->quality->duration_promised_us, 3000000);
    /* stated starts, an hour into some day; a pause of three seconds between */
    const int64_t starts[] = {3600 * US_PER_SECOND, 3605 * US_PER_SECOND};
    g_autoptr(Played) apart = clip_play("clip", &(ReplayRequest){.files = files, .starts_us = starts}, NULL);
    assert_int_equal(g_array_index(apart->times, int64_t, 49), 1960000);
    assert_int_equal(g_array_index(apart->times, int64_t, 50), 5000000);
    assert_int_equal(apart->quality->watched_us, 3000000);
    assert_int_equal(span_list_total(&apart->quality->unseen), 3000000);
    int file = -1;
    int64_t file_us = -1;
    assert_int_equal(clock_to_file(apart->quality->clock, CLOCK_PLAYER, 5500000, &file, &file_us),
                     CLOCK_FOUND);
    assert_int_equal(file, 1);
    assert_int_equal(file_us, 500000);
    int64_t t_us = -1;
    assert_int_equal(clock_to_clip(apart->quality->clock, CLOCK_PLAYER, 1, 500000, &t_us), CLOCK_FOUND);
    assert_int_equal(t_us, 5500000);
    assert_int_equal(clock_to_clip(apart->quality->clock, CLOCK_PLAYER, -1, 500000, &t_us), CLOCK_AMBIGUOUS);
}

static void assert_replay_fails(const ReplayRequest *request, VsauditErrorCode code, const char *words)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Replay) replay = replay_open("clip", request, &error);
    ReplayFrame frame;
    while (replay != NULL && replay_next(replay, &frame, &error) == REPLAY_FRAME)
        continue;
    assert_true(g_error_matches(error, VSAUDIT_ERROR, (int)code));
    if (strstr(error->message, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", error->message, words);
}

TEST(files_that_do_not_follow_are_refused)
{
    g_autofree char *one = make(*state, "first.mp4", 25, 50);
    g_autofree char *two = make(*state, "second.mp4", 25, 25);
    const char *const files[] = {one, two, NULL};
    const int64_t starts[] = {0, 500000};
    assert_replay_fails(&(ReplayRequest){.files = files, .starts_us = starts}, VSAUDIT_ERROR_INPUT,
                        "second.mp4: found a start at 0.500 s, expected 2.000 s or later");
    ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *large = clip_make(*state, "large.mp4", &spec);
    const char *const sizes[] = {one, large, NULL};
    assert_replay_fails(&(ReplayRequest){.files = sizes}, VSAUDIT_ERROR_INPUT,
                        "large.mp4: found pictures of 96 x 64, expected 64 x 48");
    g_autofree char *none = g_strdup_printf("%s/none.mp4", (char *)*state);
    const char *const missing[] = {one, none, NULL};
    assert_replay_fails(&(ReplayRequest){.files = missing}, VSAUDIT_ERROR_INPUT, "none.mp4");
    static const char *const wrong[] = {NULL, "00"};
    assert_replay_fails(&(ReplayRequest){.files = files, .sha256 = wrong}, VSAUDIT_ERROR_INTEGRITY,
                        "second.mp4: found a file with SHA-256");
}

/* What is hashed is what is decoded, also when another file takes the name in between. */
TEST(an_exchanged_file_is_not_reported)
{
    g_autofree char *path = make(*state, "name.mp4", 25, 50);
    g_autofree char *other = make(*state, "other.mp4", 25, 10);
    g_autofree char *content = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(path, &content, &length, NULL));
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)content, length);
    const char *const expected[] = {sum, NULL};
    g_autoptr(Replay) replay = replay_open(path, &(ReplayRequest){.sha256 = expected}, NULL);
    assert_non_null(replay);
    assert_int_equal(g_rename(other, path), 0);
    assert_string_equal(replay_sha256(replay, 0), sum);
    ReplayFrame frame;
    int count = 0;
    while (replay_next(replay, &frame, NULL) == REPLAY_FRAME)
        count++;
    assert_int_equal(count, 50);
    assert_replay_fails(&(ReplayRequest){.files = (const char *const[]){path, NULL}, .sha256 = expected},
                        VSAUDIT_ERROR_INTEGRITY, "as the manifest says");
    /* the same file, written to while it is read */
    g_autofree char *grows = make(*state, "grows.mp4", 25, 50);
    g_autoptr(Replay) again = replay_open(grows, &(ReplayRequest){.hash = true}, NULL);
    assert_non_null(again);
    const int fd = g_open(grows, O_WRONLY | O_APPEND, 0);
    assert_int_equal(write(fd, "x", 1), 1);
    close(fd);
    g_autoptr(GError) error = NULL;
    while (replay_next(again, &frame, &error) == REPLAY_FRAME)
        continue;
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    assert_non_null(strstr(error->message, "changed while it was read"));
}

static bool remarks_say(const ClipQuality *quality, const char *words)
{
    for (guint i = 0; i < quality->remarks->len; i++)
        if (strstr(g_ptr_array_index(quality->remarks, i), words) != NULL)
            return true;
    return false;
}

/* A stated rate makes the clock where the file only counts; a file's own time stamps stay. */
TEST(a_stated_rate)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.encoder = "mpeg4";
    g_autofree char *avi = clip_make(*state, "rate.avi", &spec);
    g_autoptr(Played) counted = clip_play(avi, &(ReplayRequest){.rate = 10}, NULL);
    assert_int_equal(counted->quality->watched_us, 3000000);
    assert_int_equal(g_array_index(counted->times, int64_t, 29), 2900000);
    assert_true(remarks_say(counted->quality, "counts its pictures at 25 per second; the stated 10"));
    assert_false(counted->quality->truncated);
    g_autofree char *mp4 = clip_make(*state, "rate.mp4", &spec);
    g_autoptr(Played) own = clip_play(mp4, &(ReplayRequest){.rate = 10}, NULL);
    assert_int_equal(own->quality->watched_us, 1200000);
    assert_true(
        remarks_say(own->quality, "states 10 pictures per second, the file's own time stamps give 25"));
    g_autoptr(Played) agreed = clip_play(mp4, &(ReplayRequest){.rate = 25}, NULL);
    assert_int_equal(agreed->quality->remarks->len, 0);
}

/* Every second place of an AVI is empty: the stated rate is one of pictures, not of places. */
TEST(a_stated_rate_counts_no_empty_places)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.encoder = "mpeg4";
    g_autofree char *path = clip_make(*state, "full.avi", &spec);
    g_autofree char *sparse = g_strdup_printf("%s/sparse.avi", (char *)*state);
    AVFormatContext *from = NULL, *to = NULL;
    assert_int_equal(avformat_open_input(&from, path, NULL, NULL), 0);
    assert_true(avformat_find_stream_info(from, NULL) >= 0);
    assert_true(avformat_alloc_output_context2(&to, NULL, NULL, sparse) >= 0);
    AVStream *stream = avformat_new_stream(to, NULL);
    avcodec_parameters_copy(stream->codecpar, from->streams[0]->codecpar);
    stream->codecpar->codec_tag = 0;
    stream->time_base = (AVRational){1, 25};
    assert_true(avio_open(&to->pb, sparse, AVIO_FLAG_WRITE) >= 0);
    assert_true(avformat_write_header(to, NULL) >= 0);
    g_autoptr(AVPacket) packet = av_packet_alloc();
    for (int number = 0; av_read_frame(from, packet) >= 0; number++) {
        packet->pts = packet->dts = 2 * number;
        packet->duration = 1;
        assert_int_equal(av_write_frame(to, packet), 0);
        av_packet_unref(packet);
    }
    assert_int_equal(av_write_trailer(to), 0);
    avformat_close_input(&from);
    avio_closep(&to->pb);
    avformat_free_context(to);
    const struct {
        double rate;
        int64_t step_us;
    } tries[] = {{12.5, 80000}, {10, 100000}};
    for (size_t i = 0; i < G_N_ELEMENTS(tries); i++) {
        g_autoptr(Played) played = clip_play(sparse, &(ReplayRequest){.rate = tries[i].rate}, NULL);
        for (guint picture = 0; picture < 30; picture++)
            assert_in_range(g_array_index(played->times, int64_t, picture) + 1, picture * tries[i].step_us,
                            picture * tries[i].step_us + 2);
        assert_in_range(played->quality->watched_us, 29 * tries[i].step_us, 30 * tries[i].step_us);
        assert_false(played->quality->truncated);
        assert_int_equal(remarks_say(played->quality, "are taken"), i == 1);
    }
}

/* Two streams side by side: one is read, and the other is told with the number of its pictures. */
TEST(streams_side_by_side)
{
    static const char *const names[] = {"both.ts", "both.mkv", "both.mp4"};
    for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
        g_autofree char *path = g_strdup_printf("%s/%s", (char *)*state, names[k]);
        AVFormatContext *from = NULL, *to = NULL;
        assert_int_equal(avformat_open_input(&from, base_paths[2], NULL, NULL), 0);
        assert_true(avformat_find_stream_info(from, NULL) >= 0);
        assert_true(avformat_alloc_output_context2(&to, NULL, NULL, path) >= 0);
        to->flags |= AVFMT_FLAG_BITEXACT;
        for (int i = 0; i < 2; i++) {
            AVStream *stream = avformat_new_stream(to, NULL);
            avcodec_parameters_copy(stream->codecpar, from->streams[0]->codecpar);
            stream->codecpar->codec_tag = 0;
        }
        assert_true(avio_open(&to->pb, path, AVIO_FLAG_WRITE) >= 0);
        assert_true(avformat_write_header(to, NULL) >= 0);
        g_autoptr(AVPacket) packet = av_packet_alloc();
        for (int number = 0; av_read_frame(from, packet) >= 0; number++) {
            for (int i = 0; i < 2; i++) {
                g_autoptr(AVPacket) copy = av_packet_clone(packet);
                copy->dts = copy->pts;
                av_packet_rescale_ts(copy, from->streams[0]->time_base, to->streams[i]->time_base);
                copy->stream_index = i;
                copy->pos = -1;
                if (i == 0 || number % 2 == 0) /* the second has half the pictures */
                    assert_int_equal(av_interleaved_write_frame(to, copy), 0);
            }
            av_packet_unref(packet);
        }
        assert_int_equal(av_write_trailer(to), 0);
        avio_closep(&to->pb);
        avformat_free_context(to);
        avformat_close_input(&from);
        g_autoptr(Played) played = clip_play(path, NULL, NULL);
        assert_non_null(played);
        assert_int_equal(played->quality->video_streams, 2);
        assert_int_equal(played->quality->frames, COUNT);
        assert_int_equal(played->quality->watched_us, COUNT * INT64_C(40000));
        assert_int_equal(played->quality->stream, 0);
        assert_true(remarks_say(played->quality,
                                "the file has 2 video streams; stream 1 (64x48, mpeg2video) was read"));
        assert_true(remarks_say(played->quality, "not read: stream 2 (64x48, mpeg2video), 60 pictures"));
        assert_false(played->quality->truncated);
    }
}

UNIT_TESTS(set_up, tear_down)
