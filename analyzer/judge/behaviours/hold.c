/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/hold.h"

HoldChange hold_update(Hold *hold, const HoldTimes *times, bool met, int64_t t_us)
{
    if (met) {
        if (!hold->pending)
            *hold = (Hold){.pending = true, .since_us = t_us};
        hold->gone = false;
        if (hold->raised || t_us - hold->since_us < times->on_us)
            return HOLD_SAME;
        hold->raised = true;
        return HOLD_RAISED;
    }
    if (!hold->pending)
        return HOLD_SAME;
    if (!hold->gone) {
        hold->gone = true;
        hold->gone_us = t_us;
    }
    const int64_t gone_for = t_us - hold->gone_us;
    if (hold->raised) {
        if (gone_for < times->off_us)
            return HOLD_SAME;
        hold->pending = hold->raised = hold->gone = false;
        return HOLD_CLEARED;
    }
    if (times->gap_us == 0 || gone_for > times->gap_us)
        hold->pending = hold->gone = false;
    return HOLD_SAME;
}
