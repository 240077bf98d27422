/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what a track is: a person, a vehicle, or something else, by votes over its life.
 *
 * The HOG people detector looks at new candidates and at believed tracks now and then, never at more than a
 * few in one picture. Shape votes on every picture in which the track is alone in its blob: people are
 * upright or (from above) ragged and small, vehicles are wide or solid. What people are is only a class:
 * nobody is recognised. */
#ifndef VSAUDIT_PERCEPTION_CLASSIFY_H
#define VSAUDIT_PERCEPTION_CLASSIFY_H

#include "perception/tracker.h"

typedef struct Classifier Classifier;

Classifier *classifier_new(const PerceptionSettings *settings, GError **error); /* NULL with an error */
void classifier_free(Classifier *classifier);                                   /* NULL is fine */
/* Votes on the tracks (of Track *) of one picture, sets their class and count. */
bool classifier_update(Classifier *classifier, const GPtrArray *tracks, const VisionImage *grey, int64_t t_us,
                       GError **error);

#endif
