/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a file that may be a video: it is decoded from end to end in a process of its own, with limits
 * of time and memory, so that a hostile or broken file costs itself and is named. */
#ifndef VSAUDIT_RUNNER_MEASURE_H
#define VSAUDIT_RUNNER_MEASURE_H

#include "records/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    bool all_pictures; /* full size, every picture delivered, as a run does; else only what measures the clip
                        */
    bool no_chain;     /* without hashing the pictures */
    bool bgr;          /* with all_pictures: in colour alone, and the file hashed, as a program gets them */
    int width;         /* with all_pictures: at most so wide; 0: as recorded */
    bool shown;        /* say on standard error how far it is */
    double patience_s; /* a file may always take so long, whatever its length; 0 = two minutes */
    double factor;     /* … and so many times its length (runner/pool.h); 0 = 60, as in a run */
} MeasureRequest;

typedef struct {
    int64_t duration_us; /* as decoded; TIME_UNKNOWN = it could not be read */
    int64_t frames;      /* decoded pictures */
    bool no_clock;       /* a bare stream: its times were made from a supposed rate */
    double decode_s;     /* seconds of wall clock from opening to the end */
    char *reason;        /* why it could not be read, a sentence with the path in front; NULL = it was read */
    VsauditErrorCode fault; /* with a reason */
} Measure;

/* One for each of `paths` (of char *), in their order, some at a time; caller unrefs. NULL with an error
 * when the harness itself cannot go on. */
GPtrArray *measure_clips(const GPtrArray *paths, const MeasureRequest *request, GError **error);

#endif
