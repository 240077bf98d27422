/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libvsaudit: a reference behaviour over observations: tracks, what stands still, fire, picture quality in;
 * alerts and counters out. No pixels.
 *
 *     vsaudit_rule_new -> vsaudit_rule_observe (for each picture) -> vsaudit_rule_finish -> ask the rule
 *
 * The rules are those of `vsaudit run` with a system of kind "reference"; `vsaudit list behaviours` prints
 * their norms and options, `vsaudit conform` shows that they keep to them. A rule looks only at what it
 * needs: for one about people tracks are enough. */
#ifndef VSAUDIT_VSAUDIT_RULE_H
#define VSAUDIT_VSAUDIT_RULE_H

#include <vsaudit/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- what a person has drawn on the camera's picture */

/* A polygon of 3 to 10000 points, closed by itself. Never grows. */
typedef struct {
    const char *name;
    const VsauditPoint *points;
    size_t point_count;
} VsauditZone;

/* A directed segment, walked from a to b. Never grows. */
typedef struct {
    const char *name;
    VsauditPoint a, b;
} VsauditLine;

typedef struct {
    const VsauditZone *zones; /* NULL: none. No two of one name */
    size_t zone_count;
    const VsauditLine *lines; /* NULL: none. No two of one name */
    size_t line_count;
    const int64_t *validations_us; /* times of ticket validations, any order. NULL: no log was given; not NULL
                                      with validation_count 0: a log without any */
    size_t validation_count;
} VsauditScene;

/* ---- what was seen on one picture */

typedef enum {
    VSAUDIT_OBJECT_UNKNOWN = 0,
    VSAUDIT_OBJECT_PERSON = 1,
    VSAUDIT_OBJECT_VEHICLE = 2,
    VSAUDIT_OBJECT_OTHER = 3
} VsauditObjectClass;
typedef enum {
    VSAUDIT_TRACK_TENTATIVE = 0, /* seen too few times to be believed: rules pass over it */
    VSAUDIT_TRACK_CONFIRMED = 1, /* seen on this picture */
    VSAUDIT_TRACK_COASTING = 2   /* not seen on this picture; the box is predicted */
} VsauditTrackState;

typedef struct {
    int64_t id;           /* one and the same for one object, never used again in a clip */
    int64_t object_class; /* a VsauditObjectClass */
    int64_t state;        /* a VsauditTrackState */
    VsauditBox box;       /* w, h >= 0; may leave the picture: all within -8 to 9 */
    VsauditPoint foot;    /* where it touches the ground; both NaN: the middle of the box's lower edge */
    double vx, vy;        /* of the foot, shares of the picture a second, -1000 to 1000; 0 when not known */
    int64_t first_us;     /* first seen, <= seen_us */
    int64_t seen_us;      /* last really seen, <= the observation's time */
    int64_t count;        /* people (vehicles) that it stands for, 0 to 10^6: usually 1, more for a group that
                             cannot be parted, 0 when it coasts inside of such a group and is counted there */
} VsauditTrack;

/* Something that stands still and does not belong to the background, or that has gone from it. */
typedef struct {
    int64_t id;       /* as of tracks */
    VsauditBox box;   /* as of tracks */
    int64_t removed;  /* 1: something of the background has gone; 0: something new stands there */
    int64_t since_us; /* <= seen_us */
    int64_t seen_us;  /* <= the observation's time */
} VsauditStatic;

typedef enum { VSAUDIT_FIRE_FLAME = 0, VSAUDIT_FIRE_SMOKE = 1 } VsauditFireKind;

/* A part of the picture that looks like flames or smoke and did not when the clip began. Measures: NaN when
 * not measured. */
typedef struct {
    int64_t id;       /* as of tracks */
    int64_t kind;     /* a VsauditFireKind */
    VsauditBox box;   /* of what has looked like it within the last second; as of tracks */
    double area;      /* share of the picture that looks like it now, 0 to 1 */
    double share;     /* flame: of the box; smoke: of all that has changed in the box; 0 to 1 */
    double flicker;   /* root mean square, over about a second, of the changes of brightness (0 to 1) that are
                         faster   than about one a second; 0 to 1 */
    int64_t since_us; /* first seen, <= the observation's time */
} VsauditFire;

