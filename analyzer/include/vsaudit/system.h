/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A system under test as a library: what a plug-in for `kind: plugin` exports. Compiles as C99 and as C++11;
 * needs no library, nor vsaudit's. null_system.c and motion_system.c beside it are whole plug-ins.
 *
 * A plug-in is a shared library that exports one function, vsaudit_system, with C linkage. A process of its
 * own loads it, opens it once with its settings, shows it one clip or several, one picture after the other,
 * and closes it:
 *
 *     open, { clip_begin, frame, frame, …, clip_end }, { … }, close
 *
 * all from one thread. What it alerts during a call was decided at the picture of that call. A call that
 * returns 0 went well; anything else ends the job, and `error` is asked why. What it prints is no part of the
 * talk: standard output and standard error both go to the log, the end of which is shown when something
 * fails. It must not alert outside of a call, from another thread, or about another time than it was shown.
 *
 * Times are microseconds from the clip's first picture; places are shares of the picture, 0 to 1, from the
 * upper left corner. Text is UTF-8 and ends with 0. Whatever a call is given lives until that call returns,
 * and what the plug-in gives until its next call.
 *
 * For an evaluation a tester may run a closed system too: as a program that speaks system/1 (kind: program)
 * and needs no line of this header, or as a library that the host process loads. Whether a closed plug-in
 * that was built with this header, which is under GPL-3.0-or-later like the program, may be handed on is
 * open, and for the owners to settle: other projects ask for plug-ins under a compatible licence
 * (plugin_is_GPL_compatible of GCC, Emacs, gawk) or add an exception to their headers. */
#ifndef VSAUDIT_VSAUDIT_SYSTEM_H
#define VSAUDIT_VSAUDIT_SYSTEM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What VsauditSystem.version must be. It moves with every change of these structs; a program takes plug-ins
 * of its own version alone. */
#define VSAUDIT_SYSTEM_VERSION 1
/* An end that is not known yet. */
#define VSAUDIT_SYSTEM_OPEN INT64_MIN

#if defined(__GNUC__)
#define VSAUDIT_SYSTEM_EXPORT __attribute__((visibility("default")))
#else
#define VSAUDIT_SYSTEM_EXPORT
#endif

/* Which planes a picture has: luma alone, blue-green-red, or both. */
typedef enum { VSAUDIT_SYSTEM_GRAY, VSAUDIT_SYSTEM_BGR, VSAUDIT_SYSTEM_GRAY_AND_BGR } VsauditSystemFormat;

typedef struct {
    int64_t t_us;                   /* 0 for the first of a clip, then growing */
    int64_t duration_us;            /* how long it stands */
    int32_t width, height;          /* in pixels; the same for all pictures of a clip */
    const uint8_t *gray;            /* luma, one byte a pixel, rows from the top; NULL: not asked for */
    const uint8_t *bgr;             /* three bytes a pixel, rows from the top; NULL: not asked for */
    size_t gray_stride, bgr_stride; /* bytes from one row to the next */
    int32_t damaged;                /* not 0: the decoder had to guess parts of it */
} VsauditSystemPicture;

typedef struct {
    const char *clip;      /* a number in digits, which says nothing of the file */
    int32_t width, height; /* of the pictures that will come */
    double aspect;         /* width / height as displayed: pixels need not be square */
    const char *behaviours; /* JSON: [{"id": "intrusion", "zones": {…}, "lines": {…}}, …], as in system/1 */
} VsauditSystemClip;

typedef struct {
    const char *behaviour; /* one of the clip's */
    int64_t onset_us;      /* when it began: 0 to the time of the last picture */
    int64_t end_us;        /* when it ended, >= onset_us; VSAUDIT_SYSTEM_OPEN: not yet */
    double confidence;     /* 0 to 1; below 0: none */
    double x, y, w, h;     /* where; w < 0: nowhere in particular */
    const char *id;        /* for alert_end, each one once in a clip; NULL: none */
    const char *label;     /* kind within the behaviour; NULL: none */
} VsauditSystemAlert;

/* By which a plug-in says something during a call, and only then. `to` goes into each function as it is. */
typedef struct {
    void *to;
    void (*alert)(void *to, const VsauditSystemAlert *alert);
    void (*alert_end)(void *to, const char *id, int64_t end_us); /* an alert without any ends with its clip */
    void (*remark)(void *to, const char *text);                  /* for whoever runs the test */
} VsauditSystemEmit;

typedef struct {
    uint32_t version;    /* VSAUDIT_SYSTEM_VERSION */
    const char *name;    /* for the report: 1 to 80 characters that can be printed */
    const char *release; /* its own version; NULL: it has none */
    VsauditSystemFormat format;
    /* Pictures are at most so wide or so high and keep their shape; both: just so; 0: as recorded. */
    int32_t width, height;
    double rate; /* pictures a second at most; 0: all */
    /* `settings` is a JSON object, {} when none are given. Returns the instance, which the others get; NULL:
     * error says why. */
    void *(*open)(const char *settings);
    /* 0: it went well. `emit` of frame and clip_end is good during that call. */
    int (*clip_begin)(void *instance, const VsauditSystemClip *clip);
    int (*frame)(void *instance, const VsauditSystemPicture *picture, const VsauditSystemEmit *emit);
    int (*clip_end)(void *instance, int64_t end_us, const VsauditSystemEmit *emit);
    void (*close)(void *instance);
    /* Why the last call failed, in one sentence; NULL: nothing is known. `instance` is NULL when open failed.
     */
    const char *(*error)(void *instance);
} VsauditSystem;

/* What the library exports; what it returns lives as long as the library. */
VSAUDIT_SYSTEM_EXPORT const VsauditSystem *vsaudit_system(void);

#ifdef __cplusplus
}
#endif

#endif
