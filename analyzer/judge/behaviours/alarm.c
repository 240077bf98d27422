/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/alarm.h"

bool alarm_may_raise(const Alarm *alarm, const AlarmTimes *times, int64_t t_us)
{
    if (alarm->raised == 0 || times->rearm == REARM_ON_EXIT)
        return true;
    return times->rearm == REARM_COOLDOWN && t_us - alarm->ended_us >= times->cooldown_us;
}

bool alarm_update(Alarm *alarm, const AlarmTimes *times, bool met, int64_t t_us)
{
    const bool open = alarm->hold.raised;
    if (!open && met && !alarm_may_raise(alarm, times, t_us))
        met = false;
    switch (hold_update(&alarm->hold, &times->hold, met, t_us)) {
    case HOLD_RAISED:
        alarm->raised++;
        return true;
    case HOLD_CLEARED:
        alarm_end(alarm, alarm->hold.gone_us);
        break;
    case HOLD_SAME:
        break;
    }
    return false;
}

void alarm_end(Alarm *alarm, int64_t end_us)
{
    if (alarm->alert != NULL) {
        alarm->ended_us = alarm->hold.gone ? MIN(alarm->hold.gone_us, end_us) : end_us;
        alarm->alert->end_us = alarm->ended_us;
    }
    alarm->alert = NULL;
}
