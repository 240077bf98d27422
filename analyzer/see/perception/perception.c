/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/perception.h"

#include "perception/classify.h"
#include "perception/detector.h"
#include "perception/fire.h"
#include "perception/foreground.h"
#include "perception/motion.h"
#include "perception/outline.h"
#include "perception/picture.h"
#include "perception/quality.h"
#include "perception/settings.h"
#include "perception/statics.h"
#include "perception/tracker.h"
#include "records/error.h"
#include "records/free.h"

#include <math.h>
#include <string.h>

#define MOVE_LEAST 0.7 /* pixels by which the camera must have turned for the background to follow */

struct Perception {
    PerceptionSettings settings;
    int width, height;
    int64_t last_us;
    int moved_x, moved_y; /* by how much the background has been moved, pixels */
    PictureQuality *quality;
    Foreground *foreground;
    Tracker *tracker;
    Classifier *classifier;
    Detector *detector; /* NULL unless the user gives one */
    MotionMeter *motion;
    StaticFinder *statics;
    FireFinder *fire;
};

const char *perception_library(void)
{
    return vision_version();
}

Perception *perception_new(const PerceptionSettings *settings, GError **error)
{
    vision_start();
    Perception *perception = g_new0(Perception, 1);
    perception->settings = *settings;
    perception->quality = picture_quality_new(settings->reference_hold_us);
    perception->fire = fire_finder_new();
    perception->foreground = foreground_new(&perception->settings);
    perception->classifier = classifier_new(&perception->settings, error);
    if (perception->classifier != NULL)
        perception->motion = motion_meter_new(error);
    if (perception->motion != NULL)
        perception->statics = static_finder_new(&perception->settings, error);
    const bool wants_detector = settings->detector == DETECTOR_ONNX;
    if (perception->statics != NULL && wants_detector)
        perception->detector = detector_new(&perception->settings, error);
    if (perception->statics == NULL || (wants_detector && perception->detector == NULL)) {
        perception_free(perception);
        return NULL;
    }
    return perception;
}

DEFINE_FREE(perception_free, Perception, perception, picture_quality_free(perception->quality),
            foreground_free(perception->foreground), tracker_free(perception->tracker),
            classifier_free(perception->classifier), detector_free(perception->detector),
            motion_meter_free(perception->motion), static_finder_free(perception->statics),
            fire_finder_free(perception->fire))

unsigned perception_classes(const Perception *perception, const char **labels)
{
    const Detector *detector = perception->detector;
    *labels = detector != NULL ? detector_labels(detector) : NULL;
    return detector != NULL ? detector_classes(detector)
                            : 1U << OBJECT_PERSON | 1U << OBJECT_VEHICLE | 1U << OBJECT_OTHER;
}

const char *const *perception_class_words(ObjectClass class)
{
    return detector_words(class);
}

static Box normalise(const Perception *perception, VisionRect rect)
{
    const double width = perception->width, height = perception->height;
    return (Box){picture_round(rect.x / width), picture_round(rect.y / height), picture_round(rect.w / width),
                 picture_round(rect.h / height)};
}

static void report_tracks(const Perception *perception, Observation *observation)
{
    const GPtrArray *tracks = tracker_tracks(perception->tracker);
    observation->tracks = g_new0(TrackObservation, tracks->len);
    for (guint i = 0; i < tracks->len; i++) {
        const Track *track = g_ptr_array_index(tracks, i);
        const Box box = normalise(perception, track_box(track, perception->width, perception->height));
        if (box.w <= 0 || box.h <= 0)
            continue; /* predicted to be outside */
        observation->tracks[observation->track_count++] = (TrackObservation){
            .id = track->id,
            .class = track->class,
            .state = track->state,
            .box = box,
            .foot = geometry_box_foot(box),
            .vx = picture_round(track->x.v / perception->width),
            .vy = picture_round(track->foot.v / perception->height),
            .first_us = track->first_us,
            .seen_us = track->seen_us,
            .count = track->count,
        };
        TrackObservation *last = &observation->tracks[observation->track_count - 1];
        last->foot = (Point){picture_round(last->foot.x), picture_round(last->foot.y)};
    }
}

static void report_statics(const Perception *perception, Observation *observation)
{
    const GArray *statics = static_finder_found(perception->statics);
    observation->statics = g_new0(StaticObservation, statics->len);
    observation->static_count = statics->len;
    for (guint i = 0; i < statics->len; i++) {
        const StaticThing *thing = &g_array_index(statics, StaticThing, i);
        observation->statics[i] = (StaticObservation){
            .id = thing->id,
            .box = normalise(perception, thing->box),
            .removed = thing->removed,
            .since_us = thing->since_us,
            .seen_us = thing->seen_us,
        };
    }
}

/* Hides from the background model what came in and now stands, but not the hole that something left. */
static void learn_background(Perception *perception, int64_t t_us)
{
    const GPtrArray *tracks = tracker_tracks(perception->tracker);
    g_autoptr(GArray) held = g_array_new(FALSE, FALSE, sizeof(VisionRect));
    for (guint i = 0; i < tracks->len; i++) {
        const Track *track = g_ptr_array_index(tracks, i);
        if (!track_is_held(track, &perception->settings, t_us))
            continue;
        const VisionRect box = track_box(track, perception->width, perception->height);
        const Foreground *foreground = perception->foreground;
        if (!outline_is_hole(foreground_mask(foreground), &box, foreground_picture(foreground),
                             foreground_background(foreground)))
            g_array_append_val(held, box);
    }
    static_finder_add_held(perception->statics, held, t_us);
    foreground_learn(perception->foreground, (const VisionRect *)(void *)held->data, held->len);
}

