/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The activity-detection protocols of NIST's ActEV evaluations, 2018 to today.
 *
 * Per activity and per file, reference and system instances are matched one to one so that the sum of the
 * kernels 1 + (weight * confidence, scaled to 0..1 over all of the system's instances) [+ weight * temporal
 * IoU] is largest; which pairs are comparable is what tells the protocols apart. Times are frames, half open.
 * R_FA counts per minute of selected video. One second is as many frames in every file as in the first. Like
 * the public scorer, time without reference runs from frame 0 to the number of selected frames. */
#ifndef VSAUDIT_SCORING_ACTEV_H
#define VSAUDIT_SCORING_ACTEV_H

#include "records/span.h"

typedef enum {
    ACTEV_COMPARE_IOU,       /* temporal IoU > threshold */
    ACTEV_COMPARE_SECOND,    /* overlap >= 1 s */
    ACTEV_COMPARE_SHORT_SYS, /* system shorter than 1 s: overlap/reference >= threshold; else >= 1 s */
    ACTEV_COMPARE_SHORT_REF, /* the same, reference shorter than 1 s */
} ActevComparison;

typedef enum {
    ACTEV_TFA_NONE,    /* not a measure of this protocol */
    ACTEV_TFA_OUTSIDE, /* system time outside all reference time, instance by instance */
    ACTEV_TFA_EXCESS,  /* sum over time of max(0, system instances - reference instances) */
} ActevTimeFalseAlarm;

typedef struct {
    const char *id; /* "actev-sdl-v2" */
    ActevComparison comparison;
    double threshold;
    double confidence_weight, iou_weight;
    ActevTimeFalseAlarm tfa;
} ActevProtocol;

extern const ActevProtocol actev_protocols[]; /* ended by a NULL id */
const ActevProtocol *actev_protocol_find(const char *id);

typedef struct {
    int activity, file; /* indices */
    int64_t start, end; /* frames, end > start */
    double confidence;  /* system only */
} ActevInstance;

typedef struct {
    int64_t frames; /* selected */
    double rate;    /* frames per second */
} ActevFile;

typedef struct {
    const ActevProtocol *protocol;
    int activities; /* how many */
    const ActevFile *files;
    int file_count;
    const ActevInstance *references, *systems;
    size_t reference_count, system_count;
    double miss_numerator, miss_denominator; /* of wP_miss: 8 and 10 */
    int64_t collar;                          /* of NMIDE, frames: 0 */
    int points;                              /* of a curve at most; 0: one for every confidence */
    /* By instance, in frames: what it is on, when that is not all of [start, end). NULL where it is. */
    const SpanList *const *reference_spans, *const *system_spans;
} ActevInput;

/* One point of an activity's curve: all instances with at least this confidence. NAN: not defined. */
typedef struct {
    double threshold;
    double r_fa, t_fa, p_miss, w_p_miss, n_mide;
    int64_t tfa_numerator, tfa_denominator;
} ActevPoint;

/* Frames of a matched pair. */
typedef struct {
    int64_t intersection, total; /* total: of either */
    int64_t false_alarm, miss;   /* of the system alone, of the reference alone */
    double iou;
} ActevPair;

typedef struct {
    GArray *points; /* of ActevPoint, from the highest confidence down */
    double n_mide;  /* over all matched pairs; NAN */
    int64_t n_mide_rejected;
    double average_precision[19]; /* at temporal IoU 0.05 … 0.95; 0 without reference */
} ActevActivity;

typedef struct {
    int64_t *system_of_reference; /* index or -1 */
    int64_t *reference_of_system;
    double *kernel; /* by reference; NAN when not matched */
    ActevActivity *activities;
    int activity_count;
    double n_mide; /* over all activities' pairs */
    int64_t n_mide_rejected;
} ActevResult;

ActevResult *actev_evaluate(const ActevInput *input);
/* Only the matching: no activities, n_mide 0. Grows with the instances of a file, not with their square over
 * all files. */
ActevResult *actev_match(const ActevInput *input);
ActevPair actev_pair(const ActevInput *input, size_t reference, size_t system);
void actev_result_free(ActevResult *result); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ActevResult, actev_result_free)

typedef enum { ACTEV_P_MISS, ACTEV_W_P_MISS, ACTEV_N_MIDE } ActevMeasure;
/* The measure where the curve reaches that false-alarm rate (by time or by count), linear between points. A
 * curve that begins beyond it gives `1` (n_mide: NAN), one that ends before it its last value. */
double actev_value_at(const ActevActivity *activity, ActevMeasure measure, bool by_time, double target);
/* Area under P_miss from 0 to `limit`, from the point (0, 1); NAN without reference. Divide by `limit` for
 * nAUDC. */
double actev_audc(const ActevActivity *activity, bool by_time, double limit);

#endif
