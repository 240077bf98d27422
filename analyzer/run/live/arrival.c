/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/arrival.h"

#include "records/span.h"

/* A place in the clip, as its probe has it. */
static int64_t moved(int64_t t_us, const ArrivedShow *show)
{
    return t_us + show->later_us + (t_us >= show->cut_us ? show->gap_us : 0);
}

static Arrived in_clip(const Moment *moment, int64_t arrived_us, const ArrivedShow *show)
{
    const int64_t past_us = moment->newest_us + (arrived_us - moment->wall_us) - show->cut_us;
    int64_t t_us = moved(moment->newest_us, show);
    if (moment->newest_us < show->cut_us && past_us >= 0 && show->gap_us > 0)
        t_us = show->cut_us + show->later_us + MIN(past_us, show->gap_us - 1);
    return (Arrived){ARRIVED_IN_CLIP, t_us, t_us};
}

static Arrived after_clip(int64_t arrived_us, const ArrivedShow *show)
{
    const int64_t late_us = arrived_us - show->ended_us;
    if (late_us > show->drain_us)
        return (Arrived){.when = ARRIVED_AFTER};
    return (Arrived){ARRIVED_LATE, moved(show->last_us, show),
                     moved(MAX(show->duration_us, show->last_us), show) + late_us};
}

Arrived arrival_of(const Moment *moment, int64_t arrived_us, const ArrivedShow *show)
{
    if (moment == NULL || moment->play < show->play ||
        (moment->play == show->play && moment->show < show->clip))
        return (Arrived){.when = ARRIVED_BEFORE};
    if (moment->play > show->play)
        return (Arrived){.when = ARRIVED_AFTER};
    if (show->ended_us == TIME_UNKNOWN || arrived_us < show->ended_us)
        return in_clip(moment, arrived_us, show);
    return after_clip(arrived_us, show);
}

Absence arrival_absence(const int64_t *walls_us, const guint *viewers, size_t count, int64_t from_us,
                        int64_t until_us)
{
    Absence watched = {0};
    int64_t since_us = INT64_MIN; /* of the number that holds now */
    guint now = 0;
    for (size_t i = 0; i <= count; i++) {
        const int64_t next_us = i < count ? walls_us[i] : INT64_MAX;
        const int64_t begin_us = MAX(since_us, from_us), end_us = MIN(next_us, until_us);
        if (end_us > begin_us) {
            watched.away_us += now == 0 ? end_us - begin_us : 0;
            watched.ever = watched.ever || now > 0;
        }
        if (i < count && now > 0 && viewers[i] == 0 && next_us >= from_us && next_us < until_us)
            watched.losses++;
        now = i < count ? viewers[i] : now;
        since_us = next_us;
    }
    return watched;
}
