/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rule by which clocks are judged (media/timeline.h), on plain lists of stamps. */
#include "media/timeline.h"

#include "unit.h"

#define MS INT64_C(1000)
#define S INT64_C(1000000)
#define NONE TIME_UNKNOWN

typedef struct {
    GArray *stamps, *times; /* int64_t */
    TimelineRules rules;
    ClipQuality *quality;
} Try;

static void try_set_up(Try *try)
{
    *try = (Try){g_array_new(FALSE, FALSE, sizeof(int64_t)),
                 g_array_new(FALSE, FALSE, sizeof(int64_t)),
                 {0},
                 clip_quality_new()};
}

static void try_clear(Try *try)
{
    g_array_unref(try->stamps);
    g_array_unref(try->times);
    clip_quality_free(try->quality);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Try, try_clear)

static void add(Try *try, int64_t stamp_us)
{
    g_array_append_val(try->stamps, stamp_us);
}

/* `count` stamps from `from_us` on. */
static void run(Try *try, int64_t from_us, int count, int64_t step_us)
{
    for (int i = 0; i < count; i++)
        add(try, from_us + i * step_us);
}

static int64_t at(const Try *try, guint i)
{
    return g_array_index(try->times, int64_t, i);
}

/* Places all; t always advances, and nobody watched longer than the pictures allow. */
static void place_all(Try *try)
{
    Timeline *timeline = timeline_new(try->quality);
    timeline_begin_file(timeline, 0, &try->rules, 7 * S, 2 * S, TIME_UNKNOWN);
    TimelinePlace place = {0};
    for (guint i = 0; i < try->stamps->len || timeline_waiting(timeline) > 0;) {
        if (i < try->stamps->len && timeline_waiting(timeline) < TIMELINE_AHEAD) {
            timeline_add(timeline, g_array_index(try->stamps, int64_t, i++));
            continue;
        }
        place = timeline_take(timeline);
        if (try->times->len > 0)
            assert_true(place.t_us > at(try, try->times->len - 1));
        g_array_append_val(try->times, place.t_us);
    }
    timeline_end(timeline, place.t_us + place.usual_us);
    try->quality->duration_us = place.t_us + place.usual_us;
    try->quality->watched_us = try->quality->duration_us - span_list_total(&try->quality->unseen);
    timeline_free(timeline);
    assert_int_equal(try->times->len, try->stamps->len);
}

static void assert_found(const Try *try, ClockKind kind, int64_t count, int64_t at_us, int64_t by_us)
{
    assert_int_equal(try->quality->totals[kind].count, count);
    if (count == 0)
        return;
    for (guint i = 0; i < try->quality->findings->len; i++) {
        const ClockFinding *finding = &g_array_index(try->quality->findings, ClockFinding, i);
        if (finding->kind != kind)
            continue;
        assert_int_equal(finding->at_us, at_us);
        assert_int_equal(finding->by_us, by_us);
        return;
    }
    fail();
}

static const ClockPiece *piece(const Try *try, guint i)
{
    assert_true(i < try->quality->clock->len);
    return &g_array_index(try->quality->clock, ClockPiece, i);
}

TEST(a_sound_clock_is_left_alone)
{
    static const int64_t steps[] = {40 * MS, 33367, 100 * MS, 10 * S, 1 * S};
    for (size_t k = 0; k < G_N_ELEMENTS(steps); k++) {
        g_auto(Try) try;
        try_set_up(&try);
        try.rules.jumps = k % 2 == 0;
        run(&try, 0, 200, steps[k]);
        place_all(&try);
        for (guint i = 0; i < 200; i++)
            assert_int_equal(at(&try, i), i * steps[k]);
        assert_int_equal(try.quality->watched_us, 200 * steps[k]);
        assert_int_equal(try.quality->findings->len, 0);
        assert_false(try.quality->clock_mended);
        assert_int_equal(try.quality->clock->len, 1);
        assert_int_equal(piece(&try, 0)->stamp_us, 7 * S);
        assert_int_equal(piece(&try, 0)->player_us, 2 * S);
        assert_int_equal(piece(&try, 0)->length_us, 200 * steps[k]);
        assert_int_equal(try.quality->first_stamp_us, 7 * S);
        assert_int_equal(try.quality->first_picture_us, 2 * S);
    }
}

