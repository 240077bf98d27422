/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was counted, summed by camera: errors of one camera come together, so cameras are the clusters. */
#ifndef VSAUDIT_SCORING_CAMERAS_H
#define VSAUDIT_SCORING_CAMERAS_H

#include "scoring/eval.h"

typedef struct {
    const char *camera; /* NULL: a clip by itself */
    const char *clip;   /* the first one of the camera */
    bool unnamed;       /* a clip of which nobody said which camera it is */
    int64_t scored_us;
    int64_t hits, misses, false_strict;
    int64_t passages; /* -1: not counted on every clip */
} CameraTotals;

/* Array of CameraTotals of the clips that did not fail and have scored time, in the order in which cameras
 * first appear: the dataset's, so that a bootstrap over them is the same on every run. Caller unrefs; the
 * names are the clips'. */
GArray *cameras_sum(const EvalClip *clips, const EvalClipResult *results, size_t count);

/* How many of them are clips that name no camera. */
int64_t cameras_unnamed(const GArray *cameras);

#endif
