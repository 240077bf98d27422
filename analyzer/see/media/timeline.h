/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: from a file's time stamps to the clip's time t. All judgement of clocks is here, and
 * nothing here reads a file: it is told the stamp of each picture, in the order in which the decoder gives
 * them, and says where the picture stands.
 *
 * The rule (the same in reports/README.md):
 *  1. The usual step HERE is the upper quartile of up to 15 steps before, the one that is judged, and up to
 *     11 after it; a step of more than 10 s is never usual, unless the clip states so low a rate, nor is one
 *     that is more than eight times as long as both beside it (between bursts of a recorder that waits for
 *     motion). Where there is no other step it is the stated or nominal one, if that is shorter.
 *  2. A picture vouches for the time up to the next one when that comes within one and a half usual steps.
 *     When it comes later, the picture vouches for one usual step, unless the pictures after it come so much
 *     faster that they make up for it (a recorder that wrote late): as many pictures as usual, in the usual
 *     time, leave nothing out.
 *  3. PAUSE: a longer step forward. t runs on with the file's clock; the time beyond the usual step is
 *     unseen, and so is what comes before the first picture that decodes.
 *  4. LEAP_FORWARD: in a format whose clock may legally jump (MPEG-TS, MPEG-PS …) a step of more than 10 s,
 * as players have it; in any format a step of more than 7 days. The picture stands one usual step after the
 *     last one.
 *  5. LEAP_BACK, RESTART (to within 10 s of the file's first stamp): a step back. The picture stands one
 * usual step after the last one, and those after it follow. The wrap of a 33-bit clock is none.
 *  6. STRAY: up to 8 pictures with stamps elsewhere, after which the clock goes on as before (near by: up to
 * 4, and the number of pictures must fit the time). They stand between their neighbours, evenly where the gap
 *     fits them, else one usual step apart; all others stay where they are. UNTIMED (no stamp) is placed
 *     likewise, and so is REPEAT (the same stamp again; or three or more within 3 ms of one another, which no
 *     camera films): pictures that share a stamp share the time to the next one when they are as many as
 *     usual there, and never move what follows.
 *  7. DISORDER: stamps that are regular when they are sorted, no more than 4 places away, are sorted.
 *  8. SHOWN_AGAIN (booked by the ledger): a picture that the container's index lists once more. t runs on,
 * but its time, up to the next picture or one usual step, is unseen.
 *  9. No picture is ever left out; t always advances. */
#ifndef VSAUDIT_MEDIA_TIMELINE_H
#define VSAUDIT_MEDIA_TIMELINE_H

#include "records/quality.h"

#define TIMELINE_AHEAD 12 /* pictures that are looked at together; fewer can do */

typedef struct Timeline Timeline;

typedef struct {
    bool jumps;         /* the format's clock may legally jump */
    bool numbered;      /* stamps are counted at the stated step: a longer one means missing numbers */
    int64_t wrap_us;    /* the clock begins again at 0 after so long; 0 = never */
    int64_t nominal_us; /* usual step by the header, where no step was seen; 0 = unknown */
    int64_t stated_us;  /* usual step by the dataset; 0 = not stated */
} TimelineRules;

typedef struct {
    int64_t t_us;
    int64_t usual_us; /* the usual step here: what the picture vouches for when no other follows */
} TimelinePlace;

/* `quality` gets `unseen`, `findings`, `totals`, `clock`, the first picture's place and the two pts counts;
 * it must outlive it. */
Timeline *timeline_new(ClipQuality *quality);
void timeline_free(Timeline *timeline);

/* A file (or the first one) begins; nothing may be waiting. origin_us: stamp 0 of what follows on the file's
 * own clock, and player_us as a player shows it; origin TIME_UNKNOWN = the file has no clock. start_us: where
 * its first picture is stated to stand in t, else TIME_UNKNOWN. */
void timeline_begin_file(Timeline *timeline, int file, const TimelineRules *rules, int64_t origin_us,
                         int64_t player_us, int64_t start_us);
/* The pictures go on in another stream of the same file; nothing may be waiting. */
void timeline_begin_stream(Timeline *timeline);
/* The next picture's stamp, from the file's origin; TIME_UNKNOWN = none. At most TIMELINE_AHEAD wait. */
void timeline_add(Timeline *timeline, int64_t stamp_us);
int timeline_waiting(const Timeline *timeline);
/* Places the oldest picture that waits, by what waits behind it. */
TimelinePlace timeline_take(Timeline *timeline);
/* The reader has jumped; what waited is forgotten and t is the stamp. Only where the clock is known to be
 * sound.
 */
void timeline_seek(Timeline *timeline);
/* The clip ends at end_us, where the last picture does. */
void timeline_end(Timeline *timeline, int64_t end_us);

#endif
