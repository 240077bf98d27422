/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of perception: the table in settings.c is their definition. */
#ifndef VSAUDIT_PERCEPTION_SETTINGS_H
#define VSAUDIT_PERCEPTION_SETTINGS_H

#include "perception/perception.h"

typedef enum { DETECTOR_HOG, DETECTOR_ONNX, DETECTOR_OFF } DetectorKind;
/* Of a network's answer, see detector.h; AUTO: whichever fits its shape. */
typedef enum { LAYOUT_AUTO, LAYOUT_YOLOV5, LAYOUT_YOLOV8, LAYOUT_YOLOX, LAYOUT_SSD } DetectorLayout;

extern const char *const perception_layouts[]; /* as written, in this order; ended by NULL */

struct PerceptionSettings {
    int64_t width;             /* of the working picture, pixels */
    double rate;               /* pictures per second that are looked at */
    int64_t history_us;        /* memory of the background model */
    double variance_threshold; /* squared deviations from the background that make a pixel foreground */
    bool shadows;
    double min_area;         /* of a blob, share of the picture */
    double light_change;     /* share of the picture whose change at once is a light change */
    int64_t confirm_us;      /* a track is believed after this */
    int64_t coast_us;        /* a track that is not seen is kept for this long */
    int64_t hold_us;         /* a thing that has moved and then stands is kept as foreground for this long */
    int64_t static_delay_us; /* a static object is told after this */
    int detector;            /* DetectorKind */
    char *model;             /* path of the ONNX file; NULL unless the detector is one */
    char *labels;            /* path of its labels; NULL: those of COCO */
    int layout;              /* DetectorLayout, as stated */
    int64_t detector_size;   /* pixels of the square that it takes */
    double confidence;       /* least score of a find */
    double nms;              /* intersection over union above which two finds are one */
    int64_t reference_hold_us; /* a degraded view becomes the reference after this */
};

/* Of what is seen by the same settings; raised with every change of it. */
enum { PERCEPTION_VERSION = 7 };
/* perception_digest() as that version gives it. Caller frees. */
char *perception_digest_by(const PerceptionSettings *settings, int version);

#endif
