/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/engine_run.h"

#include "media/replay.h"
#include "records/free.h"
#include "runner/clip_request.h"
#include "runner/engine_said.h"
#include "runner/folder.h"
#include "runner/given.h"
#include "runner/message.h"
#include "systems/engine.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    const WorkerJob *order;
    JobRecord *record;
    TalkSpec spec;
    char *scratch;    /* the program's own folder */
    Sandbox *sandbox; /* of the program */
    ProgramTalk *talk;
    ClipRequest files; /* what the replay points into */
    Replay *replay;
    GPtrArray *ids;    /* of char *: the behaviours that are asked for, ended by NULL */
    json_t *asked;     /* the same with their zones and lines */
    int width, height; /* of the pictures that were shown; 0: none yet */
} Feed;

DEFINE_CLEAR(feed_clear, Feed, feed, program_talk_free(feed->talk), engine_talk_clear(&feed->spec),
             sandbox_free(feed->sandbox), g_free(feed->scratch), replay_close(feed->replay),
             clip_request_clear(&feed->files), g_ptr_array_unref(feed->ids), json_decref(feed->asked))
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Feed, feed_clear)

/* ---- what is asked */

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

static int compare_ids(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static json_t *points_to_json(const Point *points, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("[f,f]", points[i].x, points[i].y));
    return list;
}

static json_t *describe_zones(const Scene *scene)
{
    json_t *zones = json_object();
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(scene->zones), compare_names);
    for (const GList *name = names; name != NULL; name = name->next) {
        const Polygon *zone = g_hash_table_lookup(scene->zones, name->data);
        json_object_set_new(zones, name->data, points_to_json(zone->points, zone->count));
    }
    return zones;
}

static json_t *describe_lines(const Scene *scene)
{
    json_t *lines = json_object();
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(scene->lines), compare_names);
    for (const GList *name = names; name != NULL; name = name->next) {
        const Segment *line = g_hash_table_lookup(scene->lines, name->data);
        const Point ends[] = {line->a, line->b};
        json_object_set_new(lines, name->data, points_to_json(ends, G_N_ELEMENTS(ends)));
    }
    return lines;
}

static json_t *describe_behaviour(const char *id, const Scene *scene)
{
    json_t *behaviour =
        json_pack("{s:s,s:o,s:o}", "id", id, "zones", describe_zones(scene), "lines", describe_lines(scene));
    for (guint i = 0; scene->validations != NULL && i <= scene->validations->len; i++) {
        if (i == 0)
            json_object_set_new(behaviour, "validations_us", json_array());
        if (i < scene->validations->len)
            json_array_append_new(json_object_get(behaviour, "validations_us"),
                                  json_integer(g_array_index(scene->validations, int64_t, i)));
    }
    return behaviour;
}

/* Each behaviour once, in the order of their names: which scenario asked first is no matter of the system. */
static void collect_asked(Feed *feed)
{
    const PlanJob *job = feed->order->job;
    for (guint i = 0; i < job->looks->len; i++) {
        char *id = g_array_index(job->looks, PlanLook, i).scenario->behaviour;
        if (!g_ptr_array_find_with_equal_func(feed->ids, id, g_str_equal, NULL))
            g_ptr_array_add(feed->ids, id);
    }
    g_ptr_array_sort(feed->ids, compare_ids);
    for (guint i = 0; i < feed->ids->len; i++)
        json_array_append_new(feed->asked,
                              describe_behaviour(g_ptr_array_index(feed->ids, i), job->clip->scene));
    g_ptr_array_add(feed->ids, NULL);
}

/* ---- the pictures */

static ReplayRequest request_of(const TalkHello *hello, const PlanJob *job)
{
    return (ReplayRequest){.max_width = hello->width,
                           .max_height = hello->height,
                           .stretch = hello->width > 0 && hello->height > 0,
                           .max_rate = hello->rate,
                           .colour = hello->format != TALK_GRAY,
                           .no_luma = hello->format == TALK_BGR,
                           .hash = true,
                           .condition = job->condition->filter};
}

static bool open_replay(Feed *feed, GError **error)
{
    const PlanJob *job = feed->order->job;
    ReplayRequest request = request_of(program_talk_hello(feed->talk), job);
    clip_request_init(&feed->files, job->clip, &request);
    feed->replay = replay_open(job->clip->path, &request, error);
    return feed->replay != NULL;
}

/* A fault of the system, as told: with its command in front. */
static bool blame(const Feed *feed, GError *cause, GError **error)
{
    if (feed->talk != NULL) {
        g_autofree char *log = program_talk_log(feed->talk);
        fputs(log, stderr);
    }
    g_autofree char *command = engine_said_command(feed->order->job->engine_description);
    const char *kind = json_string_value(json_object_get(feed->order->job->engine_description, "kind"));
    g_prefix_error(&cause, "the %s “%s”: ", strcmp(kind, "plugin") == 0 ? "plug-in" : "program", command);
    g_propagate_error(error, cause);
    return false;
}

