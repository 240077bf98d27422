/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clip as the coded pictures that a camera sends, one after the other.
 *
 * A clip is fed AS RECORDED (its coded pictures untouched, parameter sets repeated before each key picture)
 * when nothing about it needs judgement: a codec that RTP carries, one file with one video stream, upright,
 * every picture with a stamp of its own, beginning with a key picture, and a clock that the rule of
 * media/timeline.h leaves as it is. Everything else, and every clip under a condition, is decoded as a replay
 * does it and coded anew: H.264 unless another codec is asked for, without pictures that look ahead, a key
 * picture every second, upright, sides made even. Either way `t_us` is the time that a replay gives the
 * picture. */
#ifndef VSAUDIT_MEDIA_FEED_H
#define VSAUDIT_MEDIA_FEED_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
    FEED_H264,
    FEED_HEVC,
    FEED_MPEG4,
    FEED_MJPEG,
    FEED_MPEG2, /* or MPEG-1: RTP tells them apart in each packet */
    FEED_CODECS,
    FEED_AS_RECORDED = FEED_CODECS, /* in a request: the clip's own where it can be sent, else H.264 */
} FeedCodec;

/* What a client must know before it can decode. Counted references (feed_form_ref, feed_form_unref). */
typedef struct {
    FeedCodec codec;
    int width, height;
    int aspect_num, aspect_den; /* of a pixel; 0/1 = not said */
    int codec_id;               /* libav's number */
    int profile, level;         /* libav's numbers; -99 = unknown */
    int pixel_format;           /* libav's number; -1 = unknown */
    double rate;                /* pictures a second, as far as the file says; 0 = unknown */
    GBytes *parameters;         /* parameter sets as the codec writes them in a stream; NULL = none */
} FeedForm;

FeedForm *feed_form_ref(FeedForm *form);
void feed_form_unref(FeedForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FeedForm, feed_form_unref)

/* One coded picture. Times of a feed count from the sending of its first picture. */
typedef struct {
    int64_t t_us;     /* the picture's place in the clip, as a replay has it */
    int64_t send_us;  /* when a camera that films the clip would send it; never goes back */
    int64_t show_us;  /* when it is to be shown; >= send_us */
    int64_t lasts_us; /* to the next picture, as far as is known; > 0 */
    bool key;         /* a client can begin here */
    GBytes *data;
    FeedForm *form; /* owned by the unit */
} FeedUnit;

void feed_unit_free(FeedUnit *unit); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FeedUnit, feed_unit_free)

/* Pictures that somebody makes: BGR, of one size. */
typedef struct {
    int width, height, stride;
    int64_t step_us, lasts_us; /* from picture to picture; the whole */
    /* The next one, valid until it is asked again; called from whichever thread asks the feed. */
    const uint8_t *(*next)(void *user);
    void *user;
} FeedMade;

typedef struct {
    const char *const *files; /* NULL-terminated; several follow each other, as in ReplayRequest */
    const int64_t *starts_us; /* of several files: see ReplayRequest; NULL = not stated */
    double rate;              /* see ReplayRequest; 0 = not stated */
    const char *condition;    /* see ReplayRequest; NULL or "" = as recorded */
    const char *sha256;       /* of the one file, as expected; NULL = not stated */
    const FeedMade *made;     /* in place of all above; must outlive the feed. NULL = files */
    bool mirrored;            /* left and right exchanged, for which the clip is coded anew */
    int64_t key_us;  /* a client can begin at the first picture from there on, for which the clip is coded
                        anew; 0 = wherever it is */
    FeedCodec codec; /* what must come out; FEED_AS_RECORDED = whatever fits the clip */
} FeedRequest;

typedef enum { FEED_UNIT, FEED_END, FEED_ERROR } FeedStatus;
typedef struct Feed Feed;

/* Opens a clip and reads it through once, to judge its clock. NULL with the error of a replay (INPUT,
 * INTEGRITY), or with a HARNESS error when this machine cannot code pictures as asked. The request is copied.
 */
Feed *feed_open(const FeedRequest *request, GError **error);
/* The next picture; the caller frees it. FEED_ERROR: the file changed or the harness cannot go on. */
FeedStatus feed_next(Feed *feed, FeedUnit **unit, GError **error);
FeedForm *feed_form(const Feed *feed); /* of the first picture; owned by the feed */
/* Why the clip is coded anew, in a few words; NULL = it is sent as recorded. Owned by the feed. */
const char *feed_reason(const Feed *feed);
const char *feed_codec_name(FeedCodec codec); /* libav's short name: "h264" */
void feed_close(Feed *feed);                  /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Feed, feed_close)

/* Drawn pictures in the form's codec and size: `flashes` times black and then white, each for half of
 * lasts_us, beginning and ending black; or, with 0 flashes, a still grey one for lasts_us. t_us counts from
 * the first of them. NULL with a HARNESS error when they cannot be coded. */
Feed *feed_open_drawn(const FeedForm *form, int flashes, int64_t lasts_us, GError **error);

/* One picture of the clip, still for lasts_us, in the clip's codec and size: the first, if none was taken of
 * the clip yet; else the last one (to be called once the clip has ended). NULL with the clip's error, or a
 * HARNESS error when it cannot be coded. */
Feed *feed_open_held(const Feed *clip, int64_t lasts_us, GError **error);

#endif
