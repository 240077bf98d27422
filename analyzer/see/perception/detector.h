/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A user's object detector: an ONNX network that OpenCV runs on every picture that is looked at.
 *
 * The network takes one picture, `detector_size` pixels square, and gives one tensor in one of these layouts:
 *   YOLOv5  1 x N x (5 + C): cx, cy, w, h in pixels of the input, objectness, C class scores;
 *   YOLOv8  1 x (4 + C) x N: cx, cy, w, h, C class scores, by columns;
 *   YOLOX   as YOLOv5, one row for each cell of the grids with strides 8, 16, 32, so that N is the number of
 *           these cells and nothing else. Where the network does not decode its boxes itself, which an empty
 *           picture tells, cx and cy are offsets from the cell in strides, w and h logarithms of strides;
 *   SSD     1 x 1 x N x 7: picture, class, score, left, top, right, bottom in 0..1.
 * YOLOv5, YOLOv8 and SSD take RGB in 0..1, YOLOX (from its release 0.1.1 on) BGR in 0..255. For YOLO the
 * picture is fitted in with grey margins, for YOLOX into the upper left corner, for SSD it is stretched.
 * The layout is told from the answer's shape unless `layout` states it; then the shape must be of that one.
 * Class numbers are lines of the `labels` file, or COCO's 80 when there is none; a file with more or fewer
 * lines than the network has classes is refused (of SSD the answer does not tell how many there are). What is
 * neither a person nor a vehicle is left out. */
#ifndef VSAUDIT_PERCEPTION_DETECTOR_H
#define VSAUDIT_PERCEPTION_DETECTOR_H

#include "perception/settings.h"
#include "perception/vision.h"

typedef struct {
    VisionRect box; /* pixels of the picture */
    ObjectClass class;
    double score;
} Detection;

typedef struct Detector Detector;

/* Reads the model and tries it on an empty picture. NULL with an INPUT error that names the file. */
Detector *detector_new(const PerceptionSettings *settings, GError **error);
void detector_free(Detector *detector); /* NULL is fine */
/* What is on a colour picture: of Detection, best first; owned by the detector until the next call. NULL with
 * a HARNESS error. */
const GArray *detector_find(Detector *detector, const VisionImage *colour, GError **error);
/* Objects of which classes its labels name: bits 1 << ObjectClass; and the first of the labels, in a line. */
unsigned detector_classes(const Detector *detector);
const char *detector_labels(const Detector *detector);
/* The labels of a class, of persons or vehicles; NULL-terminated. */
const char *const *detector_words(ObjectClass class);
/* The class of a label: OBJECT_OTHER for what is neither a person nor a vehicle. */
ObjectClass detector_class_of(const char *label);

#endif
