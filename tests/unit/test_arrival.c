/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which picture a message of a live system can have been about, and how long nobody watched. */
#include "live/arrival.h"
#include "records/span.h"

#include "unit.h"

/* Grey is thing 0, the held first picture 1, the clip 2, the held last picture 3; the clip lasts 10 s, was
 * first held at 110 s of the wall clock, and what comes within 5 s is its own. */
static const ArrivedShow show = {.play = 1,
                                 .clip = 2,
                                 .drain = 3,
                                 .ended_us = 110000000,
                                 .last_us = 9960000,
                                 .duration_us = 10000000,
                                 .drain_us = 5000000};

static Arrived at(int play, int thing, int64_t newest_us, int64_t wall_us, int64_t arrived_us)
{
    const Moment moment = {
        .wall_us = wall_us, .t_us = newest_us - 40000, .newest_us = newest_us, .play = play, .show = thing};
    return arrival_of(&moment, arrived_us, &show);
}

TEST(a_message_belongs_to_the_latest_picture_sent)
{
    const Arrived arrived = at(1, 2, 3280000, 103280000, 103300000);
    assert_int_equal(arrived.when, ARRIVED_IN_CLIP);
    assert_int_equal(arrived.onset_us, 3280000);
    assert_int_equal(arrived.decided_us, 3280000);
    const Arrived first = at(1, 2, 0, 100000000, 100000000);
    assert_int_equal(first.when, ARRIVED_IN_CLIP);
    assert_int_equal(first.decided_us, 0);
}

TEST(before_the_clip_it_belongs_to_none)
{
    assert_int_equal(arrival_of(NULL, 5, &show).when, ARRIVED_BEFORE);
    assert_int_equal(at(1, 0, 1000000, 90000000, 90000001).when, ARRIVED_BEFORE);
    assert_int_equal(at(1, 1, 2000000, 99999999, 99999999).when, ARRIVED_BEFORE);
    assert_int_equal(at(0, 3, 2000000, 80000000, 80000001).when,
                     ARRIVED_BEFORE); /* the drain of another clip */
}

TEST(late_is_decided_when_it_came)
{
    const Arrived late = at(1, 3, 1500000, 111500000, 111520000);
    assert_int_equal(late.when, ARRIVED_LATE);
    assert_int_equal(late.onset_us, 9960000);
    assert_int_equal(late.decided_us, 11520000);
    assert_int_equal(at(1, 3, 0, 110000000, 110000000).when, ARRIVED_LATE);
    assert_int_equal(at(1, 3, 4960000, 114960000, 115000000).when, ARRIVED_LATE);
    /* nothing more is sent, and the drain is over */
    assert_int_equal(at(1, 3, 4960000, 114960000, 115000001).when, ARRIVED_AFTER);
    assert_int_equal(at(2, 0, 0, 112000000, 112000000).when, ARRIVED_AFTER);
}

TEST(a_message_between_two_pictures_is_the_clips)
{
    /* stamped before the last picture was held, though the camera has gone on since */
    assert_int_equal(at(1, 2, 9960000, 109960000, 109999999).when, ARRIVED_IN_CLIP);
    ArrivedShow going = show;
    going.ended_us = TIME_UNKNOWN;
    const Moment moment = {.wall_us = 1, .newest_us = 5, .play = 1, .show = 2};
    assert_int_equal(arrival_of(&moment, 9, &going).when, ARRIVED_IN_CLIP);
}

/* What a probe makes of the clip’s time. */
TEST(a_clip_that_is_shown_later_is_later)
{
    ArrivedShow later = show;
    later.later_us = 500000;
    const Moment moment = {.wall_us = 103280000, .newest_us = 3280000, .play = 1, .show = 2};
    assert_int_equal(arrival_of(&moment, 103300000, &later).decided_us, 3780000);
    const Moment held = {.wall_us = 111500000, .newest_us = 1500000, .play = 1, .show = 3};
    assert_int_equal(arrival_of(&held, 111520000, &later).onset_us, 10460000);
    assert_int_equal(arrival_of(&held, 111520000, &later).decided_us, 12020000);
}

TEST(what_comes_while_the_camera_is_gone_lies_in_the_gap)
{
    ArrivedShow cut = show;
    cut.cut_us = 5000000;
    cut.gap_us = 3000000;
    cut.ended_us = TIME_UNKNOWN;
    const Moment before = {.wall_us = 104960000, .newest_us = 4960000, .play = 1, .show = 2};
    assert_int_equal(arrival_of(&before, 104999999, &cut).decided_us, 4960000);
    assert_int_equal(arrival_of(&before, 105000000, &cut).decided_us, 5000000);
    assert_int_equal(arrival_of(&before, 106500000, &cut).decided_us, 6500000);
    assert_int_equal(arrival_of(&before, 107999999, &cut).decided_us, 7999999);
    assert_int_equal(arrival_of(&before, 170000000, &cut).decided_us, 7999999); /* it was slow to come back */
    const Moment after = {.wall_us = 171000000, .newest_us = 5000000, .play = 1, .show = 2};
    assert_int_equal(arrival_of(&after, 171000001, &cut).decided_us, 8000000);
    cut.ended_us = 176000000;
    const Moment held = {.wall_us = 176000000, .newest_us = 0, .play = 1, .show = 3};
    assert_int_equal(arrival_of(&held, 177000000, &cut).onset_us, 12960000);
    assert_int_equal(arrival_of(&held, 177000000, &cut).decided_us, 14000000);
}

TEST(absence_is_counted_in_the_clip_alone)
{
    const int64_t walls[] = {10, 20, 30, 40, 50};
    const guint viewers[] = {1, 0, 1, 2, 0};
    const Absence whole = arrival_absence(walls, viewers, 5, 0, 100);
    assert_int_equal(whole.away_us, 10 + 10 + 50);
    assert_int_equal(whole.losses, 2);
    assert_true(whole.ever);
    const Absence middle = arrival_absence(walls, viewers, 5, 12, 28);
    assert_int_equal(middle.away_us, 8);
    assert_int_equal(middle.losses, 1);
    assert_true(middle.ever);
    const Absence there = arrival_absence(walls, viewers, 5, 30, 50);
    assert_int_equal(there.away_us, 0);
    assert_int_equal(there.losses, 0);
    const Absence gone = arrival_absence(walls, viewers, 5, 60, 70);
    assert_int_equal(gone.away_us, 10);
    assert_int_equal(gone.losses, 0);
    assert_false(gone.ever);
    const Absence nobody = arrival_absence(NULL, NULL, 0, 3, 9);
    assert_int_equal(nobody.away_us, 6);
    assert_false(nobody.ever);
}

UNIT_TESTS(NULL, NULL)
