/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/live_run.h"

#include "records/free.h"
#include "runner/engine_asked.h"
#include "runner/engine_said.h"
#include "runner/live_lane.h"
#include "runner/live_stage.h"

#include <stdio.h>
#include <string.h>

#define LOOK_US 50000 /* how often to look after the product and the camera */

enum { HEARD_AT_ONCE = 1000 };

/* A chain that is being shown. */
typedef struct {
    LiveStage stage;
    EngineAsked asked;
    LiveLane lane;
    bool laid; /* the lane is there */
    PoolPulse *pulse;
    const WorkerJob *order;   /* that is shown, or was last */
    int64_t before_us;        /* footage done before this clip */
    SinkCounts heard;         /* of all sinks together, so far */
    bool watched;             /* somebody ever did */
    bool dead;                /* the product ended: it cannot be shown another clip */
    bool hopeless;            /* … nor would a new one be: it never watched */
    int64_t delay_us, own_us; /* by the flashes; TIME_UNKNOWN: not measured */
    int64_t early;            /* alarms that began before the flashes: it alarms at grey */
} LiveTalk;

static void clear_talk(LiveTalk *talk)
{
    live_stage_strike(&talk->stage);
    if (talk->laid)
        live_lane_clear(&talk->lane);
    engine_asked_clear(&talk->asked);
}

DEFINE_CLEAR(live_talk_clear, LiveTalk, talk, clear_talk(talk))
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
    const bool again = talk->watched && talk->order->job->probe == &probe_table[PROBE_INTERRUPTED];
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "the product “%s”: it did not watch the camera %swithin %.0f s", name_of(talk, &command),
                again ? "again " : "", (double)talk->stage.live->connect_us / 1e6);
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

/* ---- messages */

/* The first alarm that the flashes caused says how long the way is, from the picture to here. One that alarms
 * at grey may alarm at any time: of such a one nothing can be told. */
static void measure(LiveTalk *talk, const GPtrArray *mapped, const SinkMessage *message)
{
    Moment black;
    const LiveOptions *live = talk->stage.live;
    if (talk->lane.show.flashes < 0 || talk->delay_us != TIME_UNKNOWN)
        return;
    if (!live_lane_black(&talk->lane, &black) || message->arrived_us < black.wall_us) {
        talk->early++;
        return;
    }
    if (talk->early > 0 || message->arrived_us > black.wall_us + live->flashes * LIVE_FLASH_US +
                                                     LIVE_FLASH_US / 2 + live->drain_us)
        return;
    talk->delay_us = message->arrived_us - black.wall_us;
    const int64_t black_unix_us = message->wall_us - talk->delay_us;
    for (guint i = 0; i < mapped->len; i++) {
        const MappedAlert *row = g_ptr_array_index(mapped, i);
        if (row->kind == MAPPED_ALERT && row->time_us != TIME_UNKNOWN && talk->own_us == TIME_UNKNOWN)
            talk->own_us = row->time_us - black_unix_us;
    }
}

static GPtrArray *read_message(LiveTalk *talk, const SinkMessage *message)
{
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
    return alert_mapper_read(talk->stage.mapper, &asked);
}

static void hear(LiveTalk *talk, const SinkMessage *message)
{
    if (message->retained) {
        live_lane_hear(&talk->lane, NULL, message->arrived_us);
        return;
    }
    g_autoptr(GPtrArray) mapped = read_message(talk, message);
    if (live_lane_hear(&talk->lane, mapped, message->arrived_us) > 0)
        measure(talk, mapped, message);
}

/* So many at most: one that floods must not keep us from the camera. */
static void hear_some(LiveTalk *talk, int64_t wait_us)
{
    for (int i = 0; i < HEARD_AT_ONCE; i++) {
        g_autoptr(SinkMessage) message = sink_set_poll(talk->stage.sinks, wait_us);
        if (message == NULL)
            return;
        hear(talk, message);
        wait_us = 0;
    }
}

/* All that had come by now, however much: it is of the clip that has ended. */
static void hear_rest(LiveTalk *talk)
{
    const int64_t now_us = g_get_monotonic_time();
    for (bool more = true; more && !alarms_flooded(talk->lane.alarms);) {
        g_autoptr(SinkMessage) message = sink_set_poll(talk->stage.sinks, 0);
        if (message != NULL)
            hear(talk, message);
        more = message != NULL && message->arrived_us <= now_us;
    }
}

/* ---- while a clip is shown */

static void step_pulse(LiveTalk *talk)
{
    CameraCounts counts;
    camera_counts(talk->stage.camera, &counts);
    atomic_store(&talk->pulse->pictures, counts.sent);
    atomic_store(&talk->pulse->done_us, talk->before_us + live_lane_done_us(&talk->lane));
}