/* The whole picture; "reference" is a slowly adapted view of the same camera. NaN when not measured. */
typedef struct {
    double luma;            /* mean brightness, 0 to 1 */
    double contrast;        /* standard deviation of brightness, 0 to 0.5 */
    double dark_share;      /* share of pixels below 0.1, 0 to 1 */
    double bright_share;    /* share of pixels above 0.95, 0 to 1 */
    double sharpness;       /* variance of the Laplacian of brightness in 8-bit units, 0 to 10^12 */
    double sharpness_ratio; /* sharpness / that of the reference, 0 to 10^12 */
    double edge_similarity; /* share of the reference's edges that are still there, 0 to 1 */
    double covered_share; /* share of picture cells whose reference edges have gone while the rest stays, 0 to
                             1 */
    double shift_x, shift_y; /* global shift against the reference, shares of width and height, -8 to 8 */
    double shift_response;   /* how reliable the shift is, 0 to 1 */
    double changed_share;    /* share of pixels that differ from the reference by more than noise, 0 to 1 */
    double frozen_s;         /* for how long nothing in the picture has changed, 0 to 10^9 s */
    double foreground_share; /* share of pixels in motion, 0 to 1 */
    double flow_x, flow_y;   /* mean motion of moving pixels, shares of the picture a second, -1000 to 1000 */
    double flow_speed;       /* its mean magnitude, picture heights a second, 0 to 1000 */
    double flow_disorder;    /* 0: all move one way; 1: no common direction */
} VsauditPicture;

typedef struct {
    int64_t t_us;        /* 0 to VSAUDIT_TIME_MAX; more than that of the observation before */
    int64_t duration_us; /* until the next picture, 0 to VSAUDIT_TIME_MAX; the typical step for the last */
    int64_t
        no_signal; /* 1: the stream should have had a picture here but had none, or it did not decode; 0 */
    VsauditPicture picture; /* never grows in here: new measures come as fields of VsauditObservation */
    const VsauditTrack
        *tracks; /* in any order, no id twice; NULL: none. All structs in these lists never grow */
    size_t track_count;
    const VsauditStatic *statics;
    size_t static_count;
    const VsauditFire *fires;
    size_t fire_count;
    int64_t fires_measured; /* 1: somebody looked for fire, so that an empty list says something; 0 */
} VsauditObservation;

/* Nothing measured, no tracks, statics or fires; t_us must be set. */
VSAUDIT_API VsauditStatus vsaudit_observation_init(VsauditObservation *observation, size_t size,
                                                   VsauditError *error);

/* ---- the run of a rule over one clip */

typedef struct VsauditRule VsauditRule;

/* `scene` NULL: nothing was drawn (`scene_size` is then not read); it is copied. `aspect`: picture width /
 * height as displayed, 0.1 to 10. *rule is the caller's, to be freed; NULL on failure. VSAUDIT_INVALID also
 * when the rule wants a zone or line that the scene does not have, and for "weapon", which no rule can serve. */
VSAUDIT_API VsauditStatus vsaudit_rule_new(const char *behaviour, const VsauditOption *options,
                                           size_t option_count, const VsauditScene *scene, size_t scene_size,
                                           double aspect, VsauditRule **rule, VsauditError *error);
VSAUDIT_API void vsaudit_rule_free(VsauditRule *rule);

/* In order of time. An observation that is refused has not been seen by the rule, which goes on with the
 * next. */
VSAUDIT_API VsauditStatus vsaudit_rule_observe(VsauditRule *rule, const VsauditObservation *observation,
                                               size_t size, VsauditError *error);
/* The clip ends at `end_us`, not before the last observation: alerts still open end there. Once; nothing can
 * be observed afterwards. */
VSAUDIT_API VsauditStatus vsaudit_rule_finish(VsauditRule *rule, int64_t end_us, VsauditError *error);

/* Alerts decided so far. While observing they stand in the order of their decisions, those that go on with an
 * unknown end; vsaudit_rule_finish sorts them by onset, decision and end, and each has an end. NULL has none.
 */
VSAUDIT_API size_t vsaudit_rule_alert_count(const VsauditRule *rule);
/* Label and track ids belong to the rule and live until the next call that is not const. VSAUDIT_NOT_FOUND
 * beyond the last. */
VSAUDIT_API VsauditStatus vsaudit_rule_alert(const VsauditRule *rule, size_t index, VsauditAlert *alert,
                                             size_t size, VsauditError *error);

/* Numbers that a rule keeps beside its alerts ("passages", "limit_crossings" …), so far. The name, static, of
 * the one number `index` from 0, and its value in *value (which may be NULL); NULL after the last. */
VSAUDIT_API const char *vsaudit_rule_counter(const VsauditRule *rule, size_t index, int64_t *value);

#ifdef __cplusplus
}
#endif
#endif