static bool begin(Feed *feed, const ReplayFrame *frame, GError **error)
{
    feed->width = frame->width;
    feed->height = frame->height;
    feed->record->aspect = replay_aspect(feed->replay);
    const TalkClip clip = {.name = "1",
                           .width = frame->width,
                           .height = frame->height,
                           .aspect = feed->record->aspect,
                           .behaviours = feed->asked,
                           .ids = (const char *const *)(void *)feed->ids->pdata};
    return program_talk_begin(feed->talk, &clip, error);
}

static bool show(Feed *feed, const ReplayFrame *frame, GError **error)
{
    GError *cause = NULL;
    if ((feed->width > 0 || begin(feed, frame, &cause)) && program_talk_show(feed->talk, frame, &cause))
        return true;
    return blame(feed, cause, error);
}

static bool show_all(Feed *feed, PoolPulse *pulse, GError **error)
{
    const int64_t promised_us = replay_quality(feed->replay)->duration_promised_us;
    if (promised_us > 0)
        atomic_store(&pulse->total_us, promised_us);
    for (;;) {
        ReplayFrame frame;
        switch (replay_next(feed->replay, &frame, error)) {
        case REPLAY_ERROR:
            return false;
        case REPLAY_END:
            return true;
        case REPLAY_FRAME:
            if (!show(feed, &frame, error))
                return false;
            pool_pulse_step(pulse, frame.t_us);
            break;
        }
    }
}

/* ---- the result */

static GPtrArray *sort_out(const Feed *feed, const GPtrArray *alerts, const json_t *said)
{
    const PlanJob *job = feed->order->job;
    GPtrArray *looks = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    for (guint i = 0; i < job->looks->len; i++) {
        const PlanLook *look = &g_array_index(job->looks, PlanLook, i);
        LookRecord *record = look_record_new(look->scenario->id, look->system->id);
        record->said = json_deep_copy(said);
        for (guint a = 0; a < alerts->len; a++) {
            const Alert *alert = g_ptr_array_index(alerts, a);
            if (strcmp(alert->behaviour, look->scenario->behaviour) == 0)
                g_ptr_array_add(record->alerts, alert_copy(alert));
        }
        g_ptr_array_add(looks, record);
    }
    return looks;
}

static json_t *finish(Feed *feed, GError **error)
{
    const PlanJob *job = feed->order->job;
    ClipQuality *quality = (ClipQuality *)replay_quality(feed->replay);
    if (feed->width == 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found no picture that could be decoded, expected a video", job->clip->path);
        return NULL;
    }
    if (!worker_check_truth(job, quality, error))
        return NULL;
    GError *cause = NULL;
    if (!program_talk_end(feed->talk, quality->duration_us, &cause)) {
        blame(feed, cause, error);
        return NULL;
    }
    g_autoptr(GPtrArray) alerts = program_talk_take(feed->talk);
    if (!program_talk_close(feed->talk, &cause)) {
        blame(feed, cause, error);
        return NULL;
    }
    json_t *said = engine_said(program_talk_hello(feed->talk), program_talk_counts(feed->talk), feed->width,
                               feed->height);
    g_autoptr(GPtrArray) looks = sort_out(feed, alerts, said);
    json_decref(said);
    feed->record->duration_us = quality->duration_us;
    feed->record->file_sha256 = clip_request_hashes(&feed->files, feed->replay);
    JobRecord result = *feed->record; /* borrows */
    result.quality = quality;
    return message_build(&result, looks);
}

/* Before the worker is confined: a confined one starts nothing. */
static bool start_program(Feed *feed, GError **error)
{
    const SystemSpec *system = feed->order->job->engine;
    const Engine *engine = engine_of(system);
    g_auto(SandboxSpec) limits;
    sandbox_spec_init(&limits, SANDBOX_PROGRAM);
    engine->confine(system, &limits);
    feed->scratch = folder_make_scratch(feed->order->folder, feed->order->job->index, error);
    if (feed->scratch == NULL)
        return false;
    sandbox_spec_write(&limits, feed->scratch);
    feed->sandbox = sandbox_new(&limits, error);
    if (feed->sandbox == NULL)
        return false;
    engine->prepare(system, &feed->spec);
    feed->spec.start.scratch = feed->scratch;
    feed->spec.start.sandbox = feed->sandbox;
    feed->spec.start.ended_by_others = true;
    GError *cause = NULL;
    g_autofree char *log = NULL;
    feed->talk = program_talk_start(&feed->spec, &log, &cause);
    if (feed->talk != NULL)
        return true;
    fputs(log != NULL ? log : "", stderr);
    return blame(feed, cause, error);
}

json_t *engine_run(const WorkerJob *order, JobRecord *record, PoolPulse *pulse, GError **error)
{
    const PlanJob *job = order->job;
    g_auto(Feed) feed = {.order = order, .record = record, .ids = g_ptr_array_new(), .asked = json_array()};
    if (given_is(job->clip->path)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found a clip of observations, expected a video: a system that runs needs pictures",
                    job->clip->path);
        return NULL;
    }
    collect_asked(&feed);
    if (!start_program(&feed, error) || !pool_confine(worker_confine, order, error))
        return NULL;
    return open_replay(&feed, error) && show_all(&feed, pulse, error) ? finish(&feed, error) : NULL;
}
