/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/live_run.h"

#include "live/alarms.h"
#include "records/free.h"
#include "runner/clip_request.h"
#include "runner/engine_asked.h"
#include "runner/engine_said.h"
#include "runner/live_stage.h"
#include "runner/message.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define GREY_US US_PER_SECOND  /* between two clips */
#define FLASH_US US_PER_SECOND /* black and white */
#define LOOK_US 50000          /* how often to look after the product and the camera */

enum { SHOWS_MOST = 6, REMARKS_MOST = 20, HEARD_AT_ONCE = 1000 };

/* A chain that is being shown, and the clip of it that is now. */
typedef struct {
    LiveStage stage;
    EngineAsked asked;
    Alarms *alarms;
    PoolPulse *pulse;
    int64_t before_us, before_pictures, before_dropped; /* done before this clip */
    SinkCounts heard;                                   /* the same of all sinks together */
    int play;                                           /* of the clip; -1: none yet */
    bool watched;                                       /* somebody ever did */
    bool dead;                /* the product ended: it cannot be shown another clip */
    bool hopeless;            /* … nor would a new one be: it never watched */
    int64_t delay_us, own_us; /* by the flashes; TIME_UNKNOWN: not measured */
    /* of the clip: */
    const WorkerJob *order;
    ClipRequest files;
    char *condition;
    ArrivedShow show;
    int flashes; /* which thing of the play they are; -1: none */
    GPtrArray *remarks;
} LiveTalk;

static void clear_clip(LiveTalk *talk)
{
    clip_request_clear(&talk->files);
    talk->files = (ClipRequest){0};
    g_clear_pointer(&talk->condition, g_free);
    g_clear_pointer(&talk->remarks, g_ptr_array_unref);
}

DEFINE_CLEAR(live_talk_clear, LiveTalk, talk, live_stage_strike(&talk->stage), alarms_free(talk->alarms),
             engine_asked_clear(&talk->asked))
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LiveTalk, live_talk_clear)

/* ---- what went wrong */

static const char *name_of(const LiveTalk *talk, char **command)
{
    *command = engine_said_command(talk->order->job->engine_description);
    return **command != '\0' ? *command : talk->stage.system->id;
}

/* The product has ended: that is told, and it is shown nothing more. */
static bool note_end(LiveTalk *talk, GError **error)
{
    Product *product = talk->stage.product;
    g_autofree char *how = product != NULL ? product_ended(product) : NULL;
    if (how == NULL)
        return false;
    g_autofree char *command = NULL, *log = product_log(product);
    talk->dead = true;
    talk->hopeless = !talk->watched;
    fputs(log, stderr);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "the product “%s”: %s%s", name_of(talk, &command),
                how, talk->watched ? "" : ", before it watched the camera");
    return true;
}

static void fail_waiting(LiveTalk *talk, GError **error)
{
    g_autofree char *command = NULL;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "the product “%s”: it did not watch the camera within %.0f s", name_of(talk, &command),
                (double)talk->stage.live->connect_us / 1e6);
    talk->hopeless = !talk->watched;
    talk->dead = talk->stage.product != NULL || talk->hopeless;
}

static bool fail_flood(LiveTalk *talk, GError **error)
{
    g_autofree char *command = NULL;
    talk->dead = true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "the product “%s”: it told %d alarms on one clip",
                name_of(talk, &command), ALARMS_MOST);
    return false;
}

/* ---- the programme of a clip */

static void add(Show *shows, size_t *count, Show show)
{
    g_assert(*count < SHOWS_MOST);
    shows[(*count)++] = show;
}

static char *make_condition(const LiveTalk *talk)
{
    const LiveCamera *camera = &talk->stage.live->camera;
    const char *filter = talk->order->job->condition->filter;
    if (camera->width == 0)
        return g_strdup(filter);
    return g_strdup_printf("%s%sscale=%" PRId64 ":%" PRId64, filter != NULL ? filter : "",
                           filter != NULL ? "," : "", camera->width, camera->height);
}

