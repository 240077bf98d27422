/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/feed.h"

#include "media/coder.h"
#include "media/condition.h"
#include "media/pictures.h"
#include "media/recorded.h"
#include "records/error.h"
#include "records/free.h"
#include "records/span.h"

#define KEY_US US_PER_SECOND
#define GREY 128
#define STEP_US (US_PER_SECOND / 25) /* where there is one picture alone */

struct Feed {
    Recorded *recorded; /* as it is; NULL = coded anew */
    char *reason;

    Pictures *pictures;
    ClipQuality *quality;
    FeedCodec codec;
    Picture picture;
    bool primed; /* `picture` was not coded yet */

    char *path;     /* as it is: the clip's file, and … */
    double rate;    /* … its rate as it was asked for */
    AVFrame *shown; /* coded anew: the last picture that was fed; NULL = none yet */
    int64_t fed_us; /* the latest place that was fed; -1 = none yet */

    AVFrame *drawn;       /* NULL = a clip */
    bool held;            /* what is drawn is a picture of a clip, and stays as it is */
    const FeedMade *made; /* where what is drawn comes from; NULL: drawn here */
    int flashes;
    int64_t period_us, picture_us; /* one flash (0 flashes: the whole), one picture */
    int64_t count;

    Coder *coder;
    AVPacket *packet;
    int64_t last_us, last_key_us, step_us;
    bool mirrored;  /* see FeedRequest */
    int64_t key_us; /* see FeedRequest; -1 = it was fed, or there is none */
};

/* ---- coding anew */

static FeedUnit *code(Feed *feed, const AVFrame *frame, int64_t t_us, GError **error)
{
    if (feed->coder != NULL && !coder_fits(feed->coder, frame))
        g_clear_pointer(&feed->coder, coder_free);
    const bool first = feed->coder == NULL;
    if (first && (feed->coder = coder_new(feed->codec, frame, 0, error)) == NULL)
        return NULL;
    if (feed->mirrored)
        coder_mirror(feed->coder);
    const bool asked = feed->key_us >= 0 && t_us >= feed->key_us;
    const bool key = first || asked || t_us - feed->last_key_us >= KEY_US;
    if (!coder_code(feed->coder, frame, t_us, key, feed->packet, error))
        return NULL;
    if (key)
        feed->last_key_us = t_us;
    if (asked)
        feed->key_us = -1;
    if (t_us > feed->last_us)
        feed->step_us = t_us - feed->last_us;
    feed->last_us = t_us;
    FeedUnit *unit = feed_unit_new(feed->packet, coder_form(feed->coder));
    unit->t_us = unit->send_us = unit->show_us = t_us;
    unit->lasts_us = feed->step_us;
    return unit;
}

static PicturesStatus next_picture(Feed *feed, GError **error)
{
    if (feed->primed) {
        feed->primed = false;
        return PICTURES_NEXT;
    }
    return pictures_next(feed->pictures, &feed->picture, error);
}

/* Pictures that lie on their side are turned by the filter graph, which a graph that changes nothing makes
 * happen. */
static bool open_pictures(Feed *feed, const FeedRequest *request, GError **error)
{
    ReplayRequest how = {.rate = request->rate, .condition = request->condition, .no_chain = true};
    const char *const hashes[] = {request->sha256};
    if (request->files[1] != NULL) {
        how.files = request->files;
        how.starts_us = request->starts_us;
    } else {
        how.sha256 = hashes;
    }
    for (int attempt = 0; attempt < 2; attempt++) {
        clip_quality_free(feed->quality);
        feed->quality = clip_quality_new();
        feed->pictures = pictures_open(request->files[0], &how, feed->quality, error);
        if (feed->pictures == NULL || turn_is_none(pictures_turn(feed->pictures)))
            break;
        g_clear_pointer(&feed->pictures, pictures_close);
        how.condition = "copy";
    }
    if (feed->pictures == NULL)
        return false;
    const PicturesStatus status = pictures_next(feed->pictures, &feed->picture, error);
    if (status == PICTURES_END)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: the condition “%s” leaves no picture",
                    request->files[0], request->condition);
    if (status != PICTURES_NEXT)
        return false;
    feed->primed = true;
    feed->coder = coder_new(feed->codec, feed->picture.frame, request->rate, error);
    return feed->coder != NULL;
}

static Feed *feed_new(FeedCodec codec)
{
    av_quiet();
    Feed *feed = g_new0(Feed, 1);
    feed->packet = av_packet_alloc();
    feed->codec = codec;
    feed->step_us = STEP_US;
    feed->last_key_us = -KEY_US;
    feed->fed_us = -1;
    feed->key_us = -1;
    return feed;
}

