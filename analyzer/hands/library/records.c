/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program's events and alerts as records of the house: by the rules by which files of them are read. */
#include "library/library.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define RECORDS_MOST ((size_t)100000000) /* of one clip */
#define BOX_SLACK 1e-6                   /* by which a box may leave the picture, as in files */

VsauditStatus vsaudit_event_init(VsauditEvent *event, size_t size, VsauditError *error)
{
    static const VsauditEvent empty = {
        .start_us = VSAUDIT_TIME_UNKNOWN, .end_us = VSAUDIT_TIME_UNKNOWN, .box = VSAUDIT_NO_BOX};
    if (library_check_size(event, size, sizeof empty, sizeof empty, "event", error) != VSAUDIT_OK)
        return VSAUDIT_MISUSE;
    memcpy(event, &empty, size);
    return VSAUDIT_OK;
}

VsauditStatus vsaudit_alert_init(VsauditAlert *alert, size_t size, VsauditError *error)
{
    static const VsauditAlert empty = {.onset_us = VSAUDIT_TIME_UNKNOWN,
                                       .decided_us = VSAUDIT_TIME_UNKNOWN,
                                       .end_us = VSAUDIT_TIME_UNKNOWN,
                                       .confidence = VSAUDIT_CONFIDENCE_UNKNOWN,
                                       .box = VSAUDIT_NO_BOX};
    if (library_check_size(alert, size, sizeof empty, sizeof empty, "alert", error) != VSAUDIT_OK)
        return VSAUDIT_MISUSE;
    memcpy(alert, &empty, size);
    return VSAUDIT_OK;
}

VsauditStatus library_check_box(const VsauditBox *box, double low, double high, bool empty, const char *where,
                                VsauditError *error)
{
    const double least = empty ? 0 : DBL_MIN;
    if (box->x >= low && box->y >= low && box->w >= least && box->h >= least && box->x + box->w <= high &&
        box->y + box->h <= high) /* NaN is none of this */
        return VSAUDIT_OK;
    g_autofree char *x = library_number(box->x), *y = library_number(box->y);
    g_autofree char *w = library_number(box->w), *h = library_number(box->h);
    return library_fail(
        error, VSAUDIT_INVALID,
        "%s.box: found %s, %s, %s, %s, expected x and y of %g or more, w and h %s, x + w and y + h of "
        "at most %g",
        where, x, y, w, h, low, empty ? "of 0 or more" : "above 0", floor(high));
}

static VsauditStatus carry_box(const VsauditBox *box, Box *out, const char *where, VsauditError *error)
{
    *out = BOX_NONE;
    if (box->w < 0)
        return VSAUDIT_OK;
    *out = (Box){box->x, box->y, box->w, box->h};
    return library_check_box(box, 0, 1 + BOX_SLACK, false, where, error);
}

static VsauditStatus check_time(int64_t t_us, const char *where, const char *field, VsauditError *error)
{
    if (t_us >= 0 && t_us <= VSAUDIT_TIME_MAX)
        return VSAUDIT_OK;
    g_autofree char *found =
        t_us == VSAUDIT_TIME_UNKNOWN ? g_strdup("no time") : g_strdup_printf("%" PRId64, t_us);
    return library_fail(error, VSAUDIT_INVALID, "%s.%s: found %s, expected 0 to %" PRId64 " µs", where, field,
                        found, VSAUDIT_TIME_MAX);
}

/* A time that may be unknown, else not before another. */
static VsauditStatus check_later(int64_t t_us, int64_t before_us, const char *where, const char *field,
                                 const char *before, VsauditError *error)
{
    if (t_us == VSAUDIT_TIME_UNKNOWN)
        return VSAUDIT_OK;
    if (t_us < before_us)
        return library_fail(error, VSAUDIT_INVALID,
                            "%s.%s: found %" PRId64 ", expected %s, which is %" PRId64 ", or more", where,
                            field, t_us, before, before_us);
    return check_time(t_us, where, field, error);
}

static VsauditStatus carry_event(const VsauditEvent *given, Event **out, const char *where,
                                 VsauditError *error)
{
    VsauditStatus status = check_time(given->start_us, where, "start_us", error);
    if (status == VSAUDIT_OK)
        status = check_time(given->end_us, where, "end_us", error);
    if (status != VSAUDIT_OK)
        return status;
    if (given->end_us <= given->start_us)
        return library_fail(error, VSAUDIT_INVALID,
                            "%s.end_us: found %" PRId64 ", expected more than start_us, which is %" PRId64,
                            where, given->end_us, given->start_us);
    if ((given->flags & ~VSAUDIT_EVENT_DONT_CARE) != 0)
        return library_fail(error, VSAUDIT_INVALID, "%s.flags: found flags that are not known", where);
    if ((status = library_check_text(given->label, where, ".label", error)) != VSAUDIT_OK)
        return status;
    Box box;
    if ((status = carry_box(&given->box, &box, where, error)) != VSAUDIT_OK)
        return status;
    Event *event = event_new("", given->start_us, given->end_us);
    event->label = g_strdup(given->label);
    event->box = box;
    event->certainty = (given->flags & VSAUDIT_EVENT_DONT_CARE) != 0 ? CERTAINTY_DONT_CARE : CERTAINTY_SCORED;
    *out = event;
    return VSAUDIT_OK;
}