static bool show(LiveTalk *talk, GError **error)
{
    for (;;) {
        switch (live_lane_look(&talk->lane, &talk->watched, error)) {
        case LANE_FAILED:
            return false;
        case LANE_ENDED:
            return true;
        case LANE_UNWATCHED:
            if (!note_end(talk, error))
                fail_waiting(talk, error);
            return false;
        case LANE_SHOWING:
            break;
        }
        if (note_end(talk, error))
            return false;
        hear_some(talk, LOOK_US);
        if (alarms_flooded(talk->lane.alarms))
            return fail_flood(talk, error);
        step_pulse(talk);
    }
}

/* ---- the result */

static json_t *time_or_null(int64_t t_us)
{
    return t_us != TIME_UNKNOWN ? json_integer(t_us) : json_null();
}

static void set_count(json_t *object, const char *key, int64_t value)
{
    json_object_set_new(object, key, json_integer((json_int_t)value));
}

static void add_counts(LiveTalk *talk, SinkCounts *all)
{
    *all = (SinkCounts){.clock_offset_us = TIME_UNKNOWN};
    for (guint i = 0; i < talk->stage.live->sinks->len; i++) {
        SinkCounts counts;
        sink_set_count(talk->stage.sinks, i, &counts);
        all->cut += counts.cut;
        all->dropped += counts.dropped;
        all->refused += counts.refused;
        all->broken += counts.broken;
        all->lost += counts.lost;
        all->deaf_us += counts.deaf_us;
        if (all->clock_offset_us == TIME_UNKNOWN)
            all->clock_offset_us = counts.clock_offset_us;
    }
}

static json_t *describe_sinks(LiveTalk *talk)
{
    SinkCounts all;
    add_counts(talk, &all);
    for (guint i = 0; i < talk->stage.live->sinks->len; i++) {
        g_autoptr(GPtrArray) notes = sink_set_notes(talk->stage.sinks, i);
        for (guint n = 0; n < notes->len; n++)
            live_lane_remark(&talk->lane, g_ptr_array_index(notes, n));
    }
    json_t *live = json_object();
    set_count(live, "cut", (int64_t)(all.cut - talk->heard.cut));
    set_count(live, "dropped", (int64_t)(all.dropped - talk->heard.dropped));
    set_count(live, "refused", (int64_t)(all.refused - talk->heard.refused));
    set_count(live, "broken", (int64_t)(all.broken - talk->heard.broken));
    set_count(live, "sink_losses", (int64_t)(all.lost - talk->heard.lost));
    set_count(live, "deaf_us", all.deaf_us - talk->heard.deaf_us);
    json_object_set_new(live, "clock_offset_us", time_or_null(all.clock_offset_us));
    json_object_set_new(live, "delay_us", time_or_null(talk->delay_us));
    json_object_set_new(live, "own_us", time_or_null(talk->own_us));
    set_count(live, "early", talk->early);
    return live;
}

static json_t *finish(LiveTalk *talk, GError **error)
{
    hear_rest(talk);
    if (alarms_flooded(talk->lane.alarms)) {
        fail_flood(talk, error);
        return NULL;
    }
    g_autofree char *command = NULL;
    return live_lane_finish(&talk->lane, describe_sinks(talk), name_of(talk, &command), error);
}

static json_t *run_clip(LiveTalk *talk, const WorkerJob *order, bool first, bool last, GError **error)
{
    talk->order = order;
    json_t *message = NULL;
    if (live_lane_play(&talk->lane, order, first, last, error) && show(talk, error))
        message = finish(talk, error);
    /* What was heard of it and its sinks is none of the next one’s, also where it failed. */
    add_counts(talk, &talk->heard);
    talk->before_us += live_show_length_us(order);
    live_lane_end(&talk->lane);
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
    g_auto(LiveTalk) talk = {
        .order = orders, .pulse = pulse, .delay_us = TIME_UNKNOWN, .own_us = TIME_UNKNOWN, .asked = asked};
    GError *cause = NULL;
    int64_t total_us = 0;
    for (guint i = 0; i < orders->chain_length; i++)
        total_us += live_show_length_us(&orders[i]);
    atomic_store(&pulse->total_us, total_us);
    if (!live_stage_set(&talk.stage, orders, &cause))
        return give_up(orders, 0, cause, error);
    live_lane_init(&talk.lane, talk.stage.live, talk.stage.camera,
                   (const char *const *)(void *)talk.asked.ids->pdata);
    talk.laid = true;
    for (guint i = 0;; i++) {
        const bool last = i + 1 == orders->chain_length;
        json_t *message = run_clip(&talk, &orders[i], talk.lane.play < 0, last, &cause);
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