TEST(a_pause_is_not_watched)
{
    g_auto(Try) try;
    try_set_up(&try);
    run(&try, 0, 40, 100 * MS);
    run(&try, 604 * S, 40, 100 * MS);
    run(&try, 1208 * S, 40, 100 * MS);
    place_all(&try);
    assert_int_equal(at(&try, 40), 604 * S);
    assert_int_equal(at(&try, 119), 1208 * S + 3900 * MS);
    assert_int_equal(try.quality->watched_us, 12 * S);
    assert_found(&try, CLOCK_PAUSE, 2, 4 * S, 600 * S);
    assert_false(try.quality->clock_mended);
    assert_int_equal(try.quality->clock->len, 1);
}

/* One picture that is missing is not watched either; a rate that varies is none. */
TEST(steps_that_are_usual_here)
{
    g_auto(Try) lost;
    try_set_up(&lost);
    for (int i = 0; i < 300; i++)
        if (i % 23 != 7)
            add(&lost, i * 40 * MS);
    place_all(&lost);
    assert_int_equal(lost.quality->totals[CLOCK_PAUSE].count, 13);
    assert_int_equal(lost.quality->watched_us, (300 - 13) * 40 * MS);
    g_auto(Try) phone;
    try_set_up(&phone);
    int64_t t = 0;
    for (int i = 0; i < 300; i++) {
        add(&phone, t);
        t += i % 3 == 1 ? 66667 : 33333;
    }
    place_all(&phone);
    assert_int_equal(phone.quality->findings->len, 0);
    /* one a second while nothing moves, 25 a second while something does */
    g_auto(Try) idle;
    try_set_up(&idle);
    run(&idle, 0, 60, 1 * S);
    run(&idle, 60 * S, 250, 40 * MS);
    run(&idle, 70 * S, 60, 1 * S);
    place_all(&idle);
    assert_int_equal(idle.quality->findings->len, 0);
    assert_int_equal(idle.quality->watched_us, 130 * S);
    /* one a minute: unless that is stated a picture vouches for ten seconds at most */
    for (int stated = 0; stated < 2; stated++) {
        g_auto(Try) lapse;
        try_set_up(&lapse);
        lapse.rules.stated_us = stated * 60 * S;
        run(&lapse, 0, 30, 60 * S);
        place_all(&lapse);
        assert_int_equal(lapse.quality->watched_us, stated ? 1800 * S : 300 * S);
    }
}

/* A recorder that wrote late: ten pictures in a burst after a stall of their length. */
TEST(a_burst_makes_up_for_a_stall)
{
    g_auto(Try) try;
    try_set_up(&try);
    run(&try, 0, 50, 40 * MS);
    run(&try, 1960 * MS + 320 * MS, 8, 5 * MS);
    run(&try, 1960 * MS + 360 * MS, 50, 40 * MS);
    place_all(&try);
    assert_int_equal(try.quality->totals[CLOCK_PAUSE].count, 0);
    assert_true(ABS(try.quality->watched_us - 108 * 40 * MS) <= 80 * MS);
}

/* MPEG-PS as libav gives it: a stretch is stamped one step late, until a stamp is repeated. */
TEST(a_repeat_makes_up_for_a_late_stamp)
{
    g_auto(Try) try;
    try_set_up(&try);
    run(&try, 0, 100, 40 * MS);
    for (int i = 50; i < 53; i++)
        g_array_index(try.stamps, int64_t, i) += 40 * MS;
    place_all(&try);
    assert_int_equal(try.quality->totals[CLOCK_PAUSE].count, 0);
    assert_int_equal(try.quality->totals[CLOCK_REPEAT].pictures, 1);
    assert_int_equal(try.quality->watched_us, 4 * S);
}

