/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows blobs from picture to picture.
 *
 * A track is a box with constant velocity (one Kalman filter for the middle of its foot line, one for the
 * foot line's height) and a smoothed size. Blobs are assigned to tracks optimally. Where several tracks lie
 * in one blob they go on as a group: each keeps its size, is predicted, and is corrected by those edges of
 * the blob that it reaches, so two people who cross keep their ids. Pieces of one thing are put together. A
 * new track is tentative; it is believed (confirmed) when it has been seen long enough and has really moved,
 * or was recognised as a person. A believed track that is not seen coasts for a while. Ids are never used
 * again. */
#ifndef VSAUDIT_PERCEPTION_TRACKER_H
#define VSAUDIT_PERCEPTION_TRACKER_H

#include "perception/foreground.h"
#include "perception/kalman.h"
#include "records/observation.h"

/* What speaks for each class over a track's life; kept by classify.c. */
typedef struct {
    double person, vehicle, other; /* votes by shape and motion */
    double people;                 /* running mean of people found, over looks that found somebody */
    int looks;                     /* times that the detector looked at it */
    int finds;                     /* times that it found somebody */
    int64_t looked_us;             /* last time */
    double fill, aspect, change;   /* running means: area / box, height / width, relative change of aspect */
    int64_t samples;
} ClassVotes;

typedef struct {
    int64_t id;
    TrackState state;
    Kalman x, foot; /* middle of the foot line, pixels of the working picture */
    double w, h;    /* pixels, smoothed */
    Blob blob;      /* the blob it was last seen in */
    bool alone;     /* that blob holds no other track */
    int64_t hits;   /* pictures in which it was seen */
    int misses;     /* pictures since */
    int64_t first_us, seen_us;
    double anchor_x, anchor_y; /* its centre when it last had moved by a good part of its size */
    int64_t anchor_us;
    double start_x, start_y; /* its centre when it began */
    double reach;            /* furthest from there, in sizes */
    int64_t count;           /* persons or vehicles in it */
    ObjectClass class;
    ClassVotes votes;
} Track;

typedef struct Tracker Tracker;

Tracker *tracker_new(const PerceptionSettings *settings, int width, int height);
void tracker_free(Tracker *tracker); /* NULL is fine */
/* One picture on. `blobs` of Blob; NULL when nothing can be said about blobs (change of light): tracks coast.
 */
void tracker_update(Tracker *tracker, const GArray *blobs, int64_t t_us);
/* Of Track *, sorted by id; owned by the tracker, valid until the next update. */
const GPtrArray *tracker_tracks(const Tracker *tracker);
/* Its box in pixels, cut to the picture. */
VisionRect track_box(const Track *track, int width, int height);
/* Whether it has moved and then stood still, not longer than the settings say: it must not become background.
 */
bool track_is_held(const Track *track, const PerceptionSettings *settings, int64_t t_us);

#endif
