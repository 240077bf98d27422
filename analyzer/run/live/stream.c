/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/stream.h"

#include "live/outlet.h"
#include "live/rtcp.h"
#include "media/rtp.h"
#include "records/error.h"
#include "records/span.h"

#define START_US (US_PER_SECOND / 20) /* from the last client's PLAY to the first picture */
#define REPORT_US (5 * US_PER_SECOND)
#define FOREVER INT64_MAX

struct Stream {
    char *id;
    double speed;
    GSource *source; /* wakes at the next thing's time */
    Moments *moments;

    /* the server's thread alone */
    Player *player;
    Cue *cue; /* the next one, not acted upon yet */
    bool placed;
    Place place; /* of the cue */
    Placing placing;
    Pace pace;
    bool paced;   /* `pace` says what time it is in the stream */
    bool running; /* the present programme has begun */
    guint wait_viewers;
    bool farewell;
    int64_t out_until_us; /* wall time; the camera is gone */
    Rtp *rtp;
    FeedForm *form;
    GPtrArray *viewers; /* that watch; not owned */
    GByteArray *framed; /* the picture that is being sent */
    int64_t reported_us;

    GMutex lock; /* of what follows */
    GCond changed;
    CameraCounts counts;
    GArray *audience;       /* see camera_audience */
    int64_t dropped_before; /* by viewers that have left */
    FeedCodec codec;
    GError *failure;
};

/* ---- the time of a stream */

static bool wait_is_over(const Stream *stream)
{
    return stream->viewers->len >= stream->wait_viewers;
}

static void set_state(Stream *stream, CameraState state)
{
    g_mutex_lock(&stream->lock);
    stream->counts.state = state;
    g_cond_broadcast(&stream->changed);
    g_mutex_unlock(&stream->lock);
}

static void begin(Stream *stream)
{
    const int64_t wall_us = g_get_monotonic_time() + START_US;
    if (!stream->paced)
        stream->pace = (Pace){.wall_us = wall_us, .stream_us = 0, .speed = stream->speed};
    stream->paced = true;
    placing_not_before(&stream->placing, pace_stream(&stream->pace, wall_us));
    stream->running = true;
    set_state(stream, CAMERA_PLAYING);
}

static void place_cue(Stream *stream)
{
    const Cue *cue = stream->cue;
    if (cue->kind == CUE_PICTURE) {
        const FeedUnit *unit = cue->unit;
        if (cue->first)
            placing_begin(&stream->placing, unit->show_us - unit->send_us);
        stream->place = placing_place(&stream->placing, unit->send_us, unit->show_us, unit->lasts_us);
    } else {
        stream->place.send_us = MAX(stream->placing.free_us, stream->placing.shown_us);
        placing_pass(&stream->placing, cue->lasts_us);
    }
    stream->placed = true;
}

/* ---- sending */

static void take_packet(const uint8_t *packet, size_t size, void *user)
{
    outlet_frame(((Stream *)user)->framed, 0, packet, size);
}

static RtcpReport make_report(const Stream *stream, int64_t now_us)
{
    const RtpState state = rtp_state(stream->rtp);
    return (RtcpReport){.source = state.source,
                        .real_us = g_get_real_time(),
                        .stamp = rtp_stamp(&state, pace_stream(&stream->pace, now_us)),
                        .packets = state.packets,
                        .octets = state.octets,
                        .cname = "camera"};
}

static void report(Stream *stream, int64_t now_us)
{
    if (stream->reported_us != 0 && now_us - stream->reported_us < REPORT_US)
        return;
    uint8_t bytes[RTCP_MAX];
    const RtcpReport words = make_report(stream, now_us);
    const size_t size = rtcp_write_report(&words, bytes);
    for (guint i = stream->viewers->len; i > 0; i--) /* who cannot be told leaves the list */
        viewer_report(g_ptr_array_index(stream->viewers, i - 1), bytes, size);
    stream->reported_us = now_us;
}

static void say_goodbye(Stream *stream)
{
    uint8_t bytes[RTCP_MAX];
    const RtcpReport words = make_report(stream, g_get_monotonic_time());
    const size_t size = rtcp_write_bye(&words, bytes);
    while (stream->viewers->len > 0) {
        Viewer *viewer = g_ptr_array_index(stream->viewers, stream->viewers->len - 1);
        viewer_report(viewer, bytes, size);
        viewer_finish(viewer); /* takes itself out of the list */
    }
}

static void drop_viewers(Stream *stream)
{
    while (stream->viewers->len > 0)
        viewer_drop(g_ptr_array_index(stream->viewers, stream->viewers->len - 1));
}