TEST(a_clock_that_leaps)
{
    static const struct {
        bool jumps;
        int64_t to; /* where the clock goes on instead of 4 s */
        ClockKind kind;
        int64_t by, watched, duration;
    } cases[] = {
        {true, -1000 * S, CLOCK_LEAP_BACK, -1004 * S, 8 * S, 8 * S},
        {false, -1000 * S, CLOCK_LEAP_BACK, -1004 * S, 8 * S, 8 * S},
        {true, 0, CLOCK_RESTART, -4 * S, 8 * S, 8 * S},
        {false, 2 * S, CLOCK_RESTART, -2 * S, 8 * S, 8 * S},
        {true, 604 * S, CLOCK_LEAP_FORWARD, 600 * S, 8 * S, 8 * S},
        {true, 13 * S, CLOCK_PAUSE, 9 * S, 8 * S, 17 * S},
        {false, 37604 * S, CLOCK_PAUSE, 37600 * S, 8 * S, 37608 * S},
        {false, 1000000004 * S, CLOCK_LEAP_FORWARD, 1000000000 * S, 8 * S, 8 * S},
    };
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        g_auto(Try) try;
        try_set_up(&try);
        try.rules.jumps = cases[k].jumps;
        run(&try, 0, 100, 40 * MS);
        run(&try, cases[k].to, 100, 40 * MS);
        place_all(&try);
        assert_found(&try, cases[k].kind, 1, 4 * S, cases[k].by);
        assert_int_equal(try.quality->findings->len, 1);
        assert_int_equal(try.quality->watched_us, cases[k].watched);
        assert_int_equal(try.quality->duration_us, cases[k].duration);
        assert_int_equal(at(&try, 99), 3960 * MS);
        const bool mended = cases[k].kind != CLOCK_PAUSE;
        assert_int_equal(try.quality->clock_mended, mended);
        assert_int_equal(try.quality->clock->len, mended ? 2 : 1);
        if (mended) {
            assert_int_equal(piece(&try, 0)->length_us, 4 * S);
            assert_int_equal(piece(&try, 1)->t_us, 4 * S);
            assert_int_equal(piece(&try, 1)->stamp_us, 7 * S + cases[k].to);
            assert_int_equal(piece(&try, 1)->length_us, 4 * S);
        }
    }
}

TEST(a_wrap_is_no_leap)
{
    const int64_t wrap = (INT64_C(1) << 33) * 100 / 9;
    g_auto(Try) try;
    try_set_up(&try);
    try.rules = (TimelineRules){.jumps = true, .wrap_us = wrap};
    run(&try, 0, 100, 40 * MS);
    run(&try, 4 * S - wrap, 100, 40 * MS);
    place_all(&try);
    assert_int_equal(try.quality->findings->len, 0);
    assert_int_equal(at(&try, 199), 199 * 40 * MS);
    assert_int_equal(try.quality->clock->len, 2);
    assert_int_equal(piece(&try, 1)->stamp_us, 7 * S + 4 * S - wrap);
    assert_int_equal(piece(&try, 1)->player_us, 2 * S + 4 * S);
}

TEST(strays_stand_between_their_neighbours)
{
    static const int64_t where[] = {37600 * S, -90 * S, 0, INT64_MAX, NONE};
    static const int counts[] = {1, 2, 5, 8};
    for (size_t k = 0; k < G_N_ELEMENTS(where); k++)
        for (size_t c = 0; c < G_N_ELEMENTS(counts); c++)
            for (int jumps = 0; jumps < 2; jumps++) {
                if (where[k] == 0 && c == 3)
                    continue; /* stamps at the place of others: a restart, as far as one can tell */
                g_auto(Try) try;
                try_set_up(&try);
                try.rules.jumps = jumps;
                run(&try, 0, 200, 40 * MS);
                for (int i = 0; i < counts[c]; i++)
                    g_array_index(try.stamps, int64_t, 120 + i) =
                        where[k] == NONE || where[k] == INT64_MAX ? where[k] : where[k] + i * 40 * MS;
                place_all(&try);
                for (guint i = 0; i < 200; i++)
                    assert_int_equal(at(&try, i), i * 40 * MS);
                const bool untimed = where[k] == NONE || where[k] == INT64_MAX;
                const ClockKind kind = untimed ? CLOCK_UNTIMED : CLOCK_STRAY;
                assert_found(&try, kind, 1, 4800 * MS, untimed ? 0 : where[k] - 4800 * MS);
                assert_int_equal(try.quality->totals[kind].pictures, counts[c]);
                assert_int_equal(try.quality->watched_us, 8 * S);
                assert_int_equal(try.quality->clock->len, 1);
            }
}

