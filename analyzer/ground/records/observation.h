/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What perception measured on one picture: all that a behaviour may know. No pixels.
 *
 * Coordinates are normalised (records/geometry.h), times are microseconds from the clip's first frame,
 * velocities are per second. "Not measured" is NAN for a double and never zero. */
#ifndef VSAUDIT_RECORDS_OBSERVATION_H
#define VSAUDIT_RECORDS_OBSERVATION_H

#include "records/geometry.h"
#include "records/span.h"

typedef enum { OBJECT_UNKNOWN, OBJECT_PERSON, OBJECT_VEHICLE, OBJECT_OTHER } ObjectClass;

typedef enum {
    TRACK_TENTATIVE, /* seen too few times to be believed; behaviours ignore it */
    TRACK_CONFIRMED, /* seen on this picture */
    TRACK_COASTING,  /* not seen on this picture; box is predicted (occlusion, missed detection) */
} TrackState;

typedef struct {
    int64_t id; /* unique within a clip, never used again */
    ObjectClass class;
    TrackState state;
    Box box;
    Point foot;       /* where it touches the ground */
    double vx, vy;    /* of the foot, normalised units per second */
    int64_t first_us; /* first seen */
    int64_t seen_us;  /* last really seen; == the observation's time unless coasting */
    /* Persons (or vehicles) that this track stands for. Usually 1; more when its blob is a group that cannot
     * be parted; 0 when the track coasts inside such a group and is counted there. The sum over all believed
     * tracks is the number of objects. */
    int64_t count;
} TrackObservation;

/* Something that stands still and does not belong to the long-term background, or that has gone from it. */
typedef struct {
    int64_t id;
    Box box;
    bool removed; /* true: something of the background has gone; false: something new stands there */
    int64_t since_us;
    int64_t seen_us;
} StaticObservation;

/* A part of the picture that looks like flames or like smoke and did not when the clip began: a candidate,
 * nothing more. */
typedef enum { FIRE_FLAME, FIRE_SMOKE } FireKind;

typedef struct {
    int64_t id; /* unique within a clip, never used again */
    FireKind kind;
    Box box;          /* of what has looked like it within the last second */
    double area;      /* share of the picture that looks like it now, 0..1 */
    double share;     /* flame: of the box; smoke: of all that has changed in the box; 0..1 */
    double flicker;   /* root mean square over about a second of the changes of brightness (0..1) faster than
                         about one a second, up to half the picture rate; NAN until a second has been seen */
    int64_t since_us; /* first seen */
} FireObservation;

/* Measurements of the whole picture, against a slowly adapted reference view where that is said. */
typedef struct {
    double luma;         /* mean brightness, 0..1 */
    double contrast;     /* standard deviation of brightness, 0..0.5 */
    double dark_share;   /* share of pixels below 0.1, 0..1 */
    double bright_share; /* share of pixels above 0.95, 0..1 */
    double
        sharpness; /* variance of the Laplacian of brightness in 8-bit units, >= 0, on the working picture */
    double sharpness_ratio;  /* sharpness / that of the reference view; NAN before there is one */
    double edge_similarity;  /* share of the reference view's edges still there, 0..1; NAN before there is a
                                reference */
    double covered_share;    /* share of picture cells whose reference edges have gone while the rest stays,
                                0..1; NAN likewise */
    double shift_x, shift_y; /* global shift against the reference view in fractions of width, height; NAN
                                when not reliable */
    double shift_response;   /* reliability of the shift, 0..1 */
    double changed_share; /* share of pixels that differ from the reference view by more than noise, 0..1; NAN
                             likewise */
    double frozen_s; /* for how long no block of 8x8 pixels of the working picture has changed its mean by 2
                        of 255 levels or more, s: what an encoder does to a still picture is less */
} QualityObservation;

/* Motion of the picture's foreground, for crowds and fights. */
typedef struct {
    double foreground_share; /* share of pixels in motion, 0..1 */
    double flow_x,
        flow_y;        /* mean motion of moving pixels, normalised units per second; NAN when not measured */
    double flow_speed; /* mean magnitude, picture heights per second; NAN when not measured */
    double flow_disorder; /* 0: all move one way, 1: no common direction; NAN when not measured */
} MotionObservation;

typedef struct {
    int64_t t_us;
    int64_t duration_us; /* until the next picture as far as known; the last one's is the typical step */
    bool signal; /* false: the stream should have had a picture here but had none, or it did not decode */
    QualityObservation quality;
    MotionObservation motion;
    TrackObservation *tracks; /* sorted by id */
    size_t track_count;
    StaticObservation *statics; /* sorted by id */
    size_t static_count;
    FireObservation *fires; /* sorted by id */
    size_t fire_count;
    bool fires_measured; /* false: nobody looked for fire, so that none in the list says nothing */
} Observation;

/* Says once what a stream of observations is about. */
typedef struct {
    char *clip;       /* id */
    char *condition;  /* id, "as-recorded" */
    double aspect;    /* picture width / height as displayed */
    char *perception; /* digest of program version and perception settings that made it */
} ObservationHeader;

void observation_header_clear(ObservationHeader *header);
/* Sets every measurement to "not measured", no tracks, no fires measured, signal true. */
void observation_init(Observation *observation, int64_t t_us);
/* Frees what it holds. */
void observation_clear(Observation *observation);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Observation, observation_clear)
const char *fire_kind_name(FireKind kind);        /* "flame", "smoke" */
const char *object_class_name(ObjectClass class); /* "unknown", "person", "vehicle", "other" */

#endif
