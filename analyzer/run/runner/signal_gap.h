/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No picture is an observation too: a pause that is too long for the clip's step is told to the rules. */
#ifndef VSAUDIT_RUNNER_SIGNAL_GAP_H
#define VSAUDIT_RUNNER_SIGNAL_GAP_H

#include "records/error.h"
#include "records/observation.h"

#include <stdbool.h>

typedef struct {
    int64_t last_us, last_step_us; /* of the pictures so far; all zero at the start */
    bool started;
} SignalGap;

/* Shows an observation without a signal. */
typedef bool (*SignalGapShow)(const Observation *nothing, void *user, GError **error);

/* Before the picture at `t_us` is shown. A step of more than a second, and of more than five times the step
 * before it, is a loss of the signal; it is then shown twice a second until the picture is back, for a minute
 * at most: no clip may set the time that it takes, and what no picture vouches for is not watched anyway.
 * False when `show` failed. */
bool signal_gap_step(SignalGap *gap, int64_t t_us, SignalGapShow show, void *user, GError **error);

#endif