/* The first picture, and the last one, have a neighbour on one side only. */
TEST(strays_at_the_ends)
{
    g_auto(Try) first;
    try_set_up(&first);
    run(&first, 0, 100, 40 * MS);
    for (int i = 1; i < 100; i++)
        g_array_index(first.stamps, int64_t, i) -= 37600 * S;
    place_all(&first);
    for (guint i = 0; i < 100; i++)
        assert_int_equal(at(&first, i), i * 40 * MS);
    assert_found(&first, CLOCK_STRAY, 1, 0, 37600 * S);
    assert_int_equal(first.quality->watched_us, 4 * S);
    assert_int_equal(first.quality->first_stamp_us, 7 * S - 37600 * S);
    g_auto(Try) last;
    try_set_up(&last);
    run(&last, 0, 100, 40 * MS);
    g_array_index(last.stamps, int64_t, 99) = 37600 * S;
    place_all(&last);
    assert_int_equal(last.quality->watched_us, 4 * S); /* a pause, for all that one can know */
}

/* Stamps count from a first picture that did not decode. */
TEST(what_comes_before_the_first_picture_is_not_watched)
{
    static const bool jumps[] = {false, true};
    for (size_t k = 0; k < G_N_ELEMENTS(jumps); k++) {
        g_auto(Try) try;
        try_set_up(&try);
        try.rules.jumps = jumps[k];
        run(&try, 300 * S, 100, 40 * MS);
        place_all(&try);
        const int64_t first = jumps[k] ? 40 * MS : 300 * S;
        assert_int_equal(at(&try, 0), first);
        assert_int_equal(at(&try, 99), first + 99 * 40 * MS);
        assert_int_equal(try.quality->watched_us, 4 * S);
        assert_int_equal(span_list_overlap(&try.quality->unseen, 0, first), first);
        assert_found(&try, CLOCK_LEAP_FORWARD, jumps[k], first, 300 * S - 40 * MS);
        assert_int_equal(try.quality->clock_mended, jumps[k]);
    }
}

TEST(repeated_stamps_lose_no_picture)
{
    /* three pictures with the stamp of the first of them */
    g_auto(Try) burst;
    try_set_up(&burst);
    run(&burst, 0, 100, 40 * MS);
    for (int i = 51; i < 54; i++)
        g_array_index(burst.stamps, int64_t, i) = 50 * 40 * MS;
    place_all(&burst);
    for (guint i = 0; i < 100; i++)
        assert_int_equal(at(&burst, i), i * 40 * MS);
    assert_found(&burst, CLOCK_REPEAT, 1, 51 * 40 * MS, -40 * MS);
    assert_int_equal(burst.quality->duplicate_pts, 3);
    /* a picture that the file gives twice does not make it longer */
    g_auto(Try) twice;
    try_set_up(&twice);
    run(&twice, 0, 51, 40 * MS);
    run(&twice, 50 * 40 * MS, 50, 40 * MS);
    place_all(&twice);
    assert_int_equal(at(&twice, 52), 51 * 40 * MS);
    assert_int_equal(twice.quality->watched_us, 100 * 40 * MS);
    assert_int_equal(twice.quality->duplicate_pts, 1);
    /* one stamp for all: the pictures are counted */
    g_auto(Try) all;
    try_set_up(&all);
    all.rules.stated_us = 100 * MS;
    for (int i = 0; i < 50; i++)
        add(&all, 0);
    place_all(&all);
    assert_int_equal(all.quality->watched_us, 5 * S);
    assert_int_equal(all.quality->duplicate_pts, 49);
    /* at a rate that nobody stated they are not believed to be slow */
    g_auto(Try) unstated;
    try_set_up(&unstated);
    unstated.rules.nominal_us = 100 * MS;
    for (int i = 0; i < 50; i++)
        add(&unstated, 0);
    place_all(&unstated);
    assert_int_equal(unstated.quality->watched_us, 2 * S);
}

