/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door to OpenCV: the few operations that perception uses, as plain C. Nothing else in the program
 * includes OpenCV.
 *
 * Every function that returns bool is false on failure with vision_error() saying why; C++ exceptions never
 * leave this door. OpenCV runs on one thread and without OpenCL, so that results do not depend on the
 * machine's load. */
#ifndef VSAUDIT_PERCEPTION_VISION_H
#define VSAUDIT_PERCEPTION_VISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A view of 8-bit pixels that belong to the caller. */
typedef struct {
    int width, height;
    int channels; /* 1 grey, 3 BGR */
    int stride;   /* bytes from row to row */
    uint8_t *data;
} VisionImage;

typedef struct {
    int x, y, w, h; /* pixels */
} VisionRect;

/* Sets OpenCV to one thread; must be called before the others, any number of times. */
void vision_start(void);
/* OpenCV's version as it was loaded: “4.6.0”; "?" where it cannot say. */
const char *vision_version(void);
/* What went wrong in the last call that failed on this thread. */
const char *vision_error(void);

/* Scales `from` to the size of `to` (same channels), averaging areas when shrinking, bilinear when growing.
 */
bool vision_resize(const VisionImage *from, VisionImage *to);
/* 3x3 Gaussian smoothing into `to`, same size and channels. */
bool vision_smooth(const VisionImage *from, VisionImage *to);
/* Morphology on a mask in place with an ellipse of `size` pixels (odd). */
bool vision_open(VisionImage *mask, int size);
bool vision_close(VisionImage *mask, int size);
/* Closing with a square of `size` pixels: faster than vision_close for a large one. */
bool vision_fill(VisionImage *mask, int size);
/* Variance of the 3x3 Laplacian of a grey picture. */
bool vision_sharpness(const VisionImage *grey, double *variance);

/* The HOG people detector (Dalal and Triggs, 64x128 window, persons about 96 pixels tall). */
typedef struct VisionPeople VisionPeople;
VisionPeople *vision_people_new(void); /* NULL on failure */
/* Finds people in a grey picture at all sizes from the window up, in steps of `scale`. `threshold` is the
 * SVM's (0: its own; higher finds fewer). Writes at most `capacity` boxes and their weights; *count is what
 * was written, best first; finds that lie on each other are joined. */
bool vision_people_find(VisionPeople *people, const VisionImage *grey, double threshold, double scale,
                        VisionRect *boxes, double *weights, size_t capacity, size_t *count);
void vision_people_free(VisionPeople *people); /* NULL is fine */

/* Shift of `grey` against a reference by phase correlation with a Hann window: both grey and of one size. */
bool vision_shift(const VisionImage *reference, const VisionImage *grey, double *dx, double *dy,
                  double *response);

/* Dense optical flow (DIS, fastest preset) from `before` to `now`; `flow` takes 2 floats (dx, dy) a pixel. */
typedef struct VisionFlow VisionFlow;
VisionFlow *vision_flow_new(void); /* NULL on failure */
bool vision_flow_measure(VisionFlow *flow, const VisionImage *before, const VisionImage *now, float *vectors);
void vision_flow_free(VisionFlow *flow); /* NULL is fine */

/* A neural network from an ONNX file. */
typedef struct VisionNetwork VisionNetwork;
typedef struct {
    int rank;
    int size[8];         /* of each dimension, the last one runs fastest */
    const float *values; /* owned by the network until its next run */
} VisionTensor;
VisionNetwork *vision_network_new(const char *path); /* NULL on failure */
/* How a picture is brought into the network's square. */
typedef enum {
    VISION_STRETCHED, /* RGB in 0..1, stretched */
    VISION_CENTRED,   /* RGB in 0..1, fitted into the middle of grey margins (114 of 255) */
    VISION_CORNERED,  /* BGR in 0..255, fitted into the upper left corner, the rest grey likewise */
} VisionFit;
/* Runs it on a colour picture, `size` pixels square. The network must have one output. */
bool vision_network_run(VisionNetwork *network, const VisionImage *colour, int size, VisionFit fit,
                        VisionTensor *out);
void vision_network_free(VisionNetwork *network); /* NULL is fine */

#ifdef __cplusplus
}
#endif

#endif
