/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as alert logs write them: seconds or hh:mm:ss from a clip's first frame, or a clock's date and time.
 * Inside config/ only. */
#ifndef VSAUDIT_IMPORT_ALERT_CLOCK_H
#define VSAUDIT_IMPORT_ALERT_CLOCK_H

#include "config/dataset.h"

typedef struct {
    char *pattern;   /* "seconds", "hh:mm:ss"; or a clock's time: "iso" (2024-05-01T12:00:00.5+02:00), "unix",
                        "unix-ms", "unix-us" (since 1970, UTC), or for strptime(3): "%d/%m/%Y %H:%M:%S" */
    GTimeZone *zone; /* of a clock; NULL = none was stated */
    int64_t shift_us; /* added to every time: what the log's clock is late */
    bool comma;       /* decimal comma */
} AlertClock;

bool alert_clock_is_relative(const AlertClock *clock);
/* Whether the pattern is one of those words, and none for strptime. */
bool alert_clock_is_word(const AlertClock *clock);
/* Whether the log writes with each time how far its clock is from UTC. */
bool alert_clock_has_offset(const AlertClock *clock);
/* A time from the clip's first frame. False when the text is none. */
bool alert_clock_parse_relative(const AlertClock *clock, const char *text, int64_t *out_us);
/* A clock's time; fractions of a second may follow the pattern. NULL when the text is none, or in an hour
 * that the zone's change of clocks leaves out. In an hour that it repeats, the first of the two, and the
 * other in *second (else NULL; `second` may be NULL). An offset in the text (%z) stands above the zone. The
 * caller unrefs both. */
GDateTime *alert_clock_parse(const AlertClock *clock, const char *text, GDateTime **second);
/* When the clip begins on that clock: a clip without an offset from UTC is taken to be in the clock's zone.
 * NULL when the clip does not say; caller unrefs. */
GDateTime *alert_clock_clip_start(const AlertClock *clock, const Clip *clip);

#endif