static AVFrame *new_frame(enum AVPixelFormat format, int width, int height, GError **error)
{
    AVFrame *frame = av_frame_alloc();
    frame->format = format;
    frame->width = width;
    frame->height = height;
    if (av_frame_get_buffer(frame, 0) < 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "no memory left to draw with");
        av_frame_free(&frame);
    }
    return frame;
}

static bool take_made(Feed *feed)
{
    if (av_frame_make_writable(feed->drawn) < 0)
        return false;
    const uint8_t *bytes = feed->made->next(feed->made->user);
    for (int y = 0; y < feed->made->height; y++)
        memcpy(feed->drawn->data[0] + (ptrdiff_t)y * feed->drawn->linesize[0],
               bytes + (ptrdiff_t)y * feed->made->stride, 3 * (size_t)feed->made->width);
    return true;
}

static Feed *open_made(const FeedRequest *request, FeedCodec codec, GError **error)
{
    const FeedMade *made = request->made;
    g_autoptr(Feed) feed = feed_new(codec);
    feed->made = made;
    feed->reason = g_strdup("its pictures are made");
    feed->period_us = made->lasts_us;
    feed->picture_us = made->step_us;
    feed->drawn = new_frame(AV_PIX_FMT_BGR24, made->width, made->height, error);
    if (feed->drawn == NULL || !take_made(feed)) /* the first one may be held before it is shown */
        return NULL;
    feed->coder = coder_new(codec, feed->drawn, 1e6 / (double)made->step_us, error);
    return feed->coder != NULL ? g_steal_pointer(&feed) : NULL;
}

Feed *feed_open(const FeedRequest *request, GError **error)
{
    const FeedCodec codec = request->codec == FEED_AS_RECORDED ? FEED_H264 : request->codec;
    if (request->made != NULL)
        return open_made(request, codec, error);
    g_assert(request->files != NULL && request->files[0] != NULL);
    g_autoptr(Feed) feed = feed_new(codec);
    feed->path = g_strdup(request->files[0]);
    feed->rate = request->rate;
    feed->key_us = request->key_us > 0 ? request->key_us : -1;
    feed->mirrored = request->mirrored;
    if (request->condition != NULL && *request->condition != '\0') {
        feed->reason = g_strdup("it is shown under a condition");
    } else if (request->files[1] != NULL) {
        feed->reason = g_strdup("it is several files");
    } else if (request->mirrored) {
        feed->reason = g_strdup("it is mirrored");
    } else if (request->key_us > 0) {
        feed->reason = g_strdup("it stops and goes on in the middle");
    } else {
        g_autoptr(GError) cause = NULL;
        feed->recorded = recorded_open(request->files[0], request, &feed->reason, &cause);
        if (cause != NULL) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return NULL;
        }
    }
    if (feed->recorded == NULL && !open_pictures(feed, request, error))
        return NULL;
    return g_steal_pointer(&feed);
}

/* ---- drawn pictures */

static bool draw(Feed *feed, int grey)
{
    if (av_frame_make_writable(feed->drawn) < 0)
        return false;
    for (int y = 0; y < feed->drawn->height; y++)
        memset(feed->drawn->data[0] + (ptrdiff_t)y * feed->drawn->linesize[0], grey,
               (size_t)feed->drawn->width);
    return true;
}

/* How bright the picture of that time is; -1: none is left. */
static int drawn_grey(const Feed *feed, int64_t t_us)
{
    const int64_t half_us = feed->period_us / 2;
    if (feed->flashes == 0)
        return t_us < feed->period_us ? GREY : -1;
    if (t_us >= feed->flashes * feed->period_us + half_us)
        return -1;
    return t_us % feed->period_us >= half_us ? 255 : 0;
}

static Feed *drawing(const FeedForm *form, int flashes, int64_t lasts_us)
{
    g_assert(flashes >= 0 && lasts_us > 0);
    Feed *feed = feed_new(form->codec);
    feed->flashes = flashes;
    feed->period_us = lasts_us;
    feed->picture_us =
        form->rate >= 1 && form->rate <= 60 ? time_from_seconds(1 / form->rate) : US_PER_SECOND / 10;
    return feed;
}

Feed *feed_open_drawn(const FeedForm *form, int flashes, int64_t lasts_us, GError **error)
{
    g_autoptr(Feed) feed = drawing(form, flashes, lasts_us);
    feed->drawn = new_frame(AV_PIX_FMT_GRAY8, form->width, form->height, error);
    if (feed->drawn == NULL)
        return NULL;
    feed->drawn->sample_aspect_ratio = (AVRational){form->aspect_num, form->aspect_den};
    feed->coder = coder_new(form->codec, feed->drawn, form->rate, error);
    return feed->coder != NULL ? g_steal_pointer(&feed) : NULL;
}

