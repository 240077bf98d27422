/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library_given.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

VsauditEvent event_at(int64_t start_us, int64_t end_us)
{
    VsauditEvent event;
    assert_int_equal(vsaudit_event_init(&event, sizeof event, NULL), VSAUDIT_OK);
    event.start_us = start_us;
    event.end_us = end_us;
    return event;
}

VsauditAlert alert_at(int64_t onset_us)
{
    VsauditAlert alert;
    assert_int_equal(vsaudit_alert_init(&alert, sizeof alert, NULL), VSAUDIT_OK);
    alert.onset_us = onset_us;
    return alert;
}

VsauditClip clip_of(const VsauditEvent *events, size_t event_count, const VsauditAlert *alerts,
                    size_t alert_count)
{
    VsauditClip clip;
    assert_int_equal(vsaudit_clip_init(&clip, sizeof clip, NULL), VSAUDIT_OK);
    clip.id = "c";
    clip.duration_us = S(3600);
    clip.events = events;
    clip.event_count = event_count;
    clip.event_size = sizeof *events;
    clip.alerts = alerts;
    clip.alert_count = alert_count;
    clip.alert_size = sizeof *alerts;
    return clip;
}

void check_refused(VsauditStatus status, VsauditStatus expected, const VsauditError *error,
                   const char *message)
{
    if (status != expected || error->status != (int32_t)expected || strstr(error->message, message) == NULL)
        fail_msg("status %d, expected %d; “%s”, expected “%s”", (int)status, (int)expected, error->message,
                 message);
}
