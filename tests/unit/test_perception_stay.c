/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands, lies or was left behind on real clips; skipped, and said so, where the folder VSAUDIT_DATA is
 * not given. */
#include "frames.h"

#include "perception/perception.h"

#include <math.h>
#include <stdio.h>

#include "unit.h"

typedef struct {
    double from_s, to_s;
    int pictures, confirmed; /* between these times; pictures with the one confirmed track of a person */
    int64_t id;              /* of that track; -1 when it was not always the same */
    size_t most_statics;
} Dwell;

static void look_at_dwell(const Observation *seen, void *data)
{
    Dwell *dwell = data;
    const double t_s = time_to_seconds(seen->t_us);
    dwell->most_statics = MAX(dwell->most_statics, seen->static_count);
    if (t_s < dwell->from_s || t_s > dwell->to_s)
        return;
    dwell->pictures++;
    if (seen->track_count != 1 || seen->tracks[0].state != TRACK_CONFIRMED ||
        seen->tracks[0].class != OBJECT_PERSON)
        return;
    dwell->confirmed++;
    dwell->id = dwell->id == 0 || dwell->id == seen->tracks[0].id ? seen->tracks[0].id : -1;
}

/* A woman stands at a table from about 8 s on and leaves at 20.3 s. */
TEST(who_stands_stays_one_track)
{
    Dwell dwell = {.from_s = 8.5, .to_s = 19};
    frames_watch("intel/a01_one-by-one-person-detection.mp4", time_from_seconds(22), look_at_dwell, &dwell);
    assert_true(dwell.pictures > 100);
    assert_true(dwell.confirmed > 0.97 * dwell.pictures);
    assert_true(dwell.id > 0);
    assert_int_equal(dwell.most_statics, 0);
}

typedef struct {
    int pictures, with_bag, others;
    double first_s;
} Left;

static void look_at_bag(const Observation *seen, void *data)
{
    Left *left = data;
    const double t_s = time_to_seconds(seen->t_us);
    bool bag = false;
    for (size_t i = 0; i < seen->static_count; i++) {
        const Box box = seen->statics[i].box;
        const bool there = box.x > 0.6 && box.x + box.w < 0.72 && box.y > 0.74 && box.y + box.h < 0.9;
        bag |= there && !seen->statics[i].removed;
        left->others += !there || seen->statics[i].removed;
    }
    left->first_s = bag && isnan(left->first_s) ? t_s : left->first_s;
    left->pictures += t_s > 24;
    left->with_bag += t_s > 24 && bag;
}

/* A man puts a bag down at 13 to 15 s and is gone at 22.8 s. */
TEST(a_bag_left_is_static)
{
    Left left = {.first_s = (double)NAN};
    frames_watch("aboda/a08_video4.avi", time_from_seconds(28), look_at_bag, &left);
    assert_true(left.first_s > 18 && left.first_s < 23);
    assert_int_equal(left.with_bag, left.pictures);
    assert_int_equal(left.others, 0);
}

typedef struct {
    double standing, lying; /* greatest and last height of the person */
    bool person;
} Fall;

static void look_at_fall(const Observation *seen, void *data)
{
    Fall *fall = data;
    for (size_t i = 0; i < seen->track_count; i++) {
        const TrackObservation *track = &seen->tracks[i];
        const bool big = track->box.h > 0.15 && track->box.x > 0.5; /* the left half is a depth picture */
        if (!big || track->state != TRACK_CONFIRMED || track->class != OBJECT_PERSON)
            continue;
        fall->standing = fmax(fall->standing, track->box.h);
        fall->lying = track->box.h;
        fall->person = seen->t_us > 5 * US_PER_SECOND;
    }
}

TEST(who_falls_stays_a_person)
{
    Fall fall = {0};
    frames_watch("urfd/a10_cam0.mp4", time_from_seconds(6), look_at_fall, &fall);
    assert_true(fall.person);
    assert_true(fall.standing > 0.45 && fall.lying < 0.65 * fall.standing);
}

UNIT_TESTS(NULL, NULL)
