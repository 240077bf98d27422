/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a message came, and what it can have been about. Pure: no file, no clock.
 *
 * A clip is shown in one play of its camera: grey (and flashes, before the first clip), its first picture
 * held still, the clip, its last picture held still. By the time of its arrival alone a message belongs
 *   to the clip        from its first picture on until the last picture is first shown again. It was decided
 *                      at the latest picture that had been sent;
 *   to the clip, late  as long as the last picture is held, `drain_us` at most. It was decided so much after
 *                      the clip's end as it came after it; its onset is the last picture;
 *   in the gap         where the camera is gone in the middle of a clip: at the time that has passed of it,
 * but within the gap, however long it really took to come back; to no clip         else: before anything, in
 * grey and flashes, while the first picture is held, after the drain. */
#ifndef VSAUDIT_LIVE_ARRIVAL_H
#define VSAUDIT_LIVE_ARRIVAL_H

#include "live/moments.h"

typedef enum { ARRIVED_BEFORE, ARRIVED_IN_CLIP, ARRIVED_LATE, ARRIVED_AFTER } ArrivedWhen;

typedef struct {
    int play, clip, drain; /* of the clip’s play: its number, which of its things the two are */
    int64_t ended_us;      /* wall time at which the last picture was first held; TIME_UNKNOWN: not yet */
    int64_t last_us;       /* the clip’s latest picture, once it has ended */
    int64_t duration_us;   /* of the clip */
    int64_t drain_us;
    /* What a probe makes of the clip’s time (config/probes.h): all of it is so much later, and what lies at
     * `cut_us` or after it `gap_us` later still, since the camera was gone between. 0: neither. */
    int64_t later_us, cut_us, gap_us;
} ArrivedShow;

typedef struct {
    ArrivedWhen when;
    int64_t onset_us, decided_us; /* of IN_CLIP and LATE: in the clip’s time, as its probe has it */
} Arrived;

/* `moment`: the last picture sent by then (camera_moment); NULL: none was. */
Arrived arrival_of(const Moment *moment, int64_t arrived_us, const ArrivedShow *show);

/* How long nobody watched between two wall times, and how often the last one went away meanwhile. `audience`:
 * of Audience's members in parallel: when, and how many from then on; none watched before the first. */
typedef struct {
    int64_t away_us;
    guint losses;
    bool ever; /* somebody watched at some time of it */
} Absence;

Absence arrival_absence(const int64_t *walls_us, const guint *viewers, size_t count, int64_t from_us,
                        int64_t until_us);

#endif