/* A recorder that stamps once for many pictures: the time is what the stamps say, however many share one. */
TEST(stamps_shared_by_many_invent_no_time)
{
    static const int groups[] = {2, 3, 5, 10, 11, 12, 13, 15, 25, 40};
    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
        g_auto(Try) shared;
        try_set_up(&shared);
        shared.rules.nominal_us = groups[i] % 2 == 1 ? 500 * MS : 40 * MS; /* neither is right */
        for (int picture = 0; picture < 600; picture++)
            add(&shared, picture / groups[i] * groups[i] * 100 * MS);
        place_all(&shared);
        assert_in_range(shared.quality->watched_us, 60 * S - 100 * MS, 60 * S);
        assert_int_equal(span_list_total(&shared.quality->unseen), 0);
        assert_in_range(at(&shared, 599), 60 * S - 200 * MS, 60 * S - 100 * MS);
        assert_int_equal(shared.quality->duplicate_pts, 600 - (599 / groups[i] + 1));
    }
    /* A stamp that stands for twenty pictures moves none of those behind it. */
    for (int from = 0; from <= 40; from += 40) {
        g_auto(Try) stands;
        try_set_up(&stands);
        stands.rules.nominal_us = 100 * MS;
        run(&stands, 0, 200, 100 * MS);
        for (int picture = from; picture < from + 20; picture++)
            g_array_index(stands.stamps, int64_t, picture) = from * 100 * MS;
        place_all(&stands);
        for (guint picture = from == 0 ? 20 : 0; picture < 200; picture++)
            assert_int_equal(at(&stands, picture), picture * 100 * MS);
        assert_int_equal(stands.quality->watched_us, 20 * S);
    }
    /* It stands for twenty and the next one is a minute later: a pause, not sixty seconds of pictures. */
    g_auto(Try) pause;
    try_set_up(&pause);
    run(&pause, 0, 40, 100 * MS);
    for (int picture = 0; picture < 20; picture++)
        add(&pause, 4 * S);
    run(&pause, 64 * S, 40, 100 * MS);
    place_all(&pause);
    assert_int_equal(pause.quality->watched_us, 10 * S);
    assert_int_equal(at(&pause, 60), 64 * S);
}

static int64_t watched(Try *try)
{
    place_all(try);
    return try->quality->watched_us;
}

/* No camera films a thousand pictures a second: stamps of arrival share the time like equal ones. */
TEST(stamps_of_arrival_lose_no_time)
{
    static const int bursts[] = {3, 5, 10, 25, 50};
    for (size_t i = 0; i < G_N_ELEMENTS(bursts); i++) {
        g_auto(Try) arrival;
        try_set_up(&arrival);
        for (int picture = 0; picture < 600; picture++)
            add(&arrival, picture / bursts[i] * bursts[i] * 100 * MS + picture % bursts[i] * MS);
        assert_in_range(watched(&arrival), 60 * S - 150 * MS, 60 * S);
        assert_int_equal(arrival.quality->duplicate_pts, 0); /* near is not the same */
    }
}

/* Pictures between which a recorder that waits for motion leaves seconds: those seconds were not filmed. A
 * slow camera has no such pairs. */