static bool play(LiveTalk *talk, bool first, bool last, GError **error)
{
    const LiveOptions *live = talk->stage.live;
    const Clip *clip = talk->order->job->clip;
    ReplayRequest request = {0};
    clip_request_init(&talk->files, clip, &request);
    talk->condition = make_condition(talk);
    Show shows[SHOWS_MOST];
    size_t count = 0;
    add(shows, &count, (Show){.kind = SHOW_GREY, .lasts_us = first ? live->warm_up_us : GREY_US});
    talk->flashes = first && live->flashes > 0 ? (int)count : -1;
    if (talk->flashes >= 0) {
        add(shows, &count, (Show){.kind = SHOW_FLASHES, .flashes = (int)live->flashes, .lasts_us = FLASH_US});
        add(shows, &count, (Show){.kind = SHOW_GREY, .lasts_us = live->drain_us});
    }
    add(shows, &count, (Show){.kind = SHOW_HELD, .lasts_us = live->settle_us});
    talk->show = (ArrivedShow){.play = talk->play + 1,
                               .clip = (int)count,
                               .drain = (int)count + 1,
                               .ended_us = TIME_UNKNOWN,
                               .duration_us = talk->order->seen->duration_us,
                               .drain_us = live->drain_us};
    add(shows, &count,
        (Show){.kind = SHOW_CLIP,
               .files = talk->files.paths,
               .rate = clip->rate,
               .condition = talk->condition,
               .sha256 = talk->files.count == 1 ? talk->order->seen->file_sha256 : NULL});
    add(shows, &count, (Show){.kind = SHOW_HELD, .lasts_us = live->drain_us});
    if (!camera_play(talk->stage.camera,
                     &(CameraPlay){.shows = shows, .count = count, .wait_viewers = 1, .farewell = last},
                     error))
        return false;
    talk->play++;
    return true;
}

/* ---- messages */

static void remark(LiveTalk *talk, const char *text)
{
    if (talk->remarks->len < REMARKS_MOST &&
        !g_ptr_array_find_with_equal_func(talk->remarks, text, g_str_equal, NULL))
        g_ptr_array_add(talk->remarks, g_strdup(text));
}

/* The first alarm that the flashes caused says how long the way is, from the picture to here. */
static void measure(LiveTalk *talk, const GPtrArray *mapped, const SinkMessage *message)
{
    Moment black;
    if (talk->flashes < 0 || talk->delay_us != TIME_UNKNOWN ||
        !camera_moment_of(talk->stage.camera, talk->play, talk->flashes, 0, &black) ||
        message->arrived_us < black.wall_us ||
        message->arrived_us >
            black.wall_us + talk->stage.live->flashes * FLASH_US + FLASH_US / 2 + talk->stage.live->drain_us)
        return;
    talk->delay_us = message->arrived_us - black.wall_us;
    const int64_t black_unix_us = message->wall_us - talk->delay_us;
    for (guint i = 0; i < mapped->len; i++) {
        const MappedAlert *row = g_ptr_array_index(mapped, i);
        if (row->kind == MAPPED_ALERT && row->time_us != TIME_UNKNOWN && talk->own_us == TIME_UNKNOWN)
            talk->own_us = row->time_us - black_unix_us;
    }
}

static void hear(LiveTalk *talk, const SinkMessage *message)
{
    Moment moment;
    const bool any = camera_moment(talk->stage.camera, message->arrived_us, &moment);
    const Arrived arrived = arrival_of(any ? &moment : NULL, message->arrived_us, &talk->show);
    if (message->retained) {
        alarms_add(talk->alarms, NULL, &arrived);
        return;
    }
    const SinkSpec *sink = g_ptr_array_index(talk->stage.live->sinks, message->sink);
    const bool is_topic = sink->kind == SINK_MQTT;
    g_autofree char *name = g_strdup_printf("message %" G_GUINT64_FORMAT, message->number);
    const AlertMessage asked = {.name = name,
                                .sink = message->id,
                                .from = message->from,
                                .method = message->method,
                                .topic = is_topic ? message->path : NULL,
                                .path = is_topic ? NULL : message->path,
                                .query = message->query,
                                .content_type = message->content_type,
                                .bytes = g_bytes_get_data(message->body, NULL),
                                .length = g_bytes_get_size(message->body),
                                .cut = message->length > g_bytes_get_size(message->body)};
    g_autoptr(GPtrArray) mapped = alert_mapper_read(talk->stage.mapper, &asked);
    if (alarms_add(talk->alarms, mapped, &arrived) > 0)
        measure(talk, mapped, message);
}

