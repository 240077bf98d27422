/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips that hold the very pictures of another clip. The same footage under several names is no further
 * footage, however many hours its clips sum up to: its errors are copies, and so is its silence. */
#ifndef VSAUDIT_EVALUATE_RESULTS_FOOTAGE_H
#define VSAUDIT_EVALUATE_RESULTS_FOOTAGE_H

#include "evaluate/detail.h"

#include <jansson.h>

/* How many of the clips that were judged hold the pictures of one before them, and how long those last. */
int64_t results_count_copies(const Scored *scored, int64_t *out_us);
/* Names them. `jobs`: of JobRecord *. */
void results_append_copies(const GPtrArray *jobs, json_t *limits);

#endif
