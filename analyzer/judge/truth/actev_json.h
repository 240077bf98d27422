/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON files of NIST's ActEV evaluations: reference, system output, file index and activity index.
 *
 *   file index      {"a.mp4": {"framerate": 30, "selected": {"1": 1, "4001": 0}}}
 *   activity index  {"Closing": {…}}: what is scored
 *   reference       {"filesProcessed": […], "activities": [{"activity", "activityID",
 *                    "localization": {"a.mp4": {"3100": 1, "3120": 0}}}]}
 *   system output   the same, with "presenceConf" and, at will, "alertFrame" for each activity, and, at will,
 *                   "processingReport": {"fileStatuses": {"a.mp4": {…}}}, which then says what was processed
 *
 * A signal such as {"3100": 1, "3120": 0} names the frames at which it changes: on from 3100, off from 3120.
 * Frames count from 1 and become time by the frame rate of the index: no presentation time is known. */
#ifndef VSAUDIT_TRUTH_ACTEV_JSON_H
#define VSAUDIT_TRUTH_ACTEV_JSON_H

#include "records/error.h"
#include "records/span.h"

typedef struct {
    const char *reference, *system, *files, *activities; /* paths */
    bool keep_outside;      /* instances that are not wholly within the selected frames */
    bool ignore_extraneous; /* what is said of files that the index does not have */
    bool ignore_missing;    /* what is said of files that the system did not process */
    bool all_activities;    /* also those of the index without a reference that counts */
    double prune;           /* share of the frames for which an activity may be on, > 0; 0: all of it */
} ActevSource;

typedef struct {
    char *name;
    double rate;       /* frames per second */
    SpanList selected; /* frames */
} ActevIndexed;

typedef struct {
    int activity, file; /* indices */
    int64_t id;
    double confidence; /* of a reference: 0 */
    int64_t alert;     /* frame at which the system would have raised the alarm; TIME_UNKNOWN */
    SpanList on;       /* frames, not empty */
} ActevRecord;

typedef struct {
    GPtrArray *activities; /* of char *, in order of the index */
    GPtrArray *files;      /* of ActevIndexed *, in order of the index, at least one */
    GPtrArray *references; /* of ActevRecord *, in order of the file, those that count */
    GPtrArray *systems;
    GPtrArray *remarks; /* of char *: sentences about what does not count */
} ActevSet;

/* NULL with an INPUT error that names file, line and column. What counts is what the public scorer counts: an
 * instance of an activity that the index does not have does not; nor, unless kept, one that is on in a frame
 * that is not selected. Pruning keeps of each activity the surest instances while their frames sum to less
 * than that share of the files' first selected stretches (each taken one frame longer, as there). */
ActevSet *actev_set_load(const ActevSource *source, GError **error);
void actev_set_free(ActevSet *set); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ActevSet, actev_set_free)

#endif
