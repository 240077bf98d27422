/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: keeps the books of one replay, so that the data-quality record says what libav does not.
 * It is told of every packet and every picture, in the order in which they come, and settles at the end.
 * Its memory does not grow with the clip. Times are µs from the first picture. */
#ifndef VSAUDIT_MEDIA_LEDGER_H
#define VSAUDIT_MEDIA_LEDGER_H

#include "records/quality.h"

typedef struct Ledger Ledger;

/* `quality` is filled and must outlive the ledger. nominal_step_us: from the header, 0 = unknown. */
Ledger *ledger_new(ClipQuality *quality, int64_t nominal_step_us);
void ledger_free(Ledger *ledger);

/* A packet that should give a picture at t_us; duration 0 = the file does not say. */
void ledger_expect(Ledger *ledger, int64_t t_us, int64_t duration_us);
/* A packet whose picture cannot be told by time. idle: it gives none, by the file's own word (edit list,
 * repeated frame). */
void ledger_expect_untimed(Ledger *ledger, bool idle);
/* Packets so far were told with a wrong base of time. */
void ledger_forget(Ledger *ledger);
/* The packet is cut short or the demuxer knows it to be damaged. */
void ledger_cut_packet(Ledger *ledger);
/* Reading or decoding reported `count` errors; `why` (may be NULL) is kept once, as a remark. */
void ledger_errors(Ledger *ledger, int64_t count, const char *why);
/* The demuxer gave up, or lost its place: what is missing up to the next picture was not decoded. */
void ledger_lose_place(Ledger *ledger);

/* How far a picture can be trusted. SPREAD: predicted from a damaged one. */
typedef enum { PICTURE_SOUND, PICTURE_SPREAD, PICTURE_DAMAGED } PictureState;
/* A decoded picture. False: its time does not advance, it must not be shown. */
bool ledger_picture(Ledger *ledger, int64_t t_us, int64_t duration_us, PictureState state);

/* The end of the stream. promised_frames -1 and promised_us TIME_UNKNOWN: the container says nothing.
 * tail_missing: the container's own structure reaches beyond the end of the file. */
void ledger_settle(Ledger *ledger, int64_t promised_frames, int64_t promised_us, bool tail_missing);
/* The usual step between pictures as far as seen, else the nominal one, else 40 ms. */
int64_t ledger_step(const Ledger *ledger);
int64_t ledger_end(const Ledger *ledger); /* where the last picture ends, as far as known */

#endif