static void fail(Stream *stream, GError *error)
{
    g_mutex_lock(&stream->lock);
    g_clear_error(&stream->failure);
    stream->failure = error;
    g_mutex_unlock(&stream->lock);
    drop_viewers(stream);
    set_state(stream, CAMERA_FAILED);
}

static void send_picture(Stream *stream, int64_t due_us)
{
    const Cue *cue = stream->cue;
    GError *error = NULL;
    g_byte_array_set_size(stream->framed, 0);
    if (stream->form != cue->unit->form) {
        feed_form_unref(stream->form);
        stream->form = feed_form_ref(cue->unit->form);
    }
    if (!rtp_write(stream->rtp, cue->unit, stream->place.send_us, stream->place.show_us, &error)) {
        fail(stream, error);
        return;
    }
    const int64_t now_us = g_get_monotonic_time();
    g_mutex_lock(&stream->lock);
    moments_add(stream->moments, (Moment){.wall_us = now_us,
                                          .t_us = cue->unit->t_us,
                                          .play = stream->counts.plays - 1,
                                          .round = cue->round,
                                          .show = cue->show});
    stream->counts.sent++;
    stream->counts.bytes += stream->framed->len;
    stream->counts.late_us = MAX(stream->counts.late_us, now_us - due_us);
    g_cond_broadcast(&stream->changed);
    g_mutex_unlock(&stream->lock);
    for (guint i = stream->viewers->len; i > 0; i--)
        viewer_offer(g_ptr_array_index(stream->viewers, i - 1), stream->framed, cue->unit->key);
    report(stream, now_us);
}

/* False: the programme is over. */
static bool act(Stream *stream, int64_t due_us)
{
    Cue *cue = stream->cue;
    switch (cue->kind) {
    case CUE_PICTURE:
        send_picture(stream, due_us);
        return stream->counts.state == CAMERA_PLAYING;
    case CUE_SILENCE:
        return true;
    case CUE_OUTAGE:
        stream->out_until_us = pace_wall(&stream->pace, stream->place.send_us + cue->lasts_us);
        drop_viewers(stream);
        if (cue->waits)
            set_state(stream, CAMERA_WAITING);
        stream->running = !cue->waits;
        return true;
    case CUE_FAILED:
        fail(stream, g_steal_pointer(&cue->error));
        return false;
    case CUE_END:
        if (stream->farewell)
            say_goodbye(stream);
        set_state(stream, CAMERA_ENDED);
        return false;
    }
    g_assert_not_reached();
}

/* Does all that is due, and says when to come again. */
static gboolean step(gpointer data)
{
    Stream *stream = data;
    int64_t next_us = FOREVER;
    g_source_set_ready_time(stream->source, -1); /* first, so that no wake-up is lost that comes meanwhile */
    while (stream->player != NULL && stream->counts.state < CAMERA_ENDED) {
        if (!stream->running && !wait_is_over(stream))
            break;
        if (!stream->running)
            begin(stream);
        if (stream->cue == NULL && (stream->cue = player_take(stream->player)) == NULL)
            break; /* the player wakes us */
        if (!stream->placed)
            place_cue(stream);
        const int64_t due_us = pace_wall(&stream->pace, stream->place.send_us);
        if (due_us > g_get_monotonic_time()) {
            next_us = due_us;
            break;
        }
        const bool going = act(stream, due_us);
        g_clear_pointer(&stream->cue, cue_free);
        stream->placed = false;
        if (!going)
            break;
    }
    if (next_us != FOREVER)
        g_source_set_ready_time(stream->source, next_us);
    return G_SOURCE_CONTINUE;
}

void stream_wake(void *data)
{
    Stream *stream = data;
    g_source_set_ready_time(stream->source, 0);
}

/* ---- life */

static gboolean dispatch(GSource *source, GSourceFunc call, gpointer user)
{
    (void)source;
    return call(user);
}

static GSourceFuncs source_kind = {.dispatch = dispatch};

Stream *stream_new(const char *id, double speed, GMainContext *context)
{
    Stream *stream = g_new0(Stream, 1);
    stream->id = g_strdup(id);
    stream->speed = speed;
    stream->moments = moments_new();
    stream->viewers = g_ptr_array_new();
    stream->framed = g_byte_array_new();
    stream->audience = g_array_new(FALSE, FALSE, sizeof(Audience));
    stream->codec = FEED_AS_RECORDED;
    g_mutex_init(&stream->lock);
    g_cond_init(&stream->changed);
    stream->source = g_source_new(&source_kind, sizeof(GSource));
    g_source_set_callback(stream->source, step, stream, NULL);
    g_source_set_priority(stream->source, G_PRIORITY_HIGH);
    g_source_attach(stream->source, context);
    return stream;
}

