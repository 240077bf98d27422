/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/classify.h"

#include "perception/picture.h"
#include "records/free.h"

#include <math.h>
#include <string.h>

#define LOOKS_A_PICTURE 2             /* candidates that the detector looks at in one picture */
#define LOOK_AGAIN_US (US_PER_SECOND) /* not sooner at one track */
#define LOOK_LATER_US                                                                       \
    (3 * US_PER_SECOND)    /* after LOOKS_ENOUGH looks, to see whether a group is still one \
                            */
#define LOOKS_ENOUGH 6     /* looks after which the detector has said what it can */
#define LEAST_HEIGHT 20    /* pixels of a candidate in the working picture */
#define PERSON_PIXELS 96   /* height of a person in the detector's window */
#define MARGIN 32          /* pixels around a candidate, at the detector's scale */
#define LARGEST_LOOK 400   /* pixels of the scaled candidate */
#define FIND_THRESHOLD 0.0 /* of the detector's score */
#define FIND_VOTE 8.0      /* votes of a find */
#define MISS_VOTE 1.0      /* votes that a look without a find takes away */
#define PEOPLE_GAIN 0.35   /* share of a new count that is believed at once */
#define SHAPE_MEMORY 20    /* pictures over which the shape is averaged */
#define RAGGED_CHANGE 0.2  /* mean relative change of height / width of leaves and reflections */
#define LEAST_VOTES 3.0
#define KNOWN_VOTES 8.0 /* votes for a person after which one for a vehicle counts KNOWN_SHARE */
#define KNOWN_SHARE 0.2

struct Classifier {
    const PerceptionSettings *settings;
    VisionPeople *people;
};

Classifier *classifier_new(const PerceptionSettings *settings, GError **error)
{
    Classifier *classifier = g_new0(Classifier, 1);
    classifier->settings = settings;
    if (settings->detector != DETECTOR_HOG)
        return classifier;
    classifier->people = vision_people_new();
    if (!picture_check(classifier->people != NULL, "the people detector", error)) {
        classifier_free(classifier);
        return NULL;
    }
    return classifier;
}

DEFINE_FREE(classifier_free, Classifier, classifier, vision_people_free(classifier->people))

/* Whether the box touches the picture's border, so that its shape is not all there. */
static bool is_cut(const VisionRect *box, const VisionImage *grey)
{
    return box->x <= 1 || box->y <= 1 || box->x + box->w >= grey->width - 1 ||
           box->y + box->h >= grey->height - 1;
}

/* Runs the detector on the candidate, scaled so that a person as tall as the box fits the window. */
static bool look(Classifier *classifier, Track *track, const VisionImage *grey, int64_t t_us, GError **error)
{
    const VisionRect box = track->blob.box;
    const double scale = (double)PERSON_PIXELS / box.h;
    const int margin = (int)ceil(MARGIN / scale);
    const int left = MAX(0, box.x - margin), right = MIN(grey->width, box.x + box.w + margin);
    const int top = MAX(0, box.y - margin), bottom = MIN(grey->height, box.y + box.h + margin);
    const VisionImage crop = {right - left, bottom - top, 1, grey->stride,
                              grey->data + (ptrdiff_t)top * grey->stride + left};
    const int width = MAX(64, (int)lround(crop.width * scale)),
              height = MAX(128, (int)lround(crop.height * scale));
    track->votes.looked_us = t_us;
    track->votes.looks++;
    if (width > LARGEST_LOOK || height > LARGEST_LOOK)
        return true;
    VisionImage scaled;
    picture_init(&scaled, width, height, 1);
    VisionRect boxes[8];
    double weights[8];
    size_t count = 0;
    const bool done =
        vision_resize(&crop, &scaled) && vision_people_find(classifier->people, &scaled, FIND_THRESHOLD, 1.15,
                                                            boxes, weights, G_N_ELEMENTS(boxes), &count);
    picture_clear(&scaled);
    if (!picture_check(done, "the people detector", error))
        return false;
    track->votes.finds += count > 0;
    const double rate = track->votes.people > 0 ? PEOPLE_GAIN : 1;
    if (count > 0) {
        track->votes.people += rate * ((double)count - track->votes.people);
        track->votes.person += FIND_VOTE;
    } else {
        track->votes.person = fmax(0, track->votes.person - MISS_VOTE);
    }
    return true;
}

static bool wants_look(const Classifier *classifier, const Track *track, const VisionImage *grey,
                       int64_t t_us)
{
    if (classifier->people == NULL || track->misses > 0 || track->hits < 3 || !track->alone)
        return false;
    const VisionRect *box = &track->blob.box;
    if (box->h < LEAST_HEIGHT || box->w > 3 * box->h || is_cut(box, grey) ||
        track->votes.looks >= LOOKS_ENOUGH)
        return false;
    return track->votes.looked_us == TIME_UNKNOWN || t_us - track->votes.looked_us >= LOOK_AGAIN_US;
}

