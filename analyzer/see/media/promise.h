/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: what a container promises of its length. */
#ifndef VSAUDIT_MEDIA_PROMISE_H
#define VSAUDIT_MEDIA_PROMISE_H

#include "media/demuxer.h"

/* Pictures, by the container's index; -1 = it does not say. */
int64_t promise_frames(const Demuxer *demuxer);
/* From the first picture to the end, µs; TIME_UNKNOWN = it does not say. first_us: the first picture's stamp.
 * Where a number may be the end on the file's clock as well as a length, it is what comes nearer to end_us,
 * the length of what was decoded: whole files must not be called cut. */
int64_t promise_duration(const Demuxer *demuxer, int64_t first_us, int64_t end_us);

#endif
