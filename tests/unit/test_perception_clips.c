/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Perception on some real clips; skipped, and said so, where the folder VSAUDIT_DATA is not given. */
#include "frames.h"
#include "real_clips.h"

#include "perception/perception.h"

#include <math.h>
#include <stdio.h>

#include "unit.h"

/* What a clip showed between two times, and at the last picture. */
typedef struct {
    int pictures;
    double most_covered, most_changed, least_similar, least_sharp;
    int64_t most_vehicles, most_persons;
    QualityObservation last;
} Summary;

static void add(Summary *summary, const Observation *seen, int64_t from_us)
{
    int64_t vehicles = 0, persons = 0;
    for (size_t i = 0; i < seen->track_count; i++) {
        const TrackObservation *track = &seen->tracks[i];
        if (track->state != TRACK_CONFIRMED)
            continue;
        vehicles += track->class == OBJECT_VEHICLE ? track->count : 0;
        persons += track->class == OBJECT_PERSON ? track->count : 0;
    }
    summary->most_vehicles = MAX(summary->most_vehicles, vehicles);
    summary->most_persons = MAX(summary->most_persons, persons);
    const QualityObservation *q = &seen->quality;
    summary->pictures++;
    if (seen->t_us < from_us || isnan(q->covered_share))
        return;
    summary->most_covered = fmax(summary->most_covered, q->covered_share);
    summary->most_changed = fmax(summary->most_changed, q->changed_share);
    summary->least_similar = fmin(summary->least_similar, q->edge_similarity);
    summary->least_sharp = fmin(summary->least_sharp, q->sharpness_ratio);
}

typedef struct {
    Summary summary;
    int64_t from_us;
} Watching;

static void look(const Observation *seen, void *data)
{
    Watching *watching = data;
    add(&watching->summary, seen, watching->from_us);
    watching->summary.last = seen->quality;
}

/* Looks at a clip until `until_us`. Skips the test where there is no such clip. */
static Summary watch(const char *file, int64_t from_us, int64_t until_us)
{
    Watching watching = {.summary = {.least_similar = 1, .least_sharp = 9}, .from_us = from_us};
    frames_watch(file, until_us, look, &watching);
    return watching.summary;
}

TEST(a_covered_lens_is_measured)
{
    Summary before = watch("vas/a12_Occlusion.mp4", 0, 1900000);
    assert_true(before.most_covered < 0.05 && before.least_similar > 0.95);
    assert_true(isfinite(before.last.edge_similarity)); /* the reference is ready well within 2 s */
    Summary all = watch("vas/a12_Occlusion.mp4", 0, 10000000);
    assert_true(all.last.covered_share > 0.6 && all.last.sharpness_ratio < 0.2);
}

TEST(a_turned_camera_is_measured)
{
    Summary all = watch("vas/a13_Displacement.mp4", 0, 5200000);
    assert_true(all.last.edge_similarity < 0.3 && all.last.sharpness_ratio > 0.3);
}

TEST(a_hand_over_a_quarter_is_measured)
{
    Summary before = watch("opencv/a05_tree.avi", 0, 23000000);
    assert_true(before.most_changed < 0.08 && before.most_covered < 0.06);
    Summary all = watch("opencv/a05_tree.avi", 0, 40000000);
    assert_true(all.last.changed_share > 0.12 && all.last.covered_share > 0.08);
}

TEST(traffic_is_vehicles_and_no_tampering)
{
    Summary all = watch("traffic/a16_video03.avi", 0, 5000000);
    assert_true(all.most_covered < 0.08 && all.least_similar > 0.85);
    assert_true(all.most_vehicles >= 2);
    assert_true(all.most_persons <= 1);
}

TEST(walkers_are_persons)
{
    Summary all = watch("opencv/a04_vtest.avi", 0, 8000000);
    assert_true(all.most_persons >= 4);
    assert_true(all.most_vehicles <= 1);
    assert_true(all.most_covered < 0.05);
}

TEST(people_are_found_on_a_still)
{
    g_autofree char *path = real_clip("opencv/a04_vtest.avi");
    const ReplayRequest request = {0};
    g_autoptr(Replay) replay = replay_open(path, &request, NULL);
    assert_non_null(replay);
    ReplayFrame frame;
    assert_int_equal(replay_next(replay, &frame, NULL), REPLAY_FRAME);
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(Box));
    assert_true(perception_find_people(&frame, boxes, NULL));
    assert_true(boxes->len >= 3);
    for (guint i = 0; i < boxes->len; i++) {
        const Box box = g_array_index(boxes, Box, i);
        assert_true(box.x >= 0 && box.y >= 0 && box.x + box.w <= 1.00001 && box.y + box.h <= 1.00001);
    }
}

UNIT_TESTS(NULL, NULL)
