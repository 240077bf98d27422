/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file's own clock, what was found wrong with it, and how it maps to the clip's time t (µs from the first
 * picture). The rule by which it is judged stands in media/clock.h and in reports/README.md.
 *
 * Two readings of the file's clock are kept. STAMPS: the time stamps as they are written in the file (what
 * ffprobe prints as pts_time). PLAYER: the position that a player shows, which counts from where the file
 * begins; sound may begin before the pictures, then the first picture stands at more than zero. */
#ifndef VSAUDIT_RECORDS_CLOCK_H
#define VSAUDIT_RECORDS_CLOCK_H

#include "records/span.h"

#include <jansson.h>

typedef enum {
    CLOCK_PAUSE,        /* no picture for longer than the one before vouches for; t runs on, nobody watched */
    CLOCK_LEAP_FORWARD, /* the stamps leap ahead; the pictures go on one usual step later */
    CLOCK_LEAP_BACK,    /* the stamps step back; the pictures go on one usual step later */
    CLOCK_RESTART,      /* as LEAP_BACK, to where the file's clock began */
    CLOCK_STRAY,        /* stamps far from both neighbours', while the clock goes on as before */
    CLOCK_REPEAT,       /* the same stamp again */
    CLOCK_UNTIMED,      /* no stamp, in a stream that has them */
    CLOCK_DISORDER,     /* stamps in another order than the pictures; they were put in order */
    CLOCK_MISSING,      /* numbered pictures that are not there; t keeps their place, nobody watched */
    CLOCK_NEXT_STREAM,  /* the pictures go on in another stream of the file */
    CLOCK_NEXT_FILE,    /* the next of several files begins */
    CLOCK_SHOWN_AGAIN,  /* pictures that were shown before, by the file's own word; t runs on, as in a player,
                           nobody watched anything new */
    CLOCK_KINDS
} ClockKind;

typedef struct {
    ClockKind kind;
    int64_t at_us;    /* t at which it begins */
    int64_t by_us;    /* how long the pause, how far the leap beyond the usual step; negative: back */
    int64_t pictures; /* that it touches: strays, repeats, missing numbers; 0 = none in particular */
} ClockFinding;

typedef struct {
    int64_t count, by_us, pictures; /* by_us: the sum of the sizes, without their signs */
} ClockTotal;

/* One stretch over which the file's clock and t run together: [t_us, t_us + length_us). */
typedef struct {
    int64_t t_us, length_us;
    int64_t stamp_us, player_us; /* the same place on the file's clock */
    int file;                    /* which of the clip's files, from 0 */
} ClockPiece;

typedef enum { CLOCK_STAMPS, CLOCK_PLAYER } ClockReading;
typedef enum {
    CLOCK_FOUND,
    CLOCK_NOWHERE,  /* before, after or between the pieces, or there is no clock */
    CLOCK_AMBIGUOUS /* in several pieces: the clock shows this time more than once */
} ClockAnswer;

/* From the file's clock to t. `pieces`: of ClockPiece, in the order of t. file -1: any. The end of a piece
 * belongs to it where no other piece has that time. When ambiguous *t_us is the first of them. */
ClockAnswer clock_to_clip(const GArray *pieces, ClockReading reading, int file, int64_t file_us,
                          int64_t *t_us);
/* From t to the file's clock; `file` may be NULL. Never ambiguous. */
ClockAnswer clock_to_file(const GArray *pieces, ClockReading reading, int64_t t_us, int *file,
                          int64_t *file_us);

/* "pause", "leap_forward" …; the words of the JSON. */
const char *clock_kind_name(ClockKind kind);
bool clock_kind_from_name(const char *name, ClockKind *kind);
/* Whether the finding changed the times of pictures; a pause, a missing number or another file does not. */
bool clock_kind_mends(ClockKind kind);

json_t *clock_pieces_to_json(const GArray *pieces);
json_t *clock_findings_to_json(const GArray *findings);
/* {"pause": {"count":…, "by_us":…, "pictures":…}, …}: the kinds that occur. */
json_t *clock_totals_to_json(const ClockTotal totals[CLOCK_KINDS]);
/* The inverses, lenient: what is not there or not understood is left out. */
void clock_pieces_from_json(const json_t *json, GArray *pieces);
void clock_findings_from_json(const json_t *json, GArray *findings);
void clock_totals_from_json(const json_t *json, ClockTotal totals[CLOCK_KINDS]);

#endif
