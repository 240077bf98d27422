/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The protocol system/1 as the harness speaks it (systems/README.md): starts a program, shows it clips, takes
 * what it says. Knows nothing of plans, scenarios and stores.
 *
 * Order of calls: start, then for each clip begin, show for each picture, end, take; then close. After the
 * first error nothing but free may be called: the error is an INPUT error in one sentence, without the
 * program's name, that names the line of its output where there is one. */
#ifndef VSAUDIT_SYSTEMS_PROGRAM_TALK_H
#define VSAUDIT_SYSTEMS_PROGRAM_TALK_H

#include "media/replay.h"
#include "systems/program_book.h"
#include "systems/program_pipe.h"

/* When a picture is written. */
typedef enum {
    TALK_STEP, /* after it said that it was ready for it: what it says is decided at the picture before */
    TALK_FREE, /* as soon as there is room: decided at the last picture that it has taken in whole */
    TALK_REAL_TIME, /* by the clock; too many that wait are dropped: decided when it was said */
} TalkPace;

typedef enum { TALK_DROP_OLDEST, TALK_DROP_NEWEST } TalkDrops;

/* What it wants of a picture. */
typedef enum { TALK_GRAY, TALK_BGR, TALK_GRAY_AND_BGR, TALK_I420 } TalkFormat;

typedef struct {
    ProgramStart start;
    const json_t *settings; /* an object, told at the start */
    const char *input;      /* "path", or NULL for frames: what the program must agree to */
    const char *gives,
        *starts;        /* "alerts" or "observations"; "clip" or "run": what the program must agree to */
    double start_s;     /* time to start, and to end … */
    double processor_x; /* … and so many times what it was shown (a second a picture at most), and start_s
                           besides, may it keep the harness waiting */
    TalkPace pace;
    TalkDrops drops;
    int64_t queue; /* TALK_REAL_TIME: pictures that may wait */
    const char *
        says; /* what follows this on its standard error, when it ends too early, is its reason; NULL: none */
    /* Of one that gives observations: the boxes (a list, checked by whoever is called) on the picture at
     * t_us, called for each picture at most once, before the next is shown. False with an INPUT error. NULL:
     * alerts. */
    bool (*observed)(const json_t *boxes, int64_t t_us, void *user, GError **error);
    void *user;
} TalkSpec;

/* What the program says of itself. */
typedef struct {
    char *name, *version; /* version: NULL, it did not say */
    TalkFormat format;
    int width, height; /* at most this wide or high, keeping the aspect; both: just so; 0: as recorded */
    double rate;       /* pictures a second at most; 0: all */
} TalkHello;

typedef struct {
    const char *name;         /* a neutral one: "1" */
    int width, height;        /* of the pictures that come */
    double aspect;            /* width / height as displayed */
    const json_t *behaviours; /* [{"id": …, "zones": …, "lines": …}] */
    const char *const *ids;   /* of the behaviours, NULL-terminated */
    /* Of input path: where the file is, how long the clip is, and how much of it there is to see (a second a
     * picture at most). No picture is shown then, and the end follows. NULL, 0, 0: frames. */
    const char *path;
    int64_t end_us, shown_us;
} TalkClip;

typedef struct {
    int64_t pictures; /* that were written */
    int64_t dropped;  /* TALK_REAL_TIME: that were not */
    json_t *remarks;  /* of texts: its first 20 about this clip; owned by the talk, until the next begin */
} TalkCounts;

typedef struct ProgramTalk ProgramTalk;

/* `log`, on failure: as program_talk_log. Caller frees. */
ProgramTalk *program_talk_start(const TalkSpec *spec, char **log, GError **error);
const TalkHello *program_talk_hello(const ProgramTalk *talk);
bool program_talk_begin(ProgramTalk *talk, const TalkClip *clip, GError **error);
/* The frame must have what the format needs (i420 is made of BGR); it may go when this returns. */
bool program_talk_show(ProgramTalk *talk, const ReplayFrame *frame, GError **error);
/* The clip is over at t_us. */
bool program_talk_end(ProgramTalk *talk, int64_t t_us, GError **error);
/* What it alerted on the clip that has ended, each with an end: of Alert *, sorted; caller unrefs. */
GPtrArray *program_talk_take(ProgramTalk *talk);
const TalkCounts *program_talk_counts(const ProgramTalk *talk);
/* Whether the error was about the clip that had ended before the one that has begun: something was said about
 * it after its end. */
bool program_talk_was_late(const ProgramTalk *talk);
/* Nothing more will come; waits for its end. */
bool program_talk_close(ProgramTalk *talk, GError **error);
/* The last 4 KiB of its standard error; caller frees. */
char *program_talk_log(const ProgramTalk *talk);
void program_talk_free(ProgramTalk *talk); /* ends it; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ProgramTalk, program_talk_free)

#endif
