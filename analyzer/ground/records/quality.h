/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data-quality record of one replay: what the file promised, what was decoded, and what was not. libav
 * ends with success on a cut stream and paints over damage; this record must not. */
#ifndef VSAUDIT_RECORDS_QUALITY_H
#define VSAUDIT_RECORDS_QUALITY_H

#include "records/clock.h"
#include "records/span.h"

#include <jansson.h>

#define QUALITY_MOST_PIECES 1000
#define QUALITY_MOST_FINDINGS 100

typedef struct {
    char *container, *codec, *pixel_format;
    int width, height;            /* as displayed: rotation and pixel aspect applied */
    int rotation;                 /* degrees clockwise that the file asks for: 0, 90, 180, 270 */
    int64_t frames;               /* decoded pictures */
    int64_t frames_promised;      /* by the container's index; -1 = it does not say */
    int64_t duration_us;          /* from the first frame to the end of the last one, as decoded */
    int64_t duration_promised_us; /* by the container; TIME_UNKNOWN = it does not say */
    bool synthetic_times;         /* the stream has no usable time stamps: times come from its nominal rate */
    bool variable_rate;
    int64_t gaps;                        /* steps of more than three typical ones */
    int64_t gap_us;                      /* time in gaps beyond one typical step each */
    int64_t backward_pts, duplicate_pts; /* pictures whose stamps step back, or repeat the one before */
    int64_t corrupt_frames;              /* flagged by the decoder as damaged or concealed */
    int64_t decode_errors;               /* packets refused, errors reported */
    bool truncated; /* ends before what the container promises, or in the middle of a packet */
    SpanList
        undecoded; /* spans of the promised duration without a sound picture: they leave the denominator */
    SpanList
        unseen; /* spans of t that no picture vouches for (pauses, missing numbers), without `undecoded` */
    int64_t watched_us;       /* what pictures vouch for: duration_us without `unseen` and `undecoded` */
    int64_t first_picture_us; /* where a player shows the first picture, counted from where the file begins
                                 (sound may begin before); TIME_UNKNOWN = the file has no clock */
    int64_t first_stamp_us;   /* the first picture's own time stamp in the file; TIME_UNKNOWN likewise */
    GArray *clock;            /* of ClockPiece: how the file's clock maps to t; one piece for a sound clock,
                                 none where there is no clock; at most QUALITY_MOST_PIECES, the first ones */
    GArray *findings;         /* of ClockFinding: the first QUALITY_MOST_FINDINGS */
    ClockTotal totals[CLOCK_KINDS]; /* of all findings */
    bool clock_mended;              /* times of pictures are not those of the file's own clock */
    int video_streams;              /* in the file; 0 = not counted (an older record) */
    int stream;                     /* which of the file's video streams was read (first), from 0 */
    char *stream_reason; /* why that one, and what was not read: a sentence in English; NULL = the only one */
    char *luma_chain;    /* hash chain over the decoded luma: 64 hex digits; NULL when no frame was decoded */
    GPtrArray *remarks;  /* of char *: sentences for people, in English */
} ClipQuality;

ClipQuality *clip_quality_new(void);
/* Notes a finding: in the list while there is room, and in the totals. */
void clip_quality_find(ClipQuality *quality, ClockFinding finding);
void clip_quality_free(ClipQuality *quality); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClipQuality, clip_quality_free)
/* Everything, unknown as null; the same bytes for the same record. Caller owns. */
json_t *clip_quality_to_json(const ClipQuality *quality);
/* The inverse; NULL with an error (HARNESS) when the JSON is not such a record. */
ClipQuality *clip_quality_from_json(const json_t *json, GError **error);

#endif
