/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libvsaudit: what all its parts share. Programs include <vsaudit/vsaudit.h>.
 *
 * Conventions of the whole library:
 *  - Times are whole microseconds from a clip's first picture, 0 to VSAUDIT_TIME_MAX. Places are shares
 *    of the picture: x from 0 (left) to 1 (right), y from 0 (top) to 1 (bottom).
 *  - Unknown, not measured and zero are different things; each field names its value for "unknown".
 *  - What can fail returns a VsauditStatus, VSAUDIT_OK being 0, and takes a VsauditError last, which
 *    may be NULL. On failure nothing was changed and no result was written, except a handle that was to
 *    be made, which becomes NULL.
 *  - Ownership: what a caller passes in is copied before the call returns; nothing of the caller's is
 *    kept. A handle is made by vsaudit_scoring_new, vsaudit_scoring_score or vsaudit_rule_new and freed
 *    by its function ..._free, which takes NULL. Text and arrays in results belong to the handle that
 *    they were asked of and live as long as it does, unless a function says less; where none is
 *    involved they are static.
 *  - Threads: different handles may be used by different threads at once. One handle belongs to one
 *    thread at a time, but functions that take it as const may run at once. No function reads files,
 *    the clock, the environment or the locale, or prints; the same input gives the same output. While
 *    numbers are reckoned the error handler of GSL is off in the whole process; afterwards what was set
 *    comes back. Memory that cannot be had ends the process (GLib's rule).
 *  - Growth: structs may grow at their end, with fields for which an older program's "unknown" is
 *    right. A caller passes `sizeof` of its struct along: fields that an older program does not have
 *    are taken as unknown, and not written. A struct larger than the library's own (a newer program) is
 *    refused. Structs that say so never grow. Numbers of statuses, flags, units and outcomes, and names
 *    of figures, counters, options and reasons, keep their meaning; new ones may come. What is added
 *    moves VSAUDIT_API_MINOR; whatever breaks a program moves VSAUDIT_API_MAJOR, and the soname with
 *    it. */
#ifndef VSAUDIT_VSAUDIT_BASE_H
#define VSAUDIT_VSAUDIT_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define VSAUDIT_API __attribute__((visibility("default")))
#else
#define VSAUDIT_API
#endif

/* Of these headers. The major number is the soname's: libvsaudit.so.0. */
#define VSAUDIT_API_MAJOR 0
#define VSAUDIT_API_MINOR 1

/* The version of vsaudit that the library was built from, "0.1.0". Static. */
VSAUDIT_API const char *vsaudit_version(void);
/* VSAUDIT_API_MAJOR * 1000 + VSAUDIT_API_MINOR of the library that runs. */
VSAUDIT_API int vsaudit_api_version(void);

typedef enum {
    VSAUDIT_OK = 0,
    VSAUDIT_MISUSE = 1,    /* the program is wrong: NULL, an unknown size, calls in the wrong order */
    VSAUDIT_NOT_FOUND = 2, /* no protocol, behaviour, option, figure or index of that name */
    VSAUDIT_INVALID = 3    /* a value is out of its range, or contradicts another */
} VsauditStatus;

/* Filled when a call fails; left alone when it succeeds. Never grows. */
typedef struct {
    int32_t status;    /* a VsauditStatus */
    char message[508]; /* one English sentence in UTF-8, cut at the end if need be: "events[3].end_us: found
                          5, expected more than start_us, which is 10" */
} VsauditError;

/* ---- values */

#define VSAUDIT_TIME_UNKNOWN INT64_MIN
#define VSAUDIT_TIME_MAX INT64_C(1000000000000000) /* µs: about 31 years */
#define VSAUDIT_CONFIDENCE_UNKNOWN (-1.0)
#define VSAUDIT_NOT_COUNTED (-1) /* of counts */

/* An option by its name, with its value written as in a scenario: {"pre", "2.5"}, {"boxes", "require"}.
 * Seconds take up to six decimals, and a point. Neither may be NULL. Never grows. */
typedef struct {
    const char *name;
    const char *value;
} VsauditOption;

/* Half open: start_us belongs to it, end_us does not. 0 <= start_us < end_us. Never grows. */
typedef struct {
    int64_t start_us, end_us;
} VsauditSpan;

/* Never grows. */
typedef struct {
    double x, y;
} VsauditPoint;

/* Upper left corner and size. No box: w < 0, as VSAUDIT_NO_BOX has it. Never grows. */
typedef struct {
    double x, y, w, h;
} VsauditBox;

#define VSAUDIT_NO_BOX \
    {                  \
        0, 0, -1, -1   \
    }

/* Something that happened: ground truth. */
typedef struct {
    int64_t start_us;  /* the onset by the behaviour's written norm; 0 to VSAUDIT_TIME_MAX */
    int64_t end_us;    /* > start_us */
    const char *label; /* kind within the behaviour, UTF-8; NULL: none */
    VsauditBox box;    /* w, h > 0, within the picture; VSAUDIT_NO_BOX: not marked */
    uint64_t flags;    /* VSAUDIT_EVENT_… */
} VsauditEvent;

/* Doubtful: neither it nor the time around it counts on any side. */
#define VSAUDIT_EVENT_DONT_CARE UINT64_C(1)

/* No label, no box, no flags; the times unknown, which must be set. */
VSAUDIT_API VsauditStatus vsaudit_event_init(VsauditEvent *event, size_t size, VsauditError *error);

/* What a system said. */
typedef struct {
    int64_t onset_us;         /* when the condition began; 0 to VSAUDIT_TIME_MAX */
    int64_t decided_us;       /* when the alarm was raised, >= onset_us; VSAUDIT_TIME_UNKNOWN: at onset_us */
    int64_t end_us;           /* when the condition ended, >= onset_us; VSAUDIT_TIME_UNKNOWN: not said */
    double confidence;        /* 0 to 1; VSAUDIT_CONFIDENCE_UNKNOWN: none was given. NaN is refused: it is a
                                 fault of the program that made it, not an absence */
    const char *label;        /* kind within the behaviour, UTF-8; NULL: none */
    VsauditBox box;           /* at decided_us, as of an event; VSAUDIT_NO_BOX: none */
    const int64_t *track_ids; /* whom it is about: set in alerts of rules, not read by scoring; NULL: none */
    size_t track_count;
} VsauditAlert;

/* No decision or end of its own, no confidence, label, box or tracks; the onset unknown, which must be set.
 */
VSAUDIT_API VsauditStatus vsaudit_alert_init(VsauditAlert *alert, size_t size, VsauditError *error);

/* ---- what there is to choose from */

/* Ids by number from 0, NULL after the last. Static. */
VSAUDIT_API const char *vsaudit_protocol_id(size_t index); /* "eval-1", "eval-2", "actev-sdl-v2", "ilids" … */
VSAUDIT_API const char *vsaudit_behaviour_id(size_t index); /* "abandoned-object", "agitation" … */

/* One option of a protocol or a behaviour. All text is static. */
typedef struct {
    const char *name;    /* "pre" */
    const char *type;    /* "boolean" (true, false), "integer", "number", "seconds", "text", "choice" */
    double min, max;     /* both belong to the range; NaN where there is none (boolean, text, choice) */
    const char *initial; /* the default as it would be written; NULL: none, see must_be_given */
    const char *unit;    /* "s", "fraction" …; "" for none */
    const char *const *choices; /* NULL-terminated, for a choice; else NULL */
    int64_t must_be_given;      /* 1: protocols refuse to score without it; 0. A text without default may be
                                   wanted by a behaviour all the same (a zone's name): it says so itself */
} VsauditOptionInfo;

/* The option number `index` (from 0) of a protocol or a behaviour, by its id. VSAUDIT_NOT_FOUND for an
 * unknown id, and after the last option. */
VSAUDIT_API VsauditStatus vsaudit_protocol_option(const char *id, size_t index, VsauditOptionInfo *info,
                                                  size_t size, VsauditError *error);
VSAUDIT_API VsauditStatus vsaudit_behaviour_option(const char *id, size_t index, VsauditOptionInfo *info,
                                                   size_t size, VsauditError *error);

#ifdef __cplusplus
}
#endif
#endif