void stream_free(Stream *stream)
{
    g_source_destroy(stream->source);
    player_free(stream->player);
    g_source_unref(stream->source);
    cue_free(stream->cue);
    rtp_free(stream->rtp);
    g_clear_pointer(&stream->form, feed_form_unref);
    g_ptr_array_unref(stream->viewers);
    g_byte_array_unref(stream->framed);
    g_array_unref(stream->audience);
    moments_free(stream->moments);
    g_clear_error(&stream->failure);
    g_mutex_clear(&stream->lock);
    g_cond_clear(&stream->changed);
    g_free(stream->id);
    g_free(stream);
}

/* A camera that sends another codec is another camera to its clients: they have to come again. */
static bool take_form(Stream *stream, FeedForm *form, GError **error)
{
    if (stream->form == NULL || stream->form->codec != form->codec) {
        Rtp *rtp = rtp_new(form, take_packet, stream, error);
        if (rtp == NULL)
            return false;
        drop_viewers(stream);
        rtp_free(stream->rtp);
        stream->rtp = rtp;
        stream->reported_us = 0;
    }
    g_clear_pointer(&stream->form, feed_form_unref);
    stream->form = feed_form_ref(form);
    return true;
}

Player *stream_play(Stream *stream, Player *player, guint wait_viewers, bool farewell, GError **error)
{
    if (!take_form(stream, player_form(player), error))
        return player;
    Player *before = stream->player;
    stream->player = player;
    g_clear_pointer(&stream->cue, cue_free);
    stream->placed = stream->running = false;
    stream->wait_viewers = wait_viewers;
    stream->farewell = farewell;
    stream->out_until_us = 0;
    g_mutex_lock(&stream->lock);
    stream->codec = stream->form->codec;
    stream->counts.plays++;
    moments_forget(stream->moments, stream->counts.plays - 2);
    stream->counts.state = CAMERA_WAITING;
    g_clear_error(&stream->failure);
    g_mutex_unlock(&stream->lock);
    stream_wake(stream);
    return before;
}

bool stream_is_there(const Stream *stream)
{
    return stream->form != NULL && g_get_monotonic_time() >= stream->out_until_us;
}

char *stream_describe(const Stream *stream, GError **error)
{
    return rtp_describe(stream->form, stream->id, error);
}

static void count_viewers(Stream *stream, int joined)
{
    int64_t dropped = stream->dropped_before;
    for (guint i = 0; i < stream->viewers->len; i++)
        dropped += viewer_dropped(g_ptr_array_index(stream->viewers, i));
    const Audience now = {g_get_monotonic_time(), stream->viewers->len};
    g_mutex_lock(&stream->lock);
    g_array_append_val(stream->audience, now);
    stream->counts.viewers = stream->viewers->len;
    stream->counts.joined += joined;
    stream->counts.dropped = dropped;
    g_cond_broadcast(&stream->changed);
    g_mutex_unlock(&stream->lock);
}

void stream_join(Stream *stream, Viewer *viewer)
{
    g_ptr_array_add(stream->viewers, viewer);
    count_viewers(stream, 1);
    stream->reported_us = 0; /* who comes is told the time with the next picture */
    stream_wake(stream);
}

void stream_leave(Stream *stream, Viewer *viewer)
{
    if (!g_ptr_array_remove(stream->viewers, viewer))
        return;
    stream->dropped_before += viewer_dropped(viewer);
    count_viewers(stream, 0);
}

/* ---- anywhere */

const char *stream_id(const Stream *stream)
{
    return stream->id;
}

Moments *stream_moments(Stream *stream)
{
    return stream->moments;
}

void stream_counts(Stream *stream, CameraCounts *counts)
{
    g_mutex_lock(&stream->lock);
    *counts = stream->counts;
    g_mutex_unlock(&stream->lock);
}

GArray *stream_audience(Stream *stream)
{
    g_mutex_lock(&stream->lock);
    GArray *copy = g_array_copy(stream->audience);
    g_mutex_unlock(&stream->lock);
    return copy;
}

FeedCodec stream_codec(Stream *stream)
{
    g_mutex_lock(&stream->lock);
    const FeedCodec codec = stream->codec;
    g_mutex_unlock(&stream->lock);
    return codec;
}

CameraState stream_wait(Stream *stream, guint viewers, int64_t until_us, GError **error)
{
    g_mutex_lock(&stream->lock);
    while (stream->counts.state < CAMERA_ENDED && stream->counts.viewers < viewers &&
           g_cond_wait_until(&stream->changed, &stream->lock, until_us))
        ;
    const CameraState state = stream->counts.state;
    if (state == CAMERA_FAILED && error != NULL)
        *error = g_error_copy(stream->failure);
    g_mutex_unlock(&stream->lock);
    return state;
}