/* Brings the background to where the camera looks now. */
static void follow_camera(Perception *perception)
{
    double x, y;
    picture_quality_drift(perception->quality, &x, &y);
    const double away_x = x * perception->width - perception->moved_x;
    const double away_y = y * perception->height - perception->moved_y;
    if (fabs(away_x) < MOVE_LEAST && fabs(away_y) < MOVE_LEAST)
        return;
    const int dx = (int)lround(away_x), dy = (int)lround(away_y);
    foreground_move(perception->foreground, dx, dy);
    perception->moved_x += dx;
    perception->moved_y += dy;
}

static void round_measures(Observation *observation)
{
    QualityObservation *quality = &observation->quality;
    double *const measures[] = {
        &quality->luma,
        &quality->contrast,
        &quality->dark_share,
        &quality->bright_share,
        &quality->sharpness,
        &quality->sharpness_ratio,
        &quality->edge_similarity,
        &quality->covered_share,
        &quality->shift_x,
        &quality->shift_y,
        &quality->shift_response,
        &quality->changed_share,
        &quality->frozen_s,
        &observation->motion.foreground_share,
        &observation->motion.flow_x,
        &observation->motion.flow_y,
        &observation->motion.flow_speed,
        &observation->motion.flow_disorder,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(measures); i++)
        *measures[i] = picture_round(*measures[i]);
}

/* Whether most of the blob lies in the box. */
static bool lies_in(const Blob *blob, const VisionRect *box)
{
    const int w = MIN(blob->box.x + blob->box.w, box->x + box->w) - MAX(blob->box.x, box->x);
    const int h = MIN(blob->box.y + blob->box.h, box->y + box->h) - MAX(blob->box.y, box->y);
    return w > 0 && h > 0 && 2 * (int64_t)w * h > (int64_t)blob->box.w * blob->box.h;
}

/* What the tracker is shown: what the detector finds, and the blobs that it has no name for. */
static GArray *find_things(Perception *perception, const VisionImage *colour, bool unsettled, GError **error)
{
    GArray *things = g_array_new(FALSE, FALSE, sizeof(Blob));
    const GArray *blobs = foreground_blobs(perception->foreground);
    if (!unsettled)
        g_array_append_vals(things, blobs->data, blobs->len);
    if (perception->detector == NULL)
        return things;
    const GArray *found = detector_find(perception->detector, colour, error);
    if (found == NULL) {
        g_array_unref(things);
        return NULL;
    }
    for (guint i = 0; i < found->len; i++) {
        const Detection *detection = &g_array_index(found, Detection, i);
        const VisionRect box = detection->box;
        for (guint k = things->len; k > 0; k--) {
            const Blob *blob = &g_array_index(things, Blob, k - 1);
            if (blob->class == OBJECT_UNKNOWN && lies_in(blob, &box))
                g_array_remove_index(things, k - 1);
        }
        const Blob blob = {box, (int64_t)box.w * box.h, box.x + box.w / 2.0, box.y + box.h / 2.0,
                           detection->class};
        g_array_append_val(things, blob);
    }
    return things;
}

static bool observe(Perception *perception, const ReplayFrame *frame, Observation *observation,
                    GError **error)
{
    const VisionImage grey = {frame->width, frame->height, 1, frame->luma_stride, (uint8_t *)frame->luma};
    const VisionImage colour = {frame->width, frame->height, 3, frame->bgr_stride, (uint8_t *)frame->bgr};
    if (!picture_quality_measure(perception->quality, &grey, frame->t_us, &observation->quality, error))
        return false;
    follow_camera(perception);
    if (!foreground_find(perception->foreground, &colour, frame->t_us, error))
        return false;
    const bool unsettled = foreground_is_unsettled(perception->foreground);
    g_autoptr(GArray) blobs = find_things(perception, &colour, unsettled, error);
    if (blobs == NULL)
        return false;
    tracker_update(perception->tracker, unsettled && perception->detector == NULL ? NULL : blobs,
                   frame->t_us);
    if (!classifier_update(perception->classifier, tracker_tracks(perception->tracker), &grey, frame->t_us,
                           error) ||
        !motion_meter_measure(perception->motion, &grey, foreground_mask(perception->foreground), frame->t_us,
                              &observation->motion, error) ||
        !static_finder_update(perception->statics, &grey, perception->foreground,
                              tracker_tracks(perception->tracker), frame->t_us, error))
        return false;
    if (!fire_finder_observe(perception->fire, &colour, frame->t_us, observation, error))
        return false;
    learn_background(perception, frame->t_us);
    if (unsettled)
        observation->motion.foreground_share = (double)NAN;
    report_tracks(perception, observation);
    report_statics(perception, observation);
    round_measures(observation);
    return true;
}

bool perception_observe(Perception *perception, const ReplayFrame *frame, Observation *observation,
                        GError **error)
{
    g_assert(frame->bgr != NULL);
    observation_init(observation, frame->t_us);
    observation->duration_us = frame->duration_us;
    if (perception->tracker == NULL) {
        perception->width = frame->width;
        perception->height = frame->height;
        perception->tracker = tracker_new(&perception->settings, frame->width, frame->height);
    } else if (frame->width != perception->width || frame->height != perception->height) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                    "perception: found a picture of %dx%d pixels, expected %dx%d as before", frame->width,
                    frame->height, perception->width, perception->height);
        return false;
    }
    if (!observe(perception, frame, observation, error)) {
        observation_clear(observation);
        return false;
    }
    perception->last_us = frame->t_us;
    return true;
}
