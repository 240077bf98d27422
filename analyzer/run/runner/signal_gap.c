/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/signal_gap.h"

static const int64_t gap_us = US_PER_SECOND;
static const int64_t step_us = US_PER_SECOND / 2;
static const int64_t most_us = 60 * US_PER_SECOND;

static bool show_nothing(int64_t from_us, int64_t until_us, SignalGapShow show, void *user, GError **error)
{
    for (int64_t t_us = from_us; t_us < until_us; t_us += step_us) {
        g_auto(Observation) nothing;
        observation_init(&nothing, t_us);
        nothing.duration_us = MIN(step_us, until_us - t_us);
        nothing.signal = false;
        if (!show(&nothing, user, error))
            return false;
    }
    return true;
}

bool signal_gap_step(SignalGap *gap, int64_t t_us, SignalGapShow show, void *user, GError **error)
{
    const int64_t last_us = gap->last_us, since_us = t_us - last_us;
    const bool first = !gap->started;
    gap->started = true;
    gap->last_us = t_us;
    if (first)
        return true;
    if (gap->last_step_us == 0 || since_us <= MAX(gap_us, 5 * gap->last_step_us)) {
        gap->last_step_us = since_us;
        return true;
    }
    const int64_t from_us = last_us + gap->last_step_us;
    return show_nothing(from_us, MIN(t_us, from_us + most_us), show, user, error);
}