/* When the clip's last picture was held first, once it was. */
static void look_for_end(LiveTalk *talk)
{
    Moment held, last;
    if (talk->show.ended_us != TIME_UNKNOWN ||
        !camera_moment_of(talk->stage.camera, talk->play, talk->show.drain, 0, &held))
        return;
    talk->show.ended_us = held.wall_us;
    if (camera_moment(talk->stage.camera, held.wall_us - 1, &last) && last.play == talk->play &&
        last.show == talk->show.clip)
        talk->show.last_us = last.newest_us;
}

/* So many at most: one that floods must not keep us from the camera. */
static void hear_all(LiveTalk *talk, int64_t wait_us)
{
    for (int i = 0; i < HEARD_AT_ONCE; i++) {
        g_autoptr(SinkMessage) message = sink_set_poll(talk->stage.sinks, wait_us);
        if (message == NULL)
            return;
        look_for_end(talk);
        hear(talk, message);
        wait_us = 0;
    }
}

/* ---- while a clip is shown */

static void step_pulse(LiveTalk *talk)
{
    CameraCounts counts;
    Moment moment;
    camera_counts(talk->stage.camera, &counts);
    atomic_store(&talk->pulse->pictures, talk->before_pictures + counts.sent);
    if (camera_moment(talk->stage.camera, g_get_monotonic_time(), &moment) &&
        moment.play == talk->show.play && moment.show >= talk->show.clip)
        atomic_store(&talk->pulse->done_us,
                     talk->before_us + (moment.show == talk->show.clip ? moment.newest_us
                                                                       : talk->order->seen->duration_us));
}

static bool show(LiveTalk *talk, GError **error)
{
    const int64_t give_up_us = g_get_monotonic_time() + talk->stage.live->connect_us;
    for (;;) {
        const CameraState state = camera_wait(talk->stage.camera, 0, error);
        if (state == CAMERA_FAILED)
            return false;
        if (state == CAMERA_ENDED)
            return true;
        talk->watched = talk->watched || state == CAMERA_PLAYING;
        if (note_end(talk, error))
            return false;
        if (state == CAMERA_WAITING && g_get_monotonic_time() > give_up_us) {
            fail_waiting(talk, error);
            return false;
        }
        hear_all(talk, LOOK_US);
        if (alarms_flooded(talk->alarms))
            return fail_flood(talk, error);
        step_pulse(talk);
    }
}

/* ---- the result */

static bool note_audience(LiveTalk *talk, Absence *watched, GError **error)
{
    Moment first;
    g_autoptr(GArray) audience = camera_audience(talk->stage.camera);
    g_autofree int64_t *walls = g_new0(int64_t, audience->len + 1);
    g_autofree guint *viewers = g_new0(guint, audience->len + 1);
    for (guint i = 0; i < audience->len; i++) {
        walls[i] = g_array_index(audience, Audience, i).wall_us;
        viewers[i] = g_array_index(audience, Audience, i).viewers;
    }
    if (!camera_moment_of(talk->stage.camera, talk->play, talk->show.clip, 0, &first))
        first.wall_us = talk->show.ended_us;
    *watched = arrival_absence(walls, viewers, audience->len, first.wall_us, talk->show.ended_us);
    if (watched->ever)
        return true;
    g_autofree char *command = NULL;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "the product “%s”: it did not watch the camera while the clip was shown",
                name_of(talk, &command));
    return false;
}

static json_t *time_or_null(int64_t t_us)
{
    return t_us != TIME_UNKNOWN ? json_integer(t_us) : json_null();
}

static void set_count(json_t *object, const char *key, int64_t value)
{
    json_object_set_new(object, key, json_integer((json_int_t)value));
}