TEST(between_short_bursts_nobody_watched)
{
    for (int burst = 2; burst <= 5; burst++) {
        g_auto(Try) motion;
        try_set_up(&motion);
        for (int picture = 0; picture < 60; picture++)
            add(&motion, picture / burst * 9 * S + picture % burst * 100 * MS);
        assert_int_equal(watched(&motion), 6 * S);
    }
    /* two stamps that a coarse clock put together are no burst */
    g_auto(Try) coarse;
    try_set_up(&coarse);
    for (int picture = 0; picture < 60; picture++)
        add(&coarse, picture / 2 * 200 * MS + picture % 2 * 98);
    add(&coarse, 6 * S);
    assert_in_range(watched(&coarse), 6 * S, 6 * S + 200 * MS);
    g_auto(Try) slow;
    try_set_up(&slow);
    run(&slow, 0, 60, 9 * S);
    assert_int_equal(watched(&slow), 540 * S);
    /* now slow, now fast: each as it is */
    g_auto(Try) both;
    try_set_up(&both);
    run(&both, 0, 60, S);
    run(&both, 60 * S, 100, 40 * MS);
    run(&both, 64 * S, 60, S);
    assert_in_range(watched(&both), 123 * S, 124 * S);
}

/* Every second picture carries a stamp five seconds on: none of those seconds was filmed twice. */
TEST(interleaved_stamps_invent_no_time)
{
    for (int late = 1; late <= 16; late *= 2) {
        g_auto(Try) interleaved;
        try_set_up(&interleaved);
        for (int picture = 0; picture < 200; picture++)
            add(&interleaved, picture * 100 * MS + picture % 2 * late * S);
        assert_in_range(watched(&interleaved), 19 * S, 21500 * MS);
    }
}

/* Stamps in the order of coding: I P B B. */
TEST(stamps_in_disorder_are_sorted)
{
    g_auto(Try) try;
    try_set_up(&try);
    for (int i = 0; i < 100; i++) {
        static const int shown[] = {2, 3, 1};
        add(&try, i == 0 ? 0 : ((i - 1) / 3 * 3 + shown[(i - 1) % 3]) * 40 * MS);
    }
    place_all(&try);
    for (guint i = 0; i < 100; i++)
        assert_int_equal(at(&try, i), i * 40 * MS);
    assert_int_equal(try.quality->totals[CLOCK_DISORDER].count, 1);
    assert_int_equal(try.quality->totals[CLOCK_DISORDER].pictures, 99);
    assert_true(try.quality->clock_mended);
}

TEST(files_follow_each_other)
{
    static const struct {
        int64_t origin, stated;
        int64_t t; /* where the second file's first picture stands */
    } cases[] = {
        {0, NONE, 4 * S},         /* its clock begins anew */
        {4 * S, NONE, 4 * S},     /* goes on */
        {34 * S, NONE, 34 * S},   /* goes on after a pause */
        {NONE, NONE, 4 * S},      /* has no clock */
        {0, 64 * S, 64 * S},      /* stated */
        {4 * S, 3800 * MS, 4 * S} /* stated in whole seconds, say */
    };
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        g_autoptr(ClipQuality) quality = clip_quality_new();
        Timeline *timeline = timeline_new(quality);
        const TimelineRules rules = {.nominal_us = 40 * MS};
        TimelinePlace place = {0};
        for (int file = 0; file < 2; file++) {
            timeline_begin_file(timeline, file, &rules, file == 0 ? 0 : cases[k].origin, 0,
                                file == 0 ? NONE : cases[k].stated);
            for (int i = 0; i < 100; i++) {
                timeline_add(timeline, i * 40 * MS);
                place = timeline_take(timeline);
                assert_int_equal(place.t_us, i * 40 * MS + (file == 0 ? 0 : cases[k].t));
            }
        }
        timeline_end(timeline, place.t_us + 40 * MS);
        timeline_free(timeline);
        assert_int_equal(span_list_total(&quality->unseen), cases[k].t - 4 * S);
        assert_int_equal(quality->totals[CLOCK_NEXT_FILE].count, 1);
        assert_int_equal(quality->totals[CLOCK_NEXT_FILE].by_us, cases[k].t - 4 * S);
        int file = -1;
        int64_t file_us = 0;
        if (cases[k].origin == NONE)
            continue;
        assert_int_equal(clock_to_file(quality->clock, CLOCK_STAMPS, cases[k].t + S, &file, &file_us),
                         CLOCK_FOUND);
        assert_int_equal(file, 1);
        assert_int_equal(file_us, cases[k].origin + S);
    }
}

UNIT_TESTS(NULL, NULL)
