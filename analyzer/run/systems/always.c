/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/yardstick.h"

#include "config/system_yardstick.h"
#include "systems/watched.h"

static void add(SystemOutput *output, const char *behaviour, int64_t onset_us, int64_t end_us)
{
    Alert *alert = alert_new(behaviour, onset_us, onset_us);
    alert->end_us = end_us;
    g_ptr_array_add(output->alerts, alert);
}

bool always_collect(const SystemQuestion *question, SystemOutput *output, GError **error)
{
    (void)error;
    const int64_t every_us = system_always(question->system)->every_us;
    const char *behaviour = question->scenario->behaviour;
    g_auto(SpanList) watched = {NULL};
    watched_spans(question->clip, behaviour, question->job, &watched);
    for (guint i = 0; i < watched.spans->len; i++) {
        const Span *span = &g_array_index(watched.spans, Span, i);
        if (every_us == 0) {
            add(output, behaviour, span->start_us, watched_length(question->clip, question->job));
            break;
        }
        for (int64_t onset_us = span->start_us; onset_us < span->end_us; onset_us += every_us)
            add(output, behaviour, onset_us, MIN(onset_us + every_us, span->end_us));
    }
    return true;
}