static void describe_sinks(LiveTalk *talk, json_t *live)
{
    SinkCounts all = {.clock_offset_us = TIME_UNKNOWN};
    for (guint i = 0; i < talk->stage.live->sinks->len; i++) {
        SinkCounts counts;
        sink_set_count(talk->stage.sinks, i, &counts);
        all.cut += counts.cut;
        all.dropped += counts.dropped;
        all.refused += counts.refused;
        all.broken += counts.broken;
        all.lost += counts.lost;
        all.deaf_us += counts.deaf_us;
        if (all.clock_offset_us == TIME_UNKNOWN)
            all.clock_offset_us = counts.clock_offset_us;
        g_autoptr(GPtrArray) notes = sink_set_notes(talk->stage.sinks, i);
        for (guint n = 0; n < notes->len; n++)
            remark(talk, g_ptr_array_index(notes, n));
    }
    set_count(live, "cut", (int64_t)(all.cut - talk->heard.cut));
    set_count(live, "dropped", (int64_t)(all.dropped - talk->heard.dropped));
    set_count(live, "refused", (int64_t)(all.refused - talk->heard.refused));
    set_count(live, "broken", (int64_t)(all.broken - talk->heard.broken));
    set_count(live, "sink_losses", (int64_t)(all.lost - talk->heard.lost));
    set_count(live, "deaf_us", all.deaf_us - talk->heard.deaf_us);
    talk->heard = all;
    json_object_set_new(live, "clock_offset_us", time_or_null(all.clock_offset_us));
}

