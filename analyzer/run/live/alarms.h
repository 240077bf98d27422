/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the messages of a live system amount to: alerts of the clip that is being shown, and counts of all
 * else. Knows the rule of arrival.h and the joining of messages (import/alert_join.h), no clock and no
 * socket.
 *
 *   an alert         begins with a message that begins one (new, whole) and that came in the clip or late;
 *   is the same      when one told whole says all that an earlier one said, its own id or time among it: as
 *                    rows of a log that are the same in every cell, it counts once;
 *   goes on          with messages that belong to it: the highest confidence, the last label and note count;
 *   ends             where the message that ends it came: in the clip at that picture, else with the clip.
 * One that nobody ended lasts to the clip's end; one told whole has no end; is no alert      where it began
 * in no clip (or in an earlier one), also when later messages of it come in this one. It is counted. Only one
 * that says “new” once more begins: the end before got lost.
 */
#ifndef VSAUDIT_LIVE_ALARMS_H
#define VSAUDIT_LIVE_ALARMS_H

#include "import/alert_message.h"
#include "live/arrival.h"
#include "records/event.h"

/* Of a clip, with all that came since the one before. */
typedef struct {
    int64_t messages;                /* that arrived, whatever they say */
    int64_t ignored, nothing, wrong; /* by the map: rows to be passed over, no row, not as the map says */
    int64_t retained;                /* that a broker had kept: not read */
    int64_t outside;                 /* alarms that began in no clip */
    int64_t on_before;               /* of these, such as went on in the clip */
    int64_t late;                    /* alerts that began while the last picture was held */
    int64_t doubled;                 /* that said the same once more */
    int64_t alone;                   /* ends of what no message began */
    int64_t unasked;                 /* alarms of another behaviour than those asked for */
    int64_t disordered;              /* whose own time lies before that of an earlier one */
} AlarmCounts;

typedef struct Alarms Alarms;

/* More alarms on one clip are a flood, of which no more is kept. */
#define ALARMS_MOST 100000

/* `behaviours`: those that are asked for, ended by NULL; they must outlive it. */
Alarms *alarms_new(const char *const *behaviours);
void alarms_free(Alarms *alarms); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Alarms, alarms_free)
/* One more message, of which the map made `mapped` (of MappedAlert *; NULL: it was kept by a broker). How
 * many alarms began with it, wherever. */
guint alarms_add(Alarms *alarms, const GPtrArray *mapped, const Arrived *arrived);
/* The same of a message that is counted elsewhere. */
guint alarms_add_more(Alarms *alarms, const GPtrArray *mapped, const Arrived *arrived);
/* The clip is over: its alerts, sorted, each decided at its onset or later, those that are open ended at
 * `duration_us`. Of Alert *; caller unrefs. What comes now belongs to the next clip. */
GPtrArray *alarms_take(Alarms *alarms, int64_t duration_us, AlarmCounts *counts);
/* Whether there were more than ALARMS_MOST since the last take. */
bool alarms_flooded(const Alarms *alarms);
/* Why messages could not be read, the first few since the last take: of char *; caller unrefs. */
GPtrArray *alarms_faults(Alarms *alarms);

#endif
