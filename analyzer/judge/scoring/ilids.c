/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/ilids.h"

#include <math.h>

const OptionRow ilids_options[] = {
    SECONDS_OPTION("window", IlidsSettings, window_us, 0.1, 3600, NULL),
    NUMBER_OPTION("recall_bias", IlidsSettings, recall_bias, 0, 1000, NULL, ""),
    OPTION_END,
};

/* Whether any event holds the time; events by start, so one that has ended may be followed by longer ones. */
static bool is_within(const IlidsEvent *events, size_t count, int64_t t_us)
{
    for (size_t i = 0; i < count && events[i].start_us <= t_us; i++)
        if (t_us < events[i].end_us)
            return true;
    return false;
}

void ilids_count(const IlidsEvent *events, size_t event_count, const int64_t *alarms_us, size_t alarm_count,
                 int64_t window_us, IlidsCounts *counts)
{
    g_autofree bool *used = g_new0(bool, alarm_count + 1);
    counts->events += (int64_t)event_count;
    counts->alarms += (int64_t)alarm_count;
    size_t first = 0;
    for (size_t i = 0; i < event_count; i++) {
        while (first < alarm_count && alarms_us[first] < events[i].start_us)
            first++;
        size_t found = first;
        while (found < alarm_count && used[found])
            found++;
        if (found < alarm_count && alarms_us[found] <= events[i].start_us + window_us) {
            used[found] = true;
            counts->detections++;
        } else {
            counts->misses++;
        }
    }
    for (size_t i = 0; i < alarm_count; i++) {
        if (used[i])
            continue;
        if (is_within(events, event_count, alarms_us[i]))
            counts->ignored++;
        else
            counts->false_alarms++;
    }
}

double ilids_f(const IlidsCounts *counts, double recall_bias)
{
    if (counts->events == 0 || counts->detections + counts->false_alarms == 0)
        return NAN;
    if (counts->detections == 0)
        return 0;
    const double recall = (double)counts->detections / (double)counts->events;
    const double precision = (double)counts->detections / (double)(counts->detections + counts->false_alarms);
    return (recall_bias + 1) * recall * precision / (recall + recall_bias * precision);
}