static VsauditStatus carry_alert(const VsauditAlert *given, Alert **out, const char *where,
                                 VsauditError *error)
{
    VsauditStatus status = check_time(given->onset_us, where, "onset_us", error);
    if (status == VSAUDIT_OK)
        status = check_later(given->decided_us, given->onset_us, where, "decided_us", "onset_us", error);
    if (status == VSAUDIT_OK)
        status = check_later(given->end_us, given->onset_us, where, "end_us", "onset_us", error);
    if (status != VSAUDIT_OK)
        return status;
    const bool unknown =
        given->confidence <= VSAUDIT_CONFIDENCE_UNKNOWN && given->confidence >= VSAUDIT_CONFIDENCE_UNKNOWN;
    if (!unknown && !(given->confidence >= 0 && given->confidence <= 1)) {
        g_autofree char *found = library_number(given->confidence);
        return library_fail(error, VSAUDIT_INVALID,
                            "%s.confidence: found %s, expected 0 to 1, or -1 for none", where, found);
    }
    if ((status = library_check_text(given->label, where, ".label", error)) != VSAUDIT_OK)
        return status;
    Box box;
    if ((status = carry_box(&given->box, &box, where, error)) != VSAUDIT_OK)
        return status;
    Alert *alert = alert_new("", given->onset_us,
                             given->decided_us == VSAUDIT_TIME_UNKNOWN ? given->onset_us : given->decided_us);
    alert->end_us = given->end_us; /* unknown is the same number in both */
    if (!unknown)
        alert->confidence = given->confidence;
    alert->label = g_strdup(given->label);
    alert->box = box;
    *out = alert;
    return VSAUDIT_OK;
}

G_STATIC_ASSERT(VSAUDIT_TIME_UNKNOWN == TIME_UNKNOWN);

static VsauditStatus check_array(const void *array, size_t count, size_t size, size_t own, const char *where,
                                 VsauditError *error)
{
    if (count == 0)
        return VSAUDIT_OK;
    if (count > RECORDS_MOST)
        return library_fail(error, VSAUDIT_INVALID, "%s: found %zu of them, expected %zu or less", where,
                            count, RECORDS_MOST);
    return library_check_size(array, size, own, own, where, error);
}

VsauditStatus library_events(const VsauditEvent *events, size_t count, size_t size, const char *where,
                             GPtrArray **out, VsauditError *error)
{
    VsauditStatus status = check_array(events, count, size, sizeof(VsauditEvent), where, error);
    g_autoptr(GPtrArray) array = event_array_new();
    for (size_t i = 0; i < count && status == VSAUDIT_OK; i++) {
        VsauditEvent given; /* of an older program: what it does not know stays unknown */
        vsaudit_event_init(&given, sizeof given, NULL);
        memcpy(&given, (const char *)events + i * size, size);
        g_autofree char *place = g_strdup_printf("%s[%zu]", where, i);
        Event *event = NULL;
        status = carry_event(&given, &event, place, error);
        if (status == VSAUDIT_OK)
            g_ptr_array_add(array, event);
    }
    if (status == VSAUDIT_OK)
        *out = g_steal_pointer(&array);
    return status;
}

VsauditStatus library_alerts(const VsauditAlert *alerts, size_t count, size_t size, const char *where,
                             GPtrArray **out, VsauditError *error)
{
    VsauditStatus status = check_array(alerts, count, size, sizeof(VsauditAlert), where, error);
    g_autoptr(GPtrArray) array = alert_array_new();
    for (size_t i = 0; i < count && status == VSAUDIT_OK; i++) {
        VsauditAlert given;
        vsaudit_alert_init(&given, sizeof given, NULL);
        memcpy(&given, (const char *)alerts + i * size, size);
        g_autofree char *place = g_strdup_printf("%s[%zu]", where, i);
        Alert *alert = NULL;
        status = carry_alert(&given, &alert, place, error);
        if (status == VSAUDIT_OK)
            g_ptr_array_add(array, alert);
    }
    if (status == VSAUDIT_OK)
        *out = g_steal_pointer(&array);
    return status;
}
