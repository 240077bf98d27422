/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: keeps the books of one replay, so that the data-quality record says what libav does not.
 * It is told of every packet, every picture as it leaves the decoder and every picture as it is placed, in
 * the order in which they come, and settles at the end of each file and of the clip. Its memory does not grow
 * with the clip. Stamps are µs from the file's origin (media/timeline.h), t is µs from the first picture. */
#ifndef VSAUDIT_MEDIA_LEDGER_H
#define VSAUDIT_MEDIA_LEDGER_H

#include "media/timeline.h"

typedef struct Ledger Ledger;

/* `quality` is filled and must outlive the ledger. */
Ledger *ledger_new(ClipQuality *quality);
void ledger_set_nominal(Ledger *ledger, int64_t step_us); /* the usual step by the header; 0 = unknown */
void ledger_free(Ledger *ledger);

/* A packet that should give a picture with this stamp; duration 0 = the file does not say. */
void ledger_expect(Ledger *ledger, int64_t stamp_us, int64_t duration_us);
/* A packet whose picture cannot be told by its stamp. idle: it gives none, by the file's own word (edit list,
 * repeated frame). */
void ledger_expect_untimed(Ledger *ledger, bool idle);
/* Packets so far were told with a wrong origin, or the reader has jumped. */
void ledger_forget(Ledger *ledger);
/* The packet is cut short or the demuxer knows it to be damaged. */
void ledger_cut_packet(Ledger *ledger);
/* Reading or decoding reported `count` errors; `why` (may be NULL) is kept once, as a remark. */
void ledger_errors(Ledger *ledger, int64_t count, const char *why);

/* A picture left the decoder; its stamp may be TIME_UNKNOWN. A packet that still waits when 40 later ones
 * have given their pictures has given none. */
void ledger_decoded(Ledger *ledger, int64_t stamp_us);

/* How far a picture can be trusted. SPREAD: predicted from a damaged one. */
typedef enum { PICTURE_SOUND, PICTURE_SPREAD, PICTURE_DAMAGED } PictureState;
typedef struct {
    int64_t stamp_us, duration_us; /* duration by the file, 0 = it does not say */
    PictureState state;
    bool again;      /* it was shown before: its time was not filmed twice */
    bool after_loss; /* the demuxer gave up, or lost its place, before it: what is missing was not decoded */
} LedgerPicture;
/* A picture was placed. */
void ledger_placed(Ledger *ledger, TimelinePlace place, const LedgerPicture *picture);

/* What a file promises, and how its end looks. */
typedef struct {
    int64_t frames;      /* -1: it does not say */
    int64_t duration_us; /* from its first picture; TIME_UNKNOWN: it does not say, or its clock was mended */
    bool tail_missing;   /* its own structure reaches beyond its end */
    bool whole;          /* its own structure ends where it does: nothing was cut off */
    bool place_lost;     /* the demuxer lost its place and no picture came after */
} LedgerPromise;
/* The end of a file, all of whose pictures are placed. last: of the clip; only then a missing tail is a span.
 */
void ledger_end_file(Ledger *ledger, const LedgerPromise *promise, bool last);
/* The end of the clip, after that of its last file. */
void ledger_settle(Ledger *ledger);
/* The usual step between pictures as far as seen, else the nominal one, else 40 ms. */
int64_t ledger_step(const Ledger *ledger);
int64_t ledger_file_start(const Ledger *ledger); /* t of the present file's origin */
/* Where the last picture ends, as far as known: by the file where that is believable. */
int64_t ledger_end(const Ledger *ledger);

#endif
