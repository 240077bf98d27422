/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Summary of the motion of the foreground, by dense optical flow on a small picture. */
#ifndef VSAUDIT_PERCEPTION_MOTION_H
#define VSAUDIT_PERCEPTION_MOTION_H

#include "perception/vision.h"
#include "records/observation.h"

typedef struct MotionMeter MotionMeter;

MotionMeter *motion_meter_new(GError **error); /* NULL with a HARNESS error */
void motion_meter_free(MotionMeter *meter);    /* NULL is fine */
/* Measures from the picture before to this one. `mask` is the foreground, of the same size. The flow is
 * not measured on the first picture, after a gap of more than a second, and without foreground. */
bool motion_meter_measure(MotionMeter *meter, const VisionImage *grey, const VisionImage *mask, int64_t t_us,
                          MotionObservation *out, GError **error);

#endif