/* Running means of the shape, over pictures in which all of it is seen. */
static void measure_shape(ClassVotes *votes, double aspect, double fill)
{
    const double rate = 1.0 / (double)MIN(votes->samples + 1, SHAPE_MEMORY);
    if (votes->samples > 0)
        votes->change += rate * (fabs(aspect / votes->aspect - 1) - votes->change);
    votes->aspect += rate * (aspect - votes->aspect);
    votes->fill += rate * (fill - votes->fill);
    votes->samples++;
}

/* One vote by shape. The bounds were set on street, shop and top-view footage: people fill 0.35 to 0.65 of
 * their box (legs, arms), cars 0.55 to 0.85; leaves and their shadows less than 0.4, with an ever changing
 * outline. */
static void vote(Track *track, const VisionImage *grey)
{
    ClassVotes *votes = &track->votes;
    const VisionRect *box = &track->blob.box;
    const double share = (double)track->blob.area / ((double)grey->width * grey->height);
    const double fill = (double)track->blob.area / ((double)box->w * box->h);
    const bool cut = is_cut(box, grey);
    /* Who has walked in upright is still a person on the floor. */
    const double vehicle = votes->person >= KNOWN_VOTES && votes->person > votes->vehicle ? KNOWN_SHARE : 1;
    if (!cut)
        measure_shape(votes, (double)box->h / box->w, fill);
    if (share >= 0.01 && (cut ? fill : votes->fill) >= 0.72) {
        votes->vehicle += vehicle * (cut ? 0.5 : 2); /* large and solid, whatever its direction */
        return;
    }
    if (cut) { /* the whole of it can only be taller */
        const bool upright =
            box->h >= 1.6 * box->w && share >= 0.01 && box->x > 1 && box->x + box->w < grey->width - 1;
        votes->person += upright ? 0.3 : 0;
        return;
    }
    const double aspect = votes->aspect;
    const double box_share = (double)box->w * box->h / ((double)grey->width * grey->height);
    if (aspect < 0.3 || (votes->fill < 0.4 && aspect < 1.2 && votes->change >= RAGGED_CHANGE))
        votes->other += 0.5;
    else if (votes->fill < 0.5 && aspect <= 1.25 && box_share >= 0.008 && votes->change < RAGGED_CHANGE)
        votes->vehicle += 0.5 * vehicle; /* a dark car of which shadow removal has left a frame */
    else if (aspect >= 1.6)
        votes->person += votes->change < 0.4 ? 1 : 0.3;
    else if (aspect >= 1.15 && votes->fill < 0.52)
        votes->person += 0.5;
    else if (share >= 0.001 && (aspect <= 0.85 || (aspect <= 1.25 && votes->fill >= 0.54)))
        votes->vehicle += vehicle;
    else
        votes->other += 0.3;
}

/* A user's detector knows better than the shape. */
static void vote_by_detector(Track *track)
{
    double *const mine = track->blob.class == OBJECT_PERSON ? &track->votes.person : &track->votes.vehicle;
    *mine += FIND_VOTE;
    track->votes.finds++;
}

static void decide(Track *track)
{
    const ClassVotes *votes = &track->votes;
    const double most = fmax(votes->person, fmax(votes->vehicle, votes->other));
    if (most < LEAST_VOTES) {
        track->class = OBJECT_UNKNOWN;
        return;
    }
    track->class = votes->person >= most    ? OBJECT_PERSON
                   : votes->vehicle >= most ? OBJECT_VEHICLE
                                            : OBJECT_OTHER;
    /* A group that was never seen apart: what the detector counts in it. */
    const bool counted = track->class == OBJECT_PERSON && track->alone && votes->people > 0;
    track->count = counted ? MAX(1, lround(votes->people)) : MAX(1, track->count);
}

bool classifier_update(Classifier *classifier, const GPtrArray *tracks, const VisionImage *grey, int64_t t_us,
                       GError **error)
{
    int looks = 0;
    for (guint i = 0; i < tracks->len; i++) {
        Track *track = g_ptr_array_index(tracks, i);
        if (track->misses > 0)
            continue;
        if (looks < LOOKS_A_PICTURE && wants_look(classifier, track, grey, t_us)) {
            looks++;
            if (!look(classifier, track, grey, t_us, error))
                return false;
        }
        if (track->alone && track->blob.class != OBJECT_UNKNOWN)
            vote_by_detector(track);
        else if (track->alone && classifier->settings->detector != DETECTOR_ONNX)
            vote(track, grey);
        decide(track);
    }
    return true;
}