static json_t *describe_live(LiveTalk *talk, const AlarmCounts *alarms, const Absence *watched,
                             const CameraCounts *counts)
{
    json_t *live = json_object();
    const struct {
        const char *key;
        int64_t value;
    } rows[] = {
        {"messages", alarms->messages},   {"ignored", alarms->ignored},   {"nothing", alarms->nothing},
        {"wrong", alarms->wrong},         {"retained", alarms->retained}, {"outside", alarms->outside},
        {"on_before", alarms->on_before}, {"late", alarms->late},         {"doubled", alarms->doubled},
        {"alone", alarms->alone},         {"unasked", alarms->unasked},   {"disordered", alarms->disordered},
        {"away_us", watched->away_us},    {"losses", watched->losses},    {"late_most_us", counts->late_us}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        set_count(live, rows[i].key, rows[i].value);
    const char *reason = camera_reason(talk->stage.camera);
    json_object_set_new(live, "recoded", reason != NULL ? json_string(reason) : json_null());
    json_object_set_new(live, "delay_us", time_or_null(talk->delay_us));
    json_object_set_new(live, "own_us", time_or_null(talk->own_us));
    describe_sinks(talk, live);
    return live;
}

static json_t *describe_remarks(const LiveTalk *talk)
{
    json_t *remarks = json_array();
    for (guint i = 0; i < talk->remarks->len; i++)
        json_array_append_new(remarks, json_string(g_ptr_array_index(talk->remarks, i)));
    return remarks;
}

static json_t *make_said(LiveTalk *talk, const AlarmCounts *alarms, const Absence *watched)
{
    CameraCounts counts;
    camera_counts(talk->stage.camera, &counts);
    json_t *live = describe_live(talk, alarms, watched, &counts);
    const GPtrArray *words = talk->stage.live->product.command;
    const char *name = words->len > 0 ? g_ptr_array_index(words, 0) : talk->stage.system->id;
    json_t *said = json_pack(
        "{s:s,s:n,s:n,s:n,s:n,s:n,s:I,s:I,s:o,s:o}", "name", name, "version", "format", "width", "height",
        "rate", "pictures", (json_int_t)(counts.sent - talk->before_pictures), "dropped",
        (json_int_t)(counts.dropped - talk->before_dropped), "remarks", describe_remarks(talk), "live", live);
    return said;
}

static GPtrArray *make_looks(const PlanJob *job, const GPtrArray *alerts, json_t *said)
{
    GPtrArray *looks = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    for (guint i = 0; i < job->looks->len; i++) {
        const PlanLook *planned = &g_array_index(job->looks, PlanLook, i);
        LookRecord *record = look_record_new(planned->scenario->id, planned->system->id);
        for (guint a = 0; a < alerts->len; a++) {
            const Alert *alert = g_ptr_array_index(alerts, a);
            if (strcmp(alert->behaviour, planned->scenario->behaviour) == 0)
                g_ptr_array_add(record->alerts, alert_copy(alert));
        }
        record->said = json_incref(said);
        g_ptr_array_add(looks, record);
    }
    return looks;
}

static json_t *finish(LiveTalk *talk, GError **error)
{
    const PlanJob *job = talk->order->job;
    const JobRecord *seen = talk->order->seen;
    AlarmCounts counts;
    Absence watched;
    hear_all(talk, 0);
    look_for_end(talk);
    g_autoptr(GPtrArray) alerts = alarms_take(talk->alarms, seen->duration_us, &counts);
    g_autoptr(GPtrArray) faults = alarms_faults(talk->alarms);
    for (guint i = 0; i < faults->len; i++)
        remark(talk, g_ptr_array_index(faults, i));
    if (!note_audience(talk, &watched, error))
        return NULL;
    json_t *said = make_said(talk, &counts, &watched);
    g_autoptr(GPtrArray) looks = make_looks(job, alerts, said);
    json_decref(said);
    g_autoptr(JobRecord) record = job_record_new(job->index, job->dataset->id, job->clip->id,
                                                 job->condition->id, job->perception_digest);
    JobRecord result = *record; /* borrows */
    result.quality = seen->quality;
    result.duration_us = seen->duration_us;
    result.aspect = seen->aspect;
    result.file_sha256 = seen->file_sha256;
    return message_build(&result, looks);
}

static json_t *run_clip(LiveTalk *talk, const WorkerJob *order, bool first, bool last, GError **error)
{
    talk->order = order;
    talk->remarks = g_ptr_array_new_with_free_func(g_free);
    json_t *message = NULL;
    if (play(talk, first, last, error) && show(talk, error))
        message = finish(talk, error);
    CameraCounts counts;
    AlarmCounts unused;
    camera_counts(talk->stage.camera, &counts);
    talk->before_pictures = counts.sent;
    talk->before_dropped = counts.dropped;
    talk->before_us += order->seen->duration_us;
    if (message == NULL)
        g_ptr_array_unref(alarms_take(talk->alarms, 0, &unused));
    clear_clip(talk);
    return message;
}

/* A product that never watched will not watch the others either. */
static json_t *give_up(const WorkerJob *orders, guint from, GError *cause, GError **error)
{
    for (guint i = from; i + 1 < orders->chain_length; i++)
        pool_send_part(NULL, cause);
    g_propagate_error(error, cause);
    return NULL;
}

json_t *live_run(const WorkerJob *orders, PoolPulse *pulse, GError **error)
{
    EngineAsked asked;
    engine_asked_init(&asked, orders->job);
    g_auto(LiveTalk) talk = {.order = orders,
                             .pulse = pulse,
                             .play = -1,
                             .delay_us = TIME_UNKNOWN,
                             .own_us = TIME_UNKNOWN,
                             .asked = asked,
                             .alarms = alarms_new((const char *const *)(void *)asked.ids->pdata)};
    GError *cause = NULL;
    int64_t total_us = 0;
    for (guint i = 0; i < orders->chain_length; i++)
        total_us += orders[i].seen->duration_us;
    atomic_store(&pulse->total_us, total_us);
    if (!live_stage_set(&talk.stage, orders, &cause))
        return give_up(orders, 0, cause, error);
    for (guint i = 0;; i++) {
        const bool last = i + 1 == orders->chain_length;
        json_t *message = run_clip(&talk, &orders[i], talk.play < 0, last, &cause);
        if (talk.hopeless)
            return give_up(orders, i, cause, error);
        if (last || talk.dead) {
            if (cause != NULL)
                g_propagate_error(error, cause);
            return message;
        }
        pool_send_part(message, cause);
        g_clear_error(&cause);
    }
}