/* Of a clip that is sent as it is: its first picture, or the last one. */
static AVFrame *decode_one(const Feed *clip, GError **error)
{
    /* its clock is sound, or it would not be sent as it is: the end can be jumped to, and a camera does not
     * fall silent while a long clip is decoded once more */
    const ReplayRequest how = {.rate = clip->rate, .no_chain = true, .steady_clock = true};
    g_autoptr(ClipQuality) quality = clip_quality_new();
    g_autoptr(Pictures) pictures = pictures_open(clip->path, &how, quality, error);
    if (pictures == NULL)
        return NULL;
    if (clip->fed_us > 2 * US_PER_SECOND)
        pictures_seek(pictures, clip->fed_us - US_PER_SECOND); /* where it cannot, all is decoded */
    AVFrame *kept = NULL;
    Picture picture;
    PicturesStatus status = PICTURES_NEXT;
    while ((kept == NULL || clip->fed_us >= 0) &&
           (status = pictures_next(pictures, &picture, error)) == PICTURES_NEXT) {
        av_frame_free(&kept);
        kept = av_frame_clone(picture.frame);
    }
    if (status == PICTURES_ERROR)
        av_frame_free(&kept);
    else if (kept == NULL)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: found no picture to hold, expected one",
                    clip->path);
    return kept;
}

Feed *feed_open_held(const Feed *clip, int64_t lasts_us, GError **error)
{
    g_autoptr(Feed) feed = drawing(feed_form(clip), 0, lasts_us);
    feed->held = true;
    feed->mirrored = clip->mirrored;
    if (clip->recorded != NULL)
        feed->drawn = decode_one(clip, error);
    else if (clip->made != NULL)
        feed->drawn = av_frame_clone(clip->drawn);
    else
        feed->drawn = av_frame_clone(clip->shown != NULL ? clip->shown : clip->picture.frame);
    if (feed->drawn == NULL) {
        if (error != NULL && *error == NULL)
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "no memory left to hold a picture");
        return NULL;
    }
    feed->coder = coder_new(feed->codec, feed->drawn, feed_form(clip)->rate, error);
    return feed->coder != NULL ? g_steal_pointer(&feed) : NULL;
}

static FeedStatus next_drawn(Feed *feed, FeedUnit **unit, GError **error)
{
    const int64_t t_us = feed->count * feed->picture_us;
    const int grey = drawn_grey(feed, t_us);
    if (grey < 0)
        return FEED_END;
    feed->count++;
    if (!feed->held && !(feed->made != NULL ? take_made(feed) : draw(feed, grey))) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "no memory left to draw with");
        return FEED_ERROR;
    }
    *unit = code(feed, feed->drawn, t_us, error);
    return *unit != NULL ? FEED_UNIT : FEED_ERROR;
}

/* ---- the door */

FeedStatus feed_next(Feed *feed, FeedUnit **unit, GError **error)
{
    *unit = NULL;
    if (feed->recorded != NULL) {
        const FeedStatus status = recorded_next(feed->recorded, unit, error);
        if (status == FEED_UNIT)
            feed->fed_us = MAX(feed->fed_us, (*unit)->t_us);
        return status;
    }
    if (feed->drawn != NULL)
        return next_drawn(feed, unit, error);
    switch (next_picture(feed, error)) {
    case PICTURES_END:
        return FEED_END;
    case PICTURES_ERROR:
        return FEED_ERROR;
    case PICTURES_NEXT:
        break;
    }
    av_frame_free(&feed->shown);
    feed->shown = av_frame_clone(feed->picture.frame);
    *unit = code(feed, feed->picture.frame, feed->picture.t_us, error);
    return *unit != NULL ? FEED_UNIT : FEED_ERROR;
}

FeedForm *feed_form(const Feed *feed)
{
    return feed->recorded != NULL ? recorded_form(feed->recorded) : coder_form(feed->coder);
}

const char *feed_reason(const Feed *feed)
{
    return feed->reason;
}

DEFINE_FREE(feed_close, Feed, feed, recorded_close(feed->recorded), pictures_close(feed->pictures),
            clip_quality_free(feed->quality), coder_free(feed->coder), av_frame_free(&feed->drawn),
            av_frame_free(&feed->shown), av_packet_free(&feed->packet), g_free(feed->path),
            g_free(feed->reason))
